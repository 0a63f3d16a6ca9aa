"""Whole pence shared so that nothing is lost (note 1 under R-CPD-3)."""

import pytest

from models.rules.split import portion, split_by, split_equally


def test_note_1_a_hundred_and_fifty_pounds_among_seven():
    assert split_equally(15000, 7) == [2143] * 6 + [2142]


def test_note_1_thirty_pounds_of_vat_among_seven():
    assert split_equally(3000, 7) == [429] * 4 + [428] * 3


def test_pennies_left_over_go_to_those_who_lost_most_by_rounding():
    assert split_by(100, [1, 1, 4]) == [17, 17, 66]
    assert split_by(10, [1, 2, 4]) == [1, 3, 6]
    assert split_by(1, [1, 1]) == [1, 0]


def test_a_negative_total_is_shared_alike():
    assert split_equally(-15000, 7) == [-2143] * 6 + [-2142]


def test_nobody_shares_nothing():
    assert split_equally(500, 0) == []


@pytest.mark.parametrize("weights", [[0, 0], [1, -1]])
def test_weights_must_make_sense(weights):
    with pytest.raises(ValueError, match="weights"):
        split_by(100, weights)


@pytest.mark.parametrize(
    ("total", "part", "whole", "expected"),
    [(11000, 40000, 55000, 8000), (1, 1, 2, 1), (1, 1, 3, 0), (500, 7, 0, 0)],
)
def test_a_portion_is_rounded_half_up(total, part, whole, expected):
    assert portion(total, part, whole) == expected
