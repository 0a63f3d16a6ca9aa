"""The minutes of a meeting: who came, topics, decisions, who does what by when (R-MEET-8 to R-MEET-10)."""

from __future__ import annotations

import datetime as dt

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, long_date
from models.queries.meeting_detail import ActionLine, DecisionLine
from models.queries.papers.meeting import Came, MinutesPaper
from models.words import AgendaState
from reports.kit import BREAK, Col, Kit, Muted, TableLook, Text
from reports.papers.common import build
from reports.papers.meeting_words import what_and_where

TITLE = "Minutes"
NONE = "\u2013"
DRAFT = "Draft: these minutes are not finalised yet."


def result(data: MinutesPaper) -> str:
    """What came of it: `6 of 7 schools came, 8 people; 2 decisions and 5 actions.` (R-MEET-9)."""
    meeting = data.meeting
    came = "Attendance is not entered yet"
    if meeting.marked:
        people = f", {count(data.presence.people, 'person', 'people')}" if data.presence.people else ""
        came = f"{data.presence.schools} of {count(data.asked, 'school')} came{people}"
    made = f"{count(len(meeting.decisions), 'decision')} and {count(len(meeting.actions), 'action')}"
    if not meeting.decisions and not meeting.actions:
        made = "no decision or action is entered"
    return f"{came}; {made}."


def state_words(data: MinutesPaper) -> str:
    """Final or draft, and since when."""
    final = data.meeting.finalised_on
    return DRAFT if final is None else f"Finalised on {long_date(final)}."


def build_minutes(data: MinutesPaper, *, stamp: dt.datetime, large_print: bool = False) -> bytes:
    """The minutes as a PDF."""
    kit, meeting = Kit(large_print=large_print), data.meeting
    story: list[Flowable] = [
        *kit.head(TITLE, TITLE, meeting.title, listed=False),
        kit.text(result(data), "lead"),
        what_and_where(kit, meeting, fully=True, state=state_words(data)),
        *_decisions(kit, data),
        kit.heading("Who does what"),
        _actions(kit, data),
        *_topics(kit, data),
        kit.heading("Who came"),
        _came(kit, data),
        *_end(kit, data),
    ]
    return build(kit, data.head, TITLE, story, stamp=stamp)


def _topics(kit: Kit, data: MinutesPaper) -> list[Flowable]:
    meeting = data.meeting
    story: list[Flowable] = []
    if meeting.minutes.strip():
        story += [kit.heading("In short"), kit.text(meeting.minutes)]
    topics = [one for one in meeting.topics if one.state is not AgendaState.DROPPED]
    story.append(kit.heading("Topics"))
    if not topics:
        return [*story, kit.text("No topic is entered.")]
    for number, topic in enumerate(topics, 1):
        story.append(kit.heading(f"{number}. {topic.title}", 3))
        more = [f"proposed by {topic.proposed_by}"] if topic.proposed_by else []
        more += [f"goes on at {topic.went_on}"] if topic.went_on else []
        words = topic.minutes.strip() or "Nothing is noted."
        tail = "; ".join(more)
        text: Text = [words, BREAK, Muted(tail[:1].upper() + tail[1:])] if tail else words
        story.append(kit.text(text))
    return story


def _decisions(kit: Kit, data: MinutesPaper) -> list[Flowable]:
    cols: list[Col[DecisionLine]] = [
        Col("Number", lambda one: one.code, 54),
        Col("What was decided", lambda one: one.text, 0),
    ]
    look = TableLook(
        pad=4, roomy=True, empty=_none(data, "Nothing was decided.", "No decision is entered yet.")
    )
    return [kit.heading("Decisions"), kit.table(cols, data.meeting.decisions, look=look)]


def _actions(kit: Kit, data: MinutesPaper) -> Flowable:
    cols: list[Col[ActionLine]] = [
        Col("What", lambda one: one.what, 0),
        Col("Who", lambda one: one.owner or NONE, 128),
        Col("By when", lambda one: long_date(one.due_on), 106),
        Col("State", lambda one: one.state, 52),
    ]
    empty = _none(data, "Nobody promised anything.", "No action is entered yet.")
    return kit.table(cols, data.meeting.actions, look=TableLook(pad=4, empty=empty))


def _none(data: MinutesPaper, final: str, draft: str) -> str:
    """What an empty list says: only minutes that are finalised say that there was nothing."""
    return draft if data.meeting.finalised_on is None else final


def mark_words(one: Came) -> str:
    """The letter and its words: a letter alone says little, colour would say nothing (R-STY-3)."""
    return NOT_ENTERED if one.mark is None else f"{one.mark.value}: {one.mark.label.lower()}"


def _came(kit: Kit, data: MinutesPaper) -> Flowable:
    cols: list[Col[Came]] = [
        Col("School", lambda one: one.school, 160),
        Col("Who came", lambda one: ", ".join(one.people) or NONE, 0),
        Col("Mark", mark_words, 150),
    ]
    return kit.table(cols, data.came, look=TableLook(pad=2.5, empty="No school is entered."))


def _end(kit: Kit, data: MinutesPaper) -> list[Flowable]:
    meeting = data.meeting
    story: list[Flowable] = []
    if meeting.outcome.strip():
        story += [kit.heading("What came of it"), kit.text(meeting.outcome)]
    if meeting.reopened:
        story += [kit.heading("Changed after they were finalised"), *kit.bullets(meeting.reopened)]
    last: list[Flowable] = []
    if data.next_name:
        last = [kit.heading("Next meeting"), kit.text(data.next_name)]
    cols: list[Col[str]] = [
        Col("A true record", lambda words: words, 120),
        Col("Name", lambda _: "", 0, blank="sign"),
        Col("Signature", lambda _: "", 0, blank="sign"),
        Col("Date", lambda _: "", 70),
    ]
    signed = kit.table(cols, ["Chair of the meeting"], look=TableLook(pad=14))
    return [*story, kit.together([*last, kit.heading("Agreed"), signed])]
