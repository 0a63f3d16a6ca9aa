"""Taking a person out of a book for good: its history, free pages and backups (safety.md, 4 G3, G4).

What was done stays in history, under the same numbers; who it was does not. Rows and their images are cleaned
by one and the same function, so that each row still equals its last image and `check` goes on covering them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing

from msgspec import Struct
from sqlalchemy import Connection

from models.store.engine import connect
from models.store.history import History
from models.store.sql import fill, name
from models.store.values import Backup

Clean = Callable[[str, int, str, str], str]
"""(table, row id, column, stored text) -> the text as it may stay."""
ATTACHED_FOR_VACUUM = 2  # SQLite works on a database of its own, which it attaches


class Scrub(Struct, frozen=True):
    """What history must forget.

    Attributes:
        clean: gives a text as it may stay; the same for a row and for all its images.
        forget: rows, by table and id, of which nothing at all may stay.
    """

    clean: Clean
    forget: tuple[tuple[str, int], ...] = ()


def scrub(connection: Connection, history: History, wanted: Scrub) -> None:
    """Clean every image and action's name; drop the rows to forget, and bytes that only they named."""
    run = connection.exec_driver_sql
    for table, row_id in wanted.forget:
        run("DELETE FROM change WHERE table_name = ? AND row_id = ?", (table, row_id))
    dirty = [
        (line, _changes(table, row_id, before, wanted.clean), _changes(table, row_id, after, wanted.clean))
        for line, table, row_id, before, after in run(
            "SELECT rowid, table_name, row_id, before, after FROM change"
        )
    ]
    for line, before, after in dirty:
        for side, texts in (("before", before), ("after", after)):
            for column, text in texts.items():
                # json_set writes as json_object does, which made the image: equal rows stay equal texts
                run(
                    fill(
                        "UPDATE change SET {side} = json_set({side}, ?, ?) WHERE rowid = ?", side=name(side)
                    ),
                    (f"$.{column}", text, line),
                )
    for step, label, who in run("SELECT id, name, who FROM step").all():
        kept = wanted.clean("step", step, "name", label), wanted.clean("step", step, "who", who)
        if kept != (label, who):
            run("UPDATE step SET name = ?, who = ? WHERE id = ?", (*kept, step))
    history.collect_bytes(connection)


def _changes(table: str, row_id: int, image: str | None, clean: Clean) -> dict[str, str]:
    """The columns of an image whose text may not stay, with what may."""
    if image is None:
        return {}
    texts = {column: value for column, value in json.loads(image).items() if value and isinstance(value, str)}
    cleaned = {column: clean(table, row_id, column, value) for column, value in texts.items()}
    return {column: text for column, text in cleaned.items() if text != texts[column]}


def vacuum(raw: sqlite3.Connection) -> None:
    """Write the file anew without its free pages. The one place where SQLite may attach a database."""
    before = raw.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, ATTACHED_FOR_VACUUM)
    raw.execute("PRAGMA query_only=OFF")
    try:
        raw.execute("VACUUM")
    finally:
        raw.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, before)


def holding(backups: Iterable[Backup], table: str, column: str, now: Mapping[int, str]) -> tuple[Backup, ...]:
    """The backups in which one of these rows still says something else; unreadable ones too.

    Args:
        backups: where to look.
        table: whose rows are looked at.
        column: what of them.
        now: by row id, what the row says today.
    """
    asked = fill("SELECT id, {column} FROM {table}", column=name(column), table=name(table))

    def holds(backup: Backup) -> bool:
        try:
            with closing(connect(backup.path, "ro")) as raw:
                return any(now.get(row_id, text) != text for row_id, text in raw.execute(asked))
        except sqlite3.Error:
            return True

    return tuple(backup for backup in backups if holds(backup))
