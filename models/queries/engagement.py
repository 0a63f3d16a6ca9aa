"""Whom to talk to: members that drift away, as of the day that a school year is shown (R-CLU-8, R-CLU-11)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from sqlmodel import Session

from models.queries.bank import loan_facts
from models.queries.book import Book
from models.queries.meetings import year_matrix
from models.queries.one_school import signs_of
from models.queries.partial import PartialBook
from models.queries.schools_page import Clock, shown_day
from models.rules.cluster import ContactFact
from models.rules.engagement import Prompt, prompt
from models.rules.loans import LoanState, loan_state


def prompts(session: Session, year: int, today: Clock = dt.date.today) -> tuple[Prompt, ...]:
    """Whom to talk to about which member, by the schools' names, never ranked (R-PPL-5)."""
    book = PartialBook(session, year)
    day = shown_day(book, year, today)
    book = PartialBook(session, year, [one.school_id for one in book.memberships])
    return prompts_on(book, year, day)


def prompts_on(book: Book, year: int, day: dt.date) -> tuple[Prompt, ...]:
    """The same from a book that is read already, on a day of the school year."""
    matrix = year_matrix(book, year, day)
    marks = {row.school_id: tuple(zip(matrix.columns, row.marks, strict=True)) for row in matrix.rows}
    contacts: dict[int, list[ContactFact]] = defaultdict(list)
    for one in book.contacts:
        if one.school_id is not None and one.on <= day:
            contacts[book.present_id(one.school_id, day)].append(one)
    late: dict[int, int] = defaultdict(int)
    for loan in loan_facts(book):
        if loan_state(loan, day) is LoanState.OVERDUE:
            late[book.present_id(loan.school_id, day)] += 1
    scheme = book.scheme_of(year)
    found = []
    for member in book.members(day):
        key = member.school_id
        signs = signs_of(member, book.ssl_name(key, day), marks.get(key, ()), contacts[key], late[key])
        found.append(prompt(signs, scheme, day))
    return tuple(one for one in found if one is not None)
