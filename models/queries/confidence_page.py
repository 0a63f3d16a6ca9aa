"""The confidence tab: before and after by area, the slips of each round, and bigger, add, remove."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import year_bounds
from models.formats import count
from models.queries.book import Book
from models.queries.confidence import ConfidenceYear, confidence_year
from models.services.confidence import BarWords, ScoreSlip
from models.words import Respondent, SurveyRound


class AreaRow(Struct, frozen=True):
    """An area asked about; `answers` counts the scores given for it in any year."""

    id: int
    name: str
    position: int
    leaders_only: bool
    answers: int


class BarRow(Struct, frozen=True):
    """A slip of bigger, add, remove."""

    id: int
    slip: BarWords


class ConfidenceTab(Struct, frozen=True):
    """The tab.

    Attributes:
        until: the day up to which answers count.
        points: the scale goes from 1 to this (D24).
        areas: in their order.
        found: the answers of the pack's part 12 (R-REV-7).
        before, after: the slips of each round, as they are typed in.
        small_group: groups below this are protected (R-IMP-6).
    """

    year: int
    today: dt.date
    until: dt.date
    points: int
    areas: tuple[AreaRow, ...]
    found: ConfidenceYear
    before: tuple[ScoreSlip, ...]
    after: tuple[ScoreSlip, ...]
    bar: tuple[BarRow, ...]
    small_group: int

    def slips(self, which: SurveyRound) -> tuple[ScoreSlip, ...]:
        """The slips of a round."""
        return self.before if which is SurveyRound.BASELINE else self.after

    @property
    def paired(self) -> str:
        """`4 paired of 7 people` (R-IMP-5)."""
        return paired_words(self.before, self.after)

    @property
    def unpaired(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The codes that are only before, and those that are only after."""
        before, after = (
            {one.code.strip().casefold(): one.code for one in some} for some in (self.before, self.after)
        )
        return (
            tuple(sorted(before[key] for key in before.keys() - after.keys())),
            tuple(sorted(after[key] for key in after.keys() - before.keys())),
        )


def paired_words(one: Iterable[ScoreSlip], other: Iterable[ScoreSlip]) -> str:
    """`4 paired of 7 people`: by their codes, of the slips on which something is answered (R-IMP-5)."""
    first, second = (
        {slip.code.strip().casefold() for slip in some if not slip.blank} - {""} for some in (one, other)
    )
    people = len(first | second)
    return (
        f"{len(first & second)} paired of {count(people, 'person', 'people')}" if people else "no slips yet"
    )


def confidence_tab(
    session: Session, year: int, clock: Callable[[], dt.date] = dt.date.today
) -> ConfidenceTab:
    """Confidence in a school year, and the slips to be typed in."""
    book = Book(session)
    today = book.today(clock)
    until = min(today, year_bounds(year)[1])
    rows = book.rows(t.ConfidenceAnswer)
    answers: dict[int, int] = {}
    for row in rows:
        answers[row.area_id] = answers.get(row.area_id, 0) + 1
    areas = sorted(book.rows(t.ConfidenceArea), key=lambda row: (row.position, row.name))
    scheme = book.scheme(until)
    of_year = [row for row in rows if row.school_year == year]
    return ConfidenceTab(
        year=year,
        today=today,
        until=until,
        points=scheme.scale_points,
        areas=tuple(
            AreaRow(row.id or 0, row.name, row.position, row.leaders_only, answers.get(row.id or 0, 0))
            for row in areas
        ),
        found=confidence_year(book, year, until),
        before=_slips(of_year, SurveyRound.BASELINE),
        after=_slips(of_year, SurveyRound.FOLLOW_UP),
        bar=tuple(
            BarRow(row.id or 0, BarWords(row.slip, row.bigger, row.add, row.remove))
            for row in sorted(book.rows(t.BarSlip), key=lambda row: row.slip)
            if row.school_year == year
        ),
        small_group=book.scheme_of(year).small_group,
    )


def _slips(rows: Sequence[t.ConfidenceAnswer], which: SurveyRound) -> tuple[ScoreSlip, ...]:
    codes: dict[str, str] = {}
    roles: dict[str, Respondent | None] = {}
    scores: dict[str, dict[int, int]] = {}
    for row in rows:
        if row.round is which:
            key = row.slip.strip().casefold()
            codes.setdefault(key, row.slip)
            roles[key] = roles.get(key) or row.respondent
            scores.setdefault(key, {})[row.area_id] = row.score
    return tuple(ScoreSlip(codes[key], roles[key], scores[key], was=codes[key]) for key in sorted(codes))
