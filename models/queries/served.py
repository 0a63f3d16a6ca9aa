"""What each aim and focus area was served by in a year, and what that cost (R-AIM-1 to R-AIM-3, R-INC-3)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from models import tables as t
from models.calendar import SchoolCalendar, TermName, term_of, year_bounds
from models.formats import count, listed, prose_pounds
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
KINDS = {
    "meeting": ("meeting", "meetings"),
    "cpd_session": ("CPD session", "CPD sessions"),
    "resource": ("shared resource", "shared resources"),
    "project": ("project", "projects"),
    "fund_entry": ("payment", "payments"),
    "activity": ("activity", "activities"),
    "evidence": ("piece of evidence", "pieces of evidence"),
}
"""By table: what serves an aim, one and several."""


class AimYear(Struct, frozen=True):
    """One aim in a school year.

    Attributes:
        things: what served it, by date.
        evidence: how many pieces of evidence show it.
        spent_p: money paid for it, or for the CPD and the things that served it, in pence, from any fund.
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

    @property
    def done_words(self) -> str:
        """`3 meetings, 1 CPD session`: what served it, by kind."""
        return kinds_words(self.things) or "nothing this year"

    @property
    def cost_words(self) -> str:
        """`£120, 16 half-days of release, 4 loans`: what it took (features 3 #15); "" for nothing."""
        parts = [prose_pounds(self.spent_p)] if self.spent_p else []
        if self.half_days:
            parts.append(count(self.half_days, "half-day of release", "half-days of release"))
        parts += [count(self.loans, "loan")] if self.loans else []
        return ", ".join(parts)


def kinds_words(served: Iterable[ServedFact]) -> str:
    """`3 meetings and 1 CPD session`; "" for nothing."""
    tables = [one.table for one in served]
    return listed([count(tables.count(table), *words) for table, words in KINDS.items() if table in tables])


class AimsYear(Struct, frozen=True):
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


class Thing(Struct, frozen=True):
    """Something that can serve an aim: when it was, and which schools took part, by their own ids.

    Attributes:
        code: what people call it by.
        words: what it is, where its title is only its code.
    """

    table: str
    id: int
    title: str
    on: dt.date | None
    school_ids: frozenset[int]
    code: str = ""
    words: str = ""


def _meetings(book: Book) -> Iterator[Thing]:
    came: dict[int, set[int]] = defaultdict(set)
    for mark in attendance_facts(book):
        if mark.code in PRESENT:
            came[mark.meeting_id].add(mark.school_id)
    for row in book.rows(t.Meeting):
        if row.status is Happened.HELD:
            yield Thing(
                "meeting", row.id or 0, row.title, row.held_on, frozenset(came[row.id or 0]), row.code
            )


def _cpd(book: Book) -> Iterator[Thing]:
    bookings = booking_facts(book)
    for row in book.rows(t.CpdSession):
        if row.status is Happened.HELD:
            came = {one.school_id for one in bookings.get(row.id or 0, ()) if one.attended and one.school_id}
            yield Thing("cpd_session", row.id or 0, row.title, row.held_on, frozenset(came), row.code)


def _shared(book: Book) -> Iterator[Thing]:
    """Projects, activities and resources, which name their schools."""
    projects: dict[int, set[int]] = defaultdict(set)
    for link in book.rows(t.ProjectSchool):
        projects[link.project_id].add(link.school_id)
    for row in book.rows(t.Project):
        own = {row.school_id} if row.school_id else set()
        schools = frozenset(projects[row.id or 0] | own)
        yield Thing("project", row.id or 0, row.title, row.starts_on, schools, row.code)
    took_part: dict[int, set[int]] = defaultdict(set)
    for part in book.rows(t.ActivitySchool):
        took_part[part.activity_id].add(part.school_id)
    for one in book.rows(t.Activity):
        yield Thing("activity", one.id or 0, one.title, one.on, frozenset(took_part[one.id or 0]), one.code)


def _single(book: Book) -> Iterator[Thing]:
    """Loans of resources, money and evidence, each of one school at most."""
    known = {row.id or 0: row for row in book.rows(t.Resource)}
    for loan in loan_facts(book):
        if loan.out_on is not None:
            row, school = known[loan.resource_id], frozenset({loan.school_id})
            yield Thing("resource", loan.resource_id, row.name, loan.out_on, school, row.code)
    for entry in book.rows(t.FundEntry):
        schools = frozenset({entry.school_id} if entry.school_id else ())
        yield Thing("fund_entry", entry.id or 0, entry.description, entry.on, schools, entry.code)
    for piece in book.rows(t.Evidence):
        schools = frozenset({piece.school_id} if piece.school_id else ())
        code, words = piece.code, " ".join(piece.text.split())
        yield Thing("evidence", piece.id or 0, code, piece.on, schools, code, words)


def things(book: Book) -> Iterator[Thing]:
    """Everything that can serve an aim: held, done, lent, paid or seen; a loan is one of its resource."""
    for make in (_meetings, _cpd, _shared, _single):
        yield from make(book)


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
    for thing in things(book):
        if thing.on is not None and not first <= thing.on <= until:
            continue
        if (thing.table, thing.id) not in links:
            continue
        schools = frozenset(book.present_id(one, until) for one in thing.school_ids)
        term = term_of_day(calendar, thing.on) if thing.on else None
        for aim, focus in links[thing.table, thing.id]:
            found.append(ServedFact(thing.table, thing.id, thing.title, aim, focus, schools, term))
    return tuple(dict.fromkeys(found))


def term_of_day(calendar: SchoolCalendar, day: dt.date) -> TermName:
    """The term of a day: by the dates entered, else by the month."""
    half = calendar.term_on(day)
    return half.name if half else term_of(day)


@remembered
def aims_year(book: Book, year: int, data_to: dt.date) -> AimsYear:
    """The six aims and the focus areas: what served them, what it cost, and where nothing did."""
    first, last = year_bounds(year)
    until = max(first, min(last, data_to))
    served = served_facts(book, year, data_to)
    schools = tuple((one.school_id, book.short_name(one.school_id)) for one in book.members(until))
    begun = tuple(term for term in TERMS if term_begins(book, year, term) <= until)
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


def term_begins(book: Book, year: int, term: TermName) -> dt.date:
    """The first day of a term: by the dates entered, else by the month."""
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
    evidence, paid = ids["evidence"], _paid_for(book, ids)
    spent = sum(
        one.counted_p
        for facts in counted_facts(book).values()
        for one in facts
        if one.id in paid and _is_spent(one) and first <= one.on <= until
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


def _paid_for(book: Book, ids: Mapping[str, set[int]]) -> set[int]:
    """The entries linked to an aim, and those that paid for CPD or things that are."""
    return ids["fund_entry"] | {
        row.id or 0
        for row in book.rows(t.FundEntry)
        if row.cpd_session_id in ids["cpd_session"] or row.resource_id in ids["resource"]
    }


def _is_spent(entry: EntryFact) -> bool:
    return entry.direction is Direction.OUT and entry.state is EntryState.PAID


_TABLES = ("meeting", "cpd_session", "resource", "project", "fund_entry", "evidence", "activity")
