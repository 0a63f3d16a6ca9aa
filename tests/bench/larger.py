"""A book so many times the sample: the same two years, with more of all that is entered every week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from models import tables as t

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlmodel import Session

COPIED = (
    t.Person,
    t.Meeting,
    t.Invitation,
    t.AgendaItem,
    t.Attendance,
    t.Decision,
    t.Action,
    t.Approval,
    t.CoverClaim,
    t.ClaimEvent,
    t.CpdSession,
    t.CpdBooking,
    t.CpdEvaluation,
    t.Resource,
    t.ResourceTag,
    t.KitItem,
    t.Loan,
    t.LoanLine,
    t.Trial,
    t.Adoption,
    t.FundEntry,
    t.StockCheck,
    t.ContactLog,
    t.AdvisorQuestion,
    t.Evidence,
)
SPAN = 100_000  # ids of one copy lie this far from those of the next


def multiply(session: Session, times: int) -> None:
    """Copy the rows of a book until there are `times` as many; links among copies lead to copies."""
    tables = [t.metadata.tables[str(record.__tablename__)] for record in COPIED]
    names = {table.name for table in tables}
    for table in tables:
        rows = [dict(row) for row in session.execute(select(table)).mappings()]
        copies = [_copy(table, row, names, number) for number in range(1, times) for row in rows]
        if copies:
            session.execute(insert(table), copies)


def _copy(table: Table, row: dict[str, Any], names: set[str], number: int) -> dict[str, Any]:
    copy = dict(row, id=row["id"] + number * SPAN)
    for column in table.columns:
        inside = any(key.column.table.name in names for key in column.foreign_keys)
        if inside and copy[column.name] is not None:
            copy[column.name] += number * SPAN
    if "code" in copy and isinstance(copy["code"], str) and table.name != "attendance":
        copy["code"] = f"{copy['code']}/{number}"
    if table.name == "person":
        copy["name"] = f"{copy['name']} {number}"
    return copy
