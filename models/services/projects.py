"""What is done with a project or a school's theme: start, finish, stop, feed back (R-PROJ-1, R-PROJ-2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlmodel import Session

from models import tables as t
from models.errors import BadInput
from models.services import records, taking_part
from models.services.records import Values
from models.words import ProjectScope, ProjectState


def begin(session: Session, values: Values, school_ids: Collection[int] = ()) -> int:
    """Enter a project with the schools that take part.

    Returns:
        Its id.

    Raises:
        BadInput: a value does not fit; a theme has no school, or a stopped project no reason.
    """
    _require_whole(values)
    project_id = records.add(session, t.Project, _of_scope(values))
    taking_part.set_schools(session, "project", project_id, school_ids if _shared(values) else ())
    return project_id


def change(
    session: Session,
    project_id: int,
    values: Values,
    before: Values,
    school_ids: Collection[int] | None,
) -> None:
    """Store a project anew, with the schools that take part. A theme is its own school's alone.

    Args:
        session: inside the transaction.
        project_id: the project.
        values: its fields.
        before: the fields as they were when the form was opened.
        school_ids: the schools that take part in a shared project; None leaves them as they are.

    Raises:
        BadInput: a value does not fit; a theme has no school, or a stopped project no reason.
        Changed: it is not there any more, or was changed since.
    """
    whole = {**records.kept(session, "project", project_id).values, **values}
    _require_whole(whole)
    records.change(session, t.Project, project_id, _of_scope(values, whole), before)
    if not _shared(whole):
        school_ids = ()
    if school_ids is not None:
        taking_part.set_schools(session, "project", project_id, school_ids)


def start(session: Session, project_id: int, on: dt.date) -> None:
    """Say that it is running; one without a first day begins on this one.

    Raises:
        Changed: it is not there any more.
    """
    known = records.kept(session, "project", project_id).values
    values = {"state": ProjectState.RUNNING, "starts_on": known["starts_on"] or on}
    records.change(session, t.Project, project_id, values)


def finish(session: Session, project_id: int, on: dt.date) -> None:
    """Say that it is done, on a day.

    Raises:
        BadInput: that day is before its first.
        Changed: it is not there any more.
    """
    _require_after_start(session, project_id, on)
    records.change(session, t.Project, project_id, {"state": ProjectState.DONE, "ends_on": on})


def stop(session: Session, project_id: int, on: dt.date, reason: str) -> None:
    """Stop it, with the reason: an honest end, printed as something learnt.

    Raises:
        BadInput: there is no reason, or the day is before its first.
        Changed: it is not there any more.
    """
    if not reason.strip():
        raise BadInput("Write why it was stopped: the pack prints it as something learnt.", "stopped_reason")
    _require_after_start(session, project_id, on)
    values = {"state": ProjectState.STOPPED, "ends_on": on, "stopped_reason": reason}
    records.change(session, t.Project, project_id, values)


def feed_back(session: Session, project_id: int, on: dt.date, words: str) -> None:
    """Write down what came of it, and when that was told (R-PROJ-2).

    Raises:
        BadInput: there are no words.
        Changed: it is not there any more.
    """
    if not words.strip():
        raise BadInput("Write what came of it.", "feedback")
    records.change(session, t.Project, project_id, {"feedback_on": on, "feedback": words})


def _shared(values: Values) -> bool:
    return values.get("scope", ProjectScope.SHARED) is ProjectScope.SHARED


def _of_scope(values: Values, whole: Values | None = None) -> Values:
    """A shared project is no one school's."""
    return {**values, "school_id": None} if _shared(whole or values) else values


def _require_whole(values: Values) -> None:
    if not _shared(values) and values.get("school_id") is None:
        raise BadInput("Choose the school whose theme it is.", "school_id")
    if values.get("state") is ProjectState.STOPPED and not values.get("stopped_reason"):
        raise BadInput("Write why it was stopped: the pack prints it as something learnt.", "stopped_reason")
    first, last = values.get("starts_on"), values.get("ends_on")
    if first is not None and last is not None and last < first:
        raise BadInput("It cannot end before it begins.", "ends_on")


def _require_after_start(session: Session, project_id: int, on: dt.date) -> None:
    first = records.kept(session, "project", project_id).values["starts_on"]
    if first is not None and on < first:
        raise BadInput("It cannot end before it begins.", "ends_on")
