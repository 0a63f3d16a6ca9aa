"""What a cell may hold, kind by kind: from the cell to the typed value, and back (features 4 #6).

A cell is what a spreadsheet gives: text, a number, a date, a time, yes or no, or nothing. Numbers that Excel
keeps as 3.0 are whole; dates in text are read day first; money is in pounds in the cell and in pence in the
book. Every refusal is a sentence that says what was found and what was expected.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from models import gate
from models.calendar import KNOWN_YEARS, parse_year, year_label
from models.errors import BadInput
from models.exchange import schemewords
from models.exchange.columns import Column, Kind
from models.exchange.grid import Cell, Fault, Value
from models.formats import clock, folded, listed, long_date, parse_date, parse_pounds, parse_time, pounds

EMPTY = "empty"  # what a preview calls a cell with nothing in it
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})
EXACT = 6  # decimals that survive a spreadsheet's arithmetic: 0.1 + 0.2 is 0.30000000000000004 in a cell


def shown(cell: Cell) -> str:
    """A cell's content as it is quoted in a sentence, cut where it is long."""
    if isinstance(cell, dt.datetime):
        time = f", {clock(cell.time())}" if cell.time() != dt.time() else ""
        words = long_date(cell.date()) + time
    elif isinstance(cell, dt.date):
        words = long_date(cell)
    elif isinstance(cell, dt.time):
        words = clock(cell)
    elif isinstance(cell, Fault):
        words = cell.words
    else:
        words = " ".join(_plain(cell).split()) if cell is not None else ""
    return words if len(words) <= 60 else words[:59] + "…"


def is_empty(cell: Cell) -> bool:
    """True for a cell with nothing in it, or only with what the text gate drops."""
    if isinstance(cell, str):
        return not (cell.isprintable() and cell.strip()) and not gate.clean(cell)
    return cell is None


def read_cell(column: Column, cell: Cell) -> Any:
    """The value of a cell: None where it is empty; for a link, the key's text.

    Raises:
        BadInput: the cell does not hold what its column takes.
    """
    if isinstance(cell, Fault):
        raise BadInput(cell.words, column.field)
    if cell is None or is_empty(cell):
        return None
    return READERS[column.kind](column, cell)


def write_cell(column: Column, value: Any) -> Cell:
    """The cell of a value, typed as a spreadsheet wants it; links are given as their key's text."""
    if value is None or value == "":
        return None
    return WRITERS[column.kind](column, value)


def in_words(column: Column, value: Any) -> str:
    """A value as a preview shows it: `£100.00`, `14 March 2025`, `Paid`, or “empty”."""
    if value is None or value == "":
        return EMPTY
    if column.kind is Kind.MONEY:
        return pounds(value)
    if column.kind is Kind.DAY:
        return long_date(value)
    if column.kind is Kind.HOUR:
        return clock(value)
    if column.kind is Kind.CHOICE:
        return word_label(value)
    return shown(write_cell(column, value))


def word_label(word: StrEnum) -> str:
    """The words on screen for a stored word."""
    return str(getattr(word, "label", word.value.replace("_", " ").capitalize()))


def choice_cell(word: StrEnum) -> str:
    """A stored word in a cell: its label, or the letter where it is one, as in the attendance grid."""
    return word.value if len(word.value) == 1 else word_label(word)


def choice_cells(column: Column) -> tuple[str, ...]:
    """Every word that a column's drop-down offers."""
    if column.kind is Kind.FLAG:
        return "Yes", "No"
    if column.kind is Kind.SETTING:
        return schemewords.labels()
    return tuple(choice_cell(word) for word in column.words)


# -- from the cell


def _plain(cell: str | float) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    return str(cell)


def _text(column: Column, cell: Value) -> str | None:
    if isinstance(cell, dt.date | dt.time):
        raise BadInput(
            f"the spreadsheet has made this a date or time ({shown(cell)}): "
            "type an apostrophe (') first to keep it as text.",
            column.field,
        )
    return gate.clean(_plain(cell), lines=column.lines) or None


def _day(column: Column, cell: Value) -> dt.date:
    if isinstance(cell, str):
        return parse_date(cell, field=column.field)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        cell = cell.date()
    if type(cell) is dt.date:
        if cell.year in KNOWN_YEARS:
            return cell
        raise BadInput(
            f"{long_date(cell)} is not between {KNOWN_YEARS[0]} and {KNOWN_YEARS[-1]}: check the year.",
            column.field,
        )
    if isinstance(cell, dt.datetime):
        raise BadInput(f"“{shown(cell)}” is a date with a time: write only the date.", column.field)
    raise BadInput(
        f"“{shown(cell)}” is not a date: write it like 3/4/2025, in a cell formatted as a date.",
        column.field,
    )


def _hour(column: Column, cell: Value) -> dt.time:
    if isinstance(cell, dt.datetime):
        cell = cell.time()
    if isinstance(cell, float) and 0 < cell < 1:  # a time in a cell that is not formatted as one
        minutes = min(round(cell * 24 * 60), 24 * 60 - 1)
        return dt.time(*divmod(minutes, 60))
    if isinstance(cell, dt.time):
        return _whole_minute(cell)
    if isinstance(cell, bool | dt.date):
        raise BadInput(f"“{shown(cell)}” is not a time: write it like 1:15pm.", column.field)
    return parse_time(_plain(cell), column.field)


def _whole_minute(time: dt.time) -> dt.time:
    """The nearest minute: spreadsheets keep times as fractions, and 1:15pm may come as 13:14:59.999."""
    minutes = time.hour * 60 + time.minute + (time.second >= 30)
    return dt.time(*divmod(min(minutes, 24 * 60 - 1), 60))


def _money(column: Column, cell: Value) -> int:
    if isinstance(cell, bool | dt.date | dt.time):
        raise BadInput(f"“{shown(cell)}” is not an amount: write it like 100 or 100.50.", column.field)
    if isinstance(cell, float):
        cell = f"{cell:.{EXACT}f}".rstrip("0").rstrip(".")
    return parse_pounds(cell, column.field)


def _number(column: Column, cell: Value) -> int:
    if isinstance(cell, str):
        typed = gate.clean(cell, lines=False)
        digits = typed.replace(",", "").removeprefix("-").removesuffix(".0")
        if digits.isascii() and digits.isdigit() and len(digits) <= 15:
            return -int(digits) if typed.startswith("-") else int(digits)
    elif isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) < 1e15:
        whole = round(cell)
        if abs(cell - whole) < 10**-EXACT:
            return whole
    raise BadInput(f"“{shown(cell)}” is not a whole number.", column.field)


def _year(column: Column, cell: Value) -> int:
    if isinstance(cell, bool | dt.date | dt.time):
        raise BadInput(f"“{shown(cell)}” is not a school year: write it like 2024-25.", column.field)
    typed = gate.clean(_plain(cell), lines=False)
    try:
        return parse_year(typed)
    except BadInput as wrong:
        raise BadInput(str(wrong), column.field) from wrong


def _flag(column: Column, cell: Value) -> bool:
    typed = shown(cell).strip().casefold()
    if typed in YES:
        return True
    if typed in NO:
        return False
    raise BadInput(f"“{shown(cell)}” is neither yes nor no.", column.field)


def _folded(text: str) -> str:
    return " ".join(folded(text.replace("_", " ")).split())


def _choice(column: Column, cell: Value) -> StrEnum:
    typed = _folded(shown(cell))
    for word in column.words:
        if typed in {_folded(word.value), _folded(word_label(word))}:
            return word
    words = [f"“{choice}”" for choice in choice_cells(column)]
    raise BadInput(f"“{shown(cell)}” is not one of the words to choose from: {listed(words)}.", column.field)


def _setting(column: Column, cell: Value) -> str:
    return schemewords.key_of(_text(column, cell) or "", column.field)


READERS: Mapping[Kind, Callable[[Column, Value], Any]] = {
    Kind.TEXT: _text,
    Kind.DAY: _day,
    Kind.HOUR: _hour,
    Kind.MONEY: _money,
    Kind.NUMBER: _number,
    Kind.YEAR: _year,
    Kind.FLAG: _flag,
    Kind.CHOICE: _choice,
    Kind.LINK: _text,
    Kind.SETTING: _setting,
}


# -- to the cell


def _as_it_is(column: Column, value: Any) -> Cell:  # noqa: ARG001 - one signature for all writers
    cell: Cell = value
    return cell


WRITERS: Mapping[Kind, Callable[[Column, Any], Cell]] = {
    Kind.TEXT: _as_it_is,
    Kind.DAY: _as_it_is,
    Kind.HOUR: _as_it_is,
    Kind.MONEY: lambda _, value: value / 100,
    Kind.NUMBER: _as_it_is,
    Kind.YEAR: lambda _, value: year_label(value),
    Kind.FLAG: lambda _, value: "Yes" if value else "No",
    Kind.CHOICE: lambda _, value: choice_cell(value),
    Kind.LINK: _as_it_is,
    Kind.SETTING: lambda _, value: schemewords.label_of(value),
}
