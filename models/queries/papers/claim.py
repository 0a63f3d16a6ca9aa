"""What a supply-cover claim form prints, blank or filled (R-COVER-1 to R-COVER-17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from msgspec import Struct
from sqlmodel import Session

from models.calendar import school_year, year_bounds
from models.queries.book import Book
from models.queries.claim_detail import ClaimDetail, claim_detail
from models.queries.cover import claims_on, school_terms
from models.queries.papers.head import PaperHead, paper_head
from models.rules.cover import USUAL, cap_of, split_live
from models.rules.cover_checks import claim_deadline
from models.rules.cover_facts import in_order
from models.values import replace
from models.words import ClaimState, HalfDay


class CoverLimits(Struct, frozen=True):
    """What the form says of the scheme. Amounts in pence.

    Attributes:
        cap_p: the most recognised for a half-day.
        allowance_p: a school's allowance for a school year.
        reimburses: the lead school pays claims for regular meetings too (R-COVER-6).
        deadline: the last day to claim for cover of the year.
    """

    year: int
    cap_p: int
    allowance_p: int
    reimburses: bool
    deadline: dt.date


class ClaimPaper(Struct, frozen=True):
    """A claim form.

    Attributes:
        school: "" where the form is for any school.
        claim: None: it is to be filled in by hand.
        why: sentences on how the recognised amount came about.
    """

    head: PaperHead
    school: str
    limits: CoverLimits
    claim: ClaimDetail | None
    why: tuple[str, ...] = ()


def claim_paper(session: Session, claim_id: int, clock: Callable[[], dt.date] = dt.date.today) -> ClaimPaper:
    """The form of one claim, filled in.

    Raises:
        Changed: the claim is not there any more.
    """
    book = Book(session)
    day = book.today(clock)
    detail = claim_detail(session, claim_id, day)
    return ClaimPaper(
        head=paper_head(book, day),
        school=detail.row.school_name,
        limits=_limits(book, detail.row.cover_on),
        claim=detail,
        why=_why(book, detail),
    )


def _why(book: Book, detail: ClaimDetail) -> tuple[str, ...]:
    """Why so much is recognised; of a claim frozen at approval, why it was, if the rules still give that."""
    row, last = detail.row, year_bounds(school_year(detail.row.cover_on))[1]
    facts = {one.id: one for one in claims_on(book, last)}
    claim = facts.get(row.id)
    if claim is None or claim.frozen_p is None or claim.reverses_id is not None:
        return detail.explained
    before = [one for one in facts.values() if in_order(one) < in_order(claim)]
    terms = school_terms(book, {claim.year}, last).get((claim.school_id, claim.year), USUAL)
    anew = split_live(replace(claim, state=ClaimState.SUBMITTED, approved_p=None), before, book.scheme, terms)
    return anew.reasons if anew.recognised_p == row.recognised_p else detail.explained


def blank_claim_paper(
    session: Session, clock: Callable[[], dt.date] = dt.date.today, school_id: int | None = None
) -> ClaimPaper:
    """An empty form, for one school or for any."""
    book = Book(session)
    day = book.today(clock)
    return ClaimPaper(paper_head(book, day), book.school_name(school_id), _limits(book, day), None)


def _limits(book: Book, day: dt.date) -> CoverLimits:
    year, scheme = school_year(day), book.scheme(day)
    return CoverLimits(
        year=year,
        cap_p=cap_of(HalfDay.AM, day, book.scheme),
        allowance_p=book.scheme_of(year).release_allowance,
        reimburses=scheme.release_mode == "lead_reimburses",
        deadline=claim_deadline(year, book.scheme_of(year), book.calendar()),
    )
