"""Meetings: R-MEET-1 to R-MEET-4, 6, 7, 10, 11, 12, 13 and R-CLU-14."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar import SchoolCalendar, Term, TermName
from models.rules.meetings import (
    ActionFact,
    AgendaFact,
    MeetingFact,
    TeacherFact,
    action_balance,
    action_verdicts,
    agenda_share,
    balance_verdict,
    count_meetings,
    counts_as_released,
    in_school_day,
    is_inside,
    minimum_verdict,
    outside_verdict,
    past_verdict,
    place_words,
    purpose_verdict,
    release_words,
    swap_list,
)
from models.rules.scheme import default_scheme
from models.rules.verdict import About, Severity
from models.values import replace
from models.words import AttendanceCode, Happened, MeetingKind, ReleaseMethod

SCHEME = default_scheme()
CALENDAR = SchoolCalendar(closed={dt.date(2025, 5, 5): "a bank holiday", dt.date(2024, 9, 2): "an INSET day"})
WEDNESDAY = dt.date(2024, 11, 6)
AFTERNOON = (dt.time(13, 15), dt.time(15, 30))
AFTER_SCHOOL = (dt.time(16), dt.time(17))
OVER = dt.date(2025, 9, 1)


def meeting(number: int = 1, times=AFTERNOON, **facts) -> MeetingFact:
    held_on = facts.pop("held_on", WEDNESDAY + dt.timedelta(weeks=number))
    return MeetingFact(number, held_on, *times, title=facts.pop("title", f"Meeting {number}"), **facts)


def year_of(*meetings: MeetingFact, scheme=SCHEME):
    return count_meetings(meetings, 2024, scheme, lambda _: CALENDAR)


@pytest.mark.parametrize(
    ("meetings", "text"),
    [
        (3, "3 of 4, 1 short"),
        (4, "4 of 4, met"),
        (5, "5, minimum 4 met, release funding fully used"),
        (0, "0 of 4, 4 short"),
    ],
)
def test_r_meet_1_four_full_cluster_meetings_in_school_time_are_the_minimum(meetings, text):
    """R-MEET-1: 3 -> "1 short"; 4 -> met; 5 -> met, release funding fully used."""
    total = year_of(*[meeting(number) for number in range(1, meetings + 1)])
    assert total.text == text
    verdict = minimum_verdict(total, 2024, OVER, SCHEME)
    assert (verdict is None) is (meetings >= 4)


def test_r_meet_1_the_warning_names_the_count_and_waits_for_meetings_still_planned():
    held = [meeting(number) for number in (1, 2)]
    planned = [meeting(number, status=Happened.PLANNED) for number in (3, 4)]
    june = dt.date(2025, 6, 1)
    assert minimum_verdict(year_of(*held, *planned), 2024, june, SCHEME) is None
    verdict = minimum_verdict(year_of(*held, planned[0]), 2024, june, SCHEME)
    assert (verdict.rule, verdict.severity) == ("R-MEET-1", Severity.WARN)
    assert verdict.text.endswith("2 short with 1 planned that would count: plan another in the school day.")
    assert minimum_verdict(year_of(*held), 2024, june, SCHEME).text.endswith("plan 2 more in the school day.")
    assert minimum_verdict(year_of(*held, *planned), 2024, OVER, SCHEME).text.endswith("2 of 4, 2 short.")
    assert minimum_verdict(year_of(*held, *planned), 2024, dt.date(2025, 8, 31), SCHEME) is None


def test_r_meet_1_a_cancelled_meeting_is_neither_held_nor_planned():
    total = year_of(meeting(1), meeting(2, status=Happened.CANCELLED))
    assert (total.held, total.counted, total.planned) == (1, 1, 0)


def test_r_meet_1_a_meeting_whose_day_has_passed_is_marked_held_or_cancelled():
    planned = meeting(1, status=Happened.PLANNED, held_on=WEDNESDAY, title="Electricity")
    verdict = past_verdict(planned, WEDNESDAY + dt.timedelta(days=1))
    assert (verdict.rule, verdict.severity, verdict.about) == ("R-MEET-1", Severity.WARN, About("meeting", 1))
    assert "“Electricity”" in verdict.text
    assert past_verdict(planned, WEDNESDAY) is None
    assert past_verdict(replace(planned, status=Happened.HELD), OVER) is None


def test_r_meet_2_after_school_meetings_are_held_but_do_not_count():
    """R-MEET-2: 3 in-day + 2 after school -> 3 of 4, 1 short."""
    meetings = [meeting(number) for number in (1, 2, 3)] + [
        meeting(number, AFTER_SCHOOL) for number in (4, 5)
    ]
    total = year_of(*meetings)
    assert (total.held, total.text) == (5, "3 of 4, 1 short")
    lenient = year_of(*meetings, scheme=replace(SCHEME, count_after_school=True))
    assert lenient.counted == 5


def test_r_meet_2_an_after_school_meeting_is_marked_outside_the_school_day():
    verdict = outside_verdict(meeting(4, AFTER_SCHOOL, title="Electricity"), SCHEME, CALENDAR)
    assert (verdict.rule, verdict.about) == ("R-MEET-2", About("meeting", 4))
    assert "“Electricity”" in verdict.text
    assert "outside the school day" in verdict.text
    assert outside_verdict(meeting(1), SCHEME, CALENDAR) is None
    assert outside_verdict(meeting(1, AFTER_SCHOOL, kind=MeetingKind.STEERING), SCHEME, CALENDAR) is None
    assert outside_verdict(meeting(1, AFTER_SCHOOL, status=Happened.CANCELLED), SCHEME, CALENDAR) is None


@pytest.mark.parametrize(
    ("day", "times", "inside", "reason"),
    [
        (WEDNESDAY, AFTERNOON, True, "135 of 135 minutes"),
        (WEDNESDAY, (dt.time(15), dt.time(17)), False, "30 of 120 minutes"),
        (
            WEDNESDAY,
            (dt.time(14, 30), dt.time(16, 30)),
            True,
            "60 of 120 minutes in the school day (9am to 3:30pm), at least half.",
        ),
        (
            WEDNESDAY,
            (dt.time(8), dt.time(9, 30)),
            False,
            "30 of 90 minutes in the school day (9am to 3:30pm), less than half.",
        ),
        (WEDNESDAY, AFTER_SCHOOL, False, "0 of 60 minutes"),
        (dt.date(2024, 11, 9), AFTERNOON, False, "Saturday 9 November 2024 is at the weekend."),
        (dt.date(2025, 5, 5), AFTERNOON, False, "Monday 5 May 2025 is a bank holiday."),
        (dt.date(2024, 9, 2), AFTERNOON, False, "Monday 2 September 2024 is an INSET day."),
        (WEDNESDAY, (dt.time(13, 15), None), True, "starts at 1:15pm, inside"),
        (WEDNESDAY, (dt.time(15, 30), None), False, "starts at 3:30pm, outside"),
        (WEDNESDAY, (None, None), None, "Enter the times"),
        (WEDNESDAY, (dt.time(9), None), True, "starts at 9am, inside"),
        (WEDNESDAY, (dt.time(8, 59), None), False, "starts at 8:59am, outside"),
        (WEDNESDAY, (dt.time(15), dt.time(14)), None, "The end is not after the start"),
        (WEDNESDAY, (dt.time(15), dt.time(15)), None, "The end is not after the start"),
    ],
)
def test_r_meet_3_the_class_is_proposed_from_the_times_with_its_reason(day, times, inside, reason):
    """R-MEET-3: 1:15pm to 3:30pm in; 3pm to 5pm = 30 of 120 min -> out; Saturday or bank holiday -> out."""
    answer = in_school_day(day, *times, CALENDAR)
    assert answer.inside is inside
    assert reason in answer.reason


def test_r_meet_3_a_day_outside_the_terms_is_no_school_day():
    terms = tuple(
        Term(2024, name, 1, dt.date(*starts), dt.date(*ends))
        for name, starts, ends in (
            (TermName.AUTUMN, (2024, 9, 3), (2024, 12, 20)),
            (TermName.SPRING, (2025, 1, 6), (2025, 4, 4)),
            (TermName.SUMMER, (2025, 4, 22), (2025, 7, 22)),
        )
    )
    answer = in_school_day(dt.date(2024, 12, 23), *AFTERNOON, SchoolCalendar(terms))
    assert answer.inside is False
    assert answer.reason == "Monday 23 December 2024 is not in term time."


def test_r_meet_3_the_host_schools_own_day_decides():
    """D12: 9am to 3:30pm by default, per school otherwise."""
    late = (dt.time(14, 40), dt.time(15, 40))
    assert in_school_day(WEDNESDAY, *late, CALENDAR).inside is True
    early_closing = CALENDAR.of_school(dt.time(8, 30), dt.time(15))
    answer = in_school_day(WEDNESDAY, *late, early_closing)
    assert answer.inside is False
    assert "8:30am to 3pm" in answer.reason


def test_r_meet_3_the_users_word_stands_over_the_times():
    assert is_inside(meeting(1, AFTER_SCHOOL, in_school_day=True), CALENDAR)
    assert not is_inside(meeting(1, in_school_day=False), CALENDAR)
    assert not is_inside(meeting(1, (None, None)), CALENDAR)
    assert "Enter the times" in outside_verdict(meeting(1, (None, None)), SCHEME, CALENDAR).text


def test_r_meet_3_the_years_count_asks_each_host_schools_calendar():
    late = (dt.time(14, 40), dt.time(15, 40))
    at_oakfield, elsewhere = meeting(1, late, host="Oakfield"), meeting(2, late)
    early_closing = CALENDAR.of_school(dt.time(8, 30), dt.time(15))
    total = count_meetings(
        [at_oakfield, elsewhere],
        2024,
        SCHEME,
        lambda one: early_closing if one.host == "Oakfield" else CALENDAR,
    )
    assert (total.held, total.counted) == (2, 1)


@given(st.integers(0, 1438), st.integers(1, 1439), st.integers(0, 1438), st.integers(1, 1439))
def test_r_meet_3_agrees_with_counting_minute_by_minute(start, length, opens, open_for):
    ends, closes = min(start + length, 1439), min(opens + open_for, 1439)
    calendar = SchoolCalendar(day_starts=clock(opens), day_ends=clock(closes))
    shared = sum(opens <= minute < closes for minute in range(start, ends))
    answer = in_school_day(WEDNESDAY, clock(start), clock(ends), calendar)
    assert answer.inside is (2 * shared >= ends - start)


def clock(minutes: int) -> dt.time:
    return dt.time(*divmod(minutes, 60))


def test_r_meet_4_only_full_cluster_meetings_count():
    """R-MEET-4: 4 full + 3 sub-group = 4 counted, 7 held."""
    meetings = [meeting(number) for number in range(1, 5)]
    meetings += [meeting(number, kind=MeetingKind.SUB_GROUP) for number in range(5, 8)]
    total = year_of(*meetings)
    assert (total.counted, total.held) == (4, 7)
    assert year_of(*meetings, scheme=replace(SCHEME, count_subgroup=True)).counted == 7


@pytest.mark.parametrize("kind", [kind for kind in MeetingKind if kind is not MeetingKind.FULL_CLUSTER])
def test_r_meet_4_no_other_kind_counts(kind):
    assert year_of(meeting(1, kind=kind)).counted == 0


def test_r_meet_6_a_blank_purpose_or_no_aim_warns_once_the_meeting_was_held():
    verdict = purpose_verdict(meeting(3, title="Electricity", links=1))
    assert (verdict.rule, verdict.severity, verdict.about) == ("R-MEET-6", Severity.WARN, About("meeting", 3))
    assert "has no purpose entered" in verdict.text
    assert "not linked to an aim" in purpose_verdict(meeting(3, purpose="Plan the festival")).text
    assert purpose_verdict(meeting(3, purpose="Plan the festival", links=1)) is None
    assert purpose_verdict(meeting(3, status=Happened.PLANNED)) is None


def test_r_meet_7_the_share_of_topics_proposed_by_other_schools():
    """R-MEET-7: 12 items, 9 by others = 75%."""
    items = [AgendaFact(1, 10)] * 3 + [AgendaFact(1, 11)] * 5 + [AgendaFact(2, 12)] * 4
    share = agenda_share(items, lead_school_id=10)
    assert share.text == "9 of 12 (75%)"
    with_unknown = agenda_share([*items, AgendaFact(2, None)], lead_school_id=10)
    assert (with_unknown.text, with_unknown.unknown) == ("9 of 12 (75%)", 1)
    assert agenda_share([], 10).text == "not available"


def actions(lead: int, others: int) -> list[ActionFact]:
    due = dt.date(2025, 7, 1)
    of_lead = [ActionFact(n, "Book hall", 10, "Alder Lane", "Ada", due) for n in range(lead)]
    return of_lead + [
        ActionFact(100 + n, "Ask PTA", 11 + n % 2, "BC"[n % 2], "Ben", due) for n in range(others)
    ]


def test_r_meet_10_the_lead_holding_more_than_half_the_open_actions_prompts():
    """R-MEET-10: 20 actions, 12 lead's = 60% -> prompt."""
    balance = action_balance(actions(12, 8), 10, dt.date(2025, 3, 1))
    assert (balance.open, balance.of_lead) == (20, 12)
    assert balance.by_school == (("Alder Lane", 12), ("B", 4), ("C", 4))
    verdict = balance_verdict(balance, SCHEME)
    assert (verdict.rule, verdict.severity) == ("R-MEET-10", Severity.WARN)
    assert "12 of 20 open actions (60%)" in verdict.text
    half = action_balance(actions(10, 10), 10, dt.date(2025, 3, 1))
    assert balance_verdict(half, SCHEME) is None
    assert balance_verdict(action_balance([], 10, dt.date(2025, 3, 1)), SCHEME) is None


def test_r_meet_10_actions_done_or_dropped_are_not_open():
    day = dt.date(2025, 3, 1)
    closed = [
        ActionFact(1, "Done", 10, done_on=day),
        ActionFact(2, "Dropped", 10, dropped_on=day),
        ActionFact(3, "Open", 10, done_on=day + dt.timedelta(days=1)),
    ]
    assert action_balance(closed, 10, day).open == 1


def test_r_meet_10_actions_of_no_school_come_last_and_are_not_the_leads():
    running = [
        ActionFact(1, "Ask"),
        ActionFact(2, "Book", 10, "Alder Lane"),
        ActionFact(3, "Cook", 11, "Bankside"),
    ]
    for lead in (10, None):
        balance = action_balance(running, lead, dt.date(2025, 3, 1))
        assert balance.by_school == (("Alder Lane", 1), ("Bankside", 1), ("", 1))
        assert balance.of_lead == (1 if lead else 0)


def test_r_meet_10_an_overdue_action_and_one_without_owner_or_date_are_named():
    today = dt.date(2025, 3, 2)
    late = ActionFact(1, "Order magnets", 11, "Oakfield", "Ben Cole", dt.date(2025, 3, 1))
    (verdict,) = action_verdicts([late], today)
    assert verdict.text == "The action “Order magnets” (Ben Cole) was due on 1 March 2025: ask how it stands."
    assert verdict.about == About("action", 1)
    assert action_verdicts([replace(late, due_on=today)], today) == ()
    assert action_verdicts([replace(late, done_on=today)], today) == ()
    of_school = ActionFact(3, "Order magnets", 11, "Oakfield", due_on=today)
    assert action_verdicts([of_school], today) == ()
    (bare,) = action_verdicts([ActionFact(2, "Order magnets")], today)
    assert "does not say who does it or when it is due" in bare.text


def test_r_meet_11_meetings_are_counted_in_the_school_year_of_their_date():
    """R-MEET-11: 31 Aug 2024 is 2023 to 2024; 1 Sept 2024 is 2024 to 2025."""
    august, september = meeting(1, held_on=dt.date(2024, 8, 31)), meeting(2, held_on=dt.date(2024, 9, 1))
    assert count_meetings([august, september], 2023, SCHEME, lambda _: CALENDAR).held == 1
    assert count_meetings([august, september], 2024, SCHEME, lambda _: CALENDAR).held == 1
    assert count_meetings([august, september], 2025, SCHEME, lambda _: CALENDAR).held == 0


def test_r_meet_12_the_head_teaching_the_class_at_no_cost_is_released():
    """R-MEET-12: head teaches the class: P, £0, counts as released."""
    assert counts_as_released(AttendanceCode.P)
    assert release_words(ReleaseMethod.HEAD, 0) == "Head taught the class, £0"
    assert not any(counts_as_released(mark) for mark in (AttendanceCode.S, AttendanceCode.A, None))
    assert release_words(None, None) == "not entered"
    assert release_words(ReleaseMethod.AGENCY, None) == "Supply agency"


def test_r_meet_13_teachers_of_a_year_group_are_paired_across_schools():
    """R-MEET-13: Y4 teachers from 5 schools paired."""
    year_4 = [TeacherFact(n, f"Teacher {n}", n, f"School {6 - n}", "Y4") for n in range(1, 6)]
    pair = [TeacherFact(n, f"Teacher {n}", n, f"School {n}", "Y6") for n in (1, 2)]
    assert swap_list(pair)[0].paired
    alone = [TeacherFact(8, "Ada", 1, "School 5", "EYFS"), TeacherFact(9, "Ben", 1, "School 5", "EYFS")]
    rows = swap_list([*year_4, *alone, TeacherFact(8, "Ada", 1, "School 5", "Y10")])
    assert [row.year_group for row in rows] == ["EYFS", "Y4", "Y10"]
    assert (rows[1].schools, rows[1].paired) == (5, True)
    assert [teacher.school for teacher in rows[1].teachers] == [f"School {n}" for n in range(1, 6)]
    assert (rows[0].schools, rows[0].paired) == (1, False)


def test_r_clu_14_an_online_meeting_needs_no_place():
    online = meeting(1, link="https://meet.example/1")
    assert place_words(online) == "Online"
    assert purpose_verdict(replace(online, purpose="Plan", links=1)) is None
    assert outside_verdict(online, SCHEME, CALENDAR) is None
    assert year_of(online).counted == 1
    assert place_words(meeting(1, host="Oakfield", link="https://meet.example/1")) == "Oakfield"
    assert place_words(meeting(1, host="Oakfield", place="Town hall")) == "Town hall"
    assert place_words(meeting(1)) == "not entered"
