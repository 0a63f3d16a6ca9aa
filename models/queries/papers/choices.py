"""What an everyday paper can be printed of: meetings, claims, loans, schools; and the one to begin with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from msgspec import Struct
from sqlalchemy import or_
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year, year_bounds
from models.formats import NOT_ENTERED, long_date, pounds, short_date
from models.queries.bank_lists import LoanRow, loan_rows
from models.queries.bank_page import TABLES, item_rows
from models.queries.book import Book
from models.queries.cpd import cpd_splits
from models.queries.papers.school_page import OF_SCHOOLS
from models.rules.cover_facts import lacks_cost
from models.rules.loans import LoanState
from models.words import ClaimState, Happened

Clock = Callable[[], dt.date]
WITH_SCHOOL = frozenset({LoanState.OUT, LoanState.OVERDUE})


class Choice(Struct, frozen=True):
    """Something to print a paper of; `usual`: among those that are taken where nothing is chosen."""

    id: int
    code: str
    words: str
    usual: bool = False

    @property
    def line(self) -> str:
        """`L-0003 · Circuits kit to Millbrook`."""
        return " · ".join(one for one in (self.code, self.words) if one)


class Offered(Struct, frozen=True):
    """What a paper can be printed of.

    Attributes:
        choices: in the order to show them.
        usual: the one to begin with; None where there is none.
        schools: the members of the year, for papers that can be of one school.
        years: the school years of the book, newest first.
    """

    choices: tuple[Choice, ...]
    usual: int | None
    schools: tuple[Choice, ...] = ()
    years: tuple[int, ...] = ()


class _Asked(Struct, frozen=True):
    """The moment and what it is asked for: a school year, and a record that must be among the answers."""

    book: Book
    today: dt.date
    year: int
    wanted: int

    def takes(self, record_id: int | None, day: dt.date) -> bool:
        """Whether a record of a day is offered: of the year, still to come, or the one wanted."""
        return school_year(day) == self.year or day >= self.today or record_id == self.wanted


def offered(session: Session, key: str, year: int, clock: Clock, wanted: int = 0) -> Offered:
    """What a paper can be printed of.

    Args:
        session: of the reading.
        key: the paper, as `reports.papers` names it.
        year: the school year in view.
        clock: says what day it is.
        wanted: a record that is offered whatever its year, and begun with; 0 for none.
    """
    book = Book(session)
    today = book.today(clock)
    asked = _Asked(book, today, year, wanted)
    find = _FOUND.get(key)
    choices, usual = find(asked) if find is not None else ((), None)
    if any(one.id == wanted for one in choices):
        usual = wanted
    first, last = year_bounds(year)
    until = max(min(last, today), first)
    schools = tuple(Choice(one.school_id, "", one.school) for one in book.members_of_year(year, until))
    years = tuple(sorted({*book.years, school_year(today)}, reverse=True))
    return Offered(tuple(choices), usual, schools, years)


Found = tuple[Sequence[Choice], int | None]


def _next_or_last(rows: Sequence[tuple[int, dt.date]], today: dt.date, *, held: bool) -> int | None:
    """The next of some dated records, in their order; of papers on what was, the last that was."""
    ahead = [key for key, day in rows if day >= today]
    past = [key for key, day in rows if day <= today]
    if held:
        return past[-1] if past else (ahead[0] if ahead else None)
    return ahead[0] if ahead else (past[-1] if past else None)


def _meetings(asked: _Asked, *, held: bool = False, of_schools: bool = False) -> Found:
    """The meetings, by date; of a paper for schools the usual one is one that schools are asked to."""
    rows = [row for row in asked.book.rows(t.Meeting) if asked.takes(row.id, row.held_on)]
    rows = [row for row in rows if row.status is not Happened.CANCELLED or row.id == asked.wanted]
    rows.sort(key=lambda row: (row.held_on, row.id))
    choices = [Choice(row.id or 0, long_date(row.held_on), row.title) for row in rows]
    days = [(row.id or 0, row.held_on) for row in rows if not of_schools or row.kind in OF_SCHOOLS]
    return choices, _next_or_last(days, asked.today, held=held)


def _sessions(asked: _Asked, *, recharged: bool = False) -> Found:
    rows = [row for row in asked.book.rows(t.CpdSession) if asked.takes(row.id, row.held_on)]
    rows.sort(key=lambda row: (row.held_on, row.id))
    choices = [Choice(row.id or 0, long_date(row.held_on), row.title) for row in rows]
    if recharged:
        splits = cpd_splits(asked.book)
        shared = [row.id for row in rows if row.id in splits and splits[row.id][1].shares]
        if shared:
            return choices, shared[-1]
    days = [(row.id or 0, row.held_on) for row in rows]
    return choices, _next_or_last(days, asked.today, held=recharged)


def _claims(asked: _Asked, *, paid: bool = False) -> Found:
    book = asked.book
    rows = [row for row in book.rows(t.CoverClaim) if asked.takes(row.id, row.cover_on)]
    if paid:
        rows = [row for row in rows if row.state is ClaimState.PAID or row.id == asked.wanted]
    rows.sort(key=lambda row: (row.paid_on if paid and row.paid_on else row.cover_on, row.id), reverse=True)
    choices = [
        Choice(
            row.id or 0,
            row.code,
            f"{book.short_name(book.present_id(row.school_id, asked.today))}, {short_date(row.cover_on)}, "
            f"{_cost(row)}",
        )
        for row in rows
    ]
    return choices, choices[0].id if choices else None


def _cost(row: t.CoverClaim) -> str:
    """`£98.00`; of a claim whose cost nobody has entered `cost not entered` (R-REV-5)."""
    unknown = lacks_cost(row.method, row.cost_p, row.reverses_id)
    return f"cost {NOT_ENTERED}" if unknown else pounds(row.cost_p)


def _loans(asked: _Asked) -> Found:
    loan = TABLES["loan"]
    first, last = year_bounds(asked.year)
    of_year = loan.c.starts_on.between(first, last)
    open_ = loan.c.back_on.is_(None) & loan.c.cancelled_on.is_(None)
    rows = loan_rows(asked.book, or_(of_year, open_, loan.c.id == asked.wanted), asked.today)
    rows = [row for row in rows if row.state is not LoanState.CANCELLED or row.id == asked.wanted]
    rows.sort(key=lambda row: (row.state not in WITH_SCHOOL, -row.starts_on.toordinal(), row.id))
    choices = [_loan(row) for row in rows]
    return choices, None


def _loan(row: LoanRow) -> Choice:
    words = f"{row.resource} to {row.school}, due {short_date(row.due_on)}"
    return Choice(row.id, row.code, words, usual=row.state in WITH_SCHOOL)


def _resources(asked: _Asked, *, listing: bool = False) -> Found:
    """The things of the bank, by code. Usual: what is lent; for cards, what lists its contents besides."""
    rows = sorted(item_rows(asked.book, asked.today), key=lambda row: (row.code.casefold(), row.id))
    kept = [row for row in rows if row.lendable or row.id == asked.wanted]
    return [
        Choice(row.id, row.code, row.name, usual=row.lendable and (bool(row.parts) or not listing))
        for row in kept
    ], None


def _schools(asked: _Asked) -> Found:
    first, last = year_bounds(asked.year)
    until = max(min(last, asked.today), first)
    return _named((one.school_id, one.school) for one in asked.book.members_of_year(asked.year, until)), None


def _named(pairs: Iterable[tuple[int, str]]) -> list[Choice]:
    return [Choice(key, "", name) for key, name in pairs]


_FOUND: dict[str, Callable[[_Asked], Found]] = {
    "sign_in": _meetings,
    "agenda": _meetings,
    "minutes": partial(_meetings, held=True),
    "handover": partial(_meetings, of_schools=True),
    "evaluation_slip": _sessions,
    "recharge": partial(_sessions, recharged=True),
    "claim_form": _claims,
    "remittance": partial(_claims, paid=True),
    "loan_slip": _loans,
    "labels": _resources,
    "label_test": _resources,
    "contents_card": partial(_resources, listing=True),
    "school_page": _schools,
    "claim_form_blank": _schools,
}
