"""A chart of the pack in the window: the same drawing, made as a one-page PDF and painted at any scale."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.overrides import override

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
    from PySide6.QtPdf import QPdfDocument

    from ui.tasks import Runner

PAUSE_MS = 40  # a window that is dragged wider sends many sizes; the last one counts
CHART_TYPE = 10  # points of the words in a chart at scale 1 (reports.charts.plate)


class ChartLook(Struct, frozen=True):
    """How a chart is to be drawn. A point of the drawing is a pixel of the window.

    Attributes:
        width: points across.
        scale: how much larger than on paper the words are.
        dark: with the dark colours.
    """

    width: int
    scale: float
    dark: bool


class DrawnChart(Struct, frozen=True):
    """A chart as it was drawn: a one-page PDF, what it says in words, and its height in points."""

    pdf: bytes
    alt: str
    height: int


Draw = Callable[[ChartLook], DrawnChart]


class Chart(QWidget):
    """Shows one chart. It is drawn in the pool, whenever its data, its width or the theme is another.

    Args:
        pool: where it is drawn.
        name: its name for a screen reader; what it says becomes the description.
        height: pixels at 100 % text size to keep free until it is drawn for the first time.
    """

    def __init__(self, pool: Runner, name: str, height: int = 120) -> None:
        super().__init__()
        self._pool, self._height = pool, theme.now().fs(height)
        self._draw: Draw | None = None
        self._asked: tuple[Draw, ChartLook] | None = None
        self._document: QPdfDocument | None = None
        self._picture: QPixmap | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def show_chart(self, draw: Draw) -> None:
        """Show another chart; `draw` is called in a thread of the pool, whenever the look changes."""
        self._draw = draw
        self._pause.start()

    def dress(self) -> None:
        """Draw again in the theme's colours and sizes."""
        self._pause.start()

    def drawn(self) -> bool:
        """Whether the present data are on show in the present look."""
        return self._document is not None and self._asked is not None and self._asked == self._wanted()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.now().fs(280), self._height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().fs(200), self._height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._pause.start()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._document is None or self._document.pageCount() == 0:
            return
        ratio = self.devicePixelRatioF()
        size = self._document.pagePointSize(0).toSize()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = QPixmap.fromImage(self._document.render(0, size * ratio))
            self._picture.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def _wanted(self) -> tuple[Draw, ChartLook] | None:
        now = theme.now()
        if self._draw is None or self.width() < 80:
            return None
        return self._draw, ChartLook(self.width(), now.fs(12) / CHART_TYPE, now.dark)

    def _ask(self) -> None:
        wanted = self._wanted()
        if wanted is None or wanted == self._asked or not self.isVisible():
            return
        self._asked = wanted
        draw, look = wanted
        self._pool.run(lambda _progress: draw(look), self._show, key=f"chart {id(self)}")

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pause.start()

    def _show(self, chart: DrawnChart) -> None:
        from ui.widgets.pdf import loaded  # the first page shows before its charts do

        old, self._document = self._document, loaded(chart.pdf)
        if old is not None:
            old.deleteLater()
        self._picture = None
        self._height = chart.height
        self.setAccessibleDescription(chart.alt)
        self.updateGeometry()
        self.update()
