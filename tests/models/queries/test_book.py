"""A book's rows: whatever a table has, under its own name, as of now."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import Row

from models import tables as t
from models.queries import book as books
from models.queries.book import Book
from models.services import records
from models.store import Store


def test_no_column_has_a_name_that_a_row_uses_itself() -> None:
    hidden = {f"{table.name}.{c.name}" for table in t.RECORDED for c in table.columns if hasattr(Row, c.name)}
    assert hidden == set()


def test_rows_come_by_id_with_every_field_as_the_record_has_it(sample: Store) -> None:
    with sample.read() as session:
        rows = Book(session).rows(t.CoverClaim)
        assert [row.id for row in rows] == sorted(row.id or 0 for row in rows)
        for row in rows:
            record = session.get(t.CoverClaim, row.id)
            assert record is not None
            assert {name: getattr(row, name) for name in t.CoverClaim.model_fields} == record.model_dump()


def test_rows_know_what_the_action_under_way_has_added(store: Store) -> None:
    with store.transaction("Add a school") as (session, _):
        draft = t.SchoolDraft.checked(name="Ash Lane Primary School", phase="primary")
        session.add(t.School.model_validate(draft.model_dump()))
        assert [row.name for row in Book(session).rows(t.School)] == ["Ash Lane Primary School"]


def test_nothing_is_saved_through_a_row(sample: Store) -> None:
    with sample.read() as session:
        row = Book(session).rows(t.School)[0]
        with pytest.raises(AttributeError):
            row.name = "Another"


def names(store: Store) -> list[str]:
    """The names of the schools, as the book that is handed on has them."""
    with store.read() as session:
        return [row.name for row in Book.now(session).rows(t.School)]


def test_a_book_is_handed_on_from_reading_to_reading_while_nothing_is_saved(sample: Store) -> None:
    with sample.read() as session:
        first = Book.now(session)
        read = first.rows(t.School)
    with sample.read() as session:
        assert Book.now(session) is first
        assert Book.now(session).rows(t.School) is read
        assert Book.now(session).rows(t.Meeting)


def test_a_book_is_read_again_after_an_action_an_undo_and_another_program(store: Store) -> None:
    assert names(store) == []
    with store.transaction("Add a school") as (session, _):
        records.add(session, t.School, {"name": "Ash Lane Primary School", "phase": "primary"})
    assert names(store) == ["Ash Lane Primary School"]
    store.undo()
    assert names(store) == []
    store.redo()
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute("UPDATE school SET name = 'Beck Primary School'")
    assert names(store) == ["Beck Primary School"]


def test_a_book_of_very_many_rows_is_not_kept(sample: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "MOST_KEPT", 3)
    with sample.read() as session:
        session.info["kept"].clear()
        first = Book.now(session)
        first.rows(t.School)
    with sample.read() as session:
        assert Book.now(session) is not first
