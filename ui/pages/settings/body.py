"""What a section that is no list is made of: a pane that scrolls, and the buttons for the page's head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui import theme
from ui.lists.pane import HANG
from ui.widgets.layouts import ScrollPane, clear, column, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext
    from ui.shell.pages import Command
    from ui.wayfinding import Place
    from ui.widgets.layouts import Item

WIDE = 680  # pixels at 100 % text size: longer lines are hard to read


class SectionBody(QWidget):
    """A section of Settings. Fill it with `fill`.

    Args:
        context: the shared things.
        tools: its buttons, for the page's head.
    """

    def __init__(self, context: AppContext, tools: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.context = context
        self.own_tools = row(*tools, gap=8)
        self._body = column(gap=20, margins=(HANG, 0, 12, 12))
        self._pane = ScrollPane(self._body)
        self.setLayout(column(self._pane))
        self.dress()

    def dress(self) -> None:
        """Keep lines short enough to read."""
        self._pane.inner.setMaximumWidth(theme.now().fs(WIDE))

    def fill(self, *items: Item) -> None:
        """Show these things, one below the other, in place of what was there."""
        self._pane.inner.setUpdatesEnabled(False)
        try:
            clear(self._body)
            self._body.add(*items, 1)
        finally:
            self._pane.inner.setUpdatesEnabled(True)

    def refresh(self, year: int) -> None:
        """Ask again for a school year and show the answers."""
        raise NotImplementedError

    def arrange(self, ems: float) -> None:
        """Lay out for a window of so many ems; a single column needs nothing."""

    def show_place(self, place: Place) -> None:
        """Show what quick find asked for: the section itself, as a rule."""

    def commands(self) -> Sequence[Command]:
        """What can be done here now."""
        return ()
