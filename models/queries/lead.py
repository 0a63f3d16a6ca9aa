"""The lead school's own money: lead time, administration, extra time (pack part 10; R-LEAD-1 to 4)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from models.calendar import year_bounds
from models.queries.account import EntryLine, counted_facts, fund_years
from models.queries.book import Book, remembered
from models.queries.issues import ApprovalLine, approval_as_of, approval_lines
from models.rules.lead_funds import LeadYear, Stage, lead_fund, stage_amount, stage_of
from models.words import ApprovalKind, Direction, EntryState, FundKind, Heading

LEAD_FUNDS = (FundKind.LEAD_TIME, FundKind.LEAD_ADMIN)


class LeadFund(Struct, frozen=True):
    """One of the two lead funds in a school year, in pence (R-LEAD-1, R-LEAD-2).

    Attributes:
        now: what the scheme allows in the year, what is carried over of that, what was spent and what is
            left of it. An allowance is no money: what was received stands among the entries.
        stage_p: what the scheme allows over the whole stage.
        stage_spent_p: what was spent in the stage so far.
        entries: those paid in the year: what went out is the amount spent, what came in the amount received.
    """

    now: LeadYear
    stage_p: int
    stage_spent_p: int
    entries: tuple[EntryLine, ...]

    @property
    def received_p(self) -> int | None:
        """The money entered as received in the year; None: none is entered."""
        came = [line.fact.counted_p for line in self.entries if line.fact.direction is Direction.IN]
        return sum(came) if came else None


class ExtraTime(Struct, frozen=True):
    """A request for extra organisational time and what was spent under it (R-LEAD-4)."""

    approval: ApprovalLine
    spent: tuple[EntryLine, ...]

    @property
    def spent_p(self) -> int:
        """Spent under this approval in the year, in pence."""
        return sum(line.fact.counted_p for line in self.spent)


class LeadSchool(Struct, frozen=True):
    """What the lead school may spend on running the cluster, and whether it asked first.

    `funds` is empty where no agreement tells what the scheme allows; `unasked` is extra time that the pot
    paid without any approval.
    """

    school: str
    year: int
    funds: tuple[LeadFund, ...]
    extra: tuple[ExtraTime, ...]
    unasked: tuple[EntryLine, ...]

    def fund(self, kind: FundKind) -> LeadFund | None:
        """One of the two funds."""
        return next((one for one in self.funds if one.now.kind is kind), None)


def stage_on(book: Book, day: dt.date) -> Stage | None:
    """The stage that a day belongs to."""
    agreement = book.agreement(day)
    return stage_of(agreement.starts_on, agreement.ends_on) if agreement else None


@remembered
def lead_years(book: Book, year: int, data_to: dt.date) -> tuple[LeadYear, ...]:
    """Both lead funds in a school year; empty without an agreement."""
    until = min(year_bounds(year)[1], data_to)
    stage = stage_on(book, until)
    if stage is None or year < stage.first_year:
        return ()
    entries = [one for fund in counted_facts(book).values() for one in fund if one.on <= until]
    return tuple(lead_fund(kind, entries, stage, book.scheme, year)[-1] for kind in LEAD_FUNDS)


def lead_school(book: Book, year: int, data_to: dt.date) -> LeadSchool:
    """The lead school's funds and extra time in a school year up to `data_to`."""
    first, last = year_bounds(year)
    until = min(last, data_to)
    stage, spell = stage_on(book, until), book.lead_school(until)
    funds = fund_years(book, year, data_to)
    paid = [line for one in funds for line in one.entries if line.fact.state is EntryState.PAID]
    everything = [one for fund in counted_facts(book).values() for one in fund if one.on <= until]
    lead_funds = []
    if stage is not None and year >= stage.first_year:
        for kind in LEAD_FUNDS:
            years = lead_fund(kind, everything, stage, book.scheme, year)
            lead_funds.append(
                LeadFund(
                    years[-1],
                    stage_amount(kind, stage, book.scheme),
                    sum(y.spent_p for y in years),
                    tuple(line for line in paid if line.fact.fund_kind is kind),
                )
            )
    extra = [
        line
        for line in paid
        if line.fact.heading is Heading.EXTRA_TIME and line.fact.fund_kind is FundKind.POT
    ]
    taken_back = {line.fact.reverses_id for line in extra}
    asked = [
        one
        for one in approval_lines(book)
        if one.kind is ApprovalKind.EXTRA_TIME
        and (first <= one.asked_on <= until or any(line.approval == one.code for line in extra))
    ]
    return LeadSchool(
        school=spell.school if spell else "",
        year=year,
        funds=tuple(lead_funds),
        extra=tuple(
            ExtraTime(approval_as_of(one, until), tuple(line for line in extra if line.approval == one.code))
            for one in asked
        ),
        unasked=tuple(
            line
            for line in extra
            if not line.approval and line.fact.stands and line.fact.id not in taken_back
        ),
    )
