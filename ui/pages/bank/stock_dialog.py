"""A stock check: what was counted, part by part; where it differs, the contents follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import BadInput
from models.values import replace
from ui.dialogs.form import FormDialog
from ui.format import count
from ui.overrides import override
from ui.pages.bank.grid import GridColumn, GridModel, GridTable, Kind
from ui.widgets.fields import DateField, TextField
from ui.widgets.layouts import column
from ui.widgets.pick import Pick
from ui.widgets.plain import ElidedLabel, Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from models.queries.bank_item import ItemDetail

HOW = "Everything is taken to be there: type a number where it is not. Letters find a part."


@dataclass(frozen=True)
class Count:
    """A part as it is being counted."""

    id: int
    name: str
    listed: int
    counted: int

    @property
    def words(self) -> str:
        """What differs."""
        difference = self.counted - self.listed
        return "" if not difference else f"{abs(difference)} {'more' if difference > 0 else 'fewer'}"


@dataclass(frozen=True)
class Checked:
    """What a stock check found."""

    on: dt.date
    found: bool
    counts: Mapping[int, int]
    person_id: int | None
    notes: str


COLUMNS: tuple[GridColumn[Count], ...] = (
    GridColumn("Part", lambda line: line.name, stretch=True),
    GridColumn("Listed", lambda line: f"{line.listed:,}", right=True, quiet=lambda _: True),
    GridColumn(
        "Counted",
        lambda line: f"{line.counted:,}",
        Kind.NUMBER,
        lambda line, text: replace(line, counted=int(text)),
        quiet=lambda line: line.counted == line.listed,
    ),
    GridColumn("", lambda line: line.words, sample="100 fewer", spoken="So"),
)
COUNTED = 2


class StockDialog(FormDialog[Checked]):
    """Notes a look at one item."""

    def __init__(self, parent: QWidget | None, detail: ItemDetail, people: Sequence[tuple[str, int]]) -> None:
        super().__init__(parent, f"Check {detail.row.name}", "Save", 560, stays=True)
        lines = [Count(part.id, part.name, part.quantity, part.quantity) for part in detail.parts]
        self.model = GridModel(COLUMNS, lines)
        self.grid = GridTable("What was counted", self.model, lambda line: replace(line, counted=line.listed))
        self.missing = Tick("It was not found", "Nothing is counted then, and the contents stay as they are.")
        self.person = Pick(list(people), "Nobody named")
        self.on = DateField(lambda: detail.today, detail.today)
        self.notes = TextField(most=300)
        self._sum = Label("", "strong", wrap=True)
        where = detail.row.location or "no place entered"
        self._form.add(ElidedLabel(f"{detail.row.code} · {where}", "body", "muted"))
        if lines:
            self.row("counts", "", self.grid)
            self._form.add(column(Label(HOW, "caption", "muted", wrap=True), self._sum, gap=6))
        self.row("found", "", self.missing)
        self.row("person_id", "By", self.person)
        self.row("checked_on", "On", self.on)
        self.row("notes", "Notes", self.notes)
        self.model.written.connect(self._add_up)
        self.missing.toggled.connect(self._on_missing)
        self._add_up()

    @override
    def draft(self) -> Checked:
        day = self.take("checked_on", self.on.date)
        person_id = self.take("person_id", self.person.checked_value)
        if day is None or self._wrong:
            raise BadInput("Some of this is not right yet.")
        counts = {line.id: line.counted for line in self.model.records()}
        found = not self.missing.isChecked()
        return Checked(day, found, counts if found else {}, person_id, self.notes.text().strip())

    @override
    def not_saved(self, error: Exception) -> None:
        """Point at the line that a service found wrong."""
        if isinstance(error, BadInput) and error.field.startswith("count/"):
            ids = [f"count/{line.id}" for line in self.model.records()]
            row = ids.index(error.field)
            self.model.mark_wrong(row, COUNTED, str(error))
            self.grid.setCurrentIndex(self.model.index(row, COUNTED))
            error = BadInput(str(error), "counts")
        super().not_saved(error)

    @override
    def _state(self) -> str:
        return f"{super()._state()}{self.model.records()}"

    def _on_missing(self) -> None:
        self.grid.setEnabled(not self.missing.isChecked())

    def _add_up(self) -> None:
        differs = sum(line.counted != line.listed for line in self.model.records())
        words = "All of it is there."
        if differs:
            verb = "differs" if differs == 1 else "differ"
            words = f"{count(differs, 'part')} {verb}: the contents become what was counted."
        self._sum.setText(words)
        self._sum.set_tone("" if differs else "good")
