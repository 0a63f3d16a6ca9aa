"""One CPD session with its people, its money and its slips, for the panel of the Meetings page."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session
from typing_extensions import override

from models import tables as t
from models.calendar import school_year
from models.formats import long_date, time_range, weekday_date
from models.queries.book import Book
from models.queries.cpd import booking_facts, cpd_splits
from models.queries.cpd_preview import split_words
from models.queries.meetings_page import CPD, MEETING, cpd_state
from models.queries.serving import serves_words
from models.rules.cpd import CpdSplit, cpd_cost, cpd_verdicts
from models.rules.cpd_people import CpdReach, Evaluation, SlipFact, cpd_reach, evaluation
from models.services.cpd import Slip
from models.words import Happened, ProviderKind, ThreeE, VatRecovery

R = TypeVar("R", bound=t.Record)
_CPD, _MEETING = t.metadata.tables[CPD], t.metadata.tables[MEETING]
_BOOKING, _SLIP = t.metadata.tables["cpd_booking"], t.metadata.tables["cpd_evaluation"]
_PERSON = t.metadata.tables["person"]


class SeatLine(Struct, frozen=True):
    """A booking: a person, whether they came, and when and to how many staff they passed it on since."""

    id: int
    person_id: int
    name: str
    school: str
    came: bool
    shared_on: dt.date | None
    shared_with: int | None
    notes: str

    @property
    def shared(self) -> str:
        """`passed on 3 June 2025 to 8 staff`; "" if it was not, as far as is known."""
        to = f" to {self.shared_with} staff" if self.shared_with else ""
        return f"passed on {long_date(self.shared_on)}{to}" if self.shared_on else ""


class SlipLine(Struct, frozen=True):
    """An evaluation slip that is kept, by its id."""

    id: int
    slip: Slip


class SchoolPeople(Struct, frozen=True):
    """A school with everybody who could be booked, by name."""

    school_id: int
    school: str
    people: tuple[tuple[int, str], ...]


class CpdDetail(Struct, frozen=True):
    """A CPD session.

    Attributes:
        when: its day and times in words.
        meeting: the meeting it was part of, in words; "" for none.
        split: who pays what (R-CPD-1 to 6).
        split_words: the same in a sentence.
        serves: the aims and focus areas it is linked to (R-AIM-3).
        each: what it cost for each person (R-CPD-7).
        notes: what the rules say, a sentence each.
        seats: who was booked, by school and name.
        schools: whom else one could book, by school.
        slips: the evaluation slips, as typed.
        summary: the slips counted (R-IMP-2).
    """

    id: int
    code: str
    title: str
    held_on: dt.date
    when: str
    place: str
    provider: str
    provider_kind: ProviderKind
    status: Happened
    state: str
    meeting_id: int | None
    meeting: str
    need: str
    outcomes: tuple[str, ...]
    three_e: ThreeE | None
    serves: tuple[str, ...]
    sessions: int
    split: CpdSplit
    split_words: str
    each: str
    notes: tuple[str, ...]
    reach: CpdReach
    seats: tuple[SeatLine, ...]
    schools: tuple[SchoolPeople, ...]
    slips: tuple[SlipLine, ...]
    summary: Evaluation
    today: dt.date


class _OneSession(Book):
    """A book that knows one CPD session only; ask it nothing else."""

    def __init__(self, session: Session, cpd_session_id: int) -> None:
        super().__init__(session)
        self._parts: dict[type[t.Record], Any] = {
            t.CpdSession: _CPD.c.id == cpd_session_id,
            t.CpdBooking: _BOOKING.c.cpd_session_id == cpd_session_id,
        }

    @override
    def rows(self, record: type[R]) -> list[R]:
        part = self._parts.get(record)
        if part is not None and record not in self._rows:
            table = t.metadata.tables[str(record.__tablename__)]
            self._rows[record] = list(self.session.execute(select(table).where(part).order_by(table.c.id)))
        return super().rows(record)


def cpd_detail(
    session: Session, cpd_session_id: int, clock: Callable[[], dt.date] = dt.date.today
) -> CpdDetail | None:
    """A CPD session by its id; None if it is not there any more."""
    row = session.execute(select(_CPD).where(_CPD.c.id == cpd_session_id)).first()
    if row is None:
        return None
    book = _OneSession(session, cpd_session_id)
    today = book.today(clock)
    fact, split = cpd_splits(book)[row.id]
    reach = cpd_reach(booking_facts(book).get(row.id, ()))
    scheme = book.scheme_of(school_year(row.held_on))
    slips = _slips(session, row.id)
    times = f", {time_range(row.starts_at, row.ends_at)}" if row.starts_at else ""
    return CpdDetail(
        id=row.id, code=row.code, title=row.title, held_on=row.held_on,
        when=f"{weekday_date(row.held_on)}{times}", place=row.place, provider=row.provider,
        provider_kind=row.provider_kind, status=row.status, state=cpd_state(row.status, row.held_on, today),
        meeting_id=row.meeting_id, meeting=_meeting(session, row.meeting_id), need=row.need,
        outcomes=tuple(line for line in row.outcomes.splitlines() if line.strip()), three_e=row.three_e,
        serves=serves_words(session, CPD, row.id),
        sessions=row.sessions, split=split, split_words=split_words(split),
        each=_each(book, row.held_on, split, reach.people),
        notes=tuple(one.text for one in cpd_verdicts(fact, split, book.scheme(row.held_on))),
        reach=reach, seats=_seats(session, book, row), schools=_schools(session, book, row.held_on),
        slips=slips, summary=evaluation((_fact(one.slip) for one in slips), scheme.small_group), today=today,
    )  # fmt: skip


def came_from(session: Session, cpd_session_id: int | None) -> frozenset[int] | None:
    """The schools whose people came to a session, as they are on its day; None before anybody is booked."""
    row = session.execute(select(_CPD).where(_CPD.c.id == cpd_session_id)).first()
    if row is None:
        return None
    book = Book(session)
    wanted = (
        select(_PERSON.c.school_id)
        .join(_BOOKING, _BOOKING.c.person_id == _PERSON.c.id)
        .where(_BOOKING.c.cpd_session_id == row.id, _BOOKING.c.attended, _PERSON.c.school_id.is_not(None))
    )
    return frozenset(book.present_id(key, row.held_on) for key in session.scalars(wanted)) or None


def _fact(slip: Slip) -> SlipFact:
    return SlipFact(slip.rating, slip.outcomes_met, slip.useful, slip.relevant)


def _meeting(session: Session, meeting_id: int | None) -> str:
    wanted = select(_MEETING.c.title, _MEETING.c.held_on).where(_MEETING.c.id == meeting_id)
    row = session.execute(wanted).first()
    return f"“{row.title}” on {long_date(row.held_on)}" if row else ""


def _each(book: Book, day: dt.date, split: CpdSplit, people: int) -> str:
    """What it cost for each person, as the pack reckons it (R-CPD-7)."""
    recovery: Mapping[int, VatRecovery] = {key: row.vat_recovery for key, row in book.school_rows.items()}
    lead = book.lead_school(day)
    own = recovery[lead.school_id] if lead else VatRecovery.ASK
    return cpd_cost([split], own, recovery).per_person_words(people)


def _seats(session: Session, book: Book, row: Any) -> tuple[SeatLine, ...]:
    wanted = (
        select(_BOOKING, _PERSON.c.name, _PERSON.c.school_id, _PERSON.c.organisation)
        .join(_PERSON, _PERSON.c.id == _BOOKING.c.person_id)
        .where(_BOOKING.c.cpd_session_id == row.id)
    )
    lines = []
    for one in session.execute(wanted):
        key = book.present_id(one.school_id, row.held_on) if one.school_id is not None else None
        school = book.short_name(key) or one.organisation
        lines.append(
            SeatLine(
                one.id, one.person_id, one.name, school, one.attended, one.shared_on, one.shared_with,
                one.notes,
            )
        )  # fmt: skip
    return tuple(sorted(lines, key=lambda one: (one.school.casefold(), one.name.casefold())))


def _schools(session: Session, book: Book, day: dt.date) -> tuple[SchoolPeople, ...]:
    wanted = (
        select(_PERSON.c.id, _PERSON.c.name, _PERSON.c.school_id)
        .where(_PERSON.c.school_id.is_not(None), (_PERSON.c.left_on.is_(None)) | (_PERSON.c.left_on >= day))
        .order_by(_PERSON.c.name.collate("NOCASE"))
    )
    people: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for key, name, school_id in session.execute(wanted):
        people[book.present_id(school_id, day)].append((key, name))
    return tuple(
        SchoolPeople(one.school_id, book.short_name(one.school_id), tuple(people[one.school_id]))
        for one in book.members(day)
    )


def _slips(session: Session, cpd_session_id: int) -> tuple[SlipLine, ...]:
    wanted = select(_SLIP).where(_SLIP.c.cpd_session_id == cpd_session_id).order_by(_SLIP.c.slip)
    return tuple(
        SlipLine(
            row.id,
            Slip(
                row.slip, row.respondent, row.rating, row.outcomes_met, row.useful, row.relevant,
                row.comment, row.quotable,
            ),
        )
        for row in session.execute(wanted)
    )  # fmt: skip
