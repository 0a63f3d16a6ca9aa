"""A book read in part: the facts of one school year, or of one school, asked of the same questions.

The window's pages must not read a whole history to show one school. Here the large tables are read in part,
and all questions stay as they are, so that a figure is still computed in one way only (R-REV-7). What was
left unread would be missing in any other answer: ask only what the docstrings say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlmodel import Session
from typing_extensions import override

from models import tables as t
from models.calendar import year_bounds
from models.queries.book import Book

R = TypeVar("R", bound=t.Record)


def _c(record: type[t.Record]) -> Any:
    """The columns of a table. To ask by a record’s fields, the first question would set all records up."""
    return t.metadata.tables[str(record.__tablename__)].c


class _Part(Book):
    """A book of which some tables are read in part."""

    _parts: Mapping[type[t.Record], Any]

    @override
    def rows(self, record: type[R]) -> list[R]:
        """The rows of a table, by id; of a large one those that are wanted."""
        part = self._parts.get(record)
        if part is None:
            return super().rows(record)
        if record not in self._rows:
            table = t.metadata.tables[str(record.__tablename__)]
            self.session.flush()
            wanted = select(table).where(part).order_by(table.c.id)
            self._rows[record] = list(self.session.execute(wanted))
        return self._rows[record]


class YearBook(_Part):
    """What happened in one school year, for all schools: what its aims, its evidence and its reach ask for.

    Right are, of the year: meetings and marks, CPD sessions and bookings, loans, entries, cover claims and
    evidence. Nothing else of these tables; all of the others.

    Args:
        session: to read with.
        year: the school year.
    """

    def __init__(self, session: Session, year: int) -> None:
        super().__init__(session)
        first, last = year_bounds(year)
        claimed = _c(t.CoverClaim).cover_on.between(first, last)
        meeting, held = _c(t.Meeting), _c(t.CpdSession).held_on.between(first, last)
        meetings = or_(
            meeting.held_on.between(first, last),
            meeting.id.in_(select(_c(t.CoverClaim).meeting_id).where(claimed)),
        )
        of_meetings, of_sessions = select(meeting.id).where(meetings), select(_c(t.CpdSession).id).where(held)
        self._parts = {
            t.Meeting: meetings,
            t.Invitation: _c(t.Invitation).meeting_id.in_(of_meetings),
            t.Attendance: _c(t.Attendance).meeting_id.in_(of_meetings),
            t.CpdSession: held,
            t.CpdBooking: _c(t.CpdBooking).cpd_session_id.in_(of_sessions),
            t.Loan: _c(t.Loan).out_on.between(first, last),
            t.FundEntry: _c(t.FundEntry).on.between(first, last),
            t.CoverClaim: claimed,
            t.Evidence: _c(t.Evidence).on.between(first, last),
        }


class PartialBook(_Part):
    """The marks of one school year, and what some schools claimed, borrowed and promised.

    Right are, of the year: meetings, marks and the attendance matrix, for all schools; of the schools: their
    claims and allowance, loans and actions, of any year. Nothing else of these tables.

    Args:
        session: to read with.
        year: the school year.
        school_ids: the schools whose claims, loans and actions are wanted.
    """

    def __init__(self, session: Session, year: int, school_ids: Sequence[int] = ()) -> None:
        super().__init__(session)
        meeting, claim, action = _c(t.Meeting), _c(t.CoverClaim), _c(t.Action)
        in_year = meeting.held_on.between(*year_bounds(year))
        meetings = select(meeting.id).where(in_year)
        claimed = select(claim.meeting_id).where(claim.school_id.in_(school_ids))
        promised = select(action.meeting_id).where(action.owner_school_id.in_(school_ids))
        self._parts = {
            t.Meeting: or_(in_year, meeting.id.in_(claimed), meeting.id.in_(promised)),
            t.Invitation: _c(t.Invitation).meeting_id.in_(meetings),
            t.Attendance: _c(t.Attendance).meeting_id.in_(meetings),
            t.AgendaItem: _c(t.AgendaItem).meeting_id.in_(meetings),
            t.AimLink: _c(t.AimLink).meeting_id.in_(meetings),
            t.CoverClaim: claim.school_id.in_(school_ids),
            t.Loan: _c(t.Loan).school_id.in_(school_ids),
            t.Action: action.owner_school_id.in_(school_ids),
        }
