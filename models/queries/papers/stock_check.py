"""The stock-check sheet: what to look for, where, and how many pieces there should be (R-LOAN-2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from msgspec import Struct
from sqlmodel import Session

from models.queries.bank_item import PartRow
from models.queries.bank_lists import Stock, StockRow, stock
from models.queries.book import Book
from models.queries.papers.head import PaperHead, paper_head
from models.queries.papers.kits import parts_of
from models.rules.loans import LoanState


class StockPlace(Struct, frozen=True):
    """What should be found at one place; `name` "" if nobody entered where."""

    name: str
    rows: tuple[StockRow, ...]


class StockSheet(Struct, frozen=True):
    """A stock check of a school year.

    Attributes:
        head: the cluster.
        year: the school year.
        stock: every thing with its last check.
        places: what should be there, by place.
        away: what is with a school on loan.
        parts: the contents of the kits, by resource.
    """

    head: PaperHead
    year: int
    stock: Stock
    places: tuple[StockPlace, ...]
    away: tuple[StockRow, ...]
    parts: Mapping[int, tuple[PartRow, ...]]


def stock_sheet(session: Session, year: int, clock: Callable[[], dt.date]) -> StockSheet:
    """What a stock check of a school year goes through, place by place."""
    found = stock(session, year, clock)
    book = Book(session)
    away = [row for row in found.rows if row.now is not None and row.now.state is not LoanState.RESERVED]
    here: dict[str, list[StockRow]] = {}
    for row in found.rows:
        if row not in away:
            here.setdefault(" ".join(row.location.split()), []).append(row)
    places = sorted(here.items(), key=lambda pair: (not pair[0], pair[0].casefold()))
    return StockSheet(
        head=paper_head(book, found.today),
        year=year,
        stock=found,
        places=tuple(StockPlace(name, tuple(rows)) for name, rows in places),
        away=tuple(away),
        parts=parts_of(session, {row.id for row in found.rows}),
    )
