"""What a headteacher's page prints: what the school gave and got, and what is due from it (R-REV-6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year, year_bounds, year_label
from models.formats import count, listed, prose_pounds
from models.queries.bank import bank_year
from models.queries.book import Book
from models.queries.cover import cover_year
from models.queries.cpd import booking_facts, cpd_year
from models.queries.meetings import meeting_year
from models.queries.papers.head import PaperHead, paper_head
from models.queries.school_sheet import SchoolSheet, school_sheet
from models.rules.cover_checks import needs_evidence
from models.rules.cover_facts import FROZEN
from models.rules.loans import LoanState
from models.rules.meetings import MeetingFact
from models.words import Answer, ChargedTo, ClaimState, MeetingKind, RoleKind

UNDER_WAY = {LoanState.OUT, LoanState.OVERDUE}
OF_SCHOOLS = {MeetingKind.FULL_CLUSTER, MeetingKind.SUB_GROUP, MeetingKind.NETWORK, MeetingKind.CPD}
"""Meetings that schools are asked to."""


class Due(Struct, frozen=True):
    """Something wanted from the school, and by when; None: no day is set."""

    what: str
    by: dt.date | None = None
    late: bool = False


class SchoolPage(Struct, frozen=True):
    """A school's page for its headteacher. Amounts in pence.

    Attributes:
        sent_p: what the lead school paid it in the year.
        sessions: CPD sessions its people came to; `people` how many of them came (R-IMP-1).
        received: Trust resources that arrived, by name.
        ahead: the next meetings it is asked to.
        due: what is due from it, the first due first.
        left_on: its last day as a member; None while it is one.
    """

    sheet: SchoolSheet
    headteacher: str
    ssl: str
    sent_p: int
    sessions: int
    people: int
    received: tuple[str, ...]
    ahead: tuple[MeetingFact, ...]
    due: tuple[Due, ...]
    left_on: dt.date | None


class SchoolPages(Struct, frozen=True):
    """The pages of one school or of all, by name."""

    head: PaperHead
    pages: tuple[SchoolPage, ...]


def school_pages(
    session: Session,
    school_ids: Sequence[int] = (),
    clock: Callable[[], dt.date] = dt.date.today,
    year: int | None = None,
) -> SchoolPages:
    """The pages of some schools, or of every member of the year.

    Args:
        session: of the reading.
        school_ids: the schools; none: all.
        clock: says which day it is.
        year: the school year; None: that of today.

    Raises:
        BadInput: a school was not a member in that year.
    """
    book = Book(session)
    today = book.today(clock)
    year = school_year(today) if year is None else year
    until = min(year_bounds(year)[1], today)
    wanted = list(school_ids) or [one.school_id for one in book.members_of_year(year, until)]
    sheets = [school_sheet(book, year, today, key) for key in wanted]
    pages = [
        _page(book, sheet, book.present_id(key, until)) for sheet, key in zip(sheets, wanted, strict=True)
    ]
    pages.sort(key=lambda page: page.sheet.school.casefold())
    return SchoolPages(paper_head(book, until), tuple(pages))


def _page(book: Book, sheet: SchoolSheet, school_id: int) -> SchoolPage:
    until, first = sheet.data_to, year_bounds(sheet.year)[0]
    heads = [one for one in book.in_role(RoleKind.HEADTEACHER, until) if one.school_id == school_id]
    came = [
        (line.fact.id, one.person_id)
        for line in cpd_year(book, sheet.year, until).lines
        for one in booking_facts(book).get(line.fact.id, ())
        if one.attended and one.school_id and book.present_id(one.school_id, until) == school_id
    ]
    return SchoolPage(
        sheet=sheet,
        headteacher=listed([book.person_name(one.person_id) for one in heads]),
        ssl=book.ssl_name(school_id, until),
        sent_p=sum(line.split.lead_pays_p for line in sheet.claims if line.fact.state is ClaimState.PAID),
        sessions=len({session_id for session_id, _ in came}),
        people=len({person_id for _, person_id in came}),
        received=tuple(
            row.name if row.copies == 1 else f"{row.name} ({count(row.copies, 'copy', 'copies')})"
            for row in book.rows(t.TrustRequest)
            if book.present_id(row.school_id, until) == school_id
            and row.received_on is not None
            and first <= row.received_on <= until
        ),
        ahead=_ahead(book, sheet, school_id),
        due=tuple(
            sorted(_due(book, sheet, school_id), key=lambda one: (not one.late, one.by or dt.date.max))
        ),
        left_on=next(
            one.left_on for one in book.members_of_year(sheet.year, until) if one.school_id == school_id
        ),
    )


def _ahead(book: Book, sheet: SchoolSheet, school_id: int) -> tuple[MeetingFact, ...]:
    """Its meetings to come, of this year and the next; a school that has left is asked to none."""
    if school_id not in {one.school_id for one in book.members(sheet.data_to)}:
        return ()
    facts = [
        line.fact
        for year in (sheet.year, sheet.year + 1)
        for line in meeting_year(book, year, sheet.data_to).upcoming
    ]
    return tuple(
        one
        for one in facts
        if one.kind in OF_SCHOOLS and (not one.invited_ids or school_id in one.invited_ids)
    )


def _due(book: Book, sheet: SchoolSheet, school_id: int) -> Iterator[Due]:
    until = sheet.data_to
    for loan in sheet.loans:
        if loan.state in UNDER_WAY:
            late = loan.state is LoanState.OVERDUE
            yield Due(f"Bring back {loan.fact.resource}", loan.fact.due_on, late)
    for action in sheet.next_steps:
        who = f" ({action.owner})" if action.owner else ""
        late = action.due_on is not None and action.due_on < until
        yield Due(f"{action.what}{who}", action.due_on, late)
    yield from _to_pay(book, sheet, school_id)  # before much that a page may have no room for
    for one in cover_year(book, sheet.year, until).additional:
        if one.school_id == school_id and one.answer is Answer.NOT_SAID:
            year = year_label(sheet.year)
            yield Due(f"Confirm that the release money for {year} is on top of the science budget")
    for line in sheet.claims:
        code = line.fact.code
        if line.fact.state is ClaimState.RETURNED:
            yield Due(f"Put claim {code} right: {line.reason or 'no reason was given'}")
        elif line.fact.state is ClaimState.DRAFT:
            what = (
                "Say what the cover of claim {} cost" if line.fact.lacks_cost else "Agree claim {} as drafted"
            )
            yield Due(what.format(code))
        elif line.fact.state in FROZEN and needs_evidence(line.fact):
            yield Due(f"Send the invoice or timesheet number of claim {code}")


def _to_pay(book: Book, sheet: SchoolSheet, school_id: int) -> Iterator[Due]:
    """Its part of CPD fees, and lost parts it is charged for; whether it paid is not in the book (R-CPD-2).

    A lead school has paid the provider, and the shop, itself.
    """
    until = sheet.data_to

    def led(day: dt.date) -> bool:
        lead = book.lead_school(day)
        return lead is not None and book.present_id(lead.school_id, until) == school_id

    shares = [
        share
        for line in cpd_year(book, sheet.year, until).lines
        for share in line.split.shares
        if book.present_id(share.school_id, until) == school_id and not led(line.held_on)
    ]
    if owed := sum(share.gross_p for share in shares):
        vat = sum(share.vat_p for share in shares)
        of_it = f" ({prose_pounds(vat)} of it VAT)" if vat else ""
        yield Due(f"If not paid yet: {prose_pounds(owed)}{of_it} as its part of CPD fees above the limit")
    names = {loan.fact.school for loan in sheet.loans}
    for loss in () if led(until) else bank_year(book, sheet.year, until).losses:
        if loss.charged_to is ChargedTo.SCHOOL and loss.charge_p and loss.school in names:
            yield Due(f"If not paid yet: {prose_pounds(loss.charge_p)} for {loss.part} of {loss.resource}")
