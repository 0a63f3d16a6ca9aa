"""A sheet's columns: what each field of its Draft is, worked out from the Draft and the stored table."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from annotated_types import MaxLen
from msgspec import Struct
from sqlalchemy import Column as Stored

from models import gate
from models.exchange.sheets import BY_TABLE, KEY_JOIN, Sheet
from models.tables.base import ONE_LINE
from models.types import Bool, Choice, IsoDate, IsoTime, Pence


class Kind(StrEnum):
    """The kinds of cell."""

    TEXT = "text"
    DAY = "day"
    HOUR = "hour"
    MONEY = "money"
    NUMBER = "number"
    YEAR = "year"
    FLAG = "flag"
    CHOICE = "choice"
    LINK = "link"
    SETTING = "setting"  # the name of a scheme setting


class Column(Struct, frozen=True):
    """One column.

    Attributes:
        field: the Draft's field.
        heading: what stands above it.
        help: the note on the heading.
        needed: a row cannot do without it. A code is not needed: it is given out.
        limit: the most characters of a text.
        lines: line breaks are kept.
        words: what a choice offers.
        target: the table that a link points to.
        prefix: of a code, such as “SC-”; "" if it is none.
    """

    field: str
    heading: str
    help: str
    kind: Kind
    needed: bool
    limit: int = gate.NAME_LIMIT
    lines: bool = False
    words: tuple[StrEnum, ...] = ()
    target: str = ""
    prefix: str = ""

    @property
    def known_by(self) -> str:
        """How a link is written: the headings of the key it points to; "" for other kinds."""
        if not self.target:
            return ""
        sheet = BY_TABLE[self.target]
        return KEY_JOIN.join(sheet.heading(field) for field in sheet.key)


@cache
def columns(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of a sheet, in order."""
    return tuple(_column(sheet, field) for field in sheet.fields)


@cache
def column_of(sheet: Sheet, field: str) -> Column:
    """One column of a sheet."""
    return next(column for column in columns(sheet) if column.field == field)


def key_columns(sheet: Sheet) -> tuple[Column, ...]:
    """The columns a row is known by."""
    return tuple(column_of(sheet, field) for field in sheet.key)


def _column(sheet: Sheet, field: str) -> Column:
    info, stored = sheet.draft.model_fields[field], sheet.table.c[field]
    limit = next((part.max_length for part in info.metadata if isinstance(part, MaxLen)), gate.NAME_LIMIT)
    prefix = str(stored.info.get("prefix", ""))
    return Column(
        field=field,
        heading=sheet.heading(field),
        help=info.description or "",
        kind=_kind(sheet, stored),
        needed=info.is_required() and not prefix,
        limit=limit,
        lines=limit > ONE_LINE,
        words=tuple(stored.type.words) if isinstance(stored.type, Choice) else (),
        target=next((key.column.table.name for key in stored.foreign_keys), ""),
        prefix=prefix,
    )


def _kind(sheet: Sheet, stored: Stored[Any]) -> Kind:
    if stored.foreign_keys:
        return Kind.LINK
    if sheet.table.name == "scheme_setting" and stored.name == "key":
        return Kind.SETTING
    if stored.name == "school_year":
        return Kind.YEAR
    kinds = {Pence: Kind.MONEY, IsoDate: Kind.DAY, IsoTime: Kind.HOUR, Bool: Kind.FLAG, Choice: Kind.CHOICE}
    found = kinds.get(type(stored.type))
    return found or (Kind.NUMBER if stored.type.python_type is int else Kind.TEXT)


# -- keys in words


def join_key(parts: Sequence[str]) -> str:
    """A key's parts as one text. A bar inside a part is doubled, so that no two keys read alike."""
    if len(parts) == 1:
        return parts[0]
    return KEY_JOIN.join(part.replace("|", "||") for part in parts)


def split_key(text: str, count: int) -> tuple[str, ...]:
    """The parts of a key's text: at most `count`. One typed by hand may have bars in its last part."""
    if count == 1:
        return (text,)
    marked = text.replace("||", "\0")
    parts = [part.strip().replace("\0", "|") for part in f" {marked} ".split(KEY_JOIN)]
    if len(parts) > count:
        return tuple(part.strip() for part in text.split(KEY_JOIN, count - 1))
    return tuple(parts)
