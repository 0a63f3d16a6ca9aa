"""The same data with other words in it: what somebody might type anywhere."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from models.calendar import SchoolCalendar
from models.rules.scheme import Scheme


def with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The same data with every text in it changed: what users typed anywhere."""
    if isinstance(value, str):
        return value if isinstance(value, Enum) or not value else change(value)
    if isinstance(value, tuple):
        return tuple(with_texts(part, change) for part in value)
    if not is_dataclass(value) or isinstance(value, (Scheme, SchoolCalendar, type)):
        return value
    inside = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
    changed = {name: with_texts(part, change) for name, part in inside.items()}
    return replace(value, **{name: part for name, part in changed.items() if part != inside[name]})
