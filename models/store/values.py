"""What the store hands out: plain frozen values, free of sessions and connections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

Image = Mapping[str, object]
"""A row as it was: column name to Python value (pence as int, a day as date)."""


class Changes(Struct):
    """What one action changed. Filled when it has been saved; `step` stays None if nothing changed.

    Attributes:
        name: the action's name, as Edit ▸ Undo shows it.
        step: the number of its step in history: also the new version of every row in `rows`.
        rows: the ids of the rows that differ, by table name.
        kind: "do", "undo" or "redo".
    """

    name: str = ""
    step: int | None = None
    rows: dict[str, tuple[int, ...]] = {}
    kind: str = "do"


class Entry(Struct, frozen=True):
    """One line of a record's history: the row before and after one step; None where it was not there."""

    step: int
    at: dt.datetime
    kind: str
    name: str
    who: str
    before: Image | None
    after: Image | None

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the columns that differ."""
        old, new = self.before or {}, self.after or {}
        return tuple(k for k in sorted({*old, *new}) if old.get(k) != new.get(k))


class Step(Struct, frozen=True):
    """One line of the book's history.

    Attributes:
        kind: "do", "undo", "redo", or "seal" (nothing before it can be undone any more).
        state: "done", "undone", "dropped" or "sealed"; "" for an undo or a redo.
        rows: how many rows it changed.
    """

    id: int
    at: dt.datetime
    kind: str
    name: str
    who: str
    state: str
    rows: int


class Deleted(Struct, frozen=True):
    """A row in the Bin: which action took it away, when, and how it looked."""

    table: str
    row_id: int
    step: int
    at: dt.datetime
    name: str
    who: str
    image: Image


class Hit(Struct, frozen=True):
    """A record that quick find found."""

    table: str
    row_id: int
    title: str


class Notice(Struct, frozen=True):
    """Something the user should know about the file just opened; no reason to refuse it."""

    code: str
    sentence: str


@dataclass(frozen=True, order=True)
class Backup:
    """One backup, as its name tells. Ordered by the number of the book's last save, never by the clock.

    Attributes:
        seq: the book's save number when the backup was made.
        made: when, in UTC, by the clock of the machine that made it.
        reason: "open", "close", "half-hour", "by-hand", or "before-…".
        schema: the number of the file's layout.
        size: in bytes.
    """

    seq: int
    made: dt.datetime
    reason: str
    stem: str
    schema: int
    path: Path = field(compare=False)
    size: int = field(compare=False, default=0)


class Checked(Struct, frozen=True):
    """What a look through the whole file found.

    Attributes:
        name: the file's.
        size: in bytes.
        at: when, by this machine's clock.
        faults: what is wrong, in sentences; none if it is sound.
        rows: the number of records of each table.
        steps: how many steps of history are kept.
        money: the newest link of the chain over the money.
        backup: when it was last backed up; None: never.
        looked: when a backup was last looked into; None: never.
    """

    name: str
    size: int
    at: dt.datetime
    faults: tuple[str, ...]
    rows: Mapping[str, int]
    steps: int
    money: str
    backup: dt.datetime | None
    looked: dt.datetime | None
