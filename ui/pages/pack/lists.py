"""The two lists beside the paper: its parts with what they still lack, and what the rules say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.format import listed
from ui.widgets.badge import Badge
from ui.widgets.layouts import ScrollPane, clear, column, inset, row, rule
from ui.widgets.lines import LineButton
from ui.widgets.meters import Segments
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from models.queries.readiness import PartReadiness
    from models.rules.verdict import Verdict

STATES = ("Complete", "Thin", "Missing")


class PartsList(QWidget):
    """The parts in their order, each with its state in a word and what to enter. A click goes there.

    Attributes:
        chosen: a part was chosen: (its number,).
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._segments, self._counts = Segments(), Label("", "caption", "muted")
        self._lines = column(gap=0)
        self._buttons: dict[int, LineButton] = {}
        pane = ScrollPane(column(self._lines, 1))
        head = inset(self._segments, self._counts, gap=6, right=0)
        whole = column(head, pane, gap=8)
        whole.setStretchFactor(pane, 1)
        self.setLayout(whole)

    def buttons(self) -> Mapping[int, LineButton]:
        """The lines by the number of their part."""
        return self._buttons

    def show_parts(self, parts: Sequence[PartReadiness]) -> None:
        """Show the parts of a pack."""
        clear(self._lines)
        self._buttons = {}
        numbers = [(sum(part.state.label == word for part in parts), word) for word in STATES]
        self._segments.set_parts(numbers)
        self._segments.setVisible(bool(parts))
        self._counts.setText(" · ".join(f"{n} {word.lower()}" for n, word in numbers) if parts else "")
        for part in parts:
            detail = f"Enter {listed(part.to_enter)}" if part.to_enter else ""
            line = LineButton(f"{part.number} · {part.title}", part.state.label, detail)
            line.setObjectName(f"part-{part.number}")
            line.clicked.connect(self._on_clicked)
            self._buttons[part.number] = line
            self._lines.add(line)

    def show_printed(self, numbers: Container[int]) -> None:
        """Only parts that are printed can be gone to; the short form leaves some out."""
        for number, line in self._buttons.items():
            line.setEnabled(number in numbers)

    def _on_clicked(self) -> None:
        number = next((n for n, line in self._buttons.items() if line is self.sender()), None)
        if number is not None:
            self.chosen.emit(number)


class VerdictList(QWidget):
    """What the rules say of the year, weightiest first. Advice: anything may be printed all the same."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(gap=0)
        self._pane = ScrollPane(inset(self._lines, 1))
        self.setLayout(column(self._pane))
        self.show_verdicts(())

    def show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """Show other verdicts."""
        clear(self._lines)
        for number, verdict in enumerate(verdicts):
            if number:
                self._lines.add(rule())
            foot = row(Label(verdict.rule, "caption", "muted"), 1, gap=8)
            if verdict.severity.value == "refuse":
                foot.add(Badge("Stops printing", "bad"))
            elif verdict.severity.value == "info":
                foot.add(Label("for information", "caption", "muted"))
            self._lines.add(column(Label(verdict.text, wrap=True), foot, gap=2, margins=(0, 8, 0, 8)))
        if not verdicts:
            self._lines.add(Label("Nothing to look at.", "body", "muted"))
