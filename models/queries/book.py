"""What every question starts from: the book's rows as plain facts, read once in one session.

A `Book` belongs to one `store.read()` (or one transaction) and is thrown away with it; within it nothing is
read twice, so that all answers of a pack are of the same moment. `Book.now` hands one on from reading to
reading while nothing is saved: the window's frame and its first page ask much the same.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.calendar import SchoolCalendar, Term, school_year, year_bounds
from models.holidays import bank_holidays
from models.rules.agreement import AgreementFact, agreement_on
from models.rules.cluster import ContactFact, MembershipFact, members_between, members_on, membership_lines
from models.rules.leads import LeadSpell, SslSpell, lead_on, ssl_on
from models.rules.scheme import Dated, Scheme, scheme_on
from models.rules.schools import SchoolFact, records_of_one_school
from models.values import replace
from models.words import ClosureKind, RoleKind

A = TypeVar("A")
P = ParamSpec("P")
R = TypeVar("R", bound=t.Record)
MOST_KEPT = 20_000  # rows that are kept for the next reading; more would only fill the memory
DAY_STARTS, DAY_ENDS = dt.time(9, 0), dt.time(15, 30)  # D12


class Book:
    """The facts of one session, each read when it is first asked for."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._rows: dict[type[t.Record], list[Any]] = {}
        self.answers: dict[Hashable, Any] = {}

    @classmethod
    def now(cls, session: Session) -> Book:
        """The book as the last reading left it, if nothing has been saved since; else a new one."""
        kept: dict[Hashable, Any] = session.info.get("kept", {})
        book: Book = kept.setdefault(Book, Book(session))
        book.session = session
        return book

    def rows(self, record: type[R]) -> list[R]:
        """All rows of a table, by id. They have its fields and are read only: nothing is saved through them.

        Tables are read, not objects: to set up mappers and load objects takes three times as long.
        """
        if record not in self._rows:
            table = t.metadata.tables[str(record.__tablename__)]
            self.session.flush()  # a question of tables does not do it of itself
            self._rows[record] = list(self.session.execute(select(table).order_by(table.c.id)))
            if sum(map(len, self._rows.values())) > MOST_KEPT:
                self.session.info.get("kept", {}).pop(Book, None)
        return self._rows[record]

    # -- the cluster and its scheme

    @cached_property
    def cluster(self) -> t.Cluster | None:
        """The cluster's own row; None in a book that has not been filled in yet."""
        return next(iter(self.rows(t.Cluster)), None)

    def today(self, clock: Callable[[], dt.date] = dt.date.today) -> dt.date:
        """Today; in a sample book the day that it is told from."""
        told = self.cluster.sample_today if self.cluster else None
        return told or clock()

    @cached_property
    def _settings(self) -> tuple[Dated, ...]:
        return tuple(
            Dated(row.key, row.value, row.starts_on, row.response) for row in self.rows(t.SchemeSetting)
        )

    @cached_property
    def _schemes(self) -> dict[tuple[dt.date, ...], Scheme]:
        return {}

    def scheme(self, day: dt.date) -> Scheme:
        """The scheme in force on a day (R-AGR-6)."""
        started = tuple(sorted({row.starts_on for row in self._settings if row.starts_on <= day}))
        if started not in self._schemes:
            self._schemes[started] = scheme_on(day, self._settings)
        return self._schemes[started]

    def scheme_of(self, year: int) -> Scheme:
        """The scheme on the last day of a school year: what the year's totals are held against."""
        return self.scheme(year_bounds(year)[1])

    @cached_property
    def agreements(self) -> tuple[AgreementFact, ...]:
        """The agreements, oldest first."""
        found = [
            AgreementFact(
                row.id or 0, row.starts_on, row.ends_on, row.stage, row.stage_label, row.pilot, row.report_on,
                row.review_result, row.application_result, row.transition_approved_on,
            )
            for row in self.rows(t.Agreement)
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda one: one.starts_on))

    def agreement(self, day: dt.date) -> AgreementFact | None:
        """The agreement that a day belongs to."""
        return agreement_on(self.agreements, day)

    # -- the calendar

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        return tuple(
            Term(row.school_year, row.term, row.half, row.starts_on, row.ends_on)
            for row in self.rows(t.SchoolTerm)
        )

    @cached_property
    def _closed(self) -> dict[int | None, dict[dt.date, str]]:
        """Days closed, by school, None for all. A year without entered bank holidays gets the table's."""
        rows = self.rows(t.ClosedDay)
        entered = {school_year(row.on) for row in rows if row.kind is ClosureKind.BANK_HOLIDAY}
        closed: dict[int | None, dict[dt.date, str]] = defaultdict(dict)
        for on, name in bank_holidays(dt.date.min, dt.date.max).items():
            if school_year(on) not in entered:
                closed[None][on] = name
        for row in rows:
            closed[row.school_id][row.on] = row.name or row.kind.label
        return closed

    def calendar(self, school_id: int | None = None) -> SchoolCalendar:
        """The cluster's calendar, or that of a school with its own days and times (F6.2, D12)."""
        cluster = self.cluster
        calendar = SchoolCalendar(
            terms=self._terms,
            closed=self._closed[None],
            day_starts=(cluster and cluster.day_starts) or DAY_STARTS,
            day_ends=(cluster and cluster.day_ends) or DAY_ENDS,
        )
        school = self.school_rows.get(school_id or 0)
        if school is None:
            return calendar
        return calendar.of_school(school.day_starts, school.day_ends, self._closed[school_id])

    # -- schools and people

    @cached_property
    def school_rows(self) -> dict[int, t.School]:
        """Every school by id."""
        return {row.id or 0: row for row in self.rows(t.School)}

    @cached_property
    def schools(self) -> dict[int, SchoolFact]:
        """Every school by id, as the rules know it."""
        return {
            key: SchoolFact(
                key, row.name, row.phase, row.urn or "", row.number_on_roll, row.status, row.predecessor_id,
                row.extra_support,
            )
            for key, row in self.school_rows.items()
        }  # fmt: skip

    def school_name(self, school_id: int | None) -> str:
        """A school's full name; "" for none."""
        return self.school_rows[school_id].name if school_id else ""

    def short_name(self, school_id: int | None) -> str:
        """A school's name for tables and charts; "" for none."""
        row = self.school_rows[school_id] if school_id else None
        return (row.short_name or row.name) if row else ""

    @cached_property
    def memberships(self) -> tuple[MembershipFact, ...]:
        """Every spell of membership."""
        return tuple(
            MembershipFact(
                id=row.id or 0,
                school_id=row.school_id,
                school=self.school_name(row.school_id),
                joined_on=row.joined_on,
                left_on=row.left_on,
                phase=self.school_rows[row.school_id].phase,
                at_risk=row.at_risk,
                leaving_reason=row.leaving_reason,
                replaces_id=row.replaces_id,
                advisor_discussed_on=row.advisor_discussed_on,
                advisor_outcome=row.advisor_outcome,
                gives_release_input=row.gives_release_input,
            )
            for row in self.rows(t.Membership)
        )

    @cached_property
    def _present(self) -> dict[dt.date, dict[int, int]]:
        return {}

    def present_ids(self, day: dt.date) -> dict[int, int]:
        """Of a school with several records, such as an academy: each id to that of a day (R-DATA-6).

        It is the newest record whose membership has begun by then; a school with one record is not in it.
        """
        if day not in self._present:
            found: dict[int, int] = {}
            begun = {one.school_id for one in self.memberships if one.joined_on <= day}
            for line in records_of_one_school(self.schools.values()):
                newest = next((key for key in reversed(line) if key in begun), None)
                if newest is not None:
                    found |= dict.fromkeys(line, newest)
            self._present[day] = found
        return self._present[day]

    def present_id(self, school_id: int, day: dt.date) -> int:
        """The id that a school has on a day (R-DATA-6)."""
        return self.present_ids(day).get(school_id, school_id)

    def spells(self, day: dt.date) -> tuple[MembershipFact, ...]:
        """The spells of membership as told on a day: a conversion is none, a later leaving not yet known."""

        def told(one: MembershipFact) -> MembershipFact:
            key = self.present_id(one.school_id, day)
            if key != one.school_id:
                school = self.schools[key]
                one = replace(one, school_id=key, school=school.name, phase=school.phase)
            if one.replaces_id is not None:
                one = replace(one, replaces_id=self.present_id(one.replaces_id, day))
            stays = one.left_on is not None and one.left_on > day
            return replace(one, left_on=None, leaving_reason="") if stays else one

        return membership_lines((told(one) for one in self.memberships if one.joined_on <= day), ())

    def members(self, day: dt.date) -> tuple[MembershipFact, ...]:
        """The members on a day, by name."""
        return tuple(sorted(members_on(self.spells(day), day), key=lambda one: one.school.casefold()))

    @cached_property
    def _without_release_money(self) -> dict[dt.date, frozenset[int]]:
        return {}

    def without_release_money(self, day: dt.date) -> frozenset[int]:
        """The members that set no release money aside, such as a secondary (D22)."""
        if day not in self._without_release_money:
            found = (one.school_id for one in self.members(day) if one.gives_release_input is False)
            self._without_release_money[day] = frozenset(found)
        return self._without_release_money[day]

    def members_of_year(self, year: int, until: dt.date) -> tuple[MembershipFact, ...]:
        """Who was a member for at least a day of a school year up to `until`, by name."""
        first, last = year_bounds(year)
        found = members_between(self.spells(min(last, until)), first, min(last, until))
        return tuple(sorted(found, key=lambda one: one.school.casefold()))

    @cached_property
    def lead_spells(self) -> tuple[LeadSpell, ...]:
        """Which school held the money, and when."""
        return tuple(
            LeadSpell(row.school_id, self.school_name(row.school_id), row.starts_on, row.ends_on, row.id or 0)
            for row in self.rows(t.LeadSpell)
        )

    def lead_school(self, day: dt.date) -> LeadSpell | None:
        """The lead school on a day, under the name that it has then."""
        spell = lead_on(self.lead_spells, day)
        if spell is None:
            return None
        key = self.present_id(spell.school_id, day)
        return replace(spell, school_id=key, school=self.school_name(key))

    @cached_property
    def people(self) -> dict[int, t.Person]:
        """Every person by id."""
        return {row.id or 0: row for row in self.rows(t.Person)}

    def person_name(self, person_id: int | None) -> str:
        """A person's name; "" for none."""
        return self.people[person_id].name if person_id else ""

    @cached_property
    def roles(self) -> tuple[t.Role, ...]:
        """Every role, by id."""
        return tuple(self.rows(t.Role))

    def in_role(self, kind: RoleKind, day: dt.date) -> list[t.Role]:
        """Who had a role on a day."""
        return [
            role
            for role in self.roles
            if role.kind is kind and role.starts_on <= day and (role.ends_on is None or day <= role.ends_on)
        ]

    def ssl_spells(self, day: dt.date) -> tuple[SslSpell, ...]:
        """Who was science subject leader of which school, by the id that it has on a day, and when."""
        return tuple(
            SslSpell(
                self.present_id(role.school_id, day),
                role.person_id,
                role.starts_on,
                role.ends_on,
                role.handover_note,
            )
            for role in self.roles
            if role.kind is RoleKind.SSL and role.school_id is not None
        )

    def ssl_name(self, school_id: int, day: dt.date) -> str:
        """The science subject leader of a school on a day; "" if none is entered."""
        spell = ssl_on(self.ssl_spells(day), school_id, day)
        return self.person_name(spell.person_id) if spell else ""

    @cached_property
    def contacts(self) -> tuple[ContactFact, ...]:
        """The contacts log."""
        return tuple(
            ContactFact(
                row.id or 0, row.kind, row.on, row.school_id, self.school_name(row.school_id), row.summary,
                row.told_advisor_on, row.closed_on,
            )
            for row in self.rows(t.ContactLog)
        )  # fmt: skip

    # -- years

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The school years that an agreement covers or in which something happened, oldest first."""
        days: set[dt.date] = {row.held_on for row in self.rows(t.Meeting)}
        days |= {row.cover_on for row in self.rows(t.CoverClaim)} | {row.on for row in self.rows(t.FundEntry)}
        days |= {row.held_on for row in self.rows(t.CpdSession)} | {
            row.starts_on for row in self.rows(t.Loan)
        }
        years = {school_year(day) for day in days}
        for agreement in self.agreements:
            years |= set(range(school_year(agreement.starts_on), school_year(agreement.ends_on) + 1))
        return tuple(sorted(years))


def remembered(question: Callable[Concatenate[Book, P], A]) -> Callable[Concatenate[Book, P], A]:
    """Ask a question once of a book, however many answers need it; its arguments must be hashable."""

    @wraps(question)
    def ask(book: Book, /, *args: P.args, **kw: P.kwargs) -> A:
        key = (question, args, tuple(sorted(kw.items())))
        if key not in book.answers:
            book.answers[key] = question(book, *args, **kw)
        answer: A = book.answers[key]
        return answer

    return ask


def by_school(rows: Iterable[R], key: str = "school_id") -> dict[int, list[R]]:
    """Rows grouped by the school they name; rows without one are left out."""
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        if (school_id := getattr(row, key)) is not None:
            found[school_id].append(row)
    return found
