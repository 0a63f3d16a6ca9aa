from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.kit import fonts
from reports.kit.words import balance, tidy

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("on 31 March 2025", f"on 31{NBSP}March 2025"),
        ("Year 7 and Stage 3", f"Year{NBSP}7 and Stage{NBSP}3"),
        ("from 1 to 5", f"from 1{NBSP}to{NBSP}5"),
        ("Quillby C of E Primary", f"Quillby C{NBSP}of{NBSP}E Primary"),
        ("7 days overdue", f"7{NBSP}days overdue"),
        ("12 schools, 3 parts", f"12{NBSP}schools, 3{NBSP}parts"),
        ("nothing to join", "nothing to join"),
    ],
)
def test_what_belongs_together_stays_on_one_line(text, joined):
    assert tidy(text) == joined


def test_a_headline_is_set_in_lines_of_about_the_same_length():
    text = "A steady year: the promise on meetings was kept and teachers feel surer"
    lines = balance(text, fonts.BOLD, 24, 459)
    assert lines == ["A steady year: the promise on meetings", "was kept and teachers feel surer"]


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12), min_size=1))
def test_balancing_loses_no_word_and_needs_no_line_more(words):
    lines = balance(" ".join(words), fonts.BOLD, 24, 400)
    assert " ".join(lines) == " ".join(words)
    assert all(fonts.width(line, fonts.BOLD, 24) <= 400 or " " not in line for line in lines)


@given(st.text(max_size=60), st.floats(5, 200))
def test_an_elided_name_fits(name, room):
    cut = fonts.elide(name, room)
    assert cut == name or cut.endswith("…")
    assert fonts.width(cut) <= max(room, fonts.width("…"))
