"""A box to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QSizePolicy

from ui import icons, theme
from ui.overrides import override
from ui.widgets.choices import Choice
from ui.widgets.painted import draw_focus
from ui.widgets.plain import text_width, tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

BOX, GAP = 16, 8  # pixels at 100 % text size


class Tick(Choice):
    """An option that is on or off. Fusion's own box all but vanishes on the dark sheet, so this draws one.

    Args:
        text: its words.
        spoken: what it means, as a tooltip and for a screen reader.
    """

    def __init__(self, text: str, spoken: str = "") -> None:
        super().__init__(text)
        self.setAccessibleDescription(spoken)
        tip(self, spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        now = theme.now()
        return QSize(now.fs(BOX + GAP) + text_width(self.text()) + 4, now.fs(13) + 13)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        now, on, size = theme.now(), self.isChecked(), theme.now().fs(BOX)
        box = QRectF(0.5, rect.center().y() - size / 2, size - 1, size - 1)
        fill = "accent" if on else "hover" if self.underMouse() else "sheet"
        painter.setPen(QPen(now.c("accent" if on else "edge"), 1))
        painter.setBrush(now.c(fill))
        painter.drawRoundedRect(box, 3, 3)
        if on:
            icons.paint(painter, icons.Icon.CHECK, box.adjusted(2, 2, -2, -2), now.c("on_accent"), 2.6)
        painter.setFont(now.font())
        painter.setPen(now.c("text"))
        words = rect.adjusted(size + now.fs(GAP), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.hasFocus():
            draw_focus(painter, box.adjusted(-2.5, -2.5, 2.5, 2.5).intersected(rect), 4)
