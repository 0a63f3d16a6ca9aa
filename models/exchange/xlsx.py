"""Read an .xlsx into plain rows, in this process. The app goes through `workbook.read_workbook`.

openpyxl reads, in its streaming mode and with formulas' last results; defusedxml parses the XML.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import openpyxl
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse
from typing_extensions import override

from models.errors import AppError, Refused
from models.exchange.grid import Cell, Fault, Row
from models.exchange.precheck import Checked, checked, damaged, too_much
from models.formats import count

MOST_SHEETS = 200
MOST_ROWS = 50_000  # on one sheet
MOST_COLUMNS = 100
MOST_CELLS = 2_000_000  # in the workbook
MOST_TEXT = 50_000_000  # characters in the workbook
LAST_ROW = 1_048_576  # of any sheet
CELL_TEXT = 32_767  # what a cell can hold in Excel
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how a workbook writes characters that XML cannot
NEVER_WORKED_OUT = (
    "this formula has no result: open the workbook in a spreadsheet program, and save it there."
)


def read_here(path: Path) -> dict[str, list[Row]]:
    """The rows of every sheet, those without anything left out.

    Raises:
        Refused: the file is no workbook we may or can read; the sentence says what to do.
    """
    looked = checked(path)
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is missing: workbooks are not read without it")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that we do not use
            return _Reader(path, looked).read()
    except AppError:
        raise
    except (MemoryError, RecursionError):
        raise too_much(path) from None
    except Exception as wrong:  # openpyxl raises nearly anything on a broken file
        raise damaged(path) from wrong


class _Exact(ExcelReader):
    """openpyxl's reader, but with the texts as they are in the file.

    openpyxl leaves the codes that stand for characters, and takes “x005F_” out of any text it is in.
    """

    @override
    def read_strings(self) -> None:
        part = next((o for o in self.package.Override if o.ContentType == SHARED_STRINGS), None)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings = list(_texts(source))


def _texts(source: IO[bytes]) -> Iterator[str]:
    """The workbook's table of texts: of each the plain and the formatted runs, not the reading aids."""
    item, text, aid = (f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("si", "t", "rPh"))
    for _, element in iterparse(source):
        if element.tag == aid:
            element.clear()
        elif element.tag == item:
            plain = "".join(run.text or "" for run in element.iter(text))
            yield ESCAPED.sub(lambda found: chr(int(found[1], 16)), plain)
            element.clear()


class _Reader:
    """One reading; counts what it has taken in."""

    def __init__(self, path: Path, looked: Checked) -> None:
        self.path = path
        self.looked = looked
        self.cells = 0
        self.text = 0

    def read(self) -> dict[str, list[Row]]:
        unsolved = self._formulas() if self.looked.formulas else {}
        book = self._open(data_only=True)
        try:
            if len(book.worksheets) > MOST_SHEETS:
                raise Refused(
                    f"{self.path.name} has {count(len(book.worksheets), 'sheet')}: that is too many."
                )
            return {
                sheet.title: self._rows(sheet, unsolved.get(sheet.title, set())) for sheet in book.worksheets
            }
        finally:
            book.close()

    def _open(self, *, data_only: bool) -> Any:
        # From memory (the file has been looked over, and is small): a sheet that breaks off half-read would
        # keep a file open, whatever is closed here.
        source = io.BytesIO(self.path.read_bytes())
        reader = _Exact(source, read_only=True, keep_vba=False, data_only=data_only, keep_links=False)
        try:
            reader.read()
        except BaseException:
            reader.archive.close()
            raise
        return reader.wb

    def _formulas(self) -> dict[str, set[tuple[int, int]]]:
        """Where there are formulas: a second reading, for the first cannot tell one from an empty cell."""
        book = self._open(data_only=False)
        try:
            return {
                sheet.title: {(c.row, c.column) for c in _filled(sheet) if c.data_type == "f"}
                for sheet in book.worksheets
            }
        finally:
            book.close()

    def _rows(self, sheet: Any, formulas: set[tuple[int, int]]) -> list[Row]:
        rows: dict[int, dict[int, Cell]] = {}
        for row, column in formulas:
            self._require_room(sheet, row, column)
            rows.setdefault(row, {})[column] = Fault(NEVER_WORKED_OUT)
        for cell in _filled(sheet):
            self._require_room(sheet, cell.row, cell.column)
            self.cells += 1
            if self.cells > MOST_CELLS:
                raise too_much(self.path)
            rows.setdefault(cell.row, {})[cell.column] = self._plain(cell)
        return [
            Row(number, tuple(cells.get(column) for column in range(1, max(cells) + 1)))
            for number, cells in sorted(rows.items())
        ]

    def _require_room(self, sheet: Any, row: int, column: int) -> None:
        if row > MOST_ROWS or column > MOST_COLUMNS:
            raise Refused(
                f"{sheet.title}, cell {get_column_letter(column)}{row}: there is something far from the "
                "table here. Clear it, or copy the table into a new template."
            )

    def _plain(self, cell: Any) -> Cell:
        value = cell.value
        if cell.data_type == "e":
            return Fault(f"this cell shows the error {value}: put it right in your spreadsheet program.")
        if isinstance(value, dt.timedelta):  # hours and minutes in a cell for spans of time
            seconds = round(value.total_seconds())
            if not 0 <= seconds < 24 * 60 * 60:
                return Fault(f"“{value}” is a span of time, not a time of day: write it like 1:15pm.")
            return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60)
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, int | float | dt.date | dt.time):
            return value
        return Fault("this cell holds something that is neither text, a number nor a date.")

    def _text(self, text: str) -> Cell:
        self.text += len(text)
        if self.text > MOST_TEXT:
            raise too_much(self.path)
        if len(text) > CELL_TEXT:
            return Fault(f"this text has {len(text):,} characters; a cell holds {CELL_TEXT:,} at most.")
        return text


def _filled(sheet: Any) -> Iterator[Any]:
    """The cells of a sheet that have something in them, whatever size the sheet says it is.

    Raises:
        ValueError: a row has a number that no sheet has. openpyxl makes all the rows before it, for hours.
    """
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > LAST_ROW:
            raise ValueError(number)
        yield from (cell for cell in row if cell.value is not None)
