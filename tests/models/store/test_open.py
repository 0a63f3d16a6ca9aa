"""Opening: never creates, never changes what it refuses, says why in one sentence."""

# ruff: noqa: S311 - the draw must be repeatable

import hashlib
import os
import random
import shutil
import sqlite3
import struct
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from models.errors import FileTrouble, Refused
from models.store import Setup, Store, backup, engine
from models.store.schema import APPLICATION_ID
from tests.models.store.example import SCHEMA, SETUP, School, add, claim, count, run, school


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refused(path: Path) -> FileTrouble:
    """The refusal of a file, which must be left as it was, with nothing beside it."""
    before = sha(path) if path.is_file() else None
    beside = sorted(path.parent.glob("*"))
    for read_only in (False, True):
        with pytest.raises(FileTrouble) as told:
            Store.open(path, setup=SETUP, read_only=read_only)
    assert (sha(path) if path.is_file() else None) == before
    assert sorted(path.parent.glob("*")) == beside
    return told.value


@pytest.fixture
def book(path: Path) -> Path:
    """A closed book with something in it."""
    store = Store.create(path, setup=SETUP)
    add(store, "Add", school(), claim())
    store.close()
    return path


def edit(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for statement in statements:
            raw.execute(statement)


def test_a_missing_file_is_not_created(path):
    assert refused(path).code == "E01"
    assert not path.exists()
    assert refused(path.parent / "no folder" / "x.clusterbook").code == "E01"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "E02"),
        (b"Dear colleague, " * 50, "E03"),
        (b"PK\x03\x04" + bytes(500), "E03"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "E03"),
        (bytes(4096), "E03"),
        (b"SQLite format 3\0" + bytes(34), "E06"),
        (b"SQLite format 3\0" + bytes(4080), "E06"),
    ],
)
def test_what_is_not_a_book_stays_closed_and_untouched(path, content, code):
    path.write_bytes(content)
    assert refused(path).code == code


def test_a_folder_is_not_a_book(tmp_path):
    assert refused(tmp_path).code == "E03"


def test_a_database_of_another_program_stays_closed(path):
    edit(path, "CREATE TABLE step (id INTEGER PRIMARY KEY)", "PRAGMA user_version=1")
    assert refused(path).code == "E04"


@pytest.mark.parametrize(
    "planted",
    [
        "CREATE TRIGGER thief AFTER INSERT ON claim BEGIN DELETE FROM school; END",
        "CREATE VIEW everything AS SELECT * FROM claim",
        "CREATE TABLE more (id INTEGER PRIMARY KEY)",
        "CREATE INDEX more ON claim (amount)",
        "ALTER TABLE claim ADD COLUMN more TEXT",
        "CREATE VIRTUAL TABLE more USING fts5(word)",
    ],
)
def test_a_book_with_parts_we_never_made_stays_closed(book, planted):
    edit(book, planted)
    assert refused(book).code == "E04"


def test_a_newer_book_stays_closed_and_says_to_update(book):
    edit(book, "PRAGMA user_version=9")
    told = refused(book)
    assert told.code == "E05"
    assert "(schema 9; this one knows 1)" in str(told)


@pytest.mark.parametrize("change", [lambda b: b[: len(b) // 2], lambda b: b[:-1], lambda b: b + b"more"])
def test_a_cut_off_or_grown_book_stays_closed(book, change):
    book.write_bytes(change(book.read_bytes()))
    assert refused(book).code == "E06"


def test_a_book_with_a_broken_page_stays_closed(book):
    whole = bytearray(book.read_bytes())
    for at in range(3 * 4096, len(whole) - 4096, 4096):
        whole[at : at + 4096] = bytes(4096)
    book.write_bytes(whole)
    assert refused(book).code == "E06"


@pytest.mark.parametrize("read_only", [True, False])
def test_a_book_whose_list_of_tables_has_no_letters_stays_closed(book, read_only):
    """SQLite quotes the bytes, and Python cannot say them: still one sentence."""
    with closing(sqlite3.connect(book)) as raw, raw:
        raw.execute("PRAGMA writable_schema=ON")
        raw.execute("UPDATE sqlite_master SET sql = CAST(x'5a8120fe' AS TEXT) WHERE name = 'school'")
    with pytest.raises(FileTrouble) as told:
        Store.open(book, read_only=read_only, setup=SETUP)
    assert told.value.code == "E06"


def test_a_book_with_a_missing_parent_stays_closed(book):
    edit(book, "PRAGMA foreign_keys=OFF", "DELETE FROM school")
    assert refused(book).code == "E06"


@pytest.mark.parametrize("read_only", [False, True])
def test_any_byte_of_the_header_changed_gives_a_book_or_a_refusal_never_a_crash(book, read_only):
    whole = book.read_bytes()
    draw = random.Random(20250314)
    codes = set()
    for at in range(100):
        changed = bytearray(whole)
        changed[at] ^= draw.randrange(1, 256)
        book.write_bytes(changed)
        try:
            Store.open(book, setup=SETUP, read_only=read_only).close()
        except FileTrouble as told:
            codes.add(told.code)
            assert sha(book) == hashlib.sha256(changed).hexdigest()
    assert {"E03", "E04", "E05", "E06"} <= codes


def test_opening_and_closing_changes_nothing_and_leaves_nothing(book):
    before, beside = sha(book), sorted(book.parent.iterdir())
    store = Store.open(book, setup=SETUP)
    assert store.notices == ()
    store.search("school")
    store.close()
    store.close()
    assert sha(book) == before
    assert sorted(book.parent.iterdir()) == beside


@pytest.mark.parametrize(
    "name", ["a b#c?d%20é&.clusterbook", "Ŵ 'quoted' [x].clusterbook", "x.y.clusterbook"]
)
def test_names_that_a_url_would_trip_over(tmp_path, name):
    store = Store.create(tmp_path / name, setup=SETUP)
    add(store, "Add", school())
    store.close()
    assert [p.name for p in tmp_path.iterdir()] == [name]
    again = Store.open(tmp_path / name, setup=SETUP)
    assert count(again, School) == 1
    again.close()


def test_a_windows_share_and_drive_become_sound_uris():
    class Windows:
        def __init__(self, posix: str) -> None:
            self.posix = posix

        def as_posix(self) -> str:
            return self.posix

    assert engine.uri(Windows("//srv/share/a b#.db"), "rw") == "file:////srv/share/a%20b%23.db?mode=rw"
    assert engine.uri(Windows("C:/A B/x.db"), "ro") == "file:///C:/A%20B/x.db?mode=ro"


def test_creating_never_overwrites(book):
    before = sha(book)
    with pytest.raises(Refused, match=r"already a file called book\.clusterbook"):
        Store.create(book, setup=SETUP)
    assert sha(book) == before
    with pytest.raises(FileTrouble, match="folder"):
        Store.create(book.parent / "nowhere" / "x.clusterbook", setup=SETUP)


def test_a_creation_that_fails_leaves_nothing(path, monkeypatch):
    monkeypatch.setitem(
        SETUP.schema.__dict__, "statements", ("CREATE TABLE a (id INTEGER)", "CREATE TABLE a (id INTEGER)")
    )
    with pytest.raises(sqlite3.OperationalError):
        Store.create(path, setup=SETUP)
    assert list(path.parent.iterdir()) == []


def test_a_new_book_says_whose_it_is(path):
    Store.create(path, setup=SETUP, app_version="1.2").close()
    start = path.read_bytes()[:100]
    assert struct.unpack_from(">I", start, 68)[0] == APPLICATION_ID == int.from_bytes(b"CLBK", "big")
    store = Store.open(path, setup=SETUP)
    ((uuid, version, seq),) = run(store, "SELECT file_uuid, app_version, seq FROM meta")
    assert (len(uuid), version, seq) == (36, "1.2", 0)
    store.close()


def test_every_safety_setting_is_asked_for_and_read_back(store):
    for name, _, expected in engine.WRITING_PRAGMAS:
        assert run(store, f"PRAGMA {name}") == [(expected,)], name
    with pytest.raises(OperationalError, match="max 0"), store.transaction("Attach") as (session, _):
        session.connection().exec_driver_sql("ATTACH ':memory:' AS other")
    with pytest.raises(engine.UnsafeSettings, match="synchronous"):
        engine.ask(sqlite3.connect(":memory:"), "synchronous", "EXTRA", 99)


def test_a_book_written_with_a_log_is_backed_up_and_brought_back_to_a_journal(book):
    edit(book, "PRAGMA journal_mode=WAL", "UPDATE meta SET seq = seq + 1")
    assert book.read_bytes()[18] == 2
    reading = Store.open(book, setup=SETUP, read_only=True)
    assert count(reading, School) == 1
    reading.close()
    store = Store.open(book, setup=SETUP)
    assert "before-convert" in {made.reason for made in store.backups()}
    store.close()
    assert book.read_bytes()[18] == 1
    assert [p.name for p in book.parent.iterdir()] == [book.name]


def test_a_copy_of_the_same_book_in_the_folder_is_told_of(book):
    other = book.with_name("book-ANNA-LAPTOP.clusterbook")
    shutil.copyfile(book, other)
    Store.create(book.with_name("another.clusterbook"), setup=SETUP).close()
    store = Store.open(book, setup=SETUP)
    (notice,) = store.notices
    assert notice.code == "E10"
    assert "book.clusterbook and book-ANNA-LAPTOP.clusterbook" in notice.sentence
    store.close()


def test_the_same_book_is_not_opened_twice_in_one_window(store, path):
    for read_only in (False, True):
        with pytest.raises(FileTrouble, match="already open in this window") as told:
            Store.open(path, setup=SETUP, read_only=read_only)
        assert told.value.code == "E12"
    add(store, "Still works", school())


def test_another_thread_is_turned_away(store):
    told: list[BaseException] = []

    def work() -> None:
        try:
            store.undo_name()
        except RuntimeError as error:
            told.append(error)

    def closing_it() -> None:
        try:
            store.close()
        except RuntimeError as error:
            told.append(error)

    for use in (work, closing_it):
        thread = threading.Thread(target=use)
        thread.start()
        thread.join()
    assert ["another thread" in str(error) for error in told] == [True, True]
    add(store, "Still works", school())


def replace_it(path: Path, old: Path) -> None:
    shutil.copyfile(old, path.with_name("sync.tmp")).replace(path)


def delete_it(path: Path, _: Path) -> None:
    path.unlink()


def rename_it(path: Path, _: Path) -> None:
    path.rename(path.with_name("moved"))


def overwrite_it(path: Path, old: Path) -> None:
    path.write_bytes(old.read_bytes())


def empty_it(path: Path, _: Path) -> None:
    os.truncate(path, 0)


def write_to_it(path: Path, _: Path) -> None:
    edit(path, "UPDATE school SET name = 'theirs'")


@pytest.mark.skipif(os.name != "posix", reason="Windows does not let an open file be replaced")
@pytest.mark.parametrize("interfere", [replace_it, delete_it, rename_it, overwrite_it, empty_it, write_to_it])
def test_a_file_changed_by_another_program_is_never_written_again(path, interfere):
    store = Store.create(path, setup=SETUP)
    add(store, "Add", school(1))
    old = path.with_name("older")
    with store._door.raw("test") as raw, closing(sqlite3.connect(old)) as copy:
        raw.backup(copy)
    add(store, "Add", school(2))
    interfere(path, old)
    after = sha(path) if path.exists() else None
    for _ in range(2):
        with pytest.raises(FileTrouble) as told, store.transaction("Too late") as (session, _):
            session.add(school(3))
        assert told.value.code == "E08"
    store.close()
    assert (sha(path) if path.exists() else None) == after


@pytest.mark.skipif(os.name != "posix", reason="Windows does not let an open file be replaced")
@pytest.mark.parametrize("interfere", [replace_it, delete_it, rename_it, overwrite_it, empty_it, write_to_it])
def test_closing_leaves_a_file_changed_by_another_program_alone(path, interfere):
    store = Store.create(path, setup=SETUP)
    add(store, "Add", school(1))
    old = path.with_name("older")
    with store._door.raw("test") as raw, closing(sqlite3.connect(old)) as copy:
        raw.backup(copy)
    add(store, "Add", school(2))
    interfere(path, old)
    after = sha(path) if path.exists() else None
    theirs = path.with_name(f"{path.name}-journal")
    theirs.write_bytes(b"")
    store.close()
    assert (sha(path) if path.exists() else None) == after
    assert theirs.exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows does not let an open file be replaced")
def test_the_version_of_this_window_is_backed_up_at_closing(path):
    setup = Setup(SCHEMA, path.with_name("backups"))
    store = Store.create(path, setup=setup)
    add(store, "Add", school(1))
    path.with_name("sync.tmp").write_bytes(b"theirs")
    path.with_name("sync.tmp").replace(path)
    store.close()
    (made,) = Store.backups_of(path, setup=setup)
    assert backup.facts_of(made.path).rows["school"] == 1


@pytest.mark.skipif(os.name != "posix", reason="Windows does not let an open file be replaced")
def test_what_cannot_be_saved_any_more_can_be_saved_as_a_copy(store, path):
    add(store, "Add", school(1))
    other = path.with_name("sync.tmp")
    other.write_bytes(b"theirs")
    other.replace(path)
    with pytest.raises(FileTrouble):
        add(store, "Too late", school(2))
    mine = path.with_name("mine.clusterbook")
    store.save_copy(mine)
    with pytest.raises(Refused, match="already a file"):
        store.save_copy(mine)
    assert path.read_bytes() == b"theirs"
    again = Store.open(mine, setup=SETUP)
    assert count(again, School) == 1
    again.close()


def test_a_busy_file_says_who_may_be_the_cause_and_keeps_nothing_half(store, path):
    add(store, "Add", school(1))
    with store._door.raw("test") as raw:
        raw.execute("PRAGMA busy_timeout=20")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(FileTrouble, match="OneDrive or antivirus") as told:
            add(store, "Add", school(2))
        assert told.value.code == "E07"
        other.execute("ROLLBACK")
    add(store, "Add", school(2))
    assert store.check() == []
