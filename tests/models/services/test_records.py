"""Entering, changing and deleting any record, in a real book."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.services import records
from models.services.judging import held_to_rules
from models.store import Store
from models.words import FundKind, OfferKind, RoleKind
from tests import books


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Store]:
    store = books.empty_in(tmp_path)
    yield store
    books.let_go(store)


def _school(store: Store, name: str = "Oakmere Primary School") -> int:
    with store.transaction("Add school") as (session, _):
        return records.add(session, t.School, {"name": name})


def test_a_new_record_is_stored_with_the_defaults_of_its_draft_and_the_next_code(book: Store) -> None:
    with book.transaction("New meeting") as (session, _):
        first = records.add(session, t.Meeting, {"title": "Forces", "held_on": dt.date(2025, 3, 4)})
        records.add(session, t.Meeting, {"title": "Light", "held_on": dt.date(2025, 3, 5), "code": ""})
    with book.read() as session:
        assert records.kept(session, "meeting", first).values["code"] == "M-0001"
        assert records.kept(session, "meeting", first + 1).values["code"] == "M-0002"


def test_a_wrong_value_is_refused_beside_its_field_and_nothing_is_stored(book: Store) -> None:
    with pytest.raises(BadInput) as wrong, book.transaction("Add school") as (session, _):
        records.add(session, t.School, {"name": "  "})
    assert (wrong.value.field, str(wrong.value)) == ("name", "School is needed.")


def test_a_name_that_is_taken_is_refused_beside_its_field(book: Store) -> None:
    first = _school(book)
    with pytest.raises(BadInput, match="already one called “Oakmere Primary School”") as wrong:
        _school(book)
    assert wrong.value.field == "name"
    with book.transaction("Edit school") as (session, _):  # its own name is no clash
        records.change(session, t.School, first, {"name": "Oakmere Primary School", "address": "Marlow"})


def test_a_change_stores_only_what_was_changed_and_keeps_what_another_changed(book: Store) -> None:
    school = _school(book)
    with book.read() as session:
        seen = records.kept(session, "school", school)
    with book.transaction("Edit school") as (session, _):
        records.change(session, t.School, school, {"address": "Marlow"}, seen.values)
    with book.transaction("Edit school") as (session, _):
        records.change(session, t.School, school, {"urn": "900001", "address": ""}, seen.values)
    with book.read() as session:
        now = records.kept(session, "school", school).values
    assert (now["address"], now["urn"]) == ("Marlow", "900001")


def test_a_field_that_another_changed_meanwhile_is_not_written_over(book: Store) -> None:
    school = _school(book)
    with book.read() as session:
        seen = records.kept(session, "school", school)
    with book.transaction("Edit school") as (session, _):
        records.change(session, t.School, school, {"address": "Marlow"}, seen.values)
    with pytest.raises(Changed, match="was changed elsewhere"), book.transaction("Edit") as (session, _):
        records.change(session, t.School, school, {"address": "Henley"}, seen.values)


def test_a_record_goes_with_its_parts_and_comes_back_with_them(book: Store) -> None:
    school = _school(book)
    with book.transaction("Meeting") as (session, _):
        meeting = records.add(session, t.Meeting, {"title": "Forces", "held_on": dt.date(2025, 3, 4)})
        records.add(session, t.Attendance, {"meeting_id": meeting, "school_id": school, "code": "A"})
    with book.transaction("Delete meeting M-0001") as (session, _):
        records.remove(session, t.Meeting, meeting)
    with book.read() as session, pytest.raises(Changed):
        records.kept(session, "meeting", meeting)
    book.restore_deleted(t.Meeting, meeting)
    with book.read() as session:
        assert records.kept(session, "attendance", 1).values["meeting_id"] == meeting


def test_a_record_that_others_rest_on_is_not_deleted_and_the_sentence_counts_them(book: Store) -> None:
    school = _school(book)
    with book.transaction("Meeting") as (session, _):
        meeting = records.add(
            session, t.Meeting, {"title": "Forces", "held_on": dt.date(2025, 3, 4), "host_school_id": school}
        )
        records.add(session, t.Attendance, {"meeting_id": meeting, "school_id": school, "code": "A"})
    with (
        pytest.raises(Refused, match="1 meeting and 1 attendance rest on it") as no,
        book.transaction("Delete school") as (session, _),
    ):
        records.remove(session, t.School, school)
    assert str(no.value).startswith("This school cannot be deleted")
    assert str(no.value).endswith("If it has left, end its membership instead.")


def test_what_a_rule_refuses_is_not_saved_but_an_old_fault_does_not_stop_other_work(sample: Store) -> None:
    """R-CLU-2: two lead schools on one day are refused."""
    book = sample
    first = dt.date(2023, 9, 1)
    other = _school(book, "Second lead")
    spell = {"school_id": other, "starts_on": first.replace(day=4)}
    with pytest.raises(Refused), book.transaction("Lead school") as (session, _), held_to_rules(session):
        records.add(session, t.LeadSpell, spell)
    with book.transaction("Lead school") as (session, _):
        records.add(session, t.LeadSpell, spell)
    with book.transaction("Fund") as (session, _), held_to_rules(session):
        records.add(
            session, t.Fund, {"name": "Trip fund", "kind": FundKind.OTHER, "opened_on": dt.date(2024, 9, 1)}
        )
    assert book.undo_name() == "Fund"


@pytest.mark.parametrize("whole", sorted(records.PARTS))
def test_every_part_named_belongs_to_its_whole_and_every_table_has_its_class(whole: str) -> None:
    for part in records.PARTS[whole]:
        targets = {key.column.table.name for key in t.metadata.tables[part].foreign_keys}
        assert whole in targets
        assert records.record_of(part).__tablename__ == part


def test_a_day_or_a_pair_that_is_taken_is_said_in_plain_words_beside_its_field(book: Store) -> None:
    day = dt.date(2024, 9, 1)
    with book.transaction("Enter") as (session, _):
        school = records.add(session, t.School, {"name": "Oakmere"})
        person = records.add(session, t.Person, {"name": "Bo Finch"})
        other = records.add(session, t.LeadSpell, {"school_id": school, "starts_on": day, "ends_on": day})
        spell = {"school_id": school, "starts_on": day}
        with pytest.raises(BadInput, match="1 September 2024 is entered here already") as no:
            records.add(session, t.LeadSpell, spell)
        assert no.value.field == "starts_on"
        records.change(session, t.LeadSpell, other, {"ends_on": None})  # it may keep its own day
        role = {"person_id": person, "kind": RoleKind.SSL, "school_id": school, "starts_on": day}
        records.add(session, t.Role, role)
        with pytest.raises(BadInput, match="1 September 2024") as no:
            records.add(session, t.Role, role)
        assert no.value.field == "starts_on"
        strength = {"person_id": person, "kind": OfferKind.ASK, "topic": "Forces"}
        records.add(session, t.Strength, strength)
        with pytest.raises(BadInput, match="already a strength with the same name, kind and topic") as no:
            records.add(session, t.Strength, strength)
        assert no.value.field == "topic"


def test_a_last_day_before_the_first_is_said_in_plain_words_beside_its_field(book: Store) -> None:
    first, last = dt.date(2025, 9, 1), dt.date(2025, 8, 31)
    with book.transaction("Enter") as (session, _):
        with pytest.raises(BadInput, match="31 August 2025 is not after 1 September 2025: check both") as no:
            records.add(session, t.Agreement, {"starts_on": first, "ends_on": last})
        assert no.value.field == "ends_on"
        school = records.add(session, t.School, {"name": "Oakmere"})
        spell = records.add(
            session, t.Membership, {"school_id": school, "joined_on": first, "left_on": first}
        )
        with pytest.raises(BadInput, match="31 August 2025 is before 1 September 2025") as no:
            records.change(session, t.Membership, spell, {"left_on": last})
        assert no.value.field == "left_on"
