"""Which schools can take part in a project or an activity, for its form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.queries.book import Book
from models.services.taking_part import PARTS


class TakePart(Struct, frozen=True):
    """The schools to choose from, by name, and those that take part."""

    schools: tuple[tuple[int, str], ...]
    chosen: frozenset[int] = frozenset()


def take_part(
    session: Session, table: str, record_id: int | None, clock: Callable[[], dt.date] = dt.date.today
) -> TakePart:
    """The members of today, and whoever takes part already; `record_id` None: it is still to be entered."""
    book = Book(session)
    chosen: frozenset[int] = frozenset()
    if record_id is not None:
        part = t.metadata.tables[str(PARTS[table].__tablename__)]
        wanted = select(part.c.school_id).where(part.c[f"{table}_id"] == record_id)
        chosen = frozenset(session.scalars(wanted))
    members = {one.school_id for one in book.members(book.today(clock))}
    named = [(key, book.school_name(key)) for key in members | chosen]
    return TakePart(tuple(sorted(named, key=lambda one: one[1].casefold())), chosen)
