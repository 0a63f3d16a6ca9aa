"""The real book: what `create` makes, what the migrations make and what the tables say are the same."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Numeric, Table, Text

from models.store import Setup, Store
from models.store.engine import connect, driver
from models.store.migrate import configuration, upgrade, writing
from models.store.migrations.fingerprints import FINGERPRINTS
from models.store.schema import Schema, book, fingerprint, require_recordable


@pytest.fixture(scope="module")
def schema() -> Schema:
    return book()


def test_migrations_make_exactly_what_create_makes_and_the_tables_say(schema, tmp_path):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    path = tmp_path / "made.clusterbook"
    connect(path, "rwc").close()
    with writing(path) as connection:
        upgrade(connection, schema)
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []
        by_scripts = fingerprint(driver(connection))
    assert by_scripts == schema.fingerprint
    assert FINGERPRINTS[schema.number] == by_scripts


def test_the_newest_script_has_the_number_of_the_layout(schema):
    from alembic.script import ScriptDirectory

    with writing_nothing() as connection:
        heads = ScriptDirectory.from_config(configuration(connection, schema)).get_heads()
    assert heads == [f"{schema.number:04}"]


def writing_nothing():
    from sqlalchemy import create_engine

    return create_engine("sqlite://").connect()


def test_a_new_book_is_known_at_once_without_alembic(schema, tmp_path):
    store = Store.create(tmp_path / "new.clusterbook")
    with store._door.raw("test") as raw:
        assert fingerprint(raw) == FINGERPRINTS[schema.number]
        assert raw.execute("PRAGMA user_version").fetchone() == (schema.number,)
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (f"{schema.number:04}",)
        strict = raw.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0"
        ).fetchall()
    assert {name for (name,) in strict} == {"alembic_version", "sqlite_schema", "sqlite_sequence"}
    store.close()


def test_every_table_but_the_bytes_and_the_stores_own_is_recorded(schema):
    recorded = {table.name for table in schema.recorded}
    assert set(schema.metadata.tables) - recorded == {"blob", "step", "change", "money_chain", "meta"}


def test_quick_find_covers_every_table_that_has_words(schema, tmp_path):
    store = Store.create(tmp_path / "new.clusterbook", setup=Setup(schema))
    titles = {spec.table: spec.title for spec in store._find.specs}
    assert {"school", "person", "meeting", "cover_claim", "resource"} <= set(titles)
    assert titles["school"] == "name"
    assert store.search("oak") == []
    store.close()


def unfit(*columns: Column, strict: bool = True, autoincrement: bool = True) -> Table:
    metadata = MetaData()
    Table("other", metadata, Column("id", Integer, primary_key=True))
    return Table(
        "bad", metadata, *columns, sqlite_strict=strict, sqlite_autoincrement=autoincrement
    )  # fmt: skip


KEY = ("id", Integer)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (unfit(Column(*KEY, primary_key=True), autoincrement=False), "never be used twice"),
        (unfit(Column(*KEY, primary_key=True), strict=False), "STRICT"),
        (unfit(Column("code", Text, primary_key=True)), "single “id”"),
        (unfit(Column(*KEY, primary_key=True), Column("data", LargeBinary)), "bytes"),
        (unfit(Column(*KEY, primary_key=True), Column("price", Numeric)), "REAL"),
        (unfit(Column(*KEY, primary_key=True), *(Column(f"c{n}", Text) for n in range(63))), "too many"),
        (
            unfit(
                Column(*KEY, primary_key=True),
                Column("o", ForeignKey("other.id", ondelete="CASCADE"), index=True),
            ),
            "RESTRICT",
        ),
        (
            unfit(Column(*KEY, primary_key=True), Column("o", ForeignKey("other.id", ondelete="RESTRICT"))),
            "index",
        ),
        (
            unfit(
                Column(*KEY, primary_key=True),
                Column("a", Integer),
                Column("o", ForeignKey("other.id", ondelete="RESTRICT")),
                Index("ix", "a", "o"),
            ),
            "index",
        ),
        (
            unfit(
                Column(*KEY, primary_key=True),
                Column("o", ForeignKey("other.id", ondelete="RESTRICT", deferrable=True), index=True),
            ),
            "deferrable",
        ),
    ],
)
def test_a_table_that_history_could_not_restore_is_refused(table, why):
    with pytest.raises(ValueError, match=why):
        require_recordable(table)


def test_a_fingerprint_sees_every_change_but_not_the_makers_hand():
    def made(*statements: str) -> str:
        with closing(sqlite3.connect(":memory:")) as raw:
            for statement in statements:
                raw.execute(statement)
            return fingerprint(raw)

    plain = (
        "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT CHECK (b IN ('x, y', '(')), c TEXT, "
        "UNIQUE (b, c)) STRICT"
    )
    same = made(plain)
    alike = [
        "CREATE TABLE \"a\" (\n\tid INTEGER PRIMARY KEY, \n\t\"b\" TEXT CHECK (b IN ('x, y', '(')),"
        ' c TEXT, UNIQUE ("b", c)) STRICT',
        "CREATE TABLE a (id INTEGER PRIMARY KEY, c TEXT, b TEXT CHECK (b IN ('x, y', '(')), UNIQUE (b, c)) "
        "STRICT",
    ]
    assert {made(statement) for statement in alike} == {same}
    for other in (
        plain.replace("STRICT", ""),
        plain.replace("'x, y'", "'x', 'y'"),
        plain.replace("UNIQUE (b, c)", "UNIQUE (c)"),
        plain.replace("c TEXT", "c TEXT NOT NULL"),
    ):
        assert made(other) != same
    assert made(plain, "CREATE INDEX i ON a (b)") != same
    assert made(plain, "CREATE VIEW v AS SELECT 1") != same
    assert made(plain, "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END") != same
