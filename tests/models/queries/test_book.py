"""A book's rows: whatever a table has, under its own name, as of now."""

import pytest
from sqlalchemy import Row

from models import tables as t
from models.queries.book import Book
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
