"""One school's own year, for the sheet its headteacher gets (R-REV-6). Never beside another school's."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from models import tables as t
from models.calendar import year_bounds
from models.errors import BadInput
from models.queries.bank import LoanLine, bank_year
from models.queries.book import Book
from models.queries.cover import ClaimLine, cover_year
from models.queries.meetings import action_facts, meeting_year
from models.rules.attendance import MatrixColumn, Tally
from models.rules.cover_use import SchoolUse
from models.rules.meetings import ActionFact
from models.words import AttendanceCode


class SchoolSheet(Struct, frozen=True):
    """What a school gave and got in a school year.

    Attributes:
        attendance: its own row of the matrix, the same figures as there (R-REV-7).
        meetings: each meeting of the matrix with the school's mark; None was not asked, or not a member.
        use: its release allowance; None: it has none and made no claim.
        loans: what it borrowed.
        changed: evidence of what changed there, in the school's words.
        next_steps: its open actions.
    """

    school: str
    year: int
    data_to: dt.date
    attendance: Tally
    meetings: tuple[tuple[MatrixColumn, AttendanceCode | None], ...]
    use: SchoolUse | None
    claims: tuple[ClaimLine, ...]
    loans: tuple[LoanLine, ...]
    changed: tuple[str, ...]
    next_steps: tuple[ActionFact, ...]


def school_sheet(book: Book, year: int, day: dt.date, school_id: int) -> SchoolSheet:
    """The sheet of one school for a school year up to `day`.

    Raises:
        BadInput: the school was not a member in that year.
    """
    first, last = year_bounds(year)
    until = min(last, day)
    school_id = book.present_id(school_id, until)
    if school_id not in {one.school_id for one in book.members_of_year(year, until)}:
        raise BadInput(f"{book.school_name(school_id)} was not a member in that year.", "school_id")
    matrix = meeting_year(book, year, until).matrix
    row = next((one for one in matrix.rows if one.school_id == school_id), None)
    marks = row.marks if row else (None,) * len(matrix.columns)
    cover = cover_year(book, year, until)
    return SchoolSheet(
        school=book.school_name(school_id),
        year=year,
        data_to=until,
        attendance=row.total if row else Tally(0, 0),
        meetings=tuple(zip(matrix.columns, marks, strict=True)),
        use=next((one for one in cover.schools if one.school_id == school_id), None),
        claims=tuple(line for line in cover.claims if line.fact.school_id == school_id),
        loans=tuple(
            loan
            for resource in bank_year(book, year, until).resources
            for loan in resource.loans
            if loan.fact.school_id == school_id
        ),
        changed=tuple(
            row.text
            for row in book.rows(t.Evidence)
            if row.school_id
            and book.present_id(row.school_id, until) == school_id
            and row.in_pack
            and row.text
            and first <= row.on <= until
        ),
        next_steps=tuple(
            one for one in action_facts(book, until) if one.school_id == school_id and one.open_on(until)
        ),
    )
