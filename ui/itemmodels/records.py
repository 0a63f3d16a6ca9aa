"""One table model for every kind of record, and the proxy that sorts and filters by real values."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
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
    """Our own roles. RECORD is the record itself, the same through any proxy."""

    SORT = _ROLE.UserRole + 1
    RECORD = _ROLE.UserRole + 2
    LOOK = _ROLE.UserRole + 3


class RecordTableModel(QAbstractTableModel, Generic[T]):
    """Frozen records in rows, described columns across.

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
        self._records: list[T] = []

    @property
    def columns(self) -> tuple[Column[T], ...]:
        """The columns."""
        return self._columns

    def records(self) -> list[T]:
        """The records, in the order of the rows."""
        return list(self._records)

    def record(self, row: int) -> T:
        """The record of a row of this model (not of a proxy on it)."""
        return self._records[row]

    def row_of(self, identity: Hashable) -> int | None:
        """The row of a record, or None."""
        return next((n for n, record in enumerate(self._records) if self._identity(record) == identity), None)

    def show_records(self, records: Sequence[T]) -> None:
        """Show the answer of a query, with the smallest notice that is true.

        The same records in the same order: only rows that differ are announced, so that selection, scroll
        position and an open menu stay. Anything else is a reset.
        """
        same = len(records) == len(self._records) and all(
            self._identity(new) == self._identity(old)
            for new, old in zip(records, self._records, strict=True)
        )
        if not same:
            self.beginResetModel()
            self._records = list(records)
            self.endResetModel()
            return
        for row, record in enumerate(records):
            if record != self._records[row]:
                self._records[row] = record
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._columns) - 1))

    def append(self, record: T) -> None:
        """Add a record at the end."""
        row = len(self._records)
        self.beginInsertRows(QModelIndex(), row, row)
        self._records.append(record)
        self.endInsertRows()

    def remove(self, identity: Hashable) -> None:
        """Take a record out."""
        row = self.row_of(identity)
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._records[row]
            self.endRemoveRows()

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._records)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        read = _READERS.get(role)
        return read(self._columns[index.column()], self._records[index.row()]) if read else None

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


class SortProxy(QSortFilterProxyModel):
    """Sorts by the columns' keys, compared in Python, and filters by a test on the record.

    Qt's own proxy mis-sorts dates and amounts. A row with nothing in the column comes first, either way round
    only because the order is turned as a whole. It must not be a child of its source: Qt would then take the
    source away first, and the process dies with it.
    """

    def __init__(self, source: RecordTableModel[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: Callable[[Any], bool] | None = None
        self.setSourceModel(source)
        self.setSortRole(Role.SORT)

    def keep_only(self, wanted: Callable[[Any], bool] | None) -> None:
        """Show only records that pass the test; None shows all."""
        self._wanted = wanted
        self.invalidate()

    def shown(self) -> list[Any]:
        """The records in view, in their order: what is exported is what is shown."""
        return [self.index(row, 0).data(Role.RECORD) for row in range(self.rowCount())]

    @override
    def lessThan(self, left: Index, right: Index) -> bool:
        first, second = left.data(Role.SORT), right.data(Role.SORT)
        if first is None or second is None:
            return first is None and second is not None
        return bool(first < second)

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if self._wanted is None:
            return True
        index = self.sourceModel().index(source_row, 0, source_parent)
        return self._wanted(index.data(Role.RECORD))


def as_text(columns: Sequence[Column[T]], records: Sequence[T]) -> str:
    """Records as a table to paste elsewhere: headings, then a line each, split by tabs."""
    lines = [[column.head for column in columns]]
    lines += [[column.text(record) for column in columns] for record in records]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
