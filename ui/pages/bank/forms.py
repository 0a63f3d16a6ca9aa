"""The forms of the bank: what each shows of its table, and the service that saves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.queries.book import Book
from models.rules.rollout import checked_use
from models.services import kits, lending, records, sharing
from models.tables import Adoption, Trial
from ui.forms.spec import FormSpec, Values

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from sqlmodel import Session

ITEM = FormSpec(
    "resource",
    "item",
    rows=(
        ("name",),
        ("kind", "code"),
        ("owner", "owner_school_id"),
        ("location",),
        ("description",),
    ),
    more=(
        ("life", "minutes"),
        ("effort",),
        ("lender", "return_by"),
        ("safety_ref", "safety_link"),
        ("has_mains",),
        ("next_check_on", "replacement_p"),
        ("dropped_reason",),
        ("retired_on",),
    ),
    labels={"code": "Code on its label", "owner_school_id": "Which school"},
    helps={"code": "Left empty, it gets the next of its kind, such as KIT-01."},
    add=kits.add_resource,
    change=sharing.change_resource,
)


def _add_trial(session: Session, values: Values) -> int:
    given = dict(values)
    finding = given.pop("finding", "")
    trial_id = sharing.start_trial(session, **given)
    if finding:
        records.change(session, Trial, trial_id, {"finding": finding})
    return trial_id


TRIAL = FormSpec(
    "trial",
    "trial",
    rows=(("school_id",), ("person_id", "class_name"), ("starts_on", "ends_on")),
    more=(("finding",),),
    labels={"person_id": "Teacher"},
    add=_add_trial,
)

CHECK = FormSpec(
    "stock_check",
    "stock check",
    rows=(("checked_on", "person_id"), ("found",), ("complete",), ("notes",)),
)


def loan(today: Callable[[], dt.date]) -> FormSpec:
    """A loan written down or corrected whole; lending and checking in have dialogs of their own."""

    def add(session: Session, values: Values) -> int:
        return lending.add_loan(session, values, Book(session).today(today))

    def change(session: Session, loan_id: int, values: Values, before: Values) -> None:
        lending.change_loan(session, loan_id, values, before, Book(session).today(today))

    return FormSpec(
        "loan",
        "loan",
        rows=(
            ("resource_id",),
            ("school_id", "person_id"),
            ("starts_on", "due_on"),
            ("out_on", "back_on"),
            ("notes",),
        ),
        more=(("code", "cancelled_on"),),
        add=add,
        change=change,
    )


REQUEST = FormSpec(
    "trust_request",
    "request",
    rows=(("name",), ("school_id", "copies"), ("requested_on", "received_on"), ("resource_id",)),
    labels={"resource_id": "In the bank as"},
)

WISH = FormSpec(
    "wanted_item",
    "wish",
    rows=(("name",), ("school_id", "quantity"), ("raised_on", "filled_on"), ("notes",)),
)


def _held_to_numbers(values: Values) -> None:
    checked_use(values["level"], values["staff_using"], values["staff_total"])


def _add_use(session: Session, values: Values) -> int:
    _held_to_numbers(values)
    return records.add(session, Adoption, values)


def _change_use(session: Session, use_id: int, values: Values, before: Values) -> None:
    _held_to_numbers({**before, **values})
    records.change(session, Adoption, use_id, values, before)


USE = FormSpec(
    "adoption",
    "roll-out entry",
    rows=(("level",), ("staff_using", "staff_total"), ("beyond_attendees",), ("as_of",)),
    add=_add_use,
    change=_change_use,
)
