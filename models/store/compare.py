"""Two copies of one book in one folder: what each holds that the other does not (safety 3.2, 3.8, E10).

Nothing is ever merged by itself, and no copy is deleted: one of them can be set aside under another name.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from models.errors import AppError
from models.store import backup, restore, trouble
from models.store.engine import connect
from models.store.header import journal
from models.store.lock import BookLock, host_name, read_holder
from models.store.soundness import SUFFIXES
from models.store.sql import fill, name
from models.store.when import Clock, read_moment

SET_ASIDE = ".set-aside-"
"""Part of the name of a copy that was set aside."""
MOST_COPIES = 50


class Done(Struct, frozen=True):
    """One thing that was done in a book: its name in history, and when."""

    name: str
    at: dt.datetime


class Copy(Struct, frozen=True):
    """One copy of a book.

    Attributes:
        path: the file.
        last: the newest thing done in it; None: nothing yet, or it cannot be read.
        rows: the number of records of each table.
        only_here: what was done in it and not in the book that is open, newest first.
        only_there: what was done in the book that is open and not in it, newest first.
        untold: its records are others than those of the book that is open, and no history tells why.
        trouble: why it cannot be read; "" if it can.
    """

    path: Path
    last: Done | None
    rows: Mapping[str, int]
    only_here: tuple[Done, ...] = ()
    only_there: tuple[Done, ...] = ()
    untold: bool = False
    trouble: str = ""


def others(path: Path, raw: sqlite3.Connection) -> list[Path]:
    """The files beside `path` that are copies of the book that is open in `raw`.

    Asked through SQLite only, never by opening the file: it may be open in this process too.
    """
    if not path.suffix:
        return []
    (mine,) = raw.execute("SELECT file_uuid FROM meta").fetchone()
    beside = [
        other
        for other in sorted(path.parent.glob(f"*{path.suffix}"))
        if other != path and restore.DAMAGED not in other.name and SET_ASIDE not in other.name
    ]
    return [other for other in beside[:MOST_COPIES] if backup.holds(other, mine)]


def compared(raw: sqlite3.Connection, path: Path, there: sqlite3.Connection | None = None) -> Copy:
    """What a copy holds, against the book that is open in `raw`.

    Args:
        raw: the open book.
        path: the copy.
        there: a connection to the copy, if there is one already.
    """
    if there is not None:
        return _compared(raw, path, there)
    try:
        with closing(connect(path, "ro")) as other:
            return _compared(raw, path, other)
    except sqlite3.Error as error:
        told: AppError = trouble.translate(error, path) or trouble.damaged(path, "it cannot be read")
        return Copy(path, None, {}, trouble=str(told))


def _compared(raw: sqlite3.Connection, path: Path, other: sqlite3.Connection) -> Copy:
    mine, theirs = _steps(raw), _steps(other)
    only_there, only_here = _apart(mine, theirs)
    untold = False
    if not only_there and not only_here and _contents(raw) != _contents(other):
        first = min((step for step in mine if mine[step] != theirs.get(step)), default=0)
        untold = not first
        if first:  # what was done is named alike, in the same second, and is not the same
            only_there, only_here = _after(mine, first - 1), _after(theirs, first - 1)
    last = next(reversed(theirs.values())).done if theirs else None
    return Copy(path, last, backup.facts(other).rows, only_here, only_there, untold)


class _Step(Struct, frozen=True):
    """Something done, and a digest of who did it and of what it changed."""

    done: Done
    deed: str


def _steps(raw: sqlite3.Connection) -> dict[int, _Step]:
    """All that was done, by its number, oldest first."""
    deeds: dict[int, Any] = {}
    for step, *deed in raw.execute("SELECT id, kind, who FROM step ORDER BY id"):
        deeds[step] = hashlib.sha256(repr(deed).encode())
    changes = (
        "SELECT step_id, table_name, row_id, before, after FROM change ORDER BY step_id, table_name, row_id"
    )
    for step, *change in raw.execute(changes):
        deeds[step].update(repr(change).encode())
    named = raw.execute("SELECT id, name, at FROM step ORDER BY id")
    return {
        step: _Step(Done(str(words), read_moment(str(at))), deeds[step].hexdigest())
        for step, words, at in named
    }


def _apart(mine: Mapping[int, _Step], theirs: Mapping[int, _Step]) -> tuple[tuple[Done, ...], ...]:
    """What was done in each since they were one book: since the last thing that is the same in both.

    Something before it may have other words by now: who is taken out of a book is taken out of its history.
    Where nothing at all is the same, what is named alike and was done in the same second counts as the same.
    """
    same = max((step for step, one in mine.items() if theirs.get(step) == one), default=0)
    if same:
        return _after(mine, same), _after(theirs, same)
    here, there = (tuple(reversed([one.done for one in steps.values()])) for steps in (mine, theirs))
    return tuple(one for one in here if one not in set(there)), tuple(
        one for one in there if one not in set(here)
    )


def _after(steps: Mapping[int, _Step], number: int) -> tuple[Done, ...]:
    """What was done after a step, newest first."""
    return tuple(reversed([one.done for step, one in steps.items() if step > number]))


def _contents(raw: sqlite3.Connection) -> dict[str, str]:
    """A digest of the rows of each table; kept files by their sums."""
    found = {}
    for table in backup.facts(raw).rows:
        wanted = "sha256" if table == "blob" else "*"
        rows = raw.execute(fill("SELECT {w} FROM {t} ORDER BY 1", w=wanted, t=name(table)))
        summed = hashlib.sha256()
        for row in rows:
            summed.update(repr(tuple(row)).encode())
        found[table] = summed.hexdigest()
    return found


def set_aside(other: Path, clock: Clock) -> Path:
    """Give a copy a name under which it is no longer taken for the book. Its new path.

    Raises:
        FileTrouble: it is open elsewhere (E12), or may not be renamed (E13).
    """
    with _locked(other, clock):
        return _renamed(other, clock)


@contextmanager
def _locked(other: Path, clock: Clock) -> Iterator[None]:
    """Nobody else may have it open. After a conflict we hold the lock of the original ourselves."""
    holder = read_holder(other)
    if holder is not None and (holder.host, holder.pid) == (host_name(), os.getpid()):
        yield
        return
    lock = BookLock.take(other, clock)
    try:
        yield
    finally:
        lock.release()


def _renamed(other: Path, clock: Clock) -> Path:
    try:
        stem = f"{other.stem}{SET_ASIDE}{clock().astimezone(dt.UTC):{backup.STAMP}}"
        more = ("", *(f"-{n}" for n in range(2, 100)))
        names = (other.with_name(f"{stem}{one}{other.suffix}") for one in more)
        aside = next(name for name in names if not name.exists())
        for suffix in SUFFIXES:
            if journal(other, suffix).exists():
                journal(other, suffix).rename(journal(aside, suffix))
    except OSError as error:
        raise trouble.write_protected(other) from error
    return aside
