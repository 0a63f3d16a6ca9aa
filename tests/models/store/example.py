"""A small book for the store's tests: a school makes claims, a claim has lines and papers.

Its own metadata: the mechanism must not depend on the tables of a Clusterbook.
"""

import datetime as dt
import hashlib
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, LargeBinary, Text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from models.store import Changes, Setup, Store
from models.store.schema import Schema
from models.types import Bool, IsoDate, Pence, column_check

DAY = dt.date(2025, 1, 2)


class Base(SQLModel, registry=registry()):
    pass


class Record(Base):
    __table_args__ = {"sqlite_strict": True, "sqlite_autoincrement": True}
    id: int | None = Field(default=None, primary_key=True)


def link(target: str, *, optional: bool = False):
    start = {"default": None} if optional else {}
    return Field(**start, foreign_key=target, ondelete="RESTRICT", index=True, nullable=optional)


class School(Record, table=True):
    code: str = Field(sa_type=Text, unique=True)
    name: str = Field(sa_type=Text)
    lead: bool = Field(default=False, sa_type=Bool)
    partner_id: int | None = link("school.id", optional=True)


class Claim(Record, table=True):
    school_id: int = link("school.id")
    number: str = Field(sa_type=Text, unique=True)
    day: dt.date = Field(sa_type=IsoDate)
    amount: int = Field(sa_type=Pence)
    note: str = Field(default="", sa_type=Text)


class ClaimLine(Record, table=True):
    __tablename__ = "claim_line"
    claim_id: int = link("claim.id")
    text: str = Field(sa_type=Text)
    amount: int = Field(sa_type=Pence)


class Attachment(Record, table=True):
    claim_id: int = link("claim.id")
    name: str = Field(sa_type=Text)
    sha256: str = Field(sa_type=Text, foreign_key="blob.sha256", ondelete="RESTRICT", index=True)


class Blob(Base, table=True):
    __table_args__ = {"sqlite_strict": True}
    sha256: str = Field(sa_type=Text, primary_key=True)
    data: bytes = Field(sa_type=LargeBinary)


for table in Base.metadata.tables.values():
    for column in table.columns:
        if condition := column_check(column.name, column.type):
            table.append_constraint(CheckConstraint(condition, name=f"ck_{table.name}_{column.name}"))

RECORDED = tuple(table for table in Base.metadata.sorted_tables if table.name != "blob")
SCHEMA = Schema.of(Base.metadata, RECORDED, fingerprints={1: ""})
SETUP = Setup(SCHEMA)


def add(store: Store, name: str, *things: SQLModel) -> Changes:
    """Save things as one action."""
    with store.transaction(name) as (session, changes):
        for thing in things:
            session.add(thing)
            session.flush()
    return changes


def school(n: int = 1) -> School:
    return School(code=f"S{n}", name=f"School {n}")


def claim(n: int = 1, school_id: int = 1) -> Claim:
    return Claim(school_id=school_id, number=f"SC-{n:04}", day=DAY, amount=100)


def paper(data: bytes, claim_id: int = 1) -> tuple[Blob, Attachment]:
    """A paper on a claim, and its bytes."""
    sha256 = hashlib.sha256(data).hexdigest()
    return Blob(sha256=sha256, data=data), Attachment(claim_id=claim_id, name="a.pdf", sha256=sha256)


def run(store: Store, sql: str, *values: object) -> list:
    """Ask the file in SQL."""
    with store.read() as session:
        return session.connection().exec_driver_sql(sql, values).all()


def dump(store: Store) -> dict[str, list]:
    """Every stored value of every recorded table, with its storage class."""
    with store.read() as session:
        connection = session.connection()
        return {
            table.name: connection.execute(
                sa.select(*(part for c in table.columns for part in (raw(c), sa.func.typeof(c)))).order_by(
                    table.c.id
                )
            ).all()
            for table in RECORDED
        }


def raw(column: sa.Column) -> sa.ColumnElement:
    """A column's value as it is stored, past our types."""
    return sa.type_coerce(column, sa.types.NullType())


def count(store: Store, table: type[SQLModel]) -> int:
    with store.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table))


def leave_a_hot_journal(path: Path) -> None:
    """What a crash in the middle of a save leaves: half-written pages, and the journal to undo them."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA cache_size=1")
    raw.execute("PRAGMA cache_spill=1")
    raw.execute("BEGIN")
    raw.execute("UPDATE school SET name = 'half'")
    raw.executemany("INSERT INTO blob VALUES (?, zeroblob(9000))", ((str(n),) for n in range(50)))
    journal = path.with_name(f"{path.name}-journal")
    kept = path.read_bytes(), journal.read_bytes()
    raw.execute("ROLLBACK")
    raw.close()
    path.write_bytes(kept[0])
    journal.write_bytes(kept[1])
