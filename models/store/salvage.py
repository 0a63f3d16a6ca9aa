"""What can still be read of a damaged book, as plain tables: the last way out (safety 3.8, E06).

The book itself is not changed: it is read from a copy. A row that cannot be read is left out and counted.
"""

from __future__ import annotations

import csv
import io
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from models.store import soundness, trouble
from models.store.engine import connect
from models.store.sql import fill, name

HOLDS_BYTES = "blob"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Salvaged:
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
    for row in _rows(raw, table):
        if row is None:
            lost += 1
        else:
            lines.writerow([_plain(value) for value in row])
            rows += 1
    if rows:
        out.writestr(f"{table}.csv", text.getvalue().encode("utf-8-sig", "replace"))
    return Salvaged(rows, lost)


def _rows(raw: sqlite3.Connection, table: str) -> Iterator[tuple[object, ...] | None]:
    """A table's rows one by one; None for each that cannot be read."""
    whole = fill("SELECT * FROM {t}", t=name(table))
    try:
        found = raw.execute(whole).fetchall()
    except sqlite3.DatabaseError:
        pass
    else:
        yield from found
        return
    for number in _numbers(raw, table):
        try:
            one = raw.execute(fill("SELECT * FROM {t} WHERE rowid = ?", t=name(table)), (number,)).fetchone()
        except sqlite3.DatabaseError:
            yield None
        else:
            if one is not None:  # deleted long ago
                yield one


def _numbers(raw: sqlite3.Connection, table: str) -> range:
    """All row numbers that a damaged table may have."""
    with suppress(sqlite3.DatabaseError):
        last = raw.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        if last is not None:
            return range(1, int(last[0]) + 1)
    return range(0)


def _plain(value: object) -> object:
    """A value that no spreadsheet takes for a formula."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
