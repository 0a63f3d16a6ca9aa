"""Where on the Meetings page a record is shown: in which year, and with which meeting or CPD session."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year

_MEETING, _CPD = t.metadata.tables["meeting"], t.metadata.tables["cpd_session"]


class Where(Struct, frozen=True):
    """Where a record is shown.

    Attributes:
        table: `meeting` or `cpd_session`: what stands in the list of the year.
        id: its id.
        year: the school year it is listed in.
        session_id: the CPD session the record is or belongs to; 0 for none.
    """

    table: str
    id: int
    year: int
    session_id: int = 0


def where_is(session: Session, table: str, record_id: int) -> Where | None:
    """The meeting or CPD session that a record belongs to; None for what is gone or of no meeting.

    Args:
        session: of the reading.
        table: the record's table.
        record_id: its id.
    """
    if table == "cpd_session":
        return _of_session(session, record_id)
    if table == "meeting":
        return _of_meeting(session, record_id)
    part = t.metadata.tables[table]
    whole = "cpd_session_id" if "cpd_session_id" in part.c else "meeting_id"
    found = session.execute(select(part.c[whole]).where(part.c.id == record_id)).scalar()
    if found is None:
        return None
    return _of_session(session, found) if whole == "cpd_session_id" else _of_meeting(session, found)


def _of_meeting(session: Session, meeting_id: int, session_id: int = 0) -> Where | None:
    day = session.execute(select(_MEETING.c.held_on).where(_MEETING.c.id == meeting_id)).scalar()
    return Where("meeting", meeting_id, school_year(day), session_id) if day is not None else None


def _of_session(session: Session, session_id: int) -> Where | None:
    """A session that was part of a meeting is shown there."""
    row = session.execute(select(_CPD).where(_CPD.c.id == session_id)).first()
    if row is None:
        return None
    if row.meeting_id is not None:
        return _of_meeting(session, row.meeting_id, session_id)
    return Where("cpd_session", session_id, school_year(row.held_on), session_id)
