"""Planning, repeating, holding, cancelling, finalising and reopening meetings; agendas to the next one."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.services import agenda, meetings, minutes, records
from models.services.attendance import Mark, record_attendance
from models.services.meetings import Finalised
from models.services.serving import serve
from models.store import Store
from models.words import AgendaState, AttendanceCode, ClaimState, Happened, MeetingKind
from tests import books
from tests.models.queries.small import Small

TODAY = dt.date(2025, 1, 23)
DAY = dt.date(2025, 1, 22)


class Year:
    """One meeting held and one planned, with verbs that are one step each."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.transaction("Fill in") as (session, _):
            small = Small(session)
            small.cluster()
            self.oak = small.school("Oakmere Primary School")
            self.elm = small.school("Elm Lane Primary School")
            self.ada = small.person("Ada Finch", self.oak)
            self.now = small.meeting(DAY, title="Sound and hearing")
            self.later = small.meeting(dt.date(2025, 3, 12), title="Kits", status=Happened.PLANNED)

    def do(self, verb, *args):
        with self.store.transaction("Do") as (session, _):
            return verb(session, *args)

    def topic(self, title: str, meeting: int = 0, **values) -> int:
        known = {"meeting_id": meeting or self.now, "title": title}
        return self.do(minutes.add, t.AgendaItem, {**known, **values})

    def agenda(self, meeting: int) -> list[t.AgendaItem]:
        with self.store.read() as session:
            wanted = select(t.AgendaItem).where(t.AgendaItem.meeting_id == meeting)
            return list(session.exec(wanted.order_by("position", "id")))

    def titles(self, meeting: int) -> list[str]:
        return [row.title for row in self.agenda(meeting)]

    def meeting(self, meeting: int = 0) -> t.Meeting:
        with self.store.read() as session:
            return session.get(t.Meeting, meeting or self.now)


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    store = books.empty_in(tmp_path)
    yield Year(store)
    books.let_go(store)


# -- planning and repeating

NEXT = {"title": "Forces", "held_on": dt.date(2025, 5, 14)}


def test_a_meeting_is_planned_with_the_next_number(year):
    new = year.do(meetings.plan, NEXT)
    assert (year.meeting(new).code, year.meeting(new).status) == ("M-0003", Happened.PLANNED)
    assert year.titles(new) == []


def test_a_repeat_brings_invitations_and_the_topics_that_are_open_or_recurring(year):
    year.do(meetings.invite, year.now, {year.oak})
    year.topic("Done with", state=AgendaState.DISCUSSED, position=1)
    swap = year.topic(
        "Starter swap", state=AgendaState.DISCUSSED, recurring=True, position=2, proposed_by_id=year.elm
    )
    year.topic("Kit repairs", position=3, minutes="Adjourned")
    year.topic("Given up", state=AgendaState.DROPPED, position=4)

    new = year.do(meetings.plan, NEXT, year.now)

    first, second = year.agenda(new)
    assert (first.title, first.state, first.recurring, first.carried_from_id) == (
        "Starter swap", AgendaState.OPEN, True, swap,
    )  # fmt: skip
    assert (first.proposed_by_id, second.title, second.minutes) == (year.elm, "Kit repairs", "")
    assert [first.position, second.position] == [1, 2]
    with year.store.read() as session:
        asked = select(t.Invitation.school_id).where(t.Invitation.meeting_id == new)
        assert session.exec(asked).all() == [year.oak]


def test_a_repeat_of_a_meeting_that_is_gone_stores_nothing(year):
    with pytest.raises(Changed):
        year.do(meetings.plan, NEXT, 99)
    with year.store.read() as session:
        assert len(session.exec(select(t.Meeting)).all()) == 2


def test_r_meet_5_invitations_are_set_as_a_whole(year):
    year.do(meetings.invite, year.now, {year.oak, year.elm})
    year.do(meetings.invite, year.now, {year.elm})
    with year.store.read() as session:
        assert [row.school_id for row in session.exec(select(t.Invitation))] == [year.elm]


def test_r_meet_6_what_a_meeting_serves_can_be_put_right_when_its_minutes_are_finalised(year):
    with year.store.transaction("Aims") as (session, _):
        area = Small(session).add(t.FocusArea, name="Assessment", position=1)
    year.do(meetings.finalise, year.now, TODAY)
    year.do(serve, "meeting", year.now, set(), {area})
    with year.store.read() as session:
        assert session.exec(select(t.AimLink)).one().meeting_id == year.now


# -- held and cancelled


def test_a_meeting_is_held_once_its_day_has_come(year):
    with pytest.raises(Refused, match="“Kits” on 12 March 2025 is still to come"):
        year.do(meetings.mark_held, year.later, TODAY)
    year.do(meetings.mark_held, year.later, dt.date(2025, 3, 12))
    assert year.meeting(year.later).status is Happened.HELD


def test_cancelling_takes_back_drafts_and_keeps_the_reason_and_the_marks(year):
    year.do(record_attendance, year.later, [Mark(year.oak, year.ada, AttendanceCode.P)], TODAY)

    claims = year.do(meetings.cancel, year.later, TODAY, "Snow")

    now = year.meeting(year.later)
    assert (now.status, now.outcome, claims.taken_back) == (Happened.CANCELLED, "Snow", ("SC-0001",))
    with year.store.read() as session:
        assert session.exec(select(t.CoverClaim)).all() == []
        assert len(session.exec(select(t.Attendance)).all()) == 1


def test_cancelling_leaves_claims_that_have_gone_further_and_says_so(year):
    year.do(record_attendance, year.later, [Mark(year.oak, year.ada, AttendanceCode.P)], TODAY)
    year.do(records.change, t.CoverClaim, 1, {"state": ClaimState.SUBMITTED})
    assert "SC-0001 is submitted" in year.do(meetings.cancel, year.later, TODAY).left[0]


def test_a_slip_of_the_mouse_is_put_right(year):
    year.do(meetings.plan_again, year.now)
    assert year.meeting().status is Happened.PLANNED


# -- finalising and reopening


def test_finalised_minutes_freeze_the_meeting_and_its_parts(year):
    topic = year.topic("Kits")
    decision = year.do(minutes.add, t.Decision, {"meeting_id": year.now, "text": "Buy two kits."})
    year.do(meetings.finalise, year.now, TODAY)

    assert year.meeting().finalised_on == TODAY
    frozen = [
        (minutes.change, t.Meeting, year.now, {"minutes": "Something else"}),
        (minutes.change, t.Meeting, year.now, {"held_on": TODAY}),
        (minutes.remove, t.Meeting, year.now),
        (minutes.change, t.AgendaItem, topic, {"minutes": "More"}),
        (minutes.remove, t.AgendaItem, topic),
        (minutes.change, t.Decision, decision, {"text": "Buy one kit."}),
        (minutes.remove, t.Decision, decision),
        (minutes.add, t.Decision, {"meeting_id": year.now, "text": "Late"}),
        (minutes.add, t.AgendaItem, {"meeting_id": year.now, "title": "Late"}),
        (agenda.put_in_order, year.now, [topic]),
        (agenda.put_off, topic),
        (meetings.invite, year.now, {year.oak}),
        (meetings.mark_held, year.now, TODAY),
        (meetings.cancel, year.now, TODAY),
        (meetings.plan_again, year.now),
    ]
    for verb, *args in frozen:
        with pytest.raises(Refused, match="The minutes of “Sound and hearing” on 22 January 2025 are final"):
            year.do(verb, *args)


def test_r_meet_6_the_purpose_can_still_be_put_right(year):
    year.do(meetings.finalise, year.now, TODAY)
    year.do(minutes.change, t.Meeting, year.now, {"purpose": "Plan the spring.", "minutes": ""})
    assert year.meeting().purpose == "Plan the spring."


def test_a_topic_cannot_be_moved_into_finalised_minutes(year):
    topic = year.topic("Kits", year.later)
    year.do(meetings.finalise, year.now, TODAY)
    with pytest.raises(Refused, match="are finalised"):
        year.do(minutes.change, t.AgendaItem, topic, {"meeting_id": year.now})


def test_an_action_lives_on_after_the_minutes(year):
    action = year.do(minutes.add, t.Action, {"meeting_id": year.now, "what": "Send the slips"})
    year.do(meetings.finalise, year.now, TODAY)
    year.do(minutes.change, t.Action, action, {"done_on": TODAY})
    with year.store.read() as session:
        assert session.get(t.Action, action).done_on == TODAY


def test_open_and_recurring_topics_go_to_the_next_planned_meeting_of_the_kind(year):
    with year.store.transaction("Other kind") as (session, _):
        Small(session).meeting(
            dt.date(2025, 2, 5), kind=MeetingKind.ADVISOR, status=Happened.PLANNED, code="M-0900"
        )
    year.topic("Kit repairs")
    year.topic("Settled", state=AgendaState.DISCUSSED)

    done = year.do(meetings.finalise, year.now, TODAY)

    assert done == Finalised(1, "“Kits” on 12 March 2025")
    assert year.titles(year.later) == ["Kit repairs"]


def test_without_a_later_meeting_topics_stay_where_they_are(year):
    year.topic("Kit repairs", year.later)
    assert year.do(meetings.finalise, year.later, dt.date(2025, 3, 13)) == Finalised()


def test_finalising_marks_a_meeting_of_the_past_as_held(year):
    year.do(meetings.plan_again, year.now)
    year.do(meetings.finalise, year.now, TODAY)
    assert year.meeting().status is Happened.HELD


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda year: year.do(meetings.finalise, year.now, TODAY), "finalised already"),
        (lambda year: year.do(meetings.cancel, year.now, TODAY), "was cancelled"),
        (
            lambda year: year.do(minutes.change, t.Meeting, year.now, {"held_on": TODAY.replace(day=30)}),
            "to come",
        ),
    ],
)
def test_minutes_that_cannot_be_finalised_say_why(year, prepare, words):
    prepare(year)
    with pytest.raises(Refused, match=words):
        year.do(meetings.finalise, year.now, TODAY)


def test_reopening_leaves_a_trace_that_stays(year):
    year.do(meetings.finalise, year.now, TODAY)
    year.do(meetings.reopen, year.now, dt.date(2025, 2, 3), " A name was wrong ")
    year.do(meetings.finalise, year.now, dt.date(2025, 2, 4))
    year.do(meetings.reopen, year.now, dt.date(2025, 2, 5), "So was another")

    now = year.meeting()
    assert now.finalised_on is None
    assert now.reopened == (
        "Finalised on 23 January 2025 and reopened on 3 February 2025: A name was wrong\n"
        "Finalised on 4 February 2025 and reopened on 5 February 2025: So was another"
    )
    with pytest.raises(Refused, match="a trace is left"):
        year.do(minutes.change, t.Meeting, year.now, {"reopened": None})


def test_reopening_needs_a_reason_and_says_so_beside_its_field(year):
    year.do(meetings.finalise, year.now, TODAY)
    with pytest.raises(BadInput) as wrong:
        year.do(meetings.reopen, year.now, TODAY, "  ")
    assert wrong.value.field == "reason"
    assert year.meeting().finalised_on == TODAY


def test_open_minutes_cannot_be_reopened(year):
    with pytest.raises(Refused, match="are open already"):
        year.do(meetings.reopen, year.now, TODAY, "Why not")


def test_nobody_finalises_by_typing_a_date(year):
    with pytest.raises(Refused, match="their own buttons"):
        year.do(minutes.change, t.Meeting, year.now, {"finalised_on": TODAY})


# -- agendas


def test_carrying_twice_carries_once(year):
    year.topic("Kit repairs")
    assert year.do(agenda.carry_on, year.now) == (1, "“Kits” on 12 March 2025")
    assert year.do(agenda.carry_on, year.now)[0] == 0


def test_a_topic_whose_name_was_changed_on_the_later_agenda_is_not_carried_again(year):
    year.topic("Kit repairs")
    year.do(agenda.carry_on, year.now)
    (there,) = year.agenda(year.later)
    year.do(minutes.change, t.AgendaItem, there.id, {"title": "Repairs"})
    assert year.do(agenda.carry_on, year.now)[0] == 0


def test_a_topic_that_went_on_long_ago_is_not_carried_again(year):
    year.topic("Starter swap", state=AgendaState.DISCUSSED, recurring=True)
    year.do(agenda.carry_on, year.now)
    year.do(meetings.mark_held, year.later, dt.date(2025, 3, 12))
    new = year.do(meetings.plan, NEXT)
    assert year.do(meetings.finalise, year.now, dt.date(2025, 4, 1)).carried == 0
    assert year.titles(new) == []


def test_topics_are_carried_to_the_end_of_the_agenda(year):
    year.topic("Welcome", year.later, position=1)
    year.topic("Kit repairs")
    year.do(agenda.carry_on, year.now)
    assert year.titles(year.later) == ["Welcome", "Kit repairs"]
    assert year.do(agenda.next_position, year.later) == 3


def test_a_topic_put_off_moves_to_the_next_agenda(year):
    year.topic("Welcome", year.later, position=1)
    topic = year.topic("Kit repairs", position=1)
    assert year.do(agenda.put_off, topic) == "“Kits” on 12 March 2025"
    assert (year.titles(year.now), year.titles(year.later)) == ([], ["Welcome", "Kit repairs"])


def test_a_topic_put_off_that_is_there_already_just_goes(year):
    year.topic("Starter swap", year.later)
    topic = year.topic("starter swap", recurring=True)
    year.do(agenda.put_off, topic)
    assert (year.titles(year.now), year.titles(year.later)) == ([], ["Starter swap"])


def test_without_a_later_meeting_a_topic_cannot_be_put_off(year):
    topic = year.topic("Kit repairs", year.later)
    with pytest.raises(Refused, match="plan one first"):
        year.do(agenda.put_off, topic)
    assert year.titles(year.later) == ["Kit repairs"]


def test_topics_are_put_in_order_and_new_ones_stay_at_the_end(year):
    first, second = year.topic("One", position=1), year.topic("Two", position=2)
    year.topic("Three", position=3)
    year.do(agenda.put_in_order, year.now, [second, first])
    assert year.titles(year.now) == ["Two", "One", "Three"]


def test_a_topic_of_another_meeting_is_not_put_in_order(year):
    other = year.topic("Elsewhere", year.later)
    with pytest.raises(Changed, match="look at it again"):
        year.do(agenda.put_in_order, year.now, [other])
