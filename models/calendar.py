"""School years, terms and school days: pure functions of dates (F6.1, R-MEET-11, D13).

A school year is named by the calendar year it starts in: 2024 is 1 September 2024 to 31 August 2025.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from models.errors import BadInput
from models.values import replace

YEAR_STARTS = (9, 1)  # month, day (F6.1)
KNOWN_YEARS = range(1990, 2100)  # outside these a typed year is a slip of the finger


class TermName(StrEnum):
    """The three terms of an English school year."""

    AUTUMN = "autumn"
    SPRING = "spring"
    SUMMER = "summer"


class Term(Struct, frozen=True):
    """A half-term with its dates, both inclusive; `half` is 1 or 2."""

    year: int
    name: TermName
    half: int
    starts_on: dt.date
    ends_on: dt.date


class SchoolCalendar(Struct, frozen=True):
    """What is needed to tell a school day: the half-terms entered, and the days closed with the reason.

    Where no terms are entered for a year, or not yet all three, a weekday beyond what is entered counts
    as a school day unless it is closed, so that a cluster that has not typed its term dates yet is not
    told that every meeting is in the holidays.
    """

    terms: tuple[Term, ...] = ()
    closed: Mapping[dt.date, str] = field(default_factory=dict)
    day_starts: dt.time = dt.time(9, 0)
    day_ends: dt.time = dt.time(15, 30)

    def is_school_day(self, day: dt.date) -> bool:
        """True on a weekday inside a half-term that is not a bank holiday, INSET or closure."""
        if day.weekday() >= 5 or day in self.closed:
            return False
        known = [term for term in self.terms if term.year == school_year(day)]
        if any(term.starts_on <= day <= term.ends_on for term in known):
            return True
        if {term.name for term in known} == set(TermName):
            return False
        return not known or not (
            min(term.starts_on for term in known) <= day <= max(term.ends_on for term in known)
        )

    def of_school(
        self,
        day_starts: dt.time | None,
        day_ends: dt.time | None,
        closed: Mapping[dt.date, str] | None = None,
    ) -> SchoolCalendar:
        """The calendar of one school: its own times where it has them, and its own closures too (D12)."""
        return replace(
            self,
            day_starts=day_starts or self.day_starts,
            day_ends=day_ends or self.day_ends,
            closed={**self.closed, **(closed or {})},
        )

    def next_school_day(self, day: dt.date) -> dt.date:
        """The first school day on or after `day`; `day` itself if none is found within a year."""
        for ahead in range(366):
            candidate = day + dt.timedelta(days=ahead)
            if self.is_school_day(candidate):
                return candidate
        return day

    def term_on(self, day: dt.date) -> Term | None:
        """The half-term a day falls in, or None."""
        return next((t for t in self.terms if t.starts_on <= day <= t.ends_on), None)

    def last_day_of_summer(self, year: int) -> dt.date:
        """The last day of the summer term of a school year; 31 August where no dates are entered (D30)."""
        ends = [t.ends_on for t in self.terms if t.year == year and t.name is TermName.SUMMER]
        return max(ends, default=year_bounds(year)[1])


def school_year(day: dt.date) -> int:
    """The school year a day belongs to: 31 August 2024 -> 2023, 1 September 2024 -> 2024 (R-MEET-11)."""
    return day.year if (day.month, day.day) >= YEAR_STARTS else day.year - 1


def year_bounds(year: int) -> tuple[dt.date, dt.date]:
    """First and last day of a school year, both inclusive."""
    return dt.date(year, *YEAR_STARTS), dt.date(year + 1, *YEAR_STARTS) - dt.timedelta(days=1)


def mid_year(year: int) -> dt.date:
    """A day from which every date of a school year is nearer than the same date of another one."""
    return dt.date(year + 1, 3, 2)


def near_day(year: int, today: dt.date) -> dt.date:
    """The day that a date without its year lies nearest to while a school year is shown.

    Today in the year that runs; in any other the middle of it, so that 3 Apr is that year's.
    """
    return today if school_year(today) == year else mid_year(year)


def day_in_year(year: int, today: dt.date) -> dt.date:
    """The day that a form proposes while a school year is shown: today, or that year's nearest day."""
    first, last = year_bounds(year)
    return min(max(today, first), last)


def year_label(year: int) -> str:
    """`2024 to 2025`, the words for screen and paper (R-STY-2)."""
    return f"{year} to {year + 1}"


def year_code(year: int) -> str:
    """`2024-25`, the short form used on the command line and in file names."""
    return f"{year}-{(year + 1) % 100:02}"


def parse_year(text: str) -> int:
    """Read `2024-25`, `2024 to 2025`, `2024/25` or `2024` as a school year.

    Raises:
        BadInput: the text is not a school year, or its two years do not follow each other.
    """
    words = re.fullmatch(r"\s*(\d{4})(?:\s*(?:-|–|/|to)\s*(\d{2}|\d{4}))?\s*", text, re.ASCII)
    if words is None or int(words[1]) not in KNOWN_YEARS:
        raise BadInput(f"“{text}” is not a school year: write it like 2024-25.", "year")
    first = int(words[1])
    if words[2] and words[2] not in {f"{first + 1}", f"{(first + 1) % 100:02}"}:
        raise BadInput(f"“{text}” is not a school year: {first} is followed by {first + 1}.", "year")
    return first


def term_of(day: dt.date) -> TermName:
    """The term a day is counted under when no term dates are entered: by month."""
    if day.month >= 9:
        return TermName.AUTUMN
    return TermName.SPRING if day.month <= 3 else TermName.SUMMER


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, or the month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return dt.date(year, month + 1, min(day.day, (following - dt.timedelta(days=1)).day))
