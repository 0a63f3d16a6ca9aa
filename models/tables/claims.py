"""Supply-cover claims and the trail of each."""

import datetime as dt

from sqlalchemy import Index
from sqlalchemy import text as sql

from models.tables.base import (
    Draft,
    Record,
    check,
    choice,
    code,
    day,
    link,
    note,
    pence,
    table_args,
    text,
    words,
)  # fmt: skip
from models.words import ClaimState, CoverPurpose, HalfDay, ReleaseMethod


class CoverClaimDraft(Draft):
    """Cover for one person for a half-day or a day, at actual cost (R-COVER-1 to R-COVER-3).

    What is recognised is worked out, not typed. Approving a claim in the window freezes it in `approved_p`; a
    claim that came approved from a workbook without that figure goes on being worked out.
    """

    code: str = code("Claim", "SC-", "For example SC-0012.")
    school_id: int = link("school", "School")
    person_id: int = link("person", "Teacher released")
    meeting_id: int | None = link(
        "meeting", "Meeting", "The meeting the teacher was released for.", optional=True
    )
    purpose: CoverPurpose = choice(CoverPurpose, "Purpose", default=CoverPurpose.FULL_CLUSTER)
    cover_on: dt.date = day("Date of cover")
    half_day: HalfDay = choice(HalfDay, "Morning, afternoon or day", default=HalfDay.PM)
    method: ReleaseMethod = choice(ReleaseMethod, "How released", default=ReleaseMethod.AGENCY)
    cost_p: int = pence("Cost before VAT", "What it really cost. Negative only on a reversal.", signed=True)
    vat_p: int = pence("VAT", "On the agency’s invoice; 0 if none.", signed=True)
    state: ClaimState = choice(ClaimState, "State", default=ClaimState.DRAFT)
    evidence_ref: str = words("Invoice or timesheet number")
    fund_id: int | None = link(
        "fund", "Paid from", "Only for release paid from another fund than the usual one.", optional=True
    )
    claimant_id: int | None = link("person", "Claimed by", optional=True)
    claimed_on: dt.date | None = day("Claimed on", optional=True)
    approver_id: int | None = link("person", "Approved by", optional=True)
    approved_on: dt.date | None = day("Approved on", optional=True)
    approved_p: int | None = pence(
        "Recognised at approval",
        "Leave it empty: it is worked out, and frozen, at approval.",
        optional=True,
        signed=True,
    )
    paid_on: dt.date | None = day("Paid on", optional=True)
    paid_ref: str = words("Payment reference")
    reason: str = words("Reason", "Why it was returned or rejected.", limit=500)
    override_reason: str = words(
        "Why allowed", "If a rule says no and it was allowed all the same.", limit=500
    )
    reverses_id: int | None = link(
        "cover_claim", "Reverses", "The paid claim that this line takes back.", optional=True
    )
    notes: str = note("Notes", "No medical reasons and no pupils’ names.")


class CoverClaim(CoverClaimDraft, Record, table=True):
    """A cover claim."""

    __tablename__ = "cover_claim"
    __table_args__ = table_args(
        check("paid", "state <> 'paid' OR (paid_on IS NOT NULL AND length(paid_ref) > 0)"),
        check("sign", "reverses_id IS NOT NULL OR (cost_p >= 0 AND vat_p >= 0)"),
        Index(
            "uq_cover_claim_person_half_day",
            "person_id", "cover_on", "half_day",
            unique=True,
            sqlite_where=sql("reverses_id IS NULL AND state NOT IN ('rejected', 'withdrawn', 'paid')"),
        ),
        Index("ix_cover_claim_cover_on", "cover_on"),
    )  # fmt: skip


class ClaimEventDraft(Draft):
    """One move of a claim: who, when, to which state, and why."""

    claim_id: int = link("cover_claim", "Claim")
    on: dt.date = day("Date")
    state: ClaimState = choice(ClaimState, "To")
    person_id: int | None = link("person", "By", optional=True)
    words: str = text("What happened", limit=500)


class ClaimEvent(ClaimEventDraft, Record, table=True):
    """A line of a claim's trail."""

    __tablename__ = "claim_event"
