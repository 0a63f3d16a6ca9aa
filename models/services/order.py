"""Records that stand in an order of the lead's own: the next place, one place up or down."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session

from models import tables as t
from models.services import records
from models.services.records import Values


def last_place(session: Session, record: type[t.Record], among: Values) -> int:
    """The place after the last of those that agree in these fields."""
    table = t.metadata.tables[str(record.__tablename__)]
    same = [table.c[name] == value for name, value in among.items()]
    highest = session.connection().scalar(select(func.max(table.c.position)).where(*same))
    return int(highest or 0) + 1


def move(session: Session, record: type[t.Record], record_id: int, by: int, among: tuple[str, ...]) -> bool:
    """Move a record so many places further on, and number those beside it anew.

    Args:
        session: inside the transaction.
        record: its class, which has a position.
        record_id: its number.
        by: how far: -1 is one up.
        among: the fields in which those beside it agree with it.

    Returns:
        Whether it moved: the first cannot go up.

    Raises:
        Changed: it is not there any more.
    """
    table = t.metadata.tables[str(record.__tablename__)]
    own = records.kept(session, table.name, record_id).values
    same = [table.c[name] == own[name] for name in among]
    wanted = select(table.c.id).where(*same).order_by(table.c.position, table.c.id)
    before = list(session.connection().scalars(wanted))
    rest = [one for one in before if one != record_id]
    at = min(max(before.index(record_id) + by, 0), len(rest))
    after = [*rest[:at], record_id, *rest[at:]]
    if after != before:
        _number(session, table, after)
    return after != before


def _number(session: Session, table: Any, ids: list[int]) -> None:
    """Give places from 1; first beyond all there are, as no two may ever stand in one place."""
    connection = session.connection()
    beyond = (connection.scalar(select(func.max(table.c.position))) or 0) + len(ids)
    for start in (beyond, 0):
        for place, one in enumerate(ids, start + 1):
            connection.execute(update(table).where(table.c.id == one).values(position=place))
    session.expire_all()
