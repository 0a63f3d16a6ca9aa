"""The release allowance by school: used, planned, left (R-COVER-4, 5, 7, 18)."""

import datetime as dt

from models.rules.cover import SchoolTerms, recognise
from models.rules.cover_facts import CoverFact
from models.rules.cover_use import (
    AdditionalFact,
    additional_verdicts,
    confirmed_words,
    entitlement,
    use_by_school,
    use_verdict,
)  # fmt: skip
from models.rules.scheme import Dated, default_scheme, scheme_on
from models.values import replace
from models.words import Answer, ClaimState, CoverPurpose, HalfDay


def usual(_day):
    return default_scheme()


def by_meetings(day):
    return scheme_on(day, [Dated("allowance_basis", "meetings", dt.date(2000, 1, 1))])


def claim(number, cost_p=10000, **more):
    given = {
        "id": number, "code": f"SC-{number:04}", "school_id": 1, "school_name": "Alder Lane", "person_id": 1,
        "cover_on": dt.date(2024, 10, 3) + dt.timedelta(weeks=4 * number), "half_day": HalfDay.PM,
        "purpose": CoverPurpose.FULL_CLUSTER, "cost_p": cost_p, "meeting_id": number,
    }  # fmt: skip
    return CoverFact(**(given | more))


def approved(number, cost_p=10000, **more):
    return claim(number, cost_p, state=ClaimState.APPROVED, approved_p=min(cost_p, 10000), **more)


def use(claims, scheme_for=usual, **terms):
    given = SchoolTerms(**terms)
    return entitlement(2024, recognise(claims, scheme_for, given).values(), scheme_for, given)


def test_r_cover_4_five_half_days_use_the_whole_allowance():
    line = use([approved(n) for n in range(1, 6)])
    assert (line.allowance_p, line.used_p, line.planned_p, line.left_p) == (50000, 50000, 0, 0)
    assert [block.used_p for block in line.blocks] == [10000] * 5


def test_r_cover_5_a_cheaper_day_leaves_the_rest_in_the_meter():
    line = use([approved(n, 8500) for n in range(1, 6)])
    assert (line.used_p, line.left_p, line.half_days_used) == (42500, 7500, 5)
    assert [block.left_p for block in line.blocks] == [0, 0, 0, 0, 7500]


def test_r_cover_5_on_the_basis_of_meetings_the_rest_of_a_cheaper_day_is_lost():
    line = use([approved(n, 8500) for n in range(1, 5)], by_meetings)
    assert (line.used_p, line.left_p) == (34000, 10000)
    assert [block.used_p for block in line.blocks] == [8500] * 4 + [0]
    assert use([approved(n, 8500) for n in range(1, 6)], by_meetings).left_p == 0


def test_what_is_not_approved_yet_is_planned():
    states = [ClaimState.DRAFT, ClaimState.SUBMITTED, ClaimState.RETURNED]
    line = use([approved(1), *(claim(n, state=state) for n, state in enumerate(states, 2))])
    assert (line.used_p, line.planned_p, line.left_p, line.unused_p) == (10000, 30000, 10000, 40000)
    assert [(b.used_p, b.planned_p, b.left_p) for b in line.blocks] == [
        (10000, 0, 0), (0, 10000, 0), (0, 10000, 0), (0, 10000, 0), (0, 0, 10000),
    ]  # fmt: skip


def test_planned_half_days_have_blocks_of_their_own_on_the_basis_of_meetings():
    line = use([approved(1, 8500), claim(2, 7000)], by_meetings)
    assert [(b.used_p, b.planned_p, b.left_p) for b in line.blocks[:3]] == [
        (8500, 0, 0), (0, 7000, 0), (0, 0, 10000),
    ]  # fmt: skip


def test_r_cover_6_release_paid_by_the_pot_does_not_touch_the_meter():
    line = use([claim(1, purpose=CoverPurpose.PROJECT)])
    assert (line.used_p, line.planned_p, line.left_p) == (0, 0, 50000)


def test_an_odd_allowance_ends_in_a_smaller_block():
    line = use([], allowance_p=25000)
    assert [block.size_p for block in line.blocks] == [10000, 10000, 5000]
    assert use([], gives_release_input=False).blocks == ()


def test_r_cover_18_schools_are_listed_by_the_alphabet_and_not_ranked():
    schools = {1: "Cedar", 2: "alder", 3: "Birch"}
    claims = [claim(n, school_id=1) for n in range(1, 7)]
    lines = use_by_school(2024, schools, {1: recognise(claims, usual).values()}, usual)
    assert [line.school_name for line in lines] == ["alder", "Birch", "Cedar"]
    assert lines[2].words == "£500 of £500 used, and £100 more borne by the school; £0 left"
    assert lines[0].words == "£0 of £500 used; £500 left"


def test_r_cover_4_the_sixth_half_day_asks_for_a_reason_once_for_the_school():
    claims = [claim(n) for n in range(1, 8)]
    (line,) = use_by_school(2024, {1: "Alder Lane"}, {1: recognise(claims, usual).values()}, usual)
    verdict = use_verdict(line, usual)
    assert verdict.rule == "R-COVER-4"
    assert "claimed 7 half-days in 2024 to 2025" in verdict.text
    assert "the school bears £200" in verdict.text
    (five,) = use_by_school(2024, {1: "Alder Lane"}, {1: recognise(claims[:5], usual).values()}, usual)
    assert use_verdict(five, usual) is None


def test_r_cover_7_six_of_seven_confirmed_that_the_money_is_additional():
    answers = [AdditionalFact(n, f"School {n}", Answer.YES) for n in range(1, 7)]
    answers.append(AdditionalFact(7, "School 7"))
    assert confirmed_words(answers) == "6 of 7 confirmed"
    (verdict,) = additional_verdicts(answers, 2024)
    assert verdict.rule == "R-COVER-7"
    assert verdict.text == (
        "School 7 has not said whether the release money for 2024 to 2025 is on top of its science budget: "
        "talk to its headteacher."
    )
    answers[6] = replace(answers[6], answer=Answer.NO)
    assert "says no" in additional_verdicts(answers, 2024)[0].text
