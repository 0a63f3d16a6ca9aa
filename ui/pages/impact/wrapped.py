"""A column of a list whose words go on in further lines, so that a sentence can be read where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QTextLayout, QTextOption

from ui import theme
from ui.delegates.cells import Cell, CellDelegate
from ui.overrides import override

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont, QPainter
    from PySide6.QtWidgets import QTableView

AROUND = 14  # pixels above and below the lines together, at 100 % text size


def broken(words: str, font: QFont, width: float, most: int) -> list[str]:
    """Words in lines of a width, at most so many; the last ends with "…" if there is more."""
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    starts = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    lines = [words[a:b].strip() for a, b in zip(starts, [*starts[1:], len(words)], strict=True)]
    if len(lines) > most:
        rest = words[starts[most - 1] :]
        elided = QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, int(width))
        lines = [*lines[: most - 1], elided]
    return lines


class WrappedDelegate(CellDelegate):
    """Words in several lines, in the middle of the row's height.

    Attributes:
        lines: so many at most.
    """

    def __init__(self, parent: QObject, lines: int) -> None:
        super().__init__(parent)
        self.lines = lines

    @override
    def draw(self, painter: QPainter, cell: Cell) -> None:
        draw_lines(painter, cell, self.lines)


def draw_lines(painter: QPainter, cell: Cell, most: int) -> None:
    """Draw a cell's words in at most so many lines, in the painter's font."""
    lines = broken(cell.text, painter.font(), cell.rect.width(), most)
    step = painter.fontMetrics().lineSpacing()
    top = cell.rect.center().y() - step * len(lines) / 2
    for number, words in enumerate(lines):
        place = QRectF(cell.rect.left(), top + number * step, cell.rect.width() + 1, step)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


class Wrapped(QObject):
    """Gives some columns of a table their lines, and the rows their height.

    Args:
        table: the table.
        columns: the columns' numbers.
        most: so many lines at most.
    """

    def __init__(self, table: QTableView, columns: Sequence[int], most: int) -> None:
        super().__init__(table)
        self._table, self._most = table, most
        self._delegate = WrappedDelegate(table, most)  # Qt does not own it
        for column in columns:
            table.setItemDelegateForColumn(column, self._delegate)
        self.dress()

    def dress(self) -> None:
        """Take the height of a row from the theme."""
        now = theme.now()
        lines = QFontMetrics(now.font()).lineSpacing() * self._most
        rows = self._table.verticalHeader()
        rows.setMinimumSectionSize(lines + now.px(AROUND))  # the table's own height is then at least that
        rows.setDefaultSectionSize(lines + now.px(AROUND))
