"""Classrooms, people, quality marks and next year of the sample's second year."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import tables as t
from models.queries.book import Book
from models.queries.capacity import mark_lines, next_year, people_of, request_lines
from models.queries.classrooms import classrooms
from models.services import records
from tests import books

TODAY = dt.date(2025, 6, 20)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    store = books.sample_in(tmp_path_factory.mktemp("capacity"))
    with store.read() as session:
        yield Book(session)
    store.close()


def test_adoption_has_a_cell_for_every_member(book: Book) -> None:
    """R-RES-7."""
    found = classrooms(book, 2024, TODAY)
    assert len(found.schools) == 7
    assert all(len(row.cells) == 7 for row in found.rows)
    assert {row.resource for row in found.starters} <= {row.resource for row in found.rows}
    assert found.beyond == sum(
        cell.beyond_attendees for row in found.rows for cell in row.cells if cell is not None
    )


def test_each_member_has_its_newest_mark_with_its_end(book: Book) -> None:
    """R-PSQM-3: three years after the award."""
    marks = {line.school: line for line in mark_lines(book, TODAY)}
    assert marks["Otterhay Junior School"].expires_on == dt.date(2027, 3, 28)
    assert marks["Quillby C of E Primary School"].expires_on < TODAY
    assert len(marks) == len(mark_lines(book, TODAY))


def test_a_years_requests_are_those_asked_in_it(book: Book) -> None:
    assert [line.school for line in request_lines(book, 2024, TODAY)] == ["Wickenshaw Primary School"]
    assert [line.school for line in request_lines(book, 2023, TODAY)] == ["Quillby C of E Primary School"]


def test_people_are_those_with_a_role_for_the_cluster_and_plans_are_facts_without_words(book: Book) -> None:
    """R-PPL-3."""
    who = people_of(book, TODAY)
    assert ("Cluster lead", "Nerys Caldbeck") in who.leads
    assert (who.offers, who.asks, len(who.plans), who.ects) == (12, 4, 5, 2)
    assert not hasattr(who.plans[0], "goal")


def test_the_plan_of_the_coming_year_stands_in_its_order_with_its_meetings(book: Book) -> None:
    coming = next_year(book, 2024)
    assert (coming.year, len(coming.steps), len(coming.meetings)) == (2025, 7, 5)
    assert coming.meetings == tuple(sorted(coming.meetings))


def test_a_plan_for_another_year_is_not_told(tmp_path: Path) -> None:
    store = books.empty_in(tmp_path)
    with store.transaction("Plan") as (session, _):
        records.add(session, t.NextStep, {"school_year": 2026, "task": "Later"})
    with store.read() as session:
        assert next_year(Book(session), 2024).steps == ()
        assert [step.task for step in next_year(Book(session), 2025).steps] == ["Later"]
    store.close()
