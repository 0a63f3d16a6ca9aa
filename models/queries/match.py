"""What the schools and the sponsor put in over a school year (R-FUND-3)."""

from __future__ import annotations

import datetime as dt

from models.queries.account import counted_facts
from models.queries.book import Book
from models.queries.cover import cover_year
from models.rules.funding import MatchFunding, match_funding
from models.words import Direction, EntryState, FundKind, Heading


def match_of(book: Book, year: int, day: dt.date) -> MatchFunding:
    """The schools' release allowances beside the sponsor's match funding and grants, as of a day."""
    cover = cover_year(book, year, day)
    giving = sum(line.entitlement.allowance_p > 0 for line in cover.schools)
    own = cover.allowance_p if cover.schools else None
    return match_funding(giving, book.scheme_of(year), own, _granted(book, year, day))


def _granted(book: Book, year: int, day: dt.date) -> int:
    """The sponsor's grants of a school year up to a day, in pence; other funders' are not among them."""
    facts = (one for rows in counted_facts(book).values() for one in rows)
    return sum(
        one.counted_p
        for one in facts
        if one.heading is Heading.GRANT
        and one.direction is Direction.IN
        and one.fund_kind is not FundKind.OTHER
        and one.state is EntryState.PAID
        and one.year == year
        and one.on <= day
    )
