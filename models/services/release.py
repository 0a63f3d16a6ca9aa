"""Cover claims that follow from the register: “released” drafts one, its end takes it back (R-COVER-10).

Only drafts are ever touched here. What was submitted, approved or paid is a matter for the claims page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.queries.book import Book
from models.rules.cover_facts import COUNTING
from models.rules.meetings import MeetingFact
from models.rules.release import Release, release_at
from models.services import records
from models.services.claims import write_trail
from models.words import ClaimState, CoverPurpose, ReleaseMethod

_CLAIM = t.metadata.tables["cover_claim"]
_ATTACHMENT = t.metadata.tables["attachment"]


class Released(Struct, frozen=True):
    """A person marked as released, and how, where somebody said."""

    school_id: int
    person_id: int
    method: ReleaseMethod | None = None


class Claims(Struct, frozen=True):
    """What became of cover claims.

    Attributes:
        drafted: the numbers of new drafts.
        taken_back: the numbers of drafts that were removed or withdrawn.
        left: sentences about what was not drafted, or left alone, and what to do.
    """

    drafted: tuple[str, ...] = ()
    taken_back: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def draft_for(
    session: Session, meeting: MeetingFact, host_id: int | None, people: Iterable[Released], today: dt.date
) -> Claims:
    """Draft a claim for everyone released, unless one stands for that person and day.

    Args:
        session: inside the transaction.
        meeting: the meeting.
        host_id: its host school, whose school day decides.
        people: who was released.
        today: the day of the claims' first event.
    """
    wanted = list(people)
    if not wanted:
        return Claims()
    book = Book(session)
    release = release_at(meeting, book.calendar(host_id), book.scheme(meeting.held_on))
    if isinstance(release, str):
        return Claims(left=(f"No cover claim was drafted. {release}",))
    claimed = _claimed(session, meeting.held_on, {one.person_id for one in wanted})
    silent = book.without_release_money(meeting.held_on) if _on_allowance(release) else frozenset()
    drafted, left = [], []
    for one in wanted:
        if one.person_id in claimed:
            continue
        if one.school_id in silent:
            name = book.school_name(one.school_id)
            left.append(f"{name} sets no release money aside: no claim was drafted for it.")
            continue
        drafted.append(_draft(session, meeting, release, one, today))
    return Claims(tuple(drafted), (), tuple(dict.fromkeys(left)))


def _draft(session: Session, meeting: MeetingFact, release: Release, one: Released, today: dt.date) -> str:
    """Store one draft with the first line of its trail; its cost is still to be entered (R-COVER-3)."""
    claim_id = records.add(
        session,
        t.CoverClaim,
        {
            "school_id": one.school_id,
            "person_id": one.person_id,
            "meeting_id": meeting.id,
            "purpose": release.purpose,
            "cover_on": meeting.held_on,
            "half_day": release.half_day,
            "method": one.method or _usual_method(session, one.school_id),
        },
    )
    words = f"Drafted from the register: released for “{meeting.title}”"
    write_trail(session, claim_id, ClaimState.DRAFT, today, words, None)
    return str(session.connection().scalar(select(_CLAIM.c.code).where(_CLAIM.c.id == claim_id)))


def _usual_method(session: Session, school_id: int) -> ReleaseMethod:
    """How the school freed its teacher last time; an agency where it never said."""
    latest = (
        select(_CLAIM.c.method)
        .where(_CLAIM.c.school_id == school_id)
        .order_by(_CLAIM.c.cover_on.desc(), _CLAIM.c.id.desc())
        .limit(1)
    )
    return session.connection().scalar(latest) or ReleaseMethod.AGENCY


def _claimed(session: Session, day: dt.date, people: Collection[int]) -> set[int]:
    """Of these people, those for whose cover on a day a claim stands."""
    reversals = select(_CLAIM.c.reverses_id).where(
        _CLAIM.c.reverses_id.is_not(None), _CLAIM.c.state.in_(COUNTING)
    )
    standing = select(_CLAIM.c.person_id).where(
        _CLAIM.c.cover_on == day,
        _CLAIM.c.person_id.in_(people),
        _CLAIM.c.reverses_id.is_(None),
        _CLAIM.c.state.in_(COUNTING),
        _CLAIM.c.id.not_in(reversals),
    )
    return set(session.connection().scalars(standing))


def _on_allowance(release: Release) -> bool:
    return release.purpose is CoverPurpose.FULL_CLUSTER


def take_back(
    session: Session, meeting: MeetingFact, people: Collection[int], why: str, today: dt.date
) -> Claims:
    """Take back the drafts of people who were not released after all; later claims are left and named.

    A draft in which nothing was entered goes to the Bin; one with a cost or an invoice is withdrawn, so that
    what was typed stays to be seen.

    Args:
        session: inside the transaction.
        meeting: their meeting.
        people: whose claims.
        why: for the trail of a claim that is withdrawn.
        today: the day of that line.
    """
    found = session.connection().execute(
        select(_CLAIM)
        .where(
            _CLAIM.c.meeting_id == meeting.id,
            _CLAIM.c.person_id.in_(people),
            _CLAIM.c.state.in_(COUNTING),
            _CLAIM.c.reverses_id.is_(None),
        )
        .order_by(_CLAIM.c.id)
    )
    gone, left = [], []
    for row in found.all():
        if row.state is not ClaimState.DRAFT:
            state = row.state.label.lower()
            left.append(f"{row.code} is {state} and was left as it is: see to it on the claims page.")
            continue
        gone.append(row.code)
        if _untouched(session, row):
            records.remove(session, t.CoverClaim, row.id)
        else:
            records.change(session, t.CoverClaim, row.id, {"state": ClaimState.WITHDRAWN})
            write_trail(session, row.id, ClaimState.WITHDRAWN, today, why, None)
    return Claims((), tuple(gone), tuple(left))


def follow_method(
    session: Session, meeting: MeetingFact, person_id: int, method: ReleaseMethod | None
) -> None:
    """Let a person's draft say how they were released, when the register is corrected (R-MEET-12)."""
    if method is None:
        return
    drafts = select(_CLAIM.c.id).where(
        _CLAIM.c.meeting_id == meeting.id,
        _CLAIM.c.person_id == person_id,
        _CLAIM.c.state == ClaimState.DRAFT,
    )
    for claim_id in session.connection().scalars(drafts).all():
        records.change(session, t.CoverClaim, claim_id, {"method": method})


def _untouched(session: Session, row: Any) -> bool:
    """True for a draft in which nobody has entered anything yet, and which has never been further."""
    events = t.metadata.tables["claim_event"]
    further = select(events.c.id).where(events.c.claim_id == row.id, events.c.state != ClaimState.DRAFT)
    entered = row.cost_p or row.vat_p or row.evidence_ref or row.notes or row.override_reason
    files = select(_ATTACHMENT.c.id).where(_ATTACHMENT.c.claim_id == row.id)
    connection = session.connection()
    return not entered and connection.scalar(further) is None and connection.scalar(files) is None
