"""The people of the cluster: their roles, the years they teach, and who could swap with whom (R-MEET-13)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from models import tables as t
from models.formats import count
from models.queries.book import Book, remembered
from models.queries.schools_page import Clock, shown_day
from models.rules.meetings import YEAR_GROUPS, SwapRow, TeacherFact, swap_list
from models.rules.people import StrengthFact, answers
from models.rules.spells import covers
from models.words import OfferKind, RoleKind

SHORT_ROLES = {RoleKind.SSL: "SSL", RoleKind.HEADTEACHER: "Head"}


class PersonRow(Struct, frozen=True):
    """A line of the list.

    Attributes:
        school: its short name, or the organisation of somebody from outside.
        roles: what she does on the day, in words.
        groups: the year groups she teaches in the year, youngest first.
        left_on: when she left; None while she is there.
    """

    id: int
    name: str
    school_id: int | None
    school: str
    roles: tuple[str, ...]
    kinds: frozenset[RoleKind]
    groups: tuple[str, ...]
    email: str
    phone: str
    is_fellow: bool
    is_ect: bool
    left_on: dt.date | None

    @property
    def here(self) -> bool:
        """She has not left."""
        return self.left_on is None


def role_words(kind: RoleKind) -> str:
    """A role in few words, for a table."""
    return SHORT_ROLES.get(kind, kind.label)


def person_rows(session: Session, year: int, today: Clock = dt.date.today) -> tuple[PersonRow, ...]:
    """Everybody, those who left last, by name."""
    book = Book(session)
    day = shown_day(book, year, today)
    rows = [_row(book, key, year, day) for key in book.people]
    return tuple(sorted(rows, key=lambda row: (not row.here, row.name.casefold())))


def _row(book: Book, person_id: int, year: int, day: dt.date) -> PersonRow:
    row, kinds = book.people[person_id], _running(book, day)[person_id]
    return PersonRow(
        id=person_id,
        name=row.name,
        school_id=row.school_id,
        school=book.short_name(row.school_id) or row.organisation,
        roles=tuple(role_words(kind) for kind in RoleKind if kind in kinds),
        kinds=kinds,
        groups=_groups(book, year).get(person_id, ()),
        email=row.email,
        phone=row.phone,
        is_fellow=row.is_fellow,
        is_ect=row.is_ect,
        left_on=row.left_on,
    )


@remembered
def _running(book: Book, day: dt.date) -> dict[int, frozenset[RoleKind]]:
    """By person, what she does on a day; nothing for those who have no role."""
    found: dict[int, frozenset[RoleKind]] = defaultdict(frozenset)
    for role in book.roles:
        if covers(role.starts_on, role.ends_on, day):
            found[role.person_id] |= {role.kind}
    return found


@remembered
def _groups(book: Book, year: int) -> dict[int, tuple[str, ...]]:
    """By person, the year groups she teaches in a school year, youngest first."""
    taught: dict[int, set[str]] = defaultdict(set)
    for row in book.rows(t.YearTaught):
        if row.school_year == year:
            taught[row.person_id].add(row.year_group)
    rank = {group: place for place, group in enumerate(YEAR_GROUPS)}
    return {
        key: tuple(sorted(groups, key=lambda group: (rank.get(group, len(rank)), group)))
        for key, groups in taught.items()
    }


def swaps(session: Session, year: int) -> tuple[SwapRow, ...]:
    """Who teaches which year group across the schools in a school year: the swap list (R-MEET-13)."""
    return _swaps(Book(session), year)


def _swaps(book: Book, year: int) -> tuple[SwapRow, ...]:
    facts = []
    for row in book.rows(t.YearTaught):
        person = book.people[row.person_id]
        if row.school_year == year and person.school_id is not None and person.left_on is None:
            school = book.short_name(person.school_id)
            facts.append(TeacherFact(row.person_id, person.name, person.school_id, school, row.year_group))
    return swap_list(facts)


class PersonRole(Struct, frozen=True):
    """A role that somebody has or had, with what she left for the next."""

    id: int
    kind: RoleKind
    school: str
    starts_on: dt.date
    ends_on: dt.date | None
    handover_note: str


class Offer(Struct, frozen=True):
    """A strength or a need, and whom it fits."""

    kind: OfferKind
    topic: str
    fits: tuple[StrengthFact, ...]


class PersonDetail(Struct, frozen=True):
    """One person.

    Attributes:
        roles: what she does and did, newest first.
        running: the roles of hers that have not ended.
        peers: for each year group she teaches, those in other schools who teach it too.
        offers: what she offers or asks for, with whom it fits.
        actions: how many open actions are hers.
        loans: how many loans out she answers for.
        plans: how many development plans she has; their words stay on the page of plans (R-PPL-3).
    """

    row: PersonRow
    notes: str
    roles: tuple[PersonRole, ...]
    running: tuple[PersonRole, ...]
    peers: tuple[tuple[str, tuple[TeacherFact, ...]], ...]
    offers: tuple[Offer, ...]
    actions: int
    loans: int
    plans: int
    day: dt.date
    year: int

    @property
    def open_ends(self) -> tuple[str, ...]:
        """What somebody else takes over when she leaves, in words."""
        parts = [f"{role.kind.label}" + (f", {role.school}" if role.school else "") for role in self.running]
        parts += [count(self.actions, "open action")] if self.actions else []
        return (*parts, *([count(self.loans, "kit on loan", "kits on loan")] if self.loans else []))


def person_detail(session: Session, person_id: int, year: int, today: Clock = dt.date.today) -> PersonDetail:
    """One person as of the day that a school year is shown."""
    book = Book(session)
    day = shown_day(book, year, today)
    row = _row(book, person_id, year, day)
    roles = [
        PersonRole(
            one.id or 0, one.kind, book.school_name(one.school_id), one.starts_on, one.ends_on,
            one.handover_note,
        )
        for one in book.roles
        if one.person_id == person_id
    ]  # fmt: skip
    roles.sort(key=lambda one: (one.starts_on, one.id), reverse=True)
    known = strength_facts(book)
    return PersonDetail(
        row=row,
        notes=book.people[person_id].notes,
        roles=tuple(roles),
        running=tuple(one for one in roles if covers(one.starts_on, one.ends_on, day)),
        peers=_peers(_swaps(book, year), row),
        offers=tuple(
            Offer(one.kind, one.topic, answers(one, known)) for one in known if one.person_id == person_id
        ),
        actions=_count(session, col(t.Action.owner_id) == person_id, _OPEN_ACTION),
        loans=_count(session, col(t.Loan.person_id) == person_id, _OUT),
        plans=_count(session, col(t.DevelopmentPlan.person_id) == person_id),
        day=day,
        year=year,
    )


_OPEN_ACTION = col(t.Action.done_on).is_(None) & col(t.Action.dropped_on).is_(None)
_OUT = col(t.Loan.out_on).is_not(None) & col(t.Loan.back_on).is_(None) & col(t.Loan.cancelled_on).is_(None)


def _count(session: Session, *where: ColumnElement[bool]) -> int:
    return session.execute(select(func.count()).where(*where)).scalar() or 0


def _peers(rows: Sequence[SwapRow], person: PersonRow) -> tuple[tuple[str, tuple[TeacherFact, ...]], ...]:
    found = []
    for row in rows:
        if row.year_group in person.groups:
            others = tuple(one for one in row.teachers if one.school_id != person.school_id)
            found.append((row.year_group, others))
    return tuple(found)


def strength_facts(book: Book) -> tuple[StrengthFact, ...]:
    """What people who are still there offer and ask for (R-PPL-1)."""
    return tuple(
        StrengthFact(
            row.id or 0, row.kind, row.topic, row.person_id, person.name, person.school_id,
            book.short_name(person.school_id),
        )
        for row in book.rows(t.Strength)
        if (person := book.people[row.person_id]).left_on is None
    )  # fmt: skip


class RoleRow(Struct, frozen=True):
    """A role, as it is stored (R-CLU-12)."""

    id: int
    person: str
    kind: RoleKind
    school: str
    starts_on: dt.date
    ends_on: dt.date | None
    handover_note: str


def role_rows(session: Session, _year: int) -> tuple[RoleRow, ...]:
    """Every role there is or was, the latest first."""
    book = Book(session)
    rows = [
        RoleRow(
            one.id or 0, book.person_name(one.person_id), one.kind, book.short_name(one.school_id),
            one.starts_on, one.ends_on, one.handover_note,
        )
        for one in book.roles
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.starts_on, row.id), reverse=True))
