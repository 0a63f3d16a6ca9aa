"""The agenda of a meeting: topics with who proposed them, and actions to report on (R-MEET-7, R-MEET-10)."""

from __future__ import annotations

import datetime as dt

from reportlab.platypus import Flowable

from models.formats import long_date
from models.queries.meeting_detail import TopicLine
from models.queries.papers.meeting import AgendaPaper
from models.rules.meetings import ActionFact
from models.words import AgendaState
from reports.kit import BREAK, Col, Kit, Muted, TableLook, Text
from reports.kit.forms import RoomForNotes, WritingLines
from reports.papers.common import build, contacts
from reports.papers.meeting_words import what_and_where

TITLE = "Agenda"
NONE = "\u2013"
ROOM = 5
"""Lines for topics where none is entered."""


def topic_words(topic: TopicLine) -> Text:
    """The topic; below it where it comes from."""
    more = []
    if topic.carried:
        more.append(f"carried over from {topic.carried}")
    if topic.recurring:
        more.append("every meeting")
    said = ", ".join(more)
    return [topic.title, BREAK, Muted(said[:1].upper() + said[1:])] if said else topic.title


def who(action: ActionFact) -> Text:
    """Who does it, and below it for which school."""
    if action.owner and action.school:
        return [action.owner, BREAK, Muted(action.school)]
    return action.owner or action.school or NONE


def build_agenda(data: AgendaPaper, *, stamp: dt.datetime, large_print: bool = False) -> bytes:
    """The agenda as a PDF."""
    kit = Kit(large_print=large_print)
    regrets = contacts(data.head) if data.head.leads else ()
    story: list[Flowable] = [
        *kit.head(TITLE, TITLE, data.meeting.title, listed=False),
        what_and_where(kit, data.meeting, fully=True, regrets=regrets),
        kit.heading("Topics"),
        *_topics(kit, data),
        kit.heading("Actions to report on"),
        _actions(kit, data),
        RoomForNotes(kit.heading("Notes")),
    ]
    return build(kit, data.head, TITLE, story, stamp=stamp)


def _topics(kit: Kit, data: AgendaPaper) -> list[Flowable]:
    topics = [one for one in data.meeting.topics if one.state is not AgendaState.DROPPED]
    if not topics:
        return [kit.text("No topic is entered yet: write them here."), WritingLines(ROOM)]
    rows = list(enumerate(topics, 1))
    cols: list[Col[tuple[int, TopicLine]]] = [
        Col("No.", lambda row: row[0], 22),
        Col("Topic", lambda row: topic_words(row[1]), 0),
        Col("Proposed by", lambda row: row[1].proposed_by or NONE, 110),
    ]
    return [kit.table(cols, rows, look=TableLook(pad=5, roomy=True))]


def _actions(kit: Kit, data: AgendaPaper) -> Flowable:
    cols: list[Col[ActionFact]] = [
        Col("What was promised", lambda one: one.what, 0),
        Col("Who", who, 150),
        Col("Due", lambda one: long_date(one.due_on), 96),
    ]
    return kit.table(
        cols, data.due, look=TableLook(pad=3.5, empty="No action of an earlier meeting is open.")
    )
