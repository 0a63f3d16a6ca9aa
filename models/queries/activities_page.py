"""The activities and partners tabs: transition, dissemination, celebration, families; who else helps."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import year_bounds
from models.queries.book import Book
from models.queries.impact import activity_facts, impact_year
from models.queries.partial import YearBook
from models.queries.serves import NOTHING, Serves, serves
from models.rules.impact import (
    FLAGS,
    ActivityFact,
    audience_words,
    dissemination_words,
    inclusion_counts,
    three_e_words,
    transition_verdicts,
    transition_words,
)
from models.rules.projects import partner_words
from models.words import PartnerKind

Clock = Callable[[], dt.date]


class ActivityRow(Struct, frozen=True):
    """A line of the list.

    Attributes:
        fact: the activity as the rules know it.
        schools: the short names of those that took part; `school_ids` for its form.
        partner, project: their names; "" for none.
        says: what the rules say of it; "" for nothing.
        to_come: it is planned for a later day.
    """

    fact: ActivityFact
    description: str
    schools: tuple[str, ...]
    school_ids: frozenset[int]
    partner: str
    partner_id: int | None
    project: str
    project_id: int | None
    serves: Serves
    says: str
    to_come: bool

    @property
    def people_words(self) -> str:
        """How many took part; nobody has yet where it is still to come (R-INC-1)."""
        return "to come" if self.to_come and self.fact.people is None else self.fact.people_words

    @property
    def id(self) -> int:
        """Its number."""
        return self.fact.id

    @property
    def flags(self) -> tuple[str, ...]:
        """Whom it was for: `for pupils with SEN`, `with families` (R-INC-1)."""
        return tuple(words for flag, words in FLAGS if getattr(self.fact, flag))


class ActivitiesTab(Struct, frozen=True):
    """The tab.

    Attributes:
        words: what the pack will say of them: (what it is about, the words).
        inclusion: how many activities had each flag (R-INC-1).
    """

    today: dt.date
    rows: tuple[ActivityRow, ...]
    words: tuple[tuple[str, str], ...]
    inclusion: tuple[tuple[str, int], ...]


def activities_tab(session: Session, year: int, clock: Clock = dt.date.today) -> ActivitiesTab:
    """The activities of a school year, newest first. What is planned for later is listed, not yet counted."""
    book = YearBook(session, year)
    today = book.today(clock)
    first, last = year_bounds(year)
    until = max(first, min(last, today))
    told = impact_year(book, year, until)
    facts = sorted(
        (one for one in activity_facts(book) if first <= one.on <= last),
        key=lambda one: (one.on, one.id),
        reverse=True,
    )
    says = {one.about.id: one.text for one in transition_verdicts(facts)}
    return ActivitiesTab(
        today=today,
        rows=_rows(book, facts, says, serves(session, "activity"), today),
        words=(
            ("Transition", transition_words(told.activities)),
            ("Shared beyond the cluster", dissemination_words(told.activities)),
            ("Meetings and activities", audience_words(told.audiences)),
            ("Stages", three_e_words(told.stages)),
        ),
        inclusion=inclusion_counts(told.activities),
    )


def _rows(
    book: Book,
    facts: list[ActivityFact],
    says: dict[int, str],
    shown: dict[int, Serves],
    today: dt.date,
) -> tuple[ActivityRow, ...]:
    schools: dict[int, set[int]] = defaultdict(set)
    for part in book.rows(t.ActivitySchool):
        schools[part.activity_id].add(part.school_id)
    stored = {row.id: row for row in book.rows(t.Activity)}
    partners = {row.id: row.name for row in book.rows(t.Partner)}
    projects = {row.id: row.title for row in book.rows(t.Project)}
    return tuple(
        ActivityRow(
            fact=one,
            description=stored[one.id].description,
            schools=tuple(sorted((book.short_name(key) for key in schools[one.id]), key=str.casefold)),
            school_ids=frozenset(schools[one.id]),
            partner=partners.get(stored[one.id].partner_id, ""),
            partner_id=stored[one.id].partner_id,
            project=projects.get(stored[one.id].project_id, ""),
            project_id=stored[one.id].project_id,
            serves=shown.get(one.id, NOTHING),
            says=says.get(one.id, ""),
            to_come=one.on > today,
        )
        for one in facts
    )


class PartnerRow(Struct, frozen=True):
    """Somebody who helps, what the cluster obtained, and how many activities they had a part in."""

    id: int
    name: str
    kind: PartnerKind
    obtained: str
    since_on: dt.date | None
    activities: int


class PartnersTab(Struct, frozen=True):
    """The tab; `words` is what the pack says: `3 partners: 1 university, 2 employers`."""

    rows: tuple[PartnerRow, ...]
    words: str


def partners_tab(session: Session, year: int, clock: Clock = dt.date.today) -> PartnersTab:
    """Everybody who helps, by name; the words are of those who helped by the end of the year shown."""
    book = YearBook(session, year)
    first, last = year_bounds(year)
    until = max(first, min(last, book.today(clock)))
    parts = Counter(row.partner_id for row in book.rows(t.Activity) if row.partner_id is not None)
    rows = sorted(book.rows(t.Partner), key=lambda row: row.name.casefold())
    return PartnersTab(
        rows=tuple(
            PartnerRow(row.id or 0, row.name, row.kind, row.obtained, row.since_on, parts[row.id or 0])
            for row in rows
        ),
        words=partner_words(impact_year(book, year, until).partners),
    )
