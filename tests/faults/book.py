"""The book that faults happen to: the sample cluster in a real file, written through our own services."""

# ruff: noqa: S311 - the draws must be repeatable

import datetime as dt
import functools
import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from models import tables as t
from models.services import actions, records
from models.services.sample import load_sample
from models.store import Setup, Store

MARK = "Batch "
MOST = 6
CLOCK = dt.datetime(2025, 3, 14, 9, 0, tzinfo=dt.UTC)


def setup_in(folder: Path) -> Setup:
    return Setup(backups=folder / "backups", work=folder / "work")


@functools.cache
def _sample(marks: tuple[str, ...] = ()) -> bytes:
    """The sample book as a file, with some batches saved."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.clusterbook"
        store = Store.create(path, setup=setup_in(Path(folder)))
        with store.transaction("Fill in the sample cluster") as (session, _):
            load_sample(session)
        for mark in marks:
            save(store, mark, random.Random(1))
        store.close()
        return path.read_bytes()


def put_book(folder: Path, *marks: str) -> Path:
    """A fresh copy of the sample, with some batches saved, alone in `folder`, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    home = folder / "home"
    home.mkdir(parents=True)
    path = home / "book.clusterbook"
    path.write_bytes(_sample(marks))
    return path


def open_book(path: Path) -> Store:
    return Store.open(path, setup=setup_in(path.parent.parent))


def save(store: Store, mark: str, draw: random.Random) -> None:
    """One action of a user: some rows that belong together, long words, and a change of money records."""
    size = draw.randrange(1, MOST)
    with store.transaction(f"{MARK}{mark}") as (session, _):
        write(session, mark, size, draw)


def write(session: Session, mark: str, size: int, draw: random.Random) -> None:
    for part in range(size):
        notes = "n" * draw.randrange(6000)
        actions.add(session, {"what": f"{MARK}{mark} of {size}", "notes": f"{part}{notes}"})
    claim = draw.choice(_claims(session))
    records.change(session, t.CoverClaim, claim, {"notes": f"{mark} {draw.random()}"})


def _claims(session: Session) -> list[int]:
    return list(session.connection().scalars(sa.text("SELECT id FROM cover_claim ORDER BY id LIMIT 10")))


def saved(path: Path, *, deep: bool = True) -> set[str]:
    """The marks of all batches in the file, asked of SQLite alone; not `deep`: without a look at every page.

    Raises:
        Torn: a batch is there in part, or SQLite finds the file damaged.
    """
    with closing(sqlite3.connect(path)) as raw:
        try:
            if deep and raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise Torn("integrity")
            if deep and raw.execute("PRAGMA foreign_key_check").fetchall():
                raise Torn("keys")
            found = Counter(
                what for (what,) in raw.execute("SELECT what FROM action WHERE what LIKE 'Batch %'")
            )
        except sqlite3.Error as error:
            raise Torn(str(error)) from error
    marks = set()
    for what, number in found.items():
        mark, _, size = what.removeprefix(MARK).rpartition(" of ")
        if number != int(size):
            raise Torn(f"{number} of {what}")
        marks.add(mark)
    return marks


class Torn(Exception):
    """A file that is not whole."""


def child(work: Callable[[], None]) -> int:
    """Do something in a forked process. Returns its exit status, negative for the signal that ended it."""
    number = os.fork()
    if number == 0:
        status = 1
        try:
            work()
            status = 0
        except Exception:  # noqa: BLE001 - the parent looks at the file, not at us
            status = 2
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def told_by_child(work: Callable[[Path], list[str]], path: Path) -> list[str]:
    """What a forked process found wrong: Qt may be started once in each, and never before a fork."""
    ear, mouth = os.pipe()
    if (number := os.fork()) == 0:
        try:
            try:
                found = work(path)
            except Exception as escaped:  # noqa: BLE001 - reported
                found = [f"escaped {escaped!r}"[:300]]
            os.write(mouth, json.dumps(found).encode()[:60_000])
        finally:
            sys.stderr.flush()
            os._exit(0)
    os.close(mouth)
    with os.fdopen(ear) as heard:
        words = heard.read()
    os.waitpid(number, 0)
    return json.loads(words) if words else ["the process died"]
