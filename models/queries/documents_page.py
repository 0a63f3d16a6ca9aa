"""The shared documents tab: each version, and which schools agreed it (R-IMP-8)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import year_bounds
from models.queries.book import Book
from models.rules.impact import DocumentFact
from models.words import Reach


class Agreed(Struct, frozen=True):
    """A member, and on which day it agreed; None: it has not."""

    school_id: int
    school: str
    on: dt.date | None


class DocumentRow(Struct, frozen=True):
    """A version of a document.

    Attributes:
        newest: no later version is there.
        schools: every member of the day asked about.
        others: how many agreed that are no members any more.
    """

    id: int
    title: str
    version: int
    issued_on: dt.date | None
    newest: bool
    schools: tuple[Agreed, ...]
    others: int

    @property
    def fact(self) -> DocumentFact:
        """The version as the rules know it."""
        agreed = sum(one.on is not None for one in self.schools)
        return DocumentFact(self.id, self.title, self.version, agreed, len(self.schools))

    @property
    def words(self) -> str:
        """`v2 agreed 5 of 6`."""
        return self.fact.words

    @property
    def reach(self) -> Reach | None:
        """How far it has spread (R-IMP-7)."""
        return self.fact.reach

    @property
    def missing(self) -> tuple[str, ...]:
        """The members that have not agreed it."""
        return tuple(one.school for one in self.schools if one.on is None)


class DocumentsTab(Struct, frozen=True):
    """The tab."""

    today: dt.date
    rows: tuple[DocumentRow, ...]


def documents_tab(session: Session, year: int, clock: Callable[[], dt.date] = dt.date.today) -> DocumentsTab:
    """Every version there was by the end of a school year or today, by title, the newest first."""
    book = Book(session)
    today = book.today(clock)
    day = min(today, year_bounds(year)[1])
    members = {one.school_id: book.short_name(one.school_id) for one in book.members(day)}
    agreed: dict[int, dict[int, dt.date]] = defaultdict(dict)
    for one in book.rows(t.DocumentAgreement):
        if one.agreed_on <= day:
            agreed[one.document_id][book.present_id(one.school_id, day)] = one.agreed_on
    rows = [row for row in book.rows(t.SharedDocument) if row.issued_on is None or row.issued_on <= day]
    newest: dict[str, int] = {}
    for row in rows:
        newest[row.title] = max(newest.get(row.title, 0), row.version)
    return DocumentsTab(
        today,
        tuple(
            DocumentRow(
                id=row.id or 0,
                title=row.title,
                version=row.version,
                issued_on=row.issued_on,
                newest=row.version == newest[row.title],
                schools=tuple(
                    Agreed(key, name, agreed[row.id or 0].get(key)) for key, name in members.items()
                ),
                others=len(agreed[row.id or 0].keys() - members.keys()),
            )
            for row in sorted(rows, key=lambda row: (row.title.casefold(), -row.version))
        ),
    )
