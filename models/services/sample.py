"""The sample cluster: a fictional book of two school years, for the demo, the tests and the screenshots.

Its rows are the CSV files of `resources/sample`, one for each sheet of a workbook, and they come in as a
workbook would. So the sample also shows, file by file, how a book may be filled in.
"""

from __future__ import annotations

import csv
import re

from sqlmodel import Session, select

import resources
from models import tables as t
from models.errors import Refused
from models.exchange.grid import Row
from models.exchange.rows import apply, parse
from models.exchange.sheets import SHEETS, Sheet


def file_name(sheet: Sheet) -> str:
    """The file of a sheet's rows, after the sheet's title: `cover-claims.csv`."""
    return re.sub(r"[^a-z0-9]+", "-", sheet.title.lower()).strip("-") + ".csv"


def sample_rows(sheet: Sheet) -> list[Row]:
    """The rows of one sheet of the sample, headings first, numbered as a spreadsheet numbers them."""
    path = resources.path(f"sample/{file_name(sheet)}")
    with path.open(encoding="utf-8", newline="") as file:
        return [Row(number, tuple(cells)) for number, cells in enumerate(csv.reader(file), 1)]


def load_sample(session: Session) -> None:
    """Fill a new book with the sample cluster. The caller commits.

    Raises:
        Refused: the book holds a cluster already.
    """
    there = session.exec(select(t.Cluster)).first()
    if there is not None:
        raise Refused(f"This book holds {there.name} already: make a new file for the sample.")
    apply(session, parse(session, {sheet.title: sample_rows(sheet) for sheet in SHEETS}))
