"""Releases without a cover claim: of one meeting, for its register, and of a year, for Home (R-COVER-10)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from models import tables as t
from models.calendar import year_bounds
from models.queries.book import Book, remembered
from models.queries.meetings import meeting_calendars, meeting_facts
from models.rules.meetings import MeetingFact
from models.rules.release import Claimed, MarkFact, claimed, release_at, without_claim
from models.words import Happened, MeetingKind

_MARK, _CLAIM = t.metadata.tables["attendance"], t.metadata.tables["cover_claim"]


class Unclaimed(Struct, frozen=True):
    """A meeting at which somebody was released without a claim, and at which schools, by name."""

    meeting: MeetingFact
    schools: tuple[str, ...]
    number: int


def unclaimed_of(book: Book, meeting: MeetingFact, host_id: int | None) -> tuple[MarkFact, ...]:
    """The marks of a meeting for which a claim is to be expected and none was made; none where none may be.

    Args:
        book: the book.
        meeting: the meeting.
        host_id: its host school, whose school day decides.
    """
    run = book.session.connection().execute
    marks = run(select(_MARK).where(_MARK.c.meeting_id == meeting.id).order_by(_MARK.c.id)).all()
    claims = run(select(_CLAIM).where(_CLAIM.c.cover_on == meeting.held_on))
    return _wanting(book, meeting, host_id, marks, _claimed(book, meeting.held_on, claims))


@remembered
def unclaimed_in(book: Book, year: int, day: dt.date) -> tuple[Unclaimed, ...]:
    """The meetings of a school year up to a day at which a claim is wanting, by date."""
    first, last = year_bounds(year)
    held = [
        one
        for one in meeting_facts(book).values()
        if one.status is Happened.HELD and first <= one.held_on <= min(day, last)
    ]
    marks: dict[int, list[Any]] = {one.id: [] for one in held}
    for mark in book.rows(t.Attendance):
        if (of_meeting := marks.get(mark.meeting_id)) is not None:
            of_meeting.append(mark)
    claims = defaultdict(list)
    for claim in book.rows(t.CoverClaim):
        claims[claim.cover_on].append(claim)
    made = {on: _claimed(book, on, claims[on]) for on in {one.held_on for one in held}}
    hosts, found = meeting_calendars(book), []
    for one in sorted(held, key=lambda one: (one.held_on, one.id)):
        wanting = _wanting(book, one, hosts[one.id], marks[one.id], made[one.held_on])
        names = tuple(dict.fromkeys(book.short_name(mark.school_id) for mark in wanting))
        if wanting:
            found.append(Unclaimed(one, names, len(wanting)))
    return tuple(found)


def unclaimed_number(book: Book, year: int, day: dt.date) -> int:
    """How many releases of a school year up to a day lack a claim: no figure of cover counts them."""
    return sum(one.number for one in unclaimed_in(book, year, day))


def _claimed(book: Book, day: dt.date, rows: Iterable[Any]) -> Claimed:
    """Who has a claim for a day, at which school as it is on that day (R-DATA-6)."""
    ids = book.present_ids(day)
    return claimed((ids.get(row.school_id, row.school_id), row.person_id) for row in rows)


def _wanting(
    book: Book, meeting: MeetingFact, host_id: int | None, marks: Sequence[Any], claims: Claimed
) -> tuple[MarkFact, ...]:
    """The same from the rows of the meeting's marks and from who has a claim for its day."""
    day = meeting.held_on
    release = release_at(meeting, book.calendar(host_id), book.scheme(day)) if marks else ""
    if isinstance(release, str):
        return ()
    facts = (
        MarkFact(book.present_id(row.school_id, day), row.person_id, row.code, row.release_method)
        for row in marks
    )
    draws = meeting.kind is MeetingKind.FULL_CLUSTER
    return without_claim(facts, claims, book.without_release_money(day) if draws else frozenset())
