"""What an import would do, row by row, before anything is saved (features 1.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct, field
from typing_extensions import override

from models.errors import BadInput
from models.exchange.book import Fields
from models.exchange.sheets import SHEETS, Sheet
from models.formats import count, listed


class Mark(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "the same"
    ERROR = "not usable"


class FieldChange(Struct, frozen=True):
    """One field of a changed row, in words."""

    heading: str
    old: str
    new: str


class Problem(Struct, frozen=True):
    """One thing that is wrong; `row` 0 means the whole sheet, `column` "" the whole row."""

    sheet: str
    row: int
    column: str
    sentence: str

    @override
    def __str__(self) -> str:
        """Where it is and what is wrong, as one sentence."""
        where = self.sheet
        if self.row:
            where += f", row {self.row}"
        if self.column:
            where += f", column “{self.column}”"
        return f"{where}: {self.sentence}"


class DateNote(Struct, frozen=True):
    """How the dates of a column were read where they came as text in figures: always day first.

    Attributes:
        example: one of them in full, such as “3/4/2025 in row 2 is 3 April 2025”.
    """

    sheet: str
    column: str
    example: str

    @override
    def __str__(self) -> str:
        """As a sentence."""
        return f"{self.sheet}, column “{self.column}”: dates were read day first ({self.example})."


class RowPreview(Struct, frozen=True):
    """One row of the workbook.

    Attributes:
        name: what the row is known by, in words.
        changes: the fields that differ, if it is in the book already.
        record_id: the stored row; negative while it is only about to come in.
        before: the stored fields it was compared with; none if it is new.
        after: the fields as they would be stored; none if it is not usable.
    """

    sheet: str
    row: int
    mark: Mark
    name: str
    changes: tuple[FieldChange, ...] = ()
    record_id: int = 0
    before: Fields = field(default_factory=dict)
    after: Fields = field(default_factory=dict)


class Preview(Struct, frozen=True):
    """An import as it would be. `rows` in the order in which they can be stored, sheet by sheet."""

    rows: tuple[RowPreview, ...]
    problems: tuple[Problem, ...] = ()
    dates: tuple[DateNote, ...] = ()

    def count(self, mark: Mark, sheet: str = "") -> int:
        """How many rows have this mark, on one sheet or in all."""
        return sum(row.mark is mark and sheet in {"", row.sheet} for row in self.rows)

    def of(self, sheet: Sheet) -> tuple[RowPreview, ...]:
        """The rows of one sheet."""
        return tuple(row for row in self.rows if row.sheet == sheet.title)

    @property
    def writes(self) -> bool:
        """True if applying it would change the book."""
        return any(row.mark in {Mark.NEW, Mark.CHANGED} for row in self.rows)

    def require_clean(self) -> None:
        """Refuse an import with anything wrong in it.

        Raises:
            BadInput: the first thing that is wrong, and how many more there are.
        """
        if self.problems:
            more = len(self.problems) - 1
            rest = f" ({count(more, 'more thing')} to put right: nothing was saved.)" if more else ""
            raise BadInput(f"{self.problems[0]}{rest}")

    def summary(self) -> str:
        """What came in, or would, such as “Schools: 7 new. Meetings: 5 new and 1 changed.”."""
        tally = Counter((row.sheet, row.mark) for row in self.rows)
        parts = [self._of_sheet(sheet.title, tally) for sheet in SHEETS]
        said = " ".join(part for part in parts if part)
        same = self.count(Mark.SAME)
        if not said:
            return (
                f"Nothing new: {count(same, 'row')} already in the book."
                if same
                else "The workbook is empty."
            )
        return f"{said} {count(same, 'row')} already in the book." if same else said

    def _of_sheet(self, title: str, tally: Counter[tuple[str, Mark]]) -> str:
        marks: Iterable[Mark] = (Mark.NEW, Mark.CHANGED, Mark.ERROR)
        found = [f"{tally[title, mark]:,} {mark}" for mark in marks if tally[title, mark]]
        return f"{title}: {listed(found)}." if found else ""
