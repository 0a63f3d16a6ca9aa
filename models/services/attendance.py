"""The register of a meeting: the whole grid in one step, with the cover claims that follow from it.

R-MEET-8, R-MEET-9, R-MEET-12, R-COVER-10.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.errors import BadInput
from models.formats import listed
from models.queries.book import Book
from models.queries.released import unclaimed_of
from models.rules.attendance import PRESENT
from models.rules.leads import ssl_on
from models.rules.meetings import MeetingFact, counts_as_released
from models.rules.release import needs_cover
from models.services import records
from models.services.minutes import meeting_row, require_open
from models.services.release import Claims, Released, draft_for, follow_method, take_back
from models.values import replace
from models.words import AttendanceCode, Happened, ReleaseMethod

_MARK = t.metadata.tables["attendance"]
Who = tuple[int, int | None]
"""A cell of the grid: a school's id and a person's; None: the school alone."""


class Mark(Struct, frozen=True):
    """What a cell of the register is to say.

    Attributes:
        school_id: the school.
        person_id: its person; None: the school alone, where nobody is named.
        code: P, S, A or N; None takes the mark away.
        method: how the person was released, where somebody said.
        notes: a line beside the mark; None leaves what is there.
    """

    school_id: int
    person_id: int | None
    code: AttendanceCode | None
    method: ReleaseMethod | None = None
    notes: str | None = None


@dataclass(frozen=True)
class Recorded:
    """What came of recording attendance.

    Attributes:
        changed: how many marks are other than before.
        held: the meeting was planned and is now marked as held.
        claims: what became of cover claims.
    """

    changed: int
    held: bool
    claims: Claims = field(default_factory=Claims)


@dataclass
class _Turn:
    """Who has come to be released by this step, who no longer is, and whose method was corrected."""

    released: list[Released] = field(default_factory=list)
    not_any_more: dict[int, str] = field(default_factory=dict)
    method: dict[int, ReleaseMethod | None] = field(default_factory=dict)


def record_attendance(session: Session, meeting_id: int, marks: Iterable[Mark], today: dt.date) -> Recorded:
    """Store the marks of a meeting, all in one step, and draft or take back the claims that follow.

    Only the cells named are touched. Where a person of a school is marked, a mark of that school alone goes:
    it stood for “nobody named”. A meeting still planned whose day has come is marked as held as soon as
    somebody was there.

    Args:
        session: inside the transaction that the window names.
        meeting_id: the meeting.
        marks: what the cells are to say.
        today: the day it is.

    Raises:
        Changed: the meeting is not there any more.
        Refused: its minutes are finalised.
        BadInput: a note does not fit, or a cell is named twice.
    """
    require_open(session, meeting_id)
    cells = _each_once(marks)
    before = _marks(session, meeting_id)
    turn, changed = _Turn(), 0
    for who, mark in {**cells, **_superseded(cells, before)}.items():
        changed += _store(session, meeting_id, before.get(who), mark)
        _note_turn(turn, before.get(who), mark)
    held = _mark_held(session, meeting_id, cells.values(), today)
    meeting, host_id = _fact(session, meeting_id)
    drafted = draft_for(session, meeting, host_id, turn.released, today)
    back = [
        take_back(session, meeting, [person_id], why, today) for person_id, why in turn.not_any_more.items()
    ]
    for person_id, method in turn.method.items():
        follow_method(session, meeting, person_id, method)
    unnamed = [
        mark.school_id for mark in cells.values() if mark.person_id is None and mark.code is AttendanceCode.P
    ]
    return Recorded(
        changed,
        held,
        Claims(
            drafted.drafted,
            tuple(code for one in back for code in one.taken_back),
            (*drafted.left, *(words for one in back for words in one.left), *_nobody_named(session, unnamed)),
        ),
    )


def _nobody_named(session: Session, school_ids: Iterable[int]) -> tuple[str, ...]:
    """Schools released with nobody named: a claim is somebody's, so none can be drafted for them."""
    school = t.metadata.tables["school"]
    found = session.connection().scalars(select(school.c.name).where(school.c.id.in_(list(school_ids))))
    names = listed(sorted(found, key=str.casefold))
    if not names:
        return ()
    return (
        f"Nobody is named for {names}, so no claim was drafted there: press Enter on its mark and say who "
        "came.",
    )


def draft_claims(session: Session, meeting_id: int, today: dt.date) -> Claims:
    """Draft the claims still wanting for everyone the register says was released.

    Where a school was released with nobody named and has a subject leader on the day by now, the mark becomes
    that person's: naming the leader afterwards is how a claim still comes of it (R-CLU-12, R-COVER-10).

    Raises:
        Changed: the meeting is not there any more.
    """
    meeting, host_id = _fact(session, meeting_id)
    if meeting_row(session, meeting_id).finalised_on is None:
        _name_leaders(session, meeting)
    wanting = unclaimed_of(Book(session), meeting, host_id)
    people = [
        Released(one.school_id, one.person_id, one.method) for one in wanting if one.person_id is not None
    ]
    claims = draft_for(session, meeting, host_id, people, today)
    unnamed = _nobody_named(session, [one.school_id for one in wanting if one.person_id is None])
    return replace(claims, left=(*claims.left, *unnamed))


def _name_leaders(session: Session, meeting: MeetingFact) -> None:
    """Give each mark of a school alone to its subject leader of the day, who is not marked yet."""
    marks, book, day = _marks(session, meeting.id), Book(session), meeting.held_on
    marked = {person_id for _, person_id in marks}
    for (school_id, person_id), row in marks.items():
        if person_id is not None or not _released(row.code, row.release_method):
            continue
        leader = ssl_on(book.ssl_spells(day), book.present_id(school_id, day), day)
        if leader is not None and leader.person_id not in marked:
            records.change(session, t.Attendance, row.id, {"person_id": leader.person_id})


def _each_once(marks: Iterable[Mark]) -> dict[Who, Mark]:
    cells: dict[Who, Mark] = {}
    for mark in marks:
        who = (mark.school_id, mark.person_id)
        if who in cells:
            raise BadInput("The same person is marked twice in this register: keep one of the two marks.")
        cells[who] = mark
    return cells


def _marks(session: Session, meeting_id: int) -> dict[Who, Any]:
    found = session.connection().execute(
        select(_MARK).where(_MARK.c.meeting_id == meeting_id).order_by(_MARK.c.id)
    )
    return {(row.school_id, row.person_id): row for row in found}


def _superseded(cells: dict[Who, Mark], before: dict[Who, Any]) -> dict[Who, Mark]:
    """The marks of schools alone that go because a person of the school is marked now."""
    named = {mark.school_id for mark in cells.values() if mark.person_id is not None and mark.code}
    return {
        (school_id, None): Mark(school_id, None, None)
        for school_id in named
        if (school_id, None) in before and (school_id, None) not in cells
    }


def _store(session: Session, meeting_id: int, before: Any, mark: Mark) -> bool:
    """Bring one cell to what it is to say; whether that changed anything."""
    if mark.code is None:
        if before is not None:
            records.remove(session, t.Attendance, before.id)
        return before is not None
    method = mark.method if counts_as_released(mark.code) else None
    values: dict[str, Any] = {"code": mark.code, "release_method": method}
    if mark.notes is not None:
        values["notes"] = mark.notes
    if before is None:
        whose = {"meeting_id": meeting_id, "school_id": mark.school_id, "person_id": mark.person_id}
        records.add(session, t.Attendance, {**whose, **values})
        return True
    other = any(getattr(before, name) != value for name, value in values.items())
    if other:
        records.change(session, t.Attendance, before.id, values)
    return other


def _released(code: AttendanceCode | None, method: ReleaseMethod | None) -> bool:
    return counts_as_released(code) and needs_cover(method)


def _note_turn(turn: _Turn, before: Any, mark: Mark) -> None:
    if mark.person_id is None:
        return
    was = before is not None and _released(before.code, before.release_method)
    now = _released(mark.code, mark.method)
    if now and not was:
        turn.released.append(Released(mark.school_id, mark.person_id, mark.method))
    elif was and not now:
        said = mark.code.label.lower() if mark.code else "no mark"
        turn.not_any_more[mark.person_id] = f"Withdrawn: the register was corrected to “{said}”"
    elif was and before.release_method is not mark.method:
        turn.method[mark.person_id] = mark.method


def _mark_held(session: Session, meeting_id: int, marks: Iterable[Mark], today: dt.date) -> bool:
    row = meeting_row(session, meeting_id)
    came = any(mark.code in PRESENT for mark in marks)
    if not came or row.status is not Happened.PLANNED or row.held_on > today:
        return False
    records.change(session, t.Meeting, meeting_id, {"status": Happened.HELD})
    return True


def _fact(session: Session, meeting_id: int) -> tuple[MeetingFact, int | None]:
    """What the rules of release know of a meeting, and its host."""
    row = meeting_row(session, meeting_id)
    fact = MeetingFact(
        id=row.id, held_on=row.held_on, starts_at=row.starts_at, ends_at=row.ends_at, kind=row.kind,
        status=row.status, title=row.title, in_school_day=row.in_school_day,
    )  # fmt: skip
    return fact, row.host_school_id
