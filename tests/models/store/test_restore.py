"""A restore cannot make things worse: old or new, never half, and a damaged file is always kept."""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from models.errors import FileTrouble, Refused
from models.store import Setup, Store, backup
from models.store.header import journal
from models.values import replace
from tests.models.store.example import SCHEMA, School, add, count, leave_a_hot_journal, run, school


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    return Setup(SCHEMA, tmp_path / "backups")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of the book alone."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def book(home, setup) -> Path:
    """A book with three schools, whose second backup (the newest but one) has two."""
    path = home / "book.clusterbook"
    store = Store.create(path, setup=setup)
    for n in (1, 2, 3):
        add(store, f"Add {n}", school(n))
        store.back_up()
    store.close()
    return path


def two_schools(path, setup) -> Path:
    return next(b.path for b in Store.backups_of(path, setup=setup) if b.seq == 2)


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_sound_book_is_backed_up_then_overwritten(book, home, setup):
    store = Store.restore(book, two_schools(book, setup), setup=setup)
    assert count(store, School) == 2
    assert store.undo_name() is None
    assert store.steps()[0].name.startswith("Restored the backup of ")
    assert store.check() == []
    kept = next(b for b in store.backups() if b.reason == "before-restore")
    assert backup.facts_of(kept.path).rows["school"] == 3
    store.close()
    assert [p.name for p in home.iterdir()] == [book.name]


def test_numbers_go_on_after_a_restore_so_that_none_comes_twice(book, setup):
    store = Store.open(book, setup=setup)
    opened = store.version()
    saves = run(store, "SELECT seq FROM meta")[0][0]
    store.close()
    store = Store.restore(book, two_schools(book, setup), setup=setup)
    assert add(store, "Add", school(4)).step > opened
    assert run(store, "SELECT seq FROM meta")[0][0] > saves
    assert store.back_up() == store.backups()[0]
    store.close()


def test_what_a_restore_took_away_can_be_had_back_from_its_own_backup(book, setup):
    store = Store.restore(book, two_schools(book, setup), setup=setup)
    before = next(b for b in store.backups() if b.reason == "before-restore")
    store.close()
    store = Store.restore(book, before.path, setup=setup)
    assert count(store, School) == 3
    assert store.check() == []
    store.close()


def plant(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TRIGGER thief AFTER INSERT ON claim BEGIN DELETE FROM school; END")


def test_a_book_that_a_crash_left_open_is_put_right_then_overwritten(book, home, setup):
    wanted = two_schools(book, setup)
    leave_a_hot_journal(book)
    store = Store.restore(book, wanted, setup=setup)
    assert count(store, School) == 2
    kept = next(b for b in store.backups() if b.reason == "before-restore")
    assert backup.facts_of(kept.path).rows["school"] == 3
    store.close()
    assert [p.name for p in home.iterdir()] == [book.name]


DAMAGE = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[:9000]),
    "scrambled": lambda path: path.write_bytes(b"\xff" * path.stat().st_size),
    "empty": lambda path: path.write_bytes(b""),
    "foreign": plant,
    "stale journal": lambda path: (
        path.write_bytes(path.read_bytes()[:9000]),
        journal(path).write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\xff" * 5000),
    ),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_book_is_kept_with_its_journal_and_replaced(book, home, setup, damage):
    wanted = two_schools(book, setup)
    damage(book)
    before = {p.name.removeprefix(book.name): sha(p) for p in home.iterdir()}
    with pytest.raises(FileTrouble):
        Store.open(book, setup=setup)
    store = Store.restore(book, wanted, setup=setup)
    assert count(store, School) == 2
    assert store.check() == []
    assert store.notices == ()
    store.close()
    kept = next(p for p in home.iterdir() if ".damaged-" in p.name and p.suffix == ".clusterbook")
    assert {p.name.removeprefix(kept.name): sha(p) for p in home.glob("*.damaged-*")} == before
    assert len(list(home.iterdir())) == 1 + len(before)


def test_a_missing_book_is_brought_back(book, home, setup):
    wanted = two_schools(book, setup)
    book.unlink()
    store = Store.restore(book, wanted, setup=setup)
    assert count(store, School) == 2
    store.close()
    assert [p.name for p in home.iterdir()] == [book.name]


def test_two_damaged_files_of_one_second_are_both_kept(book, home, setup):
    moment = setup.clock()
    frozen = replace(setup, clock=lambda: moment)
    for content in (b"one", b"two"):
        wanted = two_schools(book, setup)
        book.write_bytes(content)
        Store.restore(book, wanted, setup=frozen).close()
    assert {p.read_bytes() for p in home.glob("*.damaged-*")} == {b"one", b"two"}


def altered(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[-1] ^= 1
    path.write_bytes(whole)


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version=9")
    forget_checksum(path)


def forget_checksum(path: Path) -> None:
    path.with_name(f"{path.name}.sha256").unlink()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])
    forget_checksum(path)


def zeroed(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:8192] + bytes(path.stat().st_size - 8192))
    forget_checksum(path)


def text(path: Path) -> None:
    path.write_bytes(b"Dear colleague")
    forget_checksum(path)


def foreign(path: Path) -> None:
    plant(path)
    forget_checksum(path)


SPOILT = [
    (altered, "E06"),
    (cut, "E06"),
    (zeroed, "E06"),
    (text, "E03"),
    (foreign, "E04"),
    (newer, "E05"),
    (Path.unlink, "E01"),
]


@pytest.mark.parametrize("healthy", [True, False])
@pytest.mark.parametrize(("spoil", "code"), SPOILT)
def test_a_backup_that_is_not_whole_is_refused_and_the_book_left_alone(
    book, home, setup, spoil, code, healthy
):
    wanted = two_schools(book, setup)
    spoil(wanted)
    if not healthy:
        book.write_bytes(book.read_bytes()[:9000])
    before = sha(book)
    with pytest.raises(FileTrouble) as told:
        Store.restore(book, wanted, setup=setup)
    assert told.value.code == code
    assert sha(book) == before
    assert [p.name for p in home.iterdir()] == [book.name]


def test_a_backup_of_another_book_is_refused(book, home, setup):
    other = home.parent / "other.clusterbook"
    store = Store.create(other, setup=setup)
    add(store, "Add", school())
    made = store.back_up()
    store.close()
    before = sha(book)
    with pytest.raises(Refused, match="another book"):
        Store.restore(book, made.path, setup=setup)
    assert sha(book) == before
    assert [p.name for p in home.iterdir()] == [book.name]


def test_a_copy_without_its_checksum_can_be_restored(book, setup, tmp_path):
    copy = shutil.copyfile(two_schools(book, setup), tmp_path / "from the stick.bak")
    store = Store.restore(book, copy, setup=setup)
    assert count(store, School) == 2
    assert store.steps()[0].name == "Restored an earlier copy"
    store.close()


def test_an_open_book_is_not_restored_over(book, setup):
    store = Store.open(book, setup=setup)
    with pytest.raises(FileTrouble) as told:
        Store.restore(book, two_schools(book, setup), setup=setup)
    assert told.value.code == "E12"
    assert count(store, School) == 3
    store.close()


class PowerCut(BaseException):
    """The end of the process, at some point of the exchange."""


@pytest.fixture
def die_at(monkeypatch):
    """Make the n-th renaming or deletion from the marker on, and all that follow, fail."""

    def arrange(cut: int) -> None:
        done = 0

        def dying(honest):
            def step(self, *values, **more):
                nonlocal done
                if done or (honest.__name__ == "replace" and self.name.endswith(".restore.json.part")):
                    done += 1
                if done > cut and ".lock" not in self.name:
                    raise PowerCut
                return honest(self, *values, **more)

            return step

        for operation in ("rename", "replace", "unlink"):
            monkeypatch.setattr(Path, operation, dying(getattr(Path, operation)))

    return arrange


def test_an_exchange_that_never_began_leaves_the_book_as_it_was(book, home, setup, die_at, monkeypatch):
    wanted = two_schools(book, setup)
    DAMAGE["cut"](book)
    before = sha(book)
    die_at(0)
    with pytest.raises(PowerCut):
        Store.restore(book, wanted, setup=setup)
    monkeypatch.undo()
    assert sha(book) == before
    store = Store.restore(book, wanted, setup=setup)
    assert count(store, School) == 2
    store.close()
    assert len(list(home.iterdir())) == 2


@pytest.mark.parametrize("cut", range(1, 9))
def test_an_exchange_cut_off_anywhere_is_finished_at_the_next_opening(
    book, home, setup, die_at, monkeypatch, cut
):
    wanted = two_schools(book, setup)
    DAMAGE["stale journal"](book)
    before = sorted(sha(p) for p in home.iterdir())
    die_at(cut)
    with pytest.raises(PowerCut):
        Store.restore(book, wanted, setup=setup)
    monkeypatch.undo()
    store = Store.open(book, setup=setup)
    assert count(store, School) == 2
    assert store.check() == []
    store.close()
    kept = [p for p in home.iterdir() if ".damaged-" in p.name]
    assert sorted(sha(p) for p in kept) == before
    assert len(list(home.iterdir())) == 1 + len(before)


def test_a_backup_is_inspected_without_being_touched(book, setup):
    source = two_schools(book, setup)
    before = sha(source)
    found = Store.inspect(source, setup=setup)
    assert (found.rows["school"], found.last_action) == (2, "Add 2")
    assert sha(source) == before


def test_inspecting_finds_a_backup_that_is_not_as_it_was_written(book, setup):
    source = two_schools(book, setup)
    content = bytearray(source.read_bytes())
    content[-100] ^= 1
    source.write_bytes(content)
    with pytest.raises(FileTrouble) as trouble:
        Store.inspect(source, setup=setup)
    assert trouble.value.code == "E06"


def test_inspecting_a_backup_that_is_gone_says_so(tmp_path, setup):
    with pytest.raises(FileTrouble) as trouble:
        Store.inspect(tmp_path / "gone.bak", setup=setup)
    assert trouble.value.code == "E01"
