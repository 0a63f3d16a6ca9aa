"""Every rule's verdict on a school year, gathered once: window, pack and `check` show this list (R-REV-4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from models import tables as t
from models.calendar import year_bounds
from models.queries.bank import loan_facts, resource_facts, trial_facts, trust_facts
from models.queries.book import Book, remembered
from models.queries.cover import cover_facts, cover_year, school_terms
from models.queries.meetings import action_facts, meeting_calendars, meeting_facts, meeting_year
from models.queries.money_warnings import money_verdicts
from models.rules import agreement, attendance, cluster, leads, loans, meetings, resources, review, schools
from models.rules.cover_checks import claim_verdicts
from models.rules.cover_use import additional_verdicts, use_verdict
from models.rules.verdict import Severity, Verdict
from models.words import RoleKind

Found = Iterable[Verdict | None]
WEIGHT = {Severity.REFUSE: 0, Severity.WARN: 1, Severity.INFO: 2}


def _cluster(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    first, last = year_bounds(year)
    until, scheme = min(day, last), book.scheme_of(year)
    member_ids = [one.school_id for one in book.members(until)]
    spells = [one for one in book.memberships if one.joined_on <= until and (one.left_on or last) >= first]
    facts = [book.schools[key] for key in book.schools if key in member_ids]
    yield cluster.size_verdict(len(member_ids), scheme)
    start = min((one.starts_on for one in book.agreements), default=first)
    joined = [one for one in spells if one.joined_on >= first]
    yield from cluster.joiner_verdicts(joined, start)
    yield from cluster.leaver_verdicts(spells, book.contacts, until)
    yield from cluster.replacement_verdicts(joined, book.memberships)
    yield from cluster.problem_verdicts([one for one in book.contacts if first <= one.on], until)
    yield from schools.closed_verdicts(book.schools.values(), member_ids)
    yield from leads.lead_verdicts(book.lead_spells, max(first, start), until)
    if lead := book.lead_school(until):
        yield leads.phase_verdict(book.schools[lead.school_id], scheme, as_lead=True)
    for fact in facts:
        yield leads.phase_verdict(fact, scheme, as_lead=False)
    people = [
        leads.LeadPerson(
            role.person_id, book.person_name(role.person_id), book.people[role.person_id].school_id
        )
        for role in book.in_role(RoleKind.CLUSTER_LEAD, until)
    ]
    yield from leads.cluster_lead_verdicts(people, member_ids)


def _agreement(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    first, last = year_bounds(year)
    until, scheme = min(day, last), book.scheme_of(year)
    yield agreement.no_agreement_verdict(book.agreements)
    for one in book.agreements:
        if one.starts_on <= last and one.ends_on >= first:
            yield agreement.length_verdict(one, scheme)
            yield agreement.ending_verdict(one, until, scheme)


def _meetings(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    scheme, asked = book.scheme_of(year), meeting_year(book, year, day)
    yield meetings.minimum_verdict(asked.count, year, day, scheme)
    hosts = meeting_calendars(book)
    for line in asked.lines:
        yield meetings.outside_verdict(line.fact, scheme, book.calendar(hosts[line.fact.id]))
        yield meetings.purpose_verdict(line.fact)
    yield from attendance.not_entered_verdicts(asked.matrix)
    members = {one.school_id: one for one in book.members(min(day, year_bounds(year)[1]))}
    for row in asked.matrix.rows:
        if row.school_id in members:
            until = min(day, year_bounds(year)[1])
            yield cluster.engagement_verdict(members[row.school_id], row.marks, scheme, until)
    yield meetings.balance_verdict(asked.actions, scheme)
    first, last = year_bounds(year)
    dated = [one for one in action_facts(book) if one.due_on is None or first <= one.due_on <= last]
    yield from meetings.action_verdicts(dated, min(day, last))
    yield review.advisor_verdict(len(asked.advisor), year)


def _held_but_planned(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    """Meetings whose day has passed and that nobody has marked as held or cancelled."""
    first, last = year_bounds(year)
    for fact in meeting_facts(book).values():
        if first <= fact.held_on <= last:
            yield meetings.past_verdict(fact, day)


def _cover(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    facts = [one for one in cover_facts(book) if one.year == year and one.cover_on <= day]
    yield from claim_verdicts(facts, book.scheme, book.calendar(), day, school_terms(book, {year}))
    asked = cover_year(book, year, day)
    yield from additional_verdicts(asked.additional, year)
    for line in asked.schools:
        yield use_verdict(line, book.scheme)


def _bank(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    first, last = year_bounds(year)
    until, scheme, rows = min(day, last), book.scheme_of(year), {row.id: row for row in book.rows(t.Resource)}
    out = [one for one in loan_facts(book) if one.starts_on <= until and (one.back_on or last) >= first]
    yield from loans.overdue_verdicts(out, until, scheme, book.calendar())
    for fact in resource_facts(book).values():
        yield resources.owner_verdict(fact)
        yield resources.dropped_verdict(fact)
        yield resources.starter_verdict(fact, scheme)
        row = rows[fact.id]
        if row.retired_on is None and row.has_mains:
            kit = loans.KitFact(fact.id, fact.name, fact.code, "", row.has_mains, row.next_check_on)
            yield loans.check_verdict(kit, until)
    for trial in trial_facts(book):
        if first <= trial.starts_on <= until:
            yield resources.trial_verdict(trial)
    yield from resources.trust_verdicts(
        (fact for on, fact in trust_facts(book).values() if on <= until), scheme
    )


_AREAS: tuple[Callable[[Book, int, dt.date], Found], ...] = (
    _cluster,
    _agreement,
    _meetings,
    _held_but_planned,
    _cover,
    money_verdicts,
    _bank,
)


@remembered
def year_verdicts(book: Book, year: int, day: dt.date) -> tuple[Verdict, ...]:
    """Every verdict on a school year as of `day`, weightiest first, each once."""
    found = [verdict for area in _AREAS for verdict in area(book, year, day) if verdict is not None]
    order = {
        verdict: (WEIGHT[verdict.severity], place) for place, verdict in reversed(list(enumerate(found)))
    }
    return tuple(sorted(order, key=lambda verdict: order[verdict]))


def all_verdicts(book: Book, today: dt.date) -> tuple[Verdict, ...]:
    """Every verdict on every school year of the book up to today, oldest year first, each once."""
    found: dict[Verdict, None] = {}
    for year in book.years:
        if year_bounds(year)[0] <= today:
            found |= dict.fromkeys(year_verdicts(book, year, today))
    return tuple(found)
