"""Every backup is whole, made when something changed, and never in the way of work."""

import datetime as dt
import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from models.errors import FileTrouble
from models.store import Setup, Store, backup
from tests.models.store.example import SCHEMA, Claim, School, add, claim, count, run, school


class Clock:
    """A clock that tells what it is told."""

    def __init__(self) -> None:
        self.now = dt.datetime(2025, 3, 14, 9, 15, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def setup(tmp_path: Path, clock: Clock) -> Setup:
    return Setup(SCHEMA, tmp_path / "backups", clock)


@pytest.fixture
def store(path, setup):
    opened = Store.create(path, setup=setup)
    yield opened
    opened.close()


def reasons(store) -> list[str]:
    return [made.reason for made in store.backups()]


def folder(store) -> Path:
    return store.backups()[0].path.parent


def test_a_backup_is_the_whole_book_with_its_checksum(store, setup):
    add(store, "Add", school(), claim())
    made = store.back_up()
    (file_uuid,) = run(store, "SELECT file_uuid FROM meta")[0]
    assert made.path == setup.backups / file_uuid / "book.000001.20250314T091500Z.by-hand.s1.bak"
    assert store.backups() == [made]
    sidecar = made.path.with_name(f"{made.path.name}.sha256").read_text()
    assert sidecar == f"{hashlib.sha256(made.path.read_bytes()).hexdigest()}  {made.path.name}\n"
    assert sorted(p.suffix for p in folder(store).iterdir()) == [".bak", ".sha256"]
    with closing(sqlite3.connect(made.path)) as raw:
        assert raw.execute("SELECT name FROM school").fetchall() == [("School 1",)]
    facts = backup.facts_of(made.path)
    assert (facts.last_action, facts.rows["school"], facts.rows["claim_line"]) == ("Add", 1, 0)


def test_a_book_is_backed_up_at_closing_if_it_changed_and_not_otherwise(path, setup):
    store = Store.create(path, setup=setup)
    store.close()
    assert not setup.backups.exists(), "nothing was ever saved in it"
    for expected in (1, 1, 1):
        store = Store.open(path, setup=setup)
        if not count(store, School):
            add(store, "Add", school())
        store.close()
        assert len(Store.backups_of(path, setup=setup)) == expected
    assert [b.reason for b in Store.backups_of(path, setup=setup)] == ["close"]


def test_a_book_that_changed_since_its_last_backup_is_backed_up_at_opening(path, setup):
    store = Store.create(path, setup=setup)
    add(store, "Add", school())
    store.close()
    shutil.rmtree(setup.backups)  # as if it came from another computer
    for _ in range(2):
        store = Store.open(path, setup=setup)
        assert reasons(store) == ["open"]
        store.close()


def test_another_copy_at_the_same_save_number_is_not_taken_for_this_one(path, setup):
    """Two copies of one book go different ways, on one computer: their backups share a folder."""
    store = Store.create(path, setup=setup)
    add(store, "Add", school(1))
    store.close()
    other = path.with_name("usb")
    other.mkdir()
    shutil.copyfile(path, other / path.name)
    for n, where in ((2, path), (3, other / path.name)):
        store = Store.open(where, setup=setup)
        add(store, f"Add {n}", school(n))
        store.close()
    assert [b.seq for b in Store.backups_of(path, setup=setup)] == [2, 2, 1]


def test_half_hourly_backups_are_made_only_of_changes(store):
    assert store.back_up_if_changed() is None
    add(store, "Add", school())
    assert store.back_up_if_changed().reason == "half-hour"
    assert store.back_up_if_changed() is None
    store.undo()
    assert store.back_up_if_changed().seq == 2
    with store.transaction("Nothing"):
        pass
    assert store.back_up_if_changed() is None


def test_backups_are_ordered_by_save_number_whatever_the_clock_says(store, clock):
    for n, year in enumerate((2025, 2036, 1980, 2025), 1):
        clock.now = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
        add(store, "Add", school(n))
        store.back_up()
    assert [b.seq for b in store.backups()] == [4, 3, 2, 1]
    assert [e.at.year for e in store.history(School, 3)] == [1980]


def test_old_backups_of_this_book_go_and_no_other_file_does(path, setup, clock):
    store = Store.create(path, setup=setup)
    for n in range(1, 13):
        add(store, "Add", school(n))
        store.back_up()
    here = folder(store)
    first = store.backups()[-1].path
    store.close()
    bystanders = [
        here / "my own copy.bak",
        here / "book.000001.20240101T000000Z.close.s1.bak",  # a full name, but not a database
        here / "book.000002.20240101T000000Z.close.s1.bak",  # a full name, but another book
        here / "book.000003.20249999T000000Z.close.s1.bak",  # no such day
    ]
    for other in bystanders:
        other.write_bytes(b"mine")
    another = Store.create(path.with_name("another.clusterbook"), setup=setup)
    add(another, "Add", school())
    shutil.copyfile(another.back_up().path, bystanders[2])
    another.close()
    clock.now += dt.timedelta(days=400)
    store = Store.open(path, setup=setup)
    add(store, "Add", school(99))
    made = store.back_up()
    assert all(other.exists() for other in bystanders)
    assert not first.exists()
    assert not first.with_name(f"{first.name}.sha256").exists()
    mine = [b for b in store.backups() if b.path not in bystanders]
    assert len(mine) == 10
    assert mine[0] == made
    store.close()


def test_a_backup_that_fails_leaves_no_half_and_does_not_stop_the_work(store, monkeypatch):
    add(store, "Add", school())
    good = store.back_up()
    add(store, "Add", school(2))
    monkeypatch.setattr(backup, "sync", lambda _: (_ for _ in ()).throw(OSError("pulled out")))
    with pytest.raises(FileTrouble, match="A backup could not be written"):
        store.back_up()
    assert store.back_up_if_changed() is None
    assert store.backup_trouble.code == "E13"
    assert store.backups() == [good]
    assert [p.suffix for p in folder(store).iterdir() if p.suffix == ".part"] == []
    add(store, "Add", school(3))
    monkeypatch.undo()
    assert store.back_up_if_changed() is not None
    assert store.backup_trouble is None


def test_a_backup_that_would_fill_the_disk_is_not_begun(store, monkeypatch):
    add(store, "Add", school())
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=50 * 1024**2))
    with pytest.raises(FileTrouble, match="not enough room") as told:
        store.back_up()
    assert told.value.code == "E09"
    assert store.backups() == []


def test_a_backup_that_does_not_equal_the_book_is_thrown_away(store, monkeypatch):
    add(store, "Add", school())
    honest = backup.copy

    def dishonest(source, target):
        honest(source, target)
        with closing(sqlite3.connect(target)) as raw:
            raw.execute("DELETE FROM school")
            raw.commit()

    monkeypatch.setattr(backup, "copy", dishonest)
    with pytest.raises(FileTrouble) as told:
        store.back_up()
    assert told.value.code == "E06"
    assert store.backups() == []


def test_a_backup_inside_an_action_is_refused(store):
    with pytest.raises(RuntimeError, match="began inside “Import”"), store.transaction("Import"):
        store.back_up("before-import")


def test_the_backups_of_a_book_that_cannot_be_read_are_found_by_its_name(path, setup):
    store = Store.create(path, setup=setup)
    add(store, "Add", school(), claim())
    store.close()
    path.write_bytes(path.read_bytes()[:5000])
    (found,) = Store.backups_of(path, setup=setup)
    assert backup.facts_of(found.path).rows["claim"] == 1
    path.unlink()
    assert Store.backups_of(path, setup=setup) == [found]
    assert Store.backups_of(path.with_name("other.clusterbook"), setup=setup) == []


def test_a_read_only_book_is_not_backed_up(path, setup):
    store = Store.create(path, setup=setup)
    add(store, "Add", school(), claim())
    store.close()
    shutil.rmtree(setup.backups)
    reading = Store.open(path, setup=setup, read_only=True)
    assert count(reading, Claim) == 1
    assert reading.backups() == []
    reading.close()
    assert not setup.backups.exists()


def test_what_a_killed_backup_left_goes_with_the_next_one_but_not_what_is_just_being_made(store):
    add(store, "Add", school(), claim())
    made = store.back_up()
    dead, live = (made.path.with_name(made.path.name.replace("000001", f"00000{n}")) for n in (8, 9))
    for left in (dead, live):
        backup.unfinished(left).write_bytes(b"half")
        left.with_name(f"{left.name}.sha256").write_text("half")
    with backup.being_made(backup.unfinished(live)):
        store.back_up()
        there = {path.name for path in folder(store).iterdir()}
        assert not {name for name in there if name.startswith(dead.name)}
        assert {backup.unfinished(live).name, f"{live.name}.sha256"} <= there
