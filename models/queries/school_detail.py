"""Everything the window shows of one school: its spells, people, figures of the year, and what is to be done.

The figures are those of the pack, asked of the same questions (R-REV-7), but nothing is read of other schools
that is not needed for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from models import tables as t
from models.calendar import school_year, year_bounds
from models.queries.bank import loan_facts
from models.queries.book import Book
from models.queries.cover import cover_facts, cover_year
from models.queries.meetings import action_facts, meeting_facts, year_matrix
from models.queries.partial import PartialBook
from models.queries.psqm import award_facts
from models.queries.schools_page import (
    UNSETTLED,
    Clock,
    SchoolRow,
    Standing,
    answers_of,
    papers_of,
    row_of,
    shown_day,
    standing_on,
)  # fmt: skip
from models.rules.attendance import MatrixColumn, Tally
from models.rules.checklists import (
    Joiner,
    Leaver,
    OpenClaim,
    OpenThing,
    Step,
    joiner_steps,
    leaver_steps,
)  # fmt: skip
from models.rules.cluster import ContactFact, MembershipFact, gives_input
from models.rules.cover_use import SchoolUse
from models.rules.engagement import Prompt, Signs, prompt
from models.rules.loans import LoanFact, LoanState, loan_state
from models.rules.meetings import ActionFact
from models.rules.psqm import expires_on
from models.rules.schools import records_of_one_school
from models.rules.spells import covers
from models.rules.verdict import About
from models.words import Answer, AttendanceCode, Happened, MeetingKind, PsqmLevel, RoleKind

RECENT = 3  # contacts shown in the panel; the contacts tab has them all


@dataclass(frozen=True)
class RoleLine:
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


@dataclass(frozen=True)
class SpellLine:
    """A spell of membership (R-CLU-10)."""

    fact: MembershipFact
    replaces: str


@dataclass(frozen=True)
class DeclarationLine:
    """What a school declared for a year (R-COVER-7)."""

    year: int
    answer: Answer
    by: str
    on: dt.date | None


@dataclass(frozen=True)
class LentLine:
    """Something that the school borrowed, with its state on the day."""

    fact: LoanFact
    state: LoanState


@dataclass(frozen=True)
class AwardLine:
    """A quality mark of the school, and the day it expires (R-PSQM-3)."""

    level: PsqmLevel
    round: str
    awarded_on: dt.date
    expires_on: dt.date


@dataclass(frozen=True)
class SchoolDetail:
    """One school.

    Attributes:
        row: the school as the list has it.
        record: its stored fields that the panel shows.
        spells: its spells of membership, oldest first.
        ssl: its science subject leaders, newest first, with their handover notes.
        roles: who else has a role there on the day.
        use: its release allowance in the year; None: it sets nothing aside and claimed nothing.
        attendance: its places at the year's meetings, the figure of the pack.
        marks: the year's meetings with its mark; None was not asked, or not a member.
        loans: what it has now or had in the year, newest first.
        declarations: newest year first.
        contacts: the latest of the contacts log.
        next_action: what it promised and is due first.
        steps: the joiner's or leaver's checklist; empty for a school that neither joins nor leaves.
        joining: the checklist is a joiner's.
        prompt: whom to talk to; None while all is well.
    """

    row: SchoolRow
    record: SchoolRecord
    spells: tuple[SpellLine, ...]
    ssl: tuple[RoleLine, ...]
    roles: tuple[RoleLine, ...]
    use: SchoolUse | None
    attendance: Tally
    marks: tuple[tuple[MatrixColumn, AttendanceCode | None], ...]
    loans: tuple[LentLine, ...]
    declarations: tuple[DeclarationLine, ...]
    awards: tuple[AwardLine, ...]
    contacts: tuple[ContactFact, ...]
    next_action: ActionFact | None
    steps: tuple[Step, ...]
    joining: bool
    prompt: Prompt | None
    day: dt.date
    year: int


@dataclass(frozen=True)
class SchoolRecord:
    """What is stored of a school besides its name."""

    type_name: str
    trust_name: str
    la_name: str
    address: str
    postcode: str
    phone: str
    website: str
    notes: str
    ages: tuple[int | None, int | None]


def school_detail(session: Session, school_id: int, year: int, today: Clock = dt.date.today) -> SchoolDetail:
    """One school as of the day that a school year is shown.

    Raises:
        LookupError: there is no such school.
    """
    return _Asked(session, school_id, year, today).detail()


class _Asked:
    """One question's facts: the book read for one school, and the ids of all records of that school."""

    def __init__(self, session: Session, school_id: int, year: int, today: Clock) -> None:
        whole = Book(session)
        lines = records_of_one_school(whole.schools.values())
        self.ids = frozenset(next((line for line in lines if school_id in line), (school_id,)))
        self.book = PartialBook(session, year, sorted(self.ids))
        self.year, self.school_id = year, school_id
        self.day = shown_day(self.book, year, today)
        self.now_id = self.book.present_id(school_id, self.day)
        self.row = row_of(self.book, school_id, year, self.day)

    def detail(self) -> SchoolDetail:
        """All of it."""
        book, use = self.book, self._use()
        tally, marks = self._marks()
        spells = [one for one in book.memberships if one.school_id in self.ids]
        roles = self._roles()
        contacts = self._contacts()
        steps, joining = self._steps(roles, contacts, use, tally)
        return SchoolDetail(
            row=self.row,
            record=self._record(),
            spells=tuple(
                SpellLine(one, book.school_name(one.replaces_id))
                for one in sorted(spells, key=lambda one: one.joined_on)
            ),
            ssl=tuple(one for one in roles if one.kind is RoleKind.SSL),
            roles=tuple(one for one in roles if one.kind is not RoleKind.SSL and one.on(self.day)),
            use=use,
            attendance=tally,
            marks=marks,
            loans=self._loans(),
            declarations=self._declarations(),
            awards=self._awards(),
            contacts=tuple(contacts[:RECENT]),
            next_action=self._next_action(),
            steps=steps,
            joining=joining,
            prompt=self._prompt(marks, contacts),
            day=self.day,
            year=self.year,
        )

    def _record(self) -> SchoolRecord:
        row = self.book.school_rows[self.school_id]
        return SchoolRecord(
            row.type_name, row.trust_name, row.la_name, row.address, row.postcode, row.phone, row.website,
            row.notes, (row.low_age, row.high_age),
        )  # fmt: skip

    def _roles(self) -> list[RoleLine]:
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

    def _contacts(self) -> list[ContactFact]:
        found = [
            replace(one, school_id=self.school_id)
            for one in self.book.contacts
            if one.school_id in self.ids and one.on <= self.day
        ]
        return sorted(found, key=lambda one: (one.on, one.id), reverse=True)

    def _marks(self) -> tuple[Tally, tuple[tuple[MatrixColumn, AttendanceCode | None], ...]]:
        matrix = year_matrix(self.book, self.year, self.day)
        row = next((one for one in matrix.rows if one.school_id == self.now_id), None)
        if row is None:
            return Tally(0, 0), ()
        return row.total, tuple(zip(matrix.columns, row.marks, strict=True))

    def _use(self) -> SchoolUse | None:
        cover = cover_year(self.book, self.year, self.day)
        found = next((one for one in cover.schools if one.school_id == self.now_id), None)
        return found if found is not None and (found.entitlement.allowance_p or found.own.claims) else None

    def _loans(self) -> tuple[LentLine, ...]:
        first, last = year_bounds(self.year)
        lines = (
            LentLine(one, loan_state(one, self.day))
            for one in loan_facts(self.book)
            if one.starts_on <= last and (one.back_on is None or one.back_on >= first)
        )
        gone = {LoanState.RETURNED, LoanState.CANCELLED}
        found = [one for one in lines if one.state not in gone or one.fact.starts_on >= first]
        return tuple(sorted(found, key=lambda one: (one.state in gone, -one.fact.starts_on.toordinal())))

    def _declarations(self) -> tuple[DeclarationLine, ...]:
        found = [
            DeclarationLine(row.school_year, row.additional, row.confirmed_by, row.confirmed_on)
            for row in self.book.rows(t.Declaration)
            if row.school_id in self.ids
        ]
        return tuple(sorted(found, key=lambda one: one.year, reverse=True))

    def _awards(self) -> tuple[AwardLine, ...]:
        found = [
            AwardLine(
                one.level, one.round, one.awarded_on,
                expires_on(one.awarded_on, self.book.scheme_of(self.year)),
            )
            for one in award_facts(self.book)
            if one.school_id in self.ids
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda one: one.awarded_on, reverse=True))

    def _next_action(self) -> ActionFact | None:
        actions = [one for one in action_facts(self.book, self.day) if one.open_on(self.day)]
        return min(actions, key=lambda one: (one.due_on or dt.date.max, one.id), default=None)

    def _prompt(
        self,
        marks: Sequence[tuple[MatrixColumn, AttendanceCode | None]],
        contacts: Sequence[ContactFact],
    ) -> Prompt | None:
        spell, standing = standing_on(self.book, self.school_id, self.day)
        if spell is None or not standing.inside:
            return None
        late = sum(one.state is LoanState.OVERDUE for one in self._loans())
        signs = signs_of(spell, self.row.ssl, marks, contacts, late)
        return prompt(signs, self.book.scheme_of(self.year), self.day)

    # -- checklists

    def _steps(
        self, roles: Sequence[RoleLine], contacts: Sequence[ContactFact], use: SchoolUse | None, tally: Tally
    ) -> tuple[tuple[Step, ...], bool]:
        """A leaver's steps in the year it leaves and while anything is open; a joiner's in its first year."""
        spell, standing = standing_on(self.book, self.school_id, self.day)
        first, last = year_bounds(self.year)
        if spell is None or standing is Standing.EARLIER:
            return (), False
        if spell.left_on is not None and spell.left_on <= last:
            steps = leaver_steps(self._leaver(spell, roles, contacts, tally))
            open_ = any(not step.done for step in steps)
            return (steps if open_ or spell.left_on >= first else ()), False
        start = min((one.starts_on for one in self.book.agreements), default=first)
        if first <= spell.joined_on <= last and (spell.joined_on > start or self.row.wants):
            return joiner_steps(self._joiner(spell, start, use)), True
        return (), False

    def _joiner(self, spell: MembershipFact, start: dt.date, use: SchoolUse | None) -> Joiner:
        _, last = year_bounds(self.year)
        ahead = [
            one
            for one in meeting_facts(self.book).values()
            if spell.joined_on <= one.held_on <= last
            and one.kind is MeetingKind.FULL_CLUSTER
            and one.status is not Happened.CANCELLED
        ]
        return Joiner(
            member=spell,
            after_start=spell.joined_on > start,
            year=self.year,
            ssl=self.row.ssl,
            papers=papers_of(self.book, self.school_id),
            answer=answers_of(self.book, self.year, self.day).get(self.now_id),
            allowance_p=use.entitlement.allowance_p if use and gives_input(spell) else 0,
            meetings_left=len(ahead),
        )

    def _leaver(
        self,
        spell: MembershipFact,
        roles: Sequence[RoleLine],
        contacts: Sequence[ContactFact],
        tally: Tally,
    ) -> Leaver:
        last = spell.left_on or self.day
        year = min(self.year, school_year(last))
        kept = {LoanState.RETURNED, LoanState.CANCELLED}
        claims = sorted(
            (one for one in cover_facts(self.book) if one.state in UNSETTLED), key=lambda one: one.code
        )
        return Leaver(
            member=spell,
            year=year,
            lent=[one for one in loan_facts(self.book) if loan_state(one, self.day) not in kept],
            claims=[OpenClaim(one.id, one.code) for one in claims],
            actions=[
                OpenThing(one.what, one.about)
                for one in action_facts(self.book, self.day)
                if one.open_on(self.day)
            ],
            roles=[
                OpenThing(f"{one.person}, {one.kind.label}", About("role", one.id))
                for one in roles
                if one.ends_on is None or one.ends_on > last
            ],
            contacts=contacts,
            answer=answers_of(self.book, year, self.day).get(self.now_id),
            gives_input=gives_input(spell),
            attendance=tally,
        )


def signs_of(
    spell: MembershipFact,
    ssl: str,
    marks: Sequence[tuple[MatrixColumn, AttendanceCode | None]],
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
