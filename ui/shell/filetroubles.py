"""What can be done about each trouble with a file: E01 to E13 with their ways on (safety 3.8)."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from models.errors import AppError, FileTrouble
from models.values import replace
from ui.bookfile import TROUBLE, TWO_COPIES, Way
from ui.dialogs.files import BOOK, choose_to_save, open_folder
from ui.format import moment
from ui.messages import Notice, Offer, Question
from ui.records.backup_words import inside_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from models.store import Store
    from models.store.backup import Facts
    from models.store.compare import Copy
    from models.store.values import Backup
    from ui.context import AppContext
    from ui.dialogs.trouble import RestoreDialog
    from ui.doors import Care, OpenStore
    from ui.tasks import Progress

BROUGHT_BACK = frozenset({"E01", "E02", "E04", "E06"})
"""Troubles that a backup mends."""
MOST_LOOKED_INTO = 5
LISTS = "Lists in a ZIP file (*.zip)"


class FileTroubles(QObject):
    """Says what is wrong with a file, and goes the way that is chosen.

    Args:
        window: dialogs belong to it.
        context: the window's shared things.
        open_file: opens a file in a way.
        choose: asks for a file and opens it.
    """

    def __init__(
        self,
        window: QWidget,
        context: AppContext,
        open_file: Callable[[Path, Way], None],
        choose: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        self._open, self._choose = open_file, choose

    # -- a file that does not open

    def not_opened(self, path: Path, error: FileTrouble) -> None:
        """Show what is wrong with a file, and the ways on; with its newest good backup, where that is one."""
        if error.code not in BROUGHT_BACK:
            self._show(path, error, None)
            return
        show = partial(self._show, path, error)
        self._context.book.look_after(
            lambda care, _progress: _newest_whole(care, path), show, lambda _error: show(None)
        )

    def _show(self, path: Path, error: FileTrouble, newest: tuple[Backup, Facts] | None) -> None:
        from ui.dialogs.trouble import TroubleDialog

        more = ""
        if error.code in BROUGHT_BACK:
            more = newest_words(newest, path, self._context.today())
        ways = self._ways(path, error.code, newest[0] if newest is not None else None)
        TroubleDialog(self._window, error.code, str(error), path, ways, more).open()

    def _ways(self, path: Path, code: str, newest: Backup | None) -> Sequence[Offer]:
        again = Offer("Try again", partial(self._open, path, Way.USUAL))
        find = Offer("Find the file…", self._choose)
        other = Offer("Choose another file…", self._choose)
        restore: tuple[Offer, ...] = ()
        if newest is not None:
            when = moment(newest.made.astimezone(), self._context.today())
            restore = (
                Offer(f"Restore the newest backup: {when}", partial(self._replace, path, newest)),
                Offer("Restore another backup…", partial(self.restore, path)),
            )
        look = Offer("Open to read only", partial(self._open, path, Way.READ_ONLY))
        rest = Offer("Open a read-only copy of what is left", partial(self._open, path, Way.DAMAGED))
        lists = Offer("Export what can be read…", partial(self.salvage, path))
        folder = Offer("Open the folder", partial(open_folder, path.parent))
        anyway = Offer("Open it all the same…", partial(self._ask_take_over, path))
        ways = {
            "E01": (again, find, *restore),
            "E02": (*restore, again, folder),
            "E03": (other,),
            "E04": (*restore, other),
            "E05": (other,),
            "E06": (*restore, rest, lists),
            "E07": (again, look),
            "E09": (again, look),
            "E11": (again, lists, folder),
            "E12": (look, again, anyway),
            "E13": (look, again, folder),
        }
        return ways.get(code, (again, other))

    def _ask_take_over(self, path: Path) -> None:
        """Twice, for two who write into one file lose work."""
        first = Question(
            "Open it all the same?",
            "Somebody else seems to have this file open. If that is so and both of you save, work is lost. "
            "Open it only if you know that the other computer has crashed or is switched off.",
            "It is switched off",
        )
        second = Question(
            "Is the other computer off?",
            f"{path.name} will be opened to write, and the note that it is open elsewhere is replaced.",
            "Open it",
        )
        ask = self._context.messages.ask
        take = partial(self._open, path, Way.TAKE_OVER)
        ask(first, "take over", partial(ask, second, "take over, surely", take))

    # -- backups

    def restore(self, path: Path) -> None:
        """Offer the backups of a file that does not open."""
        self._context.book.look_after(
            lambda care, _progress: tuple(care.backups(path)), partial(self._offer, path), self._tell
        )

    def _offer(self, path: Path, backups: Sequence[Backup]) -> None:
        from ui.dialogs.trouble import RestoreDialog

        if not backups:
            self._context.messages.warn(
                f"There is no backup of {path.name} on this computer. Look for a copy on a stick, in the sync"
                " program’s own history, or on the computer it was used on last.",
                "restore",
            )
            return
        dialog = RestoreDialog(self._window, path, backups, self._context.today)
        dialog.looked_for.connect(partial(self._look_into, dialog))
        dialog.wanted.connect(partial(self._replace, path))
        dialog.open()
        dialog.begin()

    def _look_into(self, dialog: RestoreDialog, backup: Backup) -> None:
        self._context.book.look_after(
            lambda care, _progress: care.inspect(backup.path),
            partial(dialog.show_inside, backup),
            partial(dialog.show_inside, backup),
        )

    def _replace(self, path: Path, backup: Backup) -> None:
        """Where the file's own folder is gone (a stick, a network drive), ask for another place."""
        if path.parent.is_dir():
            self._context.book.replace(path, backup.path, self._tell)
            return
        proposed = self._context.documents / path.name
        choose_to_save(
            self._window, "Restore the backup to", BOOK, proposed, partial(self._replace_at, backup)
        )

    def _replace_at(self, backup: Backup, target: Path) -> None:
        self._context.book.replace(target, backup.path, self._tell)

    # -- what can still be read

    def salvage(self, path: Path) -> None:
        """Ask where, then write what can be read of a damaged file."""
        proposed = self._context.documents / f"{path.stem} what could be read.zip"
        choose_to_save(self._window, "Export what can be read", LISTS, proposed, partial(self._salvage, path))

    def _salvage(self, path: Path, target: Path) -> None:
        self._context.book.look_after(
            lambda care, progress: care.salvage(path, target, progress),
            partial(self._salvaged, target),
            self._tell,
        )

    def _salvaged(self, target: Path, counted: tuple[int, int]) -> None:
        rows, lost = counted
        missing = f"; {lost:,} could not be read" if lost else ""
        offer = Offer("Open the folder", partial(open_folder, target.parent))
        self._context.messages.notice(
            Notice("salvage", "good", f"Wrote {rows:,} records to {target.name}{missing}.", (offer,))
        )

    # -- a file that is open

    def not_saved(self, error: FileTrouble, again: Callable[[], object] | None) -> None:
        """Say that saving failed, with the ways on; what was typed stays in its form.

        Args:
            error: what happened.
            again: does what could not be saved once more; None if nothing was to be saved.
        """
        facts = self._context.book.facts
        if facts is None:
            return
        ways = self._ways_to_save(error.code, again)
        if again is not None and not self._is_told():
            from ui.dialogs.trouble import TroubleDialog

            above = QApplication.activeModalWidget() or self._window
            TroubleDialog(above, error.code, str(error), facts.path, ways).open()
        if again is None or error.code == "E08":  # what holds from now on can be read later, too
            self._context.messages.notice(Notice(TROUBLE, "bad", str(error), tuple(ways)))

    def _ways_to_save(self, code: str, again: Callable[[], object] | None) -> Sequence[Offer]:
        retry = (Offer("Try again", again),) if again is not None else ()
        copy = partial(self._save_elsewhere, again or _nothing)
        reload = partial(self._reload, "What you typed is still in its form." if again else "")
        ways = {
            "E07": (*retry, Offer("Save a copy…", copy)),
            "E08": (Offer("Save my version as a copy…", copy), Offer("Load the file on disk", reload)),
            "E09": (*retry, Offer("Save elsewhere…", copy), Offer("Open the file again", reload)),
        }
        return ways[code] if code in ways else (Offer("Save a copy…", copy), *retry)

    def _is_told(self) -> bool:
        from ui.dialogs.trouble import TroubleDialog

        return any(isinstance(w, TroubleDialog) and w.isVisible() for w in QApplication.topLevelWidgets())

    def _save_elsewhere(self, then: Callable[[], object]) -> None:
        """Ask where, go on working in a copy there, and do there what could not be saved here."""
        facts = self._context.book.facts
        if facts is None:
            return
        proposed = self._context.documents / f"{facts.path.stem} copy{facts.path.suffix}"
        above = QApplication.activeModalWidget() or self._window
        choose_to_save(above, "Save a copy and go on in it", BOOK, proposed, partial(self._go_on_in, then))

    def _go_on_in(self, then: Callable[[], object], target: Path) -> None:
        def done() -> None:
            words = f"You work in {target.name} now. The file that could not be saved stays as it is."
            self._context.messages.notice(Notice("went on", "good", words))
            then()

        self._context.book.go_on_in(target, done, self._tell)

    def _reload(self, more: str) -> None:
        def done() -> None:
            self._context.messages.say(f"The file on disk is open. {more}".strip(), "load")

        facts = self._context.book.facts
        if facts is not None:
            self._context.book.go_on_in(None, done, partial(self._not_reloaded, facts.path))

    def _not_reloaded(self, path: Path, error: Exception) -> None:
        if isinstance(error, FileTrouble):
            self.not_opened(path, error)
        else:
            self._tell(error)

    # -- two copies of the book

    def with_ways(self, notice: Notice) -> Notice:
        """A notice of the file, with what can be done about it."""
        if notice.key != TWO_COPIES or notice.offers:
            return notice
        return replace(notice, offers=(Offer("Compare them…", self.compare),))

    def compare(self) -> None:
        """Show what the copies of the book in its folder hold, and ask which one is right."""

        def work(store: OpenStore, progress: Progress) -> tuple[Copy, Sequence[Copy]]:
            progress.report("Comparing the copies")
            real = cast("Store", store)
            return real.own_copy(), real.other_copies()

        self._context.book.use(work, self._show_copies, key="compare copies")

    def _show_copies(self, found: tuple[Copy, Sequence[Copy]]) -> None:
        from ui.dialogs.two_copies import CopiesDialog

        mine, others = found
        if not others:
            self._context.messages.settle(TWO_COPIES)
            self._context.messages.say("There is no other copy any more.", "copies")
            return
        facts = self._context.book.facts
        can_keep = facts is not None and not facts.read_only
        dialog = CopiesDialog(self._window, mine, others[0], self._context.today(), can_keep=can_keep)
        dialog.kept.connect(self._set_aside)
        dialog.other_wanted.connect(lambda path: self._open(path, Way.USUAL))
        dialog.folder_wanted.connect(lambda: open_folder(mine.path.parent))
        dialog.open()

    def _set_aside(self, other: Path) -> None:
        def done(aside: Path) -> None:
            self._context.messages.settle(TWO_COPIES)
            offer = Offer("Open the folder", partial(open_folder, aside.parent))
            words = f"The other copy is kept as {aside.name}. This book is the one that counts now."
            self._context.messages.notice(Notice("set aside", "good", words, (offer,)))

        self._context.book.use(
            lambda store, _progress: cast("Store", store).set_aside(other), done, self._tell
        )

    def save_copy(self) -> None:
        """Ask where, then write the book as this window has it."""
        facts = self._context.book.facts
        if facts is None:
            return
        proposed = self._context.documents / f"{facts.path.stem} copy{facts.path.suffix}"
        choose_to_save(self._window, "Save a copy of the book", BOOK, proposed, self._save_copy)

    def _save_copy(self, target: Path) -> None:
        self._context.book.save_copy(target, partial(self._copied, target))

    def _copied(self, target: Path, _nothing: None) -> None:
        offer = Offer("Open the copy", partial(self._open, target, Way.USUAL))
        self._context.messages.notice(Notice("copy saved", "good", f"Saved {target.name}.", (offer,)))

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._context.messages.trouble(error, "restore")


def _nothing() -> None:
    """There was nothing to save."""


def _newest_whole(care: Care, path: Path) -> tuple[Backup, Facts] | None:
    """The newest backup that is whole, and what is in it."""
    for backup in care.backups(path)[:MOST_LOOKED_INTO]:
        with suppress(AppError):
            return backup, care.inspect(backup.path)
    return None


def newest_words(newest: tuple[Backup, Facts] | None, path: Path, today: dt.date) -> str:
    """What the newest good backup holds, in a sentence; or where to look if there is none."""
    if newest is None:
        return (
            f"There is no good backup of {path.name} on this computer. Look for a copy on a stick, in the "
            "sync program’s own history, or on the computer it was used on last."
        )
    backup, found = newest
    words = moment(backup.made.astimezone(), today)
    return f"The newest good backup was made {words}. {inside_words(found, today)}"
