"""The school calendar: half-terms that fit together, and a year's dates brought in at once (F6.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, select

from models import tables as t
from models.calendar import Term, TermName, year_bounds, year_label
from models.errors import BadInput, Refused
from models.holidays import bank_holidays, known_to
from models.rules.terms import next_year_alike, require_fitting
from models.services import records
from models.services.starting import term_dates
from models.words import ClosureKind

Values = Mapping[str, Any]


def add_term(session: Session, values: Values) -> int:
    """Enter a half-term.

    Raises:
        BadInput: it is entered already, or its dates do not fit with the others.
    """
    draft: t.SchoolTermDraft = t.SchoolTermDraft.checked(**values)
    _require_fitting(session, draft)
    return records.add(session, t.SchoolTerm, values)


def change_term(session: Session, term_id: int, values: Values, before: Values | None = None) -> None:
    """Put a half-term's dates right.

    Raises:
        BadInput: the dates do not fit with the others.
        Changed: it was changed since the form was opened.
    """
    whole = {**records.kept(session, "school_term", term_id).values, **values}
    _require_fitting(session, t.SchoolTermDraft.checked(**whole), term_id)
    records.change(session, t.SchoolTerm, term_id, values, before)


def bring_usual_terms(session: Session, year: int) -> int:
    """Enter the usual half-terms of a school year from the table that came with Clusterbook.

    Returns:
        How many were entered.

    Raises:
        Refused: the table does not have that year, or the year has half-terms already.
    """
    drafts = term_dates(year)
    if not drafts:
        raise Refused(
            f"Clusterbook does not know the usual dates of {year_label(year)} yet: copy last year’s, or "
            "enter them one by one."
        )
    _require_none(session, year)
    for draft in drafts:
        add_term(session, draft.model_dump())
    return len(drafts)


def copy_last_year(session: Session, year: int) -> int:
    """Enter last year's half-terms and INSET days 52 weeks on, to be put right where they differ.

    An INSET day that would fall on a day closed already is left out.

    Returns:
        How many half-terms were entered.

    Raises:
        Refused: last year has none, or this year has some already.
    """
    last = session.exec(select(t.SchoolTerm).where(t.SchoolTerm.school_year == year - 1)).all()
    if not last:
        raise Refused(f"There are no term dates of {year_label(year - 1)} to copy: enter them one by one.")
    _require_none(session, year)
    first_day, last_day = year_bounds(year)
    terms = [(row.term, row.half, row.starts_on, row.ends_on) for row in last]
    for term, half, starts_on, ends_on in sorted(terms, key=lambda one: one[2]):
        dates = {
            "starts_on": max(next_year_alike(starts_on), first_day),
            "ends_on": min(next_year_alike(ends_on), last_day),
        }
        add_term(session, {"school_year": year, "term": term, "half": half, **dates})
    _copy_inset_days(session, year)
    return len(terms)


def bring_bank_holidays(session: Session, year: int) -> int:
    """Enter the bank holidays of a school year that are not in the calendar yet.

    Returns:
        How many were entered.

    Raises:
        Refused: the table that came with Clusterbook ends before that year does, or all are there.
    """
    first, last = year_bounds(year)
    if last > known_to():
        raise Refused(
            f"Clusterbook knows the bank holidays up to {known_to().year}: enter those of {year_label(year)} "
            "one by one."
        )
    there = _closed(session)
    wanted = {on: name for on, name in bank_holidays(first, last).items() if (on, None) not in there}
    if not wanted:
        raise Refused(f"All bank holidays of {year_label(year)} are in the calendar already.")
    for on, name in wanted.items():
        records.add(session, t.ClosedDay, {"on": on, "name": name, "kind": ClosureKind.BANK_HOLIDAY})
    return len(wanted)


def add_closed_day(session: Session, values: Values) -> int:
    """Enter a day on which schools are closed.

    Raises:
        BadInput: it is a weekend, or is entered already.
    """
    _require_free(session, t.ClosedDayDraft.checked(**values))
    return records.add(session, t.ClosedDay, values)


def change_closed_day(session: Session, day_id: int, values: Values, before: Values | None = None) -> None:
    """Put a closed day right.

    Raises:
        BadInput: it is a weekend, or another is entered for that day.
        Changed: it was changed since the form was opened.
    """
    whole = {**records.kept(session, "closed_day", day_id).values, **values}
    _require_free(session, t.ClosedDayDraft.checked(**whole), day_id)
    records.change(session, t.ClosedDay, day_id, values, before)


def _require_free(session: Session, draft: t.ClosedDayDraft, own_id: int = 0) -> None:
    if draft.on.weekday() >= 5:
        raise BadInput("This is a weekend: schools are closed then anyway.", "on")
    same = select(t.ClosedDay).where(
        t.ClosedDay.on == draft.on, t.ClosedDay.school_id == draft.school_id, t.ClosedDay.id != own_id
    )
    there = session.exec(same).first()
    if there is not None:
        raise BadInput(f"{there.name or there.kind.label} is entered for that day already.", "on")


def _copy_inset_days(session: Session, year: int) -> None:
    first, last = year_bounds(year - 1)
    closed = {on for on, school_id in _closed(session) if school_id is None}
    closed |= set(bank_holidays(*year_bounds(year)))
    rows = select(t.ClosedDay).where(
        t.ClosedDay.kind == ClosureKind.INSET, t.ClosedDay.on >= first, t.ClosedDay.on <= last
    )
    for row in session.exec(rows).all():
        on = next_year_alike(row.on)
        if on not in closed and (on, row.school_id) not in _closed(session):
            values = {"on": on, "kind": row.kind, "name": row.name, "school_id": row.school_id}
            records.add(session, t.ClosedDay, values)


def _require_none(session: Session, year: int) -> None:
    if session.exec(select(t.SchoolTerm.id).where(t.SchoolTerm.school_year == year)).first() is not None:
        raise Refused(
            f"{year_label(year)} has term dates already: change them one by one, or delete them first."
        )


def _require_fitting(session: Session, draft: t.SchoolTermDraft, own_id: int = 0) -> None:
    others = [row for row in session.exec(select(t.SchoolTerm)) if row.id != own_id]
    same = (draft.school_year, draft.term, draft.half)
    if any((row.school_year, row.term, row.half) == same for row in others):
        term = f"{TermName(draft.term).value.capitalize()} {draft.half}"
        raise BadInput(f"{term} of {year_label(draft.school_year)} is entered already.", "half")
    require_fitting(
        Term(draft.school_year, draft.term, draft.half, draft.starts_on, draft.ends_on),
        [Term(row.school_year, row.term, row.half, row.starts_on, row.ends_on) for row in others],
    )


def _closed(session: Session) -> set[tuple[dt.date, int | None]]:
    return {(row.on, row.school_id) for row in session.exec(select(t.ClosedDay))}
