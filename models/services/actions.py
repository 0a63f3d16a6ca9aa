"""Actions: agreed, done, dropped, taken up again (R-MEET-10). They outlive the minutes of their meeting."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.errors import BadInput, Refused
from models.services import records
from models.services.records import Values


def add(session: Session, values: Values) -> int:
    """Store a new action; where a person has it and no school is named, it is their school's.

    Returns:
        Its id.

    Raises:
        BadInput: a value does not fit; `field` names it.
    """
    return records.add(session, t.Action, _with_school(session, values))


def change(session: Session, action_id: int, values: Values, before: Values | None = None) -> None:
    """Store some fields of an action anew, as `records.change` does.

    Raises:
        BadInput: a value does not fit; `field` names it.
        Changed: it is not there any more, or was changed since.
    """
    records.change(session, t.Action, action_id, _with_school(session, values), before)


def _with_school(session: Session, values: Values) -> Values:
    """The school of whoever does it, unless another is named: the balance is by school (R-MEET-10)."""
    owner = values.get("owner_id")
    if owner is None or values.get("owner_school_id") is not None or "owner_school_id" not in values:
        return values
    people = t.metadata.tables["person"]
    school_id = session.connection().scalar(select(people.c.school_id).where(people.c.id == owner))
    return {**values, "owner_school_id": school_id}


def finish(session: Session, action_id: int, on: dt.date, today: dt.date) -> None:
    """Mark an action as done.

    Args:
        session: inside the transaction.
        action_id: the action.
        on: the day it was done.
        today: the day it is.

    Raises:
        BadInput: the day is still to come.
        Changed: the action is not there any more.
        Refused: it was dropped.
    """
    if on > today:
        raise BadInput("An action is done today or was done before: correct the date.", "done_on")
    if _values(session, action_id)["dropped_on"] is not None:
        raise Refused("This action was dropped: take it up again before you mark it as done.")
    records.change(session, t.Action, action_id, {"done_on": on})


def drop(session: Session, action_id: int, on: dt.date, reason: str = "") -> None:
    """Give an action up, with the reason as a note if there is one.

    Raises:
        Changed: the action is not there any more.
        Refused: it is done already.
    """
    values = _values(session, action_id)
    if values["done_on"] is not None:
        raise Refused("This action is done already: it cannot be dropped.")
    notes = "\n".join(part for part in (values["notes"], reason.strip()) if part)
    records.change(session, t.Action, action_id, {"dropped_on": on, "notes": notes})


def take_up(session: Session, action_id: int) -> None:
    """Open an action again that was done or dropped.

    Raises:
        Changed: the action is not there any more.
    """
    _values(session, action_id)
    records.change(session, t.Action, action_id, {"done_on": None, "dropped_on": None})


def _values(session: Session, action_id: int) -> Values:
    return records.kept(session, "action", action_id).values
