"""Contacts, questions to the Advisor, declarations, strengths, PSQM and development plans, as lists."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year, year_bounds
from models.queries.book import Book
from models.queries.people_page import strength_facts
from models.queries.psqm import award_facts, predecessors, request_facts
from models.queries.schools_page import Clock, answers_of, shown_day
from models.rules.checklists import SAID_NOTHING
from models.rules.cluster import ContactFact, days_to_tell, gives_input
from models.rules.people import PlanFact, PlanState, StrengthFact, matches
from models.rules.psqm import (
    earlier_award,
    expires_on,
    next_states,
    places,
    remind_on,
    request_verdicts,
    ticks,
)  # fmt: skip
from models.rules.verdict import About
from models.words import Answer, ContactKind, OfferKind, PsqmLevel, PsqmState, RoleKind, Word


class ContactState(Word):
    """What a line of the contacts log still waits for."""

    TELL = "tell", "Tell the Advisor"
    OPEN = "open", "Open"
    SETTLED = "settled", "Settled"
    NOTED = "noted", "Noted"


class ContactRow(Struct, frozen=True):
    """A line of the contacts log; `days` from raising a problem to telling the Advisor (R-CLU-11)."""

    id: int
    on: dt.date
    kind: ContactKind
    school_id: int | None
    school: str
    person: str
    summary: str
    outcome: str
    told_on: dt.date | None
    closed_on: dt.date | None
    state: ContactState
    days: int | None


def contact_rows(session: Session, year: int, today: Clock = dt.date.today) -> tuple[ContactRow, ...]:
    """The year's log and what is open from before, newest first."""
    book = Book(session)
    first, last = year_bounds(year)
    day = shown_day(book, year, today)
    rows = []
    for row in book.rows(t.ContactLog):
        problem = row.kind is ContactKind.PROBLEM
        standing = problem and (row.closed_on is None or row.closed_on >= first) and row.on <= last
        if not (first <= row.on <= last or standing):
            continue
        fact = ContactFact(row.id or 0, row.kind, row.on, told_advisor_on=row.told_advisor_on)
        rows.append(
            ContactRow(
                row.id or 0, row.on, row.kind, row.school_id, book.short_name(row.school_id),
                book.person_name(row.person_id), row.summary, row.outcome, row.told_advisor_on,
                row.closed_on, _contact_state(row, day), days_to_tell(fact) if problem else None,
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.on, row.id), reverse=True))


def _contact_state(row: t.ContactLog, day: dt.date) -> ContactState:
    if row.closed_on is not None and row.closed_on <= day:
        return ContactState.SETTLED
    if row.kind is not ContactKind.PROBLEM:
        return ContactState.NOTED
    told = row.told_advisor_on is not None and row.told_advisor_on <= day
    return ContactState.OPEN if told else ContactState.TELL


class QuestionRow(Struct, frozen=True):
    """A question or idea put to the Advisor (R-ASK-1)."""

    id: int
    asked_on: dt.date
    question: str
    answered_on: dt.date | None
    answer: str


def question_rows(session: Session, year: int) -> tuple[QuestionRow, ...]:
    """What was asked of the Advisor in the year, or is not answered from before, newest first."""
    first, last = year_bounds(year)
    rows = [
        QuestionRow(row.id or 0, row.asked_on, row.question, row.answered_on, row.answer)
        for row in Book(session).rows(t.AdvisorQuestion)
        if first <= row.asked_on <= last or (row.asked_on < first and row.answered_on is None)
    ]
    return tuple(sorted(rows, key=lambda row: (row.asked_on, row.id), reverse=True))


class DeclarationState(Word):
    """Where a school's declaration for a year stands (R-COVER-7)."""

    NOT_ASKED = "not_asked", "Not asked"
    ASKED = "asked", "Asked"
    YES = "yes", "Yes"
    NO = "no", "No"


class DeclarationRow(Struct, frozen=True):
    """A school's declaration for the year; `id` None: there is no record of it yet.

    Attributes:
        head: the headteacher, who gives it; "" if none is entered.
    """

    id: int | None
    school_id: int
    school: str
    state: DeclarationState
    answer: Answer
    by: str
    on: dt.date | None
    head: str


def declaration_rows(session: Session, year: int, today: Clock = dt.date.today) -> tuple[DeclarationRow, ...]:
    """Every member that sets release money aside in the year, with what it declared, by name (R-COVER-7)."""
    book = Book(session)
    day = shown_day(book, year, today)
    said = answers_of(book, year, day)
    stored: dict[int, t.Declaration] = {}
    for row in book.rows(t.Declaration):
        key = book.present_id(row.school_id, day)
        if row.school_year == year and (key not in stored or stored[key].additional in SAID_NOTHING):
            stored[key] = row
    heads = {role.school_id: role.person_id for role in book.in_role(RoleKind.HEADTEACHER, day)}
    rows = []
    for member in book.members_of_year(year, year_bounds(year)[1]):
        key = member.school_id
        if not gives_input(member) and key not in stored:
            continue
        kept, answer = stored.get(key), said.get(key)
        rows.append(
            DeclarationRow(
                kept.id if kept else None, key, book.school_name(key), _declared_state(answer),
                answer or Answer.NOT_SAID, kept.confirmed_by if kept else "",
                kept.confirmed_on if kept else None, book.person_name(heads.get(key)),
            )
        )  # fmt: skip
    return tuple(rows)


def _declared_state(answer: Answer | None) -> DeclarationState:
    states = {
        Answer.NOT_SAID: DeclarationState.ASKED,
        Answer.YES: DeclarationState.YES,
        Answer.NO: DeclarationState.NO,
    }
    return DeclarationState.NOT_ASKED if answer is None else states[answer]


class StrengthRow(Struct, frozen=True):
    """A line of the strengths directory, with the people it fits (R-PPL-1)."""

    fact: StrengthFact
    notes: str
    fits: tuple[StrengthFact, ...]

    @property
    def id(self) -> int:
        """Its number."""
        return self.fact.id

    @property
    def unmet(self) -> bool:
        """It asks for help that nobody offers."""
        return self.fact.kind is OfferKind.ASK and not self.fits


def strength_rows(session: Session) -> tuple[StrengthRow, ...]:
    """What people who are there offer and ask for, by topic."""
    book = Book(session)
    notes = {row.id: row.notes for row in book.rows(t.Strength)}
    known = strength_facts(book)
    fits = matches(known)
    rows = [StrengthRow(one, notes[one.id], fits[one.id]) for one in known]
    return tuple(sorted(rows, key=lambda row: (row.fact.topic.casefold(), row.fact.name.casefold())))


class AwardState(Word):
    """How long a quality mark still holds (R-PSQM-3)."""

    HELD = "held", "Held"
    RENEW = "renew", "Renew soon"
    EXPIRED = "expired", "Expired"
    FOLLOWED = "followed", "Followed"


class AwardRow(Struct, frozen=True):
    """A quality mark; FOLLOWED by a later one of the same school."""

    id: int
    school_id: int
    school: str
    level: PsqmLevel
    round: str
    awarded_on: dt.date
    expires_on: dt.date
    state: AwardState


def award_rows(session: Session, year: int, today: Clock = dt.date.today) -> tuple[AwardRow, ...]:
    """Every quality mark, newest first (R-PSQM-3)."""
    book = Book(session)
    day, scheme = shown_day(book, year, today), book.scheme_of(year)
    newest: dict[int, dt.date] = {}
    for one in award_facts(book):
        key = book.present_id(one.school_id, day)
        newest[key] = max(newest.get(key, one.awarded_on), one.awarded_on)
    rows = []
    for one in award_facts(book):
        ends = expires_on(one.awarded_on, scheme)
        if newest[book.present_id(one.school_id, day)] > one.awarded_on:
            state = AwardState.FOLLOWED
        elif day > ends:
            state = AwardState.EXPIRED
        else:
            state = AwardState.RENEW if day >= remind_on(one.awarded_on, scheme) else AwardState.HELD
        rows.append(
            AwardRow(
                one.id, one.school_id, one.school_name, one.level, one.round, one.awarded_on, ends, state
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.awarded_on, row.id), reverse=True))


class RequestRow(Struct, frozen=True):
    """A request for PSQM money, with what the rules say (R-PSQM-1, R-PSQM-2).

    Attributes:
        first_time: no award of the school, or of the record it replaces, came before.
        place: its number in the queue; None where it has left it.
        ticks: the three things needed, each with its tick.
        says: the rules' sentences on it.
        next: the states it may go to.
    """

    id: int
    school_id: int
    school: str
    requested_on: dt.date
    state: PsqmState
    hub: str
    amount_p: int | None
    reason: str
    override_reason: str
    first_time: bool
    place: int | None
    ticks: tuple[tuple[str, bool], ...]
    says: tuple[str, ...]
    next: tuple[PsqmState, ...]


def request_rows(session: Session, year: int) -> tuple[RequestRow, ...]:
    """Every request, newest first, with the rules of the year."""
    book = Book(session)
    scheme, facts, awards = book.scheme_of(year), request_facts(book), award_facts(book)
    before = predecessors(book)
    says: dict[About, list[str]] = {}
    for verdict in request_verdicts(facts, awards, before, scheme):
        says.setdefault(verdict.about, []).append(verdict.text)
    queue = {place.request_id: place for place in places(facts, scheme)}
    stored = {row.id: row for row in book.rows(t.PsqmRequest)}
    rows = [
        RequestRow(
            id=fact.id,
            school_id=fact.school_id,
            school=fact.school_name,
            requested_on=fact.requested_on,
            state=fact.state,
            hub=stored[fact.id].hub,
            amount_p=stored[fact.id].amount_p,
            reason=stored[fact.id].reason,
            override_reason=fact.override_reason,
            first_time=earlier_award(fact, awards, before) is None,
            place=queue[fact.id].number if fact.id in queue else None,
            ticks=ticks(fact, queue.get(fact.id)),
            says=tuple(says.get(fact.about, ())),
            next=next_states(fact.state),
        )
        for fact in facts
    ]
    return tuple(sorted(rows, key=lambda row: (row.requested_on, row.id), reverse=True))


class PlanRow(Struct, frozen=True):
    """A development plan: private, and nowhere but on its own list (R-PPL-3)."""

    id: int
    person_id: int
    person: str
    school: str
    goal: str
    support: str
    review_on: dt.date | None
    reviewed_on: dt.date | None
    evidence: str
    state: PlanState


def plan_rows(session: Session, year: int, today: Clock = dt.date.today) -> tuple[PlanRow, ...]:
    """Every development plan: those to review first, by the day agreed, then the reviewed ones."""
    book = Book(session)
    day = shown_day(book, year, today)
    rows = []
    for row in book.rows(t.DevelopmentPlan):
        person = book.people[row.person_id]
        state = PlanFact(row.id or 0, row.review_on, row.reviewed_on).state(day)
        rows.append(
            PlanRow(
                row.id or 0, row.person_id, person.name, book.short_name(person.school_id), row.goal,
                row.support, row.review_on, row.reviewed_on, row.evidence, state,
            )
        )  # fmt: skip
    return tuple(
        sorted(rows, key=lambda row: (row.state is PlanState.REVIEWED, row.review_on or dt.date.max, row.id))
    )


class Whereabouts(Struct, frozen=True):
    """The school year in which a record is listed, and by what number: a declaration's is its school's."""

    year: int
    listed_as: int


def where(session: Session, table: str, record_id: int) -> Whereabouts | None:
    """Where to look for a contact, a question or a declaration; None if it is not there."""
    book = Book(session)
    if table == "declaration":
        said = next((row for row in book.rows(t.Declaration) if row.id == record_id), None)
        return Whereabouts(said.school_year, said.school_id) if said is not None else None
    if table == "advisor_question":
        asked = next((row for row in book.rows(t.AdvisorQuestion) if row.id == record_id), None)
        return Whereabouts(school_year(asked.asked_on), record_id) if asked is not None else None
    line = next((row for row in book.rows(t.ContactLog) if row.id == record_id), None)
    return Whereabouts(school_year(line.on), record_id) if line is not None else None
