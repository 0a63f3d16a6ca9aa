"""The roll-out matrix on screen: items down, schools across; A, S and N set a cell (R-RES-7, R-STY-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView

from models.rules.rollout import letter, staff_words
from models.words import AdoptionLevel
from ui import theme
from ui.delegates.cells import PAD, Cell, CellDelegate, draw_words
from ui.format import NOT_ENTERED
from ui.itemmodels.records import Role
from ui.lists.across import FIRST, AcrossGrid, AcrossModel, Index
from ui.overrides import override
from ui.widgets.meters import draw_letter
from ui.widgets.plain import tip_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPainter

    from models.queries.bank_lists import Cell as UseCell
    from models.queries.bank_lists import Rollout, RolloutRow

_ROLE = Qt.ItemDataRole
KEYS = {"A": AdoptionLevel.ALL, "S": AdoptionLevel.SOME, "N": AdoptionLevel.NOT_STARTED}
TONES = {AdoptionLevel.ALL: "good", AdoptionLevel.SOME: "accent", AdoptionLevel.NOT_STARTED: "plain"}
CYCLE = (AdoptionLevel.SOME, AdoptionLevel.ALL, AdoptionLevel.NOT_STARTED, None)
TILE, NARROW, WIDE = 24, 64, 190
LEAST_ITEM, MOST_ITEM = 130, 320  # pixels at 100 % text size


class MatrixModel(AcrossModel):
    """The matrix; what is not entered is a dash and never a zero."""

    def __init__(self) -> None:
        super().__init__("Item")
        self._rows: list[RolloutRow] = []

    def show_rows(self, rollout: Rollout, rows: Sequence[RolloutRow]) -> None:
        """Show these rows; where only cells differ, only they are announced."""
        if self.schools == rollout.schools and [row.id for row in rows] == self.keys():
            self._rows = list(rows)
            self.announce()
            return
        self.beginResetModel()
        self.schools, self._rows = rollout.schools, list(rows)
        self.endResetModel()

    @override
    def keys(self) -> list[int]:
        return [row.id for row in self._rows]

    def rows(self) -> list[RolloutRow]:
        """The rows shown."""
        return list(self._rows)

    def names(self) -> list[str]:
        """What stands in the first column."""
        return [f"{line.code}  {line.name}" for line in self._rows]

    def row(self, index: Index) -> RolloutRow | None:
        """The row of an index."""
        return self._rows[index.row()] if index.isValid() else None

    def cell(self, index: Index) -> UseCell | None:
        """The cell of an index; None on the item's name."""
        if not index.isValid() or index.column() < FIRST:
            return None
        return self._rows[index.row()].cells[index.column() - FIRST]

    def table(self) -> tuple[list[str], list[list[object]]]:
        """Headings and lines, for copying and for a spreadsheet."""
        heads = ["Code", "Item", *(name for _, name in self.schools), "Summary"]
        lines: list[list[object]] = [
            [row.code, row.name, *(_words(cell) for cell in row.cells), row.summary.text]
            for row in self._rows
        ]
        return heads, lines

    @override
    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, cell = self._rows[index.row()], self.cell(index)
        if role == _ROLE.DisplayRole:
            return letter(cell.use.level if cell.use else None) if cell else f"{row.code}  {row.name}"
        if role == _ROLE.AccessibleTextRole:
            return f"{row.code} at {self.school(index)}: {_words(cell)}" if cell else row.name
        if role == _ROLE.ToolTipRole:
            return tip_text(f"{row.name}, {self.school(index)}: {_words(cell)}" if cell else row.name)
        return cell if role == Role.RECORD else None


def _words(cell: UseCell) -> str:
    return cell.use.text if cell.use else NOT_ENTERED


class MatrixDelegate(CellDelegate):
    """A letter in its square, and how many of how many where there is room."""

    ring = True

    @override
    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        super().paint(painter, option, index)
        cell: UseCell | None = index.data(Role.RECORD)
        if cell is None or cell.use is None:
            return
        look, rect = theme.now(), QRectF(option.rect)
        size = min(look.fs(TILE), rect.height() - 7)
        tile = QRectF(rect.left() + look.px(PAD), rect.center().y() - size / 2, size, size)
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setFont(look.font("strong"))
        draw_letter(painter, tile, letter(cell.use.level), TONES[cell.use.level])
        left, words = tile.right() + look.px(8), staff_words(cell.use)
        painter.setFont(look.font())
        if words != NOT_ENTERED and QFontMetrics(look.font()).horizontalAdvance(words) <= rect.right() - left:
            painter.setPen(look.c("muted"))
            where = QRectF(left, rect.top(), rect.right() - left, rect.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    @override
    def draw(self, painter: QPainter, cell: Cell) -> None:
        if cell.text == letter(None):
            painter.setPen(theme.now().c("muted"))
            draw_words(painter, cell._replace(rect=cell.rect.translated(theme.now().fs(TILE) / 2 - 4, 0)))
        elif len(cell.text) > 1:
            draw_words(painter, cell)


class MatrixGrid(AcrossGrid):
    """The matrix's view. Arrows move, A, S and N set a cell, Delete empties it, Enter asks for numbers.

    Attributes:
        level_wanted: a cell is to be set: (its index, an AdoptionLevel or None).
    """

    level_wanted = Signal(object, object)

    def __init__(self, model: MatrixModel) -> None:
        self._matrix = model
        spoken = "Roll-out: items down, schools across. Type A, S or N; Enter for numbers."
        super().__init__(model, spoken, MatrixDelegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    @override
    def dress(self) -> None:
        """Take sizes from the theme: schools share what the items leave, within bounds."""
        now = theme.now()
        self.setFont(now.font())
        self.verticalHeader().setDefaultSectionSize(now.row)
        schools = self._matrix.columnCount() - FIRST
        if schools <= 0:
            return
        names = QFontMetrics(now.font())
        longest = max((names.horizontalAdvance(line) for line in self._matrix.names()), default=0)
        item = min(longest + 2 * now.px(PAD), now.fs(MOST_ITEM))
        each = min(max((self.viewport().width() - item) // schools, now.fs(NARROW)), now.fs(WIDE))
        around = 2 * now.px(PAD)
        self.share({n: max(each, head + around) for n, head in self.heads().items()}, LEAST_ITEM)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if not index.isValid() or not plain or index.column() < FIRST:
            super().keyPressEvent(event)
        elif event.text().upper() in KEYS:
            self.level_wanted.emit(index, KEYS[event.text().upper()])
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Minus}:
            self.level_wanted.emit(index, None)
        elif key == Qt.Key.Key_Space:
            self._cycle(index)
        else:
            super().keyPressEvent(event)

    def _cycle(self, index: QModelIndex) -> None:
        cell = self._matrix.cell(index)
        level = cell.use.level if cell and cell.use else None
        self.level_wanted.emit(index, CYCLE[(CYCLE.index(level) + 1) % len(CYCLE)])
