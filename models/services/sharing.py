"""A resource's life: tried out, judged, rolled out, shared, dropped, retired (R-RES-4 to R-RES-7).

Each runs inside the caller's transaction, which gives the action its name for Undo.
"""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session, col, select

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.formats import long_date
from models.queries.lending import loans_holding, one_resource
from models.rules.resources import may_become
from models.rules.rollout import Use, checked_use, use_at
from models.services import records
from models.services.records import Values
from models.words import AdoptionLevel, OwnerKind, ResourceLife, TrialVerdict


def change_resource(session: Session, resource_id: int, values: Values, before: Values | None) -> None:
    """Correct a resource in its form; its life still goes only where it can (R-RES-3 to R-RES-5).

    Raises:
        BadInput: a value does not fit, the owner is not said, or a reason is missing.
        Changed: it was changed since the form was opened.
    """
    was = records.kept(session, "resource", resource_id).values
    now = {**was, **values}
    require_owner(now)
    if now["life"] is not was["life"] and not may_become(was["life"], now["life"]):
        raise BadInput(
            f"It is {_stands(was['life'])}: it cannot become {_stands(now['life'])} in one step.", "life"
        )
    if now["life"] is ResourceLife.DROPPED and not str(now["dropped_reason"]).strip():
        raise BadInput("Say why, so that other schools can learn from it.", "dropped_reason")
    records.change(session, t.Resource, resource_id, values, before)


def require_owner(values: Values) -> None:
    """A school's thing names the school (R-RES-3).

    Raises:
        BadInput: it does not.
    """
    if values.get("owner") is OwnerKind.SCHOOL and values.get("owner_school_id") is None:
        raise BadInput("Choose the school that owns it.", "owner_school_id")


def start_trial(
    session: Session,
    *,
    resource_id: int,
    school_id: int,
    starts_on: dt.date,
    class_name: str = "",
    person_id: int | None = None,
    ends_on: dt.date | None = None,
) -> int:
    """Begin to try a resource in a class; an idea, or one that was dropped, is then on trial (R-RES-4).

    Returns:
        The trial's id.

    Raises:
        BadInput: it would end before it starts, or this trial is entered already.
    """
    if ends_on is not None and ends_on < starts_on:
        raise BadInput("The trial cannot end before it starts: choose a later day.", "ends_on")
    there = select(t.Trial.id).where(
        col(t.Trial.resource_id) == resource_id,
        col(t.Trial.school_id) == school_id,
        col(t.Trial.starts_on) == starts_on,
    )
    if session.exec(there).first() is not None:
        raise BadInput(
            f"A trial there from {long_date(starts_on)} is entered already: choose another day.", "starts_on"
        )
    values = {
        "resource_id": resource_id,
        "school_id": school_id,
        "person_id": person_id,
        "class_name": class_name,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    trial_id = records.add(session, t.Trial, values)
    resource = one_resource(session, resource_id)
    if resource.life in {ResourceLife.IDEA, ResourceLife.DROPPED}:
        records.change(session, t.Resource, resource_id, {"life": ResourceLife.ON_TRIAL})
    return trial_id


def give_verdict(
    session: Session, trial_id: int, verdict: TrialVerdict, finding: str, ends_on: dt.date
) -> None:
    """End a trial with what was found: adopt, or drop. The resource follows (R-RES-4, R-RES-5).

    It is adopted with the first trial that says so, and dropped when no other trial is still running or
    speaks for it; the finding is then the reason.

    Raises:
        BadInput: no verdict, an end before the start, or a drop without what was found.
        Changed: the trial is not there any more.
    """
    trial = session.get(t.Trial, trial_id)
    if trial is None:
        raise Changed("This trial is not there any more: it was deleted, or never saved.")
    if verdict is TrialVerdict.RUNNING:
        raise BadInput("Choose how the trial ended: adopt or drop.", "verdict")
    if ends_on < trial.starts_on:
        raise BadInput(f"It began on {long_date(trial.starts_on)}: it cannot end before.", "ends_on")
    if verdict is TrialVerdict.DROP and not finding.strip():
        raise BadInput("Say what was found, so that other schools can learn from it.", "finding")
    resource = one_resource(session, trial.resource_id)
    records.change(session, t.Trial, trial_id, {"verdict": verdict, "finding": finding, "ends_on": ends_on})
    then = _life_after(session, resource.id or 0, verdict)
    # what was dropped and is judged anew was on trial again for that moment
    life = ResourceLife.ON_TRIAL if resource.life is ResourceLife.DROPPED else resource.life
    if then is not None and then is not resource.life and may_become(life, then):
        values: dict[str, object] = {"life": then}
        if then is ResourceLife.DROPPED:
            values["dropped_reason"] = " ".join(finding.split())[:500]
        records.change(session, t.Resource, resource.id or 0, values)


def _life_after(session: Session, resource_id: int, verdict: TrialVerdict) -> ResourceLife | None:
    if verdict is TrialVerdict.ADOPT:
        return ResourceLife.ADOPTED
    asked = select(t.Trial.verdict).where(col(t.Trial.resource_id) == resource_id)
    others = set(session.exec(asked).all()) - {TrialVerdict.DROP}
    return None if others else ResourceLife.DROPPED


def share(session: Session, resource_id: int) -> None:
    """Put an adopted resource into the shared bank, so that every school is offered it (R-RES-4)."""
    _become(session, resource_id, ResourceLife.SHARED)


def adopt(session: Session, resource_id: int) -> None:
    """Adopt a resource without a trial of its own (R-RES-4)."""
    _become(session, resource_id, ResourceLife.ADOPTED)


def drop(session: Session, resource_id: int, reason: str) -> None:
    """Give a resource up: an honest end, with its reason (R-RES-5).

    Raises:
        BadInput: no reason is given.
        Refused: it is dropped already.
    """
    if not reason.strip():
        raise BadInput("Say why, so that other schools can learn from it.", "dropped_reason")
    _become(session, resource_id, ResourceLife.DROPPED, dropped_reason=reason)


def take_up_again(session: Session, resource_id: int) -> None:
    """Make a dropped resource an idea again."""
    _become(session, resource_id, ResourceLife.IDEA)


def _become(session: Session, resource_id: int, life: ResourceLife, **more: object) -> None:
    resource = one_resource(session, resource_id)
    if resource.life is life or not may_become(resource.life, life):
        raise Refused(f"{resource.name} is {_stands(resource.life)}: it cannot become {_stands(life)} now.")
    records.change(session, t.Resource, resource_id, {"life": life, **more})


def _stands(life: ResourceLife) -> str:
    return "an idea" if life is ResourceLife.IDEA else life.label.lower()


def retire(session: Session, resource_id: int, on: dt.date, reason: str) -> None:
    """Take a thing out of use: worn out, lost, or gone back to its lender. Its loans stay on record.

    The reason goes into its description, where it can be read and found.

    Raises:
        BadInput: no reason is given.
        Refused: it is out or reserved, or retired already.
    """
    resource = one_resource(session, resource_id)
    if resource.retired_on is not None:
        raise Refused(f"{resource.name} was retired on {long_date(resource.retired_on)} already.")
    if not reason.strip():
        raise BadInput("Say why: worn out, lost, gone back to its lender.", "reason")
    held = [loan for loan in loans_holding(session, resource_id, on) if loan.back_on is None]
    if held:
        state = "is out to" if held[0].out_on else "is reserved for"
        way = "check it in" if held[0].out_on else "cancel the reservation"
        raise Refused(f"{resource.name} {state} {held[0].school}: {way} first.")
    line = f"Retired on {long_date(on)}: {' '.join(reason.split())}"
    description = f"{resource.description}\n{line}".strip()
    records.change(session, t.Resource, resource_id, {"retired_on": on, "description": description})


def bring_back(session: Session, resource_id: int) -> None:
    """Take a retired thing into use again.

    Raises:
        Refused: it is in use.
    """
    resource = one_resource(session, resource_id)
    if resource.retired_on is None:
        raise Refused(f"{resource.name} is in use.")
    records.change(session, t.Resource, resource_id, {"retired_on": None})


# -- roll-out


def set_use(
    session: Session,
    *,
    resource_id: int,
    school_id: int,
    level: AdoptionLevel,
    as_of: dt.date,
    staff_using: int | None = None,
    staff_total: int | None = None,
    beyond_attendees: bool = False,
) -> None:
    """Note how far a school uses a resource, in words and numbers (R-RES-7).

    Raises:
        BadInput: word and numbers do not agree.
    """
    checked_use(level, staff_using, staff_total)
    values = {
        "level": level,
        "staff_using": staff_using,
        "staff_total": staff_total,
        "beyond_attendees": beyond_attendees,
        "as_of": as_of,
    }
    cell = _cell(session, resource_id, school_id)
    if cell is None:
        known = {"resource_id": resource_id, "school_id": school_id}
        records.add(session, t.Adoption, {**known, **values})
    else:
        records.change(session, t.Adoption, cell.id or 0, values)


def set_level(
    session: Session, resource_id: int, school_id: int, level: AdoptionLevel | None, as_of: dt.date
) -> None:
    """Note only the word: not started, some staff, all staff; None takes the entry away (R-RES-7).

    Numbers that still agree with the word stay; a school's number of staff is taken from its newest entry.
    """
    cell = _cell(session, resource_id, school_id)
    if level is None:
        if cell is not None:
            records.remove(session, t.Adoption, cell.id or 0)
        return
    before = Use(cell.level, cell.staff_using, cell.staff_total) if cell else None
    if before is None or before.total is None:
        total = _staff(session, school_id)
        before = Use(level, before.using if before else None, total)
    use = use_at(level, before)
    set_use(
        session,
        resource_id=resource_id,
        school_id=school_id,
        level=level,
        as_of=as_of,
        staff_using=use.using,
        staff_total=use.total,
        beyond_attendees=bool(cell and cell.beyond_attendees) and level is not AdoptionLevel.NOT_STARTED,
    )


def _cell(session: Session, resource_id: int, school_id: int) -> t.Adoption | None:
    return session.exec(
        select(t.Adoption).where(
            col(t.Adoption.resource_id) == resource_id, col(t.Adoption.school_id) == school_id
        )
    ).first()


def _staff(session: Session, school_id: int) -> int | None:
    """How many staff a school has, by its newest entry that says so."""
    adoption = t.Adoption
    asked = (
        select(adoption.staff_total)
        .where(col(adoption.school_id) == school_id, col(adoption.staff_total).is_not(None))
        .order_by(col(adoption.as_of).desc(), col(adoption.id).desc())
    )
    return session.exec(asked).first()
