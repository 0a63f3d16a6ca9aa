"""What needs a decision or an answer before it is paid (R-POT-2, R-LEAD-4, R-TRAV-1). Amounts in pence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from msgspec import Struct

from models.formats import long_date, prose_pounds
from models.rules.fund import EntryFact
from models.rules.scheme import Response, Scheme, SchemeFor
from models.rules.verdict import About, Verdict, answered, unless_allowed
from models.words import ApprovalKind, ApprovalState, EntryState, FundKind, Heading


class ApprovalFact(Struct, frozen=True):
    """A question to the Advisor (or the Steering Group's chair, D17) and the answer.

    Attributes:
        amount_p: what may be spent in all; None: no amount was named.
        decided_on: day of the answer; None while it is awaited.
    """

    id: int
    code: str
    kind: ApprovalKind
    state: ApprovalState
    asked_on: dt.date
    decided_on: dt.date | None = None
    amount_p: int | None = None

    @property
    def about(self) -> About:
        """The record, for verdicts."""
        return About("approval", self.id)


class _Gate(Struct, frozen=True):
    """One kind of spending that needs an answer first."""

    rule: str
    setting: str
    kind: ApprovalKind
    what: str
    must_be_prior: bool
    if_declined: str


_EXTRA_TIME = _Gate(
    rule="R-LEAD-4",
    setting="extra_time_approval",
    kind=ApprovalKind.EXTRA_TIME,
    what="extra organisational time",
    must_be_prior=True,
    if_declined="the pot cannot pay it",
)
_TRAVEL = _Gate(
    rule="R-TRAV-1",
    setting="travel_decision",
    kind=ApprovalKind.TRAVEL,
    what="travel",
    must_be_prior=False,
    if_declined="the school pays",
)


def approver_words(scheme: Scheme) -> str:
    """Who gives approvals: the Advisor, or under a scheme of one's own the Steering Group's chair (D17)."""
    return "the Steering Group chair" if scheme.approver_role == "steering_chair" else "the Advisor"


def _gate(heading: Heading, fund_kind: FundKind) -> _Gate | None:
    """The sponsor's money only: other funders' rules are theirs."""
    if heading is Heading.EXTRA_TIME and fund_kind is FundKind.POT:
        return _EXTRA_TIME
    return _TRAVEL if heading is Heading.TRAVEL and fund_kind is not FundKind.OTHER else None


def kind_wanted(heading: Heading, fund_kind: FundKind) -> ApprovalKind | None:
    """The kind of answer without which money is not spent under a heading of a fund; None: none is needed."""
    gate = _gate(heading, fund_kind)
    return None if gate is None else gate.kind


def decision_verdict(entry: EntryFact, scheme: Scheme) -> Verdict | None:
    """The pot is spent as the cluster's schools agreed: asks for the meeting's decision (R-POT-2)."""
    if not entry.stands or entry.fund_kind is not FundKind.POT or entry.decided or entry.amount_p == 0:
        return None
    text = (
        f"{entry.code}: no decision of the cluster’s schools stands behind "
        f"{prose_pounds(entry.amount_p)}{_for(entry)}: link the meeting’s decision"
    )
    text += "." if entry.state is EntryState.PAID else " before it is paid."
    verdict = answered(scheme.response("pot_decision"), "R-POT-2", text, entry.about)
    return verdict and unless_allowed(verdict, entry.override_reason)


def approval_verdict(
    entry: EntryFact, approval: ApprovalFact | None, scheme: Scheme, spent_before_p: int = 0
) -> Verdict | None:
    """What the Advisor's answer, or its absence, says about paying an entry (R-LEAD-4, R-TRAV-1).

    Args:
        entry: extra organisational time from the pot, or travel; anything else needs no approval.
        approval: the one the entry names; None: none.
        scheme: of the day of the entry.
        spent_before_p: spent earlier under the same approval.

    Returns:
        None if it may be paid. For a planned entry a refusal weighs as a warning: there is time to ask.
    """
    gate = _gate(entry.heading, entry.fund_kind)
    if gate is None or not entry.stands:
        return None
    problem = _problem(entry, gate, approval, scheme, spent_before_p)
    if not problem:
        return None
    response = scheme.response(gate.setting)
    if entry.state is EntryState.PLANNED and response is Response.REFUSE:
        response = Response.WARN
    text = f"{entry.code}: {prose_pounds(entry.amount_p)} for {gate.what} {problem}."
    verdict = answered(response, gate.rule, text, entry.about)
    return verdict and unless_allowed(verdict, entry.override_reason)


def _problem(
    entry: EntryFact, gate: _Gate, approval: ApprovalFact | None, scheme: Scheme, spent_before_p: int
) -> str:
    """What is wrong, as the end of a sentence; "" if nothing is."""
    who = approver_words(scheme)
    if approval is None or approval.kind is not gate.kind:
        prior = "prior approval" if gate.must_be_prior else "decision"
        return f"has no {prior} from {who}: ask before it is paid"
    if approval.state is ApprovalState.PENDING:
        return f"waits for {who} to answer {approval.code}: it cannot be paid yet"
    if approval.state is ApprovalState.DECLINED:
        return f"was declined ({approval.code}): {gate.if_declined}"
    late = _too_late(entry, approval, who) if gate.must_be_prior else ""
    over = 0 if approval.amount_p is None else spent_before_p + entry.amount_p - approval.amount_p
    if not late and over > 0:
        allowed = prose_pounds(approval.amount_p)
        return f"goes {prose_pounds(over)} over the {allowed} approved in {approval.code}: ask {who} for more"
    return late


def _too_late(entry: EntryFact, approval: ApprovalFact, who: str) -> str:
    """Approval comes first: its date is on or before the day of the spend (R-LEAD-4)."""
    if approval.decided_on is None:
        return f"rests on {approval.code}, which has no date: enter when {who} approved it"
    if approval.decided_on <= entry.on:
        return ""
    return (
        f"was spent on {long_date(entry.on)}, before {who} approved it on "
        f"{long_date(approval.decided_on)} ({approval.code}): approval must come first"
    )


def _for(entry: EntryFact) -> str:
    return f" for {entry.description}" if entry.description else ""


def gate_verdicts(
    entries: Iterable[EntryFact], approvals: Mapping[int, ApprovalFact], scheme_for: SchemeFor
) -> list[Verdict]:
    """Decision and approval verdicts of all entries, in order of date.

    Args:
        entries: of any funds.
        approvals: by id.
        scheme_for: the scheme in force on a day.
    """
    spent: dict[int, int] = {}
    found: list[Verdict | None] = []
    known = list(entries)
    gone = {entry.reverses_id for entry in known}
    for entry in sorted(known, key=lambda one: (one.on, one.code, one.id)):
        if not entry.stands or entry.id in gone:
            continue
        scheme = scheme_for(entry.on)
        answer = None if entry.approval_id is None else approvals.get(entry.approval_id)
        before = spent.get(entry.approval_id or 0, 0)
        found += [
            decision_verdict(entry, scheme),
            approval_verdict(entry, answer, scheme, before),
        ]
        if entry.approval_id is not None:
            spent[entry.approval_id] = before + entry.amount_p
    return [verdict for verdict in found if verdict is not None]
