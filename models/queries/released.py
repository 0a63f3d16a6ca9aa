"""Releases without a cover claim: of one meeting, for its register, and of a year, for Home (R-COVER-10)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from models import tables as t
from models.calendar import year_bounds
from models.queries.book import Book, remembered
from models.queries.meetings import meeting_calendars, meeting_facts
from models.rules.meetings import MeetingFact
from models.rules.release import MarkFact, release_at, without_claim
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
    marks = run(select(_MARK).where(_MARK.c.meeting_id == meeting.id).order_by(_MARK.c.id))
    claims = run(select(_CLAIM).where(_CLAIM.c.cover_on == meeting.held_on))
    return _wanting(book, meeting, host_id, marks, claims)


@remembered
def unclaimed_in(book: Book, year: int, day: dt.date) -> tuple[Unclaimed, ...]:
    """The meetings of a school year up to a day at which a claim is wanting, by date."""
    first, last = year_bounds(year)
    marks, claims = defaultdict(list), defaultdict(list)
    for mark in book.rows(t.Attendance):
        marks[mark.meeting_id].append(mark)
    for claim in book.rows(t.CoverClaim):
        claims[claim.cover_on].append(claim)
    hosts, found = meeting_calendars(book), []
    for one in sorted(meeting_facts(book).values(), key=lambda one: (one.held_on, one.id)):
        if one.status is Happened.HELD and first <= one.held_on <= min(day, last):
            wanting = _wanting(book, one, hosts[one.id], marks[one.id], claims[one.held_on])
            names = tuple(dict.fromkeys(book.short_name(mark.school_id) for mark in wanting))
            if wanting:
                found.append(Unclaimed(one, names, len(wanting)))
    return tuple(found)


def _wanting(
    book: Book, meeting: MeetingFact, host_id: int | None, marks: Iterable[Any], claims: Iterable[Any]
) -> tuple[MarkFact, ...]:
    """The same from the rows of the meeting's marks and of its day's claims."""
    day = meeting.held_on
    facts = [
        MarkFact(book.present_id(row.school_id, day), row.person_id, row.code, row.release_method)
        for row in marks
    ]
    release = release_at(meeting, book.calendar(host_id), book.scheme(day))
    if isinstance(release, str) or not facts:
        return ()
    made = {(book.present_id(row.school_id, day), row.person_id) for row in claims}
    draws = meeting.kind is MeetingKind.FULL_CLUSTER
    return without_claim(facts, made, book.without_release_money(day) if draws else frozenset())
