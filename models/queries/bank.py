"""The resource bank of a school year: things, loans, losses, trials, Trust requests (R-RES-*, R-LOAN-*)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from msgspec import Struct

from models import tables as t
from models.calendar import year_bounds
from models.queries.book import Book, remembered
from models.rules.loans import (
    LineFact,
    LineResult,
    LoanFact,
    LoanState,
    LoanUse,
    Overdue,
    can_be_lent,
    line_result,
    loan_state,
    loan_use,
    overdue,
)  # fmt: skip
from models.rules.resources import (
    AdoptionFact,
    AdoptionSummary,
    OrderLine,
    ResourceFact,
    Tag,
    TrialFact,
    TrustRequestFact,
    TrustSupply,
    WantedFact,
    adoption_summary,
    joint_orders,
    learning_line,
    trust_supplies,
)  # fmt: skip
from models.values import replace
from models.words import ChargedTo, ResourceKind, ResourceLife, TrialVerdict


class Loss(Struct, frozen=True):
    """What did not come back whole from a loan: the part, how many, and who pays (R-LOAN-2, R-LOAN-3)."""

    resource: str
    school: str
    part: str
    result: LineResult
    charge_p: int
    charged_to: ChargedTo | None
    replaced_on: dt.date | None


class LoanLine(Struct, frozen=True):
    """A loan with its state on the day asked about."""

    fact: LoanFact
    code: str
    state: LoanState
    late: Overdue


class ResourceLine(Struct, frozen=True):
    """A resource and the year's loans of it, oldest first."""

    fact: ResourceFact
    parts: int
    loans: tuple[LoanLine, ...]
    has_mains: bool
    next_check_on: dt.date | None
    adoption: AdoptionSummary | None


class BankYear(Struct, frozen=True):
    """The resource bank in a school year, as of `data_to` (pack part 15)."""

    year: int
    data_to: dt.date
    resources: tuple[ResourceLine, ...]
    use: LoanUse
    overdue: tuple[LoanLine, ...]
    losses: tuple[Loss, ...]
    checks_due: tuple[ResourceLine, ...]
    learnt: tuple[str, ...]
    trials: tuple[TrialFact, ...]
    trust: tuple[TrustSupply, ...]
    wanted: tuple[OrderLine, ...]

    @property
    def lendable(self) -> tuple[ResourceLine, ...]:
        """Kits and other things that go out on loan."""
        return tuple(line for line in self.resources if can_be_lent(line.fact.kind, line.fact.life))

    @property
    def starters(self) -> tuple[ResourceLine, ...]:
        """Quick-enquiry starters that were not dropped (R-RES-6)."""
        return tuple(
            line
            for line in self.resources
            if line.fact.kind is ResourceKind.QUICK_ENQUIRY and line.fact.life is not ResourceLife.DROPPED
        )

    @property
    def missing(self) -> int:
        """Parts that went missing on loan."""
        return sum(loss.result.missing for loss in self.losses)


@remembered
def resource_facts(book: Book) -> dict[int, ResourceFact]:
    """Every resource by id, as the rules know it."""
    tags: dict[int, set[Tag]] = defaultdict(set)
    for row in book.rows(t.ResourceTag):
        tags[row.resource_id].add(Tag(row.kind, row.value))
    return {
        row.id or 0: ResourceFact(
            id=row.id or 0,
            name=row.name,
            kind=row.kind,
            owner=row.owner,
            owner_school_id=row.owner_school_id,
            owner_name=book.school_name(row.owner_school_id) or row.lender,
            life=row.life,
            dropped_reason=row.dropped_reason,
            minutes=row.minutes,
            code=row.code,
            tags=frozenset(tags[row.id or 0]),
        )
        for row in book.rows(t.Resource)
    }


@remembered
def loan_facts(book: Book) -> tuple[LoanFact, ...]:
    """Every loan, by its first day."""
    names = {row.id: row.name for row in book.rows(t.Resource)}
    found = [
        LoanFact(
            id=row.id or 0,
            resource_id=row.resource_id,
            resource=names[row.resource_id],
            school_id=row.school_id,
            school=book.school_name(row.school_id),
            starts_on=row.starts_on,
            due_on=row.due_on,
            out_on=row.out_on,
            back_on=row.back_on,
            cancelled_on=row.cancelled_on,
        )
        for row in book.rows(t.Loan)
    ]
    return tuple(sorted(found, key=lambda one: (one.starts_on, one.id)))


def _loans_on(book: Book, day: dt.date) -> tuple[LoanFact, ...]:
    """Every loan, to the school as it is on a day (R-DATA-6)."""
    ids = book.present_ids(day)
    return tuple(
        replace(one, school_id=ids[one.school_id], school=book.school_name(ids[one.school_id]))
        if one.school_id in ids
        else one
        for one in loan_facts(book)
    )


@remembered
def trial_facts(book: Book) -> tuple[TrialFact, ...]:
    """Every trial."""
    names = resource_facts(book)
    return tuple(
        TrialFact(
            row.id or 0, names[row.resource_id].name, book.school_name(row.school_id), row.starts_on,
            row.class_name, row.ends_on, row.verdict, row.finding,
        )
        for row in book.rows(t.Trial)
    )  # fmt: skip


@remembered
def trust_facts(book: Book) -> dict[int, tuple[dt.date, TrustRequestFact]]:
    """Every request for a Trust resource by id, with the day it was made."""
    return {
        row.id or 0: (
            row.requested_on,
            TrustRequestFact(
                row.id or 0,
                row.name,
                row.school_id,
                book.school_name(row.school_id),
                row.copies,
                row.received_on,
            ),
        )
        for row in book.rows(t.TrustRequest)
    }


@remembered
def wanted_facts(book: Book) -> tuple[tuple[dt.date, WantedFact], ...]:
    """The wanted list, each wish with the day it was raised."""
    return tuple(
        (
            row.raised_on,
            WantedFact(row.school_id, book.school_name(row.school_id), row.name, row.quantity, row.filled_on),
        )
        for row in book.rows(t.WantedItem)
    )


def _losses(book: Book, loan_ids: set[int]) -> tuple[Loss, ...]:
    parts = {row.id: row for row in book.rows(t.KitItem)}
    loans = {loan.id: loan for loan in loan_facts(book)}
    found = []
    for row in book.rows(t.LoanLine):
        if row.loan_id not in loan_ids:
            continue
        part, loan = parts[row.kit_item_id], loans[row.loan_id]
        broken = min(row.damaged, row.in_quantity or 0)  # what did not come back is missing, not damaged
        result = line_result(
            LineFact(part.name, row.out_quantity, row.in_quantity, broken, part.consumable, part.unit_cost_p)
        )
        if result.missing or result.damaged:
            found.append(
                Loss(
                    loan.resource,
                    loan.school,
                    part.name,
                    result,
                    row.charge_p,
                    row.charged_to,
                    row.replaced_on,
                )
            )
    return tuple(found)


@remembered
def adoption_on(book: Book, day: dt.date) -> dict[int, dict[int, AdoptionFact]]:
    """How far the schools used the resources on a day: by resource, then by school (R-RES-7, R-REV-1).

    A cell keeps its newest word alone: what is known as of a later day was not known then.
    """
    cells: dict[int, dict[int, AdoptionFact]] = defaultdict(dict)
    for row in book.rows(t.Adoption):
        if row.as_of is None or row.as_of <= day:
            key = book.present_id(row.school_id, day)
            cells[row.resource_id][key] = AdoptionFact(row.resource_id, key, row.level, row.beyond_attendees)
    return cells


def _adoption(book: Book, day: dt.date) -> dict[int, AdoptionSummary]:
    member_ids = [member.school_id for member in book.members(day)]
    return {
        key: adoption_summary(found.values(), member_ids) for key, found in adoption_on(book, day).items()
    }


def trial_as_of(trial: TrialFact, day: dt.date) -> TrialFact:
    """A trial as it stood on a day: still running if it ended later (R-REV-1)."""
    if trial.ends_on is None or trial.ends_on <= day:
        return trial
    return replace(trial, ends_on=None, verdict=TrialVerdict.RUNNING, finding="")


def _wish_as_of(wish: WantedFact, day: dt.date) -> WantedFact:
    late = wish.filled_on is not None and wish.filled_on > day
    return replace(wish, filled_on=None) if late else wish


@remembered
def bank_year(book: Book, year: int, data_to: dt.date) -> BankYear:
    """The resource bank of a school year up to a day."""
    first, last = year_bounds(year)
    until, scheme, calendar = min(last, data_to), book.scheme_of(year), book.calendar()
    codes = {row.id: row.code for row in book.rows(t.Loan)}
    by_resource: dict[int, list[LoanLine]] = defaultdict(list)
    of_year = []
    known = _loans_on(book, until)
    for fact in known:
        kept_to = fact.back_on or (last if fact.out_on else fact.due_on)
        if fact.starts_on <= until and kept_to >= first and fact.cancelled_on is None:
            state = loan_state(fact, until)
            late = overdue(fact, until, scheme, calendar)
            line = LoanLine(fact, codes[fact.id], state, late)
            by_resource[fact.resource_id].append(line)
            of_year.append(line)
    parts: dict[int, int] = defaultdict(int)
    for item in book.rows(t.KitItem):
        parts[item.resource_id] += item.quantity
    adoption, rows = _adoption(book, until), {row.id or 0: row for row in book.rows(t.Resource)}
    lines = tuple(
        ResourceLine(
            fact,
            parts[key],
            tuple(by_resource[key]),
            rows[key].has_mains,
            rows[key].next_check_on,
            adoption.get(key),
        )
        for key, fact in sorted(resource_facts(book).items(), key=lambda item: item[1].name.casefold())
        if (rows[key].retired_on or first) >= first
    )
    returned = {one.fact.id for one in of_year if one.fact.back_on and first <= one.fact.back_on <= until}
    return BankYear(
        year=year,
        data_to=data_to,
        resources=lines,
        use=loan_use(known, first, until),
        overdue=tuple(line for line in of_year if line.state is LoanState.OVERDUE),
        losses=_losses(book, returned),
        checks_due=tuple(one for one in lines if one.next_check_on and one.next_check_on <= until),
        learnt=tuple(
            learning_line(line.fact)
            for line in lines
            if line.fact.life is ResourceLife.DROPPED and (rows[line.fact.id].retired_on or first) <= until
        ),
        trials=tuple(trial_as_of(one, until) for one in trial_facts(book) if first <= one.starts_on <= until),
        trust=trust_supplies(fact for on, fact in trust_facts(book).values() if first <= on <= until),
        wanted=joint_orders(_wish_as_of(fact, until) for on, fact in wanted_facts(book) if on <= until),
    )
