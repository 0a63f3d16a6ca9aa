"""In which school year a record of the impact page is shown, for those who are led to it from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year

DAYS: Mapping[str, str] = {"activity": "on", "evidence": "on", "project": "starts_on"}
YEARS = ("bar_slip", "confidence_answer")


def impact_year_of(session: Session, table: str, record_id: int) -> int | None:
    """The school year that shows a record; None: every year does, or it is not there any more."""
    stored = t.metadata.tables[table]
    if table in YEARS:
        return session.scalar(select(stored.c.school_year).where(stored.c.id == record_id))
    if table in DAYS:
        day = session.scalar(select(stored.c[DAYS[table]]).where(stored.c.id == record_id))
        return school_year(day) if day is not None else None
    return None
