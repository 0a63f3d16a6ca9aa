"""What a book's file is made of: the tables of `models.tables`, and four of the store's own.

`step` and `change` hold the history (history.py), `money_chain` vouches for its money (money_chain.py),
`meta` says which book this is. All are plain STRICT
tables: the file holds no trigger, no view and no virtual table, so that its fingerprint is easy to know
and a migration has nothing in its way.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path

from msgspec import Struct
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.types import Float, Numeric

from models.store.migrations.fingerprints import FINGERPRINTS

APPLICATION_ID = 0x434C424B
"""“CLBK” in bytes 68 to 71 of the file: what says that a file is a book."""

ALEMBIC_VERSION = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
MOST_COLUMNS = 63  # json_object takes 127 arguments
MONEY_CHAIN = "money_chain"
OWN_TABLES = frozenset({"step", "change", "meta", MONEY_CHAIN, "alembic_version"})


class Schema(Struct, frozen=True, eq=False, dict=True):
    """The tables of a kind of book, and how to make, number and recognise them.

    Attributes:
        recorded: the tables whose every change goes into history.
        fingerprints: every layout ever released, by number; the greatest is this one's.
        migrations: the folder of the migration scripts.
    """

    metadata: MetaData
    recorded: tuple[Table, ...]
    fingerprints: Mapping[int, str]
    migrations: Path

    @classmethod
    def of(
        cls,
        metadata: MetaData,
        recorded: Iterable[Table],
        fingerprints: Mapping[int, str] = FINGERPRINTS,
        migrations: Path = Path(__file__).parent / "migrations",
    ) -> Schema:
        """Add the store's own tables to `metadata` and vouch for the recorded ones.

        Raises:
            ValueError: a recorded table is not fit for it.
        """
        tables = tuple(recorded)
        for table in tables:
            require_recordable(table)
        declare_own_tables(metadata)
        return cls(metadata, tables, fingerprints, migrations)

    @property
    def number(self) -> int:
        """The number of this layout: `user_version` in the file, and the last migration's."""
        return max(self.fingerprints)

    @cached_property
    def blob_columns(self) -> dict[Column[str], tuple[Column[str], ...]]:
        """The keys of tables that hold bytes, each with the recorded columns that name them."""
        found: dict[Column[str], tuple[Column[str], ...]] = {}
        for table in self.recorded:
            for key in sorted(table.foreign_keys, key=lambda key: str(key.parent.name)):
                if any(isinstance(c.type, LargeBinary) for c in key.column.table.columns):
                    found[key.column] = (*found.get(key.column, ()), key.parent)
        return found

    @cached_property
    def statements(self) -> tuple[str, ...]:
        """The DDL of an empty book, table by table."""
        dialect = sqlite.dialect()
        made = []
        for table in sorted(self.metadata.tables.values(), key=lambda table: table.name):
            made.append(str(CreateTable(table).compile(dialect=dialect)))
            made += [
                str(CreateIndex(index).compile(dialect=dialect))
                for index in sorted(table.indexes, key=lambda index: str(index.name))
            ]
        return (*made, ALEMBIC_VERSION)

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint that a file made now would have."""
        memory = sqlite3.connect(":memory:")
        try:
            for statement in self.statements:
                memory.execute(statement)
            return fingerprint(memory)
        finally:
            memory.close()

    def knows(self, raw: sqlite3.Connection, number: int) -> bool:
        """Whether a file holds just the tables that its layout number promises, and nothing else."""
        found = fingerprint(raw)
        return found == self.fingerprints.get(number) or (number == self.number and found == self.fingerprint)


def require_recordable(table: Table) -> None:
    """Refuse a table that history could not restore exactly.

    Raises:
        ValueError: says what is wrong with it.
    """
    faults = {
        "its key must be a single “id”": table.primary_key.columns.keys() != ["id"],
        "ids must never be used twice: sqlite_autoincrement": not table.dialect_options["sqlite"][
            "autoincrement"
        ],
        "it must be STRICT": not table.dialect_options["sqlite"]["strict"],
        "it has too many columns": len(table.columns) > MOST_COLUMNS,
        "bytes belong in Blob": any(isinstance(c.type, LargeBinary) for c in table.columns),
        "REAL does not go round exactly": any(isinstance(c.type, Float | Numeric) for c in table.columns),
        "a foreign key must RESTRICT": any(k.ondelete != "RESTRICT" for k in table.foreign_keys),
        "a deferrable foreign key could not be held back": any(
            k.deferrable or k.initially for k in table.foreign_keys
        ),
        "a foreign key needs an index": any(not leads_an_index(k) for k in table.foreign_keys),
    }
    if found := [fault for fault, there in faults.items() if there]:
        raise ValueError(f"{table.name}: {'; '.join(found)}")


def leads_an_index(key: ForeignKey) -> bool:
    """Whether a foreign key's column comes first in an index, or deleting a parent scans the table."""
    table = key.parent.table
    listed = [list(index.columns) for index in table.indexes]
    listed += [list(c.columns) for c in table.constraints if isinstance(c, UniqueConstraint)]
    return any(columns and columns[0] is key.parent for columns in listed)


def declare_own_tables(metadata: MetaData) -> None:
    """Add `step`, `change`, `money_chain` and `meta`, once.

    step.state: 'done' can be undone; 'undone' can be redone; 'dropped' was undone, then something else
    was done; 'sealed' can no longer be either. NULL: the step is itself an undo or a redo.
    """
    if "step" in metadata.tables:
        return
    Table(
        "step",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("at", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("who", Text, nullable=False),
        Column("target", Integer, ForeignKey("step.id", ondelete="RESTRICT"), index=True),
        Column("state", Text, index=True),
        CheckConstraint("kind IN ('do', 'undo', 'redo', 'seal')", name="kind"),
        CheckConstraint("state IN ('done', 'undone', 'dropped', 'sealed')", name="state"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    Table(
        "change",
        metadata,
        Column("step_id", Integer, ForeignKey("step.id", ondelete="RESTRICT"), nullable=False),
        Column("table_name", Text, nullable=False),
        Column("row_id", Integer, nullable=False),
        Column("before", Text),
        Column("after", Text),
        Index("ix_change_step", "step_id", "table_name"),
        Index("ix_change_row", "table_name", "row_id", "step_id", unique=True),
        sqlite_strict=True,
    )
    Table(  # no foreign key: links outlast steps that are forgotten
        MONEY_CHAIN,
        metadata,
        Column("step_id", Integer, primary_key=True, autoincrement=False),
        Column("facts", Text, nullable=False),
        Column("link", Text, nullable=False),
        CheckConstraint("length(facts) = 64 AND length(link) = 64", name="digests"),
        sqlite_strict=True,
    )
    Table(
        "meta",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("file_uuid", Text, nullable=False),
        Column("created_at", Text, nullable=False),
        Column("app_version", Text, nullable=False),
        Column("seq", Integer, nullable=False),
        CheckConstraint("id = 1", name="one_row"),
        sqlite_strict=True,
    )


@cache
def book() -> Schema:
    """The schema of a Clusterbook file. Imports the tables, which takes a moment."""
    from models import tables

    return Schema.of(tables.metadata, tables.RECORDED)


def fingerprint(raw: sqlite3.Connection) -> str:
    """A digest of every table, index, trigger and view of a file, whatever made them."""
    rows = raw.execute(
        "SELECT type, name, tbl_name, sql FROM main.sqlite_master WHERE name NOT LIKE 'sqlite@_%' ESCAPE '@'"
    )
    lines = sorted(f"{kind} {name} {table} {normal(sql)}" for kind, name, table, sql in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@cache
def normal(sql: str) -> str:
    """A CREATE statement without what differs between makers: spacing, needless quotes, order of parts.

    ALTER TABLE ADD COLUMN writes the column last, a batch migration quotes the name, autogenerate
    orders constraints its own way: all three must equal what `create` makes.
    """
    plain = re.sub(r'"([A-Za-z_][A-Za-z0-9_]*)"', r"\1", " ".join(sql.split()))
    head, bracket, rest = plain.partition("(")
    if not bracket:
        return plain
    parts, tail = split_parts(rest)
    if head.upper().startswith("CREATE TABLE"):
        parts.sort()
    return f"{head.strip()}({', '.join(parts)}){tail}"


TOKEN = re.compile(r"'[^']*'|\"[^\"]*\"|[(),]")
"""What matters to brackets and commas: a quoted text is passed over whole."""


def split_parts(text: str) -> tuple[list[str], str]:
    """The parts of a bracket, between its own commas; and what follows it. `text` begins inside it."""
    parts, start, depth = [], 0, 0
    for token in TOKEN.finditer(text):
        if token[0] == "(":
            depth += 1
        elif token[0] == "," and depth == 0:
            parts.append(text[start : token.start()].strip())
            start = token.end()
        elif token[0] == ")":
            if depth == 0:
                return [*parts, text[start : token.start()].strip()], text[token.end() :].rstrip()
            depth -= 1
    return [*parts, text[start:].strip()], ""
