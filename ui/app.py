"""Puts the window together and runs it: paint first, then open the file in its own thread.

The composition root (main.py) hands in everything of models and reports as callables, so that this module and
all it imports stay free of them.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from ui.book import Book, Doors
from ui.bus import DataBus
from ui.context import AppContext
from ui.crash import CrashNet
from ui.look import Look
from ui.messages import Messages, Offer
from ui.overrides import override
from ui.settings import Settings
from ui.shell.files import Surroundings
from ui.shell.window import FIRST_SIZE, MainWindow
from ui.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ui.shell.pages import PageSpec


@dataclass(frozen=True)
class Launch:
    """What main.py tells the window.

    Attributes:
        file: the book to open; None opens the last one, or shows the welcome screen.
        data: the folder for settings and logs.
        around: documents folder, sample, clock, versions.
        painted: called when the window has been painted for the first time, for measuring.
    """

    file: Path | None
    data: Path
    around: Surroundings
    painted: Callable[[], None] | None = None


class Application(QObject):
    """The window and all it is made of. Nothing heavy happens until it has been painted once."""

    def __init__(
        self, app: QApplication, launch: Launch, doors: Doors, pages: Sequence[PageSpec], tasks: Tasks
    ) -> None:
        super().__init__()
        self._launch = launch
        self.settings = Settings(launch.data / "settings.ini")
        self.messages, self.bus, self.tasks = Messages(), DataBus(), tasks
        self.book = Book(doors, tasks.file, self.bus, self.messages)
        self.context = AppContext(self.book, self.settings, tasks, self.bus, self.messages)
        self.look = Look(app, self.settings)
        self.window = MainWindow(self.context, self.look, pages, launch.around)
        self.window.closing.connect(self.finish)
        self.crash = CrashNet(self._show_crash, launch.around.versions)
        self._painted = False

    def start(self) -> None:
        """Show the window; the file is opened after the first paint."""
        self.crash.install()
        if not self.window.restoreGeometry(self.settings.geometry):
            self.window.resize(FIRST_SIZE)
        self._file = self._wanted_file()
        if self._file is not None:
            known = next((r for r in self.settings.recent if r.path == self._file), None)
            name, detail = (known.name, known.detail) if known else ("", "")
            self.window.expect(name, detail, self._file.name)
        self.window.installEventFilter(self)
        self.window.show()

    def finish(self) -> None:
        """Close the file and end the threads."""
        self.book.finish()
        self.tasks.pool.finish()
        self.settings.save()
        self.crash.uninstall()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            self.window.removeEventFilter(self)
            QTimer.singleShot(0, self._after_first_paint)
        return super().eventFilter(watched, event)

    def _after_first_paint(self) -> None:
        if self._launch.painted is not None:
            self._launch.painted()
        if self._file is not None:
            self.window.files.open(self._file)
        if self.crash.keep_logs(self._launch.data / "logs"):
            self.messages.warn(
                "Clusterbook stopped without warning last time. Everything saved before is in your file.",
                "hard crash",
                Offer("Show the report", self._show_last_crash),
            )

    def _wanted_file(self) -> Path | None:
        if self._launch.file is not None:
            return self._launch.file.absolute()
        last = next(iter(self.settings.recent), None)
        return last.path if last is not None else None

    def _show_crash(self, report: str) -> None:
        from ui.dialogs.notes import CrashDialog

        CrashDialog(self.window, report).open()

    def _show_last_crash(self) -> None:
        text = (self._launch.data / "logs" / "last-hard-crash.txt").read_text(encoding="utf-8")
        self._show_crash(text)


def run(launch: Launch, doors: Doors, pages: Sequence[PageSpec]) -> int:
    """Open the window and stay until it is closed; the exit code of the program."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Clusterbook")
    app.setApplicationDisplayName("Clusterbook")
    application = Application(app, launch, doors, pages, Tasks())
    application.start()
    return app.exec()
