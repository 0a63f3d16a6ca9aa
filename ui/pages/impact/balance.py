"""The balance of projects as a picture: easier and harder down, short and long across (R-PROJ-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics

from models.rules.projects import Balance
from ui import theme
from ui.overrides import override
from ui.widgets.painted import Painted

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

BLOCK, GAP, HIGH, MOST = 14, 4, 34, 8  # pixels at 100 % text size; blocks drawn in a cell
NONE = Balance(0, 0, 0, 0, 0)


class BalancePicture(Painted):
    """A block for each project, in the corner of its kind; every corner says its number."""

    def __init__(self) -> None:
        super().__init__("")
        self._balance = NONE
        self.show_balance(NONE)

    def show_balance(self, balance: Balance) -> None:
        """Show another balance."""
        self._balance = balance
        self.setAccessibleName(f"Balance: {balance.words}")
        self.updateGeometry()
        self.update()

    @override
    def hint(self) -> QSize:
        now = theme.now()
        rows = 3 + (1 if self._balance.unsaid else 0)
        return QSize(now.fs(220), now.fs(HIGH) * rows - now.fs(12))

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        now, one = theme.now(), self._balance
        painter.setFont(now.font("caption"))
        metrics = QFontMetrics(now.font("caption"))
        side = float(max(metrics.horizontalAdvance(word) for word in ("Easier", "Harder")) + now.fs(12))
        half, high = (rect.width() - side) / 2, float(now.fs(HIGH))
        painter.setPen(now.c("muted"))
        for place, word in enumerate(("Short", "Long")):
            head = QRectF(rect.left() + side + place * half, rect.top(), half, high - now.fs(12))
            painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
        top = rect.top() + high - now.fs(12)
        cells = (
            ("Easier", (one.easier_short, one.easier_long)),
            ("Harder", (one.harder_short, one.harder_long)),
        )
        for word, numbers in cells:
            painter.fillRect(QRectF(rect.left(), top, rect.width(), 1), now.c("line"))
            painter.setPen(now.c("muted"))
            line = QRectF(rect.left(), top, side, high)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
            for place, number in enumerate(numbers):
                self._cell(painter, QRectF(rect.left() + side + place * half, top, half, high), number)
            top += high
        if one.unsaid:
            painter.setPen(now.c("muted"))
            rest = QRectF(rect.left(), top, rect.width(), high)
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, f"{one.unsaid} not said")

    def _cell(self, painter: QPainter, rect: QRectF, number: int) -> None:
        now = theme.now()
        size, left = now.fs(BLOCK), rect.left()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.c("accent"))
        room = rect.width() - now.fs(28)
        shown = min(number, MOST, max(int(room // (size + now.fs(GAP))), 1))
        for _ in range(shown):
            painter.drawRoundedRect(QRectF(left, rect.center().y() - size / 2, size, size), 2.5, 2.5)
            left += size + now.fs(GAP)
        painter.setPen(now.c("text" if number else "muted"))
        words = QRectF(left + now.fs(2), rect.top(), now.fs(28), rect.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(number))
