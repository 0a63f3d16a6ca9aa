"""A workbook's content as plain values: rows of cells. Knows nothing of the book, so that it loads fast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from msgspec import Struct


class Fault(Struct, frozen=True):
    """A cell without a value that could be used: an error such as #REF!, or a formula never worked out."""

    words: str


Value = str | int | float | bool | dt.date | dt.time
Cell = Value | Fault | None
"""What a cell holds. A moment (`datetime`) is a date too; it passes only where its time is midnight."""


class Row(Struct, frozen=True):
    """One row of a sheet: its number there, and its cells from column A on."""

    number: int
    cells: tuple[Cell, ...]


Sheets = Mapping[str, Sequence[Row]]
"""A workbook: the rows of each sheet that have anything in them, by the sheet's name."""


def letters(place: int) -> str:
    """The letters above a column: A for 0, AA for 26."""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)
