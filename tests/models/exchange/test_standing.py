"""An import is told, row by row and before anything is saved, what it may not change."""

from typing import Any

from models.exchange.columns import column_of, columns
from models.exchange.grid import Row
from models.exchange.preview import Mark
from models.exchange.sheets import BY_TABLE
from models.store import Store
from tests.models.exchange.filling import as_sheets, exported, look


class Year:
    """The sample as a workbook, to be changed here and there."""

    def __init__(self, store: Store) -> None:
        self.sheets = as_sheets(exported(store))

    def find(self, table: str, **wanted: str) -> int:
        """The number of the first row with these cells."""
        sheet = BY_TABLE[table]
        at = {name: self._place(table, name) for name in wanted}
        rows = self.sheets[sheet.title][1:]
        return next(r.number for r in rows if all(str(r.cells[at[n]]) == v for n, v in wanted.items()))

    def put(self, table: str, number: int, field: str, value: Any) -> None:
        """Write into one cell."""
        rows = self.sheets[BY_TABLE[table].title]
        cells = list(rows[number - 1].cells)
        cells[self._place(table, field)] = value
        rows[number - 1] = Row(number, tuple(cells))

    @staticmethod
    def _place(table: str, field: str) -> int:
        sheet = BY_TABLE[table]
        return columns(sheet).index(column_of(sheet, field))


def test_a_preview_tells_of_every_row_that_would_change_what_stands(sample: Store) -> None:
    year = Year(sample)
    meeting = year.find("meeting", code="M-0001")
    year.put("meeting", meeting, "minutes", "Nobody said that.")
    mark = year.find("attendance", meeting_id="M-0001")
    year.put("attendance", mark, "notes", "Came late")
    claim = year.find("cover_claim", state="Paid", method="Own supply teacher")
    year.put("cover_claim", claim, "cost_p", 1.5)
    closing = 2
    year.put("year_close", closing, "closing_p", 1.5)
    preview = look(sample, year.sheets)
    told = {"meeting": meeting, "attendance": mark, "cover_claim": claim, "year_close": closing}
    rows = {(BY_TABLE[table].title, row) for table, row in told.items()}
    assert {(one.sheet, one.row) for one in preview.problems} == rows
    assert {(row.sheet, row.row) for row in preview.rows if row.mark is Mark.ERROR} == rows
    starts = {one.sentence.partition(" ")[0] for one in preview.problems}
    assert starts == {"the", "claim"}


def test_what_leaves_a_trace_or_stands_for_nothing_is_no_problem(sample: Store) -> None:
    year = Year(sample)
    meeting = year.find("meeting", code="M-0001")
    year.put("meeting", meeting, "finalised_on", None)
    year.put("meeting", meeting, "reopened", "Finalised in error, reopened to name who came.")
    mark = year.find("attendance", meeting_id="M-0001")
    year.put("attendance", mark, "notes", "Came late")
    claim = year.find("cover_claim", state="Paid", method="Own supply teacher")
    year.put("cover_claim", claim, "notes", "The invoice is in the folder.")
    preview = look(sample, year.sheets)
    assert not preview.problems
    changed = {(row.sheet, row.row) for row in preview.rows if row.mark is Mark.CHANGED}
    rows = {"meeting": meeting, "attendance": mark, "cover_claim": claim}
    assert changed == {(BY_TABLE[table].title, row) for table, row in rows.items()}
