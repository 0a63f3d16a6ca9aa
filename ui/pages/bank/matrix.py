"""The roll-out matrix on screen: items down, schools across; A, S and N set a cell (R-RES-7, R-STY-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from models.rules.rollout import letter, staff_words
from models.words import AdoptionLevel
from ui import theme
from ui.delegates.cells import PAD, Cell, CellDelegate, draw_words
from ui.format import NOT_ENTERED
from ui.itemmodels.records import Role
from ui.overrides import override
from ui.widgets.meters import draw_letter
from ui.widgets.plain import tip_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

    from models.queries.bank_lists import Cell as UseCell
    from models.queries.bank_lists import Rollout, RolloutRow

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
KEYS = {"A": AdoptionLevel.ALL, "S": AdoptionLevel.SOME, "N": AdoptionLevel.NOT_STARTED}
TONES = {AdoptionLevel.ALL: "good", AdoptionLevel.SOME: "accent", AdoptionLevel.NOT_STARTED: "plain"}
CYCLE = (AdoptionLevel.SOME, AdoptionLevel.ALL, AdoptionLevel.NOT_STARTED, None)
ITEM, FIRST = 0, 1  # the item's column, and the first school's
TILE, NARROW, WIDE = 24, 64, 190
LEAST_ITEM, MOST_ITEM = 130, 320  # pixels at 100 % text size


class MatrixModel(QAbstractTableModel):
    """The matrix; what is not entered is a dash and never a zero."""

    def __init__(self) -> None:
        super().__init__()
        self._schools: tuple[tuple[int, str], ...] = ()
        self._rows: list[RolloutRow] = []

    def show_rows(self, rollout: Rollout, rows: Sequence[RolloutRow]) -> None:
        """Show these rows; where only cells differ, only they are announced."""
        same = self._schools == rollout.schools and [row.id for row in rows] == [row.id for row in self._rows]
        if same:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._schools, self._rows = rollout.schools, list(rows)
        self.endResetModel()

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

    def school(self, index: Index) -> str:
        """The school of an index's column."""
        return self._schools[index.column() - FIRST][1] if index.column() >= FIRST else ""

    def place_of(self, resource_id: int, school_id: int = 0) -> QModelIndex:
        """Where a resource, or its cell of a school, is shown."""
        row = next((n for n, one in enumerate(self._rows) if one.id == resource_id), None)
        if row is None:
            return QModelIndex()
        column = next((n for n, (key, _) in enumerate(self._schools) if key == school_id), 0)
        return self.index(row, column + FIRST)

    def table(self) -> tuple[list[str], list[list[object]]]:
        """Headings and lines, for copying and for a spreadsheet."""
        heads = ["Code", "Item", *(name for _, name in self._schools), "Summary"]
        lines: list[list[object]] = [
            [row.code, row.name, *(_words(cell) for cell in row.cells), row.summary.text]
            for row in self._rows
        ]
        return heads, lines

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else FIRST + len(self._schools)

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

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role in {_ROLE.DisplayRole, _ROLE.ToolTipRole}:
            return "Item" if section == ITEM else self._schools[section - FIRST][1]
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return side if role == _ROLE.TextAlignmentRole else None


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


class MatrixGrid(QTableView):
    """The matrix's view. Arrows move, A, S and N set a cell, Delete empties it, Enter asks for numbers.

    Attributes:
        level_wanted: a cell is to be set: (its index, an AdoptionLevel or None).
        entered: Enter was pressed on a cell: (its index,).
        moved: another cell is current: (its index,).
    """

    level_wanted = Signal(object, object)
    entered = Signal(object)
    moved = Signal(object)

    def __init__(self, model: MatrixModel) -> None:
        super().__init__()
        self._matrix = model
        self.setModel(model)
        self.setAccessibleName("Roll-out: items down, schools across. Type A, S or N; Enter for numbers.")
        self._delegate = MatrixDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setMinimumSectionSize(8)
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setMinimumSectionSize(16)
        self.selectionModel().currentChanged.connect(self._on_current)
        model.modelReset.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """Take sizes from the theme: schools share what the items leave, within bounds."""
        now = theme.now()
        self.setFont(now.font())
        self.verticalHeader().setDefaultSectionSize(now.row)
        schools = self._matrix.columnCount() - FIRST
        if schools <= 0:
            return
        heads, room = self.horizontalHeader(), self.viewport().width()
        names = QFontMetrics(now.font())
        longest = max((names.horizontalAdvance(line) for line in self._matrix.names()), default=0)
        item = min(longest + 2 * now.px(PAD), now.fs(MOST_ITEM))
        each = min(max((room - item) // schools, now.fs(NARROW)), now.fs(WIDE))
        label, taken = QFontMetrics(now.font("label")), 0
        for column in range(FIRST, FIRST + schools):
            head = label.horizontalAdvance(str(self._matrix.headerData(column, Qt.Orientation.Horizontal)))
            width = max(each, head + 2 * now.px(PAD) + 2)
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            heads.resizeSection(column, width)
            taken += width
        heads.setSectionResizeMode(ITEM, QHeaderView.ResizeMode.Interactive)
        heads.resizeSection(ITEM, max(room - taken, now.fs(LEAST_ITEM)))

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
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(index)
        else:
            super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() >= FIRST:
            self.entered.emit(index)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.dress()

    def _cycle(self, index: QModelIndex) -> None:
        cell = self._matrix.cell(index)
        level = cell.use.level if cell and cell.use else None
        self.level_wanted.emit(index, CYCLE[(CYCLE.index(level) + 1) % len(CYCLE)])

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.moved.emit(current)
