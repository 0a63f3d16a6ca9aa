"""Part 24, appendix A (landscape): the claims schedule with evidence references."""

from __future__ import annotations

from collections.abc import Mapping

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, number, pounds, prose_pounds, short_date
from models.queries.cover import ClaimLine
from models.queries.pack import PackData
from models.rules.cover_checks import needs_evidence
from models.rules.cover_facts import FROZEN
from models.words import PaidFrom
from reports.kit import BREAK, Col, Muted, TableLook, Text
from reports.pack.release import no_cost_words
from reports.pack.sheet import Sheet, year_words

NONE = "\u2013"
LONG = 36
"""Letters of a school's short name, with more of which it has no column of this table."""
TO_FIND = "still to find"
SOURCES = {
    PaidFrom.SCHOOL_ALLOWANCE: "School",
    PaidFrom.CLUSTER_POT: "Pot",
    PaidFrom.OTHER_FUNDING: "Other",
}


def answer(data: PackData) -> str:
    """How many claims, and that they add up (R-COVER-17)."""
    cover = data.cover
    if not cover.claims:
        return "No cover claim is entered yet"
    claims, counted = count(len(cover.claims), "claim"), sum(line.split.counts for line in cover.claims)
    if not cover.totals.claims and not cover.totals.cost_p:
        return f"{claims}; none of them counts"
    if counted < len(cover.claims):
        claims = f"{counted} of {claims} {'counts' if counted == 1 else 'count'}"
    parts = cover.totals
    return (
        f"{claims}: {prose_pounds(parts.recognised_p)} recognised and {prose_pounds(parts.school_share_p)} "
        f"from the schools make {prose_pounds(parts.cost_p)}"
    )


def what_for(line: ClaimLine, numbers: Mapping[int, int]) -> Text:
    """The meeting by its number in part 6, or else the purpose; and whether the claim counts at all."""
    number = numbers.get(line.fact.meeting_id or 0)
    words = f"Meeting {number}" if number else line.fact.purpose.label
    if line.split.counts:
        return words
    return [words, BREAK, Muted(f"{prose_pounds(line.split.cost_p)} claimed, not counted")]


def evidence_words(line: ClaimLine) -> str:
    """The invoice or timesheet number an approved claim owes; a dash where none is needed (R-COVER-15)."""
    if line.fact.evidence_ref.strip():
        return line.fact.evidence_ref
    if line.fact.state in FROZEN and needs_evidence(line.fact):
        return TO_FIND
    return NOT_ENTERED if line.split.counts and needs_evidence(line.fact) else NONE


def _money(line: ClaimLine, pence: int) -> str:
    return pounds(pence) if line.split.counts and not line.fact.lacks_cost else NONE


def _cost(line: ClaimLine) -> str:
    """The cost; of cover that was bought at a price nobody has entered “not entered” (R-REV-5)."""
    return NOT_ENTERED if line.split.counts and line.fact.lacks_cost else _money(line, line.split.cost_p)


def is_lettered(sheet: Sheet) -> bool:
    """Whether the schools have their letters in the schedule: a name of many lines makes rows of them."""
    names = {sheet.short(one.fact.school_id, one.fact.school_name) for one in sheet.data.cover.claims}
    known = all(one.fact.school_id in sheet.letters for one in sheet.data.cover.claims)
    return known and max(map(len, names), default=0) > LONG


def _columns(sheet: Sheet, *, lettered: bool) -> list[Col[ClaimLine]]:
    def school(line: ClaimLine) -> str:
        key = line.fact.school_id
        return sheet.letters[key] if lettered else sheet.short(key, line.fact.school_name)

    return [
        Col("Claim", lambda line: line.fact.code, 50),
        Col("Date", lambda line: short_date(line.fact.cover_on), 42, gap=8),
        Col("School", school, 44 if lettered else 90, gap=8),
        Col("For", lambda line: what_for(line, sheet.numbers), 0, gap=8),
        Col(
            ["Half-", BREAK, "days"],
            lambda line: number(line.split.half_days) if line.split.counts else NONE,
            34,
            "right",
            4,
        ),
        Col("Cost", _cost, 56, "right", 7),
        Col("Recognised", lambda line: _money(line, line.split.recognised_p), 62, "right", 7),
        Col(["School", BREAK, "share"], lambda line: _money(line, line.split.school_share_p), 52, "right", 7),
        Col("Paid from", lambda line: SOURCES[line.split.paid_from], 58, gap=14),
        Col("State", lambda line: line.fact.state.label, 56, gap=8),
        Col("Evidence", evidence_words, 112 if lettered else 76, gap=8),
    ]


def _caption(data: PackData) -> str:
    cover = data.cover
    find = len(cover.to_evidence)
    own = "the school holds the money, and the lead school sends nothing"
    if data.scheme.release_mode == "lead_reimburses":
        own = "out of the school’s allowance, repaid by the lead school"
    said = [
        f"Claims for cover in {year_words(data)}, by date of cover; meeting numbers as on the meetings page. "
        f"Paid from “School”: {own}."
    ]
    if find:
        said.append(
            f"{count(find, 'invoice or timesheet number', 'invoice or timesheet numbers')} {TO_FIND}; "
            "a claim owes its own from its approval on."
        )
    if any(not line.split.counts for line in cover.claims):
        said.append("Rejected and withdrawn claims are listed but count nowhere.")
    return " ".join([*said, *([lacking] if (lacking := no_cost_words(cover)) else [])])


def body(sheet: Sheet) -> list[Flowable]:
    """Every claim of the year, with its split and its evidence."""
    kit, cover = sheet.kit, sheet.data.cover
    if not cover.claims:
        return [kit.text("Enter the cover claims: then each stands here with its split and its evidence.")]
    sums = cover.totals
    money = (pounds(sums.cost_p), pounds(sums.recognised_p), pounds(sums.school_share_p))
    total = ("All", "", "", "", sums.half_days, *money, "", "", "")
    look = TableLook(width=kit.wide, pad=2 if kit.scale == 1 else 1)
    lettered = is_lettered(sheet)
    cols, schools = _columns(sheet, lettered=lettered), {}
    if lettered:
        schools = {one.fact.school_id: one.fact.school_name for one in cover.claims}
    table = kit.table(cols, cover.claims, total=total, look=look, caption=_caption(sheet.data))
    return [*sheet.legend(schools), table]
