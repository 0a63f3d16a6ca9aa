"""A book read in part: the facts of one school year, or of one school, asked of the same questions.

The window's pages must not read a whole history to show one school. Here the large tables are read in part,
and all questions stay as they are, so that a figure is still computed in one way only (R-REV-7). What was
left unread would be missing in any other answer: ask only what the docstrings say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlmodel import Session, col
from typing_extensions import override

from models import tables as t
from models.calendar import year_bounds
from models.queries.book import Book

R = TypeVar("R", bound=t.Record)


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
        claimed = col(t.CoverClaim.cover_on).between(first, last)
        meetings = or_(
            col(t.Meeting.held_on).between(first, last),
            col(t.Meeting.id).in_(select(col(t.CoverClaim.meeting_id)).where(claimed)),
        )
        of_meetings, sessions = select(col(t.Meeting.id)).where(meetings), select(col(t.CpdSession.id))
        held = col(t.CpdSession.held_on).between(first, last)
        self._parts = {
            t.Meeting: meetings,
            t.Invitation: col(t.Invitation.meeting_id).in_(of_meetings),
            t.Attendance: col(t.Attendance.meeting_id).in_(of_meetings),
            t.CpdSession: held,
            t.CpdBooking: col(t.CpdBooking.cpd_session_id).in_(sessions.where(held)),
            t.Loan: col(t.Loan.out_on).between(first, last),
            t.FundEntry: col(t.FundEntry.on).between(first, last),
            t.CoverClaim: claimed,
            t.Evidence: col(t.Evidence.on).between(first, last),
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
        first, last = year_bounds(year)
        in_year = col(t.Meeting.held_on).between(first, last)
        meetings = select(col(t.Meeting.id)).where(in_year)
        claimed = select(col(t.CoverClaim.meeting_id)).where(col(t.CoverClaim.school_id).in_(school_ids))
        promised = select(col(t.Action.meeting_id)).where(col(t.Action.owner_school_id).in_(school_ids))
        self._parts = {
            t.Meeting: or_(in_year, col(t.Meeting.id).in_(claimed), col(t.Meeting.id).in_(promised)),
            t.Invitation: col(t.Invitation.meeting_id).in_(meetings),
            t.Attendance: col(t.Attendance.meeting_id).in_(meetings),
            t.AgendaItem: col(t.AgendaItem.meeting_id).in_(meetings),
            t.AimLink: col(t.AimLink.meeting_id).in_(meetings),
            t.CoverClaim: col(t.CoverClaim.school_id).in_(school_ids),
            t.Loan: col(t.Loan.school_id).in_(school_ids),
            t.Action: col(t.Action.owner_school_id).in_(school_ids),
        }
