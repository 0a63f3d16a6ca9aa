"""The claims page: each claim of a school year with its split, and what schools have left (R-COVER-18)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from msgspec import Struct
from sqlalchemy import func, select
from sqlmodel import Session

from models import tables as t
from models.calendar import year_bounds
from models.queries.attachments import file_counts
from models.queries.book import Book
from models.queries.claim_scope import ClaimBook
from models.queries.cover import ClaimLine, cover_year
from models.rules.cover import Totals
from models.rules.cover_checks import needs_evidence
from models.rules.cover_facts import FROZEN, CoverFact, reversed_ids
from models.rules.cover_states import next_states, state_after_edit, waiting_for
from models.rules.cover_use import Block, SchoolUse
from models.words import ClaimState, CoverPurpose, HalfDay, PaidFrom, RoleKind

APPROVING: Mapping[RoleKind, str] = {
    RoleKind.CLUSTER_LEAD: "cluster lead",
    RoleKind.HEADTEACHER: "headteacher",
    RoleKind.FINANCE: "finance administrator",
    RoleKind.STEERING_CHAIR: "Steering Group chair",
}
"""Who usually approves claims, inside a sentence; anybody else can be chosen too."""


class Approver(Struct, frozen=True):
    """Who may be asked to approve: a name, with what the person is."""

    id: int
    name: str
    role: str

    @property
    def words(self) -> str:
        """`Martin Oseby, headteacher`."""
        return f"{self.name}, {self.role}" if self.role else self.name


class ClaimRow(Struct, frozen=True):
    """One claim as the list shows it. Amounts in pence.

    Attributes:
        school: the short name, for tables; `school_name` is the full one.
        meeting: its title; "" for a claim without a meeting.
        cost_p: the cost that counts (R-COVER-12); recognised and school share make it up (R-COVER-17).
        lead_pays_p: what the lead school sends.
        lacks_cost: cover was bought, and nobody has entered what it cost.
        counts: False for a rejected or withdrawn claim: no total has it.
        claimant_id: who claims it, or else whom it is for (R-COVER-14).
        waiting: what it waits for, in words: “waiting for approval”.
        approver: who could be asked to approve it; None: nobody is entered.
        moves: the states it may go to, in the order of their buttons.
        can_edit: it is not paid or closed.
        can_reverse: it is paid, no reversal, and not taken back yet.
        to_evidence: its invoice or timesheet number is still to be found (R-COVER-15).
        files: how many files are kept with it.
    """

    id: int
    code: str
    school_id: int
    school: str
    school_name: str
    person_id: int
    person: str
    cover_on: dt.date
    half_day: HalfDay
    purpose: CoverPurpose
    meeting_id: int | None
    meeting: str
    state: ClaimState
    cost_p: int
    recognised_p: int
    school_share_p: int
    half_days: int
    paid_from: PaidFrom
    lead_pays_p: int
    lacks_cost: bool
    counts: bool
    claimant_id: int
    waiting: str
    approver: Approver | None
    moves: tuple[ClaimState, ...]
    can_edit: bool
    can_reverse: bool
    evidence_ref: str
    to_evidence: bool
    files: int
    reason: str


class Meter(Struct, frozen=True):
    """One school's allowance, for the meter. Amounts in pence."""

    school_id: int
    school: str
    allowance_p: int
    used_p: int
    planned_p: int
    left_p: int
    blocks: tuple[Block, ...]


class ClaimsOfYear(Struct, frozen=True):
    """All that the page shows of a school year.

    Attributes:
        today: the day it is; in the sample the day that it is told from.
        rows: the claims, newest cover first.
        meters: the schools with an allowance, or with claims on it, by name and never ranked (R-COVER-18).
        totals: of all claims that count.
        approvers: who may approve, those who usually do first.
        school_held: regular meetings are met from the schools' own allowances (R-COVER-6).
    """

    year: int
    today: dt.date
    rows: tuple[ClaimRow, ...]
    meters: tuple[Meter, ...]
    totals: Totals
    approvers: tuple[Approver, ...]
    school_held: bool


def claims_page(session: Session, year: int, today: dt.date) -> ClaimsOfYear:
    """The claims of a school year, by date of cover (R-COVER-16), those booked ahead too.

    Args:
        session: to read with.
        year: the school year.
        today: the day by the clock; in the sample the day that it is told from counts.
    """
    book = ClaimBook(session, [year])
    last = year_bounds(year)[1]
    asked = cover_year(book, year, last)
    day = book.today(lambda: today)
    approvers = approvers_on(book, min(day, last))
    lines = sorted(asked.claims, key=lambda line: (line.fact.cover_on, line.fact.code), reverse=True)
    return ClaimsOfYear(
        year=year,
        today=day,
        rows=claim_rows(book, lines, min(day, last)),
        meters=tuple(
            meter(book, use) for use in asked.schools if use.entitlement.allowance_p or use.own.half_days
        ),
        totals=asked.totals,
        approvers=approvers,
        school_held=book.scheme_of(year).release_mode == "school_held",
    )


def claim_rows(book: Book, lines: Iterable[ClaimLine], day: dt.date) -> tuple[ClaimRow, ...]:
    """Claims as the list shows them; `day` says who has which role."""
    known = list(lines)
    files = file_counts(book.session, "cover_claim")
    gone = reversed_ids(line.fact for line in known)
    suggest = Suggestions(book, day)
    return tuple(_row(book, line, files, gone, suggest) for line in known)


def _row(
    book: Book, line: ClaimLine, files: Mapping[int, int], gone: set[int], suggest: Suggestions
) -> ClaimRow:
    fact, split = line.fact, line.split
    return ClaimRow(
        id=fact.id,
        code=fact.code,
        school_id=fact.school_id,
        school=book.short_name(fact.school_id),
        school_name=fact.school_name,
        person_id=fact.person_id,
        person=fact.person_name,
        cover_on=fact.cover_on,
        half_day=fact.half_day,
        purpose=fact.purpose,
        meeting_id=fact.meeting_id,
        meeting=line.meeting,
        state=fact.state,
        cost_p=split.cost_p,
        recognised_p=split.recognised_p,
        school_share_p=split.school_share_p,
        half_days=split.half_days,
        paid_from=split.paid_from,
        lead_pays_p=split.lead_pays_p,
        lacks_cost=fact.lacks_cost,
        counts=split.counts,
        claimant_id=fact.claimant_id or fact.person_id,
        waiting=waiting_for(fact.state),
        approver=suggest.for_claim(fact) if fact.state not in FROZEN else None,
        moves=next_states(fact.state),
        can_edit=state_after_edit(fact.state) is not None,
        can_reverse=fact.state is ClaimState.PAID and fact.reverses_id is None and fact.id not in gone,
        evidence_ref=fact.evidence_ref,
        to_evidence=fact.state in FROZEN and needs_evidence(fact),
        files=files.get(fact.id, 0),
        reason=line.reason,
    )


def meter(book: Book, use: SchoolUse) -> Meter:
    """A school's allowance as its meter shows it."""
    own = use.entitlement
    name = book.short_name(use.school_id)
    return Meter(use.school_id, name, own.allowance_p, own.used_p, own.planned_p, own.left_p, own.blocks)


# -- who approves


class Suggestions:
    """Who could be asked to approve a claim: never whoever claims it (R-COVER-14).

    First whoever approved this person's claims last, then a cluster lead, then the school's headteacher, then
    the lead school's.

    Args:
        book: whose roles.
        day: on which they are looked at.
    """

    def __init__(self, book: Book, day: dt.date) -> None:
        self._people = {one.id: one for one in approvers_on(book, day)}
        self._last = _last_approvers(book)
        self._leads = [role.person_id for role in book.in_role(RoleKind.CLUSTER_LEAD, day)]
        self._heads: dict[int | None, list[int]] = {}
        for role in book.in_role(RoleKind.HEADTEACHER, day):
            self._heads.setdefault(role.school_id, []).append(role.person_id)
        lead = book.lead_school(day)
        self._lead_heads = self._heads.get(lead.school_id, []) if lead else []

    def for_claim(self, claim: CoverFact) -> Approver | None:
        """Who to ask; None: nobody who could is entered."""
        claimant = claim.claimant_id or claim.person_id
        own = self._heads.get(claim.school_id, [])
        order = [self._last.get(claimant), *self._leads, *own, *self._lead_heads]
        barred = {claimant, claim.person_id, None}
        return next((self._people[key] for key in order if key not in barred and key in self._people), None)


def _last_approvers(book: Book) -> dict[int, int]:
    """By claimant: who approved their latest claim."""
    claim = t.metadata.tables["cover_claim"]
    claimant = func.coalesce(claim.c.claimant_id, claim.c.person_id)
    latest = (  # SQLite takes the other columns from the row with the maximum
        select(claimant, claim.c.approver_id, func.max(claim.c.approved_on))
        .where(claim.c.approver_id.is_not(None), claim.c.approved_on.is_not(None))
        .group_by(claimant)
    )
    return {row[0]: row[1] for row in book.session.execute(latest)}


def approvers_on(book: Book, day: dt.date) -> tuple[Approver, ...]:
    """Everybody who could approve, by name: those in a role that usually does it first.

    These are the people who have a role in the cluster on a day; where nobody has one, everybody there.
    """
    roles: dict[int, str] = {}
    for kind, words in APPROVING.items():
        for role in book.in_role(kind, day):
            roles.setdefault(role.person_id, words)
    for kind in RoleKind:
        for role in book.in_role(kind, day):
            roles.setdefault(role.person_id, "")
    present = [row for row in book.people.values() if row.left_on is None or row.left_on >= day]
    found = [Approver(row.id or 0, row.name, roles[row.id or 0]) for row in present if (row.id or 0) in roles]
    found = found or [Approver(row.id or 0, row.name, "") for row in present]
    return tuple(sorted(found, key=lambda one: (not one.role, one.name.casefold())))
