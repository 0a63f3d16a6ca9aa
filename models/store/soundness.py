"""Is a file whole, and ours? Asked of books before they open and of backups before they are restored."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from models.errors import FileTrouble
from models.store import trouble
from models.store.engine import connect
from models.store.header import journal
from models.store.schema import Schema

log = logging.getLogger(__name__)

MOST_FAULTS = 20
SUFFIXES = ("", "-journal", "-wal", "-shm")
"""A database and what SQLite keeps beside it: they belong together, and move together."""


def require_sound(raw: sqlite3.Connection, path: Path, schema: Schema, number: int) -> None:
    """Refuse a file that is damaged, or holds anything that its layout does not.

    Args:
        raw: a connection to it.
        path: its name, for the sentence.
        schema: knows the layouts.
        number: the layout that the file says it has.

    Raises:
        FileTrouble: E06 or E04.
    """
    try:
        faults = raw.execute(f"PRAGMA integrity_check({MOST_FAULTS})").fetchall()
        known = schema.knows(raw, number)
        orphan = raw.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        if isinstance(trouble.translate(error, path), FileTrouble):
            raise
        raise trouble.damaged(path, "a check failed") from error
    if faults != [("ok",)]:
        raise trouble.damaged(path, "a check failed")
    if not known:
        raise trouble.foreign(path)
    if orphan is not None:
        raise trouble.damaged(path, "a record that others need is missing")


def can_be_read(path: Path) -> bool:
    """Whether SQLite can read the file as it lies; not so where a crash left work to roll back."""
    try:
        raw = connect(path, "ro")
    except sqlite3.OperationalError:
        return False
    try:
        raw.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True  # it is damaged, and the check will say so
    finally:
        raw.close()
    return True


def whole_copy(path: Path, folder: Path) -> Path:
    """Copy a file that a crash left half-written, with its journal, and let SQLite roll it back there."""
    copy = folder / path.name
    for suffix in SUFFIXES:
        if journal(path, suffix).exists():
            shutil.copyfile(journal(path, suffix), journal(copy, suffix))
    with closing(connect(copy)) as raw:
        raw.execute("SELECT count(*) FROM sqlite_master")
    return copy


def require_recoverable(path: Path, schema: Schema, number: int) -> None:
    """Try on a copy whether SQLite can put right what a crash left, before it changes the file itself.

    Raises:
        FileTrouble: E06 or E04; the file and its journal are as they were.
        sqlite3.Error: SQLite cannot even begin.
    """
    with tempfile.TemporaryDirectory(prefix="clusterbook-") as folder:
        try:
            copy = whole_copy(path, Path(folder))
        except OSError:
            log.warning("No room to try the recovery on a copy first")
            return
        with closing(connect(copy)) as raw:
            require_sound(raw, path, schema, number)
