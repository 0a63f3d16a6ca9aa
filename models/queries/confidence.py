"""Confidence before and after, of a school year (R-IMP-4 to R-IMP-6)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from msgspec import Struct

from models import tables as t
from models.queries.book import Book, remembered
from models.rules.confidence import AreaFact, Change, ScoreFact, by_role, changes, overall
from models.words import SurveyRound


class ConfidenceYear(Struct, frozen=True):
    """Confidence in a school year.

    Attributes:
        groups: by who answered, where each group is large enough, else all together (R-IMP-6).
        all: every area over all who answered.
        overall: all areas together, for the summary; None where nobody answered both times.
        before, after: how many people answered in each round.
    """

    groups: tuple[tuple[str, tuple[Change, ...]], ...]
    all: tuple[Change, ...]
    overall: Change | None
    before: int
    after: int


@remembered
def confidence_year(book: Book, year: int, data_to: dt.date) -> ConfidenceYear:
    """Confidence before and after, of the answers given up to a day (R-IMP-4 to R-IMP-6)."""
    areas = [
        AreaFact(row.id or 0, row.name, row.leaders_only)
        for row in sorted(book.rows(t.ConfidenceArea), key=lambda row: (row.position, row.name))
    ]
    rows = [
        row
        for row in book.rows(t.ConfidenceAnswer)
        if row.school_year == year and (row.answered_on is None or row.answered_on <= data_to)
    ]
    scores = tuple(ScoreFact(row.slip, row.round, row.area_id, row.score, row.respondent) for row in rows)
    small = book.scheme_of(year).small_group
    every = changes(areas, scores, small)
    people: dict[SurveyRound, set[str]] = defaultdict(set)
    for one in scores:
        people[one.round].add(one.slip.strip().casefold())
    return ConfidenceYear(
        groups=tuple(
            (words, changes(areas, group, small)) for words, group in by_role(scores, small).items()
        ),
        all=every,
        overall=overall(every),
        before=len(people[SurveyRound.BASELINE]),
        after=len(people[SurveyRound.FOLLOW_UP]),
    )
