"""The cells of a grid: a ring where the keyboard is, a box for a tick, red for what cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ui import theme
from ui.delegates.cells import Cell, CellDelegate, draw_box, draw_words
from ui.overrides import override

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    Index = QModelIndex | QPersistentModelIndex

MOST = 200
_ACROSS = Qt.Orientation.Horizontal


class GridDelegate(CellDelegate):
    """Draws any cell of a grid: the sort role says whether it is ticked, or the tone of its words."""

    ring = True

    @override
    def draw(self, painter: QPainter, cell: Cell) -> None:
        if isinstance(cell.value, bool):
            draw_box(painter, cell.rect, on=cell.value)
            return
        tone = str(cell.value)
        painter.setPen(theme.now().c(tone))
        if tone == "bad":
            painter.setFont(theme.now().font("strong"))
        draw_words(painter, cell)

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(MOST)
        editor.setFont(theme.now().font())
        editor.setAccessibleName(str(index.model().headerData(index.column(), _ACROSS)))
        return editor

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(2, 0, -2, -1))
