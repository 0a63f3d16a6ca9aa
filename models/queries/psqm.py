"""The facts of PSQM awards and requests, for the page and the verb that answers a request (R-PSQM-1 to 3)."""

from __future__ import annotations

from models import tables as t
from models.queries.book import Book, remembered
from models.queries.money_warnings import award_facts
from models.rules.psqm import RequestFact

__all__ = ["award_facts", "predecessors", "request_facts"]


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
