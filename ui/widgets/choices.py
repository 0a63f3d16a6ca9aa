"""Things to choose between: navigation items, filter chips and tabs. Each is a button that draws itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from ui import icons, theme
from ui.overrides import override
from ui.widgets.layouts import column, row, rule
from ui.widgets.painted import RADIUS, draw_focus
from ui.widgets.plain import text_width, tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

Align = Qt.AlignmentFlag
TAB_PAD = 8  # pixels at 100 % text size, from a tab's words to its sides


class Choice(QAbstractButton):
    """A checkable button that draws itself in `draw`, with Space, Enter and arrow keys as one expects."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Draw into `rect`, antialiased."""
        raise NotImplementedError

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QRectF(self.rect()))
        painter.end()


class NavItem(Choice):
    """A line of the sidebar: bar and tint when current, a count at the right; icon only when narrow."""

    def __init__(self, icon: icons.Icon, text: str) -> None:
        super().__init__(text)
        self._icon, self._count, self._narrow = icon, 0, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int) -> None:
        """How many things wait on this page; 0 shows nothing."""
        self._count = count
        self.setAccessibleName(f"{self.text()}, {count} waiting" if count else self.text())
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone, with the words as its tooltip."""
        self._narrow = narrow
        tip(self, self.text() if narrow else "")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(48), theme.now().fs(13) + 21)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        now, on = theme.now(), self.isChecked()
        rect = rect.adjusted(0, 1, 0, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if on or self.underMouse():
            painter.setBrush(now.c("accent_soft" if on else "hover"))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if on:
            painter.setBrush(now.c("accent"))
            painter.drawRoundedRect(QRectF(rect.left(), rect.top() + 8, 3, rect.height() - 16), 1.5, 1.5)
        size = now.fs(18)
        left = rect.center().x() - size / 2 if self._narrow else rect.left() + now.px(12)
        where = QRectF(left, rect.center().y() - size / 2, size, size)
        icons.paint(painter, self._icon, where, now.c("accent" if on else "muted"))
        if not self._narrow:
            painter.setFont(now.font("strong" if on else "body"))
            painter.setPen(now.c("text"))
            painter.drawText(rect.adjusted(now.px(24) + size, 0, 0, 0), Align.AlignVCenter, self.text())
        if self._count:
            self._draw_count(painter, rect, where.right())
        if self.hasFocus():
            draw_focus(painter, rect)

    def _draw_count(self, painter: QPainter, rect: QRectF, after: float) -> None:
        now = theme.now()
        painter.setFont(now.font("label"))
        painter.setPen(now.c("accent" if self.isChecked() else "muted"))
        if self._narrow:
            where = QRectF(after, rect.top() - 1, rect.right() - after - 4, rect.height() * 0.62)
            painter.drawText(where, Align.AlignCenter, str(self._count))
        else:
            where = rect.adjusted(0, 0, -now.px(12), 0)
            painter.drawText(where, Align.AlignVCenter | Align.AlignRight, str(self._count))


class Chip(Choice):
    """A filter, a word and how many it would show; or one of a few choices, without a number."""

    def __init__(self, text: str, count: int | None = None) -> None:
        super().__init__(text)
        self._count = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """How many the filter would show."""
        self._count = "" if count is None else f"{count:,}"
        self.setAccessibleName(self.text() if count is None else f"{self.text()}, {count}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        now = theme.now()
        words = text_width(self.text(), "strong") + text_width(self._count, "label")
        return QSize(words + now.px(12) * 2 + (8 if self._count else 2), now.fs(13) + 15)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        now, on = theme.now(), self.isChecked()
        rect = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        fill = "accent_soft" if on else "hover" if self.underMouse() else "sheet"
        painter.setPen(QPen(now.c("accent" if on else "edge"), 1))
        painter.setBrush(now.c(fill))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setFont(now.font("strong" if on else "body"))
        painter.setPen(now.c("accent" if on else "text"))
        painter.drawText(rect.adjusted(now.px(12), 0, 0, 0), Align.AlignVCenter, self.text())
        painter.setFont(now.font("label"))
        painter.setPen(now.c("accent" if on else "muted"))
        painter.drawText(
            rect.adjusted(0, 0, -now.px(12), 0), Align.AlignVCenter | Align.AlignRight, self._count
        )
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), rect.height() / 2)


class Tab(Choice):
    """One of the words on the line of tabs, with an optional count after it.

    Its words stand in from its sides by `TAB_PAD`, so that the ring of the keyboard does not touch them.
    """

    def __init__(self, text: str, count: int = 0) -> None:
        super().__init__(text)
        self._name = text
        self.set_count(count)

    def set_count(self, count: int) -> None:
        """How many things lie behind it; 0 shows nothing."""
        self.setText(f"{self._name}  {count}" if count else self._name)
        self.setAccessibleName(f"{self._name}, {count}" if count else self._name)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.now().font("strong"))
        room = 2 * theme.now().px(TAB_PAD)
        return QSize(metrics.horizontalAdvance(self.text()) + room, theme.now().fs(13) + 23)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        now, on = theme.now(), self.isChecked()
        painter.setFont(now.font("strong" if on else "body"))
        painter.setPen(now.c("text" if on or self.underMouse() else "muted"))
        painter.drawText(rect, Align.AlignCenter, self.text())
        if on:
            painter.fillRect(QRectF(0, rect.bottom() - 3, rect.width(), 3), now.c("accent"))
        if self.hasFocus():
            draw_focus(painter, rect.adjusted(0, 3, 0, -6))


class OneOf(QWidget):
    """Choices of which one is current. Arrow keys move between them.

    Args:
        choices: the buttons, in order, already in a layout or soon to be.
        current: the number of the one to begin with.

    Attributes:
        chosen: emitted with the number of the choice that becomes current.
    """

    chosen = Signal(int)

    def __init__(self, choices: Sequence[Choice], current: int = 0) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        for number, choice in enumerate(choices):
            choice.setChecked(number == current)
            self._group.addButton(choice, number)
        self._group.idToggled.connect(self._on_toggled)

    def current(self) -> int:
        """The number of the current choice."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Make another choice the current one."""
        self._group.button(number).setChecked(True)

    def _on_toggled(self, number: int, on: bool) -> None:
        if on:
            self.chosen.emit(number)


class Tabs(OneOf):
    """Words on a hairline; the current one is stronger and underlined."""

    def __init__(self, names: Sequence[tuple[str, int]], current: int = 0) -> None:
        tabs = [Tab(name, count) for name, count in names]
        super().__init__(tabs, current)
        self._tabs = tabs
        self.setLayout(column(row(*tabs, 1, gap=24 - 2 * TAB_PAD), rule()))

    def set_count(self, number: int, count: int) -> None:
        """How many things lie behind a tab; 0 shows nothing."""
        self._tabs[number].set_count(count)


class SectionItem(Choice):
    """A line of a list of sections: bar and tint when current, like the sidebar's but without an icon."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        now = theme.now()
        return QSize(text_width(self.text(), "strong") + now.px(24), now.fs(13) + 19)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        now, on = theme.now(), self.isChecked()
        rect = rect.adjusted(0, 1, 0, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if on or self.underMouse():
            painter.setBrush(now.c("accent_soft" if on else "hover"))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if on:
            painter.setBrush(now.c("accent"))
            painter.drawRoundedRect(QRectF(rect.left(), rect.top() + 8, 3, rect.height() - 16), 1.5, 1.5)
        painter.setFont(now.font("strong" if on else "body"))
        painter.setPen(now.c("text"))
        painter.drawText(rect.adjusted(now.px(12), 0, 0, 0), Align.AlignVCenter, self.text())
        if self.hasFocus():
            draw_focus(painter, rect)


class Sections(OneOf):
    """The sections of a page, one below the other at its left."""

    def __init__(self, names: Sequence[str], current: int = 0) -> None:
        items = [SectionItem(name) for name in names]
        super().__init__(items, current)
        self.setLayout(column(*items, 1, gap=2))
