"""Terms and half-terms of a year as charts show them; by month where no term dates are entered."""

from __future__ import annotations

import datetime as dt

from models.calendar import SchoolCalendar, Term, TermName, year_bounds
from reports.charts import Period


def half_terms(calendar: SchoolCalendar, year: int) -> list[Period]:
    """The half-terms of a school year, each named after its term."""
    entered = _of_year(calendar, year)
    if not entered:
        return _by_month(year, "")
    return [Period(term.name.capitalize(), term.starts_on, term.ends_on) for term in entered]


def terms(calendar: SchoolCalendar, year: int) -> list[Period]:
    """The terms of a school year, each from its first to its last day."""
    entered = _of_year(calendar, year)
    if not entered:
        return _by_month(year, " term")
    found = []
    for name in TermName:
        halves = [term for term in entered if term.name is name]
        if halves:
            first, last = min(one.starts_on for one in halves), max(one.ends_on for one in halves)
            found.append(Period(f"{name.capitalize()} term", first, last))
    return found


def _of_year(calendar: SchoolCalendar, year: int) -> list[Term]:
    return sorted((term for term in calendar.terms if term.year == year), key=lambda term: term.starts_on)


def _by_month(year: int, ending: str) -> list[Period]:
    """The terms as `models.calendar.term_of` counts days without term dates."""
    first, last = year_bounds(year)
    ends = [dt.date(year, 12, 31), dt.date(year + 1, 3, 31), last]
    starts = [first, dt.date(year + 1, 1, 1), dt.date(year + 1, 4, 1)]
    return [
        Period(f"{name.capitalize()}{ending}", start, end)
        for name, start, end in zip(TermName, starts, ends, strict=True)
    ]
