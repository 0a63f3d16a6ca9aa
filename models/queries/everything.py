"""The whole book as rows of cells, sheet by sheet: what an export writes and an import reads back.

Nothing in it depends on the numbers that rows have in the file: the same content gives the same rows.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct
from sqlmodel import Session

from models.exchange.book import Book, Fields
from models.exchange.cells import read_cell, write_cell
from models.exchange.columns import Column, columns, key_columns
from models.exchange.grid import Cell
from models.exchange.sheets import SHEETS, Sheet
from models.services.sample import sample_rows

Cells = tuple[Cell, ...]
FIRST_FEW = 5


class SheetRows(Struct, frozen=True):
    """The rows of one sheet: cells in the order of `columns(sheet)`, rows in the order of their keys."""

    sheet: Sheet
    rows: tuple[Cells, ...]


def everything(session: Session) -> tuple[SheetRows, ...]:
    """Every sheet of the book, in the order of `SHEETS`, those without rows too."""
    book = Book(session)
    return tuple(SheetRows(sheet, _rows(book, sheet)) for sheet in SHEETS)


def _rows(book: Book, sheet: Sheet) -> tuple[Cells, ...]:
    keyed = []
    for fields in book.rows(sheet).by_id.values():
        key = _cells(book, key_columns(sheet), fields)
        cells = _cells(book, columns(sheet), fields)
        keyed.append((_order(key), _order(cells), cells))
    return tuple(cells for _, _, cells in sorted(keyed, key=lambda row: row[:2]))


def _cells(book: Book, of: tuple[Column, ...], fields: Fields) -> Cells:
    return tuple(write_cell(column, book.cell_value(column, fields[column.field])) for column in of)


def _order(cells: Cells) -> tuple[tuple[int, float, str, str], ...]:
    """Cells as something to sort by: empty before numbers, dates, times and text."""
    return tuple(_rank(cell) for cell in cells)


def _rank(cell: Cell) -> tuple[int, float, str, str]:
    if isinstance(cell, int | float):
        return 1, cell, "", ""
    if isinstance(cell, dt.date):
        return 2, cell.toordinal(), "", ""
    if isinstance(cell, dt.time):
        return 3, cell.hour * 60 + cell.minute, "", ""
    return (4, 0, cell.casefold(), cell) if isinstance(cell, str) else (0, 0, "", "")


def example(sheet: Sheet) -> Cells:
    """A row of the sample cluster, to show how a sheet is filled in: the fullest of the first few."""
    heading, *rows = sample_rows(sheet)
    if not rows:
        return ()
    fullest = max(rows[:FIRST_FEW], key=lambda row: sum(cell not in {"", "0"} for cell in row.cells))
    typed = dict(zip(heading.cells, fullest.cells, strict=False))
    return tuple(write_cell(c, read_cell(c, typed.get(c.heading))) for c in columns(sheet))
