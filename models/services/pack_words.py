"""What the lead writes for the pack herself: her own words, and the plan for next year."""

from __future__ import annotations

from sqlmodel import Session

from models import tables as t
from models.errors import BadInput
from models.services import order, records
from models.services.records import Values

BESIDE = ("school_year", "kind")
"""The passages among which one has its place."""


def add_words(session: Session, values: Values) -> int:
    """Write a passage, after those of its kind.

    Returns:
        Its id.

    Raises:
        BadInput: there are no words, or a value does not fit.
    """
    _require_words(values)
    place = order.last_place(session, t.PackNote, {name: values[name] for name in BESIDE})
    return records.add(session, t.PackNote, {**values, "position": place})


def change_words(session: Session, note_id: int, values: Values, before: Values) -> None:
    """Store a passage anew; one of another kind goes to the end of that.

    Raises:
        BadInput: there are no words, or a value does not fit.
        Changed: it is not there any more, or was changed since.
    """
    _require_words(values)
    kept = records.kept(session, "pack_note", note_id).values
    now = {**kept, **values}
    if any(now[name] != kept[name] for name in BESIDE):
        place = order.last_place(session, t.PackNote, {name: now[name] for name in BESIDE})
        values = {**values, "position": place}
    records.change(session, t.PackNote, note_id, values, before)


def move_words(session: Session, note_id: int, by: int) -> bool:
    """Move a passage among those of its kind; whether it moved.

    Raises:
        Changed: it is not there any more.
    """
    return order.move(session, t.PackNote, note_id, by, BESIDE)


def add_step(session: Session, values: Values) -> int:
    """Write a line of a year's plan, after the others.

    Returns:
        Its id.

    Raises:
        BadInput: a value does not fit.
    """
    place = order.last_place(session, t.NextStep, {"school_year": values["school_year"]})
    return records.add(session, t.NextStep, {**values, "position": place})


def move_step(session: Session, step_id: int, by: int) -> bool:
    """Move a line of the plan; whether it moved.

    Raises:
        Changed: it is not there any more.
    """
    return order.move(session, t.NextStep, step_id, by, ("school_year",))


def _require_words(values: Values) -> None:
    if "text" in values and not str(values["text"]).strip():
        raise BadInput("Write the words that the pack shall print.", "text")
