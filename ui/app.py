"""The window's way up: paint first, then build the shell, then open the file in its own thread.

What is imported here is what the first paint needs, and no more; a test holds it to that.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from ui.settings import Settings, ThemeChoice
from ui.shell.frame import FIRST_SIZE, FrameWindow
from ui.theme import Theme

DRAWN_BY = ("-style", "fusion")  # asked for a style later on, PySide first makes every name that QStyle has

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ui.doors import Doors
    from ui.shell.assembly import Assembly
    from ui.shell.pages import PageSpec
    from ui.tasks import Tasks


class Surroundings(Struct, frozen=True):
    """What the window must know of the world around it.

    Attributes:
        data: the folder for settings and logs.
        documents: the folder proposed for new files.
        sample: where the sample cluster's file is kept.
        today: says what day it is.
        versions: lines for About and for crash reports: Clusterbook, Python, Qt, SQLite.
    """

    data: Path
    documents: Path
    sample: Path
    today: Callable[[], dt.date]
    versions: Callable[[], tuple[str, ...]]


class Parts(Struct, frozen=True):
    """What main.py puts in: the doors to models and reports, and the pages there are.

    Once the first page shows, `warm` imports what the other pages ask, in a thread of the pool; then the
    steps of `warm_here` import the pages themselves between the window's own doings; then `warm_last` what
    papers need, in the pool again.
    """

    doors: Doors
    pages: Sequence[PageSpec]
    warm: Callable[[], None] = lambda: None
    warm_here: Callable[[], Iterator[None]] = lambda: iter(())
    warm_last: Callable[[], None] = lambda: None


class Start(QObject):
    """Brings the window up.

    Args:
        app: the application.
        around: what it must know of the world.
        file: the book to open; None opens the last one, or shows the welcome screen.
        compose: makes the parts, after the first paint; the place to import whatever they need.
        tasks: where slow work runs; threads of our own unless given.
    """

    def __init__(
        self,
        app: QApplication,
        around: Surroundings,
        file: Path | None,
        compose: Callable[[], Parts],
        tasks: Tasks | None = None,
    ) -> None:
        super().__init__()
        self._app, self._around, self._compose, self._tasks = app, around, compose, tasks
        self.settings = Settings(around.data / "settings.ini")
        _first_theme(app, self.settings)
        recent = self.settings.recent
        self.file = file.absolute() if file is not None else recent[0].path if recent else None
        self.window = FrameWindow(book=self.file is not None)
        self.assembly: Assembly | None = None

    def show(self) -> None:
        """Show the window; the rest follows after the first paint."""
        self.window.painted.connect(self._on_painted)
        room = self._app.primaryScreen().availableSize()
        known = self.window.restoreGeometry(self.settings.geometry)
        if not known:
            self.window.resize(FIRST_SIZE.boundedTo(room))
        if not known and room.width() <= FIRST_SIZE.width():  # a school laptop: no room to give away
            self.window.showMaximized()
        else:
            self.window.show()

    def finish(self) -> None:
        """Let the file go and end the threads, if closing the window has not done so already."""
        if self.assembly is not None:
            self.assembly.finish()

    def _on_painted(self) -> None:
        from ui.shell import assembly  # noqa: F401 -- in a turn of its own, or the window would be deaf too long

        QTimer.singleShot(0, self, self._assemble)

    def _assemble(self) -> None:
        from ui.shell.assembly import Assembly
        from ui.tasks import Tasks

        tasks = self._tasks or Tasks()
        try:
            parts = self._compose()
            self.assembly = Assembly(self._app, self.window, self.settings, self._around, parts, tasks)
        except BaseException:
            self._app.exit(1)  # or an empty window would stay, with nobody behind it
            raise
        self.assembly.begin(self.file)


def _first_theme(app: QApplication, settings: Settings) -> None:
    """The colours, for the first paint; fonts, style and style sheet come with the widgets they are for."""
    dark = settings.theme is ThemeChoice.DARK
    if settings.theme is ThemeChoice.SYSTEM:
        dark = app.palette().window().color().lightness() < 128
    Theme(dark, settings.text_size).prepare(app)


def run(
    around: Surroundings,
    file: Path | None,
    compose: Callable[[], Parts],
    painted: Callable[[], None] | None = None,
) -> int:
    """Open the window and stay until it is closed; the exit code of the program.

    Args:
        around: what the window must know of the world.
        file: the book to open; None opens the last one, or shows the welcome screen.
        compose: makes the parts, after the first paint.
        painted: called when the window has been painted for the first time, for measuring.
    """
    app = QApplication([*sys.argv[:1], *DRAWN_BY])
    app.setApplicationName("Clusterbook")
    start = Start(app, around, file, compose)
    if painted is not None:
        start.window.painted.connect(painted)
    start.show()
    code = app.exec()
    start.finish()
    return code
