"""What SQLite refuses, in plain words that name the thing and the remedy."""

import datetime as dt
import sqlite3

import pytest

from models import tables
from models.errors import FileTrouble, Refused
from models.store import Store, trouble


@pytest.fixture
def book(tmp_path):
    store = Store.create(tmp_path / "book.clusterbook")
    yield store
    store.close()


def insert(store, row):
    with store.transaction("Add") as (session, _):
        session.add(row)


def school(**values):
    return tables.School(**{"name": "Oakmere", "urn": "900001"} | values)


CASES = [
    (lambda: school(name="Elm"), "There is already a school with this urn."),
    (lambda: school(urn="900002", name=None), "A school needs its name: fill it in."),
    (lambda: school(urn="900002", name=""), "The file does not allow this name of a school"),
    (
        lambda: tables.Person(name="Bea", school_id=99),
        "This person refers to something that is not in the book",
    ),
    (
        lambda: tables.CoverClaim(
            code="SC-1", school_id=1, person_id=1, cover_on=dt.date(2025, 3, 14), cost_p=-5, vat_p=0
        ),
        "The file does not allow this sign of a cover claim",
    ),
]


@pytest.mark.parametrize(("row", "sentence"), CASES)
def test_a_constraint_says_what_and_where(book, row, sentence):
    insert(book, school())
    insert(book, tables.Person(name="Ann", school_id=1))
    with pytest.raises(Refused) as told:
        insert(book, row())
    assert str(told.value).startswith(sentence)
    assert book.check() == []


def test_what_others_use_cannot_be_deleted(book):
    insert(book, school())
    insert(book, tables.Person(name="Ann", school_id=1))
    with (
        pytest.raises(Refused, match="This school is still used by other records"),
        book.transaction("Delete") as (
            session,
            _,
        ),
    ):
        session.delete(session.get(tables.School, 1))


def test_the_cause_that_a_log_would_show_holds_no_values(book):
    with pytest.raises(Refused) as told:
        insert(book, tables.Person(name="Secret Person", school_id=99))
    assert "Secret" not in f"{told.value} {told.value.__cause__}"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (sqlite3.SQLITE_BUSY, "E07"),
        (sqlite3.SQLITE_LOCKED, "E07"),
        (sqlite3.SQLITE_FULL, "E09"),
        (sqlite3.SQLITE_IOERR_FSYNC, "E09"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "E13"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "E08"),
        (sqlite3.SQLITE_CORRUPT, "E06"),
        (sqlite3.SQLITE_NOTADB, "E06"),
        (sqlite3.SQLITE_CANTOPEN, "E01"),
        (sqlite3.SQLITE_ERROR, None),
    ],
)
def test_every_trouble_of_the_file_has_its_code(tmp_path, number, code):
    error = sqlite3.OperationalError("something")
    error.sqlite_errorcode = number
    told = trouble.translate(error, tmp_path / "gone.clusterbook")
    assert (told.code if isinstance(told, FileTrouble) else told) == code


def test_every_sentence_is_plain_and_says_what_to_do(tmp_path):
    path = tmp_path / "book.clusterbook"
    told = [
        trouble.missing(path), trouble.no_folder(path), trouble.empty(path), trouble.not_a_book(path),
        trouble.foreign(path), trouble.newer(path, 9, 7), trouble.damaged(path, "it ends too early"),
        trouble.busy(path), trouble.changed_outside(path), trouble.full(path), trouble.no_room(path),
        trouble.no_backup(path), trouble.unwritable(path), trouble.upgrade_failed(path, path),
        trouble.in_use(path, "PC has had this file open since 9am."), trouble.open_here(path),
        trouble.write_protected(path), trouble.unreadable(path),
    ]  # fmt: skip
    assert {error.code for error in told} == {f"E{n:02}" for n in range(1, 14)} - {"E10"}
    for error in told:
        assert str(error).endswith(".")
        assert "sqlite" not in str(error).lower()
        assert len(str(error)) < 400
