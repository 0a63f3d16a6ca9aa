"""The wizard's answers become a book that can be worked in, in one action."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from models import tables as t
from models.errors import BadInput
from models.queries.book import Book
from models.queries.settings_page import role_rows
from models.queries.warnings import all_verdicts
from models.rules.newcomers import Newcomer
from models.rules.verdict import Severity
from models.services.beginning import Beginning, FirstMeetings, begin
from models.store import Store
from models.values import replace
from models.words import RoleKind
from tests import books

START = dt.date(2024, 9, 1)
DAYS = (dt.date(2025, 3, 13), dt.date(2024, 9, 26), dt.date(2024, 10, 17), dt.date(2024, 8, 29))
NEW = Beginning(
    "Tidewater",
    "Castle Street Primary School",
    START,
    sponsor="Wrenfield Trust",
    schools=(
        Newcomer("Oakmere Primary School", "Tess Arden"),
        Newcomer("castle street primary school", "Bo Finch"),
        Newcomer("Elm Lane Infant School"),
    ),
    lead="Bo Finch",
    lead_email="b.finch@castle.example",
    advisor="Ada Penrose",
    meetings=FirstMeetings(DAYS, dt.time(13, 15), dt.time(15, 30)),
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Store]:
    store = books.empty_in(tmp_path)
    yield store
    books.let_go(store)


def started(book: Store, new: Beginning = NEW) -> Store:
    with book.transaction("Start a new cluster") as (session, _):
        begin(session, new)
    return book


def rows(book: Store, record):
    with book.read() as session:
        return session.exec(select(record).order_by(record.id)).all()


def test_every_school_is_a_member_from_the_first_day_and_none_twice(book: Store) -> None:
    started(book)
    assert [row.name for row in rows(book, t.School)] == [
        "Castle Street Primary School", "Oakmere Primary School", "Elm Lane Infant School",
    ]  # fmt: skip
    assert {row.joined_on for row in rows(book, t.Membership)} == {START}
    assert len(rows(book, t.Membership)) == 3


def test_subject_leaders_the_lead_and_the_advisor_have_their_roles(book: Store) -> None:
    started(book)
    people = {row.id: row for row in rows(book, t.Person)}
    roles = {(people[row.person_id].name, row.kind) for row in rows(book, t.Role)}
    assert roles == {
        ("Tess Arden", RoleKind.SSL),
        ("Bo Finch", RoleKind.SSL),
        ("Bo Finch", RoleKind.CLUSTER_LEAD),
        ("Ada Penrose", RoleKind.ADVISOR),
    }
    by_name = {row.name: row for row in people.values()}
    assert by_name["Bo Finch"].email == "b.finch@castle.example"
    assert by_name["Ada Penrose"].organisation == "Wrenfield Trust"
    with book.read() as session:
        assert [row.name for row in role_rows(session, START)] == ["Bo Finch", "Ada Penrose"]


def test_meetings_come_in_order_with_a_title_from_the_half_term(book: Store) -> None:
    started(book)
    assert [(row.code, row.held_on, row.title) for row in rows(book, t.Meeting)] == [
        ("M-0001", dt.date(2024, 8, 29), "Cluster meeting"),
        ("M-0002", dt.date(2024, 9, 26), "Autumn 1 meeting"),
        ("M-0003", dt.date(2024, 10, 17), "Autumn 1 meeting 2"),
        ("M-0004", dt.date(2025, 3, 13), "Spring 2 meeting"),
    ]
    assert {(row.starts_at, row.ends_at) for row in rows(book, t.Meeting)} == {
        (dt.time(13, 15), dt.time(15, 30))
    }


def test_only_the_name_the_lead_school_and_the_day_are_needed(book: Store) -> None:
    started(book, Beginning("Tidewater", "Castle Street Primary School", START))
    assert len(rows(book, t.School)) == 1
    assert rows(book, t.Person) == rows(book, t.Meeting) == []


def test_a_pilot_runs_for_a_year_and_the_sponsor_stands_in_the_cluster(book: Store) -> None:
    started(book, replace(NEW, pilot=True, stage=1))
    (agreement,) = rows(book, t.Agreement)
    assert (agreement.pilot, agreement.ends_on, agreement.stage) == (True, dt.date(2025, 8, 31), 1)
    assert rows(book, t.Cluster)[0].sponsor_name == "Wrenfield Trust"


def test_nothing_in_a_new_book_is_refused_by_a_rule(book: Store) -> None:
    started(book)
    with book.read() as session:
        verdicts = all_verdicts(Book(session), START)
    assert [one for one in verdicts if one.severity is Severity.REFUSE] == []


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (replace(NEW, name=" "), "name"),
        (replace(NEW, schools=(Newcomer("Oak", "Tess Arden"), Newcomer("Elm", "Tess Arden"))), "schools"),
        (replace(NEW, lead="Tess Arden"), "lead"),
        (replace(NEW, meetings=FirstMeetings(DAYS, dt.time(15), dt.time(13))), "meetings"),
    ],
)  # fmt: skip
def test_what_does_not_fit_names_its_field_and_leaves_the_book_empty(book: Store, new, field: str) -> None:
    with pytest.raises(BadInput) as wrong:
        started(book, new)
    assert wrong.value.field == field
    assert rows(book, t.School) == []
