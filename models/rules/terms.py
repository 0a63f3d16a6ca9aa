"""Half-terms that can stand in a calendar: inside their year, in order, none over another (R-MEET-11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from models.calendar import Term, TermName, year_bounds, year_label
from models.errors import BadInput
from models.formats import date_range, long_date

WEEKS_OF_A_YEAR = dt.timedelta(weeks=52)  # keeps the day of the week
PLACE = {name: place for place, name in enumerate(TermName)}


def half_term_words(name: TermName, half: int) -> str:
    """`Autumn 1`, as teachers say it."""
    return f"{name.value.capitalize()} {half}"


def require_fitting(term: Term, others: Iterable[Term]) -> None:
    """Refuse a half-term's dates that cannot be.

    Args:
        term: the half-term to enter.
        others: the others in the calendar, of any year.

    Raises:
        BadInput: it ends before it begins, lies outside its school year, runs into another, or comes in
            the wrong order. `field` says which date.
    """
    first, last = year_bounds(term.year)
    if term.ends_on < term.starts_on:
        raise BadInput("The last day is before the first: check the two dates.", "ends_on")
    for day, field in ((term.starts_on, "starts_on"), (term.ends_on, "ends_on")):
        if not first <= day <= last:
            raise BadInput(
                f"{long_date(day)} is not in the school year {year_label(term.year)}: check the year.", field
            )
    for other in others:
        if other.starts_on <= term.ends_on and term.starts_on <= other.ends_on:
            runs = date_range(other.starts_on, other.ends_on)
            raise BadInput(
                f"{half_term_words(other.name, other.half)} runs {runs}: two half-terms cannot share days.",
                "starts_on" if other.starts_on <= term.starts_on else "ends_on",
            )
        if other.year == term.year and (_place(other) < _place(term)) != (other.starts_on < term.starts_on):
            side = "after" if _place(other) < _place(term) else "before"
            raise BadInput(
                f"{half_term_words(term.name, term.half)} comes {side} "
                f"{half_term_words(other.name, other.half)} ({date_range(other.starts_on, other.ends_on)}).",
                "starts_on",
            )


def next_year_alike(day: dt.date) -> dt.date:
    """The day of the next school year on the same day of the week."""
    return day + WEEKS_OF_A_YEAR


def _place(term: Term) -> tuple[int, int]:
    return PLACE[term.name], term.half
