"""One writer at a time: an operating-system lock, freed when its holder dies, and a note of who holds it.

The lock itself can be broken only by the end of the process that has it, so a lock left by a crash on this
computer is free again at once, whatever process has taken its number since. On a network drive another
computer's lock may not be felt here: there its note counts, until the user says to open anyway.
"""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
import platform
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict

from models.errors import FileTrouble
from models.formats import clock, long_date
from models.store import trouble
from models.store.when import Clock, read_moment, write_moment

if TYPE_CHECKING:
    from filelock import BaseFileLock

WAIT_SECONDS = 0.3


class Holder(Struct, frozen=True):
    """Who has a book open."""

    host: str
    user: str
    pid: int
    since: str

    def sentence(self, today: dt.date) -> str:
        """Say it: ANNA-LAPTOP (Anna) has had this file open since 8:55am."""
        moment = read_moment(self.since).astimezone()
        day = "" if moment.date() == today else f" on {long_date(moment.date())}"
        who = f"{self.host} ({self.user})" if self.user else self.host
        return f"{who} has had this file open since {clock(moment.time())}{day}."


def host_name() -> str:
    """This computer's name."""
    return platform.node() or "this computer"


def user_name() -> str:
    """The name the user is logged in by, or "" where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


class BookLock:
    """The lock of one book: `NAME.lock`, with its holder's note in `NAME.lock-holder`."""

    def __init__(self, path: Path, lock: BaseFileLock) -> None:
        self._path = path
        self._lock = lock

    @classmethod
    def take(cls, path: Path, clock: Clock, *, take_over: bool = False) -> BookLock:
        """Lock a book for writing.

        Args:
            path: the book.
            clock: tells the time for the note.
            take_over: open although another computer's note says that it has the book open.

        Raises:
            FileTrouble: someone else has it open (E12); the folder is write-protected (E13).
        """
        from filelock import FileLock, Timeout

        lock = FileLock(_beside(path, ".lock"), is_singleton=False)
        try:
            lock.acquire(timeout=WAIT_SECONDS)
        except Timeout:
            raise in_use(path, clock) from None
        except OSError as error:
            raise (trouble.write_protected(path) if path.exists() else trouble.missing(path)) from error
        taken = cls(path, lock)
        try:
            if not take_over:
                require_no_other_computer(path, clock)
            taken._sign(clock)
        except BaseException:
            taken._let_go()
            raise
        return taken

    def release(self) -> None:
        """Give the lock up, and leave nothing behind. On a disk that has gone there is nothing to leave."""
        with suppress(OSError):
            _beside(self._path, ".lock-holder").unlink(missing_ok=True)
        self._let_go()

    def _sign(self, clock: Clock) -> None:
        holder = Holder(host_name(), user_name(), os.getpid(), write_moment(clock()))
        try:
            _beside(self._path, ".lock-holder").write_text(json.dumps(asdict(holder)), "utf-8")
        except OSError as error:
            raise trouble.write_protected(self._path) from error

    def _let_go(self) -> None:
        # while it is still ours: whoever waits sees that the name is gone, and starts again (POSIX);
        # Windows does not let an open file go, and its lock removes the name itself
        if os.name == "posix":
            with suppress(OSError):
                _beside(self._path, ".lock").unlink(missing_ok=True)
        self._lock.release()


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def read_holder(path: Path) -> Holder | None:
    """The note of whoever has a book open; None if there is none or it cannot be read."""
    try:
        noted = json.loads(_beside(path, ".lock-holder").read_text("utf-8"))
        holder = Holder(str(noted["host"]), str(noted["user"]), int(noted["pid"]), str(noted["since"]))
        read_moment(holder.since)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return holder


def require_no_other_computer(path: Path, clock: Clock) -> None:
    """Heed the note of another computer, whose lock may not be felt here.

    Raises:
        FileTrouble: E12.
    """
    holder = read_holder(path)
    if holder is not None and holder.host != host_name():
        raise in_use(path, clock)


def in_use(path: Path, clock: Clock) -> FileTrouble:
    """E12, naming the holder if there is a note."""
    holder = read_holder(path)
    if holder is None:
        return trouble.in_use(path, "Another window or computer has this file open.")
    return trouble.in_use(path, holder.sentence(clock().astimezone().date()))
