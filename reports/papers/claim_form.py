"""The supply-cover claim form: to fill in by hand, or a claim with its split explained (R-COVER-1 to 17)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reportlab.platypus import Flowable

from models.calendar import year_label
from models.formats import NOT_ENTERED, long_date, pounds, prose_pounds
from models.queries.claim_detail import ClaimDetail
from models.queries.papers.claim import ClaimPaper
from models.words import ClaimState, HalfDay, PaidFrom, ReleaseMethod
from reports.kit import BREAK, Bold, Col, Kit, Muted, TableLook, Text
from reports.kit.forms import Answer, asked, choices
from reports.papers.common import build

TITLE = "Supply-cover claim"
FIRST = 152.0
"""Points of the questions at scale 1."""
PAD = 3.5
SENT_BACK = {ClaimState.RETURNED, ClaimState.REJECTED, ClaimState.WITHDRAWN}
"""States that a school wants to know the reason of: it stands beside them."""


@dataclass(frozen=True)
class _Line:
    """A row of the amounts: what, how much, and what it means."""

    what: str
    amount: str
    why: str = ""


@dataclass(frozen=True)
class _Signer:
    who: str
    name: str
    on: str


def build_claim_form(data: ClaimPaper, *, stamp: dt.datetime, large_print: bool = False) -> bytes:
    """The form as a PDF."""
    kit, claim = Kit(large_print=large_print), data.claim
    question = TITLE if claim is None else f"{TITLE} {claim.row.code}"
    story: list[Flowable] = [
        *kit.head(TITLE, question, headline(claim), listed=False),
        *(_blank(kit, data) if claim is None else _filled(kit, data, claim)),
        kit.heading("Signatures"),
        _signatures(kit, data),
    ]
    title = TITLE if claim is None else f"{TITLE} {claim.row.code}"
    note = f"Scheme of {year_label(data.limits.year)}" if claim is None else ""
    return build(kit, data.head, title, story, stamp=stamp, note=note)


def headline(claim: ClaimDetail | None) -> str:
    """What the form says."""
    if claim is None:
        return "Claim what the cover really cost"
    row = claim.row
    if not row.counts:
        return f"{row.state.label}: nothing is recognised of {prose_pounds(row.cost_p)}"
    verb = "is" if row.state in {ClaimState.APPROVED, ClaimState.PAID} else "would be"
    if row.lacks_cost:
        return "What the cover cost is not entered yet"
    if row.cost_p < 0:
        return f"{prose_pounds(-row.recognised_p)} {verb} taken back"
    return f"{prose_pounds(row.recognised_p)} of {prose_pounds(row.cost_p)} {verb} recognised"


def _blank(kit: Kit, data: ClaimPaper) -> list[Flowable]:
    """Everything to be written or ticked."""
    ways = [one.label for one in ReleaseMethod if one is not ReleaseMethod.NONE]
    room = kit.width - FIRST * kit.scale
    who: list[tuple[Text, Answer]] = [
        ("School", data.school),
        ("Teacher released", ""),
        ("Date of cover", ""),
        ("For how long", choices(kit, [one.label for one in HalfDay], room)),
        ("Meeting or work it was for", ""),
        ("How the class was taught", choices(kit, ways, room)),
        ("Invoice or timesheet", ""),
    ]
    lines = [
        _Line("Cost before VAT", "", "As invoiced; £0 if nothing was paid."),
        _Line("VAT", "", "£0 if none was charged."),
        _Line("Paid in all", ""),
    ]
    return [
        asked(kit, who, FIRST, kit.width, PAD),
        kit.heading("What the cover cost"),
        _amounts(kit, lines, 2, pad=2.5),
        *_rules(kit, data),
    ]


def _filled(kit: Kit, data: ClaimPaper, claim: ClaimDetail) -> list[Flowable]:
    """The claim, its cost, its split, and why it is so (R-COVER-17)."""
    row = claim.row
    person: Text = [row.person, Muted(f", {claim.role}")] if claim.role else row.person
    facts: list[tuple[Text, Text]] = [
        ("School", row.school_name),
        ("Teacher released", person),
        ("Date of cover", f"{long_date(row.cover_on)}, {row.half_day.label.lower()}"),
        ("For", f"{row.purpose.label}: {row.meeting}" if row.meeting else row.purpose.label),
        ("How the class was taught", claim.method.label),
        ("Invoice or timesheet", row.evidence_ref.strip() or NOT_ENTERED),
        ("State", row.state.label),
    ]
    if row.state in SENT_BACK and row.reason:
        facts.append(("Why", row.reason))
    whole = claim.net_p + claim.vat_p
    money = (lambda _pence: NOT_ENTERED) if row.lacks_cost else pounds  # nothing said is not £0 (R-REV-5)
    counted = "Part of the cost." if row.cost_p == whole else "Not counted: the school gets it back."
    lines = [
        _Line("Cost before VAT", money(claim.net_p)),
        _Line("VAT", money(claim.vat_p), counted if claim.vat_p else ""),
        _Line("Cost that counts", money(row.cost_p), "What is recognised and what the school bears."),
        _Line("Recognised", money(row.recognised_p), _source(claim)),
        _Line("Borne by the school", money(row.school_share_p)),
    ]
    story: list[Flowable] = [
        kit.heading("Who was released, and when", top=True),
        kit.facts(facts, first=FIRST, width=kit.width),
        kit.heading("What the cover cost, and how it is split"),
        _amounts(kit, lines, 2),
    ]
    if data.why:
        story += [kit.space(4), *kit.bullets(data.why, "item_small")]
    if claim.why_allowed:
        story.append(kit.text([Bold("Allowed against a rule: "), claim.why_allowed], "cell_roomy_left"))
    return story


def _amounts(kit: Kit, lines: list[_Line], strong: int, pad: float = 4) -> Flowable:
    blank = not any(line.amount for line in lines)
    cols: list[Col[_Line]] = [
        Col("Amount" if blank else "What", lambda line: line.what, 138),
        Col(
            "£" if blank else "Amount",
            lambda line: line.amount,
            84,
            "right",
            blank="write" if blank else None,
        ),
        Col("What it means", lambda line: line.why, 0, gap=24),
    ]
    table = kit.table(cols, lines, look=TableLook(pad=pad, roomy=True, strong=[strong], rules=[strong]))
    table.whole = True  # a split is read as one
    return table


def _rules(kit: Kit, data: ClaimPaper) -> list[Flowable]:
    """What a school may expect, before anything is filled in (R-COVER-1, 3, 4, 6, 8)."""
    limits = data.limits
    own = f"its release allowance of {prose_pounds(limits.allowance_p)} for {year_label(limits.year)}"
    pays = (
        f"For full cluster meetings the lead school repays it, out of {own}."
        if limits.reimburses
        else f"For full cluster meetings the school meets it from {own}."
    )
    said = [
        f"At most {prose_pounds(limits.cap_p)} for a half-day and {prose_pounds(2 * limits.cap_p)} for a "
        "whole day, never more than the real cost. The school bears the rest.",
        f"{pays} Release for sub-groups and projects comes from the cluster pot.",
        "Release money is for teachers, not for trips or activities for children.",
    ]
    return [kit.heading("What is recognised"), *kit.bullets(said, "item_small")]


def _source(claim: ClaimDetail) -> str:
    row = claim.row
    if not row.counts:
        return ""
    if row.lead_pays_p:
        return f"The lead school pays it: {claim.fund or row.paid_from.label.lower()}."
    if row.paid_from is not PaidFrom.SCHOOL_ALLOWANCE or claim.meter is None:
        return ""
    left, whole = prose_pounds(claim.meter.left_p), prose_pounds(claim.meter.allowance_p)
    return f"Met from the school’s own allowance; {left} of {whole} is left."


def _signatures(kit: Kit, data: ClaimPaper) -> Flowable:
    claim = data.claim
    rows = [_Signer("Claimed by", "", ""), _Signer("Approved by", "", "")]
    if claim is not None:

        def day(on: dt.date | None) -> str:
            return long_date(on) if on else ""

        reference = f"Reference {claim.paid_ref}" if claim.paid_ref else ""
        rows = [
            _Signer("Claimed by", claim.claimant, day(claim.claimed_on)),
            _Signer("Approved by", claim.approved_by, day(claim.approved_on)),
            _Signer("Paid", reference, day(claim.paid_on)),
        ]
    cols: list[Col[_Signer]] = [
        Col("Step", lambda one: one.who, 76),
        Col("Name", lambda one: one.name, 140),
        Col("Signature", lambda _: "", 0, blank="sign"),
        Col("Date", lambda one: one.on, 104),
    ]
    table = kit.table(cols, rows, look=TableLook(pad=7), caption=_small_print(data))
    table.whole = True
    return table


def _small_print(data: ClaimPaper) -> Text:
    parts: list[str] = []
    if data.claim is None:
        by = long_date(data.limits.deadline)
        to = data.head.lead_school or "the lead school"
        parts.append(f"Send it to {to} by {by}, with the invoice or timesheet.")
    parts.append("Whoever approves a claim is not the person who makes it.")
    parts.append("Please write no medical reasons. VAT: ask your school business manager.")
    if data.claim is not None and data.claim.row.reason and data.claim.row.state not in SENT_BACK:
        return [Bold(f"{data.claim.row.state.label}: {data.claim.row.reason}"), BREAK, " ".join(parts)]
    return " ".join(parts)
