"""People of the cluster: roles handed on, years taught, plans reviewed, leaving (R-CLU-5, R-CLU-12).

A role that passes from one person to the next ends the day before the other begins, in one action.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from models import tables as t
from models.errors import BadInput
from models.formats import long_date
from models.rules.meetings import YEAR_GROUPS
from models.rules.schools import name_key
from models.rules.spells import day_before
from models.services import records
from models.services.lines import line_ids
from models.words import RoleKind


def teacher(session: Session, school_id: int, name: str) -> int:
    """The person of that name at a school; entered if nobody of that name is in the book yet.

    Returns:
        Her id.

    Raises:
        BadInput: the name does not fit, or belongs to somebody elsewhere.
    """
    wanted = name_key(name)
    known = session.exec(select(t.Person.id, t.Person.name, t.Person.school_id)).all()
    found = next((row for row in known if name_key(row[1]) == wanted), None)
    if found is None:
        return records.add(session, t.Person, {"name": name, "school_id": school_id})
    person_id, entered, other = found
    if other is None:
        records.change(session, t.Person, person_id or 0, {"school_id": school_id})
    elif other != school_id:
        elsewhere = records.kept(session, "school", other).values["name"]
        raise BadInput(
            f"There is already a {entered} at {elsewhere}: add what tells the two apart, "
            "or change that person’s school.",
            "name",
        )
    return person_id or 0


def name_ssl(
    session: Session, school_id: int, person_id: int, from_day: dt.date, handover_note: str = ""
) -> int:
    """Let somebody be a school's science subject leader (SSL) from a day on (R-CLU-12).

    Whoever was it until then ends the day before, with the handover note; her record stays.

    Returns:
        The id of the new role.

    Raises:
        BadInput: the person is the SSL already, or the day is not after the present one began.
    """
    ssl = select(t.Role).where(
        t.Role.kind == RoleKind.SSL, col(t.Role.school_id).in_(line_ids(session, school_id))
    )
    _give_up(session, _running_roles(session, ssl, from_day), person_id, from_day, handover_note)
    values = {"person_id": person_id, "kind": RoleKind.SSL, "school_id": school_id, "starts_on": from_day}
    return records.add(session, t.Role, values)


def hand_over(
    session: Session, role_id: int, person_id: int, from_day: dt.date, handover_note: str = ""
) -> int:
    """Pass a role, such as that of cluster lead, to somebody else from a day on (R-CLU-5).

    Returns:
        The id of the new role.

    Raises:
        BadInput: the role has ended before, the same person has it, or the day is not after it began.
    """
    running = _running_roles(session, select(t.Role).where(t.Role.id == role_id), from_day)
    if not running:
        raise BadInput(f"This role ended before {long_date(from_day)}: enter a new one instead.", "starts_on")
    kind, school_id = running[0].kind, running[0].school_id
    _give_up(session, running, person_id, from_day, handover_note)
    values = {"person_id": person_id, "kind": kind, "school_id": school_id, "starts_on": from_day}
    return records.add(session, t.Role, values)


def end_role(session: Session, role_id: int, on: dt.date, handover_note: str = "") -> None:
    """End a role with nobody to take it over yet.

    Raises:
        BadInput: the day is before the role began.
    """
    role = records.kept(session, "role", role_id).values
    if on < role["starts_on"]:
        raise BadInput(f"The role began on {long_date(role['starts_on'])}: it cannot end before.", "ends_on")
    note = handover_note.strip() or role["handover_note"]
    records.change(session, t.Role, role_id, {"ends_on": on, "handover_note": note})


def person_leaves(session: Session, person_id: int, on: dt.date, handover_note: str = "") -> None:
    """Mark that somebody has left: her roles end that day, with the note; what she did stays in the book.

    Raises:
        BadInput: a role of hers begins after that day.
    """
    person = records.kept(session, "person", person_id).values
    running = _running_roles(session, select(t.Role).where(t.Role.person_id == person_id), on)
    later = next((role for role in running if role.starts_on > on), None)
    if later is not None:
        raise BadInput(
            f"{person['name']} begins as {later.kind.label} on {long_date(later.starts_on)}, after that day: "
            "delete that role, or enter a later day.",
            "left_on",
        )
    for role_id in [role.id or 0 for role in running]:
        end_role(session, role_id, on, handover_note)
    records.change(session, t.Person, person_id, {"left_on": on})


def set_years_taught(session: Session, person_id: int, year: int, groups: Collection[str]) -> None:
    """Say which year groups somebody teaches in a school year, for the swap list (R-MEET-13).

    Raises:
        BadInput: a year group that there is none of.
    """
    unknown = next((group for group in groups if group not in YEAR_GROUPS), None)
    if unknown is not None:
        raise BadInput(f"“{unknown}” is not a year group: choose EYFS, Y1 to Y6 or KS3.", "year_group")
    taught = select(t.YearTaught).where(t.YearTaught.person_id == person_id, t.YearTaught.school_year == year)
    now = {row.year_group: row.id or 0 for row in session.exec(taught)}
    for group in now.keys() - set(groups):
        records.remove(session, t.YearTaught, now[group])
    for group in YEAR_GROUPS:
        if group in groups and group not in now:
            values = {"person_id": person_id, "school_year": year, "year_group": group}
            records.add(session, t.YearTaught, values)


def review_plan(session: Session, plan_id: int, on: dt.date, evidence: str = "") -> None:
    """Note that a development plan was reviewed, with what came of it (R-PPL-3)."""
    before = records.kept(session, "development_plan", plan_id).values["evidence"]
    words = "\n".join(part for part in (before, evidence.strip()) if part)
    records.change(session, t.DevelopmentPlan, plan_id, {"reviewed_on": on, "evidence": words})


def _running_roles(session: Session, roles: SelectOfScalar[t.Role], day: dt.date) -> list[t.Role]:
    """Of these roles, those that run on a day or begin after it."""
    running = or_(col(t.Role.ends_on).is_(None), col(t.Role.ends_on) >= day)
    return list(session.exec(roles.where(running).order_by(col(t.Role.starts_on))))


def _give_up(
    session: Session, running: Sequence[t.Role], person_id: int, from_day: dt.date, note: str
) -> None:
    """End these roles the day before somebody else has them, with what the next person needs to know."""
    for role in running:
        name = records.kept(session, "person", role.person_id).values["name"]
        if role.person_id == person_id:
            raise BadInput(f"{name} has this role already: choose somebody else.", "person_id")
        if from_day <= role.starts_on:
            began = long_date(role.starts_on)
            raise BadInput(f"{name} has this role from {began}: a change comes after that.", "starts_on")
    for role_id in [role.id or 0 for role in running]:
        end_role(session, role_id, day_before(from_day), note)
