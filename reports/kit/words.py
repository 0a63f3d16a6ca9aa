"""Line breaks with sense: keeps 31 March, Year 7 and 1 to 5 together; evens out headlines."""

from __future__ import annotations

import re
from functools import lru_cache

from reports.kit import fonts

_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)
_COUNTED = "schools?|loans?|people|points?|parts?|pupils?|meetings?|half-days?|days?|kits?|items?"
_JOINS = [
    (re.compile(rf"\b(\d{{1,2}}) ({_MONTH})\b"), "\\1\u00a0\\2"),
    (re.compile(r"\b(Year|Stage|[Pp]age|[Mm]eeting|[Vv]ersion) (\d)"), "\\1\u00a0\\2"),
    (re.compile(rf"(\d) ({_COUNTED})\b"), "\\1\u00a0\\2"),
    (re.compile(r"(\d) (to|of) (\d)"), "\\1\u00a0\\2\u00a0\\3"),
]


_DIGIT = re.compile(r"\d")
_CHURCH = re.compile(r"\bC of E\b")


@lru_cache(8192)  # a table measures what it then sets
def tidy(text: str) -> str:
    """`text` with no-break spaces where a line end would part a date, a count or “C of E”."""
    if "C of E" in text:
        text = _CHURCH.sub("C\u00a0of\u00a0E", text)
    if not _DIGIT.search(text):  # each join needs one
        return text
    for pattern, joined in _JOINS:
        text = pattern.sub(joined, text)
    return text


def _lines(words: list[str], widths: list[float], space: float, limit: float) -> list[str]:
    done, line, used = [], "", 0.0
    for word, wide in zip(words, widths, strict=True):
        if line and used + space + wide > limit:
            done.append(line)
            line, used = word, wide
        else:
            used = used + space + wide if line else wide
            line = f"{line} {word}" if line else word
    return [*done, line]


def balance(text: str, font: str, size: float, room: float) -> list[str]:
    """The lines of a headline: as few as `room` points allow, and of about the same length."""
    words = text.split(" ")
    widths = [fonts.width(word, font, size) for word in words]
    space = fonts.width(" ", font, size)
    fewest = len(_lines(words, widths, space, room))
    for limit in range(int(room / 3), int(room), 8):
        found = _lines(words, widths, space, limit)
        if len(found) == fewest:
            return found
    return _lines(words, widths, space, room)
