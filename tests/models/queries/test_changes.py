"""A record's history in the field's words, and the Bin."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import tables as t
from models.queries.binned import BIN_DAYS, bin_count
from models.queries.changes import bin_lines, left_words, record_history
from models.services import records
from models.store import Store
from models.store.opening import Setup
from models.words import AttendanceCode, MeetingKind
from tests import books

NOON = dt.datetime(2025, 3, 14, 12, tzinfo=dt.UTC)


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    store = Store.create(tmp_path / "a.clusterbook", setup=Setup(clock=clock))
    yield store
    books.let_go(store)


@pytest.fixture
def meeting(book: Store) -> int:
    """A meeting at a school with one person who came."""
    with book.transaction("New meeting M-0001") as (session, _):
        school = records.add(session, t.School, {"name": "Oakmere Primary School"})
        person = records.add(session, t.Person, {"name": "Tess Arden", "school_id": school})
        made = records.add(
            session,
            t.Meeting,
            {"title": "Forces", "held_on": dt.date(2025, 3, 4), "host_school_id": school},
        )
        records.add(
            session,
            t.Attendance,
            {"meeting_id": made, "school_id": school, "person_id": person, "code": AttendanceCode.P},
        )
    return made


def change(book: Store, name: str, record, record_id: int, **values: object) -> None:
    with book.transaction(name) as (session, _):
        records.change(session, record, record_id, values)


def test_a_change_is_told_with_the_fields_title_and_both_values_in_words(book: Store, meeting: int) -> None:
    change(
        book, "Edit meeting M-0001", t.Meeting, meeting,
        held_on=dt.date(2025, 3, 11), kind=MeetingKind.SUB_GROUP, starts_at=dt.time(13, 15),
    )  # fmt: skip
    newest, _ = record_history(book, "meeting", meeting)
    assert (newest.name, newest.at, newest.reversible) == ("Edit meeting M-0001", NOON, True)
    assert newest.facts == (
        "Date: 4 March 2025 → 11 March 2025",
        "Starts: empty → 1:15pm",
        f"Kind: {MeetingKind.FULL_CLUSTER.label} → {MeetingKind.SUB_GROUP.label}",
    )


def test_the_first_line_tells_what_was_entered_with_links_by_name(book: Store, meeting: int) -> None:
    (first,) = record_history(book, "meeting", meeting)
    assert "Title: Forces" in first.facts
    assert "Host school: Oakmere Primary School" in first.facts
    assert first.others == 2  # the school and the person, not the attendance: that is a part


def test_what_happens_to_a_records_own_parts_is_in_its_history(book: Store, meeting: int) -> None:
    change(book, "Mark attendance", t.Attendance, 1, code=AttendanceCode.A, notes="Ofsted")
    newest, first = record_history(book, "meeting", meeting)
    attendance = "Attendance, Oakmere Primary School · Tess Arden"
    assert f"{attendance}: added" in first.facts
    (fact,) = newest.facts
    assert fact.startswith(f"{attendance}: ")
    assert f"{AttendanceCode.P.label} → {AttendanceCode.A.label}" in fact
    assert "empty → Ofsted" in fact


def test_a_link_to_a_record_deleted_since_still_has_its_name(book: Store, meeting: int) -> None:
    with book.transaction("Move") as (session, _):
        other = records.add(session, t.School, {"name": "Harbour View Primary School"})
        records.change(session, t.Meeting, meeting, {"host_school_id": other})
    change(book, "Move back", t.Meeting, meeting, host_school_id=1)
    with book.transaction("Delete school") as (session, _):
        records.remove(session, t.School, other)
    newest, *_ = record_history(book, "meeting", meeting)
    assert newest.facts == ("Host school: Harbour View Primary School → Oakmere Primary School",)


def test_long_texts_are_cut_to_where_they_differ(book: Store, meeting: int) -> None:
    start = "We began with a walk round the classroom and looked at the displays on forces. "
    change(book, "Minutes", t.Meeting, meeting, minutes=start + "Nobody had seen the kit before.")
    change(book, "Minutes", t.Meeting, meeting, minutes=start + "Everybody had seen the kit before.")
    (fact,) = record_history(book, "meeting", meeting)[0].facts
    assert "Nobody" in fact
    assert "Everybody" in fact
    assert "We began" not in fact
    assert len(fact) < 170


def test_an_undone_action_is_told_as_such_and_cannot_be_reversed(book: Store, meeting: int) -> None:
    change(book, "Edit meeting M-0001", t.Meeting, meeting, title="Light")
    book.undo()
    undone, done, _ = record_history(book, "meeting", meeting)
    assert (undone.kind, undone.name, undone.facts) == (
        "undo",
        "Edit meeting M-0001",
        ("Title: Light → Forces",),
    )
    assert (undone.reversible, done.reversible) == (False, False)


def test_a_scheme_rules_value_is_told_in_its_unit(book: Store) -> None:
    with book.transaction("Rule") as (session, _):
        rule = records.add(
            session,
            t.SchemeSetting,
            {"key": "cap_per_half_day", "value": "100.00", "starts_on": dt.date(2024, 9, 1)},
        )
    change(book, "Rule", t.SchemeSetting, rule, value="109.50")
    assert record_history(book, "scheme_setting", rule)[0].facts == ("Value: £100 → £109.50",)


def test_the_bin_lists_wholes_by_name_and_brings_them_back_with_their_parts(
    book: Store, meeting: int
) -> None:
    with book.transaction("Delete meeting M-0001") as (session, _):
        records.remove(session, t.Meeting, meeting)
    (line,) = bin_lines(book, NOON)
    assert (line.table, line.id, line.kind) == ("meeting", meeting, "meeting")
    assert line.name == "M-0001 · Forces · 4 March 2025"
    assert (line.action, line.days_left, line.restoring) == (
        "Delete meeting M-0001",
        BIN_DAYS,
        "Restore meeting M-0001",
    )
    assert bin_lines(book, NOON, ["school"]) == ()
    assert bin_count(book, NOON) == 1
    book.restore_deleted(line.table, line.id, line.restoring)
    assert bin_lines(book, NOON) == ()
    newest, *_ = record_history(book, "meeting", meeting)
    assert "Attendance, Oakmere Primary School · Tess Arden: added" in newest.facts or newest.more
    assert book.undo_name() == "Restore meeting M-0001"


@pytest.mark.usefixtures("meeting")
def test_a_part_deleted_by_itself_is_listed_by_the_names_of_what_it_links(book: Store) -> None:
    with book.transaction("Delete attendance") as (session, _):
        records.remove(session, t.Attendance, 1)
    (line,) = bin_lines(book, NOON)
    assert line.name == "M-0001 · Forces · 4 March 2025 · Oakmere Primary School · Tess Arden"
    assert line.restoring == "Restore an attendance"


def test_the_bin_lists_thirty_days_and_counts_them_down(book: Store, meeting: int) -> None:
    with book.transaction("Delete meeting M-0001") as (session, _):
        records.remove(session, t.Meeting, meeting)
    last_day = NOON + dt.timedelta(days=BIN_DAYS, seconds=-1)
    (line,) = bin_lines(book, last_day)
    assert left_words(line.days_left) == "last day"
    assert bin_count(book, last_day + dt.timedelta(seconds=2)) == 0


def test_a_deletion_that_was_undone_is_not_in_the_bin(book: Store, meeting: int) -> None:
    with book.transaction("Delete meeting M-0001") as (session, _):
        records.remove(session, t.Meeting, meeting)
    book.undo()
    assert bin_count(book, NOON) == 0
    book.redo()
    assert bin_count(book, NOON) == 1
