"""Drafts check what comes in; what they refuse, they refuse in words, and the file refuses it too."""

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import SQLModel

from models import tables as t
from models.errors import BadInput, Refused
from models.gate import NAME_LIMIT, clean
from models.store import Store
from models.types import Choice, Pence
from models.words import ClaimState


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({}, "name", "School is needed"),
        ({"name": ""}, "name", "School is needed"),
        ({"name": "   "}, "name", "School is needed"),
        ({"name": "x" * 201}, "name", "at most 200 characters fit here; this has 201"),
        ({"name": "A", "phase": "college"}, "phase", "“college” is not one of the words"),
        ({"name": "A", "number_on_roll": -1}, "number_on_roll", "cannot be less than 0"),
        ({"name": "A", "number_on_roll": 10**9}, "number_on_roll", "cannot be more than 20000"),
        ({"name": "A", "nonsense": 1}, "nonsense", "no field called “nonsense”"),
        ({"name": "A", "urn": "11416"}, "urn", "six digits"),
        ({"name": "A", "roll_as_of": "soon"}, "roll_as_of", "“soon” does not fit"),
    ],
)
def test_what_does_not_fit_is_named_with_its_field(values: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        t.SchoolDraft.checked(**values)
    assert refused.value.field == field
    assert words in str(refused.value)


def test_a_urn_is_six_digits_or_missing() -> None:
    """R-DATA-5."""
    assert t.SchoolDraft.checked(name="A", urn="114964").urn == "114964"
    assert t.SchoolDraft.checked(name="A", urn=" ").urn is None


def test_school_names_are_tidied_on_the_way_in() -> None:
    """R-CLU-13."""
    name = t.SchoolDraft.checked(name="Brambleford  St. Leonard's Primary School.").name
    assert name == t.SchoolDraft.checked(name="Brambleford St. Leonard's Primary School").name
    assert not name.endswith(".")


@given(st.text())
def test_the_gate_leaves_nothing_that_a_file_or_a_paper_cannot_hold(text: str) -> None:
    out = clean(text)
    out.encode("utf-8")
    assert clean(out) == out
    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in out)
    assert "\u202e" not in out


def test_names_have_no_line_breaks_and_notes_keep_theirs() -> None:
    draft = t.SchoolDraft.checked(name="Two\nlines", notes="Two\r\nlines")
    assert draft.name == "Two lines"
    assert draft.notes == "Two\nlines"


@pytest.mark.parametrize("wrong", [1.5, True, "100", None])
def test_money_is_whole_pence_and_nothing_else(wrong: object) -> None:
    column = Pence()
    if wrong is None:
        assert column.process_bind_param(None, sa.create_engine("sqlite://").dialect) is None
        return
    with pytest.raises(TypeError, match="whole pence"):
        column.process_bind_param(wrong, sa.create_engine("sqlite://").dialect)


def every_draft() -> list[type[SQLModel]]:
    return [value for name, value in vars(t).items() if name.endswith("Draft") and name != "Draft"]


@pytest.mark.parametrize("draft", every_draft(), ids=lambda draft: draft.__name__)
def test_every_field_has_a_title_that_no_other_field_of_its_table_has(draft: type[SQLModel]) -> None:
    """A title is a heading in workbooks and a label in forms."""
    titles = [info.title for info in draft.model_fields.values()]
    assert all(titles)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("table", t.RECORDED, ids=lambda table: table.name)
def test_every_recorded_table_can_be_undone(table: sa.Table) -> None:
    """History needs ids that are never used twice, RESTRICT on indexed keys, and at most 63 columns."""
    assert table.dialect_options["sqlite"]["autoincrement"]
    assert table.dialect_options["sqlite"]["strict"]
    assert len(table.columns) <= 63
    for key in table.foreign_keys:
        assert key.ondelete == "RESTRICT", key.parent
        assert key.parent.index, key.parent
    assert not any(isinstance(column.type, sa.LargeBinary | sa.Float) for column in table.columns)


def test_the_file_refuses_what_a_draft_would_refuse(tmp_path: Path) -> None:
    """CHECK, UNIQUE and foreign keys are the last line of defence."""
    store = Store.create(tmp_path / "book.clusterbook")
    wrong = [
        {"cost_p": -5},
        {"state": "paid", "paid_ref": ""},
        {"cover_on": "someday"},
        {"state": "invented"},
        {"school_id": 99},
    ]
    try:
        with store.transaction("Add what claims need") as (session, _):
            school = t.School.model_validate(t.SchoolDraft.checked(name="A").model_dump())
            session.add(school)
            session.flush()
            session.add(
                t.Person.model_validate(t.PersonDraft.checked(name="B", school_id=school.id).model_dump())
            )
        good = {
            "code": "SC-0001",
            "school_id": 1,
            "person_id": 1,
            "cover_on": dt.date(2025, 1, 8),
            "cost_p": 1,
        }
        draft = t.CoverClaimDraft.checked(**good).model_dump()
        for number, fault in enumerate(wrong):
            row = {key: getattr(value, "value", value) for key, value in draft.items()} | fault
            row["cover_on"] = str(row["cover_on"])
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join(f":{name}" for name in row)
            statement = f"INSERT INTO cover_claim ({names}) VALUES ({marks})"  # noqa: S608
            with (
                pytest.raises((sa.exc.DBAPIError, sqlite3.Error, Refused)),
                store.transaction(f"Wrong {number}") as (
                    session,
                    _,
                ),
            ):
                session.connection().execute(sa.text(statement), row)
        with store.read() as session:
            assert session.connection().exec_driver_sql("SELECT count(*) FROM cover_claim").scalar() == 0
    finally:
        store.close()


def test_every_word_of_a_choice_is_allowed_in_its_column() -> None:
    column = t.metadata.tables["cover_claim"].c.state
    assert isinstance(column.type, Choice)
    checks = [
        str(one.sqltext)
        for one in t.metadata.tables["cover_claim"].constraints
        if isinstance(one, sa.CheckConstraint)
    ]
    rule = next(words for words in checks if words.startswith('"state" IN'))
    assert all(f"'{state.value}'" in rule for state in ClaimState)


def test_a_name_of_the_greatest_length_fits() -> None:
    assert len(t.SchoolDraft.checked(name="x" * NAME_LIMIT).name) == NAME_LIMIT
