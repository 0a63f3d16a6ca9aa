"""The panel beside a list: what is known of the chosen record, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QWidget

from ui.widgets.badge import Badge
from ui.widgets.layouts import ScrollPane, column, exchange, holder, reading_order, row, show_new
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.widgets.layouts import Box, Item


class DetailPanel(QWidget):
    """Scrolls what is known of a record. A page subclasses it and fills it in `show_record`.

    Args:
        name: what a screen reader calls it.
        below: what stays below the record when another one is shown, such as a chart.
    """

    def __init__(self, name: str, *below: Item) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._record = holder(column(gap=16))
        self._pane = ScrollPane(column(self._record, *below, 1, gap=16, margins=(0, 0, 12, 0)))
        self.setLayout(column(self._pane))

    def show_record(self, record: Any) -> None:
        """Show a record as the list has it; None for none."""
        raise NotImplementedError

    def fill(self, *items: Item) -> None:
        """Show these things, one below the other, in place of what was there.

        If the keyboard was in the panel, it stays there: what is to be done next stands first.
        """
        focus = cast("QWidget | None", self.window().focusWidget())  # Qt may have none
        held = focus is not None and self.isAncestorOf(focus)
        self._pane.inner.setUpdatesEnabled(False)
        try:
            self._record = exchange(self._record, column(*items, gap=16))
        finally:
            self._pane.inner.setUpdatesEnabled(True)
        if held:
            show_new(self._pane.inner)
            first = next((one for one in reading_order(self) if one.isEnabled()), None)
            if first is not None:
                first.setFocus()

    def say(self, sentence: str) -> None:
        """Show one quiet sentence."""
        self.fill(Label(sentence, "body", "muted", wrap=True))


def record_head(title: str, state: str = "", line: str = "") -> Box:
    """A record's name with its state as a badge, and a muted line below."""
    first = row(Label(title, "title", wrap=True), gap=8)
    if state:
        first.add(Badge(state))
    head = column(first, gap=2)
    if line:
        head.add(Label(line, "body", "muted", wrap=True))
    return head


def buttons(*made: QWidget, across: int = 2) -> Box:
    """Buttons in lines of so many, from the left."""
    lines = column(gap=8)
    for start in range(0, len(made), across):
        lines.add(row(*made[start : start + across], 1, gap=8))
    return lines


def facts(pairs: Sequence[tuple[str, str]], width: int = 96) -> Box:
    """Names and values below each other; what is empty is left out."""
    from ui.widgets.parts import pair

    return column(*(pair(name, value, width=width) for name, value in pairs if value), gap=6)
