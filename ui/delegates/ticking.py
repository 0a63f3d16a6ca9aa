"""Ticking rows of a table: a column of boxes, Space for the row chosen, Ctrl+A for all that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent

from ui.itemmodels.columns import Column, Look
from ui.itemmodels.records import Role
from ui.overrides import override

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable

    from PySide6.QtCore import QModelIndex

    from ui.delegates.table import RecordTable

T = TypeVar("T")
_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})


class Ticks(QObject, Generic[T]):
    """Which records are ticked. Its `column` goes into a table's columns, then it is tied to the table.

    Args:
        identity: what stays the same when a record changes, such as its id.
        may: whether a record can be ticked; one that cannot has no box.

    Attributes:
        changed: other records are ticked now.
    """

    changed = Signal()

    def __init__(
        self, identity: Callable[[T], Hashable], may: Callable[[T], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._identity, self._may = identity, may
        self._ticked: set[Hashable] = set()
        self._table: RecordTable[Any] | None = None

    @property
    def column(self) -> Column[T]:
        """The column of boxes."""
        return Column(
            "", text=lambda _record: "", key=self._box, look=Look.TICK, spoken=self._spoken
        )  # fmt: skip

    def tie(self, table: RecordTable[Any]) -> None:
        """Tick in this table."""
        self._table = table
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)

    def ticked(self) -> list[T]:
        """The records ticked, in the order of the list, those that a filter hides too."""
        if self._table is None:
            return []
        return [one for one in self._table.records.records() if self._identity(one) in self._ticked]

    def tick_only(self, identities: Collection[Hashable]) -> None:
        """Tick these records and no other."""
        self._ticked = set(identities)
        self._announce()

    def settle(self) -> None:
        """After other records are shown: forget those that are gone or cannot be ticked any more."""
        if self._table is not None:
            may = {self._identity(one) for one in self._table.records.records() if self._may(one)}
            if not self._ticked <= may:
                self._ticked &= may
                self._announce()

    def toggle(self, record: T) -> None:
        """Tick a record, or take its tick away."""
        if self._may(record):
            self._ticked ^= {self._identity(record)}
            self._announce()

    def toggle_shown(self) -> None:
        """Tick all that is shown; if all of it is ticked, none."""
        if self._table is not None:
            shown = {self._identity(one) for one in self._table.records.shown() if self._may(one)}
            self._ticked = self._ticked - shown if shown <= self._ticked else self._ticked | shown
            self._announce()

    # -- inside

    def _box(self, record: T) -> bool | None:
        return self._identity(record) in self._ticked if self._may(record) else None

    def _spoken(self, record: T) -> str:
        return {True: "ticked", False: "not ticked", None: ""}[self._box(record)]

    def _announce(self) -> None:
        if self._table is not None:
            self._table.viewport().update()
        self.changed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        table = self._table
        if table is None:
            return False
        if isinstance(event, QMouseEvent) and event.type() in _PRESSES and watched is table.viewport():
            return self._on_press(table.indexAt(event.position().toPoint()), event)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and watched is table:
            return self._on_key(table, event)
        return False

    def _on_press(self, index: QModelIndex, event: QMouseEvent) -> bool:
        if event.button() is not Qt.MouseButton.LeftButton or index.data(Role.LOOK) != Look.TICK:
            return False
        self.toggle(index.data(Role.RECORD))
        return True

    def _on_key(self, table: RecordTable[Any], event: QKeyEvent) -> bool:
        record = table.current()
        if event.key() == Qt.Key.Key_Space and record is not None:
            self.toggle(record)
            return True
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.toggle_shown()
            return True
        return False
