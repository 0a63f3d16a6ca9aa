"""Actions and decisions across meetings, for their lists on the Meetings page (R-MEET-10, R-POT-2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from msgspec import Struct
from sqlalchemy import func, or_, select
from sqlmodel import Session

from models import tables as t
from models.calendar import year_bounds
from models.formats import count, long_date, short_date
from models.queries.book import Book
from models.queries.meeting_detail import ActionLine, action_line, actions_with_owners
from models.queries.meetings_page import MEETING
from models.rules.meetings import ActionFact, action_balance, balance_verdict

_MEETING = t.metadata.tables[MEETING]
_ACTION, _DECISION = t.metadata.tables["action"], t.metadata.tables["decision"]


class Balance(Struct, frozen=True):
    """Who holds the open actions (R-MEET-10).

    Attributes:
        open: how many are open.
        by_school: how many each school holds, by name; "" for those of no school, last.
        prompt: what the rule says; "" if the lead school does not hold too many.
    """

    open: int
    by_school: tuple[tuple[str, int], ...]
    prompt: str

    @property
    def words(self) -> str:
        """`8 open: Harlbridge 3, Oakmantle 1 …`."""
        if not self.open:
            return "No action is open."
        parts = [f"{school or 'no school'} {number}" for school, number in self.by_school]
        return f"{count(self.open, 'action')} open: {', '.join(parts)}"


def actions_of(
    session: Session, year: int, clock: Callable[[], dt.date] = dt.date.today
) -> tuple[ActionLine, ...]:
    """The actions of a school year: agreed, due or ended in it, and whatever is open still.

    Open ones come first, by the day they are due; then the others, newest first.
    """
    book = Book(session)
    today = book.today(clock)
    first, last = year_bounds(year)
    query = actions_with_owners()
    both = query.get_final_froms()[0].outerjoin(_MEETING, _MEETING.c.id == _ACTION.c.meeting_id)
    wanted = (
        query.add_columns(_MEETING.c.title.label("meeting"), _MEETING.c.held_on.label("agreed_on"))
        .select_from(both)
        .where(
            or_(
                _MEETING.c.held_on.between(first, last),
                _ACTION.c.due_on.between(first, last),
                _ACTION.c.done_on.between(first, last),
                _ACTION.c.dropped_on.between(first, last),
                _ACTION.c.done_on.is_(None) & _ACTION.c.dropped_on.is_(None),
            )
        )
    )
    lines = [
        action_line(book, row, today, f"{row.meeting}, {short_date(row.agreed_on)}" if row.meeting else "")
        for row in session.execute(wanted)
    ]
    running = sorted(
        (one for one in lines if one.running), key=lambda one: (one.due_on or dt.date.max, one.id)
    )
    over = sorted((one for one in lines if not one.running), key=lambda one: one.id, reverse=True)
    return (*running, *over)


def balance(session: Session, clock: Callable[[], dt.date] = dt.date.today) -> Balance:
    """The open actions by school today, and whether the lead school holds too many (R-MEET-10)."""
    book = Book(session)
    today = book.today(clock)
    wanted = select(_ACTION).where(
        *(or_(_ACTION.c[end].is_(None), _ACTION.c[end] > today) for end in ("done_on", "dropped_on"))
    )

    def fact(row: object) -> ActionFact:
        owner = getattr(row, "owner_school_id", None)
        key = book.present_id(owner, today) if owner is not None else None
        return ActionFact(0, "", key, book.short_name(key))

    lead = book.lead_school(today)
    found = action_balance(
        (fact(row) for row in session.execute(wanted)), lead.school_id if lead else None, today
    )
    verdict = balance_verdict(found, book.scheme(today))
    return Balance(found.open, found.by_school, verdict.text if verdict else "")


class DecisionRow(Struct, frozen=True):
    """A decision in the list of the year."""

    id: int
    code: str
    text: str
    meeting_id: int
    meeting: str
    held_on: dt.date
    frozen: bool
    entries: int

    @property
    def when(self) -> str:
        """The day of its meeting."""
        return long_date(self.held_on)


def decisions_of(session: Session, year: int) -> tuple[DecisionRow, ...]:
    """What the meetings of a school year decided, newest first, each with how many entries it authorises."""
    first, last = year_bounds(year)
    entry = t.metadata.tables["fund_entry"]
    uses = select(func.count()).where(entry.c.decision_id == _DECISION.c.id).scalar_subquery()
    wanted = (
        select(_DECISION, _MEETING.c.title, _MEETING.c.held_on, _MEETING.c.finalised_on, uses.label("uses"))
        .join(_MEETING, _MEETING.c.id == _DECISION.c.meeting_id)
        .where(_MEETING.c.held_on.between(first, last))
        .order_by(_MEETING.c.held_on.desc(), _DECISION.c.id.desc())
    )
    return tuple(
        DecisionRow(
            row.id, row.code, row.text, row.meeting_id, row.title, row.held_on,
            row.finalised_on is not None, row.uses,
        )
        for row in session.execute(wanted)
    )  # fmt: skip
