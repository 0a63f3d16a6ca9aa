"""The resource catalogue: what the cluster shares, for whom, whose and where it is (R-RES-8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models.queries.bank_page import TABLES, ItemRow, item_rows
from models.queries.book import Book
from models.queries.papers.head import PaperHead, paper_head
from models.words import ResourceLife

OFFERED = frozenset({ResourceLife.ON_TRIAL, ResourceLife.ADOPTED, ResourceLife.SHARED})
"""What a school can have or see; an idea is not there yet, and what was dropped is not any more."""


class CatalogueItem(Struct, frozen=True):
    """One resource: its row of the bank, and what its row leaves out."""

    row: ItemRow
    description: str
    effort: str
    safety_ref: str


class Catalogue(Struct, frozen=True):
    """Everything a school can have, by code; `left_out`: ideas, dropped and retired resources."""

    head: PaperHead
    items: tuple[CatalogueItem, ...]
    left_out: int


def catalogue(session: Session, clock: Callable[[], dt.date]) -> Catalogue:
    """The catalogue as of today."""
    book = Book(session)
    today = book.today(clock)
    rows = item_rows(book, today)
    there = [
        row for row in rows if row.life in OFFERED and (row.retired_on is None or row.retired_on > today)
    ]
    there.sort(key=lambda row: (row.code.casefold(), row.id))
    resource = TABLES["resource"]
    asked = select(resource.c.id, resource.c.description, resource.c.effort, resource.c.safety_ref)
    more = {row.id: row for row in session.execute(asked)}
    items = tuple(
        CatalogueItem(row, more[row.id].description, more[row.id].effort, more[row.id].safety_ref)
        for row in there
    )
    return Catalogue(paper_head(book, today), items, len(rows) - len(there))
