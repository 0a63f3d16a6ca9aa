"""Check in: a tick list of what went out; what is missing, used up or damaged, and what it costs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import BadInput
from models.rules.loans import charge, line_result
from models.services.lending import Counted
from models.values import replace
from models.words import ChargedTo
from ui.dialogs.form import FormDialog
from ui.format import count, date_range, prose_pounds, stopped
from ui.overrides import override
from ui.pages.bank.grid import GridColumn, GridModel, GridTable, Kind
from ui.widgets.fields import DateField
from ui.widgets.layouts import column
from ui.widgets.notes import NoteField
from ui.widgets.plain import ElidedLabel, Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from models.queries.lending import PartOut, ReturnFacts

HOW = "Space: one is not back. Digits: so many are not. Letters find a part."


@dataclass(frozen=True)
class Line:
    """A part as it is being counted."""

    part: PartOut
    gone: int = 0
    damaged: int = 0

    @property
    def whole(self) -> bool:
        """All of it is back and sound."""
        return not self.gone and not self.damaged

    @property
    def problem(self) -> str:
        """Why the numbers cannot be; "" if they can."""
        if self.gone > self.part.out:
            return f"{self.gone} cannot be gone, {self.part.out} went out"
        if self.damaged > self.part.out - self.gone:
            return f"only {self.part.out - self.gone} came back"
        return ""

    @property
    def words(self) -> str:
        """What became of it: `1 missing, £2.40`, `5 used: replenish`."""
        if self.problem:
            return "count again"
        fact = self.part.fact(self.gone, self.damaged)
        result = line_result(fact)
        words = "" if result.text == "complete" else result.text
        if result.to_replace and self.part.unit_cost_p is not None:
            words += f", {prose_pounds(result.to_replace * self.part.unit_cost_p)}"
        return words


@dataclass(frozen=True)
class CheckedIn:
    """What was entered. `counted`: by the part's id, what is not as it went out."""

    on: dt.date
    counted: Mapping[int, Counted]
    notes: str


def _toggle(line: Line) -> Line:
    if not line.whole:
        return replace(line, gone=0, damaged=0)
    return replace(line, gone=1) if line.part.out else line


COLUMNS: tuple[GridColumn[Line], ...] = (
    GridColumn("", lambda line: "Yes" if line.whole else "No", Kind.TICK, spoken="All back"),
    GridColumn("Part", lambda line: line.part.name, stretch=True),
    GridColumn("Out", lambda line: f"{line.part.out:,}", right=True, quiet=lambda _: True),
    GridColumn(
        "Not back",
        lambda line: f"{line.gone:,}",
        Kind.NUMBER,
        lambda line, text: replace(line, gone=int(text)),
        quiet=lambda line: not line.gone,
    ),
    GridColumn(
        "Damaged",
        lambda line: f"{line.damaged:,}",
        Kind.NUMBER,
        lambda line, text: replace(line, damaged=int(text)),
        quiet=lambda line: not line.damaged,
    ),
    GridColumn("", lambda line: line.words, sample="10 used: replenish", spoken="So"),
)
GONE, DAMAGED, SO = 3, 4, 5


class ReturnDialog(FormDialog[CheckedIn]):
    """Checks a loan in. Everything is ticked as back; only what is not needs a key."""

    def __init__(self, parent: QWidget | None, facts: ReturnFacts) -> None:
        super().__init__(parent, f"Check in {facts.fact.resource}", "Check in", 620, stays=True)
        self.facts = facts
        self.model = GridModel(COLUMNS, [Line(part) for part in facts.parts])
        self.grid = GridTable("What came back", self.model, _toggle, search=1)
        self.on = DateField(lambda: facts.today, facts.today)
        self.notes = NoteField(facts.notes, lines=2)
        self._sum = Label("", "strong", wrap=True)
        self._build()
        self.model.written.connect(self._add_up)
        self._add_up()

    def _build(self) -> None:
        fact = self.facts.fact
        due = date_range(fact.out_on or fact.starts_on, fact.due_on)
        who = f"{fact.school}{f', {self.facts.person}' if self.facts.person else ''}"
        self._form.add(ElidedLabel(f"{who} · {due}", "body", "muted"))
        if self.facts.parts:
            self.row("parts", "", self.grid)
            self._form.add(column(Label(HOW, "caption", "muted", wrap=True), self._sum, gap=6))
        self.row("back_on", "Came back on", self.on)
        self.row("notes", "Notes", self.notes)

    @override
    def draft(self) -> CheckedIn:
        day = self.take("back_on", self.on.date)
        notes = self.take("notes", self.notes.text)
        for row, line in enumerate(self.model.records()):
            if line.problem:
                self._point_at(row, GONE if line.gone > line.part.out else DAMAGED, line.problem)
                self._wrong["parts"] = f"{line.part.name}: {line.problem}: count again."
                break
        if day is None or notes is None or self._wrong:
            raise BadInput("Some of this is not right yet.")
        counted = {
            line.part.kit_item_id: Counted(line.gone, line.damaged)
            for line in self.model.records()
            if not line.whole
        }
        return CheckedIn(day, counted, notes)

    @override
    def not_saved(self, error: Exception) -> None:
        """Point at the line that a service found wrong."""
        if isinstance(error, BadInput) and "/" in error.field:
            kind, part = error.field.split("/")
            ids = [str(line.part.kit_item_id) for line in self.model.records()]
            if part in ids:
                self._point_at(ids.index(part), GONE if kind == "gone" else DAMAGED, str(error))
            error = BadInput(str(error), "parts")
        super().not_saved(error)

    @override
    def _state(self) -> str:
        return f"{super()._state()}{self.model.records()}"

    def summary(self) -> str:
        """What it adds up to."""
        return self._sum.text()

    def _point_at(self, row: int, at: int, sentence: str) -> None:
        self.model.mark_wrong(row, at, sentence)
        self.grid.setCurrentIndex(self.model.index(row, at))

    def _add_up(self) -> None:
        lines = self.model.records()
        if "parts" in self._wrong and not any(line.problem for line in lines):
            self._mended("parts")
        wrong = [line for line in lines if line.problem]
        if wrong:
            self._sum.setText(f"{wrong[0].part.name}: {wrong[0].problem}")
            self._sum.set_tone("bad")
            return
        whole = sum(line.whole for line in lines)
        words = (
            "Everything is back." if whole == len(lines) else f"{whole} of {count(len(lines), 'part')} whole."
        )
        cost = charge([line.part.fact(line.gone, line.damaged) for line in lines], self.facts.scheme)
        if cost.amount_p or cost.unpriced:
            payer = "the cluster pot" if cost.charged_to is ChargedTo.POT else self.facts.fact.school
            words += f" {stopped(f'{cost.text}, charged to {payer}')}"
        self._sum.setText(words)
        self._sum.set_tone("good" if whole == len(lines) else "")
