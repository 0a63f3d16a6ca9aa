"""How a book is kept: its backups, the look through all of it, and what is forgotten for good."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from sqlmodel import Session

from models.errors import FileTrouble, Refused
from models.store import checks, compare, erasure, keeper, opening, second, trouble
from models.store.backup import facts
from models.store.compare import Copy
from models.store.erasure import Scrub
from models.store.open_book import AnyTable, OpenBook, table_name
from models.store.second import Verified
from models.store.values import Backup, Changes, Checked


class Keeping(OpenBook):
    """The care of a book."""

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

    # -- other copies

    def other_copies(self) -> tuple[Copy, ...]:
        """What the other copies of this book in its folder hold, against this one (E10)."""
        with self._door.raw("Look for copies") as raw:
            return tuple(compare.compared(raw, other) for other in compare.others(self.path, raw))

    def own_copy(self) -> Copy:
        """What this book holds, to be shown beside another copy of it."""
        with self._door.raw("Look for copies") as raw:
            return compare.compared(raw, self.path, raw)

    def set_aside(self, other: Path) -> Path:
        """Give another copy of this book a name under which it is no longer taken for the book. Its new path.

        Raises:
            FileTrouble: it is open elsewhere, or may not be renamed.
            Refused: it is this book itself, or no copy of it.
        """
        with self._door.raw("Look for copies") as raw:
            if other not in compare.others(self.path, raw):
                raise Refused(f"{other.name} is no other copy of this book: nothing was changed.")
        return compare.set_aside(other, self._clock)

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
