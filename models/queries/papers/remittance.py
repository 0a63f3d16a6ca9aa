"""What a remittance advice prints: one school's claims paid with one reference (R-COVER-6, 13, F4.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from msgspec import Struct
from sqlmodel import Session

from models.calendar import year_bounds
from models.errors import BadInput, Changed
from models.queries.book import Book
from models.queries.claim_scope import GONE
from models.queries.cover import ClaimLine, claim_lines
from models.queries.papers.head import PaperHead, paper_head
from models.words import ClaimState


class Remittance(Struct, frozen=True):
    """One payment to a school. Amounts in pence.

    Attributes:
        lines: the claims, by date of cover; a reversal is negative.
        paid_on: the days on which they were paid, oldest first; as a rule one.
        total_p: what the lead school pays: nothing where the school holds the money itself (R-COVER-6).
        held_p: what is recognised and met from the school's own allowance.
        share_p: what the school bears.
    """

    head: PaperHead
    payer: str
    school: str
    reference: str
    paid_on: tuple[dt.date, ...]
    lines: tuple[ClaimLine, ...]

    @property
    def total_p(self) -> int:
        return sum(line.split.lead_pays_p for line in self.lines)

    @property
    def held_p(self) -> int:
        return sum(line.split.recognised_p - line.split.lead_pays_p for line in self.lines)

    @property
    def share_p(self) -> int:
        return sum(line.split.school_share_p for line in self.lines)

    @property
    def cost_p(self) -> int:
        return sum(line.split.cost_p for line in self.lines)


def remittance(
    session: Session, school_id: int, reference: str, clock: Callable[[], dt.date] = dt.date.today
) -> Remittance:
    """The payment of one school with one reference.

    Raises:
        BadInput: no claim of the school was paid with it.
    """
    book = Book(session)
    today = book.today(clock)
    return _remittance(book, today, school_id, reference)


def remittance_of(
    session: Session, claim_id: int, clock: Callable[[], dt.date] = dt.date.today
) -> Remittance:
    """The payment that a claim was part of.

    Raises:
        Changed: the claim is not there any more.
        BadInput: the claim is not paid.
    """
    book = Book(session)
    today = book.today(clock)
    line = next((one for one in _lines(book) if one.fact.id == claim_id), None)
    if line is None:
        raise Changed(GONE)
    if line.fact.state is not ClaimState.PAID:
        state = line.fact.state.label.lower()
        raise BadInput(
            f"{line.fact.code} is {state}: print its remittance advice once it is paid.", "claim_id"
        )
    return _remittance(book, today, line.fact.school_id, line.paid_ref)


def _lines(book: Book) -> tuple[ClaimLine, ...]:
    """Every claim, with cover still to come too, each of the school as it is at the end of its last year."""
    last = max([*book.years, 0])
    return claim_lines(book, year_bounds(last)[1]) if last else ()


def _remittance(book: Book, today: dt.date, school_id: int, reference: str) -> Remittance:
    lines = tuple(
        one
        for one in _lines(book)
        if one.fact.state is ClaimState.PAID
        and one.paid_ref == reference
        and book.present_id(one.fact.school_id, today) == book.present_id(school_id, today)
    )
    name = book.school_name(book.present_id(school_id, today))
    if not lines:
        raise BadInput(f"No claim of {name} was paid with the reference “{reference}”.", "reference")
    days = tuple(sorted({one.paid_on for one in lines if one.paid_on is not None}))
    lead = book.lead_school(days[0] if days else today)
    return Remittance(
        head=paper_head(book, today),
        payer=lead.school if lead else "",
        school=name,
        reference=reference,
        paid_on=days,
        lines=lines,
    )
