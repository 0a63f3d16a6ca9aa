"""Actions that are done, dropped and taken up again (R-MEET-10); CPD slips and seats (R-IMP-1, R-IMP-2)."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.queries.book import Book
from models.queries.cpd import cpd_year
from models.services import actions, cpd, records
from models.services.cpd import BadSlip, Seat, Slip
from models.store import Store
from models.words import Happened, OutcomeMet, Respondent
from tests import books
from tests.models.queries.small import Small

TODAY = dt.date(2025, 1, 23)


class Desk:
    """An action, a CPD session and two people."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.transaction("Fill in") as (session, _):
            small = Small(session)
            small.cluster()
            oak = small.school("Oakmere Primary School")
            self.ada, self.bea = small.person("Ada Finch", oak), small.person("Bea Lowe", oak)
            self.action = small.add(t.Action, code="A-0001", what="Send the slips", notes="On paper")
            self.cpd = small.add(
                t.CpdSession, code="CPD-01", title="Forces", held_on=TODAY, status=Happened.PLANNED
            )

    def do(self, verb, *args):
        with self.store.transaction("Do") as (session, _):
            return verb(session, *args)

    def act(self) -> t.Action:
        with self.store.read() as session:
            return session.get(t.Action, self.action)

    def slips(self) -> list[t.CpdEvaluation]:
        with self.store.read() as session:
            return list(session.exec(select(t.CpdEvaluation).order_by("slip")))

    def seats(self) -> dict[int, bool]:
        with self.store.read() as session:
            return {row.person_id: row.attended for row in session.exec(select(t.CpdBooking))}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = books.empty_in(tmp_path)
    yield Desk(store)
    books.let_go(store)


def test_r_meet_10_an_action_of_a_person_is_their_schools_unless_another_is_named(desk):
    whose = {"what": "Count the kits", "owner_id": desk.ada}
    new = desk.do(actions.add, {**whose, "owner_school_id": None})
    with desk.store.read() as session:
        school = session.get(t.Person, desk.ada).school_id
        assert session.get(t.Action, new).owner_school_id == school
    other = desk.do(records.add, t.School, {"name": "Elm Lane Primary School"})
    desk.do(actions.change, new, {"owner_school_id": other, "owner_id": desk.bea})
    with desk.store.read() as session:
        assert session.get(t.Action, new).owner_school_id == other
    desk.do(actions.change, desk.action, {"notes": "Ask again"})
    assert desk.act().owner_school_id is None


def test_an_action_is_done_on_a_day_that_has_come(desk):
    with pytest.raises(BadInput) as wrong:
        desk.do(actions.finish, desk.action, TODAY + dt.timedelta(days=1), TODAY)
    assert wrong.value.field == "done_on"
    desk.do(actions.finish, desk.action, TODAY, TODAY)
    assert desk.act().done_on == TODAY


def test_an_action_is_dropped_with_its_reason_as_a_note(desk):
    desk.do(actions.drop, desk.action, TODAY, "Nobody had time")
    assert (desk.act().dropped_on, desk.act().notes) == (TODAY, "On paper\nNobody had time")


def test_an_action_is_either_done_or_dropped(desk):
    desk.do(actions.finish, desk.action, TODAY, TODAY)
    with pytest.raises(Refused, match="done already"):
        desk.do(actions.drop, desk.action, TODAY)
    desk.do(actions.take_up, desk.action)
    desk.do(actions.drop, desk.action, TODAY)
    with pytest.raises(Refused, match="was dropped"):
        desk.do(actions.finish, desk.action, TODAY, TODAY)
    desk.do(actions.take_up, desk.action)
    assert (desk.act().done_on, desk.act().dropped_on) == (None, None)


@pytest.mark.parametrize("verb", [actions.take_up, lambda s, key: actions.drop(s, key, TODAY)])
def test_an_action_that_is_gone_is_said(desk, verb):
    desk.do(records.remove, t.Action, desk.action)
    with pytest.raises(Changed):
        desk.do(verb, desk.action)


# -- evaluation slips

YES = Slip(0, Respondent.LEADER, 5, OutcomeMet.YES, useful=True, comment="More of this", quotable=True)


def test_r_imp_2_slips_typed_from_paper_are_numbered_and_counted_in_one_step(desk):
    assert desk.do(cpd.enter_slips, desk.cpd, [YES, Slip(), Slip(rating=3)]) == 2

    one, two = desk.slips()
    assert (one.slip, one.rating, one.outcomes_met, one.comment, one.quotable) == (
        1, 5, OutcomeMet.YES, "More of this", True,
    )  # fmt: skip
    assert (two.slip, two.rating, two.useful) == (2, 3, None)
    desk.store.undo()
    assert desk.slips() == []


def test_the_pack_counts_the_slips_that_were_typed(desk):
    desk.do(cpd.enter_slips, desk.cpd, [YES, YES, Slip(rating=2, outcomes_met=OutcomeMet.PART)])
    desk.do(cpd.mark_held, desk.cpd, TODAY)
    with desk.store.read() as session:
        summary = cpd_year(Book(session), 2024, TODAY).summary
    assert (summary.slips, summary.ratings, summary.in_part) == (3, (0, 1, 0, 0, 2), 1)


def test_a_known_slip_is_changed_and_one_made_blank_goes_to_the_bin(desk):
    desk.do(cpd.enter_slips, desk.cpd, [YES, YES, YES])
    assert desk.do(cpd.enter_slips, desk.cpd, [Slip(2, rating=1), Slip(3), Slip(rating=4)]) == 3
    assert [(row.slip, row.rating) for row in desk.slips()] == [(1, 5), (2, 1), (4, 4)]


def test_an_answer_that_does_not_fit_names_its_slip_and_nothing_is_stored(desk):
    with pytest.raises(BadSlip) as wrong:
        desk.do(cpd.enter_slips, desk.cpd, [YES, Slip(rating=6)])
    assert (wrong.value.row, wrong.value.field) == (1, "rating")
    assert str(wrong.value) == "Rating 1 to 5 cannot be more than 5."
    assert desk.slips() == []


# -- who was there


def test_seats_are_booked_marked_and_freed_in_one_step(desk):
    assert desk.do(cpd.set_seats, desk.cpd, [Seat(desk.ada, came=True), Seat(desk.bea, came=False)]) == 2
    assert desk.seats() == {desk.ada: True, desk.bea: False}
    assert desk.do(cpd.set_seats, desk.cpd, [Seat(desk.ada, came=True), Seat(desk.bea, came=None)]) == 1
    assert desk.do(cpd.set_seats, desk.cpd, [Seat(desk.ada, came=False)]) == 1
    assert desk.seats() == {desk.ada: False}


def test_a_session_is_held_once_its_day_has_come_or_cancelled(desk):
    with pytest.raises(Refused, match="“Forces” is still to come"):
        desk.do(cpd.mark_held, desk.cpd, TODAY - dt.timedelta(days=1))
    desk.do(cpd.mark_held, desk.cpd, TODAY)
    desk.do(cpd.cancel, desk.cpd)
    with desk.store.read() as session:
        assert session.get(t.CpdSession, desk.cpd).status is Happened.CANCELLED


def test_slips_of_a_session_that_is_gone_are_not_stored(desk):
    with pytest.raises(Changed):
        desk.do(cpd.enter_slips, 99, [YES])
