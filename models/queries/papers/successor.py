"""What the successor book prints: what stands open on a day, and who knows about it (R-CLU-12, F1.14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year, year_bounds, year_label
from models.formats import clock as clock_words
from models.queries.account import EntryLine, FundYear, fund_years
from models.queries.bank import loan_facts
from models.queries.bank_page import ItemRow, item_rows
from models.queries.book import Book
from models.queries.cover import ClaimLine, claim_lines
from models.queries.issues import (
    ApprovalLine,
    QuestionLine,
    approval_as_of,
    approval_lines,
)
from models.queries.meetings import action_facts, meeting_facts
from models.queries.members import Profile, profile
from models.queries.papers.head import Contact, PaperHead, paper_head
from models.queries.todo import TodoLine, todo
from models.rules.cluster import ContactFact
from models.rules.cover_checks import claim_deadline
from models.rules.cover_facts import LIVE
from models.rules.loans import LoanState, loan_state
from models.rules.meetings import ActionFact, place_words
from models.words import (
    ApprovalState,
    ClaimState,
    ContactKind,
    EntryState,
    Happened,
    ResourceKind,
    RoleKind,
)

ASKED = tuple(kind for kind in RoleKind if kind not in {RoleKind.SSL, RoleKind.HEADTEACHER, RoleKind.TEACHER})
"""Roles of the cluster; those of one school stand with the school."""


class KitPlace(Struct, frozen=True):
    """Where a kit is.

    Attributes:
        where: the school that has it, else where it is kept; "" if that is not entered.
        due_on: when it is due back; None while nobody has it.
        check_on: its next safety check.
        booked: who has it next, and from when; "" for nobody.
    """

    code: str
    name: str
    is_kit: bool
    where: str
    person: str
    out: bool
    due_on: dt.date | None
    late: bool
    check_on: dt.date | None
    booked: tuple[str, dt.date] | None


class DiaryLine(Struct, frozen=True):
    """A date to come."""

    on: dt.date
    what: str
    where: str = ""


class RoleLine(Struct, frozen=True):
    """Who does what, with the work contact."""

    role: str
    who: Contact
    school: str
    since: dt.date


class SchoolLine(Struct, frozen=True):
    """Whom to ask at a school; None: nobody is entered."""

    school: str
    is_lead: bool
    at_risk: bool
    head: Contact | None
    ssl: Contact | None
    phone: str


class Handover(Struct, frozen=True):
    """What somebody left for whoever comes next."""

    who: str
    role: str
    school: str
    ended_on: dt.date | None
    note: str


class SuccessorBook(Struct, frozen=True):
    """All that somebody who takes over the cluster needs on the first day.

    Attributes:
        todo: what needs doing now, as Home lists it.
        funds: every fund with its balance; `planned` entries are not paid.
        claims: the claims that wait for somebody.
        actions: open actions, the first due first.
        kits: everything that is lent, by name.
        diary: what comes, by date.
    """

    head: PaperHead
    profile: Profile
    year: int
    todo: tuple[TodoLine, ...]
    funds: tuple[FundYear, ...]
    planned: tuple[EntryLine, ...]
    claims: tuple[ClaimLine, ...]
    approvals: tuple[ApprovalLine, ...]
    questions: tuple[QuestionLine, ...]
    problems: tuple[ContactFact, ...]
    actions: tuple[ActionFact, ...]
    kits: tuple[KitPlace, ...]
    diary: tuple[DiaryLine, ...]
    roles: tuple[RoleLine, ...]
    schools: tuple[SchoolLine, ...]
    handovers: tuple[Handover, ...]


def successor_book(session: Session, clock: Callable[[], dt.date] = dt.date.today) -> SuccessorBook:
    """How things stand today."""
    book = Book(session)
    today = book.today(clock)
    year = school_year(today)
    funds = fund_years(book, year, today)
    entries = [
        line
        for one in (year, year + 1)
        for fund in fund_years(book, one, year_bounds(one)[1])
        for line in fund.entries
    ]
    actions = [one for one in action_facts(book, today) if one.open_on(today)]
    return SuccessorBook(
        head=paper_head(book, today),
        profile=profile(book, year, today),
        year=year,
        todo=todo(book, year, today),
        funds=funds,
        planned=tuple(one for one in entries if one.fact.state is EntryState.PLANNED),
        claims=tuple(
            line
            for line in claim_lines(book, year_bounds(year)[1])
            if line.fact.state in LIVE or line.fact.state is ClaimState.APPROVED
        ),
        approvals=tuple(
            one
            for line in approval_lines(book)
            if line.asked_on <= today and (one := approval_as_of(line, today)).state is ApprovalState.PENDING
        ),
        questions=tuple(
            QuestionLine(row.asked_on, row.question, None, "")
            for row in sorted(book.rows(t.AdvisorQuestion), key=lambda row: (row.asked_on, row.id))
            if row.answered_on is None
        ),
        problems=tuple(
            one for one in book.contacts if one.kind is ContactKind.PROBLEM and one.closed_on is None
        ),
        actions=tuple(sorted(actions, key=lambda one: (one.due_on or dt.date.max, one.id))),
        kits=tuple(_kits(book, today)),
        diary=tuple(sorted(_diary(book, year, today), key=lambda one: (one.on, one.what))),
        roles=tuple(_roles(book, today)),
        schools=tuple(_schools(book, today)),
        handovers=tuple(_handovers(book, today)),
    )


def _lent(book: Book, today: dt.date) -> list[ItemRow]:
    """What goes out on loan: the same things as on labels and the stock-check sheet."""
    return [row for row in item_rows(book, today) if row.lendable]


def _kits(book: Book, today: dt.date) -> Iterator[KitPlace]:
    holders = {row.id: book.person_name(row.person_id) for row in book.rows(t.Loan)}
    for row in sorted(_lent(book, today), key=lambda row: row.name.casefold()):
        own = [one for one in loan_facts(book) if one.resource_id == row.id]
        states = {one.id: loan_state(one, today) for one in own}
        out = next((one for one in own if states[one.id] in {LoanState.OUT, LoanState.OVERDUE}), None)
        coming = [one for one in own if states[one.id] is LoanState.RESERVED and one.due_on >= today]
        first = min(coming, key=lambda one: one.starts_on, default=None)
        yield KitPlace(
            code=row.code,
            name=row.name,
            is_kit=row.kind is ResourceKind.KIT,
            where=book.school_name(book.present_id(out.school_id, today)) if out else row.location,
            person=holders.get(out.id, "") if out else "",
            out=out is not None,
            due_on=out.due_on if out else None,
            late=out is not None and states[out.id] is LoanState.OVERDUE,
            check_on=row.next_check_on,
            booked=(first.school, first.starts_on) if first else None,
        )


def _diary(book: Book, year: int, today: dt.date) -> Iterator[DiaryLine]:
    yield from _meeting_days(book, today)
    yield from _loan_days(book, today)
    deadline = claim_deadline(year, book.scheme_of(year), book.calendar())
    ends = [(deadline, f"Last day for cover claims of {year_label(year)}")]
    ends += [(one.ends_on, "The agreement with the sponsor ends") for one in book.agreements]
    checks = [(row.next_check_on, f"Safety check of {row.name}") for row in _lent(book, today)]
    for on, what in [*ends, *checks]:
        if on is not None and on >= today:
            yield DiaryLine(on, what)


def _meeting_days(book: Book, today: dt.date) -> Iterator[DiaryLine]:
    for fact in meeting_facts(book).values():
        if fact.held_on >= today and fact.status is Happened.PLANNED:
            times = f", {clock_words(fact.starts_at)}" if fact.starts_at else ""
            yield DiaryLine(fact.held_on, f"{fact.kind.label}: {fact.title}{times}", place_words(fact))
    for row in book.rows(t.CpdSession):
        if row.held_on >= today and row.status is Happened.PLANNED:
            yield DiaryLine(row.held_on, f"CPD: {row.title}", row.place)


def _loan_days(book: Book, today: dt.date) -> Iterator[DiaryLine]:
    for loan in loan_facts(book):
        school = book.school_name(book.present_id(loan.school_id, today))
        state = loan_state(loan, today)
        if state is LoanState.OUT:
            yield DiaryLine(loan.due_on, f"{loan.resource} is due back", school)
        elif state is LoanState.RESERVED and loan.starts_on >= today:
            yield DiaryLine(loan.starts_on, f"{loan.resource} goes out", school)


def _contact(book: Book, person_id: int) -> Contact:
    row = book.people[person_id]
    return Contact(row.name, row.email, row.phone)


def _roles(book: Book, today: dt.date) -> Iterator[RoleLine]:
    for kind in ASKED:
        for role in book.in_role(kind, today):
            row = book.people[role.person_id]
            school = book.school_name(role.school_id or row.school_id) or row.organisation
            yield RoleLine(kind.label, _contact(book, role.person_id), school, role.starts_on)


def _schools(book: Book, today: dt.date) -> Iterator[SchoolLine]:
    lead = book.lead_school(today)

    def of(kind: RoleKind, school_id: int) -> Contact | None:
        found = (one for one in book.in_role(kind, today) if one.school_id is not None)
        own = [one for one in found if book.present_id(one.school_id or 0, today) == school_id]
        return _contact(book, own[0].person_id) if own else None

    for member in book.members(today):
        key = member.school_id
        yield SchoolLine(
            school=member.school,
            is_lead=bool(lead and lead.school_id == key),
            at_risk=member.at_risk,
            head=of(RoleKind.HEADTEACHER, key),
            ssl=of(RoleKind.SSL, key),
            phone=book.school_rows[key].phone,
        )


def _handovers(book: Book, today: dt.date) -> Iterator[Handover]:
    """Notes of roles, those that ended last first."""
    notes = [role for role in book.roles if role.handover_note.strip() and role.starts_on <= today]
    for role in sorted(notes, key=lambda one: (one.ends_on or today, one.id or 0), reverse=True):
        yield Handover(
            book.person_name(role.person_id),
            role.kind.label,
            book.school_name(role.school_id),
            role.ends_on,
            role.handover_note,
        )
