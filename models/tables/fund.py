"""The money: funds, entries, budgets, closed years, approvals and other funding."""

import datetime as dt

from models.tables.base import (
    Draft,
    Record,
    check,
    choice,
    code,
    day,
    link,
    note,
    number,
    pence,
    table_args,
    text,
    unique,
    words,
)  # fmt: skip
from models.words import (
    ApprovalKind,
    ApprovalState,
    Direction,
    EntryState,
    FundKind,
    Heading,
    OtherFundingState,
)  # fmt: skip


class FundDraft(Draft):
    """A purse of its own: no two are ever mixed in a total (R-LEAD-3, R-FUND-2)."""

    name: str = text("Fund", "For example Cluster pot.", unique=True)
    kind: FundKind = choice(FundKind, "Kind")
    opened_on: dt.date = day("Book starts", "The day its opening balance was counted.")
    opening_p: int = pence("Opening balance", "What was in it on that day.", signed=True)
    other_funding_id: int | None = link("other_funding", "Other funding", optional=True)


class Fund(FundDraft, Record, table=True):
    """A fund held by the lead school."""


class FundEntryDraft(Draft):
    """Money in or out of one fund. Amounts are positive; the direction says which way (R-POT-1)."""

    code: str = code("Entry", "E-", "For example E-0001.")
    fund_id: int = link("fund", "Fund")
    on: dt.date = day("Date")
    direction: Direction = choice(Direction, "In or out")
    heading: Heading = choice(Heading, "Heading")
    description: str = text("What for", limit=500)
    amount_p: int = pence("Amount", "Including any VAT that is not reclaimed.")
    vat_p: int = pence("of which VAT")
    state: EntryState = choice(EntryState, "Planned or paid", default=EntryState.PAID)
    payee: str = words("Paid to, or received from")
    school_id: int | None = link("school", "School", "The school repaid, or that it concerns.", optional=True)
    decision_id: int | None = link(
        "decision", "Decision", "The meeting’s decision that agreed it.", optional=True
    )
    approval_id: int | None = link(
        "approval", "Approval", "The Advisor’s answer, where one is needed.", optional=True
    )
    claim_id: int | None = link("cover_claim", "Claim", optional=True)
    cpd_session_id: int | None = link("cpd_session", "CPD session", optional=True)
    resource_id: int | None = link("resource", "Resource", optional=True)
    paid_ref: str = words("Payment reference")
    reverses_id: int | None = link("fund_entry", "Reverses", optional=True)
    override_reason: str = words(
        "Why allowed", "If a rule says no and it was allowed all the same.", limit=500
    )
    notes: str = note("Notes")


class FundEntry(FundEntryDraft, Record, table=True):
    """An entry of a fund."""

    __tablename__ = "fund_entry"
    __table_args__ = table_args(check("vat", "vat_p <= amount_p"))


class BudgetLineDraft(Draft):
    """What was planned for a heading, and why it went otherwise (R-POT-6)."""

    fund_id: int = link("fund", "Fund")
    school_year: int = number("School year", "The year it starts in.", least=1990, most=2099)
    direction: Direction = choice(Direction, "In or out", default=Direction.OUT)
    heading: Heading = choice(Heading, "Heading")
    planned_p: int = pence("Planned")
    explanation: str = words("Explanation", "Needed when it is 10% or more off plan.", limit=500)


class BudgetLine(BudgetLineDraft, Record, table=True):
    """A line of a year's budget."""

    __tablename__ = "budget_line"
    __table_args__ = table_args(unique("fund_id", "school_year", "direction", "heading"))


class YearCloseDraft(Draft):
    """A closed year of a fund, with the figure that was carried over, so that a later drift shows."""

    fund_id: int = link("fund", "Fund")
    school_year: int = number("School year", "The year it starts in.", least=1990, most=2099)
    closed_on: dt.date = day("Closed on")
    closing_p: int = pence("Carried over", signed=True)
    reopened_on: dt.date | None = day("Reopened on", optional=True)
    reason: str = words("Why reopened", limit=500)


class YearClose(YearCloseDraft, Record, table=True):
    """The closing of a year."""

    __tablename__ = "year_close"
    __table_args__ = table_args(unique("fund_id", "school_year", "closed_on"))


class ApprovalDraft(Draft):
    """A question that needs the Advisor's answer before money is spent (R-LEAD-4, R-TRAV-1)."""

    code: str = code("Approval", "AP-", "For example AP-0001.")
    kind: ApprovalKind = choice(ApprovalKind, "Kind")
    asked_on: dt.date = day("Asked")
    question: str = text("What was asked", limit=2000)
    amount_p: int | None = pence("Amount", optional=True)
    school_id: int | None = link("school", "School", optional=True)
    state: ApprovalState = choice(ApprovalState, "Answer", default=ApprovalState.PENDING)
    decided_on: dt.date | None = day("Answered", optional=True)
    decided_by_id: int | None = link("person", "Answered by", optional=True)
    words: str = note("The Advisor’s words")


class Approval(ApprovalDraft, Record, table=True):
    """An answer asked for, or given."""

    __table_args__ = table_args(check("decided", "state = 'pending' OR decided_on IS NOT NULL"))


class OtherFundingDraft(Draft):
    """Funding from elsewhere, declared to the sponsor (R-FUND-1)."""

    name: str = text("Funding", "For example Enthuse partnership.", unique=True)
    funder: str = words("Funder")
    state: OtherFundingState = choice(OtherFundingState, "State", default=OtherFundingState.APPLIED)
    applied_on: dt.date | None = day("Applied", optional=True)
    awarded_on: dt.date | None = day("Awarded", optional=True)
    amount_p: int | None = pence("Amount", optional=True)
    told_advisor_on: dt.date | None = day("Advisor told", optional=True)
    notes: str = note("Notes")


class OtherFunding(OtherFundingDraft, Record, table=True):
    """Funding applied for or received from elsewhere."""

    __tablename__ = "other_funding"
