"""Workbooks that leave the app: the blank template, and an export of everything (features 4 #5 to #7).

Same content, same bytes: nothing in the file tells when it was made. A text that begins with “=” stays a text
(safety.md, finding 9), and what does not fit in a cell is refused, never cut.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # it is annotated, but does not say so

from models import gate
from models.calendar import year_label
from models.errors import Refused
from models.exchange.cells import choice_cells, shown
from models.exchange.columns import Column, Kind, columns
from models.exchange.grid import Cell, Fault, letters
from models.exchange.incoming import EXAMPLE, GUIDE, LISTS, is_example
from models.exchange.sheets import BY_TABLE, SHEETS, Sheet
from models.queries.everything import Cells, SheetRows, example
from reports import workbook_guide as guide
from reports.disk import write_atomic
from reports.workbook_looks import Looks, looks, width

GUIDE_WIDTHS = (28, 22, 88, 42)  # characters
LINE = 15  # points
CELL_TEXT = 32_767  # UTF-16 units that fit in a cell
READY_ROWS = 2_000  # rows below the headings that have drop-downs
MORE_ROWS = 500  # such rows below the last one of an export
FIRST_YEAR, LAST_YEAR = 2010, 2039  # school years that the drop-down offers
NO_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - spreadsheets know no time zones
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_template(path: Path) -> None:
    """Write the blank workbook: a Guide, and every sheet with its headings and one example row.

    Raises:
        Refused: the file cannot be written there.
    """
    _write(path, [SheetRows(sheet, ()) for sheet in SHEETS], template=True)


def write_export(path: Path, everything: Sequence[SheetRows]) -> None:
    """Write the whole book, from `models.queries.everything`.

    Raises:
        Refused: a text does not fit in a cell, or the file cannot be written there.
    """
    _write(path, everything, template=False)


@contextmanager
def _room_to_write(path: Path) -> Iterator[None]:
    """XlsxWriter puts its parts into temporary files first, with an error of its own if they do not fit."""
    try:
        yield
    except (xlsxwriter.exceptions.FileCreateError, OSError) as wrong:
        raise Refused(f"There is no room on this computer to write {path}: make room first.") from wrong


def _write(path: Path, everything: Sequence[SheetRows], *, template: bool) -> None:
    data = io.BytesIO()
    with _room_to_write(path), xlsxwriter.Workbook(data, OPTIONS) as book:
        book.set_properties({"title": "Clusterbook", "created": NO_TIME})
        painter = _Painter(book, looks(book), _lists(), template=template)
        painter.guide()
        for rows in everything:
            painter.sheet(rows)
        painter.lists()
    try:
        write_atomic(path, data.getvalue())
    except OSError as wrong:
        raise Refused(
            f"{path} cannot be written ({wrong.strerror or wrong}): close it in other programs, or choose "
            "another folder."
        ) from wrong


# -- the drop-downs' words


@dataclass(frozen=True)
class WordList:
    """The words of one drop-down, and where they stand on the hidden sheet."""

    words: tuple[str, ...]
    column: int

    @property
    def range(self) -> str:
        """The cells that hold them, for a drop-down."""
        letter = letters(self.column)
        return f"='{LISTS}'!${letter}$1:${letter}${len(self.words)}"


def _lists() -> dict[tuple[str, ...], WordList]:
    """Every list of words that any column offers, once each."""
    offered = [_offered(column) for sheet in SHEETS for column in columns(sheet)]
    unlike = dict.fromkeys(words for words in offered if words)
    return {words: WordList(words, place) for place, words in enumerate(unlike)}


def _offered(column: Column) -> tuple[str, ...]:
    if column.kind is Kind.YEAR:
        return tuple(year_label(year) for year in range(FIRST_YEAR, LAST_YEAR + 1))
    return choice_cells(column) if column.kind in {Kind.CHOICE, Kind.FLAG, Kind.SETTING} else ()


# -- the sheets


class _Painter:
    """Fills one workbook, sheet by sheet."""

    def __init__(
        self, book: Any, styles: Looks, lists: dict[tuple[str, ...], WordList], *, template: bool
    ) -> None:
        self.book = book
        self.looks = styles
        self.words = lists
        self.template = template
        self.first = 2 if template else 1  # the first row of one's own, counted from 0

    def guide(self) -> None:
        """The sheet that says how to fill in the others."""
        page = self.book.add_worksheet(GUIDE)
        page.hide_gridlines(2)
        for place, chars in enumerate(GUIDE_WIDTHS):
            page.set_column(place, place, chars + 2)
        row = 0
        page.write_string(row, 0, guide.TITLE, self.looks.title)
        for number, step in enumerate(guide.steps(template=self.template), 1):
            row += 1
            page.set_row(row, LINE * (1 + len(step) // (sum(GUIDE_WIDTHS) - 40)))
            page.merge_range(row, 0, row, 3, f"{number}.  {step}", self.looks.step)
        sheets = ((line.title, line.start, line.about, line.key) for line in guide.sheet_lines())
        row = self._table(page, row + 2, (guide.ABOUT_SHEETS,), guide.SHEETS_HEAD, sheets)
        settings = ((line.label, line.value, line.guidance, line.source) for line in guide.setting_lines())
        self._table(page, row + 1, guide.ABOUT_SETTINGS, guide.SETTINGS_HEAD, settings)
        _for_printing(page)

    def _table(
        self, page: Any, row: int, about: Sequence[str], head: Sequence[str], lines: Iterable[Sequence[str]]
    ) -> int:
        """A table of the Guide, below its title and what else there is to say; the first row below it."""
        page.write_string(row, 0, about[0], self.looks.section)
        for sentence in about[1:]:
            row += 1
            page.write_string(row, 0, sentence)
        page.write_row(row + 1, 0, head, self.looks.guide_head)
        row += 2
        for line in lines:
            lines_needed = (1 + len(words) // chars for words, chars in zip(line, GUIDE_WIDTHS, strict=True))
            page.set_row(row, LINE * max(lines_needed))
            for place, words in enumerate(line):
                page.write_string(row, place, words, self.looks.guide_cell)
            row += 1
        return row + 1

    def sheet(self, rows: SheetRows) -> None:
        """One sheet of rows."""
        sheet, fields = rows.sheet, columns(rows.sheet)
        page = self.book.add_worksheet(sheet.title)
        page.freeze_panes(1, 1)
        page.set_tab_color(self.looks.accent if sheet.title in guide.START_WITH else self.looks.quiet)
        last = max(READY_ROWS, self.first + len(rows.rows) + MORE_ROWS)
        for place, column in enumerate(fields):
            page.set_column(place, place, width(column, first=place == 0), self.looks.of(column))
            self._heading(page, place, column)
            self._drop_down(page, place, column, last)
        page.set_row(0, 32)
        if self.template:
            self._example(page, sheet)
        for number, cells in enumerate(rows.rows, self.first):
            self._row(page, sheet, number, cells)
        page.autofilter(0, 0, max(self.first, len(rows.rows)), len(fields) - 1)
        page.repeat_rows(0)
        _for_printing(page)

    def _heading(self, page: Any, place: int, column: Column) -> None:
        page.write_string(
            0, place, column.heading, self.looks.needed if column.needed else self.looks.optional
        )
        page.write_comment(0, place, note(column), {"x_scale": 2, "y_scale": 1.3, "author": "Clusterbook"})

    def _drop_down(self, page: Any, place: int, column: Column, last: int) -> None:
        rule = self._rule(column)
        if rule:
            page.data_validation(1, place, last, place, {"ignore_blank": True, **rule})

    def _rule(self, column: Column) -> dict[str, Any]:
        words = _offered(column)
        if words:
            message = "Choose one of the words in the list, or leave the cell empty."
            return {"validate": "list", "source": self.words[words].range, "error_message": message}
        if column.target:
            source = self._names(BY_TABLE[column.target])
            return {"validate": "list", "source": source, "show_error": False} if source else {}
        if column.kind is Kind.DAY:
            return {
                "validate": "date", "criteria": "between", "error_type": "warning",
                "minimum": dt.date(1990, 1, 1), "maximum": dt.date(2099, 12, 31),
                "error_message": "Write a date with the day first, such as 14/3/2025.",
            }  # fmt: skip
        return {}

    def _names(self, sheet: Sheet) -> str:
        """The cells of a sheet by whose text its rows are referred to; "" where that takes two columns."""
        if len(sheet.key) != 1:
            return ""
        letter = letters(sheet.fields.index(sheet.key[0]))
        return f"='{sheet.title}'!${letter}${self.first + 1}:${letter}${READY_ROWS}"

    def _example(self, page: Any, sheet: Sheet) -> None:
        first, *others = example(sheet) or (None,)
        page.set_row(1, None, self.looks.example)
        page.write_string(1, 0, f"{EXAMPLE}{shown(first)}", self.looks.example)
        for place, cell in enumerate(others, 1):
            self._cell(page, sheet, 1, place, cell, self.looks.example_of(columns(sheet)[place]))

    def _row(self, page: Any, sheet: Sheet, number: int, cells: Cells) -> None:
        first, *others = (_safe(cell) for cell in cells)
        if is_example(first):
            first = f" {first}"  # or an import would take it for one
        for place, cell in enumerate((first, *others)):
            self._cell(page, sheet, number, place, cell, self.looks.of(columns(sheet)[place]))

    def _cell(self, page: Any, sheet: Sheet, row: int, place: int, cell: Cell, look: Any) -> None:
        if isinstance(cell, str):
            if len(cell.encode("utf-16-le")) // 2 > CELL_TEXT:
                heading = columns(sheet)[place].heading
                raise Refused(
                    f"{sheet.title}, row {row + 1}, column “{heading}”: this text has {len(cell):,} "
                    f"characters; a workbook’s cell holds {CELL_TEXT:,}. Shorten it in the book first."
                )
            page.write_string(row, place, cell, look)
        elif isinstance(cell, dt.date | dt.time):
            page.write_datetime(row, place, cell, look)
        elif cell is not None and not isinstance(cell, Fault):
            page.write_number(row, place, cell, look)

    def lists(self) -> None:
        """The hidden sheet that the drop-downs take their words from."""
        page = self.book.add_worksheet(LISTS)
        page.hide()
        for row, line in enumerate(zip_longest(*self.words)):
            for place, word in enumerate(line):
                if word is not None:
                    page.write_string(row, place, word)


def _safe(cell: Cell) -> Cell:
    """A text without anything XML cannot hold. The gate let none of it in; this is the second lock."""
    return gate.clean(cell) if isinstance(cell, str) and not cell.isprintable() else cell


def _for_printing(page: Any) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def note(column: Column) -> str:
    """What the note on a heading says: what belongs there, whether it is needed, how it is written."""
    parts = [column.help, "Needed." if column.needed else "May be empty."]
    if column.prefix:
        parts[1] = "If you leave it empty, the next free one is given out."
    parts.append(_how(column))
    return " ".join(part for part in parts if part)


def _how(column: Column) -> str:
    if column.target:
        title = BY_TABLE[column.target].title
        return (
            f"As on the sheet {title}, written {column.known_by}."
            if "|" in column.known_by
            else (f"As in the column {column.known_by} of the sheet {title}.")
        )
    ways = {
        Kind.DAY: "A date, day first, such as 14/3/2025.",
        Kind.HOUR: "A time, such as 1:15pm.",
        Kind.MONEY: "Pounds, such as 95.50.",
        Kind.NUMBER: "A whole number.",
        Kind.YEAR: "A school year, such as 2024 to 2025.",
        Kind.FLAG: "Yes or No.",
        Kind.CHOICE: "Choose from the list.",
        Kind.SETTING: "Choose from the list.",
    }
    return ways.get(column.kind, "")
