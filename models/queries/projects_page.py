"""The projects tab: shared projects and school themes of a year, their balance, and feedback that is due."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.queries.book import Book
from models.queries.impact import project_facts
from models.queries.serves import NOTHING, Serves, serves
from models.rules.projects import (
    Balance,
    ProjectFact,
    balance,
    balance_verdict,
    feedback_due,
    feedback_words,
)
from models.words import ProjectScope, ProjectState


class ProjectRow(Struct, frozen=True):
    """A line of the list.

    Attributes:
        fact: the project as the rules know it.
        schools: who takes part: the theme's own school, or those of a shared project.
        school_ids: of a shared project, for its form.
        feedback: what came of it, in its people's words.
        due: it is a theme that has not fed back, and the year is over (R-PROJ-2).
        evidence: how many pieces of evidence come from it.
    """

    fact: ProjectFact
    schools: tuple[str, ...]
    school_ids: frozenset[int]
    feedback: str
    due: bool
    serves: Serves
    evidence: int

    @property
    def id(self) -> int:
        """Its number."""
        return self.fact.id

    @property
    def is_theme(self) -> bool:
        """One school's own."""
        return self.fact.scope is ProjectScope.SCHOOL_THEME

    @property
    def to_feed_back(self) -> bool:
        """A theme that goes on or is done, and has not told what came of it."""
        return self.is_theme and self.fact.feedback_on is None and self.fact.state is not ProjectState.STOPPED

    @property
    def feedback_words(self) -> str:
        """How its feedback stands, in a word: nothing is asked of a shared project."""
        if self.fact.feedback_on is not None:
            return "Given"
        if self.due:
            return "Due"
        return "Later" if self.to_feed_back else ""


class ProjectsTab(Struct, frozen=True):
    """The tab.

    Attributes:
        balance: easier and harder, short and long (R-PROJ-1).
        says: what the rule says of it; "" while it is even.
        fed_back: `2 of 7 not yet fed back`.
    """

    today: dt.date
    rows: tuple[ProjectRow, ...]
    balance: Balance
    says: str
    fed_back: str


def projects_tab(session: Session, year: int, clock: Callable[[], dt.date] = dt.date.today) -> ProjectsTab:
    """The projects and themes of a school year, by code."""
    book = Book(session)
    today = book.today(clock)
    facts = [one for one in project_facts(book) if one.in_year(year)]
    due = {one.id for one in feedback_due(facts, year, today)}
    schools: dict[int, set[int]] = defaultdict(set)
    for part in book.rows(t.ProjectSchool):
        schools[part.project_id].add(part.school_id)
    rows = {row.id: row for row in book.rows(t.Project)}
    shown, seen = serves(session, "project"), _evidence(book)
    verdict = balance_verdict(facts, year)
    return ProjectsTab(
        today=today,
        rows=tuple(
            ProjectRow(
                fact=one,
                schools=_schools(book, one, schools[one.id]),
                school_ids=frozenset(schools[one.id]),
                feedback=rows[one.id].feedback,
                due=one.id in due,
                serves=shown.get(one.id, NOTHING),
                evidence=seen[one.id],
            )
            for one in facts
        ),
        balance=balance(facts),
        says=verdict.text if verdict else "",
        fed_back=feedback_words(facts, today),
    )


def _schools(book: Book, one: ProjectFact, ids: set[int]) -> tuple[str, ...]:
    if one.scope is ProjectScope.SCHOOL_THEME:
        return (one.school,) if one.school else ()
    return tuple(sorted((book.short_name(key) for key in ids), key=str.casefold))


def _evidence(book: Book) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for row in book.rows(t.Evidence):
        if row.project_id is not None:
            found[row.project_id] += 1
    return found
