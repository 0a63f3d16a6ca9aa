"""A grid typed into from the keyboard: digits set numbers, Space ticks, letters look for a line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QElapsedTimer,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView

from models.errors import BadInput
from ui import theme
from ui.delegates.cells import PAD
from ui.itemmodels.records import Role
from ui.overrides import override
from ui.pages.bank.gridcells import GridDelegate
from ui.widgets.plain import tip_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
PAUSE_MS = 1200  # letters typed closer together than this belong to one word
LONGEST = 5  # digits
MOST_LINES = 12


class Kind(StrEnum):
    """How a cell is worked with."""

    WORDS = auto()
    NUMBER = auto()
    TICK = auto()
    TEXT = auto()


@dataclass(frozen=True)
class GridColumn(Generic[T]):
    """A column of a grid.

    Attributes:
        head: its heading.
        text: the words in the cell; of a tick: "Yes" or "No".
        kind: how it is worked with.
        write: the record with what was typed in it; may raise BadInput.
        stretch: it takes what is left of the width.
        sample: the longest words it must show whole.
        right: aligned right, heading too; numbers are.
        quiet: whether the cell says nothing of note, and so is muted.
        spoken: what a screen reader says before the words; the heading unless given.
    """

    head: str
    text: Callable[[T], str]
    kind: Kind = Kind.WORDS
    write: Callable[[T, str], T] | None = None
    stretch: bool = False
    sample: str = ""
    right: bool = False
    quiet: Callable[[T], bool] | None = None
    spoken: str = ""


class GridModel(QAbstractTableModel, Generic[T]):
    """Frozen records in rows; a cell that is written puts a new record in the place of the old one."""

    written = Signal()

    def __init__(self, columns: Sequence[GridColumn[T]], records: Sequence[T]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._records = list(records)
        self._wrong: dict[tuple[int, int], str] = {}
        self._typed: dict[tuple[int, int], str] = {}

    def records(self) -> list[T]:
        """The records as they are now."""
        return list(self._records)

    def record(self, row: int) -> T:
        """The record of a row."""
        return self._records[row]

    def put(self, row: int, record: T) -> None:
        """Put a record in the place of another."""
        self._records[row] = record
        for kept in (self._wrong, self._typed):
            for place in [place for place in kept if place[0] == row]:
                del kept[place]
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))
        self.written.emit()

    def insert(self, row: int, record: T) -> None:
        """Add a record before a row."""
        self.beginInsertRows(QModelIndex(), row, row)
        self._records.insert(row, record)
        self.endInsertRows()
        self.written.emit()

    def take(self, row: int) -> None:
        """Take a record out."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._records[row]
        self._wrong, self._typed = {}, {}
        self.endRemoveRows()
        self.written.emit()

    def first_wrong(self) -> str:
        """What is wrong with the first cell whose words could not be understood; "" if none is."""
        return next((self._wrong[place] for place in sorted(self._typed)), "")

    def mark_wrong(self, row: int, column: int, sentence: str, typed: str | None = None) -> None:
        """Show a cell as wrong until it is written again; what was typed into it stays there."""
        self._wrong[row, column] = sentence
        if typed is not None:
            self._typed[row, column] = typed
        index = self.index(row, column)
        self.dataChanged.emit(index, index)

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._records)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        typed = index.isValid() and self.columns[index.column()].kind is Kind.TEXT
        return usual | Qt.ItemFlag.ItemIsEditable if typed else usual

    @override
    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, record = self.columns[index.column()], self._records[index.row()]
        if role in {_ROLE.DisplayRole, _ROLE.EditRole}:
            return self._typed.get((index.row(), index.column()), column.text(record))
        wrong = self._wrong.get((index.row(), index.column()), "")
        if role == _ROLE.ToolTipRole:
            return tip_text(wrong)
        if role == _ROLE.AccessibleTextRole:
            return " ".join(f"{column.spoken or column.head}: {column.text(record)}. {wrong}".split())
        return self._look(index, column, record, role)

    def _look(self, index: Index, column: GridColumn[T], record: T, role: int) -> Any:
        if role == _ROLE.TextAlignmentRole:
            return _side(column) | Qt.AlignmentFlag.AlignVCenter
        if role == Role.SORT:
            return column.text(record) == "Yes" if column.kind is Kind.TICK else self._tone(index, record)
        return column.kind if role == Role.LOOK else None

    def _tone(self, index: Index, record: T) -> str:
        if (index.row(), index.column()) in self._wrong:
            return "bad"
        quiet = self.columns[index.column()].quiet
        return "muted" if quiet is not None and quiet(record) else "text"

    @override
    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        write = self.columns[index.column()].write
        if role != _ROLE.EditRole or write is None:
            return False
        try:
            made = write(self._records[index.row()], str(value))
        except BadInput as wrong:
            self.mark_wrong(index.row(), index.column(), str(wrong), str(value))
            return False
        if made != self._records[index.row()] or (index.row(), index.column()) in self._wrong:
            self.put(index.row(), made)
        return True

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == _ROLE.DisplayRole:
            return column.head
        return _side(column) | Qt.AlignmentFlag.AlignVCenter if role == _ROLE.TextAlignmentRole else None


def _side(column: GridColumn[Any]) -> Qt.AlignmentFlag:
    right = column.right or column.kind is Kind.NUMBER
    return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft


class GridTable(QTableView, Generic[T]):
    """The grid's view.

    Args:
        name: what a screen reader calls it.
        model: its model.
        toggle: what Space does to a record; None ticks the column the keyboard is in.
        search: the column whose words letters look for.

    Attributes:
        ended: where Return goes from cell to cell: what it does after the last one; None: it is the form's.
        left: Ctrl+Return was pressed in a cell, and what was typed there is kept.
    """

    left = Signal()

    def __init__(
        self,
        name: str,
        model: GridModel[T],
        toggle: Callable[[T], T] | None = None,
        search: int = 0,
    ) -> None:
        super().__init__()
        self.grid, self._toggle, self._search_in = model, toggle, search
        self._digits, self._word = "", ""
        self.ended: Callable[[], None] | None = None
        self._clock = QElapsedTimer()
        self.setModel(model)
        self.setAccessibleName(name)
        self._delegate = GridDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setMinimumSectionSize(8)
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(16)
        heads.setSectionsClickable(False)
        model.rowsInserted.connect(self.dress)
        model.rowsRemoved.connect(self.dress)
        self.dress()
        if model.rowCount():
            self.setCurrentIndex(model.index(0, search))

    def dress(self, *_: object) -> None:
        """Take row height, column widths and height from the theme."""
        now = theme.now()
        self.setFont(now.font())
        self.verticalHeader().setDefaultSectionSize(now.row)
        heads = self.horizontalHeader()
        for number, column in enumerate(self.grid.columns):
            if column.stretch:
                heads.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
            else:
                heads.resizeSection(number, self._width(column))
        lines = min(max(self.grid.rowCount(), 1), MOST_LINES)
        self.setFixedHeight(now.row * lines + heads.sizeHint().height() + 4)

    def toggle_row(self, row: int) -> None:
        """Do to a row what Space does."""
        if self._toggle is not None:
            self.grid.put(row, self._toggle(self.grid.record(row)))
            return
        index = self.currentIndex()
        if self.grid.columns[index.column()].kind is Kind.TICK:
            self.grid.setData(index, "No" if self.grid.data(index) == "Yes" else "Yes")

    def go_on(self) -> None:
        """Go to the next cell, then to the next line; after the last one `ended` says what happens."""
        index = self.currentIndex()
        at = index.row() * len(self.grid.columns) + index.column() + 1
        following = self.grid.index(*divmod(at, len(self.grid.columns)))
        if following.isValid():
            self.setCurrentIndex(following)
            self.setFocus()
        elif self.ended is not None:
            self.ended()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key, text = self.currentIndex(), event.key(), event.text()
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        enter = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and self.ended is not None and self.state() == QAbstractItemView.State.EditingState:
            # first the delegate keeps what is typed, by the event queue
            QTimer.singleShot(0, self.go_on if plain else self.left.emit)
            return
        if enter and plain and self.ended is not None:
            self.go_on()
            return
        if enter or key == Qt.Key.Key_Escape:
            event.ignore()  # they are the dialog's
            return
        column = self.grid.columns[index.column()] if index.isValid() else None
        if column is None or not plain or column.kind is Kind.TEXT:
            self._digits = ""
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self._digits = ""
            self._clock.invalidate()
            self.toggle_row(index.row())
        elif text.isascii() and text.isdigit():
            self._type_digit(text)
        elif key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self._set_number(self._digits[:-1] if key == Qt.Key.Key_Backspace else "")
        elif text.isprintable() and text:
            self._look_for(text)
        else:
            self._digits = ""
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._digits = ""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.grid.columns[index.column()].kind is Kind.TICK:
            self.toggle_row(index.row())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().fs(200), self.height())

    def _type_digit(self, digit: str) -> None:
        index = self.currentIndex()
        if self.grid.columns[index.column()].kind is not Kind.NUMBER:
            numbers = [n for n, one in enumerate(self.grid.columns) if one.kind is Kind.NUMBER]
            if not numbers:
                return
            self.setCurrentIndex(self.grid.index(index.row(), numbers[0]))
            self._digits = ""
        self._set_number((self._digits + digit)[-LONGEST:])

    def _set_number(self, digits: str) -> None:
        self._clock.invalidate()  # the next letter begins another word
        if self.grid.columns[self.currentIndex().column()].kind is Kind.NUMBER:
            self._digits = digits
            self.grid.setData(self.currentIndex(), digits or "0")

    def _look_for(self, letter: str) -> None:
        """Go to the line with a word that begins as typed; the same word again leads on to the next."""
        fresh = not self._clock.isValid() or self._clock.elapsed() > PAUSE_MS
        self._word = letter.casefold() if fresh else self._word + letter.casefold()
        self._clock.start()
        self._digits = ""
        rows, start = self.grid.rowCount(), self.currentIndex().row() + (1 if fresh else 0)
        for step in range(rows):
            row = (start + step) % rows
            words = str(self.grid.data(self.grid.index(row, self._search_in))).casefold()
            if words.startswith(self._word) or any(one.startswith(self._word) for one in words.split()):
                self.setCurrentIndex(self.grid.index(row, self.currentIndex().column()))
                return

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._digits = ""

    def _width(self, column: GridColumn[T]) -> int:
        now = theme.now()
        metrics = QFontMetrics(now.font())
        words = [column.sample, *(column.text(record) for record in self.grid.records())]
        widest = max((metrics.horizontalAdvance(text) for text in words), default=0)
        if column.kind is Kind.TICK:
            widest = now.fs(16)
        head = QFontMetrics(now.font("label")).horizontalAdvance(column.head)
        return max(widest, head) + 2 * now.px(PAD) + 2
