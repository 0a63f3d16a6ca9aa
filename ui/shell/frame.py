"""The bare window: grey with its white sheet at once, while everything else is still to be imported.

Kept apart from the rest of the shell. It draws through palettes alone and touches neither brushes, fonts,
styles nor the `Qt` namespace: the enums of that namespace, which a brush needs, take a sixth of the time in
which a bare window is painted, and so does the first letter (architecture.md, decision 7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from ui import theme
from ui.overrides import override

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_SIZE = QSize(1366, 768)
LEAST_SIZE = QSize(640, 440)
SIDEBAR, RAIL = 204, 64
RAIL_BELOW = 100  # ems


class FrameWindow(QMainWindow):
    """The program's window. The shell fills it after the first paint.

    Args:
        book: a book is about to be opened, so room is left for the sidebar; otherwise for the welcome screen.

    Attributes:
        painted: the window has been painted for the first time.
        resized: its size is another one.
        closing: it is about to close.
        may_close: asked before it closes; if it says no, the window stays.
    """

    painted = Signal()
    resized = Signal()
    closing = Signal()

    def __init__(self, *, book: bool = False) -> None:
        super().__init__()
        self._book, self._told = book, False
        self.may_close: Callable[[], bool] = lambda: True
        self._blank: QWidget | None = QWidget(self)
        self._blank.setBackgroundRole(QPalette.ColorRole.Base)
        self._blank.setAutoFillBackground(True)
        self.setMinimumSize(LEAST_SIZE)
        self.setWindowTitle("Clusterbook")
        self.setAccessibleName("Clusterbook")

    def fill(self, content: QWidget) -> None:
        """Put the real content in the place of the blank sheet."""
        self.setCentralWidget(content)
        if self._blank is not None:
            self._blank.deleteLater()
            self._blank = None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._told:
            self._told = True
            QTimer.singleShot(0, self.painted.emit)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._blank is not None:
            self._place_blank(self._blank)
        self.resized.emit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        super().closeEvent(event)
        self.closing.emit()

    def _place_blank(self, blank: QWidget) -> None:
        """Where the sheet will be, to within a pixel or two."""
        now = theme.now()
        top, bottom = now.fs(12) + 2 * now.px(5) + 5, now.fs(12) + now.px(19)
        left = now.px(8)
        if self._book:
            left = now.fs(SIDEBAR if now.ems(self.width()) >= RAIL_BELOW else RAIL)
            top += now.fs(13) + 17 + now.px(16)
        blank.setGeometry(left, top, self.width() - left - now.px(8), self.height() - top - bottom)
