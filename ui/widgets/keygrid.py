"""A grid that is filled by single keys: a letter sets a cell, Space goes through what it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui import theme
from ui.overrides import override

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

Index = QModelIndex | QPersistentModelIndex
KEY = Qt.Key
_CLEARING = frozenset({KEY.Key_Delete, KEY.Key_Backspace, KEY.Key_Minus})


class KeyModel(QAbstractTableModel):
    """A table whose cells are set by keys. What a key means in a cell is the subclass's to say."""

    def press(self, index: Index, letter: str) -> bool:
        """Set a cell by a letter or digit; False if that means nothing there."""
        raise NotImplementedError

    def cycle(self, index: Index) -> bool:
        """Set a cell to the next of what it can be; False if it cannot be set."""
        raise NotImplementedError

    def wipe(self, index: Index) -> bool:
        """Empty a cell; False if it cannot be emptied."""
        raise NotImplementedError

    def written(self, index: Index) -> bool:
        """Whether the words of a cell are typed in an editor instead of being set by keys."""
        return bool(index.flags() & Qt.ItemFlag.ItemIsEditable)


class KeyGrid(QTableView):
    """A calm table with a ring round the current cell. Tab leaves it, arrows move in it.

    Args:
        name: what a screen reader calls it.
        model: what it shows.
        down: after a letter the ring goes to the next row; else to the next column, and so line by line.

    Attributes:
        entered: Enter was pressed on a cell that keys set: (its index,).
        moved: another cell is current: (its index,).
    """

    entered = Signal(object)
    moved = Signal(object)

    def __init__(self, name: str, model: KeyModel, *, down: bool) -> None:
        super().__init__()
        self._model, self._down = model, down
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)  # the ring says where one is
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setMinimumSectionSize(8)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(16)
        heads.setSectionsClickable(False)
        self.selectionModel().currentChanged.connect(self._on_current)

    def set_row_height(self, pixels: int) -> None:
        """How tall a row is, in pixels."""
        self.setFont(theme.now().font())
        self.verticalHeader().setDefaultSectionSize(pixels)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.MetaModifier
        )
        if not index.isValid() or not plain:
            super().keyPressEvent(event)
        elif key in {KEY.Key_Return, KEY.Key_Enter}:
            self._enter(index)
        elif key == KEY.Key_Space and not self._model.written(index):
            self._model.cycle(index)
        elif key in _CLEARING and not self._model.written(index):
            self._model.wipe(index)
        elif self._typed(index, event.text()):
            self.advance()
        elif not (event.text() and event.text().isprintable()) or self._model.written(index):
            super().keyPressEvent(event)  # arrows and the like; a letter that means nothing is not a search

    def advance(self) -> None:
        """Go on to the next cell to fill."""
        index = self.currentIndex()
        if self._down:
            following = self._model.index(index.row() + 1, index.column())
        else:
            following = self._model.index(index.row(), index.column() + 1)
        if following.isValid():
            self.setCurrentIndex(following)
        elif not self._down:
            self.next_line()

    def next_line(self) -> None:
        """Go to the first cell to fill of the next row."""
        following = self._model.index(self.currentIndex().row() + 1, self.first_column())
        if following.isValid():
            self.setCurrentIndex(following)

    def first_column(self) -> int:
        """The first column to fill."""
        return 1

    def _typed(self, index: QModelIndex, text: str) -> bool:
        return len(text) == 1 and not self._model.written(index) and self._model.press(index, text.upper())

    def _enter(self, index: QModelIndex) -> None:
        if self._model.written(index):
            self.edit(index)
        else:
            self.entered.emit(index)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        before = self.currentIndex()
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        again = index.isValid() and index == before
        if event.button() == Qt.MouseButton.LeftButton and again and not self._model.written(index):
            self._model.cycle(index)  # a second click on the same cell sets it, the first only goes there

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.moved.emit(current)
