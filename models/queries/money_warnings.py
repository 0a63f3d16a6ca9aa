"""The money rules' verdicts on a school year: funds, approvals, CPD fees, PSQM (R-POT to R-FUND, R-PSQM)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from models import tables as t
from models.calendar import year_bounds
from models.queries.account import approval_facts, entry_facts, fund_years, other_funding
from models.queries.book import Book
from models.queries.cpd import cpd_splits
from models.queries.lead import lead_years
from models.queries.psqm import award_facts, predecessors, request_facts
from models.rules import fund, funding, lead_funds, psqm
from models.rules.agreement import may_spend
from models.rules.approvals import gate_verdicts
from models.rules.cpd import cpd_verdicts
from models.rules.verdict import About, Verdict
from models.words import FundKind, Happened


def _funds(book: Book, year: int, until: dt.date) -> Iterator[Verdict | None]:
    scheme = book.scheme_of(year)
    budgets = {
        (row.fund_id, row.direction, row.heading): row.id or 0
        for row in book.rows(t.BudgetLine)
        if row.school_year == year
    }
    opened = {row.id or 0: row for row in book.rows(t.Fund)}
    for one in fund_years(book, year, until):
        facts = entry_facts(book).get(one.fund_id, ())
        row = opened[one.fund_id]
        yield from fund.early_entries(row.name, row.opened_on, [e for e in facts if e.year == year])
        for line in one.plan:
            about = About("budget_line", budgets.get((one.fund_id, line.direction, line.line.heading), 0))
            yield fund.variance_verdict(line.line, year, scheme, about)
        if one.kind is FundKind.POT:
            known = [entry for entry in facts if entry.on <= until]
            found = fund.overdrafts(row.opened_on, row.opening_p, known, book.scheme)
            of_year = {line.fact.about for line in one.entries}
            yield from (verdict for verdict in found if verdict.about in of_year)
    yield from _closed(book, year)


def _closed(book: Book, year: int) -> Iterator[Verdict | None]:
    """Closed years whose figure has drifted since (R-POT-3); a reopened year is not closed."""
    last = year_bounds(year)[1]
    now = {one.fund_id: one for one in fund_years(book, year, last)}
    for row in book.rows(t.YearClose):
        if row.school_year == year and row.reopened_on is None and row.fund_id in now:
            one = now[row.fund_id]
            yield fund.drift_verdict(one.name, row.closing_p, one.account, About("year_close", row.id or 0))


def _spending(book: Book, year: int, until: dt.date) -> Iterator[Verdict | None]:
    facts = [one for rows in entry_facts(book).values() for one in rows]
    of_year = {one.about for one in facts if one.year == year and one.on <= until}
    for verdict in gate_verdicts(facts, approval_facts(book), book.scheme):
        if verdict.about in of_year:
            yield verdict
    yield from (one for one in fund.counted_twice(facts) if one.about in of_year)
    late = sorted(one.on for one in facts if one.stands and one.about in of_year)
    if late and book.agreements:
        agreement = book.agreement(late[-1]) or book.agreements[-1]
        yield may_spend(agreement, late[-1], book.scheme_of(year))
    for line in lead_years(book, year, until):
        yield lead_funds.lead_verdict(line, book.scheme_of(year))


def _cpd(book: Book, year: int, until: dt.date) -> Iterator[Verdict | None]:
    first, _ = year_bounds(year)
    for row in book.rows(t.CpdSession):
        if row.status is not Happened.CANCELLED and first <= row.held_on <= until:
            yield from cpd_verdicts(*cpd_splits(book)[row.id or 0], book.scheme(row.held_on))


def _psqm(book: Book, year: int, until: dt.date) -> Iterator[Verdict | None]:
    first, _ = year_bounds(year)
    scheme = book.scheme_of(year)
    requests = [one for one in request_facts(book) if one.requested_on <= until]
    of_year = {one.about for one in requests if one.requested_on >= first}
    for verdict in psqm.request_verdicts(requests, award_facts(book), predecessors(book), scheme):
        if verdict.about in of_year:
            yield verdict


def standing_money(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    """What stands on a day whatever the year: funding to declare, marks that expire."""
    yield from funding.funding_verdicts(other_funding(book, day))
    members = {one.school_id for one in book.members(day)}
    awards = [one for one in award_facts(book) if one.school_id in members and one.awarded_on <= day]
    yield from psqm.expiry_verdicts(awards, book.scheme_of(year), day)


def fund_verdicts(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    """What the rules say about the funds and their entries in a school year as of `day`."""
    until = min(day, year_bounds(year)[1])
    yield from _funds(book, year, until)
    yield from _spending(book, year, until)


def money_verdicts(book: Book, year: int, day: dt.date) -> Iterator[Verdict | None]:
    """Every money verdict on the entries and records of a school year as of `day`."""
    until = min(day, year_bounds(year)[1])
    yield from fund_verdicts(book, year, until)
    yield from _cpd(book, year, until)
    yield from _psqm(book, year, until)
