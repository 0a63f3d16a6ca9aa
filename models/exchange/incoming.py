"""A sheet as it came: headings found, blank and example rows left aside, dates judged."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct, field

from models import gate
from models.errors import BadInput
from models.exchange.cells import is_empty, shown
from models.exchange.columns import Column, Kind, columns
from models.exchange.grid import Cell, Row, letters
from models.exchange.preview import DateNote, Problem
from models.exchange.sheets import SHEETS, Sheet
from models.formats import folded, listed, long_date, parse_date

EXAMPLE = "EXAMPLE: "  # how the first cell of an example row begins
GUIDE, LISTS = "Guide", "Lists"  # sheets that hold no rows
_FIGURES = re.compile(r"\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](?:\d{4}|\d{2})\s*", re.ASCII)
NAMED_ROWS = 5  # so many row numbers in a sentence; more is noise


class IncomingRow(Struct, frozen=True):
    """One row: its number in the sheet and its cells by field."""

    number: int
    cells: Mapping[str, Cell]


class Incoming(Struct, frozen=True):
    """What a sheet brings: the columns it has, its rows, and what is wrong with it as a whole."""

    sheet: Sheet
    columns: tuple[Column, ...] = ()
    rows: tuple[IncomingRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    dates: tuple[DateNote, ...] = field(default=())


def _folded(text: str) -> str:
    return folded(gate.clean(text, lines=False))


def known_sheets(sheets: Iterable[str]) -> tuple[dict[str, Sheet], list[Problem]]:
    """Which of the workbook's sheets are ours, by their names there; and a sentence for each that is not."""
    names = {_folded(sheet.title): sheet for sheet in SHEETS}
    aside = {_folded(GUIDE), _folded(LISTS)}
    known: dict[str, Sheet] = {}
    problems = []
    for title in sheets:
        plain = _folded(title)
        if plain in aside:
            continue
        if plain in names and names[plain] in known.values():
            problems.append(Problem(title, 0, "", "this sheet is there twice."))
            continue
        if plain in names:
            known[title] = names[plain]
            continue
        near = get_close_matches(plain, names, 1)
        hint = f"did you mean “{names[near[0]].title}”?" if near else "the Guide sheet lists those there are."
        problems.append(Problem(title, 0, "", f"no sheet of a book has this name: {hint}"))
    return known, problems


def is_blank(rows: Sequence[Row]) -> bool:
    """True for a sheet with nothing on it, such as the Sheet1 that spreadsheets add by themselves."""
    return all(is_empty(cell) for row in rows for cell in row.cells)


def is_example(first: Cell) -> bool:
    """True for the first cell of a row that only shows how to fill the sheet in.

    A space in front makes it an ordinary row: so an export writes a text that happens to begin alike.
    """
    return isinstance(first, str) and first.upper().startswith(EXAMPLE.strip())


def take_in(sheet: Sheet, rows: Sequence[Row]) -> Incoming:
    """Sort out the headings and rows of a sheet."""
    filled = [row for row in rows if not all(is_empty(cell) for cell in row.cells)]
    if not filled:
        return Incoming(sheet)
    heading, *body = filled
    places, problems = _places(sheet, heading)
    if not places:
        first = listed([f"“{column.heading}”" for column in columns(sheet)[:3]])
        wrong = Problem(
            sheet.title, heading.number, "", f"this row should hold the headings, such as {first}."
        )
        return Incoming(sheet, problems=(wrong,))
    body = [row for row in body if not is_example(row.cells[0])]
    problems += _strays(sheet, heading, body)
    taken = tuple(
        IncomingRow(row.number, {column.field: _at(row, place) for place, column in places.items()})
        for row in body
    )
    notes = []
    for column in places.values():
        if column.kind is Kind.DAY:
            wrong_order, note = _judge_dates(sheet, column, taken)
            problems += wrong_order
            notes += note
    return Incoming(sheet, tuple(places.values()), taken, tuple(problems), tuple(notes))


def _at(row: Row, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else None


def _places(sheet: Sheet, heading: Row) -> tuple[dict[int, Column], list[Problem]]:
    names = {_folded(column.heading): column for column in columns(sheet)}
    places: dict[int, Column] = {}
    problems = []
    for place, cell in enumerate(heading.cells):
        if is_empty(cell):
            continue
        plain = _folded(shown(cell)).rstrip(" *:")
        column = names.get(plain)
        if column is None:
            near = get_close_matches(plain, names, 1)
            hint = (
                f"did you mean “{names[near[0]].heading}”?"
                if near
                else "the Guide sheet lists those there are."
            )
            problems.append(
                Problem(sheet.title, heading.number, shown(cell), f"this sheet has no such column: {hint}")
            )
        elif column in places.values():
            problems.append(
                Problem(sheet.title, heading.number, column.heading, "this heading is there twice.")
            )
        else:
            places[place] = column
    return places, problems


def _strays(sheet: Sheet, heading: Row, body: Sequence[Row]) -> list[Problem]:
    """Cells below no heading: what they mean nobody can know."""
    named = {place for place, cell in enumerate(heading.cells) if not is_empty(cell)}
    for row in body:
        for place, cell in enumerate(row.cells):
            if place not in named and not is_empty(cell):
                words = f"“{shown(cell)}” stands below no heading: give its column one, or clear it."
                return [Problem(sheet.title, row.number, letters(place), words)]
    return []


# -- dates typed as text


def _judge_dates(
    sheet: Sheet, column: Column, rows: Sequence[IncomingRow]
) -> tuple[list[Problem], list[DateNote]]:
    """Dates in figures are day first; a column with any other order is refused (features 4 #6)."""
    day_first: list[IncomingRow] = []
    month_first: list[IncomingRow] = []
    either: list[IncomingRow] = []
    for row in rows:
        cell = row.cells[column.field]
        found = _FIGURES.fullmatch(cell) if isinstance(cell, str) else None
        if found:
            first, second = int(found[1]), int(found[2])
            kind = month_first if second > 12 >= first else day_first if first > 12 >= second else either
            kind.append(row)
    if month_first:
        sentence = f"the month stands first in {_rows(month_first)}"
        if day_first:
            sentence += f", the day in {_rows(day_first)}"
        sentence += ": write every date of the column with the day first, such as 13/4/2025."
        return [Problem(sheet.title, 0, column.heading, sentence)], []
    for row in either:
        typed = str(row.cells[column.field]).strip()
        with contextlib.suppress(BadInput):  # the row itself will say so
            example = f"{typed} in row {row.number} is {long_date(parse_date(typed))}"
            return [], [DateNote(sheet.title, column.heading, example)]
    return [], []


def _rows(rows: Sequence[IncomingRow]) -> str:
    numbers = [str(row.number) for row in rows[:NAMED_ROWS]]
    more = len(rows) - len(numbers)
    named = listed([*numbers, f"{more} more"] if more else numbers)
    return f"row {named}" if len(rows) == 1 else f"rows {named}"
