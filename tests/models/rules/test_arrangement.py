"""The order of the pack's parts: what is stored makes the order again, and the ends stay."""

from hypothesis import given
from hypothesis import strategies as st

from models.rules.arrangement import MOVABLE, USUAL, Arrangement, Placed, arrangement, moved


@given(st.permutations(MOVABLE), st.sets(st.sampled_from(MOVABLE)))
def test_what_is_stored_of_an_order_makes_it_again_with_cover_first_and_appendices_last(order, left_out):
    wanted = Arrangement(tuple(order), frozenset(left_out))
    again = arrangement(wanted.placed)
    assert again == wanted
    assert (again.printed[0], again.printed[-1]) == (1, 24)
    assert set(again.printed[1:-1]) == set(MOVABLE) - left_out


def test_the_usual_order_needs_nothing_stored_and_a_stray_part_changes_nothing():
    assert USUAL.placed == ()
    assert arrangement([Placed(24, 2, left_out=True), Placed(1, 9, left_out=True)]) == USUAL


def test_a_part_moves_up_and_down_and_stops_at_the_ends():
    assert moved((2, 3, 4), 4, -1) == (2, 4, 3)
    assert moved((2, 3, 4), 2, -1) == (2, 3, 4)
    assert moved((2, 3, 4), 2, 9) == (3, 4, 2)
