"""The base of every widget that draws itself, and the small shapes it is drawn with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons, theme
from ui.overrides import override

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

RADIUS = 6


def draw_focus(painter: QPainter, rect: QRectF, radius: float = RADIUS) -> None:
    """The focus ring: two pixels of accent just inside `rect`."""
    painter.setPen(QPen(theme.now().c("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)


class Painted(QWidget):
    """A widget that draws itself in `draw`, at its natural size `hint`.

    Args:
        spoken: what a screen reader says of it; "" for decoration beside words that say the same.
        fixed: keep the natural width instead of growing with the layout.
    """

    def __init__(self, spoken: str = "", *, fixed: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(spoken)
        across = QSizePolicy.Policy.Fixed if fixed else QSizePolicy.Policy.Expanding
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def hint(self) -> QSize:
        """The natural size."""
        return QSize(100, 32)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Draw into `rect`, antialiased."""
        raise NotImplementedError

    @override
    def sizeHint(self) -> QSize:
        return self.hint()

    @override
    def minimumSizeHint(self) -> QSize:
        # without this a Fixed widget is stretched or squashed by some layouts (look.md, 24)
        fixed = self.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed
        return self.hint() if fixed else QSize(40, self.hint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QRectF(self.rect()))
        painter.end()


class IconMark(Painted):
    """An icon beside words."""

    def __init__(self, icon: icons.Icon, tone: str = "muted", size: int = 18) -> None:
        super().__init__(fixed=True)
        self._icon, self._tone, self._size = icon, tone, size

    def set_icon(self, icon: icons.Icon, tone: str) -> None:
        """Show another icon."""
        self._icon, self._tone = icon, tone
        self.update()

    @override
    def hint(self) -> QSize:
        size = theme.now().fs(self._size)
        return QSize(size, size)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        icons.paint(painter, self._icon, rect, theme.now().c(self._tone))
