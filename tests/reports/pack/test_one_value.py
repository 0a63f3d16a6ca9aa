"""No figure appears twice with two values: the words of a pack are walked, part by part (R-REV-7).

A fact is a figure under the ways in which parts say it. Each way is a pattern with one group, the figure;
what the groups catch on all pages has to be one and the same. What is said of the year before is not caught.
"""

import re
from collections import defaultdict

import pytest

from models.rules.attendance import Tally
from models.values import replace
from reports.pack import build_pack
from tests.reports.pack.factories import STAMP, full
from tests.reports.pdf_checks import words

MONEY = r"(-?£[\d,]+(?:\.\d\d)?)"
PAST = r"(?: -?£[\d,.]+| –){0,2}"  # the year before and the plan, which stand before the year's own column
FACTS = {
    "attendance in %": [
        r"attendance was (\d+%)", r"(\d+%) attendance: \d", r"invitations were taken up \((\d+%)\)",
        r"attendance (\d+%)", r"came of asked.{0,900}? \d+ \d+ (\d+%)", r"(\d+%) in 2024 to 2025\.",
    ],
    "attendance": [
        r"attendance: (\d+ of \d+) invitations taken up", r"(\d+ of \d+) invitations were taken up",
        r"2024 to 2025 (\d+ of \d+) A block for each invitation",
    ],
    "closing balance": [
        rf"{MONEY} rolls over", rf"Closing balance{PAST} {MONEY} Rollover", rf"{MONEY} is left in the pot",
        rf"the pot is {MONEY} overdrawn", rf"The pot is {MONEY} overdrawn",
    ],
    "rollover in %": [
        r"rolls over, (\d+%) of income",
        r"rolls over: (\d+%) of the year",
        r"Rollover as %.{0,30}? (\d+%) (?:Lines|Source|Plan)",
    ],
    "spent": [rf"{MONEY} was spent", rf"Total out{PAST} {MONEY}"],
    "schools in the year": [
        r"(\d+) member schools?(?: in the year|;|,| \d| attendance)", r"leader this year: \d+ of (\d+)",
    ],
    "schools now": [r"in the year; (\d+) now", r"The (\d+) schools in membership", r"(\d+) members? on \d"],
    "meetings counted": [
        r"(\d+) meetings? in school time; the minimum",
        r"(\d+) full meetings? in school time",
        r"held (\d+) count;",
    ],
    "meetings held": [
        r"(\d+) held \d+ count",
        r"(\d+) meetings? held",
        r"Held in all.{0,40}? 2024 to 2025 (\d+)",
    ],
    "the minimum": [r"the minimum is (\d+)", r"asks for at least (\d+)", r"The minimum is (\d+) a year"],
    "release, all": [
        rf"All release: .{{0,40}}?{MONEY} in 2024 to 2025", rf"from the schools make {MONEY}",
        rf"All \d+ {MONEY} £[\d,.]+ £[\d,.]+ Claims",
    ],
    "release, recognised": [
        rf"claims: {MONEY} recognised", r"Recognised 2023 to 2024 £[\d,.]+ 2024 to 2025 (£[\d,.]+)",
        rf"All \d+ £[\d,.]+ {MONEY} £[\d,.]+ Claims",
    ],
    "release, own": [
        rf"The {MONEY} recognised for regular", rf"share = cost: {MONEY} \+",
        rf"All schools(?: £[\d,.]+)? \d+ £[\d,.]+ {MONEY} £[\d,.]+ -?£[\d,.]+ \d+ of",
    ],
    "half-days, own": [
        r"(\d+) half-days? (?:was|were) given",
        r"All schools(?: £[\d,.]+)? (\d+) £[^a-z]+ \d+ of \d+ Recog",
    ],
    "release of the pot": [
        rf"another matter: {MONEY} comes",
        rf"All schools \d+ £[\d,.]+ {MONEY} £[\d,.]+ £[\d,.]+ Claims count",
        rf"All schools \d+ £[\d,.]+ £[\d,.]+ £[\d,.]+ {MONEY} Claims count",
    ],
    "extra money": [
        r"(\d+ of \d+) (?:schools? )?confirmed", r"-?£[\d,.]+ (\d+ of \d+) Recognised \+ school share",
    ],
    "people in CPD": [
        r"(\d+) (?:people|person) came",
        r"(\d+) (?:people|person) in CPD",
        r"People 2023 to 2024 \d+ 2024 to 2025 (\d+)",
    ],
    "attendances at CPD": [
        r"with (\d+) attendances?",
        r"came, (\d+) attendances?",
        r"Attendances 2023 to 2024 \d+ 2024 to 2025 (\d+)",
    ],
    "CPD sessions": [
        r"attendances? at (\d+) session",
        r"(\d+) sessions? \d+ £",
        r"Sessions 2023 to 2024 \d+ 2024 to 2025 (\d+)",
    ],
    "outcomes met": [
        r"outcomes were met for (\d+ of \d+)",
        r"(\d+ of \d+) said that the outcomes",
        r"All sessions \d+ (\d+ of \d+)",
    ],
    "confidence": [
        r"\+?([\d.]+) confidence, on a scale",
        r"up by ([\d.]+) on a scale",
        r"confidence \+([\d.]+)",
    ],
    "aims with evidence": [r"(\d+) can show evidence", r"(\d+) aims? with evidence"],
    "loans": [r"Yes: (\d+) loans?", r"Loans 2023 to 2024 \d+ 2024 to 2025 (\d+)"],
    "borrowers": [r"loans? to (\d+) school", r"Borrowers 2023 to 2024 \d+ 2024 to 2025 (\d+)"],
    "strengths": [
        r"(\d+) strengths? (?:is|are) on offer",
        r"Strengths offered (\d+)",
        r"(\d+) strengths? offered",
    ],
    "needs": [r"Help asked for (\d+)", r"(\d+) needs? named"],
    "plans": [r"Development plans (\d+ plans?, \d+ reviewed)", r", (\d+ plans?, \d+ reviewed)\."],
    "to look at": [r"Printed with (\d+) things? still to look at", r"(\d+) things? to look at"],
    "new subject leaders": [
        r"(\d+) (?:has|have) a new science",
        r"leader this year: (\d+) of",
        r"(\d+) schools? changed its",
    ],
}  # fmt: skip


def said(paper: bytes) -> str:
    return words(paper).replace("\u00a0", " ").replace("\u2212", "-")


def values(text: str) -> dict[str, set[str]]:
    """What the ways of saying each fact catch; money alike, however it is written."""
    found = defaultdict(set)
    for fact, ways in FACTS.items():
        for way in ways:
            found[fact] |= {one.lstrip("-").removesuffix(".00") for one in re.findall(way, text)}
    return found


def conflicts(text: str) -> dict[str, set[str]]:
    return {fact: found for fact, found in values(text).items() if len(found) > 1}


def test_no_figure_appears_twice_with_two_values_in_the_sample(sample_pack):
    text = said(sample_pack)
    assert conflicts(text) == {}
    unheard = {fact: [way for way in ways if not re.search(way, text)] for fact, ways in FACTS.items()}
    spoken = {fact: len(ways) - len(unheard[fact]) for fact, ways in FACTS.items()}
    assert {fact for fact, times in spoken.items() if times < 2} == set(), unheard


@pytest.mark.parametrize("which", ["first_pack", "full", "crowd_short"])
def test_no_figure_appears_twice_with_two_values_in_other_books(which, request):
    paper = build_pack(full(), stamp=STAMP) if which == "full" else request.getfixturevalue(which)
    text = said(paper)
    assert conflicts(text) == {}
    assert len([fact for fact, found in values(text).items() if found]) > 15


def test_a_part_that_worked_a_figure_out_for_itself_would_be_found(second_year):
    """The summary is given other headline figures than the parts that explain them."""
    now = second_year.headline
    assert now.pot is not None
    assert now.confidence is not None
    other = replace(
        now,
        meetings=replace(now.meetings, counted=now.meetings.counted + 1),
        attendance=Tally(now.attendance.cells, now.attendance.present - 9),
        pot=replace(now.pot, opening_p=now.pot.opening_p + 1_00, spending=now.pot.spending[1:]),
        cpd=replace(now.cpd, people=now.cpd.people + 1, attendances=now.cpd.attendances + 1),
    )
    found = conflicts(said(build_pack(replace(second_year, headline=other), short=True, stamp=STAMP)))
    assert set(found) >= {
        "meetings counted", "attendance in %", "attendance", "closing balance", "spent", "people in CPD",
        "attendances at CPD",
    }  # fmt: skip
