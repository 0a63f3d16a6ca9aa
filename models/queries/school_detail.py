"""Everything the window shows of one school: its spells, people, figures of the year, and what is to be done.

The figures are those of the pack, asked of the same questions (R-REV-7), but nothing is read of other schools
that is not needed for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year, year_bounds
from models.queries.meetings import action_facts
from models.queries.one_school import LentLine, OneSchool, RoleLine, signs_of
from models.queries.psqm import award_facts
from models.queries.school_steps import checklist
from models.queries.schools_page import (
    Clock,
    SchoolRow,
    standing_on,
)  # fmt: skip
from models.rules.attendance import MatrixColumn, Tally
from models.rules.checklists import (
    Step,
)  # fmt: skip
from models.rules.cluster import ContactFact, MembershipFact
from models.rules.cover_use import SchoolUse
from models.rules.engagement import Prompt, prompt
from models.rules.loans import LoanState
from models.rules.meetings import ActionFact
from models.rules.psqm import expires_on
from models.words import Answer, AttendanceCode, PsqmLevel, RoleKind

RECENT = 3  # contacts shown in the panel; the contacts tab has them all


class SpellLine(Struct, frozen=True):
    """A spell of membership (R-CLU-10)."""

    fact: MembershipFact
    replaces: str


class DeclarationLine(Struct, frozen=True):
    """What a school declared for a year (R-COVER-7)."""

    year: int
    answer: Answer
    by: str
    on: dt.date | None


class AwardLine(Struct, frozen=True):
    """A quality mark of the school, and the day it expires (R-PSQM-3)."""

    level: PsqmLevel
    round: str
    awarded_on: dt.date
    expires_on: dt.date


class SchoolDetail(Struct, frozen=True):
    """One school.

    Attributes:
        row: the school as the list has it.
        record: its stored fields that the panel shows.
        spells: its spells of membership, oldest first.
        span: the days that the line of its membership is drawn for: whole school years.
        staff: its people who are there, by name: id and name.
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
    span: tuple[dt.date, dt.date]
    staff: tuple[tuple[int, str], ...]
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


class SchoolRecord(Struct, frozen=True):
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
    return _Detail(session, school_id, year, today).detail()


class _Detail(OneSchool):
    """The answer's parts."""

    def detail(self) -> SchoolDetail:
        """All of it."""
        book, use = self.book, self.use()
        tally, marks = self.marks()
        spells = [one for one in book.memberships if one.school_id in self.ids]
        roles = self.roles()
        contacts = self.contacts()
        steps, joining = checklist(self, roles, contacts, use, tally)
        return SchoolDetail(
            row=self.row,
            record=self._record(),
            spells=tuple(
                SpellLine(one, book.school_name(one.replaces_id))
                for one in sorted(spells, key=lambda one: one.joined_on)
            ),
            span=self._span(spells),
            staff=self._staff(),
            ssl=tuple(one for one in roles if one.kind is RoleKind.SSL),
            roles=tuple(one for one in roles if one.kind is not RoleKind.SSL and one.on(self.day)),
            use=use,
            attendance=tally,
            marks=marks,
            loans=self.loans(),
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

    def _span(self, spells: Sequence[MembershipFact]) -> tuple[dt.date, dt.date]:
        """From the year in which it joined or the agreement began to the one in which the latter ends."""
        starts = [one.joined_on for one in spells] + [one.starts_on for one in self.book.agreements]
        ends = [one.ends_on for one in self.book.agreements] + [one.left_on for one in spells if one.left_on]
        first, last = min([*starts, self.day]), max([*ends, self.day])
        return year_bounds(school_year(first))[0], year_bounds(school_year(last))[1]

    def _staff(self) -> tuple[tuple[int, str], ...]:
        found = [
            (key, person.name)
            for key, person in self.book.people.items()
            if person.school_id in self.ids and person.left_on is None
        ]
        return tuple(sorted(found, key=lambda one: one[1].casefold()))

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
        late = sum(one.state is LoanState.OVERDUE for one in self.loans())
        signs = signs_of(spell, self.row.ssl, marks, contacts, late)
        return prompt(signs, self.book.scheme_of(self.year), self.day)
