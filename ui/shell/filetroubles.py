"""What can be done about each trouble with a file: E01 to E13 with their ways on (safety 3.8)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models.errors import AppError, FileTrouble
from ui.book import Way
from ui.dialogs.files import BOOK, choose_to_save, open_folder
from ui.messages import Notice, Offer, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from models.store.values import Backup
    from ui.context import AppContext
    from ui.dialogs.trouble import RestoreDialog

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
        """Show what is wrong with a file, and the ways on."""
        from ui.dialogs.trouble import TroubleDialog

        TroubleDialog(self._window, error.code, str(error), path, self._ways(path, error.code)).open()

    def _ways(self, path: Path, code: str) -> Sequence[Offer]:
        again = Offer("Try again", partial(self._open, path, Way.USUAL))
        find = Offer("Find the file…", self._choose)
        other = Offer("Choose another file…", self._choose)
        restore = Offer("Restore a backup…", partial(self.restore, path))
        look = Offer("Open to read only", partial(self._open, path, Way.READ_ONLY))
        rest = Offer("Look at what is left", partial(self._open, path, Way.DAMAGED))
        lists = Offer("Export what can be read…", partial(self.salvage, path))
        folder = Offer("Open the folder", partial(open_folder, path.parent))
        anyway = Offer("Open it all the same…", partial(self._ask_take_over, path))
        ways = {
            "E01": (again, find, restore),
            "E02": (restore, again, folder),
            "E03": (other,),
            "E04": (restore, other),
            "E05": (other,),
            "E06": (restore, rest, lists),
            "E07": (again, look),
            "E09": (again, look),
            "E11": (look, restore, folder),
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
                " program's own history, or on the computer it was used on last.",
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
        self._context.book.replace(path, backup.path, self._tell)

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

    def not_saved(self, error: FileTrouble) -> None:
        """Say that saving failed, with the ways on; what was typed stays in its form."""
        copy = Offer("Save a copy…", self.save_copy)
        reopen = Offer("Open the file again", self._reopen)
        offers = {"E08": (copy, reopen), "E13": (copy,)}.get(error.code, (copy, reopen))
        self._context.messages.notice(Notice("file trouble", "bad", str(error), offers))

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

    def _reopen(self) -> None:
        facts = self._context.book.facts
        if facts is not None:
            path = facts.path
            self._context.book.close(lambda: self._open(path, Way.USUAL))

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._context.messages.trouble(error, "restore")
