"""One table model for every kind of record, sorted and filtered by real values."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from ui.itemmodels.columns import Look
from ui.overrides import override
from ui.widgets.plain import tip_text

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from ui.itemmodels.columns import Column

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NO_INDEX = QModelIndex()


class Role(IntEnum):
    """Our own roles. RECORD is the record itself."""

    SORT = _ROLE.UserRole + 1
    RECORD = _ROLE.UserRole + 2
    LOOK = _ROLE.UserRole + 3


class RecordTableModel(QAbstractTableModel, Generic[T]):
    """Frozen records in rows, described columns across, sorted by the columns' keys and filtered by a test.

    It sorts and filters itself: a proxy would ask Python for every comparison (half a second for some
    thousand rows), and Qt's own comparison mis-sorts dates and amounts. A record with nothing in the column
    comes first.

    Args:
        columns: what is shown of a record.
        identity: what stays the same when a record changes, such as its id.
    """

    def __init__(
        self,
        columns: Sequence[Column[T]],
        identity: Callable[[T], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._identity = identity
        self._all: list[T] = []
        self._shown: list[T] = []
        self._rows: dict[Hashable, int] = {}
        self._wanted: Callable[[T], bool] | None = None
        self._sorted: tuple[int, bool] | None = None

    @property
    def columns(self) -> tuple[Column[T], ...]:
        """The columns."""
        return self._columns

    def records(self) -> list[T]:
        """All records, in the order of the query."""
        return list(self._all)

    def shown(self) -> list[T]:
        """The records in view, in their order: what is exported is what is shown."""
        return list(self._shown)

    def record(self, row: int) -> T:
        """The record of a row."""
        return self._shown[row]

    def row_of(self, identity: Hashable) -> int | None:
        """The row of a record; None if it is not in view."""
        return self._rows.get(identity)

    def show_records(self, records: Sequence[T]) -> None:
        """Show the answer of a query."""
        self._all = list(records)
        self._show(self._arranged())

    def keep_only(self, wanted: Callable[[T], bool] | None) -> None:
        """Show only records that pass the test; None shows all."""
        self._wanted = wanted
        self._show(self._arranged())

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 gives the order of the query back."""
        self._sorted = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        before = [(index, self._shown[index.row()]) for index in self.persistentIndexList()]
        self._take(self._arranged())
        for index, record in before:
            row = self.row_of(self._identity(record))
            moved = self.index(row, index.column()) if row is not None else QModelIndex()
            self.changePersistentIndex(index, moved)
        self.layoutChanged.emit()

    def _arranged(self) -> list[T]:
        found = self._all if self._wanted is None else [one for one in self._all if self._wanted(one)]
        if self._sorted is None:
            return list(found)
        column, turned = self._sorted
        key = self._columns[column].key
        return sorted(found, key=lambda one: _nothing_first(key(one)), reverse=turned)

    def _take(self, records: list[T]) -> None:
        self._shown = records
        self._rows = {self._identity(record): row for row, record in enumerate(records)}

    def _show(self, records: list[T]) -> None:
        """Show rows with the smallest notice that is true.

        The same records in the same order: only rows that differ are announced, so that selection, scroll
        position and an open menu stay. Anything else is a reset.
        """
        same = len(records) == len(self._shown) and all(
            self._identity(new) == self._identity(old) for new, old in zip(records, self._shown, strict=True)
        )
        if not same:
            self.beginResetModel()
            self._take(records)
            self.endResetModel()
            return
        for row, record in enumerate(records):
            if record != self._shown[row]:
                self._shown[row] = record
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._columns) - 1))

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        read = _READERS.get(role)
        return read(self._columns[index.column()], self._shown[index.row()]) if read else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == _ROLE.DisplayRole:
            return column.head
        return _alignment(column) if role == _ROLE.TextAlignmentRole else None


def _alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _display(column: Column[T], record: T) -> str:
    return "" if column.look is Look.TICK else column.text(record)


def _spoken(column: Column[T], record: T) -> str:
    return column.spoken(record) if column.spoken else column.text(record)


def _tip(column: Column[T], record: T) -> str | None:
    return tip_text(column.tip(record)) if column.tip else None


_READERS: dict[int, Callable[[Column[Any], Any], Any]] = {
    _ROLE.DisplayRole: _display,
    _ROLE.AccessibleTextRole: _spoken,
    _ROLE.ToolTipRole: _tip,
    _ROLE.TextAlignmentRole: lambda column, _: _alignment(column),
    Role.SORT: lambda column, record: column.key(record),
    Role.RECORD: lambda _, record: record,
    Role.LOOK: lambda column, _: column.look,
}


def _nothing_first(key: Any) -> tuple[bool, Any]:
    return (False, 0) if key is None else (True, key)


def as_text(columns: Sequence[Column[T]], records: Sequence[T]) -> str:
    """Records as a table to paste elsewhere: headings, then a line each, split by tabs.

    A column without a heading, such as one of boxes to tick, says nothing elsewhere.
    """
    told = [column for column in columns if column.head]
    lines = [[column.head for column in told]]
    lines += [[column.text(record) for column in told] for record in records]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
