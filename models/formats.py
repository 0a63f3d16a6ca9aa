"""Words for money, dates, times and counts, and the way back. The one place that knows (R-STY-2, F11.1).

One locale: en-GB. A missing value is “not entered”, zero is “0”, and they are never swapped (R-REV-5).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence

from models.calendar import KNOWN_YEARS
from models.errors import BadInput

NOT_ENTERED = "not entered"
NOT_AVAILABLE = "not available"
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MINUS = "\u2212"
MOST_PENCE = 999_999_999_99
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]00:00(?::00)?)?", re.ASCII)
_NUMBERS_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?", re.ASCII)
_WORDS_DATE = re.compile(
    r"(?:([a-z]+) )?(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]+)\.?(?:[ -](\d{4}|\d{2}))?", re.ASCII
)


def pounds(pence: int | None) -> str:
    """Money in a column: always two decimals, `£1,234.50`; a minus is U+2212."""
    if pence is None:
        return NOT_ENTERED
    sign = MINUS if pence < 0 else ""
    whole, part = divmod(abs(pence), 100)
    return f"{sign}£{whole:,}.{part:02}"


def prose_pounds(pence: int | None) -> str:
    """Money in a sentence: £75, £75.50 (F11.1)."""
    return pounds(pence).removesuffix(".00")


def pounds_alike(amounts: Iterable[int | None]) -> Callable[[int | None], str]:
    """How amounts that stand below each other are written: all with pence if one of them has pence."""
    return pounds if any(pence is not None and pence % 100 for pence in amounts) else prose_pounds


def long_date(day: dt.date | None) -> str:
    """`14 March 2025`."""
    return NOT_ENTERED if day is None else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_month(day: dt.date) -> str:
    """`14 March`, where the year is plain from its surroundings."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def short_date(day: dt.date | None) -> str:
    """`14 Mar`, for table heads."""
    return NOT_ENTERED if day is None else f"{day.day} {MONTHS[day.month - 1][:3]}"


def weekday_date(day: dt.date) -> str:
    """`Friday 14 March 2025`."""
    return f"{WEEKDAYS[day.weekday()].capitalize()} {long_date(day)}"


def date_range(first: dt.date, last: dt.date) -> str:
    """`4 to 15 November 2024`, `28 October to 15 November 2024`; a single day is just that day."""
    if first == last:
        return long_date(first)
    if first.year != last.year:
        start = long_date(first)
    else:
        start = str(first.day) if first.month == last.month else day_month(first)
    return f"{start} to {long_date(last)}"


def clock(time: dt.time | None) -> str:
    """`1:15pm`, `9am`, `midday` (F11.1)."""
    if time is None:
        return NOT_ENTERED
    if (time.hour, time.minute) in {(12, 0), (0, 0)}:
        return "midday" if time.hour else "midnight"
    minutes = f":{time.minute:02}" if time.minute else ""
    return f"{(time.hour - 1) % 12 + 1}{minutes}{'am' if time.hour < 12 else 'pm'}"


def time_range(start: dt.time | None, end: dt.time | None) -> str:
    """`1:15pm to 3:30pm`; only what is known."""
    if start is None:
        return NOT_ENTERED
    return clock(start) if end is None else f"{clock(start)} to {clock(end)}"


def moment(at: dt.datetime, today: dt.date, *, year: bool = True) -> str:
    """`today, 3:02pm`, `yesterday, 9am`, `14 March 2025, 3:02pm`; `at` in the time zone to show."""
    ago = (today - at.date()).days
    day = {0: "today", 1: "yesterday"}.get(ago) or (long_date(at.date()) if year else day_month(at.date()))
    return f"{day}, {clock(at.time().replace(second=0, microsecond=0))}"


def percent(part: int, whole: int) -> str:
    """`91%`, half up; “not available” of nothing."""
    if whole <= 0:
        return NOT_AVAILABLE
    return f"{(200 * part + whole) // (2 * whole)}%".replace("-", MINUS)


def share(part: int, whole: int) -> str:
    """`2 of 7 (29%)`; “not available” of nothing."""
    return NOT_AVAILABLE if whole <= 0 else f"{part:,} of {whole:,} ({percent(part, whole)})"


def number(value: int | None) -> str:
    """A plain number in a column: `0`, `1,200`; missing is never 0 (R-REV-5)."""
    return NOT_ENTERED if value is None else f"{value:,}".replace("-", MINUS)


def count(number: int, one: str, many: str = "") -> str:
    """`1 school`, `3 schools`, `1,200 loans`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """`A, B and C`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def folded(words: str) -> str:
    """Words as they are compared: whatever their case, and with either kind of apostrophe."""
    return words.casefold().replace("’", "'")


def stopped(words: str) -> str:
    """The words as a sentence: a capital in front, one full stop at the end; "" stays empty."""
    said = words.strip()
    said = said[:1].upper() + said[1:]
    return said if not said or said.endswith((".", "!", "?", "…")) else f"{said}."


def parse_pounds(text: str | float, field: str = "") -> int:
    """Read 100, £100, 100.5, 1,234.50 or -5 as pence.

    Raises:
        BadInput: not an amount of money, more than two decimals, or absurdly large.
    """
    typed = str(text).strip()
    if not typed:
        raise BadInput("Enter the amount, such as 100 or 100.50.", field)
    plain = typed.replace(MINUS, "-").replace("\u00a0", "").replace(" ", "").replace("£", "", 1)
    found = re.fullmatch(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d{1,2})0*)?", plain, re.ASCII)
    if found is None or (found[2] is None and found[3] is None):
        raise BadInput(f"“{typed}” is not an amount: write it like 100 or 100.50.", field)
    pence = int((found[2] or "0").replace(",", "")) * 100 + int((found[3] or "").ljust(2, "0"))
    if pence > MOST_PENCE:
        raise BadInput(f"“{typed}” is more money than a cluster can have: check the amount.", field)
    return -pence if found[1] else pence


def _month(word: str) -> int | None:
    starts = [n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(word.lower())]
    return starts[0] if len(word) >= 3 and len(starts) == 1 else None


def _bad_date(text: str, field: str) -> BadInput:
    return BadInput(f"“{text.strip()}” is not a date: write it like 3/4/2025 or 3 April 2025.", field)


def _year(text: str | None, month: int, day: int, today: dt.date | None) -> int:
    """Two digits mean this century; none means the date of that name nearest to `today`."""
    if text:
        return int(text) + (2000 if len(text) <= 2 else 0)
    if today is None:
        raise ValueError
    near = []
    for year in (today.year - 1, today.year, today.year + 1):
        with contextlib.suppress(ValueError):  # 29 February is not in every year
            near.append(dt.date(year, month, day))
    return min(near, key=lambda d: abs((d - today).days)).year


def _date(year: int, month: int, day: int, weekday: str = "") -> dt.date:
    """The date, if it exists, lies in a year we can mean and falls on the weekday named, if any."""
    found = dt.date(year, month, day)
    if year not in KNOWN_YEARS or (weekday and _weekday(weekday) != found.weekday()):
        raise ValueError
    return found


def _weekday(word: str) -> int | None:
    found = [n for n, name in enumerate(WEEKDAYS) if len(word) >= 3 and name.startswith(word)]
    return found[0] if len(found) == 1 else None


def parse_date(
    text: str, today: dt.date | None = None, field: str = "", near: dt.date | None = None
) -> dt.date:
    """Read 3/4/25, 3.4.2025, 3 Apr 2025, 2025-04-03; with `today` also 3 Apr, tomorrow, next thu.

    Always day first, as in the UK. A date without its year is the one nearest to `near`, if that is given:
    in a school year that is over, 3 Apr is that year's.

    Raises:
        BadInput: nothing typed, no such date, or it is not on the weekday that was named.
    """
    typed = " ".join(text.replace(",", " ").split()).lower()
    if not typed:
        raise BadInput("Enter the day, such as 14 March 2025.", field)
    try:
        if found := _ISO_DATE.fullmatch(typed):
            return _date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMBERS_DATE.fullmatch(typed):
            day, month = int(found[1]), int(found[2])
            return _date(_year(found[3], month, day, near or today), month, day)
        if (found := _WORDS_DATE.fullmatch(typed)) and (month_number := _month(found[3])):
            day = int(found[2])
            return _date(_year(found[4], month_number, day, near or today), month_number, day, found[1] or "")
        if today is not None and (day_found := _relative(typed, today)):
            return day_found
    except ValueError:
        pass
    raise _bad_date(text, field)


def _relative(typed: str, today: dt.date) -> dt.date | None:
    days = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if typed in days:
        return today + dt.timedelta(days=days[typed])
    following = typed.startswith("next ")
    word = typed.removeprefix("next ").removeprefix("this ")
    weekday = _weekday(word)
    if weekday is None:
        return None
    ahead = (weekday - today.weekday()) % 7
    if following and ahead == 0:
        ahead = 7
    return today + dt.timedelta(days=ahead)


def parse_time(text: str, field: str = "") -> dt.time:
    """Read 1:15pm, 1.15, 1315, 9, 9am, midday, midnight. From 1 to 6 without am or pm is the afternoon.

    Raises:
        BadInput: no such time.
    """
    typed = text.strip().lower().replace(" ", "")
    if not typed:
        raise BadInput("Enter the time, such as 1:15pm.", field)
    if typed in {"midday", "noon", "midnight"}:
        return dt.time(0 if typed == "midnight" else 12)
    found = re.fullmatch(r"(\d{1,2})(?:[:.]?(\d{2}))?(?::00)?(am|pm|a\.m\.|p\.m\.)?", typed, re.ASCII)
    if found:
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
        if half:
            hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 99
        elif 1 <= hour <= 6 and not found[1].startswith("0"):
            hour += 12
        if hour <= 23 and minute <= 59:
            return dt.time(hour, minute)
    raise BadInput(f"“{text.strip()}” is not a time: write it like 1:15pm.", field)


def file_size(size: int) -> str:
    """How large a file of so many bytes is: `86 KB`, `1.2 MB`."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} KB"
