"""T01, T03: the process is killed while it saves, and again while the book is being put right."""

# ruff: noqa: S311 - the draws must be repeatable

import os
import random
import select
import signal
from functools import partial
from pathlib import Path

from models.store.header import has_bytes, journal
from tests.faults import shim
from tests.faults.book import Torn, child, open_book, put_book, save, saved
from tests.faults.result import Fault, Result


def _save_for_ever(path: Path, seed: int, said: int, *, lie: bool) -> None:
    draw = random.Random(seed)
    store = open_book(path)
    number = 0
    while True:
        number += 1
        mark = f"{seed}.{number}"
        if lie:
            os.write(said, f"{mark}\n".encode())
            signal.pause()
        save(store, mark, draw)
        os.write(said, f"{mark}\n".encode())


def _killed(path: Path, seed: int, draw: random.Random, *, lie: bool) -> set[str]:
    """Let a child save, kill it in the middle of a save, and return what it had said."""
    ear, mouth = os.pipe()
    number = os.fork()
    if number == 0:
        try:
            _save_for_ever(path, seed, mouth, lie=lie)
        finally:
            os._exit(1)
    os.close(mouth)
    heard, enough = b"", 1 if lie else draw.randrange(1, 5)
    while heard.count(b"\n") < enough:
        more = os.read(ear, 4096)
        if not more:
            raise RuntimeError(f"the child {seed} ended by itself")
        heard += more
    select.select([], [], [], 0 if lie else draw.uniform(0, 0.015))
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)
    while more := os.read(ear, 65536):
        heard += more
    os.close(ear)
    return set(heard.decode().split("\n")[:-1])


def while_saving(count: int, seed: int, folder: Path, *, lie: bool = False) -> Result:
    """T01: kill a process that saves, again and again, in one growing book."""
    draw = random.Random(seed)
    path = put_book(folder / "saving")
    said: set[str] = set()
    lost = damaged = hot = recovered = 0
    wrong = []
    for run in range(count):
        said |= _killed(path, seed * 100_000 + run, draw, lie=lie)
        was_hot = has_bytes(journal(path))
        hot += was_hot
        store = open_book(path)
        recovered += was_hot and "recovered" in [notice.code for notice in store.notices]
        faults = store.check()
        store.close()
        try:
            missing = said - saved(path)
        except Torn:
            missing, faults = set(), ["torn"]
        lost += len(missing)
        damaged += bool(faults)
        said -= missing
        if missing or faults:
            wrong.append(run)
    note = f"{len(said)} batches said; {hot} kills inside a save, {recovered} told of"
    damaged += hot - recovered
    return Result(
        "T01", count, lost, damaged, "recovered", note + (f"; wrong runs {wrong[:5]}" if wrong else "")
    )


def _leave_hot(path: Path, draw: random.Random) -> set[str]:
    """Save some, then die inside a save, at a write into the book itself: a journal to roll back stays."""
    said = {f"h{n}" for n in range(3)}
    whole = path.read_bytes()
    counted = path.parent.parent / "calls"

    def work(call: int) -> None:
        with shim.watching(path.parent):
            store = open_book(path)
            steady = random.Random(7)
            for mark in sorted(said):
                save(store, mark, steady)
            shim.arm(call, shim.KILL)
            save(store, "dies", steady)
            counted.write_text(str(shim.count()))

    child(partial(work, 0))
    path.write_bytes(whole)
    # the last calls of a save: pages into the book, one by one, its sync, the cut of the journal, its sync
    status = child(partial(work, int(counted.read_text()) - draw.randrange(5, 15)))
    if status != -signal.SIGKILL:
        raise RuntimeError(f"the save ended with {status}, and not by a kill")
    return said


def in_recovery(count: int, seed: int, folder: Path, *, forget: bool = False) -> Result:
    """T03: die inside a save, then up to three times at any call of the recovery; `forget`: no journal."""
    draw = random.Random(seed)
    lost = damaged = hot = again = 0
    for _ in range(count):
        path = put_book(folder / "recovery")
        said = _leave_hot(path, draw)
        hot += has_bytes(journal(path))
        if forget:
            journal(path).unlink()
        for _ in range(draw.randrange(1, 4)):
            again += child(partial(_open_and_die, path, draw.randrange(1, 9))) == -signal.SIGKILL
        if forget:
            journal(path).unlink(missing_ok=True)
        lost_now, damaged_now = _outcome(path, said)
        lost += lost_now
        damaged += damaged_now
    return Result(
        "T03", count, lost, damaged, "recovered", f"{hot} journals left, {again} deaths in the recovery"
    )


def _open_and_die(path: Path, call: int) -> None:
    with shim.watching(path.parent):
        shim.arm(call, shim.KILL)
        open_book(path).close()


def _outcome(path: Path, said: set[str]) -> tuple[int, int]:
    """Lost batches and whether the book is damaged, after it was opened by the app."""
    try:
        store = open_book(path)
        faults = store.check()
        store.close()
        return len(said - saved(path)), bool(faults)
    except Exception:  # noqa: BLE001 - whatever it is, the book did not come back
        return 0, 1


def _no_journal(count: int, seed: int, folder: Path) -> Result:
    return in_recovery(min(count, 6), seed, folder, forget=True)


def _lying(count: int, seed: int, folder: Path) -> Result:
    return while_saving(min(count, 3), seed, folder, lie=True)


FAULTS = (
    Fault("T01", "kill -9 while saving", while_saving, _lying, (4, 200, 2000)),
    Fault(
        "T03",
        "kill while recovering, again and again",
        in_recovery,
        _no_journal,
        (2, 100, 1000),
        needs_shim=True,
    ),
)
