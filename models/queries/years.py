"""Which school years a book has, and which one is meant (R-MEET-11, D13)."""

from __future__ import annotations

import datetime as dt

from models.calendar import school_year, year_bounds, year_label
from models.errors import BadInput
from models.formats import listed
from models.queries.book import Book


def usual_year(book: Book, today: dt.date) -> int:
    """The year to show first: this one if the book has it, else its newest that has begun, else this one."""
    this = school_year(today)
    begun = [year for year in book.years if year <= this]
    return this if this in book.years or not begun else begun[-1]


def require_year(book: Book, year: int, today: dt.date) -> dt.date:
    """The day up to which a year's figures go: today, or the year's last day.

    Raises:
        BadInput: the book has nothing of that year, or the year has not begun.
    """
    first, last = year_bounds(year)
    if year not in book.years:
        has = f"it has {listed([year_label(one) for one in book.years])}" if book.years else "it is empty"
        raise BadInput(f"This book has nothing for {year_label(year)}: {has}.", "year")
    if today < first:
        raise BadInput(f"{year_label(year)} has not begun yet: choose a year that has.", "year")
    return min(today, last)
