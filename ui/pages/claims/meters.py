"""What each school has left of its release allowance, half-day by half-day (R-COVER-4, R-COVER-18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.format import count, pounds
from ui.pages.claims.words import halves, spoken_meter
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import Grid, clear, column, holder, row
from ui.widgets.meters import HalfDays
from ui.widgets.plain import ElidedLabel, Label, tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.queries.claims_page import Meter

LEGEND = "solid used · striped waiting · outline left"


class Meters(QWidget):
    """A head that folds, and a meter for each school, by name and never ranked.

    Attributes:
        folded_by_hand: she folded or unfolded it: (whether it is folded now,).
    """

    folded_by_hand = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._meters: tuple[Meter, ...] = ()
        self._folded, self._columns = False, 2
        self._head, self._legend = Label("Half-days left by school", "section"), Label("", "caption", "muted")
        self._fold = Button("Hide", Kind.QUIET, tip="Hide the meters, so that the list has more room")
        self._fold.clicked.connect(self._on_fold)
        self._lines = column()
        self._box = holder(self._lines)
        self.setLayout(column(row(self._head, 1, self._legend, self._fold, gap=12), self._box, gap=4))

    def show_meters(self, meters: Sequence[Meter]) -> None:
        """Show other allowances."""
        if tuple(meters) != self._meters:
            self._meters = tuple(meters)
            self._lay_out()
        self.setVisible(bool(meters))

    def fold(self, *, on: bool) -> None:
        """Show one line with the sum, or every school."""
        self._folded = on
        self._box.setHidden(on)
        self._fold.set_words("Show" if on else "Hide", self._spoken_fold())
        self._say()

    def set_columns(self, columns: int) -> None:
        """So many meters stand beside each other."""
        if columns != self._columns:
            self._columns = columns
            self._lay_out()

    def lines(self) -> int:
        """How many lines the meters take."""
        return -(-len(self._meters) // self._columns)

    # -- inside

    def _lay_out(self) -> None:
        clear(self._lines)
        cells = [_cell(one) for one in self._by_column()]
        if cells:
            self._lines.addLayout(Grid(self._columns, cells, across=40, down=8))
        self._say()

    def _by_column(self) -> list[Meter | None]:
        """The meters so that they read down one column and then the next, for a grid filled line by line."""
        lines = self.lines()
        places = (column_ * lines + line for line in range(lines) for column_ in range(self._columns))
        return [self._meters[place] if place < len(self._meters) else None for place in places]

    def _say(self) -> None:
        left = pounds(sum(one.left_p for one in self._meters))
        together = f"{count(len(self._meters), 'school')}, {left} left"
        self._legend.setText(together if self._folded else LEGEND)

    def _spoken_fold(self) -> str:
        return "Show what each school has left" if self._folded else "Hide what each school has left"

    def _on_fold(self) -> None:
        self.fold(on=not self._folded)
        self.folded_by_hand.emit(self._folded)


def _cell(meter: Meter | None) -> QWidget:
    if meter is None:
        return QWidget()
    spoken = spoken_meter(meter)
    name, blocks = ElidedLabel(meter.school), HalfDays(spoken, halves(meter))
    tip(blocks, spoken)
    left = Label(pounds(meter.left_p), width=64)
    left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    line = row(name, blocks, left, gap=12)
    line.setStretchFactor(name, 1)
    return holder(line)
