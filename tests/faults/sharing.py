"""T11, T12: two want to write one book; the file is changed, replaced or taken away under an open one."""

# ruff: noqa: S311 - the draws must be repeatable

import json
import os
import random
import shutil
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from unittest import mock

from sqlalchemy import text

from models.errors import AppError, FileTrouble
from models.store import Store, guard
from models.store.lock import host_name
from tests.faults import shim
from tests.faults.book import CLOCK, Torn, child, open_book, put_book, save, saved, setup_in
from tests.faults.result import Fault, Result

WRITERS = 4


def _count_up(path: Path, times: int) -> None:
    """Open, read a number, write it one higher, close; again while somebody else has the book."""
    for _ in range(times):
        while True:
            try:
                store = open_book(path)
            except FileTrouble as told:
                if told.code == "E12":
                    continue
                raise
            with closing(store):
                with store.read() as session:
                    now = session.connection().scalar(text("SELECT notes FROM cover_claim WHERE id = 1"))
                with store.transaction("Count") as (session, _):
                    session.connection().execute(
                        text("UPDATE cover_claim SET notes = :n WHERE id = 1"), {"n": str(int(now) + 1)}
                    )
            break


def _counted(count: int, folder: Path, writer: Callable[[Path, int], None]) -> int:
    """Let some processes count one number up; what it is in the end."""
    path = put_book(folder / "shared")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE cover_claim SET notes = '0' WHERE id = 1")
        raw.commit()
    children = []
    for _ in range(WRITERS):
        number = os.fork()
        if number == 0:
            try:
                writer(path, count)
            finally:
                os._exit(0)
        children.append(number)
    for number in children:
        os.waitpid(number, 0)
    with closing(sqlite3.connect(path)) as raw:
        return int(raw.execute("SELECT notes FROM cover_claim WHERE id = 1").fetchone()[0])


def _without_lock(path: Path, times: int) -> None:
    """The control: each reads, and writes what it has read plus one, and nothing keeps the others out."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=20)) as raw:
        raw.execute("PRAGMA synchronous=OFF")
        for _ in range(times):
            now = int(raw.execute("SELECT notes FROM cover_claim WHERE id = 1").fetchone()[0])
            os.sched_yield()
            raw.execute("UPDATE cover_claim SET notes = ? WHERE id = 1", (str(now + 1),))


def _holder(path: Path, **who: object) -> None:
    noted = {"host": host_name(), "user": "Anna", "pid": 1, "since": CLOCK.isoformat()} | who
    path.with_name(f"{path.name}.lock-holder").write_text(json.dumps(noted))


def _hold_and_die(path: Path) -> None:
    open_book(path)
    os.kill(os.getpid(), signal.SIGKILL)


def _code(path: Path) -> str:
    try:
        open_book(path).close()
    except FileTrouble as told:
        return told.code
    return "opened"


def _notes(folder: Path) -> list[str]:
    """What becomes of locks and notes that are there already; what is wrong."""
    path, wrong = put_book(folder / "locks"), []
    note = path.with_name(f"{path.name}.lock-holder")
    for name, leave, expected in (
        ("a killed holder", lambda: child(partial(_hold_and_die, path)), "opened"),
        ("a number that another process has now", lambda: _holder(path, pid=os.getppid()), "opened"),
        ("another computer", lambda: _holder(path, host="ANNA-LAPTOP"), "E12"),
        ("a note that cannot be read", lambda: note.write_bytes(b"\xff{"), "opened"),
    ):
        leave()
        if (code := _code(path)) != expected:
            wrong.append(f"{name}: {code}")
        note.unlink(missing_ok=True)
    with closing(open_book(path)) as mine:
        heard = child(partial(_must_be, path, "E12"))
        reading = child(partial(_must_read, path))
        save(mine, "mine", random.Random(1))
    wrong += ["a second writer was let in"] if heard else []
    return wrong + (["it could not be read meanwhile"] if reading else [])


def _must_be(path: Path, code: str) -> None:
    from models.store.door import open_here

    open_here.clear()  # what the parent has open is not open here
    if (found := _code(path)) != code:
        raise AssertionError(found)


def _must_read(path: Path) -> None:
    from models.store.door import open_here

    open_here.clear()
    Store.open(path, read_only=True, setup=setup_in(path.parent.parent)).close()


def two_writers(count: int, seed: int, folder: Path) -> Result:
    """T11: four processes count one number up `count` times each; stale, foreign, broken notes."""
    wrong = _notes(folder)
    lost = WRITERS * count - _counted(count, folder, _count_up)
    return Result(
        "T11", WRITERS * count + 6, lost, len(wrong), "E12", "; ".join(wrong) or f"no draw, seed {seed}"
    )


def _naive_writers(count: int, seed: int, folder: Path) -> Result:
    times = max(count, 100)
    return Result(
        "T11", WRITERS * times, WRITERS * times - _counted(times, folder, _without_lock), 0, "", f"{seed}"
    )


# -- T12


def _newer(path: Path) -> Path:
    """A copy of the book in which another program has been."""
    other = path.parent.parent / "other.clusterbook"
    shutil.copyfile(path, other)
    with closing(sqlite3.connect(other)) as raw:
        raw.execute("UPDATE cover_claim SET notes = 'theirs' WHERE id = 1")
        raw.commit()
    return other


def _delete(path: Path) -> None:
    path.unlink()


def _rename(path: Path) -> None:
    path.rename(path.with_name("away.clusterbook"))


def _replace(path: Path) -> None:
    _newer(path).replace(path)


def _overwrite(path: Path) -> None:
    other = _newer(path).read_bytes()
    child(lambda: path.write_bytes(other))  # from another process: a closed file would drop our own locks


def _cut(path: Path) -> None:
    child(lambda: os.truncate(path, 9000))


def _write_by_another(path: Path) -> None:
    child(lambda: _sqlite_write(path))


def _sqlite_write(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0.1)) as raw, suppress(sqlite3.Error):
        raw.execute("UPDATE cover_claim SET notes = 'theirs' WHERE id = 1")


def _conflict_copy(path: Path) -> None:
    shutil.copyfile(path, path.with_name("book-ANNA-LAPTOP.clusterbook"))


def _replace_while_away(path: Path) -> None:
    """The disk does not answer for one call, and when it does another file has our name."""
    _replace(path)
    if shim.is_loaded():
        shim.arm(1, shim.ERRORS["EIO"])


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "replaced": (_replace, "E08"),
    "deleted": (_delete, "E08"),
    "renamed": (_rename, "E08"),
    "overwritten": (_overwrite, "E08"),
    "cut off": (_cut, "E08"),
    "written by another program": (_write_by_another, "E08"),
    "replaced while the disk was away": (_replace_while_away, "E08"),
    "a conflict copy appears": (_conflict_copy, ""),
}


def under_us(count: int, seed: int, folder: Path) -> Result:
    """T12: the file is changed while idle and inside an action: nothing is written over it."""
    wrong, codes, lost, runs = [], Counter(), 0, 0
    for _ in range(count):
        for name, (change, expected) in CHANGES.items():
            for inside in (False, True):
                runs += 1
                kept_out = inside and change is _write_by_another  # SQLite's own lock refuses it
                wanted = "" if kept_out else expected
                told, gone, trouble = _one(folder, change, wanted, inside=inside, seed=seed)
                codes[told or "saved"] += 1
                lost += (
                    gone if change is not _cut else 0
                )  # cut off by others: what is older is in the backups
                if trouble:
                    wrong.append(f"{name}, {inside=}: {trouble}")
    shown = ", ".join(f"{code} x{times}" for code, times in sorted(codes.items()))
    return Result("T12", runs, lost, len(wrong), shown, "; ".join(wrong[:5]))


def _state(home: Path) -> dict[str, bytes]:
    return {
        p.name: p.read_bytes()
        for p in home.iterdir()
        if ".lock" not in p.name and not p.name.endswith("-journal")
    }


def _one(folder: Path, change, expected: str, *, inside: bool, seed: int) -> tuple[str, int, str]:
    path = put_book(folder / "under")
    copy = path.parent.parent / "mine.clusterbook"
    store = open_book(path)
    save(store, "before", random.Random(seed))
    told, after = "", {}
    try:
        with shim.watching(path.parent):
            if inside:
                with mock.patch("models.services.actions.add", _and_then(change, path)):
                    save(store, "after", random.Random(seed))
            else:
                change(path)
                after = _state_from_outside(path.parent)
                save(store, "after", random.Random(seed))
    except AppError as error:
        told = error.code if isinstance(error, FileTrouble) else type(error).__name__
    except Exception as escaped:  # noqa: BLE001 - reported
        return "escaped", 0, repr(escaped)[:200]
    return _judged(store, path, copy, (told, expected), after, inside=inside)


def _and_then(change, path: Path):
    """Adding an action, after which the file is changed under us, once."""
    from models.services import actions

    honest, done = actions.add, []

    def add(session, values):
        found = honest(session, values)
        if not done:
            done.append(change(path))
        return found

    return add


def _state_from_outside(home: Path) -> dict[str, bytes]:
    """As `_state`, read by another process: closing the file here would drop SQLite's locks on it."""
    ear, mouth = os.pipe()
    if (number := os.fork()) == 0:
        os.close(ear)
        with os.fdopen(mouth, "w") as out:
            json.dump({name: data.hex() for name, data in _state(home).items()}, out)
        os._exit(0)
    os.close(mouth)
    with os.fdopen(ear) as heard:
        found = {name: bytes.fromhex(data) for name, data in json.load(heard).items()}
    os.waitpid(number, 0)
    return found


def _judged(store: Store, path: Path, copy: Path, codes: tuple[str, str], after: dict, *, inside: bool):
    told, expected = codes
    trouble = ""
    if told != expected:
        trouble = f"told {told or 'nothing'}"
    if told == "E08":
        try:
            store.save_copy(copy)
        except AppError as error:
            trouble = trouble or (
                "" if path.exists() and path.stat().st_size < 10_000 else f"no copy: {error}"
            )
    store.close()
    if not inside and expected and {**after} != _state(path.parent):
        trouble = trouble or "something was written over the other version"
    wanted = {"before"} | ({"after"} if told == "" else set())
    kept = [path, copy, *path.parent.glob("*.clusterbook"), *(path.parent.parent / "backups").rglob("*.bak")]
    return told, len(wanted - set().union(*map(_marks, kept))), trouble


def _marks(path: Path) -> set[str]:
    """As `saved`; nothing of a file that is gone or damaged."""
    try:
        return saved(path) if path.exists() else set()
    except Torn:
        return set()


def _unguarded(count: int, seed: int, folder: Path) -> Result:
    """The control: without the look at the file before each write."""
    steady = guard.Seen(0, 0, 0, 0, 0)
    off = {"look": lambda *_: steady, "after_own_write": lambda *_: steady, "is_untouched": lambda *_: True}
    with mock.patch.multiple(guard, **off):
        return under_us(min(count, 1), seed, folder)


FAULTS = (
    Fault(
        "T11",
        "two windows, other computers, stale notes",
        two_writers,
        _naive_writers,
        (4, 25, 300),
        weight=15,
    ),
    Fault(
        "T12",
        "replaced, deleted, renamed, overwritten, cut under us",
        under_us,
        _unguarded,
        (1, 1, 60),
        weight=12,
    ),
)
