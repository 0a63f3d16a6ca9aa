"""A grid of things down and schools across, with its keyboard: the roll-out matrix and the map of gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui import theme
from ui.overrides import override

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QAbstractItemDelegate

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
THING, FIRST = 0, 1  # the column of the things, and the first school's
_HEAD = 10  # pixels that Qt keeps free in a heading besides its padding
_ROLE = Qt.ItemDataRole


class AcrossModel(QAbstractTableModel):
    """Its shape and its headings; what stands in it is the heir's.

    Attributes:
        schools: id and name of each school across.
    """

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._heading = heading
        self.schools: tuple[tuple[int, str], ...] = ()

    def keys(self) -> Sequence[int]:
        """What tells the things down from each other, in order."""
        raise NotImplementedError

    def school(self, index: Index) -> str:
        """The school of an index's column; "" on a thing."""
        return self.schools[index.column() - FIRST][1] if index.column() >= FIRST else ""

    def place_of(self, thing: int, school_id: int = 0) -> QModelIndex:
        """Where a thing, or a thing at a school, is shown; no index if it is not."""
        keys = list(self.keys())
        if thing not in keys:
            return QModelIndex()
        column = next((n for n, (key, _) in enumerate(self.schools) if key == school_id), 0)
        return self.index(keys.index(thing), column + FIRST)

    def announce(self) -> None:
        """Say that cells differ, where things and schools are the same as before."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    @override
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.keys())

    @override
    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else FIRST + len(self.schools)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role in {_ROLE.DisplayRole, _ROLE.ToolTipRole}:
            return self._heading if section == THING else self.schools[section - FIRST][1]
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return side if role == _ROLE.TextAlignmentRole else None


class AcrossGrid(QTableView):
    """The view. Arrows move, Enter or a double click on a cell asks what it is.

    Attributes:
        first_entered: the first column that Enter and a double click mean.
        entered: Enter was pressed on a cell: (its index,).
        moved: another cell is current: (its index,).
    """

    first_entered = FIRST
    entered = Signal(object)
    moved = Signal(object)

    def __init__(self, model: AcrossModel, spoken: str, delegate: type[QAbstractItemDelegate]) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setAccessibleName(spoken)
        self._delegate = delegate(self)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setMinimumSectionSize(8)
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setMinimumSectionSize(16)
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.selectionModel().currentChanged.connect(self._on_current)
        model.modelReset.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """Take sizes from the theme."""
        raise NotImplementedError

    def heads(self) -> dict[int, int]:
        """How many pixels the name of each school takes in its heading."""
        label, more = QFontMetrics(theme.now().font("label")), theme.now().px(_HEAD)
        schools = enumerate(self._model.schools, FIRST)
        return {column: label.horizontalAdvance(name) + more for column, (_, name) in schools}

    def share(self, schools: Mapping[int, int], least: int) -> None:
        """Give each school's column its width in pixels, and the things what is left, at least `least`."""
        heads = self.horizontalHeader()
        for column, width in schools.items():
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            heads.resizeSection(column, width)
        heads.setSectionResizeMode(THING, QHeaderView.ResizeMode.Interactive)
        heads.resizeSection(
            THING, max(self.viewport().width() - sum(schools.values()), theme.now().fs(least))
        )

    def is_entry(self, index: Index) -> bool:
        """Can Enter and a double click mean this?"""
        return index.isValid() and index.column() >= self.first_entered

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if self.is_entry(index) and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(index)
        else:
            super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self.is_entry(index):
            self.entered.emit(index)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.dress()

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.moved.emit(current)
