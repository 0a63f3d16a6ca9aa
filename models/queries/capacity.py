"""Who carries the cluster, its quality marks, and what comes next (R-PPL, R-PSQM, F8.2)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from models import tables as t
from models.calendar import year_bounds
from models.queries.book import Book, remembered
from models.queries.psqm import award_facts
from models.rules.people import PlanFact
from models.rules.psqm import expires_on
from models.words import OfferKind, PsqmState, RoleKind


class MarkLine(Struct, frozen=True):
    """A quality mark that a member holds or held: the newest of each school (R-PSQM-3)."""

    school: str
    level: str
    round: str
    awarded_on: dt.date
    expires_on: dt.date


class RequestLine(Struct, frozen=True):
    """A request for PSQM money in the year (R-PSQM-1, R-PSQM-2)."""

    school: str
    requested_on: dt.date
    state: PsqmState
    amount_p: int | None
    reason: str


class People(Struct, frozen=True):
    """Who carries the cluster (R-PPL-1, R-PPL-3). Names only of those with a role for the cluster.

    Attributes:
        leads: who leads the cluster, and who else has a role for it: (role, name).
        offers, asks: lines of the strengths directory; `topics` are the offers' topics.
        plans: development plans, only ever counted.
        ects: early career teachers in the member schools.
    """

    leads: tuple[tuple[str, str], ...]
    offers: int
    asks: int
    topics: tuple[str, ...]
    plans: tuple[PlanFact, ...]
    ects: int


class PlannedStep(Struct, frozen=True):
    """A line of the coming year's plan (F8.2); empty words are not entered, `cost_p` None too."""

    task: str
    success: str
    who: str
    when: str
    cost_p: int | None
    source: str
    check: str


class NextYear(Struct, frozen=True):
    """What is planned for the year after, and its meetings: (day, title)."""

    year: int
    steps: tuple[PlannedStep, ...]
    meetings: tuple[tuple[dt.date, str], ...]


CLUSTER_ROLES = (RoleKind.CLUSTER_LEAD, RoleKind.FINANCE, RoleKind.INFLUENCER, RoleKind.LEAD_TEACHER)


@remembered
def mark_lines(book: Book, day: dt.date) -> tuple[MarkLine, ...]:
    """Each member's newest quality mark on a day, by school."""
    members = {one.school_id for one in book.members(day)}
    newest: dict[int, MarkLine] = {}
    for one in sorted(award_facts(book), key=lambda fact: fact.awarded_on):
        school = book.present_id(one.school_id, day)
        if one.awarded_on <= day and school in members:
            ends = expires_on(one.awarded_on, book.scheme(day))
            name = book.school_name(school)
            newest[school] = MarkLine(name, one.level.label, one.round, one.awarded_on, ends)
    return tuple(sorted(newest.values(), key=lambda line: line.school.casefold()))


@remembered
def request_lines(book: Book, year: int, data_to: dt.date) -> tuple[RequestLine, ...]:
    """The requests for PSQM money of a school year up to a day, by date."""
    first, last = year_bounds(year)
    until = min(last, data_to)
    rows = sorted(book.rows(t.PsqmRequest), key=lambda row: (row.requested_on, row.id))
    return tuple(
        RequestLine(book.school_name(row.school_id), row.requested_on, row.state, row.amount_p, row.reason)
        for row in rows
        if first <= row.requested_on <= until
    )


@remembered
def people_of(book: Book, day: dt.date) -> People:
    """Who carries the cluster on a day."""
    here = {key for key, row in book.people.items() if row.left_on is None or row.left_on > day}
    members = {one.school_id for one in book.members(day)}
    leads = [
        (kind.label, book.person_name(role.person_id))
        for kind in CLUSTER_ROLES
        for role in book.in_role(kind, day)
    ]
    strengths = [row for row in book.rows(t.Strength) if row.person_id in here]
    offers = [row for row in strengths if row.kind is OfferKind.OFFER]
    return People(
        leads=tuple(dict.fromkeys(leads)),
        offers=len(offers),
        asks=len(strengths) - len(offers),
        topics=tuple(sorted({row.topic for row in offers}, key=str.casefold)),
        plans=tuple(
            PlanFact(row.id or 0, row.review_on, row.reviewed_on) for row in book.rows(t.DevelopmentPlan)
        ),
        ects=sum(
            row.is_ect and key in here and book.present_id(row.school_id or 0, day) in members
            for key, row in book.people.items()
        ),
    )


@remembered
def next_year(book: Book, year: int) -> NextYear:
    """The plan for the year after a school year, and the meetings planned in it."""
    first, last = year_bounds(year + 1)
    rows = sorted(
        (row for row in book.rows(t.NextStep) if row.school_year == year + 1),
        key=lambda row: (row.position, row.id),
    )
    meetings = sorted(
        (row.held_on, row.title) for row in book.rows(t.Meeting) if first <= row.held_on <= last
    )
    return NextYear(
        year=year + 1,
        steps=tuple(
            PlannedStep(row.task, row.success, row.who, row.when, row.cost_p, row.source, row.check)
            for row in rows
        ),
        meetings=tuple(meetings),
    )
