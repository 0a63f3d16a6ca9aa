"""Is the file sound? Everything that can be asked without judging the cluster's work."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, LargeBinary, Table, select

from models.store.history import History
from models.store.schema import Schema
from models.store.trouble import thing


def faults(connection: Connection, schema: Schema, history: History) -> list[str]:
    """What is wrong, in sentences: SQLite's own checks, missing parents, attached files, history."""
    run = connection.exec_driver_sql
    answers = run("PRAGMA integrity_check(20)").scalars().all()
    found = [f"The file is damaged: {answer}." for answer in answers if answer != "ok"]
    found += [
        f"{thing(child).capitalize()} {row_id} needs a {thing(parent)} that is not there."
        for child, row_id, parent, _ in run("PRAGMA foreign_key_check")
    ]
    for key in schema.blob_columns:
        found += changed_bytes(connection, key.table)
    try:
        return found + history.faults(connection)
    except ValueError:  # damage in what it keeps as JSON
        return [*found, "The history is damaged: a part of it cannot be read any more."]


def changed_bytes(connection: Connection, table: Table) -> list[str]:
    """Attached files whose bytes are no longer those that were put in."""
    key = next(iter(table.primary_key.columns))
    data = next(column for column in table.columns if isinstance(column.type, LargeBinary))
    return [
        f"An attached file is damaged: its bytes are not those of {sha256[:12]}… any more."
        for sha256, stored in connection.execute(select(key, data))
        if hashlib.sha256(stored).hexdigest() != sha256
    ]
