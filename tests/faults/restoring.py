"""T13 to T15: restores and backups that are killed, backups under load, clocks that jump."""

# ruff: noqa: S311, ARG001 - the draws must be repeatable; what is replaced has its arguments

import datetime as dt
import os
import random
import shutil
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from unittest import mock

from models.errors import AppError, FileTrouble
from models.store import Setup, Store, backup, retention
from models.store.engine import connect
from tests.faults import shim
from tests.faults.book import CLOCK, Torn, child, open_book, put_book, save, saved, setup_in
from tests.faults.result import Fault, Result

CALLS = [*range(1, 40), *range(40, 400, 9)]
Restore = Callable[[Path, Path], None]


def _restore(path: Path, source: Path) -> None:
    Store.restore(path, source, setup=setup_in(path.parent.parent)).close()


def _copy_over(path: Path, source: Path) -> None:
    """The control: the backup copied over the book, byte by byte."""
    whole = source.read_bytes()
    with path.open("wb", buffering=0) as file:
        for at in range(0, len(whole), 65536):
            file.write(whole[at : at + 65536])


def _dies(path: Path, source: Path, call: int, restore: Restore) -> None:
    with shim.watching(path.parent):
        shim.arm(call, shim.KILL)
        restore(path, source)


def killed_restore(
    count: int, seed: int, folder: Path, *, restore: Restore = _restore, calls: Sequence[int] = ()
) -> Result:
    """T13: a restore over a sound and over a damaged book dies at any call (or `calls`), sometimes twice."""
    draw, codes, wrong, lost = random.Random(seed), Counter(), [], 0
    for run in range(count):
        path = put_book(folder / "restore", "t0")
        store = open_book(path)
        made = store.back_up()
        save(store, "t1", random.Random(1))
        store.close()
        healthy = run % 2 == 0
        if not healthy:
            path.write_bytes(path.read_bytes()[:9000])
        # a sound book is written page by page; a damaged one is exchanged in a few calls
        call = draw.choice(CALLS[::4]) if healthy else draw.randrange(1, 60)
        call = calls[run % len(calls)] if calls else call
        for _ in range(draw.randrange(1, 3)):
            status = child(partial(_dies, path, made.path, call, restore))
            codes["killed" if status == -signal.SIGKILL else "done"] += 1
        found, trouble = _after_restore(path, made.path, healthy=healthy)
        lost += "t0" not in found
        if trouble:
            wrong.append(f"{healthy=}, call {call}: {trouble}")
    shown = ", ".join(f"{code} x{times}" for code, times in sorted(codes.items()))
    return Result("T13", count, lost, len(wrong), shown, "; ".join(wrong[:5]))


def _after_restore(path: Path, source: Path, *, healthy: bool) -> tuple[set[str], str]:
    """What the book holds when it is opened again, and what is wrong: it must be the old or the new one."""
    try:
        try:
            store = open_book(path)
        except FileTrouble:
            if healthy:
                raise
            _restore(path, source)  # the damaged book still stands: what its user was told to do
            store = open_book(path)
        faults = store.check()
        store.close()
        found = saved(path)
    except (AppError, Torn, sqlite3.Error) as error:
        return set(), repr(error)
    if not healthy and not list(path.parent.glob("*.damaged-*.clusterbook")):
        faults.append("the damaged file was not kept")
    left = [
        p.name for p in path.parent.iterdir() if p.name.endswith((".restoring", ".part", ".restore.json"))
    ]
    return found, str(faults or left or ("" if "t0" in found else found))


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version=999")


def _planted(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TRIGGER planted AFTER INSERT ON school BEGIN DELETE FROM school; END")


def _of_another_book(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE meta SET file_uuid = 'another'")


SPOILT: dict[str, Callable[[Path], object]] = {
    "emptied": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "zeroed": lambda path: path.write_bytes(path.read_bytes()[:8192] + bytes(path.stat().st_size - 8192)),
    "no book": lambda path: path.write_bytes(b"Dear colleague"),
    "newer": _newer,
    "planted": _planted,
    "of another book": _of_another_book,
    "not as its sum says": lambda path: path.write_bytes(path.read_bytes()[:-1] + b"?"),
}


def _refusals(folder: Path, restore: Restore) -> list[str]:
    """Backups that are not whole or not ours: what is restored all the same, or harms the book."""
    wrong = []
    for name, spoil in SPOILT.items():
        path = put_book(folder / "spoilt", "t0")
        with closing(open_book(path)) as store:
            made = store.back_up().path
        spoil(made)
        if name != "not as its sum says":
            made.with_name(f"{made.name}.sha256").write_text(f"{backup.digest(made)}  {made.name}\n", "utf-8")
        before = path.read_bytes()
        try:
            restore(path, made)
            wrong.append(f"a backup that is {name} was restored")
        except AppError:
            wrong += [f"{name}: the book was changed"] if path.read_bytes() != before else []
            wrong += [f"{name}: {p.name} was left" for p in path.parent.iterdir() if p != path]
    return wrong


def restores(count: int, seed: int, folder: Path) -> Result:
    """T13: restores that are killed, and backups that must be refused."""
    found, wrong = killed_restore(count, seed, folder), _refusals(folder, _restore)
    note = "; ".join(part for part in ("refused: not whole, or not ours", found.note, *wrong) if part)
    shown = f"{found.message}, refused x{len(SPOILT)}"
    return Result("T13", count + len(SPOILT), found.lost, found.damaged + len(wrong), shown, note)


def _naive_restore(count: int, seed: int, folder: Path) -> Result:
    """The control: the backup copied over the book, and killed between two of its 25 writes."""
    found = killed_restore(max(4, min(count, 8)), seed, folder, restore=_copy_over, calls=(3, 9, 15, 21))
    wrong = _refusals(folder, _copy_over)
    return Result("T13", found.runs + len(SPOILT), found.lost, found.damaged + len(wrong))


# -- T14

Copy = Callable[[Path, Path, int], Path]
"""Makes a copy of a book in a folder; the number is where another process says each of its saves."""


def _save_for_ever(path: Path, seed: int, mouth: int) -> None:
    draw, store, number = random.Random(seed), open_book(path), 0
    while True:
        number += 1
        save(store, f"load{number}", draw)
        os.write(mouth, b".")


def _back_up_and_die(path: Path, call: int) -> None:
    store = open_book(path)
    with shim.watching(path.parent.parent / "backups"):
        shim.arm(call, shim.KILL)
        store.back_up()


def backups(count: int, seed: int, folder: Path) -> Result:
    """T14: a backup dies at any call, and backups are made while another process saves without a pause."""
    draw, wrong, codes = random.Random(seed), [], Counter()
    for _ in range(count):
        path = put_book(folder / "backup", "t0")
        call = draw.choice(range(1, 16))
        status = child(partial(_back_up_and_die, path, call))
        codes["killed" if status == -signal.SIGKILL else "done"] += 1
        store = open_book(path)
        store.back_up()
        wrong += [f"call {call}: {one.path.name}" for one in store.backups() if not _whole(one.path, {"t0"})]
        wrong += [f"call {call} left {p.name}" for p in (folder / "backup").rglob("*.part*")]
        store.close()
    saves, torn = _under_load(count, seed, folder, _own_backup)
    shown = ", ".join(f"{code} x{times}" for code, times in sorted(codes.items()))
    note = "; ".join([f"{saves} saves during {count} backups", *(wrong + torn)[:5]])
    return Result("T14", 2 * count, 0, len(wrong + torn), shown, note)


def _whole(path: Path, at_least: set[str]) -> bool:
    try:
        return at_least <= saved(path)
    except Torn:
        return False


def _under_load(count: int, seed: int, folder: Path, copy: Copy) -> tuple[int, list[str]]:
    """Copy a book while another process saves: how many saves there were meanwhile, and what is not whole."""
    path = put_book(folder / "load", "t0")
    ear, mouth = os.pipe()
    number = os.fork()
    if number == 0:
        try:
            _save_for_ever(path, seed, mouth)
        finally:
            os._exit(1)
    os.close(mouth)
    wrong, saves = [], 0
    try:
        for run in range(count):
            saves += len(os.read(ear, 1 << 16))  # another save, at least one, for each copy
            try:
                made = copy(path, folder / "load" / "copies", ear)
            except AppError as told:
                if not isinstance(told, FileTrouble):
                    wrong.append(f"{run}: {told!r}")
                continue
            if not _whole(made, {"t0"}):
                wrong.append(f"under load {run}")
    finally:
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
        os.close(ear)
    return saves, wrong


def _own_backup(path: Path, folder: Path, _: int) -> Path:
    with closing(connect(path, "ro")) as raw:
        return backup.make(raw, folder, "book", "by-hand", lambda: CLOCK).path


def _plain_copy(path: Path, folder: Path, ear: int) -> Path:
    """A file copied as any program copies one, page by page; the other process saves once in the middle."""
    folder.mkdir(exist_ok=True)
    made = folder / "copy"
    with path.open("rb") as source, made.open("wb") as target:
        target.write(source.read(path.stat().st_size // 2))
        for _ in range(2):  # the first may have been said before
            os.read(ear, 1 << 16)
        shutil.copyfileobj(source, target)
    return made


def _copied_file(count: int, seed: int, folder: Path) -> Result:
    """The control: plain copies under load."""
    times = max(3, min(count, 10))
    _, torn = _under_load(times, seed, folder, _plain_copy)
    return Result("T14", times, 0, len(torn))


# -- T15


class Clock:
    """A clock that can be set."""

    def __init__(self) -> None:
        self.now = CLOCK

    def __call__(self) -> dt.datetime:
        return self.now


JUMPS = (
    dt.timedelta(days=11 * 365),
    dt.timedelta(days=-46 * 365),
    dt.timedelta(hours=1),
    dt.timedelta(hours=-1),
    dt.timedelta(days=-1),
)
DAYS = 14


def clocks(count: int, seed: int, folder: Path) -> Result:
    """T15: the clock jumps and comes back: backups stay, in their order, and nothing is dated anew."""
    wrong, lost, runs = [], 0, 0
    for jump in (JUMPS * count)[: max(count, 2)]:
        runs += 1
        clock = Clock()
        path = put_book(folder / "clock")
        setup = Setup(backups=folder / "clock" / "backups", clock=clock)
        claims = _claims(path)
        said = set()
        for number, day in enumerate([*range(DAYS), None, None, DAYS]):
            clock.now = CLOCK + (dt.timedelta(days=DAYS) + jump if day is None else dt.timedelta(days=day))
            store = Store.open(path, setup=setup)
            save(store, f"c{number}", random.Random(seed + number))
            said.add(f"c{number}")
            store.close()
        store = Store.open(path, setup=setup)
        there, steps, faults = store.backups(), [step.name for step in store.steps()], store.check()
        store.close()
        lost += len(said - saved(path))
        if (
            len(there) < 10
            or there[0].seq != max(one.seq for one in there)
            or not _whole(there[0].path, said)
        ):
            wrong.append(f"{jump}: {len(there)} backups")
        if steps[: len(said)] != [f"Batch c{n}" for n in range(len(said) - 1, -1, -1)] or faults:
            wrong.append(f"{jump}: history {steps[:5]} {faults}")
        if _claims(path) != claims:
            wrong.append(f"{jump}: claims dated anew")
    return Result("T15", runs, lost, len(wrong), "", "; ".join(wrong[:5]))


def _claims(path: Path) -> list:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute("SELECT * FROM claim_event ORDER BY id").fetchall()


def _by_age(count: int, seed: int, folder: Path) -> Result:
    """The control: backups thinned by their age."""

    def young(there, today, made_now=(), most_bytes=0):
        return [one for one in there if abs((today - one.made.date()).days) <= 30 or one.path in made_now]

    with mock.patch.object(retention, "kept", young):
        return clocks(min(count, 2), seed, folder)


FAULTS = (
    Fault(
        "T13",
        "a restore is killed, or of a spoilt backup",
        restores,
        _naive_restore,
        (4, 30, 1000),
        needs_shim=True,
    ),
    Fault(
        "T14", "a backup is killed, and made under load", backups, _copied_file, (3, 30, 600), needs_shim=True
    ),
    Fault("T15", "clocks that jump", clocks, _by_age, (2, 5, 10)),
)
