"""Marks and the attendance matrix: R-MEET-5, R-MEET-8, R-MEET-9, R-CLU-10, R-REV-7."""

import datetime as dt
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.attendance import (
    AttendanceFact,
    Matrix,
    attendance_matrix,
    cell_text,
    not_entered_verdicts,
    presence,
    school_mark,
    tally,
)
from models.rules.cluster import MembershipFact
from models.rules.meetings import MeetingFact
from models.rules.verdict import About
from models.words import AttendanceCode, Happened, MeetingKind

P, S, A, N = AttendanceCode
START = dt.date(2024, 9, 1)
DAYS = [
    dt.date(2024, 9, 25),
    dt.date(2024, 11, 20),
    dt.date(2025, 2, 5),
    dt.date(2025, 3, 26),
    dt.date(2025, 6, 11),
]
MEETINGS = [MeetingFact(number, day, title=f"Meeting {number}") for number, day in enumerate(DAYS, 1)]


def member(school_id: int, joined_on=START, left_on=None) -> MembershipFact:
    return MembershipFact(school_id, school_id, f"School {school_id}", joined_on, left_on)


def worked_year() -> Matrix:
    """Seven primaries, five meetings, one school that joined after the second, three absences (note 2)."""
    members = [member(number) for number in range(1, 7)] + [member(7, dt.date(2025, 1, 6))]
    exceptions = {(1, 1): S, (2, 3): A, (4, 5): N, (5, 6): A}
    marks = [
        AttendanceFact(one.id, school.school_id, exceptions.get((one.id, school.school_id), P))
        for one in MEETINGS
        for school in members
        if school.on(one.held_on)
    ]
    return attendance_matrix(MEETINGS, members, marks)


def test_r_meet_8_two_cells_before_joining_leave_33_of_35_and_30_present_are_91_percent():
    """R-MEET-8: 7 schools x 5 meetings = 35 cells, 2 before joining = 33 counted; 30 present = 91%."""
    matrix = worked_year()
    assert len(matrix.rows) * len(matrix.columns) == 35
    assert (matrix.total.cells, matrix.total.present, matrix.total.percent) == (33, 30, "91%")
    assert matrix.total.text == "30 of 33"
    assert matrix.rows[6].marks == (None, None, P, P, P)


def test_r_rev_6_a_schools_own_row_says_how_often_it_came():
    """R-REV-6: attended 4 of 5."""
    row = worked_year().rows[2]
    assert (row.school, row.total.text) == ("School 3", "4 of 5")


def test_r_rev_7_rows_columns_and_total_are_one_calculation():
    """R-REV-7: summary 91% = matrix 91%."""
    matrix = worked_year()
    by_school = [row.total for row in matrix.rows]
    by_meeting = [column.total for column in matrix.columns]
    for totals in (by_school, by_meeting):
        assert sum(total.cells for total in totals) == matrix.total.cells
        assert sum(total.present for total in totals) == matrix.total.present


@pytest.mark.parametrize("codes", list(permutations([P, S, A, N])))
def test_r_meet_8_a_schools_mark_is_the_best_of_its_peoples(codes):
    for number in range(1, 5):
        assert school_mark(codes[:number]) == min(codes[:number], key=[P, S, A, N].index)
    assert school_mark([]) is None


def test_r_meet_8_cells_carry_letters_and_own_time_is_present():
    assert [cell_text(mark) for mark in (P, S, A, N, None)] == ["P", "S", "A", "N", "-"]
    assert tally([P, S, A, N, None]).text == "2 of 4"
    assert tally([None]).percent == "not available"


def test_r_meet_8_a_member_without_a_mark_is_no_reply():
    members = [member(1), member(2)]
    matrix = attendance_matrix(MEETINGS[:1], members, [AttendanceFact(1, 1, P)])
    assert [row.marks for row in matrix.rows] == [(P,), (N,)]
    assert matrix.total.percent == "50%"


def test_r_meet_8_a_meeting_nobody_marked_is_not_entered_rather_than_empty():
    """R-REV-5 too: missing is never zero."""
    matrix = attendance_matrix(MEETINGS[:2], [member(1)], [AttendanceFact(1, 1, P)])
    assert [column.entered for column in matrix.columns] == [True, False]
    assert matrix.total.text == "1 of 1"
    (verdict,) = not_entered_verdicts(matrix)
    assert (verdict.rule, verdict.about) == ("R-MEET-8", About("meeting", 2))
    assert "“Meeting 2” on 20 November 2024" in verdict.text


def test_r_meet_5_schools_left_out_of_a_sub_group_are_not_invited_rather_than_absent():
    """R-MEET-5: 3 invited, 3 came: 100%."""
    group = MeetingFact(9, DAYS[0], kind=MeetingKind.SUB_GROUP, invited_ids=frozenset({1, 2, 3}))
    marks = [AttendanceFact(9, school_id, P) for school_id in (1, 2, 3)]
    matrix = attendance_matrix([group], [member(number) for number in range(1, 8)], marks)
    assert (matrix.total.text, matrix.total.percent) == ("3 of 3", "100%")
    assert matrix.rows[6].marks == (None,)


def test_r_meet_5_a_school_that_came_uninvited_counts_and_its_apology_does_not():
    group = MeetingFact(9, DAYS[0], kind=MeetingKind.SUB_GROUP, invited_ids=frozenset({1}))
    marks = [AttendanceFact(9, 1, P), AttendanceFact(9, 2, S), AttendanceFact(9, 3, A)]
    matrix = attendance_matrix([group], [member(1), member(2), member(3)], marks)
    assert [row.marks for row in matrix.rows] == [(P,), (S,), (None,)]


def test_r_clu_10_a_school_that_left_is_counted_up_to_its_last_day():
    """R-CLU-10: left 31 Jan after 2 of 2 meetings, 3 later: attendance 100%, not 40%."""
    members = [member(1), member(2, left_on=dt.date(2025, 1, 31))]
    marks = [AttendanceFact(one.id, 1, P) for one in MEETINGS]
    marks += [AttendanceFact(1, 2, P), AttendanceFact(2, 2, P)]
    left = attendance_matrix(MEETINGS, members, marks).rows[1]
    assert (left.total.text, left.total.percent) == ("2 of 2", "100%")


def test_the_matrix_shows_held_meetings_by_date_and_member_schools_by_name():
    planned = MeetingFact(8, dt.date(2025, 7, 2), status=Happened.PLANNED)
    steering = MeetingFact(9, DAYS[4], kind=MeetingKind.STEERING)
    late = member(3, joined_on=dt.date(2025, 7, 1))
    members = [MembershipFact(1, 1, "Willow", START), MembershipFact(2, 2, "alder", START), late]
    matrix = attendance_matrix([steering, planned, *reversed(MEETINGS)], members, [])
    assert [column.meeting.id for column in matrix.columns] == [1, 2, 3, 4, 5]
    assert [row.school for row in matrix.rows] == ["alder", "Willow"]
    assert len(attendance_matrix([steering], members, [], {MeetingKind.STEERING}).columns) == 1


def test_r_meet_9_two_people_from_one_school_are_one_school_and_two_people():
    """R-MEET-9: 2 people from school A: 1 school, 2 people."""
    marks = [AttendanceFact(1, 1, P, 101), AttendanceFact(1, 1, S, 102)]
    came = presence(marks)
    assert (came.schools, came.people) == (1, 2)
    again = presence(
        [*marks, AttendanceFact(2, 1, P, 101), AttendanceFact(2, 2, A, 103), AttendanceFact(2, 3, P)]
    )
    assert (again.schools, again.people) == (2, 2)


MARKS = st.lists(
    st.tuples(st.integers(1, 5), st.integers(1, 4), st.sampled_from(AttendanceCode), st.integers(1, 9)),
    max_size=40,
)


@given(MARKS, st.lists(st.integers(0, 400), min_size=4, max_size=4), st.sets(st.integers(1, 4)))
def test_r_meet_8_whatever_is_entered_only_members_are_counted_and_totals_agree(marks, left, invited):
    members = [member(number, left_on=START + dt.timedelta(left[number - 1])) for number in range(1, 5)]
    group = MeetingFact(5, DAYS[4], kind=MeetingKind.SUB_GROUP, invited_ids=frozenset(invited))
    facts = [AttendanceFact(*mark) for mark in marks]
    matrix = attendance_matrix([*MEETINGS[:4], group], members, facts)
    for row in matrix.rows:
        for column, mark in zip(matrix.columns, row.marks, strict=True):
            assert mark is None or members[row.school_id - 1].on(column.meeting.held_on)
    assert sum(column.total.cells for column in matrix.columns) == matrix.total.cells
    assert sum(row.total.present for row in matrix.rows) == matrix.total.present <= matrix.total.cells
