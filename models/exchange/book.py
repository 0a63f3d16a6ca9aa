"""The book as its sheets show it: every row by its key, whatever its number in the file.

A key is a tuple of typed values; a link inside it is the other record's id. The same tuples serve rows that
are only about to come in: their ids are negative until they are stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from models.errors import BadInput
from models.exchange.cells import read_cell, shown, write_cell
from models.exchange.columns import Column, Kind, join_key, key_columns, split_key
from models.exchange.sheets import BY_TABLE, Sheet
from models.formats import long_date

Key = tuple[Any, ...]
Fields = Mapping[str, Any]
MOST_HINTS = 50


def folded(key: Key) -> Key:
    """The key without regard to capital letters."""
    return tuple(part.casefold() if isinstance(part, str) else part for part in key)


class Keys:
    """Which rows go by which key: exactly, or else without regard to capitals."""

    def __init__(self) -> None:
        self._exact: dict[Key, list[int]] = {}
        self._folded: dict[Key, list[int]] = {}

    def add(self, key: Key, row_id: int) -> None:
        """Note a row."""
        self._exact.setdefault(key, []).append(row_id)
        self._folded.setdefault(folded(key), []).append(row_id)

    def find(self, key: Key) -> list[int]:
        """The ids of the rows with this key, in the order they were noted."""
        return self._exact.get(key) or self._folded.get(folded(key), [])

    def has(self, key: Key) -> bool:
        """True if a row has exactly this key."""
        return key in self._exact

    def beginning(self, parts: Key) -> list[int]:
        """The ids of the rows whose key begins with these parts."""
        start = folded(parts)
        return [i for key, ids in self._folded.items() if key[: len(start)] == start for i in ids]


class SheetRows:
    """The stored rows of one sheet, and its keys."""

    def __init__(self, session: Session, sheet: Sheet) -> None:
        self.sheet = sheet
        table = sheet.table
        chosen = select(table.c.id, *(table.c[field] for field in sheet.fields)).order_by(table.c.id)
        self.by_id: dict[int, Fields] = {}
        self.keys = Keys()
        self.texts: dict[int, str] = {}  # key texts worked out so far
        for row_id, *values in session.execute(chosen):
            fields = dict(zip(sheet.fields, values, strict=True))
            self.by_id[row_id] = fields
            self.keys.add(tuple(fields[part] for part in sheet.key), row_id)

    @cached_property
    def natural(self) -> Keys:
        """The rows by what tells them apart where no code is written."""
        keys = Keys()
        for row_id, fields in self.by_id.items():
            keys.add(tuple(fields[part] for part in self.sheet.natural), row_id)
        return keys


class Book:
    """Every sheet of a book, each read once, when first asked for. Lives no longer than its session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._sheets: dict[str, SheetRows] = {}
        self._hints = MOST_HINTS

    def rows(self, sheet: Sheet) -> SheetRows:
        """The rows of a sheet."""
        if sheet.title not in self._sheets:
            self._sheets[sheet.title] = SheetRows(self._session, sheet)
        return self._sheets[sheet.title]

    def key_text(self, table: str, row_id: int) -> str:
        """How a row is called on other sheets."""
        known = self.rows(BY_TABLE[table])
        if row_id not in known.texts:
            known.texts[row_id] = self.text_of(known.sheet, known.by_id[row_id])
        return known.texts[row_id]

    def text_of(self, sheet: Sheet, fields: Fields) -> str:
        """The key of a row's fields as text."""
        return join_key([self._part(column, fields[column.field]) for column in key_columns(sheet)])

    def _part(self, column: Column, value: Any) -> str:
        if value is None:
            return ""
        if column.kind is Kind.LINK:
            return self.key_text(column.target, value)
        if column.kind is Kind.DAY:
            return long_date(value)
        return str(value) if column.kind is Kind.TEXT else shown(write_cell(column, value))

    def cell_value(self, column: Column, value: Any) -> Any:
        """A stored value as `write_cell` takes it: links as the text of their key."""
        if column.kind is Kind.LINK and value is not None:
            return self.key_text(column.target, value)
        return value

    def resolve(self, column: Column, text: str) -> int:
        """The row that a link's text names, in the book or among the rows coming in.

        Raises:
            BadInput: there is none, or more than one.
        """
        sheet = BY_TABLE[column.target]
        found = self._found(sheet, text)
        if len(found) == 1:
            return found[0]
        if found:
            raise BadInput(
                f"“{shown(text)}” could be more than one row of the sheet {sheet.title}: "
                f"write it as {column.known_by}.",
                column.field,
            )
        unknown = f"“{shown(text)}” is neither on the sheet {sheet.title} nor in the book."
        raise BadInput(unknown + self._hint(sheet, text), column.field)

    def _hint(self, sheet: Sheet, text: str) -> str:
        """The nearest name, for the first few that are not found: comparing takes time."""
        if self._hints == 0:
            return ""
        self._hints -= 1
        rows = self.rows(sheet)
        stored = (self.key_text(str(sheet.table.name), row_id) for row_id in rows.by_id)
        names = {name.casefold(): name for name in (*stored, *rows.texts.values())}
        near = get_close_matches(text.casefold(), names, 1)
        return f" Did you mean “{names[near[0]]}”?" if near else ""

    def _found(self, sheet: Sheet, text: str) -> list[int]:
        key = key_columns(sheet)
        parts = split_key(text, len(key))
        try:
            values = tuple(self._read(column, part) for column, part in zip(key, parts, strict=False))
        except BadInput:
            return []
        keys = self.rows(sheet).keys
        return keys.find(values) if len(values) == len(key) else keys.beginning(values)

    def _read(self, column: Column, part: str) -> Any:
        if column.kind is Kind.LINK and part:
            return self.resolve(column, part)
        return read_cell(column, part)
