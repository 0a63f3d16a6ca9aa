"""What is said about claims, and how they move on: R-COVER-8 to 10 and 12 to 16."""

import datetime as dt

import pytest

from models.calendar import SchoolCalendar, Term, TermName
from models.rules.cover_checks import (
    beside_verdict,
    claim_deadline,
    claim_verdicts,
    evidence_words,
    is_late,
)
from models.rules.cover_facts import CoverFact, reversal
from models.rules.cover_states import (
    Move,
    edit_verdict,
    move,
    next_states,
    order_verdict,
    reversal_verdict,
    state_after_edit,
    waiting_for,
)  # fmt: skip
from models.rules.scheme import Dated, Response, default_scheme, scheme_on
from models.rules.verdict import Severity, refused
from models.values import replace
from models.words import AttendanceCode, ClaimState, CoverPurpose, HalfDay, VatRecovery

DAY = dt.date(2024, 11, 14)
TODAY = dt.date(2024, 12, 2)
SUMMER = Term(2024, TermName.SUMMER, 2, dt.date(2025, 6, 2), dt.date(2025, 7, 22))
CALENDAR = SchoolCalendar(terms=(SUMMER,))


def usual(_day):
    return default_scheme()


def claim(**more):
    given = {
        "id": 12,
        "code": "SC-0012",
        "school_id": 1,
        "school_name": "Alder Lane",
        "person_id": 5,
        "person_name": "Asha Bell",
        "cover_on": DAY,
        "half_day": HalfDay.PM,
        "purpose": CoverPurpose.FULL_CLUSTER,
        "cost_p": 10000,
        "meeting_id": 3,
        "meeting_on": DAY,
        "in_school_day": True,
        "attendance": AttendanceCode.P,
        "evidence_ref": "INV 77",
    }
    return CoverFact(**(given | more))


def found(*claims, scheme_for=usual, today=TODAY):
    return claim_verdicts(claims, scheme_for, CALENDAR, today)


def only(*claims, **more):
    """The one verdict there is."""
    verdicts = found(*claims, **more)
    assert len(verdicts) == 1, verdicts
    return verdicts[0]


def test_a_claim_in_order_has_no_findings():
    assert found(claim(), claim(id=13, code="SC-0013", half_day=HalfDay.AM)) == []


def test_r_cover_8_a_trip_for_children_is_refused():
    """R-COVER-8: coach for a Year 3 trip, £180."""
    coach = claim(purpose=CoverPurpose.TRIP, cost_p=18000, meeting_id=None, attendance=None)
    verdict = only(coach)
    assert (verdict.rule, verdict.severity) == ("R-COVER-8", Severity.REFUSE)
    assert "SC-0012 of Alder Lane" in verdict.text
    assert "release money is for teachers" in verdict.text


def test_r_cover_9_cover_for_a_meeting_outside_the_school_day_is_refused():
    """R-COVER-9: a meeting at 4pm, £60."""
    late = claim(in_school_day=False, cost_p=6000)
    verdict = only(late)
    assert (verdict.rule, verdict.severity) == ("R-COVER-9", Severity.REFUSE)
    assert "£60" in verdict.text
    allowed = only(replace(late, override_reason="Travel from the far end of the county."))
    assert allowed.severity is Severity.INFO
    assert allowed.text.endswith("Allowed because: Travel from the far end of the county.")


def test_r_cover_9_the_response_is_a_setting():
    def quiet(day):
        return scheme_on(day, [Dated("claim_outside_school_day", "", dt.date(2000, 1, 1), Response.IGNORE)])

    assert found(claim(in_school_day=False), scheme_for=quiet) == []


@pytest.mark.parametrize("code", [AttendanceCode.S, AttendanceCode.A, AttendanceCode.N])
def test_r_cover_10_a_claim_needs_the_mark_present_and_released(code):
    verdict = only(claim(attendance=code))
    assert (verdict.rule, verdict.severity) == ("R-COVER-10", Severity.REFUSE)
    assert "Asha Bell" in verdict.text
    assert "14 November 2024" in verdict.text


def test_r_cover_10_an_empty_register_is_refused_only_once_the_day_has_come():
    one = claim(attendance=None)
    assert only(one).severity is Severity.REFUSE
    assert found(one, today=DAY - dt.timedelta(1)) == []


def test_r_cover_10_a_claim_for_a_meeting_names_it():
    assert "choose the meeting" in only(claim(meeting_id=None, meeting_on=None, attendance=None)).text
    project = claim(purpose=CoverPurpose.PROJECT, meeting_id=None, meeting_on=None, attendance=None)
    assert found(project) == []


def test_r_cover_10_the_date_of_cover_is_the_meetings():
    verdict = only(claim(cover_on=DAY + dt.timedelta(1)))
    assert (verdict.rule, verdict.severity) == ("R-COVER-10", Severity.WARN)
    assert "15 November 2024" in verdict.text


@pytest.mark.parametrize("second", [HalfDay.PM, HalfDay.DAY])
def test_r_cover_10_the_second_claim_for_a_person_and_half_day_is_refused(second):
    again = claim(id=20, code="SC-0020", half_day=second)
    verdict = only(claim(), again)
    assert (verdict.rule, verdict.severity, verdict.about.id) == ("R-COVER-10", Severity.REFUSE, 20)
    assert "SC-0012 already claims cover for Asha Bell on 14 November 2024, afternoon" in verdict.text


def test_r_cover_10_a_person_cannot_be_claimed_by_two_schools_for_one_half_day():
    other = claim(id=20, code="SC-0020", school_id=2, school_name="Birch")
    assert only(claim(), other).about.id == 20


@pytest.mark.parametrize("state", [ClaimState.REJECTED, ClaimState.WITHDRAWN])
def test_r_cover_10_what_was_rejected_withdrawn_or_reversed_is_no_duplicate(state):
    again = claim(id=20, code="SC-0020")
    assert found(claim(state=state), again) == []
    paid = claim(state=ClaimState.PAID, approved_p=10000)
    assert found(paid, reversal(paid, 13, "SC-0013"), again) == []


def test_r_cover_11_a_second_teacher_at_one_meeting_is_pointed_out():
    second = claim(id=20, code="SC-0020", person_id=6, person_name="Ben Carr")
    verdict = only(claim(), second)
    assert (verdict.rule, verdict.severity, verdict.about.id) == ("R-COVER-11", Severity.WARN, 20)
    assert "teacher number 2 of Alder Lane" in verdict.text
    assert "1 place can be funded" in verdict.text


def test_r_cover_12_where_vat_is_not_known_the_business_manager_is_asked():
    verdict = only(claim(vat_p=2000, vat_recovery=VatRecovery.ASK))
    assert (verdict.rule, verdict.severity) == ("R-COVER-12", Severity.WARN)
    assert verdict.text.endswith("ask your school business manager.")
    assert found(claim(vat_p=2000, vat_recovery=VatRecovery.NO)) == []


def test_r_cover_3_more_than_the_cost_cannot_have_been_recognised():
    verdict = only(claim(cost_p=8500, state=ClaimState.PAID, approved_p=10000))
    assert (verdict.rule, verdict.severity) == ("R-COVER-3", Severity.REFUSE)
    assert "£100, more than its cost of £85" in verdict.text


def test_r_cover_14_a_claim_approved_by_its_claimant_is_pointed_out():
    own = claim(state=ClaimState.APPROVED, approved_p=10000, claimant_id=9, approver_id=9)
    assert (only(own).rule, only(own).severity) == ("R-COVER-14", Severity.REFUSE)
    assert only(replace(own, claimant_id=None, approver_id=5)).rule == "R-COVER-14"
    assert found(replace(own, approver_id=4)) == []


def test_r_cover_15_eleven_of_twelve_evidenced_is_one_to_find():
    claims = [
        claim(id=n, code=f"SC-{n:04}", person_id=n, meeting_id=n, state=ClaimState.APPROVED, approved_p=10000)
        for n in range(1, 13)
    ]
    claims[4] = replace(claims[4], evidence_ref=" ")
    assert evidence_words(claims) == "11 of 12 evidenced, 1 to find"
    verdict = only(*claims)
    assert (verdict.rule, verdict.about.id) == ("R-COVER-15", 5)
    assert evidence_words([claims[0], claim(cost_p=0, evidence_ref="")]) == "1 of 1 evidenced"


def test_r_cover_16_cover_in_july_claimed_in_september_is_late_and_of_the_old_year():
    late = claim(
        cover_on=dt.date(2025, 7, 15), meeting_on=dt.date(2025, 7, 15), state=ClaimState.SUBMITTED,
        claimed_on=dt.date(2025, 9, 20),
    )  # fmt: skip
    verdict = only(late)
    assert verdict.rule == "R-COVER-16"
    assert "claimed on 20 September 2025, after the last day to claim, 22 July 2025" in verdict.text
    assert verdict.text.endswith("it belongs to 2024 to 2025.")


@pytest.mark.parametrize(
    ("claimed_on", "late"), [(dt.date(2025, 7, 22), False), (dt.date(2025, 7, 23), True), (None, False)]
)
def test_r_cover_16_the_deadline_is_the_last_day_of_the_summer_term(claimed_on, late):
    one = claim(cover_on=dt.date(2025, 7, 15), claimed_on=claimed_on)
    assert is_late(one, default_scheme(), CALENDAR) is late


def test_d30_the_deadline_can_be_the_end_of_the_school_year():
    scheme = scheme_on(DAY, [Dated("claim_deadline", "end_of_school_year", dt.date(2000, 1, 1))])
    assert claim_deadline(2024, scheme, CALENDAR) == dt.date(2025, 8, 31)
    assert claim_deadline(2024, default_scheme(), CALENDAR) == dt.date(2025, 7, 22)


def step(to, **more):
    return Move(**({"to": to, "on": TODAY, "by_id": 4} | more))


def moves(one, to, **more):
    return move(one, step(to, **more), default_scheme(), TODAY)


ALLOWED = {
    (ClaimState.DRAFT, ClaimState.SUBMITTED),
    (ClaimState.DRAFT, ClaimState.WITHDRAWN),
    (ClaimState.SUBMITTED, ClaimState.APPROVED),
    (ClaimState.SUBMITTED, ClaimState.RETURNED),
    (ClaimState.SUBMITTED, ClaimState.REJECTED),
    (ClaimState.SUBMITTED, ClaimState.WITHDRAWN),
    (ClaimState.RETURNED, ClaimState.SUBMITTED),
    (ClaimState.RETURNED, ClaimState.WITHDRAWN),
    (ClaimState.APPROVED, ClaimState.PAID),
    (ClaimState.APPROVED, ClaimState.RETURNED),
    (ClaimState.APPROVED, ClaimState.WITHDRAWN),
}


@pytest.mark.parametrize("to", ClaimState)
@pytest.mark.parametrize("state", ClaimState)
def test_r_cover_13_only_legal_steps_can_be_taken(state, to):
    one = claim(state=state, approved_p=10000)
    given = {"reason": "Wrong date", "paid_on": TODAY, "paid_ref": "BACS 8"}
    assert (not refused(moves(one, to, **given))) == ((state, to) in ALLOWED)
    assert (to in next_states(state)) == ((state, to) in ALLOWED)


def test_r_cover_13_paid_needs_date_and_reference_even_if_the_claim_was_allowed():
    one = claim(state=ClaimState.APPROVED, approved_p=10000, override_reason="Allowed")
    texts = [verdict.text for verdict in refused(moves(one, ClaimState.PAID))]
    assert texts == [
        "SC-0012 of Alder Lane: enter the date of payment.",
        "SC-0012 of Alder Lane: enter the payment reference.",
    ]
    tomorrow = TODAY + dt.timedelta(1)
    assert len(refused(moves(one, ClaimState.PAID, paid_on=tomorrow, paid_ref="BACS 8"))) == 1
    assert moves(one, ClaimState.PAID, paid_on=TODAY, paid_ref="BACS 8") == []


@pytest.mark.parametrize("to", [ClaimState.RETURNED, ClaimState.REJECTED])
def test_r_cover_13_a_reason_is_needed_to_return_or_reject(to):
    one = claim(state=ClaimState.SUBMITTED)
    assert "write a reason" in refused(moves(one, to, reason="  "))[0].text
    assert moves(one, to, reason="The invoice is for another day") == []


@pytest.mark.parametrize("state", [ClaimState.PAID, ClaimState.REJECTED, ClaimState.WITHDRAWN])
def test_r_cover_13_what_is_paid_or_closed_is_not_editable(state):
    verdict = edit_verdict(claim(state=state, approved_p=10000))
    assert verdict is not None
    assert verdict.severity is Severity.REFUSE
    assert ("reverse it with a new line" in verdict.text) == (state is ClaimState.PAID)


def test_editing_what_was_submitted_or_agreed_makes_it_a_draft_again():
    after = {state: state_after_edit(state) for state in ClaimState}
    assert after[ClaimState.SUBMITTED] is after[ClaimState.APPROVED] is ClaimState.DRAFT
    assert after[ClaimState.RETURNED] is ClaimState.RETURNED
    assert edit_verdict(claim(state=ClaimState.APPROVED)) is None


def test_r_cover_14_nobody_approves_their_own_claim():
    """R-COVER-14: the SSL of the lead school approves her own claim."""
    one = claim(state=ClaimState.SUBMITTED, claimant_id=9)
    for own in (9, 5):
        assert refused(moves(one, ClaimState.APPROVED, by_id=own))[0].rule == "R-COVER-14"
    assert moves(one, ClaimState.APPROVED, by_id=4) == []
    assert "say who approves it" in refused(moves(one, ClaimState.APPROVED, by_id=None))[0].text


def test_r_cover_15_evidence_is_needed_before_paid():
    one = claim(state=ClaimState.APPROVED, approved_p=10000, evidence_ref="")
    given = {"paid_on": TODAY, "paid_ref": "BACS 8"}
    assert refused(moves(one, ClaimState.PAID, **given))[0].rule == "R-COVER-15"
    allowed = moves(replace(one, override_reason="Invoice lost"), ClaimState.PAID, **given)
    assert [verdict.severity for verdict in allowed] == [Severity.INFO]
    free = replace(one, cost_p=0, approved_p=0)
    assert moves(free, ClaimState.PAID, **given) == []


def test_r_cover_13_a_step_dated_before_the_one_before_it_is_said_and_never_blocked():
    asked = claim(state=ClaimState.SUBMITTED, claimed_on=dt.date(2024, 11, 22))
    early = order_verdict(asked, Move(ClaimState.APPROVED, dt.date(2024, 7, 10), by_id=9))
    assert early is not None
    assert early.severity is Severity.WARN
    assert early.text == "10 July 2024 is before SC-0012 was claimed on 22 November 2024: check the day."
    agreed = replace(asked, state=ClaimState.APPROVED, approved_on=dt.date(2024, 11, 22))
    paid = Move(ClaimState.PAID, TODAY, paid_on=dt.date(2024, 11, 21), paid_ref="B")
    assert "approved on 22 November 2024" in getattr(order_verdict(agreed, paid), "text", "")
    assert order_verdict(agreed, replace(paid, paid_on=dt.date(2024, 11, 22))) is None
    assert move(agreed, paid, default_scheme(), TODAY) == []


def test_r_cover_13_a_paid_claim_is_reversed_once():
    paid = claim(state=ClaimState.PAID, approved_p=10000)
    back = reversal(paid, 13, "SC-0013")
    assert (back.cost_p, back.approved_p, back.reverses_id) == (-10000, -10000, 12)
    assert reversal_verdict(paid, [paid]) is None
    assert "reversed already" in reversal_verdict(paid, [paid, back]).text
    assert "only a paid claim" in reversal_verdict(claim(), []).text
    assert "a reversal already" in reversal_verdict(back, [paid, back]).text


def test_every_state_says_what_the_claim_waits_for():
    assert waiting_for(ClaimState.SUBMITTED) == "waiting for approval"
    assert all(waiting_for(state) for state in ClaimState)


def test_another_teacher_of_the_school_in_the_same_half_day_is_asked_about_while_it_is_typed():
    first = claim()
    second = claim(id=0, code="This claim", person_id=6, person_name="Ben Cole")
    verdict = beside_verdict(second, [first])
    assert verdict.severity is Severity.WARN
    assert "SC-0012 already claims cover for Asha Bell of Alder Lane on 14 November 2024" in verdict.text
    day = replace(second, half_day=HalfDay.DAY)
    assert beside_verdict(day, [first]) is not None
    for other in (
        replace(second, half_day=HalfDay.AM),
        replace(second, school_id=2),
        replace(second, cover_on=DAY + dt.timedelta(1)),
        replace(second, person_id=5),
    ):
        assert beside_verdict(other, [first]) is None
    assert beside_verdict(second, [replace(first, state=ClaimState.WITHDRAWN)]) is None
