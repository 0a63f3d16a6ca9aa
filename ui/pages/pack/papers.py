"""All everyday papers in one list, by use; each opens the window in which it is looked at and printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.papers.menu import print_words
from ui.papers.registry import Use, of_use
from ui.papers.window import open_paper
from ui.widgets.layouts import ScrollPane, column, inset, row
from ui.widgets.lines import LineButton
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLayout

    from ui.context import AppContext
    from ui.papers.registry import PaperUse
    from ui.shell.pages import Command
    from ui.wayfinding import Place

BESIDE_FROM = 80  # ems; in a narrower window the groups stand below each other
COLUMNS = ((Use.MEETING, Use.CPD), (Use.COVER, Use.SCHOOLS), (Use.BANK,))


class PapersPane(QWidget):
    """The list.

    Args:
        context: the shared things.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._lines: dict[str, LineButton] = {}
        self._sides = row(*(column(*map(self._group, uses), 1, gap=20) for uses in COLUMNS), gap=12)
        for number in range(len(COLUMNS)):
            self._sides.setStretch(number, 1)
        self._tools = row()
        pane = ScrollPane(column(self._sides, 1, margins=(0, 0, 12, 12)))
        pane.inner.setMinimumHeight(1)  # else Qt takes the height of words broken at their narrowest
        self.setLayout(column(pane))
        self._lines["sign_in"].setObjectName("first")

    def lines(self) -> dict[str, LineButton]:
        """The lines by the key of their paper."""
        return dict(self._lines)

    def start(self) -> None:
        """Put the keyboard on the first paper."""
        next(iter(self._lines.values())).setFocus()

    def arrange(self, ems: float) -> None:
        """Lay out for a window of so many ems."""
        beside = ems >= BESIDE_FROM
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(across if beside else down)

    @property
    def own_tools(self) -> QLayout:
        """No buttons of its own stand in the page's head."""
        return self._tools

    def refresh(self, _year: int) -> None:
        """The list is the same in every year."""

    def show_place(self, _place: Place) -> None:
        """No record is shown here."""

    def commands(self) -> Sequence[Command]:
        """None: quick find has every paper wherever one is."""
        return ()

    def open_paper(self, use: PaperUse, *_: object) -> None:
        """Open the window of a paper."""
        open_paper(self._context, self, use.key)

    def _group(self, use: Use) -> QLayout:
        made = column(inset(Label(use.value, "section")), gap=4)
        for one in of_use(use):
            line = LineButton(one.title, "", one.purpose)
            line.setAccessibleName(f"{print_words(one)}: {one.purpose}")
            line.clicked.connect(partial(self.open_paper, one))
            self._lines[one.key] = line
            made.add(line)
        return made
