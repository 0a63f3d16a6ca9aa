"""Entering, changing and deleting one record of any kind: what every form of the window does in the end.

Verbs with rules of their own (marking attendance, moving a claim, lending a kit) are in modules of their own
and use these. Every function runs inside a transaction of the caller, which names the action.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, cast

from msgspec import Struct
from sqlalchemy import (
    CheckConstraint,
    Column,
    Table,
    UniqueConstraint,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlmodel import Session

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.formats import clock, count, listed, long_date
from models.services.codes import next_code
from models.tables.base import draft_of

Values = Mapping[str, Any]

# A record's own parts: they go with it, and mean nothing without it. Everything else that refers to a record
# keeps it from being deleted.
PARTS: Mapping[str, tuple[str, ...]] = {
    "activity": ("activity_school", "aim_link"),
    "cover_claim": ("claim_event", "attachment"),
    "cpd_session": ("cpd_booking", "cpd_evaluation", "aim_link"),
    "evidence": ("aim_link",),
    "fund_entry": ("aim_link",),
    "loan": ("loan_line",),
    "meeting": ("invitation", "agenda_item", "attendance", "aim_link"),
    "person": ("year_taught",),
    "project": ("project_school", "aim_link"),
    "resource": ("resource_tag", "kit_item", "aim_link"),
    "shared_document": ("document_agreement",),
}

INSTEAD: Mapping[str, str] = {
    "person": "If they have left, note that instead.",
    "resource": "If it is not used any more, retire it instead.",
    "school": "If it has left, end its membership instead.",
}
"""What to do with a record that others rest on, where deleting those first is not what is meant."""


class Kept(Struct, frozen=True):
    """A record as it was when a form was opened on it.

    Attributes:
        table: its table's name.
        id: its number.
        values: its fields, by the names of its Draft.
    """

    table: str
    id: int
    values: Values


def record_of(table: str) -> type[t.Record]:
    """The class that stores a table's rows.

    Raises:
        LookupError: there is no such table.
    """
    return next(one for one in t.Record.__subclasses__() if one.__tablename__ == table)


def kept(session: Session, table: str, record_id: int) -> Kept:
    """A record, to be shown in a form.

    Raises:
        Changed: it is not there any more.
    """
    return Kept(table, record_id, _values(session, record_of(table), record_id))


def add(session: Session, record: type[t.Record], values: Values) -> int:
    """Store a new record; one that people call by a number gets the next, unless it was given.

    Returns:
        Its id.

    Raises:
        BadInput: a value does not fit; `field` names it.
    """
    table = _table(record)
    column = table.c.get("code")
    if column is not None and "prefix" in column.info and not values.get("code"):
        values = {**values, "code": next_code(session, record)}
    draft = _checked(record, values)
    _require_order(table, draft)
    _require_free(session, table, draft)
    stored = session.connection().execute(insert(table).values(draft).returning(table.c.id))
    return int(stored.scalar_one())


def number_of(session: Session, record: type[t.Record], record_id: int) -> str:
    """The number that people call a record by; "" if it has none."""
    table = _table(record)
    if "code" not in table.c:
        return ""
    return str(session.connection().execute(select(table.c.code).where(table.c.id == record_id)).scalar_one())


def change(
    session: Session, record: type[t.Record], record_id: int, values: Values, before: Values | None = None
) -> None:
    """Store some fields of a record anew; what is not in `values` stays as it is.

    Args:
        session: inside the transaction.
        record: its class.
        record_id: its number.
        values: the fields to store, by name.
        before: the fields as they were when the form was opened. What was not changed in the form is left
            as it is by now; what was changed both there and by undo, an import or another window is refused.

    Raises:
        BadInput: a value does not fit; `field` names it.
        Changed: it is not there any more, or was changed since.
    """
    table = _table(record)
    now = _values(session, record, record_id)
    seen = now if before is None else {**now, **before}
    typed = {name: value for name, value in values.items() if seen[name] != value}
    clashes = [name for name in typed if now[name] not in (seen[name], typed[name])]
    if clashes:
        titles = listed([f"“{_title(record, name)}”" for name in clashes])
        raise Changed(f"{titles} was changed elsewhere after you opened this: open it again to see.")
    draft = _checked(record, {**now, **typed})
    _require_order(table, draft)
    _require_free(session, table, draft, record_id)
    changed = {name: value for name, value in draft.items() if now[name] != value}
    if changed:
        session.connection().execute(update(table).where(table.c.id == record_id).values(changed))
        session.expire_all()


def remove(session: Session, record: type[t.Record], record_id: int) -> None:
    """Delete a record with its own parts; it can be brought back from the Bin.

    Raises:
        Changed: it is not there any more.
        Refused: other records rest on it; the sentence counts them.
    """
    table = _table(record)
    _values(session, record, record_id)
    _remove_parts(session, table, [record_id])
    _require_unused(session, table, [record_id], called=_called(record))
    session.connection().execute(delete(table).where(table.c.id == record_id))
    session.expire_all()


def _remove_parts(session: Session, table: Table, ids: list[int]) -> None:
    connection = session.connection()
    for part in PARTS.get(table.name, ()):
        other = t.metadata.tables[part]
        column = _link_to(other, table)
        part_ids = list(connection.scalars(select(other.c.id).where(column.in_(ids))))
        if part_ids:
            _remove_parts(session, other, part_ids)
            _require_unused(session, other, part_ids, called=_called(record_of(part)))
            connection.execute(delete(other).where(other.c.id.in_(part_ids)))


def _require_unused(session: Session, table: Table, ids: list[int], *, called: str) -> None:
    users: list[str] = []
    resting = 0
    for other in t.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is not table:
                continue
            uses = select(func.count()).where(key.parent.in_(ids)).select_from(other)
            if other is table:
                uses = uses.where(other.c.id.not_in(ids))
            number = session.connection().scalar(uses) or 0
            resting += number
            if number:
                name = other.name.replace("_", " ").replace("cpd", "CPD")
                users.append(count(number, name, f"{name[:-1]}ies" if name.endswith("y") else ""))
    if users:
        verb, those = ("rests", "that") if resting == 1 else ("rest", "those")
        remedy = INSTEAD.get(table.name, f"Delete {those} first.")
        raise Refused(f"This {called} cannot be deleted: {listed(users)} {verb} on it. {remedy}")


def _link_to(part: Table, whole: Table) -> Any:
    """The column by which a part belongs to its whole: the first, where several lead there."""
    return next(c for c in part.c for key in c.foreign_keys if key.column.table is whole)


def _values(session: Session, record: type[t.Record], record_id: int) -> dict[str, Any]:
    table = _table(record)
    names = list(draft_of(record).model_fields)
    found = session.connection().execute(
        select(*(table.c[name] for name in names)).where(table.c.id == record_id)
    )
    row = found.mappings().first()
    if row is None:
        raise Changed(f"This {_called(record)} is not there any more: it was deleted, or never saved.")
    return dict(row)


def _checked(record: type[t.Record], values: Values) -> dict[str, Any]:
    return cast("t.Draft", draft_of(record).checked(**values)).model_dump()


def _require_free(session: Session, table: Table, draft: Values, own_id: int = 0) -> None:
    """Say beside its field what the file would otherwise refuse as a bare UNIQUE."""
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            columns = list(constraint.columns)
            if all(draft.get(column.name) is not None for column in columns):
                _require_alone(session, table, draft, own_id, columns)


def _require_order(table: Table, draft: Values) -> None:
    """Say beside the later of two days or times what the file would otherwise refuse as a bare CHECK."""
    for constraint in table.constraints:
        if not isinstance(constraint, CheckConstraint):
            continue
        order = re.fullmatch(r"(\w+) >(=?) (\w+)", str(constraint.sqltext))
        last: Any = draft.get(order[1]) if order else None
        first: Any = draft.get(order[3]) if order else None
        if order is None or type(last) is not type(first) or not isinstance(last, dt.date | dt.time):
            continue
        if last < first or (last == first and not order[2]):
            said = [long_date(one) if isinstance(one, dt.date) else clock(one) for one in (last, first)]
            raise BadInput(
                f"{said[0]} is {'before' if order[2] else 'not after'} {said[1]}: check both.", order[1]
            )


def _require_alone(
    session: Session, table: Table, draft: Values, own_id: int, columns: list[Column[Any]]
) -> None:
    same = and_(*(column == draft[column.name] for column in columns))
    if session.connection().scalar(select(table.c.id).where(same, table.c.id != own_id)) is None:
        return
    record = record_of(table.name)
    day = next((column.name for column in columns if isinstance(draft[column.name], dt.date)), "")
    field = day or columns[-1].name
    if day:
        raise BadInput(
            f"{long_date(draft[day])} is entered here already: enter another day, or change that entry.", day
        )
    if len(columns) == 1:
        raise BadInput(f"{_title(record, field)}: there is already one called “{draft[field]}”.", field)
    titles = listed([_title(record, column.name).lower() for column in columns])
    raise BadInput(
        f"There is already a {_called(record)} with the same {titles}: change that one instead.", field
    )


def _title(record: type[t.Record], name: str) -> str:
    return str(draft_of(record).model_fields[name].title)


def _called(record: type[t.Record]) -> str:
    return str(record.__tablename__).replace("_", " ").replace("cpd", "CPD")


def _table(record: type[t.Record]) -> Table:
    return t.metadata.tables[str(record.__tablename__)]
