"""The records of one school: a school that became an academy has more than one (R-DATA-6)."""

from __future__ import annotations

from sqlmodel import Session, select

from models import tables as t
from models.rules.schools import SchoolFact, records_of_one_school


def line_ids(session: Session, school_id: int) -> tuple[int, ...]:
    """The ids of all records of the school that has this one, oldest first."""
    rows = session.exec(select(t.School.id, t.School.name, t.School.predecessor_id)).all()
    facts = [SchoolFact(key or 0, name, predecessor_id=before) for key, name, before in rows]
    return next((line for line in records_of_one_school(facts) if school_id in line), (school_id,))
