"""Which schools take part in a shared project or an activity (R-PROJ-1, R-INC-2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.services import records

PARTS: Mapping[str, type[t.Record]] = {"activity": t.ActivitySchool, "project": t.ProjectSchool}
"""By table: the record that ties a school to a thing."""


def set_schools(session: Session, table: str, record_id: int, school_ids: Collection[int]) -> None:
    """Say which schools take part in a thing, and no others.

    Args:
        session: inside the transaction.
        table: "project" or "activity".
        record_id: the thing.
        school_ids: the schools.

    Raises:
        Changed: the thing or a school is not there any more.
    """
    records.kept(session, table, record_id)
    part, owner = PARTS[table], f"{table}_id"
    stored = t.metadata.tables[str(part.__tablename__)]
    rows = session.connection().execute(
        select(stored.c.school_id, stored.c.id).where(stored.c[owner] == record_id)
    )
    known = {row.school_id: row.id for row in rows}
    for school_id in sorted(known.keys() - set(school_ids)):
        records.remove(session, part, known[school_id])
    for school_id in sorted(set(school_ids) - known.keys()):
        records.kept(session, "school", school_id)
        records.add(session, part, {owner: record_id, "school_id": school_id})
