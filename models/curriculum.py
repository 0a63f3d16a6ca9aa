"""The words to tag a resource with, shipped as a table: year groups, units, enquiry types and skills (F7)."""

from __future__ import annotations

import json
from functools import lru_cache

import resources
from models.words import TagKind


@lru_cache(maxsize=1)
def _table() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(resources.path("tags.json").read_text(encoding="utf-8"))
    return found


def suggested(kind: TagKind) -> tuple[str, ...]:
    """The usual tags of a kind, to choose from; any other word may be typed too."""
    return tuple(_table()[kind.value])
