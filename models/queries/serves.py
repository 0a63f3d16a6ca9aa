"""Which aims and focus areas things serve, in words, for the lists of one kind of thing."""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t

_LINK, _AIM, _AREA = (t.metadata.tables[name] for name in ("aim_link", "aim", "focus_area"))


class Serves(Struct, frozen=True):
    """What a thing serves: aims by their number, then focus areas.

    Attributes:
        brief: `Aim 2`, `Family learning`: for a column.
        full: `Aim 2: Every teacher is confident …`: for a panel.
    """

    brief: tuple[str, ...] = ()
    full: tuple[str, ...] = ()

    @property
    def aims(self) -> tuple[str, ...]:
        """The aims among the brief words: those that are said otherwise in full."""
        return tuple(one for one, whole in zip(self.brief, self.full, strict=True) if one != whole)


NOTHING = Serves()


def serves(session: Session, table: str) -> dict[int, Serves]:
    """What each record of a table serves; those that serve nothing are left out."""
    thing = _LINK.c[f"{table}_id"]
    both = _LINK.outerjoin(_AIM, _AIM.c.id == _LINK.c.aim_id).outerjoin(
        _AREA, _AREA.c.id == _LINK.c.focus_area_id
    )
    query = (
        select(thing, _AIM.c.number, _AIM.c.text, _AREA.c.name)
        .select_from(both)
        .where(thing.is_not(None))
        .order_by(_AIM.c.number.is_(None), _AIM.c.number, _AREA.c.position)
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for key, number, words, area in session.execute(query):
        if number is None:
            found[key][area] = area
        else:
            found[key][f"Aim {number}"] = f"Aim {number}: {words}"
    return {key: Serves(tuple(said), tuple(said.values())) for key, said in found.items()}
