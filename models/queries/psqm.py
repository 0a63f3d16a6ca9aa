"""The facts of PSQM awards and requests, for the page and the verb that answers a request (R-PSQM-1 to 3)."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session

from models import tables as t
from models.queries.book import Book, remembered
from models.rules.psqm import AwardFact, RequestFact, first_time_verdict
from models.rules.verdict import Verdict


@remembered
def award_facts(book: Book) -> tuple[AwardFact, ...]:
    """Every quality mark that a school holds or held."""
    return tuple(
        AwardFact(
            row.id or 0, row.school_id, book.school_name(row.school_id), row.level, row.awarded_on, row.round
        )
        for row in book.rows(t.PsqmAward)
    )


@remembered
def request_facts(book: Book) -> tuple[RequestFact, ...]:
    """Every request for PSQM money, by id."""
    return tuple(
        RequestFact(
            id=row.id or 0,
            school_id=row.school_id,
            school_name=book.school_name(row.school_id),
            requested_on=row.requested_on,
            state=row.state,
            hub_available=row.hub_available,
            advisor_contacted=row.advisor_contacted,
            override_reason=row.override_reason,
        )
        for row in book.rows(t.PsqmRequest)
    )


@remembered
def predecessors(book: Book) -> dict[int, int]:
    """By school id, the record it replaces."""
    return {key: fact.predecessor_id for key, fact in book.schools.items() if fact.predecessor_id is not None}


def outlook(session: Session, school_id: int, on: dt.date) -> Verdict | None:
    """What speaks against money for a school that asks on a day; None: it would be its first (R-PSQM-1)."""
    book = Book(session)
    request = RequestFact(0, school_id, book.school_name(school_id), on)
    return first_time_verdict(request, award_facts(book), predecessors(book), book.scheme(on))
