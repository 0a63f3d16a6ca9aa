"""Lists of the resource bank besides its items: loans, roll-out and stock (R-RES-7, R-LOAN-*)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct
from sqlalchemy import and_, func, or_, select
from sqlmodel import Session

from models.calendar import year_bounds
from models.queries.bank_page import TABLES, Held, item_rows, loan_fact
from models.queries.book import Book
from models.queries.lending import line_fact, shortages
from models.rules.loans import (
    LoanMove,
    LoanState,
    Overdue,
    line_result,
    loan_moves,
    loan_state,
    overdue,
)  # fmt: skip
from models.rules.resources import AdoptionFact, AdoptionSummary, adoption_summary
from models.rules.rollout import Use
from models.words import ChargedTo, ResourceKind, ResourceLife


class LoanRow(Struct, frozen=True):
    """A loan as the list shows it. `charge_p` is pence to replace what was lost.

    Attributes:
        result: how it came back, part by part.
        brief: the same in numbers: `1 missing, 5 used`.
    """

    id: int
    code: str
    resource_id: int
    resource_code: str
    resource: str
    school_id: int
    school: str
    person: str
    starts_on: dt.date
    due_on: dt.date
    out_on: dt.date | None
    back_on: dt.date | None
    state: LoanState
    late: Overdue
    result: str
    brief: str
    charge_p: int
    charged_to: ChargedTo | None
    notes: str

    @property
    def moves(self) -> tuple[LoanMove, ...]:
        """What can be done with it now."""
        return loan_moves(self.state)


class Loans(Struct, frozen=True):
    """The loans of a school year: those that were out, or booked, on a day of it."""

    today: dt.date
    rows: tuple[LoanRow, ...]


def loans_of_year(session: Session, year: int, clock: Callable[[], dt.date]) -> Loans:
    """The loans of a year: overdue first, then out, reserved, and those that are over, newest first."""
    book = Book(session)
    today, (first, last) = book.today(clock), year_bounds(year)
    loan = TABLES["loan"]
    unfinished = and_(loan.c.back_on.is_(None), loan.c.cancelled_on.is_(None))
    ends = func.coalesce(loan.c.back_on, loan.c.due_on)
    still = and_(unfinished, loan.c.out_on.is_not(None))
    where = and_(loan.c.starts_on <= last, or_(still, ends >= first))
    if first <= today <= last:
        where = or_(where, unfinished)  # what is booked for next year is work of this one
    rows = loan_rows(book, where, today)
    return Loans(today, tuple(sorted(rows, key=_pressing)))


_ORDER = list(LoanState)


def _pressing(row: LoanRow) -> tuple[int, int, int]:
    place = (LoanState.OVERDUE, LoanState.OUT, LoanState.RESERVED).index(row.state) if row.moves else 3
    day = row.due_on.toordinal() if row.moves else -(row.back_on or row.starts_on).toordinal()
    return place, day, row.id


def loan_rows(book: Book, where: Any, today: dt.date) -> list[LoanRow]:
    """The loans that a condition on their table picks, by id."""
    loan, resource, person = TABLES["loan"], TABLES["resource"], TABLES["person"]
    asked = (
        select(loan, resource.c.code.label("of"), resource.c.name, person.c.name.label("person"))
        .join(resource, resource.c.id == loan.c.resource_id)
        .join(person, person.c.id == loan.c.person_id, isouter=True)
        .where(where)
        .order_by(loan.c.id)
    )
    outcomes, scheme, calendar = _outcomes(book.session, where), book.scheme(today), book.calendar()
    found = []
    for row in book.session.execute(asked):
        fact = loan_fact(row, row.name)
        school_id = book.present_id(row.school_id, today)
        state, how = loan_state(fact, today), outcomes.get(row.id, _Outcome())
        whole = "complete" if state is LoanState.RETURNED else ""
        found.append(
            LoanRow(
                row.id, row.code, row.resource_id, row.of, row.name, school_id, book.short_name(school_id),
                row.person or "", row.starts_on, row.due_on, row.out_on, row.back_on, state,
                overdue(fact, today, scheme, calendar), how.text or whole, how.brief or whole,
                how.charge_p, how.charged_to, row.notes,
            )
        )  # fmt: skip
    return found


@dataclass
class _Outcome:
    """What did not come back whole from a loan."""

    said: list[str] = field(default_factory=list)
    missing: int = 0
    damaged: int = 0
    used: int = 0
    charge_p: int = 0
    charged_to: ChargedTo | None = None

    @property
    def text(self) -> str:
        """Part by part."""
        return "; ".join(self.said)

    @property
    def brief(self) -> str:
        """`1 missing, 5 used`."""
        numbers = ((self.missing, "missing"), (self.damaged, "damaged"), (self.used, "used"))
        return ", ".join(f"{number:,} {word}" for number, word in numbers if number)


def _outcomes(session: Session, where: Any) -> dict[int, _Outcome]:
    """What did not come back whole, what it costs and who pays, by loan (R-LOAN-2, R-LOAN-3)."""
    line, part, loan = TABLES["loan_line"], TABLES["kit_item"], TABLES["loan"]
    asked = (
        select(line, part.c.name, part.c.consumable, part.c.unit_cost_p)
        .join(part, part.c.id == line.c.kit_item_id)
        .join(loan, loan.c.id == line.c.loan_id)
        .where(where, or_(line.c.in_quantity < line.c.out_quantity, line.c.damaged > 0))
        .order_by(part.c.position, part.c.id)
    )
    found: dict[int, _Outcome] = defaultdict(_Outcome)
    for row in session.execute(asked):
        one, result = found[row.loan_id], line_result(line_fact(row))
        one.said.append(f"{row.name} {result.text}")
        one.missing += result.missing
        one.damaged += result.damaged
        one.used += result.used
        one.charge_p += row.charge_p
        one.charged_to = row.charged_to or one.charged_to
    return found


# -- roll-out


class Cell(Struct, frozen=True):
    """How far a school uses a resource; `use` None: not entered, and then `id` is 0."""

    school_id: int
    id: int = 0
    use: Use | None = None
    beyond_attendees: bool = False
    as_of: dt.date | None = None


class RolloutRow(Struct, frozen=True):
    """A resource and its cell for each member school, in the order of the matrix's schools."""

    id: int
    code: str
    name: str
    kind: ResourceKind
    life: ResourceLife
    cells: tuple[Cell, ...]
    summary: AdoptionSummary


class Rollout(Struct, frozen=True):
    """The adoption matrix (R-RES-7). `schools`: the members by name, (id, short name)."""

    today: dt.date
    schools: tuple[tuple[int, str], ...]
    rows: tuple[RolloutRow, ...]


def rollout(session: Session, year: int, clock: Callable[[], dt.date]) -> Rollout:
    """Which school uses which resource: today, or at the end of a year that is over."""
    book = Book(session)
    today = book.today(clock)
    day = min(today, year_bounds(year)[1])
    schools = tuple((one.school_id, book.short_name(one.school_id)) for one in book.members(day))
    cells = adoption_cells(book, day)
    resource = TABLES["resource"]
    asked = select(
        resource.c.id,
        resource.c.code,
        resource.c.name,
        resource.c.kind,
        resource.c.life,
        resource.c.retired_on,
    ).order_by(resource.c.code, resource.c.id)
    rows = []
    for row in session.execute(asked):
        ours = cells.get(row.id, {})
        gone = row.life is ResourceLife.DROPPED or (row.retired_on is not None and row.retired_on <= day)
        if gone and not ours:
            continue
        facts = [
            AdoptionFact(row.id, key, cell.use.level, cell.beyond_attendees)
            for key, cell in ours.items()
            if cell.use is not None
        ]
        rows.append(
            RolloutRow(
                row.id, row.code, row.name, row.kind, row.life,
                tuple(ours.get(key, Cell(key)) for key, _ in schools),
                adoption_summary(facts, [key for key, _ in schools]),
            )
        )  # fmt: skip
    return Rollout(today, schools, tuple(rows))


def adoption_cells(book: Book, day: dt.date, resource_id: int | None = None) -> dict[int, dict[int, Cell]]:
    """Every entry of the matrix, by resource and by the school as it is on a day."""
    adoption = TABLES["adoption"]
    asked = select(adoption).order_by(adoption.c.id)
    if resource_id is not None:
        asked = asked.where(adoption.c.resource_id == resource_id)
    found: dict[int, dict[int, Cell]] = defaultdict(dict)
    for row in book.session.execute(asked):
        key = book.present_id(row.school_id, day)
        use = Use(row.level, row.staff_using, row.staff_total)
        found[row.resource_id][key] = Cell(key, row.id, use, row.beyond_attendees, row.as_of)
    return found


def used_by(
    book: Book, resource_id: int, day: dt.date
) -> tuple[AdoptionSummary, tuple[tuple[str, Cell], ...]]:
    """How far the member schools use one resource, and each entry with the school's short name."""
    cells = adoption_cells(book, day, resource_id).get(resource_id, {})
    members = [one.school_id for one in book.members(day)]
    facts = [
        AdoptionFact(resource_id, key, cell.use.level, cell.beyond_attendees)
        for key, cell in cells.items()
        if cell.use is not None
    ]
    named = tuple((book.short_name(key), cells[key]) for key in members if key in cells)
    return adoption_summary(facts, members), named


# -- stock


class StockRow(Struct, frozen=True):
    """An item as a stock check sees it: where it is kept, when it was last seen, what it is short of."""

    id: int
    code: str
    name: str
    location: str
    now: Held | None
    parts: int
    checked_on: dt.date | None
    checked_by: str
    found: bool
    complete: bool
    notes: str
    short: int
    has_mains: bool
    next_check_on: dt.date | None
    since: dt.date

    @property
    def state(self) -> str:
        """`Not found`, `Incomplete`, `Complete`, or `To check` if nobody looked since the year began."""
        if self.checked_on is None or self.checked_on < self.since:
            return "To check"
        if not self.found:
            return "Not found"
        return "Complete" if self.complete and not self.short else "Incomplete"


class Stock(Struct, frozen=True):
    """What a stock check of a year goes through."""

    today: dt.date
    rows: tuple[StockRow, ...]


def stock(session: Session, year: int, clock: Callable[[], dt.date]) -> Stock:
    """Everything that is lent, with its last stock check up to the end of a school year."""
    book = Book(session)
    today, (first, last) = book.today(clock), year_bounds(year)
    check, person = TABLES["stock_check"], TABLES["person"]
    asked = (
        select(check, person.c.name)
        .join(person, person.c.id == check.c.person_id, isouter=True)
        .where(check.c.checked_on <= last)
        .order_by(check.c.checked_on)
    )
    newest = {row.resource_id: row for row in session.execute(asked)}
    short = _short_by_resource(session)
    rows = []
    for item in item_rows(book, today):
        if not item.lendable:
            continue
        seen = newest.get(item.id)
        rows.append(
            StockRow(
                item.id, item.code, item.name, item.location, item.now, item.parts,
                seen.checked_on if seen else None, (seen.name or "") if seen else "",
                bool(seen and seen.found), bool(seen and seen.complete), seen.notes if seen else "",
                short.get(item.id, 0), item.has_mains, item.next_check_on, first,
            )
        )  # fmt: skip
    return Stock(today, tuple(sorted(rows, key=lambda row: (row.code.casefold(), row.id))))


def _short_by_resource(session: Session) -> dict[int, int]:
    """How many pieces each kit waits for."""
    short, part = shortages(session), TABLES["kit_item"]
    if not short:
        return {}
    found: dict[int, int] = defaultdict(int)
    for part_id, resource_id in session.execute(
        select(part.c.id, part.c.resource_id).where(part.c.id.in_(short))
    ):
        found[resource_id] += short[part_id]
    return dict(found)
