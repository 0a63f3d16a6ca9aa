"""Lending: R-LOAN-1 to R-LOAN-7."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar import SchoolCalendar
from models.errors import BadInput
from models.rules.loans import (
    KitFact,
    LineFact,
    LoanFact,
    LoanState,
    booking_verdict,
    charge,
    check_verdict,
    clash,
    label_lines,
    label_places,
    line_result,
    loan_state,
    loan_use,
    next_free_day,
    overdue,
    overdue_verdicts,
)
from models.rules.scheme import default_scheme
from models.rules.verdict import About, Severity
from models.values import replace
from models.words import ChargedTo

SCHEME = default_scheme()
CALENDAR = SchoolCalendar(closed={dt.date(2024, 12, 25): "a bank holiday"})
FIRST, DUE = dt.date(2024, 11, 4), dt.date(2024, 11, 15)
MONDAY = dt.date(2024, 11, 18)
TODAY = dt.date(2024, 11, 1)


def loan(number: int = 1, starts_on=FIRST, due_on=DUE, kit: int = 1, school: int = 3, **dates) -> LoanFact:
    return LoanFact(number, kit, "Magnets kit", school, f"School {school}", starts_on, due_on, **dates)


def test_r_loan_1_an_overlapping_booking_is_refused_with_the_next_free_school_day():
    """R-LOAN-1: booked 4 to 15 Nov 2024; request 12 Nov -> refuse, next free school day Mon 18 Nov."""
    request = loan(2, dt.date(2024, 11, 12), dt.date(2024, 11, 22), school=5)
    verdict = booking_verdict([loan(), request], request, CALENDAR, TODAY)
    assert (verdict.rule, verdict.severity, verdict.about) == ("R-LOAN-1", Severity.REFUSE, About("loan", 2))
    assert verdict.text == (
        "Magnets kit is booked to School 3, 4 to 15 November 2024: "
        "the next free school day is Monday 18 November 2024."
    )


def test_r_loan_1_the_first_and_last_day_belong_to_the_booking():
    for starts_on, free in ((DUE, False), (MONDAY, True)):
        request = loan(2, starts_on, starts_on + dt.timedelta(days=3))
        assert (booking_verdict([loan()], request, CALENDAR, TODAY) is None) is free
    before = loan(2, dt.date(2024, 10, 28), dt.date(2024, 11, 3))
    assert booking_verdict([loan()], before, CALENDAR, TODAY) is None


def test_r_loan_1_another_kit_a_cancelled_loan_and_the_loan_itself_are_no_hindrance():
    request = loan(2)
    assert booking_verdict([loan(kit=9)], request, CALENDAR, TODAY) is None
    assert booking_verdict([loan(cancelled_on=TODAY)], request, CALENDAR, TODAY) is None
    assert booking_verdict([request], request, CALENDAR, TODAY) is None


def test_r_loan_1_a_kit_back_early_is_free_from_that_day():
    back = loan(out_on=FIRST, back_on=dt.date(2024, 11, 8))
    assert clash([back], 1, dt.date(2024, 11, 8), DUE, TODAY) is None
    assert clash([back], 1, dt.date(2024, 11, 7), DUE, TODAY) == back
    assert clash([loan(out_on=FIRST, back_on=FIRST)], 1, FIRST, DUE, TODAY) is None


def test_r_loan_1_a_kit_that_is_overdue_is_still_with_its_borrower():
    request = loan(2, MONDAY, dt.date(2024, 11, 22))
    verdict = booking_verdict([loan(out_on=FIRST)], request, CALENDAR, MONDAY)
    assert "is still with School 3, due back on 15 November 2024" in verdict.text
    assert "Tuesday 19 November 2024" in verdict.text


def test_r_loan_1_a_booking_never_collected_keeps_the_kit_only_for_its_own_days():
    request = loan(2, MONDAY, dt.date(2024, 11, 22))
    assert booking_verdict([loan()], request, CALENDAR, MONDAY) is None
    out = loan(out_on=FIRST)
    assert clash([out], 1, MONDAY, MONDAY, DUE) is None  # due today is not overdue


def test_r_loan_1_the_day_offered_has_room_for_the_whole_loan():
    later = loan(7, dt.date(2024, 11, 20), dt.date(2024, 11, 29))
    week = loan(2, dt.date(2024, 11, 12), dt.date(2024, 11, 18))
    assert next_free_day([loan(), later], week, CALENDAR, TODAY) == dt.date(2024, 12, 2)
    day = loan(2, dt.date(2024, 11, 12), dt.date(2024, 11, 12))
    assert next_free_day([loan(), later], day, CALENDAR, TODAY) == MONDAY


@given(
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 30)), max_size=10),
    st.integers(0, 120),
    st.integers(0, 30),
)
def test_r_loan_1_the_day_offered_is_a_school_day_on_which_the_same_request_passes(booked, start, length):
    loans = [
        loan(number, FIRST + dt.timedelta(first), FIRST + dt.timedelta(first + days))
        for number, (first, days) in enumerate(booked, 10)
    ]
    request = loan(2, FIRST + dt.timedelta(start), FIRST + dt.timedelta(start + length))
    free = next_free_day(loans, request, CALENDAR, TODAY)
    moved = replace(request, starts_on=free, due_on=free + dt.timedelta(length))
    assert CALENDAR.is_school_day(free)
    assert free >= request.starts_on
    assert booking_verdict(loans, moved, CALENDAR, TODAY) is None
    refused = booking_verdict(loans, request, CALENDAR, TODAY) is not None
    shared = any(one.starts_on <= request.due_on and request.starts_on <= one.due_on for one in loans)
    assert refused is shared


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({}, LoanState.RESERVED),
        ({"out_on": FIRST}, LoanState.OUT),
        ({"out_on": FIRST, "due_on": dt.date(2024, 11, 11)}, LoanState.OVERDUE),
        ({"out_on": FIRST, "back_on": dt.date(2024, 11, 12)}, LoanState.RETURNED),
        ({"cancelled_on": FIRST}, LoanState.CANCELLED),
    ],
)
def test_a_loans_state_follows_from_its_dates(dates, state):
    assert loan_state(loan(**dates), dt.date(2024, 11, 12)) is state


def test_a_loans_state_turns_on_the_very_day():
    out = loan(out_on=FIRST)
    by_day = {
        day: loan_state(out, day)
        for day in (FIRST - dt.timedelta(days=1), FIRST, DUE, DUE + dt.timedelta(days=1))
    }
    assert list(by_day.values()) == [LoanState.RESERVED, LoanState.OUT, LoanState.OUT, LoanState.OVERDUE]
    assert loan_state(replace(out, back_on=DUE), DUE) is LoanState.RETURNED


def test_r_loan_2_magnets_not_back_are_missing_and_cups_not_back_are_used():
    """R-LOAN-2: 10 magnets out, 9 in -> 1 missing; 5 of 20 paper cups used -> replenish, not loss."""
    magnets = line_result(LineFact("Magnet", 10, 9))
    assert (magnets.missing, magnets.used, magnets.text) == (1, 0, "1 missing")
    cups = line_result(LineFact("Paper cup", 20, 15, consumable=True))
    assert (cups.missing, cups.used, cups.to_replace, cups.text) == (0, 5, 0, "5 used: replenish")
    assert line_result(LineFact("Magnet", 10, 9, damaged=2)).text == "1 missing and 2 damaged"
    assert line_result(LineFact("Magnet", 10, 10)).text == "complete"
    assert line_result(LineFact("Magnet", 10)).missing == 0  # still out


def test_r_loan_2_more_back_than_went_out_is_a_miscount():
    with pytest.raises(BadInput, match="Magnet: 11 came back but 10 went out") as refused:
        line_result(LineFact("Magnet", 10, 11))
    assert refused.value.field == "in_quantity"
    with pytest.raises(BadInput, match="Magnet: 2 came back, so 3 cannot be damaged"):
        line_result(LineFact("Magnet", 10, 2, damaged=3))


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100), st.booleans())
def test_r_loan_2_every_part_out_is_accounted_for(missing, damaged, sound, consumable):
    out, back = missing + damaged + sound, damaged + sound
    result = line_result(LineFact("Part", out, back, damaged, consumable=consumable))
    assert out - result.missing - result.damaged - result.used == sound


def test_r_loan_3_the_borrower_pays_the_replacement():
    """R-LOAN-3: 1 magnet £2.40 -> school C."""
    lines = [
        LineFact("Magnet", 10, 9, unit_cost_p=240),
        LineFact("Paper cup", 20, 15, consumable=True, unit_cost_p=5),
    ]
    due = charge(lines, SCHEME)
    assert (due.charged_to, due.amount_p, due.text) == (ChargedTo.SCHOOL, 240, "£2.40 to replace")
    assert charge(lines, replace(SCHEME, loss_charged_to="pot")).charged_to is ChargedTo.POT
    damaged = charge([LineFact("Magnet", 10, 9, damaged=2, unit_cost_p=240)], SCHEME)
    assert damaged.amount_p == 720


def test_r_loan_3_a_part_without_a_price_is_named_rather_than_free():
    """R-REV-5 too."""
    due = charge([LineFact("Magnet", 10, 9, unit_cost_p=240), LineFact("Battery holder", 6, 5)], SCHEME)
    assert (due.amount_p, due.unpriced) == (240, ("Battery holder",))
    assert due.text == "£2.40 to replace; price of Battery holder not entered"
    unknown = charge([LineFact("Battery holder", 6, 5)], SCHEME)
    assert unknown.text == "price of Battery holder not entered"  # and never £0


def test_r_loan_4_overdue_runs_from_the_day_after_due_and_closed_days_are_shown():
    """R-LOAN-4: due Fri 15 Nov, today Mon 18 -> 3 days."""
    out = loan(out_on=FIRST)
    late = overdue(out, MONDAY, SCHEME, CALENDAR)
    assert (late.days, late.text) == (3, "3 days overdue, 2 of them not school days")
    assert overdue(out, DUE, SCHEME, CALENDAR).days == 0
    assert overdue(out, dt.date(2024, 11, 16), SCHEME, CALENDAR).days == 1
    skipping = replace(SCHEME, loan_skips_closed_days=True)
    assert overdue(out, MONDAY, skipping, CALENDAR).text == "1 day overdue"


def test_r_loan_4_only_a_loan_that_is_out_and_late_warns():
    out = loan(out_on=FIRST)
    (verdict,) = overdue_verdicts([out, loan(2)], MONDAY, SCHEME, CALENDAR)
    assert (verdict.rule, verdict.severity, verdict.about) == ("R-LOAN-4", Severity.WARN, About("loan", 1))
    assert "Magnets kit at School 3 was due back on 15 November 2024 (3 days overdue" in verdict.text
    assert overdue_verdicts([replace(out, back_on=MONDAY)], MONDAY, SCHEME, CALENDAR) == ()
    assert overdue_verdicts([out], DUE, SCHEME, CALENDAR) == ()
    skipping = replace(SCHEME, loan_skips_closed_days=True)
    assert overdue_verdicts([out], dt.date(2024, 11, 17), skipping, CALENDAR) == ()


def test_r_loan_4_a_loan_back_late_keeps_the_days_it_was_late():
    back = loan(out_on=FIRST, back_on=MONDAY)
    assert overdue(back, dt.date(2025, 6, 1), SCHEME, CALENDAR).days == 3
    assert overdue(replace(back, back_on=DUE), dt.date(2025, 6, 1), SCHEME, CALENDAR).days == 0


def test_r_loan_4_a_loan_never_collected_or_cancelled_is_not_late():
    assert overdue(loan(), MONDAY, SCHEME, CALENDAR).days == 0
    assert overdue(loan(out_on=FIRST, cancelled_on=FIRST), MONDAY, SCHEME, CALENDAR).days == 0


def test_r_loan_5_a_mains_kit_past_its_check_date_warns_at_loan():
    """R-LOAN-5: due 1 Sept, loan 3 Oct -> warn."""
    kit = KitFact(6, "Light box", "KIT-06", "Cluster", has_mains=True, next_check_on=dt.date(2024, 9, 1))
    verdict = check_verdict(kit, dt.date(2024, 10, 3))
    assert (verdict.rule, verdict.severity, verdict.about) == (
        "R-LOAN-5",
        Severity.WARN,
        About("resource", 6),
    )
    assert "Light box" in verdict.text
    assert "1 September 2024" in verdict.text
    assert "PAT" not in verdict.text  # no law asks for one (F9.4)
    assert check_verdict(kit, dt.date(2024, 9, 1)) is None
    assert "no date" in check_verdict(replace(kit, next_check_on=None), dt.date(2024, 10, 3)).text
    assert check_verdict(replace(kit, has_mains=False), dt.date(2024, 10, 3)) is None
    assert check_verdict(KitFact(7, "Magnets kit", "KIT-07", "Cluster"), dt.date(2024, 10, 3)) is None


def test_r_loan_6_a_label_says_name_owner_code_contents_and_to_check_in_and_out():
    kit = KitFact(1, "Magnets kit", "KIT-01", "Oakfield", contents=12, safety_ref="L-23")
    assert label_lines(kit) == (
        "Magnets kit", "Owner: Oakfield", "KIT-01", "12 pieces", "Safety note: L-23", "Check in and out",
    )  # fmt: skip
    assert len(label_lines(KitFact(1, "Magnets kit", "KIT-01", "Oakfield"))) == 4


def test_r_loan_6_labels_can_start_on_a_part_used_sheet():
    """R-LOAN-6: L7163 (14 a sheet), start at label 5."""
    places = label_places(12, start=5, per_sheet=14)
    assert places[0] == (1, 5)
    assert places[9] == (1, 14)
    assert places[10:] == ((2, 1), (2, 2))
    for wrong in (0, 15):
        with pytest.raises(BadInput, match="places 1 to 14"):
            label_places(1, wrong, 14)


def test_r_loan_7_use_is_reported_as_loans_and_distinct_schools():
    """R-LOAN-7: "19 loans to 14 schools"."""
    made = [loan(number, school=number % 14, out_on=FIRST) for number in range(19)]
    others = [
        loan(30, school=90),
        loan(31, school=91, out_on=FIRST, cancelled_on=FIRST),
        loan(32, school=92, out_on=dt.date(2024, 7, 1)),
    ]
    use = loan_use([*made, *others], dt.date(2024, 9, 1), dt.date(2025, 8, 31))
    assert use.text == "19 loans to 14 schools"
