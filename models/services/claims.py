"""Cover claims: entering and changing them, and the moves from draft to payment (R-COVER-8 to 17).

Every move writes a line of the claim's trail. A move with many claims is taken with all of them or with none,
and a refusal names each claim that stands in the way. Paying and reversing are in `claim_payments`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year, year_bounds
from models.errors import BadInput, Refused
from models.formats import long_date, prose_pounds
from models.queries.claim_live import THIS
from models.queries.claim_moves import ClaimDesk
from models.queries.claim_scope import ClaimBook
from models.queries.cover import claim_fact, claims_on
from models.rules.cover import Recognition
from models.rules.cover_checks import duplicate_verdict
from models.rules.cover_facts import NEW, CoverFact, duplicates
from models.rules.cover_states import Move, edit_verdict, state_after_edit
from models.rules.verdict import refused
from models.services import records
from models.services.records import Values
from models.tables.base import draft_of
from models.words import ClaimState, EntryState

TYPED = (
    "code", "school_id", "person_id", "meeting_id", "purpose", "cover_on", "half_day", "method", "cost_p",
    "vat_p", "evidence_ref", "fund_id", "claimant_id", "claimed_on", "override_reason", "notes",
)  # fmt: skip
"""The fields that a person enters. The others are written by the moves."""
BESIDE = frozenset({"evidence_ref", "notes"})
"""What may be added to a claim without asking for it to be agreed again."""

UNDECIDED: Mapping[str, Any] = {"approver_id": None, "approved_on": None, "approved_p": None}


# -- entering and changing


def draft_claim(session: Session, values: Values, today: dt.date) -> int:
    """Enter a claim as a draft.

    Args:
        session: inside the transaction.
        values: fields of `TYPED`; a claim without a number gets the next one.
        today: the day of the first line of its trail.

    Returns:
        Its id.

    Raises:
        BadInput: a value does not fit, or somebody's half-day is claimed already (R-COVER-10).
    """
    _require_typed(values)
    _require_sound(session, values, NEW)
    claim_id = records.add(session, t.CoverClaim, {**values, "state": ClaimState.DRAFT})
    write_trail(session, claim_id, ClaimState.DRAFT, today, "Begun", values.get("claimant_id"))
    return claim_id


def edit_claim(
    session: Session, claim_id: int, values: Values, before: Values | None, today: dt.date
) -> ClaimState:
    """Change a claim: what was submitted or approved is a draft again and must be so again (R-COVER-13).

    Its evidence number and notes can be added without that.

    Args:
        session: inside the transaction.
        claim_id: the claim.
        values: the fields to store, of `TYPED`.
        before: the fields as the form found them; see `records.change`.
        today: the day of the line of its trail.

    Returns:
        The state in which it is left.

    Raises:
        BadInput: a value does not fit, or somebody's half-day is claimed already (R-COVER-10).
        Refused: it is paid or closed.
        Changed: it is not there any more, or was changed since.
    """
    _require_typed(values)
    now = records.kept(session, "cover_claim", claim_id).values
    state: ClaimState = now["state"]
    seen = {**now, **(before or {})}
    changed = {name for name, value in values.items() if seen[name] != value}
    after = state
    if changed - BESIDE:
        after = _state_after(session, claim_id)
        _require_sound(session, {**now, **{name: values[name] for name in changed}}, claim_id)
    records.change(session, t.CoverClaim, claim_id, values, before)
    if after is not state:
        records.change(session, t.CoverClaim, claim_id, {"state": after, **UNDECIDED})
        words = f"Changed after it was {state.label.lower()}, so it is a draft again"
        write_trail(session, claim_id, after, today, words, None)
    elif "evidence_ref" in changed and state is not ClaimState.DRAFT:
        found = str(values["evidence_ref"]).strip()
        write_trail(
            session, claim_id, state, today, f"Evidence: {found}" if found else "Evidence taken out", None
        )
    return after


def _state_after(session: Session, claim_id: int) -> ClaimState:
    """The state in which a change leaves a claim.

    Raises:
        Refused: it cannot be changed any more.
    """
    claim = ClaimDesk(session, [claim_id]).facts[claim_id]
    blocked, after = edit_verdict(claim), state_after_edit(claim.state)
    if blocked is not None or after is None:
        raise Refused(blocked.text if blocked else f"{claim.code} cannot be changed.")
    return after


def _require_typed(values: Values) -> None:
    """The moves' own fields are never typed: a form that sends one is wrong."""
    if not values.keys() <= set(TYPED):
        raise ValueError(f"these fields are written by the moves: {sorted(values.keys() - set(TYPED))}")


def _require_sound(session: Session, values: Values, claim_id: int) -> None:
    """What no draft may be: a negative amount, or the same person's half-day again (R-COVER-10, 13).

    Raises:
        BadInput: it is one of these, or a value does not fit.
    """
    for name in ("cost_p", "vat_p"):
        if (values.get(name) or 0) < 0:
            raise BadInput(
                "An amount is negative only on a line that reverses a paid claim: enter what it cost.", name
            )
    draft = draft_of(t.CoverClaim).checked(**{"code": THIS, **values})
    typed = t.CoverClaim(**draft.model_dump(), id=NEW)
    year = school_year(typed.cover_on)
    book = ClaimBook(session, [year], typed)
    claim = claim_fact(book, typed, typed)
    others = [one for one in claims_on(book, year_bounds(year)[1]) if one.id != claim_id]
    earlier = duplicates([*others, claim]).get(NEW)
    same = earlier is not None and earlier.half_day is claim.half_day and earlier.state is not ClaimState.PAID
    verdict = duplicate_verdict(claim, earlier)
    if verdict is not None and (same or not claim.override_reason.strip()):
        raise BadInput(verdict.text, "person_id")


def note_evidence(session: Session, claim_id: int, evidence_ref: str, today: dt.date) -> None:
    """Write down an invoice or timesheet number that was found, in whatever state the claim is (R-COVER-15).

    Raises:
        BadInput: nothing was typed, or too much.
        Changed: the claim is not there any more.
    """
    if not evidence_ref.strip():
        raise BadInput("Enter the number of the invoice or timesheet.", "evidence_ref")
    edit_claim(session, claim_id, {"evidence_ref": evidence_ref}, None, today)


def remove_claim(session: Session, claim_id: int) -> None:
    """Delete a claim with its trail and its files; it can be brought back from the Bin.

    Raises:
        Refused: it is paid, or an entry of a fund or a reversal rests on it.
        Changed: it is not there any more.
    """
    now = records.kept(session, "cover_claim", claim_id).values
    if now["state"] is ClaimState.PAID:
        raise Refused(f"{now['code']} is paid, so it stays in the book: reverse it with a new line instead.")
    records.remove(session, t.CoverClaim, claim_id)


# -- moves


def submit(
    session: Session, claim_ids: Collection[int], on: dt.date, today: dt.date, why_allowed: str = ""
) -> None:
    """Send claims in for approval, or send them in again.

    Args:
        session: inside the transaction.
        claim_ids: the claims.
        on: the day; a claim that says when it was claimed keeps that day.
        today: today.
        why_allowed: recorded with each claim that a rule would else refuse.

    Raises:
        Refused: a rule says no to some of them (R-COVER-8 to 10); the sentences name each.
        Changed: one of them is not there any more.
    """
    desk = _moved(session, {key: Move(ClaimState.SUBMITTED, on) for key in claim_ids}, today, why_allowed)
    for claim in _in_turn(desk, claim_ids):
        claimed_on, claimant = claim.claimed_on or on, claim.claimant_id or claim.person_id
        sent = {"claimed_on": claimed_on, "claimant_id": claimant, "reason": ""}
        again = "again: " if claim.state is ClaimState.RETURNED else "in: "
        evidence = f", {claim.evidence_ref}" if claim.evidence_ref.strip() else ""
        words = f"Sent {again}{prose_pounds(claim.cost_p + claim.vat_p)}{evidence}"
        _store(session, claim, ClaimState.SUBMITTED, on, words, claimant, sent)


def approve(
    session: Session, approvers: Mapping[int, int], on: dt.date, today: dt.date, why_allowed: str = ""
) -> None:
    """Agree to claims: what is recognised of each is worked out with all claims there are, and frozen.

    Args:
        session: inside the transaction.
        approvers: by claim, the person who approves it: not the one who claims it (R-COVER-14).
        on: the day of approval.
        today: today.
        why_allowed: recorded with each claim that a rule would else refuse.

    Raises:
        Refused: a rule says no to some of them; the sentences name each.
        Changed: one of them is not there any more.
    """
    steps = {key: Move(ClaimState.APPROVED, on, by) for key, by in approvers.items()}
    desk = _moved(session, steps, today, why_allowed)
    splits = desk.splits()
    for claim in _in_turn(desk, approvers):
        split, by = splits[claim.id], approvers[claim.id]
        agreed = {"approver_id": by, "approved_on": on, "approved_p": split.recognised_p}
        _store(session, claim, ClaimState.APPROVED, on, _agreed_words(split), by, agreed)


def send_back(
    session: Session, claim_id: int, reason: str, on: dt.date, today: dt.date, by_id: int | None = None
) -> None:
    """Return a claim to its school, to be put right. The reason is compulsory (R-COVER-13)."""
    _close(session, claim_id, Move(ClaimState.RETURNED, on, by_id, reason), today)


def reject(
    session: Session, claim_id: int, reason: str, on: dt.date, today: dt.date, by_id: int | None = None
) -> None:
    """Say no to a claim: no total knows of it. The reason is compulsory (R-COVER-13)."""
    _close(session, claim_id, Move(ClaimState.REJECTED, on, by_id, reason), today)


def withdraw(
    session: Session, claim_id: int, reason: str, on: dt.date, today: dt.date, by_id: int | None = None
) -> None:
    """Take a claim out before it is paid; a payment that was only planned goes with it."""
    _close(session, claim_id, Move(ClaimState.WITHDRAWN, on, by_id, reason), today)
    for entry_id in _planned_entries(session, claim_id):
        records.remove(session, t.FundEntry, entry_id)


# -- inside


def _close(session: Session, claim_id: int, step: Move, today: dt.date) -> None:
    desk = _moved(session, {claim_id: step}, today)
    words = step.reason.strip() or "Withdrawn"
    _store(
        session,
        desk.facts[claim_id],
        step.to,
        step.on,
        words,
        step.by_id,
        {"reason": step.reason, **UNDECIDED},
    )


def _moved(session: Session, steps: Mapping[int, Move], today: dt.date, why_allowed: str = "") -> ClaimDesk:
    """The claims of a step that every rule lets pass, those allowed by `why_allowed` marked so.

    Raises:
        Refused: a rule says no.
    """
    late = next((step.on for step in steps.values() if step.on > today), None)
    if late is not None:
        raise BadInput(f"{long_date(late)} is still to come: enter today or an earlier day.", "on")
    desk = ClaimDesk(session, steps.keys())
    require_allowed(desk, steps, today, why_allowed)
    return desk


def require_allowed(
    desk: ClaimDesk, steps: Mapping[int, Move], today: dt.date, why_allowed: str = ""
) -> None:
    """Hold steps to the rules; where a reason is given it is recorded on the desk's claims.

    Raises:
        Refused: a rule says no in spite of it, or there is no reason.
    """
    found = desk.verdicts(steps, today)
    blocked = [key for key in steps if refused(found[key])]
    if blocked and why_allowed.strip():
        desk.allow(blocked, why_allowed)
        found = desk.verdicts(steps, today)
    sentences = [verdict.text for key in steps for verdict in refused(found[key])]
    if sentences:
        raise Refused(" ".join(sentences))


def _in_turn(desk: ClaimDesk, claim_ids: Iterable[int]) -> list[CoverFact]:
    return [desk.facts[key] for key in sorted(claim_ids)]


def _store(
    session: Session,
    claim: CoverFact,
    state: ClaimState,
    on: dt.date,
    words: str,
    by_id: int | None,
    values: Mapping[str, Any],
) -> None:
    moved = {"state": state, "override_reason": claim.override_reason, **values}
    records.change(session, t.CoverClaim, claim.id, moved)
    write_trail(session, claim.id, state, on, words, by_id)


def write_trail(
    session: Session, claim_id: int, state: ClaimState, on: dt.date, words: str, by_id: int | None
) -> None:
    """A line of a claim's trail: the state it is in now, the day, what happened, and by whom."""
    event = {"claim_id": claim_id, "on": on, "state": state, "person_id": by_id, "words": words}
    records.add(session, t.ClaimEvent, event)


def _agreed_words(split: Recognition) -> str:
    """`Agreed, all of £98`, `Recognised £100`."""
    amount = prose_pounds(split.recognised_p)
    return f"Agreed, all of {amount}" if split.school_share_p == 0 else f"Recognised {amount}"


def _planned_entries(session: Session, claim_id: int) -> list[int]:
    entry = t.metadata.tables["fund_entry"]
    planned = entry.c.state == EntryState.PLANNED
    return list(session.connection().scalars(select(entry.c.id).where(entry.c.claim_id == claim_id, planned)))
