"""What the File menu does: new, open, recent, sample, export, close; each ends in the book or in a notice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from models.errors import AppError, FileTrouble
from ui.bookfile import TROUBLE, Way
from ui.dialogs.files import BOOK, WORKBOOK, choose_to_open, choose_to_save
from ui.messages import Notice, Offer
from ui.settings import RecentFile
from ui.shell.filetroubles import FileTroubles

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from models.exchange.preview import Preview
    from ui.app import Surroundings
    from ui.context import AppContext
    from ui.dialogs.new_cluster import NewClusterDialog
    from ui.doors import FrameFacts, NewCluster


class FileCommands(QObject):
    """The File menu's actions.

    Attributes:
        opening: a file is being opened, made or closed: (what is under way, in words).
        ended: that is over, well or not.
        recent_changed: the list of books opened before is another.
    """

    opening = Signal(str)
    ended = Signal()
    recent_changed = Signal()

    def __init__(self, window: QWidget, context: AppContext, around: Surroundings) -> None:
        super().__init__(window)
        self._window, self._context, self._around = window, context, around
        self._starting: NewClusterDialog | None = None  # the wizard whose cluster is being made
        self.troubles = FileTroubles(window, context, self.open, self.choose)
        context.book.troubled.connect(self.troubles.not_saved)
        context.book.opened.connect(self._on_opened)
        context.book.moved.connect(self._on_moved)

    def new(self) -> None:
        """Ask for a new cluster's name, schools, people and dates, then make its file."""
        from ui.dialogs.new_cluster import NewClusterDialog

        dialog = NewClusterDialog(self._window, self._around.documents, self._around.today)
        dialog.given.connect(partial(self._create_from, dialog))
        dialog.open()

    def _create_from(self, dialog: NewClusterDialog, new: NewCluster) -> None:
        """Make what the wizard asks for; it stays open, with all that was typed, until that is done."""
        self._starting = dialog
        self.opening.emit(f"Making {new.path.name}…")
        self._context.book.create(new, partial(self._not_created, dialog))

    def _not_created(self, dialog: NewClusterDialog, error: Exception) -> None:
        self._starting = None
        self.ended.emit()
        dialog.not_saved(error)

    def create(self, new: NewCluster) -> None:
        """Make a new cluster's file and open it."""
        self.opening.emit(f"Making {new.path.name}…")
        self._context.book.create(new, partial(self._failed, "new cluster", ()))

    def choose(self) -> None:
        """Ask for a file and open it."""
        recent = self._context.settings.recent
        folder = recent[0].path.parent if recent else self._around.documents
        choose_to_open(self._window, "Open a cluster", BOOK, folder, self.open)

    def open(self, path: Path, way: Way = Way.USUAL) -> None:
        """Open a file, unless it is the one that is open."""
        facts = self._context.book.facts
        if facts is not None and facts.path == path.absolute():
            self._context.messages.say(f"{path.name} is open already.", "open file")
            return
        if way is Way.USUAL and path.absolute() in self._context.settings.in_place:
            way = Way.IN_PLACE
        self.opening.emit(f"Opening {path.name}…")
        self._context.book.open(path.absolute(), partial(self._not_opened, path), way)

    def explore(self) -> None:
        """Make or open the sample cluster."""
        self.opening.emit("Opening the sample cluster…")
        self._context.book.explore(self._around.sample, partial(self._failed, "sample", ()))

    def export(self) -> None:
        """Ask where, then write the whole book as a workbook."""
        facts = self._context.book.facts
        if facts is not None:
            proposed = self._around.documents / f"{facts.path.stem} {self._around.today().isoformat()}.xlsx"
            choose_to_save(self._window, "Export the whole book", WORKBOOK, proposed, self._write)

    def bring_in(self) -> None:
        """Ask for a workbook, show what importing it would do, and import it if she says so."""
        if self._context.book.is_open():
            choose_to_open(self._window, "Import a workbook", WORKBOOK, self._around.documents, self._read)

    def save_template(self) -> None:
        """Ask where, then write the blank workbook."""
        proposed = self._around.documents / "Clusterbook blank.xlsx"
        choose_to_save(self._window, "Save a blank workbook", WORKBOOK, proposed, self._write_template)

    def close(self) -> None:
        """Close the file; the welcome screen comes back."""
        self._context.book.close()

    def remove_sample(self) -> None:
        """Close the sample, delete its file and take it off the list."""
        facts = self._context.book.facts
        if facts is not None and facts.sample:
            self._context.book.remove_sample(partial(self._sample_removed, facts.path))

    def _sample_removed(self, path: Path) -> None:
        self.forget(path)
        self._context.messages.say("The sample was removed. Explore makes it again.", "sample")

    def forget(self, path: Path) -> None:
        """Take a book off the list of those opened before."""
        self._context.settings.forget(path)
        self.recent_changed.emit()

    def _write(self, path: Path) -> None:
        self._context.book.export(path, partial(self._written, path))

    def _written(self, path: Path, _nothing: None) -> None:
        self._context.messages.say(f"Exported to {path.name}", "export")

    def _write_template(self, path: Path) -> None:
        self._context.book.save_template(path, partial(self._template_written, path))

    def _template_written(self, path: Path, _nothing: None) -> None:
        self._context.messages.say(f"Saved {path.name}: start with its Guide sheet", "template")

    def _read(self, workbook: Path) -> None:
        self._context.messages.settle("preview")
        self._context.book.preview(workbook, partial(self._show_preview, workbook))

    def _show_preview(self, workbook: Path, preview: Preview) -> None:
        from ui.dialogs.import_preview import ImportPreview

        dialog = ImportPreview(self._window, workbook.name, preview)
        dialog.accepted.connect(partial(self._context.book.bring_in, f"Import {workbook.name}", preview))
        dialog.open()

    def _not_opened(self, path: Path, error: Exception) -> None:
        if isinstance(error, FileTrouble):
            self.ended.emit()
            self.troubles.not_opened(path, error)
        else:
            self._failed("open file", (), error)

    def _failed(self, about: str, offers: tuple[Offer, ...], error: Exception) -> None:
        self.ended.emit()
        if not isinstance(error, AppError):
            raise error
        self._context.messages.trouble(error, about, *offers)

    def _on_moved(self, facts: FrameFacts) -> None:
        self._remember(facts)
        self._context.messages.settle(TROUBLE)

    def _remember(self, facts: FrameFacts) -> None:
        self._context.settings.remember(
            RecentFile(facts.path, facts.cluster, facts.detail, self._around.today())
        )
        self.recent_changed.emit()

    def _on_opened(self, facts: FrameFacts) -> None:
        self._remember(facts)
        self._context.messages.settle("open file")
        if self._starting is not None:
            self._starting.saved()
            self._starting = None
        self.ended.emit()
        if facts.apart:
            QTimer.singleShot(0, self, partial(self._tell_apart, facts))  # after the news of the file before

    def _tell_apart(self, facts: FrameFacts) -> None:
        """Where the file lies, others touch it too: say what is done about that (safety 3.7)."""
        words = (
            f"{facts.path.name} lies {facts.place}. So you work on a copy on this computer; it is written "
            "back every minute and when you close it."
        )
        offer = Offer("Work in the file itself", partial(self._work_in_place, facts.path))
        self._context.messages.notice(Notice("apart", "accent", words, (offer,)))

    def _work_in_place(self, path: Path) -> None:
        self._context.settings.work_in_place(path)
        self._context.book.close(partial(self.open, path))
