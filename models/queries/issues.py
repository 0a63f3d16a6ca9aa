"""What was raised, who joined and left, and what the Advisor said (pack part 21; R-CLU-7 to 11, R-REV-2)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from models import tables as t
from models.calendar import year_bounds
from models.queries.book import Book
from models.rules.cluster import ContactFact, MembershipFact, days_to_tell
from models.values import replace
from models.words import ApprovalKind, ApprovalState, ContactKind


class ProblemLine(Struct, frozen=True):
    """A potential problem; `days` from raising it to telling the Advisor, None while not told (R-CLU-11)."""

    fact: ContactFact
    outcome: str
    days: int | None


class ApprovalLine(Struct, frozen=True):
    """A question put to the Advisor before money was spent, and the answer (R-LEAD-4, R-TRAV-1)."""

    code: str
    kind: ApprovalKind
    asked_on: dt.date
    question: str
    school: str
    amount_p: int | None
    state: ApprovalState
    decided_on: dt.date | None
    by: str
    words: str


class QuestionLine(Struct, frozen=True):
    """A question to the Advisor (R-ASK-1)."""

    asked_on: dt.date
    question: str
    answered_on: dt.date | None
    answer: str


class Issues(Struct, frozen=True):
    """What the Steering Group needs to know of the year besides figures."""

    problems: tuple[ProblemLine, ...]
    joined: tuple[MembershipFact, ...]
    left: tuple[MembershipFact, ...]
    approvals: tuple[ApprovalLine, ...]
    questions: tuple[QuestionLine, ...]

    @property
    def answered(self) -> int:
        """How many of the questions have an answer."""
        return sum(one.answered_on is not None for one in self.questions)


def approval_lines(book: Book) -> tuple[ApprovalLine, ...]:
    """Every approval asked for, oldest first."""
    found = [
        ApprovalLine(
            row.code, row.kind, row.asked_on, row.question, book.school_name(row.school_id), row.amount_p,
            row.state, row.decided_on, book.person_name(row.decided_by_id), row.words,
        )
        for row in book.rows(t.Approval)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.asked_on, one.code)))


def approval_as_of(line: ApprovalLine, day: dt.date) -> ApprovalLine:
    """An approval as it stood on a day: not answered yet if the answer came later (R-REV-1)."""
    if line.decided_on is None or line.decided_on <= day:
        return line
    return replace(line, state=ApprovalState.PENDING, decided_on=None, by="", words="")


def _problem(fact: ContactFact, outcome: str, day: dt.date) -> ProblemLine:
    told = fact.told_advisor_on is not None and fact.told_advisor_on <= day
    return ProblemLine(fact, outcome, days_to_tell(fact) if told else None)


def _question(row: t.AdvisorQuestion, day: dt.date) -> QuestionLine:
    if row.answered_on is None or row.answered_on > day:
        return QuestionLine(row.asked_on, row.question, None, "")
    return QuestionLine(row.asked_on, row.question, row.answered_on, row.answer)


def issues(book: Book, year: int, data_to: dt.date) -> Issues:
    """The year's problems, changes of membership, approvals and questions up to `data_to`, oldest first."""
    first, last = year_bounds(year)
    until = min(last, data_to)
    outcomes = {row.id: row.outcome for row in book.rows(t.ContactLog)}
    problems = sorted(
        (one for one in book.contacts if one.kind is ContactKind.PROBLEM and first <= one.on <= until),
        key=lambda one: (one.on, one.id),
    )
    started = min((one.starts_on for one in book.agreements), default=first)
    spells = sorted(book.spells(until), key=lambda one: (one.school.casefold(), one.joined_on))
    questions = sorted(book.rows(t.AdvisorQuestion), key=lambda row: (row.asked_on, row.id))
    return Issues(
        problems=tuple(_problem(one, outcomes[one.id], until) for one in problems),
        joined=tuple(one for one in spells if first <= one.joined_on <= until and one.joined_on > started),
        left=tuple(one for one in spells if one.left_in(first, until, last)),
        approvals=tuple(
            approval_as_of(one, until) for one in approval_lines(book) if first <= one.asked_on <= until
        ),
        questions=tuple(_question(row, until) for row in questions if first <= row.asked_on <= until),
    )
