"""The cells of a calm table: tint and hairline for the row, then words, money, a state or a tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ui import icons, theme
from ui.itemmodels.columns import Look
from ui.itemmodels.records import Role
from ui.overrides import override
from ui.widgets.badge import draw_badge
from ui.widgets.painted import draw_focus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    Index = QModelIndex | QPersistentModelIndex

PAD = 12
Align = Qt.AlignmentFlag
_ZERO = frozenset({None, 0})


class Cell(NamedTuple):
    """What a cell's painter is given: the room inside the padding, what to show, if its row is chosen."""

    rect: QRectF
    text: str
    value: object
    right: bool
    selected: bool


class CellDelegate(QStyledItemDelegate):
    """Words, drawn plainly. The base of the other cells.

    Attributes:
        ring: the focus is a ring round the cell (a grid) and not a bar at the row (a list).
    """

    ring = False

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now, rect = theme.now(), QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and not self.ring
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_row(painter, option, index, selected=selected)
        painter.setFont(now.font())
        painter.setPen(now.c("text"))
        align = index.data(Qt.ItemDataRole.TextAlignmentRole) or Align.AlignLeft
        cell = Cell(
            rect.adjusted(now.px(PAD), 0, -now.px(PAD), -1),
            str(index.data(Qt.ItemDataRole.DisplayRole) or ""),
            index.data(Role.SORT),
            bool(Align(align) & Align.AlignRight),
            selected,
        )
        self.draw(painter, cell)
        if self.ring and option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def draw(self, painter: QPainter, cell: Cell) -> None:
        """Draw what is in the cell; font and pen are set for plain words."""
        draw_words(painter, cell)

    def _draw_row(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, *, selected: bool
    ) -> None:
        now, rect = theme.now(), QRectF(option.rect)
        if selected:
            painter.fillRect(rect, now.c("accent_soft"))
            if index.column() == 0 and option.widget.hasFocus():
                painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), now.c("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, now.c("hover"))
        # tables hang into the margin, so their lines stop at the text's edge, not at the tint's
        left = now.px(PAD) if index.column() == 0 else 0
        right = now.px(PAD) if _is_last(option.widget, index) else 0
        line = rect.adjusted(left, 0, -right, 0)
        tops = [rect.top()] if index.row() == 0 else []
        for top in [*tops, rect.bottom() - 1]:
            painter.fillRect(QRectF(line.left(), top, line.width(), 1), now.c("line"))


def _is_last(view: QWidget, index: Index) -> bool:
    """Whether no column is shown after this one."""
    columns = range(index.column() + 1, index.model().columnCount())
    return not isinstance(view, QTableView) or all(view.isColumnHidden(column) for column in columns)


def draw_words(painter: QPainter, cell: Cell) -> None:
    """Words in the painter's font, cut with "…" where they do not fit: for names only."""
    room = int(cell.rect.width()) + 1
    shown = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, room)
    side = Align.AlignRight if cell.right else Align.AlignLeft
    painter.drawText(cell.rect, side | Align.AlignVCenter, shown)


class StrongDelegate(CellDelegate):
    """The fact a row is known by: a claim's number, a kit's code."""

    @override
    def draw(self, painter: QPainter, cell: Cell) -> None:
        painter.setFont(theme.now().font("strong"))
        draw_words(painter, cell)


class MutedDelegate(CellDelegate):
    """Something said beside the facts."""

    @override
    def draw(self, painter: QPainter, cell: Cell) -> None:
        painter.setPen(theme.now().c("muted"))
        draw_words(painter, cell)


class MoneyDelegate(CellDelegate):
    """An amount; nothing and zero are quiet, never blank."""

    @override
    def draw(self, painter: QPainter, cell: Cell) -> None:
        if cell.value in _ZERO:
            painter.setPen(theme.now().c("muted"))
        draw_words(painter, cell)


class StateDelegate(CellDelegate):
    """A state as a badge."""

    @override
    def draw(self, painter: QPainter, cell: Cell) -> None:
        if cell.text:
            draw_badge(painter, cell.text, cell.rect.left(), cell.rect.center().y(), selected=cell.selected)


class TickDelegate(CellDelegate):
    """A box that is ticked or not; the column's key is the truth of it: None has no box."""

    @override
    def draw(self, painter: QPainter, cell: Cell) -> None:
        if cell.value is not None:
            draw_box(painter, cell.rect, on=bool(cell.value))


def draw_box(painter: QPainter, rect: QRectF, *, on: bool) -> None:
    """A box that is ticked or not, at the left of `rect`."""
    now = theme.now()
    size = now.fs(16)
    box = QRectF(rect.left(), rect.center().y() - size / 2, size, size)
    painter.setPen(QPen(now.c("accent" if on else "edge"), 1.2))
    painter.setBrush(now.c("accent" if on else "sheet"))
    painter.drawRoundedRect(box, 4, 4)
    if on:
        icons.paint(painter, icons.Icon.CHECK, box.adjusted(1, 1, -1, -1), now.c("on_accent"), 2.6)


DELEGATES: Mapping[Look, type[CellDelegate]] = {
    Look.PLAIN: CellDelegate,
    Look.STRONG: StrongDelegate,
    Look.MUTED: MutedDelegate,
    Look.MONEY: MoneyDelegate,
    Look.STATE: StateDelegate,
    Look.TICK: TickDelegate,
}
