"""T04, T05: a write, sync, cut, opening or deletion fails; the disk is full."""

# ruff: noqa: S311 - the draws must be repeatable

import random
import resource
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count as from_
from pathlib import Path

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from models.errors import AppError, FileTrouble
from models.store import Store
from models.store.schema import book
from tests.faults import deeds, migrating, shim
from tests.faults.book import Torn, open_book, save, saved
from tests.faults.deeds import DEEDS, SAID
from tests.faults.result import Fault, Result

MOST_CALLS = 400
CALLS = [*range(1, 13), *range(13, 80, 4)]
"""Which calls fail: the first ones all, later ones here and there."""
FIVE_ROWS = 5
"""A draw that makes a save of five rows."""
CLOSED = ("restore", "migrate")
"""What is done to a book that is not open."""


class Escaped(Exception):
    """Something else than a sentence for the user got out."""


@dataclass
class Tally:
    """What is counted over many runs."""

    runs: int = 0
    lost: int = 0
    damaged: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def hear(self, do: Callable[[], object]) -> bool:
        """Do something, and note what the user is told. Whether it was done.

        Raises:
            Escaped: it was no sentence for the user.
        """
        try:
            do()
        except AppError as told:
            self.codes[told.code if isinstance(told, FileTrouble) else type(told).__name__] += 1
            return False
        except Exception as escaped:
            raise Escaped(f"{type(escaped).__name__} {escaped}"[:150]) from escaped
        return True

    def judge(
        self, path: Path, what: str, said: set[str], others: list[str], *, sticky: bool = False
    ) -> None:
        """Look at the book after a run: what was said must be there, nothing half, and nothing left about.

        `sticky`: the disk refused to delete, too, so that what the user was writing elsewhere stays; what
        belongs to the book and its backups is cleared away when it is next opened.
        """
        self.runs += 1
        try:
            missing = said - saved(path)
            store = open_book(path)
            faults = [*store.check(), *others]
            store.close()
        except (Torn, AppError, sqlite3.Error) as error:
            missing, faults = set(), [repr(error), *others]
        unfinished = [p for p in path.parent.parent.rglob("*") if p.name.endswith((".part", ".restoring"))]
        left = [p.name for p in unfinished if not (sticky and p.parent == path.parent)]
        self.lost += len(missing)
        self.damaged += bool(faults or left)
        if missing or faults or left:
            self.wrong.append(f"{what}: {sorted(missing)} {faults} {left}")

    def result(self, fault: str, note: str = "") -> Result:
        shown = ", ".join(f"{code} x{times}" for code, times in sorted(self.codes.items()) if times)
        return Result(
            fault, self.runs, self.lost, self.damaged, shown, "; ".join([note, *self.wrong[:3]]).strip("; ")
        )


Failing = Callable[[], AbstractContextManager[None]]
"""A disk that fails for as long as it is entered."""


def _one(tally: Tally, folder: Path, name: str, what: str, failing: Failing, *, sticky: bool) -> None:
    """Do a deed on a disk that fails, and look at what is left."""
    if name == "restore":
        _restore(tally, folder, what, failing)
    elif name == "migrate":
        _migrate(tally, folder, what, failing)
    else:
        _deed(tally, folder, name, what, failing, sticky=sticky)


def _deed(tally: Tally, folder: Path, name: str, what: str, failing: Failing, *, sticky: bool) -> None:
    path, deed, others, done = deeds.put_for_a_deed(folder / "failing"), DEEDS[name], [], False
    store = open_book(path)
    try:
        with failing():
            done = tally.hear(lambda: deed.do(store, path))
    except Escaped as escaped:
        others.append(str(escaped))
    said = deed.said() if done else deed.at_least()
    others += [*_goes_on(store, said), *deeds.half_written(path)]
    tally.judge(path, what, said, others, sticky=sticky)


def _restore(tally: Tally, folder: Path, what: str, failing: Failing) -> None:
    path, backup = deeds.put_to_restore(folder / "failing")
    others: list[str] = []
    try:
        with failing():
            tally.hear(lambda: deeds.restore(path, backup))
    except Escaped as escaped:
        others.append(str(escaped))
    tally.judge(path, what, {"t0"}, others)


def _migrate(tally: Tally, folder: Path, what: str, failing: Failing) -> None:
    path = migrating.older_book(folder / "failing", 1 + tally.runs % (book().number - 1))
    before, rows = path.read_bytes(), migrating.rows_of(path)
    others: list[str] = []
    try:
        with failing():
            tally.hear(lambda: open_book(path).close())
    except Escaped as escaped:
        others.append(str(escaped))
    trouble = migrating.after_a_stop(path, before, rows)
    tally.judge(path, what, set(), [*others, *([trouble] if trouble else [])])


def _goes_on(store: Store, said: set[str]) -> list[str]:
    """The app goes on: with the disk back, the next save works, unless saving was stopped for good."""
    try:
        save(store, "after", random.Random(5))
        said.add("after")
    except FileTrouble as told:
        return [] if told.code == "E09" else [f"no save after it: {told.code}"]
    except Exception as escaped:  # noqa: BLE001 - reported
        return [f"no save after it: {escaped!r}"[:150]]
    finally:
        store.close()
    return []


def kth_call(count: int, seed: int, folder: Path) -> Result:
    """T04: every call of every deed fails, with EIO and ENOSPC, once and from then on; `count` of each."""
    tally, draw, reached = Tally(), random.Random(seed), True
    deeds.ready()

    @contextmanager
    def failing(call: int, error: str, *, sticky: bool) -> Iterator[None]:
        nonlocal reached
        with shim.watching(folder / "failing"):
            shim.arm(call, shim.ERRORS[error], sticky=sticky)
            yield
            reached = shim.count() >= call

    for name in (*DEEDS, *CLOSED):
        for error in shim.ERRORS:
            for sticky in (False, True):
                calls = from_(1) if count >= MOST_CALLS else iter(sorted(draw.sample(CALLS, count)))
                for call in calls:
                    what = f"{name} {error} {call} {sticky=}"
                    disk = partial(failing, call, error, sticky=sticky)
                    _one(tally, folder, name, what, disk, sticky=sticky)
                    if not reached:
                        break
    return tally.result("T04", f"deeds: {', '.join((*DEEDS, *CLOSED))}")


@contextmanager
def _each_statement_by_itself() -> Iterator[None]:
    """The store's transactions are none: what there is so far is committed before each row."""

    def before(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith("INSERT INTO ACTION"):
            connection.connection.driver_connection.execute("COMMIT")
            connection.connection.driver_connection.execute("BEGIN IMMEDIATE")

    event.listen(Engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", before)


def _no_transaction(count: int, seed: int, folder: Path) -> Result:
    """The control: a save whose statements are committed one by one, and whose disk fails between them."""
    tally, calls = Tally(), 0
    times = max(2, min(count, 4))
    for run in range(times + 1):
        path = deeds.put_for_a_deed(folder / "one by one")
        store = open_book(path)
        with shim.watching(path.parent), _each_statement_by_itself(), suppress(AppError):
            shim.arm(calls * (run + 1) // (times + 3), shim.ERRORS["EIO"], sticky=True)
            save(store, "failing", random.Random(FIVE_ROWS))
            calls = calls or shim.count()  # the first only counts
        store.close()
        if run:
            tally.judge(path, f"{run}", set(SAID), [], sticky=True)
    return tally.result("T04", f"seed {seed}, {calls} calls")


@contextmanager
def _no_file_larger_than(most: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def disk_full(count: int, seed: int, folder: Path) -> Result:
    """T05: no file may grow beyond `count` sizes while a book is saved, exported, restored, upgraded."""
    tally, draw = Tally(), random.Random(seed)
    deeds.ready()
    for name in (*DEEDS, *CLOSED):
        for _ in range(count):
            most = draw.choice([0, 100, 4096, 20_000, draw.randrange(1_000_000), 1_599_999])
            _one(tally, folder, name, f"{name} {most}", partial(_no_file_larger_than, most), sticky=False)
    return tally.result("T05", "by RLIMIT_FSIZE, which SQLite reports as an I/O error; T04 has ENOSPC")


def _written_in_place(count: int, seed: int, folder: Path) -> Result:
    """The control: a paper written straight over the old one."""
    tally, draw = Tally(), random.Random(seed)
    for _ in range(min(count, 3)):
        path = deeds.put_for_a_deed(folder / "in place")
        with _no_file_larger_than(draw.randrange(10, 4000)), suppress(OSError):
            path.with_name("pack.pdf").write_bytes(deeds.ready().pack)
        tally.judge(path, "in place", set(), deeds.half_written(path))
    return tally.result("T05")


FAULTS = (
    Fault(
        "T04",
        "the k-th write, sync, cut or opening fails",
        kth_call,
        _no_transaction,
        (1, 4, MOST_CALLS),
        needs_shim=True,
        weight=60,
    ),
    Fault("T05", "disk full", disk_full, _written_in_place, (1, 4, 200), weight=20),
)
