"""The contacts log, and what schools declare about their release money (R-CLU-8, R-CLU-11, R-COVER-7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlmodel import Session, select

from models import tables as t
from models.calendar import year_label
from models.errors import BadInput
from models.formats import long_date
from models.queries.book import Book
from models.services import records
from models.words import Answer, ContactKind, RoleKind


def tell_advisor(session: Session, contact_id: int, on: dt.date) -> None:
    """Note the day on which the Advisor heard of a problem (R-CLU-11).

    Raises:
        BadInput: it is before the day of the contact.
    """
    _not_before(session, contact_id, on, "told_advisor_on")
    records.change(session, t.ContactLog, contact_id, {"told_advisor_on": on})


def settle(session: Session, contact_id: int, on: dt.date, outcome: str = "") -> None:
    """Close a contact: the problem is settled, or nothing more is to come of it (R-CLU-11).

    Args:
        session: inside the transaction.
        contact_id: its line of the log.
        on: the day on which it was settled.
        outcome: what came of it; "" leaves what is entered.

    Raises:
        BadInput: the day is before the day of the contact.
    """
    _not_before(session, contact_id, on, "closed_on")
    values = {"closed_on": on} | ({"outcome": outcome} if outcome.strip() else {})
    records.change(session, t.ContactLog, contact_id, values)


def declare(
    session: Session,
    school_id: int,
    year: int,
    answer: Answer,
    *,
    confirmed_by: str = "",
    confirmed_on: dt.date | None = None,
) -> None:
    """Enter whether a school's release money for a year is on top of its science budget (R-COVER-7).

    A school says so once a year: what was entered before is changed.
    """
    said = {
        "additional": answer,
        "confirmed_by": confirmed_by,
        "confirmed_on": None if answer is Answer.NOT_SAID else confirmed_on,
    }
    given = select(t.Declaration.id).where(
        t.Declaration.school_id == school_id, t.Declaration.school_year == year
    )
    before = session.exec(given).first()
    if before is None:
        records.add(session, t.Declaration, {"school_id": school_id, "school_year": year, **said})
    else:
        records.change(session, t.Declaration, before, said)


def ask_declarations(session: Session, school_ids: Iterable[int], year: int, on: dt.date) -> int:
    """Note that schools were asked for their declaration, each with a line in the contacts log (R-COVER-7).

    Returns:
        How many were asked; a school that has been asked already is passed over.
    """
    book = Book(session)
    asked = {row.school_id for row in book.rows(t.Declaration) if row.school_year == year}
    heads = {role.school_id: role.person_id for role in book.in_role(RoleKind.HEADTEACHER, on)}
    words = f"Asked if the release money for {year_label(year)} is on top of the science budget."
    wanted = [school_id for school_id in school_ids if school_id not in asked]
    for school_id in wanted:
        declare(session, school_id, year, Answer.NOT_SAID)
        line = {"on": on, "kind": ContactKind.OTHER, "school_id": school_id, "summary": words}
        records.add(session, t.ContactLog, {**line, "person_id": heads.get(school_id)})
    return len(wanted)


def _not_before(session: Session, contact_id: int, on: dt.date, field: str) -> None:
    first: dt.date = records.kept(session, "contact_log", contact_id).values["on"]
    if on < first:
        raise BadInput(f"This contact was on {long_date(first)}: enter that day or a later one.", field)
