"""The log of questions to the Advisor and their answers, of all years: old answers serve as precedent."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.queries.account import entry_facts
from models.queries.book import Book
from models.queries.gates import gate_says
from models.queries.issues import approval_lines
from models.rules.approvals import approver_words
from models.words import ApprovalKind, ApprovalState, EntryState, RoleKind


class Gated(Struct, frozen=True):
    """An entry that rests on an answer.

    Attributes:
        on: its day, paid or planned.
        amount_p: pence; negative where it takes an entry back.
        paid: it was paid.
        may_pay: it is planned, and the answer lets it be paid as of today.
        says: what still stands in its way, or what is wrong with it; "" for nothing.
    """

    id: int
    code: str
    on: dt.date
    fund_id: int
    year: int
    description: str
    amount_p: int
    paid: bool
    may_pay: bool
    says: str


class ApprovalRow(Struct, frozen=True):
    """One question with its answer.

    Attributes:
        amount_p: what was asked for, in pence; None: no amount was named.
        days: from the question to the answer, or to today while it waits.
        gates: the entries that rest on it, by date.
        spent_p: what was paid under it, in pence.
    """

    id: int
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
    days: int
    gates: tuple[Gated, ...]
    spent_p: int

    @property
    def waits(self) -> bool:
        """Whether the answer is still to come."""
        return self.state is ApprovalState.PENDING


class AdvisorLog(Struct, frozen=True):
    """The log, what waits first, then the newest first.

    Attributes:
        approver: who gives approvals: `the Advisor` (D17).
        advisor_id: the person in that role today, to begin a form with; None: not entered.
    """

    today: dt.date
    approver: str
    advisor_id: int | None
    rows: tuple[ApprovalRow, ...]


def advisor_log(session: Session, clock: Callable[[], dt.date] = dt.date.today) -> AdvisorLog:
    """Every question ever asked, with what rests on its answer."""
    book = Book(session)
    today = book.today(clock)
    scheme = book.scheme(today)
    role = RoleKind.STEERING_CHAIR if scheme.approver_role == "steering_chair" else RoleKind.ADVISOR
    holders = book.in_role(role, today)
    gated = _gated(book, today)
    ids = {row.code: row.id or 0 for row in book.rows(t.Approval)}
    rows = [
        ApprovalRow(
            id=ids[line.code],
            code=line.code,
            kind=line.kind,
            asked_on=line.asked_on,
            question=line.question,
            school=line.school,
            amount_p=line.amount_p,
            state=line.state,
            decided_on=line.decided_on,
            by=line.by,
            words=line.words,
            days=max(0, ((line.decided_on or today) - line.asked_on).days),
            gates=gated.get(ids[line.code], ()),
            spent_p=sum(one.amount_p for one in gated.get(ids[line.code], ()) if one.paid),
        )
        for line in reversed(approval_lines(book))
    ]
    return AdvisorLog(
        today=today,
        approver=approver_words(scheme),
        advisor_id=holders[0].person_id if holders else None,
        rows=tuple(sorted(rows, key=lambda one: not one.waits)),
    )


def _gated(book: Book, today: dt.date) -> dict[int, tuple[Gated, ...]]:
    says = gate_says(book, today)
    facts = [one for rows in entry_facts(book).values() for one in rows]
    found: dict[int, list[Gated]] = defaultdict(list)
    for fact in sorted(facts, key=lambda one: (one.on, one.id)):
        if fact.approval_id is not None:
            verdict = says.get(fact.id)
            paid = fact.state is EntryState.PAID
            found[fact.approval_id].append(
                Gated(
                    id=fact.id,
                    code=fact.code,
                    on=fact.on,
                    fund_id=fact.fund_id,
                    year=fact.year,
                    description=fact.description,
                    amount_p=fact.counted_p,
                    paid=paid,
                    may_pay=not paid and verdict is None and fact.claim_id is None,
                    says=verdict.text if verdict else "",
                )
            )
    return {key: tuple(rows) for key, rows in found.items()}
