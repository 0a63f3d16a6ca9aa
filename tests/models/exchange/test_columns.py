"""Columns follow from drafts and tables; keys with several parts read one way only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.columns import Kind, column_of, columns, join_key, key_columns, split_key
from models.exchange.incoming import GUIDE, LISTS
from models.exchange.sheets import BY_TABLE, BY_TITLE, SHEETS, Sheet


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_no_two_headings_of_a_sheet_are_alike(sheet: Sheet) -> None:
    headings = [column.heading.casefold() for column in columns(sheet)]
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_a_sheet_only_links_to_itself_and_to_sheets_before_it(sheet: Sheet) -> None:
    before = SHEETS[: SHEETS.index(sheet) + 1]
    assert {column.target for column in columns(sheet) if column.target} <= {
        str(other.table.name) for other in before
    }


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_a_sheets_name_fits_in_excel(sheet: Sheet) -> None:
    assert len(sheet.title) <= 31
    assert not set(sheet.title) & set("[]:*?/\\'")
    assert sheet.title not in {GUIDE, LISTS}


def test_a_key_never_nests_a_key_of_several_parts() -> None:
    for sheet in SHEETS:
        if len(sheet.key) > 1:
            linked = [BY_TABLE[c.target] for c in key_columns(sheet) if c.kind is Kind.LINK]
            referred = any(c.target == sheet.table.name for other in SHEETS for c in columns(other))
            assert not referred or all(len(other.key) == 1 for other in linked)


def test_a_code_may_be_left_empty_and_a_school_may_not() -> None:
    assert not column_of(BY_TITLE["Cover claims"], "code").needed
    assert column_of(BY_TITLE["Schools"], "name").needed
    assert not column_of(BY_TITLE["Schools"], "phase").needed


def test_a_link_says_how_it_is_written() -> None:
    assert column_of(BY_TITLE["Loan check-in"], "kit_item_id").known_by == "Resource | Part"
    assert column_of(BY_TITLE["People"], "school_id").known_by == "School"


parts = st.text(alphabet="ab| ", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.lists(parts, min_size=1, max_size=3))
def test_a_keys_parts_come_back_from_its_text(key: list[str]) -> None:
    assert list(split_key(join_key(key), len(key))) == key


@given(st.lists(st.tuples(parts, parts), min_size=2, max_size=2, unique=True))
def test_no_two_keys_read_alike(keys: list[tuple[str, str]]) -> None:
    assert join_key(keys[0]) != join_key(keys[1])


def test_a_key_typed_by_hand_may_have_bars_in_its_last_part() -> None:
    assert split_key("KIT-01 | Lens | large", 2) == ("KIT-01", "Lens | large")
