"""Agendas from meeting to meeting: topics carried over, put off, and put in order (R-MEET-7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlmodel import Session

from models import tables as t
from models.errors import Changed, Refused
from models.formats import long_date
from models.rules.turns import Topic, carried
from models.services import records
from models.services.minutes import meeting_row, require_open
from models.words import Happened

_ITEM = t.metadata.tables["agenda_item"]
_MEETING = t.metadata.tables["meeting"]


def next_meeting(session: Session, meeting_id: int) -> Any | None:
    """The row of the next planned meeting of the same kind whose minutes are open; None: there is none."""
    row = meeting_row(session, meeting_id)
    later = or_(
        _MEETING.c.held_on > row.held_on, (_MEETING.c.held_on == row.held_on) & (_MEETING.c.id > row.id)
    )
    wanted = (
        select(_MEETING)
        .where(
            _MEETING.c.kind == row.kind,
            _MEETING.c.status == Happened.PLANNED,
            _MEETING.c.finalised_on.is_(None),
            later,
        )
        .order_by(_MEETING.c.held_on, _MEETING.c.id)
        .limit(1)
    )
    return session.connection().execute(wanted).first()


def to_carry(session: Session, from_id: int, to_id: int | None) -> list[Topic]:
    """The topics that go from one meeting to another: open or recurring, and gone nowhere yet.

    Args:
        session: of the reading or the transaction.
        from_id: the earlier meeting.
        to_id: the later one; None: it is not there yet.
    """
    there: list[str] = []
    if to_id is not None:
        there = list(session.connection().scalars(select(_ITEM.c.title).where(_ITEM.c.meeting_id == to_id)))
    later, own = _ITEM.alias("later"), _ITEM.c.meeting_id == from_id
    gone = set(
        session.connection().scalars(
            select(_ITEM.c.id).join(later, later.c.carried_from_id == _ITEM.c.id).where(own)
        )
    )
    topics = [
        Topic(row.id, row.title, row.state, row.recurring)
        for row in _items(session, from_id)
        if row.id not in gone
    ]
    return carried(topics, there)


def carry_over(session: Session, from_id: int, to_id: int) -> int:
    """Put the open and recurring topics of a meeting on a later agenda; how many were.

    They begin there as open, without minutes, and remember where they came from.

    Raises:
        Changed: one of the meetings is not there any more.
        Refused: the minutes of the later one are finalised.
    """
    require_open(session, to_id)
    meeting_row(session, from_id)
    topics = to_carry(session, from_id, to_id)
    rows = {row.id: row for row in _items(session, from_id)}
    for place, topic in enumerate(topics, _last_position(session, to_id) + 1):
        row = rows[topic.id]
        records.add(
            session,
            t.AgendaItem,
            {
                "meeting_id": to_id,
                "position": place,
                "title": row.title,
                "proposed_by_id": row.proposed_by_id,
                "recurring": row.recurring,
                "carried_from_id": row.id,
            },
        )
    return len(topics)


def carry_on(session: Session, meeting_id: int) -> tuple[int, str]:
    """Carry open and recurring topics to the next planned meeting of the same kind.

    Returns:
        How many went, and the name of the meeting they went to.

    Raises:
        Refused: no later meeting is planned.
    """
    later = _require_next(session, meeting_id)
    return carry_over(session, meeting_id, later.id), _name(later)


def put_off(session: Session, item_id: int) -> str:
    """Skip a topic this time: it moves to the end of the next planned agenda.

    Where that agenda has it already, it just goes from this one.

    Returns:
        The name of the meeting it moved to.

    Raises:
        Changed: the topic is not there any more.
        Refused: no later meeting is planned, the minutes are finalised, or it was carried on already.
    """
    item = records.kept(session, "agenda_item", item_id).values
    require_open(session, item["meeting_id"])
    later = _require_next(session, item["meeting_id"])
    titles = {row.title.casefold() for row in _items(session, later.id)}
    if item["title"].casefold() in titles:
        records.remove(session, t.AgendaItem, item_id)
    else:
        place = _last_position(session, later.id) + 1
        records.change(session, t.AgendaItem, item_id, {"meeting_id": later.id, "position": place})
    return _name(later)


def put_in_order(session: Session, meeting_id: int, item_ids: Sequence[int]) -> None:
    """Number the topics of a meeting in this order; those not named come after, as they were.

    Raises:
        Changed: one of them is not a topic of this meeting any more.
        Refused: the minutes are finalised.
    """
    require_open(session, meeting_id)
    rows = {row.id: row for row in _items(session, meeting_id)}
    if not set(item_ids) <= set(rows):
        raise Changed("The agenda was changed meanwhile: look at it again, then put it in order.")
    rest = [key for key in rows if key not in item_ids]
    for place, key in enumerate([*item_ids, *rest], 1):
        if rows[key].position != place:
            records.change(session, t.AgendaItem, key, {"position": place})


def next_position(session: Session, meeting_id: int) -> int:
    """The place of a topic that is added at the end."""
    return _last_position(session, meeting_id) + 1


def _items(session: Session, meeting_id: int) -> list[Any]:
    wanted = select(_ITEM).where(_ITEM.c.meeting_id == meeting_id).order_by(_ITEM.c.position, _ITEM.c.id)
    return list(session.connection().execute(wanted))


def _last_position(session: Session, meeting_id: int) -> int:
    highest = select(func.max(_ITEM.c.position)).where(_ITEM.c.meeting_id == meeting_id)
    return session.connection().scalar(highest) or 0


def _require_next(session: Session, meeting_id: int) -> Any:
    later = next_meeting(session, meeting_id)
    if later is None:
        raise Refused("There is no later meeting of this kind to take the topics to: plan one first.")
    return later


def _name(row: Any) -> str:
    return f"“{row.title}” on {long_date(row.held_on)}"
