"""A write-protected book can be looked at and printed, not changed."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.errors import FileTrouble
from models.store import Store
from tests.models.store.example import SETUP, School, add, count, leave_a_hot_journal, school

NOBODY = 65534
ANYONE = 0o755

pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's here")


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Root may write anywhere, and would make these tests pass for nothing."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def book() -> Iterator[Path]:
    """A book in a folder that anyone may look into."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(ANYONE)
        path = Path(folder) / "book.clusterbook"
        store = Store.create(path, setup=SETUP)
        add(store, "Add", school())
        store.close()
        path.chmod(0o644)
        yield path
        Path(folder).chmod(ANYONE)


@contextmanager
def protected(path: Path, what: str) -> Iterator[None]:
    if what in {"file", "both"}:
        path.chmod(0o444)
    if what in {"folder", "both"}:
        path.parent.chmod(0o555)
    with as_ordinary_user():
        yield


@pytest.mark.parametrize("what", ["file", "folder", "both"])
def test_a_protected_book_says_so_and_can_be_read(book, what):
    before = hashlib.sha256(book.read_bytes()).hexdigest()
    with protected(book, what):
        with pytest.raises(FileTrouble, match="write-protected") as told:
            Store.open(book, setup=SETUP)
        assert told.value.code == "E13"
        reading = Store.open(book, setup=SETUP, read_only=True)
        assert reading.read_only
        assert count(reading, School) == 1
        assert [hit.title for hit in reading.search("scho")] == ["School 1"]
        assert reading.undo_name() == "Add"
        assert reading.check() == []
        for write in (lambda: add(reading, "Add", school(2)), reading.undo, lambda: reading.prune(0)):
            with pytest.raises(FileTrouble) as told:
                write()
            assert told.value.code == "E13"
        reading.close()
    assert hashlib.sha256(book.read_bytes()).hexdigest() == before
    assert [p.name for p in book.parent.iterdir()] == [book.name]


def test_a_book_that_may_not_even_be_read_says_so(book):
    book.chmod(0)
    with as_ordinary_user(), pytest.raises(FileTrouble, match="may not be read") as told:
        Store.open(book, setup=SETUP, read_only=True)
    assert told.value.code == "E13"


def test_nothing_can_be_created_in_a_protected_folder(book):
    with protected(book, "folder"), pytest.raises(FileTrouble) as told:
        Store.create(book.with_name("new.clusterbook"), setup=SETUP)
    assert told.value.code == "E13"


def test_after_a_crash_a_protected_book_is_read_from_a_copy_that_was_put_right(book):
    leave_a_hot_journal(book)
    journal = book.with_name(f"{book.name}-journal")
    before = book.read_bytes(), journal.read_bytes()
    with protected(book, "both"):
        reading = Store.open(book, setup=SETUP, read_only=True)
        assert [notice.code for notice in reading.notices] == ["recovered"]
        assert [hit.title for hit in reading.search("scho")] == ["School 1"]
        reading.close()
    assert (book.read_bytes(), journal.read_bytes()) == before


def test_after_a_crash_the_book_is_put_right_and_the_user_told(book):
    leave_a_hot_journal(book)
    store = Store.open(book, setup=SETUP)
    assert [notice.code for notice in store.notices] == ["recovered"]
    assert [hit.title for hit in store.search("scho")] == ["School 1"]
    assert store.check() == []
    store.close()
    again = Store.open(book, setup=SETUP)
    assert again.notices == ()
    again.close()
