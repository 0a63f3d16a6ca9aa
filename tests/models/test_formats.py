"""Money, dates, times and counts are read and written in one way (R-STY-2, R-REV-5)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import formats
from models.calendar import near_day
from models.errors import BadInput
from models.formats import MOST_PENCE, parse_date, parse_pounds, parse_time

DATES = st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31))
PENCE = st.integers(-MOST_PENCE, MOST_PENCE)
TODAY = dt.date(2025, 3, 10)  # a Monday


@pytest.mark.parametrize(
    ("pence", "column", "prose"),
    [
        (0, "£0.00", "£0"),
        (5, "£0.05", "£0.05"),
        (7500, "£75.00", "£75"),
        (7550, "£75.50", "£75.50"),
        (123_450, "£1,234.50", "£1,234.50"),
        (-10_000, "\u2212£100.00", "\u2212£100"),
        (None, "not entered", "not entered"),
    ],
)
def test_money_has_two_decimals_in_a_column_and_none_for_whole_pounds_in_a_sentence(pence, column, prose):
    assert formats.pounds(pence) == column
    assert formats.prose_pounds(pence) == prose


def test_amounts_below_each_other_all_have_pence_or_none_has():
    assert list(map(formats.pounds_alike((2_000_00, None)), (2_000_00, None))) == ["£2,000", "not entered"]
    assert list(map(formats.pounds_alike((2_000_00, 778_50)), (2_000_00, 778_50))) == ["£2,000.00", "£778.50"]


@given(PENCE)
def test_money_written_is_read_back_to_the_penny(pence):
    assert parse_pounds(formats.pounds(pence)) == pence
    assert parse_pounds(formats.prose_pounds(pence)) == pence


@given(st.integers(-MOST_PENCE, MOST_PENCE))
def test_a_number_of_a_workbook_cell_is_read_to_the_penny(pence):
    assert parse_pounds(pence / 100) == pence


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("100", 10_000),
        ("£100", 10_000),
        ("100.5", 10_050),
        ("100.50", 10_050),
        ("1,234.50", 123_450),
        ("£ 1 234", 123_400),
        ("£1\u00a0234", 123_400),
        (".5", 50),
        ("-5", -500),
        ("-£5", -500),
        ("\u2212£5.00", -500),
        ("2.500", 250),
        (85, 8500),
    ],
)
def test_money_is_read_as_teachers_type_it(typed, pence):
    assert parse_pounds(typed) == pence


@pytest.mark.parametrize(
    "typed",
    [
        "£",
        "-",
        "ten",
        "1,23",
        "1.234",
        "100p",
        "1e3",
        "--5",
        "£1£",
        "٣",
        "True",
        "nan",
        10_000_000_000_000,
    ],
)
def test_what_is_not_money_is_refused_in_a_sentence_that_names_it(typed):
    with pytest.raises(BadInput) as refused:
        parse_pounds(typed, "cost_p")
    assert f"“{typed}”" in str(refused.value)
    assert refused.value.field == "cost_p"


def test_dates_are_written_in_words():
    day = dt.date(2025, 3, 14)
    assert formats.long_date(day) == "14 March 2025"
    assert formats.day_month(day) == "14 March"
    assert formats.short_date(day) == "14 Mar"
    assert formats.weekday_date(day) == "Friday 14 March 2025"
    assert formats.long_date(None) == formats.short_date(None) == "not entered"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2024, 11, 4), (2024, 11, 15), "4 to 15 November 2024"),
        ((2024, 10, 28), (2024, 11, 15), "28 October to 15 November 2024"),
        ((2024, 12, 20), (2025, 1, 6), "20 December 2024 to 6 January 2025"),
        ((2024, 11, 4), (2024, 11, 4), "4 November 2024"),
        ((2024, 11, 4), (2025, 11, 4), "4 November 2024 to 4 November 2025"),
    ],
)
def test_a_range_of_dates_says_month_and_year_once(first, last, words):
    assert formats.date_range(dt.date(*first), dt.date(*last)) == words


@given(DATES)
def test_every_way_to_write_a_date_is_read_back(day):
    assert parse_date(formats.long_date(day)) == day
    assert parse_date(formats.weekday_date(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.isoformat()} 00:00:00") == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == day
    assert parse_date(f"{day.day:02}.{day.month:02}.{day.year}") == day
    assert parse_date(day.strftime("%d-%m-%Y")) == day


@given(st.dates(dt.date(1991, 1, 1), dt.date(2098, 12, 31)), st.integers(-180, 180))
def test_a_date_without_its_year_is_the_nearest_one(today, apart):
    day = today + dt.timedelta(days=apart)
    if (day.month, day.day) != (2, 29):
        assert parse_date(formats.day_month(day), today=today) == day


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3/4/25", dt.date(2025, 4, 3)),
        ("3/4", dt.date(2025, 4, 3)),
        ("3.4.2025", dt.date(2025, 4, 3)),
        ("3 Apr", dt.date(2025, 4, 3)),
        ("3 Apr 25", dt.date(2025, 4, 3)),
        ("3-Apr-2025", dt.date(2025, 4, 3)),
        ("3rd april, 2025", dt.date(2025, 4, 3)),
        ("Thurs 3 Apr 2025", dt.date(2025, 4, 3)),
        ("4 Sept 2025", dt.date(2025, 9, 4)),
        ("29 Feb", None),
        ("today", dt.date(2025, 3, 10)),
        ("tomorrow", dt.date(2025, 3, 11)),
        ("yesterday", dt.date(2025, 3, 9)),
        ("thu", dt.date(2025, 3, 13)),
        ("next thu", dt.date(2025, 3, 13)),
        ("monday", dt.date(2025, 3, 10)),
        ("next monday", dt.date(2025, 3, 17)),
    ],
)
def test_dates_are_read_day_first_and_as_teachers_type_them(typed, read):
    if read is None:
        read = dt.date(2024, 2, 29)
    assert parse_date(typed, today=TODAY) == read


@pytest.mark.parametrize(
    "typed",
    [
        "31/4/2025",
        "4/31/2025",
        "29 Feb 2025",
        "30 Feb",
        "2025-13-01",
        "3 Ju 2025",
        "3 foo 2025",
        "soon",
        "t",
        "3/4/1025",
        "3/4/2199",
        "0/1/2025",
        "1/0/2025",
        "foo 3 April 2025",
        "next year",
        "٣/4/2025",
        "12:30",
    ],
)
def test_what_is_no_date_is_refused_in_a_sentence_that_names_it(typed):
    with pytest.raises(BadInput) as refused:
        parse_date(typed, today=TODAY, field="held_on")
    assert f"“{typed}”" in str(refused.value)
    assert refused.value.field == "held_on"


def test_a_date_on_another_weekday_than_named_is_a_slip():
    assert parse_date("Friday 14 March 2025") == dt.date(2025, 3, 14)
    with pytest.raises(BadInput):
        parse_date("Saturday 14 March 2025")


def test_without_today_a_date_needs_its_year():
    for typed in ("3 Apr", "3/4", "tomorrow", "thu"):
        with pytest.raises(BadInput):
            parse_date(typed)


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (dt.time(13, 15), "1:15pm"),
        (dt.time(9), "9am"),
        (dt.time(12), "midday"),
        (dt.time(12, 30), "12:30pm"),
        (dt.time(0), "midnight"),
        (dt.time(0, 5), "12:05am"),
        (None, "not entered"),
    ],
)
def test_times_are_written_as_people_say_them(time, words):
    assert formats.clock(time) == words


@given(st.times().map(lambda time: time.replace(second=0, microsecond=0)))
def test_every_time_written_is_read_back(time):
    assert parse_time(formats.clock(time)) == time


def test_a_range_of_times_says_only_what_is_known():
    """R-STY-2: 1:15pm to 3:30pm."""
    assert formats.time_range(dt.time(13, 15), dt.time(15, 30)) == "1:15pm to 3:30pm"
    assert formats.time_range(dt.time(13, 15), None) == "1:15pm"
    assert formats.time_range(None, None) == "not entered"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1:15pm", dt.time(13, 15)),
        ("1.15", dt.time(13, 15)),
        ("1315", dt.time(13, 15)),
        ("1:15:00", dt.time(13, 15)),
        ("01:15", dt.time(1, 15)),
        ("9", dt.time(9)),
        ("9 am", dt.time(9)),
        ("915", dt.time(9, 15)),
        ("3:30 p.m.", dt.time(15, 30)),
        ("6", dt.time(18)),
        ("7", dt.time(7)),
        ("12", dt.time(12)),
        ("12am", dt.time(0)),
        ("Noon", dt.time(12)),
    ],
)
def test_times_are_read_as_teachers_type_them(typed, read):
    assert parse_time(typed) == read


@pytest.mark.parametrize("typed", ["25:00", "13pm", "0am", "9:60", "quarter past", "1:5", "24:00", "٣"])
def test_what_is_no_time_is_refused_in_a_sentence_that_names_it(typed):
    with pytest.raises(BadInput) as refused:
        parse_time(typed, "starts_at")
    assert f"“{typed}”" in str(refused.value)
    assert refused.value.field == "starts_at"


def test_a_percentage_is_rounded_half_up_and_none_of_nothing():
    assert formats.percent(30, 33) == "91%"
    assert formats.percent(1, 200) == "1%"
    assert formats.percent(1, 201) == "0%"
    assert formats.percent(-40, 2000) == "\u22122%"
    assert formats.percent(0, 0) == "not available"


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_percentage_is_never_half_a_point_off(part, whole):
    shown = int(formats.percent(part, whole).removesuffix("%"))
    assert -whole <= 2 * (100 * part - shown * whole) < whole


def test_a_share_gives_the_count_and_the_percentage():
    assert formats.share(2, 7) == "2 of 7 (29%)"
    assert formats.share(0, 0) == "not available"


def test_a_missing_number_is_not_entered_and_zero_is_zero():
    """R-REV-5."""
    assert formats.number(None) == "not entered"
    assert formats.number(0) == "0"
    assert formats.number(1200) == "1,200"
    assert formats.number(-3) == "\u22123"


def test_counts_agree_with_their_noun():
    assert formats.count(1, "school") == "1 school"
    assert formats.count(0, "school") == "0 schools"
    assert formats.count(1200, "loan") == "1,200 loans"
    assert formats.count(2, "person", "people") == "2 people"


def test_words_are_listed_with_one_and():
    assert formats.listed([]) == ""
    assert formats.listed(["A"]) == "A"
    assert formats.listed(("A", "B")) == "A and B"
    assert formats.listed(["A", "B", "C"]) == "A, B and C"


@pytest.mark.parametrize("typed", ["3 Apr", "3/4", "3 april"])
def test_a_date_without_its_year_is_that_of_the_school_year_shown(typed: str) -> None:
    today = dt.date(2026, 11, 22)
    assert parse_date(typed, today, near=near_day(2025, today)) == dt.date(2026, 4, 3)
    assert parse_date(typed, today, near=near_day(2026, today)) == dt.date(2027, 4, 3)
    assert parse_date("tomorrow", today, near=near_day(2025, today)) == dt.date(2026, 11, 23)


@given(st.dates(dt.date(2001, 1, 1), dt.date(2090, 1, 1)), st.integers(2001, 2089))
def test_any_day_of_a_school_year_that_does_not_run_is_found_without_its_year(
    day: dt.date, year: int
) -> None:
    today = dt.date(year + 3, 10, 1)
    on = dt.date(year, 9, 1) + dt.timedelta(days=day.toordinal() % 365)  # from its first day to its last
    assert parse_date(f"{on.day}/{on.month}", today, near=near_day(year, today)) == on


def test_a_field_left_empty_says_what_to_enter():
    said = []
    for read in (parse_date, parse_time, parse_pounds):
        with pytest.raises(BadInput) as refused:
            read("  ", field="here")
        said.append((str(refused.value), refused.value.field))
    assert said == [
        ("Enter the day, such as 14 March 2025.", "here"),
        ("Enter the time, such as 1:15pm.", "here"),
        ("Enter the amount, such as 100 or 100.50.", "here"),
    ]
