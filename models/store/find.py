"""Quick find: an FTS5 index of every text in every record, in TEMP.

Not in the file: there it would keep the words of deleted people in its segments, add six tables to the
fingerprint, and could go stale. In TEMP it can do none of that. Made at the first search, so that opening
stays fast; from then on kept in step from `touched` before each COMMIT.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from sqlalchemy import Column, Connection, Table, Text

from models.gate import clean
from models.store.engine import driver
from models.store.sql import fill, name, word
from models.store.values import Hit
from models.types import Choice, IsoDate, IsoTime

TITLES = ("name", "title", "topic", "number", "code")
"""Columns that name a record, best first; else its first text."""

# remove_diacritics folds é and ŵ, but not the letters that Unicode does not take apart
STROKES = str.maketrans("ŁłØøĐđĦħÆæŒœßþÞðÐ", "LlOoDdHhAaOosttdD")


def fold(text: str | None) -> str:
    """Text as it is indexed and looked for: Łukasz is found as lukasz."""
    return (text or "").translate(STROKES)


class Spec(Struct, frozen=True):
    """How one table is searched: its title, and the other texts. `code` is part of the index's rowid."""

    code: int
    table: str
    title: str
    body: tuple[str, ...]


def searchable(column: Column[object]) -> bool:
    """Whether people write this column in words: not a date, not a choice, not a key."""
    stored = getattr(column.type, "impl_instance", column.type)
    coded = isinstance(column.type, Choice | IsoDate | IsoTime)
    return isinstance(stored, Text) and not coded and not column.foreign_keys


def specs(tables: Iterable[Table]) -> tuple[Spec, ...]:
    """How to search each table that has words in it, from its columns."""
    made: list[Spec] = []
    for table in sorted(tables, key=lambda table: table.name):
        texts = [column.name for column in table.columns if searchable(column)]
        if texts:
            title = next((t for t in TITLES if t in texts), texts[0])
            made.append(Spec(len(made), table.name, title, tuple(t for t in texts if t != title)))
    return tuple(made)


class Find:
    """The index, for the recorded tables of one schema. Holds no connection."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self.specs = specs(tables)
        self._stride = len(self.specs)
        self._by_table = {spec.table: spec for spec in self.specs}

    def rows(self, spec: Spec, only: str = "") -> str:
        """SQL for a table's rows as they are indexed. FTS5 finds a row fast by rowid only."""
        others = " || ' ' || ".join(fill("coalesce({c}, '')", c=name(c)) for c in spec.body)
        return fill(
            "SELECT id * {stride} + {code}, fold({title}), fold({body}) FROM main.{table}{only}",
            stride=str(self._stride),
            code=str(spec.code),
            title=name(spec.title),
            body=others or "''",
            table=name(spec.table),
            only=only,
        )

    def build(self, connection: Connection) -> None:
        """Make the index of all there is."""
        driver(connection).create_function("fold", 1, fold, deterministic=True)
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.find USING fts5"
            "(title, body, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
        )
        for spec in self.specs:
            connection.exec_driver_sql("INSERT INTO temp.find (rowid, title, body) " + self.rows(spec))

    def refresh(self, connection: Connection) -> None:
        """Index afresh the rows that this transaction touched."""
        run = connection.exec_driver_sql
        for table in run("SELECT DISTINCT table_name FROM touched").scalars().all():
            spec = self._by_table.get(table)
            if spec is None:
                continue
            ids = fill("(SELECT row_id FROM touched WHERE table_name = {table})", table=word(table))
            run(
                fill(
                    "DELETE FROM temp.find WHERE rowid IN (SELECT row_id * {stride} + {code} FROM {ids})",
                    stride=str(self._stride),
                    code=str(spec.code),
                    ids=ids,
                )
            )
            run("INSERT INTO temp.find (rowid, title, body) " + self.rows(spec, only=f" WHERE id IN {ids}"))

    def search(self, connection: Connection, words: str, limit: int) -> list[Hit]:
        """Records that have words beginning with each of the words typed; titles count most.

        Each word is quoted, so that nothing the user types is syntax; what is stored came through the gate,
        and so do they.
        """
        typed = " ".join('"' + w.replace('"', '""') + '"*' for w in fold(clean(words)).split())
        if not typed:
            return []
        run = connection.exec_driver_sql
        found = run(
            "SELECT rowid FROM temp.find WHERE find MATCH ? ORDER BY bm25(find, 10.0, 1.0), rowid LIMIT ?",
            (typed, limit),
        )
        hits = []
        for rowid in found.scalars().all():
            spec, row_id = self.specs[rowid % self._stride], rowid // self._stride
            query = fill(
                "SELECT {title} FROM main.{table} WHERE id = ?",
                title=name(spec.title),
                table=name(spec.table),
            )
            hits.append(Hit(spec.table, row_id, run(query, (row_id,)).scalar() or ""))
        return hits
