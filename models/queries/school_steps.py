"""The joiner's and the leaver's checklist of one school, worked out from the book (R-CLU-7 to R-CLU-10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from models.calendar import school_year, year_bounds
from models.queries.bank import loan_facts
from models.queries.cover import cover_facts
from models.queries.meetings import action_facts, meeting_facts
from models.queries.one_school import GONE, OneSchool, RoleLine
from models.queries.schools_page import UNSETTLED, Standing, answers_of, papers_of, standing_on
from models.rules.attendance import Tally
from models.rules.checklists import Joiner, Leaver, OpenClaim, OpenThing, Step, joiner_steps, leaver_steps
from models.rules.cluster import ContactFact, MembershipFact, gives_input
from models.rules.cover_use import SchoolUse
from models.rules.loans import loan_state
from models.rules.verdict import About
from models.words import Happened, MeetingKind


def checklist(
    one: OneSchool,
    roles: Sequence[RoleLine],
    contacts: Sequence[ContactFact],
    use: SchoolUse | None,
    tally: Tally,
) -> tuple[tuple[Step, ...], bool]:
    """A leaver's steps in the year it leaves and while anything is open; a joiner's in its first year."""
    spell, standing = standing_on(one.book, one.school_id, one.day)
    first, last = year_bounds(one.year)
    if spell is None or standing is Standing.EARLIER:
        return (), False
    if spell.left_on is not None and spell.left_on <= last:
        steps = leaver_steps(_leaver(one, spell, roles, contacts, tally))
        open_ = any(not step.done for step in steps)
        return (steps if open_ or spell.left_on >= first else ()), False
    start = min((agreement.starts_on for agreement in one.book.agreements), default=first)
    if first <= spell.joined_on <= last and (spell.joined_on > start or one.row.wants):
        return joiner_steps(_joiner(one, spell, start, use)), True
    return (), False


def _joiner(one: OneSchool, spell: MembershipFact, start: dt.date, use: SchoolUse | None) -> Joiner:
    _, last = year_bounds(one.year)
    ahead = [
        meeting
        for meeting in meeting_facts(one.book).values()
        if spell.joined_on <= meeting.held_on <= last
        and meeting.kind is MeetingKind.FULL_CLUSTER
        and meeting.status is not Happened.CANCELLED
    ]
    return Joiner(
        member=spell,
        after_start=spell.joined_on > start,
        year=one.year,
        ssl=one.row.ssl,
        papers=papers_of(one.book, one.school_id),
        answer=answers_of(one.book, one.year, one.day).get(one.now_id),
        allowance_p=use.entitlement.allowance_p if use and gives_input(spell) else 0,
        meetings_left=len(ahead),
    )


def _leaver(
    one: OneSchool,
    spell: MembershipFact,
    roles: Sequence[RoleLine],
    contacts: Sequence[ContactFact],
    tally: Tally,
) -> Leaver:
    last = spell.left_on or one.day
    year = min(one.year, school_year(last))
    claims = sorted(
        (claim for claim in cover_facts(one.book) if claim.state in UNSETTLED), key=lambda claim: claim.code
    )
    return Leaver(
        member=spell,
        year=year,
        lent=[loan for loan in loan_facts(one.book) if loan_state(loan, one.day) not in GONE],
        claims=[OpenClaim(claim.id, claim.code) for claim in claims],
        actions=[
            OpenThing(action.what, action.about)
            for action in action_facts(one.book, one.day)
            if action.open_on(one.day)
        ],
        roles=[
            OpenThing(f"{role.person}, {role.kind.label}", About("role", role.id))
            for role in roles
            if role.ends_on is None or role.ends_on > last
        ],
        contacts=contacts,
        answer=answers_of(one.book, year, one.day).get(one.now_id),
        gives_input=gives_input(spell),
        attendance=tally,
    )
