"""Releases without a cover claim: of one meeting, for its register, and of a year, for Home (R-COVER-10)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models import tables as t
from models.calendar import year_bounds
from models.queries.book import Book
from models.queries.meetings import meeting_calendars, meeting_facts
from models.rules.meetings import MeetingFact
from models.rules.release import MarkFact, release_at, without_claim
from models.words import Happened, MeetingKind

_MARK, _CLAIM = t.metadata.tables["attendance"], t.metadata.tables["cover_claim"]


@dataclass(frozen=True)
class Unclaimed:
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
    day = meeting.held_on
    if isinstance(release_at(meeting, book.calendar(host_id), book.scheme(day)), str):
        return ()
    run = book.session.connection().execute
    marks = [
        MarkFact(book.present_id(row.school_id, day), row.person_id, row.code, row.release_method)
        for row in run(select(_MARK).where(_MARK.c.meeting_id == meeting.id).order_by(_MARK.c.id))
    ]
    claims = {
        (book.present_id(school_id, day), person_id)
        for school_id, person_id in run(
            select(_CLAIM.c.school_id, _CLAIM.c.person_id).where(_CLAIM.c.cover_on == day)
        )
    }
    draws = meeting.kind is MeetingKind.FULL_CLUSTER
    return without_claim(marks, claims, book.without_release_money(day) if draws else frozenset())


def unclaimed_in(book: Book, year: int, day: dt.date) -> tuple[Unclaimed, ...]:
    """The meetings of a school year up to a day at which a claim is wanting, by date."""
    first, last = year_bounds(year)
    hosts, found = meeting_calendars(book), []
    for one in sorted(meeting_facts(book).values(), key=lambda one: (one.held_on, one.id)):
        if one.status is Happened.HELD and first <= one.held_on <= min(day, last):
            wanting = unclaimed_of(book, one, hosts[one.id])
            names = tuple(dict.fromkeys(book.short_name(mark.school_id) for mark in wanting))
            if wanting:
                found.append(Unclaimed(one, names, len(wanting)))
    return tuple(found)
