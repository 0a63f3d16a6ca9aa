"""The year of the Meetings page: every meeting and CPD session by term, and what is open across them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import func, or_, select
from sqlmodel import Session

from models import tables as t
from models.calendar import TermName, term_of, year_bounds
from models.formats import count
from models.queries.book import Book
from models.queries.meetings import meeting_calendars, meeting_facts, meeting_year
from models.queries.partial import PartialBook
from models.rules.meetings import MeetingCount, told_inside, would_count
from models.words import Happened, MeetingKind

MEETING, CPD = "meeting", "cpd_session"
CANCELLED, PLANNED, NOT_MARKED, OPEN, FINALISED = (
    "Cancelled", "Planned", "Not marked", "Minutes open", "Finalised",
)  # fmt: skip
_MEETING, _CPD = t.metadata.tables[MEETING], t.metadata.tables[CPD]
_ACTION, _DECISION = t.metadata.tables["action"], t.metadata.tables["decision"]


class YearEntry(Struct, frozen=True):
    """A line of the year: a meeting, or a CPD session that was not part of one.

    Attributes:
        table: `meeting` or `cpd_session`.
        number: which full cluster meeting of the year it is, from 1; 0 for every other entry.
        state: how far it is, in a word or two.
        inside: in the school day; None where its times do not tell.
        counts: it would count to the minimum, or does (R-MEET-1).
        came: who came, in words; "" while nobody is marked.
        waits: it wants something done: its day has passed and nobody has said whether it took place.
    """

    table: str
    id: int
    title: str
    held_on: dt.date
    term: TermName
    kind: str
    number: int
    state: str
    inside: bool | None
    counts: bool
    came: str
    waits: bool = False


class MeetingsYear(Struct, frozen=True):
    """A school year of meetings and CPD.

    Attributes:
        today: the day it is.
        count: of the meetings that count to the minimum (R-MEET-1).
        actions_open: actions neither done nor dropped, of any year.
        actions_late: those of them that are overdue.
        decisions: what the year's meetings decided.
        days: the first and last day of the year.
    """

    year: int
    today: dt.date
    entries: tuple[YearEntry, ...]
    count: MeetingCount
    actions_open: int
    actions_late: int
    decisions: int

    @property
    def count_words(self) -> str:
        """`3 of at least 4 in school time, 2 more planned`."""
        words = f"{self.count.counted} of at least {self.count.minimum} in school time"
        if self.count.planned:
            words += f", {self.count.planned} {'more ' if self.count.counted else ''}planned"
        return words


def meetings_year(session: Session, year: int, clock: Callable[[], dt.date] = dt.date.today) -> MeetingsYear:
    """Every meeting and CPD session of a school year, by day."""
    book = PartialBook(session, year)
    today = book.today(clock)
    asked = meeting_year(book, year, today)
    entries = [*_meetings(book, year, today), *_cpd(session, book, year, today)]
    open_actions, late = _actions(session, today)
    first, last = year_bounds(year)
    decided = (
        select(func.count())
        .select_from(_DECISION.join(_MEETING, _MEETING.c.id == _DECISION.c.meeting_id))
        .where(_MEETING.c.held_on.between(first, last))
    )
    return MeetingsYear(
        year=year,
        today=today,
        entries=tuple(sorted(entries, key=lambda one: (one.held_on, one.table, one.id))),
        count=asked.count,
        actions_open=open_actions,
        actions_late=late,
        decisions=session.execute(decided).scalar_one(),
    )


def state_words(status: Happened, held_on: dt.date, finalised_on: dt.date | None, today: dt.date) -> str:
    """How far a meeting is, in a word or two."""
    if status is Happened.CANCELLED:
        return CANCELLED
    if finalised_on is not None:
        return FINALISED
    if status is Happened.HELD:
        return OPEN
    return PLANNED if held_on >= today else NOT_MARKED


def _meetings(book: PartialBook, year: int, today: dt.date) -> Iterator[YearEntry]:
    first, last = year_bounds(year)
    hosts = meeting_calendars(book)
    finalised = {row.id: row.finalised_on for row in book.rows(t.Meeting)}
    came = _came(book, year, today)
    facts = [one for one in meeting_facts(book).values() if first <= one.held_on <= last]
    scheme, calendar, number = book.scheme_of(year), book.calendar(), 0
    for one in sorted(facts, key=lambda one: (one.held_on, one.starts_at or dt.time(), one.id)):
        own = book.calendar(hosts[one.id])
        counted = one.kind is MeetingKind.FULL_CLUSTER and one.status is not Happened.CANCELLED
        number += counted
        state = state_words(one.status, one.held_on, finalised[one.id], today)
        yield YearEntry(
            table=MEETING,
            id=one.id,
            title=one.title,
            held_on=one.held_on,
            term=_term(calendar, one.held_on),
            kind=one.kind.label,
            number=number if counted else 0,
            state=state,
            inside=told_inside(one, own),
            counts=would_count(one, scheme, own),
            came=came.get(one.id, ""),
            waits=state == NOT_MARKED,
        )


def _came(book: PartialBook, year: int, today: dt.date) -> dict[int, str]:
    """Who came, by meeting: `6 of 7 schools`, as the attendance matrix counts them; else how many people."""
    asked = meeting_year(book, year, today)
    words: dict[int, str] = {}
    for line in asked.lines:
        if line.came.schools:
            words[line.fact.id] = count(line.came.people or line.came.schools, "person", "people")
    for column in asked.matrix.columns:
        if column.entered:
            words[column.meeting.id] = f"{column.total.text} schools"
    return words


def _cpd(session: Session, book: Book, year: int, today: dt.date) -> Iterator[YearEntry]:
    """The CPD sessions that were not part of a meeting."""
    first, last = year_bounds(year)
    bookings = t.metadata.tables["cpd_booking"]
    came = select(func.count()).where(bookings.c.cpd_session_id == _CPD.c.id, bookings.c.attended)
    wanted = select(_CPD, came.scalar_subquery().label("came")).where(
        _CPD.c.held_on.between(first, last), _CPD.c.meeting_id.is_(None)
    )
    calendar = book.calendar()
    for row in session.execute(wanted):
        yield YearEntry(
            table=CPD,
            id=row.id,
            title=row.title,
            held_on=row.held_on,
            term=_term(calendar, row.held_on),
            kind="CPD session",
            number=0,
            state=cpd_state(row.status, row.held_on, today),
            inside=None,
            counts=False,
            came=count(row.came, "person", "people") if row.came else "",
            waits=row.status is Happened.PLANNED and row.held_on < today,
        )


def cpd_state(status: Happened, held_on: dt.date, today: dt.date) -> str:
    """How far a CPD session is, in a word or two."""
    return NOT_MARKED if status is Happened.PLANNED and held_on < today else status.label


def _term(calendar: Any, day: dt.date) -> TermName:
    found = calendar.term_on(day)
    return found.name if found is not None else term_of(day)


def _actions(session: Session, today: dt.date) -> tuple[int, int]:
    """How many actions are open on a day, and how many of them overdue (R-MEET-10)."""
    is_open = [or_(column.is_(None), column > today) for column in (_ACTION.c.done_on, _ACTION.c.dropped_on)]
    row = session.execute(
        select(func.count(), func.count().filter(_ACTION.c.due_on < today)).where(*is_open)
    ).one()
    return int(row[0]), int(row[1])
