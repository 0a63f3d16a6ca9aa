"""All that is known of one item of the resource bank: contents, loans, trials, use, checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models.errors import Changed
from models.queries.bank_lists import Cell, LoanRow, loan_rows, used_by
from models.queries.bank_page import TABLES, ItemRow, item_rows
from models.queries.book import Book
from models.queries.lending import shortages
from models.rules.loans import KitFact, LoanFact, LoanUse, check_verdict, loan_use
from models.rules.resources import (
    AdoptionSummary,
    ResourceFact,
    TrialFact,
    dropped_verdict,
    owner_verdict,
    starter_verdict,
    trial_verdict,
)  # fmt: skip
from models.rules.verdict import Verdict
from models.words import TrialVerdict

LOANS_SHOWN = 40


class PartRow(Struct, frozen=True):
    """A line of a kit's contents: how many it should hold, and how many there are, as far as is known."""

    id: int
    name: str
    quantity: int
    there: int
    consumable: bool
    unit_cost_p: int | None


class TrialRow(Struct, frozen=True):
    """A trial of the item."""

    id: int
    school: str
    class_name: str
    person: str
    starts_on: dt.date
    ends_on: dt.date | None
    verdict: TrialVerdict
    finding: str

    def fact(self, resource: str) -> TrialFact:
        """The trial as the rules know it."""
        return TrialFact(
            self.id, resource, self.school, self.starts_on, self.class_name, self.ends_on, self.verdict,
            self.finding,
        )  # fmt: skip


class CheckRow(Struct, frozen=True):
    """A stock check of the item."""

    id: int
    checked_on: dt.date
    by: str
    found: bool
    complete: bool
    notes: str


class PaidRow(Struct, frozen=True):
    """An entry of a fund that names the item, in pence."""

    id: int
    code: str
    on: dt.date
    amount_p: int


class ItemDetail(Struct, frozen=True):
    """One item, whole. `use` counts every loan that went out; `loans` holds the newest."""

    row: ItemRow
    today: dt.date
    description: str
    effort: str
    lender: str
    return_by: dt.date | None
    dropped_reason: str
    safety_ref: str
    safety_link: str
    replacement_p: int | None
    parts: tuple[PartRow, ...]
    loans: tuple[LoanRow, ...]
    use: LoanUse
    trials: tuple[TrialRow, ...]
    adoption: AdoptionSummary
    cells: tuple[tuple[str, Cell], ...]
    checks: tuple[CheckRow, ...]
    paid: tuple[PaidRow, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def short(self) -> int:
        """How many pieces it waits for."""
        return sum(part.quantity - part.there for part in self.parts)

    @property
    def running(self) -> tuple[TrialRow, ...]:
        """The trials without a verdict."""
        return tuple(one for one in self.trials if one.verdict is TrialVerdict.RUNNING)


def item(session: Session, resource_id: int, clock: Callable[[], dt.date]) -> ItemDetail:
    """One item of the bank.

    Raises:
        Changed: it is not there any more.
    """
    book = Book(session)
    today = book.today(clock)
    row = next(iter(item_rows(book, today, resource_id)), None)
    resource, loan = TABLES["resource"], TABLES["loan"]
    stored = session.execute(select(resource).where(resource.c.id == resource_id)).first()
    if row is None or stored is None:
        raise Changed("This resource is not there any more: it was deleted, or never saved.")
    loans = loan_rows(book, loan.c.resource_id == resource_id, today)
    loans.sort(key=lambda one: (one.starts_on, one.id), reverse=True)
    facts = [
        LoanFact(
            one.id,
            one.resource_id,
            one.resource,
            one.school_id,
            one.school,
            one.starts_on,
            one.due_on,
            one.out_on,
        )
        for one in loans
    ]
    trials, (summary, cells) = _trials(book, resource_id, today), used_by(book, resource_id, today)
    return ItemDetail(
        row=row,
        today=today,
        description=stored.description,
        effort=stored.effort,
        lender=stored.lender,
        return_by=stored.return_by,
        dropped_reason=stored.dropped_reason,
        safety_ref=stored.safety_ref,
        safety_link=stored.safety_link,
        replacement_p=stored.replacement_p,
        parts=_parts(session, resource_id),
        loans=tuple(loans[:LOANS_SHOWN]),
        use=loan_use(facts, dt.date.min, dt.date.max),
        trials=trials,
        adoption=summary,
        cells=cells,
        checks=_checks(book, resource_id),
        paid=_paid(session, resource_id),
        verdicts=_verdicts(book, row, stored, trials, today),
    )


def _parts(session: Session, resource_id: int) -> tuple[PartRow, ...]:
    part, short = TABLES["kit_item"], shortages(session, resource_id)
    asked = select(part).where(part.c.resource_id == resource_id).order_by(part.c.position, part.c.id)
    return tuple(
        PartRow(
            row.id, row.name, row.quantity, max(row.quantity - short.get(row.id, 0), 0), row.consumable,
            row.unit_cost_p,
        )
        for row in session.execute(asked)
    )  # fmt: skip


def _trials(book: Book, resource_id: int, today: dt.date) -> tuple[TrialRow, ...]:
    trial, person = TABLES["trial"], TABLES["person"]
    asked = (
        select(trial, person.c.name)
        .join(person, person.c.id == trial.c.person_id, isouter=True)
        .where(trial.c.resource_id == resource_id)
        .order_by(trial.c.starts_on.desc(), trial.c.id)
    )
    return tuple(
        TrialRow(
            row.id, book.short_name(book.present_id(row.school_id, today)), row.class_name, row.name or "",
            row.starts_on, row.ends_on, row.verdict, row.finding,
        )
        for row in book.session.execute(asked)
    )  # fmt: skip


def _checks(book: Book, resource_id: int) -> tuple[CheckRow, ...]:
    check, person = TABLES["stock_check"], TABLES["person"]
    asked = (
        select(check, person.c.name)
        .join(person, person.c.id == check.c.person_id, isouter=True)
        .where(check.c.resource_id == resource_id)
        .order_by(check.c.checked_on.desc())
        .limit(5)
    )
    return tuple(
        CheckRow(row.id, row.checked_on, row.name or "", row.found, row.complete, row.notes)
        for row in book.session.execute(asked)
    )


def _paid(session: Session, resource_id: int) -> tuple[PaidRow, ...]:
    entry = TABLES["fund_entry"]
    asked = select(entry.c.id, entry.c.code, entry.c.on, entry.c.amount_p).where(
        entry.c.resource_id == resource_id
    )
    return tuple(PaidRow(*row) for row in session.execute(asked.order_by(entry.c.on, entry.c.id)))


def _verdicts(
    book: Book, row: ItemRow, stored: Any, trials: tuple[TrialRow, ...], today: dt.date
) -> tuple[Verdict, ...]:
    """What the rules say to the item as it stands today."""
    if row.retired_on is not None and row.retired_on <= today:
        return ()
    fact = ResourceFact(
        row.id, row.name, row.kind, stored.owner, stored.owner_school_id, stored.lender, row.life,
        stored.dropped_reason, row.minutes,
    )  # fmt: skip
    kit = KitFact(row.id, row.name, row.code, row.owner, row.has_mains, row.next_check_on)
    said = (
        owner_verdict(fact),
        dropped_verdict(fact),
        starter_verdict(fact, book.scheme(today)),
        check_verdict(kit, today),
        *(trial_verdict(one.fact(row.name)) for one in trials),
    )
    return tuple(verdict for verdict in said if verdict is not None)
