"""One school asked about: the ids of all its records, and what is read for it alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct
from sqlmodel import Session

from models.calendar import year_bounds
from models.queries.bank import loan_facts
from models.queries.book import Book
from models.queries.cover import cover_year
from models.queries.meetings import year_matrix
from models.queries.partial import PartialBook
from models.queries.schools_page import Clock, row_of, shown_day
from models.rules.attendance import MatrixColumn, Tally
from models.rules.cluster import ContactFact, MembershipFact
from models.rules.cover_use import SchoolUse
from models.rules.engagement import Signs
from models.rules.loans import LoanFact, LoanState, loan_state
from models.rules.schools import records_of_one_school
from models.rules.spells import covers
from models.values import replace
from models.words import AttendanceCode, RoleKind

Marks = Sequence[tuple[MatrixColumn, AttendanceCode | None]]
GONE = frozenset({LoanState.RETURNED, LoanState.CANCELLED})


class RoleLine(Struct, frozen=True):
    """Who had a role, and when; the note is what she left for the next (R-CLU-12)."""

    id: int
    kind: RoleKind
    person_id: int
    person: str
    starts_on: dt.date
    ends_on: dt.date | None
    handover_note: str

    def on(self, day: dt.date) -> bool:
        """True while it runs."""
        return covers(self.starts_on, self.ends_on, day)


class LentLine(Struct, frozen=True):
    """Something that the school borrowed, with its state on the day."""

    fact: LoanFact
    state: LoanState


class OneSchool:
    """The facts of one school as of the day that a school year is shown.

    Attributes:
        ids: all records of the school (R-DATA-6).
        now_id: the record it has on the day.
        row: the school as the list has it.
    """

    def __init__(self, session: Session, school_id: int, year: int, today: Clock) -> None:
        whole = Book(session)
        lines = records_of_one_school(whole.schools.values())
        self.ids = frozenset(next((line for line in lines if school_id in line), (school_id,)))
        self.book = PartialBook(session, year, sorted(self.ids))
        self.year, self.school_id = year, school_id
        self.day = shown_day(self.book, year, today)
        self.now_id = self.book.present_id(school_id, self.day)
        self.row = row_of(self.book, school_id, year, self.day)

    def roles(self) -> list[RoleLine]:
        """Its roles, newest first; those of its people for the cluster too."""
        found = [
            RoleLine(
                role.id or 0, role.kind, role.person_id, self.book.person_name(role.person_id),
                role.starts_on, role.ends_on, role.handover_note,
            )
            for role in self.book.roles
            if role.school_id in self.ids
            or (role.school_id is None and self.book.people[role.person_id].school_id in self.ids)
        ]  # fmt: skip
        return sorted(found, key=lambda one: (one.starts_on, one.id), reverse=True)

    def contacts(self) -> list[ContactFact]:
        """Its entries of the contacts log by the day, newest first."""
        found = [
            replace(one, school_id=self.school_id)
            for one in self.book.contacts
            if one.school_id in self.ids and one.on <= self.day
        ]
        return sorted(found, key=lambda one: (one.on, one.id), reverse=True)

    def marks(self) -> tuple[Tally, tuple[tuple[MatrixColumn, AttendanceCode | None], ...]]:
        """Its places at the year's meetings, the figure of the pack, and its mark at each (R-REV-7)."""
        matrix = year_matrix(self.book, self.year, self.day)
        row = next((one for one in matrix.rows if one.school_id == self.now_id), None)
        if row is None:
            return Tally(0, 0), ()
        return row.total, tuple(zip(matrix.columns, row.marks, strict=True))

    def use(self) -> SchoolUse | None:
        """Its release allowance in the year; None: it sets nothing aside and claimed nothing."""
        cover = cover_year(self.book, self.year, self.day)
        found = next((one for one in cover.schools if one.school_id == self.now_id), None)
        return found if found is not None and (found.entitlement.allowance_p or found.own.claims) else None

    def loans(self) -> tuple[LentLine, ...]:
        """What it has now or had in the year; what is out first, each newest first."""
        first, last = year_bounds(self.year)
        lines = (
            LentLine(one, loan_state(one, self.day))
            for one in loan_facts(self.book)
            if one.starts_on <= last and (one.back_on is None or one.back_on >= first)
        )
        found = [one for one in lines if one.state not in GONE or one.fact.starts_on >= first]
        return tuple(sorted(found, key=lambda one: (one.state in GONE, -one.fact.starts_on.toordinal())))


def signs_of(
    spell: MembershipFact,
    ssl: str,
    marks: Marks,
    contacts: Sequence[ContactFact],
    late_kits: int,
) -> Signs:
    """How a member takes part, for the rule that says whom to talk to (R-CLU-8)."""
    absent = {AttendanceCode.A, AttendanceCode.N}
    missed = [column.meeting.held_on for column, mark in marks if mark in absent]
    return Signs(
        member=spell,
        ssl=ssl,
        marks=[mark for _, mark in marks],
        last_missed_on=max(missed, default=None),
        contacts=contacts,
        late_kits=late_kits,
    )
