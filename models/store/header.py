"""Look at a file's first hundred bytes before SQLite does, and refuse what is not a sound book (safety 3.2).

Only before a connection: while one is open in this process, to open and close the file would drop
SQLite's locks on it (POSIX), and another program's write could be lost.
"""

from __future__ import annotations

import struct
from pathlib import Path

from msgspec import Struct

from models.store import trouble
from models.store.schema import APPLICATION_ID

MAGIC = b"SQLite format 3\0"
LENGTH = 100
JOURNAL, LOG = 1, 2  # how the file was last written: with a rollback journal, with a write-ahead log
SMALLEST_PAGE, LARGEST_PAGE = 512, 65_536


class Header(Struct, frozen=True):
    """What the first hundred bytes say.

    Attributes:
        size: of the file, in bytes.
        said_size: pages times page size, or 0 where a foreign writer left it stale.
        schema: `user_version`, the number of the layout.
        wal: the file was last written with a write-ahead log, which is never ours.
        hot: a journal with something in it lies beside the file: the last writer did not finish.
    """

    size: int
    said_size: int
    application_id: int
    schema: int
    wal: bool
    hot: bool


def journal(path: Path, suffix: str = "-journal") -> Path:
    """The file that SQLite keeps beside another."""
    return path.with_name(path.name + suffix)


def has_bytes(path: Path) -> bool:
    """Whether a file is there with something in it."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def sniff(path: Path) -> Header:
    """Read a file's header. Never creates it, never changes it.

    Raises:
        FileTrouble: missing (E01), empty (E02), not a database (E03), cut off (E06), not readable (E13).
    """
    try:
        with path.open("rb") as file:
            start = file.read(LENGTH)
        size = path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        raise trouble.missing(path) from None
    except IsADirectoryError:
        raise trouble.not_a_book(path) from None
    except PermissionError:
        raise trouble.not_a_book(path) if path.is_dir() else trouble.unreadable(path) from None
    except OSError as error:
        raise trouble.unreadable(path) from error
    if size == 0:
        raise trouble.empty(path)
    if not start.startswith(MAGIC):
        raise trouble.not_a_book(path)
    if len(start) < LENGTH:
        raise trouble.damaged(path, "it ends too early")
    return _parse(path, start, size)


def _parse(path: Path, start: bytes, size: int) -> Header:
    (page_size,) = struct.unpack_from(">H", start, 16)
    page_size = LARGEST_PAGE if page_size == 1 else page_size
    odd_size = page_size < SMALLEST_PAGE or page_size & (page_size - 1)
    if odd_size or not {*start[18:20]} <= {JOURNAL, LOG}:
        raise trouble.damaged(path, "its first bytes make no sense")
    change_counter, pages = struct.unpack_from(">II", start, 24)
    schema, application_id = struct.unpack_from(">i", start, 60)[0], struct.unpack_from(">I", start, 68)[0]
    (valid_for,) = struct.unpack_from(">I", start, 92)
    return Header(
        size=size,
        said_size=pages * page_size if valid_for == change_counter else 0,
        application_id=application_id,
        schema=schema,
        wal=LOG in start[18:20],
        hot=has_bytes(journal(path)) or has_bytes(journal(path, "-wal")),
    )


def require_ours(path: Path, known: int) -> Header:
    """The header of a file that this app can open.

    Args:
        path: the file.
        known: the newest layout number that this app knows.

    Raises:
        FileTrouble: as `sniff`; and of another program (E04), newer (E05), cut off or grown (E06).
    """
    header = sniff(path)
    if header.application_id != APPLICATION_ID or header.schema < 1:
        raise trouble.foreign(path)
    if header.schema > known:
        raise trouble.newer(path, header.schema, known)
    if header.said_size not in {0, header.size} and not header.hot:
        raise trouble.damaged(
            path,
            "it ends too early" if header.size < header.said_size else "something was added to it",
        )
    return header
