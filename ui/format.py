"""Money, dates and counts for the window: the words of models.formats and models.calendar by one name."""

from __future__ import annotations

from models.calendar import parse_year, school_year, year_code, year_label
from models.formats import (
    MONTHS,
    NOT_ENTERED,
    clock,
    count,
    date_range,
    day_month,
    file_size,
    listed,
    long_date,
    moment,
    parse_date,
    parse_pounds,
    parse_time,
    percent,
    pounds,
    prose_pounds,
    short_date,
    stopped,
    time_range,
    weekday_date,
)

__all__ = [
    "MONTHS",
    "NOT_ENTERED",
    "clock",
    "count",
    "date_range",
    "day_month",
    "file_size",
    "listed",
    "long_date",
    "moment",
    "parse_date",
    "parse_pounds",
    "parse_time",
    "parse_year",
    "percent",
    "pounds",
    "prose_pounds",
    "school_year",
    "short_date",
    "stopped",
    "time_range",
    "weekday_date",
    "year_code",
    "year_label",
]
