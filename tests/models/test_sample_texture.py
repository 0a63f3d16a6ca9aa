"""The sample's texture and manners: real life in every corner, consistent, and nothing of it real."""

import csv
import datetime as dt
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise

import pytest

import resources
from models.words import ClaimState

TODAY = dt.date(2025, 6, 20)
LEAD = "Harlbridge Primary School"


@cache
def rows(sheet):
    """A file's rows by heading. Cells are text, as they stand there."""
    with (resources.path("sample") / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text):
    return dt.date.fromisoformat(text) if text else None


def test_claims_are_in_every_state_and_most_cost_85_to_115_float():
    claims = rows("cover-claims")
    assert len(claims) == 56
    assert {row["State"] for row in claims} == {state.label for state in ClaimState}
    halves = [
        float(row["Cost before VAT"])
        for row in claims
        if row["Morning, afternoon or day"] != "Whole day" and float(row["Cost before VAT"]) > 0
    ]
    assert sum(85 <= cost <= 115 for cost in halves) > 0.9 * len(halves)
    assert [
        row["Claim"] for row in claims if row["State"] == "Paid" and not row["Invoice or timesheet number"]
    ] == ["SC-0043"]


def test_a_reversal_takes_back_a_paid_claim_in_full():
    claims = {row["Claim"]: row for row in rows("cover-claims")}
    (back,) = [row for row in claims.values() if row["Reverses"]]
    typed = claims[back["Reverses"]]
    assert typed["State"] == "Paid"
    assert float(back["Cost before VAT"]) == -float(typed["Cost before VAT"])
    assert float(back["Recognised at approval"]) == -float(typed["Recognised at approval"])


def test_nobody_approves_their_own_claim_and_the_lead_schools_go_to_its_head():
    for row in rows("cover-claims"):
        assert row["Approved by"] not in {row["Teacher released"], row["Claimed by"] or None}
        if row["School"] == LEAD and row["Approved by"]:
            assert row["Approved by"] == "Martin Oseby"


def test_no_kit_is_in_two_schools_at_once():
    by_kit = defaultdict(list)
    for row in rows("loans"):
        if row["Checked out"]:
            by_kit[row["Resource"]].append((day(row["Checked out"]), day(row["Checked in"]) or TODAY))
    for spells in by_kit.values():
        ordered = sorted(spells)
        assert all(before[1] <= after[0] for before, after in pairwise(ordered))


def test_claims_are_for_teachers_who_were_marked_as_released():
    released = {(row["Meeting"], row["Name"]) for row in rows("attendance") if row["Mark"] == "P"}
    for row in rows("cover-claims"):
        if row["Meeting"] and row["State"] not in {"Rejected", "Withdrawn"}:
            assert (row["Meeting"], row["Teacher released"]) in released


def test_schools_people_and_links_are_plainly_invented():
    for row in rows("schools"):
        assert 900001 <= int(row["URN"]) <= 900099
        assert row["Postcode"].startswith("ZZ")
        assert row["Telephone"].startswith("01632 960")  # numbers kept for drama
    assert all(row["Work email"].endswith(".example") for row in rows("people"))


@pytest.mark.parametrize("year", [2023, 2024])
def test_each_pack_has_a_foreword_three_successes_two_difficulties_and_asks(year):
    kinds = Counter(row["Kind"] for row in rows("pack-words") if row["School year"].startswith(str(year)))
    assert (kinds["Foreword"], kinds["Success"], kinds["Difficulty"]) == (1, 3, 2)
    assert kinds["Decision we ask for"] >= 2


def test_one_school_left_in_january_and_one_joined_in_november():
    moved = {row["School"]: (row["Joined"], row["Left"]) for row in rows("memberships")}
    assert Counter(moved.values()) == {
        ("2023-09-01", ""): 6,
        ("2023-09-01", "2025-01-31"): 1,
        ("2023-11-06", ""): 1,
    }


def test_extra_time_was_asked_for_twice_and_the_approved_request_came_before_its_spend():
    asked = {row["Approval"]: row for row in rows("approvals") if row["Kind"] == "Extra organisational time"}
    assert sorted(row["Answer"] for row in asked.values()) == ["Approved", "Declined"]
    (spent,) = [row for row in rows("entries") if row["Heading"] == "Extra organisational time"]
    answer = asked[spent["Approval"]]
    assert answer["Answer"] == "Approved"
    assert day(answer["Answered"]) <= day(spent["Date"])


def test_the_bank_has_a_late_loan_a_loss_charged_a_trial_dropped_and_starters():
    (out_late,) = [
        row
        for row in rows("loans")
        if row["Checked out"] and not row["Checked in"] and day(row["Due back"]) < TODAY
    ]
    assert out_late["School"] == "Oakmantle School"
    (loss,) = [row for row in rows("loan-check-in") if row["Charged to"]]
    assert (loss["Out"], loss["In"], loss["To replace"], loss["Charged to"]) == ("8", "7", "7.40", "School")
    assert Counter(row["Verdict"] for row in rows("trials")) == {"Adopt": 3, "Drop": 1, "Still running": 2}
    starters = [row for row in rows("resources") if row["Kind"] == "Quick-enquiry starter"]
    assert sum(row["Stage"] == "In the shared bank" for row in starters) == 5


def test_three_schools_want_thermometers():
    wanted = [row for row in rows("wanted-list") if row["Wanted"] == "Thermometers" and not row["Met"]]
    assert len({row["School"] for row in wanted}) == 3


def test_a_first_quality_mark_is_funded_and_a_renewal_refused():
    assert {row["School"]: row["State"] for row in rows("psqm-requests")} == {
        "Quillby C of E Primary School": "Refused",
        "Wickenshaw Primary School": "Funded",
    }


def test_four_of_the_six_aims_are_entered():
    assert [row["Aim"] for row in rows("aims")] == ["1", "2", "3", "4"]
