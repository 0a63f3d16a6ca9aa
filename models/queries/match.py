"""What the schools and the sponsor put in over a school year (R-FUND-3)."""

from __future__ import annotations

import datetime as dt

from models.queries.book import Book
from models.queries.cover import cover_year
from models.rules.funding import MatchFunding, match_funding


def match_of(book: Book, year: int, day: dt.date) -> MatchFunding:
    """The schools' release allowances beside the sponsor's input, as of a day."""
    cover = cover_year(book, year, day)
    giving = sum(line.entitlement.allowance_p > 0 for line in cover.schools)
    return match_funding(giving, book.scheme_of(year), cover.allowance_p if cover.schools else None)
