"""One recorded table, with the statements that watch it, compare it and put its rows back.

An image is a row as JSON of its *stored* values, columns in name order, so that equal rows give equal
text whatever made the table, and restoring one passes by the Python types.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite

from models.store.sql import fill, name, word
from models.store.values import Image

BEFORE, AFTER = "before", "after"


class Tracked:
    """The statements of one recorded table. Made once per table, when first used."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.name = table.name
        self.columns = tuple(sorted(table.columns.keys()))
        self._words = {"main": f"main.{name(table.name)}", "table": word(table.name)}

    def _fill(self, template: str, **parts: str) -> str:
        return fill(template, **self._words, **parts)

    def image(self, row: str) -> str:
        """SQL that makes the image of the row named `row`."""
        pairs = ", ".join(f"{word(column)}, {row}.{name(column)}" for column in self.columns)
        return f"json_object({pairs})"

    @cached_property
    def image_now(self) -> str:
        """SQL for the image of the outer-joined row `n` as it is now, NULL if it is not there."""
        return f"CASE WHEN n.id IS NULL THEN NULL ELSE {self.image('n')} END"

    @cached_property
    def triggers(self) -> tuple[str, ...]:
        """TEMP triggers that keep in `touched` how a row looked when the transaction first met it.

        NOT EXISTS, because the OR IGNORE of a trigger is overruled by the OR REPLACE of the statement
        that fires it. An id never changes, or a record would lose its history.
        """
        old = self.image("OLD")
        keep = "SELECT RAISE(ABORT, 'an id never changes') WHERE OLD.id IS NOT NEW.id; "
        made = [
            self._fill(
                "CREATE TEMP TRIGGER {trigger} AFTER {event} ON {main} BEGIN {keep}"
                "INSERT INTO touched SELECT {table}, {row}.id, {before} WHERE NOT EXISTS "
                "(SELECT 1 FROM touched WHERE table_name = {table} AND row_id = {row}.id); END",
                trigger=name(f"touch_{self.name}_{event}"),
                event=event,
                row=row,
                before=before,
                keep=keep if event == "UPDATE" else "",
            )
            for event, row, before in (
                ("INSERT", "NEW", "NULL"),
                ("UPDATE", "OLD", old),
                ("DELETE", "OLD", old),
            )
        ]
        return tuple(made)

    @cached_property
    def net_changes(self) -> str:
        """Write what the transaction really changed. Binds: the step."""
        return self._fill(
            "INSERT INTO change (step_id, table_name, row_id, before, after) "
            "SELECT ?, table_name, row_id, before, after FROM (SELECT o.table_name, o.row_id, o.before, "
            "{now} AS after FROM touched o LEFT JOIN {main} n ON n.id = o.row_id "
            "WHERE o.table_name = {table}) WHERE before IS NOT after",
            now=self.image_now,
        )

    def moved(self, side: str) -> str:
        """A row of a step that is not as `side` of its change has it. Binds: the step."""
        return self._fill(
            "SELECT c.row_id FROM change c LEFT JOIN {main} n ON n.id = c.row_id "
            "WHERE c.step_id = ? AND c.table_name = {table} AND c.{side} IS NOT {now} LIMIT 1",
            side=name(side),
            now=self.image_now,
        )

    @cached_property
    def take_away(self) -> str:
        """Delete every row of a step. Binds: the step."""
        return self._fill(
            "DELETE FROM {main} WHERE id IN "
            "(SELECT row_id FROM change WHERE step_id = ? AND table_name = {table})"
        )

    def put_back(self, side: str, *, one: bool = False) -> str:
        """Insert the images that a step kept on `side`. Binds: the step; and, for `one` row, its id."""
        return self._fill(
            "INSERT INTO {main} ({columns}) SELECT {values} FROM change "
            "WHERE step_id = ? AND table_name = {table} AND {side} IS NOT NULL{only}",
            columns=", ".join(name(column) for column in self.columns),
            values=", ".join(f"json_extract({name(side)}, '$.{c}')" for c in self.columns),
            side=name(side),
            only=" AND row_id = ?" if one else "",
        )

    @cached_property
    def unlike_history(self) -> str:
        """Rows that are not as their last change left them. Binds: the newest seal."""
        return self._fill(
            "SELECT c.row_id, s.name FROM change c JOIN step s ON s.id = c.step_id "
            "LEFT JOIN {main} n ON n.id = c.row_id WHERE c.table_name = {table} AND c.step_id > ? "
            "AND NOT EXISTS (SELECT 1 FROM change l WHERE l.table_name = c.table_name "
            "AND l.row_id = c.row_id AND l.step_id > c.step_id) AND c.after IS NOT {now}",
            now=self.image_now,
        )

    @cached_property
    def binned(self) -> str:
        """Rows that an action, not taken back since, deleted; newest first."""
        return self._fill(
            "SELECT c.row_id, s.id, s.at, s.name, s.who, c.before FROM change c "
            "JOIN step s ON s.id = c.step_id WHERE c.table_name = {table} AND c.after IS NULL "
            "AND s.state IN ('done', 'sealed') "
            "AND NOT EXISTS (SELECT 1 FROM {main} n WHERE n.id = c.row_id) "
            "AND NOT EXISTS (SELECT 1 FROM change l JOIN step k ON k.id = l.step_id "
            "WHERE l.table_name = c.table_name AND l.row_id = c.row_id AND l.step_id > c.step_id "
            "AND k.state IN ('done', 'sealed')) ORDER BY s.id DESC, c.row_id"
        )

    @cached_property
    def _readers(self) -> dict[str, Callable[[Any], Any]]:
        dialect = sqlite.dialect()
        readers = {
            column.name: column.type.dialect_impl(dialect).result_processor(dialect, None)
            for column in self.table.columns
        }
        return {column: reader for column, reader in readers.items() if reader is not None}

    def read(self, stored: str | None) -> Image | None:
        """An image as Python values. What today's types no longer know keeps its stored value."""
        if stored is None:
            return None
        values: dict[str, Any] = json.loads(stored)
        return {column: self._value(column, value) for column, value in values.items()}

    def _value(self, column: str, stored: Any) -> Any:
        reader = self._readers.get(column)
        try:
            return stored if reader is None else reader(stored)
        except ValueError:
            return stored

    def fits(self, stored: str) -> bool:
        """Whether an image has just the columns that the table has now."""
        return tuple(sorted(json.loads(stored))) == self.columns


@cache
def tracked_of(table: Table) -> Tracked:
    """The statements of a table; a book that is opened again finds them made."""
    return Tracked(table)
