"""How far CPD travels: who came, who passed it on at their school, whom that reached (features 3 #11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from models.formats import count


class SeatFact(Struct, frozen=True):
    """A person's place at a CPD session.

    Attributes:
        school_id: their school; None: they are at none of the cluster's.
        came: they were there.
        shared_on: the day they passed it on to colleagues; None: not yet, as far as is known.
        reached: so many colleagues; None: not counted.
    """

    person_id: int
    school_id: int | None
    came: bool
    shared_on: dt.date | None = None
    reached: int | None = None

    def passed_on(self, day: dt.date) -> bool:
        """They came, and had passed it on by a day."""
        return self.came and self.shared_on is not None and self.shared_on <= day


class Cascade(Struct, frozen=True):
    """A session, from those who came to those they told.

    Attributes:
        reached: colleagues, counted once where two from one school told them on one day.
    """

    came: int
    passed_on: int
    reached: int

    @property
    def waiting(self) -> int:
        """Who came and has not passed it on."""
        return self.came - self.passed_on

    @property
    def words(self) -> str:
        """`10 came, 7 passed it on to 64 staff`; nothing is said of a session nobody came to."""
        if not self.came:
            return "nobody came"
        told = f"{self.passed_on or 'nobody'} passed it on"
        staff = f" to {count(self.reached, 'member of staff', 'staff')}" if self.reached else ""
        return f"{self.came} came, {told}{staff}"


def cascade(seats: Iterable[SeatFact], day: dt.date) -> Cascade:
    """How far one session had travelled by a day."""
    known = list(seats)
    told: dict[tuple[int, dt.date | None], int] = {}
    for one in known:
        if one.passed_on(day):
            # colleagues of one school on one day are the same people, whoever of the two led it
            where = (one.school_id or -one.person_id, one.shared_on)
            told[where] = max(told.get(where, 0), one.reached or 0)
    return Cascade(
        came=sum(one.came for one in known),
        passed_on=sum(one.passed_on(day) for one in known),
        reached=sum(told.values()),
    )
