"""Two copies of one book: what was done in only one of them, and never “nothing” where they differ (E10)."""

import datetime as dt
import shutil
import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from models.store import Setup, Store
from models.store.erasure import Scrub
from tests.models.store.example import SCHEMA, School, add, school

SECOND = Setup(SCHEMA, clock=lambda: dt.datetime(2025, 3, 14, 9, 0, tzinfo=dt.UTC))
"""Everything is done in one and the same second."""


@pytest.fixture
def two(path):
    """A book with a school, and a copy of it."""
    with closing(Store.create(path, setup=SECOND)) as store:
        add(store, "Add a school", school(1))
        add(store, "Add a school", school(2))
    other = path.with_name(f"{path.stem}-ANNA{path.suffix}")
    shutil.copyfile(path, other)
    return path, other


def do(path, *numbers):
    """Add schools, each by an action of the same name."""
    with closing(Store.open(path, setup=SECOND)) as store:
        for number in numbers:
            add(store, "Add a school", school(number))


def compared(path):
    with closing(Store.open(path, setup=SECOND)) as store:
        (found,) = store.other_copies()
        return len(found.only_there), len(found.only_here), found.untold


def test_a_copy_that_is_only_behind_lacks_what_was_done_since(two):
    do(two[0], 3, 4)
    assert compared(two[0]) == (2, 0, False)
    assert compared(two[1]) == (0, 2, False)


def test_the_same_action_in_the_same_second_on_other_words_is_done_in_each(two):
    do(two[0], 3)
    do(two[1], 4, 5)
    assert compared(two[0]) == (1, 2, False)


def test_what_differs_counts_although_the_same_was_done_after_it(two):
    do(two[0], 3, 9)
    do(two[1], 4, 9)
    assert compared(two[0]) == (2, 2, False)


def test_who_is_taken_out_of_one_copy_makes_nothing_before_it_a_difference(two):
    def take_out(session):
        session.execute(sa.update(School).where(School.name == "School 1").values(name="A school"))
        return Scrub(lambda _table, _row, _column, text: text.replace("School 1", "A school"))

    with closing(Store.open(two[1], setup=SECOND)) as store:
        store.erase("Take away a name", take_out)
    assert compared(two[0]) == (0, 1, False)


def test_rows_that_another_program_changed_are_told_of_though_no_history_tells_of_them(two):
    with closing(sqlite3.connect(two[1])) as raw:
        raw.execute("UPDATE school SET name = 'Other'")
        raw.commit()
    assert compared(two[0]) == (0, 0, True)
