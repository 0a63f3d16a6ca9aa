"""Is the file on disk still the one we opened? Asked inside every write, before it writes (safety 3.3).

By `os.stat` only: to open the file in our own process would drop SQLite's locks on it (POSIX).
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from models.values import replace


class Seen(Struct, frozen=True):
    """What a file looked like when we last knew it to be ours.

    Attributes:
        device, node: which file it is; another one after os.replace, none after a deletion.
        size, written: bytes and nanoseconds; a raw edit changes them.
        data_version: SQLite's own sign, on this connection, that another connection has committed.
    """

    device: int
    node: int
    size: int
    written: int
    data_version: int


def look(path: Path, connection: Connection) -> Seen | None:
    """The file as it is now, seen from this connection. None if it is gone."""
    version = int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())
    try:
        now = path.stat()
    except OSError:
        return None
    return Seen(now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns, version)


def is_untouched(path: Path, seen: Seen) -> bool:
    """Whether a file is as it was when a transaction of ours began, which has written nothing into it yet."""
    try:
        now = path.stat()
    except OSError:
        return False
    return (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns) == (
        seen.device,
        seen.node,
        seen.size,
        seen.written,
    )


Mark = tuple[str, int] | None
"""Which book a file is, and how often it was saved; None where that cannot be read."""


def is_another(path: Path, seen: Seen) -> bool:
    """Whether there is a file, and it is not as we knew it; one that is gone may only be out of reach."""
    return path.exists() and not is_untouched(path, seen)


def mark(connection: Connection) -> Mark:
    """Which book is open, and how often it was saved."""
    try:
        found = connection.exec_driver_sql("SELECT file_uuid, seq FROM meta").first()
    except DBAPIError:
        return None
    return None if found is None else (str(found[0]), int(found[1]))


def after_own_write(path: Path, before: Seen) -> Seen:
    """What to expect from here on: our own write changed size and time, and nothing else.

    data_version stays as it was noted at opening: our own commits do not move it, others' do, so one
    that slips in between our COMMIT and this look is still noticed.
    """
    try:
        now = path.stat()
    except OSError:
        return before
    return replace(before, size=now.st_size, written=now.st_mtime_ns)
