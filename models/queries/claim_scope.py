"""A book that reads the claims of some school years only: what the claims page and its actions ask.

The questions are those of `models.queries.cover`, so that a figure on the page is the figure of the pack
(R-REV-7); they only find fewer rows to look at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import Session
from typing_extensions import override

from models import tables as t
from models.calendar import school_year, year_bounds
from models.errors import Changed
from models.queries.book import Book

R = TypeVar("R", bound=t.Record)
_CLAIM = t.metadata.tables["cover_claim"]
_OF = _CLAIM.alias("taken_back")  # the claim that a reversal takes back: it says which year both belong to
_LIMITED = frozenset({t.CoverClaim, t.Meeting, t.Attendance, t.Invitation})
GONE = "This claim is not there any more: it was deleted, or never saved."


class ClaimBook(Book):
    """A book of the claims of some years, with the meetings and marks that they rest on.

    Where unused allowance rolls over, older years bear on these, so all of them are read (D6).

    Args:
        session: the book's.
        years: the school years.
        typed: a claim being typed: then only the claims that it may touch, those of its school and of its
            person, are read, and its meeting.
    """

    def __init__(self, session: Session, years: Collection[int], typed: t.CoverClaim | None = None) -> None:
        super().__init__(session)
        self._years, self._typed = frozenset(years), typed

    @override
    def rows(self, record: type[R]) -> list[R]:
        limit = None if record in self._rows else self._limit(record)
        if limit is not None:
            table = t.metadata.tables[str(record.__tablename__)]
            self.session.flush()
            wanted = select(table).where(limit).order_by(table.c.id)
            self._rows[record] = list(self.session.execute(wanted))
        return super().rows(record)

    def _limit(self, record: type[t.Record]) -> ColumnElement[bool] | None:
        """Which rows of a table are wanted; None: all of them."""
        if record not in _LIMITED or not self._limited:
            return None
        if record is t.CoverClaim:
            return _CLAIM.c.id.in_(self._of_claims(_CLAIM.c.id))
        table = t.metadata.tables[str(record.__tablename__)]
        meeting = table.c.id if record is t.Meeting else table.c.meeting_id
        wanted: ColumnElement[bool] = meeting.in_(
            self._of_claims(func.coalesce(_OF.c.meeting_id, _CLAIM.c.meeting_id))
        )
        if record is t.Attendance:  # of a large meeting, the marks of those who claim for it
            wanted = and_(wanted, table.c.person_id.in_(self._of_claims(_CLAIM.c.person_id)))
        return or_(wanted, meeting == self._typed.meeting_id) if self._typed else wanted

    @cached_property
    def _limited(self) -> bool:
        return not any(self.scheme_of(year).release_rollover for year in self._years)

    def _of_claims(self, column: ColumnElement[Any]) -> Select[Any]:
        """One column of the claims in question."""
        day = func.coalesce(_OF.c.cover_on, _CLAIM.c.cover_on)
        bounds = [year_bounds(year) for year in self._years]
        wanted = select(column).select_from(_CLAIM.outerjoin(_OF, _OF.c.id == _CLAIM.c.reverses_id))
        wanted = wanted.where(or_(*(day.between(first, last) for first, last in bounds)))
        if self._typed is not None:
            school = func.coalesce(_OF.c.school_id, _CLAIM.c.school_id)
            own = _CLAIM.c.person_id == self._typed.person_id
            wanted = wanted.where(or_(school.in_(self._own_ids), own))
        return wanted

    @cached_property
    def _own_ids(self) -> list[int]:
        """The ids of the typed claim's school: an academy has those of its older records too (R-DATA-6)."""
        if self._typed is None:
            return []
        last = max(year_bounds(year)[1] for year in self._years)
        now = self.present_id(self._typed.school_id, last)
        return [key for key in self.school_rows if self.present_id(key, last) == now]


def years_of(session: Session, claim_ids: Iterable[int]) -> dict[int, int]:
    """The school year that each claim belongs to: by the date of cover (R-COVER-16).

    Raises:
        Changed: one of them is not there any more.
    """
    ids = list(claim_ids)
    day = func.coalesce(_OF.c.cover_on, _CLAIM.c.cover_on)
    both = _CLAIM.outerjoin(_OF, _OF.c.id == _CLAIM.c.reverses_id)
    found: dict[int, dt.date] = {
        row[0]: row[1]
        for row in session.execute(select(_CLAIM.c.id, day).select_from(both).where(_CLAIM.c.id.in_(ids)))
    }
    if len(found) < len(set(ids)):
        raise Changed(GONE)
    return {key: school_year(on) for key, on in found.items()}


def claim_place(session: Session, table: str, record_id: int) -> tuple[int, int] | None:
    """The claim that a record belongs to, and its school year, for going there.

    Args:
        session: to read with.
        table: `cover_claim`, or that of one of its parts.
        record_id: the record.

    Returns:
        None for what is gone, and for a file that belongs to something else.
    """
    claim_id: int | None = record_id
    if table != "cover_claim":
        part = t.metadata.tables[table]
        claim_id = session.scalar(select(part.c.claim_id).where(part.c.id == record_id))
    try:
        return (claim_id, years_of(session, [claim_id])[claim_id]) if claim_id is not None else None
    except Changed:
        return None
