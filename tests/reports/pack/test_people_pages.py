"""What the pages about schools and meetings answer: summary, members, meetings, attendance."""

import datetime as dt

import pytest

from models.rules.attendance import AttendanceFact
from models.rules.meetings import ActionBalance, AgendaShare, MeetingCount
from models.rules.scheme import default_scheme
from models.values import replace
from models.words import AttendanceCode, Heading, MeetingKind
from reports.kit import Bold, Kit, Muted
from reports.pack import attendance, meetings, members, summary
from reports.pack.sheet import Sheet
from tests.reports.pack.factories import (
    LAST,
    entry,
    full,
    line_of,
    marks,
    meeting,
    meeting_year,
    member,
    membership,
    pack,
    pot,
)
from tests.reports.pack.factories import (
    members as who,
)


def said(text) -> str:
    """The words of a cell, its pieces joined by spaces."""
    if isinstance(text, str):
        return text
    parts = [text] if isinstance(text, (Bold, Muted)) else text
    return " ".join(part if isinstance(part, str) else getattr(part, "words", "|") for part in parts)


# -- summary


def test_the_summary_says_in_one_sentence_how_meetings_attendance_and_money_stand():
    words = summary.answer(full())
    assert words == "The meeting promise was kept, attendance was 100% and £1,600 rolls over"


def test_the_summary_of_an_empty_book_promises_nothing():
    assert summary.answer(pack()) == "Too little is entered to tell yet"


@pytest.mark.parametrize(
    ("counted", "planned", "day", "words"),
    [
        (4, 0, dt.date(2025, 6, 20), "The meeting promise was kept"),
        (3, 1, dt.date(2025, 6, 20), "The meetings are on course"),
        (3, 0, dt.date(2025, 6, 20), "The year is 1 meeting short of the promise"),
        (2, 2, LAST, "The year is 2 meetings short of the promise"),
    ],
)
def test_the_summary_knows_planned_meetings_only_while_the_year_runs(counted, planned, day, words):
    count = MeetingCount(counted, counted, planned, 4, 5)
    assert summary.answer(pack(day, meetings=meeting_year(count=count))) == words


@pytest.mark.parametrize(
    ("spent", "words"),
    [
        (400_00, "£1,600 rolls over"),
        (2000_00, "The pot is spent"),
        (2040_00, "The pot is £40 overdrawn"),
    ],
)
def test_the_summary_says_what_is_left_of_the_pot(spent, words):
    fund = pot(entry(1, 2000_00, Heading.GRANT), entry(2, spent))
    assert summary.answer(pack(funds=(fund,))) == words


def test_a_pot_without_money_is_not_entered_yet():
    data = pack(funds=(pot(),))
    assert summary.answer(data) == "Too little is entered to tell yet"
    assert summary.figures(data)[3] == ("not entered", "cluster pot")


def test_missing_figures_are_not_entered_and_never_0():
    assert {value for value, _ in summary.figures(pack())} == {"not entered"}


def test_figures_that_are_counted_and_none_print_0():
    """R-REV-5: a session that nobody came to is 0 people, not “not entered”."""
    data = full()
    nobody = replace(data.cpd, reach=replace(data.cpd.reach, people=0, attendances=0))
    data = pack(members=data.members, meetings=data.meetings, cpd=nobody)
    assert summary.figures(data)[4][0] == "0"


def test_figures_agree_with_their_words_in_number():
    data = pack(members=who(member(1)), meetings=meeting_year([line_of(meeting(1))]))
    words = [label for _, label in summary.figures(data)]
    assert words[0] == "member school"
    assert words[1] == "meeting in school time; the minimum is 4"


def test_each_figure_stands_above_that_of_the_year_before():
    data = full()
    then = replace(data.headline, schools_in_year=3, pot=None)
    found = summary.figures(replace(data, earlier=then))
    assert said(found[0][1]).endswith("2023 to 2024: 3")
    assert said(found[3][1]).endswith("2023 to 2024: not entered")


# -- members


def test_members_says_who_joined_left_and_leads_anew():
    joined = member(2, membership=membership(2, joined_on=dt.date(2024, 11, 6)), joined_in_year=True)
    left = member(3, membership=membership(3, left_on=dt.date(2025, 1, 31)), left_in_year=True)
    data = pack(members=who(member(1), joined, left, changed=[1]))
    assert members.answer(data) == (
        "3 member schools; 1 joined, 1 left and 1 has a new science subject leader"
    )


def test_members_without_change_says_so():
    assert members.answer(pack(members=who(member(1)))) == "1 member school, with no change in the year"
    assert members.answer(pack()) == "No member school is entered yet"


def test_a_change_of_subject_leaders_that_nobody_entered_is_not_told_as_none():
    sheet = Sheet(Kit(), pack(members=who(member(1, ssl=""))))
    assert "leader this year: not entered." in members.body(sheet)[-1].getPlainText()
    sheet = Sheet(Kit(), pack(members=who(member(1))))
    assert "leader this year: 0\u00a0of\u00a01 (0%)." in members.body(sheet)[-1].getPlainText()


@pytest.mark.parametrize(
    ("rolls", "words"),
    [
        ((210, 90), "The 2 schools in membership on 20 June 2025 teach 300 pupils aged 4 to 11."),
        (
            (210, None),
            "The 2 schools in membership on 20 June 2025 teach 210 pupils aged 4 to 11; "
            "the number on roll of 1 is not entered.",
        ),
        ((None,), "The school in membership on 20 June 2025: number on roll not entered."),
        ((1,), "The school in membership on 20 June 2025 teaches 1 pupil aged 4 to 11."),
        ((), "No school is in membership today."),
    ],
)
def test_reach_says_what_is_known_of_the_pupils(rolls, words):
    lines = [member(number, roll=roll) for number, roll in enumerate(rolls, 1)]
    assert members.reach_words(pack(members=who(*lines))) == words


def test_notes_tell_lead_joining_replacing_leaving_and_new_leaders():
    late = member(2, membership=membership(2, joined_on=dt.date(2024, 11, 6)), replaces="Old Road School")
    gone = member(
        3, membership=membership(3, left_on=dt.date(2025, 1, 31)), left_in_year=True, ssl_changed=True
    )
    group = who(member(1), late, gone, member(4, ssl_changed=True))
    assert said(members.note_of(group.lines[0], group)) == "Lead school"
    assert said(members.note_of(late, group)) == "Joined 6 November 2024 | In place of Old Road School"
    assert said(members.note_of(gone, group)) == "Left 31 January 2025"
    assert said(members.note_of(group.lines[3], group)) == "New SSL this year"


# -- meetings


@pytest.mark.parametrize(
    ("counted", "planned", "day", "words"),
    [
        (
            5,
            0,
            dt.date(2025, 6, 20),
            "Yes: 5 full meetings in school time; the agreement asks for at least 4",
        ),
        (
            3,
            1,
            dt.date(2025, 6, 20),
            "On course: 3 full meetings in school time, 1 planned; the minimum is 4",
        ),
        (1, 0, dt.date(2025, 6, 20), "No: 1 full meeting in school time, 3 short of the minimum of 4"),
        (3, 1, LAST, "No: 3 full meetings in school time, 1 short of the minimum of 4"),
    ],
)
def test_meetings_answers_whether_the_agreement_is_upheld(counted, planned, day, words):
    count = MeetingCount(6, counted, planned, 4, 5)
    asked = meeting_year([line_of(meeting(1))], count=count)
    assert meetings.answer(pack(day, meetings=asked)) == words


def test_without_meetings_nothing_is_upheld_or_broken():
    assert meetings.answer(pack()) == "No meeting is entered yet"


def test_a_meeting_without_purpose_or_times_says_not_entered():
    bare = line_of(meeting(1, title="", purpose=" ", starts_at=None, ends_at=None))
    assert said(meetings.what_for(bare)) == "Purpose not entered"
    assert "not entered" in said(meetings.when_and_where(bare))


def test_a_host_is_named_where_the_meeting_was_elsewhere():
    assert meetings.where(line_of(meeting(1, host="Alder Lane Primary School"))) == (
        "Village hall, host Alder Lane Primary School"
    )
    assert meetings.where(line_of(meeting(1, host="Village hall"))) == "Village hall"


def test_the_rule_for_counting_follows_the_scheme():
    scheme = default_scheme()
    assert "(9am to 3:30pm, or the host school’s own)" in meetings.counting_words(scheme, "9am to 3:30pm")
    loose = replace(scheme, count_after_school=True, count_subgroup=True)
    assert meetings.counting_words(loose, "") == (
        "A meeting counts when the full cluster or a sub-group is invited, at any time of the day."
    )


def test_the_agenda_is_shared_out_in_words():
    asked = meeting_year(
        [line_of(meeting(1))], agenda=AgendaShare(9, 12, 1), actions=ActionBalance(1, 1, ()), hosts=2
    )
    words = " ".join(meetings.agenda_words(pack(meetings=asked)))
    assert "proposed 9 of 12 (75%) of the agenda items" in words
    assert "For 1 more, nobody entered who proposed it." in words
    assert "2 schools hosted." in words
    assert "1 action is open; the lead school holds 1 (100%)." in words


# -- attendance


def attended(code: AttendanceCode, *, by: int = 2, schools: int = 2):
    lines = [line_of(meeting(1))]
    spells = [membership(number) for number in range(1, schools + 1)]
    found = [*marks(lines, [1]), *marks(lines, range(2, by + 1), code)]
    return pack(meetings=meeting_year(lines, found, spells))


def test_attendance_answers_whether_every_school_takes_part():
    assert attendance.answer(attended(AttendanceCode.S)) == (
        "Yes: every school came; 2 of 2 invitations were taken up (100%)"
    )
    assert attendance.answer(attended(AttendanceCode.A)) == (
        "No: 1 of 2 schools came to no meeting; 1 of 2 invitations were taken up (50%)"
    )
    assert attendance.answer(attended(AttendanceCode.P, by=1, schools=1)) == (
        "Yes: the school came; 1 of 1 invitations were taken up (100%)"
    )


def test_attendance_that_nobody_marked_is_not_entered():
    lines = [line_of(meeting(1))]
    data = pack(meetings=meeting_year(lines, [], [membership(1)]))
    assert attendance.answer(data) == "Attendance is not entered yet"
    assert attendance.answer(pack()) == "No meeting to which schools were invited is entered yet"


def test_cells_carry_letters_and_a_dash_where_a_school_was_no_member():
    lines = [line_of(meeting(1)), line_of(meeting(2))]
    late = membership(2, joined_on=lines[1].fact.held_on)
    found = [AttendanceFact(1, 1, AttendanceCode.P), AttendanceFact(2, 2, AttendanceCode.A)]
    matrix = meeting_year(lines, found, [membership(1), late]).matrix
    letters = [[attendance.mark_words(matrix, row, place) for place in (0, 1)] for row in matrix.rows]
    assert letters == [["P", "N"], ["–", "A"]]


def test_cells_of_a_meeting_without_marks_stay_empty():
    lines = [line_of(meeting(1)), line_of(meeting(2))]
    matrix = meeting_year(lines, marks(lines[:1], [1]), [membership(1)]).matrix
    assert attendance.mark_words(matrix, matrix.rows[0], 1) == ""


@pytest.mark.parametrize("many", [1, 7, 11, 30])
@pytest.mark.parametrize("large", [False, True])
def test_many_meetings_are_shared_out_over_tables_of_about_equal_length(many, large):
    lines = [line_of(meeting(number)) for number in range(1, many + 1)]
    matrix = meeting_year(lines, marks(lines, [1]), [membership(1)]).matrix
    kit = Kit(large_print=large)
    found = attendance.groups(matrix, kit.wide / kit.scale - 250)
    assert [place for group in found for place, _ in group] == list(range(many))
    lengths = {len(group) for group in found}
    assert max(lengths) - min(lengths) <= 1


def test_the_caption_names_what_is_special_about_a_meeting():
    lines = [
        line_of(meeting(1), inside=False, counts=False),
        line_of(meeting(2, kind=MeetingKind.SUB_GROUP), counts=False),
        line_of(meeting(3, kind=MeetingKind.SUB_GROUP), counts=False),
        line_of(meeting(4)),
    ]
    asked = meeting_year(lines, marks(lines[:3], [1]), [membership(1)])
    sheet = Sheet(Kit(), pack(meetings=asked))
    words = attendance.caption(sheet, list(enumerate(asked.matrix.columns)))
    assert "Meeting 1: outside the school day." in words
    assert "Meetings 2 and 3: for a sub-group." in words
    assert "Meeting 4: without attendance entered, left blank." in words
