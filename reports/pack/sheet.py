"""What every part of the pack is written with: the kit, the data, and a few words all parts share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from string import ascii_uppercase
from typing import TypeVar

from reportlab.platypus import Flowable

from models import formats
from models.calendar import year_bounds, year_label
from models.formats import NOT_ENTERED, long_date
from models.queries.pack import PackData
from models.rules.agreement import NO_TREND
from models.rules.impact import ActivityFact
from reports.charts import Look, Plate, pieces
from reports.kit import PAGE, Kit, Text
from reports.kit.flowables import Paragraph
from reports.kit.grid import Table

Item = TypeVar("Item")
FEW = 12
"""Rows of a table that is moved to the next page rather than parted."""
NOTES = {"caption", "note", "source"}
SHORT = 400
"""Letters of a text that goes on to the next page with a small note that has no room below it."""
HEAD = 130.0
"""Points at scale 1 that question, headline and caption take from a page: a chart gets the rest."""


@dataclass(frozen=True)
class Sheet:
    """Kit and data of one pack, and the names of its schools in tables and charts."""

    kit: Kit
    data: PackData

    @property
    def look(self) -> Look:
        """How charts look on an upright page."""
        return Look(scale=self.kit.scale)

    def chart(self, plate: Plate, caption: Text = "") -> Flowable:
        """A chart with its caption; its own words are its text alternative."""
        return self.kit.figure(plate, plate.alt, caption)

    def charts(
        self, rows: Sequence[Item], draw: Callable[[Sequence[Item]], Plate], caption: Text
    ) -> list[Flowable]:
        """A chart of any number of rows, in as many pieces as pages ask for; the last has the caption."""
        plates = pieces(rows, draw, PAGE.height - HEAD * self.kit.scale)
        return [self.chart(plate, caption if n == len(plates) else "") for n, plate in enumerate(plates, 1)]

    def noted(self, table: Table, caption: Text, rows: int) -> list[Flowable]:
        """A table of so many rows with its caption; a table of a few rows stays on one page."""
        table.caption, table.whole = self.kit.text(caption, "caption"), rows <= FEW
        return [table]

    @cached_property
    def short_names(self) -> dict[int, str]:
        """The schools' short names by id."""
        return {line.membership.school_id: line.short_name for line in self.data.members.lines}

    def short(self, school_id: int, name: str) -> str:
        """A school's short name; its full name where it was no member in the year."""
        return self.short_names.get(school_id, name)

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The meetings' numbers in the list of part 6, by id."""
        return {line.fact.id: number for number, line in enumerate(self.data.meetings.lines, 1)}

    @cached_property
    def letters(self) -> dict[int, str]:
        """A letter for each school, by id: the members by name, then others that borrowed."""
        known = [line.membership.school_id for line in self.data.members.lines]
        loans = [loan.fact for line in self.data.bank.resources for loan in line.loans]
        others = {loan.school_id: loan.school for loan in loans if loan.school_id not in self.short_names}
        known += sorted(others, key=lambda key: (others[key].casefold(), key))
        return {school_id: letter(place) for place, school_id in enumerate(known)}

    def legend(self, schools: Mapping[int, str]) -> list[Flowable]:
        """Which letter is which school: text of its own, since a caption cannot go on over pages."""
        names = [
            f"{self.letters[key]} {self.short(key, schools[key])}".replace(" ", "\u00a0")
            for key in self.letters
            if key in schools
        ]
        return [self.kit.text(f"{', '.join(names)}.", "caption")] if names else []


def tied(story: list[Flowable]) -> list[Flowable]:
    """The story, with every small note on the page of the words above it."""
    for before, after in pairwise(story):
        notes = isinstance(after, Paragraph) and after.style.name in NOTES
        if notes and isinstance(before, Paragraph) and len(before.getPlainText()) < SHORT:
            before.keepWithNext = 1
    return story


def letter(place: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    before, at = divmod(place, len(ascii_uppercase))
    return (letter(before - 1) if before else "") + ascii_uppercase[at]


def entered(words: str) -> str:
    """The words, or “not entered” (R-REV-5)."""
    return words.strip() or NOT_ENTERED


def decided(on: dt.date | None, by: str) -> str:
    """`12 March 2025, Priya Nair`; says of whom where nobody is entered."""
    return f"{long_date(on)}, {by.strip() or f'by whom {NOT_ENTERED}'}"


def took_part(one: ActivityFact) -> str:
    """`45 took part`; `fewer than 5 took part`; `number not entered`."""
    return f"number {NOT_ENTERED}" if one.people is None else f"{one.people_words} took part"


def opened(words: str) -> str:
    """The words with a capital letter in front."""
    return words[:1].upper() + words[1:]


stopped = formats.stopped


def is_over(data: PackData) -> bool:
    """True once the school year of the pack has run out."""
    return data.period.data_to >= year_bounds(data.period.year)[1]


def year_words(data: PackData) -> str:
    """`2024 to 2025`."""
    return year_label(data.period.year)


def year_before(data: PackData) -> str:
    """`2023 to 2024`."""
    return year_label(data.period.year - 1)


def data_to_words(data: PackData) -> str:
    """`20 June 2025`."""
    return long_date(data.period.data_to)


def no_trend() -> str:
    """`First year: no trend yet.` (R-AGR-5)."""
    return stopped(NO_TREND)
