"""The register of a meeting: schools down, their people across, ready to be marked (R-MEET-5, R-MEET-8).

Who stands in it: every member of the day that is asked, and every school that has a mark. Of each school its
subject leader first, if there is one, then whoever is marked, then whoever came in the year before.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.calendar import add_months, school_year, year_bounds
from models.queries.book import Book
from models.queries.claim_scope import ClaimBook
from models.queries.cover import cover_year
from models.queries.meetings_page import MEETING
from models.queries.released import unclaimed_of
from models.rules.attendance import PRESENT
from models.rules.cover import cap_of
from models.rules.cover_facts import COUNTING
from models.rules.cover_use import Entitlement
from models.rules.leads import ssl_on
from models.rules.meetings import MeetingFact
from models.rules.release import MarkFact, release_at
from models.values import replace
from models.words import AttendanceCode, ClaimState, Happened, MeetingKind, ReleaseMethod

_MEETING, _MARK = t.metadata.tables[MEETING], t.metadata.tables["attendance"]
_PERSON, _CLAIM = t.metadata.tables["person"], t.metadata.tables["cover_claim"]
_INVITATION = t.metadata.tables["invitation"]
REGULAR_MONTHS = 12  # whoever came to a meeting in so many months is offered again,
REGULARS = 2  # but at most so many of a school besides its subject leader

Who = tuple[int, int | None]
Claims = dict[int | None, tuple[int, ClaimState]]  # a claim's id and state, by person


class Cell(Struct, frozen=True):
    """A person of a school in the register; `person_id` None: the school, where nobody is named.

    Attributes:
        code: the mark; None: not marked.
        school_alone: the mark shown is the school's own, stored without a name.
        claim: the state of the cover claim that stands for the person and day; None: there is none.
        unclaimed: released, and a claim that is to be expected was never made (`release.without_claim`).
    """

    person_id: int | None
    name: str
    leader: bool = False
    code: AttendanceCode | None = None
    method: ReleaseMethod | None = None
    notes: str = ""
    school_alone: bool = False
    claim: ClaimState | None = None
    unclaimed: bool = False

    @property
    def stands_in(self) -> bool:
        """Somebody of the school who is not its subject leader."""
        return self.person_id is not None and not self.leader

    @property
    def unnamed(self) -> bool:
        """The mark is of a school where nobody was named, though somebody could be by now."""
        return self.code is not None and (self.school_alone or self.person_id is None)


class RegisterRow(Struct, frozen=True):
    """A school with its people. `invited` False: it came although it was not asked, or is no member."""

    school_id: int
    school: str
    short: str
    cells: tuple[Cell, ...]
    invited: bool = True


class Register(Struct, frozen=True):
    """The register of one meeting.

    Attributes:
        frozen: its minutes are finalised.
        release: what a release is claimed as; a sentence where no claim is drafted.
        draws: a release draws on the schools' own allowance (R-COVER-6).
        cap_p: the most that is recognised for one person's release, in pence (R-COVER-1, 2); 0: no claim.
        people: who else could be added, by school: (id, name), by name.
        previous: the marks of the meeting of the same kind before, by (school id, person id).
        drafts: the draft claims that stand for these people and this day, by id.
    """

    meeting_id: int
    code: str
    title: str
    held_on: dt.date
    status: Happened
    kind: MeetingKind
    frozen: bool
    rows: tuple[RegisterRow, ...]
    release: str
    draws: bool
    cap_p: int
    people: Mapping[int, tuple[tuple[int, str], ...]]
    previous: Mapping[tuple[int, int | None], AttendanceCode]
    drafts: tuple[int, ...]
    today: dt.date

    @property
    def unclaimed(self) -> tuple[tuple[RegisterRow, Cell], ...]:
        """Whoever was released without a claim that is to be expected."""
        return tuple((row, cell) for row in self.rows for cell in row.cells if cell.unclaimed)


def register(
    session: Session, meeting_id: int, clock: Callable[[], dt.date] = dt.date.today
) -> Register | None:
    """The register of a meeting; None if the meeting is not there any more."""
    row = session.execute(select(_MEETING).where(_MEETING.c.id == meeting_id)).first()
    if row is None:
        return None
    book = Book(session)
    marks = _marks(session, book, row)
    claims = _claims(session, row, [mark.fact.person_id for mark in marks])
    people = _people(session, book, row)
    release = release_at(_fact(row), book.calendar(row.host_school_id), book.scheme(row.held_on))
    draws = row.kind is MeetingKind.FULL_CLUSTER and not isinstance(release, str)
    wanting = set(unclaimed_of(book, _fact(row), row.host_school_id))
    marks = [replace(mark, unclaimed=mark.fact in wanting) for mark in marks]
    rows = tuple(_rows(book, session, row, marks, claims, people))
    shown = {cell.person_id for one in rows for cell in one.cells}
    return Register(
        meeting_id=row.id,
        code=row.code,
        title=row.title,
        held_on=row.held_on,
        status=row.status,
        kind=row.kind,
        frozen=row.finalised_on is not None,
        rows=rows,
        release=release if isinstance(release, str) else "",
        draws=draws,
        cap_p=0 if isinstance(release, str) else cap_of(release.half_day, row.held_on, book.scheme),
        people={
            one.school_id: tuple((key, name) for key, name in people[one.school_id] if key not in shown)
            for one in rows
        },
        previous=_previous(session, book, row),
        drafts=tuple(sorted(key for key, state in claims.values() if state is ClaimState.DRAFT)),
        today=book.today(clock),
    )


class _Mark(Struct, frozen=True):
    """A mark, of the school as it is on the day of the meeting (R-DATA-6)."""

    fact: MarkFact
    name: str
    notes: str
    unclaimed: bool = False


def _fact(row: Any) -> MeetingFact:
    return MeetingFact(
        id=row.id, held_on=row.held_on, starts_at=row.starts_at, ends_at=row.ends_at, kind=row.kind,
        status=row.status, title=row.title, in_school_day=row.in_school_day,
    )  # fmt: skip


def _marks(session: Session, book: Book, row: Any) -> list[_Mark]:
    both = _MARK.outerjoin(_PERSON, _PERSON.c.id == _MARK.c.person_id)
    wanted = select(_MARK, _PERSON.c.name).select_from(both).where(_MARK.c.meeting_id == row.id)
    return [
        _Mark(
            MarkFact(
                book.present_id(one.school_id, row.held_on), one.person_id, one.code, one.release_method
            ),
            one.name or "",
            one.notes,
        )
        for one in session.execute(wanted.order_by(_MARK.c.id))
    ]


def _claims(session: Session, row: Any, person_ids: Collection[int | None]) -> Claims:
    """The claims that stand for these people on the day, by person."""
    wanted = select(_CLAIM.c.person_id, _CLAIM.c.id, _CLAIM.c.state).where(
        _CLAIM.c.cover_on == row.held_on,
        _CLAIM.c.person_id.in_([key for key in person_ids if key is not None]),
        _CLAIM.c.reverses_id.is_(None),
        _CLAIM.c.state.in_(COUNTING),
    )
    return {person: (key, state) for person, key, state in session.execute(wanted)}


def _people(session: Session, book: Book, row: Any) -> dict[int, list[tuple[int, str]]]:
    """Everybody who is at a school on the day, by school and by name."""
    wanted = (
        select(_PERSON.c.id, _PERSON.c.name, _PERSON.c.school_id)
        .where(
            _PERSON.c.school_id.is_not(None),
            (_PERSON.c.left_on.is_(None)) | (_PERSON.c.left_on >= row.held_on),
        )
        .order_by(_PERSON.c.name.collate("NOCASE"))
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for key, name, school_id in session.execute(wanted):
        found[book.present_id(school_id, row.held_on)].append((key, name))
    return found


def _rows(
    book: Book,
    session: Session,
    row: Any,
    marks: list[_Mark],
    claims: Claims,
    people: Mapping[int, list[tuple[int, str]]],
) -> Iterable[RegisterRow]:
    day = row.held_on
    asked = {
        book.present_id(key, day)
        for key in session.scalars(select(_INVITATION.c.school_id).where(_INVITATION.c.meeting_id == row.id))
    }
    members = [one.school_id for one in book.members(day) if not asked or one.school_id in asked]
    others = sorted({one.fact.school_id for one in marks} - set(members), key=book.school_name)
    regulars, spells = _regulars(session, book, row), book.ssl_spells(day)
    names = {key: name for some in people.values() for key, name in some}
    for school_id in [*members, *others]:
        spell = ssl_on(spells, school_id, day)
        leader = (spell.person_id, book.person_name(spell.person_id)) if spell else None
        own = [one for one in marks if one.fact.school_id == school_id]
        yield RegisterRow(
            school_id=school_id,
            school=book.school_name(school_id),
            short=book.short_name(school_id),
            cells=_led(
                _cells(leader, own, claims)
                + _others(own, regulars.get(school_id, []), names, leader[0] if leader else None)
            ),
            invited=school_id in members,
        )


def _cells(leader: tuple[int, str] | None, marks: list[_Mark], claims: Claims) -> list[Cell]:
    """The subject leader, or the school where there is none, then everybody else who is marked."""
    first = Cell(*leader, leader=True) if leader else Cell(None, "")
    by_person = {one.fact.person_id: one for one in marks}
    alone = by_person.get(None)
    if first.person_id in by_person:
        first = _marked(first, by_person[first.person_id], claims)
        rest = [alone] if alone is not None and first.person_id is not None else []
    else:
        first = replace(_marked(first, alone, claims), school_alone=True) if alone is not None else first
        rest = []
    named = [one for one in marks if one.fact.person_id not in {None, first.person_id}]
    return [first, *(_marked(Cell(one.fact.person_id, one.name), one, claims) for one in [*named, *rest])]


def _led(cells: list[Cell]) -> tuple[Cell, ...]:
    """Without a subject leader whoever is known to come stands first, not “nobody” who can have no claim."""
    nobody = cells[0].person_id is None and cells[0].code is None and len(cells) > 1
    return tuple(cells[1:] if nobody else cells)


def _marked(cell: Cell, mark: _Mark, claims: Claims) -> Cell:
    return replace(
        cell,
        code=mark.fact.code,
        method=mark.fact.method,
        notes=mark.notes,
        claim=claims[mark.fact.person_id][1] if mark.fact.person_id in claims else None,
        unclaimed=mark.unclaimed,
    )


def _others(
    marks: list[_Mark], regulars: list[int], names: Mapping[int, str], leader_id: int | None
) -> list[Cell]:
    """Those who came in the year before and are at the school still, if they do not stand there already."""
    there = {one.fact.person_id for one in marks} | {leader_id}
    more = [key for key in regulars if key in names and key not in there]
    return [Cell(key, names[key]) for key in more[:REGULARS]]


def _regulars(session: Session, book: Book, row: Any) -> dict[int, list[int]]:
    """Who came to meetings in the year before, by school, the most frequent first."""
    wanted = (
        select(_MARK.c.school_id, _MARK.c.person_id)
        .join(_MEETING, _MEETING.c.id == _MARK.c.meeting_id)
        .where(
            _MEETING.c.held_on < row.held_on,
            _MEETING.c.held_on >= add_months(row.held_on, -REGULAR_MONTHS),
            _MEETING.c.kind == row.kind,
            _MARK.c.person_id.is_not(None),
            _MARK.c.code.in_(PRESENT),
        )
        .order_by(_MEETING.c.held_on.desc(), _MARK.c.id)
    )
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for school_id, person_id in session.execute(wanted):
        found[book.present_id(school_id, row.held_on)][person_id] += 1
    return {key: [person for person, _ in some.most_common()] for key, some in found.items()}


def _previous(session: Session, book: Book, row: Any) -> dict[Who, AttendanceCode]:
    """The marks of the last meeting of the kind that was held before."""
    before = (
        select(_MEETING.c.id)
        .where(
            _MEETING.c.kind == row.kind, _MEETING.c.status == Happened.HELD, _MEETING.c.held_on < row.held_on
        )
        .order_by(_MEETING.c.held_on.desc(), _MEETING.c.id.desc())
        .limit(1)
    )
    marks = select(_MARK).where(_MARK.c.meeting_id == before.scalar_subquery())
    return {
        (book.present_id(one.school_id, row.held_on), one.person_id): one.code
        for one in session.execute(marks)
    }


def allowances(session: Session, held_on: dt.date) -> dict[int, Entitlement]:
    """Each school's release allowance in the school year of a meeting, by school id (R-COVER-4)."""
    year = school_year(held_on)
    found = cover_year(ClaimBook(session, {year}), year, year_bounds(year)[1])
    return {line.school_id: line.entitlement for line in found.schools}
