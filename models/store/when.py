"""Moments in the file: UTC, to the second, as ISO text. The clock is passed in, so that tests own it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """The machine's clock, in UTC."""
    return dt.datetime.now(dt.UTC)


def write_moment(moment: dt.datetime) -> str:
    """`2025-03-14T09:15:00+00:00`."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def read_moment(text: str) -> dt.datetime:
    """The moment that `write_moment` wrote."""
    return dt.datetime.fromisoformat(text)
