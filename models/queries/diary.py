"""Meetings as a calendar program takes them: one, or all of a school year."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, select, text
from sqlmodel import Session

from models import tables as t
from models.calendar import year_bounds
from models.queries.book import Book
from models.words import AgendaState, Happened

_MEETING, _ITEM = t.metadata.tables["meeting"], t.metadata.tables["agenda_item"]
_CPD = t.metadata.tables["cpd_session"]


class Appointment(Struct, frozen=True):
    """A meeting or CPD session in a diary.

    Attributes:
        uid: the same for the same record of the same book, for ever, so that a calendar knows it again.
        place: where it is; "" if that is not entered.
        lines: what it is about: purpose, then topics.
        sure: it takes place or took place; False: it was cancelled.
    """

    uid: str
    title: str
    on: dt.date
    starts_at: dt.time | None
    ends_at: dt.time | None
    place: str = ""
    link: str = ""
    lines: tuple[str, ...] = ()
    sure: bool = True


class Diary(Struct, frozen=True):
    """Appointments under the name of their cluster."""

    name: str
    appointments: tuple[Appointment, ...]


def diary_of_meeting(session: Session, meeting_id: int) -> Diary:
    """One meeting; none if it is not there any more."""
    return _diary(session, select(_MEETING).where(_MEETING.c.id == meeting_id), None)


def diary_of_cpd(session: Session, cpd_session_id: int) -> Diary:
    """One CPD session; none if it is not there any more."""
    return _diary(session, None, select(_CPD).where(_CPD.c.id == cpd_session_id))


def diary_of_year(session: Session, year: int) -> Diary:
    """Every meeting of a school year, and every CPD session that was not part of one."""
    first, last = year_bounds(year)
    return _diary(
        session,
        select(_MEETING).where(_MEETING.c.held_on.between(first, last)),
        select(_CPD).where(_CPD.c.held_on.between(first, last), _CPD.c.meeting_id.is_(None)),
    )


def _diary(session: Session, meetings: Select[Any] | None, cpd: Select[Any] | None) -> Diary:
    book = Book(session)
    name = book.cluster.name if book.cluster else ""
    whose = session.execute(text("SELECT file_uuid FROM meta")).scalar_one()
    rows = session.execute(meetings).all() if meetings is not None else []
    topics = _topics(session, [row.id for row in rows])
    found = [_meeting(book, row, topics[row.id], whose) for row in rows]
    found += [_cpd(book, row, whose) for row in (session.execute(cpd) if cpd is not None else ())]
    return Diary(name, tuple(sorted(found, key=lambda one: (one.on, one.starts_at or dt.time(), one.uid))))


def _named(book: Book, title: str) -> str:
    return f"{title} ({book.cluster.name})" if book.cluster else title


def _meeting(book: Book, row: Any, topics: list[str], whose: str) -> Appointment:
    return Appointment(
        uid=f"meeting-{row.id}@{whose}.clusterbook",
        title=_named(book, row.title),
        on=row.held_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place or book.school_name(row.host_school_id) or ("Online" if row.link else ""),
        link=row.link,
        lines=tuple(part for part in (row.purpose, *topics) if part),
        sure=row.status is not Happened.CANCELLED,
    )


def _cpd(book: Book, row: Any, whose: str) -> Appointment:
    return Appointment(
        uid=f"cpd-{row.id}@{whose}.clusterbook",
        title=_named(book, f"CPD: {row.title}"),
        on=row.held_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        lines=(row.provider,) if row.provider else (),
        sure=row.status is not Happened.CANCELLED,
    )


def _topics(session: Session, meeting_ids: list[int]) -> dict[int, list[str]]:
    wanted = (
        select(_ITEM.c.meeting_id, _ITEM.c.title)
        .where(_ITEM.c.meeting_id.in_(meeting_ids), _ITEM.c.state != AgendaState.DROPPED)
        .order_by(_ITEM.c.position, _ITEM.c.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for meeting_id, title in session.execute(wanted):
        found[meeting_id].append(f"• {title}")
    return found
