"""The forms of the Meetings page: what each shows of its table, and the service that saves it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ui.forms.spec import FormSpec, Values

if TYPE_CHECKING:
    from sqlmodel import Session


def _add(table: str, session: Session, values: Values) -> int:
    from models.services import minutes, records

    return minutes.add(session, records.record_of(table), values)


def _change(table: str, session: Session, record_id: int, values: Values, before: Values) -> None:
    from models.services import minutes, records

    minutes.change(session, records.record_of(table), record_id, values, before)


def _add_action(session: Session, values: Values) -> int:
    from models.services import actions

    return actions.add(session, values)


def _change_action(session: Session, record_id: int, values: Values, before: Values) -> None:
    from models.services import actions

    actions.change(session, record_id, values, before)


def guarded(table: str) -> dict[str, Any]:
    """The services that hold a meeting's parts to its minutes."""
    return {"add": partial(_add, table), "change": partial(_change, table)}


MEETING = FormSpec(
    "meeting",
    "meeting",
    rows=(
        ("title",),
        ("held_on", "kind"),
        ("starts_at", "ends_at"),
        ("host_school_id",),
        ("purpose",),
    ),
    more=(
        ("place", "link"),
        ("in_school_day", "audience"),
        ("three_e",),
        ("outcome",),
    ),
    helps={
        "in_school_day": "Leave it at “Not said”: it is worked out from the times.",
        "title": "",
        "held_on": "",
        "starts_at": "",
    },
    width=560,
    **guarded("meeting"),
)
TOPIC = FormSpec(
    "agenda_item",
    "topic",
    rows=(("title",), ("proposed_by_id", "state"), ("recurring",), ("minutes",)),
    helps={"recurring": "", "proposed_by_id": "The school that put it forward."},
    **guarded("agenda_item"),
)
DECISION = FormSpec("decision", "decision", rows=(("text",),), more=(("code",),), **guarded("decision"))
DECISION_OF = FormSpec(
    "decision", "decision", rows=(("meeting_id",), ("text",)), more=(("code",),), **guarded("decision")
)
ACTION = FormSpec(
    "action",
    "action",
    rows=(("what",), ("owner_id", "owner_school_id"), ("due_on",)),
    more=(("done_on", "dropped_on"), ("meeting_id",), ("notes",), ("code",)),
    helps={"due_on": "", "owner_school_id": "Theirs, if left empty."},
    add=_add_action,
    change=_change_action,
)
CPD = FormSpec(
    "cpd_session",
    "CPD session",
    rows=(
        ("title",),
        ("held_on",),
        ("starts_at", "ends_at"),
        ("provider", "provider_kind"),
        ("fee_p", "vat_p"),
        ("vat_registered",),
    ),
    more=(
        ("sessions", "excess_split"),
        ("place", "meeting_id"),
        ("need",),
        ("outcomes",),
        ("three_e", "status"),
        ("code",),
    ),
    helps={"held_on": "", "starts_at": "", "code": "", "need": "The need that was identified."},
    width=560,
)
BOOKING = FormSpec(
    "cpd_booking",
    "booking",
    rows=(("person_id",), ("attended",), ("shared_on", "shared_with"), ("notes",)),
    helps={
        "shared_on": "When they passed it on to colleagues in their own school.",
        "shared_with": "How many colleagues that reached.",
    },
)
SLIP = FormSpec(
    "cpd_evaluation",
    "slip",
    rows=(
        ("respondent", "rating"),
        ("outcomes_met",),
        ("useful", "relevant"),
        ("comment",),
        ("quotable",),
    ),
)
