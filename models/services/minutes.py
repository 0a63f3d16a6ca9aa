"""What belongs to a meeting, held to its minutes: once they are finalised, nothing of it is changed.

The forms of the Meetings page enter, change and delete through here instead of through `records`; what is not
part of a meeting passes through untouched.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.errors import Changed, Refused
from models.formats import long_date
from models.services import records
from models.services.records import Values

PARTS = frozenset({"agenda_item", "attendance", "decision", "invitation"})
OWN = frozenset(
    {"title", "held_on", "starts_at", "ends_at", "kind", "status", "in_school_day", "host_school_id", "place",
     "outcome", "minutes"}
)  # fmt: skip
"""A meeting's fields that its minutes vouch for. Its purpose, 3E stage and link may still be put right."""
BY_VERB = frozenset({"finalised_on", "reopened"})
"""Fields that only `meetings.finalise` and `meetings.reopen` write, so that the trace stays true."""

_MEETING = t.metadata.tables["meeting"]


def meeting_name(row: Any) -> str:
    """`“Sound and hearing” on 22 January 2025`, of a row of the table of meetings."""
    return f"“{row.title}” on {long_date(row.held_on)}"


def meeting_row(session: Session, meeting_id: int) -> Any:
    """A meeting's row.

    Raises:
        Changed: it is not there any more.
    """
    row = session.connection().execute(select(_MEETING).where(_MEETING.c.id == meeting_id)).first()
    if row is None:
        raise Changed("This meeting is not there any more: it was deleted, or never saved.")
    return row


def require_open(session: Session, meeting_id: int | None) -> None:
    """Refuse what would change a meeting whose minutes are finalised.

    Raises:
        Changed: the meeting is not there any more.
        Refused: its minutes are finalised.
    """
    if meeting_id is None:
        return
    row = meeting_row(session, meeting_id)
    if row.finalised_on is not None:
        raise Refused(
            f"The minutes of {meeting_name(row)} are finalised: reopen them, with a reason, to change this."
        )


def add(session: Session, record: type[t.Record], values: Values) -> int:
    """Store a new record; a part of a meeting only while its minutes are open.

    Returns:
        Its id.

    Raises:
        BadInput: a value does not fit; `field` names it.
        Refused: the meeting's minutes are finalised.
    """
    if record.__tablename__ in PARTS:
        require_open(session, values.get("meeting_id"))
    return records.add(session, record, values)


def change(
    session: Session, record: type[t.Record], record_id: int, values: Values, before: Values | None = None
) -> None:
    """Store some fields of a record anew, as `records.change` does; not against finalised minutes.

    Raises:
        BadInput: a value does not fit; `field` names it.
        Changed: it is not there any more, or was changed since.
        Refused: the meeting's minutes are finalised.
    """
    table = str(record.__tablename__)
    if table in PARTS:
        now = records.kept(session, table, record_id).values
        require_open(session, now["meeting_id"])
        require_open(session, values.get("meeting_id"))
    elif table == "meeting":
        now = records.kept(session, table, record_id).values
        touched = {name for name, value in values.items() if now[name] != value}
        if touched & BY_VERB:
            raise Refused(
                "Minutes are finalised and reopened with their own buttons, so that a trace is left."
            )
        if touched & OWN:
            require_open(session, record_id)
    records.change(session, record, record_id, values, before)


def remove(session: Session, record: type[t.Record], record_id: int) -> None:
    """Delete a record with its own parts; it can be brought back from the Bin.

    Raises:
        Changed: it is not there any more.
        Refused: the meeting's minutes are finalised, or other records rest on it; the sentence counts them.
    """
    table = str(record.__tablename__)
    if table in PARTS:
        require_open(session, records.kept(session, table, record_id).values["meeting_id"])
    elif table == "meeting":
        require_open(session, record_id)
    records.remove(session, record, record_id)
