"""When a loan is due back: never on a day without school (R-LOAN-1, R-LOAN-4)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar import SchoolCalendar, Term, TermName
from models.errors import BadInput
from models.rules.due_dates import DueBy, checked_due, due_days, lender_verdict, school_day_before
from models.rules.scheme import default_scheme
from models.rules.verdict import About, Severity

SCHEME = default_scheme()
CALENDAR = SchoolCalendar(
    terms=(
        Term(2024, TermName.AUTUMN, 1, dt.date(2024, 9, 3), dt.date(2024, 10, 25)),
        Term(2024, TermName.AUTUMN, 2, dt.date(2024, 11, 4), dt.date(2024, 12, 20)),
        Term(2024, TermName.SPRING, 1, dt.date(2025, 1, 6), dt.date(2025, 2, 14)),
        Term(2024, TermName.SUMMER, 2, dt.date(2025, 6, 2), dt.date(2025, 7, 22)),
    ),
    closed={dt.date(2024, 11, 29): "INSET day"},
)
MEETINGS = [dt.date(2024, 9, 18), dt.date(2024, 11, 20), dt.date(2025, 1, 22)]


def offered(starts_on, meetings=MEETINGS, calendar=CALENDAR):
    return {one.by: one.on for one in due_days(starts_on, meetings, calendar, SCHEME)}


def test_a_loan_may_be_due_at_the_next_meeting_the_end_of_half_term_or_after_the_usual_length():
    days = due_days(dt.date(2024, 11, 5), MEETINGS, CALENDAR, SCHEME)
    assert [(one.by, one.on) for one in days] == [
        (DueBy.NEXT_MEETING, dt.date(2024, 11, 20)),
        (DueBy.HALF_TERM, dt.date(2024, 12, 20)),
        (DueBy.USUAL, dt.date(2024, 11, 19)),
    ]
    assert days[0].text == "The next meeting: Wednesday 20 November 2024"


def test_the_meeting_at_which_it_is_lent_is_not_the_one_at_which_it_is_due():
    assert offered(dt.date(2024, 11, 20))[DueBy.NEXT_MEETING] == dt.date(2025, 1, 22)


def test_without_a_meeting_to_come_none_is_offered():
    assert DueBy.NEXT_MEETING not in offered(dt.date(2025, 2, 3))


def test_lent_in_a_holiday_it_is_due_by_the_end_of_the_half_term_that_follows():
    assert offered(dt.date(2024, 10, 29))[DueBy.HALF_TERM] == dt.date(2024, 12, 20)


def test_without_term_dates_there_is_no_end_of_half_term():
    assert set(offered(dt.date(2024, 11, 5), calendar=SchoolCalendar())) == {DueBy.NEXT_MEETING, DueBy.USUAL}


def test_what_would_fall_on_a_closed_day_is_due_the_school_day_before():
    assert offered(dt.date(2024, 11, 15))[DueBy.USUAL] == dt.date(2024, 11, 28)  # 29th is INSET
    assert offered(dt.date(2024, 10, 16))[DueBy.USUAL] == dt.date(2024, 10, 25)  # 30th is half-term


def test_a_loan_at_the_very_end_of_term_is_due_after_the_holiday_and_not_before_it_starts():
    assert offered(dt.date(2024, 12, 20))[DueBy.USUAL] == dt.date(2025, 1, 6)


@given(st.dates(dt.date(2024, 9, 1), dt.date(2025, 8, 31)))
def test_no_day_offered_is_a_holiday_or_before_the_loan(starts_on):
    for one in due_days(starts_on, MEETINGS, CALENDAR, SCHEME):
        assert one.on > starts_on
        assert CALENDAR.is_school_day(one.on)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2024, 11, 29), "closed (INSET day): choose Thursday 28 November 2024 or Monday 2 December"),
        (dt.date(2024, 11, 23), "at the weekend: choose Friday 22 November 2024 or Monday 25 November"),
        (dt.date(2024, 10, 29), "in the school holidays: choose Friday 25 October 2024 or Monday 4 November"),
    ],
)
def test_a_day_without_school_is_refused_with_the_days_on_either_side(day, words):
    with pytest.raises(BadInput) as wrong:
        checked_due(day, dt.date(2024, 10, 1), CALENDAR)
    assert wrong.value.field == "due_on"
    assert words in str(wrong.value)


def test_a_day_before_the_start_is_not_suggested_instead():
    with pytest.raises(BadInput) as wrong:
        checked_due(dt.date(2024, 11, 23), dt.date(2024, 11, 23), CALENDAR)
    assert str(wrong.value).endswith("choose Monday 25 November 2024.")


def test_a_loan_is_not_due_before_it_starts():
    with pytest.raises(BadInput, match="before the loan starts"):
        checked_due(dt.date(2024, 11, 4), dt.date(2024, 11, 5), CALENDAR)
    assert checked_due(dt.date(2024, 11, 5), dt.date(2024, 11, 5), CALENDAR) == dt.date(2024, 11, 5)


def test_a_calendar_without_any_school_day_finds_none():
    always = {dt.date(2024, 1, 1) + dt.timedelta(days=n): "closed" for n in range(800)}
    assert school_day_before(SchoolCalendar(closed=always), dt.date(2025, 6, 1)) is None


def test_r_res_3_what_goes_back_to_its_lender_is_not_lent_beyond_that_day():
    about = About("resource", 5)
    verdict = lender_verdict("Microscopes", "Wenmarsh", dt.date(2025, 7, 18), dt.date(2025, 7, 21), about)
    assert (verdict.rule, verdict.severity, verdict.about) == ("R-RES-3", Severity.WARN, about)
    assert verdict.text == "Microscopes goes back to Wenmarsh by 18 July 2025: choose an earlier day."
    assert lender_verdict("M", "", dt.date(2025, 7, 18), dt.date(2025, 7, 18), about) is None
    assert lender_verdict("M", "", None, dt.date(2025, 7, 18), about) is None
