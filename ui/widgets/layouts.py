"""Rows and columns whose gaps and margins follow the text size, and what else pages are laid out with."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QWidget,
)

from ui import theme
from ui.overrides import override

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Item = QWidget | QLayout | int
Margins = tuple[int, int, int, int]
NONE: Margins = (0, 0, 0, 0)


class Box(QBoxLayout):
    """A row or column. Gap and margins (left, top, right, bottom) are pixels at 100 % text size."""

    def __init__(self, direction: QBoxLayout.Direction, gap: int, margins: Margins) -> None:
        super().__init__(direction)
        self._gap, self._margins = gap, margins
        self.dress()

    def dress(self) -> None:
        """Take gaps and margins from the theme."""
        now = theme.now()
        self.setSpacing(now.px(self._gap))
        self.setContentsMargins(*(now.px(margin) for margin in self._margins))

    def add(self, *items: Item) -> None:
        """Add widgets and layouts in order; an int is a stretch."""
        for item in items:
            if isinstance(item, int):
                self.addStretch(item)
            elif isinstance(item, QWidget):
                self.addWidget(item)
            else:
                self.addLayout(item)


def row(*items: Item, gap: int = 0, margins: Margins = NONE) -> Box:
    """Things beside each other."""
    box = Box(QBoxLayout.Direction.LeftToRight, gap, margins)
    box.add(*items)
    return box


def column(*items: Item, gap: int = 0, margins: Margins = NONE) -> Box:
    """Things below each other."""
    box = Box(QBoxLayout.Direction.TopToBottom, gap, margins)
    box.add(*items)
    return box


class Flow(QLayout):
    """Things beside each other that go on in the next line where the room ends, as words do.

    The gap is in pixels at 100 % text size, the same across and down.
    """

    def __init__(self, items: Sequence[QWidget], gap: int = 8) -> None:
        super().__init__()
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # Qt asks again and again while it lays a page out
        self.setContentsMargins(0, 0, 0, 0)
        for widget in items:
            self.addWidget(widget)
        self.dress()

    def dress(self) -> None:
        """Take the gap from the theme."""
        self.setSpacing(theme.now().px(self._gap))

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._flow(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    @override
    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._flow(rect, place=True)

    @override
    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        across = sum(size.width() for size in sizes) + self.spacing() * max(len(sizes) - 1, 0)
        return QSize(across, max((size.height() for size in sizes), default=0))

    @override
    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _flow(self, rect: QRect, *, place: bool) -> int:
        """Put the items in their places, or only reckon; the height needed."""
        left, top, line = rect.left(), rect.top(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if left > rect.left() and left + size.width() > rect.left() + rect.width():
                left, top, line = rect.left(), top + line + self.spacing(), 0
            if place:
                item.setGeometry(QRect(QPoint(left, top), size))
            left, line = left + size.width() + self.spacing(), max(line, size.height())
        return top + line - rect.top()


class Grid(QGridLayout):
    """Equal columns, filled row by row. Gaps are pixels at 100 % text size."""

    def __init__(
        self, columns: int, cells: Sequence[QWidget | QLayout], across: int = 24, down: int = 16
    ) -> None:
        super().__init__()
        self._across, self._down = across, down
        self.setContentsMargins(0, 0, 0, 0)
        for number, cell in enumerate(cells):
            where = divmod(number, columns)
            if isinstance(cell, QWidget):
                self.addWidget(cell, *where)
            else:
                self.addLayout(cell, *where)
        for number in range(columns):
            self.setColumnStretch(number, 1)
        self.dress()

    def dress(self) -> None:
        """Take gaps from the theme."""
        self.setHorizontalSpacing(theme.now().px(self._across))
        self.setVerticalSpacing(theme.now().px(self._down))


def holder(layout: QLayout, name: str = "", parent: QWidget | None = None) -> QWidget:
    """A widget for a layout; with a name it is a frame that the style sheet knows.

    Give its parent at once where much stands in it: Qt goes through all that is in a widget that gets one.
    """
    widget = QFrame(parent) if name else QWidget(parent)
    widget.setObjectName(name)
    widget.setLayout(layout)
    return widget


def exchange(old: QWidget, layout: QLayout) -> QWidget:
    """Put a new holder of a layout where another widget stands; the new one.

    What is put into a layout in view thing by thing, Qt shows thing by thing, and lays the page out for each.
    """
    made, parent = holder(layout), old.parentWidget()
    around = parent.layout() if parent is not None else None
    if around is not None:
        around.replaceWidget(old, made)
    old.hide()
    old.deleteLater()
    return made


def rule(kind: str = "h") -> QFrame:
    """A hairline: "h" across, "v" down."""
    line = QFrame()
    line.setProperty("rule", kind)
    return line


def inset(*items: Item, gap: int = 0, right: int = 12) -> Box:
    """Tables hang 12 px into the margin so that their text, not their tint, meets the page's left edge."""
    return column(*items, gap=gap, margins=(12, 0, right, 0))


class ScrollPane(QScrollArea):
    """A page or panel that scrolls down, never across, and takes no focus of its own.

    Attributes:
        inner: the widget that scrolls.
    """

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.inner = holder(layout)
        self.setWidget(self.inner)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
            inner.deleteLater()


def reading_order(window: QWidget) -> list[QWidget]:
    """Make Tab follow the layouts, not the order in which widgets happened to be built; the chain made."""
    chain = list(_visit(window))
    for first, second in pairwise(chain):
        QWidget.setTabOrder(first, second)
    return chain


def show_new(root: QWidget) -> None:
    """Show now what was just put into the layouts of a widget; Qt would do it a turn later."""
    for widget in root.findChildren(QWidget):
        if widget.isHidden() and _new(widget):
            widget.show()


def _new(widget: QWidget) -> bool:
    """Nobody has shown or hidden it yet: it stands in a layout that will show it by itself."""
    return not widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


def _visit(widget: QWidget) -> Iterator[QWidget]:
    if widget.isHidden() and not widget.isWindow() and not _new(widget):
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    inner = widget.widget() if isinstance(widget, QScrollArea) else None
    layout = widget.layout()
    if inner is not None:
        yield from _visit(inner)
    elif layout is not None:
        yield from _walk(layout)


def _walk(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from _visit(widget)
        elif inner is not None:
            yield from _walk(inner)
