"""When a loan is due back: by the next meeting, the end of half-term or the usual length; never in a holiday.

Dates follow the borrower's own calendar, so that nothing is due on a day when nobody is at school to hand it
over (R-LOAN-1, R-LOAN-4).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from models.calendar import SchoolCalendar
from models.errors import BadInput
from models.formats import long_date, weekday_date
from models.rules.scheme import Scheme
from models.rules.verdict import About, Verdict, warn
from models.words import Word

DAY = dt.timedelta(days=1)
FAR = 366  # days; a calendar without a school day in a year has none to find


class DueBy(Word):
    """What a loan is due by."""

    NEXT_MEETING = "next_meeting", "The next meeting"
    HALF_TERM = "half_term", "The end of half-term"
    USUAL = "usual", "The usual length of a loan"


class DueDay(Struct, frozen=True):
    """A day to suggest, and why."""

    by: DueBy
    on: dt.date

    @property
    def text(self) -> str:
        """`The next meeting: Wednesday 2 July 2025`."""
        return f"{self.by.label}: {weekday_date(self.on)}"


def school_day_before(calendar: SchoolCalendar, day: dt.date) -> dt.date | None:
    """The last school day on or before a day; None if there is none within a year."""
    days = (day - n * DAY for n in range(FAR))
    return next((one for one in days if calendar.is_school_day(one)), None)


def due_days(
    starts_on: dt.date, meetings: Iterable[dt.date], calendar: SchoolCalendar, scheme: Scheme
) -> tuple[DueDay, ...]:
    """The days on which a loan could fall due, in the order to offer them; each after it starts.

    Args:
        starts_on: the first day of the loan.
        meetings: the days of the meetings to come, where kits change hands.
        calendar: the borrower's.
        scheme: holds the usual length.
    """
    found = []
    meeting = min((day for day in meetings if day > starts_on), default=None)
    wanted = {
        DueBy.NEXT_MEETING: meeting,
        DueBy.HALF_TERM: _half_term_end(starts_on, calendar),
        DueBy.USUAL: starts_on + scheme.loan_days * DAY,
    }
    for by, day in wanted.items():
        if day is None:
            continue
        on = school_day_before(calendar, day)
        if (on is None or on <= starts_on) and by is DueBy.USUAL:
            on = calendar.next_school_day(max(day, starts_on + DAY))
        if on is not None and on > starts_on:
            found.append(DueDay(by, on))
    return tuple(found)


def _half_term_end(starts_on: dt.date, calendar: SchoolCalendar) -> dt.date | None:
    """The end of the half-term in which a loan begins; on its last day, or in a holiday, that of the next."""
    return min((term.ends_on for term in calendar.terms if term.ends_on > starts_on), default=None)


def checked_due(due_on: dt.date, starts_on: dt.date, calendar: SchoolCalendar) -> dt.date:
    """The day, if a loan can be due on it.

    Raises:
        BadInput: it lies before the loan starts, or is no school day; the sentence names the nearest ones.
    """
    if due_on < starts_on:
        raise BadInput(
            f"{long_date(due_on)} is before the loan starts on {long_date(starts_on)}: choose a later day.",
            "due_on",
        )
    if calendar.is_school_day(due_on):
        return due_on
    before, after = school_day_before(calendar, due_on), calendar.next_school_day(due_on)
    choices = [weekday_date(day) for day in (before, after) if day is not None and day >= starts_on]
    raise BadInput(
        f"{weekday_date(due_on)} is {_why_closed(due_on, calendar)}: choose {' or '.join(choices)}.", "due_on"
    )


def _why_closed(day: dt.date, calendar: SchoolCalendar) -> str:
    if day in calendar.closed:
        return f"a day when school is closed ({calendar.closed[day]})"
    return "at the weekend" if day.weekday() >= 5 else "in the school holidays"


def lender_verdict(
    name: str, lender: str, return_by: dt.date | None, due_on: dt.date, about: About
) -> Verdict | None:
    """A thing lent from outside that would come back after its lender wants it (R-RES-3)."""
    if return_by is None or due_on <= return_by:
        return None
    whose = lender or "its lender"
    text = f"{name} goes back to {whose} by {long_date(return_by)}: choose an earlier day."
    return warn("R-RES-3", text, about)
