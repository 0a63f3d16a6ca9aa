"""Undo, redo, history and audit: one mechanism, for every write whatever wrote it.

In the file: `step` (one named transaction) and `change` (one row of one table in one step: its image
before and after). On the connection, in TEMP, gone when it closes: `touched`, filled by triggers made
from the metadata with how each row looked when this transaction first met it. Before COMMIT `record`
compares `touched` with the rows as they are, and writes what really changed. ORM, Core, bulk, REPLACE,
undo itself: triggers see them all, so no caller can forget.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row

from models.errors import Changed, Refused
from models.store.money_chain import MoneyChain
from models.store.schema import Schema
from models.store.sql import fill, name, word
from models.store.tracked import AFTER, BEFORE, Tracked, tracked_of
from models.store.trouble import thing
from models.store.values import Entry, Step
from models.store.when import read_moment

TOUCHED = (
    "CREATE TEMP TABLE touched (table_name TEXT, row_id INTEGER, before TEXT, "
    "PRIMARY KEY (table_name, row_id)) WITHOUT ROWID"
)

NAMED_BYTES = (
    "SELECT {column} FROM main.{table} WHERE {column} IS NOT NULL "
    "UNION SELECT json_extract(before, {path}) FROM change WHERE table_name = {word} AND before IS NOT NULL "
    "UNION SELECT json_extract(after, {path}) FROM change WHERE table_name = {word} AND after IS NOT NULL"
)
BROKEN_CHAIN = (
    "SELECT table_name, row_id, step_id FROM (SELECT *, lag(after) OVER w AS previous, "
    "lag(step_id) OVER w AS earlier FROM change WHERE step_id > ? "
    "WINDOW w AS (PARTITION BY table_name, row_id ORDER BY step_id)) "
    "WHERE earlier IS NOT NULL AND previous IS NOT before"
)


class Stamp(Struct, frozen=True):
    """What is written down of a step besides its changes."""

    at: str
    name: str
    who: str
    kind: str = "do"
    target: int | None = None


class History:
    """The mechanism, for the recorded tables of one schema. Holds no connection."""

    def __init__(self, schema: Schema) -> None:
        self.tables = {table.name: tracked_of(table) for table in schema.recorded}
        self._blob_columns = schema.blob_columns
        self.money = MoneyChain(schema)

    def install(self, connection: Connection) -> None:
        """Make `touched` and the triggers, in TEMP. Once per connection, before the first write."""
        connection.exec_driver_sql(TOUCHED)
        run_all(connection, [trigger for one in self.tables.values() for trigger in one.triggers])

    # -- writing a step

    def record(self, connection: Connection, stamp: Stamp) -> int | None:
        """Write what this transaction changed, net, as one step. None if nothing did.

        Leaves `touched` as it is, for quick find.
        """
        run = connection.exec_driver_sql
        touched = run("SELECT DISTINCT table_name FROM touched").scalars().all()
        if not touched:
            return None
        step = self._insert(connection, stamp, "done" if stamp.kind == "do" else None)
        written = sum(run(self.tables[t].net_changes, (step,)).rowcount for t in touched)
        if not written:  # every row ended as it began
            run("DELETE FROM step WHERE id = ?", (step,))
            return None
        if stamp.kind == "do":
            run("UPDATE step SET state = 'dropped' WHERE state = 'undone'")
        self.money.extend(connection, step, touched)
        return step

    def _insert(self, connection: Connection, stamp: Stamp, state: str | None) -> int:
        return int(
            connection.exec_driver_sql(
                "INSERT INTO step (at, kind, name, who, target, state) VALUES (?, ?, ?, ?, ?, ?)",
                (stamp.at, stamp.kind, stamp.name, stamp.who, stamp.target, state),
            ).lastrowid
        )

    def forget_touched(self, connection: Connection) -> None:
        """Begin the next transaction with a clean sheet."""
        connection.exec_driver_sql("DELETE FROM touched")

    def changed_rows(self, connection: Connection, step: int) -> dict[str, tuple[int, ...]]:
        """The ids of the rows that a step changed, by table."""
        rows: dict[str, list[int]] = {}
        for table, row_id in connection.exec_driver_sql(
            "SELECT table_name, row_id FROM change WHERE step_id = ? ORDER BY table_name, row_id",
            (step,),
        ):
            rows.setdefault(table, []).append(row_id)
        return {table: tuple(ids) for table, ids in rows.items()}

    # -- undo and redo

    def undoable(self, connection: Connection) -> Row[Any] | None:
        """The id and name of the step that Undo takes back, or None."""
        return connection.exec_driver_sql(
            "SELECT id, name FROM step WHERE state = 'done' ORDER BY id DESC LIMIT 1"
        ).first()

    def redoable(self, connection: Connection) -> Row[Any] | None:
        """The id and name of the step that Redo does again, or None."""
        return connection.exec_driver_sql(
            "SELECT id, name FROM step WHERE state = 'undone' ORDER BY id LIMIT 1"
        ).first()

    def set_state(self, connection: Connection, step: int, state: str) -> None:
        """Mark a step as done or undone."""
        connection.exec_driver_sql("UPDATE step SET state = ? WHERE id = ?", (state, step))

    def reversible(self, connection: Connection, step: int) -> str:
        """The name of an older step that is to be taken back.

        Raises:
            Refused: there is no such action, it was undone, or it lies before an upgrade or a restore.
        """
        found = connection.exec_driver_sql("SELECT name, state FROM step WHERE id = ?", (step,)).first()
        if found is None or found.state is None:
            raise Refused("There is no such action to take back.")
        if found.state == "sealed":
            raise Refused(f"“{found.name}” was done before the file was upgraded or restored.")
        if found.state != "done":
            raise Refused(f"“{found.name}” has already been undone.")
        return str(found.name)

    def restore(self, connection: Connection, step: int, side: str) -> None:
        """Put every row of a step back to its `before` or `after`, under the same ids.

        Delete them all, then insert the wanted images: any order of tables and rows will do, cycles and
        swapped unique values too, for defer_foreign_keys holds even RESTRICT back to the COMMIT (a
        column declared DEFERRABLE would not).

        Raises:
            Changed: a row is no longer as the step left it, or a later row needs what would go.
            Refused: the step belongs to another layout of the file.
        """
        tables = self._tables_of(connection, step)
        for tracked in tables:
            self._require_as_left(connection, tracked, step, BEFORE if side == AFTER else AFTER)
        run = connection.exec_driver_sql
        run("PRAGMA defer_foreign_keys=ON")  # ends by itself at COMMIT or ROLLBACK
        for tracked in tables:
            run(tracked.take_away, (step,))
        for tracked in tables:
            run(tracked.put_back(side), (step,))
        self.require_whole(connection, [tracked.name for tracked in tables])

    def _tables_of(self, connection: Connection, step: int) -> list[Tracked]:
        samples = connection.exec_driver_sql(
            "SELECT table_name, coalesce(max(before), max(after)) FROM change "
            "WHERE step_id = ? GROUP BY table_name",
            (step,),
        ).all()
        if any(table not in self.tables or not self.tables[table].fits(i) for table, i in samples):
            raise Refused("This action belongs to an earlier version of the file.")
        return [self.tables[table] for table, _ in samples]

    def _require_as_left(self, connection: Connection, tracked: Tracked, step: int, side: str) -> None:
        moved = connection.exec_driver_sql(tracked.moved(side), (step,)).scalar()
        if moved is None:
            return
        later = connection.exec_driver_sql(
            "SELECT s.name FROM change c JOIN step s ON s.id = c.step_id WHERE c.table_name = ? "
            "AND c.row_id = ? AND s.id > ? ORDER BY s.id DESC LIMIT 1",
            (tracked.name, moved, step),
        ).scalar()
        by = f"by “{later}”" if later else "outside this app"
        raise Changed(f"{thing(tracked.name).capitalize()} {moved} was changed since, {by}.")

    def require_whole(self, connection: Connection, tables: Iterable[str]) -> None:
        """Refuse, by name, a row that would be left without one it needs.

        Only in the tables given and those that refer to them: the rest cannot have changed.

        Raises:
            Changed: names both rows' kinds.
        """
        given = set(tables)
        near = given | {
            t.name
            for t in self.tables.values()
            if any(key.column.table.name in given for key in t.table.foreign_keys)
        }
        for table in sorted(near):
            broken = connection.exec_driver_sql(
                fill("PRAGMA foreign_key_check({table})", table=name(table))
            ).first()
            if broken:
                child = f"{thing(broken[0]).capitalize()} {broken[1]}"
                raise Changed(f"{child} needs a {thing(broken[2])} that would not be there.")

    # -- reading history

    def entries(self, connection: Connection, table: str, row_id: int) -> list[Entry]:
        """All that happened to one row, oldest first."""
        tracked = self.tables[table]
        rows = connection.exec_driver_sql(
            "SELECT s.id, s.at, s.kind, s.name, s.who, c.before, c.after FROM change c "
            "JOIN step s ON s.id = c.step_id WHERE c.table_name = ? AND c.row_id = ? ORDER BY s.id",
            (table, row_id),
        )
        return [
            Entry(step, read_moment(at), kind, label, who, tracked.read(before), tracked.read(after))
            for step, at, kind, label, who, before, after in rows
        ]

    def part_entries(
        self, connection: Connection, part: str, link: str, row_id: int
    ) -> list[tuple[int, Entry]]:
        """What happened to a record's own parts, oldest first, with the part's id."""
        tracked = self.tables[part]
        rows = connection.exec_driver_sql(
            "SELECT c.row_id, s.id, s.at, s.kind, s.name, s.who, c.before, c.after FROM change c "
            "JOIN step s ON s.id = c.step_id WHERE c.table_name = ? "
            "AND ? IN (json_extract(c.before, ?), json_extract(c.after, ?)) ORDER BY s.id, c.row_id",
            (part, row_id, f"$.{link}", f"$.{link}"),
        )
        return [
            (part_id, Entry(step, read_moment(at), kind, label, who, tracked.read(old), tracked.read(new)))
            for part_id, step, at, kind, label, who, old, new in rows
        ]

    def steps(self, connection: Connection, limit: int) -> list[Step]:
        """The newest steps, newest first."""
        rows = connection.exec_driver_sql(
            "SELECT id, at, kind, name, who, coalesce(state, ''), "
            "(SELECT count(*) FROM change WHERE step_id = step.id) FROM step ORDER BY id DESC LIMIT ?",
            (limit,),
        )
        return [
            Step(i, read_moment(at), kind, label, who, state, changed)
            for i, at, kind, label, who, state, changed in rows
        ]

    def last_step(self, connection: Connection) -> int:
        """The newest step's number; 0 in a new book."""
        found = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM step").scalar_one()
        return int(found)

    def last_change(self, connection: Connection, table: str, row_id: int) -> int:
        """The step that last changed a row: its version. Grows for ever, through undo and redo too."""
        found = connection.exec_driver_sql(
            "SELECT coalesce(max(step_id), 0) FROM change WHERE table_name = ? AND row_id = ?",
            (table, row_id),
        ).scalar_one()
        return int(found)

    # -- care

    def settle(self, connection: Connection) -> None:
        """Nothing done before this can be undone any more; it can still be read, and is still checked."""
        run = connection.exec_driver_sql
        run("UPDATE step SET state = 'sealed' WHERE state = 'done'")
        run("UPDATE step SET state = 'dropped' WHERE state = 'undone'")

    def seal(self, connection: Connection, stamp: Stamp) -> int:
        """As `settle`, and from here on rows need not equal their older images. Returns the seal's step."""
        self.settle(connection)
        step = self._insert(connection, stamp, "sealed")
        self.money.seal(connection, step)
        return step

    def prune(self, connection: Connection, keep: int) -> int:
        """Drop all but the newest `keep` steps, then the bytes that nothing names. Returns how many went.

        Always the oldest, so that undo stays whole; and if the next to redo goes, so do those after it.
        """
        run = connection.exec_driver_sql
        upto = run("SELECT id FROM step ORDER BY id DESC LIMIT 1 OFFSET ?", (keep,)).scalar()
        if upto is None:
            return 0
        if run("SELECT EXISTS (SELECT 1 FROM step WHERE state = 'undone' AND id <= ?)", (upto,)).scalar():
            run("UPDATE step SET state = 'dropped' WHERE state = 'undone'")
        run("DELETE FROM change WHERE step_id <= ?", (upto,))
        run("UPDATE step SET target = NULL WHERE target <= ?", (upto,))
        gone = run("DELETE FROM step WHERE id <= ?", (upto,)).rowcount
        self.collect_bytes(connection)
        return gone

    def collect_bytes(self, connection: Connection) -> None:
        """Delete bytes that neither a row nor a kept image names."""
        for keeper, columns in self._blob_columns.items():
            named = " UNION ".join(
                fill(
                    NAMED_BYTES,
                    column=name(column.name),
                    table=name(column.table.name),
                    path=f"'$.{column.name}'",
                    word=word(column.table.name),
                )
                for column in columns
            )
            connection.exec_driver_sql(
                fill(
                    "DELETE FROM main.{table} WHERE {key} NOT IN ({named})",
                    table=name(keeper.table.name),
                    key=name(keeper.name),
                    named=named,
                )
            )

    def faults(self, connection: Connection) -> list[str]:
        """History is a second copy of the data: where the two differ, in words.

        Every row must equal its last image, every image the one before it. Finds what integrity_check
        cannot: flipped bits in a value, and edits by another program. Covers rows whose history is
        neither sealed nor pruned.
        """
        run = connection.exec_driver_sql
        seal = run("SELECT coalesce(max(id), 0) FROM step WHERE kind = 'seal'").scalar_one()
        found = [
            f"{thing(tracked.name).capitalize()} {row_id} is not as “{label}” left it."
            for tracked in self.tables.values()
            for row_id, label in run(tracked.unlike_history, (seal,))
        ]
        found += [
            f"The history of {thing(table)} {row_id} is broken at step {step}."
            for table, row_id, step in run(BROKEN_CHAIN, (seal,))
        ]
        return found + self.money.faults(connection)


def run_all(connection: Connection, statements: Iterable[str]) -> None:
    """Run statements past SQLAlchemy, whose part of two hundred would take as long as SQLite's."""
    cursor = connection.connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    cursor.close()
