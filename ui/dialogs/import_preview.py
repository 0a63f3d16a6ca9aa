"""What importing a workbook would do, sheet by sheet, before anything is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from models.exchange.preview import Mark
from ui import theme
from ui.dialogs.plain import PlainDialog
from ui.format import count
from ui.widgets.badge import Badge
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import ScrollPane, column, row, rule
from ui.widgets.parts import section
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLayout, QWidget

    from models.exchange.preview import Preview, RowPreview

SHOWN = 60  # lines of one kind; a dialog with thousands is of no use, and slow
MARKS = (Mark.NEW, Mark.CHANGED, Mark.SAME, Mark.ERROR)
TONES = {Mark.NEW: "good", Mark.CHANGED: "accent", Mark.SAME: "", Mark.ERROR: "bad"}


class ImportPreview(PlainDialog):
    """Shows a preview. `accepted` means: import it; it can be pressed only when nothing is wrong.

    Args:
        parent: the window it belongs to.
        workbook: the file's name.
        preview: what would happen.
    """

    def __init__(self, parent: QWidget | None, workbook: str, preview: Preview) -> None:
        super().__init__(parent, f"Import {workbook}", 560)
        self.preview = preview
        pane = ScrollPane(column(*self._parts(), 1, gap=20, margins=(0, 0, 12, 0)))
        pane.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        pane.setAccessibleName("What the import would do")
        verdict = Label(self.verdict(), wrap=True)
        self.setAccessibleDescription(verdict.text())
        self.lay_out(verdict, pane, buttons=self._buttons())
        room = self.screen().availableGeometry()
        now = theme.now()
        self.resize(min(now.fs(620), room.width() - 40), min(now.fs(520), room.height() - 80))

    def verdict(self) -> str:
        """What can be done with this workbook, in a sentence."""
        wrong, writes = len(self.preview.problems), self._writes()
        if wrong:
            return (
                f"{count(wrong, 'thing')} to put right in the workbook first. Nothing is saved until all of "
                "it is well."
            )
        if not writes:
            return "There is nothing new in this workbook: everything is in the book already."
        return f"{count(writes, 'row')} will be saved as one step, which Undo takes back."

    def import_button(self) -> Button | None:
        """The button that imports; None where that is not possible."""
        return self._import

    def _writes(self) -> int:
        return self.preview.count(Mark.NEW) + self.preview.count(Mark.CHANGED)

    def _buttons(self) -> tuple[Button, ...]:
        writes = 0 if self.preview.problems else self._writes()
        cancel = Button("Cancel" if writes else "Close")
        cancel.clicked.connect(self.reject)
        self._import: Button | None = None
        if not writes:
            cancel.setDefault(True)
            return (cancel,)
        self._import = Button(f"Import {count(writes, 'row')}", Kind.PRIMARY)
        self._import.setDefault(True)
        self._import.clicked.connect(self.accept)
        return (cancel, self._import)

    def _parts(self) -> list[QLayout]:
        preview = self.preview
        parts: list[QLayout] = []
        if preview.problems:
            parts.append(section("To put right", _lines([str(one) for one in preview.problems]), gap=6))
        if preview.rows:
            parts.append(section("Sheets", self._sheets(), gap=6))
        changed = [one for one in preview.rows if one.mark is Mark.CHANGED]
        if changed:
            parts.append(section("What changes", _lines([_change(one) for one in changed]), gap=6))
        if preview.dates:
            parts.append(section("Dates", _lines([str(one) for one in preview.dates]), gap=6))
        return parts

    def _sheets(self) -> QLayout:
        lines = column()
        for number, title in enumerate(dict.fromkeys(one.sheet for one in self.preview.rows)):
            if number:
                lines.add(rule())
            line = row(Label(title), 1, gap=8, margins=(0, 6, 0, 6))
            for mark in MARKS:
                if many := self.preview.count(mark, title):
                    line.add(Badge(f"{many:,} {mark}", TONES[mark] or "plain"))
            lines.add(line)
        return lines


def _change(line: RowPreview) -> str:
    said = "; ".join(f"{one.heading}: “{one.old}” becomes “{one.new}”" for one in line.changes)
    return f"{line.sheet}, {line.name}. {said}"


def _lines(sentences: Sequence[str]) -> QLayout:
    lines = column()
    for number, sentence in enumerate(sentences[:SHOWN]):
        if number:
            lines.add(rule())
        lines.add(column(Label(sentence, wrap=True), margins=(0, 6, 0, 6)))
    if len(sentences) > SHOWN:
        lines.add(Label(f"and {count(len(sentences) - SHOWN, 'more line')}", "caption", "muted"))
    return lines
