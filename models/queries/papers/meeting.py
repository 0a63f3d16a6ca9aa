"""What the papers of a meeting print: sign-in sheet, agenda, minutes (R-MEET-5 to R-MEET-10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from msgspec import Struct
from sqlmodel import Session

from models.errors import Changed
from models.formats import long_date
from models.queries.book import Book
from models.queries.meeting_detail import MeetingDetail, meeting_detail
from models.queries.meetings import action_facts, meeting_facts
from models.queries.papers.head import PaperHead, paper_head
from models.queries.register import RegisterRow, register
from models.rules.attendance import BEST_FIRST, PRESENT, Presence, school_mark
from models.rules.meetings import ActionFact
from models.words import AttendanceCode, Happened


class SignInSheet(Struct, frozen=True):
    """A sheet to hand round.

    Attributes:
        schools: the schools asked, by name, each with the people who usually come.
        outside: why no cover can be claimed, in a sentence; "" where it can (R-COVER-9).
    """

    head: PaperHead
    meeting: MeetingDetail
    schools: tuple[tuple[str, tuple[str, ...]], ...]
    outside: str


class AgendaPaper(Struct, frozen=True):
    """An agenda; `due` are the actions of earlier meetings that are open, the first due first."""

    head: PaperHead
    meeting: MeetingDetail
    due: tuple[ActionFact, ...]


class Came(Struct, frozen=True):
    """A school at a meeting: who came, and its mark; None: nobody has marked the meeting yet."""

    school: str
    people: tuple[str, ...]
    mark: AttendanceCode | None


class MinutesPaper(Struct, frozen=True):
    """Minutes.

    Attributes:
        came: every school asked, and every other that came, by name.
        presence: schools and people present, two numbers (R-MEET-9).
        asked: how many schools were asked.
        next_name: the meeting of its kind that followed, held or planned; "" if there is none.
    """

    head: PaperHead
    meeting: MeetingDetail
    came: tuple[Came, ...]
    presence: Presence
    asked: int
    next_name: str


def sign_in_sheet(
    session: Session, meeting_id: int, clock: Callable[[], dt.date] = dt.date.today
) -> SignInSheet:
    """The sheet of a meeting.

    Raises:
        Changed: the meeting is not there any more.
    """
    meeting, marks = _meeting(session, meeting_id, clock), register(session, meeting_id, clock)
    return SignInSheet(
        head=paper_head(Book(session), meeting.today),
        meeting=meeting,
        schools=tuple(
            (row.school, tuple(cell.name for cell in row.cells if cell.name))
            for row in (marks.rows if marks else ())
            if row.invited
        ),
        outside=marks.release if marks and meeting.inside is False else "",
    )


def agenda_paper(
    session: Session, meeting_id: int, clock: Callable[[], dt.date] = dt.date.today
) -> AgendaPaper:
    """The agenda of a meeting.

    Raises:
        Changed: the meeting is not there any more.
    """
    meeting, book = _meeting(session, meeting_id, clock), Book(session)
    until = min(meeting.today, meeting.held_on - dt.timedelta(days=1))
    running = [one for one in action_facts(book, until) if one.open_on(until)]
    running.sort(key=lambda one: (one.due_on or dt.date.max, one.id))
    return AgendaPaper(paper_head(book, meeting.today), meeting, tuple(running))


def _meeting(session: Session, meeting_id: int, clock: Callable[[], dt.date]) -> MeetingDetail:
    found = meeting_detail(session, meeting_id, clock)
    if found is None:
        raise Changed("This meeting is not there any more: it was deleted, or never saved.")
    return found


def minutes_paper(
    session: Session, meeting_id: int, clock: Callable[[], dt.date] = dt.date.today
) -> MinutesPaper:
    """The minutes of a meeting.

    Raises:
        Changed: the meeting is not there any more.
    """
    meeting, marks = _meeting(session, meeting_id, clock), register(session, meeting_id, clock)
    rows, book = marks.rows if marks else (), Book(session)
    return MinutesPaper(
        head=paper_head(book, meeting.today),
        meeting=meeting,
        came=tuple(_came(row, marked=meeting.marked) for row in rows),
        presence=_presence(rows),
        asked=sum(row.invited for row in rows),
        next_name=_next_name(book, meeting),
    )


def _next_name(book: Book, meeting: MeetingDetail) -> str:
    """Minutes that are printed late call none the next meeting that is only the next from today."""
    later = [
        one
        for one in meeting_facts(book).values()
        if one.kind is meeting.kind
        and one.status is not Happened.CANCELLED
        and (one.held_on, one.id) > (meeting.held_on, meeting.id)
    ]
    first = min(later, key=lambda one: (one.held_on, one.id), default=None)
    return f"“{first.title}” on {long_date(first.held_on)}" if first is not None else ""


def _came(row: RegisterRow, *, marked: bool) -> Came:
    """A school asked that nobody marked has not replied; where nothing is entered, nothing is said."""
    codes = {cell.code for cell in row.cells if cell.code is not None}
    present = [cell for cell in row.cells if cell.code in PRESENT and cell.name and not cell.school_alone]
    present.sort(key=lambda cell: BEST_FIRST.index(cell.code or AttendanceCode.N))
    mark = school_mark(codes)
    return Came(
        school=row.school,
        people=tuple(cell.name for cell in present),
        mark=mark or (AttendanceCode.N if marked and row.invited else None),
    )


def _presence(rows: Iterable[RegisterRow]) -> Presence:
    came = [(row, cell) for row in rows for cell in row.cells if cell.code in PRESENT]
    people = {cell.person_id for _, cell in came if cell.person_id is not None and not cell.school_alone}
    return Presence(schools=len({row.school_id for row, _ in came}), people=len(people))
