"""Schools joining, leaving, taking another's place, becoming an academy and leading, in a real book."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from models import tables as t
from models.errors import BadInput, Refused
from models.queries.book import Book
from models.services import membership, people, records
from models.services.starting import start_cluster
from models.store import Store
from models.words import Phase, RoleKind, SchoolStatus
from tests import books

START = dt.date(2024, 9, 1)
JOINED = dt.date(2025, 2, 3)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Store]:
    """A new cluster with its lead school, number 1."""
    store = books.empty_in(tmp_path)
    with store.transaction("Start") as (session, _):
        start_cluster(session, "Small", t.SchoolDraft.checked(name="Lead Primary School"), START)
    yield store
    books.let_go(store)


def _one(session: Session, record: type[t.Record], **wanted: Any) -> Any:
    rows = session.exec(select(record)).all()
    return next(row for row in rows if all(getattr(row, key) == value for key, value in wanted.items()))


def _school(session: Session, name: str) -> int:
    return int(_one(session, t.School, name=name).id)


def test_a_school_is_added_by_its_name_alone_and_is_a_member_from_the_day(book: Store) -> None:
    with book.transaction("Add school") as (session, _):
        school = membership.add_school(session, {"name": "Oakfield School."}, {"joined_on": JOINED})
    with book.read() as session:
        members = Book(session).members(JOINED)
        assert [one.school for one in members] == ["Lead Primary School", "Oakfield School"]
        assert _one(session, t.Membership, school_id=school).gives_release_input is True
    book.undo()
    with book.read() as session:
        assert len(session.exec(select(t.School)).all()) == 1
        assert len(session.exec(select(t.Membership)).all()) == 1


def test_its_subject_leader_and_head_come_in_the_same_step(book: Store) -> None:
    with book.transaction("Add school") as (session, _):
        spell = {"joined_on": JOINED}
        school = membership.add_school(
            session, {"name": "Oakfield"}, spell, ssl="  Ann  Reed ", head="Mr Head"
        )
    with book.read() as session:
        assert Book(session).ssl_name(school, JOINED) == "Ann Reed"
        assert _one(session, t.Person, name="Ann Reed").school_id == school
        (head,) = Book(session).in_role(RoleKind.HEADTEACHER, JOINED)
        assert (head.school_id, Book(session).person_name(head.person_id)) == (school, "Mr Head")
    book.undo()
    with book.read() as session:
        assert session.exec(select(t.Person)).all() == []


def test_a_secondary_sets_no_release_money_aside_unless_it_is_said(book: Store) -> None:
    """D22."""
    with book.transaction("Add schools") as (session, _):
        spell = {"joined_on": JOINED}
        linked = membership.add_school(session, {"name": "High", "phase": Phase.SECONDARY}, spell)
        given = membership.add_school(
            session,
            {"name": "Other High", "phase": Phase.SECONDARY},
            {**spell, "gives_release_input": True},
        )
    with book.read() as session:
        assert _one(session, t.Membership, school_id=linked).gives_release_input is False
        assert _one(session, t.Membership, school_id=given).gives_release_input is True


def test_a_partner_can_be_entered_that_is_no_member(book: Store) -> None:
    with book.transaction("Add school") as (session, _):
        membership.add_school(session, {"name": "Partner College"})
    with book.read() as session:
        assert len(Book(session).members(JOINED)) == 1


@pytest.mark.parametrize(
    ("school", "spell", "field"),
    [
        ({"name": " "}, {"joined_on": JOINED}, "name"),
        ({"name": "Lead Primary School"}, {"joined_on": JOINED}, "name"),
        ({"name": "Oakfield", "urn": "123"}, {"joined_on": JOINED}, "urn"),
        ({"name": "Oakfield"}, {"joined_on": None}, "joined_on"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_saved(
    book: Store, school: dict[str, Any], spell: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as wrong, book.transaction("Add school") as (session, _):
        membership.add_school(session, school, spell)
    assert wrong.value.field == field
    with book.read() as session:
        assert len(session.exec(select(t.School)).all()) == 1


def test_a_member_cannot_join_again_but_a_school_that_left_can_come_back(sample: Store) -> None:
    """R-CLU-10: history is never deleted."""
    with sample.read() as session:
        fallowden, otterhay = (
            _school(session, "Fallowden Primary Academy"),
            _school(session, "Otterhay Junior School"),
        )
    with (
        pytest.raises(BadInput, match="is a member from 1 September 2023") as wrong,
        sample.transaction("Join") as (session, _),
    ):
        membership.join(session, otterhay, {"joined_on": JOINED})
    assert wrong.value.field == "joined_on"
    with (
        pytest.raises(BadInput, match="to 31 January 2025"),
        sample.transaction("Join") as (session, _),
    ):
        membership.join(session, fallowden, {"joined_on": dt.date(2025, 1, 31)})
    with sample.transaction("Join") as (session, _):
        membership.join(session, fallowden, {"joined_on": dt.date(2025, 2, 1)})
    with sample.read() as session:
        spells = [one for one in Book(session).memberships if one.school_id == fallowden]
        assert [(one.joined_on, one.left_on) for one in spells] == [
            (dt.date(2023, 9, 1), dt.date(2025, 1, 31)),
            (dt.date(2025, 2, 1), None),
        ]


def test_leaving_ends_the_spell_and_its_peoples_roles_in_one_step(sample: Store) -> None:
    """R-CLU-8; Tobias Finch of Otterhay is a cluster lead too."""
    last = dt.date(2025, 7, 18)
    with sample.read() as session:
        otterhay = _school(session, "Otterhay Junior School")
        before = records.kept(session, "role", _one(session, t.Role, kind=RoleKind.CLUSTER_LEAD).id)
    with sample.transaction("Otterhay leaves") as (session, _):
        membership.leave(
            session, otterhay, last, reason="Joined another network.",
            advisor_discussed_on=dt.date(2025, 6, 2), advisor_outcome="Agreed.",
        )  # fmt: skip
    with sample.read() as session:
        now = Book(session)
        assert otterhay not in {one.school_id for one in now.members(last + dt.timedelta(days=1))}
        assert otterhay in {one.school_id for one in now.members(last)}
        spell = next(one for one in now.memberships if one.school_id == otterhay)
        assert (spell.leaving_reason, spell.advisor_outcome) == ("Joined another network.", "Agreed.")
        ended = {now.person_name(one.person_id) for one in now.roles if one.ends_on == last}
        assert {"Tobias Finch", "Sunita Deol"} <= ended
        assert now.in_role(RoleKind.CLUSTER_LEAD, last + dt.timedelta(days=1)) != []  # of another school
    sample.undo()
    with sample.read() as session:
        assert otterhay in {one.school_id for one in Book(session).members(dt.date(2025, 8, 1))}
        assert records.kept(session, "role", before.id) == before


def test_a_school_leaves_only_once_and_not_before_it_joined(sample: Store) -> None:
    with sample.read() as session:
        fallowden = _school(session, "Fallowden Primary Academy")
        wickenshaw = _school(session, "Wickenshaw Primary School")
    with pytest.raises(BadInput, match="not a member now"), sample.transaction("x") as (session, _):
        membership.leave(session, fallowden, JOINED)
    with (
        pytest.raises(BadInput, match="joined on 6 November 2023") as wrong,
        sample.transaction("x") as (session, _),
    ):
        membership.leave(session, wickenshaw, dt.date(2023, 10, 1))
    assert wrong.value.field == "left_on"


def test_the_lead_school_leaves_only_after_another_leads(sample: Store) -> None:
    """R-CLU-2: never two, never none."""
    last = dt.date(2025, 8, 31)
    with sample.read() as session:
        lead, other = (
            _school(session, "Harlbridge Primary School"),
            _school(session, "Wickenshaw Primary School"),
        )
    with pytest.raises(Refused, match="is the lead school"), sample.transaction("x") as (session, _):
        membership.leave(session, lead, last)
    with sample.transaction("Change of lead") as (session, _):
        membership.change_lead_school(session, other, last + dt.timedelta(days=1))
        membership.leave(session, lead, last)
    with sample.read() as session:
        now = Book(session)
        spells = [(one.school_id, one.starts_on, one.ends_on) for one in now.lead_spells]
        assert spells == [(lead, dt.date(2023, 9, 1), last), (other, dt.date(2025, 9, 1), None)]


def test_only_a_primary_member_can_lead(sample: Store) -> None:
    """R-CLU-3."""
    day = dt.date(2025, 3, 1)
    with sample.read() as session:
        high, left = (
            _school(session, "Brindlemere High School"),
            _school(session, "Fallowden Primary Academy"),
        )
        lead = _school(session, "Harlbridge Primary School")
    with pytest.raises(Refused, match="cannot be the lead school"), sample.transaction("x") as (session, _):
        membership.change_lead_school(session, high, day)
    with pytest.raises(BadInput, match="is not a member on 1 March 2025"), sample.transaction("x") as (s, _):
        membership.change_lead_school(s, left, day)
    with pytest.raises(BadInput, match="is the lead school already"), sample.transaction("x") as (s, _):
        membership.change_lead_school(s, lead, day)


def test_a_school_takes_the_place_of_one_that_has_left(sample: Store) -> None:
    """R-CLU-9."""
    with sample.read() as session:
        gone, stays = (
            _school(session, "Fallowden Primary Academy"),
            _school(session, "Otterhay Junior School"),
        )
    with pytest.raises(Refused, match="has not left"), sample.transaction("x") as (session, _):
        membership.replace_school(session, stays, {"name": "Newcomer"}, {"joined_on": JOINED})
    with sample.transaction("Replace Fallowden") as (session, _):
        spell = {"joined_on": JOINED, "advisor_discussed_on": dt.date(2025, 1, 13), "advisor_outcome": "Yes"}
        new = membership.replace_school(session, gone, {"name": "Newcomer School"}, spell)
    with sample.read() as session:
        assert next(o for o in Book(session).memberships if o.school_id == new).replaces_id == gone
    with pytest.raises(BadInput, match="own place"), sample.transaction("x") as (session, _):
        membership.replace_school(session, gone, gone, {"joined_on": JOINED})


def test_a_school_that_is_known_already_can_take_the_place(sample: Store) -> None:
    with sample.read() as session:
        gone = _school(session, "Fallowden Primary Academy")
    with sample.transaction("x") as (session, _):
        partner = membership.add_school(session, {"name": "Partner School"})
        spell = {"joined_on": JOINED}
        assert membership.replace_school(session, gone, partner, spell) == partner
    with sample.read() as session:
        assert partner in {one.school_id for one in Book(session).members(JOINED)}


def test_an_academy_goes_on_as_the_same_school(sample: Store) -> None:
    """R-DATA-6: one school in every figure, its people with it."""
    day = dt.date(2025, 4, 1)
    with sample.read() as session:
        old = _school(session, "Otterhay Junior School")
        members = len(Book(session).members(day))
    with sample.transaction("Otterhay becomes an academy") as (session, _):
        values = {"urn": "900033", "type_name": "Academy converter", "trust_name": "Tide Trust"}
        new = membership.become_academy(session, old, day, values)
    with sample.read() as session:
        now = Book(session)
        assert len(now.members(day)) == members
        assert (now.school_name(new), now.school_name(old)) == (
            "Otterhay Junior School",
            "Otterhay Junior School (to 31 March 2025)",
        )
        assert now.present_id(old, day) == new
        assert now.school_rows[new].number_on_roll == now.school_rows[old].number_on_roll
        assert now.school_rows[old].status is SchoolStatus.CLOSED
        assert now.ssl_name(new, day) == "Tobias Finch"
        assert {one.school_id for one in now.people.values() if one.name == "Erin Blakey"} == {new}
        lines = [one for one in now.spells(day) if one.school_id == new]
        assert [(one.joined_on, one.left_on) for one in lines] == [(dt.date(2023, 9, 1), None)]


def test_an_academy_changes_its_subject_leader_and_leaves_as_one_school(sample: Store) -> None:
    """What is entered on the older record ends with the newer."""
    day, later = dt.date(2025, 4, 1), dt.date(2025, 5, 1)
    with sample.transaction("x") as (session, _):
        old = _school(session, "Otterhay Junior School")
        new = membership.become_academy(session, old, day, {"urn": "900033"})
        people.name_ssl(session, new, people.teacher(session, new, "Erin Blakey"), later)
        membership.leave(session, new, dt.date(2025, 7, 18))
    with sample.read() as session:
        now = Book(session)
        ssl = [(one.starts_on, one.ends_on) for one in now.ssl_spells(later) if one.school_id == new]
        assert ssl == [
            (dt.date(2023, 9, 1), dt.date(2025, 4, 30)),
            (later, dt.date(2025, 7, 18)),
        ]


def test_an_academy_needs_a_urn_of_its_own_and_a_day_inside_its_membership(sample: Store) -> None:
    with sample.read() as session:
        old = _school(session, "Otterhay Junior School")
    for values in ({}, {"urn": "900003"}):
        with pytest.raises(BadInput) as wrong, sample.transaction("x") as (session, _):
            membership.become_academy(session, old, JOINED, values)
        assert wrong.value.field == "urn"
    with pytest.raises(BadInput, match="check the day"), sample.transaction("x") as (session, _):
        membership.become_academy(session, old, dt.date(2023, 9, 1), {"urn": "900033"})


def test_a_spell_is_put_right_but_never_over_another(sample: Store) -> None:
    """R-CLU-10."""
    with sample.read() as session:
        gone = _school(session, "Fallowden Primary Academy")
        first = _one(session, t.Membership, school_id=gone).id
    with sample.transaction("x") as (session, _):
        again = membership.join(session, gone, {"joined_on": JOINED})
        membership.amend_spell(session, first, {"left_on": dt.date(2025, 2, 2)})
    for spell, values, field in (
        (first, {"left_on": JOINED}, "left_on"),
        (first, {"left_on": None}, "left_on"),
        (again, {"joined_on": dt.date(2025, 2, 2)}, "joined_on"),
    ):
        with (
            pytest.raises(BadInput, match="a member twice") as wrong,
            sample.transaction("x") as (session, _),
        ):
            membership.amend_spell(session, spell, values)
        assert wrong.value.field == field


def test_a_past_lead_is_entered_and_put_right_unless_two_would_lead(sample: Store) -> None:
    """R-CLU-2."""
    with sample.read() as session:
        other = _school(session, "Wickenshaw Primary School")
        now = _one(session, t.LeadSpell).id
    spell = {"school_id": other, "starts_on": dt.date(2023, 10, 1), "ends_on": dt.date(2023, 12, 31)}
    with pytest.raises(Refused, match="Two lead schools"), sample.transaction("x") as (session, _):
        membership.enter_lead(session, spell)
    with sample.transaction("x") as (session, _):
        membership.amend_lead(session, now, {"starts_on": dt.date(2024, 1, 1)})
        made = membership.enter_lead(session, spell)
    with pytest.raises(Refused, match="Two lead schools"), sample.transaction("x") as (session, _):
        membership.amend_lead(session, made, {"ends_on": dt.date(2024, 1, 31)})


def test_a_member_is_marked_as_at_risk_and_as_taking_part_again(sample: Store) -> None:
    """R-CLU-8."""
    with sample.read() as session:
        here, gone = (
            _school(session, "Quillby C of E Primary School"),
            _school(session, "Fallowden Primary Academy"),
        )
    for at_risk in (True, False):
        with sample.transaction("x") as (session, _):
            membership.mark_at_risk(session, here, at_risk=at_risk)
        with sample.read() as session:
            assert _one(session, t.Membership, school_id=here).at_risk is at_risk
    with pytest.raises(BadInput, match="not a member now"), sample.transaction("x") as (session, _):
        membership.mark_at_risk(session, gone, at_risk=True)
