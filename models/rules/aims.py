"""The six central aims and the focus areas: what serves them, and where nothing does (R-AIM-1 to R-AIM-3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from models.calendar import TermName
from models.formats import NOT_ENTERED, count
from models.rules.verdict import BOOK, Verdict, warn

AIMS = 6


class AimFact(Struct, frozen=True):
    """An aim in the cluster's own words, from a day on."""

    id: int
    number: int
    text: str
    starts_on: dt.date


class AimLine(Struct, frozen=True):
    """One of the six places: its aim on a day, or none entered."""

    number: int
    aim: AimFact | None

    @property
    def words(self) -> str:
        """The aim's words, or “not entered” (R-AIM-1)."""
        return self.aim.text if self.aim else NOT_ENTERED


def aims_on(aims: Iterable[AimFact], day: dt.date) -> tuple[AimLine, ...]:
    """The six aims in force on a day, the newest words of each number."""
    known = sorted((one for one in aims if one.starts_on <= day), key=lambda one: one.starts_on)
    newest = {one.number: one for one in known}
    return tuple(AimLine(number, newest.get(number)) for number in range(1, AIMS + 1))


def aims_verdict(lines: Sequence[AimLine]) -> Verdict | None:
    """Fewer than six aims are in words (R-AIM-1)."""
    entered = sum(line.aim is not None for line in lines)
    if entered == AIMS:
        return None
    if not entered:
        return warn("R-AIM-1", f"No central aim is entered: put all {AIMS} into words.", BOOK)
    return warn(
        "R-AIM-1", f"{entered} of {AIMS} central aims are entered: put the others into words too.", BOOK
    )


class ServedFact(Struct, frozen=True):
    """Something done in a year that serves an aim or a focus area: a meeting, CPD, a project, an activity.

    Attributes:
        table: what it is, by its table.
        school_ids: the schools that took part.
        term: the term it was in; None for a thing without a date.
    """

    table: str
    id: int
    title: str
    aim_number: int | None = None
    focus_area_id: int | None = None
    school_ids: frozenset[int] = frozenset()
    term: TermName | None = None


class GapCell(Struct, frozen=True):
    """What served an aim at one school in one term."""

    aim: int
    school_id: int
    term: TermName
    things: int


def gap_map(
    served: Iterable[ServedFact], school_ids: Sequence[int], terms: Sequence[TermName]
) -> tuple[GapCell, ...]:
    """Aims × schools × terms: how many things served each; a cell of 0 is a gap (features 3 #14)."""
    counted: dict[tuple[int, int, TermName], set[tuple[str, int]]] = {}
    for one in served:
        if one.aim_number is None or one.term is None:
            continue
        for school in one.school_ids:
            counted.setdefault((one.aim_number, school, one.term), set()).add((one.table, one.id))
    return tuple(
        GapCell(aim, school, term, len(counted.get((aim, school, term), ())))
        for aim in range(1, AIMS + 1)
        for school in school_ids
        for term in terms
    )


class Gap(Struct, frozen=True):
    """A school for which nothing has served an aim since a term; `since` None: all year."""

    aim: int
    school_id: int
    since: TermName | None

    def words(self, school: str) -> str:
        """`Pitton: nothing for aim 3 since the autumn term`."""
        when = "all year" if self.since is None else f"since the {self.since.value} term"
        return f"{school}: nothing for aim {self.aim} {when}"


def gaps(cells: Iterable[GapCell], terms: Sequence[TermName]) -> tuple[Gap, ...]:
    """The schools and aims with nothing in the newest of these terms, and since when."""
    rows: dict[tuple[int, int], dict[TermName, int]] = {}
    for cell in cells:
        rows.setdefault((cell.aim, cell.school_id), {})[cell.term] = cell.things
    found = []
    for (aim, school), counts in rows.items():
        if not terms or counts.get(terms[-1], 0):
            continue
        last = next((term for term in reversed(terms) if counts.get(term, 0)), None)
        found.append(Gap(aim, school, last))
    return tuple(found)


class FocusFact(Struct, frozen=True):
    """A focus area."""

    id: int
    name: str


class Coverage(Struct, frozen=True):
    """What served a focus area in a year; nothing is shown too (R-AIM-3)."""

    area: FocusFact
    things: tuple[ServedFact, ...]

    @property
    def words(self) -> str:
        """`family learning: no activity this year`."""
        if not self.things:
            return f"{self.area.name}: no activity this year"
        return f"{self.area.name}: {count(len(self.things), 'activity', 'activities')}"


def coverage(areas: Sequence[FocusFact], served: Iterable[ServedFact]) -> tuple[Coverage, ...]:
    """Every focus area with what served it, blank ones too (R-AIM-3)."""
    known = list(served)
    return tuple(
        Coverage(area, tuple(one for one in known if one.focus_area_id == area.id)) for area in areas
    )
