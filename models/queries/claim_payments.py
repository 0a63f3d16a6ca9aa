"""What paying a claim does to the funds: the entry that each payment is, and what the money rules say.

A claim on a school's own allowance costs the lead school nothing, so it has no entry (R-COVER-6). A claim
that the lead school pays belongs to one fund, once (R-FUND-2): a planned entry becomes the payment, a paid
one is left alone, and only where there is none a new one is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.errors import Refused
from models.queries.account import approval_facts, entry_facts
from models.queries.book import Book
from models.queries.claim_moves import ClaimDesk, Finding
from models.queries.meetings import meeting_facts
from models.rules.agreement import may_spend
from models.rules.approvals import gate_verdicts
from models.rules.cover import Recognition
from models.rules.cover_facts import CoverFact
from models.rules.cover_states import Move
from models.rules.fund import EntryFact, counted_twice, early_entries, overdrafts
from models.rules.verdict import Severity, Verdict
from models.services.codes import next_codes
from models.values import replace
from models.words import ClaimState, Direction, EntryState, FundKind, Heading

PAYING = frozenset({FundKind.POT, FundKind.OTHER})
"""The kinds of fund that release is paid from; the lead's own are for the lead's time (R-LEAD-3)."""
NO_POT = (
    "{code} of {school} is paid from the cluster pot, and there is no pot in this book: "
    "add it on the Fund page."
)


class ClaimPayment(Struct, frozen=True):
    """The fund entry of one claim.

    Attributes:
        entry: the entry as it will stand; a new one has a negative number for the time being.
        planned: it stands in the book as planned and becomes paid.
    """

    claim: CoverFact
    entry: EntryFact
    planned: bool


def entries_of(book: Book, claim_id: int) -> list[EntryFact]:
    """The entries that pay a claim and stand."""
    every = [one for facts in entry_facts(book).values() for one in facts]
    gone = {one.reverses_id for one in every}
    return [one for one in every if one.claim_id == claim_id and one.stands and one.id not in gone]


def claim_payments(
    desk: ClaimDesk, claim_ids: Iterable[int], on: dt.date, decision_id: int | None = None
) -> list[ClaimPayment]:
    """The entries that paying these claims writes or completes.

    Args:
        desk: the claims.
        claim_ids: those to pay.
        on: the day of payment.
        decision_id: the meeting's decision behind them (R-POT-2), where a planned entry names none.

    Raises:
        Refused: a claim is paid from the pot, and the book has none.
    """
    splits = desk.splits()
    paying = [(desk.facts[key], splits[key]) for key in claim_ids if splits[key].lead_pays_p > 0]
    if not paying:
        return []
    codes = next_codes(desk.book.session, t.FundEntry)
    found: list[ClaimPayment] = []
    for claim, split in paying:
        standing = entries_of(desk.book, claim.id)
        if any(one.state is EntryState.PAID for one in standing):
            continue
        if standing:
            entry = _made_paid(standing[0], split, on, decided=decision_id is not None)
        else:
            entry = _new_entry(desk, claim, split, on, next(codes), decided=decision_id is not None)
        found.append(ClaimPayment(claim, entry, planned=bool(standing)))
    return found


def _made_paid(entry: EntryFact, split: Recognition, on: dt.date, *, decided: bool) -> EntryFact:
    return replace(
        entry,
        on=on,
        state=EntryState.PAID,
        amount_p=split.lead_pays_p,
        decided=entry.decided or decided,
    )


def _new_entry(
    desk: ClaimDesk, claim: CoverFact, split: Recognition, on: dt.date, code: str, *, decided: bool
) -> EntryFact:
    fund = fund_of(desk.book, claim)
    meeting = meeting_facts(desk.book).get(claim.meeting_id or 0)
    what = meeting.title if meeting and meeting.title else claim.purpose.label
    return EntryFact(
        id=-claim.id,
        code=code,
        fund_id=fund.id or 0,
        on=on,
        direction=Direction.OUT,
        heading=Heading.PROJECT_RELEASE,
        amount_p=split.lead_pays_p,
        fund_kind=fund.kind,
        fund_name=fund.name,
        description=f"Release for {what}, {claim.code}",
        school_name=claim.school_name,
        decided=decided,
        claim_id=claim.id,
    )


def fund_of(book: Book, claim: CoverFact) -> t.Fund:
    """The fund that a claim is paid from: the one it names, else the pot (R-COVER-6).

    Raises:
        Refused: there is no pot.
    """
    named = {row.id: row.fund_id for row in book.rows(t.CoverClaim)}.get(claim.id)
    funds = book.rows(t.Fund)
    own = next((row for row in funds if row.id == named and row.kind in PAYING), None)
    pot = own or next((row for row in funds if row.kind is FundKind.POT), None)
    if pot is None:
        raise Refused(NO_POT.format(code=claim.code, school=claim.school_name))
    return pot


def payment_verdicts(book: Book, payments: Collection[ClaimPayment]) -> list[tuple[int, Verdict]]:
    """What the money rules say of the payments, with each claim's id (R-POT-2, 5, R-FUND-2, R-AGR-2)."""
    claims = {one.entry.about: one.claim.id for one in payments}
    instead = {one.entry.id: one.entry for one in payments}
    every = [instead.pop(one.id, one) for facts in entry_facts(book).values() for one in facts]
    every += instead.values()
    found = gate_verdicts(every, approval_facts(book), book.scheme) + counted_twice(every)
    found += _of_funds(book, every, {one.entry.fund_id for one in payments})
    said = [(claims[verdict.about], verdict) for verdict in found if verdict.about in claims]
    return [*said, *_after_the_end(book, payments)]


def _of_funds(book: Book, every: list[EntryFact], fund_ids: Collection[int]) -> list[Verdict]:
    found: list[Verdict] = []
    for fund in book.rows(t.Fund):
        if fund.id in fund_ids:
            entries = [one for one in every if one.fund_id == fund.id]
            found += early_entries(fund.name, fund.opened_on, entries)
            if fund.kind is FundKind.POT:
                found += overdrafts(fund.opened_on, fund.opening_p, entries, book.scheme)
    return found


def _after_the_end(book: Book, payments: Iterable[ClaimPayment]) -> Iterator[tuple[int, Verdict]]:
    for one in payments:
        on = one.entry.on
        agreement = book.agreement(on) or (book.agreements[-1] if book.agreements else None)
        verdict = None if agreement is None else may_spend(agreement, on, book.scheme(on))
        if verdict is not None:
            yield one.claim.id, verdict


def pay_findings(
    session: Session,
    claim_ids: Collection[int],
    paid_on: dt.date,
    today: dt.date,
    decision_id: int | None = None,
) -> tuple[Finding, ...]:
    """What stands against paying claims, the money rules with it; for the window to say before it is done.

    Raises:
        Changed: a claim is not there any more.
    """
    desk = ClaimDesk(session, claim_ids)
    step = Move(ClaimState.PAID, today, paid_on=paid_on, paid_ref="to be typed")
    found = {one.claim_id: one for one in desk.findings(dict.fromkeys(claim_ids, step), today)}
    ready = [key for key, one in found.items() if not one.refusals or one.can_allow]
    try:
        payments = claim_payments(desk, ready, paid_on, decision_id)
    except Refused as no_pot:
        return tuple(
            replace(one, refusals=(*one.refusals, str(no_pot)), can_allow=False)
            if desk.splits()[one.claim_id].lead_pays_p > 0
            else one
            for one in found.values()
        )
    for key, verdict in payment_verdicts(desk.book, payments):
        one = found[key]
        if verdict.severity is Severity.REFUSE:
            can = one.can_allow or not one.refusals
            found[key] = replace(one, refusals=(*one.refusals, verdict.text), can_allow=can)
        elif verdict.severity is Severity.WARN:
            found[key] = replace(one, warnings=(*one.warnings, verdict.text))
    return tuple(found.values())
