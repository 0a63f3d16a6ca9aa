"""Actions: done, dropped, taken up again (R-MEET-10). They outlive the minutes in which they were agreed."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session

from models import tables as t
from models.errors import BadInput, Refused
from models.services import records


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


def _values(session: Session, action_id: int) -> records.Values:
    return records.kept(session, "action", action_id).values
