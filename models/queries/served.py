"""What each aim and focus area was served by in a year, and what that cost (R-AIM-1 to R-AIM-3, R-INC-3)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models import tables as t
from models.calendar import TermName, term_of, year_bounds
from models.queries.account import counted_facts
from models.queries.bank import loan_facts
from models.queries.book import Book, remembered
from models.queries.cover import claims_on
from models.queries.cpd import booking_facts
from models.queries.meetings import attendance_facts
from models.rules.aims import (
    AimFact,
    AimLine,
    Coverage,
    FocusFact,
    Gap,
    GapCell,
    ServedFact,
    aims_on,
    coverage,
    gap_map,
    gaps,
)
from models.rules.fund import EntryFact
from models.words import AttendanceCode, Direction, EntryState, Happened

TERMS = tuple(TermName)
PRESENT = frozenset({AttendanceCode.P, AttendanceCode.S})


@dataclass(frozen=True)
class AimYear:
    """One aim in a school year.

    Attributes:
        things: what served it, by date.
        evidence: how many pieces of evidence show it.
        spent_p: money paid for it, in pence, from any fund.
        half_days: half-days of release for meetings that served it.
        loans: loans of resources that serve it.
    """

    line: AimLine
    things: tuple[ServedFact, ...]
    evidence: int
    spent_p: int
    half_days: int
    loans: int

    @property
    def state(self) -> str:
        """In a word: Not entered, No activity, Activity without evidence, With evidence (C4)."""
        if self.line.aim is None:
            return "Not entered"
        if self.evidence:
            return "With evidence"
        return "Activity only" if self.things else "No activity"


@dataclass(frozen=True)
class AimsYear:
    """The six aims and the focus areas in a school year up to a day.

    Attributes:
        cells: aims × member schools × terms, for the gap map.
        gaps: the members for which nothing served an aim lately; for the lead's eyes.
        terms: the terms that have begun, oldest first.
        schools: the members in the map's order: id and short name.
    """

    year: int
    aims: tuple[AimYear, ...]
    coverage: tuple[Coverage, ...]
    cells: tuple[GapCell, ...]
    gaps: tuple[Gap, ...]
    terms: tuple[TermName, ...]
    schools: tuple[tuple[int, str], ...]


@remembered
def aim_facts(book: Book) -> tuple[AimFact, ...]:
    """Every wording of every aim."""
    return tuple(AimFact(row.id or 0, row.number, row.text, row.starts_on) for row in book.rows(t.Aim))


@remembered
def focus_facts(book: Book) -> tuple[FocusFact, ...]:
    """The focus areas in use, in their order."""
    rows = sorted(book.rows(t.FocusArea), key=lambda row: (row.position, row.name))
    return tuple(FocusFact(row.id or 0, row.name) for row in rows if not row.retired)


@dataclass(frozen=True)
class _Thing:
    """Something that can serve an aim: when it was, and which schools took part, by their present ids."""

    table: str
    id: int
    title: str
    on: dt.date | None
    school_ids: frozenset[int]


def _meetings(book: Book) -> Iterator[_Thing]:
    came: dict[int, set[int]] = defaultdict(set)
    for mark in attendance_facts(book):
        if mark.code in PRESENT:
            came[mark.meeting_id].add(mark.school_id)
    for row in book.rows(t.Meeting):
        if row.status is Happened.HELD:
            yield _Thing("meeting", row.id or 0, row.title, row.held_on, frozenset(came[row.id or 0]))


def _cpd(book: Book) -> Iterator[_Thing]:
    bookings = booking_facts(book)
    for row in book.rows(t.CpdSession):
        if row.status is Happened.HELD:
            came = {one.school_id for one in bookings.get(row.id or 0, ()) if one.attended and one.school_id}
            yield _Thing("cpd_session", row.id or 0, row.title, row.held_on, frozenset(came))


def _shared(book: Book) -> Iterator[_Thing]:
    """Projects, activities and resources, which name their schools."""
    projects: dict[int, set[int]] = defaultdict(set)
    for link in book.rows(t.ProjectSchool):
        projects[link.project_id].add(link.school_id)
    for row in book.rows(t.Project):
        own = {row.school_id} if row.school_id else set()
        yield _Thing("project", row.id or 0, row.title, row.starts_on, frozenset(projects[row.id or 0] | own))
    took_part: dict[int, set[int]] = defaultdict(set)
    for part in book.rows(t.ActivitySchool):
        took_part[part.activity_id].add(part.school_id)
    for one in book.rows(t.Activity):
        yield _Thing("activity", one.id or 0, one.title, one.on, frozenset(took_part[one.id or 0]))


def _single(book: Book) -> Iterator[_Thing]:
    """Loans of resources, money and evidence, each of one school at most."""
    names = {row.id or 0: row.name for row in book.rows(t.Resource)}
    for loan in loan_facts(book):
        if loan.out_on is not None:
            title = names[loan.resource_id]
            yield _Thing("resource", loan.resource_id, title, loan.out_on, frozenset({loan.school_id}))
    for entry in book.rows(t.FundEntry):
        schools = frozenset({entry.school_id} if entry.school_id else ())
        yield _Thing("fund_entry", entry.id or 0, entry.description, entry.on, schools)
    for piece in book.rows(t.Evidence):
        schools = frozenset({piece.school_id} if piece.school_id else ())
        yield _Thing("evidence", piece.id or 0, piece.code, piece.on, schools)


@remembered
def _links(book: Book) -> dict[tuple[str, int], list[tuple[int | None, int | None]]]:
    """A thing's table and id to the aims (by number) and focus areas it serves."""
    numbers = {one.id: one.number for one in aim_facts(book)}
    found: dict[tuple[str, int], list[tuple[int | None, int | None]]] = defaultdict(list)
    for row in book.rows(t.AimLink):
        for table in ("meeting", "cpd_session", "resource", "project", "fund_entry", "evidence", "activity"):
            thing = getattr(row, f"{table}_id")
            if thing is not None:
                found[table, thing].append((numbers.get(row.aim_id or 0), row.focus_area_id))
    return found


@remembered
def served_facts(book: Book, year: int, data_to: dt.date) -> tuple[ServedFact, ...]:
    """What served an aim or a focus area in a school year up to a day: one fact for each thing and aim."""
    first, last = year_bounds(year)
    until, links, calendar = min(last, data_to), _links(book), book.calendar()
    found = []
    for make in (_meetings, _cpd, _shared, _single):
        for thing in make(book):
            if thing.on is not None and not first <= thing.on <= until:
                continue
            schools = frozenset(book.present_id(one, until) for one in thing.school_ids)
            half = calendar.term_on(thing.on) if thing.on else None
            term = half.name if half else term_of(thing.on) if thing.on else None
            for aim, focus in links.get((thing.table, thing.id), ()):
                found.append(ServedFact(thing.table, thing.id, thing.title, aim, focus, schools, term))
    return tuple(dict.fromkeys(found))


@remembered
def aims_year(book: Book, year: int, data_to: dt.date) -> AimsYear:
    """The six aims and the focus areas: what served them, what it cost, and where nothing did."""
    first, last = year_bounds(year)
    until = max(first, min(last, data_to))
    served = served_facts(book, year, data_to)
    schools = tuple((one.school_id, book.short_name(one.school_id)) for one in book.members(until))
    begun = tuple(term for term in TERMS if _begins(book, year, term) <= until)
    cells = gap_map(served, [key for key, _ in schools], begun)
    lines = aims_on(aim_facts(book), until)
    return AimsYear(
        year=year,
        aims=tuple(_aim_year(book, line, served, first, until) for line in lines),
        coverage=coverage(focus_facts(book), served),
        cells=cells,
        gaps=tuple(gap for gap in gaps(cells, begun) if lines[gap.aim - 1].aim is not None),
        terms=begun,
        schools=schools,
    )


def _begins(book: Book, year: int, term: TermName) -> dt.date:
    entered = [one.starts_on for one in book.calendar().terms if one.year == year and one.name is term]
    months = {TermName.AUTUMN: (0, 9), TermName.SPRING: (1, 1), TermName.SUMMER: (1, 4)}
    after, month = months[term]
    return min(entered, default=dt.date(year + after, month, 1))


def _aim_year(
    book: Book, line: AimLine, served: Iterable[ServedFact], first: dt.date, until: dt.date
) -> AimYear:
    ours = [one for one in served if one.aim_number == line.number]
    ids = {table: {one.id for one in ours if one.table == table} for table in _TABLES}
    things = [one for one in ours if one.table != "evidence"]
    evidence = ids["evidence"]
    spent = sum(
        one.counted_p
        for facts in counted_facts(book).values()
        for one in facts
        if one.id in ids["fund_entry"] and _is_spent(one) and first <= one.on <= until
    )
    half_days = sum(
        one.half_days
        for one in claims_on(book, until)
        if one.counts and one.meeting_id in ids["meeting"] and first <= one.cover_on <= until
    )
    loans = sum(
        1
        for one in loan_facts(book)
        if one.resource_id in ids["resource"] and one.out_on and first <= one.out_on <= until
    )
    distinct = {(one.table, one.id): one for one in things}
    return AimYear(line, tuple(distinct.values()), len(evidence), spent, half_days, loans)


def _is_spent(entry: EntryFact) -> bool:
    return entry.direction is Direction.OUT and entry.state is EntryState.PAID


_TABLES = ("meeting", "cpd_session", "resource", "project", "fund_entry", "evidence", "activity")
