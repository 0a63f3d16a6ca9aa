"""How a claim goes from state to state, and what each step needs (R-COVER-13 to 15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from models.formats import long_date
from models.rules.cover_checks import needs_evidence, own_approval
from models.rules.cover_facts import CoverFact, reversed_ids
from models.rules.scheme import Scheme
from models.rules.verdict import Verdict, refuse, unless_allowed, warn
from models.words import ClaimState

_NEXT: dict[ClaimState, tuple[ClaimState, ...]] = {
    ClaimState.DRAFT: (ClaimState.SUBMITTED, ClaimState.WITHDRAWN),
    ClaimState.SUBMITTED: (
        ClaimState.APPROVED, ClaimState.RETURNED, ClaimState.REJECTED, ClaimState.WITHDRAWN,
    ),
    ClaimState.RETURNED: (ClaimState.SUBMITTED, ClaimState.WITHDRAWN),
    ClaimState.APPROVED: (ClaimState.PAID, ClaimState.RETURNED, ClaimState.WITHDRAWN),
    ClaimState.PAID: (),
    ClaimState.REJECTED: (),
    ClaimState.WITHDRAWN: (),
}  # fmt: skip
_WAITING = {
    ClaimState.DRAFT: "waiting to be submitted",
    ClaimState.SUBMITTED: "waiting for approval",
    ClaimState.RETURNED: "waiting for the school to correct it",
    ClaimState.APPROVED: "waiting for payment",
    ClaimState.PAID: "done",
    ClaimState.REJECTED: "closed",
    ClaimState.WITHDRAWN: "closed",
}
_AFTER_EDIT = {
    ClaimState.DRAFT: ClaimState.DRAFT,
    ClaimState.RETURNED: ClaimState.RETURNED,
    ClaimState.SUBMITTED: ClaimState.DRAFT,
    ClaimState.APPROVED: ClaimState.DRAFT,
}
NEEDS_REASON = frozenset({ClaimState.RETURNED, ClaimState.REJECTED})


class Move(Struct, frozen=True):
    """A step somebody wants to take with a claim.

    Attributes:
        to: the state to go to.
        on: the day of the step.
        by_id: the person who takes it; the approver where it is an approval.
        reason: why; needed to return or reject (R-COVER-13).
        paid_on: date of payment; needed for paid.
        paid_ref: payment reference; needed for paid.
    """

    to: ClaimState
    on: dt.date
    by_id: int | None = None
    reason: str = ""
    paid_on: dt.date | None = None
    paid_ref: str = ""


def next_states(state: ClaimState) -> tuple[ClaimState, ...]:
    """The states a claim may go to, in the order of their buttons. Paid, rejected and withdrawn are final."""
    return _NEXT[state]


def waiting_for(state: ClaimState) -> str:
    """What a claim waits for, in words."""
    return _WAITING[state]


def state_after_edit(state: ClaimState) -> ClaimState | None:
    """The state in which an edit leaves a claim: what was submitted or agreed must be so again.

    None: a claim in this state cannot be edited.
    """
    return _AFTER_EDIT.get(state)


def edit_verdict(claim: CoverFact) -> Verdict | None:
    """Refuses to edit a claim that is paid or closed, and says what to do instead (R-COVER-13)."""
    if state_after_edit(claim.state) is not None:
        return None
    remedy = "reverse it with a new line" if claim.state is ClaimState.PAID else "enter a new claim"
    return refuse(
        "R-COVER-13",
        f"{claim.code} of {claim.school_name} is {claim.state.label.lower()} and cannot be changed: "
        f"{remedy}.",
        claim.about,
    )


def move(claim: CoverFact, step: Move, scheme: Scheme, today: dt.date) -> list[Verdict]:
    """What stands against a step; it may be taken if nothing refuses (`models.rules.verdict.refused`).

    What is needed to keep the record whole (reasons, approver, date and reference of payment) is refused
    even where the claim was allowed against a rule. This looks at the step only: whoever submits or
    approves also asks `cover_checks.claim_verdicts`.
    """
    if step.to not in next_states(claim.state):
        return [_no_way(claim, step.to)]
    found: list[Verdict | None] = []
    if step.to in {ClaimState.SUBMITTED, ClaimState.APPROVED} and claim.lacks_cost:
        what = "enter what the cover cost, or choose how the teacher was released without a cost"
        found.append(_needs(claim, what))
    if step.to in NEEDS_REASON and not step.reason.strip():
        verb = "return" if step.to is ClaimState.RETURNED else "reject"
        found.append(_needs(claim, f"write a reason to {verb} it, so that the school knows what to do"))
    if step.to is ClaimState.APPROVED:
        if step.by_id is None:
            found.append(_needs(claim, "say who approves it"))
        found.append(_allowed(claim, own_approval(claim, step.by_id, scheme)))
    if step.to is ClaimState.PAID:
        found += _payment(claim, step, today)
    return [verdict for verdict in found if verdict is not None]


def order_verdict(claim: CoverFact, step: Move) -> Verdict | None:
    """Says that a step is dated before the one that comes before it: paid before approved (R-COVER-13)."""
    if step.to is ClaimState.PAID:
        day, before, word = step.paid_on, claim.approved_on, "approved"
    elif step.to is ClaimState.APPROVED:
        day, before, word = step.on, claim.claimed_on, "claimed"
    else:
        return None
    if day is None or before is None or day >= before:
        return None
    text = f"{long_date(day)} is before {claim.code} was {word} on {long_date(before)}: check the day."
    return warn("R-COVER-13", text, claim.about)


def _allowed(claim: CoverFact, verdict: Verdict | None) -> Verdict | None:
    return None if verdict is None else unless_allowed(verdict, claim.override_reason)


def _needs(claim: CoverFact, what: str) -> Verdict:
    return refuse("R-COVER-13", f"{claim.code} of {claim.school_name}: {what}.", claim.about)


def _no_way(claim: CoverFact, to: ClaimState) -> Verdict:
    blocked = edit_verdict(claim)
    if blocked is not None:
        return blocked
    steps = " or ".join(state.label.lower() for state in next_states(claim.state))
    what = f"it is {claim.state.label.lower()} and cannot become {to.label.lower()}; next comes {steps}"
    return _needs(claim, what)


def _payment(claim: CoverFact, step: Move, today: dt.date) -> list[Verdict | None]:
    found: list[Verdict | None] = []
    if step.paid_on is None:
        found.append(_needs(claim, "enter the date of payment"))
    elif step.paid_on > today:
        words = f"{long_date(step.paid_on)} is still to come: mark it paid when the money has gone"
        found.append(_needs(claim, words))
    if not step.paid_ref.strip():
        found.append(_needs(claim, "enter the payment reference"))
    if needs_evidence(claim):
        text = (
            f"{claim.code} of {claim.school_name} has no invoice or timesheet number: "
            "enter it before the claim is marked as paid."
        )
        found.append(_allowed(claim, refuse("R-COVER-15", text, claim.about)))
    return found


def reversal_verdict(claim: CoverFact, claims: Iterable[CoverFact]) -> Verdict | None:
    """Refuses to reverse what is not paid, is a reversal itself, or is reversed already (R-COVER-13)."""
    if claim.reverses_id is not None:
        return _needs(claim, "it is a reversal already; enter a new claim instead")
    if claim.state is not ClaimState.PAID:
        return _needs(claim, f"only a paid claim is reversed; this one is {claim.state.label.lower()}")
    if claim.id in reversed_ids(claims):
        return _needs(claim, "it has been reversed already")
    return None
