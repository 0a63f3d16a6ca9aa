"""What any record of any table is called, for history, the Bin and lists that mix kinds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlmodel import Session

from models import tables as t
from models.exchange.cells import in_words
from models.exchange.columns import Column, Kind, columns
from models.exchange.sheets import BY_TABLE, Sheet
from models.queries.choosing import LONGEST, NAMED_BY
from models.services.records import record_of
from models.tables.base import draft_of

Key = tuple[str, int]
"""A record: its table and its number."""
Image = Mapping[str, Any]

SHORT_WORDS = {"cpd": "CPD", "psqm": "PSQM", "bar": "BAR"}
OTHERWISE = {
    "advisor_question": "question to the Advisor",
    "attachment": "file",
    "document_agreement": "agreement to a document",
    "lead_spell": "lead school",
    "next_step": "line of next year’s plan",
    "pack_note": "words for the pack",
    "scheme_setting": "scheme rule",
    "school_term": "half-term",
}
NAMED_OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "cluster": ("name",),
    "issued_pack": ("pack_number", "school_year"),
}
GONE = "a record deleted since"


def called(table: str) -> str:
    """A table's word for one of its records: `cover_claim` is a cover claim."""
    return OTHERWISE.get(table) or " ".join(SHORT_WORDS.get(word, word) for word in table.split("_"))


@cache
def fields_of(table: str) -> tuple[Column, ...]:
    """Every field of a table's Draft, those that do not travel in a workbook too."""
    record = record_of(table)
    return columns(Sheet("", draft_of(record), record, (), ""))


@cache
def naming_fields(table: str) -> tuple[Column, ...]:
    """The fields that tell one record of a table from the others."""
    names = NAMED_BY.get(table) or NAMED_OTHERWISE.get(table) or BY_TABLE[table].key
    known = {column.field: column for column in fields_of(table)}
    return tuple(known[name] for name in names)


class Names:
    """What records are called, those deleted since too. Each table is asked once for all that is wanted.

    Args:
        session: where to ask.
        wanted: the records, by table.
    """

    def __init__(self, session: Session, wanted: Iterable[Key]) -> None:
        self._session = session
        self._known: dict[Key, str] = {}
        ids: dict[str, set[int]] = {}
        for table, record_id in wanted:
            ids.setdefault(table, set()).add(record_id)
        for table, some in ids.items():
            self._learn(table, some)

    def of(self, table: str, record_id: int) -> str:
        """A record's name, of those that were wanted."""
        return self._known.get((table, record_id), GONE)

    def value(self, column: Column, value: Any) -> str:
        """A field's value in words; a link by the name of what it points to."""
        if column.kind is Kind.LINK and value is not None:
            return self.of(column.target, value) if isinstance(value, int) else str(value)
        return in_words(column, value)

    def record(self, table: str, image: Image, besides: str = "") -> str:
        """The name of a row as it was.

        Args:
            table: its table.
            image: its values.
            besides: a field to leave out: the link to what the row is a part of.
        """
        parts = [
            _short(self.value(column, image[column.field]))
            for column in naming_fields(table)
            if column.field != besides and image.get(column.field) not in {None, ""}
        ]
        return " · ".join(parts)

    def _learn(self, table: str, ids: set[int]) -> None:
        stored = t.metadata.tables[table]
        fields = naming_fields(table)
        query = select(stored.c.id, *(stored.c[one.field] for one in fields)).where(stored.c.id.in_(ids))
        for record_id, *values in self._session.connection().execute(query):
            image = {one.field: value for one, value in zip(fields, values, strict=True)}
            self._known[table, record_id] = self.record(table, image)
        missing = [record_id for record_id in ids if (table, record_id) not in self._known]
        if missing:
            self._remember(table, missing)

    def _remember(self, table: str, ids: list[int]) -> None:
        """The names of records that are not there any more, from what history kept of them."""
        last = text(
            "SELECT row_id, coalesce(before, after) FROM change WHERE table_name = :table "
            "AND row_id IN :ids ORDER BY step_id"
        ).bindparams(bindparam("ids", expanding=True))
        for record_id, image in self._session.connection().execute(last, {"table": table, "ids": ids}):
            name = self.record(table, _read(table, json.loads(image)))
            self._known[table, record_id] = name or GONE


def links(table: str, image: Image) -> Iterable[Key]:
    """The records that a row points to."""
    for column in fields_of(table):
        value = image.get(column.field)
        if column.kind is Kind.LINK and isinstance(value, int):
            yield column.target, value


def _read(table: str, stored: dict[str, Any]) -> dict[str, Any]:
    """A kept row's naming fields; days as days."""
    days = {column.field for column in naming_fields(table) if column.kind is Kind.DAY}
    return {
        name: dt.date.fromisoformat(value) if name in days and value else value
        for name, value in stored.items()
    }


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rstrip() + "…"
