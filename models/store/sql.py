"""SQL made from names: the one place where the name of a table or column enters a statement.

Names come from our own metadata and are checked all the same. Values are always bound, never put in.
"""

from __future__ import annotations

import re

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def name(word: str) -> str:
    """A table or column as an SQL name: `"claim"`.

    Raises:
        ValueError: it is not a plain word.
    """
    if not NAME.fullmatch(word):
        raise ValueError(f"{word!r} is not the name of a table or column")
    return f'"{word}"'


def word(plain: str) -> str:
    """A table's or column's name as an SQL text: `'claim'`, for DDL, which takes no bound values.

    Raises:
        ValueError: it is not a plain word.
    """
    return name(plain).replace('"', "'")


def fill(template: str, **parts: str) -> str:
    """Put names and pieces of SQL, made by the functions here, into a statement at their {places}."""
    return template.format(**parts)
