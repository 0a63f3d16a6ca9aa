"""What changes hands at a meeting: brought back, taken home, kept (R-LOAN-1)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.handover import before_meeting, handovers
from models.rules.loans import LoanFact

TODAY, MEETING, FOLLOWING = dt.date(2024, 11, 1), dt.date(2024, 11, 13), dt.date(2025, 1, 22)


def loan(number: int, starts: dt.date, due: dt.date, *, out: bool = False, kit: int = 1, **dates) -> LoanFact:
    return LoanFact(
        number, kit, "Magnets kit", number, f"School {number}", starts, due, starts if out else None, **dates
    )


def day(month: int, number: int) -> dt.date:
    return dt.date(2024, month, number)


OUT = loan(1, day(10, 14), day(11, 8), out=True)
BOOKED = loan(2, day(11, 18), day(12, 6))


def test_what_is_due_by_the_meeting_is_brought_back_and_the_next_school_takes_it_home():
    (found,) = handovers([BOOKED, OUT], MEETING, FOLLOWING, TODAY)
    assert (found.out, found.back, found.next) == (OUT, True, BOOKED)


@pytest.mark.parametrize(("due", "back"), [(MEETING, True), (MEETING + dt.timedelta(days=1), False)])
def test_what_is_due_on_the_day_is_brought_and_what_is_due_the_day_after_stays(due, back):
    (found,) = handovers([loan(1, day(10, 14), due, out=True)], MEETING, FOLLOWING, TODAY)
    assert (found.back, found.next) == (back, None)


def test_what_stays_cannot_be_taken_home_by_another_school():
    stays = loan(1, day(10, 14), day(11, 29), out=True)
    later = loan(2, day(12, 2), day(12, 13))
    (found,) = handovers([stays, later], MEETING, FOLLOWING, TODAY)
    assert (found.out, found.back, found.next) == (stays, False, None)


def test_a_reservation_is_taken_home_if_it_begins_before_the_following_meeting():
    late = loan(2, FOLLOWING, FOLLOWING + dt.timedelta(days=20))
    assert handovers([late], MEETING, FOLLOWING, TODAY) == ()
    (found,) = handovers([late], MEETING, None, TODAY)
    assert found.next == late
    (found,) = handovers([late, BOOKED], MEETING, FOLLOWING, TODAY)
    assert (found.next, found.out, found.back) == (BOOKED, None, False)


def test_loans_that_are_over_or_cancelled_move_nothing():
    over = loan(1, day(10, 14), day(11, 8), out=True, back_on=day(10, 30))
    cancelled = loan(2, day(11, 18), day(12, 6), cancelled_on=day(10, 30))
    assert handovers([over, cancelled], MEETING, FOLLOWING, TODAY) == ()


def test_a_reservation_that_nobody_fetched_is_no_handover():
    assert handovers([loan(1, day(10, 1), day(10, 18))], MEETING, FOLLOWING, TODAY) == ()


def test_what_begins_and_ends_before_the_meeting_is_told_apart_by_day():
    first, second = loan(1, day(11, 4), day(11, 8), kit=2), loan(2, day(11, 5), MEETING, kit=3)
    past = loan(3, day(10, 1), day(10, 18), kit=4)
    assert before_meeting([second, BOOKED, first, past, OUT], MEETING, TODAY) == (first, second)


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.integers(-40, 80), st.integers(0, 30), st.booleans()), max_size=12
    )
)
def test_each_thing_stands_once_and_what_is_taken_home_is_not_with_another(drawn):
    loans = [
        loan(n, TODAY + dt.timedelta(start), TODAY + dt.timedelta(start + length), out=out, kit=kit)
        for n, (kit, start, length, out) in enumerate(drawn, 1)
    ]
    found = handovers(loans, MEETING, FOLLOWING, TODAY)
    assert len({one.resource_id for one in found}) == len(found)
    for one in found:
        assert one.next is None or one.out is None or one.back
        assert one.out is not None or one.next is not None
