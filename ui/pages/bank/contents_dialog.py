"""A kit's contents as a grid: part, how many, whether it gets used up, what one costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from models.errors import BadInput
from models.services.kits import PartLine
from models.values import replace
from ui.dialogs.form import FormDialog
from ui.format import parse_pounds, pounds
from ui.overrides import override
from ui.pages.bank.grid import GridColumn, GridModel, GridTable, Kind
from ui.widgets.buttons import Button
from ui.widgets.layouts import column, row
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from models.queries.bank_item import PartRow

HOW = "Return goes on, at the end to a new part. Space ticks what gets used up. Ctrl+Return saves."
NAME, QUANTITY, PRICE = 0, 1, 3


def _priced(line: PartLine, text: str) -> PartLine:
    return replace(line, unit_cost_p=parse_pounds(text, "unit_cost_p") if text.strip() else None)


COLUMNS: tuple[GridColumn[PartLine], ...] = (
    GridColumn(
        "Part",
        lambda line: line.name,
        Kind.TEXT,
        lambda line, text: replace(line, name=" ".join(text.split())),
        stretch=True,
    ),
    GridColumn(
        "How many",
        lambda line: f"{line.quantity}",
        Kind.NUMBER,
        lambda line, text: replace(line, quantity=int(text)),
    ),
    GridColumn(
        "Gets used up",
        lambda line: "Yes" if line.consumable else "No",
        Kind.TICK,
        lambda line, text: replace(line, consumable=text == "Yes"),
    ),
    GridColumn(
        "Cost of one",
        lambda line: "" if line.unit_cost_p is None else pounds(line.unit_cost_p),
        Kind.TEXT,
        _priced,
        right=True,
        sample="£1,000.00",
    ),
)
FIELDS = {"name": NAME, "quantity": QUANTITY, "unit_cost_p": PRICE}


class ContentsDialog(FormDialog[tuple[PartLine, ...]]):
    """Edits what a kit holds, all of it at once."""

    def __init__(self, parent: QWidget | None, title: str, parts: Sequence[PartRow]) -> None:
        super().__init__(parent, title, "Save", 600, stays=True)
        lines = [
            PartLine(part.name, part.quantity, part.consumable, part.unit_cost_p, part.id) for part in parts
        ]
        self.model = GridModel(COLUMNS, lines or [PartLine("", 1)])
        self.grid = GridTable("Contents", self.model)
        self.add = Button("Add a part", tip="Add a part below (Ctrl+N)")
        self.drop = Button("Remove this part", tip="Remove the part the keyboard is on (Ctrl+Delete)")
        self.grid.ended = self._on_ended
        self.grid.left.connect(self.submit)
        self.row("lines", "", self.grid)
        tools = row(self.add, self.drop, 1, gap=8)
        self._form.add(column(tools, Label(HOW, "caption", "muted", wrap=True), gap=8))
        for button, keys, do in (
            (self.add, "Ctrl+N", self.add_line),
            (self.drop, "Ctrl+Del", self.remove_line),
        ):
            action = QAction(button.words(), self)
            action.setShortcut(keys)
            action.triggered.connect(do)
            self.addAction(action)
            button.clicked.connect(do)

    def add_line(self, *_: object) -> None:
        """Add an empty line at the end and go there."""
        self.model.insert(self.model.rowCount(), PartLine("", 1))
        self.grid.setCurrentIndex(self.model.index(self.model.rowCount() - 1, NAME))
        self.grid.setFocus()
        self.fit()

    def _on_ended(self) -> None:
        """Return after the last cell: another part; after one that was left empty, the button that saves."""
        if self.model.record(self.model.rowCount() - 1).name:
            self.add_line()
        else:
            self._accept.setFocus()

    def remove_line(self, *_: object) -> None:
        """Take the line out that the keyboard is on."""
        at = self.grid.currentIndex().row()
        if at >= 0:
            self.model.take(at)
            self.fit()

    @override
    def draft(self) -> tuple[PartLine, ...]:
        lines = tuple(line for line in self.model.records() if line.name or line.id is not None)
        if wrong := self.model.first_wrong():
            raise BadInput(wrong, "lines")
        return lines

    @override
    def not_saved(self, error: Exception) -> None:
        """Point at the cell that a service found wrong."""
        if isinstance(error, BadInput) and "/" in error.field:
            field, at = error.field.split("/")
            shown = [n for n, line in enumerate(self.model.records()) if line.name or line.id is not None]
            if at.isdigit() and int(at) < len(shown):
                place = FIELDS.get(field, NAME)
                self.model.mark_wrong(shown[int(at)], place, str(error))
                self.grid.setCurrentIndex(self.model.index(shown[int(at)], place))
            error = BadInput(str(error), "lines")
        super().not_saved(error)

    @override
    def _state(self) -> str:
        return f"{super()._state()}{self.model.records()}"
