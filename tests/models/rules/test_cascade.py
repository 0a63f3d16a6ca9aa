"""How far CPD travels: who came, who passed it on, whom that reached (features 3 #11)."""

import datetime as dt

from models.rules.cascade import SeatFact, cascade

DAY, LATER = dt.date(2025, 3, 26), dt.date(2025, 4, 2)


def seat(person, school, shared_on=None, reached=None, *, came=True):
    return SeatFact(person, school, came, shared_on, reached)


def test_who_passed_it_on_and_how_many_staff_that_reached():
    seats = [
        seat(1, 7, DAY, 12),
        seat(2, 8, LATER, 15),
        seat(3, 9),
        seat(4, 9, came=False),
    ]
    assert cascade(seats, LATER).words == "3 came, 2 passed it on to 27 staff"
    assert cascade(seats, LATER).waiting == 1
    assert cascade(seats, DAY).words == "3 came, 1 passed it on to 12 staff"


def test_colleagues_whom_two_told_together_are_counted_once():
    together = [seat(1, 7, DAY, 9), seat(2, 7, DAY, 8)]
    assert (cascade(together, DAY).passed_on, cascade(together, DAY).reached) == (2, 9)
    apart = [seat(1, 7, DAY, 9), seat(2, 7, LATER, 8)]
    assert cascade(apart, LATER).reached == 17
    of_no_school = [seat(1, None, DAY, 9), seat(2, None, DAY, 8)]
    assert cascade(of_no_school, DAY).reached == 17


def test_nothing_is_made_of_what_nobody_said():
    assert cascade([], DAY).words == "nobody came"
    assert cascade([seat(1, 7)], DAY).words == "1 came, nobody passed it on"
    assert cascade([seat(1, 7, DAY)], DAY).words == "1 came, 1 passed it on"
