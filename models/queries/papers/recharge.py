"""What a CPD recharge note prints: each school's part of a fee above the limit (R-CPD-1 to R-CPD-5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.errors import BadInput, Changed
from models.queries.book import Book
from models.queries.cpd import booking_facts, cpd_splits
from models.queries.papers.head import PaperHead, paper_head
from models.rules.cpd import CpdSplit, Share
from models.words import VatRecovery


class RechargeLine(Struct, frozen=True):
    """One school's part, how many of its people came, and whether it gets VAT back.

    `own`: it is the lead school's, which paid the provider and has nothing to send.
    """

    share: Share
    people: int
    recovers: VatRecovery
    own: bool


class Recharge(Struct, frozen=True):
    """The notes of one session.

    Attributes:
        sessions: how many sessions the fee is for; the limit holds for each (R-CPD-4).
        payee: the lead school on the day, which paid the provider.
        split: the whole split; the lines' shares add up to its excess, to the penny (R-CPD-3).
        lines: the schools to print a note for, by name.
    """

    head: PaperHead
    code: str
    title: str
    held_on: dt.date
    provider: str
    sessions: int
    vat_registered: bool
    payee: str
    split: CpdSplit
    lines: tuple[RechargeLine, ...]


def recharge(
    session: Session,
    cpd_session_id: int,
    clock: Callable[[], dt.date] = dt.date.today,
    school_id: int | None = None,
) -> Recharge:
    """The notes of a session, for all schools or for one.

    Raises:
        Changed: the session is not there any more.
        BadInput: the school has no part of it.
    """
    book = Book(session)
    row = next((one for one in book.rows(t.CpdSession) if one.id == cpd_session_id), None)
    if row is None:
        raise Changed("This CPD session is not there any more: it was deleted, or never saved.")
    today, ids = book.today(clock), book.present_ids(row.held_on)
    _, split = cpd_splits(book)[cpd_session_id]
    people: dict[int, int] = {}
    for one in booking_facts(book).get(cpd_session_id, ()):
        if one.attended and one.school_id is not None:
            key = ids.get(one.school_id, one.school_id)
            people[key] = people.get(key, 0) + 1
    lead = book.lead_school(row.held_on)
    lines = tuple(
        RechargeLine(
            share,
            people.get(share.school_id, 0),
            book.school_rows[share.school_id].vat_recovery,
            own=lead is not None and lead.school_id == share.school_id,
        )
        for share in split.shares
        if school_id is None or share.school_id == book.present_id(school_id, row.held_on)
    )
    if school_id is not None and not lines:
        name = book.school_name(school_id)
        raise BadInput(f"{name} has nothing to pay for “{row.title}”.", "school_id")
    return Recharge(
        head=paper_head(book, today),
        code=row.code,
        title=row.title,
        held_on=row.held_on,
        provider=row.provider,
        sessions=row.sessions,
        vat_registered=row.vat_registered,
        payee=lead.school if lead else "",
        split=split,
        lines=lines,
    )
