"""Each kind of cell: what it takes, what it refuses, and that what is written is read back."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import gate
from models.errors import BadInput
from models.exchange.cells import in_words, is_empty, read_cell, shown, write_cell
from models.exchange.columns import Column, Kind, column_of, columns
from models.exchange.grid import Cell, Fault
from models.exchange.sheets import BY_TITLE, SHEETS
from models.rules.scheme import catalogue
from models.words import AttendanceCode, ClaimState, Phase

SCHOOL = BY_TITLE["Schools"]
CLAIM = BY_TITLE["Cover claims"]
NAME, URN, ROLL = (column_of(SCHOOL, name) for name in ("name", "urn", "number_on_roll"))
PHASE, SUPPORT, STARTS = (column_of(SCHOOL, name) for name in ("phase", "extra_support", "day_starts"))
NOTES = column_of(SCHOOL, "notes")
COST, ON = column_of(CLAIM, "cost_p"), column_of(CLAIM, "cover_on")
YEAR = column_of(BY_TITLE["Declarations"], "school_year")
MARK = column_of(BY_TITLE["Attendance"], "code")
SETTING = column_of(BY_TITLE["Settings"], "key")
MARCH = dt.date(2025, 3, 14)


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        (NAME, " Alder  Lane\n", "Alder Lane"),
        (NAME, 12, "12"),
        (NAME, 12.5, "12.5"),
        (NAME, True, "TRUE"),
        (URN, 900001.0, "900001"),
        (URN, "001234", "001234"),
        (NOTES, "one\r\ntwo", "one\ntwo"),
        (ROLL, 3.0, 3),
        (ROLL, "1,200", 1200),
        (ROLL, "-3", -3),
        (ROLL, 209.99999999, 210),
        (COST, 95.5, 9550),
        (COST, 0.1 + 0.2, 30),
        (COST, 100, 10000),
        (COST, "£1,234.50", 123450),
        (COST, "-98", -9800),
        (COST, 0, 0),
        (ON, dt.datetime.combine(MARCH, dt.time()), MARCH),
        (ON, MARCH, MARCH),
        (ON, "14/3/2025", MARCH),
        (ON, "3/4/25", dt.date(2025, 4, 3)),
        (ON, "14 March 2025", MARCH),
        (ON, "2025-03-14", MARCH),
        (STARTS, dt.time(13, 15), dt.time(13, 15)),
        (STARTS, dt.time(13, 14, 59, 999000), dt.time(13, 15)),
        (STARTS, dt.time(23, 59, 59), dt.time(23, 59)),
        (STARTS, dt.datetime.combine(MARCH, dt.time(9, 5)), dt.time(9, 5)),
        (STARTS, 0.5, dt.time(12)),
        (STARTS, "1.15", dt.time(13, 15)),
        (STARTS, 9, dt.time(9)),
        (STARTS, "1:15pm", dt.time(13, 15)),
        (YEAR, "2024-25", 2024),
        (YEAR, "2024 to 2025", 2024),
        (YEAR, 2024, 2024),
        (YEAR, 2024.0, 2024),
        (SUPPORT, "YES", True),
        (SUPPORT, False, False),
        (SUPPORT, "n", False),
        (SUPPORT, 1, True),
        (PHASE, "infant", Phase.INFANT),
        (PHASE, "ALL-THROUGH", Phase.ALL_THROUGH),
        (PHASE, "post_16", Phase.POST_16),
        (PHASE, "16 plus", Phase.POST_16),
        (MARK, "p", AttendanceCode.P),
        (MARK, "Apology", AttendanceCode.A),
        (SETTING, "cap_per_half_day", "cap_per_half_day"),
        (SETTING, "most recognised for one half-day of cover", "cap_per_half_day"),
    ],
)
def test_a_cell_is_read_as_its_column_says(column: Column, cell: Cell, value: Any) -> None:
    assert read_cell(column, cell) == value


@pytest.mark.parametrize("cell", [None, "", "  ", "\n\t", "\ufeff", "\u200e \u00a0", "\x00"])
def test_a_cell_with_nothing_visible_in_it_is_empty(cell: Cell) -> None:
    assert is_empty(cell)
    for column in (NAME, ROLL, COST, ON, STARTS, YEAR, SUPPORT, PHASE, SETTING):
        assert read_cell(column, cell) is None


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        (COST, "12.345", "not an amount"),
        (COST, 33.3333, "not an amount"),
        (COST, True, "not an amount"),
        (COST, MARCH, "not an amount"),
        (COST, float("nan"), "not an amount"),
        (COST, float("inf"), "not an amount"),
        (COST, 1e300, "more money than"),
        (COST, "ten pounds", "not an amount"),
        (ON, "31/2/2025", "not a date"),
        (ON, 45730, "not a date"),
        (ON, True, "not a date"),
        (ON, dt.time(9), "not a date"),
        (ON, dt.datetime.combine(MARCH, dt.time(13, 15)), "only the date"),
        (ON, dt.date(1900, 1, 1), "1 January 1900 is not between 1990 and 2099"),
        (ON, "soon", "not a date"),
        (STARTS, "25:00", "not a time"),
        (STARTS, 9.3, "not a time"),
        (STARTS, MARCH, "not a time"),
        (STARTS, True, "not a time"),
        (ROLL, 2.5, "not a whole number"),
        (ROLL, "about 200", "not a whole number"),
        (ROLL, True, "not a whole number"),
        (ROLL, MARCH, "not a whole number"),
        (ROLL, float("inf"), "not a whole number"),
        (ROLL, "9" * 40, "not a whole number"),
        (YEAR, "2024-26", "2024 is followed by 2025"),
        (YEAR, MARCH, "not a school year"),
        (YEAR, 24, "not a school year"),
        (SUPPORT, "maybe", "neither yes nor no"),
        (SUPPORT, 2, "neither yes nor no"),
        (PHASE, "Pre-school", "“Nursery”, “Infant”, “Junior”"),
        (NAME, MARCH, "type an apostrophe"),
        (NAME, dt.time(9), "type an apostrophe"),
        (SETTING, "cap per half day", "did you mean “Most recognised for one half-day of cover”?"),
        (SETTING, "zzz", "the Guide sheet lists them"),
        (NAME, Fault("this cell shows the error #REF!"), "#REF!"),
    ],
)
def test_a_cell_that_does_not_fit_is_refused_with_what_was_expected(
    column: Column, cell: Cell, said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        read_cell(column, cell)
    assert said in str(refused.value)
    assert refused.value.field == column.field


def test_a_long_cell_is_quoted_only_in_part() -> None:
    assert shown("word " * 100) == ("word " * 12)[:59] + "…"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (COST, 9550, "£95.50"),
        (ON, MARCH, "14 March 2025"),
        (STARTS, dt.time(13, 15), "1:15pm"),
        (column_of(CLAIM, "state"), ClaimState.PAID, "Paid"),
        (MARK, AttendanceCode.P, "Present, released"),
        (SUPPORT, False, "No"),
        (YEAR, 2024, "2024 to 2025"),
        (NAME, "", "empty"),
        (COST, None, "empty"),
    ],
)
def test_a_preview_shows_values_in_words(column: Column, value: Any, said: str) -> None:
    assert in_words(column, value) == said


def values_of(column: Column) -> st.SearchStrategy[Any]:
    """Any value that a column can hold."""
    texts = st.text(max_size=60).map(lambda text: gate.clean(text, lines=column.lines))
    kinds: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TEXT: texts,
        Kind.LINK: texts,
        Kind.DAY: st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)),
        Kind.HOUR: st.times().map(lambda time: time.replace(second=0, microsecond=0)),
        Kind.MONEY: st.integers(-99_999_999_99, 99_999_999_99),
        Kind.NUMBER: st.integers(-(10**12), 10**12),
        Kind.YEAR: st.integers(1990, 2098),
        Kind.FLAG: st.booleans(),
        Kind.CHOICE: st.sampled_from(column.words) if column.words else st.nothing(),
        Kind.SETTING: st.sampled_from(list(catalogue())),
    }
    return st.none() | kinds[column.kind]


@given(data=st.data())
def test_every_value_of_every_column_comes_back_from_its_cell(data: st.DataObject) -> None:
    column = data.draw(st.sampled_from([c for sheet in SHEETS for c in columns(sheet)]))
    value = data.draw(values_of(column))
    assert read_cell(column, write_cell(column, value)) == (value if value != "" else None)


@given(st.integers(-99_999_999_99, 99_999_999_99))
def test_money_in_a_cell_is_the_same_to_the_penny(pence: int) -> None:
    cell = write_cell(COST, pence)
    assert Decimal(repr(cell)) * 100 == pence
    assert read_cell(COST, f"{Decimal(pence) / 100}") == pence
