"""The Bin: records that were deleted, as history keeps them, and how they come back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from models.errors import Refused
from models.store.history import History
from models.store.tracked import BEFORE
from models.store.trouble import thing
from models.store.values import Deleted
from models.store.when import read_moment

Key = tuple[str, int]
"""A row: its table's name and its id."""

RECENTLY_BINNED = (
    "SELECT c.table_name, c.row_id, s.id, s.at, s.name, s.who, c.before FROM step s "
    "JOIN change c ON c.step_id = s.id WHERE s.at >= ? AND s.state IN ('done', 'sealed') "
    "AND c.after IS NULL AND NOT EXISTS (SELECT 1 FROM change l JOIN step k ON k.id = l.step_id "
    "WHERE l.table_name = c.table_name AND l.row_id = c.row_id AND l.step_id > c.step_id "
    "AND k.state IN ('done', 'sealed')) ORDER BY s.id DESC, c.table_name, c.row_id"
)
"""As `Tracked.binned`, for all tables at once; a row that is there again has a later step that made it."""


class Bin:
    """What can be brought back from history. Holds no connection."""

    def __init__(self, history: History) -> None:
        self._history = history

    def deleted(self, connection: Connection, table: str) -> list[Deleted]:
        """The rows of a table that an action deleted and none brought back, newest first."""
        tracked = self._history.tables[table]
        return [
            Deleted(table, row_id, step, read_moment(at), name, who, tracked.read(before) or {})
            for row_id, step, at, name, who, before in connection.exec_driver_sql(tracked.binned)
        ]

    def recent(self, connection: Connection, since: str) -> list[Deleted]:
        """As `deleted`, of every table, for what was deleted since a moment."""
        tables = self._history.tables
        rows = connection.exec_driver_sql(RECENTLY_BINNED, (since,))
        return [
            Deleted(table, row_id, step, read_moment(at), name, who, tables[table].read(image) or {})
            for table, row_id, step, at, name, who, image in rows
            if table in tables
        ]

    def restore(self, connection: Connection, table: str, row_id: int) -> str:
        """Put a row back with what went with it. Returns the name of the action that had deleted it.

        Raises:
            Refused: it is not in the Bin, or belongs to another layout of the file.
            Changed: it needs a row that is not there any more.
        """
        binned = connection.exec_driver_sql(self._history.tables[table].binned)
        found = next((row for row in binned if row[0] == row_id), None)
        if found is None:
            raise Refused(f"This {thing(table)} is not in the Bin.")
        step, name = int(found[1]), str(found[3])
        wanted = self._together(self._gone_with(connection, step), (table, row_id))
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for other, other_id in wanted:
            put_back = self._history.tables[other].put_back(BEFORE, one=True)
            connection.exec_driver_sql(put_back, (step, other_id))
        self._history.require_whole(connection, {other for other, _ in wanted})
        return name

    def _gone_with(self, connection: Connection, step: int) -> dict[Key, dict[str, Any]]:
        """The images of the rows that a step deleted and that are still gone."""
        gone: dict[Key, dict[str, Any]] = {}
        tables = connection.exec_driver_sql(
            "SELECT DISTINCT table_name FROM change WHERE step_id = ? AND after IS NULL", (step,)
        )
        for table in tables.scalars().all():
            tracked = self._history.tables.get(table)
            if tracked is None:
                continue
            for row_id, deleted_by, *_, before in connection.exec_driver_sql(tracked.binned):
                if deleted_by == step:
                    if not tracked.fits(before):
                        raise Refused("This was deleted in an earlier version of the file.")
                    gone[table, row_id] = json.loads(before)
        return gone

    def _together(self, gone: dict[Key, dict[str, Any]], first: Key) -> list[Key]:
        """A row with its parts (what refers to it, and so on down), then all that these need."""
        needs = {key: set(self._needs(key[0], image)) & gone.keys() for key, image in gone.items()}
        wanted = {first}
        while parts := {key for key in gone if key not in wanted and needs[key] & wanted}:
            wanted |= parts
        while parents := {parent for key in wanted for parent in needs[key]} - wanted:
            wanted |= parents
        return sorted(wanted)

    def _needs(self, table: str, image: dict[str, Any]) -> Iterable[Key]:
        for key in self._history.tables[table].table.foreign_keys:
            value = image[str(key.parent.name)]
            if isinstance(value, int):
                yield key.column.table.name, value
