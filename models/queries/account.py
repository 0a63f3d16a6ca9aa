"""The cluster's funds by school year: pot, lead funds and other streams, never mixed (R-POT-*, R-LEAD-*)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from msgspec import Struct

from models import tables as t
from models.calendar import school_year, year_bounds
from models.queries.book import Book, remembered
from models.rules.approvals import ApprovalFact
from models.rules.fund import Account, EntryFact, Variance, accounts, variance
from models.rules.funding import OtherFundingFact
from models.words import Direction, FundKind, Heading, OtherFundingState


class BudgetLine(Struct, frozen=True):
    """A heading with its plan, what happened, and why it went otherwise (R-POT-6)."""

    direction: Direction
    line: Variance


class EntryLine(Struct, frozen=True):
    """One entry as it is listed; a reversal relies on the approval of the entry that it takes back."""

    fact: EntryFact
    payee: str
    decision: str
    approval: str
    paid_ref: str
    vat_p: int


class FundYear(Struct, frozen=True):
    """One fund in one school year, up to a day (pack part 9).

    Attributes:
        account: opening, in and out by heading, closing.
        previous: the year before, where the book has it.
        plan: the budget's lines, income first, each against what happened; empty: no plan was entered.
        entries: the year's entries that count, paid and planned, by date.
    """

    fund_id: int
    name: str
    kind: FundKind
    account: Account
    previous: Account | None
    plan: tuple[BudgetLine, ...]
    entries: tuple[EntryLine, ...]

    @property
    def notes(self) -> tuple[BudgetLine, ...]:
        """The lines that are 10% or more off plan."""
        return tuple(one for one in self.plan if one.line.needs_note)

    def planned_p(self, direction: Direction) -> int | None:
        """The plan's total of a direction; None: no plan was entered."""
        lines = [one.line.planned_p for one in self.plan if one.direction is direction]
        return sum(lines) if lines else None

    @property
    def planned_closing_p(self) -> int | None:
        """What the year was to close with, in pence; None: no plan, or one of spending or income alone."""
        coming, going = self.planned_p(Direction.IN), self.planned_p(Direction.OUT)
        if not coming or not going:
            return None
        return self.account.opening_p + coming - going


@remembered
def entry_facts(book: Book) -> dict[int, tuple[EntryFact, ...]]:
    """Every entry by fund, by date."""
    funds = {row.id: row for row in book.rows(t.Fund)}
    found: dict[int, list[EntryFact]] = defaultdict(list)
    for row in book.rows(t.FundEntry):
        fund = funds[row.fund_id]
        found[row.fund_id].append(
            EntryFact(
                id=row.id or 0,
                code=row.code,
                fund_id=row.fund_id,
                on=row.on,
                direction=row.direction,
                heading=row.heading,
                amount_p=row.amount_p,
                fund_kind=fund.kind,
                fund_name=fund.name,
                state=row.state,
                description=row.description,
                school_name=book.school_name(row.school_id),
                decided=row.decision_id is not None,
                approval_id=row.approval_id,
                claim_id=row.claim_id,
                reverses_id=row.reverses_id,
                override_reason=row.override_reason,
            )
        )
    return {key: tuple(sorted(rows, key=lambda one: (one.on, one.id))) for key, rows in found.items()}


@remembered
def counted_facts(book: Book) -> dict[int, tuple[EntryFact, ...]]:
    """The entries that count, by fund: those before its book starts are in the opening balance (R-POT-3)."""
    opened = {row.id: row.opened_on for row in book.rows(t.Fund)}
    return {
        key: tuple(one for one in facts if one.on >= opened[key]) for key, facts in entry_facts(book).items()
    }


@remembered
def approval_facts(book: Book) -> dict[int, ApprovalFact]:
    """Every approval by id."""
    return {
        row.id or 0: ApprovalFact(
            row.id or 0, row.code, row.kind, row.state, row.asked_on, row.decided_on, row.amount_p
        )
        for row in book.rows(t.Approval)
    }


def _plan(book: Book, fund_id: int, now: Account) -> tuple[BudgetLine, ...]:
    scheme = book.scheme_of(now.year)
    rows = [row for row in book.rows(t.BudgetLine) if row.fund_id == fund_id and row.school_year == now.year]
    if not rows:
        return ()
    plans = {(row.direction, row.heading): row for row in rows}
    actual = {(Direction.IN, line.heading): line.amount_p for line in now.income}
    actual |= {(Direction.OUT, line.heading): line.amount_p for line in now.spending}
    found = []
    for direction in Direction:
        for heading in Heading:
            key = (direction, heading)
            if key in plans or key in actual:
                row = plans.get(key)
                words = row.explanation if row else ""
                line = variance(heading, row.planned_p if row else 0, actual.get(key, 0), scheme, words)
                found.append(BudgetLine(direction, line))
    return tuple(found)


@remembered
def entry_rows_by_id(book: Book) -> dict[int | None, t.FundEntry]:
    """Every entry as it is stored, by id."""
    return {row.id: row for row in book.rows(t.FundEntry)}


@remembered
def _codes(book: Book, record: type[t.Decision | t.Approval]) -> dict[int | None, str]:
    return {row.id: row.code for row in book.rows(record)}


def _entry_lines(book: Book, facts: list[EntryFact]) -> tuple[EntryLine, ...]:
    rows, decisions, approvals = entry_rows_by_id(book), _codes(book, t.Decision), _codes(book, t.Approval)

    def approval(row: t.FundEntry) -> str:
        taken_back = rows.get(row.reverses_id)
        own = row.approval_id or (taken_back.approval_id if taken_back else None)
        return approvals.get(own, "")

    return tuple(
        EntryLine(
            fact,
            rows[fact.id].payee,
            decisions.get(rows[fact.id].decision_id, ""),
            approval(rows[fact.id]),
            rows[fact.id].paid_ref,
            rows[fact.id].vat_p,
        )
        for fact in facts
    )


def other_funding(book: Book, until: dt.date | None = None) -> tuple[OtherFundingFact, ...]:
    """Funding declared from elsewhere, by name (R-FUND-1); as it stood on the day `until`, if given."""
    day = until or dt.date.max
    found = []
    for row in book.rows(t.OtherFunding):
        if (row.applied_on or row.awarded_on or day) > day:
            continue
        state, awarded_on = row.state, row.awarded_on
        if awarded_on is not None and awarded_on > day:
            state, awarded_on = OtherFundingState.APPLIED, None
        found.append(
            OtherFundingFact(
                row.id or 0, row.name, state, row.applied_on, awarded_on, row.amount_p, row.told_advisor_on
            )
        )
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


@remembered
def fund_years(book: Book, year: int, data_to: dt.date) -> tuple[FundYear, ...]:
    """Every fund whose book has begun by then, in one school year up to `data_to`: the pot first."""
    return tuple(
        fund_year(book, row.id or 0, year, data_to)
        for row in funds_in_order(book)
        if school_year(row.opened_on) <= year
    )


def funds_in_order(book: Book) -> list[t.Fund]:
    """The funds, the pot first, then the lead school's, then other streams by name."""
    order = {kind: place for place, kind in enumerate(FundKind)}
    return sorted(book.rows(t.Fund), key=lambda row: (order[row.kind], row.name.casefold()))


@remembered
def fund_year(book: Book, fund_id: int, year: int, data_to: dt.date) -> FundYear:
    """One fund, whose book has begun by then, in one school year up to `data_to`."""
    row = next(one for one in book.rows(t.Fund) if one.id == fund_id)
    first, last = year_bounds(year)
    until = min(last, data_to)
    entries = [one for one in counted_facts(book).get(fund_id, ()) if one.on <= until]
    chain = accounts(row.opened_on, row.opening_p, entries, year)
    return FundYear(
        fund_id=fund_id,
        name=row.name,
        kind=row.kind,
        account=chain[-1],
        previous=chain[-2] if len(chain) > 1 else None,
        plan=_plan(book, fund_id, chain[-1]),
        entries=_entry_lines(book, [one for one in entries if first <= one.on]),
    )


def pot_year(book: Book, year: int, data_to: dt.date) -> FundYear | None:
    """The cluster pot in a school year; None: it is not entered."""
    return next((one for one in fund_years(book, year, data_to) if one.kind is FundKind.POT), None)
