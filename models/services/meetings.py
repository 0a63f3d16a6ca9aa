"""What is done with a meeting as a whole: plan, repeat, hold, cancel, finalise its minutes, reopen them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.errors import BadInput, Refused
from models.formats import long_date
from models.rules.meetings import MeetingFact
from models.services import minutes, records
from models.services.agenda import carry_over, next_meeting
from models.services.minutes import meeting_name, meeting_row, require_open
from models.services.records import Values
from models.services.release import Claims, take_back
from models.words import AttendanceCode, Happened

_INVITATION = t.metadata.tables["invitation"]
_MARK = t.metadata.tables["attendance"]


class Finalised(Struct, frozen=True):
    """What came of finalising minutes.

    Attributes:
        carried: how many topics went to the next agenda.
        to: the name of that meeting; "" if none is planned.
    """

    carried: int = 0
    to: str = ""


def plan(session: Session, values: Values, repeats: int | None = None) -> int:
    """Enter a meeting; as a repeat of another, with its invitations and its open and recurring topics.

    Args:
        session: inside the transaction.
        values: the fields of the new meeting, by name; `queries.meetings_plan` proposes them for a repeat.
        repeats: the meeting it is a repeat of, if any.

    Returns:
        Its id.

    Raises:
        BadInput: a value does not fit; `field` names it.
        Changed: the meeting to repeat is not there any more.
    """
    meeting_id = minutes.add(session, t.Meeting, values)
    if repeats is not None:
        meeting_row(session, repeats)
        for school_id in _invited(session, repeats):
            records.add(session, t.Invitation, {"meeting_id": meeting_id, "school_id": school_id})
        carry_over(session, repeats, meeting_id)
    return meeting_id


def invite(session: Session, meeting_id: int, school_ids: set[int]) -> None:
    """Say which schools are asked to a meeting; none: every member is (R-MEET-5).

    Raises:
        Changed: the meeting is not there any more.
        Refused: its minutes are finalised.
    """
    require_open(session, meeting_id)
    there = session.connection().execute(
        select(_INVITATION.c.school_id, _INVITATION.c.id).where(_INVITATION.c.meeting_id == meeting_id)
    )
    known = {row.school_id: row.id for row in there}
    for school_id in sorted(known.keys() - school_ids):
        records.remove(session, t.Invitation, known[school_id])
    for school_id in sorted(school_ids - known.keys()):
        records.add(session, t.Invitation, {"meeting_id": meeting_id, "school_id": school_id})


def mark_held(session: Session, meeting_id: int, today: dt.date) -> None:
    """Say that a planned meeting took place.

    Raises:
        Changed: it is not there any more.
        Refused: its day is still to come, or its minutes are finalised.
    """
    require_open(session, meeting_id)
    row = meeting_row(session, meeting_id)
    if row.held_on > today:
        raise Refused(
            f"{meeting_name(row)} is still to come: mark it as held when it has taken place, "
            "or correct its date."
        )
    records.change(session, t.Meeting, meeting_id, {"status": Happened.HELD})


def cancel(session: Session, meeting_id: int, today: dt.date, reason: str = "") -> Claims:
    """Say that a meeting does not take place; the drafts of cover claims for it are taken back.

    The reason, where there is one, is kept as the meeting's outcome. Marks stay, in case it is planned again.

    Raises:
        Changed: it is not there any more.
        Refused: its minutes are finalised.
    """
    require_open(session, meeting_id)
    row = meeting_row(session, meeting_id)
    outcome = "\n".join(part for part in (row.outcome, reason.strip()) if part)
    records.change(session, t.Meeting, meeting_id, {"status": Happened.CANCELLED, "outcome": outcome})
    released = set(
        session.connection().scalars(
            select(_MARK.c.person_id).where(
                _MARK.c.meeting_id == meeting_id,
                _MARK.c.code == AttendanceCode.P,
                _MARK.c.person_id.is_not(None),
            )
        )
    )
    fact = MeetingFact(row.id, row.held_on, row.starts_at, row.ends_at, row.kind, title=row.title)
    return take_back(session, fact, released, "Withdrawn: the meeting was cancelled", today)


def plan_again(session: Session, meeting_id: int) -> None:
    """Say that a meeting marked as held or cancelled is only planned.

    Raises:
        Changed: it is not there any more.
        Refused: its minutes are finalised.
    """
    require_open(session, meeting_id)
    records.change(session, t.Meeting, meeting_id, {"status": Happened.PLANNED})


def finalise(session: Session, meeting_id: int, today: dt.date) -> Finalised:
    """Freeze the minutes of a meeting, with its attendance, agenda and decisions.

    Open and recurring topics go to the next planned meeting of the kind. A meeting still marked as planned
    whose day has come is marked as held.

    Raises:
        Changed: it is not there any more.
        Refused: it is finalised already, was cancelled, or is still to come.
    """
    row = meeting_row(session, meeting_id)
    if row.finalised_on is not None:
        raise Refused(f"The minutes of {meeting_name(row)} are finalised already.")
    if row.status is Happened.CANCELLED:
        raise Refused(f"{meeting_name(row)} was cancelled: there are no minutes to finalise.")
    if row.held_on > today:
        raise Refused(f"{meeting_name(row)} is still to come: finalise its minutes when it has taken place.")
    later = next_meeting(session, meeting_id)
    carried = carry_over(session, meeting_id, later.id) if later is not None else 0
    records.change(session, t.Meeting, meeting_id, {"status": Happened.HELD, "finalised_on": today})
    return Finalised(carried, meeting_name(later) if later is not None else "")


def reopen(session: Session, meeting_id: int, today: dt.date, reason: str) -> None:
    """Open finalised minutes again. The reason stays with the meeting for good, with both dates.

    Raises:
        BadInput: no reason is given.
        Changed: it is not there any more.
        Refused: its minutes are open.
    """
    row = meeting_row(session, meeting_id)
    if row.finalised_on is None:
        raise Refused(f"The minutes of {meeting_name(row)} are open already.")
    why = " ".join(reason.split())
    if not why:
        raise BadInput("Say why the minutes are reopened: it stays with them.", "reason")
    trace = f"Finalised on {long_date(row.finalised_on)} and reopened on {long_date(today)}: {why}"
    trail = "\n".join(part for part in (row.reopened, trace) if part)
    records.change(session, t.Meeting, meeting_id, {"finalised_on": None, "reopened": trail})


def _invited(session: Session, meeting_id: int) -> list[Any]:
    wanted = select(_INVITATION.c.school_id).where(_INVITATION.c.meeting_id == meeting_id)
    return list(session.connection().scalars(wanted.order_by(_INVITATION.c.id)))
