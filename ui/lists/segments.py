"""One tab with more than one list: segments say which of them is in view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from ui import theme
from ui.lists.pane import HANG
from ui.lists.tabbed import Starting, TabBody
from ui.overrides import override
from ui.widgets.choices import Choice, OneOf
from ui.widgets.layouts import column, holder, row
from ui.widgets.painted import RADIUS, draw_focus
from ui.widgets.plain import text_width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QLayout

    from ui.shell.pages import Command
    from ui.wayfinding import Place


class Segment(Choice):
    """One of some words that touch; the first and the last have round ends."""

    def __init__(self, text: str, *, first: bool, last: bool) -> None:
        super().__init__(text)
        self._first, self._last = first, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        now = theme.now()
        return QSize(text_width(self.text(), "strong") + 2 * now.px(12), now.fs(13) + 15)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        now, on = theme.now(), self.isChecked()
        # a neighbour's line is this one's too: the shape reaches half a pixel beyond where it is not round
        shape = QRectF(rect.adjusted(0.5 if self._first else -RADIUS, 0.5, -0.5, -0.5))
        if not self._last:
            shape.setRight(rect.right() + RADIUS)
        clip = QPainterPath()
        clip.addRect(rect)
        painter.setClipPath(clip)
        path = QPainterPath()
        path.addRoundedRect(shape, RADIUS, RADIUS)
        painter.setPen(QPen(now.c("edge"), 1))
        painter.setBrush(now.c("accent_soft" if on else "hover" if self.underMouse() else "sheet"))
        painter.drawPath(path)
        if not self._last:
            painter.fillRect(QRectF(rect.right() - 1, rect.top(), 1, rect.height()), now.c("edge"))
        painter.setFont(now.font("strong" if on else "body"))
        painter.setPen(now.c("accent" if on else "text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            draw_focus(painter, rect)


class Segments(OneOf):
    """Words that touch, of which one is current."""

    def __init__(self, names: Sequence[str]) -> None:
        made = [Segment(name, first=n == 0, last=n == len(names) - 1) for n, name in enumerate(names)]
        super().__init__(made)
        self.setLayout(row(*made, 1))


class PartBody(TabBody, Starting, Protocol):
    """What one part holds: a widget. `ListPane` is one."""


@dataclass(frozen=True)
class Part:
    """One list of a tab, or something else.

    Attributes:
        words: its name.
        table: the recorded table whose records it shows.
        make: makes it when it is first looked at.
        more: further tables whose records it shows.
    """

    words: str
    table: str
    make: Callable[[], PartBody]
    more: tuple[str, ...] = ()


class SeveralLists(QWidget):
    """What a tab holds that has several lists, each made when it is first looked at."""

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__()
        self._parts = tuple(parts)
        self._made: dict[int, PartBody] = {}
        self._year: int | None = None
        self._ems = 100.0
        self.segments = Segments([part.words for part in parts])
        self._stack, self._tools = QStackedWidget(self), QStackedWidget(self)
        self._tools.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._own = row(self._tools)
        body = column(column(self.segments, margins=(HANG, 0, 0, 0)), self._stack, gap=12)
        body.setStretch(1, 1)
        self.setLayout(body)
        self.pane(0)
        self.segments.chosen.connect(self._show)

    @property
    def own_tools(self) -> QLayout:
        """The buttons of the list in view, for the page's head."""
        return self._own

    def number(self) -> int:
        """How many lists there are."""
        return len(self._parts)

    def pane(self, number: int) -> PartBody:
        """One of the lists, made if need be."""
        if number not in self._made:
            made = self._parts[number].make()
            if not isinstance(made, QWidget):
                raise TypeError(f"{self._parts[number].words} is no widget")
            made.arrange(self._ems)
            self._made[number] = made
            self._stack.addWidget(made)
            self._tools.addWidget(holder(row(1, made.own_tools)))  # at the right, whatever its width
        return self._made[number]

    def current(self) -> PartBody:
        """The list in view."""
        return self.pane(self.segments.current())

    def start(self) -> None:
        """Put the keyboard into the list in view."""
        self.current().start()

    def refresh(self, year: int) -> None:
        """Ask the list in view again; the others are asked when they come into view."""
        self._year = year
        self.current().refresh(year)

    def arrange(self, ems: float) -> None:
        """Lay every list out for a window of that width."""
        self._ems = ems
        for pane in self._made.values():
            pane.arrange(ems)

    def show_place(self, place: Place) -> None:
        """Show a record of one of the lists."""
        for number, part in enumerate(self._parts):
            if place.table in {part.table, *part.more}:
                self.segments.choose(number)
                self.pane(number).show_place(place)
                return

    def commands(self) -> Sequence[Command]:
        """What can be done in the list in view."""
        return self.current().commands()

    def _show(self, number: int) -> None:
        pane = self.pane(number)
        at = list(self._made).index(number)
        self._stack.setCurrentIndex(at)
        self._tools.setCurrentIndex(at)
        if self._year is not None:
            pane.refresh(self._year)
