"""Part 16, the Primary Science Quality Mark: is quality-mark money used as allowed?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, long_date, pounds
from models.queries.capacity import MarkLine, RequestLine
from models.queries.pack import PackData
from models.words import PsqmState
from reports.kit import Col, TableLook
from reports.pack.sheet import Sheet, entered

GRANTED = frozenset({PsqmState.FUNDED})


def answer(data: PackData) -> str:
    """How many members hold a mark, and what money went to first marks (R-PSQM-1)."""
    marks, asked = data.marks, data.psqm_requests
    held = [one for one in marks if one.expires_on >= data.period.data_to]
    words = f"{count(len(held), 'school holds', 'schools hold')} a quality mark"
    funded = sum(one.state in GRANTED for one in asked)
    if not asked:
        return (
            f"{words}; no money was asked for"
            if marks
            else "No quality mark is entered, and no money asked for"
        )
    return f"{words}; {funded} of {count(len(asked), 'request')} for a first mark funded"


def _marks(sheet: Sheet) -> list[Flowable]:
    day = sheet.data.period.data_to

    def until(one: MarkLine) -> str:
        words = long_date(one.expires_on)
        return f"{words}, expired" if one.expires_on < day else words

    cols: list[Col[MarkLine]] = [
        Col("School", lambda one: one.school, 0),
        Col("Award", lambda one: one.level, 100, gap=10),
        Col("Round", lambda one: entered(one.round), 76, gap=10),
        Col("Awarded", lambda one: long_date(one.awarded_on), 102, gap=10),
        Col("Valid until", until, 116, gap=10),
    ]
    look = TableLook(pad=3, empty="No award is entered.")
    table = sheet.kit.table(cols, sheet.data.marks, look=look)
    source = "The newest award of each member; a mark is valid for three years. Source: quality marks."
    return sheet.noted(table, source, len(sheet.data.marks))


def _requests(sheet: Sheet) -> list[Flowable]:
    asked = sheet.data.psqm_requests
    if not asked:
        return []

    def amount(one: RequestLine) -> str:
        if one.state in GRANTED:
            return pounds(one.amount_p)
        return pounds(one.amount_p) if one.amount_p is not None else "\u2013"

    cols: list[Col[RequestLine]] = [
        Col("School", lambda one: one.school, 0),
        Col("Asked", lambda one: long_date(one.requested_on), 108, gap=10),
        Col("Answer", lambda one: one.state.label, 96, gap=10),
        Col("Amount", amount, 70, "right"),
        Col("Why", lambda one: one.reason or "\u2013", 130, gap=12),
    ]
    return [
        sheet.kit.heading("Money asked for"),
        *sheet.noted(
            sheet.kit.table(cols, asked, look=TableLook(pad=3)),
            "Money is for a school’s first mark only; a school pays for a renewal itself.",
            len(asked),
        ),
    ]


def body(sheet: Sheet) -> list[Flowable]:
    """The marks that members hold, and the requests of the year."""
    if not sheet.data.marks and not sheet.data.psqm_requests:
        return [sheet.kit.text(f"Quality marks of the members: {NOT_ENTERED}.")]
    return [*_marks(sheet), *_requests(sheet)]
