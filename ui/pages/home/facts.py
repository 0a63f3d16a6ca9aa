"""All that Home shows, asked in one reading: today's work, the year's figures, the pack's readiness."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.queries.account import FundYear
    from models.queries.book import Book
    from models.queries.cover import CoverYear
    from models.queries.headline import Headline
    from models.queries.meetings import MeetingYear
    from models.queries.members import Members
    from models.queries.readiness import PartReadiness
    from models.queries.todo import TodoLine


class YearFacts(Struct, frozen=True):
    """A school year that has begun: the answers that the pack prints too."""

    headline: Headline
    members: Members
    meetings: MeetingYear
    cover: CoverYear
    pot: FundYear | None
    readiness: tuple[PartReadiness, ...]


class HomeFacts(Struct, frozen=True):
    """What Home shows.

    Attributes:
        today: the day it is; in the sample the day that it is told from.
        year: the school year.
        starts: its first day.
        days_left: to the end of the agreement; None where none covers today.
        todo: what needs doing, most pressing first.
        figures: None while the year has not begun.
        blank: nothing has happened in this book yet: no meeting, no claim, no money.
        sample: it is the sample cluster.
    """

    today: dt.date
    year: int
    starts: dt.date
    days_left: int | None
    todo: tuple[TodoLine, ...]
    figures: YearFacts | None
    blank: bool
    sample: bool

    @property
    def over(self) -> bool:
        """The school year has run out."""
        return self.today >= self.starts.replace(year=self.year + 1)


def home_facts(session: Session, year: int, today: Callable[[], dt.date]) -> HomeFacts:
    """Ask for everything, in the file's thread."""
    from models import tables as t
    from models.calendar import year_bounds
    from models.queries.book import Book
    from models.queries.todo import todo
    from models.rules.agreement import days_left

    book = Book.now(session)
    day = book.today(today)
    first, last = year_bounds(year)
    agreement = book.agreement(day)
    return HomeFacts(
        today=day,
        year=year,
        starts=first,
        days_left=days_left(agreement, day) if agreement and day <= agreement.ends_on else None,
        todo=todo(book, year, day),
        figures=_figures(book, year, min(day, last)) if first <= day else None,
        blank=not any(book.rows(table) for table in (t.Meeting, t.CoverClaim, t.FundEntry, t.CpdSession)),
        sample=bool(book.cluster and book.cluster.sample_today),
    )


def _figures(book: Book, year: int, day: dt.date) -> YearFacts:
    from models.queries.account import pot_year
    from models.queries.cover import cover_year
    from models.queries.headline import headline
    from models.queries.meetings import meeting_year
    from models.queries.members import members
    from models.queries.readiness import printed_readiness

    return YearFacts(
        headline=headline(book, year, day),
        members=members(book, year, day),
        meetings=meeting_year(book, year, day),
        cover=cover_year(book, year, day),
        pot=pot_year(book, year, day),
        readiness=printed_readiness(book, year, day),
    )
