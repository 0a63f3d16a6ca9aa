"""What serves an aim or a focus area: linked from the thing's side, or from the aim's (R-MEET-6, R-AIM-3).

A link rests on a wording of an aim. Whatever wording it was made under, it serves the aim of that number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from msgspec import Struct
from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from models import tables as t
from models.errors import Refused
from models.services import records

Key = tuple[str, int]
"""A thing: its table and its number."""
THINGS = ("meeting", "cpd_session", "resource", "project", "fund_entry", "evidence", "activity")
"""The tables whose records can serve an aim or a focus area."""
_LINK, _AIM = t.metadata.tables["aim_link"], t.metadata.tables["aim"]


class Target(Struct, frozen=True):
    """What is served: an aim by its number from 1 to 6, or a focus area by its id. One of the two."""

    aim: int | None = None
    area_id: int | None = None


def serve(
    session: Session, table: str, record_id: int, aim_ids: Collection[int], area_ids: Collection[int]
) -> None:
    """Say which aims and focus areas a thing serves, and no others.

    Args:
        session: inside the transaction.
        table: the thing's table, one of `THINGS`.
        record_id: the thing.
        aim_ids: wordings of aims, by their ids.
        area_ids: focus areas.

    Raises:
        Changed: the thing is not there any more.
    """
    records.kept(session, table, record_id)
    wanted = {("aim_id", key) for key in aim_ids} | {("focus_area_id", key) for key in area_ids}
    there: dict[tuple[str, int], int] = {}
    for row in session.connection().execute(select(_LINK).where(_thing(table) == record_id)):
        served = ("aim_id", row.aim_id) if row.aim_id is not None else ("focus_area_id", row.focus_area_id)
        there[served] = row.id
    for served in sorted(there.keys() - wanted):
        records.remove(session, t.AimLink, there[served])
    for name, key in sorted(wanted - there.keys()):
        records.add(session, t.AimLink, {name: key, f"{table}_id": record_id})


def relink(
    session: Session, target: Target, on: dt.date, link: Collection[Key], unlink: Collection[Key] = ()
) -> int:
    """Link things to one aim or focus area, and take links away, in one step.

    Args:
        session: inside the transaction.
        target: what they serve.
        on: the day whose wording of the aim the links rest on.
        link: the things that serve it; one that does already is left as it is.
        unlink: the things that do not.

    Returns:
        How many links are new or gone.

    Raises:
        Changed: one of the things is not there any more.
        Refused: the aim is not in words yet.
    """
    ids = _wordings(session, target.aim) if target.aim is not None else []
    if target.aim is not None and not ids:
        raise Refused(f"Aim {target.aim} is not in words yet: put it into words first.")
    ours = _LINK.c.aim_id.in_([key for key, _ in ids]) if ids else _LINK.c.focus_area_id == target.area_id
    own = {"aim_id": _in_force(ids, on)} if ids else {"focus_area_id": target.area_id}
    changed = 0
    for table, key in unlink:
        for link_id in _links(session, table, key, ours):
            records.remove(session, t.AimLink, link_id)
            changed += 1
    for table, key in link:
        records.kept(session, table, key)
        if not _links(session, table, key, ours):
            records.add(session, t.AimLink, {**own, f"{table}_id": key})
            changed += 1
    return changed


def _thing(table: str) -> ColumnElement[int]:
    if table not in THINGS:
        raise LookupError(table)
    return _LINK.c[f"{table}_id"]


def _links(session: Session, table: str, key: int, ours: ColumnElement[bool]) -> list[int]:
    return list(session.connection().scalars(select(_LINK.c.id).where(_thing(table) == key, ours)))


def _wordings(session: Session, number: int) -> list[tuple[int, dt.date]]:
    """The wordings of an aim, oldest first."""
    wanted = select(_AIM.c.id, _AIM.c.starts_on).where(_AIM.c.number == number).order_by(_AIM.c.starts_on)
    return [(row.id, row.starts_on) for row in session.connection().execute(wanted)]


def _in_force(wordings: list[tuple[int, dt.date]], on: dt.date) -> int:
    """The wording of a day; before the first, that one."""
    begun = [key for key, starts_on in wordings if starts_on <= on]
    return begun[-1] if begun else wordings[0][0]
