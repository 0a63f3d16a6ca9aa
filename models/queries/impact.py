"""What changed for teachers and children in a year, and how it is known (R-IMP, R-PROJ, R-TRAN, R-INC)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from models import tables as t
from models.calendar import year_bounds
from models.queries.bank import loan_facts
from models.queries.book import Book, remembered
from models.queries.confidence import ConfidenceYear, confidence_year
from models.queries.cover import claims_on
from models.queries.cpd import booking_facts
from models.queries.meetings import meeting_facts
from models.queries.served import aim_facts
from models.rules.aims import aims_on, aims_verdict
from models.rules.impact import (
    AccessFact,
    ActivityFact,
    DocumentFact,
    EvidenceFact,
    access_prompts,
    lapsed,
    permission_verdicts,
    transition_verdicts,
)
from models.rules.projects import (
    Balance,
    PartnerFact,
    ProjectFact,
    balance,
    balance_verdict,
    feedback_verdicts,
)
from models.rules.verdict import Verdict
from models.words import Audience, Happened, Phase, ThreeE

SECONDARY = frozenset({Phase.SECONDARY})


class BarFact(Struct, frozen=True):
    """One slip of feedback: what to make bigger, add and remove (F3.5)."""

    bigger: str
    add: str
    remove: str


class Feedback(Struct, frozen=True):
    """What came of a project, in its people's words."""

    title: str
    on: dt.date
    words: str


class ImpactYear(Struct, frozen=True):
    """The impact of a school year up to a day.

    Attributes:
        evidence: by date.
        feedback: of the year's projects, given by that day.
        documents: the newest version of each shared document and who agreed it.
        audiences: of meetings and activities, universal or targeted (R-INC-2).
        stages: 3E stages of meetings, CPD and activities (R-PPL-2).
        bar: the slips of what to make bigger, add, remove.
        access: what each member got; for the lead's eyes (R-INC-3).
    """

    year: int
    evidence: tuple[EvidenceFact, ...]
    confidence: ConfidenceYear
    documents: tuple[DocumentFact, ...]
    projects: tuple[ProjectFact, ...]
    balance: Balance
    feedback: tuple[Feedback, ...]
    activities: tuple[ActivityFact, ...]
    partners: tuple[PartnerFact, ...]
    audiences: tuple[Audience, ...]
    stages: tuple[ThreeE, ...]
    bar: tuple[BarFact, ...]
    access: tuple[AccessFact, ...]


@remembered
def evidence_facts(book: Book) -> tuple[EvidenceFact, ...]:
    """Every piece of evidence, by date."""
    rows = sorted(book.rows(t.Evidence), key=lambda row: (row.on, row.code))
    today = book.today()  # a consent that is over is over for the pack of an earlier year too
    return tuple(
        EvidenceFact(
            row.id or 0, row.code, row.on, row.kind, row.text, row.by_whom, book.short_name(row.school_id),
            row.reach, row.permission, row.in_pack, lapsed(row.permission, row.consent_until, today),
        )
        for row in rows
    )  # fmt: skip


@remembered
def document_facts(book: Book, day: dt.date) -> tuple[DocumentFact, ...]:
    """The newest version of each shared document on a day, and how many members agreed it (R-IMP-8)."""
    members = {one.school_id for one in book.members(day)}
    agreed: dict[int, set[int]] = defaultdict(set)
    for row in book.rows(t.DocumentAgreement):
        if row.agreed_on <= day:
            agreed[row.document_id].add(book.present_id(row.school_id, day))
    newest: dict[str, t.SharedDocument] = {}
    for one in book.rows(t.SharedDocument):
        if one.issued_on is not None and one.issued_on > day:
            continue
        if one.title not in newest or one.version > newest[one.title].version:
            newest[one.title] = one
    return tuple(
        DocumentFact(one.id or 0, title, one.version, len(agreed[one.id or 0] & members), len(members))
        for title, one in sorted(newest.items())
    )


@remembered
def project_facts(book: Book) -> tuple[ProjectFact, ...]:
    """Every project and theme, by code."""
    return tuple(
        ProjectFact(
            row.id or 0, row.code, row.title, row.scope, row.state, book.short_name(row.school_id),
            row.difficulty, row.length, row.starts_on, row.ends_on, row.feedback_on, row.programme,
            row.stopped_reason,
        )
        for row in sorted(book.rows(t.Project), key=lambda row: row.code)
    )  # fmt: skip


def projects_on(book: Book, year: int, day: dt.date) -> tuple[ProjectFact, ...]:
    """The projects and themes of a school year as they stood on a day, by code (R-REV-1)."""
    return tuple(one.as_of(day) for one in project_facts(book) if one.in_year(year))


def _feedback(book: Book, projects: Iterable[ProjectFact], until: dt.date) -> tuple[Feedback, ...]:
    ids = {one.id for one in projects}
    return tuple(
        Feedback(row.title, row.feedback_on, " ".join(row.feedback.split()))
        for row in book.rows(t.Project)
        if row.id in ids and row.feedback_on is not None and row.feedback_on <= until and row.feedback
    )


@remembered
def activity_facts(book: Book) -> tuple[ActivityFact, ...]:
    """Every activity, by date."""
    took_part: dict[int, set[int]] = defaultdict(set)
    for part in book.rows(t.ActivitySchool):
        took_part[part.activity_id].add(part.school_id)

    def secondaries(ids: Iterable[int]) -> int:
        return sum(book.school_rows[one].phase in SECONDARY for one in ids)

    return tuple(
        ActivityFact(
            row.id or 0, row.code, row.on, row.kind, row.title, row.audience, row.three_e,
            len(took_part[row.id or 0]), secondaries(took_part[row.id or 0]), row.people_count,
            row.pupil_premium, row.sen, row.gender, row.minorities, row.family,
            row.primary_side, row.secondary_side, row.pedagogy,
        )
        for row in sorted(book.rows(t.Activity), key=lambda row: (row.on, row.code))
    )  # fmt: skip


@remembered
def partner_facts(book: Book, day: dt.date) -> tuple[PartnerFact, ...]:
    """Who else helps on a day, by name (R-PROJ-3)."""
    rows = sorted(book.rows(t.Partner), key=lambda row: row.name.casefold())
    return tuple(
        PartnerFact(row.id or 0, row.name, row.kind, row.obtained, row.since_on)
        for row in rows
        if row.since_on is None or row.since_on <= day
    )


def _access(book: Book, first: dt.date, until: dt.date) -> tuple[AccessFact, ...]:
    """What each member got of what all share (R-INC-3)."""
    loans: dict[int, int] = defaultdict(int)
    for loan in loan_facts(book):
        if loan.out_on is not None and first <= loan.out_on <= until:
            loans[book.present_id(loan.school_id, until)] += 1
    places: dict[int, int] = defaultdict(int)
    held = {row.id or 0: row.held_on for row in book.rows(t.CpdSession)}
    for session, bookings in booking_facts(book).items():
        for one in bookings:
            if one.attended and one.school_id and first <= held[session] <= until:
                places[book.present_id(one.school_id, until)] += 1
    half_days: dict[int, int] = defaultdict(int)
    for claim in claims_on(book, until):
        if claim.counts and first <= claim.cover_on <= until:
            half_days[book.present_id(claim.school_id, until)] += claim.half_days
    return tuple(
        AccessFact(
            one.school_id, one.school, loans[one.school_id], places[one.school_id], half_days[one.school_id]
        )
        for one in book.members(until)
    )


@remembered
def impact_year(book: Book, year: int, data_to: dt.date) -> ImpactYear:
    """All that changed in a school year, up to a day."""
    first, last = year_bounds(year)
    until = max(first, min(last, data_to))
    projects = projects_on(book, year, until)
    activities = tuple(one for one in activity_facts(book) if first <= one.on <= until)
    held = Happened.HELD  # what is planned, or was cancelled, has served nobody
    meetings = [one for one in book.rows(t.Meeting) if first <= one.held_on <= until and one.status is held]
    sessions = [
        one for one in book.rows(t.CpdSession) if first <= one.held_on <= until and one.status is held
    ]
    stages = [
        *(one.three_e for one in meetings),
        *(one.three_e for one in sessions),
        *(one.three_e for one in activities),
    ]
    return ImpactYear(
        year=year,
        evidence=tuple(one for one in evidence_facts(book) if first <= one.on <= until),
        confidence=confidence_year(book, year, until),
        documents=document_facts(book, until),
        projects=projects,
        balance=balance(projects),
        feedback=_feedback(book, projects, until),
        activities=activities,
        partners=partner_facts(book, until),
        audiences=(*(one.audience for one in meetings), *(one.audience for one in activities)),
        stages=tuple(stage for stage in stages if stage is not None),
        bar=tuple(
            BarFact(row.bigger, row.add, row.remove)
            for row in book.rows(t.BarSlip)
            if row.school_year == year
        ),
        access=_access(book, first, until),
    )


def impact_verdicts(book: Book, year: int, day: dt.date) -> Iterator[Verdict]:
    """The rules' words on what a year shows; those for the lead alone are in `access_verdicts`."""
    first, last = year_bounds(year)
    until = min(last, day)
    even = balance_verdict(projects_on(book, year, until), year)
    if even is not None:
        yield even
    yield from permission_verdicts(one for one in evidence_facts(book) if first <= one.on <= until)
    yield from transition_verdicts(one for one in activity_facts(book) if first <= one.on <= until)


def standing_impact(book: Book, year: int, day: dt.date) -> Iterator[Verdict]:
    """How the aims stand on a day, and which themes of years that are over still owe their feedback."""
    aims = aims_verdict(aims_on(aim_facts(book), day)) if meeting_facts(book) else None
    if aims is not None:
        yield aims
    for begun in (one for one in book.years if one <= year):
        themes = projects_on(book, begun, day)
        yield from feedback_verdicts(themes, begun, day)


def access_verdicts(book: Book, year: int, day: dt.date) -> tuple[Verdict, ...]:
    """Whom to ask, as a school got nothing of something all year: private, never printed (R-INC-3)."""
    return access_prompts(impact_year(book, year, day).access)
