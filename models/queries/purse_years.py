"""The school years of one fund: opening and closing, what was carried over, and what has moved since."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from models import tables as t
from models.calendar import school_year, year_bounds
from models.queries.account import counted_facts
from models.queries.book import Book
from models.rules.fund import Account, accounts
from models.values import replace

RUNNING, TO_CLOSE, CLOSED, MOVED = "Running", "To close", "Closed", "Moved"


class Closing(Struct, frozen=True):
    """One closing of a year: when, with how many pence, and when and why it was opened again."""

    id: int
    closed_on: dt.date
    carried_p: int
    reopened_on: dt.date | None
    reason: str


class YearRow(Struct, frozen=True):
    """One school year of a fund, in pence. `opening_p` + `income_p` − `spent_p` = `closing_p`.

    Attributes:
        state: Running, To close (it is over and not closed), Closed, or Moved (it is closed, and its entries
            now give another figure: R-POT-3).
        carried_p: what was carried over when it was closed; None while it is open.
        closings: every time it was closed, oldest first.
        may_close: it is over, the year before is closed, and closing it would change something.
    """

    fund_id: int
    year: int
    opening_p: int
    income_p: int
    spent_p: int
    closing_p: int
    rollover_percent: str
    state: str
    carried_p: int | None
    closings: tuple[Closing, ...]
    may_close: bool = False

    @property
    def moved_p(self) -> int:
        """By how much the figure has moved since it was carried over, in pence; 0 while it is open."""
        return 0 if self.carried_p is None else self.closing_p - self.carried_p

    @property
    def may_reopen(self) -> bool:
        """Whether it is closed."""
        return self.carried_p is not None


def year_rows(book: Book, fund: t.Fund, through: int, today: dt.date) -> tuple[YearRow, ...]:
    """The years of a fund's book up to `through`, the newest first; a year that runs, as of today."""
    counted = [one for one in counted_facts(book).get(fund.id or 0, ()) if one.on <= today]
    found: list[YearRow] = []
    for account in accounts(fund.opened_on, fund.opening_p, counted, through):
        row = _row(book, fund.id or 0, account, today)
        ready = not found or found[-1].carried_p is not None
        found.append(replace(row, may_close=ready and row.state in {TO_CLOSE, MOVED}))
    return tuple(reversed(found))


def _row(book: Book, fund_id: int, account: Account, today: dt.date) -> YearRow:
    closings = [
        Closing(row.id or 0, row.closed_on, row.closing_p, row.reopened_on, row.reason)
        for row in book.rows(t.YearClose)
        if row.fund_id == fund_id and row.school_year == account.year
    ]
    standing = next((one for one in closings if one.reopened_on is None), None)
    if standing is not None:
        state = CLOSED if standing.carried_p == account.closing_p else MOVED
    else:
        state = TO_CLOSE if year_bounds(account.year)[1] < today else RUNNING
    return YearRow(
        fund_id=fund_id,
        year=account.year,
        opening_p=account.opening_p,
        income_p=account.income_p,
        spent_p=account.spent_p,
        closing_p=account.closing_p,
        rollover_percent=account.rollover_percent,
        state=state,
        carried_p=standing.carried_p if standing else None,
        closings=tuple(sorted(closings, key=lambda one: (one.closed_on, one.id))),
    )


def last_year(fund: t.Fund, year: int, today: dt.date) -> int:
    """The last year of a fund to show: the one chosen, or the present one if that is later."""
    return max(year, school_year(today), school_year(fund.opened_on))
