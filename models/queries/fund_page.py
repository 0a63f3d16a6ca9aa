"""What the fund page shows: each purse of a school year, and one of them with its entries, plan and years.

The figures are those of the pack and of Home (`models.queries.account`); nothing is added up twice (R-REV-7).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year, year_bounds
from models.queries.account import BudgetLine, FundYear, counted_facts, fund_year, funds_in_order
from models.queries.book import Book
from models.queries.lead import lead_years
from models.queries.purse_entries import EntryRow, entry_rows, waits
from models.queries.purse_years import YearRow, last_year, year_rows
from models.rules.approvals import approver_words
from models.rules.lead_funds import LeadYear
from models.words import ApprovalState, Direction, FundKind, Heading


class Purse(Struct, frozen=True):
    """One fund beside the others.

    Attributes:
        closing_p: what is in it, in pence, as of today, or at the end of a year that is over.
        waiting: entries that wait for the Advisor.
        state: of its year: Running, To close, Closed or Moved.
        entered: whether anything was ever entered in it; what a scheme allows is no money in it.
    """

    id: int
    name: str
    kind: FundKind
    closing_p: int
    waiting: int
    state: str
    entered: bool


class PlanRow(Struct, frozen=True):
    """A heading of the year's budget against what happened. Amounts are pence.

    Attributes:
        line_id: the budget's line; None where nothing was planned.
        planned_p: None where nothing was planned: that is not a plan of £0 (R-REV-5).
        off: how far it is off its plan, such as `12%`; "not available" where nothing was planned.
        needs_note: it is 10% or more off plan, so it asks for an explanation (R-POT-6).
    """

    fund_id: int
    year: int
    line_id: int | None
    direction: Direction
    heading: Heading
    planned_p: int | None
    actual_p: int
    difference_p: int
    off: str
    needs_note: bool
    explanation: str


class FundView(Struct, frozen=True):
    """One fund with all that is shown of it.

    Attributes:
        now: its year as of today, as the pack prints it.
        entries: those of the whole year, also after today.
        plan: every heading that was planned or used.
        years: every year of its book, the newest first.
        lead: what the scheme allows a lead fund to spend this year, whatever money came into it; None for
            the others, and without an agreement (R-LEAD-1, R-LEAD-2).
        planned_before: whether the year before has a plan to copy.
    """

    purse: Purse
    opened_on: dt.date
    opening_p: int
    now: FundYear
    entries: tuple[EntryRow, ...]
    plan: tuple[PlanRow, ...]
    years: tuple[YearRow, ...]
    lead: LeadYear | None
    planned_before: bool


class FundPage(Struct, frozen=True):
    """The page of a school year.

    Attributes:
        until: the day up to which the figures go.
        purses: the funds whose book has begun by then: the pot first.
        view: the fund chosen; None where there is none.
        holder: the lead school, which holds the money and pays (R-POT-1); "" if none is entered.
        approver: who gives approvals: “the Advisor” (D17).
        waiting: questions to the Advisor that wait for an answer.
        later: the day on which the first fund starts, where none has begun by the year shown.
    """

    year: int
    today: dt.date
    until: dt.date
    purses: tuple[Purse, ...]
    view: FundView | None
    holder: str
    approver: str
    waiting: int
    later: dt.date | None

    @property
    def over(self) -> bool:
        """The school year has run out."""
        return self.until < self.today


def fund_page(
    session: Session, year: int, fund_id: int | None = None, clock: Callable[[], dt.date] = dt.date.today
) -> FundPage:
    """The purses of a school year, and one of them in full: `fund_id`, or the first."""
    book = Book(session)
    today, last = book.today(clock), year_bounds(year)[1]
    until = min(today, last)
    rows = {row.id or 0: row for row in funds_in_order(book) if school_year(row.opened_on) <= year}
    years = {key: year_rows(book, row, last_year(row, year, today), today) for key, row in rows.items()}
    purses = tuple(_purse(book, row, year, years[key], today) for key, row in rows.items())
    chosen = next((one for one in purses if one.id == fund_id), purses[0] if purses else None)
    view = None
    if chosen is not None:
        now = fund_year(book, chosen.id, year, until)
        view = FundView(
            purse=chosen,
            opened_on=rows[chosen.id].opened_on,
            opening_p=rows[chosen.id].opening_p,
            now=now,
            entries=entry_rows(book, fund_year(book, chosen.id, year, last), today),
            plan=_plan(book, now),
            years=years[chosen.id],
            lead=next((one for one in lead_years(book, year, until) if one.kind is chosen.kind), None),
            planned_before=any(
                row.fund_id == chosen.id and row.school_year == year - 1 for row in book.rows(t.BudgetLine)
            ),
        )
    opened, lead = [row.opened_on for row in book.rows(t.Fund)], book.lead_school(until)
    return FundPage(
        year=year,
        today=today,
        until=until,
        purses=purses,
        view=view,
        holder=lead.school if lead else "",
        approver=approver_words(book.scheme(until)),
        waiting=sum(row.state is ApprovalState.PENDING for row in book.rows(t.Approval)),
        later=min(opened) if opened and not purses else None,
    )


def _purse(book: Book, row: t.Fund, year: int, years: tuple[YearRow, ...], today: dt.date) -> Purse:
    now = next(one for one in years if one.year == year)
    facts = counted_facts(book).get(row.id or 0, ())
    return Purse(
        id=row.id or 0,
        name=row.name,
        kind=row.kind,
        closing_p=now.closing_p,
        waiting=sum(fact.year == year and waits(book, fact, today) for fact in facts),
        state=now.state,
        entered=bool(row.opening_p) or any(fact.year <= year for fact in facts),
    )


def _plan(book: Book, fund: FundYear) -> tuple[PlanRow, ...]:
    year = fund.account.year
    ids = {
        (row.direction, row.heading): row.id
        for row in book.rows(t.BudgetLine)
        if row.fund_id == fund.fund_id and row.school_year == year
    }

    def row(one: BudgetLine) -> PlanRow:
        line_id = ids.get((one.direction, one.line.heading))
        return PlanRow(
            fund_id=fund.fund_id,
            year=year,
            line_id=line_id,
            direction=one.direction,
            heading=one.line.heading,
            planned_p=None if line_id is None else one.line.planned_p,
            actual_p=one.line.actual_p,
            difference_p=one.line.difference_p,
            off=one.line.percent_off,
            needs_note=one.line.needs_note,
            explanation=one.line.explanation,
        )

    return tuple(row(one) for one in fund.plan)


class Where(Struct, frozen=True):
    """On which part of the page a record lies."""

    fund_id: int
    year: int


def where(session: Session, table: str, record_id: int) -> Where | None:
    """The fund and the school year in which an entry, a budget line, a closing or a fund is shown.

    None: the record is not there any more.
    """
    book = Book(session)
    if table == "fund":
        found = next((row for row in book.rows(t.Fund) if row.id == record_id), None)
        return Where(record_id, school_year(found.opened_on)) if found else None
    if table == "fund_entry":
        entry = next((row for row in book.rows(t.FundEntry) if row.id == record_id), None)
        return Where(entry.fund_id, school_year(entry.on)) if entry else None
    lines: tuple[t.BudgetLine | t.YearClose, ...] = (
        *(book.rows(t.BudgetLine) if table == "budget_line" else ()),
        *(book.rows(t.YearClose) if table == "year_close" else ()),
    )
    line = next((row for row in lines if row.id == record_id), None)
    return Where(line.fund_id, line.school_year) if line else None
