"""Schools coming and going: joining, leaving, replacing, becoming an academy, leading (R-CLU-2 to R-CLU-10).

Each is one action, whatever it touches: undo takes all of it back. Nothing of a school that left is deleted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from sqlmodel import Session, col, or_, select

from models import tables as t
from models.errors import BadInput, Refused
from models.formats import long_date
from models.queries.book import Book
from models.rules.cluster import MembershipFact, gives_input, was_member
from models.rules.leads import change_lead, phase_verdict
from models.rules.spells import day_before
from models.rules.verdict import Severity
from models.services import records
from models.services.judging import held_to_rules
from models.services.lines import line_ids
from models.services.people import name_ssl, teacher
from models.words import Phase, RoleKind, SchoolStatus

Values = Mapping[str, Any]


def add_school(
    session: Session, school: Values, spell: Values | None = None, *, ssl: str = "", head: str = ""
) -> int:
    """Enter a school and, from a date, its membership. Its name is enough (R-CLU-10, R-CLU-13).

    Args:
        session: inside the transaction.
        school: the fields of the school.
        spell: the fields of its membership without the school; None: it is no member, such as a partner.
            Whether it sets release money aside follows from its phase unless it is said (D22).
        ssl: the name of its science subject leader, entered too where it is given.
        head: the name of its headteacher, likewise (R-DATA-7: only if somebody asked for it).

    Returns:
        The school's id.

    Raises:
        BadInput: a value does not fit; `field` names it.
    """
    school_id = records.add(session, t.School, school)
    if spell is not None:
        joined_on = _joined_on(spell)
        join(session, school_id, spell)
        if ssl.strip():
            name_ssl(session, school_id, teacher(session, school_id, ssl), joined_on)
        if head.strip():
            values = {"person_id": teacher(session, school_id, head), "kind": RoleKind.HEADTEACHER}
            records.add(session, t.Role, {**values, "school_id": school_id, "starts_on": joined_on})
    return school_id


def join(session: Session, school_id: int, spell: Values) -> int:
    """Begin a spell of membership of a school that is in the book already (R-CLU-10).

    Returns:
        The membership's id.

    Raises:
        BadInput: it is a member already on that day, or a value does not fit.
    """
    school = records.kept(session, "school", school_id).values
    joined_on = _joined_on(spell)
    for old in _spells_of(session, school_id):
        if old.left_on is None or joined_on <= old.left_on:
            until = f" to {long_date(old.left_on)}" if old.left_on else ""
            raise BadInput(
                f"{school['name']} is a member from {long_date(old.joined_on)}{until}: "
                "a new spell begins after that.",
                "joined_on",
            )
    if spell.get("gives_release_input") is None:
        spell = {**spell, "gives_release_input": _sets_aside(school["phase"])}
    return records.add(session, t.Membership, {**spell, "school_id": school_id})


def mark_at_risk(session: Session, school_id: int, *, at_risk: bool) -> None:
    """Mark a member as at risk of leaving, or as taking part again (R-CLU-8).

    Raises:
        BadInput: it is not a member.
    """
    running = next((one for one in _spells_of(session, school_id) if one.left_on is None), None)
    if running is None or running.id is None:
        name = records.kept(session, "school", school_id).values["name"]
        raise BadInput(f"{name} is not a member now.", "school_id")
    records.change(session, t.Membership, running.id, {"at_risk": at_risk})


def amend_spell(session: Session, spell_id: int, values: Values, before: Values | None = None) -> None:
    """Put a spell of membership right.

    Raises:
        BadInput: a value does not fit, or it would overlap with another spell of the school.
    """
    records.change(session, t.Membership, spell_id, values, before)
    school_id = records.kept(session, "membership", spell_id).values["school_id"]
    spells = _spells_of(session, school_id)
    for one, following in pairwise(spells):
        if one.left_on is None or following.joined_on <= one.left_on:
            raise BadInput(
                f"It would be a member twice from {long_date(following.joined_on)}: check both days.",
                "joined_on" if following.id == spell_id else "left_on",
            )


def leave(
    session: Session,
    school_id: int,
    left_on: dt.date,
    *,
    reason: str = "",
    advisor_discussed_on: dt.date | None = None,
    advisor_outcome: str = "",
) -> None:
    """End a school's membership; its people's roles end with it, its figures stay (R-CLU-8, R-CLU-10).

    Args:
        session: inside the transaction.
        school_id: the school.
        left_on: its last day as a member.
        reason: why it leaves.
        advisor_discussed_on: when its leaving was discussed with the Advisor; None leaves what is entered.
        advisor_outcome: what the Advisor said.

    Raises:
        BadInput: it is not a member, or the day is before it joined.
        Refused: it would still be the lead school.
    """
    name = records.kept(session, "school", school_id).values["name"]
    running = next((one for one in _spells_of(session, school_id) if one.left_on is None), None)
    if running is None or running.id is None:
        raise BadInput(f"{name} is not a member now, so it cannot leave.", "school_id")
    if left_on < running.joined_on:
        raise BadInput(
            f"{name} joined on {long_date(running.joined_on)}: its last day cannot be before that.", "left_on"
        )
    _require_not_leading(session, school_id, left_on, name)
    values: dict[str, Any] = {"left_on": left_on, "leaving_reason": reason}
    if advisor_discussed_on is not None:
        values |= {"advisor_discussed_on": advisor_discussed_on, "advisor_outcome": advisor_outcome}
    records.change(session, t.Membership, running.id, values)
    _end_roles(session, school_id, left_on)


def replace_school(session: Session, leaver_id: int, newcomer: int | Values, spell: Values) -> int:
    """Let a school take the place of one that has left (R-CLU-9); leaving a place empty needs nothing.

    Args:
        session: inside the transaction.
        leaver_id: the school that has left.
        newcomer: a school in the book, or the fields of a new one.
        spell: the fields of its membership without the two schools.

    Returns:
        The id of the school that takes the place.

    Raises:
        BadInput: a value does not fit, or the school takes its own place.
        Refused: the school replaced has not left.
    """
    spells = _spells_of(session, leaver_id)
    if not spells or any(one.left_on is None for one in spells):
        name = records.kept(session, "school", leaver_id).values["name"]
        raise Refused(f"{name} has not left, so no school can take its place yet: enter its last day first.")
    if newcomer == leaver_id:
        raise BadInput("A school cannot take its own place: choose another school.", "school_id")
    spell = {**spell, "replaces_id": leaver_id}
    if not isinstance(newcomer, int):
        return add_school(session, newcomer, spell)
    join(session, newcomer, spell)
    return newcomer


def become_academy(session: Session, school_id: int, from_day: dt.date, values: Values) -> int:
    """Go on under a new record when a school becomes an academy: one school in every figure (R-DATA-6).

    The old record is closed the day before, the new one is a member from the day on, the people move over.
    Names are unique, so an old record of the same name gets its last day in brackets.

    Args:
        session: inside the transaction.
        school_id: the record so far.
        from_day: the first day as an academy.
        values: what differs from the old record: the new URN, perhaps name, type, trust.

    Returns:
        The id of the new record.

    Raises:
        BadInput: a value does not fit; the day is not inside its membership.
    """
    old = records.kept(session, "school", school_id).values
    running = next((one for one in _spells_of(session, school_id) if one.left_on is None), None)
    if running is None or running.id is None or from_day <= running.joined_on:
        raise BadInput(f"{old['name']} is not a member on the day before: check the day.", "from_day")
    if not values.get("urn") or values["urn"] == old["urn"]:
        raise BadInput("An academy has a URN of its own: enter the new one.", "urn")
    last = day_before(from_day)
    closed: dict[str, Any] = {"status": SchoolStatus.CLOSED}
    if values.get("name", old["name"]) == old["name"]:
        closed["name"] = f"{old['name']} (to {long_date(last)})"
    records.change(session, t.School, school_id, closed)
    carried = {**old, "laestab": "", **values, "predecessor_id": school_id, "status": SchoolStatus.OPEN}
    academy = records.add(session, t.School, carried)
    spell = records.kept(session, "membership", running.id).values
    records.change(session, t.Membership, running.id, {"left_on": last})
    begun = {"school_id": academy, "joined_on": from_day, "replaces_id": None}
    records.add(session, t.Membership, {**spell, **begun})
    for person_id in session.exec(
        select(t.Person.id).where(t.Person.school_id == school_id, col(t.Person.left_on).is_(None))
    ).all():
        records.change(session, t.Person, person_id or 0, {"school_id": academy})
    return academy


def change_lead_school(session: Session, school_id: int, from_day: dt.date) -> None:
    """Let another school lead from a day on: the spell so far ends the day before (R-CLU-2, R-CLU-3).

    Raises:
        BadInput: the school is not a member that day, leads already, or the day is before the last change.
        Refused: a school of its phase cannot lead.
    """
    book = Book(session)
    school = book.schools[school_id]
    if not was_member(book.spells(from_day), book.present_id(school_id, from_day), from_day):
        raise BadInput(
            f"{school.name} is not a member on {long_date(from_day)}: the lead school is one of the members.",
            "school_id",
        )
    verdict = phase_verdict(school, book.scheme(from_day), as_lead=True)
    if verdict is not None and verdict.severity is Severity.REFUSE:
        raise Refused(verdict.text)
    known = {spell.id: spell for spell in book.lead_spells}
    for spell in change_lead(book.lead_spells, school_id, school.name, from_day):
        values = {"school_id": spell.school_id, "starts_on": spell.starts_on, "ends_on": spell.ends_on}
        if spell.id not in known:
            records.add(session, t.LeadSpell, values)
        elif spell != known[spell.id]:
            records.change(session, t.LeadSpell, spell.id, values)


def enter_lead(session: Session, values: Values) -> int:
    """Enter a spell of leading, as it was; a change from a day on is `change_lead_school`.

    Raises:
        Refused: two schools would lead on one day (R-CLU-2), or a school of its phase cannot (R-CLU-3).
    """
    with held_to_rules(session):
        return records.add(session, t.LeadSpell, values)


def amend_lead(session: Session, spell_id: int, values: Values, before: Values | None = None) -> None:
    """Put a spell of leading right.

    Raises:
        Refused: as for `enter_lead`.
    """
    with held_to_rules(session):
        records.change(session, t.LeadSpell, spell_id, values, before)


def _joined_on(spell: Values) -> dt.date:
    joined_on = spell.get("joined_on")
    if not isinstance(joined_on, dt.date):
        raise BadInput("Joined is needed: enter its first day as a member.", "joined_on")
    return joined_on


def _sets_aside(phase: Phase) -> bool:
    return gives_input(MembershipFact(0, 0, "", dt.date.min, phase=phase))


def _spells_of(session: Session, school_id: int) -> list[t.Membership]:
    wanted = select(t.Membership).where(col(t.Membership.school_id).in_(line_ids(session, school_id)))
    return list(session.exec(wanted.order_by(col(t.Membership.joined_on))))


def _require_not_leading(session: Session, school_id: int, left_on: dt.date, name: str) -> None:
    leading = select(t.LeadSpell).where(
        col(t.LeadSpell.school_id).in_(line_ids(session, school_id)),
        or_(col(t.LeadSpell.ends_on).is_(None), col(t.LeadSpell.ends_on) > left_on),
    )
    if session.exec(leading).first() is not None:
        raise Refused(f"{name} is the lead school: name the school that leads after it first.")


def _end_roles(session: Session, school_id: int, left_on: dt.date) -> None:
    """End what the school's people do for it and for the cluster; a role that never began is left alone."""
    line = line_ids(session, school_id)
    running = (
        select(t.Role)
        .join(t.Person, col(t.Person.id) == col(t.Role.person_id))
        .where(
            or_(col(t.Role.school_id).in_(line), col(t.Person.school_id).in_(line)),
            col(t.Role.starts_on) <= left_on,
            or_(col(t.Role.ends_on).is_(None), col(t.Role.ends_on) > left_on),
        )
    )
    for role_id in [role.id for role in session.exec(running)]:
        records.change(session, t.Role, role_id or 0, {"ends_on": left_on})
