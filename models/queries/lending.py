"""What lending and checking in need to know of one resource or one loan, and what the kits are short of.

A few statements each, however many loans the book holds.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from models import tables as t
from models.calendar import SchoolCalendar
from models.errors import Changed
from models.queries.book import Book
from models.rules.due_dates import DueDay, due_days, lender_verdict
from models.rules.leads import ssl_on
from models.rules.loans import (
    KitFact,
    LineFact,
    LoanFact,
    booking_verdict,
    check_verdict,
    line_result,
)  # fmt: skip
from models.rules.resources import ResourceFact, lending_verdict
from models.rules.scheme import Scheme
from models.rules.verdict import Verdict
from models.words import Happened


class Option(Struct, frozen=True):
    """One thing to choose from a list: a school, a person; `belongs_to` is a person's school."""

    id: int
    name: str
    belongs_to: int | None = None


def one_resource(session: Session, resource_id: int) -> t.Resource:
    """A resource.

    Raises:
        Changed: it is not there any more.
    """
    found = session.get(t.Resource, resource_id)
    if found is None:
        raise Changed("This resource is not there any more: it was deleted, or never saved.")
    return found


def one_loan(session: Session, loan_id: int) -> t.Loan:
    """A loan.

    Raises:
        Changed: it is not there any more.
    """
    found = session.get(t.Loan, loan_id)
    if found is None:
        raise Changed("This loan is not there any more: it was deleted, or never saved.")
    return found


def loans_holding(session: Session, resource_id: int, since: dt.date) -> tuple[LoanFact, ...]:
    """The loans that can keep a resource on or after a day: not cancelled, and not back before it."""
    rows = session.execute(
        select(t.Loan, col(t.Resource.name), col(t.School.name))
        .join(t.Resource, col(t.Resource.id) == col(t.Loan.resource_id))
        .join(t.School, col(t.School.id) == col(t.Loan.school_id))
        .where(
            col(t.Loan.resource_id) == resource_id,
            col(t.Loan.cancelled_on).is_(None),
            or_(col(t.Loan.back_on).is_(None), col(t.Loan.back_on) > since),
        )
        .order_by(col(t.Loan.starts_on), col(t.Loan.id))
    )
    return tuple(fact_of(loan, resource, school) for loan, resource, school in rows)


def fact_of(loan: t.Loan, resource: str, school: str) -> LoanFact:
    """A loan as the rules know it."""
    return LoanFact(
        loan.id or 0, loan.resource_id, resource, loan.school_id, school, loan.starts_on, loan.due_on,
        loan.out_on, loan.back_on, loan.cancelled_on,
    )  # fmt: skip


def shortages(session: Session, resource_id: int | None = None) -> dict[int, int]:
    """How many of each part are lost, broken or used up and not yet replaced, by the part's id (R-LOAN-2).

    Counted from the loans that came back after the resource's last stock check: that counted what is there.
    """
    line, part, loan, check = (
        t.metadata.tables[name] for name in ("loan_line", "kit_item", "loan", "stock_check")
    )
    counted = (
        select(check.c.resource_id, func.max(check.c.checked_on).label("day"))
        .where(check.c.found)
        .group_by(check.c.resource_id)
        .subquery()
    )
    asked = (
        select(line, part.c.name, part.c.consumable, part.c.unit_cost_p)
        .join(loan, loan.c.id == line.c.loan_id)
        .join(part, part.c.id == line.c.kit_item_id)
        .join(counted, counted.c.resource_id == loan.c.resource_id, isouter=True)
        .where(
            loan.c.back_on.is_not(None),
            line.c.replaced_on.is_(None),
            or_(line.c.in_quantity < line.c.out_quantity, line.c.damaged > 0),
            or_(counted.c.day.is_(None), counted.c.day < loan.c.back_on),
        )
    )
    if resource_id is not None:
        asked = asked.where(loan.c.resource_id == resource_id)
    session.flush()  # a question of tables does not do it of itself
    short: dict[int, int] = defaultdict(int)
    for row in session.execute(asked):
        result = line_result(line_fact(row))
        short[row.kit_item_id] += result.to_replace + result.used
    return dict(short)


def line_fact(row: Any) -> LineFact:
    """A line of a loan with its part, as the rules know it; what is not back is missing, not also damaged."""
    broken = min(row.damaged, row.in_quantity or 0)
    return LineFact(row.name, row.out_quantity, row.in_quantity, broken, row.consumable, row.unit_cost_p)


def contents(session: Session, resource_id: int) -> Sequence[t.KitItem]:
    """The parts of a kit, in their order."""
    asked = select(t.KitItem).where(col(t.KitItem.resource_id) == resource_id)
    return session.execute(asked.order_by(col(t.KitItem.position), col(t.KitItem.id))).scalars().all()


class LendFacts(Struct, frozen=True):
    """All that the Lend form needs to suggest, explain and check while somebody types.

    Attributes:
        resource: the thing to be lent.
        kit: it as its label and its check know it.
        lender: who lends it to the cluster, and by when it goes back; "" and None if it is ours.
        today: the day it is.
        schools: members first by name, then the others.
        people: everybody, each with their school.
        leaders: school id to the person who leads science there.
        calendars: school id to its calendar.
        meetings: the days of the meetings to come.
        loans: what keeps the thing from today on.
        trial_school_ids: schools that try it out.
    """

    resource: ResourceFact
    kit: KitFact
    lender: str
    return_by: dt.date | None
    today: dt.date
    schools: tuple[Option, ...]
    people: tuple[Option, ...]
    leaders: Mapping[int, int]
    calendars: Mapping[int, SchoolCalendar]
    meetings: tuple[dt.date, ...]
    loans: tuple[LoanFact, ...]
    trial_school_ids: frozenset[int]
    scheme: Scheme

    def people_of(self, school_id: int) -> tuple[Option, ...]:
        """The people of a school, its subject leader first."""
        leader = self.leaders.get(school_id)
        ours = [one for one in self.people if one.belongs_to == school_id]
        return tuple(sorted(ours, key=lambda one: (one.id != leader, one.name.casefold())))

    def suggestions(self, school_id: int, starts_on: dt.date) -> tuple[DueDay, ...]:
        """The days on which a loan to a school could fall due."""
        return due_days(starts_on, self.meetings, self.calendars[school_id], self.scheme)

    def verdicts(self, school_id: int, starts_on: dt.date, due_on: dt.date) -> tuple[Verdict, ...]:
        """What the rules say to such a loan: R-LOAN-1 refuses, the others warn."""
        request = LoanFact(
            0, self.resource.id, self.resource.name, school_id, self._school(school_id), starts_on, due_on
        )
        said = (
            booking_verdict(self.loans, request, self.calendars[school_id], self.today),
            lending_verdict(self.resource, school_id, self.trial_school_ids),
            check_verdict(self.kit, starts_on),
            lender_verdict(self.resource.name, self.lender, self.return_by, due_on, self.kit.about),
        )
        return tuple(verdict for verdict in said if verdict is not None)

    def _school(self, school_id: int) -> str:
        return next((one.name for one in self.schools if one.id == school_id), "")


def lend_facts(session: Session, resource_id: int, today: dt.date) -> LendFacts:
    """What is needed to lend a resource.

    Raises:
        Changed: it is not there any more.
    """
    row, book = one_resource(session, resource_id), Book(session)
    members = [one.school_id for one in book.members(today)]
    others = [key for key in book.schools if key not in members and book.present_id(key, today) == key]
    others.sort(key=lambda key: book.school_name(key).casefold())
    present = book.present_ids(today)
    leaders = {key: ssl_on(book.ssl_spells(today), key, today) for key in (*members, *others)}
    fact = ResourceFact(
        resource_id, row.name, row.kind, row.owner, row.owner_school_id,
        book.school_name(row.owner_school_id) or row.lender, row.life, row.dropped_reason, row.minutes,
        row.code,
    )  # fmt: skip
    return LendFacts(
        resource=fact,
        kit=KitFact(resource_id, row.name, row.code, "", row.has_mains, row.next_check_on),
        lender=row.lender,
        return_by=row.return_by,
        today=today,
        schools=tuple(Option(key, book.school_name(key)) for key in (*members, *others)),
        people=_people(book, present),
        leaders={key: spell.person_id for key, spell in leaders.items() if spell},
        calendars={key: book.calendar(key) for key in (*members, *others)},
        meetings=_meetings(session, today),
        loans=loans_holding(session, resource_id, today),
        trial_school_ids=_trying(session, resource_id),
        scheme=book.scheme(today),
    )


def _people(book: Book, present: Mapping[int, int]) -> tuple[Option, ...]:
    """Everybody by name, with their school as it is today."""
    found = [
        Option(key, row.name, present.get(row.school_id, row.school_id) if row.school_id else None)
        for key, row in book.people.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def _meetings(session: Session, today: dt.date) -> tuple[dt.date, ...]:
    meeting = t.Meeting
    asked = select(col(meeting.held_on)).where(
        col(meeting.held_on) >= today, col(meeting.status) == Happened.PLANNED
    )
    return tuple(session.execute(asked.order_by(col(meeting.held_on))).scalars())


def _trying(session: Session, resource_id: int) -> frozenset[int]:
    asked = select(col(t.Trial.school_id)).where(col(t.Trial.resource_id) == resource_id)
    return frozenset(session.execute(asked).scalars())


class PartOut(Struct, frozen=True):
    """A part of a kit that is out: how many went, whether it gets used up, its price in pence if known."""

    kit_item_id: int
    name: str
    out: int
    consumable: bool
    unit_cost_p: int | None

    def fact(self, gone: int, damaged: int) -> LineFact:
        """The part as the rules know it, with so many not back and so many broken."""
        return LineFact(self.name, self.out, self.out - gone, damaged, self.consumable, self.unit_cost_p)


class ReturnFacts(Struct, frozen=True):
    """All that the check-in needs: the loan, and the parts that went out with it."""

    loan_id: int
    code: str
    resource_code: str
    fact: LoanFact
    person: str
    notes: str
    today: dt.date
    parts: tuple[PartOut, ...]
    scheme: Scheme
    calendar: SchoolCalendar


def parts_out(session: Session, loan: t.Loan) -> tuple[PartOut, ...]:
    """The parts of a loan as they went out; where that was not written down, all that the kit now lists."""
    lines = session.execute(
        select(t.LoanLine, t.KitItem)
        .join(t.KitItem, col(t.KitItem.id) == col(t.LoanLine.kit_item_id))
        .where(col(t.LoanLine.loan_id) == loan.id)
        .order_by(col(t.KitItem.position), col(t.KitItem.id))
    ).all()
    found = [(line.out_quantity, part) for line, part in lines]
    if not found:
        short = shortages(session, loan.resource_id)
        found = [
            (max(part.quantity - short.get(part.id or 0, 0), 0), part)
            for part in contents(session, loan.resource_id)
        ]
    return tuple(
        PartOut(part.id or 0, part.name, out, part.consumable, part.unit_cost_p) for out, part in found
    )


def return_facts(session: Session, loan_id: int, today: dt.date) -> ReturnFacts:
    """What is needed to check a loan in.

    Raises:
        Changed: it is not there any more.
    """
    loan, book = one_loan(session, loan_id), Book(session)
    resource = one_resource(session, loan.resource_id)
    school_id = book.present_id(loan.school_id, today)
    fact = fact_of(loan, resource.name, book.school_name(school_id))
    return ReturnFacts(
        loan_id=loan_id,
        code=loan.code,
        resource_code=resource.code,
        fact=fact,
        person=book.person_name(loan.person_id),
        notes=loan.notes,
        today=today,
        parts=parts_out(session, loan),
        scheme=book.scheme(today),
        calendar=book.calendar(school_id),
    )
