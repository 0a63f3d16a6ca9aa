"""A paper leaves the window: as a PDF where she says, or on the printer she chooses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.errors import AppError
from ui.dialogs.files import PDF, choose_to_save, open_folder
from ui.format import count
from ui.messages import Notice, Offer

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext
    from ui.tasks import Progress


class PaperOut(QObject):
    """Writes and prints papers.

    Args:
        context: the shared things.
        owner: the widget whose window the system's own windows belong to.

    Attributes:
        told: how it ended, for an owner that covers the window's own line: (a sentence, its tone).
    """

    told = Signal(str, str)

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner

    def ask_place(self, title: str, proposed: Path, pdf: bytes) -> None:
        """Ask where the PDF goes, then write it."""
        choose_to_save(self._owner, title, PDF, proposed, partial(self.export_to, pdf))

    def export_to(self, pdf: bytes, path: Path) -> None:
        """Write a paper as a PDF."""

        def work(_progress: Progress) -> Path:
            from ui.desk import save_paper

            save_paper(path, pdf)
            return path

        self._context.tasks.pool.run(work, self._on_exported, partial(self._on_trouble, "export paper"))

    def ask_printer(self, name: str, pdf: bytes, pages: int) -> None:
        """Ask for a printer through the system's own window, then print; `name` is the printer's job."""
        from PySide6.QtGui import QPageSize
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))  # all our papers are, whatever the system's
        printer.setDocName(name)
        dialog = QPrintDialog(printer, self._owner)
        dialog.setMinMax(1, pages)
        dialog.finished.connect(dialog.deleteLater)
        # this signal of a print window brings the printer with it
        dialog.accepted.connect(lambda *_: self.print_with(printer, pdf))
        dialog.setModal(True)
        dialog.show()

    def print_with(self, printer: QPrinter, pdf: bytes) -> None:
        """Print a paper."""
        from ui.papers.printing import print_pdf

        self._context.tasks.pool.run(
            lambda progress: print_pdf(pdf, printer, progress),
            self._on_printed,
            partial(self._on_trouble, "print paper"),
        )

    def _on_exported(self, path: Path) -> None:
        opened = Offer("Open folder", partial(open_folder, path.parent))
        words = f"Saved {path.name}"
        self._context.messages.notice(Notice("exported", "good", words, (opened,)))
        self.told.emit(words, "good")

    def _on_printed(self, pages: int) -> None:
        words = f"Sent {count(pages, 'page')} to the printer"
        self._context.messages.say(words, "print paper")
        self.told.emit(words, "good")

    def _on_trouble(self, about: str, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._context.messages.trouble(error, about)
        self.told.emit(str(error), "bad")
