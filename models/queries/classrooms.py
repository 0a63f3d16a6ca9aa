"""What children meet that is different: adoption, starters, trials, strategies (R-RES-6, 7, R-IMP-8)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models import tables as t
from models.calendar import year_bounds
from models.queries.bank import resource_facts, trial_facts
from models.queries.book import Book, remembered
from models.queries.impact import document_facts
from models.rules.impact import DocumentFact
from models.rules.resources import AdoptionFact, AdoptionSummary, TrialFact, adoption_summary
from models.words import ResourceKind


@dataclass(frozen=True)
class AdoptionRow:
    """How far each member uses one resource; `cells` in the order of the schools, None: not entered."""

    resource: str
    kind: ResourceKind
    cells: tuple[AdoptionFact | None, ...]
    summary: AdoptionSummary


@dataclass(frozen=True)
class Classrooms:
    """What has changed in classrooms by a day.

    Attributes:
        schools: the members, by short name, in the order of the cells.
        rows: every resource that some school has an entry for.
        trials: those of the year.
    """

    schools: tuple[str, ...]
    rows: tuple[AdoptionRow, ...]
    trials: tuple[TrialFact, ...]
    documents: tuple[DocumentFact, ...]

    @property
    def starters(self) -> tuple[AdoptionRow, ...]:
        """The quick-enquiry starters among them (R-RES-6)."""
        return tuple(row for row in self.rows if row.kind is ResourceKind.QUICK_ENQUIRY)

    @property
    def beyond(self) -> int:
        """Cells in which staff who did not attend use it too (R-RES-7)."""
        return sum(row.summary.beyond_attendees for row in self.rows)


@remembered
def classrooms(book: Book, year: int, data_to: dt.date) -> Classrooms:
    """Adoption as it stands, and the year's trials and shared strategies."""
    first, last = year_bounds(year)
    until = max(first, min(last, data_to))
    members = book.members(until)
    ids = [one.school_id for one in members]
    cells: dict[int, dict[int, AdoptionFact]] = {}
    for row in book.rows(t.Adoption):
        school = book.present_id(row.school_id, until)
        fact = AdoptionFact(row.resource_id, school, row.level, row.beyond_attendees)
        cells.setdefault(row.resource_id, {})[school] = fact
    facts = resource_facts(book)
    rows = [
        AdoptionRow(
            facts[key].name,
            facts[key].kind,
            tuple(found.get(school) for school in ids),
            adoption_summary(found.values(), ids),
        )
        for key, found in cells.items()
        if any(school in found for school in ids)
    ]
    return Classrooms(
        schools=tuple(book.short_name(one) for one in ids),
        rows=tuple(sorted(rows, key=lambda row: row.resource.casefold())),
        trials=tuple(one for one in trial_facts(book) if first <= one.starts_on <= until),
        documents=document_facts(book, until),
    )
