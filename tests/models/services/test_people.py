"""Roles handed on, people leaving, years taught and plans reviewed, in a real book."""

import datetime as dt
from typing import Any

import pytest
from sqlmodel import Session, select

from models import tables as t
from models.errors import BadInput
from models.queries.book import Book
from models.services import people, records
from models.store import Store
from models.words import RoleKind

DAY = dt.date(2025, 4, 22)


def _id(session: Session, record: type[t.Record], **wanted: Any) -> int:
    rows = session.exec(select(record)).all()
    found = next(row for row in rows if all(getattr(row, key) == value for key, value in wanted.items()))
    return found.id or 0


def test_a_change_of_ssl_ends_one_role_the_day_before_the_next_begins(sample: Store) -> None:
    """R-CLU-12: with the handover note, in one step."""
    with sample.transaction("Change the SSL of Otterhay") as (session, _):
        school = _id(session, t.School, name="Otterhay Junior School")
        people.name_ssl(
            session, school, _id(session, t.Person, name="Erin Blakey"), DAY, "Keys in the office."
        )
    with sample.read() as session:
        book = Book(session)
        assert book.ssl_name(school, DAY) == "Erin Blakey"
        assert book.ssl_name(school, DAY - dt.timedelta(days=1)) == "Tobias Finch"
        spells = [one for one in book.ssl_spells(DAY) if one.school_id == school]
        assert [one.handover_note for one in spells] == ["Keys in the office.", ""]
    sample.undo()
    with sample.read() as session:
        assert Book(session).ssl_name(school, DAY) == "Tobias Finch"


def test_a_school_without_an_ssl_gets_its_first(sample: Store) -> None:
    with sample.transaction("Name an SSL") as (session, _):
        school = records.add(session, t.School, {"name": "Newcomer School"})
        person = people.teacher(session, school, "Ann Reed")
        people.name_ssl(session, school, person, DAY, "nobody reads this")
    with sample.read() as session:
        assert Book(session).ssl_name(school, DAY) == "Ann Reed"


def test_the_same_person_or_a_day_too_early_is_no_change(sample: Store) -> None:
    with sample.read() as session:
        school = _id(session, t.School, name="Otterhay Junior School")
        same, other = _id(session, t.Person, name="Tobias Finch"), _id(session, t.Person, name="Erin Blakey")
    with pytest.raises(BadInput, match="has this role already") as wrong, sample.transaction("x") as (s, _):
        people.name_ssl(s, school, same, DAY)
    assert wrong.value.field == "person_id"
    with pytest.raises(BadInput, match="from 1 September 2023") as wrong, sample.transaction("x") as (s, _):
        people.name_ssl(s, school, other, dt.date(2023, 9, 1))
    assert wrong.value.field == "starts_on"


def test_a_cluster_lead_hands_over_and_the_other_stays(sample: Store) -> None:
    """R-CLU-5: one or two."""
    with sample.transaction("Change of cluster lead") as (session, _):
        tobias = _id(session, t.Person, name="Tobias Finch")
        role = _id(session, t.Role, person_id=tobias, kind=RoleKind.CLUSTER_LEAD)
        people.hand_over(session, role, _id(session, t.Person, name="Gwen Harcastle"), DAY, "Dates agreed.")
    with sample.read() as session:
        book = Book(session)
        leads = {book.person_name(one.person_id) for one in book.in_role(RoleKind.CLUSTER_LEAD, DAY)}
        assert leads == {"Nerys Caldbeck", "Gwen Harcastle"}
        assert records.kept(session, "role", role).values["handover_note"] == "Dates agreed."


def test_a_role_that_has_ended_is_not_handed_over(sample: Store) -> None:
    with sample.read() as session:
        marek = _id(session, t.Person, name="Marek Zielony")
        role, other = _id(session, t.Role, person_id=marek), _id(session, t.Person, name="Erin Blakey")
    with pytest.raises(BadInput, match="ended before 22 April 2025"), sample.transaction("x") as (s, _):
        people.hand_over(s, role, other, DAY)


def test_a_role_ends_with_a_note_and_not_before_it_began(sample: Store) -> None:
    with sample.read() as session:
        role = _id(session, t.Role, kind=RoleKind.FINANCE)
    with pytest.raises(BadInput) as wrong, sample.transaction("x") as (session, _):
        people.end_role(session, role, dt.date(2023, 8, 31))
    assert wrong.value.field == "ends_on"
    with sample.transaction("x") as (session, _):
        people.end_role(session, role, DAY, "Bank mandate is in the safe.")
        people.end_role(session, role, DAY)
    with sample.read() as session:
        values = records.kept(session, "role", role).values
        assert (values["ends_on"], values["handover_note"]) == (DAY, "Bank mandate is in the safe.")


def test_a_person_leaves_with_all_her_roles_and_stays_in_the_book(sample: Store) -> None:
    with sample.transaction("Tobias Finch leaves") as (session, _):
        tobias = _id(session, t.Person, name="Tobias Finch")
        people.person_leaves(session, tobias, DAY, "Folder is with Erin.")
    with sample.read() as session:
        book = Book(session)
        assert book.people[tobias].left_on == DAY
        roles = [one for one in book.roles if one.person_id == tobias]
        assert {one.ends_on for one in roles} == {DAY}
        assert {one.handover_note for one in roles} == {"Folder is with Erin."}
    sample.undo()
    with sample.read() as session:
        assert Book(session).people[tobias].left_on is None


def test_nobody_leaves_before_a_role_of_hers_begins(sample: Store) -> None:
    with (
        pytest.raises(BadInput, match="after that day") as wrong,
        sample.transaction("x") as (session, _),
    ):
        people.person_leaves(session, _id(session, t.Person, name="Tobias Finch"), dt.date(2024, 1, 1))
    assert wrong.value.field == "left_on"


def test_a_teachers_name_is_entered_once_however_it_is_typed(sample: Store) -> None:
    with sample.transaction("x") as (session, _):
        school = _id(session, t.School, name="Otterhay Junior School")
        known = _id(session, t.Person, name="Erin Blakey")
        assert people.teacher(session, school, " erin  blakey") == known
        outside = records.add(session, t.Person, {"name": "Visiting Teacher"})
        assert people.teacher(session, school, "Visiting Teacher") == outside
        assert records.kept(session, "person", outside).values["school_id"] == school
    with pytest.raises(BadInput, match="There is already a Gwen Harcastle at Pipers Lane") as wrong:  # noqa: SIM117
        with sample.transaction("x") as (session, _):
            people.teacher(session, school, "Gwen Harcastle")
    assert wrong.value.field == "name"


def test_the_years_somebody_teaches_are_set_at_once(sample: Store) -> None:
    """R-MEET-13."""
    with sample.transaction("x") as (session, _):
        jude = _id(session, t.Person, name="Jude Pallister")
        kept = _id(session, t.YearTaught, person_id=jude, school_year=2024)
        people.set_years_taught(session, jude, 2024, ["Y3", "Y4"])
    with sample.read() as session:
        rows = session.exec(select(t.YearTaught).where(t.YearTaught.person_id == jude)).all()
        assert [(row.school_year, row.year_group) for row in rows if row.school_year == 2024] == [
            (2024, "Y3"),
            (2024, "Y4"),
        ]
        assert kept in {row.id for row in rows}  # the year that stays is not written anew
        assert any(row.school_year == 2023 for row in rows)  # nor is another year touched
    with sample.transaction("x") as (session, _):
        people.set_years_taught(session, jude, 2024, [])
    with sample.read() as session:
        taught = session.exec(select(t.YearTaught.school_year).where(t.YearTaught.person_id == jude)).all()
        assert list(taught) == [2023]
    with pytest.raises(BadInput, match="not a year group"), sample.transaction("x") as (session, _):
        people.set_years_taught(session, jude, 2024, ["Y9"])


def test_a_review_adds_to_the_evidence_of_a_plan(sample: Store) -> None:
    """R-PPL-3."""
    with sample.transaction("x") as (session, _):
        plan = records.add(
            session,
            t.DevelopmentPlan,
            {"person_id": _id(session, t.Person, name="Erin Blakey"), "goal": "Coach", "evidence": "First."},
        )
        people.review_plan(session, plan, DAY, " Second. ")
    with sample.read() as session:
        values = records.kept(session, "development_plan", plan).values
        assert (values["reviewed_on"], values["evidence"]) == (DAY, "First.\nSecond.")
