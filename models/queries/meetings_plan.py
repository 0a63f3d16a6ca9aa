"""What a new meeting begins with: a repeat of another, or what the book lets one guess."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.formats import count
from models.queries.book import Book
from models.queries.meetings_page import MEETING
from models.rules.meetings import in_school_day
from models.rules.turns import next_host
from models.services.agenda import to_carry
from models.words import Happened, MeetingKind

_MEETING = t.metadata.tables[MEETING]
_INVITATION = t.metadata.tables["invitation"]
COPIED = ("starts_at", "ends_at", "kind", "place", "link", "audience")


class Repeat(Struct, frozen=True):
    """A proposal for the form.

    Attributes:
        values: what its fields begin with, by name.
        repeats: the meeting that is repeated; None: there is none to repeat.
        words: what is taken over besides, in a sentence; "" for nothing.
    """

    values: dict[str, Any]
    repeats: int | None = None
    words: str = ""


class Invited(Struct, frozen=True):
    """Who is asked to a meeting, for the form that says so: the members of its day, and the ids asked."""

    meeting_id: int
    title: str
    schools: tuple[tuple[int, str], ...]
    asked: frozenset[int]


def last_meeting(session: Session, today: dt.date) -> int | None:
    """The full cluster meeting to repeat: the last that was held, else the newest there is."""
    wanted = (
        select(_MEETING.c.id)
        .where(_MEETING.c.kind == MeetingKind.FULL_CLUSTER, _MEETING.c.status != Happened.CANCELLED)
        .order_by((_MEETING.c.held_on <= today).desc(), _MEETING.c.held_on.desc(), _MEETING.c.id.desc())
        .limit(1)
    )
    return session.execute(wanted).scalar()


def repeat_of(
    session: Session, meeting_id: int | None, clock: Callable[[], dt.date] = dt.date.today
) -> Repeat:
    """A copy of a meeting, or of the last full cluster meeting: all but its title, day and what came of it.

    The host is the school whose turn it is, where hosts are written down; the place goes only with a meeting
    that no school hosts.
    """
    book = Book(session)
    today = book.today(clock)
    source = meeting_id if meeting_id is not None else last_meeting(session, today)
    row = session.execute(select(_MEETING).where(_MEETING.c.id == source)).first()
    if row is None:
        return Repeat({})
    values = {name: getattr(row, name) for name in COPIED}
    if row.host_school_id is not None:
        values |= {"host_school_id": host_in_turn(session, book, today), "place": ""}
    topics = len(to_carry(session, row.id, None))
    asked = session.scalars(select(_INVITATION.c.id).where(_INVITATION.c.meeting_id == row.id)).all()
    parts = [count(topics, "topic")] if topics else []
    if asked:
        parts.append(count(len(asked), "invitation"))
    words = f"From “{row.title}”: {' and '.join(parts)} will be taken over." if parts else ""
    return Repeat(values, row.id, words)


def host_in_turn(session: Session, book: Book, today: dt.date) -> int | None:
    """The member whose turn it is to host a full cluster meeting; None where nobody writes hosts down."""
    wanted = select(_MEETING.c.held_on, _MEETING.c.host_school_id).where(
        _MEETING.c.kind == MeetingKind.FULL_CLUSTER,
        _MEETING.c.status != Happened.CANCELLED,
        _MEETING.c.host_school_id.is_not(None),
    )
    hosted = [(day, book.present_id(key, today)) for day, key in session.execute(wanted)]
    return next_host([one.school_id for one in book.members(today)], hosted)


def invited(session: Session, meeting_id: int) -> Invited | None:
    """Who could be asked to a meeting and who is (R-MEET-5); None if the meeting is not there any more."""
    row = session.execute(select(_MEETING).where(_MEETING.c.id == meeting_id)).first()
    if row is None:
        return None
    book = Book(session)
    asked = {
        book.present_id(key, row.held_on)
        for key in session.scalars(select(_INVITATION.c.school_id).where(_INVITATION.c.meeting_id == row.id))
    }
    members = {one.school_id: one.school for one in book.members(row.held_on)}
    schools = {**members, **{key: book.school_name(key) for key in asked}}
    ordered = sorted(schools.items(), key=lambda pair: pair[1].casefold())
    return Invited(row.id, row.title, tuple(ordered), frozenset(asked))


class SchoolDay(Struct, frozen=True):
    """Whether a meeting as typed would be in the school day (R-MEET-3); None: the times do not tell."""

    inside: bool | None
    words: str


def school_day(
    session: Session,
    *,
    held_on: dt.date,
    starts_at: dt.time | None,
    ends_at: dt.time | None,
    host_school_id: int | None,
    by_hand: bool | None,
) -> SchoolDay:
    """What the times of a meeting mean, while its form is being filled in."""
    calendar = Book(session).calendar(host_school_id)
    answer = in_school_day(held_on, starts_at, ends_at, calendar)
    if by_hand is None:
        return SchoolDay(answer.inside, answer.reason)
    return SchoolDay(by_hand, f"Marked by hand. By its times: {answer.reason}")
