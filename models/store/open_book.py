"""An open book at its lowest: one connection, read in sessions, written in named actions."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table
from sqlmodel import Session, SQLModel

from models.errors import FileTrouble
from models.store import trouble
from models.store.bin import Bin
from models.store.engine import Mode
from models.store.find import Find
from models.store.history import History, Stamp
from models.store.locked import Locks
from models.store.opening import Opened, Setup
from models.store.schema import book
from models.store.values import Changes, Notice
from models.store.when import write_moment

log = logging.getLogger(__name__)

Listener = Callable[[Changes], None]
AnyTable = Table | type[SQLModel] | str


class OpenBook:
    """What every part of the store works with: reading, writing, and telling whoever listens."""

    def __init__(self, opened: Opened, setup: Setup, who: str) -> None:
        """Only for `create` and `open`."""
        self.path: Path = opened.path
        self.notices: tuple[Notice, ...] = opened.notices
        self._door = opened.door
        self._closing = opened.closing
        self._keeper = opened.keeper
        self._schema = setup.schema
        self._clock = setup.clock
        self._who = who
        self._history = History(setup.schema)
        self._bin = Bin(self._history)
        self._find = Find(setup.schema.recorded)
        self._listeners: list[Listener] = []
        self._saved = False
        self._closed = False
        self._working = opened.working
        self.left_behind: FileTrouble | None = None

    @property
    def read_only(self) -> bool:
        """Whether the book was opened to read only."""
        return self._door.read_only

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment and cannot write.

        Its `info["kept"]` is what readings of the same moment may leave for each other.
        """
        with self._door.work("a query") as connection, Session(connection) as session:
            session.info["kept"] = self._door.kept(connection)
            yield session

    @contextmanager
    def transaction(self, name: str) -> Iterator[tuple[Session, Changes]]:
        """One user action: all of it happens, under this name, or none of it. Never commit inside.

        Args:
            name: what Undo will call it. Records by number, never by person: names are kept.

        Raises:
            FileTrouble: it could not be saved; nothing of it was.
            Refused: the file's constraints say no; nothing was saved.
        """
        changes = Changes(name)
        with self._writing(name) as connection:
            with Session(connection, expire_on_commit=False) as session:
                yield session, changes
                session.flush()
            self._finish(connection, changes)
            self._require_unlocked(connection, changes)
        self._announce(changes)

    @contextmanager
    def _writing(self, name: str) -> Iterator[Connection]:
        self._door.require_writable()
        self._prepare("history", self._history.install)
        with self._door.work(name, Mode.WRITE) as connection:
            yield connection

    def _prepare(self, what: str, make: Callable[[Connection], None]) -> None:
        """Make something in TEMP the first time that it is needed on this connection."""
        if what not in self._door.prepared:
            with self._door.work(f"Prepare {what}", Mode.TEMP) as connection:
                make(connection)
            self._door.prepared.add(what)

    def _finish(self, connection: Connection, changes: Changes, target: int | None = None) -> None:
        """Write the step down, and keep quick find in step."""
        stamp = self._stamp(changes.name, changes.kind, target)
        changes.step = self._history.record(connection, stamp)
        if "find" in self._door.prepared:
            self._find.refresh(connection)
        self._history.forget_touched(connection)
        if changes.step is not None:
            changes.rows = self._history.changed_rows(connection, changes.step)
            self._count_save(connection)

    def _require_unlocked(self, connection: Connection, changes: Changes) -> None:
        """Refuse what would silently change minutes, claims or packs that stand (locked.py).

        Raises:
            Refused: the whole action is rolled back.
        """
        if changes.step is not None and self._schema is book():
            Locks.of_step(connection, changes.step).require_none()

    def _count_save(self, connection: Connection) -> None:
        self._saved = True
        connection.exec_driver_sql("UPDATE meta SET seq = seq + 1")

    def _stamp(self, name: str, kind: str = "do", target: int | None = None) -> Stamp:
        return Stamp(write_moment(self._clock()), name, self._who, kind, target)

    # -- listeners

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` called after each action that changed something. Returns how to stop it.

        Called in the store's thread, after the commit; it may read, but what it raises is only logged,
        for the action is saved by then.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _announce(self, changes: Changes) -> None:
        if changes.step is None:
            return
        for listener in tuple(self._listeners):
            try:
                listener(changes)
            except Exception as error:  # noqa: BLE001  # logged by its kind: its words may name people
                log.warning(
                    "A listener failed after step %s was saved: %s", changes.step, trouble.where(error)
                )


def table_name(table: AnyTable) -> str:
    """The name of a table, given as such, as its class or as the name itself."""
    if isinstance(table, str):
        return table
    found: Any = table if isinstance(table, Table) else getattr(table, "__table__")  # noqa: B009
    return str(found.name)
