"""Which things of the bank a paper is for: a short table with boxes to tick, and a filter above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.errors import BadInput
from models.values import replace
from ui import theme
from ui.delegates.table import RecordTable
from ui.delegates.ticking import Ticks
from ui.itemmodels.columns import Column, Look
from ui.overrides import override
from ui.papers.options import Option
from ui.widgets.buttons import Button, Kind
from ui.widgets.fields import TextField
from ui.widgets.layouts import column, row
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from models.queries.papers.choices import Choice, Offered
    from ui.papers.making import Wanted

LINES = 5
"""How many lines of the table are in sight."""


class Items(Option):
    """Things of the bank, ticked.

    Args:
        empty: what is said where there is none, with the remedy.
        one: what one of them gets, to ask for a tick: "a label".
    """

    def __init__(self, empty: str, one: str) -> None:
        super().__init__()
        self._empty, self._one, self._asked = empty, one, False
        self.ticks: Ticks[Choice] = Ticks(_identity, lambda _: True, self)
        code: Column[Choice] = Column("Code", lambda c: c.code, lambda c: c.code.casefold(), Look.STRONG)
        name: Column[Choice] = Column(
            "Name", lambda c: c.words, lambda c: c.words.casefold(), stretch=True, tip=lambda c: c.words
        )
        self.table: RecordTable[Choice] = RecordTable(
            "Things to print for", (self.ticks.column, code, name), _identity
        )
        self.ticks.tie(self.table)
        self.filter = TextField(most=100, hint="Filter")
        self.filter.setAccessibleName("Filter the things to print for")
        self.filter.setClearButtonEnabled(True)
        self._count = Label("", "caption", "muted")
        hint = "Tick all that is shown, or none (Ctrl+A)"
        self._all = Button("Tick all or none", Kind.LINK, tip=hint, always=True)
        self._all.clicked.connect(self.ticks.toggle_shown)
        self.filter.textChanged.connect(self._filter_now)
        self.ticks.changed.connect(self._on_ticks)
        self.setFocusProxy(self.table)
        foot = row(self._count, 1, self._all, gap=8)
        self.setLayout(column(Label("Which", "label"), self.filter, self.table, foot, gap=6))
        self.dress()

    def dress(self) -> None:
        """Take the table's height from the theme."""
        self.table.setFixedHeight(theme.now().row * (LINES + 1))

    def number(self) -> int:
        """How many things are ticked."""
        return len(self.ticks.ticked())

    @override
    def offer(self, offered: Offered) -> None:
        self.table.show_records(offered.choices)
        if not self._asked:
            self._asked = True
            usual = [one.id for one in offered.choices if one.usual]
            chosen = [offered.usual] if offered.usual is not None else usual
            self.ticks.blockSignals(True)  # noqa: FBT003 (Qt's own signature)
            self.ticks.tick_only(chosen)
            self.ticks.blockSignals(False)  # noqa: FBT003
            if offered.usual is not None:
                self.table.choose(offered.usual)
        elif offered.choices:
            self.table.setCurrentIndex(self.table.currentIndex())
        self.setEnabled(bool(offered.choices))
        self._say()

    @override
    def applied(self, wanted: Wanted) -> Wanted:
        if not self.isEnabled():
            raise BadInput(self._empty)
        found = self.ticks.ticked()
        if not found:
            raise BadInput(f"Tick what is to get {self._one}: it is then shown here.")
        words = found[0].code if len(found) == 1 else f"{found[0].code} and {len(found) - 1} more"
        return replace(wanted, about=([one.id for one in found],), words=words)

    def _filter_now(self) -> None:
        words = self.filter.text().casefold().split()

        def matches(one: Choice) -> bool:
            text = one.line.casefold()
            return all(word in text for word in words)

        self.table.records.keep_only(matches if words else None)

    def _on_ticks(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        self._count.setText(f"{self.number()} of {len(self.table.records.records())} ticked")


def _identity(one: Choice) -> int:
    return one.id
