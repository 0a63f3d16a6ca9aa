"""What the claim's form fills in by itself: a person's school, and what a meeting says of its cover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.queries.book import Book
from models.queries.claim_payments import PAYING
from models.queries.meetings import meeting_calendars, meeting_facts
from models.rules.release import PURPOSES, release_at
from models.words import CoverPurpose, HalfDay


class MeetingCover(Struct, frozen=True):
    """What a claim for release to a meeting says; None where the meeting does not tell."""

    on: dt.date
    purpose: CoverPurpose | None
    half_day: HalfDay | None


class ClaimFormFacts(Struct, frozen=True):
    """What the form knows beside its own fields.

    Attributes:
        schools: each person's school.
        paying: the funds that release can be paid from (R-LEAD-3).
    """

    schools: Mapping[int, int]
    paying: frozenset[int]


def claim_form_facts(session: Session) -> ClaimFormFacts:
    """Whose school is which, and which funds pay for release."""
    person = t.metadata.tables["person"]
    fund = t.metadata.tables["fund"]
    people = session.execute(select(person.c.id, person.c.school_id).where(person.c.school_id.is_not(None)))
    return ClaimFormFacts(
        schools={row[0]: row[1] for row in people},
        paying=frozenset(session.scalars(select(fund.c.id).where(fund.c.kind.in_(PAYING)))),
    )


def meeting_cover(session: Session, meeting_id: int) -> MeetingCover | None:
    """What a meeting says of the cover that it needs (R-COVER-2, 6); None: it is not there any more."""
    book = Book(session)
    fact = meeting_facts(book).get(meeting_id)
    if fact is None:
        return None
    calendar = book.calendar(meeting_calendars(book)[meeting_id])
    release = release_at(fact, calendar, book.scheme(fact.held_on))
    if isinstance(release, str):
        return MeetingCover(fact.held_on, PURPOSES.get(fact.kind), None)
    return MeetingCover(fact.held_on, release.purpose, release.half_day)
