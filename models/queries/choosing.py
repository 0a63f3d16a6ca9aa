"""What forms offer: the records that a link may point to, in words, and a record to edit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.calendar import near_day
from models.formats import long_date
from models.queries.book import Book
from models.services.records import Kept, kept

# The columns that name a record, and how they are ordered: newest first where there is a day.
NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "activity": ("code", "title"),
    "agenda_item": ("title",),
    "aim": ("number", "text"),
    "approval": ("code", "question"),
    "attachment": ("code", "name"),
    "confidence_area": ("name",),
    "cover_claim": ("code", "cover_on"),
    "cpd_session": ("code", "title", "held_on"),
    "decision": ("code", "text"),
    "evidence": ("code", "text"),
    "focus_area": ("name",),
    "fund": ("name",),
    "fund_entry": ("code", "description"),
    "kit_item": ("name",),
    "loan": ("code",),
    "meeting": ("code", "title", "held_on"),
    "other_funding": ("name",),
    "partner": ("name",),
    "person": ("name",),
    "project": ("code", "title"),
    "resource": ("code", "name"),
    "school": ("name",),
    "shared_document": ("title", "version"),
}
LONGEST = 90
NEWEST_FIRST = frozenset(
    {"cover_claim", "cpd_session", "decision", "evidence", "fund_entry", "loan", "meeting"}
)


class Option(Struct, frozen=True):
    """One record to choose.

    Attributes:
        id: its number.
        words: what it is called.
        past: it has left or is retired; shown after the others.
    """

    id: int
    words: str
    past: bool = False


class FormFacts(Struct, frozen=True):
    """What a form needs of the book.

    Attributes:
        kept: the record to edit; None for a new one.
        options: what its links may point to, by the name of the table.
        years: the school years to choose from, oldest first.
        today: the day it is.
        near: a date without its year is the one nearest to this (`calendar.near_day`).
    """

    kept: Kept | None
    options: Mapping[str, tuple[Option, ...]]
    years: tuple[int, ...]
    today: dt.date
    near: dt.date


def form_facts(
    session: Session, table: str, record_id: int | None, today: dt.date, year: int | None = None
) -> FormFacts:
    """Everything a form on a table asks of the book, of one moment; `year` is the school year shown.

    Raises:
        Changed: the record is not there any more.
    """
    targets = {key.column.table.name for key in t.metadata.tables[table].foreign_keys} & NAMED_BY.keys()
    book = Book(session)
    day = book.today(lambda: today)
    return FormFacts(
        kept=kept(session, table, record_id) if record_id is not None else None,
        options={target: options(session, target) for target in sorted(targets)},
        years=book.years,
        today=day,
        near=near_day(year, day) if year is not None else day,
    )


def options(session: Session, table: str) -> tuple[Option, ...]:
    """The records of a table to choose from: those of the present first, then by name or newest first."""
    stored = t.metadata.tables[table]
    named = [stored.c[name] for name in NAMED_BY[table]]
    ends = next((stored.c[name] for name in ("left_on", "retired_on") if name in stored.c), None)
    query = select(stored.c.id, ends if ends is not None else stored.c.id, *named)
    found = []
    for record_id, ended, *parts in session.connection().execute(query):
        past = ended is not None and ends is not None
        found.append(Option(record_id, " · ".join(_part(part) for part in parts if part), past))
    if table in NEWEST_FIRST:
        found.sort(key=lambda one: one.id, reverse=True)
    else:
        found.sort(key=lambda one: one.words.casefold())
    return tuple(sorted(found, key=lambda one: one.past))


def _part(value: object) -> str:
    words = long_date(value) if isinstance(value, dt.date) else " ".join(str(value).split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
