"""What can be told of a window without looking: words that do not fit, nameless controls, the tab chain."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from ui import theme
from ui.delegates.cells import PAD
from ui.delegates.table import RecordTable
from ui.itemmodels.columns import Look
from ui.widgets.plain import ElidedLabel


def clipped(root: QWidget) -> list[str]:
    """Every word, button, pane and cell under a widget that does not fit into its room; empty when all do."""
    found = [line for label in _visible(root, QLabel) for line in _label(label)]
    found += [
        f"button “{button.text() or button.accessibleName()}” needs {button.sizeHint()}, has {button.size()}"
        for button in _visible(root, QPushButton)
        if button.sizeHint().width() > button.width() or button.sizeHint().height() > button.height()
    ]
    found += [
        f"pane needs {pane.widget().minimumSizeHint().width()}, has {pane.viewport().width()}"
        for pane in _visible(root, QScrollArea)
        if pane.widget() is not None and pane.widget().minimumSizeHint().width() > pane.viewport().width()
    ]
    found += [line for table in _visible(root, RecordTable) for line in _cells(table)]
    return found + outside(root)


def outside(root: QWidget) -> list[str]:
    """Widgets that stick out of the widget they are in (what scrolls may be longer than its window)."""
    found = []
    for widget in _visible(root, QWidget):
        parent = widget.parentWidget()
        if parent is None or widget.isWindow() or isinstance(parent.parentWidget(), QScrollArea):
            continue
        if not parent.rect().contains(widget.geometry()) and not widget.geometry().isEmpty():
            found.append(f"{_name(widget)} at {widget.geometry()} sticks out of {parent.rect()}")
    return found


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    return [
        _name(widget)
        for widget in _visible(root, QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]


def tab_chain(root: QWidget) -> list[QWidget]:
    """The controls that Tab stops at, in order, once round.

    To be asked last: PySide takes each widget for a child of the one before it in the chain from then on, so
    that all end for Python with the first that is let go, and the process may die.
    """
    chain: list[QWidget] = []
    start = root.nextInFocusChain()
    widget = start
    while True:
        stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if stops and widget.isVisible() and widget.isEnabled() and root.isAncestorOf(widget):
            chain.append(widget)
        widget = widget.nextInFocusChain()
        if widget is start:
            return chain


def out_of_order(root: QWidget) -> list[str]:
    """Steps of the tab chain that go back: up the page without going to the right.

    Columns are read one after the other, so a step up is fine if it goes to the right. The chain is a ring,
    so one step back belongs to it.
    """
    chain = tab_chain(root)
    places = [(_name(widget), widget.mapTo(root, widget.rect().center())) for widget in chain]
    steps = pairwise([*places, *places[:1]])
    back = [f"{a} -> {b}" for (a, one), (b, two) in steps if two.y() < one.y() - 8 and two.x() <= one.x()]
    return back if len(back) > 1 else []


def _visible(root: QWidget, kind: type) -> list:
    return [widget for widget in root.findChildren(kind) if widget.isVisible()]


def _label(label: QLabel) -> list[str]:
    if isinstance(label, ElidedLabel):
        needs, has = label.sizeHint().height(), label.height()
        return [f"name “{label.text()}” needs {needs}, is {has} high"] if needs > has else []
    if label.wordWrap():
        needs = label.heightForWidth(label.width())
        return (
            [f"words “{label.text()}” need {needs}, have {label.height()}"] if needs > label.height() else []
        )
    fits = label.sizeHint().width() <= label.width() and label.sizeHint().height() <= label.height()
    return [] if fits else [f"label “{label.text()}” needs {label.sizeHint()}, has {label.size()}"]


def _cells(table: RecordTable) -> list[str]:
    found = []
    pad = 2 * theme.now().px(PAD)
    metrics = QFontMetrics(theme.now().font("strong"))
    for number, column in enumerate(table.records.columns):
        if column.stretch or column.look is Look.TICK or table.isColumnHidden(number):
            continue
        lines = getattr(table.itemDelegateForColumn(number), "lines", 1)  # words may go on in further lines
        room = (table.columnWidth(number) - pad) * lines
        plain = table.fontMetrics()
        found += [
            f"cell “{text}” has {room}"
            for text in {column.text(record) for record in table.records.records()}
            if (column.look is Look.STRONG and metrics.horizontalAdvance(text) > room)
            or plain.horizontalAdvance(text) > room
        ]
    return found


def _name(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, (QAbstractButton, QLabel, QLineEdit)) else ""
    return f"{type(widget).__name__} {widget.objectName() or widget.accessibleName() or words}".strip()
