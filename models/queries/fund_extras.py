"""What stands beside the funds: who pays what of CPD fees, and money from elsewhere (R-CPD, R-FUND)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import year_bounds
from models.queries.account import other_funding
from models.queries.book import Book
from models.queries.cpd import cpd_splits
from models.queries.cpd_preview import split_words
from models.queries.match import match_of
from models.rules.cpd import CpdSplit, cpd_verdicts
from models.rules.funding import (
    NO_EFFECT,
    OtherFundingFact,
    declaration,
    funding_verdicts,
)
from models.words import Direction, EntryState, FundKind, Happened, Heading, OtherFundingState


class CpdFeeRow(Struct, frozen=True):
    """A CPD session's fee and who pays what of it. Amounts are pence.

    Attributes:
        words: the split in one sentence.
        entered_p: what entries of the pot, planned and paid, carry for it already.
        paid_p: what of that is paid.
        says: what the rules say, a sentence each.
    """

    id: int
    code: str
    title: str
    held_on: dt.date
    status: Happened
    provider: str
    fee_p: int
    vat_p: int
    split: CpdSplit
    words: str
    entered_p: int
    paid_p: int
    entries: tuple[str, ...]
    says: tuple[str, ...]

    @property
    def to_enter_p(self) -> int:
        """What of the pot's part no entry carries yet; never negative."""
        return max(0, self.split.pot_p - self.entered_p)


def cpd_fees(session: Session, year: int) -> tuple[CpdFeeRow, ...]:
    """The CPD sessions of a school year that were not cancelled, the newest first."""
    book = Book(session)
    first, last = year_bounds(year)
    carried: dict[int, list[t.FundEntry]] = defaultdict(list)
    pots = {row.id for row in book.rows(t.Fund) if row.kind is FundKind.POT}
    for entry in book.rows(t.FundEntry):
        if entry.cpd_session_id is not None and entry.fund_id in pots and entry.direction is Direction.OUT:
            carried[entry.cpd_session_id].append(entry)

    def row(one: t.CpdSession) -> CpdFeeRow:
        fact, split = cpd_splits(book)[one.id or 0]
        entries = carried.get(one.id or 0, [])
        verdicts = cpd_verdicts(fact, split, book.scheme(one.held_on))
        return CpdFeeRow(
            id=one.id or 0,
            code=one.code,
            title=one.title,
            held_on=one.held_on,
            status=one.status,
            provider=one.provider,
            fee_p=split.fee_p,
            vat_p=split.vat_p,
            split=split,
            words=split_words(split),
            entered_p=sum(_counted(entry) for entry in entries),
            paid_p=sum(_counted(entry) for entry in entries if entry.state is EntryState.PAID),
            entries=tuple(entry.code for entry in entries),
            says=tuple(verdict.text for verdict in verdicts),
        )

    rows = [
        row(one)
        for one in book.rows(t.CpdSession)
        if first <= one.held_on <= last and one.status is not Happened.CANCELLED
    ]
    return tuple(sorted(rows, key=lambda one: (one.held_on, one.code), reverse=True))


def _counted(entry: t.FundEntry) -> int:
    return -entry.amount_p if entry.reverses_id is not None else entry.amount_p


def cpd_entry(session: Session, cpd_session_id: int) -> dict[str, object]:
    """What an entry for the pot's part of a session's fee begins with; {} where there is no pot."""
    book = Book(session)
    pot = next((row for row in book.rows(t.Fund) if row.kind is FundKind.POT), None)
    one = next((row for row in book.rows(t.CpdSession) if row.id == cpd_session_id), None)
    if pot is None or one is None:
        return {}
    _, split = cpd_splits(book)[cpd_session_id]
    return {
        "fund_id": pot.id,
        "on": one.held_on,
        "direction": Direction.OUT,
        "heading": Heading.CPD,
        "description": one.title,
        "amount_p": split.pot_p,
        "vat_p": split.pot_vat_p,
        "payee": one.provider,
        "cpd_session_id": cpd_session_id,
        "state": EntryState.PLANNED,
    }


class OtherFundingRow(Struct, frozen=True):
    """Money from elsewhere, applied for or received.

    Attributes:
        fund: the fund of its own that it has; "" for none.
        left_p: what is in that fund as of today, in pence; None without one.
        words: how the pack declares it.
        says: what is still to enter or to tell, a sentence each.
    """

    id: int
    name: str
    funder: str
    state: OtherFundingState
    applied_on: dt.date | None
    awarded_on: dt.date | None
    amount_p: int | None
    told_on: dt.date | None
    notes: str
    fund: str
    words: str
    says: tuple[str, ...]


def match_words(session: Session, year: int, clock: Callable[[], dt.date] = dt.date.today) -> str:
    """What schools and sponsor put in over a school year, in words (R-FUND-3)."""
    book = Book(session)
    return match_of(book, year, min(book.today(clock), year_bounds(year)[1])).words


def other_funding_rows(session: Session) -> tuple[OtherFundingRow, ...]:
    """The register of other funding, by name."""
    book = Book(session)
    funds = {row.other_funding_id: row.name for row in book.rows(t.Fund)}
    rows = {row.id: row for row in book.rows(t.OtherFunding)}
    says: dict[int, list[str]] = defaultdict(list)
    facts = other_funding(book)
    for verdict in funding_verdicts(facts):
        says[verdict.about.id].append(verdict.text.removesuffix(f" {NO_EFFECT}"))

    def line(fact: OtherFundingFact) -> OtherFundingRow:
        row = rows[fact.id]
        return OtherFundingRow(
            id=fact.id,
            name=fact.name,
            funder=row.funder,
            state=fact.state,
            applied_on=fact.applied_on,
            awarded_on=fact.awarded_on,
            amount_p=fact.amount_p,
            told_on=fact.told_advisor_on,
            notes=row.notes,
            fund=funds.get(fact.id, ""),
            words=declaration(fact),
            says=tuple(says[fact.id]),
        )

    return tuple(line(fact) for fact in facts)
