"""Closing a fund's school year: the figure carried over is kept, so that a later drift shows (R-POT-3).

A closed year is not locked: what comes late is entered where it belongs, and the window says that the figure
has moved. Every function runs inside a transaction of the caller, which names the action.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Row, Select, select
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year, year_bounds, year_label
from models.errors import BadInput, Refused
from models.formats import long_date, prose_pounds
from models.queries.account import fund_years
from models.queries.book import Book
from models.services import records
from models.services.records import Values


def close_year(session: Session, fund_id: int, year: int, on: dt.date) -> int:
    """Close a school year of a fund with what its entries give now; the id of the closing.

    A year that has drifted since it was closed is closed again; the first closing stays, marked as opened.

    Raises:
        Refused: the year is not over or not begun, the one before is open, or nothing has changed.
    """
    fund = records.kept(session, "fund", fund_id).values
    _require_over(session, fund_id, fund, year, on)
    closing_p = _closing(session, fund_id, year)
    before = _standing(session, fund_id, year)
    if before is not None:
        if before.closing_p == closing_p:
            raise Refused(
                f"{year_label(year)} of {fund['name']} is closed already, with {prose_pounds(closing_p)}: "
                "there is nothing to do."
            )
        reason = f"Closed again: {prose_pounds(before.closing_p)} was carried, now {prose_pounds(closing_p)}"
        _open_again(session, before, on, reason)
    closings = t.metadata.tables["year_close"]
    of_day = _closings(fund_id, year).where(closings.c.closed_on == on)
    same_day = session.connection().execute(of_day).first()
    if same_day is not None:
        # closed, opened and closed again on one day is one closing; its History has all three
        records.change(session, t.YearClose, same_day.id, {"closing_p": closing_p, "reopened_on": None})
        return int(same_day.id)
    values = {"fund_id": fund_id, "school_year": year, "closed_on": on, "closing_p": closing_p}
    return records.add(session, t.YearClose, values)


def close_all(session: Session, year: int, on: dt.date) -> tuple[int, ...]:
    """Close a school year of every fund that has begun by then and is still open; the ids of the closings.

    Raises:
        Refused: the year is not over, a fund's year before is open, or all are closed.
    """
    funds = session.connection().execute(
        select(t.metadata.tables["fund"]).order_by(t.metadata.tables["fund"].c.id)
    )
    still_open = [
        row.id
        for row in funds
        if school_year(row.opened_on) <= year and _standing(session, row.id, year) is None
    ]
    if not still_open:
        raise Refused(f"{year_label(year)} is closed already in every fund.")
    return tuple(close_year(session, fund_id, year, on) for fund_id in still_open)


def reopen_year(session: Session, fund_id: int, year: int, on: dt.date, reason: str) -> None:
    """Open a closed year again; who asks later sees when and why.

    Raises:
        BadInput: no reason is given.
        Refused: it is not closed.
    """
    fund, standing = records.kept(session, "fund", fund_id).values, _standing(session, fund_id, year)
    if standing is None:
        raise Refused(f"{year_label(year)} of {fund['name']} is not closed.")
    if not reason.strip():
        raise BadInput("Why reopened: say why the year is opened again.", "reason")
    _open_again(session, standing, on, reason)


def _open_again(session: Session, closing: Row[Any], on: dt.date, reason: str) -> None:
    day = max(on, closing.closed_on)
    records.change(session, t.YearClose, closing.id, {"reopened_on": day, "reason": reason})


def _closings(fund_id: int, year: int) -> Select[Any]:
    closings = t.metadata.tables["year_close"]
    return select(closings).where(closings.c.fund_id == fund_id, closings.c.school_year == year)


def _standing(session: Session, fund_id: int, year: int) -> Row[Any] | None:
    """The closing that holds; None: the year is open."""
    opened = t.metadata.tables["year_close"].c.reopened_on
    return session.connection().execute(_closings(fund_id, year).where(opened.is_(None))).first()


def _require_over(session: Session, fund_id: int, fund: Values, year: int, on: dt.date) -> None:
    name, first, last = fund["name"], school_year(fund["opened_on"]), year_bounds(year)[1]
    if year < first:
        raise Refused(f"The book of {name} starts only on {long_date(fund['opened_on'])}.")
    if on < last:
        raise Refused(f"{year_label(year)} runs until {long_date(last)}: close it on that day or later.")
    if year > first and _standing(session, fund_id, year - 1) is None:
        raise Refused(
            f"Close {year_label(year - 1)} of {name} first: {year_label(year)} opens with what it leaves."
        )


def _closing(session: Session, fund_id: int, year: int) -> int:
    found = fund_years(Book(session), year, year_bounds(year)[1])
    return next(one.account.closing_p for one in found if one.fund_id == fund_id)
