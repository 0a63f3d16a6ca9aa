"""What each school has left of its release allowance, half-day by half-day (R-COVER-4, R-COVER-18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme
from ui.format import count, pounds
from ui.pages.claims.words import halves, spoken_meter
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, exchange, holder, row
from ui.widgets.meters import HalfDays
from ui.widgets.plain import ElidedLabel, Label, tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.queries.claims_page import Meter

LEFT = 60  # pixels at 100 % text size: "£500.00", and a gap
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
        self._box = holder(column())
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
        self._box = exchange(self._box, _MeterGrid(self._meters, self._columns))
        if self._folded:
            self._box.hide()
        self._say()

    def _say(self) -> None:
        left = pounds(sum(one.left_p for one in self._meters))
        together = f"{count(len(self._meters), 'school')}, {left} left"
        self._legend.setText(together if self._folded else LEGEND)

    def _spoken_fold(self) -> str:
        return "Show what each school has left" if self._folded else "Hide what each school has left"

    def _on_fold(self) -> None:
        self.fold(on=not self._folded)
        self.folded_by_hand.emit(self._folded)


class _MeterGrid(QGridLayout):
    """Names, blocks and amounts in columns of their own: a name gets what room others leave.

    The schools read down one column and then the next.
    """

    PARTS = 4  # of a column: name, room, blocks, what is left
    DOWN, BESIDE, ACROSS = 8, 12, 28  # pixels at 100 % text size

    def __init__(self, meters: Sequence[Meter], columns: int) -> None:
        super().__init__()
        self._columns = columns
        self.setContentsMargins(0, 0, 0, 0)
        lines = -(-len(meters) // columns)
        for number, meter in enumerate(meters):
            at, line = divmod(number, lines)
            self._put(meter, line, at * (self.PARTS + 1))
        for at in range(columns):  # what room is left stands between the schools, not inside a line
            self.setColumnStretch(at * (self.PARTS + 1) + self.PARTS, 1)
        self.dress()

    def dress(self) -> None:
        """Take gaps from the theme."""
        now = theme.now()
        self.setHorizontalSpacing(0)
        self.setVerticalSpacing(now.px(self.DOWN))
        for at in range(self._columns):
            first = at * (self.PARTS + 1)
            self.setColumnMinimumWidth(first + 1, now.px(self.BESIDE))
            if at + 1 < self._columns:
                self.setColumnMinimumWidth(first + self.PARTS, now.px(self.ACROSS))

    def _put(self, meter: Meter, line: int, first: int) -> None:
        spoken = spoken_meter(meter)
        blocks = HalfDays(spoken, halves(meter))
        tip(blocks, spoken)
        left = Label(pounds(meter.left_p), width=LEFT)
        left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.addWidget(ElidedLabel(meter.school), line, first)
        self.addWidget(blocks, line, first + 2, Qt.AlignmentFlag.AlignVCenter)
        self.addWidget(left, line, first + 3)
