"""The store: the only door to the file."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path

from sqlmodel import Session

from models.errors import Changed, FileTrouble, Refused
from models.store import keeper, opening, restore
from models.store.backup import Facts
from models.store.keeping import Keeping
from models.store.open_book import AnyTable, table_name
from models.store.opening import Setup
from models.store.tracked import AFTER, BEFORE
from models.store.values import Backup, Changes, Deleted, Entry, Hit, Notice, Step
from models.store.when import write_moment
from models.version import VERSION

log = logging.getLogger(__name__)


class Store(Keeping):
    """An open book. It belongs to the thread that opened it.

    Attributes:
        path: the book's file.
        notices: what the user should be told of the file as it was found.
        left_behind: after closing: why a working copy could not be written back. It is kept, and found again.
    """

    # -- opening and closing

    @classmethod
    def create(
        cls, path: Path, *, who: str = "", app_version: str = VERSION, setup: Setup | None = None
    ) -> Store:
        """Make a new book and open it.

        Args:
            path: where; nothing may be there yet.
            who: the name that history gives to what is done.
            app_version: noted in the file.
            setup: tables, backups' folder and clock, if not the usual ones.

        Raises:
            FileTrouble: the folder is missing, full or write-protected.
            Refused: there is something at `path` already.
        """
        setup = setup or Setup()
        opening.make(opening.absolute(path), setup, app_version)
        return cls.open(path, who=who, setup=setup)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        take_over: bool = False,
        apart: bool = False,
        who: str = "",
        setup: Setup | None = None,
    ) -> Store:
        """Open a book that is there. Never creates one, never changes one that it refuses.

        An older book is backed up and upgraded; one that changed since its last backup is backed up.

        Args:
            path: the file.
            read_only: without the lock, without a write; also from a read-only medium.
            take_over: open although another computer says that it has the book open.
            apart: work on a copy on this computer, which `write_back` and `close` write back; so it is, too,
                where a copy is left that was never written back.
            who: the name that history gives to what is done.
            setup: tables, backups' folder and clock, if not the usual ones.

        Raises:
            FileTrouble: E01 to E13; its sentence is ready to show.
        """
        setup = setup or Setup()
        if read_only:
            return cls(opening.open_to_read(path, setup), setup, who)
        if apart or opening.has_work_left(path, setup):
            return cls(opening.open_apart(path, setup, take_over=take_over), setup, who)
        return cls(opening.open_to_write(path, setup, take_over=take_over), setup, who)

    @classmethod
    def open_damaged(cls, path: Path, *, setup: Setup | None = None) -> Store:
        """Open what is left of a damaged book, to read only, from a copy.

        Raises:
            FileTrouble: too little is left.
        """
        setup = setup or Setup()
        return cls(opening.open_damaged(path, setup), setup, "")

    @classmethod
    def restore(cls, path: Path, backup: Path, *, who: str = "", setup: Setup | None = None) -> Store:
        """Put a backup in the place of a book that is not open, and open it.

        The book as it was is kept: as a backup “before-restore” if it is sound, beside it as
        NAME.damaged-… if it is not.

        Args:
            path: the book; it may be damaged or missing.
            backup: one of `backups()` or `backups_of(path)`, or any copy of the book.
            who: the name that history gives to what is done.
            setup: tables, backups' folder and clock, if not the usual ones.

        Raises:
            FileTrouble: the backup is not whole, not ours or newer; the book is as it was.
            Refused: it is a backup of another book.
        """
        setup = setup or Setup()
        opening.replace(opening.absolute(path), backup, setup)
        return cls.open(path, who=who, setup=setup)

    @staticmethod
    def inspect(backup: Path, *, setup: Setup | None = None) -> Facts:
        """What is in a backup, after a check throughout.

        Raises:
            FileTrouble: it is not whole, not ours, or of a newer app.
        """
        return restore.inspect(backup, (setup or Setup()).schema)

    @staticmethod
    def backups_of(path: Path, *, setup: Setup | None = None) -> list[Backup]:
        """The backups of a book that cannot be opened, newest first: by its name where it says no more."""
        return opening.backups_of(opening.absolute(path), setup or Setup())

    def close(self) -> None:
        """Close the file, backed up if it changed, and give up the lock. Twice does no harm."""
        if self._closed:
            return
        self._door.require_free("Close the file")
        self._closed = True
        try:
            if not self.read_only:
                self._leave_tidy()
                self._write_back_at_last()
        except FileTrouble as trouble:
            log.warning("The file could not be left tidy: %s", trouble.code)  # all that was saved is saved
        finally:
            self._closing.close()

    def _leave_tidy(self) -> None:
        """Back up what this window has, even if the name belongs to another file by now."""
        ours = self._door.is_ours()
        with self._door.raw("Close the file") as raw:
            raw.execute(f"PRAGMA query_only={'OFF' if ours else 'ON'}")
            if ours and self._saved:
                raw.execute("PRAGMA optimize")
            self._keeper.make_if_changed(raw, keeper.ON_CLOSE)
            if ours:
                raw.execute("PRAGMA journal_mode=DELETE")  # takes away the empty journal

    def _write_back_at_last(self) -> None:
        try:
            self.write_back()
        except FileTrouble as trouble:
            self.left_behind = trouble

    @property
    def is_apart(self) -> bool:
        """Whether this is a working copy, to be written back."""
        return self._working is not None

    def write_back(self) -> Notice | None:
        """Give the original what a working copy has since; nothing if no copy is worked on.

        Returns:
            That there are two versions now, if another program changed the original (E10); `path` is then
            the name of this one.

        Raises:
            FileTrouble: it cannot be written now; the copy keeps everything.
        """
        if self._working is None:
            return None
        with self._door.raw("Write the file back") as raw:
            told = self._working.write_back(raw)
        self.path = self._working.original
        return told

    # -- undo and redo

    def undo_name(self) -> str | None:
        """The name of the action that `undo` would take back, or None."""
        with self._door.work("a query") as connection:
            found = self._history.undoable(connection)
        return str(found.name) if found else None

    def redo_name(self) -> str | None:
        """The name of the action that `redo` would do again, or None."""
        with self._door.work("a query") as connection:
            found = self._history.redoable(connection)
        return str(found.name) if found else None

    def undo(self) -> Changes:
        """Take back the newest action.

        Raises:
            Refused: there is none, or (Changed) another program has been at its rows.
        """
        return self._go("undo", BEFORE, "undone")

    def redo(self) -> Changes:
        """Do again what was undone last.

        Raises:
            Refused: there is nothing, or (Changed) another program has been at its rows.
        """
        return self._go("redo", AFTER, "done")

    def _go(self, kind: str, side: str, state: str) -> Changes:
        which = self._history.undoable if kind == "undo" else self._history.redoable
        changes = Changes(kind=kind)
        with self._writing(kind) as connection:
            found = which(connection)
            if found is None:
                raise Refused(f"There is nothing to {kind}.")
            changes.name = str(found.name)
            self._history.restore(connection, found.id, side)
            self._finish(connection, changes, found.id)
            self._history.set_state(connection, found.id, state)
        self._announce(changes)
        return changes

    def reverse(self, step: int) -> Changes:
        """Take back one older action, as a new action that can itself be undone.

        Raises:
            Refused: it cannot be, or (Changed) later work rests on it; says which.
        """
        changes = Changes()
        with self._writing("Reverse") as connection:
            changes.name = f"Reverse: {self._history.reversible(connection, step)}"
            self._history.restore(connection, step, BEFORE)
            self._finish(connection, changes)
            self._require_unlocked(connection, changes)
        self._announce(changes)
        return changes

    # -- history

    def version(self) -> int:
        """The newest step: what a dialog keeps beside what it shows, for `require_unchanged`."""
        with self._door.work("a query") as connection:
            return self._history.last_step(connection)

    def require_unchanged(self, session: Session, table: AnyTable, row_id: int, since: int) -> None:
        """Refuse to save over a change made after `since`: by undo, an import, another window.

        Args:
            session: the transaction's.
            table: the record's table or its class.
            row_id: the record.
            since: `version()` when it was read.

        Raises:
            Changed: it was changed since.
        """
        connection = session.connection()
        if self._history.last_change(connection, table_name(table), row_id) > since:
            raise Changed("This was changed elsewhere after you opened it: open it again to see the change.")

    def history(self, table: AnyTable, row_id: int) -> list[Entry]:
        """All that happened to one record, oldest first."""
        with self._door.work("a query") as connection:
            return self._history.entries(connection, table_name(table), row_id)

    def history_of_parts(self, part: AnyTable, link: str, row_id: int) -> list[tuple[int, Entry]]:
        """All that happened to the records of a table that belong to one, with their ids, oldest first.

        Args:
            part: their table or its class.
            link: the column by which they belong.
            row_id: the record they belong to.
        """
        with self._door.work("a query") as connection:
            return self._history.part_entries(connection, table_name(part), link, row_id)

    def steps(self, limit: int = 200) -> list[Step]:
        """What was done last in the whole book, newest first."""
        with self._door.work("a query") as connection:
            return self._history.steps(connection, limit)

    # -- the Bin

    def deleted(self, table: AnyTable) -> list[Deleted]:
        """The records of a table that an action deleted and none brought back, newest first."""
        with self._door.work("a query") as connection:
            return self._bin.deleted(connection, table_name(table))

    def recent_bin(self, since: dt.datetime) -> list[Deleted]:
        """As `deleted`, of every table, but only what was deleted since a moment."""
        with self._door.work("a query") as connection:
            return self._bin.recent(connection, write_moment(since))

    def restore_deleted(self, table: AnyTable, row_id: int, name: str = "") -> Changes:
        """Bring a deleted record back, with what went with it, as a new action.

        Its own parts that the same action deleted come back too (a claim's trail), and so do the
        records it needs, if that action deleted them.

        Args:
            table: the record's table or its class.
            row_id: the record.
            name: the action's name; by default “Restore” and what the deletion was called.

        Raises:
            Refused: it is not in the Bin, or (Changed) something it needs is not there any more.
        """
        changes = Changes(name)
        with self._writing("Restore") as connection:
            deletion = self._bin.restore(connection, table_name(table), row_id)
            changes.name = name or f"Restore: {deletion}"
            self._finish(connection, changes)
            self._require_unlocked(connection, changes)
        self._announce(changes)
        return changes

    # -- quick find

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """Records in which each of the words typed begins a word; best first."""
        self._prepare("find", self._find.build)
        with self._door.work("a query") as connection:
            return self._find.search(connection, words, limit)
