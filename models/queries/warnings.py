"""Every rule's verdict on a school year, gathered once: window, pack and `check` show this list (R-REV-4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from models import tables as t
from models.calendar import year_bounds
from models.queries.bank import loan_facts, resource_facts, trial_facts, trust_facts
from models.queries.book import Book, remembered
from models.queries.cover import claims_on, cover_year, school_terms
from models.queries.impact import impact_verdicts, standing_impact
from models.queries.meetings import action_facts, meeting_calendars, meeting_facts, meeting_year
from models.queries.money_warnings import money_verdicts, standing_money
from models.rules import agreement, attendance, cluster, leads, loans, meetings, resources, review, schools
from models.rules.cluster import was_member
from models.rules.cover_checks import claim_verdicts, not_member_verdict
from models.rules.cover_use import additional_verdicts, use_verdict
from models.rules.verdict import Severity, Verdict
from models.values import replace
from models.words import RoleKind

Found = Iterable[Verdict | None]
WEIGHT = {Severity.REFUSE: 0, Severity.WARN: 1, Severity.INFO: 2}


def _changes(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    """Who joined, left and led in the year."""
    first, last = year_bounds(year)
    until = min(day, last)
    every = book.spells(until)
    spells = [one for one in every if (one.left_on or last) >= first]
    contacts = [
        replace(one, school_id=book.present_id(one.school_id, until)) if one.school_id else one
        for one in book.contacts
    ]
    start = min((one.starts_on for one in book.agreements), default=first)
    joined = [one for one in spells if one.joined_on >= first]
    yield from cluster.joiner_verdicts(joined, start)
    yield from cluster.leaver_verdicts(spells, contacts, until)
    yield from cluster.replacement_verdicts(joined, every)
    yield from leads.lead_verdicts(book.lead_spells, max(first, start), until)


def _cluster(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    """How the cluster stands."""
    scheme = book.scheme_of(year)
    member_ids = [one.school_id for one in book.members(day)]
    yield cluster.size_verdict(len(member_ids), scheme)
    yield from cluster.problem_verdicts(book.contacts, day)
    yield from schools.closed_verdicts(book.schools.values(), member_ids)
    if lead := book.lead_school(day):
        yield leads.phase_verdict(book.schools[lead.school_id], scheme, as_lead=True)
    for key in book.schools:
        if key in member_ids:
            yield leads.phase_verdict(book.schools[key], scheme, as_lead=False)
    people = [
        leads.LeadPerson(
            role.person_id, book.person_name(role.person_id), book.people[role.person_id].school_id
        )
        for role in book.in_role(RoleKind.CLUSTER_LEAD, day)
    ]
    yield from leads.cluster_lead_verdicts(people, member_ids)


def _agreement(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    """How the agreement stands; one that another follows has no end to think of."""
    scheme, known = book.scheme_of(year), book.agreements
    yield agreement.no_agreement_verdict(known)
    for one in known:
        if one.starts_on <= day:
            yield agreement.length_verdict(one, scheme)
    now = book.agreement(day)
    if now is not None and now is known[-1]:
        yield agreement.ending_verdict(now, day, scheme)


def _meetings(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    scheme, asked = book.scheme_of(year), meeting_year(book, year, day)
    yield meetings.minimum_verdict(asked.count, year, day, scheme)
    hosts = meeting_calendars(book)
    for line in asked.lines:
        yield meetings.outside_verdict(line.fact, scheme, book.calendar(hosts[line.fact.id]))
        yield meetings.purpose_verdict(line.fact)
    yield from attendance.not_entered_verdicts(asked.matrix)
    yield review.advisor_verdict(len(asked.advisor), year)


def _partnership(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    """Who stays away, and what is still to be done."""
    scheme, asked = book.scheme_of(year), meeting_year(book, year, day)
    members = {one.school_id: one for one in book.members(day)}
    for row in asked.matrix.rows:
        if row.school_id in members:
            yield cluster.engagement_verdict(members[row.school_id], row.marks, scheme, day)
    yield meetings.balance_verdict(asked.actions, scheme)
    yield from meetings.action_verdicts(action_facts(book, day), day)


def _held_but_planned(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    """Meetings whose day has passed and that nobody has marked as held or cancelled."""
    first, last = year_bounds(year)
    for fact in meeting_facts(book).values():
        if first <= fact.held_on <= last:
            yield meetings.past_verdict(fact, day)


def _cover(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    facts = [one for one in claims_on(book, day) if one.year == year]
    yield from claim_verdicts(facts, book.scheme, book.calendar(), day, school_terms(book, {year}, day))
    spells = book.spells(day)
    if book.members_of_year(year, day):
        for one in facts:
            if one.counts and one.reverses_id is None and not was_member(spells, one.school_id, one.cover_on):
                yield not_member_verdict(one)
    asked = cover_year(book, year, day)
    yield from additional_verdicts(asked.additional, year)
    for line in asked.schools:
        yield use_verdict(line, book.scheme)


def _trials(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    for trial in trial_facts(book):
        if year_bounds(year)[0] <= trial.starts_on <= day:
            yield resources.trial_verdict(trial)


def _bank(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    """How the resource bank stands."""
    scheme, rows = book.scheme_of(year), {row.id: row for row in book.rows(t.Resource)}
    yield from loans.overdue_verdicts(loan_facts(book), day, scheme, book.calendar())
    for fact in resource_facts(book).values():
        row = rows[fact.id]
        if row.retired_on is not None and row.retired_on <= day:
            continue
        yield resources.owner_verdict(fact)
        yield resources.dropped_verdict(fact)
        yield resources.starter_verdict(fact, scheme)
        kit = loans.KitFact(fact.id, fact.name, fact.code, "", row.has_mains, row.next_check_on)
        yield loans.check_verdict(kit, day)
    yield from resources.trust_verdicts(
        (fact for on, fact in trust_facts(book).values() if on <= day), scheme
    )


Area = Callable[[Book, int, dt.date], Found]
_OF_A_YEAR: tuple[Area, ...] = (
    _changes,
    _meetings,
    _held_but_planned,
    _cover,
    money_verdicts,
    _trials,
    impact_verdicts,
)
"""On what happened in a year: they hold for good, until somebody changes the record."""
_AS_IT_STANDS: tuple[Area, ...] = (
    _cluster,
    _agreement,
    _partnership,
    standing_money,
    _bank,
    standing_impact,
)
"""On how things stand on a day: what was wrong then may have been put right since."""


def _gathered(book: Book, areas: Iterable[Area], year: int, day: dt.date) -> Iterator[Verdict]:
    for area in areas:
        yield from (verdict for verdict in area(book, year, day) if verdict is not None)


@remembered
def year_verdicts(book: Book, year: int, day: dt.date) -> tuple[Verdict, ...]:
    """Every verdict on a school year as of `day`, at the latest its last, weightiest first, each once."""
    found = list(_gathered(book, (*_AS_IT_STANDS, *_OF_A_YEAR), year, min(day, year_bounds(year)[1])))
    order = {
        verdict: (WEIGHT[verdict.severity], place) for place, verdict in reversed(list(enumerate(found)))
    }
    return tuple(sorted(order, key=lambda verdict: order[verdict]))


def all_verdicts(book: Book, today: dt.date) -> tuple[Verdict, ...]:
    """Every verdict on the book today: on each of its school years, oldest first, then on how it stands."""
    begun = [year for year in book.years if year_bounds(year)[0] <= today]
    found: dict[Verdict, None] = {}
    for year in begun:
        found |= dict.fromkeys(_gathered(book, _OF_A_YEAR, year, min(today, year_bounds(year)[1])))
    if begun:
        found |= dict.fromkeys(_gathered(book, _AS_IT_STANDS, begun[-1], today))
    return tuple(found)
