"""One file, one connection, one transaction at a time: begun by us, never by the driver (safety 3.2)."""

from __future__ import annotations

import sqlite3
import sys
from enum import Enum
from operator import methodcaller
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from typing_extensions import override

BUSY_SECONDS = 5.0
OLDEST_SQLITE = (3, 37)

READING_PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("temp_store", "MEMORY", 2),
    ("foreign_keys", "ON", 1),
)
"""(name, asked, expected when read back) for every connection."""

WRITING_PRAGMAS: tuple[tuple[str, str, object], ...] = (
    *READING_PRAGMAS,
    # commits by an fsync of a file, not by the deletion of one, which no disk promises to keep
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "EXTRA", 3),
    ("fullfsync", "ON", 1),
    # EXCLUSIVE would write into a file that was replaced under us, and say nothing
    ("locking_mode", "NORMAL", "normal"),
    ("secure_delete", "ON", 1),
    # before COMMIT no page goes into the file: what changed in it meanwhile was another program's doing
    ("cache_spill", "OFF", 0),
    # or INSERT OR REPLACE deletes rows that no trigger sees
    ("recursive_triggers", "ON", 1),
)


READ_TEXT = methodcaller("decode", "utf-8", "replace")
"""Damage can leave bytes that are no letters in a text; one such word must not keep a list from showing."""


class Mode(Enum):
    """What a transaction may do."""

    READ = "read"
    WRITE = "write"
    TEMP = "temp"
    """Only tables of the connection's own: takes no lock on the file."""


class UnsafeSettings(RuntimeError):
    """SQLite would not take a setting that the book's safety rests on. A broken build: nothing to retry."""


def uri(path: Path, mode: str) -> str:
    """The file as a URI: spaces, #, ? and % quoted. A Windows share too, which Path.as_uri gets wrong."""
    posix = path.as_posix()
    rooted = posix if posix.startswith("/") else f"/{posix}"
    return f"file://{quote(rooted, safe='/:')}?mode={mode}"


class _PlainCursor(sqlite3.Cursor):
    """Where SQLite quotes bytes that are no letters, Python gives up: that is damage, and told as such."""

    @override
    def execute(self, *statement: Any) -> Self:
        try:
            return super().execute(*statement)
        except UnicodeDecodeError as error:
            told = sqlite3.DatabaseError("the list of tables is damaged")
            told.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise told from error


class _Plain(sqlite3.Connection):
    """A connection whose every statement goes through `_PlainCursor`."""

    @override
    def cursor(self, factory: Any = _PlainCursor) -> Any:
        return super().cursor(factory or _PlainCursor)

    @override
    def execute(self, *statement: Any) -> sqlite3.Cursor:
        found: sqlite3.Cursor = self.cursor().execute(*statement)
        return found


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """Open a file with every setting asked for and read back. The only way to a book's file.

    Args:
        path: an absolute path.
        mode: "rw" or "ro", neither of which creates a file; "rwc" creates one.

    Raises:
        UnsafeSettings: SQLite answered a setting with something else.
        sqlite3.Error: the file cannot be opened.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise UnsafeSettings(f"SQLite {sqlite3.sqlite_version} does not know STRICT tables")
    raw = sqlite3.connect(
        uri(path, mode), uri=True, isolation_level=None, timeout=BUSY_SECONDS, factory=_Plain
    )
    raw.text_factory = READ_TEXT
    try:
        for name, asked, expected in READING_PRAGMAS if mode == "ro" else WRITING_PRAGMAS:
            ask(raw, name, asked, expected)
        raw.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        if sys.version_info >= (3, 12):
            raw.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE)
    except BaseException:
        raw.close()
        raise
    return raw


def ask(raw: sqlite3.Connection, name: str, asked: str, expected: object) -> None:
    """Ask for a setting and read it back.

    Raises:
        UnsafeSettings: SQLite answered with something else.
    """
    raw.execute(f"PRAGMA {name}={asked}")
    answer = raw.execute(f"PRAGMA {name}").fetchone()
    if answer is None or answer[0] != expected:
        raise UnsafeSettings(f"SQLite would not set {name} to {asked}: it says {answer}")


def driver(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection under SQLAlchemy's."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError(f"not a connection of sqlite3: {raw!r}")
    return raw


def open_engine(path: Path, *, read_only: bool = False) -> Engine:
    """An engine over the one connection, for the thread that first uses it."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, "ro" if read_only else "rw"),
        poolclass=StaticPool,
        pool_reset_on_return=None,
        hide_parameters=True,  # names and amounts stay out of logs
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        """A read may not write, not even by mistake; a write takes the lock at once."""
        mode = connection.get_execution_options().get("mode", Mode.READ)
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if mode is Mode.READ else 'OFF'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if mode is Mode.WRITE else "BEGIN")

    return engine
