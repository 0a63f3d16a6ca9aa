"""Dated spells: a first day and a last day, both inclusive; no last day means it still runs."""

from __future__ import annotations

import datetime as dt


def covers(starts_on: dt.date, ends_on: dt.date | None, day: dt.date) -> bool:
    """True when the spell runs on `day`; its last day belongs to it (R-CLU-10)."""
    return starts_on <= day and (ends_on is None or day <= ends_on)


def meets(starts_on: dt.date, ends_on: dt.date | None, first: dt.date, last: dt.date) -> bool:
    """True when the spell has at least one day in common with `first` to `last`."""
    return starts_on <= last and (ends_on is None or first <= ends_on)


def day_before(day: dt.date) -> dt.date:
    """The day before, on which the spell that comes before ends (R-CLU-2)."""
    return day - dt.timedelta(days=1)


def day_after(day: dt.date) -> dt.date:
    """The day after, on which the following spell starts."""
    return day + dt.timedelta(days=1)
