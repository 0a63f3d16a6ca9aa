"""Bring and take home: what each school brings to a meeting and takes home from it (R-LOAN-1, R-LOAN-4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from sqlmodel import Session, col, select

from models import tables as t
from models.errors import Changed
from models.queries.book import Book
from models.queries.lending import fact_of
from models.queries.papers.head import PaperHead, paper_head
from models.rules.handover import Handover, before_meeting, handovers
from models.rules.loans import LoanFact, Overdue, overdue
from models.values import replace
from models.words import Happened, MeetingKind, OwnerKind


class Place(Struct, frozen=True):
    """Where a thing comes from or goes to: a school, or the words for where it is kept ("" not entered)."""

    school_id: int | None
    name: str


class Moved(Struct, frozen=True):
    """One thing at the meeting.

    Attributes:
        code: the thing's; `name`: its name.
        source: who has it now, or where it is kept.
        goes_to: who takes it home, or where it is kept; the same as `source` if it stays.
        out: the loan it is on, and how late that is.
        back: whether it is brought back.
        next: the reservation that begins.
    """

    code: str
    name: str
    source: Place
    goes_to: Place
    out: LoanFact | None
    late: Overdue
    back: bool
    next: LoanFact | None

    @property
    def moves(self) -> bool:
        """Whether it changes hands at all."""
        return self.back or self.next is not None


class SchoolMoves(Struct, frozen=True):
    """What one school brings, takes home, and keeps."""

    school_id: int
    name: str
    bring: tuple[Moved, ...]
    take: tuple[Moved, ...]
    keep: tuple[Moved, ...]


class Meeting(Struct, frozen=True):
    """The meeting at which things change hands; `place`: "" if not entered."""

    title: str
    on: dt.date
    starts_at: dt.time | None
    ends_at: dt.time | None
    place: str


class HandoverSheet(Struct, frozen=True):
    """All that changes hands at a meeting; None: no meeting is planned.

    Attributes:
        head: the cluster.
        meeting: where it happens; `following_on`: the day of the next one after it.
        moved: each thing, by code; also what stays with a school.
        schools: the schools that bring, take or keep something, by name.
        idle: the member schools with nothing to bring or take.
        before: reservations that begin and end before the meeting, each with its thing's code.
    """

    head: PaperHead
    meeting: Meeting | None
    following_on: dt.date | None
    moved: tuple[Moved, ...]
    schools: tuple[SchoolMoves, ...]
    idle: tuple[str, ...]
    before: tuple[tuple[str, LoanFact], ...]


def handover_sheet(session: Session, meeting_id: int | None, clock: Callable[[], dt.date]) -> HandoverSheet:
    """What changes hands at a meeting, or at the next one to which every school is asked.

    Raises:
        Changed: the meeting is not there any more.
    """
    book = Book(session)
    today = book.today(clock)
    head = paper_head(book, today)
    row = _meeting(session, meeting_id, today)
    if row is None:
        return HandoverSheet(head, None, None, (), (), (), ())
    following = _next(session, row.held_on + dt.timedelta(days=1))
    following_on = following.held_on if following else None
    loans, things = _loans(book, today), {one.id or 0: one for one in book.rows(t.Resource)}
    found = handovers(loans, row.held_on, following_on, today)
    moved = [_moved(book, one, things[one.resource_id], today) for one in found]
    moved.sort(key=lambda one: (one.code.casefold(), one.name))
    schools, idle = _by_school(book, moved, row.held_on)
    place = row.place or book.school_name(row.host_school_id) or ("Online" if row.link else "")
    return HandoverSheet(
        head=head,
        meeting=Meeting(row.title, row.held_on, row.starts_at, row.ends_at, place),
        following_on=following_on,
        moved=tuple(moved),
        schools=schools,
        idle=idle,
        before=tuple(
            (things[one.resource_id].code, one) for one in before_meeting(loans, row.held_on, today)
        ),
    )


def _meeting(session: Session, meeting_id: int | None, today: dt.date) -> t.Meeting | None:
    if meeting_id is None:
        return _next(session, today)
    row = session.get(t.Meeting, meeting_id)
    if row is None:
        raise Changed("This meeting is not there any more: it was deleted, or never saved.")
    return row


def _next(session: Session, since: dt.date) -> t.Meeting | None:
    """The next planned meeting to which every school is asked."""
    meeting = t.Meeting
    asked = select(meeting).where(
        col(meeting.held_on) >= since,
        col(meeting.status) == Happened.PLANNED,
        col(meeting.kind) == MeetingKind.FULL_CLUSTER,
    )
    return session.exec(asked.order_by(col(meeting.held_on), col(meeting.id)).limit(1)).first()


def _loans(book: Book, today: dt.date) -> list[LoanFact]:
    """The loans that are not over, to the schools as they are today (R-DATA-6)."""
    loan = t.Loan
    asked = select(loan, t.Resource.name).join(t.Resource)
    asked = asked.where(col(loan.back_on).is_(None), col(loan.cancelled_on).is_(None))
    found = []
    for row, name in book.session.exec(asked.order_by(col(loan.id))):
        school_id = book.present_id(row.school_id, today)
        fact = fact_of(row, name, book.school_name(school_id))
        found.append(replace(fact, school_id=school_id))
    return found


def _moved(book: Book, one: Handover, thing: Any, today: dt.date) -> Moved:
    kept = Place(None, thing.location)
    if thing.owner is OwnerKind.SCHOOL and thing.owner_school_id:
        owner = book.present_id(thing.owner_school_id, today)
        kept = Place(owner, book.school_name(owner))
    source = Place(one.out.school_id, one.out.school) if one.out else kept
    goes_to = source if one.out and not one.back else kept
    if one.next is not None:
        goes_to = Place(one.next.school_id, one.next.school)
    late = (
        overdue(one.out, today, book.scheme(today), book.calendar(one.out.school_id))
        if one.out
        else Overdue(0, 0)
    )
    return Moved(thing.code, thing.name, source, goes_to, one.out, late, one.back, one.next)


def _by_school(
    book: Book, moved: list[Moved], day: dt.date
) -> tuple[tuple[SchoolMoves, ...], tuple[str, ...]]:
    members = [one.school_id for one in book.members(day)]
    named = {place.school_id for one in moved for place in (one.source, one.goes_to) if place.school_id}
    busy, idle = [], []
    for key in sorted({*members, *named}, key=lambda key: (book.school_name(key).casefold(), key)):
        moves = SchoolMoves(
            key,
            book.school_name(key),
            bring=tuple(one for one in moved if one.moves and one.source.school_id == key),
            take=tuple(one for one in moved if one.moves and one.goes_to.school_id == key),
            keep=tuple(one for one in moved if not one.moves and one.source.school_id == key),
        )
        if moves.bring or moves.take or moves.keep:
            busy.append(moves)
        else:
            idle.append(moves.name)
    return tuple(busy), tuple(idle)
