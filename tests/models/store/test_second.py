"""A copy of every backup on another drive, and the monthly look into the newest one (safety 3.4)."""

import datetime as dt
from contextlib import closing
from pathlib import Path

import pytest

from models.errors import BadInput
from models.store import Setup, Store
from tests.models.store.example import SETUP, School, add, count, school

START = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


class Hands:
    """A clock that is put forward by hand."""

    now = START

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def setup(tmp_path: Path, clock: Hands) -> Setup:
    return Setup(SETUP.schema, tmp_path / "backups", clock)


@pytest.fixture
def store(path: Path, setup: Setup):
    with closing(Store.create(path, setup=setup)) as made:
        add(made, "Add", school())
        yield made


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    folder = tmp_path / "other drive"
    folder.mkdir()
    return folder


def test_every_backup_has_a_copy_in_the_second_folder_that_can_be_restored(store, drive, setup, path):
    store.choose_second_folder(drive)
    assert store.second_folder == drive
    made = store.back_up()
    (copied,) = drive.rglob("*.bak")
    assert copied.read_bytes() == made.path.read_bytes()
    add(store, "Add", school(2))
    store.close()
    with closing(Store.restore(path, copied, setup=setup)) as again:
        assert count(again, School) == 1


def test_a_second_folder_that_is_gone_is_said_and_stops_no_backup(store, drive):
    store.choose_second_folder(drive)
    drive.rmdir()
    drive.write_text("a file has its name now")
    made = store.back_up()
    assert made.path.exists()
    assert "could not be reached" in store.second_trouble
    drive.unlink()
    drive.mkdir()
    add(store, "Add", school(2))
    store.back_up()
    assert store.second_trouble == ""


def test_a_second_folder_must_be_another_one_that_can_be_written(store, tmp_path):
    store.back_up()
    for folder in (tmp_path / "missing", tmp_path / "backups"):
        with pytest.raises(BadInput):
            store.choose_second_folder(folder)
    assert store.second_folder is None


def test_no_second_folder_any_more_means_no_more_copies(store, drive):
    store.choose_second_folder(drive)
    store.choose_second_folder(None)
    store.back_up()
    assert list(drive.rglob("*.bak")) == []


def test_the_newest_backup_is_looked_into_once_a_month(store, clock):
    assert store.verified() is None
    assert store.verify_if_due() is None  # there is none yet
    store.back_up()
    assert store.verify_if_due().trouble == ""
    assert store.verified().at == START
    clock.now = START + dt.timedelta(days=29)
    assert store.verify_if_due() is None
    clock.now = START + dt.timedelta(days=30)
    assert store.verify_if_due().at == clock.now


def test_a_clock_that_went_back_does_not_put_the_look_off_for_years(store, clock):
    store.back_up()
    store.verify_if_due()
    clock.now = START.replace(year=1980)
    assert store.verify_if_due() is not None


def test_a_backup_that_is_not_whole_is_found_by_the_monthly_look(store):
    made = store.back_up()
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 1
    made.path.write_bytes(content)
    assert "damaged" in store.verify_if_due().trouble
    assert "damaged" in store.verified().trouble
