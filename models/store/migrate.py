"""Bring an older book to today's layout, or leave it exactly as it was (safety 3.6).

On a connection of its own with foreign keys off: a batch migration re-creates a table, and with them on
its children would be refused or emptied. One transaction holds all scripts, the checks and the stamps.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import StaticPool

from models.store import trouble
from models.store.engine import connect, driver
from models.store.history import History, Stamp
from models.store.schema import OWN_TABLES, Schema
from models.store.sql import fill, name
from models.store.when import Clock, write_moment
from models.types import Pence
from models.version import VERSION

if TYPE_CHECKING:
    from alembic.config import Config

log = logging.getLogger(__name__)

Totals = Mapping[str, int]
"""Rows of each table under its name, sums of money under "table.column"."""


class NotTheSame(Exception):
    """A migration lost rows or money, or left a record without one it needs."""


def migrate(path: Path, schema: Schema, clock: Clock, backup: Path | None = None) -> None:
    """Upgrade a file in place.

    Args:
        path: the book; nobody else may have it open.
        schema: what it is to become.
        clock: tells the time.
        backup: where the file as it was is kept, for the message.

    Raises:
        FileTrouble: it did not work (E11), and the file is as before.
    """
    try:
        with writing(path) as connection:
            before = totals(connection, schema)
            given_out = ids_given_out(connection)
            allowed = upgrade(connection, schema)
            keep_ids_given_out(connection, given_out)
            require_whole(connection)
            require_same(before, totals(connection, schema), allowed)
            require_known(connection, schema)
            stamp = Stamp(write_moment(clock()), f"Upgraded to layout {schema.number}", "", "seal")
            History(schema).seal(connection, stamp)
            connection.exec_driver_sql("UPDATE meta SET seq = seq + 1, app_version = ?", (VERSION,))
            connection.exec_driver_sql(f"PRAGMA user_version={schema.number:d}")
    except Exception as error:
        log.critical("The upgrade to layout %s failed: %s", schema.number, trouble.where(error))
        raise trouble.upgrade_failed(path, backup) from error


@contextmanager
def writing(path: Path) -> Iterator[Connection]:
    """One transaction on a connection of its own, with foreign keys off; all or nothing."""
    engine = create_engine("sqlite://", creator=lambda: connect(path), poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # means nothing inside a transaction
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with engine.begin() as connection:
            yield connection
    finally:
        with closing(engine.raw_connection()) as pooled:
            pooled.cursor().execute("PRAGMA journal_mode=DELETE")  # takes away the empty journal
        engine.dispose()


def configuration(connection: Connection, schema: Schema) -> Config:
    """Alembic's settings, without a file: scripts from the schema's folder, on this connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(schema.migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = schema.metadata
    return config


def upgrade(connection: Connection, schema: Schema) -> frozenset[str]:
    """Run the scripts that the file has not seen. Returns the tables that they may change the totals of."""
    from alembic import command
    from alembic.script import ScriptDirectory

    config = configuration(connection, schema)
    seen = version(connection)
    command.upgrade(config, "head")
    applied = ScriptDirectory.from_config(config).iterate_revisions("head", seen or "base")
    allowed: set[str] = set()
    for script in applied:
        allowed |= getattr(script.module, "MAY_CHANGE", set())
    return frozenset(allowed)


def version(connection: Connection) -> str | None:
    """The last script that a file has seen, by its own word."""
    known = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    ).scalar()
    if not known:
        return None
    found: Any = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def totals(connection: Connection, schema: Schema) -> Totals:
    """How many rows and how much money there is, table by table: what a migration must not change."""
    run = connection.exec_driver_sql
    tables = run(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"
    ).scalars()
    found: dict[str, int] = {}
    for table in [table for table in tables.all() if table not in OWN_TABLES]:
        quoted = name(table)
        found[table] = run(fill("SELECT count(*) FROM {t}", t=quoted)).scalar_one()
        there = {row[1] for row in run(fill("PRAGMA table_info({t})", t=quoted))}
        for column in money_columns(schema, table) & there:
            query = fill("SELECT coalesce(sum({c}), 0) FROM {t}", c=name(column), t=quoted)
            found[f"{table}.{column}"] = run(query).scalar_one()
    return found


def money_columns(schema: Schema, table: str) -> set[str]:
    """The columns of a table, as it is today, that hold pence."""
    known = schema.metadata.tables.get(table)
    return set() if known is None else {c.name for c in known.columns if isinstance(c.type, Pence)}


def require_same(before: Totals, after: Totals, allowed: frozenset[str]) -> None:
    """Refuse an upgrade in which rows or money went missing, or came from nowhere.

    Raises:
        NotTheSame: names what differs.
    """
    differing = {
        key: (before[key], after.get(key))
        for key in before
        if before[key] != after.get(key) and key.partition(".")[0] not in allowed
    }
    if differing:
        raise NotTheSame(f"before and after differ: {differing}")


def ids_given_out(connection: Connection) -> dict[str, int]:
    """The greatest id that each table ever gave out."""
    return {str(t): int(n) for t, n in connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")}


def keep_ids_given_out(connection: Connection, given_out: Mapping[str, int]) -> None:
    """A batch migration makes a table anew, and the new one would give out the ids of deleted rows again."""
    run = connection.exec_driver_sql
    for table, greatest in given_out.items():
        run("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (greatest, table))
        run(
            "INSERT INTO sqlite_sequence (name, seq) SELECT ?1, ?2 "
            "WHERE EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1) "
            "AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)",
            (table, greatest),
        )


def require_known(connection: Connection, schema: Schema) -> None:
    """Refuse an upgrade that did not lead to today's tables.

    Raises:
        NotTheSame: a script forgot something.
    """
    if not schema.knows(driver(connection), schema.number):
        raise NotTheSame(f"the scripts do not lead to layout {schema.number}")


def require_whole(connection: Connection) -> None:
    """Refuse an upgrade that left a record without one it needs.

    Raises:
        NotTheSame: names the first.
    """
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise NotTheSame(f"{broken[0]} {broken[1]} needs a {broken[2]} that is not there")
