"""What the slips to hand out print: CPD evaluation (R-IMP-2) and confidence survey (R-IMP-4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import year_bounds
from models.errors import Changed
from models.queries.book import Book
from models.queries.cpd_page import cpd_detail
from models.queries.papers.head import PaperHead, paper_head
from models.words import SurveyRound


class EvaluationSlip(Struct, frozen=True):
    """The slip of one CPD session; `outcomes` are what it set out to do."""

    head: PaperHead
    title: str
    when: str
    provider: str
    outcomes: tuple[str, ...]


class SurveyArea(Struct, frozen=True):
    """One area of the survey."""

    name: str
    leaders_only: bool


class ConfidenceSurvey(Struct, frozen=True):
    """The survey of a school year.

    Attributes:
        which: before or after; None: to be ticked on the slip.
        points: the scale runs from 1 to this (D24).
    """

    head: PaperHead
    year: int
    which: SurveyRound | None
    points: int
    areas: tuple[SurveyArea, ...]


def evaluation_slip(
    session: Session, cpd_session_id: int, clock: Callable[[], dt.date] = dt.date.today
) -> EvaluationSlip:
    """The slip of a session.

    Raises:
        Changed: the session is not there any more.
    """
    detail = cpd_detail(session, cpd_session_id, clock)
    if detail is None:
        raise Changed("This CPD session is not there any more: it was deleted, or never saved.")
    head = paper_head(Book(session), detail.today)
    return EvaluationSlip(head, detail.title, detail.when, detail.provider, detail.outcomes)


def confidence_survey(
    session: Session,
    year: int,
    clock: Callable[[], dt.date] = dt.date.today,
    which: SurveyRound | None = None,
) -> ConfidenceSurvey:
    """The survey of a school year, with the areas in use."""
    book = Book(session)
    today = book.today(clock)
    areas = sorted(book.rows(t.ConfidenceArea), key=lambda row: (row.position, row.id))
    return ConfidenceSurvey(
        head=paper_head(book, today),
        year=year,
        which=which,
        points=book.scheme(min(year_bounds(year)[1], today)).scale_points,
        areas=tuple(SurveyArea(row.name, row.leaders_only) for row in areas),
    )
