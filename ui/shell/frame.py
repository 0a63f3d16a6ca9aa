"""The bare window: it paints an outline of the frame at once, while everything else is still to be imported.

Kept apart from the rest of the shell, and free of the `Qt` namespace, whose enums alone take a sixth of the
time in which a bare window is painted (architecture.md, decision 7).
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from ui import theme
from ui.overrides import override

FIRST_SIZE = QSize(1280, 720)
SIDEBAR, RAIL = 204, 64
RAIL_BELOW = 100  # ems


@dataclass(frozen=True)
class Outline:
    """What is known of the frame before anything has been read: the book last shown.

    Attributes:
        cluster: its name.
        detail: the line under the name.
        pages: the words of the sidebar.
    """

    cluster: str
    detail: str
    pages: tuple[str, ...]


class FrameWindow(QMainWindow):
    """The program's window. The shell fills it after the first paint.

    Args:
        outline: what to paint until then; None paints the sheet alone, for the welcome screen.

    Attributes:
        painted: the window has been painted for the first time.
        resized: its size is another one, or it has been shown.
        closing: it is about to close.
    """

    painted = Signal()
    resized = Signal()
    closing = Signal()

    def __init__(self, outline: Outline | None = None) -> None:
        super().__init__()
        self._outline, self._told = outline, False
        self.setWindowTitle("Clusterbook")
        self.setAccessibleName("Clusterbook")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.centralWidget() is None:
            painter = QPainter(self)
            _draw_outline(painter, QRectF(self.rect()), self._outline)
            painter.end()
        if not self._told:
            self._told = True
            QTimer.singleShot(0, self.painted.emit)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closing.emit()


def _draw_outline(painter: QPainter, rect: QRectF, outline: Outline | None) -> None:
    """The grey window, the white sheet, and beside it whose book this is: where the widgets will stand."""
    now = theme.now()
    wide = now.ems(int(rect.width())) >= RAIL_BELOW
    menu = now.fs(12) + 2 * now.px(5) + 5
    painter.fillRect(rect, now.c("window"))
    if outline is None:
        sheet = rect.adjusted(now.px(8), menu + now.px(4), -now.px(8), -now.fs(12) - now.px(19))
    else:
        side = now.fs(SIDEBAR if wide else RAIL)
        sheet = rect.adjusted(side, menu + now.fs(13) + 17 + now.px(16), -now.px(8), -now.fs(12) - now.px(19))
        if wide:
            _draw_names(painter, menu, outline)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(now.c("line"))
    painter.setBrush(now.c("sheet"))
    painter.drawRoundedRect(sheet.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)


def _draw_names(painter: QPainter, top: int, outline: Outline) -> None:
    now = theme.now()
    step = now.fs(13) + 21 + now.px(2)
    painter.setPen(now.c("text"))
    painter.setFont(now.font("section"))
    painter.drawText(now.px(20), top + now.px(14) + now.fs(16), outline.cluster)
    painter.setFont(now.font())
    for number, words in enumerate(outline.pages):
        line = top + now.px(14) + now.fs(15 + 12) * 1.36 + now.px(14) + step * number + step * 0.62
        painter.drawText(now.px(32) + now.fs(18), round(line), words)
    painter.setPen(now.c("muted"))
    painter.setFont(now.font("caption"))
    painter.drawText(now.px(20), top + now.px(14) + now.fs(16) + now.fs(20), outline.detail)
