"""One meeting with everything that belongs to it, for the panel of the Meetings page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, select
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year
from models.formats import clock as clock_words
from models.formats import count, listed, long_date, time_range, weekday_date
from models.queries.attachments import FileLine, files_of
from models.queries.book import Book
from models.queries.meetings_page import MEETING, cpd_state, state_words
from models.queries.serving import serves_words
from models.rules.meetings import (
    ActionFact,
    MeetingFact,
    in_school_day,
    outside_verdict,
    past_verdict,
    place_words,
    purpose_verdict,
    told_inside,
    would_count,
)
from models.services.agenda import next_meeting, to_carry
from models.words import AgendaState, Audience, Happened, MeetingKind, ThreeE

_MEETING, _ITEM = t.metadata.tables[MEETING], t.metadata.tables["agenda_item"]
_DECISION, _ACTION = t.metadata.tables["decision"], t.metadata.tables["action"]
_CPD, _MARK = t.metadata.tables["cpd_session"], t.metadata.tables["attendance"]
_INVITATION = t.metadata.tables["invitation"]
DONE, DROPPED, OVERDUE, OPEN = "Done", "Dropped", "Overdue", "Open"


class TopicLine(Struct, frozen=True):
    """A topic of the agenda. `carried` says from which meeting it came; `went_on`, to which it went."""

    id: int
    position: int
    title: str
    proposed_by: str
    state: AgendaState
    recurring: bool
    carried: str
    went_on: str
    minutes: str


class DecisionLine(Struct, frozen=True):
    """What was decided."""

    id: int
    code: str
    text: str


class ActionLine(Struct, frozen=True):
    """An action; `state` is Open, Overdue, Done or Dropped."""

    id: int
    code: str
    what: str
    owner: str
    due_on: dt.date | None
    state: str
    ended_on: dt.date | None = None
    meeting: str = ""
    notes: str = ""

    @property
    def running(self) -> bool:
        """Neither done nor dropped."""
        return self.state in {OPEN, OVERDUE}


class CpdLine(Struct, frozen=True):
    """A CPD session that was part of the meeting."""

    id: int
    title: str
    state: str


class MeetingDetail(Struct, frozen=True):
    """A meeting.

    Attributes:
        when: its day and times in words.
        inside: in the school day; None where the times do not tell.
        inside_why: the reasoning in words (R-MEET-3).
        by_hand: somebody said whether it is in the school day, against or without the times.
        counts_why: whether it counts to the minimum, and why, in words (R-MEET-1, 2, 4).
        invited: the schools asked, by name; empty: every member (R-MEET-5).
        serves: the aims and focus areas it is linked to (R-MEET-6).
        files: what is kept with it, such as its signed minutes.
        marked: somebody is marked in its register.
        notes: what the rules say about it, a sentence each.
        carry: how many topics are open or recurring and not on the next agenda yet.
        next_name: the next planned meeting of its kind; "" if there is none.
    """

    id: int
    code: str
    title: str
    held_on: dt.date
    starts_at: dt.time | None
    ends_at: dt.time | None
    when: str
    place: str
    link: str
    kind: MeetingKind
    status: Happened
    state: str
    finalised_on: dt.date | None
    reopened: tuple[str, ...]
    inside: bool | None
    inside_why: str
    by_hand: bool
    counts_why: str
    host: str
    purpose: str
    outcome: str
    minutes: str
    three_e: ThreeE | None
    audience: Audience
    invited: tuple[str, ...]
    serves: tuple[str, ...]
    topics: tuple[TopicLine, ...]
    decisions: tuple[DecisionLine, ...]
    actions: tuple[ActionLine, ...]
    cpd: tuple[CpdLine, ...]
    files: tuple[FileLine, ...]
    marked: bool
    notes: tuple[str, ...]
    carry: int
    next_name: str
    today: dt.date

    @property
    def frozen(self) -> bool:
        """Its minutes are finalised."""
        return self.finalised_on is not None


def meeting_detail(
    session: Session, meeting_id: int, clock: Callable[[], dt.date] = dt.date.today
) -> MeetingDetail | None:
    """A meeting by its id; None if it is not there any more."""
    row = session.execute(select(_MEETING).where(_MEETING.c.id == meeting_id)).first()
    if row is None:
        return None
    book = Book(session)
    today = book.today(clock)
    invited, serves = _invited(session, book, meeting_id), serves_words(session, MEETING, meeting_id)
    fact = _fact(book, row, len(serves))
    calendar, scheme = book.calendar(row.host_school_id), book.scheme_of(school_year(row.held_on))
    answer = in_school_day(row.held_on, row.starts_at, row.ends_at, calendar)
    inside = told_inside(fact, calendar)
    later = next_meeting(session, meeting_id)
    marked = session.execute(select(_MARK.c.id).where(_MARK.c.meeting_id == meeting_id).limit(1)).first()
    verdicts = (past_verdict(fact, today), outside_verdict(fact, scheme, calendar), purpose_verdict(fact))
    return MeetingDetail(
        id=row.id, code=row.code, title=row.title, held_on=row.held_on,
        starts_at=row.starts_at, ends_at=row.ends_at, when=_when(row),
        place=place_words(fact), link=row.link, kind=row.kind, status=row.status,
        state=state_words(row.status, row.held_on, row.finalised_on, today),
        finalised_on=row.finalised_on, reopened=tuple((row.reopened or "").splitlines()),
        inside=inside, inside_why=_inside_why(row, answer.reason, inside),
        by_hand=row.in_school_day is not None,
        counts_why=_counts_why(fact, counts=would_count(fact, scheme, calendar), inside=inside),
        host=fact.host, purpose=row.purpose, outcome=row.outcome, minutes=row.minutes,
        three_e=row.three_e, audience=row.audience, invited=invited, serves=serves,
        topics=_topics(session, book, meeting_id), decisions=_decisions(session, meeting_id),
        actions=_actions(session, book, meeting_id, today), cpd=_cpd(session, meeting_id, today),
        files=files_of(session, MEETING, meeting_id),
        marked=marked is not None, notes=tuple(one.text for one in verdicts if one is not None),
        carry=len(to_carry(session, meeting_id, later.id if later is not None else None)),
        next_name=f"“{later.title}” on {long_date(later.held_on)}" if later is not None else "",
        today=today,
    )  # fmt: skip


def _fact(book: Book, row: Any, links: int) -> MeetingFact:
    return MeetingFact(
        id=row.id, held_on=row.held_on, starts_at=row.starts_at, ends_at=row.ends_at, kind=row.kind,
        status=row.status, title=row.title, in_school_day=row.in_school_day, purpose=row.purpose,
        links=links, place=row.place, link=row.link, host=book.school_name(row.host_school_id),
    )  # fmt: skip


def _when(row: Any) -> str:
    times = time_range(row.starts_at, row.ends_at) if row.starts_at else "times not entered"
    if row.ends_at and not row.starts_at:
        times = f"until {clock_words(row.ends_at)}"
    return f"{weekday_date(row.held_on)}, {times}"


def _inside_why(row: Any, reason: str, inside: bool | None) -> str:
    """Why it is in the school day or not, in words that can stand alone (R-MEET-3)."""
    if row.in_school_day is None:
        return reason
    said = "Marked by hand as in the school day." if inside else "Marked by hand as outside the school day."
    return f"{said} By its times: {reason}"


def _counts_why(fact: MeetingFact, *, counts: bool, inside: bool | None) -> str:
    """Whether it counts to the year's minimum, and why (R-MEET-1, R-MEET-2, R-MEET-4)."""
    if fact.status is Happened.CANCELLED:
        return "It was cancelled and counts nowhere."
    verb = "counts" if fact.status is Happened.HELD else "will count, once held,"
    if counts:
        return f"It {verb} to the full cluster meetings in school time that the agreement asks for."
    if fact.kind is not MeetingKind.FULL_CLUSTER:
        return "Only full cluster meetings count to the yearly minimum; this one is recorded beside them."
    why = "while its times are not entered" if inside is None else "because it is outside the school day"
    return f"It does not count to the yearly minimum {why}."


def _invited(session: Session, book: Book, meeting_id: int) -> tuple[str, ...]:
    asked = session.scalars(select(_INVITATION.c.school_id).where(_INVITATION.c.meeting_id == meeting_id))
    return tuple(sorted((book.school_name(key) for key in asked), key=str.casefold))


def _topics(session: Session, book: Book, meeting_id: int) -> tuple[TopicLine, ...]:
    earlier, before = _ITEM.alias("earlier"), _MEETING.alias("before")
    wanted = (
        select(_ITEM, before.c.title.label("from_title"), before.c.held_on.label("from_day"))
        .outerjoin(earlier, earlier.c.id == _ITEM.c.carried_from_id)
        .outerjoin(before, before.c.id == earlier.c.meeting_id)
        .where(_ITEM.c.meeting_id == meeting_id)
        .order_by(_ITEM.c.position, _ITEM.c.id)
    )
    rows = session.execute(wanted).all()
    onward = _went_on(session, [row.id for row in rows])
    return tuple(
        TopicLine(
            id=row.id,
            position=row.position,
            title=row.title,
            proposed_by=book.short_name(row.proposed_by_id),
            state=row.state,
            recurring=row.recurring,
            carried=f"“{row.from_title}”, {long_date(row.from_day)}" if row.from_title else "",
            went_on=onward.get(row.id, ""),
            minutes=row.minutes,
        )
        for row in rows
    )


def _went_on(session: Session, item_ids: list[int]) -> Mapping[int, str]:
    wanted = (
        select(_ITEM.c.carried_from_id, _MEETING.c.title, _MEETING.c.held_on)
        .join(_MEETING, _MEETING.c.id == _ITEM.c.meeting_id)
        .where(_ITEM.c.carried_from_id.in_(item_ids))
    )
    return {key: f"“{title}”, {long_date(day)}" for key, title, day in session.execute(wanted)}


def _decisions(session: Session, meeting_id: int) -> tuple[DecisionLine, ...]:
    wanted = select(_DECISION).where(_DECISION.c.meeting_id == meeting_id).order_by(_DECISION.c.id)
    return tuple(DecisionLine(row.id, row.code, row.text) for row in session.execute(wanted))


def _actions(session: Session, book: Book, meeting_id: int, today: dt.date) -> tuple[ActionLine, ...]:
    wanted = actions_with_owners().where(_ACTION.c.meeting_id == meeting_id).order_by(_ACTION.c.id)
    return tuple(action_line(book, row, today) for row in session.execute(wanted))


def actions_with_owners() -> Select[Any]:
    """Actions, each with its owner's name, for `action_line`."""
    people = t.metadata.tables["person"]
    both = _ACTION.outerjoin(people, people.c.id == _ACTION.c.owner_id)
    return select(_ACTION, people.c.name.label("owner_name")).select_from(both)


def action_line(book: Book, row: Any, today: dt.date, meeting: str = "") -> ActionLine:
    """A row of `actions_with_owners` as a line, with its state on a day."""
    owner = " · ".join(part for part in (row.owner_name, book.short_name(row.owner_school_id)) if part)
    fact = ActionFact(row.id, row.what, due_on=row.due_on, done_on=row.done_on, dropped_on=row.dropped_on)
    if fact.open_on(today):
        state = OVERDUE if row.due_on is not None and row.due_on < today else OPEN
    else:
        state = DONE if row.done_on is not None else DROPPED
    ended = row.done_on or row.dropped_on
    return ActionLine(row.id, row.code, row.what, owner, row.due_on, state, ended, meeting, row.notes)


def _cpd(session: Session, meeting_id: int, today: dt.date) -> tuple[CpdLine, ...]:
    wanted = select(_CPD).where(_CPD.c.meeting_id == meeting_id).order_by(_CPD.c.held_on, _CPD.c.id)
    return tuple(
        CpdLine(row.id, row.title, cpd_state(row.status, row.held_on, today))
        for row in session.execute(wanted)
    )


def closing_words(detail: MeetingDetail) -> tuple[str, ...]:
    """What should be known before minutes are finalised, a sentence each (R-MEET-6, R-MEET-8)."""
    found = [] if detail.marked else ["Nobody is marked in the register yet."]
    if not detail.purpose:
        found.append("It has no purpose yet: say in a sentence what it was for.")
    if not detail.serves:
        found.append("It is not linked to an aim or focus area yet.")
    found += _minutes_wanting(detail)
    if detail.carry and detail.next_name:
        go = "goes" if detail.carry == 1 else "go"
        found.append(f"{count(detail.carry, 'open or recurring topic')} {go} on to {detail.next_name}.")
    elif detail.carry:
        stay = "stays" if detail.carry == 1 else "stay"
        found.append(
            f"{count(detail.carry, 'open or recurring topic')} {stay} here: no later meeting is planned."
        )
    return tuple(found)


def _minutes_wanting(detail: MeetingDetail) -> list[str]:
    """Whether anything was written down at all."""
    if detail.minutes or detail.outcome:
        return []
    if not detail.topics:
        return ["No minutes are written: it has no topic, no outcome and no minutes."]
    silent = not any(one.minutes for one in detail.topics)
    return ["No minutes are written, neither of the meeting nor of a topic."] if silent else []


def invited_words(detail: MeetingDetail) -> str:
    """Who is asked: every member, or the schools by name (R-MEET-5)."""
    return listed(detail.invited) if detail.invited else "Every member school"
