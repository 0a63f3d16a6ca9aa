"""How far a school uses a resource: word and numbers must agree (R-RES-7)."""

import pytest

from models.errors import BadInput
from models.rules.rollout import Use, checked_use, letter, staff_words, use_at
from models.words import AdoptionLevel

ALL, SOME, NONE = AdoptionLevel.ALL, AdoptionLevel.SOME, AdoptionLevel.NOT_STARTED


@pytest.mark.parametrize(
    ("level", "using", "total", "field", "words"),
    [
        (SOME, 10, 9, "staff_using", "10 of 9 staff cannot be"),
        (NONE, 3, 9, "level", "choose “Some staff”"),
        (ALL, 5, 9, "level", "Only 5 of 9"),
        (SOME, 0, 9, "level", "choose “Not started”"),
        (SOME, 9, 9, "level", "choose “All staff”"),
    ],
)
def test_r_res_7_numbers_that_say_another_word_are_refused(level, using, total, field, words):
    with pytest.raises(BadInput, match=words) as wrong:
        checked_use(level, using, total)
    assert wrong.value.field == field


@pytest.mark.parametrize(
    ("level", "using", "total", "text"),
    [
        (ALL, 9, 9, "all staff, 9 of 9"),
        (SOME, 5, 9, "some staff, 5 of 9"),
        (SOME, 5, None, "some staff, 5"),
        (SOME, None, 9, "some staff"),
        (NONE, 0, 9, "not started, 0 of 9"),
        (ALL, None, None, "all staff"),
    ],
)
def test_r_res_7_numbers_are_shown_where_they_are_known(level, using, total, text):
    assert checked_use(level, using, total).text == text


def test_a_word_alone_takes_the_numbers_with_it():
    before = Use(SOME, 5, 9)
    assert use_at(ALL, before) == Use(ALL, 9, 9)
    assert use_at(NONE, before) == Use(NONE, 0, 9)
    assert use_at(SOME, before) == before
    assert use_at(SOME, Use(ALL, 9, 9)) == Use(SOME, None, 9)
    assert use_at(ALL, None) == Use(ALL, None, None)


@pytest.mark.parametrize("level", [ALL, SOME, NONE])
@pytest.mark.parametrize("before", [None, Use(SOME, 5, 9), Use(ALL, 9, 9), Use(NONE, 0, 9), Use(SOME, 4)])
def test_whatever_word_is_given_its_numbers_agree(level, before):
    use = use_at(level, before)
    assert checked_use(use.level, use.using, use.total) == use


def test_r_sty_3_a_cell_carries_a_letter_and_what_is_missing_is_no_zero():
    assert [letter(one) for one in (ALL, SOME, NONE, None)] == ["A", "S", "N", "–"]
    assert staff_words(Use(SOME, 5, 9)) == "5 of 9"
    assert staff_words(Use(SOME, 5)) == staff_words(None) == "not entered"
