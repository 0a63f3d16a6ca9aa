"""Working on a copy where others touch the file: written back whole, never over another (safety 3.7)."""

import datetime as dt
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from models.errors import FileTrouble
from models.store import Setup, Store
from models.store.lock import host_name
from models.store.where import Place, place_of
from models.store.working_copy import RECOVERED_WORK, work_folder
from tests.models.store.example import SETUP, School, add, count, school

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    return Setup(SETUP.schema, tmp_path / "backups", lambda: NOW, tmp_path / "work")


@pytest.fixture
def shared(tmp_path: Path, setup: Setup) -> Path:
    """A book of one school in a folder that others touch."""
    folder = tmp_path / "OneDrive - Oakmere"
    folder.mkdir()
    with closing(Store.create(folder / "Year.clusterbook", setup=setup)) as store:
        add(store, "Add", school(1))
    return folder / "Year.clusterbook"


def apart(path: Path, setup: Setup) -> Store:
    return Store.open(path, apart=True, setup=setup)


def schools(path: Path, setup: Setup) -> int:
    with closing(Store.open(path, read_only=True, setup=setup)) as store:
        return count(store, School)


def crashed(store: Store) -> None:
    """End as a killed process does: nothing is tidied, nothing written back; its locks are free."""
    store._door.close()
    store._closing.pop_all()
    for lock in store.path.parent.glob("*.lock*"):
        lock.unlink()


def beside(path: Path) -> list[str]:
    return sorted(other.name for other in path.parent.iterdir())


def test_the_original_is_not_touched_until_it_is_written_back(shared, setup):
    before = shared.read_bytes()
    with closing(apart(shared, setup)) as store:
        add(store, "Add", school(2))
        assert shared.read_bytes() == before
        assert store.path == shared
        assert store.write_back() is None
        assert schools(shared, setup) == 2
        written = shared.read_bytes()
        assert store.write_back() is None
        assert shared.read_bytes() == written  # nothing new, nothing written
    assert beside(shared) == ["Year.clusterbook"]
    assert not work_folder(shared, setup.work).exists()


def test_closing_writes_back_what_was_done(shared, setup):
    store = apart(shared, setup)
    add(store, "Add", school(2))
    store.close()
    assert store.left_behind is None
    assert schools(shared, setup) == 2


def test_looking_only_leaves_the_original_as_it_is(shared, setup):
    before = shared.read_bytes()
    apart(shared, setup).close()
    assert shared.read_bytes() == before


def test_the_original_is_locked_against_others_meanwhile(shared, setup):
    with closing(apart(shared, setup)), pytest.raises(FileTrouble) as refused:
        Store.open(shared, setup=setup)
    assert refused.value.code == "E12"


def test_what_a_crash_left_unwritten_is_found_however_the_file_is_opened(shared, setup):
    store = apart(shared, setup)
    add(store, "Add", school(2))
    crashed(store)
    with closing(Store.open(shared, setup=setup)) as again:
        assert [notice.code for notice in again.notices] == [RECOVERED_WORK]
        assert count(again, School) == 2
    assert schools(shared, setup) == 2


def test_a_version_written_meanwhile_is_kept_and_so_is_mine(shared, setup, tmp_path):
    theirs = tmp_path / "theirs.clusterbook"
    shutil.copy(shared, theirs)
    with closing(Store.open(theirs, setup=setup)) as other:
        add(other, "Add", *(school(n) for n in (5, 6, 7)))
    with closing(apart(shared, setup)) as store:
        add(store, "Add", school(2))
        shutil.copy(theirs, shared)
        told = store.write_back()
        mine = shared.with_name(f"Year (from {host_name()}, 22 November 2026).clusterbook")
        assert store.path == mine
        assert told.code == "E10"
        assert mine.name in told.sentence
        add(store, "Add", school(3))
    assert (schools(shared, setup), schools(mine, setup)) == (4, 3)


def test_a_version_written_after_a_crash_is_kept_and_so_is_what_was_left(shared, setup, tmp_path):
    theirs = tmp_path / "theirs.clusterbook"
    shutil.copy(shared, theirs)
    store = apart(shared, setup)
    add(store, "Add", school(2))
    crashed(store)
    with closing(Store.open(theirs, setup=setup)) as other:
        add(other, "Add", *(school(n) for n in (5, 6, 7)))
    shutil.copy(theirs, shared)
    with closing(apart(shared, setup)) as again:
        assert [notice.code for notice in again.notices] == ["E10"]
        assert count(again, School) == 4
    mine = next(path for path in shared.parent.iterdir() if path != shared)
    assert schools(mine, setup) == 2


def test_a_crash_after_the_new_file_had_its_name_is_no_conflict(shared, setup, monkeypatch):
    store = apart(shared, setup)
    add(store, "Add", school(2))
    monkeypatch.setattr("models.store.backup.sync_folder", lambda _: 1 / 0)  # where the process dies
    with pytest.raises(ZeroDivisionError):
        store.write_back()
    monkeypatch.undo()
    crashed(store)
    with closing(Store.open(shared, setup=setup)) as again:
        assert (again.notices, count(again, School)) == ((), 2)
    assert beside(shared) == ["Year.clusterbook"]


def test_a_drive_that_went_away_loses_nothing_and_is_written_when_it_is_back(shared, setup):
    away = shared.parent.with_name("away")
    store = apart(shared, setup)
    add(store, "Add", school(2))
    shared.parent.rename(away)
    with pytest.raises(FileTrouble) as told:
        store.write_back()
    assert told.value.code == "E01"
    store.close()
    assert store.left_behind.code == "E01"
    away.rename(shared.parent)
    for left in shared.parent.glob("*.lock*"):
        left.unlink()
    apart(shared, setup).close()
    assert schools(shared, setup) == 2


def test_a_file_that_is_held_is_tried_again_and_then_said(shared, setup, monkeypatch):
    honest, tries = Path.replace, []

    def held(self, target):
        if Path(target) != shared:
            return honest(self, target)
        tries.append(target)
        if len(tries) < 3 or len(tries) > 10:
            raise PermissionError(13, "in use")
        return honest(self, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr("models.store.working_copy.PAUSE_SECONDS", 0)
    with closing(apart(shared, setup)) as store:
        add(store, "Add", school(2))
        store.write_back()
        assert len(tries) == 3
        add(store, "Add", school(3))
        tries.extend([shared] * 10)
        with pytest.raises(FileTrouble, match="safe on this computer"):
            store.write_back()
        monkeypatch.setattr(Path, "replace", honest)
    assert schools(shared, setup) == 3
    assert beside(shared) == ["Year.clusterbook"]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/home/anna/OneDrive - Oakmere School/Year.clusterbook", Place.CLOUD),
        ("/home/anna/Dropbox/Year.clusterbook", Place.CLOUD),
        ("/work cloud/Year.clusterbook", Place.CLOUD),
        ("/home/anna/Boxes/Year.clusterbook", Place.HERE),
        ("/media/anna/My Stick/Year.clusterbook", Place.REMOVABLE),
        ("/srv/share/Year.clusterbook", Place.NETWORK),
        ("/home/anna/Year.clusterbook", Place.HERE),
    ],
)
def test_the_place_of_a_file_is_known_by_its_folders_and_its_drive(path, place, tmp_path):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 0:1 / / rw - ext4 /dev/sda1 rw\n"
        "23 22 0:2 / /media/anna/My\\040Stick rw shared:3 - vfat /dev/sdb1 rw\n"
        "24 22 0:3 / /srv/share rw - cifs //server/share rw\n"
    )
    assert place_of(Path(path), {"OneDriveCommercial": "/work cloud"}, mounts) is place
