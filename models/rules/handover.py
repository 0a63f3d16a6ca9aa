"""What changes hands at a meeting: what is brought back, what is taken home, what stays (R-LOAN-1)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from models.rules.loans import LoanFact, LoanState, loan_state


class Handover(Struct, frozen=True):
    """One thing at one meeting.

    Attributes:
        resource_id: the thing.
        out: the loan it is on; None: it is where it is kept.
        back: whether that loan ends at the meeting, or has ended by then.
        next: the reservation that begins there; None: nobody takes it home.
    """

    resource_id: int
    out: LoanFact | None
    back: bool
    next: LoanFact | None


def handovers(
    loans: Iterable[LoanFact], meeting_on: dt.date, following_on: dt.date | None, today: dt.date
) -> tuple[Handover, ...]:
    """What changes hands at a meeting, or is out and stays where it is; each thing once.

    A loan due on or before the day is brought back; one that is due later stays with its borrower, as no
    other can have it yet. A reservation is taken home if it begins before the following meeting and runs
    beyond this one; without a following meeting, whenever it begins.

    Args:
        loans: every loan that may not be over.
        meeting_on: the day of the meeting.
        following_on: the day of the one after it, if there is one.
        today: the day of asking.
    """
    states: dict[int, list[tuple[LoanState, LoanFact]]] = defaultdict(list)
    for loan in loans:
        states[loan.resource_id].append((loan_state(loan, today), loan))
    found = []
    for resource_id, held in states.items():
        out = [one for state, one in held if state in {LoanState.OUT, LoanState.OVERDUE}]
        first = min(out, key=lambda one: (one.starts_on, one.id), default=None)
        back = first is not None and first.due_on <= meeting_on
        booked = [
            one
            for state, one in held
            if state is LoanState.RESERVED
            and one.due_on > meeting_on
            and (following_on is None or one.starts_on < following_on)
        ]
        then = min(booked, key=lambda one: (one.starts_on, one.id), default=None)
        if first is not None and not back:
            then = None
        if first is not None or then is not None:
            found.append(Handover(resource_id, first, back, then))
    return tuple(found)


def before_meeting(loans: Iterable[LoanFact], meeting_on: dt.date, today: dt.date) -> tuple[LoanFact, ...]:
    """Reservations that begin and end before a meeting, by day: what changes hands without it."""
    found = [
        loan
        for loan in loans
        if loan_state(loan, today) is LoanState.RESERVED and today <= loan.due_on <= meeting_on
    ]
    return tuple(sorted(found, key=lambda one: (one.starts_on, one.id)))
