"""What children meet that is different: adoption, starters, trials, strategies (R-RES-6, 7, R-IMP-8)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from models import tables as t
from models.calendar import year_bounds
from models.queries.bank import adoption_on, resource_facts, trial_as_of, trial_facts
from models.queries.book import Book, remembered
from models.queries.impact import document_facts
from models.rules.impact import DocumentFact
from models.rules.resources import AdoptionFact, AdoptionSummary, TrialFact, adoption_summary
from models.words import ResourceKind


class AdoptionRow(Struct, frozen=True):
    """How far each member uses one resource; `cells` in the order of the schools, None: not entered."""

    resource: str
    kind: ResourceKind
    cells: tuple[AdoptionFact | None, ...]
    summary: AdoptionSummary


class Classrooms(Struct, frozen=True):
    """What has changed in classrooms by a day.

    Attributes:
        schools: the members, by short name, in the order of the cells.
        rows: every resource that some school has an entry for.
        trials: those of the year.
        later: some school has an entry of a later day, which is not told here.
    """

    schools: tuple[str, ...]
    rows: tuple[AdoptionRow, ...]
    trials: tuple[TrialFact, ...]
    documents: tuple[DocumentFact, ...]
    later: bool = False

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
    """Adoption, the year's trials and shared strategies as they were known on the day (R-REV-1)."""
    first, last = year_bounds(year)
    until = max(first, min(last, data_to))
    members = book.members(until)
    ids = [one.school_id for one in members]
    facts = resource_facts(book)
    rows = [
        AdoptionRow(
            facts[key].name,
            facts[key].kind,
            tuple(found.get(school) for school in ids),
            adoption_summary(found.values(), ids),
        )
        for key, found in adoption_on(book, until).items()
        if any(school in found for school in ids)
    ]
    return Classrooms(
        schools=tuple(book.short_name(one) for one in ids),
        rows=tuple(sorted(rows, key=lambda row: row.resource.casefold())),
        trials=tuple(trial_as_of(one, until) for one in trial_facts(book) if first <= one.starts_on <= until),
        documents=document_facts(book, until),
        later=any(row.as_of is not None and row.as_of > until for row in book.rows(t.Adoption)),
    )
