"""How our values lie in the file. STRICT tables know only INTEGER, TEXT and BLOB; REAL is never used."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from typing_extensions import override


class Pence(TypeDecorator[int]):
    """Money: whole pence. A float, a Decimal or a bool is a mistake, not a number to round."""

    impl = Integer
    cache_ok = True

    @override
    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        if value is not None and type(value) is not int:
            raise TypeError(f"money is whole pence, not {value!r}")
        return value


class IsoDate(TypeDecorator[dt.date]):
    """A day, as YYYY-MM-DD."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: dt.date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.date | None:
        return None if value is None else dt.date.fromisoformat(value)


class IsoTime(TypeDecorator[dt.time]):
    """A time of day, as HH:MM. Seconds are not kept: no meeting starts at them."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: dt.time | None, dialect: Dialect) -> str | None:
        return None if value is None else value.strftime("%H:%M")

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.time | None:
        return None if value is None else dt.time.fromisoformat(value)


class Bool(TypeDecorator[bool]):
    """Yes or no, as 1 or 0."""

    impl = Integer
    cache_ok = True

    @override
    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Choice(TypeDecorator[StrEnum]):
    """One word of a StrEnum, as its value. The table adds a CHECK with the words allowed."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words
        self._by_value = {word.value: word for word in words}

    @override
    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        # a table of ours holds nothing else, and asking the class is ten times as slow
        return None if value is None else self._by_value[value]


def column_check(name: str, column_type: Any) -> str | None:
    """The SQL condition that a column's type asks of the file, or None.

    The last line of defence (safety.md 3.1): it holds for whatever program writes.
    """
    if isinstance(column_type, Bool):
        return f"{name} IN (0, 1)"
    if isinstance(column_type, IsoDate):
        return f"{name} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'"
    if isinstance(column_type, IsoTime):
        return f"{name} GLOB '[0-2][0-9]:[0-5][0-9]'"
    if isinstance(column_type, Choice):
        return f"{name} IN ({', '.join(repr(word.value) for word in column_type.words)})"
    return None
