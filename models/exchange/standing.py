"""What an import would change although it stands: finalised minutes, paid claims, closings.

`models/store/locked.py` says what stands and refuses to save a change of it, whatever made it. Here the same
is said of the row that is at fault, before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table
from sqlmodel import Session

from models.exchange.book import Fields
from models.exchange.preview import Mark, Problem, RowPreview
from models.exchange.sheets import BY_TITLE
from models.store.locked import CHECKS, Locks, Touched


def standing(session: Session, rows: Iterable[RowPreview]) -> list[Problem]:
    """What the rows of a whole import, all sheets together, would change of what stands."""
    connection = session.connection()
    looked = [
        (row, table)
        for row in rows
        if row.mark in {Mark.NEW, Mark.CHANGED} and (table := BY_TITLE[row.sheet].table).name in CHECKS
    ]
    locks = Locks(connection, [_touched(connection, row, table) for row, table in looked])
    return [
        Problem(row.sheet, row.row, "", _in_sentence(sentence))
        for (row, _), one in zip(looked, locks.touched, strict=True)
        for sentence in locks.against(one)
    ]


def _touched(connection: Connection, row: RowPreview, table: Table) -> Touched:
    before = _stored(connection, table, row.record_id) if row.before else None
    after = (before or dict.fromkeys(table.c.keys())) | _as_stored(connection, table, row.after)
    return Touched(str(table.name), row.record_id, before, after | {"id": row.record_id})


def _stored(connection: Connection, table: Table, row_id: int) -> dict[str, Any]:
    """A row as it lies in the file."""
    return dict(Locks(connection, ()).row(str(table.name), row_id)[0] or {})


def _as_stored(connection: Connection, table: Table, fields: Fields) -> dict[str, Any]:
    """Values as they would lie in the file."""
    binds = {name: table.c[name].type.bind_processor(connection.dialect) for name in fields}
    return {name: bind(fields[name]) if (bind := binds[name]) else fields[name] for name in fields}


def _in_sentence(sentence: str) -> str:
    """As the end of a sentence: “The minutes …” begins small, a code such as F-0007 does not."""
    return sentence[0].lower() + sentence[1:] if sentence[1].islower() else sentence
