"""Plain values, and how one is made from another.

The values of rules and queries are `msgspec.Struct`s, frozen: to make one of their some 400 classes takes a
fiftieth of the time of a data class, and the start of the window waited for that.
"""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def replace(value: T, /, **changes: Any) -> T:
    """The same value with some fields changed, be it a `Struct` or a data class.

    Raises:
        TypeError: there is no such field.
    """
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(value, **changes)
    return dataclasses.replace(value, **changes)  # type: ignore[type-var]
