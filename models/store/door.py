"""The one connection to the file: one thread, one transaction at a time, every error in plain words."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Transaction
from sqlalchemy.exc import DBAPIError

from models.errors import AppError, FileTrouble
from models.store import guard, trouble
from models.store.engine import Mode, driver, open_engine

log = logging.getLogger(__name__)

open_here: set[tuple[int, int]] = set()
"""The files that this process has open, by device and number: a fact about the process, whoever asks."""


def require_not_open_here(path: Path) -> None:
    """Refuse a file that this process has open already.

    To look at it again would drop SQLite's locks on it (POSIX), and a second connection gains nothing.

    Raises:
        FileTrouble: E12.
    """
    try:
        there = path.stat()
    except OSError:
        return
    if (there.st_dev, there.st_ino) in open_here:
        raise trouble.open_here(path)


def is_whole(connection: Connection) -> bool:
    """Whether SQLite finds nothing wrong with any page."""
    return bool(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() == "ok")


def roll_back_driver(connection: Connection) -> None:
    """A COMMIT that SQLite refused leaves its transaction open, unknown to SQLAlchemy."""
    connection.connection.rollback()


class Door:
    """Gives out the connection, in a transaction, and takes it back.

    Attributes:
        path: the file that is open (for a copy made to read a damaged medium, the copy).
        read_only: nothing can be written.
        prepared: what has been made in TEMP on this connection; empty again after a reconnection.
        frozen: why no more may be written, once the file turned out not to be ours any more.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self.prepared: set[str] = set()
        self.frozen: FileTrouble | None = None
        self._engine = open_engine(path, read_only=read_only)
        self._thread = threading.get_ident()
        self._busy = ""
        self._seen: guard.Seen | None = None
        self._marks: set[guard.Mark] = set()
        self._committing = self._unsettled = False
        self._kept: dict[Hashable, Any] = {}
        self._kept_of: guard.Seen | None = None
        try:
            with self.work("Open the file") as connection:
                self._marks = {guard.mark(connection)}
                self._seen = guard.look(path, connection)
        except BaseException:
            self._engine.dispose()
            raise
        there = path.stat()
        self._key = (there.st_dev, there.st_ino)
        open_here.add(self._key)

    def close(self) -> None:
        """Let go of the file."""
        open_here.discard(self._key)
        self._engine.dispose()

    @contextmanager
    def work(self, name: str, mode: Mode = Mode.READ) -> Iterator[Connection]:
        """The connection in one transaction: committed at the end, or rolled back by any exception.

        Never nested: the pool would hand out the same connection again, and the end of the inner use
        would end the outer transaction.

        Raises:
            RuntimeError: from another thread, or inside another use.
            FileTrouble: the file, the disk or another program is in the way.
            Refused: a constraint of the file says no.
        """
        self.require_free(name)
        if mode is Mode.WRITE:
            self.require_writable()
        self._busy = name
        self._committing = False
        try:
            with self._plain_words(mode):
                yield from self._transaction(mode)
        finally:
            self._busy = ""
            if mode is not Mode.READ:
                self._kept.clear()

    def kept(self, connection: Connection) -> dict[Hashable, Any]:
        """What readings leave for the next one; empty once anything has been saved, by us or by others."""
        seen = guard.look(self.path, connection)
        if seen is None or seen != self._kept_of:
            self._kept.clear()
            self._kept_of = seen
        return self._kept

    def require_writable(self) -> None:
        """Refuse where nothing can be written.

        Raises:
            FileTrouble: opened to read only (E13), or frozen (E08, E09).
        """
        if self.read_only:
            raise trouble.write_protected(self.path)
        if self.frozen is not None:
            raise self.frozen

    @contextmanager
    def raw(self, name: str) -> Iterator[sqlite3.Connection]:
        """The driver's own connection, outside any transaction: for backups and a few PRAGMAs."""
        self.require_free(name)
        self._busy = name
        self._kept.clear()
        try:
            with self._plain_words(Mode.READ), self._engine.connect() as connection:
                yield driver(connection)
        finally:
            self._busy = ""

    def is_ours(self) -> bool:
        """Whether the file can be written and is still the one that was opened."""
        if self.frozen is not None:
            return False
        with self.work("Look at the file") as connection:
            return self._is_as_we_left_it(connection)

    def note_own_write(self) -> None:
        """Remember the file as it is after a write of ours."""
        if self._seen is not None:
            self._seen = guard.after_own_write(self.path, self._seen)

    def require_free(self, name: str) -> None:
        """Refuse a use from another thread, or inside another use.

        Raises:
            RuntimeError: a mistake of ours; names both uses.
        """
        if threading.get_ident() != self._thread:
            raise RuntimeError(f"“{name}” came from another thread than the one that opened the file")
        if self._busy:
            raise RuntimeError(f"“{name}” began inside “{self._busy}”: pass its session instead")

    def _transaction(self, mode: Mode) -> Iterator[Connection]:
        with self._engine.connect().execution_options(mode=mode) as connection:
            # begun here, or the Session would begin its own, and roll it back when it closes
            transaction = connection.begin()
            try:
                if mode is Mode.WRITE:
                    self._require_ours(connection)
                yield connection
                if mode is Mode.WRITE:
                    self._require_untouched()
                    self._commit(connection, transaction)
                elif mode is Mode.READ:
                    transaction.rollback()
                else:
                    transaction.commit()
            except BaseException:
                if connection.in_transaction():
                    connection.rollback()
                roll_back_driver(connection)
                raise
            finally:
                if self._committing:  # before, no page of ours goes into the file
                    self.note_own_write()

    def _commit(self, connection: Connection, transaction: Transaction) -> None:
        """Commit, and know which of two states of the book to expect should that fail half-way."""
        coming = guard.mark(connection)
        self._marks.add(coming)
        self._committing = self._unsettled = True
        transaction.commit()
        self._marks, self._unsettled = {coming}, False

    def _require_ours(self, connection: Connection) -> None:
        """Stop writing for good if another program put something else in the file's place (E08)."""
        if self._seen is not None and not self._is_as_we_left_it(connection):
            self.frozen = trouble.changed_outside(self.path)
            raise self.frozen

    def _is_as_we_left_it(self, connection: Connection) -> bool:
        """Whether the file is the one that was opened, and nobody else has written it.

        After a full disk SQLite takes back what it had begun, and itself looks like another program: that was
        us, if the file is the same and says of itself what it did before the action or would after it.
        """
        now = guard.look(self.path, connection)
        if now == self._seen or now is None or self._seen is None:
            return now == self._seen
        same = (now.device, now.node) == (self._seen.device, self._seen.node)
        if not (self._unsettled and same and guard.mark(connection) in self._marks):
            return False
        self._seen, self._unsettled = now, False
        return True

    def _require_untouched(self) -> None:
        """As `_require_ours`, at the last moment: an action can take long enough for another program."""
        if self._seen is not None and not guard.is_untouched(self.path, self._seen):
            self.frozen = trouble.changed_outside(self.path)
            raise self.frozen

    @contextmanager
    def _plain_words(self, mode: Mode) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            told = self._explain(error, mode)
            if told is None:
                raise
            raise told from error

    def _explain(self, error: DBAPIError | sqlite3.Error, mode: Mode) -> AppError | None:
        cause = error.orig if isinstance(error, DBAPIError) else error
        statement = (error.statement if isinstance(error, DBAPIError) else None) or ""
        if not isinstance(cause, sqlite3.Error):
            return None
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_READONLY and mode is Mode.READ:
            return None  # a write inside read(): a mistake of ours, not the user's trouble
        told = trouble.translate(cause, self.path, statement)
        if code == sqlite3.SQLITE_IOERR:
            log.error("I/O error %s", getattr(cause, "sqlite_errorname", ""))
            return self._after_io_error(told)
        self._unsettled = self._unsettled or code == sqlite3.SQLITE_FULL
        if isinstance(told, FileTrouble) and told.code == "E06" and self._is_another():
            told = trouble.changed_outside(self.path)  # cut off or overwritten: not our file, nor our damage
        if isinstance(told, FileTrouble) and told.code == "E08":
            self.frozen = told
        return told

    def _is_another(self) -> bool:
        """Whether the file was changed by others; while we commit, it is changed by us."""
        if self.read_only or self._committing or self._unsettled or self._seen is None:
            return False
        return guard.is_another(self.path, self._seen)

    def _after_io_error(self, told: AppError | None) -> AppError | None:
        """Close, open again, check the whole file before going on; freeze if it is not sound.

        On a disk that still does not answer SQLite opens a file to read only, and would call it
        write-protected from then on: so a write is tried, and taken back. What lies there by now must be
        this book, as it was or as it was just being saved: else nothing more is written (E08).
        """
        if self._is_another():
            self.frozen = trouble.changed_outside(self.path)
            return self.frozen
        self._engine.dispose()
        self.prepared.clear()
        self._engine = open_engine(self.path, read_only=self.read_only)
        try:
            mode = Mode.READ if self.read_only else Mode.WRITE
            with self._engine.connect().execution_options(mode=mode) as connection:
                sound = is_whole(connection)
                ours = self._is_same(guard.mark(connection))
                if not self.read_only:
                    connection.exec_driver_sql("UPDATE meta SET seq = seq")
                    connection.rollback()
                self._seen = guard.look(self.path, connection) if sound else None
        except (DBAPIError, sqlite3.Error, OSError):
            sound = ours = False
        self._unsettled = self._unsettled and not sound
        if sound and not ours:
            told = self.frozen = trouble.changed_outside(self.path)
        elif not sound:
            self.frozen = trouble.unwritable(self.path)
        return told

    def _is_same(self, mark: guard.Mark) -> bool:
        """Whether the file that was opened again is the one we had, in a state that we know."""
        if self.read_only or self._seen is None:
            return True
        there = self.path.stat()
        return (there.st_dev, there.st_ino) == self._key and mark in self._marks
