"""Which parts the pack has, and in which order: tick, move, save as one action."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from models.queries.readiness import TITLES
from models.rules.arrangement import FIRST, LAST, USUAL, Arrangement, moved
from models.services import pack_options
from ui import theme
from ui.delegates.table import RecordTable
from ui.delegates.ticking import Ticks
from ui.dialogs.plain import PlainDialog
from ui.format import year_label
from ui.itemmodels.columns import Column, Look
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.pack import PackData
    from ui.context import AppContext

LINES = 11  # rows in sight, where the screen has room for them
AROUND = 270  # pixels at 100 % text size that words and buttons take


@dataclass(frozen=True)
class PartLine:
    """A part of the pack, as this dialog lists it."""

    number: int
    title: str
    state: str


class PartsDialog(PlainDialog):
    """Ticked parts are printed, in this order, between the cover and the appendices.

    Args:
        context: the shared things.
        parent: the window it belongs to.
        data: what the pack prints now.
    """

    def __init__(self, context: AppContext, parent: QWidget | None, data: PackData) -> None:
        super().__init__(parent, "Parts and order", 560)
        self._context, self._year = context, data.period.year
        states = {one.number: one.state.label for one in data.readiness}
        self._known = {
            number: PartLine(number, title, states[number])
            for number, title in TITLES.items()
            if FIRST < number < LAST and number in states
        }
        self._hidden = tuple(number for number in data.arrangement.order if number not in self._known)
        self._order = tuple(number for number in data.arrangement.order if number in self._known)
        self._left_out = data.arrangement.left_out
        self.ticks: Ticks[PartLine] = Ticks(_identity, lambda _: True, self)
        title: Column[PartLine] = Column("Part", lambda p: p.title, lambda p: p.title, stretch=True)
        state: Column[PartLine] = Column("State", lambda p: p.state, lambda p: p.state, Look.STATE)
        self.table: RecordTable[PartLine] = RecordTable(
            "Parts of the pack", (self.ticks.column, title, state), _identity
        )
        self.table.setSortingEnabled(False)
        self.ticks.tie(self.table)
        self._build()
        self._show()
        self.ticks.tick_only(set(self._known) - self._left_out)
        self.table.setCurrentIndex(self.table.records.index(0, 0))
        self.table.chosen.connect(self._on_chosen)
        self._on_chosen()
        self.dress()

    @override
    def dress(self) -> None:
        super().dress()
        if hasattr(self, "table"):
            now = theme.now()
            self.table.setFixedHeight(min(now.row * (LINES + 1), self._room() - now.fs(AROUND)))

    def arrangement(self) -> Arrangement:
        """The order and the parts left out; parts that are not due stay where they were."""
        order = self._order
        for number in self._hidden:
            order = (*order[: number - 2], number, *order[number - 2 :])
        kept_out = self._left_out & set(self._hidden)
        ticked = {one.number for one in self.ticks.ticked()}
        return Arrangement(order, frozenset(set(self._known) - ticked) | kept_out)

    def move_by(self, by: int, *_: object) -> None:
        """Move the part chosen."""
        chosen = self.table.current()
        if chosen is not None:
            self._order = moved(self._order, chosen.number, by)
            self._show()
            self.table.choose(chosen.number)
            self._on_chosen()

    def save(self) -> None:
        """Keep it, as one action."""
        wanted, year = self.arrangement(), self._year

        def action(session: Session) -> None:
            pack_options.arrange(session, year, wanted)

        name = f"Arrange the parts of the pack for {year_label(year)}"
        self._context.book.change(name, action, lambda _: self.accept())

    # -- inside

    def _build(self) -> None:
        self._up = Button("Move up", tip="Move up (Alt+Up)")
        self._down = Button("Move down", tip="Move down (Alt+Down)")
        usual = Button("Usual order, every part", Kind.LINK)
        for button, keys, by in ((self._up, "Alt+Up", -1), (self._down, "Alt+Down", 1)):
            button.clicked.connect(partial(self.move_by, by))
            action = QAction(self)
            action.setShortcut(keys)
            action.triggered.connect(partial(self.move_by, by))
            self.addAction(action)
        usual.clicked.connect(self._make_usual)
        words = Label(
            f"Ticked parts are printed in the pack for {year_label(self._year)}. The cover stays first and "
            "the appendices last; the short form has those of its parts that are ticked.",
            "body",
            "muted",
            wrap=True,
        )
        save = Button("Save", Kind.PRIMARY)
        save.setDefault(True)
        save.clicked.connect(self.save)
        cancel = Button("Cancel")
        cancel.clicked.connect(self.reject)
        tools = row(self._up, self._down, 1, usual, gap=8)
        self.lay_out(words, column(self.table, tools, gap=8), buttons=(cancel, save))

    def _make_usual(self) -> None:
        self._order = tuple(number for number in USUAL.order if number in self._known)
        self._show()
        self.ticks.tick_only(set(self._known))
        self._on_chosen()

    def _show(self) -> None:
        self.table.show_records([self._known[number] for number in self._order])

    def _on_chosen(self, *_: object) -> None:
        chosen = self.table.current()
        at = self._order.index(chosen.number) if chosen else 0
        self._up.setEnabled(chosen is not None and at > 0)
        self._down.setEnabled(chosen is not None and at + 1 < len(self._order))


def _identity(part: PartLine) -> int:
    return part.number
