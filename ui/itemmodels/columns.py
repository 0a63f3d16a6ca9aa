"""What a column is: one frozen description feeds heading, cell, sort, alignment, width and export (E10)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Look(StrEnum):
    """How a cell is drawn."""

    PLAIN = auto()
    STRONG = auto()
    MUTED = auto()
    MONEY = auto()
    STATE = auto()
    TICK = auto()


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column of records of type T.

    Attributes:
        head: its heading.
        text: the words in the cell.
        key: the value it sorts by: a number, a date, a folded text, or None for nothing.
        look: how it is drawn.
        right: aligned right, heading too; for numbers.
        sample: the longest words it must show whole; "" sizes it by heading and contents up to a limit.
        stretch: it takes what is left of the width; its text may be cut with "…", so it is for names.
        spoken: what a screen reader says, where that differs from the words.
        tip: its tooltip, "" for none.
        export: the value for a spreadsheet, where words, dates and money do not tell it already.
    """

    head: str
    text: Callable[[T], str]
    key: Callable[[T], Any]
    look: Look = Look.PLAIN
    right: bool = False
    sample: str = ""
    stretch: bool = False
    spoken: Callable[[T], str] | None = None
    tip: Callable[[T], str] | None = None
    export: Callable[[T], object] | None = None

    def cell(self, record: T) -> object:
        """The value for a spreadsheet. Money and dates are told by their look and their key."""
        if self.export is not None:
            return self.export(record)
        key = self.key(record)
        if self.look is Look.MONEY and isinstance(key, int):
            from reports.listing import Money  # only when something is exported

            return Money(key)
        return key if isinstance(key, dt.date) else self.text(record)
