"""The same data with other words in it: what somebody might type anywhere."""

from collections.abc import Callable
from enum import Enum
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from models.rules.scheme import Scheme
from models.values import replace


def with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The same data with every text in it changed: what users typed anywhere."""
    if isinstance(value, str):
        return value if isinstance(value, Enum) or not value else change(value)
    if isinstance(value, tuple):
        return tuple(with_texts(part, change) for part in value)
    if not isinstance(value, Struct) or isinstance(value, Scheme):  # its words are chosen, not typed
        return value
    inside = asdict(value)
    changed = {name: with_texts(part, change) for name, part in inside.items()}
    return replace(value, **{name: part for name, part in changed.items() if part != inside[name]})
