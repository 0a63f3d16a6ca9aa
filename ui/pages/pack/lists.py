"""The parts of the pack beside the paper: each with its state, what it still lacks, and the way there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.wayfinding import Place
from ui.widgets.layouts import ScrollPane, clear, column, inset
from ui.widgets.lines import LineButton, WayButton
from ui.widgets.meters import Segments
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from models.queries.readiness import PartReadiness
    from models.rules.arrangement import Arrangement
    from models.rules.review import Need

STATES = ("Complete", "Thin", "Missing")
LEFT_OUT = "Left out"


class PartsList(QWidget):
    """The parts in their order, each with its state in a word; below it what to enter, and the way there.

    Attributes:
        chosen: a part was chosen: (its number,).
        place_wanted: something is to be entered: (Place,).
    """

    chosen = Signal(int)
    place_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._segments, self._counts = Segments(), Label("", "caption", "muted")
        self._lines = column(gap=0)
        self._buttons: dict[int, LineButton] = {}
        self._ways: dict[int, list[WayButton]] = {}
        self._shown: tuple[object, ...] = ()
        pane = ScrollPane(column(self._lines, 1))
        head = inset(self._segments, self._counts, gap=6, right=0)
        whole = column(head, pane, gap=8)
        whole.setStretchFactor(pane, 1)
        self.setLayout(whole)

    def buttons(self) -> Mapping[int, LineButton]:
        """The lines by the number of their part."""
        return self._buttons

    def ways(self, part: int) -> Sequence[WayButton]:
        """The ways to what a part still lacks."""
        return self._ways.get(part, ())

    def show_parts(self, parts: Sequence[PartReadiness], order: Arrangement) -> None:
        """Show the parts of a pack in their order."""
        if self._shown == (tuple(parts), order):
            return  # to make them anew would take the keyboard away from them
        self._shown = (tuple(parts), order)
        clear(self._lines)
        self._buttons, self._ways = {}, {}
        printed = [part for part in parts if part.number not in order.left_out]
        numbers = [(sum(part.state.label == word for part in printed), word) for word in STATES]
        self._segments.set_parts(numbers)
        self._segments.setVisible(bool(parts))
        self._counts.setText(" · ".join(f"{n} {word.lower()}" for n, word in numbers) if parts else "")
        known = {part.number: part for part in parts}
        for number in (min(known, default=0), *order.order, max(known, default=0)):
            if number in known and number not in self._buttons:
                self._add(known[number], left_out=number in order.left_out)

    def show_printed(self, numbers: Container[int]) -> None:
        """Only parts that are printed can be gone to; the short form leaves some out."""
        for number, line in self._buttons.items():
            line.setEnabled(number in numbers)

    def _add(self, part: PartReadiness, *, left_out: bool) -> None:
        line = LineButton(part.title, LEFT_OUT if left_out else part.state.label)
        line.setObjectName(f"part-{part.number}")
        line.clicked.connect(partial(self.chosen.emit, part.number))
        self._buttons[part.number] = line
        self._lines.add(line)
        if left_out:
            return
        self._ways[part.number] = [self._way(part, need) for need in part.missing]
        self._lines.add(*self._ways[part.number])

    def _way(self, part: PartReadiness, need: Need) -> WayButton:
        way = WayButton(f"Enter {need.words}", f"Enter {need.words}, for {part.title}")
        way.clicked.connect(partial(self.place_wanted.emit, Place(need.table, 0, need.task)))
        return way
