"""T04, T05: a write, sync, cut, opening or deletion fails; the disk is full."""

# ruff: noqa: S311, ARG001 - the draws must be repeatable; deeds and runs have one shape each

import random
import resource
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count as from_
from pathlib import Path

from models.errors import AppError, FileTrouble
from models.queries.everything import everything
from models.store import Store
from reports.workbook import write_export
from tests.faults import shim
from tests.faults.book import Torn, open_book, put_book, save, saved, setup_in
from tests.faults.result import Fault, Result

MOST_CALLS = 400
CALLS = [*range(1, 13), *range(13, 80, 4)]
"""Which calls fail: the first ones all, later ones here and there."""
SAID = ["t0", "t1"]


@dataclass
class Tally:
    """What is counted over many runs."""

    runs: int = 0
    lost: int = 0
    damaged: int = 0
    codes: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def judge(
        self,
        path: Path,
        what: str,
        said: set[str],
        others: list[str] | None = None,
        *,
        leaves_parts: bool = False,
    ) -> None:
        """Look at the book after a run: what was said must be there, nothing half, and nothing left about.

        `leaves_parts`: the disk may have refused to delete, so that an unfinished file stays.
        """
        self.runs += 1
        try:
            missing = said - saved(path)
            store = open_book(path)
            faults = [*store.check(), *(others or [])]
            store.close()
        except (Torn, AppError, sqlite3.Error) as error:
            missing, faults = set(), [repr(error)]
        left = (
            []
            if leaves_parts
            else [p.name for p in path.parent.parent.rglob("*") if p.name.endswith((".part", ".restoring"))]
        )
        self.lost += len(missing)
        self.damaged += bool(faults or left)
        if missing or faults or left:
            self.wrong.append(f"{what}: {sorted(missing)} {faults} {left}")

    def result(self, fault: str, note: str = "") -> Result:
        shown = ", ".join(f"{code} x{times}" for code, times in sorted(self.codes.items()))
        return Result(
            fault, self.runs, self.lost, self.damaged, shown, "; ".join([note, *self.wrong[:3]]).strip("; ")
        )


Deed = Callable[[Store, Path], None]


def _save(store: Store, path: Path) -> None:
    save(store, "failing", random.Random(3))


def _back_up(store: Store, path: Path) -> None:
    store.back_up()


def _copy(store: Store, path: Path) -> None:
    store.save_copy(path.with_name("copy.clusterbook"))


def _export(store: Store, path: Path) -> None:
    with store.read() as session:
        found = everything(session)
    write_export(path.with_name("list.xlsx"), found[:3])


def _undo(store: Store, path: Path) -> None:
    store.undo()


DEEDS: dict[str, Deed] = {"save": _save, "undo": _undo, "back-up": _back_up, "copy": _copy, "export": _export}


def _one(tally: Tally, folder: Path, name: str, call: int, error: str, *, sticky: bool) -> bool:
    """Do a deed whose n-th call fails. False once no call was left to fail."""
    path = put_book(folder / "failing", *SAID)
    old = path.with_name("list.xlsx")
    old.write_bytes(b"the list of last year")
    said = set(SAID) - ({"t1"} if name == "undo" else set())
    with shim.watching(path.parent.parent):
        store = open_book(path)
        shim.arm(call, shim.ERRORS[error], sticky=sticky)
        try:
            DEEDS[name](store, path)
            said |= {"failing"} if name == "save" else set()
            hit = shim.count() >= call
            tally.codes["done all the same"] += hit
        except AppError as told:
            hit = True
            tally.codes[told.code if isinstance(told, FileTrouble) else type(told).__name__] += 1
        except Exception as escaped:  # noqa: BLE001 - counted: nothing else may ever get out
            hit = True
            tally.wrong.append(f"{name} {error} {call}: {type(escaped).__name__}")
            tally.damaged += 1
    if not hit:
        store.close()
        return False
    others = _goes_on(store, said)
    tally.judge(
        path, f"{name} {error} {call} {sticky=}", said, [*others, *_half_written(old)], leaves_parts=True
    )
    return True


def _goes_on(store: Store, said: set[str]) -> list[str]:
    """The app goes on: with the disk back, the next save works, unless saving was stopped for good."""
    try:
        save(store, "after", random.Random(5))
        said.add("after")
    except FileTrouble as told:
        return [] if told.code in {"E06", "E08", "E09"} else [f"no save after it: {told.code}"]
    finally:
        store.close()
    return []


def _half_written(old: Path) -> list[str]:
    """A list that stood there is either as it was or a whole new workbook."""
    content = old.read_bytes()
    whole = content == b"the list of last year" or (
        content[:2] == b"PK" and b"[Content_Types].xml" in content[-4000:]
    )
    return [] if whole else ["a list was half-written over the old one"]


def kth_call(count: int, seed: int, folder: Path) -> Result:
    """T04: every call of every deed fails, with EIO and ENOSPC, once and from then on; `count` of each."""
    tally = Tally()
    draw = random.Random(seed)
    for name in DEEDS:
        for error in shim.ERRORS:
            for sticky in (False, True):
                calls = from_(1) if count >= MOST_CALLS else iter(sorted(draw.sample(CALLS, count)))
                for call in calls:
                    if not _one(tally, folder, name, call, error, sticky=sticky):
                        break
    return tally.result("T04")


def _swallowed(count: int, seed: int, folder: Path) -> Result:
    """The control: an app that takes a failed save for a saved one."""
    tally = Tally()
    path = put_book(folder / "swallowed")
    with shim.watching(path.parent):
        store = open_book(path)
        shim.arm(6, shim.ERRORS["EIO"], sticky=True)
        with suppress(AppError):
            save(store, "swallowed", random.Random(seed))
    store.close()
    tally.judge(path, "swallowed", {"swallowed"})
    return tally.result("T04")


@contextmanager
def _no_file_larger_than(most: int):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def disk_full(count: int, seed: int, folder: Path) -> Result:
    """T05: no file may grow beyond `count` sizes while a book is saved, backed up, exported, restored."""
    tally = Tally()
    draw = random.Random(seed)
    for name in (*DEEDS, "restore"):
        for _ in range(count):
            most = draw.choice([0, 100, 4096, 20_000, draw.randrange(1_000_000), 1_599_999])
            deed = _restore_full if name == "restore" else _full
            deed(tally, folder, name, most)
    return tally.result("T05", "by RLIMIT_FSIZE, which SQLite reports as an I/O error; T04 has ENOSPC")


def _full(tally: Tally, folder: Path, name: str, most: int) -> None:
    path = put_book(folder / "full", *SAID)
    old = path.with_name("list.xlsx")
    old.write_bytes(b"the list of last year")
    store = open_book(path)
    said = set(SAID)
    try:
        with _no_file_larger_than(most):
            DEEDS[name](store, path)
        said = {"t0"} if name == "undo" else said | ({"failing"} if name == "save" else set())
    except AppError as told:
        tally.codes[told.code if isinstance(told, FileTrouble) else type(told).__name__] += 1
        said -= {"t1"} if name == "undo" else set()
    except Exception as escaped:  # noqa: BLE001 - counted: nothing else may ever get out
        tally.damaged += 1
        tally.wrong.append(f"{name} {most}: {type(escaped).__name__}")
    others = _goes_on(store, said)
    tally.judge(path, f"{name} {most}", said, [*others, *_half_written(old)])


def _restore_full(tally: Tally, folder: Path, name: str, most: int) -> None:
    path = put_book(folder / "full")
    store = open_book(path)
    save(store, "t0", random.Random(1))
    made = store.back_up()
    save(store, "t1", random.Random(1))
    store.close()
    said = set(SAID)
    try:
        with _no_file_larger_than(most):
            Store.restore(path, made.path, setup=setup_in(path.parent.parent)).close()
        said = {"t0"}
    except AppError as told:
        tally.codes[told.code if isinstance(told, FileTrouble) else type(told).__name__] += 1
    except Exception as escaped:  # noqa: BLE001 - counted: nothing else may ever get out
        tally.damaged += 1
        tally.wrong.append(f"{name} {most}: {type(escaped).__name__}")
    tally.judge(path, f"{name} {most}", said & {"t0"})


def _written_in_place(count: int, seed: int, folder: Path) -> Result:
    """The control: a list written straight over the old one."""
    tally = Tally()
    path = put_book(folder / "in place")
    old = path.with_name("list.xlsx")
    old.write_bytes(b"the list of last year")
    with _no_file_larger_than(10), suppress(OSError):
        old.write_bytes(b"PK" * 1000)
    tally.judge(path, "in place", set(), _half_written(old))
    return tally.result("T05")


FAULTS = (
    Fault(
        "T04",
        "the k-th write, sync, cut or opening fails",
        kth_call,
        _swallowed,
        (1, 12, MOST_CALLS),
        needs_shim=True,
    ),
    Fault("T05", "disk full", disk_full, _written_in_place, (1, 12, 200)),
)
