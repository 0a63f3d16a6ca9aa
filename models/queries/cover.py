"""Release and supply cover: claims, what is recognised, and each school's allowance (R-COVER-1 to 18)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from models import tables as t
from models.calendar import school_year, year_bounds
from models.queries.book import Book, remembered
from models.queries.meetings import attendance_facts, meeting_calendars, meeting_facts
from models.rules.cover import Recognition, SchoolTerms, Totals, recognise, recognise_all, totals
from models.rules.cover_checks import needs_evidence
from models.rules.cover_facts import FROZEN, LIVE, CoverFact
from models.rules.cover_use import AdditionalFact, SchoolUse, entitlement, use_by_school
from models.rules.meetings import MeetingFact, told_inside
from models.rules.spells import meets
from models.values import replace
from models.words import Answer, AttendanceCode, FundKind, PaidFrom


class ClaimLine(Struct, frozen=True):
    """One claim with its split: a row of the claims schedule (part 24) and of the claims page."""

    fact: CoverFact
    split: Recognition
    meeting: str
    paid_on: dt.date | None
    paid_ref: str
    reason: str


class CoverYear(Struct, frozen=True):
    """Release and supply cover of one school year.

    Attributes:
        schools: each member school's use of its allowance, by name (R-COVER-18).
        totals: of all claims that count, whatever they draw on.
        own: of those on the schools' own allowances.
        claims: every claim of the year, by date.
        additional: which schools confirmed that the money is on top of the science budget (R-COVER-7).
        to_evidence: claims that count and have no invoice or timesheet number (R-COVER-15).
    """

    year: int
    data_to: dt.date
    schools: tuple[SchoolUse, ...]
    totals: Totals
    own: Totals
    claims: tuple[ClaimLine, ...]
    additional: tuple[AdditionalFact, ...]
    to_evidence: tuple[ClaimLine, ...]

    @property
    def allowance_p(self) -> int:
        """All schools' allowances together, in pence."""
        return sum(line.entitlement.allowance_p for line in self.schools)

    @property
    def left_p(self) -> int:
        """What is left of them, in pence."""
        return sum(line.entitlement.left_p for line in self.schools)

    @property
    def other(self) -> Totals:
        """The sums of the claims that do not draw on a school's own allowance (R-COVER-6)."""
        own = PaidFrom.SCHOOL_ALLOWANCE
        return totals(line.split for line in self.claims if line.split.paid_from is not own)

    @property
    def waiting(self) -> Totals:
        """The sums of the claims that are not approved yet."""
        return totals((line.split for line in self.claims), LIVE)

    @property
    def without_cost(self) -> int:
        """Claims that count with no cost entered yet: their half-days count, at £0 so far (R-REV-5)."""
        return sum(line.split.counts and line.fact.lacks_cost for line in self.claims)

    def costs_unknown(self, school_id: int) -> bool:
        """A school has claims that count, and nobody entered what one of them cost: not £0 (R-REV-5)."""
        own = [line for line in self.claims if line.fact.school_id == school_id and line.split.counts]
        return bool(own) and all(line.fact.lacks_cost for line in own)

    @property
    def confirmed(self) -> int:
        """How many schools said yes: the money is on top of their science budget (R-COVER-7)."""
        return sum(one.answer is Answer.YES for one in self.additional)


_SOURCES = {FundKind.POT: PaidFrom.CLUSTER_POT, FundKind.OTHER: PaidFrom.OTHER_FUNDING}


class _Beside(Struct, frozen=True):
    """What the facts of claims are made of, beside the claims themselves."""

    meetings: Mapping[int, MeetingFact]
    inside: Mapping[int, bool | None]
    marks: Mapping[tuple[int, int | None], AttendanceCode]
    funds: Mapping[int | None, FundKind]


@remembered
def _beside(book: Book) -> _Beside:
    meetings, hosts = meeting_facts(book), meeting_calendars(book)
    return _Beside(
        meetings=meetings,
        inside={key: told_inside(fact, book.calendar(hosts[key])) for key, fact in meetings.items()},
        marks={(mark.meeting_id, mark.person_id): mark.code for mark in attendance_facts(book)},
        funds={row.id: row.kind for row in book.rows(t.Fund)},
    )


def claim_fact(book: Book, row: t.CoverClaim, of: t.CoverClaim) -> CoverFact:
    """A claim as the rules know it; a reversal belongs to the day of the cover (R-COVER-16).

    Args:
        book: what it rests on.
        row: the claim, stored or only typed.
        of: the claim that it takes back: its day, its length, its purpose, its money; else the claim itself.
    """
    beside = _beside(book)
    return CoverFact(
        id=row.id or 0,
        code=row.code,
        school_id=of.school_id,
        school_name=book.school_name(of.school_id),
        person_id=row.person_id,
        person_name=book.person_name(row.person_id),
        cover_on=of.cover_on,
        half_day=of.half_day,
        purpose=of.purpose,
        cost_p=row.cost_p,
        vat_p=row.vat_p,
        vat_recovery=book.school_rows[of.school_id].vat_recovery,
        state=row.state,
        approved_p=row.approved_p,
        paid_from=_SOURCES.get(beside.funds[of.fund_id]) if of.fund_id else None,
        meeting_id=of.meeting_id,
        meeting_on=beside.meetings[of.meeting_id].held_on if of.meeting_id else None,
        in_school_day=beside.inside[of.meeting_id] if of.meeting_id else None,
        attendance=beside.marks.get((of.meeting_id, row.person_id)) if of.meeting_id else None,
        method=row.method,
        reverses_id=row.reverses_id,
        evidence_ref=row.evidence_ref,
        claimant_id=row.claimant_id,
        claimed_on=row.claimed_on,
        approver_id=row.approver_id,
        approved_on=row.approved_on,
        override_reason=row.override_reason,
    )


@remembered
def cover_facts(book: Book) -> tuple[CoverFact, ...]:
    """Every claim as the rules know it, by id."""
    rows = {row.id: row for row in book.rows(t.CoverClaim)}
    return tuple(claim_fact(book, row, rows.get(row.reverses_id, row)) for row in rows.values())


@remembered
def claims_on(book: Book, day: dt.date) -> tuple[CoverFact, ...]:
    """The claims for cover up to a day, each of the school as it is on that day (R-DATA-6)."""
    ids = book.present_ids(day)
    facts = (fact for fact in cover_facts(book) if fact.cover_on <= day)
    if not ids:
        return tuple(facts)
    return tuple(
        replace(fact, school_id=key, school_name=book.school_name(key))
        for fact in facts
        for key in [ids.get(fact.school_id, fact.school_id)]
    )


def _own_terms(book: Book, years: Iterable[int], day: dt.date) -> dict[tuple[int, int], SchoolTerms]:
    """Each school's terms without what it brings from the year before; of two spells the later speaks.

    In a year with members, whoever is none sets nothing aside (R-CLU-10).
    """
    found: dict[tuple[int, int], SchoolTerms] = {}
    for year in years:
        first, last = year_bounds(year)
        own: dict[int, SchoolTerms] = {}
        for row in sorted(book.rows(t.Membership), key=lambda one: one.joined_on):
            if meets(row.joined_on, row.left_on, first, last):
                terms = SchoolTerms(row.gives_release_input, row.funded_places)
                own[book.present_id(row.school_id, day)] = terms
        others = dict.fromkeys(book.schools, SchoolTerms(gives_release_input=False)) if own else {}
        found |= {(key, year): terms for key, terms in (others | own).items()}
    return found


def school_terms(book: Book, years: set[int], day: dt.date) -> dict[tuple[int, int], SchoolTerms]:
    """Each school's release terms, by (school id on `day`, school year), with what rolls over (D6)."""
    if not any(book.scheme_of(year).release_rollover for year in years):
        return _own_terms(book, years, day)
    claims: dict[tuple[int, int], list[CoverFact]] = defaultdict(list)
    for fact in claims_on(book, day):
        claims[fact.school_id, fact.year].append(fact)
    first = min([school_year(one.joined_on) for one in book.memberships] + [*years])
    found = _own_terms(book, range(first, max(years) + 1), day)
    for (school_id, year), terms in sorted(found.items(), key=lambda item: item[0][1]):
        before = found.get((school_id, year - 1))
        if before is not None and book.scheme_of(year).release_rollover:
            splits = recognise(claims[school_id, year - 1], book.scheme, before).values()
            left = entitlement(year - 1, splits, book.scheme, before).left_p
            found[school_id, year] = replace(terms, carried_p=left)
    return {key: terms for key, terms in found.items() if key[1] in years}


@remembered
def claim_lines(book: Book, data_to: dt.date) -> tuple[ClaimLine, ...]:
    """Every claim for cover up to a day, with its split, in order of date and number."""
    facts = claims_on(book, data_to)
    splits = recognise_all(facts, book.scheme, school_terms(book, {fact.year for fact in facts}, data_to))
    meetings = meeting_facts(book)
    rows = {row.id: row for row in book.rows(t.CoverClaim)}
    lines = [
        ClaimLine(
            fact,
            splits[fact.id],
            meetings[fact.meeting_id].title if fact.meeting_id else "",
            rows[fact.id].paid_on,
            rows[fact.id].paid_ref,
            rows[fact.id].reason,
        )
        for fact in facts
    ]
    return tuple(sorted(lines, key=lambda line: (line.fact.cover_on, line.fact.code)))


def _declared(book: Book, year: int, day: dt.date) -> dict[int, Answer]:
    """Each school's word on its release money; what one record said holds for the school (R-COVER-7)."""
    found: dict[int, Answer] = {}
    for row in book.rows(t.Declaration):
        key = book.present_id(row.school_id, day)
        if row.school_year == year and found.get(key, Answer.NOT_SAID) is Answer.NOT_SAID:
            found[key] = row.additional
    return found


@remembered
def cover_year(book: Book, year: int, data_to: dt.date) -> CoverYear:
    """Release and supply cover of a school year, by date of cover (R-COVER-16), up to `data_to`."""
    until = min(year_bounds(year)[1], data_to)
    lines = tuple(line for line in claim_lines(book, until) if line.fact.year == year)
    by_school: dict[int, list[Recognition]] = defaultdict(list)
    for line in lines:
        by_school[line.fact.school_id].append(line.split)
    terms = school_terms(book, {year}, until)
    names = {member.school_id: member.school for member in book.members_of_year(year, data_to)}
    names |= {line.fact.school_id: line.fact.school_name for line in lines}
    answers = _declared(book, year, until)
    giving = [key for key in names if terms.get((key, year), SchoolTerms()).gives_release_input]
    return CoverYear(
        year=year,
        data_to=data_to,
        schools=tuple(
            use_by_school(
                year, names, by_school, book.scheme, {key: term for (key, _), term in terms.items()}
            )
        ),
        totals=totals(line.split for line in lines),
        own=totals(line.split for line in lines if line.split.paid_from is PaidFrom.SCHOOL_ALLOWANCE),
        claims=lines,
        additional=tuple(
            AdditionalFact(key, names[key], answers.get(key, Answer.NOT_SAID))
            for key in sorted(giving, key=lambda key: names[key].casefold())
        ),
        to_evidence=tuple(line for line in lines if line.fact.state in FROZEN and needs_evidence(line.fact)),
    )
