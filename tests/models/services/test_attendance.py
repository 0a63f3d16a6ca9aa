"""Recording attendance: one step, with the claims that follow (R-MEET-8, R-MEET-9, R-MEET-12, R-COVER-10)."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.queries.book import Book
from models.queries.cover import claims_on
from models.rules.cover_facts import forbidden
from models.services import meetings, minutes, records
from models.services.attendance import Mark, Recorded, draft_claims, record_attendance
from models.store import Store
from models.words import (
    AttendanceCode,
    ClaimState,
    CoverPurpose,
    HalfDay,
    Happened,
    MeetingKind,
    ReleaseMethod,
    RoleKind,
)
from tests import books
from tests.models.queries.small import Small

P, S, A, N = AttendanceCode
DAY = dt.date(2025, 1, 22)
TODAY = dt.date(2025, 1, 23)


class Register:
    """A cluster of two primaries and a secondary, with one meeting planned."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.transaction("Fill in") as (session, _):
            small = Small(session)
            small.cluster()
            self.oak = small.school("Oakmere Primary School")
            self.elm = small.school("Elm Lane Primary School")
            self.high = small.school("Harbour High School", joined=None)
            small.add(
                t.Membership, school_id=self.high, joined_on=dt.date(2023, 9, 1), gives_release_input=False
            )
            self.ada = small.person("Ada Finch", self.oak)
            self.bea = small.person("Bea Lowe", self.elm)
            self.cy = small.person("Cy Marsh", self.high)
            self.dot = small.person("Dot Reed", self.oak)
            small.add(
                t.Role,
                person_id=self.ada,
                school_id=self.oak,
                kind=RoleKind.SSL,
                starts_on=dt.date(2023, 9, 1),
            )
            self.meeting = small.meeting(DAY, title="Sound and hearing", status=Happened.PLANNED)

    def record(self, *marks: Mark, today: dt.date = TODAY, meeting: int = 0) -> Recorded:
        with self.store.transaction("Record attendance") as (session, _):
            return record_attendance(session, meeting or self.meeting, marks, today)

    def change(self, record: type[t.Record], row_id: int, **values) -> None:
        with self.store.transaction("Change") as (session, _):
            records.change(session, record, row_id, values)

    def marks(self) -> dict[tuple[int, int | None], str]:
        with self.store.read() as session:
            return {
                (row.school_id, row.person_id): row.code.value for row in session.exec(select(t.Attendance))
            }

    def claims(self) -> dict[str, t.CoverClaim]:
        with self.store.read() as session:
            return {row.code: row for row in session.exec(select(t.CoverClaim).order_by("id"))}

    def meeting_now(self) -> t.Meeting:
        with self.store.read() as session:
            return session.get(t.Meeting, self.meeting)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    store = books.empty_in(tmp_path)
    yield Register(store)
    books.let_go(store)


def test_a_person_released_gets_a_draft_claim_for_the_half_day_of_the_meeting(register):
    done = register.record(Mark(register.oak, register.ada, P))

    assert done == Recorded(1, held=True, claims=done.claims)
    (claim,) = register.claims().values()
    assert done.claims.drafted == (claim.code,) == ("SC-0001",)
    assert (claim.school_id, claim.person_id, claim.meeting_id) == (
        register.oak, register.ada, register.meeting,
    )  # fmt: skip
    assert (claim.cover_on, claim.half_day, claim.purpose) == (DAY, HalfDay.PM, CoverPurpose.FULL_CLUSTER)
    assert (claim.state, claim.cost_p) == (ClaimState.DRAFT, 0)
    with register.store.read() as session:
        (event,) = session.exec(select(t.ClaimEvent))
    assert (event.on, event.state) == (TODAY, ClaimState.DRAFT)
    assert event.words == "Drafted from the register: released for “Sound and hearing”"


def test_the_draft_passes_the_rules_that_look_at_the_register(register):
    register.record(Mark(register.oak, register.ada, P))
    with register.store.read() as session:
        book = Book(session)
        (fact,) = claims_on(book, TODAY)
        assert not forbidden(fact, book.scheme(DAY))


def test_one_undo_takes_the_marks_the_drafts_and_held_back_together(register):
    register.record(Mark(register.oak, register.ada, P), Mark(register.elm, register.bea, P))

    register.store.undo()

    assert (register.marks(), register.claims()) == ({}, {})
    assert register.meeting_now().status is Happened.PLANNED


def test_only_somebody_released_gets_a_claim(register):
    done = register.record(
        Mark(register.oak, register.ada, S), Mark(register.elm, None, A), Mark(register.oak, register.dot, N)
    )
    assert (done.claims.drafted, register.claims()) == ((), {})
    assert sorted(register.marks().values()) == ["A", "N", "S"]


def test_r_meet_12_release_that_was_not_needed_drafts_nothing(register):
    register.record(Mark(register.oak, register.ada, P, ReleaseMethod.NONE))
    assert register.claims() == {}


def test_the_method_of_release_is_that_of_the_mark_or_what_the_school_did_last(register):
    register.record(
        Mark(register.oak, register.ada, P, ReleaseMethod.HLTA), Mark(register.elm, register.bea, P)
    )
    with register.store.transaction("Next") as (session, _):
        following = Small(session).meeting(DAY + dt.timedelta(days=7), code="M-9000")
    register.record(Mark(register.oak, register.dot, P), meeting=following)

    ada, bea, dot = register.claims().values()
    assert (ada.method, bea.method) == (ReleaseMethod.HLTA, ReleaseMethod.AGENCY)
    assert dot.method is ReleaseMethod.HLTA


def test_recording_the_same_again_changes_nothing_and_leaves_no_step(register):
    mark = Mark(register.oak, register.ada, P)
    register.record(mark)
    assert register.record(mark).changed == 0
    assert len(register.claims()) == 1


def test_a_claim_that_stands_for_the_person_and_day_is_enough(register):
    with register.store.transaction("Claim typed before") as (session, _):
        Small(session).claim(register.oak, register.ada, DAY, code="SC-0007", half_day=HalfDay.AM)
    assert register.record(Mark(register.oak, register.ada, P)).claims.drafted == ()


@pytest.mark.parametrize("state", [ClaimState.WITHDRAWN, ClaimState.REJECTED])
def test_a_claim_that_came_to_nothing_does_not_stand_in_the_way(register, state):
    with register.store.transaction("Claim typed before") as (session, _):
        Small(session).claim(register.oak, register.ada, DAY, state=state)
    assert len(register.record(Mark(register.oak, register.ada, P)).claims.drafted) == 1


def test_r_cover_13_a_paid_claim_that_was_reversed_does_not_stand_in_the_way(register):
    with register.store.transaction("Claims") as (session, _):
        small = Small(session)
        paid = small.claim(register.oak, register.ada, DAY, state=ClaimState.PAID)
        small.claim(register.oak, register.ada, DAY, -100_00, state=ClaimState.PAID, reverses_id=paid)
    assert len(register.record(Mark(register.oak, register.ada, P)).claims.drafted) == 1


def test_d22_a_school_that_sets_no_release_money_aside_gets_no_draft_and_it_is_said(register):
    done = register.record(Mark(register.high, register.cy, P))
    assert done.claims.drafted == ()
    assert done.claims.left == (
        "Harbour High School sets no release money aside: no claim was drafted for it.",
    )


def test_r_cover_6_the_pot_pays_release_for_a_sub_group_of_any_school(register):
    register.change(t.Meeting, register.meeting, kind=MeetingKind.SUB_GROUP)
    register.record(Mark(register.high, register.cy, P))
    (claim,) = register.claims().values()
    assert claim.purpose is CoverPurpose.SUB_GROUP


def test_r_cover_9_no_draft_for_a_meeting_after_school(register):
    register.change(t.Meeting, register.meeting, starts_at=dt.time(16), ends_at=dt.time(17))
    done = register.record(Mark(register.oak, register.ada, P))
    assert done.claims.drafted == ()
    assert done.claims.left == (
        "No cover claim was drafted. The meeting is outside the school day, when no cover is needed.",
    )


# -- taking a tick away


def test_taking_released_away_removes_the_draft_to_the_bin(register):
    register.record(Mark(register.oak, register.ada, P))

    done = register.record(Mark(register.oak, register.ada, S))

    assert (done.claims.taken_back, register.claims()) == (("SC-0001",), {})
    assert [one.row_id for one in register.store.deleted(t.CoverClaim)] == [1]
    register.store.undo()
    assert list(register.claims()) == ["SC-0001"]


def test_taking_the_mark_away_altogether_does_the_same(register):
    register.record(Mark(register.oak, register.ada, P))
    register.record(Mark(register.oak, register.ada, None))
    assert (register.marks(), register.claims()) == ({}, {})


@pytest.mark.parametrize("typed", [{"cost_p": 85_00}, {"evidence_ref": "INV-7"}, {"notes": "Booked"}])
def test_a_draft_in_which_something_was_entered_is_withdrawn_and_says_why(register, typed):
    register.record(Mark(register.oak, register.ada, P))
    register.change(t.CoverClaim, 1, **typed)

    done = register.record(Mark(register.oak, register.ada, S))

    assert done.claims.taken_back == ("SC-0001",)
    assert register.claims()["SC-0001"].state is ClaimState.WITHDRAWN
    with register.store.read() as session:
        words = [event.words for event in session.exec(select(t.ClaimEvent).order_by("id"))]
    assert words[-1] == "Withdrawn: the register was corrected to “present in own time or other”"


@pytest.mark.parametrize("state", [ClaimState.SUBMITTED, ClaimState.RETURNED, ClaimState.APPROVED])
def test_a_claim_that_has_gone_further_is_never_touched_and_it_is_said(register, state):
    register.record(Mark(register.oak, register.ada, P))
    register.change(t.CoverClaim, 1, state=state)

    done = register.record(Mark(register.oak, register.ada, A))

    assert register.claims()["SC-0001"].state is state
    assert done.claims.left == (
        f"SC-0001 is {state.label.lower()} and was left as it is: see to it on the claims page.",
    )


def test_ticking_again_after_a_withdrawal_drafts_a_new_claim(register):
    register.record(Mark(register.oak, register.ada, P))
    register.change(t.CoverClaim, 1, cost_p=85_00)
    register.record(Mark(register.oak, register.ada, S))
    register.record(Mark(register.oak, register.ada, P))
    assert [claim.state for claim in register.claims().values()] == [ClaimState.WITHDRAWN, ClaimState.DRAFT]


def test_a_corrected_method_goes_into_the_draft(register):
    register.record(Mark(register.oak, register.ada, P))
    register.record(Mark(register.oak, register.ada, P, ReleaseMethod.HEAD))
    assert register.claims()["SC-0001"].method is ReleaseMethod.HEAD


# -- marks


def test_only_the_cells_named_are_touched(register):
    register.record(Mark(register.oak, register.ada, S), Mark(register.elm, register.bea, A))
    register.record(Mark(register.elm, register.bea, S))
    assert register.marks() == {(register.oak, register.ada): "S", (register.elm, register.bea): "S"}


def test_the_mark_of_a_school_alone_goes_when_somebody_of_it_is_marked(register):
    register.record(Mark(register.oak, None, N))
    register.record(Mark(register.oak, register.ada, P))
    assert register.marks() == {(register.oak, register.ada): "P"}


def test_a_note_stays_unless_another_is_given(register):
    register.record(Mark(register.oak, register.ada, S, notes="Came at 2pm"))
    register.record(Mark(register.oak, register.ada, P))
    with register.store.read() as session:
        assert session.exec(select(t.Attendance)).one().notes == "Came at 2pm"


def test_a_cell_named_twice_is_refused_and_nothing_is_stored(register):
    with pytest.raises(BadInput, match="marked twice"):
        register.record(Mark(register.oak, register.ada, P), Mark(register.oak, register.ada, S))
    assert register.marks() == {}


# -- held, and frozen


def test_a_planned_meeting_whose_day_has_come_is_held_once_somebody_was_there(register):
    register.record(Mark(register.oak, None, A))
    assert register.meeting_now().status is Happened.PLANNED
    assert register.record(Mark(register.oak, register.ada, S)).held
    assert register.meeting_now().status is Happened.HELD


def test_marks_made_ahead_of_the_day_do_not_make_it_held(register):
    done = register.record(Mark(register.oak, register.ada, P), today=DAY - dt.timedelta(days=2))
    assert (done.held, register.meeting_now().status) == (False, Happened.PLANNED)
    assert done.claims.drafted == ("SC-0001",)


def test_attendance_is_frozen_with_the_minutes(register):
    register.record(Mark(register.oak, register.ada, P))
    with register.store.transaction("Finalise") as (session, _):
        meetings.finalise(session, register.meeting, TODAY)

    with pytest.raises(Refused, match="are finalised: reopen them"):
        register.record(Mark(register.oak, register.ada, S))
    with (
        pytest.raises(Refused, match="are finalised"),
        register.store.transaction("Edit") as (session, _),
    ):
        minutes.change(session, t.Attendance, 1, {"code": N})
    assert register.marks() == {(register.oak, register.ada): "P"}


def test_a_meeting_that_is_gone_is_said(register):
    with pytest.raises(Changed, match="not there any more"):
        register.record(Mark(register.oak, register.ada, P), meeting=99)


def test_drafts_that_are_wanting_can_be_made_up_later(register):
    register.change(t.Meeting, register.meeting, starts_at=None, ends_at=None)
    assert "Enter the times" in register.record(Mark(register.oak, register.ada, P)).claims.left[0]
    register.change(t.Meeting, register.meeting, starts_at=dt.time(9), ends_at=dt.time(12))

    with register.store.transaction("Draft claims") as (session, _):
        done = draft_claims(session, register.meeting, TODAY)

    assert done.drafted == ("SC-0001",)
    assert register.claims()["SC-0001"].half_day is HalfDay.AM
    with register.store.transaction("Draft claims") as (session, _):
        assert draft_claims(session, register.meeting, TODAY).drafted == ()
