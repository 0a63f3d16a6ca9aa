"""A kit's contents, copies and tags, and the stock check that counts what is there (R-LOAN-2, R-RES-8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from sqlmodel import Session, col, select

from models import tables as t
from models.errors import BadInput, Refused
from models.formats import listed
from models.queries.lending import contents, one_resource
from models.rules.resources import Tag
from models.services import records
from models.services.codes import BEFORE_FIRST, next_code, series
from models.services.records import Values
from models.services.sharing import require_owner
from models.words import ResourceKind


class PartLine(Struct, frozen=True):
    """A line of a kit's contents as it was typed; `id` None: a new line. Price in pence."""

    name: str
    quantity: int
    consumable: bool = False
    unit_cost_p: int | None = None
    id: int | None = None


def add_resource(session: Session, values: Values) -> int:
    """Store a new resource; without a code it gets the next of its kind, such as KIT-12 after KIT-11.

    Raises:
        BadInput: a value does not fit.
    """
    values = dict(values)
    require_owner(values)
    if not values.get("code"):
        values["code"] = _next_label(session, values.get("kind", ResourceKind.ITEM))
    return records.add(session, t.Resource, values)


def _next_label(session: Session, kind: ResourceKind, like: str = "") -> str:
    """The next code of the series of `like`, else of the newest of this kind, else the first of the kind."""
    if not series(like):
        same = select(t.Resource.code).where(col(t.Resource.kind) == kind).order_by(col(t.Resource.id).desc())
        like = next((code for code in session.exec(same) if series(code)), BEFORE_FIRST[kind])
    return next_code(session, t.Resource, like=like)


def set_contents(session: Session, resource_id: int, lines: Sequence[PartLine]) -> None:
    """Make a kit's contents what these lines say, in their order; lines that are not among them go.

    Raises:
        BadInput: a value does not fit, or two parts have one name; the field is "NAME/ROW", rows from 0.
        Refused: a part that is to go was lent before.
    """
    names = [" ".join(line.name.casefold().split()) for line in lines]
    for row, name in enumerate(names):
        if name and name in names[:row]:
            raise BadInput(f"“{lines[row].name}” is on the list already: add the quantities.", f"name/{row}")
    there = {part.id: part for part in contents(session, resource_id)}
    kept = {line.id for line in lines if line.id is not None}
    for part_id in [key for key in there if key not in kept]:
        _remove_part(session, there[part_id])
    # a part may take the name of another: set them aside first, or UNIQUE would refuse a swap half-way
    for line in lines:
        if line.id is not None and there[line.id].name != line.name:
            records.change(session, t.KitItem, line.id, {"name": f"… {line.id} …"})
    for row, line in enumerate(lines):
        values = {
            "resource_id": resource_id,
            "position": row + 1,
            "name": line.name,
            "quantity": line.quantity,
            "consumable": line.consumable,
            "unit_cost_p": line.unit_cost_p,
        }
        try:
            if line.id is None:
                records.add(session, t.KitItem, values)
            else:
                records.change(session, t.KitItem, line.id, values)
        except BadInput as wrong:
            raise BadInput(str(wrong), f"{wrong.field}/{row}") from wrong


def _remove_part(session: Session, part: t.KitItem) -> None:
    lent = session.exec(select(t.LoanLine.id).where(col(t.LoanLine.kit_item_id) == part.id).limit(1)).first()
    if lent is not None:
        raise Refused(
            f"“{part.name}” was lent with this kit, so its line stays on record: change its name or quantity."
        )
    records.remove(session, t.KitItem, part.id or 0)


def duplicate(session: Session, resource_id: int, name: str = "") -> int:
    """Make another kit like this one: same contents and tags, the next code; loans and checks stay behind.

    Returns:
        The new resource's id.

    Raises:
        BadInput: the name does not fit.
    """
    whole = dict(records.kept(session, "resource", resource_id).values)
    code = _next_label(session, whole["kind"], like=str(whole["code"]))
    whole |= {"code": code, "name": name or f"{whole['name']}, second set"}
    whole |= {"next_check_on": None, "retired_on": None}
    made = records.add(session, t.Resource, whole)
    for part in contents(session, resource_id):
        values = records.kept(session, "kit_item", part.id or 0).values
        records.add(session, t.KitItem, {**values, "resource_id": made})
    tags = select(t.ResourceTag.kind, t.ResourceTag.value).where(
        col(t.ResourceTag.resource_id) == resource_id
    )
    for kind, value in session.exec(tags).all():
        records.add(session, t.ResourceTag, {"resource_id": made, "kind": kind, "value": value})
    return made


def retag(
    session: Session,
    resource_ids: Collection[int],
    add: Collection[Tag] = (),
    remove: Collection[Tag] = (),
) -> None:
    """Give tags to resources and take tags away, all in one go (R-RES-8).

    Raises:
        BadInput: a tag is empty or too long.
    """
    tag = t.ResourceTag
    for resource_id in resource_ids:
        rows = session.exec(select(tag).where(col(tag.resource_id) == resource_id)).all()
        there = {(row.kind, row.value.casefold()): row.id or 0 for row in rows}
        for one in remove:
            found = there.pop((one.kind, one.value.casefold()), None)
            if found is not None:
                records.remove(session, tag, found)
        for one in add:
            value = " ".join(one.value.split())
            if (one.kind, value.casefold()) not in there:
                values = {"resource_id": resource_id, "kind": one.kind, "value": value}
                there[one.kind, value.casefold()] = records.add(session, tag, values)


def set_tags(session: Session, resource_id: int, tags: Collection[Tag]) -> None:
    """Make a resource's tags these and no others (R-RES-8)."""
    rows = session.exec(select(t.ResourceTag).where(col(t.ResourceTag.resource_id) == resource_id)).all()
    there = {Tag(row.kind, row.value) for row in rows}
    wanted = {(one.kind, " ".join(one.value.split()).casefold()) for one in tags}
    gone = [one for one in there if (one.kind, one.value.casefold()) not in wanted]
    retag(session, [resource_id], add=tags, remove=gone)


def check_stock(
    session: Session,
    resource_id: int,
    on: dt.date,
    today: dt.date,
    counts: Mapping[int, int] | None = None,
    *,
    found: bool = True,
    person_id: int | None = None,
    notes: str = "",
) -> int:
    """Note a look at a resource, and make its contents what was counted.

    A part of which none was found stays on the list as it is, for there is something to replace; the note
    says so. A second look on the same day takes the place of the first.

    Args:
        session: inside the transaction.
        resource_id: the resource.
        on: the day it was looked at.
        today: the day it is.
        counts: how many there were of each part that was counted, by its id.
        found: it was there at all.
        person_id: who looked.
        notes: anything else; what differs from the list is put before it.

    Returns:
        The stock check's id.

    Raises:
        BadInput: the day lies ahead, or a number cannot be; the field is then "count/ID".
    """
    one_resource(session, resource_id)
    if on > today:
        raise BadInput("This day lies ahead: enter the day on which it was counted.", "checked_on")
    differs = []
    counted = dict(counts or {}) if found else {}
    for part in contents(session, resource_id):
        number = counted.pop(part.id or 0, part.quantity)
        if number != part.quantity:
            differs.append(f"{part.name} {number} of {part.quantity}")
            _count_part(session, part, number)
    if counted:
        raise Refused("A part that was counted is not on the list any more: open it again.")
    values = {
        "resource_id": resource_id,
        "checked_on": on,
        "person_id": person_id,
        "found": found,
        "complete": found and not differs,
        "notes": "; ".join(words for words in (listed(differs), notes.strip()) if words)[:500],
    }
    there = session.exec(
        select(t.StockCheck.id).where(
            col(t.StockCheck.resource_id) == resource_id, col(t.StockCheck.checked_on) == on
        )
    ).first()
    if there is None:
        return records.add(session, t.StockCheck, values)
    records.change(session, t.StockCheck, there, values)
    return there


def _count_part(session: Session, part: t.KitItem, number: int) -> None:
    if number < 0:
        raise BadInput(f"{part.name}: a number cannot be less than 0.", f"count/{part.id}")
    if number:
        try:
            records.change(session, t.KitItem, part.id or 0, {"quantity": number})
        except BadInput as wrong:
            raise BadInput(str(wrong), f"count/{part.id}") from wrong
