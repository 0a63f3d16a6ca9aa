"""`override` for every module of the window, without typing_extensions at run time.

Python 3.11 has no `typing.override`, and importing typing_extensions takes about a fifth of the time in which
a bare window is painted (architecture.md, decision 7). Checkers see the real one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from typing_extensions import override
else:
    _F = TypeVar("_F")

    def override(method: _F) -> _F:
        """Mark a method that replaces one of its base class."""
        return method


__all__ = ["override"]
