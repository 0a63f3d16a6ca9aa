"""Bank holidays of England and Wales, shipped as a table because the app is offline (F6.3)."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache

import resources


@lru_cache(maxsize=1)
def _table() -> dict[dt.date, str]:
    rows = json.loads(resources.path("bank_holidays.json").read_text(encoding="utf-8"))
    return {dt.date.fromisoformat(row["on"]): str(row["name"]) for row in rows}


def bank_holidays(first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """The bank holidays from `first` to `last`, both inclusive, with their names."""
    return {on: name for on, name in _table().items() if first <= on <= last}


def known_to() -> dt.date:
    """The last day of the last calendar year that the table covers; after it, it runs out."""
    return dt.date(max(_table()).year, 12, 31)
