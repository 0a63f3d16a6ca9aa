"""The two funds that support the lead school: lead time and finance administration (R-LEAD-1 to 3, D20).

Each has so much a year for the years of a stage. Neither draws on the other or on the pot. Whole pence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from models.calendar import add_months, school_year, year_bounds, year_label
from models.formats import prose_pounds
from models.rules.fund import EntryFact
from models.rules.scheme import Scheme, SchemeFor
from models.rules.verdict import BOOK, About, Verdict, answered
from models.words import Direction, EntryState, FundKind

_RULES = {
    FundKind.LEAD_TIME: ("R-LEAD-1", "lead_time_allowance"),
    FundKind.LEAD_ADMIN: ("R-LEAD-2", "lead_admin_allowance"),
}


class Stage(Struct, frozen=True):
    """The school years of a stage: so many yearly amounts from `first_year`, usable until `last_year`."""

    first_year: int
    years: int
    last_year: int


def stage_of(starts_on: dt.date, ends_on: dt.date) -> Stage:
    """The stage of an agreement's dates, both inclusive. A part of a year at the end brings no new amount."""
    years = 1
    while add_months(starts_on, 12 * (years + 1)) <= ends_on + dt.timedelta(days=1):
        years += 1
    return Stage(school_year(starts_on), years, school_year(ends_on))


class LeadYear(Struct, frozen=True):
    """One lead fund in one school year, in pence. `available_p` = `allowance_p` + `carried_p`."""

    kind: FundKind
    year: int
    allowance_p: int
    carried_p: int
    spent_p: int

    @property
    def available_p(self) -> int:
        return self.allowance_p + self.carried_p

    @property
    def left_p(self) -> int:
        """What is left; negative if more was spent than there was."""
        return self.available_p - self.spent_p


def yearly_amount(kind: FundKind, scheme: Scheme) -> int:
    """The amount a year of a lead fund, in pence: £300 of lead time, £120 of administration.

    Raises:
        ValueError: `kind` is not a lead fund.
    """
    if kind is FundKind.LEAD_TIME:
        return scheme.lead_time_allowance
    if kind is FundKind.LEAD_ADMIN:
        return scheme.lead_admin_allowance
    raise ValueError(f"{kind} is not a lead fund")


def lead_fund(
    kind: FundKind, entries: Iterable[EntryFact], stage: Stage, scheme_for: SchemeFor, through: int
) -> list[LeadYear]:
    """A lead fund year by year, from the stage's first school year to `through`.

    Args:
        kind: lead time or administration; only entries of a fund of this kind draw on it (R-LEAD-3).
        entries: of any funds; paid ones count.
        stage: outside it there is no amount, and nothing is carried out of it (D20).
        scheme_for: the scheme in force on a day; a year follows that of its last day.
        through: the last school year wanted.
    """
    spent: dict[int, int] = {}
    for entry in entries:
        if entry.fund_kind is kind and entry.state is EntryState.PAID:
            drawn = entry.counted_p if entry.direction is Direction.OUT else 0
            spent[entry.year] = spent.get(entry.year, 0) + drawn
    found: list[LeadYear] = []
    for year in range(stage.first_year, max(through, stage.first_year) + 1):
        scheme = scheme_for(year_bounds(year)[1])
        inside = year < stage.first_year + stage.years
        carries = bool(found) and scheme.lead_rollover and year <= stage.last_year
        found.append(
            LeadYear(
                kind=kind,
                year=year,
                allowance_p=yearly_amount(kind, scheme) if inside else 0,
                carried_p=found[-1].left_p if carries else 0,
                spent_p=spent.get(year, 0),
            )
        )
    return found


def stage_amount(kind: FundKind, stage: Stage, scheme_for: SchemeFor) -> int:
    """What a lead fund has over the whole stage: £600 and £240 for two years (R-LEAD-1, R-LEAD-2)."""
    years = range(stage.first_year, stage.first_year + stage.years)
    return sum(yearly_amount(kind, scheme_for(year_bounds(year)[1])) for year in years)


def lead_verdict(line: LeadYear, scheme: Scheme, about: About = BOOK) -> Verdict | None:
    """Says that more of a lead fund was spent than there is (R-LEAD-1, R-LEAD-2)."""
    if line.left_p >= 0 or line.spent_p <= 0:
        return None
    rule, setting = _RULES[line.kind]
    remedy = "talk to the Advisor"
    if line.kind is FundKind.LEAD_TIME:
        remedy = "the pot may pay extra organisational time only with prior approval"
    text = (
        f"{line.kind.label} in {year_label(line.year)}: {prose_pounds(line.spent_p)} spent of "
        f"{prose_pounds(max(line.available_p, 0))} available, {prose_pounds(-line.left_p)} too much; "
        f"{remedy}."
    )
    return answered(scheme.response(setting), rule, text, about)
