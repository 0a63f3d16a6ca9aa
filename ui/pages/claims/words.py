"""The claims page's words: when, what it waits for, where the money comes from, and what can be done now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from models.queries.claim_detail import ClaimDetail
from models.queries.claims_page import ClaimRow, ClaimsOfYear, Meter
from models.words import ClaimState, HalfDay, PaidFrom
from ui.format import count, long_date, pounds, prose_pounds, short_date, weekday_date
from ui.widgets.meters import Half

HALVES: Mapping[HalfDay, str] = {HalfDay.AM: "am", HalfDay.PM: "pm", HalfDay.DAY: "day"}
SOURCES: Mapping[PaidFrom, str] = {
    PaidFrom.SCHOOL_ALLOWANCE: "School’s own allowance",
    PaidFrom.CLUSTER_POT: "Cluster pot",
    PaidFrom.OTHER_FUNDING: "Other funding",
}
NOBODY = "Choose who approves it"


class Verb(StrEnum):
    """What can be done with a claim beside editing it."""

    EVIDENCE = auto()
    SUBMIT = auto()
    APPROVE = auto()
    PAY = auto()
    RETURN = auto()
    REJECT = auto()
    WITHDRAW = auto()
    REVERSE = auto()
    AGAIN = auto()


@dataclass(frozen=True)
class VerbSpec:
    """A verb: its words, its keys, and the state it leads to, where it is a move."""

    words: str
    keys: str = ""
    to: ClaimState | None = None


VERBS: Mapping[Verb, VerbSpec] = {
    Verb.SUBMIT: VerbSpec("Submit", "Ctrl+Shift+S", ClaimState.SUBMITTED),
    Verb.APPROVE: VerbSpec("Approve…", "Ctrl+Shift+A", ClaimState.APPROVED),
    Verb.PAY: VerbSpec("Pay…", "Ctrl+Shift+P", ClaimState.PAID),
    Verb.RETURN: VerbSpec("Return…", "Ctrl+Shift+R", ClaimState.RETURNED),
    Verb.REJECT: VerbSpec("Reject…", "", ClaimState.REJECTED),
    Verb.WITHDRAW: VerbSpec("Withdraw…", "", ClaimState.WITHDRAWN),
    Verb.REVERSE: VerbSpec("Reverse…"),
    Verb.AGAIN: VerbSpec("Enter again"),
    Verb.EVIDENCE: VerbSpec("Enter evidence…", "Ctrl+Shift+V"),
}
FORWARD = frozenset({Verb.EVIDENCE, Verb.SUBMIT, Verb.APPROVE, Verb.PAY})
"""What brings a claim on; the rest never looks like the thing to do."""
BATCH = (Verb.SUBMIT, Verb.APPROVE, Verb.PAY)
"""What can be done with many claims in one step."""


def can(row: ClaimRow, verb: Verb) -> bool:
    """Whether something can be done with a claim now."""
    to = VERBS[verb].to
    if to is not None:
        return to in row.moves
    if verb is Verb.REVERSE:
        return row.can_reverse
    if verb is Verb.AGAIN:
        return row.state in {ClaimState.REJECTED, ClaimState.WITHDRAWN}
    return row.to_evidence


def verbs_for(row: ClaimRow) -> list[Verb]:
    """What can be done with a claim now, in the order of the buttons."""
    return [verb for verb in Verb if can(row, verb)]


def button_words(verb: Verb, row: ClaimRow) -> str:
    """`Approve £100.00…`, `Submit again`."""
    if verb is Verb.APPROVE:
        return f"Approve {pounds(row.recognised_p)}…"
    if verb is Verb.PAY:
        return f"Pay {pounds(row.lead_pays_p)}…" if row.lead_pays_p else "Mark as paid…"
    if verb is Verb.SUBMIT and row.state is ClaimState.RETURNED:
        return "Submit again"
    return VERBS[verb].words


def batch_words(verb: Verb, claims: Sequence[ClaimRow]) -> str:
    """`Approve 3 ticked…`; where schools pay themselves `Mark 3 ticked as paid…` (R-COVER-6)."""
    words = VERBS[verb].words
    if verb is Verb.PAY and meets_itself(claims):
        return f"Mark {len(claims)} ticked as paid…"
    return f"{words.removesuffix('…')} {len(claims)} ticked{'…' if words.endswith('…') else ''}"


def meets_itself(claims: Iterable[ClaimRow]) -> bool:
    """Whether the lead school sends nothing for any of the claims: R-COVER-6."""
    return not any(row.lead_pays_p for row in claims)


def who_pays(claims: Sequence[ClaimRow]) -> str:
    """What it means that these claims are paid, where the schools meet some themselves; "" else."""
    own = [row for row in claims if row.paid_from is PaidFrom.SCHOOL_ALLOWANCE and not row.lead_pays_p]
    if not own:
        return ""
    if len(own) == len(claims):
        schools = {row.school_name for row in own}
        who = own[0].school_name if len(schools) == 1 else "Each school"
        return (
            f"{who} pays this from its own allowance; the lead school sends nothing. This notes it as paid."
        )
    sent = sum(row.lead_pays_p for row in claims)
    return f"The lead school sends {prose_pounds(sent)}; the schools pay the rest from their own allowance."


def count_words(shown: int, ticked: int, hidden: int) -> str:
    """`3 claims, 2 ticked`; of the ticked, how many a filter hides: what is done is done with these too."""
    words = count(shown, "claim")
    if not ticked:
        return words
    if hidden == ticked:
        return f"{words} here; {ticked} ticked, not shown"
    return f"{words}, {ticked} ticked" + (f", {hidden} of them not shown" if hidden else "")


def claims_named(rows: Sequence[ClaimRow]) -> str:
    """`claim SC-0018`, `7 claims`: no names of people, for history keeps it."""
    return f"claim {rows[0].code}" if len(rows) == 1 else count(len(rows), "claim")


def when(row: ClaimRow) -> str:
    """`22 Jan, pm`."""
    return f"{short_date(row.cover_on)}, {HALVES[row.half_day]}"


def when_long(row: ClaimRow) -> str:
    """`Wednesday 22 January 2025, afternoon`, with the number of half-days of a whole day."""
    length = " (two half-days)" if row.half_day is HalfDay.DAY else ""
    return f"{weekday_date(row.cover_on)}, {row.half_day.label.lower()}{length}"


def waiting_line(row: ClaimRow) -> str:
    """`Waiting for approval by Martin Oseby, headteacher`; why, where it was returned or closed."""
    words = row.waiting[:1].upper() + row.waiting[1:]
    if row.state is ClaimState.SUBMITTED and row.approver is not None:
        return f"{words} by {row.approver.words}"
    if row.reason and row.state in {ClaimState.RETURNED, ClaimState.REJECTED, ClaimState.WITHDRAWN}:
        return f"{words}: {row.reason}"
    return words


def source_words(one: ClaimDetail) -> str:
    """`School’s own allowance: £200.00 of £500.00 left`: both sums in one form."""
    words = one.fund or SOURCES[one.row.paid_from]
    if one.meter is not None and one.row.paid_from is PaidFrom.SCHOOL_ALLOWANCE:
        return f"{words}: {pounds(one.meter.left_p)} of {pounds(one.meter.allowance_p)} left"
    return f"{words}, entry {one.entry}" if one.entry else words


def dated(name: str, on: object) -> str:
    """`Martin Oseby, 22 January 2025`; what is known of it."""
    day = "" if on is None else long_date(on)  # type: ignore[arg-type]  # a date
    return ", ".join(part for part in (name, day) if part)


def spoken_meter(meter: Meter) -> str:
    """The meter in words, for a screen reader and a tooltip."""
    parts = [f"{pounds(meter.used_p)} used"]
    if meter.planned_p:
        parts.append(f"{pounds(meter.planned_p)} waiting")
    parts.append(f"{pounds(meter.left_p)} of {pounds(meter.allowance_p)} left")
    return f"{meter.school}: {', '.join(parts)}"


def halves(meter: Meter) -> list[Half]:
    """A meter's blocks as parts of a half-day."""
    return [
        Half(block.used_p / block.size_p, block.planned_p / block.size_p) if block.size_p else Half(0, 0)
        for block in meter.blocks
    ]


def context_line(page: ClaimsOfYear) -> str:
    """What stands under the page's title."""
    sizes = {meter.allowance_p for meter in page.meters if meter.allowance_p}
    if not sizes:
        return "Release and supply cover, at what it really cost"
    each = f", {prose_pounds(next(iter(sizes)))} a year each" if len(sizes) == 1 else ""
    if page.school_held:
        return f"Regular meetings draw on each school’s own release allowance{each}; projects on the pot"
    return f"The lead school repays cover out of each school’s release allowance{each}"


def without_cost(rows: Iterable[ClaimRow]) -> str:
    """`, 1 without a cost`: the sums lack what nobody has entered (R-REV-5); "" where nothing is missing."""
    number = sum(row.counts and row.lacks_cost for row in rows)
    return f", {number:,} without a cost" if number else ""


def nothing_entered(rows: Sequence[ClaimRow]) -> bool:
    """There are claims that count, and nobody has entered what one of them cost: no sum is 0 (R-REV-5)."""
    counted = [row for row in rows if row.counts]
    return bool(counted) and all(row.lacks_cost for row in counted)


def sums(rows: Iterable[ClaimRow]) -> tuple[int, int, int]:
    """Cost, recognised and school share of the claims that count, in pence."""
    known = [row for row in rows if row.counts]
    return (
        sum(row.cost_p for row in known),
        sum(row.recognised_p for row in known),
        sum(row.school_share_p for row in known),
    )
