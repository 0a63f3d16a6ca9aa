"""A line that is a button: a name, a state and what is known of it; Enter, Space or a click goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui import theme
from ui.overrides import override
from ui.widgets.badge import Badge
from ui.widgets.layouts import column, row
from ui.widgets.painted import RADIUS, draw_focus
from ui.widgets.plain import Label, literal

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class _Line(QAbstractButton):
    """The line itself: its tint and its focus."""

    def __init__(self, words: str, spoken: str) -> None:
        super().__init__()
        self.setText(literal(words))
        self.setAccessibleName(spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.now().c("track" if self.isDown() else "hover"))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if self.hasFocus():
            draw_focus(painter, rect)
        painter.end()


class LineButton(_Line):
    """A line of a list. Its tint hangs 12 px into the margin; its words do not.

    Args:
        name: what it is.
        state: a state word, shown as a badge; "" for none.
        detail: more about it, below; may wrap.
    """

    def __init__(self, name: str, state: str = "", detail: str = "") -> None:
        super().__init__(name, ", ".join(word for word in (name, state, detail) if word))
        head = row(Label(name, wrap=True), gap=8)
        if state:
            head.add(Badge(state))
        lines = column(head, gap=1, margins=(12, 6, 12, 6))
        if detail:
            lines.add(Label(detail, "caption", "muted", wrap=True))
        self.setLayout(lines)


class WayButton(_Line):
    """A small line that leads somewhere: what to do there, in the colour of links; it may wrap.

    Args:
        words: what it says.
        spoken: what a screen reader says, where the words alone do not tell what they belong to.
    """

    def __init__(self, words: str, spoken: str = "") -> None:
        super().__init__(words, spoken or words)
        self.setLayout(column(Label(words, "caption", "accent", wrap=True), margins=(12, 2, 12, 2)))
