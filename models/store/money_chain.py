"""A chain of digests over the money: what was saved cannot be rewritten past the store and go unnoticed.

Every step that changes money adds a link: what the step changed, digested, and chained to the link before
(safety.md 0.8, 1.22). A seal adds a link of all the money as it stands, for after a seal rows need not equal
their older images. Only ids, amounts, days and choices are digested, never free text: a name can be erased
from the history (R-DATA-6) and the chain still holds. A digest is no signature: it finds accidents, flipped
bits and edits by another program, and shows which figures an issued pack was made from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Table, Text

from models.store.schema import MONEY_CHAIN, Schema
from models.store.sql import fill, name, word
from models.types import Pence

BEGINNING = "0" * 64
Row = tuple[str, int]
State = dict[Row, str]


class MoneyChain:
    """The chain of one schema: of its recorded tables that have a column of money. Holds no connection."""

    def __init__(self, schema: Schema) -> None:
        self.columns = {
            table.name: columns_of(table)
            for table in schema.recorded
            if any(isinstance(column.type, Pence) for column in table.columns)
        }

    # -- writing

    def extend(self, connection: Connection, step: int, touched: Iterable[str]) -> None:
        """Add the link of a step that has just been written down, if it changed money."""
        if self.columns.keys() & set(touched):
            facts = self._facts(connection, step)
            if facts is not None:
                self._add(connection, step, facts)

    def seal(self, connection: Connection, step: int) -> None:
        """Add the link of all the money as it stands at a seal."""
        self._add(connection, step, digest(self._lines(self._state(connection))))

    def _add(self, connection: Connection, step: int, facts: str) -> None:
        link = linked(self.head(connection), step, facts)
        connection.exec_driver_sql(
            fill("INSERT INTO {t} (step_id, facts, link) VALUES (?, ?, ?)", t=name(MONEY_CHAIN)),
            (step, facts, link),
        )

    # -- reading

    def head(self, connection: Connection) -> str:
        """The newest link; noughts while no money was ever saved."""
        found = connection.exec_driver_sql(
            fill("SELECT link FROM {t} ORDER BY step_id DESC LIMIT 1", t=name(MONEY_CHAIN))
        ).scalar()
        return str(found) if found else BEGINNING

    def faults(self, connection: Connection) -> list[str]:
        """Where the money is not what was saved, in words; empty if it is."""
        rows = connection.exec_driver_sql(
            fill("SELECT step_id, facts, link FROM {t} ORDER BY step_id", t=name(MONEY_CHAIN))
        ).all()
        steps = {
            step: (kind, label)
            for step, kind, label in connection.exec_driver_sql("SELECT id, kind, name FROM step")
        }
        seal = max((step for step, (kind, _) in steps.items() if kind == "seal"), default=0)
        found, before = [], BEGINNING
        for step, facts, link in rows:
            if link != linked(before, step, facts):
                found.append(f"The chain of the money records is broken at {_said(steps, step)}.")
            before = link
            if step > seal and step in steps and self._facts(connection, step) != facts:
                found.append(f"The money of {_said(steps, step)} is not as it was saved.")
        found += self._missing(connection, {step for step, *_ in rows}, steps, seal)
        sealed = next((facts for step, facts, _ in rows if step == seal), None)
        if sealed is not None and sealed != digest(self._lines(self._state_at(connection, seal))):
            found.append(f"Money records are not as they were at {_said(steps, seal)}.")
        return found

    def _missing(
        self, connection: Connection, linked_steps: set[int], steps: dict[int, tuple[str, str]], seal: int
    ) -> list[str]:
        """Steps since the newest seal that changed money and have no link."""
        return [
            f"The money of {_said(steps, step)} is not in the chain of the money records."
            for step in sorted(steps)
            if step > seal and step not in linked_steps and self._facts(connection, step) is not None
        ]

    # -- what is digested

    def _facts(self, connection: Connection, step: int) -> str | None:
        """What a step changed about money, digested; None: nothing."""
        tables = ", ".join(word(table) for table in self.columns)
        changes = connection.exec_driver_sql(
            fill(
                "SELECT table_name, row_id, before, after FROM change WHERE step_id = ? "
                "AND table_name IN ({tables}) ORDER BY table_name, row_id",
                tables=tables,
            ),
            (step,),
        )
        lines = [
            f"{table} {row} {self._plain(table, before)} {self._plain(table, after)}"
            for table, row, before, after in changes
        ]
        return digest(lines) if lines else None

    def _plain(self, table: str, image: str | None) -> str:
        """The digested part of a row's image."""
        if image is None:
            return "null"
        values = json.loads(image)
        return json.dumps([values.get(column) for column in self.columns[table]])

    def _state(self, connection: Connection) -> State:
        """Every money record as it is now."""
        found: State = {}
        for table, columns in self.columns.items():
            listed = ", ".join(name(column) for column in columns)
            rows = connection.exec_driver_sql(
                fill("SELECT id, {listed} FROM main.{t}", listed=listed, t=name(table))
            )
            found |= {(table, row[0]): json.dumps(list(row[1:])) for row in rows}
        return found

    def _state_at(self, connection: Connection, seal: int) -> State:
        """Every money record as it was at a seal: as it is now, with what came since taken back."""
        found = self._state(connection)
        tables = ", ".join(word(table) for table in self.columns)
        since = connection.exec_driver_sql(
            fill(
                "SELECT table_name, row_id, before FROM change c WHERE step_id > ? "
                "AND table_name IN ({tables}) AND NOT EXISTS (SELECT 1 FROM change e WHERE "
                "e.table_name = c.table_name AND e.row_id = c.row_id AND e.step_id > ? "
                "AND e.step_id < c.step_id)",
                tables=tables,
            ),
            (seal, seal),
        )
        for table, row, before in since:
            if before is None:
                found.pop((table, row), None)
            else:
                found[(table, row)] = self._plain(table, before)
        return found

    def _lines(self, state: State) -> Iterator[str]:
        return (f"{table} {row} {state[table, row]}" for table, row in sorted(state))


def columns_of(table: Table) -> tuple[str, ...]:
    """The columns that are digested, in name order: all but the id and free text."""
    return tuple(sorted(c.name for c in table.columns if c.name != "id" and type(c.type) is not Text))


def digest(lines: Iterable[str]) -> str:
    """The SHA-256 of some lines."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def linked(before: str, step: int, facts: str) -> str:
    """The link of a step: chained to the one before it."""
    return digest((before, str(step), facts))


def _said(steps: dict[int, tuple[str, str]], step: int) -> str:
    label = steps.get(step, ("", ""))[1]
    return f"step {step}, “{label}”" if label else f"step {step}"
