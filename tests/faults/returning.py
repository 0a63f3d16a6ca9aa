"""T26: a working copy is killed while it is written back to a place that others touch too (safety.md 3.7)."""

# ruff: noqa: S311 - the draws must be repeatable

import random
import signal
import sqlite3
from collections import Counter
from contextlib import closing
from functools import partial
from pathlib import Path
from unittest import mock

from models.errors import AppError
from models.store import Store
from models.store.working_copy import WorkingCopy
from tests.faults import shim
from tests.faults.book import Torn, child, put_book, save, saved, setup_in
from tests.faults.result import Fault, Result

LAST = 12
"""The calls at the end of a writing back, after all pages are written: half of the kills are there."""
CONFLICT = "theirs"


def _open_apart(path: Path) -> Store:
    return Store.open(path, apart=True, setup=setup_in(path.parent.parent))


def _meddle(path: Path) -> None:
    """Another computer saves, and its sync program puts the file in our original's place."""
    other = path.parent.parent / "other"
    other.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(other)) as raw:
        raw.execute("UPDATE meta SET app_version = ?", (CONFLICT,))
        raw.commit()
    other.replace(path)


def _write_back_and_die(path: Path, call: int, counted: Path, *, conflict: bool) -> None:
    store = _open_apart(path)
    save(store, "t1", random.Random(5))
    if conflict:
        _meddle(path)
    with shim.watching(path.parent.parent):
        shim.arm(call, shim.KILL)
        store.write_back()
        counted.write_text(str(shim.count()))


def write_back(count: int, seed: int, folder: Path, *, at: int = 0) -> Result:
    """T26: the writing back dies at any call, with the original as it was or changed by others meanwhile."""
    draw, wrong, lost, codes = random.Random(seed), [], 0, Counter()
    counted = folder / "calls"
    child(partial(_write_back_and_die, put_book(folder / "back", "t0"), 0, counted, conflict=False))
    most = int(counted.read_text())
    for run in range(count):
        path, conflict = put_book(folder / "back", "t0"), run % 2 == 1
        call = draw.randint(1, most) if run % 4 < 2 else draw.randint(most - LAST, most)
        status = child(partial(_write_back_and_die, path, at or call, counted, conflict=conflict))
        codes["killed" if status == -signal.SIGKILL else "done"] += 1
        gone, trouble = _after(path, conflict=conflict)
        lost += gone
        if trouble:
            wrong.append(f"call {call}, {conflict=}: {trouble}")
    shown = ", ".join(f"{code} x{times}" for code, times in sorted(codes.items()))
    return Result("T26", count, lost, len(wrong), shown, "; ".join(wrong[:5]))


def _after(path: Path, *, conflict: bool) -> tuple[int, str]:
    """Lost batches, and what is wrong: the original is old or new; a changed one stays beside ours."""
    try:
        first = saved(path)
        store = _open_apart(path)
        faults = store.check()
        store.close()
        books = [book for book in path.parent.iterdir() if ".lock" not in book.name]
        found = {book.name: saved(book) for book in books if book.suffix == path.suffix}
    except (AppError, Torn, sqlite3.Error) as error:
        return 0, repr(error)
    if "t0" not in first:
        return 1, f"the original holds {first}"
    faults += [book.name for book in books if book.suffix != path.suffix]
    missing = {"t0", "t1"} - set().union(*found.values())
    if conflict and (_note(path) != CONFLICT or "t1" in found[path.name]):
        faults.append("the other version was written over")
    if conflict and len(found) != 2:
        faults.append(f"there are {sorted(found)}")
    if not conflict and (len(found) > 1 or "t1" not in found[path.name]):
        faults.append(f"nobody else wrote it, and there are {sorted(found)}")
    return len(missing), str(faults or "")


def _note(path: Path) -> str:
    with closing(sqlite3.connect(path)) as raw:
        return str(raw.execute("SELECT app_version FROM meta").fetchone()[0])


def _straight(self: WorkingCopy, _: sqlite3.Connection) -> None:
    """The control: the copy's bytes written over the original, whatever it is by now."""
    whole = self.path.read_bytes()
    with self.original.open("wb", buffering=0) as file:
        for at in range(0, len(whole), 65536):
            file.write(whole[at : at + 65536])


def _written_over(count: int, seed: int, folder: Path) -> Result:
    with mock.patch.object(WorkingCopy, "write_back", _straight):
        return write_back(max(2, min(count, 4)), seed, folder, at=9)


FAULTS = (
    Fault(
        "T26", "the writing back of a working copy is killed", write_back, _written_over, (4, 30, 600),
        needs_shim=True,
    ),
)  # fmt: skip
