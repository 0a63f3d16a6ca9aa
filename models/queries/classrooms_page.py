"""The classrooms tab: how far CPD was passed on (features 3 #11), and each resource is in use (R-RES-7)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import year_bounds
from models.formats import count
from models.queries.bank import resource_facts
from models.queries.book import Book
from models.queries.partial import YearBook
from models.rules.cascade import Cascade, SeatFact, cascade
from models.rules.resources import AdoptionFact, AdoptionSummary, adoption_summary
from models.rules.rollout import Use
from models.words import Happened, ResourceKind


class Seat(Struct, frozen=True):
    """A person who came: `words` say when they passed it on, and to how many."""

    name: str
    school: str
    shared_on: dt.date | None
    reached: int | None


class PassedRow(Struct, frozen=True):
    """A CPD session of the year and how far it travelled; the people by name."""

    id: int
    code: str
    title: str
    on: dt.date
    cascade: Cascade
    schools: int
    seats: tuple[Seat, ...]

    @property
    def state(self) -> str:
        """In a word or two."""
        if not self.cascade.passed_on:
            return "Not yet"
        return "By some" if self.cascade.waiting else "By all"


class UseLine(Struct, frozen=True):
    """How far a school uses a resource; `beyond`: also staff who did not attend."""

    school: str
    words: str
    beyond: bool


class UseRow(Struct, frozen=True):
    """A resource and how far the members use it.

    Attributes:
        staff: `26 of 33` over the schools that counted; "" where none did.
    """

    id: int
    name: str
    kind: ResourceKind
    summary: AdoptionSummary
    staff: str
    lines: tuple[UseLine, ...]


class ClassroomsTab(Struct, frozen=True):
    """The tab, of one moment.

    Attributes:
        told: what all sessions together say: `38 came, 20 passed it on to 160 staff`.
        beyond: cells of the roll-out in which staff who did not attend use it too.
    """

    today: dt.date
    passed: tuple[PassedRow, ...]
    in_use: tuple[UseRow, ...]
    told: str
    beyond: int


def classrooms_tab(
    session: Session, year: int, clock: Callable[[], dt.date] = dt.date.today
) -> ClassroomsTab:
    """What reached classrooms in a school year, as of today or of its last day."""
    book = YearBook(session, year)
    today = book.today(clock)
    first, last = year_bounds(year)
    until = max(first, min(last, today))
    passed = _passed(book, first, until, today)
    in_use = _in_use(book, until)
    return ClassroomsTab(
        today=today,
        passed=passed,
        in_use=in_use,
        told=_told(passed),
        beyond=sum(row.summary.beyond_attendees for row in in_use),
    )


def _told(passed: tuple[PassedRow, ...]) -> str:
    each = [row.cascade for row in passed]
    whole = Cascade(
        sum(one.came for one in each), sum(one.passed_on for one in each), sum(one.reached for one in each)
    )
    return f"{count(len(each), 'session')}: {whole.words}" if each else ""


def _passed(book: Book, first: dt.date, until: dt.date, today: dt.date) -> tuple[PassedRow, ...]:
    """The sessions held, newest first. What was passed on since the year's end is told too."""
    bookings: dict[int, list[t.CpdBooking]] = defaultdict(list)
    for row in book.rows(t.CpdBooking):
        bookings[row.cpd_session_id].append(row)
    held = [
        row
        for row in book.rows(t.CpdSession)
        if row.status is Happened.HELD and first <= row.held_on <= until
    ]
    return tuple(
        _passed_row(book, row, bookings[row.id or 0], today)
        for row in sorted(held, key=lambda row: (row.held_on, row.code), reverse=True)
    )


def _passed_row(book: Book, row: t.CpdSession, booked: list[t.CpdBooking], today: dt.date) -> PassedRow:
    facts, seats, schools = [], [], set()
    for one in booked:
        school_id = book.people[one.person_id].school_id
        facts.append(SeatFact(one.person_id, school_id, one.attended, one.shared_on, one.shared_with))
        if one.attended:
            seats.append(
                Seat(
                    book.person_name(one.person_id),
                    book.short_name(school_id),
                    one.shared_on,
                    one.shared_with,
                )
            )
            schools.add(school_id)
    return PassedRow(
        id=row.id or 0,
        code=row.code,
        title=row.title,
        on=row.held_on,
        cascade=cascade(facts, today),
        schools=len(schools - {None}),
        seats=tuple(sorted(seats, key=lambda seat: (seat.school.casefold(), seat.name.casefold()))),
    )


def _in_use(book: Book, until: dt.date) -> tuple[UseRow, ...]:
    """Every resource that some member has an entry for, by name; its schools by name."""
    members = {one.school_id: book.short_name(one.school_id) for one in book.members(until)}
    kept: dict[int, dict[int, t.Adoption]] = defaultdict(dict)
    for row in book.rows(t.Adoption):
        school_id = book.present_id(row.school_id, until)
        if school_id in members:
            kept[row.resource_id][school_id] = row
    facts = resource_facts(book)
    made = []
    for key, cells in kept.items():
        counted = [
            one for one in cells.values() if one.staff_using is not None and one.staff_total is not None
        ]
        using, total = (
            sum(one.staff_using or 0 for one in counted),
            sum(one.staff_total or 0 for one in counted),
        )
        cell_facts = [
            AdoptionFact(key, school_id, one.level, one.beyond_attendees) for school_id, one in cells.items()
        ]
        made.append(
            UseRow(
                id=key,
                name=facts[key].name,
                kind=facts[key].kind,
                summary=adoption_summary(cell_facts, members),
                staff=f"{using} of {total}" if counted else "",
                lines=tuple(_line(name, cells.get(school_id)) for school_id, name in members.items()),
            )
        )
    return tuple(sorted(made, key=lambda row: row.name.casefold()))


def _line(school: str, cell: t.Adoption | None) -> UseLine:
    if cell is None:
        return UseLine(school, "", beyond=False)
    use = Use(cell.level, cell.staff_using, cell.staff_total)
    return UseLine(school, use.text, beyond=cell.beyond_attendees)
