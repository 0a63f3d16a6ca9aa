"""A calm table: no grid, no stripes, no row numbers; widths from its words, sorted by its headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui import theme
from ui.delegates.cells import DELEGATES, PAD
from ui.itemmodels.columns import Look
from ui.itemmodels.records import RecordTableModel, Role, as_text
from ui.overrides import override

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent

    from ui.itemmodels.columns import Column

T = TypeVar("T")
WIDEST = 280  # pixels at 100 % text size; beyond this a column without a sample is cut
BADGE = 16
MEASURED = 200  # rows that a column without a sample is measured by


class RecordTable(QTableView, Generic[T]):
    """Records in a table. One row is chosen at a time; Enter or a double click opens it.

    Args:
        name: what a screen reader calls it.
        columns: what is shown.
        identity: what stays the same when a record changes, such as its id.

    Attributes:
        chosen: the row chosen is another one: (record or None,).
        opened: a row was opened: (record,).
        own_widths: widths that she gave columns by hand, by heading, in pixels at 100 % text size.
        sizing: the table itself is giving its columns their widths.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, name: str, columns: Sequence[Column[T]], identity: Callable[[T], Hashable]) -> None:
        super().__init__()
        self.sizing = self._sized = False
        self._columns, self._identity = tuple(columns), identity
        self.records = RecordTableModel(columns, identity, self)
        self.setModel(self.records)
        self.setAccessibleName(name)
        self._delegates = [DELEGATES[column.look](self) for column in columns]  # Qt does not own them
        for number, delegate in enumerate(self._delegates):
            self.setItemDelegateForColumn(number, delegate)
        self._settle_view()
        self.own_widths: dict[str, float] = {}
        self.records.modelReset.connect(self._size_columns)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.activated.connect(self._on_activated)
        self.dress()

    def dress(self) -> None:
        """Take row height and column widths from the theme."""
        self.setFont(theme.now().font())
        self.verticalHeader().setDefaultSectionSize(theme.now().row)
        self._size_columns()

    def show_records(self, records: Sequence[T]) -> None:
        """Show the answer of a query; the row chosen before stays chosen if it is still there.

        The eye keeps its place: the row chosen stays at the height where it stood, or, if she has scrolled
        away from it, the row at the top does.
        """
        before, place, self._sized = self.current(), self._place(), False
        self.records.show_records(records)
        if not self._sized:  # the same rows, perhaps with longer words
            self._size_columns()
        self._size_columns()  # the same rows may say more than before
        row = None if before is None else self.records.row_of(self._identity(before))
        if row is not None and row != self.currentIndex().row():
            self.setCurrentIndex(self.records.index(row, 0))
        if place is not None:
            self._go_back_to(*place)

    def current(self) -> T | None:
        """The record chosen."""
        record: T | None = self.currentIndex().data(Role.RECORD)
        return record

    def choose(self, identity: Hashable) -> None:
        """Choose a record and bring it into view."""
        row = self.records.row_of(identity)
        if row is not None:
            index = self.records.index(row, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def copy(self) -> None:
        """Copy what is shown as a table to paste elsewhere."""
        QGuiApplication.clipboard().setText(as_text(self._columns, self.records.shown()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _place(self) -> tuple[Hashable, int] | None:
        """What the eye holds on to, the row chosen if it is in view, else the one at the top; its height."""
        chosen, room = self.currentIndex(), self.viewport().rect()
        held = chosen if room.contains(self.visualRect(chosen).center()) else self.indexAt(room.topLeft())
        record: T | None = held.data(Role.RECORD)
        return None if record is None else (self._identity(record), self.visualRect(held).top())

    def _go_back_to(self, identity: Hashable, height: int) -> None:
        row = self.records.row_of(identity)
        if row is None:
            return
        self.executeDelayedItemsLayout()  # else the bar still has the range of the rows before
        self.verticalScrollBar().setValue(self.verticalHeader().sectionPosition(row) - height)

    def _settle_view(self) -> None:
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table; arrows move in it
        self.setMouseTracking(True)
        self.setSortingEnabled(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setMinimumSectionSize(8)
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(16)
        heads.setSortIndicatorClearable(True)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)  # as the query gave them, until she sorts

    def _size_columns(self) -> None:
        heads, now = self.horizontalHeader(), theme.now()
        self.sizing = True
        for number, column in enumerate(self._columns):
            if column.stretch:
                heads.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
            elif column.head in self.own_widths:
                heads.resizeSection(number, now.fs(self.own_widths[column.head]))
            else:
                heads.resizeSection(number, self._width(column) + 2 * now.px(PAD))
        self.sizing, self._sized = False, True

    def _width(self, column: Column[T]) -> int:
        now = theme.now()
        if column.look is Look.TICK:
            return now.fs(16)
        metrics = QFontMetrics(now.font("strong" if column.look is Look.STRONG else "body"))
        some = self.records.shown()[:MEASURED]
        words = [column.sample] if column.sample else [column.text(record) for record in some]
        widest = max((metrics.horizontalAdvance(text) for text in words), default=0)
        if not column.sample:
            widest = min(widest, now.fs(WIDEST))
        extra = BADGE if column.look is Look.STATE else 2
        head = QFontMetrics(now.font("label")).horizontalAdvance(column.head)
        return max(widest + extra, head + 2)

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(current.data(Role.RECORD))

    def _on_activated(self, index: QModelIndex) -> None:
        record: Any = index.data(Role.RECORD)
        if record is not None:
            self.opened.emit(record)
