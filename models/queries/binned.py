"""How much lies in the Bin: asked with every frame, so it imports next to nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from models import tables as t
from models.services.records import PARTS

if TYPE_CHECKING:
    from models.store import Store
    from models.store.values import Deleted

BIN_DAYS = 30


def bin_count(store: Store, now: dt.datetime) -> int:
    """How many records the Bin lists."""
    return len(wholes(store.recent_bin(now - dt.timedelta(days=BIN_DAYS))))


def wholes(gone: Sequence[Deleted]) -> list[Deleted]:
    """Without the parts of records that the same action deleted."""
    deleted = {(one.step, one.table, one.row_id) for one in gone}
    whole_of = {part: whole for whole, parts in PARTS.items() for part in parts}

    def is_part(one: Deleted) -> bool:
        whole = whole_of.get(one.table)
        return whole is not None and (one.step, whole, one.image[part_link(one.table, whole)]) in deleted

    return [one for one in gone if not is_part(one)]


def part_link(part: str, whole: str) -> str:
    """The column by which a part belongs to its whole: the first, where several lead there."""
    return next(
        str(column.name)
        for column in t.metadata.tables[part].c
        for key in column.foreign_keys
        if key.column.table.name == whole
    )
