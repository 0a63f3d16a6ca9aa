"""Whom to talk to before a school drifts away: the signs, and what to do next (R-CLU-8, R-CLU-11, D28).

A prompt is for the lead's eyes. Schools are listed by name and never ranked (R-PPL-5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from models.formats import count, long_date
from models.rules.cluster import (
    ContactFact,
    MembershipFact,
    absences_in_a_row,
    engagement_verdict,
    open_problems,
)
from models.rules.scheme import Scheme
from models.rules.verdict import About
from models.words import AttendanceCode, ContactKind


class Signs(Struct, frozen=True):
    """What the book knows of how a member takes part this year.

    Attributes:
        member: its spell.
        ssl: its science subject leader; "" if none is entered.
        marks: its marks at the year's meetings, oldest first.
        last_missed_on: the latest meeting that it missed.
        contacts: its entries of the contacts log.
        late_kits: loans that are overdue.
    """

    member: MembershipFact
    ssl: str = ""
    marks: Sequence[AttendanceCode | None] = ()
    last_missed_on: dt.date | None = None
    contacts: Sequence[ContactFact] = ()
    late_kits: int = 0


class Prompt(Struct, frozen=True):
    """Somebody to talk to.

    Attributes:
        school_id: the school.
        text: whom to talk to, for example “Talk to Kit Lowther at Oakmantle School”.
        reasons: why, each a short clause.
        last_contact_on: when somebody last talked with the school; None: nothing is logged.
        advisor_next: the school was encouraged since, so the Advisor is the next to tell (R-CLU-8).
    """

    school_id: int
    text: str
    reasons: tuple[str, ...]
    last_contact_on: dt.date | None
    advisor_next: bool
    about: About

    @property
    def words(self) -> str:
        """Why, and when somebody last talked with the school."""
        last = self.last_contact_on
        spoken = f"last contact {long_date(last)}" if last else "no contact is logged"
        return f"It {', and it '.join(self.reasons)} · {spoken}"


def prompt(signs: Signs, scheme: Scheme, today: dt.date) -> Prompt | None:
    """Whom to talk to about one member's part in the cluster; None while all is well.

    Absences in a row, the mark “at risk” and an open problem call for a talk; a late kit only adds to them.
    """
    member = signs.member
    if not member.on(today):
        return None
    absent = engagement_verdict(member, signs.marks, scheme, today)
    problems = open_problems(signs.contacts, today)
    reasons = []
    if absent is not None:
        reasons.append(f"missed the last {count(absences_in_a_row(signs.marks), 'meeting')}")
    if member.at_risk:
        reasons.append("is marked as at risk of leaving")
    for problem in problems:
        told = "" if problem.told_advisor_on else ", not told to the Advisor yet"
        reasons.append(f"has an open problem since {long_date(problem.on)}{told}")
    if not reasons:
        return None
    if signs.late_kits:
        reasons.append(f"has {count(signs.late_kits, 'overdue kit')}")
    known = [one for one in signs.contacts if one.on <= today]
    encouraged = _encouraged_since(known, signs.last_missed_on)
    untold = any(problem.told_advisor_on is None for problem in problems)
    advisor_next = untold or (encouraged and (absent is not None or member.at_risk))
    who = "the Advisor about" if advisor_next else f"{signs.ssl} at" if signs.ssl else "the headteacher of"
    return Prompt(
        school_id=member.school_id,
        text=f"Talk to {who} {member.school}",
        reasons=tuple(reasons),
        last_contact_on=max((one.on for one in known), default=None),
        advisor_next=advisor_next,
        about=About("school", member.school_id),
    )


def _encouraged_since(contacts: Sequence[ContactFact], day: dt.date | None) -> bool:
    """True when an encouragement is logged and, where a meeting was missed, not before it."""
    return any(one.kind is ContactKind.ENCOURAGEMENT and (day is None or one.on >= day) for one in contacts)
