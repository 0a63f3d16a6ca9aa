"""The scheme's rules changed from a day on, and people appointed to what they do for the cluster.

A changed value never rewrites what came before its day (R-AGR-6): it is a new dated row with a reason.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct
from msgspec.structs import asdict
from sqlmodel import Session, col, select

from models import tables as t
from models.errors import BadInput, Refused
from models.formats import long_date
from models.rules.scheme import (
    RULE,
    Dated,
    Response,
    SettingSpec,
    catalogue,
    require_agreement,
    scheme_on,
)
from models.rules.schools import name_key
from models.services import people, records
from models.words import RoleKind


def set_rule(
    session: Session, key: str, value: str, starts_on: dt.date, response: Response, reason: str
) -> int:
    """Change a rule of the scheme from a day on (R-AGR-6, D27). The caller commits.

    Args:
        session: inside the transaction.
        key: the setting's key in the catalogue.
        value: what was typed: `£109`, `50%`, `yes`, a choice's stored word; ignored where there is no value.
        starts_on: the first day on which it holds; a change of the same day is replaced.
        response: what the rule does when it is broken.
        reason: why; the review pack's workings may be asked.

    Returns:
        The id of the dated setting.

    Raises:
        BadInput: the value does not fit, contradicts another, or nothing is changed; `field` says where.
    """
    spec = _spec(key)
    stored = _stored(spec, value)
    why = reason.strip()
    if not why:
        raise BadInput("Say why it is changed: who decided, or what it follows from.", "reason")
    others = [row for row in _dated(session) if (row.key, row.starts_on) != (key, starts_on)]
    before = scheme_on(starts_on, others)
    same_value = spec.kind == RULE or spec.write(getattr(before, key)) == stored
    if same_value and before.responses[key] is response and not _entered(session, key, starts_on):
        raise BadInput(f"It is so already on {long_date(starts_on)}: change the value, or cancel.", "value")
    now = [*others, Dated(key, stored, starts_on, response)]
    for day in sorted({starts_on, *(row.starts_on for row in now if row.starts_on > starts_on)}):
        require_agreement(scheme_on(day, now))
    values = {"key": key, "value": stored, "starts_on": starts_on, "response": response, "reason": why}
    there = _entered(session, key, starts_on)
    if there is not None:
        records.change(session, t.SchemeSetting, there, values)
        return there
    return records.add(session, t.SchemeSetting, values)


def reset_rule(session: Session, key: str, starts_on: dt.date, reason: str) -> int:
    """Go back to what the guidance says from a day on; what held until then stays so.

    Returns:
        The id of the dated setting.

    Raises:
        Refused: the rule has never been changed.
        BadInput: the guidance's value holds on that day already, or the reason is missing.
    """
    spec = _spec(key)
    if all(row.key != key for row in _dated(session)):
        raise Refused(f"“{spec.label}” is as the guidance has it: there is nothing to go back from.")
    return set_rule(session, key, spec.write(spec.default), starts_on, spec.response, reason)


class Appointee(Struct, frozen=True):
    """Who is to have a role: somebody known by name, or somebody new with a school or an organisation."""

    name: str
    school_id: int | None = None
    organisation: str = ""
    email: str = ""


def appoint(
    session: Session,
    kind: RoleKind,
    who: Appointee,
    from_day: dt.date,
    in_place_of: int | None = None,
    handover_note: str = "",
) -> int:
    """Give somebody a role from a day on; somebody new is entered among the people (R-CLU-5).

    Args:
        session: inside the transaction.
        kind: what the person does.
        who: the person.
        from_day: the first day.
        in_place_of: the role that ends the day before; None if nobody gives way.
        handover_note: what the next person needs to know.

    Returns:
        The id of the role.

    Raises:
        BadInput: the name is missing or does not fit, or the dates do not.
    """
    person_id = _person(session, who)
    if in_place_of is not None:
        return people.hand_over(session, in_place_of, person_id, from_day, handover_note)
    same = select(t.Role).where(t.Role.person_id == person_id, t.Role.kind == kind)
    running = next(
        (role for role in session.exec(same) if role.ends_on is None or role.ends_on >= from_day), None
    )
    if running is not None:
        raise BadInput(
            f"{who.name.strip()} is {kind.label} already, from {long_date(running.starts_on)}.", "name"
        )
    return records.add(session, t.Role, {"person_id": person_id, "kind": kind, "starts_on": from_day})


def _person(session: Session, who: Appointee) -> int:
    if not who.name.strip():
        raise BadInput("Enter the person’s name.", "name")
    known = session.exec(select(t.Person.id, t.Person.name)).all()
    found = next((row for row in known if name_key(row[1]) == name_key(who.name)), None)
    return (found[0] or 0) if found is not None else records.add(session, t.Person, asdict(who))


def _spec(key: str) -> SettingSpec:
    spec = catalogue().get(key)
    if spec is None:
        raise BadInput(f"There is no rule called “{key}” in the scheme.", "key")
    return spec


def _stored(spec: SettingSpec, value: str) -> str:
    try:
        return spec.write(spec.read(value))
    except BadInput as wrong:
        raise BadInput(str(wrong), "value") from wrong


def _dated(session: Session) -> list[Dated]:
    rows = session.exec(select(t.SchemeSetting).order_by(col(t.SchemeSetting.starts_on)))
    return [Dated(row.key, row.value, row.starts_on, row.response) for row in rows]


def _entered(session: Session, key: str, starts_on: dt.date) -> int | None:
    there = select(t.SchemeSetting.id).where(
        t.SchemeSetting.key == key, t.SchemeSetting.starts_on == starts_on
    )
    return session.exec(there).first()
