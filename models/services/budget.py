"""What is planned for a fund's headings in a school year, and why it went otherwise (R-POT-6).

Every function runs inside a transaction of the caller, which names the action.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.calendar import year_label
from models.errors import BadInput, Refused
from models.services import records
from models.services.records import Values
from models.words import Direction, Heading


class PlanKey(Struct, frozen=True):
    """What has one line of a budget: a heading of a fund in a school year, money in or out."""

    fund_id: int
    school_year: int
    direction: Direction
    heading: Heading


def plan(session: Session, key: PlanKey, planned_p: int, explanation: str | None = None) -> int:
    """Plan an amount, in pence, for a heading; a second plan replaces the first. The line's id.

    `explanation` says why it went otherwise; None leaves what is there.

    Raises:
        BadInput: a value does not fit; `field` names it.
    """
    values: dict[str, object] = {"planned_p": planned_p}
    if explanation is not None:
        values["explanation"] = explanation
    return _store(session, key, values)


def replan(session: Session, line_id: int, values: Values, before: Values | None = None) -> None:
    """Correct a line of a budget.

    Raises:
        BadInput: a value does not fit, or its heading has a line already; `field` names it.
        Changed: it is not there any more, or was changed since.
    """
    now = {**records.kept(session, "budget_line", line_id).values, **values}
    key = PlanKey(now["fund_id"], now["school_year"], now["direction"], now["heading"])
    if _line(session, key) not in {None, line_id}:
        raise BadInput(
            f"Heading: {key.heading.label} is planned for {year_label(key.school_year)} already.", "heading"
        )
    records.change(session, t.BudgetLine, line_id, values, before)


def explain(session: Session, key: PlanKey, words: str) -> int:
    """Say why a heading is off its plan; one that nobody planned gets a line of £0. The line's id.

    Raises:
        BadInput: the words do not fit.
    """
    return _store(session, key, {"explanation": words})


def copy_plan(session: Session, fund_id: int, year: int) -> int:
    """Plan a year as the one before, heading by heading, without its explanations; how many lines that made.

    Headings that are planned already stay as they are.

    Raises:
        Refused: the year before has no plan, or all of it is planned already.
    """
    lines = t.metadata.tables["budget_line"]
    before = session.connection().execute(
        select(lines.c.direction, lines.c.heading, lines.c.planned_p)
        .where(lines.c.fund_id == fund_id, lines.c.school_year == year - 1)
        .order_by(lines.c.id)
    )
    planned = {PlanKey(fund_id, year, row.direction, row.heading): row.planned_p for row in before}
    if not planned:
        raise Refused(f"Nothing was planned for {year_label(year - 1)}: there is no plan to copy.")
    missing = [key for key in planned if _line(session, key) is None]
    if not missing:
        raise Refused(f"Every heading of {year_label(year - 1)} is planned for {year_label(year)} already.")
    for key in missing:
        plan(session, key, planned[key])
    return len(missing)


def _store(session: Session, key: PlanKey, values: dict[str, object]) -> int:
    line = _line(session, key)
    if line is None:
        return records.add(session, t.BudgetLine, {**asdict(key), **values})
    records.change(session, t.BudgetLine, line, values)
    return line


def _line(session: Session, key: PlanKey) -> int | None:
    lines = t.metadata.tables["budget_line"]
    found: int | None = session.connection().scalar(
        select(lines.c.id).where(*(lines.c[name] == value for name, value in asdict(key).items()))
    )
    return found
