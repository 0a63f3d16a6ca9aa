"""The to-do list is complete: whatever waits has its line, with the first record to jump to."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from sqlmodel import Session, delete, select, update

from models import tables as t
from models.queries.book import Book
from models.queries.readiness import readiness
from models.queries.released import unclaimed_number
from models.queries.todo import UNFINISHED, Matter, TodoLine, todo
from models.rules.verdict import About
from models.services.privacy import note_request
from models.store import Store
from models.words import (
    ClaimState,
    EvidenceKind,
    Happened,
    MeetingKind,
    PermissionBasis,
    SurveyRound,
)
from tests import books

TODAY = dt.date(2025, 6, 20)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = books.sample_in(tmp_path_factory.mktemp("todo"))
    yield store
    books.let_go(store)


@contextmanager
def changed(store: Store) -> Iterator[Session]:
    """A session whose changes are never saved."""
    with suppress(InterruptedError), store.transaction("Trial") as (session, _):
        yield session
        raise InterruptedError


def lines(session: Session, year: int = 2024, day: dt.date = TODAY) -> dict[Matter, TodoLine]:
    session.flush()
    session.expire_all()
    return {line.matter: line for line in todo(Book(session), year, day)}


@pytest.mark.parametrize(
    ("state", "matter", "verb"),
    [
        (ClaimState.SUBMITTED, Matter.APPROVE, "Approve"),
        (ClaimState.APPROVED, Matter.PAY, "Pay"),
        (ClaimState.RETURNED, Matter.RETURNED, "Put"),
        (ClaimState.DRAFT, Matter.SUBMIT, "Complete"),
    ],
)
def test_every_state_in_which_a_claim_waits_has_its_line_and_leads_to_such_a_claim(
    sample: Store, state: ClaimState, matter: Matter, verb: str
) -> None:
    with changed(sample) as session:
        found = lines(session)[matter]
        claim = session.get(t.CoverClaim, found.about.id)
        assert claim is not None
        assert claim.state is state
        assert found.title.startswith(verb)
        session.exec(
            update(t.CoverClaim).where(t.CoverClaim.state == state).values(state=ClaimState.WITHDRAWN)
        )
        assert matter not in lines(session)


def test_a_meeting_held_without_marks_asks_who_came(sample: Store) -> None:
    with changed(sample) as session:
        assert Matter.ATTENDANCE not in lines(session)
        whole = select(t.Meeting).where(
            t.Meeting.status == Happened.HELD, t.Meeting.kind == MeetingKind.FULL_CLUSTER
        )
        held = session.exec(whole).all()[-1]
        for mark in session.exec(select(t.Attendance).where(t.Attendance.meeting_id == held.id)):
            session.delete(mark)
        found = lines(session, 2024)[Matter.ATTENDANCE]
        assert (found.about.table, found.about.id, found.late) == ("meeting", held.id, True)
        assert held.title in found.detail


def test_a_kit_with_a_mains_lead_asks_for_its_check_a_fortnight_before(sample: Store) -> None:
    """R-LOAN-5."""
    with changed(sample) as session:
        kit = session.get(t.Resource, lines(session)[Matter.CHECKS].about.id)
        assert kit is not None
        kit.next_check_on = TODAY + dt.timedelta(days=14)
        assert Matter.CHECKS in lines(session)
        kit.next_check_on = TODAY + dt.timedelta(days=15)
        assert Matter.CHECKS not in lines(session)


def test_a_year_that_is_over_and_not_closed_asks_to_be_closed(sample: Store) -> None:
    """R-POT-3."""
    with changed(sample) as session:
        assert Matter.CLOSE not in lines(session)
        pot = lines(session, 2025, dt.date(2025, 9, 1))[Matter.CLOSE]
        assert "2024 to 2025" in pot.detail
        assert pot.about.table == "fund"


def test_what_the_old_year_left_unfinished_is_not_lost_when_the_new_one_begins(sample: Store) -> None:
    """R-COVER-16: the claims of another year are on no page of this one."""
    with changed(sample) as session:
        assert Matter.EARLIER not in lines(session)
        old = lines(session, 2025, dt.date(2025, 9, 8))[Matter.EARLIER]
        waiting = session.exec(select(t.CoverClaim).where(t.CoverClaim.state.in_([*UNFINISHED]))).all()  # type: ignore[attr-defined]  # a column
        assert old.title == f"Finish {len(waiting)} cover claims of 2024 to 2025"
        assert sum(int(part) for part in old.detail.split() if part.isdigit()) == len(waiting)
        assert session.get_one(t.CoverClaim, old.about.id).state in UNFINISHED


def test_from_the_summer_on_the_coming_years_term_dates_are_asked_for(sample: Store) -> None:
    with changed(sample) as session:
        for row in session.exec(select(t.SchoolTerm).where(t.SchoolTerm.school_year == 2025)):
            session.delete(row)
        assert Matter.TERMS in lines(session)
        assert Matter.TERMS not in lines(session, 2024, dt.date(2025, 5, 31))


def test_a_year_that_is_over_lists_its_own_unmarked_meetings_and_open_funds(sample: Store) -> None:
    later = dt.date(2026, 10, 1)
    with changed(sample) as session:
        over = lines(session, 2024, later)
        assert over[Matter.MEETING].detail == "Steering Group summer meeting, 8 July"
        assert "2024 to 2025" in over[Matter.CLOSE].detail
        assert "2025 to 2026" not in over[Matter.CLOSE].detail
        assert lines(session, 2026, later)[Matter.MEETING].number > over[Matter.MEETING].number


# -- impact


def test_gaps_of_the_aims_are_one_line_once_a_term_has_had_time_for_them(sample: Store) -> None:
    with changed(sample) as session:
        found = lines(session)[Matter.GAPS]
        assert (found.number, found.about) == (14, About("aim", 2))
        assert found.detail == "Oakmantle: nothing for aim 2 since the spring term, and 13 more"
        assert Matter.GAPS not in lines(session, 2024, dt.date(2025, 4, 30))  # the term has just begun
        assert Matter.GAPS in lines(session, 2023, TODAY)  # a year that is over keeps its own


def test_themes_are_asked_for_their_feedback_from_june_on_and_late_when_the_year_is_over(
    sample: Store,
) -> None:
    """R-PROJ-2."""
    with changed(sample) as session:
        assert Matter.FEEDBACK not in lines(session, 2024, dt.date(2025, 5, 31))
        found = lines(session)[Matter.FEEDBACK]
        assert (found.title, found.number, found.late) == ("Ask what came of 2 school themes", 2, False)
        assert (
            found.detail == "Science through the senses (Oakmantle) and Our first quality mark (Wickenshaw)"
        )
        assert found.about.table == "project"
        assert lines(session, 2024, dt.date(2025, 9, 2))[Matter.FEEDBACK].late


def test_confidence_is_asked_again_in_the_summer_term_if_it_was_asked_before(sample: Store) -> None:
    with changed(sample) as session:
        assert Matter.CONFIDENCE not in lines(session)
        after = select(t.ConfidenceAnswer).where(
            t.ConfidenceAnswer.school_year == 2024, t.ConfidenceAnswer.round == SurveyRound.FOLLOW_UP
        )
        for row in session.exec(after):
            session.delete(row)
        found = lines(session)[Matter.CONFIDENCE]
        assert found.detail.startswith("13 slips before and none after")
        assert found.about == About("confidence_answer")
        assert Matter.CONFIDENCE not in lines(session, 2024, dt.date(2025, 3, 1))


def test_photographs_without_permission_are_listed_and_refused_ones_are_not(sample: Store) -> None:
    """R-DATA-3."""
    with changed(sample) as session:
        assert Matter.PHOTOS not in lines(session)
        one, two = (session.get(t.Evidence, number) for number in (11, 12))
        assert one is not None
        assert two is not None
        one.kind = two.kind = EvidenceKind.PHOTO
        two.permission = PermissionBasis.REFUSED
        found = lines(session)[Matter.PHOTOS]
        assert (found.title, found.about) == ("Say why 1 photograph may be printed", About("evidence", 11))
        one.permission = PermissionBasis.CONSENT
        assert Matter.PHOTOS not in lines(session)


def test_a_release_without_a_claim_is_asked_for_and_leads_to_its_meeting(sample: Store) -> None:
    with changed(sample) as session:
        assert Matter.UNCLAIMED not in lines(session)  # in the sample only those that may have cost nothing
        claim = session.exec(select(t.CoverClaim).where(t.CoverClaim.state == ClaimState.DRAFT)).one()
        meeting = session.get(t.Meeting, claim.meeting_id)
        session.exec(delete(t.ClaimEvent).where(t.ClaimEvent.claim_id == claim.id))
        session.delete(claim)
        found = lines(session)[Matter.UNCLAIMED]
        assert (found.about, found.number) == (About("meeting", meeting.id), 1)
        assert found.title == "Draft 1 missing cover claim"
        assert found.detail == "Wickenshaw, 15 May: released, and no claim was made"
        assert unclaimed_number(Book(session), 2024, TODAY) == 1
        lacking = {one.number: one.to_enter for one in readiness(Book(session), 2024, TODAY)}
        assert "a claim for every release in the registers" in lacking[8]


def test_r_clu_8_a_school_that_drifts_away_is_talked_to_and_leads_to_its_page(sample: Store) -> None:
    with changed(sample) as session:
        school = session.exec(select(t.School).where(t.School.name == "Otterhay Junior School")).one()
        session.exec(update(t.Membership).where(t.Membership.school_id == school.id).values(at_risk=True))
        found = [
            line
            for line in todo(Book(session), 2024, TODAY)
            if line.matter is Matter.ENGAGEMENT and line.about == About("school", school.id)
        ]
        assert [line.title for line in found] == ["Talk to Tobias Finch at Otterhay Junior School"]
        assert "is marked as at risk of leaving" in found[0].detail


def test_a_request_to_see_what_is_held_waits_until_it_is_answered_and_is_late_after_a_month(sample):
    with changed(sample) as session:
        note_request(session, 3, dt.date(2025, 6, 12))
        line = lines(session)[Matter.PRIVACY]
        assert line.title == "Answer 1 request to see what is held"
        assert line.detail == "Asked on 12 June; the answer is due by 14 July 2025"
        assert (line.about, line.late) == (About("settings"), False)
        assert lines(session, day=dt.date(2025, 7, 15))[Matter.PRIVACY].late


def test_what_was_kept_long_enough_is_looked_at_once_a_year_in_september(sample):
    with changed(sample) as session:
        session.execute(update(t.Person).where(t.Person.id == 5).values(left_on=dt.date(2022, 7, 20)))
        session.execute(update(t.Cluster).values(sample_today=None))
        assert Matter.PRIVACY not in lines(session, day=dt.date(2025, 6, 20))
        line = lines(session, 2025, dt.date(2025, 9, 10))[Matter.PRIVACY]
        assert line.title == "Look at 1 thing kept long enough"
        assert line.detail == "People who have left: once a year"
