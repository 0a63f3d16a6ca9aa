"""Where a record of the impact page is shown: on which list, and in which school year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year

DAYS: Mapping[str, str] = {"activity": "on", "evidence": "on", "project": "starts_on"}
"""By table: the day that says in which school year a record is listed."""
WHOLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "activity_school": (("activity_id", "activity"),),
    "aim_link": (("aim_id", "aim"), ("focus_area_id", "focus_area")),
    "document_agreement": (("document_id", "shared_document"),),
    "project_school": (("project_id", "project"),),
}
"""By table of a part: the fields that lead to what it is a part of, and that table."""
OF_YEAR = frozenset({"bar_slip", "confidence_answer"})


class Where(Struct, frozen=True):
    """Where to look for a record; `year` None: every school year shows it."""

    table: str
    id: int
    year: int | None


def where(session: Session, table: str, record_id: int) -> Where | None:
    """Where a record is shown: a part where its whole is. None if it is not there any more."""
    row = _row(session, table, record_id)
    if row is None:
        return None
    for field, whole in WHOLES.get(table, ()):
        key = getattr(row, field)
        if key is not None:
            return where(session, whole, key)
    return Where(table, record_id, _year(table, row))


def _row(session: Session, table: str, record_id: int) -> Any:
    stored = t.metadata.tables[table]
    return session.execute(select(stored).where(stored.c.id == record_id)).first()


def _year(table: str, row: Any) -> int | None:
    if table in OF_YEAR:
        return int(row.school_year)
    day = getattr(row, DAYS[table]) if table in DAYS else None
    return school_year(day) if day is not None else None
