"""T10: a kill or an error at any statement of any migration, in a book filled as of that layout."""

# ruff: noqa: S311 - the draws must be repeatable

import functools
import os
import random
import signal
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from unittest import mock

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

from models.errors import FileTrouble
from models.store import migrate
from models.store.engine import connect
from models.store.schema import APPLICATION_ID, book
from tests.faults.book import child, open_book, put_book
from tests.faults.result import Fault, Result

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"


@functools.cache
def _older(number: int) -> bytes:
    """The sample as a book of an older layout: its scripts run from nothing, and the rows it can hold."""
    from alembic import command

    with tempfile.TemporaryDirectory() as name:
        new = put_book(Path(name) / "new")
        path = Path(name) / "old.clusterbook"
        connect(path, "rwc").close()
        with migrate.writing(path) as connection:
            command.upgrade(migrate.configuration(connection, book()), f"{number:04}")
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            raw.execute("ATTACH ? AS new", (str(new),))
            for (table,) in raw.execute(TABLES).fetchall():
                if table == "alembic_version":
                    continue
                here, there = (
                    [row[1] for row in raw.execute(f"PRAGMA {where}.table_info({table})")]
                    for where in ("main", "new")
                )
                both = ", ".join(f'"{column}"' for column in here if column in there)
                raw.execute(f"INSERT INTO {table} ({both}) SELECT {both} FROM new.{table}")  # noqa: S608
            raw.execute("DETACH new")
            raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
            raw.execute(f"PRAGMA user_version={number:d}")
        return path.read_bytes()


def older_book(folder: Path, number: int) -> Path:
    """A book of an older layout, in a folder of its own inside `folder`."""
    path = put_book(folder)
    path.write_bytes(_older(number))
    return path


def rows_of(path: Path) -> Counter:
    """The number of rows of every table: no migration may change it, least of all by a cascade."""
    with closing(sqlite3.connect(path)) as raw:
        tables = [table for (table,) in raw.execute(TABLES) if table not in {"step", "change"}]
        ask = "SELECT count(*) FROM {}"
        return Counter({table: raw.execute(ask.format(table)).fetchone()[0] for table in tables})


class Stop(Exception):
    """An error in the middle of a migration."""


@contextmanager
def _stopping(statement: int, *, kill: bool) -> Iterator[list[int]]:
    """Die, or fail, at the n-th statement of the migration; 0: only count."""
    seen = [0]

    def before(*_: object) -> None:
        seen[0] += 1
        if seen[0] == statement:
            if kill:
                os.kill(os.getpid(), signal.SIGKILL)
            raise Stop

    honest = migrate.migrate

    def counted(*values: object, **more: object) -> None:
        event.listen(Engine, "before_cursor_execute", before)
        try:
            honest(*values, **more)
        finally:
            event.remove(Engine, "before_cursor_execute", before)

    with mock.patch("models.store.opening.migrate", counted):
        yield seen


def _upgrade(path: Path, statement: int, *, kill: bool, counted: Path | None = None) -> None:
    with _stopping(statement, kill=kill) as seen, suppress(FileTrouble):
        open_book(path).close()
    if counted is not None:
        counted.write_text(str(seen[0]))


def at_any_statement(count: int, seed: int, folder: Path) -> Result:
    """`count` stops for each older layout, by a kill and by an error in turn."""
    draw = random.Random(seed)
    runs, wrong, codes = 0, [], Counter()
    for number in range(1, book().number):
        counted = folder / "statements"
        child(partial(_upgrade, older_book(folder / "upgrade", number), 0, kill=False, counted=counted))
        statements = int(counted.read_text())
        for run in range(count):
            path = older_book(folder / "upgrade", number)
            before, rows = path.read_bytes(), rows_of(path)
            stop = draw.randrange(1, statements + 1)
            status = child(partial(_upgrade, path, stop, kill=run % 2 == 0))
            runs += 1
            codes["killed" if status == -signal.SIGKILL else "E11"] += 1
            if trouble := after_a_stop(path, before, rows):
                wrong.append(f"layout {number}, statement {stop} of {statements}: {trouble}")
    shown = ", ".join(f"{code} x{times}" for code, times in sorted(codes.items()))
    return Result("T10", runs, 0, len(wrong), shown, "; ".join(wrong[:5]))


def after_a_stop(path: Path, before: bytes, rows: Counter) -> str:
    """What is wrong after a stop: the book must be as it was, and become today's when it is opened again."""
    journal = path.with_name(f"{path.name}-journal")
    if not journal.exists() and path.read_bytes() != before:
        with closing(sqlite3.connect(path)) as raw:
            if raw.execute("PRAGMA user_version").fetchone() != (book().number,):
                return "neither old nor new"
    try:
        store = open_book(path)
        faults = store.check()
        store.close()
    except FileTrouble as told:
        return told.code
    now = rows_of(path)
    lost = {table: (number, now[table]) for table, number in rows.items() if now[table] != number}
    return str(lost or faults or "")


def _no_transaction(count: int, seed: int, folder: Path) -> Result:
    """The control: the same stops in scripts that run outside a transaction."""

    @contextmanager
    def each_by_itself(path: Path) -> Iterator[Connection]:
        engine = create_engine("sqlite://", creator=lambda: connect(path), poolclass=StaticPool)
        event.listen(
            engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        )
        with engine.connect() as connection:
            yield connection
        engine.dispose()

    with mock.patch.object(migrate, "writing", each_by_itself):
        return at_any_statement(max(2, min(count, 4)), seed, folder)


FAULTS = (
    Fault(
        "T10",
        "a kill or an error inside a migration",
        at_any_statement,
        _no_transaction,
        (1, 2, 150),
        weight=20,
    ),
)
