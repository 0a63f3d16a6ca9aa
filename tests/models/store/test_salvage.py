"""A damaged book can be looked at, and what can be read of it comes out (safety 3.8, E06)."""

import csv
import io
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from models.errors import FileTrouble
from models.store import Store
from models.store.engine import connect
from models.store.salvage import salvage
from tests.models.store.example import SETUP, School, add, run, school

MANY = 400


@pytest.fixture
def book(path: Path) -> Path:
    with closing(Store.create(path, setup=SETUP)) as store:
        add(store, "Add", *(school(n) for n in range(1, MANY + 1)))
        with store.transaction("Name one like a formula") as (session, _):
            session.get(School, 1).name = "=1+1"
    return path


def damage(path: Path) -> None:
    """Overwrite a page in the middle of the schools."""
    with closing(connect(path, "ro")) as raw:
        (size,) = raw.execute("PRAGMA page_size").fetchone()
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'school'").fetchone()
    content = bytearray(path.read_bytes())
    begin = int.from_bytes(content[(root - 1) * size + 12 :][:2])  # the first cell of the root: a child page
    child = int.from_bytes(content[(root - 1) * size + begin :][:4])
    content[(child - 1) * size : child * size] = bytes(size)
    path.write_bytes(content)


def rows_of(archive: Path, table: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(archive) as found:
        return list(csv.DictReader(io.StringIO(found.read(f"{table}.csv").decode("utf-8-sig"))))


def test_all_but_what_is_damaged_comes_out(book, tmp_path):
    damage(book)
    before = book.read_bytes()
    told = salvage(book, tmp_path / "out.zip")
    schools = rows_of(tmp_path / "out.zip", "school")
    assert 0 < len(schools) < MANY
    assert len(schools) + told.lost >= MANY
    assert book.read_bytes() == before


def test_a_whole_book_comes_out_whole_and_nothing_in_it_is_a_formula(book, tmp_path):
    told = salvage(book, tmp_path / "out.zip")
    schools = rows_of(tmp_path / "out.zip", "school")
    assert (len(schools), told.lost) == (MANY, 0)
    assert schools[0]["name"] == "'=1+1"


def test_what_is_no_book_at_all_is_refused_and_leaves_nothing_behind(tmp_path):
    path = tmp_path / "no.clusterbook"
    path.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    with pytest.raises(FileTrouble) as refused:
        salvage(path, tmp_path / "out.zip")
    assert refused.value.code == "E06"
    assert [one.name for one in tmp_path.iterdir()] == ["no.clusterbook"]


def test_a_damaged_book_can_be_looked_at_and_says_that_it_is(book):
    damage(book)
    with pytest.raises(FileTrouble):
        Store.open(book, setup=SETUP)
    before = book.read_bytes()
    with closing(Store.open_damaged(book, setup=SETUP)) as store:
        assert store.read_only
        assert [notice.code for notice in store.notices] == ["E06"]
        assert run(store, "SELECT name FROM school WHERE id = ?", MANY)[0][0] == f"School {MANY}"
    assert book.read_bytes() == before
