"""Paying cover claims, and taking a payment back (R-COVER-6, 13, 15; R-FUND-2).

What is met from a school's own allowance moves no money of the cluster. What the lead school pays is an entry
of one fund, written in the same step, so that claim and fund never tell different stories.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlmodel import Session

from models import tables as t
from models.errors import BadInput, Refused
from models.queries.claim_moves import ClaimDesk
from models.queries.claim_payments import ClaimPayment, claim_payments, entries_of, payment_verdicts
from models.rules.cover import Recognition
from models.rules.cover_states import Move, reversal_verdict
from models.rules.verdict import refused
from models.services import records
from models.services.claims import TYPED, draft_claim, require_allowed, write_trail
from models.services.fund import take_back
from models.words import ClaimState, EntryState, FundKind, PaidFrom

TRAIL_MOST = 500
COPIED = (
    "school_id", "person_id", "meeting_id", "purpose", "cover_on", "half_day", "method", "evidence_ref",
    "fund_id", "claimant_id", "claimed_on", "approver_id", "approved_on",
)  # fmt: skip
"""What a reversal has of the claim that it takes back."""


def pay(
    session: Session,
    claim_ids: Collection[int],
    paid_on: dt.date,
    paid_ref: str,
    today: dt.date,
    *,
    decision_id: int | None = None,
    why_allowed: str = "",
) -> None:
    """Mark claims as paid, all with one reference, and write what the lead school paid into its fund.

    Args:
        session: inside the transaction.
        claim_ids: the claims.
        paid_on: the day of payment.
        paid_ref: the payment's reference.
        today: today.
        decision_id: the meeting's decision behind pot money (R-POT-2), where a planned entry names none.
        why_allowed: recorded with each claim, and each entry, that a rule would else refuse.

    Raises:
        BadInput: day or reference is missing or does not fit.
        Refused: a rule says no to some of them; the sentences name each.
        Changed: one of them is not there any more.
    """
    if not paid_ref.strip():
        raise BadInput("Enter the payment reference.", "paid_ref")
    if paid_on > today:
        raise BadInput(
            "Mark claims as paid when the money has gone: enter today or an earlier day.", "paid_on"
        )
    desk = ClaimDesk(session, claim_ids)
    step = Move(ClaimState.PAID, today, paid_on=paid_on, paid_ref=paid_ref)
    require_allowed(desk, dict.fromkeys(sorted(claim_ids), step), today, why_allowed)
    splits = desk.splits()
    payments = {one.claim.id: one for one in claim_payments(desk, sorted(claim_ids), paid_on, decision_id)}
    stopped = refused(verdict for _, verdict in payment_verdicts(desk.book, payments.values()))
    if stopped and not why_allowed.strip():
        raise Refused(" ".join(verdict.text for verdict in stopped))
    entry_reason = why_allowed if stopped else ""
    for key in sorted(claim_ids):
        claim, payment = desk.facts[key], payments.get(key)
        paid = {"state": ClaimState.PAID, "paid_on": paid_on, "paid_ref": paid_ref}
        kept = {"override_reason": claim.override_reason, "approved_p": splits[key].recognised_p}
        records.change(session, t.CoverClaim, key, {**paid, **kept})
        if payment is not None:
            _write_entry(session, payment, paid_ref, decision_id, entry_reason)
        words = _paid_words(splits[key], payment, paid_ref.strip())
        write_trail(session, key, ClaimState.PAID, paid_on, words, None)


def _write_entry(
    session: Session, payment: ClaimPayment, paid_ref: str, decision_id: int | None, reason: str
) -> None:
    entry = payment.entry
    values: dict[str, Any] = {
        "on": entry.on,
        "state": EntryState.PAID,
        "amount_p": entry.amount_p,
        "paid_ref": paid_ref,
    }
    if reason:
        values["override_reason"] = reason
    if payment.planned:
        known = records.kept(session, "fund_entry", entry.id).values
        values["decision_id"] = known["decision_id"] or decision_id
        records.change(session, t.FundEntry, entry.id, values)
        return
    new = {
        "code": entry.code,
        "fund_id": entry.fund_id,
        "direction": entry.direction,
        "heading": entry.heading,
        "description": entry.description,
        "payee": payment.claim.school_name,
        "school_id": payment.claim.school_id,
        "claim_id": payment.claim.id,
        "decision_id": decision_id,
    }
    records.add(session, t.FundEntry, {**values, **new})


def _paid_words(split: Recognition, payment: ClaimPayment | None, paid_ref: str) -> str:
    """`Met from the school's own allowance, OJ-25-014`, `Paid from the pot, HP-BACS-0052`."""
    if split.recognised_p == 0:
        return f"Nothing to pay, {paid_ref}"
    if split.lead_pays_p == 0:
        return f"Met from the school’s own allowance, {paid_ref}"
    if payment is None:
        return f"Paid, {paid_ref}: the fund has it already"
    pot = payment.entry.fund_kind is FundKind.POT
    source = "the pot" if pot else payment.entry.fund_name
    repaid = split.paid_from is PaidFrom.SCHOOL_ALLOWANCE
    return f"{'Repaid' if repaid else 'Paid'} from {source}, {paid_ref}"


# -- taking back


def reverse(session: Session, claim_id: int, reason: str, on: dt.date, paid_ref: str, today: dt.date) -> int:
    """Take a paid claim back by a new line that refers to it, pound for pound (R-COVER-13).

    An entry that paid it is taken back in its fund too.

    Args:
        session: inside the transaction.
        claim_id: the paid claim.
        reason: why, for the trail of both.
        on: the day on which the money came back, or the claim was put right.
        paid_ref: a reference of the money that came back.
        today: today.

    Returns:
        The id of the new line.

    Raises:
        BadInput: day, reason or reference is missing or does not fit.
        Refused: it is not paid, a reversal itself, or reversed already.
        Changed: it is not there any more.
    """
    if not reason.strip():
        raise BadInput("Write why it is taken back.", "reason")
    if not paid_ref.strip():
        raise BadInput("Enter a reference.", "paid_ref")
    if on > today:
        raise BadInput("This day is still to come: enter today or an earlier day.", "on")
    desk = ClaimDesk(session, [claim_id])
    claim = desk.facts[claim_id]
    blocked = reversal_verdict(claim, desk.facts.values())
    if blocked is not None:
        raise Refused(blocked.text)
    split = desk.splits()[claim_id]
    now = records.kept(session, "cover_claim", claim_id).values
    new_id = records.add(
        session,
        t.CoverClaim,
        {
            **{name: now[name] for name in COPIED},
            "cost_p": -now["cost_p"],
            "vat_p": -now["vat_p"],
            "approved_p": -split.recognised_p,
            "state": ClaimState.PAID,
            "paid_on": on,
            "paid_ref": paid_ref,
            "reverses_id": claim_id,
        },
    )
    code = records.kept(session, "cover_claim", new_id).values["code"]
    words = reason.strip()
    write_trail(session, new_id, ClaimState.PAID, on, _within(f"Takes {claim.code} back: {words}"), None)
    write_trail(session, claim_id, ClaimState.PAID, on, _within(f"Taken back by {code}: {words}"), None)
    for entry in entries_of(desk.book, claim_id):
        if entry.state is EntryState.PAID:
            back_id = take_back(session, entry.id, on, words)
            records.change(session, t.FundEntry, back_id, {"paid_ref": paid_ref})
    return new_id


def _within(words: str) -> str:
    """Words that a line of the trail can hold; the reason stands in full nowhere else, so it is not cut."""
    if len(words) > TRAIL_MOST:
        raise BadInput(f"Write the reason in fewer words: {TRAIL_MOST} letters at most.", "reason")
    return words


def enter_again(session: Session, claim_id: int, today: dt.date) -> int:
    """A draft like a claim that was taken back, rejected or withdrawn, to be put right and sent in.

    Raises:
        BadInput: the half-day is claimed by another line already (R-COVER-10).
        Changed: the claim is not there any more.
    """
    now = records.kept(session, "cover_claim", claim_id).values
    left_out = {"code", "claimed_on", "override_reason"}
    return draft_claim(session, {name: now[name] for name in TYPED if name not in left_out}, today)
