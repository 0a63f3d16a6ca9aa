"""Entering claims and moving them on, in a real book (R-COVER-8 to 17)."""

import datetime as dt

import pytest

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.queries.claim_moves import findings
from models.queries.claim_scope import ClaimBook
from models.queries.cover import claim_lines, cover_year
from models.rules.cover_states import Move
from models.services.claims import (
    approve,
    edit_claim,
    note_evidence,
    reject,
    remove_claim,
    send_back,
    submit,
    withdraw,
)
from models.words import ClaimState, CoverPurpose, HalfDay
from tests.models.queries.small import filling
from tests.models.services.claim_world import TODAY


def test_a_new_claim_is_a_draft_with_the_next_number_and_a_trail(world):
    first, second = world.draft(), world.draft(school_id=world.lead, person_id=world.asha)
    assert [world.of(one)["code"] for one in (first, second)] == ["SC-0001", "SC-0002"]
    assert world.of(first)["state"] is ClaimState.DRAFT
    assert world.trail(first) == [(ClaimState.DRAFT, "Begun")]


def test_the_fields_that_moves_write_are_never_typed(world):
    with pytest.raises(ValueError, match="approved_p"):
        world.draft(approved_p=100_00)


def test_r_cover_10_the_same_persons_half_day_is_not_claimed_twice(world):
    world.draft()
    with pytest.raises(BadInput, match="SC-0001 already claims cover for Ben Cole on 14 November") as no:
        world.draft()
    assert no.value.field == "person_id"
    with pytest.raises(BadInput):  # the afternoon is a part of the day
        world.draft(half_day=HalfDay.DAY)
    world.draft(half_day=HalfDay.AM)
    world.draft(half_day=HalfDay.DAY, override_reason="Two teachers shared the class")


def test_r_cover_10_an_edit_does_not_run_into_another_claim(world):
    world.draft()
    morning = world.draft(half_day=HalfDay.AM)
    with pytest.raises(BadInput, match="SC-0001 already claims"):
        world.change(lambda s: edit_claim(s, morning, {"half_day": HalfDay.PM}, None, TODAY))


@pytest.mark.parametrize("field", ["cost_p", "vat_p"])
def test_only_a_reversal_is_negative(world, field):
    with pytest.raises(BadInput, match="negative only on a line that reverses") as no:
        world.draft(**{field: -1})
    assert no.value.field == field


def test_submitting_notes_who_and_when_and_says_so_in_the_trail(world):
    claim = world.submitted()
    now = world.of(claim)
    assert (now["state"], now["claimed_on"], now["claimant_id"]) == (ClaimState.SUBMITTED, TODAY, world.ben)
    assert world.trail(claim)[-1] == (ClaimState.SUBMITTED, "Sent in: £109, INV 7")


def test_a_claim_that_says_when_it_was_claimed_keeps_that_day(world):
    asked = dt.date(2024, 11, 18)
    assert world.of(world.submitted(claimed_on=asked))["claimed_on"] == asked


def test_approving_freezes_what_is_recognised_and_who_agreed(world):
    """R-COVER-1: £109 for an afternoon is recognised at £100."""
    claim = world.approved()
    now = world.of(claim)
    assert (now["state"], now["approved_p"]) == (ClaimState.APPROVED, 100_00)
    assert (now["approver_id"], now["approved_on"]) == (world.head, TODAY)
    assert world.trail(claim)[-1] == (ClaimState.APPROVED, "Recognised £100")


def test_r_cover_17_what_is_frozen_is_what_the_page_showed(world):
    claim = world.submitted(cost_p=98_00)
    with world.store.read() as session:
        shown = next(one for one in claim_lines(ClaimBook(session, [2024]), TODAY) if one.fact.id == claim)
    world.change(lambda session: approve(session, {claim: world.head}, TODAY, TODAY))
    assert world.of(claim)["approved_p"] == shown.split.recognised_p == 98_00
    assert world.trail(claim)[-1][1] == "Agreed, all of £98"


def test_r_cover_4_claims_approved_together_share_what_is_left_of_the_allowance(world):
    days = [dt.date(2024, 11, day) for day in (4, 5, 6, 7, 8, 11)]
    with filling(world.store) as small:
        met = {day: small.meeting(day, {world.other: world.ben}, code=f"M-{day}") for day in days}
    claims = [world.draft(cover_on=day, meeting_id=met[day]) for day in days]
    world.change(lambda session: submit(session, claims, TODAY, TODAY))
    world.change(lambda session: approve(session, dict.fromkeys(claims, world.head), TODAY, TODAY))
    assert [world.of(claim)["approved_p"] for claim in claims] == [100_00] * 5 + [0]


def test_r_cover_14_nobody_approves_their_own_claim_unless_a_reason_is_recorded(world):
    claim = world.submitted(school_id=world.lead, person_id=world.asha)
    with pytest.raises(Refused, match="SC-0001 of Alder Lane would be approved by the person who claims it"):
        world.change(lambda session: approve(session, {claim: world.asha}, TODAY, TODAY))
    assert world.of(claim)["state"] is ClaimState.SUBMITTED
    why = "The headteacher is ill and the Advisor agreed by telephone"
    world.change(lambda session: approve(session, {claim: world.asha}, TODAY, TODAY, why))
    assert (world.of(claim)["approver_id"], world.of(claim)["override_reason"]) == (world.asha, why)


def test_a_step_with_many_claims_is_taken_with_all_or_none_and_each_refusal_is_named(world):
    good = world.submitted()
    own = world.submitted(school_id=world.lead, person_id=world.asha)
    draft = world.draft(half_day=HalfDay.AM)
    approvers = {good: world.asha, own: world.asha, draft: world.asha}
    with pytest.raises(Refused) as no:
        world.change(lambda session: approve(session, approvers, TODAY, TODAY))
    assert "SC-0002 of Alder Lane would be approved" in str(no.value)
    assert "SC-0003 of Birch Hill: it is draft and cannot become approved" in str(no.value)
    assert world.of(good)["state"] is ClaimState.SUBMITTED


def test_one_step_with_many_claims_is_undone_by_one_undo(world):
    claims = [world.draft(), world.draft(half_day=HalfDay.AM)]
    world.change(lambda session: submit(session, claims, TODAY, TODAY))
    world.store.undo()
    assert {world.of(claim)["state"] for claim in claims} == {ClaimState.DRAFT}
    assert [len(world.trail(claim)) for claim in claims] == [1, 1]


def test_r_cover_8_a_trip_is_not_submitted_but_a_recorded_reason_lets_it_pass(world):
    trip = world.draft(purpose=CoverPurpose.TRIP, meeting_id=None)
    with pytest.raises(Refused, match="release money is for teachers"):
        world.change(lambda session: submit(session, [trip], TODAY, TODAY))
    world.change(lambda session: submit(session, [trip], TODAY, TODAY, "The Trust agreed"))
    assert world.of(trip)["override_reason"] == "The Trust agreed"


def test_a_reason_is_recorded_only_with_the_claims_that_need_it(world):
    trip = world.draft(purpose=CoverPurpose.TRIP, meeting_id=None)
    plain = world.draft(half_day=HalfDay.AM)
    world.change(lambda session: submit(session, [trip, plain], TODAY, TODAY, "The Trust agreed"))
    assert world.of(plain)["override_reason"] == ""


def test_r_cover_10_a_claim_without_its_mark_in_the_register_is_not_submitted(world):
    stranger = world.draft(person_id=world.head)
    with pytest.raises(Refused, match="does not say that Helen Dow was present and released"):
        world.change(lambda session: submit(session, [stranger], TODAY, TODAY))


@pytest.mark.parametrize(("move", "state"), [(send_back, "returned"), (reject, "rejected")])
def test_r_cover_13_returning_and_rejecting_need_a_reason(world, move, state):
    claim = world.submitted()
    with pytest.raises(Refused, match="write a reason"):
        world.change(lambda session: move(session, claim, "  ", TODAY, TODAY))
    world.change(lambda session: move(session, claim, "The timesheet is of 13 November", TODAY, TODAY))
    assert (world.of(claim)["state"], world.of(claim)["reason"]) == (
        state,
        "The timesheet is of 13 November",
    )
    assert world.trail(claim)[-1] == (state, "The timesheet is of 13 November")


def test_a_returned_claim_is_sent_in_again(world):
    claim = world.submitted()
    world.change(lambda session: send_back(session, claim, "No timesheet", TODAY, TODAY))
    world.change(lambda session: submit(session, [claim], TODAY, TODAY))
    assert (world.of(claim)["state"], world.of(claim)["reason"]) == (ClaimState.SUBMITTED, "")
    assert world.trail(claim)[-1][1] == "Sent again: £109, INV 7"


def test_a_rejected_or_withdrawn_claim_counts_nowhere(world):
    first, second = world.submitted(), world.submitted(half_day=HalfDay.AM)
    world.change(lambda session: reject(session, first, "Not for this", TODAY, TODAY))
    world.change(lambda session: withdraw(session, second, "", TODAY, TODAY))
    assert world.trail(second)[-1] == (ClaimState.WITHDRAWN, "Withdrawn")
    with world.store.read() as session:
        assert cover_year(ClaimBook(session, [2024]), 2024, TODAY).totals.claims == 0


def test_what_is_withdrawn_is_no_longer_approved(world):
    claim = world.approved()
    world.change(lambda session: withdraw(session, claim, "Not needed", TODAY, TODAY))
    assert [world.of(claim)[name] for name in ("approver_id", "approved_on", "approved_p")] == [None] * 3


def test_r_cover_13_editing_an_approved_claim_makes_it_a_draft_again(world):
    claim = world.approved()
    after = world.change(lambda session: edit_claim(session, claim, {"cost_p": 98_00}, None, TODAY))
    assert after is world.of(claim)["state"] is ClaimState.DRAFT
    assert [world.of(claim)[name] for name in ("approver_id", "approved_on", "approved_p")] == [None] * 3
    assert world.trail(claim)[-1][1] == "Changed after it was approved, so it is a draft again"


def test_saving_a_form_in_which_nothing_was_changed_leaves_an_approved_claim_approved(world):
    claim = world.approved()
    before = {name: world.of(claim)[name] for name in ("cost_p", "half_day", "notes")}
    after = world.change(lambda session: edit_claim(session, claim, before, before, TODAY))
    assert after is world.of(claim)["state"] is ClaimState.APPROVED


def test_r_cover_15_evidence_that_is_found_is_added_without_asking_again(world):
    claim = world.approved(evidence_ref="")
    world.change(lambda session: note_evidence(session, claim, " INV 88 ", TODAY))
    assert (world.of(claim)["state"], world.of(claim)["evidence_ref"]) == (ClaimState.APPROVED, "INV 88")
    assert world.trail(claim)[-1] == (ClaimState.APPROVED, "Evidence: INV 88")
    with pytest.raises(BadInput, match="Enter the number"):
        world.change(lambda session: note_evidence(session, claim, " ", TODAY))


def test_a_returned_claim_stays_returned_while_it_is_put_right(world):
    claim = world.submitted()
    world.change(lambda session: send_back(session, claim, "Wrong day", TODAY, TODAY))
    assert world.change(lambda s: edit_claim(s, claim, {"cost_p": 99_00}, None, TODAY)) == "returned"


def test_a_closed_claim_is_not_changed_and_the_remedy_is_named(world):
    claim = world.submitted()
    world.change(lambda session: reject(session, claim, "No", TODAY, TODAY))
    with pytest.raises(Refused, match="is rejected and cannot be changed: enter a new claim"):
        world.change(lambda session: edit_claim(session, claim, {"cost_p": 1_00}, None, TODAY))


def test_a_day_that_is_still_to_come_is_refused_beside_its_field(world):
    claim = world.draft()
    with pytest.raises(BadInput, match="3 December 2024 is still to come") as no:
        world.change(lambda session: submit(session, [claim], dt.date(2024, 12, 3), TODAY))
    assert no.value.field == "on"


def test_a_claim_that_is_gone_is_said_to_be_gone(world):
    with pytest.raises(Changed, match="not there any more"):
        world.change(lambda session: submit(session, [99], TODAY, TODAY))


def test_a_deleted_claim_comes_back_with_its_trail(world):
    claim = world.submitted()
    world.change(lambda session: remove_claim(session, claim))
    world.store.restore_deleted(t.CoverClaim, claim)
    assert [state for state, _ in world.trail(claim)] == [ClaimState.DRAFT, ClaimState.SUBMITTED]


def test_what_stands_against_a_step_is_told_before_it_is_taken(world):
    trip = world.draft(purpose=CoverPurpose.TRIP, meeting_id=None)
    plain = world.draft(half_day=HalfDay.AM)
    step = Move(ClaimState.SUBMITTED, TODAY)
    with world.store.read() as session:
        first, second = findings(session, {trip: step, plain: step}, TODAY)
    assert first.can_allow
    assert "release money is for teachers" in first.refusals[0]
    assert (second.refusals, second.can_allow) == ((), False)


def test_a_missing_step_is_not_to_be_allowed_by_a_reason(world):
    claim = world.draft()
    with world.store.read() as session:
        (found,) = findings(session, {claim: Move(ClaimState.APPROVED, TODAY, world.head)}, TODAY)
    assert found.refusals
    assert not found.can_allow


def test_r_rev_7_the_claims_of_a_year_say_the_same_as_the_whole_book(sample):
    from models.queries.book import Book

    for year in (2023, 2024):
        last = dt.date(year + 1, 8, 31)
        with sample.read() as session:
            part = cover_year(ClaimBook(session, [year]), year, last)
        with sample.read() as session:
            assert part == cover_year(Book(session), year, last)


def test_d6_where_allowance_rolls_over_the_years_before_are_read_too(world):
    """£400 of £500 unused in 2023 to 2024 is carried into 2024 to 2025."""
    from models.queries.book import Book

    with filling(world.store) as small:
        small.add(t.SchemeSetting, key="release_rollover", value="yes", starts_on=dt.date(2023, 9, 1))
        day = dt.date(2024, 3, 5)
        met = small.meeting(day, {world.other: world.ben}, code="M-9")
        small.claim(world.other, world.ben, day, meeting_id=met, state=ClaimState.PAID, approved_p=100_00)
    last = dt.date(2025, 8, 31)
    with world.store.read() as session:
        part = cover_year(ClaimBook(session, [2024]), 2024, last)
    with world.store.read() as session:
        assert part == cover_year(Book(session), 2024, last)
    left = {line.school_name: line.entitlement.allowance_p for line in part.schools}
    assert left == {"Alder Lane": 1000_00, "Birch Hill": 900_00}
