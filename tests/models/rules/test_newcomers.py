"""A list of schools, typed or pasted, is read as a teacher means it."""

import pytest

from models.errors import BadInput
from models.rules.newcomers import Newcomer, newcomer, newcomers


@pytest.mark.parametrize(
    ("line", "school", "ssl"),
    [
        ("Oakmere Primary School", "Oakmere Primary School", ""),
        ("Oakmere Primary School – Tess Arden", "Oakmere Primary School", "Tess Arden"),
        ("Oakmere Primary School - Tess Arden", "Oakmere Primary School", "Tess Arden"),
        ("Oakmere Primary School\tTess  Arden", "Oakmere Primary School", "Tess Arden"),
        ("Oakmere Primary School; Tess Arden", "Oakmere Primary School", "Tess Arden"),
        ("All Saints - Junior School", "All Saints - Junior School", ""),
        ("All Saints – Junior School – Bo Finch", "All Saints – Junior School", "Bo Finch"),
        ("Holy Cross C.E. Infant-Nursery", "Holy Cross C.E. Infant-Nursery", ""),
        ("Elm Lane School – Anne-Marie O’Brien-Smith", "Elm Lane School", "Anne-Marie O’Brien-Smith"),
        ("– Tess Arden", "– Tess Arden", ""),
    ],
)  # fmt: skip
def test_a_line_is_a_school_with_or_without_its_subject_leader(line: str, school: str, ssl: str) -> None:
    assert newcomer(line) == Newcomer(school, ssl)


def test_blank_lines_bullets_and_numbers_of_a_pasted_list_go() -> None:
    text = "1. Oakmere Primary School – Tess Arden\n\n • Elm Lane Primary School.\n- Castle Street Infants\n"
    assert newcomers(text) == (
        Newcomer("Oakmere Primary School", "Tess Arden"),
        Newcomer("Elm Lane Primary School"),
        Newcomer("Castle Street Infants"),
    )


def test_a_school_twice_is_refused_with_both_lines() -> None:
    with pytest.raises(BadInput, match=r"St\. Anne's stands in line 1 and in line 3") as wrong:
        newcomers("St Anne’s\nOakmere\nSt. Anne's")
    assert wrong.value.field == "schools"


def test_a_line_too_long_for_a_name_is_named() -> None:
    with pytest.raises(BadInput, match="Line 2 is too long"):
        newcomers("Oakmere\n" + "x" * 300)


def test_nothing_typed_is_no_school() -> None:
    assert newcomers(" \n\n") == ()
