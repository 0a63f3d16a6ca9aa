"""The aims tab: the six aims, their gaps, the focus areas, and who got what of what all share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import TermName, year_bounds
from models.formats import count
from models.queries.book import Book
from models.queries.capacity import people_of
from models.queries.classrooms import classrooms
from models.queries.impact import evidence_facts, impact_year
from models.queries.partial import YearBook
from models.queries.served import AimsYear, AimYear, aim_facts, aims_year, kinds_words, served_facts
from models.queries.serving import KIND_WORDS, served
from models.rules.aims import AIMS, AimFact, ServedFact, aims_on, aims_verdict
from models.rules.impact import access_prompts, asked_words
from models.rules.people import plan_words
from models.services.serving import Target

Clock = Callable[[], dt.date]


class ServedLine(Struct, frozen=True):
    """Something that served an aim or a focus area, in words; `table` and `id` lead to it."""

    table: str
    id: int
    title: str
    kind: str


class AimRow(Struct, frozen=True):
    """A central aim in a school year.

    Attributes:
        aim_id: its wording in force; 0: not in words.
        words: the aim's words, or “not entered”.
        state: in a word (C4).
        done: `3 meetings, 1 CPD session`.
        cost: `£120, 16 half-days of release`; "" for nothing.
        evidence: how many pieces of evidence show it.
        things: what served it.
        shown: the evidence for it, in its own words.
        wordings: all its wordings, newest first: id, first day, words.
        gaps: for which schools nothing served it lately.
    """

    number: int
    aim_id: int
    words: str
    state: str
    done: str
    cost: str
    spent_p: int
    half_days: int
    loans: int
    evidence: int
    things: tuple[ServedLine, ...]
    shown: tuple[ServedLine, ...]
    wordings: tuple[tuple[int, dt.date, str], ...]
    gaps: tuple[str, ...]

    @property
    def entered(self) -> bool:
        """It is in words."""
        return self.aim_id != 0


class GapLine(Struct, frozen=True):
    """A school for which nothing has served an aim: a thing to do (features 3 #14)."""

    aim: int
    school_id: int
    words: str


class FocusRow(Struct, frozen=True):
    """A focus area in a school year; what served it, blank ones too (R-AIM-3)."""

    id: int
    name: str
    position: int
    retired: bool
    done: str
    things: tuple[ServedLine, ...]

    @property
    def state(self) -> str:
        """In a word or two."""
        if self.retired:
            return "No longer used"
        return "Served" if self.things else "No activity"


class AccessRow(Struct, frozen=True):
    """What a school got of what all share; for the lead's eyes only (R-INC-3)."""

    school_id: int
    school: str
    loans: int
    cpd_places: int
    half_days: int
    prompt: str


class Beside(Struct, frozen=True):
    """What stands beside the aims: where more of the story is told.

    Attributes:
        beyond: entries of the roll-out in which staff who did not attend use it too (R-RES-7).
        asked: `9 asked, 8 answered` (R-ASK-1).
        channel: the link between meetings (R-COM-1); "" if none is entered.
        strengths: `9 offers, 3 asks` of the directory (R-PPL-1).
        plans: `5 plans, 4 reviewed`: of development plans the number alone (R-PPL-3).
    """

    beyond: int
    asked: str
    channel: str
    strengths: str
    plans: str


class AimsTab(Struct, frozen=True):
    """Everything on the tab, of one moment.

    Attributes:
        until: the day up to which it is told: today, or the last of a year that is over.
        cells: how many things served an aim at a school in a term: (aim, school, term) -> number.
        terms: the terms begun, oldest first.
        schools: the members, in the map's order: id and short name.
        verdict: what R-AIM-1 says; "" while nothing is wrong.
    """

    year: int
    today: dt.date
    until: dt.date
    aims: tuple[AimRow, ...]
    cells: Mapping[tuple[int, int, TermName], int]
    gaps: tuple[GapLine, ...]
    terms: tuple[TermName, ...]
    schools: tuple[tuple[int, str], ...]
    areas: tuple[FocusRow, ...]
    access: tuple[AccessRow, ...]
    beside: Beside
    verdict: str

    @property
    def entered(self) -> int:
        """How many of the six are in words."""
        return sum(one.entered for one in self.aims)


def aims_tab(session: Session, year: int, clock: Clock = dt.date.today) -> AimsTab:
    """The aims of a school year, as of today or of its last day."""
    book = YearBook(session, year)
    today = book.today(clock)
    first, last = year_bounds(year)
    until = max(first, min(last, today))
    found = aims_year(book, year, until)
    short = dict(found.schools)
    gaps = [GapLine(one.aim, one.school_id, one.words(short[one.school_id])) for one in found.gaps]
    verdict = aims_verdict([one.line for one in found.aims])
    return AimsTab(
        year=year,
        today=today,
        until=until,
        aims=tuple(_aim_row(book, year, until, one, gaps) for one in found.aims),
        cells={(cell.aim, cell.school_id, cell.term): cell.things for cell in found.cells},
        gaps=tuple(gaps),
        terms=found.terms,
        schools=found.schools,
        areas=_areas(book, found),
        access=_access(book, year, until),
        beside=_beside(book, year, until),
        verdict=verdict.text if verdict else "",
    )


def _aim_row(book: Book, year: int, until: dt.date, one: AimYear, gaps: list[GapLine]) -> AimRow:
    number, fact = one.line.number, one.line.aim
    known = [aim for aim in aim_facts(book) if aim.number == number]
    return AimRow(
        number=number,
        aim_id=fact.id if fact else 0,
        words=one.line.words,
        state=one.state,
        done=one.done_words,
        cost=one.cost_words,
        spent_p=one.spent_p,
        half_days=one.half_days,
        loans=one.loans,
        evidence=one.evidence,
        things=_lines(one.things),
        shown=_evidence(book, year, until, number),
        wordings=tuple((aim.id, aim.starts_on, aim.text) for aim in sorted(known, key=_by_day, reverse=True)),
        gaps=tuple(gap.words for gap in gaps if gap.aim == number),
    )


def _evidence(book: Book, year: int, until: dt.date, aim: int) -> tuple[ServedLine, ...]:
    """The pieces of evidence that show an aim in a year up to a day, by date."""
    ours = {
        one.id for one in served_facts(book, year, until) if one.table == "evidence" and one.aim_number == aim
    }
    return tuple(
        ServedLine("evidence", one.id, " ".join(one.text.split()) or one.kind.label, one.code)
        for one in evidence_facts(book)
        if one.id in ours
    )


def _by_day(aim: AimFact) -> dt.date:
    return aim.starts_on


def _lines(things: tuple[ServedFact, ...]) -> tuple[ServedLine, ...]:
    """What served, each once: a resource lent to several schools is one."""
    known = {(one.table, one.id): one for one in things}
    return tuple(ServedLine(one.table, one.id, one.title, KIND_WORDS[one.table]) for one in known.values())


def _areas(book: Book, found: AimsYear) -> tuple[FocusRow, ...]:
    """Those in use in their order, then those no longer used."""
    served = {one.area.id: one.things for one in found.coverage}
    rows = sorted(book.rows(t.FocusArea), key=lambda row: (row.retired, row.position, row.name))
    return tuple(
        FocusRow(
            row.id or 0,
            row.name,
            row.position,
            row.retired,
            kinds_words(_distinct(served.get(row.id or 0, ()))),
            _lines(served.get(row.id or 0, ())),
        )
        for row in rows
    )


def _distinct(things: tuple[ServedFact, ...]) -> list[ServedFact]:
    return list({(one.table, one.id): one for one in things}.values())


def _access(book: Book, year: int, until: dt.date) -> tuple[AccessRow, ...]:
    facts = impact_year(book, year, until).access
    prompts = {one.about.id: one.text for one in access_prompts(facts)}
    return tuple(
        AccessRow(
            one.school_id,
            book.short_name(one.school_id),
            one.loans,
            one.cpd_places,
            one.half_days,
            prompts.get(one.school_id, ""),
        )
        for one in facts
    )


def _beside(book: Book, year: int, until: dt.date) -> Beside:
    first, _ = year_bounds(year)
    asked = [row for row in book.rows(t.AdvisorQuestion) if first <= row.asked_on <= until]
    people = people_of(book, until)
    answered = sum(row.answered_on is not None and row.answered_on <= until for row in asked)
    return Beside(
        beyond=classrooms(book, year, until).beyond,
        asked=asked_words(len(asked), answered),
        channel=book.cluster.channel_link if book.cluster else "",
        strengths=f"{count(people.offers, 'offer')}, {count(people.asks, 'ask')}",
        plans=plan_words(people.plans, until),
    )


def focus_names(session: Session, clock: Clock = dt.date.today) -> tuple[str, ...]:
    """The focus areas in use, to begin an aim's words from (D2)."""
    found = served(session, "meeting", None, clock())
    return tuple(name for _, name in found.areas)


class Head(Struct, frozen=True):
    """What the head of the page says, and what day it is."""

    today: dt.date
    words: str


def head(session: Session, year: int, clock: Clock = dt.date.today) -> Head:
    """`4 of 6 aims in words · 9 pieces of evidence · 9 activities`: what the year has so far."""
    book = YearBook(session, year)
    first, last = year_bounds(year)
    today = book.today(clock)
    until = max(first, min(last, today))
    entered = sum(line.aim is not None for line in aims_on(aim_facts(book), until))
    evidence = sum(first <= row.on <= until for row in book.rows(t.Evidence))
    days = [row.on for row in book.rows(t.Activity) if first <= row.on <= last]
    held = sum(day <= until for day in days)
    parts = (
        f"{entered} of {AIMS} aims in words",
        count(evidence, "piece of evidence", "pieces of evidence") if evidence else "no evidence",
        _activities(held, len(days) - held),
    )
    return Head(today, " · ".join(parts))


def _activities(held: int, planned: int) -> str:
    words = count(held, "activity", "activities") if held else "no activities"
    return f"{words}, {planned} to come" if planned else words


def target_of(row: AimRow | FocusRow) -> Target:
    """What a link to a row is a link to."""
    return Target(aim=row.number) if isinstance(row, AimRow) else Target(area_id=row.id)
