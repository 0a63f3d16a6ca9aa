"""The bank's own filters: kind, year, unit, enquiry type, skill and who has it; folded away until wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.queries.bank_page import Standing
from models.rules.resources import Tag
from models.words import ResourceKind, TagKind
from ui.widgets.buttons import Button
from ui.widgets.layouts import Grid, column, reading_order
from ui.widgets.pick import Pick
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.queries.bank_page import ItemRow, Items

OF_TAGS = (
    (TagKind.YEAR_GROUP, "Year", "Any year"),
    (TagKind.UNIT, "Unit", "Any unit"),
    (TagKind.ENQUIRY_TYPE, "Enquiry type", "Any enquiry"),
    (TagKind.ENQUIRY_SKILL, "Enquiry skill", "Any skill"),
)
OUT = frozenset({Standing.OUT, Standing.OVERDUE})


class ItemFilters(QWidget):
    """Six lists to choose from; what they say together goes to `test`. They are made when first unfolded.

    Attributes:
        changed: another choice was made.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._picks: tuple[Pick, ...] = ()
        self._items: Items | None = None
        self.button = Button("Filters", tip="Filter by kind, year, unit, enquiry and who has it")
        self.button.clicked.connect(self._fold)
        self.changed.connect(self._count)
        self.hide()

    def offer(self, items: Items) -> None:
        """Offer the tags in use and the schools that have something; what is chosen stays chosen."""
        self._items = items
        if self._picks:
            for kind, pick in self.tags.items():
                pick.offer([(word, word) for word in items.values.get(kind, ())])
            self.holder.offer([(name, key) for key, name in items.holders])

    def clear(self) -> None:
        """Let go of every choice."""
        for pick in self._picks:
            pick.show_value(None)
        self._count()

    def test(self) -> Callable[[ItemRow], bool] | None:
        """What an item must be to be shown; None for anything."""
        if not self._chosen():
            return None
        kind, holder = self.kind.value(), self.holder.value()
        wanted = {Tag(of, pick.value()) for of, pick in self.tags.items() if pick.value()}

        def test(row: ItemRow) -> bool:
            has = row.now is not None and row.standing in OUT and row.now.school_id == holder
            return (kind is None or row.kind is kind) and (holder is None or has) and wanted <= row.tags

        return test

    def _make(self) -> None:
        self.kind = Pick([(one.label, one) for one in ResourceKind], "Any kind")
        self.tags = {kind: Pick([], none) for kind, _, none in OF_TAGS}
        self.holder = Pick([], "Anyone, or nobody")
        names = ("Kind", *(name for _, name, _ in OF_TAGS), "Who has it")
        self._picks = (self.kind, *self.tags.values(), self.holder)
        cells = []
        for name, pick in zip(names, self._picks, strict=True):
            pick.setAccessibleName(f"Filter by {name.lower()}")
            pick.picked.connect(self.changed)
            label = Label(name, "label")
            label.setBuddy(pick)
            cells.append(column(label, pick, gap=3))
        self.setLayout(Grid(3, cells, across=12, down=8))
        if self._items is not None:
            self.offer(self._items)

    def _chosen(self) -> int:
        return sum(pick.value() is not None for pick in self._picks)

    def _count(self) -> None:
        number = self._chosen()
        self.button.set_words(f"Filters ({number})" if number else "Filters", self.button.toolTip())

    def _fold(self) -> None:
        if not self._picks:
            self._make()
        self.setVisible(self.isHidden())
        if self.isVisible():
            reading_order(self.window())
            self.kind.setFocus()
