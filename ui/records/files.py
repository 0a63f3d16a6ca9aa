"""Files kept with records: opened as private copies, saved elsewhere."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from models.queries.attachments import content
from ui.desk import save_paper, writing
from ui.dialogs.files import choose_to_save

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.queries.attachments import FileLine
    from ui.context import AppContext
    from ui.copies import PrivateCopies
    from ui.doors import OpenStore
    from ui.tasks import Progress


class KeptFiles(QObject):
    """What is done with files, whatever record they belong to.

    Args:
        context: the shared things.
        owner: the widget whose window the dialogs belong to.
        copies: where copies to be opened are written.
    """

    def __init__(self, context: AppContext, owner: QWidget, copies: PrivateCopies) -> None:
        super().__init__(owner)
        self._context, self._owner, self._copies = context, owner, copies
        context.book.closed.connect(copies.clear)

    def open(self, file: FileLine) -> None:
        """Show a file in the program that this computer has for it: a copy that cannot be written to."""

        def work(store: OpenStore, _progress: Progress) -> Path:
            with store.read() as session:
                found = content(session, file.id)
            with writing(Path(found.name)):
                return self._copies.write(found.name, found.data)

        self._context.book.use(work, self._show, key="file")

    def save(self, file: FileLine) -> None:
        """Ask where to save a copy."""
        ending = file.name.rpartition(".")[2]
        place = self._context.documents / file.name
        kind = f"{file.kind} (*.{ending})"
        choose_to_save(self._owner.window(), "Save a copy", kind, place, partial(self.save_to, file))

    def save_to(self, file: FileLine, path: Path) -> None:
        """Save a copy."""

        def work(store: OpenStore, _progress: Progress) -> None:
            with store.read() as session:
                found = content(session, file.id)
            save_paper(path, found.data)

        def done(_: None) -> None:
            self._context.messages.say(f"Saved: {path.name}", "file")

        self._context.book.use(work, done, key="file")

    @staticmethod
    def _show(path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
