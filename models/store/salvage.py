"""What can still be read of a damaged book, as plain tables: the last way out (safety 3.8, E06).

The book itself is not changed: it is read from a copy. A row that cannot be read is left out and counted.
"""

from __future__ import annotations

import csv
import io
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct

from models.gate import GUARDED
from models.store import soundness, trouble
from models.store.engine import connect
from models.store.sql import fill, name

HOLDS_BYTES = "blob"
NOT_COPIED = frozenset({"sqlite_sequence", "alembic_version"})
GUESSED = 10_000
"""Row numbers that are tried where not even the greatest one can be read."""


class Salvaged(Struct, frozen=True):
    """What came out: rows written and, as far as can be known, rows that could not be read."""

    rows: int
    lost: int


def salvage(path: Path, target: Path) -> Salvaged:
    """Write every table that can be read as a list into one ZIP file.

    Args:
        path: the damaged book; nobody has it open.
        target: the ZIP file; it appears only when it is whole.

    Raises:
        FileTrouble: nothing at all can be read (E06), or the file cannot be written (E09, E13).
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(prefix="clusterbook-") as folder:
            readable = readable_copy(path, Path(folder))
            with (
                closing(connect(readable, "ro")) as raw,
                zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as out,
            ):
                found = [_write(raw, out, table) for table in _tables(raw, path)]
        part.replace(target)
    except sqlite3.DatabaseError as error:
        raise trouble.damaged(path, "nothing of it can be read") from error
    except OSError as error:
        raise trouble.write_protected(target) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Salvaged(sum(one.rows for one in found), sum(one.lost for one in found))


def readable_copy(path: Path, folder: Path) -> Path:
    """A copy that SQLite may put right as far as it can.

    Raises:
        FileTrouble: it cannot be copied.
    """
    try:
        return soundness.whole_copy(path, folder)
    except sqlite3.DatabaseError:
        return folder / path.name  # what could not be rolled back is read as it lies
    except OSError as error:
        raise trouble.unreadable(path) from error


def _tables(raw: sqlite3.Connection, path: Path) -> list[str]:
    """The tables with records in them.

    Raises:
        FileTrouble: the list of tables itself is damaged.
    """
    try:
        rows = raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"
        ).fetchall()
    except sqlite3.DatabaseError as error:
        raise trouble.damaged(path, "nothing of it can be read") from error
    return [str(table) for (table,) in rows if table != HOLDS_BYTES]


def _write(raw: sqlite3.Connection, out: zipfile.ZipFile, table: str) -> Salvaged:
    text = io.StringIO()
    lines = csv.writer(text)
    lost = rows = 0
    heads = [str(column[1]) for column in raw.execute(fill("PRAGMA table_info({t})", t=name(table)))]
    lines.writerow(heads)
    for row in _rows(raw, table, heads):
        if row is None:
            lost += 1
        else:
            lines.writerow([_plain(value) for value in row])
            rows += 1
    if rows:
        out.writestr(f"{table}.csv", text.getvalue().encode("utf-8-sig", "replace"))
    return Salvaged(rows, lost)


def _rows(raw: sqlite3.Connection, table: str, heads: Sequence[str]) -> Iterator[tuple[object, ...] | None]:
    """A table's rows one by one; None for each that cannot be read."""
    listed = ", ".join(name(head) for head in heads)
    whole = fill("SELECT {listed} FROM {t}", listed=listed, t=name(table))
    try:
        found = raw.execute(whole).fetchall()
    except sqlite3.DatabaseError:
        pass
    else:
        yield from found
        return
    for number in _numbers(raw, table):
        try:
            one = raw.execute(f"{whole} WHERE rowid = ?", (number,)).fetchone()
        except sqlite3.DatabaseError:
            yield None
        else:
            if one is not None:  # deleted long ago
                yield one


def _numbers(raw: sqlite3.Connection, table: str) -> range:
    """All row numbers that a damaged table may have."""
    asks = (
        ("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)),
        (fill("SELECT max(rowid) FROM {t}", t=name(table)), ()),
    )
    for ask, values in asks:
        with suppress(sqlite3.DatabaseError):
            last = raw.execute(ask, values).fetchone()
            if last is not None and last[0] is not None:
                return range(1, int(last[0]) + 1)
    return range(1, GUESSED + 1)


def refill(raw: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Fill an empty book with every row of a damaged one that can be read, whatever it refers to.

    Args:
        raw: the damaged book, as far as SQLite could put it right.
        new: an empty book of the same layout.
    """
    new.execute("PRAGMA foreign_keys=OFF")
    new.execute("BEGIN IMMEDIATE")
    for (table,) in new.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if table in NOT_COPIED:
            continue
        heads = [str(column[1]) for column in new.execute(fill("PRAGMA table_info({t})", t=name(table)))]
        put = fill(
            "INSERT OR REPLACE INTO {t} ({heads}) VALUES ({marks})",
            t=name(table),
            heads=", ".join(name(head) for head in heads),
            marks=", ".join("?" * len(heads)),
        )
        for row in _rows(raw, table, heads):
            with suppress(sqlite3.Error):  # a value that the table does not allow is damage, too
                if row is not None:
                    new.execute(put, row)
    new.execute("COMMIT")


def _plain(value: object) -> object:
    """A value that no spreadsheet takes for a formula."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return f"'{value}" if isinstance(value, str) and value.startswith(GUARDED) else value
