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
    cells = [[col.get(row) for col in cols] for row in rows]
    wordy = {n for row in cells for n, value in enumerate(row) if n and len(said(value)) >= LONG}
    if not wordy:
        return [sheet.kit.table(cols, rows, look=look)]
    return [part for row in cells for part in _entry(sheet, cols, row, wordy)]


def _entry(
    sheet: Sheet, cols: Sequence[Col[Row]], cells: Sequence[Text | int | None], wordy: set[int]
) -> list[Flowable]:
    """A heading, the figures and what stands before the words, then the words below their labels."""
    kit, brief = sheet.kit, [n for n in range(1, len(cells)) if n not in wordy]
    first = [n for n in brief if n < min(wordy) or cols[n].align != "left"]
    story: list[Flowable] = [kit.heading(said(cells[0]), 3)]
    if first:
        words = " · ".join(f"{said(cols[n].title)}: {said(cells[n])}" for n in first)
        story.append(kit.text(words, SIZE))
    for above in story:
        above.keepWithNext = 1
    for n in sorted({*brief, *wordy} - {*first}):
        label = kit.text(said(cols[n].title), "source_bold")
        label.keepWithNext = 1
        story += [label, kit.text(pieces(cells[n]), SIZE)]
    return story
