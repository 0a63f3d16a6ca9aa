"""A list as it is shown, as a file: a workbook with typed cells, or comma-separated text."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import Refused
from models.gate import GUARDED
from reports.disk import write_atomic

WIDEST, NARROWEST = 60, 8  # characters
SHEET_NAME = 31
FORBIDDEN = str.maketrans("[]:*?/\\'", "        ")


@dataclass(frozen=True)
class Money:
    """An amount in pence; None is not entered."""

    pence: int | None


Value = str | int | dt.date | dt.time | Money | None


@dataclass(frozen=True)
class Listing:
    """What a list shows: its title, the headings, and a row of values for each record, in the order shown."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def write_listing(path: Path, listing: Listing) -> None:
    """Write a list: as comma-separated text where the name ends in .csv, as a workbook otherwise.

    Raises:
        Refused: the file cannot be written there, or a text does not fit in a workbook's cell.
    """
    data = as_csv(listing) if path.suffix.casefold() == ".csv" else as_workbook(listing)
    try:
        write_atomic(path, data)
    except OSError as wrong:
        raise Refused(
            f"{path.name} cannot be written ({(wrong.strerror or str(wrong)).lower()}): close it in other "
            "programs, or choose another folder."
        ) from wrong


def as_csv(listing: Listing) -> bytes:
    """UTF-8 with the mark that makes spreadsheets read it as such; dates as 2025-03-14, money as 95.50."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_guarded(head) for head in listing.heads])
    writer.writerows([[_plain(value) for value in row] for row in listing.rows])
    return text.getvalue().encode("utf-8-sig", "replace")


def _plain(value: Value) -> str:
    if isinstance(value, str):
        return _guarded(value)
    if isinstance(value, Money):
        return _pounds(value.pence)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return "" if value is None else str(value)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(GUARDED) else text


def _pounds(pence: int | None) -> str:
    if pence is None:
        return ""
    whole, part = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}{whole}.{part:02}"


def as_workbook(listing: Listing) -> bytes:
    """One sheet: headings that stay in view, a filter on each, dates and money as what they are.

    Raises:
        Refused: a text is longer than a cell may be.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # it is annotated, but does not say so

    from reports.workbook import NO_TIME, OPTIONS
    from reports.workbook_looks import DATE, MONEY, TIME

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, OPTIONS) as book:
        book.set_properties({"title": listing.title, "created": NO_TIME})
        top = {"valign": "top"}
        formats = {
            dt.date: book.add_format({"num_format": DATE, "align": "left", **top}),
            dt.time: book.add_format({"num_format": TIME, "align": "left", **top}),
            Money: book.add_format({"num_format": MONEY, **top}),
            int: book.add_format({"num_format": "#,##0", **top}),
            str: book.add_format({"num_format": "@", "text_wrap": True, **top}),
        }
        page = book.add_worksheet(_sheet_name(listing.title))
        _headings(page, book, listing)
        for number, row in enumerate(listing.rows, 1):
            for place, value in enumerate(row):
                _cell(page, number, place, value, formats)
    return data.getvalue()


def _headings(page: Any, book: Any, listing: Listing) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1})
    for place, words in enumerate(listing.heads):
        page.write_string(0, place, words, head)
        longest = max((len(_shown(row[place])) for row in listing.rows), default=0)
        page.set_column(place, place, min(max(longest, len(words) + 3, NARROWEST) + 2, WIDEST))
    page.freeze_panes(1, 0)
    if listing.heads:
        page.autofilter(0, 0, max(len(listing.rows), 1), len(listing.heads) - 1)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_header(f"&L{listing.title[:200].replace('&', '&&')}")
    page.set_footer("&RPage &P of &N")


def _cell(page: Any, row: int, place: int, value: Value, formats: dict[type, Any]) -> None:
    from reports.workbook import CELL_TEXT

    if isinstance(value, str):
        if len(value.encode("utf-16-le", "replace")) // 2 > CELL_TEXT:
            raise Refused(
                f"Row {row + 1}: a text has {len(value):,} characters; a workbook’s cell holds "
                f"{CELL_TEXT:,}. Save the list as comma-separated text instead."
            )
        page.write_string(row, place, _printable(value), formats[str])
    elif isinstance(value, Money):
        if value.pence is not None:
            page.write_number(row, place, value.pence / 100, formats[Money])
    elif isinstance(value, dt.date | dt.time):
        page.write_datetime(row, place, value, formats[dt.time if isinstance(value, dt.time) else dt.date])
    elif value is not None:
        page.write_number(row, place, value, formats[int])


def _printable(text: str) -> str:
    """A text without what XML cannot hold; the gate let none of it in: this is the second lock."""
    from models import gate

    return text if text.isprintable() else gate.clean(text, lines=True)


def _shown(value: Value) -> str:
    """About what a cell shows, to measure it by."""
    if isinstance(value, str):
        return max(value.splitlines(), key=len, default="")
    if isinstance(value, Money):
        return f"£{_pounds(value.pence)},"
    return "14 Mar 2025" if isinstance(value, dt.date) else str(value or "")


def _sheet_name(title: str) -> str:
    plain = " ".join(title.translate(FORBIDDEN).split())[:SHEET_NAME].strip()
    return plain if plain and plain.casefold() != "history" else "List"


def listing(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> Listing:
    """A list of what the window shows.

    Raises:
        TypeError: a value is of a kind that no cell can hold: a mistake of ours.
    """
    return Listing(title, tuple(heads), tuple(tuple(_value(one) for one in row) for row in rows))


def _value(value: object) -> Value:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value is None or isinstance(value, str | int | dt.date | dt.time | Money):
        return value
    message = f"a cell cannot hold {type(value).__name__}"
    raise TypeError(message)
