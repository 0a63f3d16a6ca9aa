"""T01, T03: the process is killed while it saves, and again while the book is being put right."""

# ruff: noqa: S311 - the draws must be repeatable

import os
import random
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from unittest import mock

from models.store import Store, engine
from models.store.header import has_bytes, journal
from tests.faults import shim
from tests.faults.book import Torn, child, open_book, put_book, save, saved
from tests.faults.result import Fault, Result

ONE_BOOK = 50
"""Kills of one growing book; then it is looked at throughout, and the next begins with the sample again."""


@dataclass
class Chain:
    """One book that is killed again and again; each child first puts right what the last one left.

    Attributes:
        said: the batches that were said to be saved.
        wrong: kills after which something was not as it must be.
    """

    path: Path
    said: set[str] = field(default_factory=set)
    lost: int = 0
    damaged: int = 0
    hot: int = 0
    told: int = 0
    wrong: list[int] = field(default_factory=list)

    def judge(self, number: int, report: str) -> None:
        """Take down what a child found when it opened the book: was it told of, what is lost, is it whole."""
        was_told, missing, torn = (int(word) for word in report.split())
        self.told += was_told
        self.lost += missing
        self.damaged += torn
        if missing or torn:
            self.wrong.append(number)

    def look(self, number: int) -> None:
        """Open the book a last time, and look at every page."""
        ear, mouth = os.pipe()
        child(partial(_look_and_close, self, mouth))
        os.close(mouth)
        with os.fdopen(ear) as heard:
            self.judge(number, heard.read() or "0 0 1")


def _report(chain: Chain, path: Path, *, deep: bool) -> tuple[Store, str]:
    """Open the book as the app does; what became of it, in three numbers."""
    store = open_book(path)
    was_told = "recovered" in [notice.code for notice in store.notices]
    faults = store.check() if deep else []
    try:
        missing = len(chain.said - saved(path, deep=deep))
    except Torn:
        missing, faults = 0, ["torn"]
    return store, f"{was_told:d} {missing} {bool(faults):d}\n"


def _look_and_close(chain: Chain, mouth: int) -> None:
    store, words = _report(chain, chain.path, deep=True)
    store.close()
    os.write(mouth, words.encode())


def _save_for_ever(chain: Chain, seed: int, mouth: int, *, deep: bool) -> None:
    draw, number = random.Random(seed), 0
    store, words = _report(chain, chain.path, deep=deep)
    os.write(mouth, words.encode())
    while True:
        number += 1
        save(store, f"{seed}.{number}", draw)
        os.write(mouth, f"{seed}.{number}\n".encode())


def _killed(chain: Chain, seed: int, draw: random.Random, *, deep: bool) -> tuple[str, set[str]]:
    """Let a child open and save, kill it inside a save: what it found, and what it said was saved."""
    ear, mouth = os.pipe()
    number = os.fork()
    if number == 0:
        try:
            _save_for_ever(chain, seed, mouth, deep=deep)
        finally:
            os._exit(1)
    os.close(mouth)
    heard, enough = b"", 1 + draw.randrange(1, 4)
    while heard.count(b"\n") < enough and (more := os.read(ear, 4096)):
        heard += more
    select.select([], [], [], draw.uniform(0, 0.015))
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)
    while more := os.read(ear, 65536):
        heard += more
    os.close(ear)
    report, *marks = heard.decode().split("\n")[:-1] or ["0 0 1"]  # the book did not open
    return report, set(marks)


def while_saving(count: int, seed: int, folder: Path) -> Result:
    """T01: kill a process that saves, again and again. The next one to open the book looks what is there."""
    draw = random.Random(seed)
    batches, chains = 0, []
    for first in range(0, count, ONE_BOOK):
        chain = Chain(put_book(folder / "saving"))
        chains.append(chain)
        for run in range(first, min(first + ONE_BOOK, count)):
            report, marks = _killed(chain, seed * 100_000 + run, draw, deep=run % 10 == 9)
            chain.judge(run - 1, report)
            chain.said |= marks
            chain.hot += has_bytes(journal(chain.path))
        chain.look(run)
        batches += len(chain.said)
    hot, told = sum(chain.hot for chain in chains), sum(chain.told for chain in chains)
    damaged = sum(chain.damaged for chain in chains) + hot - told
    note = f"{batches} batches said to be saved; {hot} kills inside a save, {told} told of"
    wrong = [number for chain in chains for number in chain.wrong]
    note += f"; wrong runs {wrong[:5]}" if wrong else ""
    return Result("T01", count, sum(chain.lost for chain in chains), damaged, "recovered", note)


@contextmanager
def softer(**pragmas: tuple[str, object]) -> Iterator[None]:
    """A book opened here is written with other settings than ours: what is asked, and the answer."""
    changed = tuple((name, *pragmas.get(name, (asked, told))) for name, asked, told in engine.WRITING_PRAGMAS)
    with mock.patch.object(engine, "WRITING_PRAGMAS", changed):
        yield


def _save_and_die(path: Path, call: int, counted: Path) -> None:
    """Save what was said, and die at a call of the next save; at call 0 live, and count the calls."""
    with shim.watching(path.parent):
        store = open_book(path)
        steady = random.Random(7)
        for mark in SAID:
            save(store, mark, steady)
        shim.arm(call, shim.KILL)
        save(store, "dies", steady)
        counted.write_text(str(shim.count()))


SAID = ("h0", "h1", "h2")


def calls_of_a_save(path: Path) -> int:
    """How many calls one save makes; the book is as before."""
    whole, counted = path.read_bytes(), path.parent.parent / "calls"
    child(partial(_save_and_die, path, 0, counted))
    path.write_bytes(whole)
    journal(path).unlink(missing_ok=True)
    return int(counted.read_text())


def _without_journal(count: int, seed: int, folder: Path) -> Result:
    """The control: SQLite keeps no journal. Killed between two pages of a save, chosen and not drawn."""
    lost = damaged = 0
    times = max(3, min(count, 6))
    with softer(journal_mode=("OFF", "off")):
        calls = calls_of_a_save(put_book(folder / "no journal"))
        for run in range(times):
            path = put_book(folder / "no journal")
            if child(partial(_save_and_die, path, 2 + run * (calls - 3) // times, path)) != -signal.SIGKILL:
                raise RuntimeError("the save was not killed")
            lost_now, damaged_now = _outcome(path, set(SAID))
            lost, damaged = lost + lost_now, damaged + damaged_now
    return Result("T01", times, lost, damaged, "", f"{calls} calls, seed {seed}")


def leave_hot(path: Path, before_the_end: int, calls: int) -> None:
    """Save some, then die inside a save, at a write into the book itself: a journal to roll back stays."""
    # the last calls of a save: pages into the book, one by one, its sync, the cut of the journal, its sync
    status = child(partial(_save_and_die, path, calls - before_the_end, path))
    if status != -signal.SIGKILL:
        raise RuntimeError(f"the save ended with {status}, and not by a kill")


def in_recovery(count: int, seed: int, folder: Path, *, forget: bool = False) -> Result:
    """T03: die inside a save, then up to three times at any call of the recovery; `forget`: no journal."""
    draw = random.Random(seed)
    lost = damaged = hot = again = 0
    calls = calls_of_a_save(put_book(folder / "recovery"))
    for _ in range(count):
        path = put_book(folder / "recovery")
        leave_hot(path, draw.randrange(5, 15), calls)
        hot += has_bytes(journal(path))
        if forget:
            journal(path).unlink()
        for _ in range(draw.randrange(1, 4)):
            again += child(partial(_open_and_die, path, draw.randrange(1, 9))) == -signal.SIGKILL
        if forget:
            journal(path).unlink(missing_ok=True)
        lost_now, damaged_now = _outcome(path, set(SAID))
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


FAULTS = (
    Fault(
        "T01",
        "kill -9 while saving",
        while_saving,
        _without_journal,
        (6, 200, 2000),
        needs_shim=True,
        weight=45,
    ),
    Fault(
        "T03",
        "kill while recovering, again and again",
        in_recovery,
        _no_journal,
        (2, 40, 1000),
        needs_shim=True,
    ),
)
