"""School years, terms and school days (F6.1, R-MEET-11, D12, D13, D30)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar import (
    SchoolCalendar,
    Term,
    TermName,
    add_months,
    day_in_year,
    parse_year,
    school_year,
    term_of,
    year_bounds,
    year_code,
    year_label,
)
from models.errors import BadInput

DATES = st.dates(dt.date(1991, 1, 1), dt.date(2098, 12, 31))
YEARS = st.integers(1990, 2098)
AUTUMN_1 = Term(2024, TermName.AUTUMN, 1, dt.date(2024, 9, 3), dt.date(2024, 10, 25))
AUTUMN_2 = Term(2024, TermName.AUTUMN, 2, dt.date(2024, 11, 4), dt.date(2024, 12, 20))
SPRING = Term(2024, TermName.SPRING, 1, dt.date(2025, 1, 6), dt.date(2025, 4, 4))
SUMMER = Term(2024, TermName.SUMMER, 2, dt.date(2025, 4, 22), dt.date(2025, 7, 22))
FULL = SchoolCalendar((AUTUMN_1, AUTUMN_2, SPRING, SUMMER), {dt.date(2025, 5, 5): "Early May bank holiday"})


def test_r_meet_11_the_school_year_turns_on_1_september():
    """R-MEET-11: 31 August 2024 is 2023 to 2024; 1 September 2024 is 2024 to 2025."""
    assert year_label(school_year(dt.date(2024, 8, 31))) == "2023 to 2024"
    assert year_label(school_year(dt.date(2024, 9, 1))) == "2024 to 2025"


@given(DATES)
def test_every_day_lies_in_its_own_school_year_and_no_other(day):
    first, last = year_bounds(school_year(day))
    assert first <= day <= last
    assert school_year(first - dt.timedelta(days=1)) == school_year(day) - 1
    assert school_year(last + dt.timedelta(days=1)) == school_year(day) + 1


@given(YEARS)
def test_a_school_year_is_read_back_from_each_of_its_names(year):
    for name in (
        year_label(year),
        year_code(year),
        str(year),
        f"{year}/{(year + 1) % 100:02}",
        f" {year}-{year + 1} ",
    ):
        assert parse_year(name) == year


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24-25",
        "2024-26",
        "2024 to 2026",
        "2024-1925",
        "2024-5",
        "9999",
        "0000",
        "1066",
        "٢٠٢٤",
        "this year",
    ],
)
def test_what_is_no_school_year_is_refused_in_a_sentence_that_names_it(text):
    with pytest.raises(BadInput) as refused:
        parse_year(text)
    assert f"“{text}”" in str(refused.value)


def test_the_century_turns_in_a_school_years_short_name():
    assert year_code(1999) == "1999-00"
    assert parse_year("1999-00") == 1999


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (dt.date(2024, 9, 3), True),
        (dt.date(2024, 10, 25), True),
        (dt.date(2024, 10, 28), False),  # half-term
        (dt.date(2024, 12, 25), False),
        (dt.date(2025, 3, 15), False),  # a Saturday
        (dt.date(2025, 5, 5), False),  # a bank holiday
        (dt.date(2025, 7, 23), False),  # summer holidays
        (dt.date(2024, 9, 2), False),  # before the first day of term
    ],
)
def test_a_school_day_is_an_open_weekday_in_term(day, is_one):
    assert FULL.is_school_day(day) is is_one


def test_without_term_dates_any_open_weekday_is_a_school_day():
    bare = SchoolCalendar(closed={dt.date(2025, 5, 5): "Early May bank holiday"})
    assert bare.is_school_day(dt.date(2025, 8, 6))
    assert not bare.is_school_day(dt.date(2025, 5, 5))
    assert not bare.is_school_day(dt.date(2025, 8, 9))
    assert FULL.is_school_day(dt.date(2026, 2, 4))  # no terms of that year


def test_terms_not_yet_entered_are_not_taken_for_holidays():
    autumn_only = SchoolCalendar((AUTUMN_1, AUTUMN_2))
    assert autumn_only.is_school_day(dt.date(2025, 2, 5))
    assert not autumn_only.is_school_day(dt.date(2024, 10, 30))


def test_the_next_school_day_skips_weekends_and_holidays():
    assert FULL.next_school_day(dt.date(2024, 11, 16)) == dt.date(2024, 11, 18)
    assert FULL.next_school_day(dt.date(2024, 12, 21)) == dt.date(2025, 1, 6)
    assert FULL.next_school_day(dt.date(2024, 11, 18)) == dt.date(2024, 11, 18)


@given(DATES)
def test_the_next_school_day_is_the_first_one_from_that_day_on(day):
    found = FULL.next_school_day(day)
    assert FULL.is_school_day(found)
    assert not any(FULL.is_school_day(day + dt.timedelta(days=n)) for n in range((found - day).days))


def test_the_calendar_of_a_school_has_its_own_times_and_closures():
    """D12: per cluster, per school."""
    inset = dt.date(2024, 9, 3)
    own = FULL.of_school(dt.time(8, 40), None, {inset: "INSET day"})
    assert (own.day_starts, own.day_ends) == (dt.time(8, 40), dt.time(15, 30))
    assert not own.is_school_day(inset)
    assert not own.is_school_day(dt.date(2025, 5, 5))
    assert FULL.is_school_day(inset)
    assert FULL.of_school(None, None) == FULL


def test_a_day_knows_its_half_term():
    assert FULL.term_on(dt.date(2024, 11, 4)) == AUTUMN_2
    assert FULL.term_on(dt.date(2024, 10, 30)) is None


def test_the_summer_term_ends_on_its_last_day_or_else_on_31_august():
    """D30."""
    assert FULL.last_day_of_summer(2024) == dt.date(2025, 7, 22)
    assert FULL.last_day_of_summer(2025) == dt.date(2026, 8, 31)


def test_terms_by_month_where_no_dates_are_entered():
    assert term_of(dt.date(2024, 9, 1)) is term_of(dt.date(2024, 12, 31)) is TermName.AUTUMN
    assert term_of(dt.date(2025, 1, 1)) is term_of(dt.date(2025, 3, 31)) is TermName.SPRING
    assert term_of(dt.date(2025, 4, 1)) is term_of(dt.date(2025, 8, 31)) is TermName.SUMMER


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ((2017, 9, 1), 24, (2019, 9, 1)),
        ((2024, 1, 31), 1, (2024, 2, 29)),
        ((2025, 1, 31), 1, (2025, 2, 28)),
        ((2024, 2, 29), 12, (2025, 2, 28)),
        ((2024, 11, 30), 1, (2024, 12, 30)),
        ((2024, 12, 31), 1, (2025, 1, 31)),
        ((2024, 1, 15), -1, (2023, 12, 15)),
        ((2024, 3, 31), -1, (2024, 2, 29)),
    ],
)
def test_months_are_added_to_the_same_day_or_the_months_last(day, months, then):
    assert add_months(dt.date(*day), months) == dt.date(*then)


@given(DATES, st.integers(-36, 36))
def test_adding_months_lands_in_the_month_so_many_on(day, months):
    then = add_months(day, months)
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day == day.day or (then.day < day.day and (then + dt.timedelta(days=1)).day == 1)


def test_a_day_is_proposed_in_the_school_year_shown():
    today = dt.date(2025, 6, 20)
    assert day_in_year(2024, today) == today
    assert day_in_year(2023, today) == dt.date(2024, 8, 31)
    assert day_in_year(2025, today) == dt.date(2025, 9, 1)
