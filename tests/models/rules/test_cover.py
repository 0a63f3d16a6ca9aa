"""The split of a claim: every example of R-COVER-1 to 6, 8, 9, 11, 12 and 17."""

import datetime as dt

import pytest

from models.rules.cover import SchoolTerms, cap_of, recognise, recognise_all, split_live, totals
from models.rules.cover_facts import CoverFact, reversal
from models.rules.cover_states import Move, move
from models.rules.scheme import Dated, default_scheme, scheme_on
from models.values import replace
from models.words import ClaimState, CoverPurpose, HalfDay, PaidFrom, ReleaseMethod, VatRecovery

YEAR = 2024
FIRST = dt.date(2024, 10, 3)


def usual(_day):
    return default_scheme()


def with_settings(*rows):
    entered = [row if isinstance(row, Dated) else Dated(row[0], row[1], dt.date(2000, 1, 1)) for row in rows]
    return lambda day: scheme_on(day, entered)


def claim(number=1, cost_p=10000, **more):
    """A claim for one half-day of a full cluster meeting, four weeks after the one before."""
    given = {
        "id": number,
        "code": f"SC-{number:04}",
        "school_id": 1,
        "school_name": "Alder Lane",
        "person_id": 1,
        "cover_on": FIRST + dt.timedelta(weeks=4 * (number - 1)),
        "half_day": HalfDay.PM,
        "purpose": CoverPurpose.FULL_CLUSTER,
        "cost_p": cost_p,
        "meeting_id": number,
        "in_school_day": True,
    }
    return CoverFact(**(given | more))


def split(one, scheme_for=usual, **terms):
    found = recognise([one], scheme_for, SchoolTerms(**terms))[one.id]
    return found.recognised_p, found.school_share_p


@pytest.mark.parametrize(
    ("cost_p", "half_day", "expected"),
    [
        pytest.param(12000, HalfDay.PM, (10000, 2000), id="R-COVER-1 £120 is £100 and £20"),
        pytest.param(10000, HalfDay.AM, (10000, 0), id="R-COVER-1 £100 is within the limit"),
        pytest.param(10001, HalfDay.AM, (10000, 1), id="R-COVER-1 a penny over is the school’s"),
        pytest.param(21800, HalfDay.DAY, (20000, 1800), id="R-COVER-2 a day of £218 is £200 and £18"),
        pytest.param(8500, HalfDay.PM, (8500, 0), id="R-COVER-3 £85 is £85 and not £100"),
        pytest.param(0, HalfDay.PM, (0, 0), id="R-COVER-3 cover for nothing"),
    ],
)
def test_recognised_amount_of_one_claim(cost_p, half_day, expected):
    assert split(claim(cost_p=cost_p, half_day=half_day)) == expected


def test_r_cover_2_a_whole_day_has_twice_the_limit_and_is_two_half_days():
    assert cap_of(HalfDay.DAY, FIRST, usual) == 2 * cap_of(HalfDay.AM, FIRST, usual) == 20000
    day = claim(half_day=HalfDay.DAY)
    assert recognise([day], usual)[1].half_days == 2


def test_r_cover_4_the_sixth_hundred_pounds_is_the_schools():
    found = recognise([claim(n) for n in range(1, 7)], usual)
    assert [found[n].recognised_p for n in range(1, 7)] == [10000] * 5 + [0]
    assert found[6].school_share_p == 10000
    assert found[6].reasons == (
        "Alder Lane’s allowance of £500 for 2024 to 2025 is used up.",
        "The school bears £100.",
    )


def test_r_cover_5_the_allowance_counts_money():
    found = recognise([claim(n, 8500) for n in range(1, 6)] + [claim(6)], usual)
    assert (found[6].recognised_p, found[6].school_share_p) == (7500, 2500)
    assert "Only £75 of Alder Lane’s allowance of £500 for 2024 to 2025 was left." in found[6].reasons


def test_r_cover_5_on_the_other_basis_the_allowance_counts_meetings():
    found = recognise(
        [claim(n, 8500) for n in range(1, 6)] + [claim(6)], with_settings(("allowance_basis", "meetings"))
    )
    assert [found[n].recognised_p for n in range(1, 7)] == [8500] * 5 + [0]


def test_r_cover_5_on_the_basis_of_meetings_a_day_uses_two_and_the_last_one_pays_half_a_day():
    days = [claim(n, 30000, half_day=HalfDay.DAY) for n in (1, 2, 3)]
    found = recognise(days, with_settings(("allowance_basis", "meetings")))
    assert [found[n].recognised_p for n in (1, 2, 3)] == [20000, 20000, 10000]


def test_r_cover_6_a_regular_meeting_draws_on_the_schools_own_money_and_the_lead_pays_nothing():
    found = recognise([claim()], usual)[1]
    assert (found.paid_from, found.recognised_p, found.lead_pays_p) == (PaidFrom.SCHOOL_ALLOWANCE, 10000, 0)


@pytest.mark.parametrize("purpose", [CoverPurpose.SUB_GROUP, CoverPurpose.PROJECT, CoverPurpose.CPD])
def test_r_cover_6_other_release_comes_from_the_pot_and_leaves_the_allowance_alone(purpose):
    pot = [claim(n, 12000, purpose=purpose) for n in range(1, 8)]
    found = recognise([*pot, claim(8)], usual)
    assert {found[n].paid_from for n in range(1, 8)} == {PaidFrom.CLUSTER_POT}
    assert {(found[n].recognised_p, found[n].lead_pays_p) for n in range(1, 8)} == {(10000, 10000)}
    assert found[8].recognised_p == 10000


def test_r_cover_6_the_lead_can_be_set_to_reimburse():
    found = recognise([claim()], with_settings(("release_mode", "lead_reimburses")))[1]
    assert (found.paid_from, found.lead_pays_p) == (PaidFrom.SCHOOL_ALLOWANCE, 10000)


def test_d29_the_limit_need_not_bind_the_pot():
    one = claim(cost_p=12000, purpose=CoverPurpose.PROJECT, meeting_id=None)
    assert split(one) == (10000, 2000)
    assert split(one, with_settings(("pot_release_cap", "no"))) == (12000, 0)


@pytest.mark.parametrize(
    ("rule", "more"),
    [
        ("R-COVER-8", {"purpose": CoverPurpose.TRIP, "cost_p": 18000, "meeting_id": None}),
        ("R-COVER-9", {"in_school_day": False, "cost_p": 6000}),
    ],
)
def test_what_a_rule_forbids_is_recognised_at_nothing_unless_allowed_with_a_reason(rule, more):
    one = claim(**more)
    assert split(one) == (0, one.cost_p), rule
    allowed = replace(one, override_reason="Agreed with the Advisor")
    assert split(allowed) == (min(one.cost_p, 10000), one.cost_p - min(one.cost_p, 10000)), rule


def test_r_cover_9_a_cluster_may_set_the_rule_to_warn_only():
    evening = Dated(
        "claim_outside_school_day", "", dt.date(2000, 1, 1), default_scheme().response("trust_copies")
    )
    assert split(claim(cost_p=6000, in_school_day=False), with_settings(evening)) == (6000, 0)


def test_r_cover_11_a_second_teacher_at_one_meeting_is_not_funded():
    both = [claim(1), claim(2, person_id=2, cover_on=FIRST, meeting_id=1)]
    found = recognise(both, usual)
    assert (found[1].recognised_p, found[2].recognised_p, found[2].school_share_p) == (10000, 0, 10000)
    assert found[2].reasons[0] == "Only 1 teacher of a school at one meeting can be funded; this is number 2."
    assert recognise(both, usual, SchoolTerms(funded_places=2))[2].recognised_p == 10000
    assert recognise(both, with_settings(("funded_places", "2")))[2].recognised_p == 10000


def test_r_cover_11_one_teacher_may_have_the_morning_and_the_afternoon_of_a_meeting():
    both = [claim(1, half_day=HalfDay.AM), claim(2, cover_on=FIRST, meeting_id=1)]
    assert [one.recognised_p for one in recognise(both, usual).values()] == [10000, 10000]


@pytest.mark.parametrize(
    ("recovery", "expected"),
    [
        pytest.param(VatRecovery.YES, (10000, 2000), id="got back: of £120"),
        pytest.param(VatRecovery.NO, (10000, 4400), id="not got back: of £144"),
        pytest.param(VatRecovery.ASK, (10000, 4400), id="not known: as if not got back"),
    ],
)
def test_r_cover_12_vat_counts_where_the_school_does_not_get_it_back(recovery, expected):
    assert split(claim(cost_p=12000, vat_p=2400, vat_recovery=recovery)) == expected


def test_r_cover_12_the_limit_can_be_set_to_include_vat():
    one = claim(cost_p=9000, vat_p=1800)
    assert split(one) == (9000, 0)
    assert split(one, with_settings(("cap_includes_vat", "yes"))) == (10000, 800)


def test_r_cover_13_a_reversal_gives_the_allowance_back():
    """A typo in a paid £100: reversal of £100 and a new £90."""
    paid = [replace(claim(n), state=ClaimState.PAID, approved_p=10000) for n in range(1, 6)]
    back = reversal(paid[0], 6, "SC-0006")
    again = claim(7, 9000, cover_on=paid[0].cover_on, meeting_id=1)
    found = recognise([*paid, back, again], usual)
    assert (found[6].cost_p, found[6].recognised_p, found[6].half_days) == (-10000, -10000, -1)
    assert found[7].recognised_p == 9000
    summed = totals(found.values())
    assert (summed.claims, summed.half_days, summed.recognised_p) == (5, 5, 49000)


def test_r_cover_13_a_reversal_takes_back_exactly_what_was_split():
    paid = replace(claim(cost_p=12000, vat_p=2400), state=ClaimState.PAID, approved_p=10000)
    back = replace(reversal(paid, 2, "SC-0002"), approved_p=None, state=ClaimState.SUBMITTED)
    found = recognise([paid, back], usual)
    assert (found[2].recognised_p, found[2].school_share_p) == (-10000, -2000)


@pytest.mark.parametrize("state", [ClaimState.REJECTED, ClaimState.WITHDRAWN])
def test_rejected_and_withdrawn_claims_count_nowhere(state):
    gone = [replace(claim(n), state=state) for n in range(1, 6)]
    found = recognise([*gone, claim(6)], usual)
    assert found[6].recognised_p == 10000
    assert (found[1].cost_p, found[1].recognised_p, found[1].school_share_p) == (10000, 0, 10000)
    assert totals(found.values()) == totals([found[6]])


def test_r_cover_1_a_changed_limit_holds_from_its_date_and_never_for_older_claims():
    scheme_for = with_settings(Dated("cap_per_half_day", "110", dt.date(2024, 11, 1)))
    found = recognise([claim(1, 12000), claim(2, 12000), claim(3, 12000)], scheme_for)
    assert [found[n].recognised_p for n in (1, 2, 3)] == [10000, 10000, 11000]


def test_approved_claims_keep_their_amount_when_limit_order_or_vat_change():
    late = replace(claim(6, 12000, vat_p=2400), state=ClaimState.APPROVED, approved_p=10000)
    early = [claim(n) for n in range(1, 6)]
    lower = with_settings(("cap_per_half_day", "50"))
    assert recognise([late], lower)[6].recognised_p == 10000
    assert recognise([*early, late], usual)[6].recognised_p == 10000
    assert recognise([*early, late], usual)[5].recognised_p == 0
    changed = replace(late, cost_p=9000, vat_p=1800, vat_recovery=VatRecovery.YES)
    assert recognise([changed], usual)[6].school_share_p == 800


def test_r_cover_16_each_school_year_has_its_own_allowance_by_date_of_cover():
    first = [claim(n, cover_on=dt.date(2025, 6, n), meeting_id=n) for n in range(1, 7)]
    second = claim(9, cover_on=dt.date(2025, 9, 1), meeting_id=9)
    found = recognise_all([*first, second], usual)
    assert (found[6].recognised_p, found[9].recognised_p) == (0, 10000)


def test_d6_a_schools_unused_allowance_rolls_over_only_if_the_scheme_says_so():
    six = [claim(n) for n in range(1, 7)]
    assert recognise(six, usual, SchoolTerms(carried_p=7500))[6].recognised_p == 0
    rolls = with_settings(("release_rollover", "yes"))
    assert recognise(six, rolls, SchoolTerms(carried_p=7500))[6].recognised_p == 7500


def test_d22_a_school_that_sets_no_money_aside_bears_its_release():
    found = recognise([claim()], usual, SchoolTerms(gives_release_input=False))[1]
    assert (found.recognised_p, found.school_share_p) == (0, 10000)
    assert found.reasons[0] == "Alder Lane sets no release money aside."


def test_r_cover_10_the_second_claim_for_one_half_day_gets_nothing():
    whole = claim(1, 20000, half_day=HalfDay.DAY)
    again = claim(2, cover_on=FIRST, half_day=HalfDay.PM, meeting_id=1)
    found = recognise([whole, again], usual)
    assert (found[1].recognised_p, found[2].recognised_p) == (20000, 0)
    assert found[2].reasons[0] == "SC-0001 already covers this person for this half-day."


def test_r_cover_17_twelve_claims_add_up():
    """£1,130 + £145 = £1,275."""
    costs = [12000, 12000, 12000, 12000, 12000, 12000, 12500, 10000, 10000, 8000, 7500, 7500]
    claims = [
        claim(n, cost, school_id=n % 3, person_id=n % 3, meeting_id=n) for n, cost in enumerate(costs, 1)
    ]
    summed = totals(recognise_all(claims, usual).values())
    assert (summed.cost_p, summed.recognised_p, summed.school_share_p) == (127500, 113000, 14500)
    assert summed.words == "£1,130 + £145 = £1,275"


def test_note_2_the_worked_year_of_twenty_eight_claims():
    claims = [
        claim(n, 10900, school_id=n % 7, person_id=n % 7, cover_on=FIRST + dt.timedelta(n), meeting_id=n // 7)
        for n in range(28)
    ]
    summed = totals(recognise_all(claims, usual).values())
    assert (summed.recognised_p, summed.school_share_p, summed.cost_p) == (280000, 25200, 305200)
    assert summed.half_days == 28


def test_the_split_while_typing_knows_the_schools_other_claims_of_that_year_only():
    others = [claim(n, 8500) for n in range(1, 6)]
    typed = claim(0, 10000, code="", cover_on=dt.date(2025, 6, 2), meeting_id=60)
    assert split_live(typed, others, usual).recognised_p == 7500
    next_year = replace(typed, cover_on=dt.date(2025, 10, 2))
    assert split_live(next_year, others, usual).recognised_p == 10000
    edited = replace(others[4], cost_p=7000)
    assert split_live(edited, others, usual).recognised_p == 7000


def test_recognise_refuses_a_mix_of_schools():
    with pytest.raises(ValueError, match="one school"):
        recognise([claim(1), claim(2, school_id=2)], usual)
    assert recognise([], usual) == {}


def test_r_cover_6_a_claim_can_name_other_funding_and_then_leaves_the_allowance_alone():
    found = recognise([claim(1, 12000, paid_from=PaidFrom.OTHER_FUNDING), *map(claim, range(2, 7))], usual)
    assert (found[1].paid_from, found[1].recognised_p, found[1].lead_pays_p) == (
        PaidFrom.OTHER_FUNDING, 10000, 10000,
    )  # fmt: skip
    assert found[6].recognised_p == 10000


def test_r_cover_13_a_reversal_whose_claim_is_elsewhere_takes_back_no_more_than_the_limit():
    back = claim(2, -12000, reverses_id=1, in_school_day=False)
    found = recognise([back], usual)[2]
    assert (found.recognised_p, found.school_share_p, found.half_days) == (-10000, -2000, -1)


def test_r_cover_17_a_split_that_does_not_add_up_cannot_be_made():
    found = recognise([claim(cost_p=12000)], usual)[1]
    with pytest.raises(ValueError, match="not the cost"):
        replace(found, recognised_p=found.recognised_p + 1)
    with pytest.raises(ValueError, match="do not add up"):
        replace(totals([found]), school_share_p=0)


def test_r_rev_5_bought_cover_without_its_cost_is_not_sent_in():
    """R-REV-5, R-MEET-12: in the ways of release that may cost nothing, £0 is a cost."""
    bought = claim(1, cost_p=0, method=ReleaseMethod.AGENCY, state=ClaimState.DRAFT)
    (verdict,) = move(bought, Move(ClaimState.SUBMITTED, bought.cover_on), default_scheme(), bought.cover_on)
    assert "enter what the cover cost" in verdict.text
    free = replace(bought, method=ReleaseMethod.INTERNAL)
    assert move(free, Move(ClaimState.SUBMITTED, free.cover_on), default_scheme(), free.cover_on) == []
    assert not replace(bought, cost_p=9000).lacks_cost
