"""Workbooks as plain rows, and short ways to bring them in."""

from collections.abc import Sequence
from typing import Any

from models import tables as t
from models.exchange.columns import columns
from models.exchange.grid import Cell, Row
from models.exchange.preview import Preview
from models.exchange.rows import apply, parse
from models.queries.everything import SheetRows, everything
from models.store import Store

SCHOOLS = [("School", "URN"), ("Alder Lane Primary School", "900001"), ("Beck Infant School", 900002)]
PEOPLE = [("Name", "School"), ("Ann Marl", "Alder Lane Primary School")]
MEETINGS = [("Meeting", "Title", "Date"), ("M-0001", "Working scientifically", "14/11/2024")]
CLAIMS = [
    ("School", "Teacher released", "Date of cover", "Cost before VAT"),
    ("Alder Lane Primary School", "Ann Marl", "14/11/2024", 95.5),
]


def rows(*lines: Sequence[Cell]) -> list[Row]:
    """Lines as the rows of a sheet, numbered from 1."""
    return [Row(number, tuple(line)) for number, line in enumerate(lines, 1)]


def workbook(**more: Sequence[Sequence[Cell]]) -> dict[str, list[Row]]:
    """Two schools, a teacher and a meeting, and more sheets: `Cover_claims` is “Cover claims”."""
    sheets = {"Schools": SCHOOLS, "People": PEOPLE, "Meetings": MEETINGS}
    sheets |= {title.replace("_", " "): lines for title, lines in more.items()}
    return {title: rows(*lines) for title, lines in sheets.items()}


def look(store: Store, sheets: dict[str, list[Row]]) -> Preview:
    """What an import would do."""
    with store.read() as session:
        return parse(session, sheets)


def bring_in(store: Store, sheets: dict[str, list[Row]]) -> int | None:
    """Import, and the number of the step; None if there was nothing to write."""
    with store.transaction("Import") as (session, changes):
        apply(session, parse(session, sheets))
    return changes.step


def sentences(store: Store, sheets: dict[str, list[Row]]) -> list[str]:
    """All that is wrong."""
    return [str(problem) for problem in look(store, sheets).problems]


def exported(store: Store) -> tuple[SheetRows, ...]:
    """The whole book."""
    with store.read() as session:
        return everything(session)


def as_sheets(everything_: Sequence[SheetRows]) -> dict[str, list[Row]]:
    """An export as rows, without a file between."""
    return {
        part.sheet.title: rows([column.heading for column in columns(part.sheet)], *part.rows)
        for part in everything_
    }


def stored(store: Store, record: type[t.Record]) -> list[dict[str, Any]]:
    """A table's rows by id."""
    from sqlmodel import select

    with store.read() as session:
        return [row.model_dump() for row in session.exec(select(record).order_by("id"))]
