"""The store: the only door to the file."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table
from sqlmodel import Session, SQLModel

from models.errors import Changed, FileTrouble, Refused
from models.store import checks, erasure, keeper, opening, restore, second, trouble
from models.store.backup import Facts, facts
from models.store.bin import Bin
from models.store.engine import Mode
from models.store.erasure import Scrub
from models.store.find import Find
from models.store.history import History, Stamp
from models.store.opening import Opened, Setup
from models.store.second import Verified
from models.store.tracked import AFTER, BEFORE
from models.store.values import Backup, Changes, Checked, Deleted, Entry, Hit, Notice, Step
from models.store.when import write_moment
from models.version import VERSION

log = logging.getLogger(__name__)

Listener = Callable[[Changes], None]
AnyTable = Table | type[SQLModel] | str


class Store:
    """An open book. It belongs to the thread that opened it.

    Attributes:
        path: the book's file.
        notices: what the user should be told of the file as it was found.
        left_behind: after closing: why a working copy could not be written back. It is kept, and found again.
    """

    def __init__(self, opened: Opened, setup: Setup, who: str) -> None:
        """Only for `create` and `open`."""
        self.path: Path = opened.path
        self.notices: tuple[Notice, ...] = opened.notices
        self._door = opened.door
        self._closing = opened.closing
        self._keeper = opened.keeper
        self._schema = setup.schema
        self._clock = setup.clock
        self._who = who
        self._history = History(setup.schema)
        self._bin = Bin(self._history)
        self._find = Find(setup.schema.recorded)
        self._listeners: list[Listener] = []
        self._saved = False
        self._closed = False
        self._working = opened.working
        self.left_behind: FileTrouble | None = None

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

    @property
    def read_only(self) -> bool:
        """Whether the book was opened to read only."""
        return self._door.read_only

    # -- reading and writing

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment and cannot write."""
        with self._door.work("a query") as connection, Session(connection) as session:
            yield session

    @contextmanager
    def transaction(self, name: str) -> Iterator[tuple[Session, Changes]]:
        """One user action: all of it happens, under this name, or none of it. Never commit inside.

        Args:
            name: what Undo will call it. Records by number, never by person: names are kept.

        Raises:
            FileTrouble: it could not be saved; nothing of it was.
            Refused: the file's constraints say no; nothing was saved.
        """
        changes = Changes(name)
        with self._writing(name) as connection:
            with Session(connection, expire_on_commit=False) as session:
                yield session, changes
                session.flush()
            self._finish(connection, changes)
        self._announce(changes)

    @contextmanager
    def _writing(self, name: str) -> Iterator[Connection]:
        self._door.require_writable()
        self._prepare("history", self._history.install)
        with self._door.work(name, Mode.WRITE) as connection:
            yield connection

    def _prepare(self, what: str, make: Callable[[Connection], None]) -> None:
        """Make something in TEMP the first time that it is needed on this connection."""
        if what not in self._door.prepared:
            with self._door.work(f"Prepare {what}", Mode.TEMP) as connection:
                make(connection)
            self._door.prepared.add(what)

    def _finish(self, connection: Connection, changes: Changes, target: int | None = None) -> None:
        """Write the step down, and keep quick find in step."""
        stamp = self._stamp(changes.name, changes.kind, target)
        changes.step = self._history.record(connection, stamp)
        if "find" in self._door.prepared:
            self._find.refresh(connection)
        self._history.forget_touched(connection)
        if changes.step is not None:
            changes.rows = self._history.changed_rows(connection, changes.step)
            self._count_save(connection)

    def _count_save(self, connection: Connection) -> None:
        self._saved = True
        connection.exec_driver_sql("UPDATE meta SET seq = seq + 1")

    def _stamp(self, name: str, kind: str = "do", target: int | None = None) -> Stamp:
        return Stamp(write_moment(self._clock()), name, self._who, kind, target)

    # -- listeners

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` called after each action that changed something. Returns how to stop it.

        Called in the store's thread, after the commit; it may read, but what it raises is only logged,
        for the action is saved by then.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _announce(self, changes: Changes) -> None:
        if changes.step is None:
            return
        for listener in tuple(self._listeners):
            try:
                listener(changes)
            except Exception as error:  # noqa: BLE001  # logged by its kind: its words may name people
                log.warning(
                    "A listener failed after step %s was saved: %s", changes.step, trouble.where(error)
                )

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
        self._announce(changes)
        return changes

    # -- quick find

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """Records in which each of the words typed begins a word; best first."""
        self._prepare("find", self._find.build)
        with self._door.work("a query") as connection:
            return self._find.search(connection, words, limit)

    # -- backups

    def backups(self) -> list[Backup]:
        """This book's backups, newest first."""
        with self._door.raw("List the backups") as raw:
            return self._keeper.listed(raw)

    def back_up(self, reason: str = keeper.BY_HAND) -> Backup:
        """Back the book up now; before anything risky, with a reason such as “before-import”.

        Raises:
            FileTrouble: it could not be made; nothing else should be done before it can.
        """
        with self._door.raw("Back the file up") as raw:
            return self._keeper.make(raw, reason)

    def back_up_if_changed(self, reason: str = "half-hour") -> Backup | None:
        """Back the book up unless its last backup still holds it all. A failure is in `backup_trouble`."""
        with self._door.raw("Back the file up") as raw:
            return self._keeper.make_if_changed(raw, reason)

    @property
    def backup_trouble(self) -> FileTrouble | None:
        """Why the last automatic backup could not be made; None if all is well."""
        return self._keeper.trouble

    def backups_holding(self, table: AnyTable, column: str, now: Mapping[int, str]) -> tuple[Backup, ...]:
        """This book's backups, copies too, in which one of these rows still says something else.

        Args:
            table: the rows' table or its class.
            column: what of them is compared.
            now: by row id, what the row says today.
        """
        with self._door.raw("List the backups") as raw:
            known = [one for there in self._keeper.everywhere(raw) for one in there]
        return erasure.holding(known, table_name(table), column, now)

    def delete_backups(self, chosen: Collection[Path]) -> list[Path]:
        """Delete chosen backups of this book, but never the newest in its folder. Returns those that went.

        Raises:
            FileTrouble: one could not be deleted.
        """
        with self._door.raw("Delete backups") as raw:
            return self._keeper.delete(raw, chosen)

    @property
    def second_trouble(self) -> str:
        """Why the last backup has no copy in the second folder; "" if all is well."""
        return self._keeper.second_trouble

    @property
    def second_folder(self) -> Path | None:
        """Where a copy of every backup goes, if a second folder was chosen."""
        return second.chosen(self._keeper.root)

    def choose_second_folder(self, folder: Path | None) -> None:
        """Keep a copy of every backup in another folder, of all books, from now on; None: no longer.

        Raises:
            BadInput: nothing can be written there.
        """
        second.choose(self._keeper.root, folder)

    def verified(self) -> Verified | None:
        """When a backup of this book was last looked into, and what was found."""
        with self._door.raw("Look for the last check") as raw:
            return second.verified(self._keeper.folder(raw))

    def verify_if_due(self) -> Verified | None:
        """Look into the newest backup throughout, once a month (safety 3.4). What was found, if due."""
        with self._door.raw("Look into the newest backup") as raw:
            folder = self._keeper.folder(raw)
        return second.verify_if_due(folder, self._schema, self._clock)

    def save_copy(self, target: Path) -> None:
        """Write the book as this window has it to another file, even when its own cannot be written.

        Raises:
            FileTrouble: the copy could not be written.
            Refused: there is something at `target` already.
        """
        with self._door.raw("Save a copy") as raw:
            opening.save_copy(raw, opening.absolute(target))

    # -- care

    def check(self) -> list[str]:
        """All that is wrong with the file, in words: an empty list if it is sound. Changes nothing."""
        with self._door.work("a query") as connection:
            return checks.faults(connection, self._schema, self._history)

    def look_through(self) -> Checked:
        """A look through the whole file, to show and to print. Changes nothing."""
        faults = tuple(self.check())
        with self._door.raw("Count what there is") as raw:
            rows = facts(raw).rows
            (steps,) = raw.execute("SELECT count(*) FROM step").fetchone()
        newest, looked = next(iter(self.backups()), None), self.verified()
        return Checked(
            self.path.name,
            self._door.path.stat().st_size,
            self._clock().astimezone(),
            faults,
            rows,
            int(steps),
            self.money_digest(),
            newest.made if newest else None,
            looked.at if looked else None,
        )

    def money_digest(self) -> str:
        """The newest link of the chain over the money: it says which money records a figure was made from."""
        with self._door.work("a query") as connection:
            return self._history.money.head(connection)

    def prune(self, keep: int) -> int:
        """Forget all but the newest `keep` steps, and the bytes only they named. Returns how many went."""
        with self._writing("Prune history") as connection:
            gone = self._history.prune(connection, keep)
            if gone:
                self._count_save(connection)
        return gone

    def erase(self, name: str, work: Callable[[Session], Scrub]) -> Changes:
        """Do an action that cannot be undone, and take out of history what it takes out of the book.

        Args:
            name: of the action.
            work: changes the rows and says what history must forget.

        Raises:
            AppError: as for `transaction`; nothing was changed.
        """
        changes = Changes(name)
        with self._writing(name) as connection:
            with Session(connection, expire_on_commit=False) as session:
                wanted = work(session)
                session.flush()
            self._finish(connection, changes)
            erasure.scrub(connection, self._history, wanted)
            self._history.settle(connection)
        self._announce(changes)
        return changes

    def purge(self) -> None:
        """Write the file anew without its free pages, so that nothing deleted can be read in it any more.

        Raises:
            FileTrouble: it could not be; all that was saved is as it was.
        """
        self._door.require_writable()
        if not self._door.is_ours():
            raise trouble.changed_outside(self.path)
        with self._door.raw("Clean the file") as raw:
            erasure.vacuum(raw)
        self._door.note_own_write()

    def settle(self) -> None:
        """What was done so far stays: it can be read and is still checked, but not undone."""
        with self._writing("Settle history") as connection:
            self._history.settle(connection)
            self._count_save(connection)

    def seal(self, name: str) -> None:
        """From here on, what was done before can be read but not undone. `name` says why."""
        with self._writing("Seal history") as connection:
            self._history.seal(connection, self._stamp(name, "seal"))
            self._count_save(connection)


def table_name(table: AnyTable) -> str:
    """The name of a table, given as such, as its class or as the name itself."""
    if isinstance(table, str):
        return table
    found: Any = table if isinstance(table, Table) else getattr(table, "__table__")  # noqa: B009
    return str(found.name)
