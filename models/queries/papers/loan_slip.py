"""Loan slips: what went out, to whom, until when, and what came back (R-LOAN-1 to R-LOAN-5, F9.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from msgspec import Struct
from sqlmodel import Session, col, select

from models import tables as t
from models.queries.book import Book
from models.queries.lending import PartOut, one_resource, return_facts
from models.queries.papers.head import PaperHead, paper_head
from models.rules.loans import LoanFact, LoanState, Overdue, loan_state, overdue
from models.rules.resources import ResourceFact, owner_words
from models.words import ChargedTo


class SlipPart(Struct, frozen=True):
    """A part of a loan; `back` None: not checked in yet."""

    part: PartOut
    back: int | None
    damaged: int


class LoanSlip(Struct, frozen=True):
    """One loan as its slip shows it.

    Attributes:
        fact: the loan; the borrower by its full name.
        code: the loan's; `resource_code`: the thing's.
        state: on the day of asking, and how late it is.
        person: who answers for it at the school.
        owner: whose it is.
        location: where it is kept, and so where it comes back to.
        effort: how long it takes to prepare.
        safety_ref: the leaflet to read.
        next_check_on: of a thing with a mains lead.
        charged_to: who pays for what is lost or broken.
        parts: what went out; before that, what will.
    """

    fact: LoanFact
    code: str
    resource_code: str
    state: LoanState
    late: Overdue
    person: str
    owner: str
    location: str
    effort: str
    safety_ref: str
    has_mains: bool
    next_check_on: dt.date | None
    notes: str
    charged_to: ChargedTo
    parts: tuple[SlipPart, ...]


class LoanSlips(Struct, frozen=True):
    """Slips in the order asked for."""

    head: PaperHead
    slips: tuple[LoanSlip, ...]


def loan_slips(session: Session, loan_ids: Sequence[int], clock: Callable[[], dt.date]) -> LoanSlips:
    """The slips of some loans.

    Raises:
        Changed: one of them is not there any more.
    """
    book = Book(session)
    today = book.today(clock)
    slips = tuple(_slip(book, loan_id, today) for loan_id in loan_ids)
    return LoanSlips(paper_head(book, today), slips)


def _slip(book: Book, loan_id: int, today: dt.date) -> LoanSlip:
    known = return_facts(book.session, loan_id, today)
    row = one_resource(book.session, known.fact.resource_id)
    whose = ResourceFact(
        known.fact.resource_id,
        row.name,
        owner=row.owner,
        owner_name=book.school_name(row.owner_school_id) or row.lender,
    )
    line = t.LoanLine
    asked = select(line).where(col(line.loan_id) == loan_id)
    counted = {one.kit_item_id: one for one in book.session.exec(asked)}
    back = known.fact.back_on is not None
    parts = []
    for part in known.parts:
        seen = counted.get(part.kit_item_id) if back else None
        parts.append(SlipPart(part, seen.in_quantity if seen else None, seen.damaged if seen else 0))
    pot = known.scheme.loss_charged_to == ChargedTo.POT.value
    return LoanSlip(
        fact=known.fact,
        code=known.code,
        resource_code=known.resource_code,
        state=loan_state(known.fact, today),
        late=overdue(known.fact, today, known.scheme, known.calendar),
        person=known.person,
        owner=owner_words(whose),
        location=row.location,
        effort=row.effort,
        safety_ref=row.safety_ref,
        has_mains=row.has_mains,
        next_check_on=row.next_check_on,
        notes=known.notes,
        charged_to=ChargedTo.POT if pot else ChargedTo.SCHOOL,
        parts=tuple(parts),
    )
