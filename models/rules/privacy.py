"""How long what is known of people is kept, and where somebody is named (R-DATA-1, R-DATA-4, F10).

Nothing here deletes anything: a day on which something is due is a day on which somebody looks at it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable
from functools import cached_property

from msgspec import Struct

from models.calendar import school_year, year_bounds
from models.words import Word

ANOTHER = "[another person]"
"""What stands for somebody else's name in a copy that is handed to one person."""
FORMER = "Former teacher"
_FORMER = re.compile(rf"{FORMER} (\d+)")
_TITLES = ("Mrs", "Miss", "Ms", "Mr", "Mx", "Dr", "Prof", "Professor", "Sir", "Dame", "Revd", "Rev")
_TITLE = re.compile(rf"^(?:{'|'.join(_TITLES)})\.?\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(,].*$")
_FEWEST_DIGITS = 6
_BETWEEN_DIGITS, _SPACES = r"[\s()-]*", r"\s+"


class Category(Word):
    """What is kept for a time, by the reason for which it is kept."""

    MONEY = "money", "Claims and money"
    ATTENDANCE = "attendance", "Attendance and CPD bookings"
    MINUTES = "minutes", "Minutes and actions"
    SURVEY = "survey", "Survey and feedback slips"
    PHOTO = "photo", "Photographs with a consent that ended"
    LEAVER = "leaver", "People who have left"


def end_of_financial_year(day: dt.date, first_month: int) -> dt.date:
    """The last day of the financial year of a day; it begins on the first of a month (F4.8, D13)."""
    begins = dt.date(day.year + (day.month >= first_month), first_month, 1)
    return begins - dt.timedelta(days=1)


def money_until(day: dt.date, first_month: int, years: int) -> dt.date:
    """How long a paper of money is kept: its financial year, and so many more after it (R-DATA-1, F10.3)."""
    ends = end_of_financial_year(day, first_month)
    return _month_end(ends.year + years, ends.month)


def year_until(year: int, years: int) -> dt.date:
    """How long what belongs to a school year is kept: that year, and so many more after it (R-DATA-1)."""
    return year_bounds(year + years)[1]


def leaver_until(left_on: dt.date, years: int) -> dt.date:
    """How long somebody who left stays by name: as what belongs to the school year of leaving."""
    return year_until(school_year(left_on), years)


def survey_until(issued_on: dt.date, years: int) -> dt.date:
    """How long slips are kept: so many years after the pack that tells of them was issued (R-DATA-1)."""
    return _same_day(issued_on.year + years, issued_on.month, issued_on.day)


def answer_by(asked_on: dt.date, closed: Callable[[dt.date], bool]) -> dt.date:
    """The last day to answer somebody who asked what is held: one month, then the next working day.

    Args:
        asked_on: the day of the request.
        closed: whether a day is a bank holiday.
    """
    month = asked_on.month % 12 + 1
    by = _same_day(asked_on.year + (month == 1), month, asked_on.day)
    while by.weekday() >= 5 or closed(by):
        by += dt.timedelta(days=1)
    return by


def _same_day(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def former_number(name: str) -> int | None:
    """The number of somebody whose name has been taken away; None for anybody else."""
    found = _FORMER.fullmatch(name)
    return int(found[1]) if found else None


def next_former(names: Iterable[str]) -> str:
    """`Former teacher 17`: a name that nobody in the book has yet (R-DATA-4)."""
    return f"{FORMER} {max((former_number(name) or 0 for name in names), default=0) + 1}"


class Identity(Struct, frozen=True):
    """What somebody can be found by.

    Attributes:
        name: as it stands in the book.
        email, phone: the work contact; "" if not entered.
        also: other ways in which people write the name, as told by whoever asks.
    """

    name: str
    email: str = ""
    phone: str = ""
    also: tuple[str, ...] = ()

    @property
    def surname(self) -> str:
        """The last word of the name."""
        return self._plain.rsplit(" ", 1)[-1]

    @property
    def _plain(self) -> str:
        return _TITLE.sub("", _BRACKETS.sub("", " ".join(self.name.split()))) or self.name

    def spellings(self, *, surname_is_hers: bool) -> tuple[str, ...]:
        """Patterns of every way in which a text may name the person, longest first.

        Args:
            surname_is_hers: nobody else in the book has it, so that `Mrs Okafor` and `G Okafor` mean her.
        """
        words = {self.name, self._plain, *self.also}
        found = [_pattern(word) for word in words if word.strip()]
        if surname_is_hers and " " in self._plain:
            first = f"(?:{'|'.join(_TITLES)}|{re.escape(self._plain[0])})"
            found.append(rf"(?<![\w-]){first}\.?\s+{re.escape(self.surname)}(?!\w|-\w)")
        if "@" in self.email:
            found.append(rf"(?<![\w.+-]){re.escape(self.email)}(?![\w-])")
        digits = re.sub(r"\D", "", self.phone)
        if len(digits) >= _FEWEST_DIGITS:
            found.append(rf"(?<!\d){_BETWEEN_DIGITS.join(digits)}(?!\d)")
        return tuple(sorted(found, key=len, reverse=True))


def _pattern(words: str) -> str:
    spaced = _SPACES.join(re.escape(word) for word in words.split())
    return rf"(?<![\w-]){spaced}(?!\w|-\w)"


class Mentions:
    """Finds one person in texts, and tells her from everybody else.

    Args:
        subject: the person.
        others: everybody else in the book.
    """

    def __init__(self, subject: Identity, others: Collection[Identity]) -> None:
        self.subject = subject
        self._others = [one for one in others if former_number(one.name) is None]
        surnames = [one.surname.casefold() for one in self._others]
        self._hers = _any(subject.spellings(surname_is_hers=subject.surname.casefold() not in surnames))
        self._surnames = [*surnames, subject.surname.casefold()]

    @cached_property
    def _theirs(self) -> re.Pattern[str]:
        found = [
            pattern
            for one in self._others
            for pattern in one.spellings(surname_is_hers=self._surnames.count(one.surname.casefold()) == 1)
        ]
        return _any(found)

    @cached_property
    def _longer(self) -> re.Pattern[str]:
        """Names of others that hold hers: `Ann Lee (Oakmere)` beside `Ann Lee`."""
        return _any([_pattern(one.name) for one in self._others if self._hers.search(one.name)])

    def names_her(self, text: str) -> bool:
        """Whether a text names the person."""
        return bool(self._hers.search(self._longer.sub("", text)))

    def without_her(self, text: str, instead: str) -> str:
        """A text with other words where it names the person (R-DATA-4)."""
        if not self._hers.search(text):
            return text
        return self._around(self._longer, text, lambda part: self._hers.sub(lambda _: instead, part))

    def without_others(self, text: str) -> str:
        """A text in which everybody else's name, address and number is covered."""
        if self._longer.search(text):
            text = self._longer.sub(ANOTHER, text)
        return self._around(self._hers, text, lambda part: self._theirs.sub(ANOTHER, part))

    @staticmethod
    def _around(kept: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
        """Change a text, but not what matches `kept`."""
        parts, at = [], 0
        for found in kept.finditer(text):
            parts += [change(text[at : found.start()]), found[0]]
            at = found.end()
        return "".join([*parts, change(text[at:])])


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)
