"""Open a book: every check in its order, nothing created, nothing changed unless all is well (safety 3.2)."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import uuid
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from models.errors import FileTrouble, Refused
from models.store import trouble
from models.store.door import Door
from models.store.engine import Mode, connect
from models.store.header import Header, journal, require_ours
from models.store.lock import BookLock
from models.store.schema import APPLICATION_ID, Schema
from models.store.values import Notice
from models.store.when import Clock, write_moment

MOST_FAULTS = 20
RECOVERED = "recovered"


@dataclass(frozen=True)
class Opened:
    """An open book, and what must be undone when it closes: the lock, a temporary folder."""

    path: Path
    door: Door
    closing: ExitStack
    notices: tuple[Notice, ...]


def absolute(path: Path) -> Path:
    """The file itself: links followed, for a journal must lie beside it."""
    return Path(path).expanduser().resolve()


def make(path: Path, schema: Schema, clock: Clock, app_version: str) -> None:
    """Make an empty book. The name appears only when the whole file is there.

    Raises:
        FileTrouble: no such folder (E01), it may not be written (E13), no room (E09).
        Refused: there is something at `path` already.
    """
    if not path.parent.is_dir():
        raise trouble.no_folder(path.parent)
    part = path.with_name(f"{path.name}.part")
    if path.exists():
        raise Refused(f"There is already a file called {path.name} there: choose another name.")
    try:
        part.unlink(missing_ok=True)
        raw = connect(part, "rwc")
        try:
            fill_new(raw, schema, clock, app_version)
        finally:
            raw.close()
        part.rename(path)
    except (OSError, sqlite3.Error) as error:
        told = trouble.translate(error, path) if isinstance(error, sqlite3.Error) else None
        raise (told or trouble.write_protected(path.parent)) from error
    finally:
        part.unlink(missing_ok=True)
        journal(part).unlink(missing_ok=True)


def fill_new(raw: sqlite3.Connection, schema: Schema, clock: Clock, app_version: str) -> None:
    """Make the tables and stamp the file: what migration to the newest layout would make, at once."""
    raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
    raw.execute("BEGIN IMMEDIATE")
    for statement in schema.statements:
        raw.execute(statement)
    raw.execute("INSERT INTO alembic_version VALUES (?)", (f"{schema.number:04}",))
    raw.execute(
        "INSERT INTO meta (id, file_uuid, created_at, app_version, seq) VALUES (1, ?, ?, ?, 0)",
        (str(uuid.uuid4()), write_moment(clock()), app_version),
    )
    raw.execute(f"PRAGMA user_version={schema.number:d}")
    raw.execute("COMMIT")
    raw.execute("PRAGMA journal_mode=DELETE")


def open_to_write(path: Path, schema: Schema, clock: Clock, *, take_over: bool) -> Opened:
    """Lock a book, look at it, open it, check it.

    Raises:
        FileTrouble: whatever is wrong with it, E01 to E13.
    """
    path = absolute(path)
    if not path.exists():
        raise trouble.missing(path)
    with ExitStack() as stack:
        lock = BookLock.take(path, clock, take_over=take_over)
        stack.callback(lock.release)
        header = require_ours(path, schema.number)
        door = Door(path)
        stack.callback(door.close)
        require_sound(door, schema, header.schema)
        require_room_to_write(door)
        return Opened(path, door, stack.pop_all(), notices_of(path, header))


def open_to_read(path: Path, schema: Schema) -> Opened:
    """Open a book without locking or writing it: from a read-only medium, or while someone else has it.

    Raises:
        FileTrouble: whatever is wrong with it, E01 to E06.
    """
    path = absolute(path)
    header = require_ours(path, schema.number)
    with ExitStack() as stack:
        readable = path
        if header.wal or not can_be_read(path):
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="clusterbook-"))
            readable = whole_copy(path, Path(folder))
        door = Door(readable, read_only=True)
        stack.callback(door.close)
        require_sound(door, schema, header.schema)
        return Opened(path, door, stack.pop_all(), notices_of(path, header))


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
    finally:
        raw.close()
    return True


def whole_copy(path: Path, folder: Path) -> Path:
    """Copy a file that a crash left half-written, with its journal, and let SQLite roll it back there."""
    copy = folder / path.name
    for suffix in ("", "-journal", "-wal"):
        if journal(path, suffix).exists():
            shutil.copyfile(journal(path, suffix), journal(copy, suffix))
    raw = connect(copy)
    raw.execute("SELECT count(*) FROM sqlite_master")
    raw.close()
    return copy


def require_sound(door: Door, schema: Schema, number: int) -> None:
    """Refuse a file that is damaged, or holds anything that its layout does not.

    Raises:
        FileTrouble: E06 or E04.
    """
    with door.raw("Check the file") as raw:
        try:
            faults = raw.execute(f"PRAGMA integrity_check({MOST_FAULTS})").fetchall()
            known = schema.knows(raw, number)
            orphans = raw.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            if isinstance(trouble.translate(error, door.path), FileTrouble):
                raise
            raise trouble.damaged(door.path, "a check failed") from error
    if faults != [("ok",)]:
        raise trouble.damaged(door.path, "a check failed")
    if not known:
        raise trouble.foreign(door.path)
    if orphans is not None:
        raise trouble.damaged(door.path, "a record that others need is missing")


class _TakeBack(Exception):
    """Ends a trial write."""


def require_room_to_write(door: Door) -> None:
    """Try a real write, and take it back: only then does SQLite make its journal.

    Raises:
        FileTrouble: the file or its folder is write-protected (E13).
    """
    with suppress(_TakeBack), door.work("Try to write", Mode.WRITE) as connection:
        connection.exec_driver_sql("UPDATE meta SET seq = seq")
        raise _TakeBack


def notices_of(path: Path, header: Header) -> tuple[Notice, ...]:
    """What the user should be told of a file that is fit to be opened."""
    if not header.hot:
        return ()
    return (
        Notice(
            RECOVERED,
            f"{path.name} was not closed properly last time. It was put right: all that was saved is there.",
        ),
    )
