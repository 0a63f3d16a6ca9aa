"""One writer at a time, named; a dead one never stands in the way."""

import datetime as dt
import json
import os
import subprocess
import sys

import pytest
from filelock import FileLock

from models.errors import FileTrouble
from models.store import Store
from models.store.lock import Holder, host_name, read_holder
from tests.models.store.example import SETUP, School, add, count, school


def beside(path, suffix):
    return path.with_name(path.name + suffix)


def sign(path, **who):
    """Leave the note of whoever has the book open."""
    since = dt.datetime(2025, 3, 14, 8, 55).astimezone().isoformat()
    noted = {"host": "ANNA-LAPTOP", "user": "Anna", "pid": 1, "since": since} | who
    beside(path, ".lock-holder").write_text(json.dumps(noted))


@pytest.fixture
def book(path):
    Store.create(path, setup=SETUP).close()
    return path


@pytest.fixture
def held(book):
    """A book that another process has locked."""
    lock = FileLock(beside(book, ".lock"), is_singleton=False)
    with lock:
        yield book


def refusal(path):
    with pytest.raises(FileTrouble) as told:
        Store.open(path, setup=SETUP)
    assert told.value.code == "E12"
    return str(told.value)


def test_a_locked_book_names_who_has_it_open_and_offers_reading(held):
    sign(held)
    assert refusal(held) == (
        "ANNA-LAPTOP (Anna) has had this file open since 8:55am on 14 March 2025. "
        "Close book.clusterbook there and try again, or open it here to read only."
    )


@pytest.mark.parametrize(
    "note", [None, "", "{}", "[1]", '{"host": "x", "user": "y", "pid": 1, "since": "never"}']
)
def test_a_lock_whose_note_cannot_be_read_is_heeded_all_the_same(held, note):
    if note is not None:
        beside(held, ".lock-holder").write_text(note)
    assert "Another window or computer has this file open." in refusal(held)


def test_a_locked_book_can_be_read(held):
    reading = Store.open(held, setup=SETUP, read_only=True)
    assert count(reading, School) == 0
    assert reading.search("x") == []
    with pytest.raises(FileTrouble, match="look and print, not change") as told:
        add(reading, "Add", school())
    assert told.value.code == "E13"
    reading.close()
    assert beside(held, ".lock").exists()


@pytest.mark.parametrize("pid", [2**22 + 1, os.getpid(), 1], ids=["none has it", "ours", "the first"])
def test_the_note_of_a_dead_process_of_this_computer_is_taken_over(book, pid):
    """Whatever process has its number now: the lock itself was free."""
    sign(book, host=host_name(), pid=pid)
    store = Store.open(book, setup=SETUP)
    assert read_holder(book).pid == os.getpid()
    store.close()
    assert [p.name for p in book.parent.iterdir()] == [book.name]


def test_the_note_of_another_computer_is_heeded_until_the_user_insists(book):
    sign(book)
    assert "ANNA-LAPTOP (Anna)" in refusal(book)
    assert read_holder(book).host == "ANNA-LAPTOP"
    store = Store.open(book, setup=SETUP, take_over=True)
    assert read_holder(book).host == host_name()
    store.close()


def test_a_refused_opening_gives_the_lock_back(book):
    whole = book.read_bytes()
    book.write_bytes(whole[:-1])
    with pytest.raises(FileTrouble):
        Store.open(book, setup=SETUP)
    book.write_bytes(whole)
    Store.open(book, setup=SETUP).close()


RIVAL = """
import sys
from filelock import FileLock, Timeout
try:
    FileLock(sys.argv[1]).acquire(timeout=0)
except Timeout:
    sys.exit(3)
"""


@pytest.mark.usefixtures("store")
def test_another_process_is_kept_out_while_the_book_is_open(path):
    """A real second process, with the file lock only: it needs none of our code."""
    done = subprocess.run([sys.executable, "-c", RIVAL, beside(path, ".lock")], check=False)
    assert done.returncode == 3


def test_today_needs_no_date():
    moment = dt.datetime(2025, 3, 14, 13, 15).astimezone()
    assert (
        Holder("PC", "", 1, moment.isoformat()).sentence(dt.date(2025, 3, 14))
        == "PC has had this file open since 1:15pm."
    )
