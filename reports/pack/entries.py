"""Records with words: a table, and where the words are long, one below the other at full width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from reportlab.platypus import Flowable

from reports.kit import Col, Piece, TableLook, Text
from reports.kit.text import Break, plain
from reports.pack.sheet import Sheet

Row = TypeVar("Row")
LONG = 300
"""Letters in one cell, from which on its column is too narrow to read it in."""
SIZE = "cell_roomy_left"


def pieces(value: Text | int | None) -> list[Piece]:
    """What a cell says, in its pieces."""
    if value is None or isinstance(value, int):
        return [] if value is None else [str(value)]
    return [value] if isinstance(value, Piece) else list(value)


def said(value: Text | int | None) -> str:
    """What a cell says on one line: what stands on two lines there is parted by a comma."""
    parts = [", " if isinstance(part, Break) else plain(part) for part in pieces(value)]
    return "".join(parts).strip()


def named(col: Col[Row]) -> str:
    """A column's title on one line."""
    return "".join(" " if isinstance(part, Break) else plain(part) for part in pieces(col.title)).strip()


def entries(
    sheet: Sheet, cols: Sequence[Col[Row]], rows: Sequence[Row], look: TableLook | None = None
) -> list[Flowable]:
    """The records as a table, or below each other where a text of theirs is long.

    Args:
        sheet: the kit.
        cols: the columns; the first one names the record.
        rows: the records.
        look: of the table.
    """
    return below(sheet, cols, rows) if is_wordy(cols, rows) else [sheet.kit.table(cols, rows, look=look)]


def is_wordy(cols: Sequence[Col[Row]], rows: Sequence[Row]) -> bool:
    """Whether a text of some record is too long for its column."""
    return bool(_wordy(cols, [[col.get(row) for col in cols] for row in rows]))


def below(sheet: Sheet, cols: Sequence[Col[Row]], rows: Sequence[Row]) -> list[Flowable]:
    """The records below each other, each with the names of the columns."""
    cells = [[col.get(row) for col in cols] for row in rows]
    wordy = _wordy(cols, cells)
    return [part for row in cells for part in _entry(sheet, cols, row, wordy)]


def _wordy(cols: Sequence[Col[Row]], cells: Sequence[Sequence[Text | int | None]]) -> set[int]:
    """The numbers of the columns that have a long text; the first names the record."""
    return {n for n in range(1, len(cols)) if any(len(said(row[n])) >= LONG for row in cells)}


def _entry(
    sheet: Sheet, cols: Sequence[Col[Row]], cells: Sequence[Text | int | None], wordy: set[int]
) -> list[Flowable]:
    """A heading, the figures and what stands before the words, then the words below their labels."""
    kit, brief = sheet.kit, [n for n in range(1, len(cells)) if n not in wordy]
    first = [n for n in brief if n < min(wordy, default=0) or cols[n].align != "left"]
    story: list[Flowable] = [kit.heading(said(cells[0]), 3)]
    if first:
        words = " · ".join(f"{named(cols[n]).rstrip('?')}:\u00a0{said(cells[n])}" for n in first)
        story.append(kit.text(words, SIZE))
    for above in story:
        above.keepWithNext = 1
    for n in sorted({*brief, *wordy} - {*first}):
        label = kit.text(named(cols[n]), "source_bold")
        label.keepWithNext = 1
        story += [label, kit.text(pieces(cells[n]), SIZE)]
    return story
