"""Accounts of the cluster's funds: opening + in − out = closing, year after year (R-POT-1, 3 to 6, R-FUND-2).

Each fund is a purse of its own: nothing here adds two of them up. Amounts are whole pence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from models.calendar import school_year, year_label
from models.formats import long_date, percent, prose_pounds
from models.rules.scheme import Scheme, SchemeFor
from models.rules.verdict import About, Verdict, answered, refuse, unless_allowed, warn
from models.words import Direction, EntryState, FundKind, Heading


class EntryFact(Struct, frozen=True):
    """One entry of a fund.

    Attributes:
        amount_p: never negative; the direction says which way.
        decided: True if a decision of a meeting is linked (R-POT-2).
        approval_id: the Advisor's answer it relies on (R-LEAD-4, R-TRAV-1).
        school_name: the school repaid or concerned; "" if none.
        claim_id: the cover claim it pays.
        reverses_id: the entry it takes back. It keeps that entry's direction and heading and counts negative,
            so that a correction is never shown as income.
    """

    id: int
    code: str
    fund_id: int
    on: dt.date
    direction: Direction
    heading: Heading
    amount_p: int
    fund_kind: FundKind = FundKind.POT
    fund_name: str = "the cluster pot"
    state: EntryState = EntryState.PAID
    description: str = ""
    school_name: str = ""
    decided: bool = False
    approval_id: int | None = None
    claim_id: int | None = None
    reverses_id: int | None = None
    override_reason: str = ""

    @property
    def about(self) -> About:
        """The record, for verdicts."""
        return About("fund_entry", self.id)

    @property
    def counted_p(self) -> int:
        """The amount under its heading: negative where it takes an entry back."""
        return -self.amount_p if self.reverses_id is not None else self.amount_p

    @property
    def effect_p(self) -> int:
        """What it does to the balance."""
        return self.counted_p if self.direction is Direction.IN else -self.counted_p

    @property
    def year(self) -> int:
        """The school year it belongs to."""
        return school_year(self.on)

    @property
    def stands(self) -> bool:
        """True for money that went out or is to go out, and is not itself a correction."""
        return self.direction is Direction.OUT and self.reverses_id is None


class Line(Struct, frozen=True):
    """One heading of an account, in pence."""

    heading: Heading
    amount_p: int


class Account(Struct, frozen=True):
    """One fund over one year. `opening_p` + `income_p` − `spent_p` = `closing_p`.

    Attributes:
        income: what came in, by heading, in the headings' order.
        spending: what went out, the same way.
        planned_p: planned spending that has not been paid; not part of the balance.
    """

    year: int
    opening_p: int
    income: tuple[Line, ...]
    spending: tuple[Line, ...]
    planned_p: int = 0

    @property
    def income_p(self) -> int:
        return sum(line.amount_p for line in self.income)

    @property
    def spent_p(self) -> int:
        return sum(line.amount_p for line in self.spending)

    @property
    def closing_p(self) -> int:
        return self.opening_p + self.income_p - self.spent_p

    @property
    def is_blank(self) -> bool:
        """True where no money is in its book yet: its figures are not entered, and none of them is 0."""
        return not (self.opening_p or self.income or self.spending)

    @property
    def rollover_p(self) -> int:
        """What opens the next year: the whole closing balance; it is never returned (R-POT-3)."""
        return self.closing_p

    @property
    def rollover_percent(self) -> str:
        """The rollover as a share of the year's income, `18%` (R-POT-4)."""
        return percent(self.closing_p, self.income_p)

    @property
    def rollover_words(self) -> str:
        """The sentence `£360 rolls over to 2025 to 2026: 18% of the year's income of £2,000.`, or alike."""
        start = f"{prose_pounds(self.closing_p)} rolls over to {year_label(self.year + 1)}"
        if self.income_p <= 0:
            return f"{start}; nothing came in this year."
        return f"{start}: {self.rollover_percent} of the year’s income of {prose_pounds(self.income_p)}."


def _lines(entries: Iterable[EntryFact], direction: Direction) -> tuple[Line, ...]:
    sums: dict[Heading, int] = {}
    for entry in entries:
        if entry.direction is direction:
            sums[entry.heading] = sums.get(entry.heading, 0) + entry.counted_p
    return tuple(Line(heading, sums[heading]) for heading in Heading if heading in sums)


def account(year: int, opening_p: int, entries: Iterable[EntryFact]) -> Account:
    """The account of one fund in one school year; entries of other years are passed over.

    Only paid entries move the balance. The caller passes entries of ONE fund (R-FUND-2).
    """
    own = [entry for entry in entries if entry.year == year]
    paid = [entry for entry in own if entry.state is EntryState.PAID]
    return Account(
        year=year,
        opening_p=opening_p,
        income=_lines(paid, Direction.IN),
        spending=_lines(paid, Direction.OUT),
        planned_p=sum(
            entry.counted_p
            for entry in own
            if entry.state is EntryState.PLANNED and entry.direction is Direction.OUT
        ),
    )


def accounts(opened_on: dt.date, opening_p: int, entries: Iterable[EntryFact], through: int) -> list[Account]:
    """The accounts of one fund, year by year, from the year its book starts to the year `through`.

    Each opens with the closing of the one before (R-POT-3). Entries before `opened_on` are in the
    opening balance already and are passed over; `early_entries` names them. There is always one year.
    """
    by_year: dict[int, list[EntryFact]] = {}
    for entry in entries:
        if entry.on >= opened_on:
            by_year.setdefault(entry.year, []).append(entry)
    first = school_year(opened_on)
    chain = [account(first, opening_p, by_year.get(first, ()))]
    for year in range(first + 1, through + 1):
        chain.append(account(year, chain[-1].closing_p, by_year.get(year, ())))
    return chain


def balance(opened_on: dt.date, opening_p: int, entries: Iterable[EntryFact], on: dt.date) -> int:
    """What is in one fund at the end of a day, in pence."""
    moved = (
        entry.effect_p for entry in entries if entry.state is EntryState.PAID and opened_on <= entry.on <= on
    )
    return opening_p + sum(moved)


def early_entries(fund_name: str, opened_on: dt.date, entries: Iterable[EntryFact]) -> list[Verdict]:
    """Warns of entries dated before the book of their fund starts: they count nowhere (R-POT-3)."""
    return [
        warn(
            "R-POT-3",
            f"{entry.code} of {long_date(entry.on)} lies before the book of {fund_name} starts, "
            f"{long_date(opened_on)}, so it is not counted: correct one of the two dates.",
            entry.about,
        )
        for entry in entries
        if entry.on < opened_on
    ]


def drift_verdict(fund_name: str, carried_p: int, now: Account, about: About) -> Verdict | None:
    """Warns when a closed year no longer gives the figure that was carried over (R-POT-3)."""
    if carried_p == now.closing_p:
        return None
    text = (
        f"{fund_name}: {prose_pounds(carried_p)} was carried over from {year_label(now.year)}, but its "
        f"entries now give {prose_pounds(now.closing_p)}: find the late change, or close the year again."
    )
    return warn("R-POT-3", text, about)


def overdraft_verdict(entry: EntryFact, before_p: int, scheme: Scheme) -> Verdict | None:
    """Says by how much a spend takes its fund below £0 (R-POT-5). `before_p`: the balance without it."""
    after = before_p + entry.effect_p
    if not entry.stands or after >= 0 or entry.amount_p == 0:
        return None
    if entry.state is EntryState.PLANNED:
        text = f"{entry.code} would take {entry.fund_name} below £0"
    else:
        text = f"{entry.code} takes {entry.fund_name} below £0"
    text += (
        f": {prose_pounds(max(before_p, 0))} left, {prose_pounds(entry.amount_p)} to spend, "
        f"{prose_pounds(-after)} short."
    )
    verdict = answered(scheme.response("pot_overdraft"), "R-POT-5", text, entry.about)
    return verdict and unless_allowed(verdict, entry.override_reason)


def overdrafts(
    opened_on: dt.date, opening_p: int, entries: Iterable[EntryFact], scheme_for: SchemeFor
) -> list[Verdict]:
    """Each paid spend of ONE fund that takes it from £0 or more to below £0 (R-POT-5).

    Money that comes in on a day counts before what goes out on it.
    """
    paid = [entry for entry in entries if entry.state is EntryState.PAID and entry.on >= opened_on]
    left, found = opening_p, []
    for entry in sorted(paid, key=lambda one: (one.on, one.effect_p < 0, one.code, one.id)):
        verdict = overdraft_verdict(entry, left, scheme_for(entry.on)) if left >= 0 else None
        left += entry.effect_p
        if verdict is not None:
            found.append(verdict)
    return found


class Payment(Struct, frozen=True):
    """Who pays whom. The lead school holds the money, so it is always the payer (R-POT-1)."""

    payer: str
    payee: str
    amount_p: int
    words: str


def payment(lead_school: str, entry: EntryFact, payee: str = "") -> Payment:
    """The payment behind a spend: a school that bought something for the cluster is repaid (R-POT-1)."""
    to = entry.school_name or payee
    amount = prose_pounds(entry.amount_p)
    if entry.school_name == lead_school or not to:
        words = f"{lead_school} pays {amount} for {entry.description}."
    elif entry.school_name:
        words = f"{lead_school} repays {to} {amount} for {entry.description}."
    else:
        words = f"{lead_school} pays {to} {amount} for {entry.description}."
    return Payment(lead_school, to, entry.amount_p, words)


class Variance(Struct, frozen=True):
    """Plan against actual for one heading, in pence (R-POT-6)."""

    heading: Heading
    planned_p: int
    actual_p: int
    explanation: str
    needs_note: bool

    @property
    def difference_p(self) -> int:
        return self.actual_p - self.planned_p

    @property
    def percent_off(self) -> str:
        """`12%` off plan; “not available” where nothing was planned."""
        return percent(abs(self.difference_p), self.planned_p)


def variance(
    heading: Heading, planned_p: int, actual_p: int, scheme: Scheme, explanation: str = ""
) -> Variance:
    """Compares a line with its plan. 10% or more off, either way, asks for a note (R-POT-6)."""
    off = abs(actual_p - planned_p)
    asks = off > 0 and 100 * off >= scheme.budget_variance * planned_p
    return Variance(heading, planned_p, actual_p, explanation, asks)


def variance_verdict(line: Variance, year: int, scheme: Scheme, about: About) -> Verdict | None:
    """Asks for the explanation that is missing (R-POT-6)."""
    if not line.needs_note or line.explanation.strip():
        return None
    way = "over" if line.difference_p > 0 else "under"
    share = f" ({line.percent_off})" if line.planned_p > 0 else ""
    text = (
        f"{line.heading.label} in {year_label(year)}: {prose_pounds(line.actual_p)} against "
        f"{prose_pounds(line.planned_p)} planned, {prose_pounds(abs(line.difference_p))}{share} {way}: "
        "write a note that explains it."
    )
    return answered(scheme.response("budget_variance"), "R-POT-6", text, about)


def counted_twice(entries: Iterable[EntryFact]) -> list[Verdict]:
    """Refuses a cover claim paid from two funds: each spend belongs to one stream (R-FUND-2)."""
    known = list(entries)
    gone = {entry.reverses_id for entry in known}
    first: dict[int, EntryFact] = {}
    found = []
    for entry in known:
        if entry.claim_id is None or not entry.stands or entry.id in gone:
            continue
        earlier = first.setdefault(entry.claim_id, entry)
        if earlier.fund_id != entry.fund_id:
            text = (
                f"{entry.code} pays from {entry.fund_name} what {earlier.code} pays from "
                f"{earlier.fund_name}: a spend belongs to one fund, so reverse one of the two."
            )
            found.append(unless_allowed(refuse("R-FUND-2", text, entry.about), entry.override_reason))
    return found
