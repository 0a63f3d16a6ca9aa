"""What a release at a meeting asks of a claim: R-COVER-2, R-COVER-6, R-COVER-9, R-MEET-12; and turns."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar import SchoolCalendar
from models.rules.meetings import MeetingFact
from models.rules.release import (
    MarkFact,
    Release,
    claimed,
    half_day_of,
    needs_cover,
    release_at,
    without_claim,
)
from models.rules.scheme import Response, default_scheme
from models.rules.turns import Topic, carried, goes_on, next_host
from models.values import replace
from models.words import AgendaState, AttendanceCode, CoverPurpose, HalfDay, MeetingKind, ReleaseMethod

SCHEME, CALENDAR = default_scheme(), SchoolCalendar()
WEDNESDAY = dt.date(2025, 1, 22)
MEETING = MeetingFact(1, WEDNESDAY, dt.time(13, 15), dt.time(15, 30), title="Sound and hearing")


@pytest.mark.parametrize(
    ("starts", "ends", "half"),
    [
        ("13:15", "15:30", HalfDay.PM),
        ("09:15", "12:00", HalfDay.AM),
        ("09:15", "15:15", HalfDay.DAY),
        ("09:00", "12:45", HalfDay.AM),  # the lunch hour is neither
        ("12:30", "15:30", HalfDay.PM),
        ("11:30", "13:30", HalfDay.DAY),
        ("11:40", "13:20", HalfDay.AM),  # less than half an hour of both: where it starts
        ("12:00", "13:00", HalfDay.PM),
        ("08:00", "09:20", HalfDay.AM),  # before school
        ("15:45", "17:00", HalfDay.PM),
        ("10:00", None, HalfDay.AM),
        ("13:15", None, HalfDay.PM),
        (None, None, None),
    ],
)
def test_r_cover_2_the_half_days_of_a_meeting_come_from_its_times(starts, ends, half):
    times = [dt.time.fromisoformat(one) if one else None for one in (starts, ends)]
    assert half_day_of(*times, CALENDAR) is half


@given(st.times(), st.times())
def test_a_meeting_with_a_start_always_has_a_half_day(one, other):
    starts, ends = sorted((one.replace(tzinfo=None), other.replace(tzinfo=None)))
    assert half_day_of(starts, ends, CALENDAR) in HalfDay


@pytest.mark.parametrize(
    ("kind", "purpose"),
    [
        (MeetingKind.FULL_CLUSTER, CoverPurpose.FULL_CLUSTER),
        (MeetingKind.SUB_GROUP, CoverPurpose.SUB_GROUP),
        (MeetingKind.CPD, CoverPurpose.CPD),
    ],
)
def test_r_cover_6_the_purpose_follows_the_kind_of_meeting(kind, purpose):
    assert release_at(replace(MEETING, kind=kind), CALENDAR, SCHEME) == Release(purpose, HalfDay.PM)


@pytest.mark.parametrize("kind", [MeetingKind.ADVISOR, MeetingKind.STEERING, MeetingKind.NETWORK])
def test_r_cover_6_no_cover_is_claimed_for_other_kinds(kind):
    why = release_at(replace(MEETING, kind=kind), CALENDAR, SCHEME)
    assert why == f"No cover is claimed for this kind of meeting ({kind.label})."


def test_r_cover_9_no_claim_is_drafted_outside_the_school_day():
    evening = replace(MEETING, starts_at=dt.time(16), ends_at=dt.time(17))
    assert "outside the school day" in release_at(evening, CALENDAR, SCHEME)
    assert "outside the school day" in release_at(replace(MEETING, in_school_day=False), CALENDAR, SCHEME)
    assert release_at(replace(evening, in_school_day=True), CALENDAR, SCHEME).half_day is HalfDay.PM


def test_r_cover_9_a_scheme_that_allows_it_drafts_it():
    mild = replace(SCHEME, responses={**SCHEME.responses, "claim_outside_school_day": Response.WARN})
    evening = replace(MEETING, starts_at=dt.time(16), ends_at=dt.time(17))
    assert release_at(evening, CALENDAR, mild).purpose is CoverPurpose.FULL_CLUSTER


def test_without_times_nothing_is_guessed():
    assert "Enter the times" in release_at(replace(MEETING, starts_at=None, ends_at=None), CALENDAR, SCHEME)


def test_r_meet_12_only_release_that_was_not_needed_needs_no_cover():
    assert [method for method in ReleaseMethod if not needs_cover(method)] == [ReleaseMethod.NONE]
    assert needs_cover(None)


# -- whose turn it is


def day(number):
    return dt.date(2025, 1, number)


@pytest.mark.parametrize(
    ("hosted", "turn"),
    [
        ([], None),  # nobody writes hosts down here
        ([(day(1), 1)], 2),
        ([(day(1), 1), (day(2), 2), (day(3), 3)], 1),
        ([(day(1), 1), (day(2), 2), (day(3), 3), (day(4), 1)], 2),
        ([(day(5), 9)], 1),  # a school that has left
    ],
)
def test_the_school_that_has_waited_longest_hosts_next(hosted, turn):
    assert next_host([1, 2, 3], hosted) == turn


def test_nobody_hosts_where_there_are_no_members():
    assert next_host([], [(day(1), 1)]) is None


# -- which topics go on


@pytest.mark.parametrize(
    ("state", "recurring", "goes"),
    [
        (AgendaState.OPEN, False, True),
        (AgendaState.OPEN, True, True),
        (AgendaState.DISCUSSED, False, False),
        (AgendaState.DISCUSSED, True, True),
        (AgendaState.DROPPED, False, False),
        (AgendaState.DROPPED, True, False),
    ],
)
def test_a_topic_goes_on_while_it_is_open_or_recurring(state, recurring, goes):
    assert goes_on(Topic(1, "Starter swap", state, recurring)) is goes


def test_a_topic_that_is_there_already_is_not_carried_twice():
    topics = [Topic(1, "Starter swap", AgendaState.OPEN), Topic(2, "Kits", AgendaState.OPEN)]
    assert [topic.id for topic in carried(topics, ["STARTER SWAP"])] == [2]


def test_without_a_name_a_release_has_its_claim_by_one_of_its_school_who_is_not_marked():
    claims = claimed([(1, 11), (2, 22)])

    def wanting(*marks: tuple[int, int | None], method=None, silent=()):
        facts = [MarkFact(school, person, AttendanceCode.P, method) for school, person in marks]
        return [(one.school_id, one.person_id) for one in without_claim(facts, claims, silent)]

    assert wanting((1, 11), (1, 12)) == [(1, 12)]
    assert wanting((2, None), (3, None)) == [(3, None)]
    assert wanting((2, None), (2, 22)) == [(2, None)]  # that claim is for the one who is marked
    assert wanting((1, 12), method=ReleaseMethod.NONE) == []
    assert wanting((1, 12), silent={1}) == []
