"""The entries of one fund in a school year, with their state, balance and what the rules say of them."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct
from sqlalchemy import select

from models import tables as t
from models.queries.account import EntryLine, FundYear, entry_facts, entry_rows_by_id
from models.queries.book import Book
from models.queries.gates import backing_says, gate_says
from models.rules.approvals import kind_wanted
from models.rules.fund import EntryFact, counted_twice, overdrafts
from models.rules.verdict import Verdict
from models.words import ApprovalKind, Direction, EntryState, FundKind, Heading

PLANNED, WAITING, PAID, TAKEN_BACK, REVERSAL = "Planned", "Waiting", "Paid", "Taken back", "Reversal"


class EntryRow(Struct, frozen=True):
    """One entry of a fund in its list. Amounts are pence.

    Attributes:
        state: Planned, Waiting (for the Advisor), Paid, Taken back or Reversal.
        in_p, out_p: the amount in the column of its direction, negative where it takes an entry back; None in
            the other column.
        balance_p: what is in the fund after it; None while it is only planned.
        needs: the kind of answer without which it is not paid; None: none is needed.
        says: what the rules say about it, a sentence each.
        other: the number of the entry that took it back, or that it takes back.
    """

    id: int
    code: str
    fund_id: int
    on: dt.date
    description: str
    heading: Heading
    direction: Direction
    state: str
    amount_p: int
    in_p: int | None
    out_p: int | None
    balance_p: int | None
    vat_p: int
    payee: str
    school: str
    paid_ref: str
    decision: str
    approval_id: int | None
    approval: str
    claim_id: int | None
    claim: str
    cpd_session: str
    resource: str
    why_allowed: str
    notes: str
    needs: ApprovalKind | None
    says: tuple[str, ...]
    other: str

    @property
    def may_pay(self) -> bool:
        """Whether it is planned and nothing stands in the way here; release is paid with its claim."""
        return self.state == PLANNED and self.claim_id is None

    @property
    def may_take_back(self) -> bool:
        """Whether it is paid and stands; what pays a claim is taken back with its claim."""
        return self.state == PAID and self.claim_id is None


def waits(book: Book, fact: EntryFact, today: dt.date) -> bool:
    """Whether an entry is planned and needs an answer of the Advisor that is not there."""
    return fact.state is EntryState.PLANNED and fact.id in gate_says(book, today)


def entry_rows(book: Book, fund: FundYear, today: dt.date) -> tuple[EntryRow, ...]:
    """The entries of a fund's year, by date, with what is in the fund after each.

    Args:
        book: the book.
        fund: the fund's whole year.
        today: the day on which a planned entry could be paid.
    """
    rows, money = entry_rows_by_id(book), _money_says(book, fund)
    reversed_by = {row.reverses_id: row.code for row in rows.values() if row.reverses_id is not None}
    left, links = fund.account.opening_p, _links(book, fund.fund_id)
    found = []
    for line in fund.entries:
        fact, row = line.fact, rows[line.fact.id]
        paid = fact.state is EntryState.PAID
        left += fact.effect_p if paid else 0
        found.append(
            EntryRow(
                id=fact.id,
                code=fact.code,
                fund_id=fact.fund_id,
                on=fact.on,
                description=fact.description,
                heading=fact.heading,
                direction=fact.direction,
                state=_state(book, line, today, taken_back=fact.id in reversed_by),
                amount_p=fact.amount_p,
                in_p=fact.counted_p if fact.direction is Direction.IN else None,
                out_p=fact.counted_p if fact.direction is Direction.OUT else None,
                balance_p=left if paid else None,
                vat_p=line.vat_p,
                payee=line.payee,
                school=book.school_name(row.school_id),
                paid_ref=line.paid_ref,
                decision=links[fact.id].decision,
                approval_id=row.approval_id,
                approval=line.approval,
                claim_id=row.claim_id,
                claim=links[fact.id].claim,
                cpd_session=links[fact.id].cpd_session,
                resource=links[fact.id].resource,
                why_allowed=row.override_reason,
                notes=row.notes,
                needs=kind_wanted(fact.heading, fact.fund_kind) if fact.stands else None,
                says=tuple(
                    one.text for one in (*backing_says(book, today).get(fact.id, ()), *money.get(fact.id, ()))
                ),
                other=reversed_by.get(fact.id, "") or getattr(rows.get(row.reverses_id), "code", ""),
            )
        )
    return tuple(found)


def _money_says(book: Book, fund: FundYear) -> dict[int, tuple[Verdict, ...]]:
    """By entry, what the rules say of the money: below £0 (R-POT-5), paid from two funds (R-FUND-2)."""
    own = next(row for row in book.rows(t.Fund) if row.id == fund.fund_id)
    facts = entry_facts(book)
    found = counted_twice(one for rows in facts.values() for one in rows)
    if fund.kind is FundKind.POT:
        found += overdrafts(own.opened_on, own.opening_p, facts.get(fund.fund_id, ()), book.scheme)
    says: dict[int, tuple[Verdict, ...]] = {}
    for verdict in found:
        says[verdict.about.id] = (*says.get(verdict.about.id, ()), verdict)
    return says


def _state(book: Book, line: EntryLine, today: dt.date, *, taken_back: bool) -> str:
    if line.fact.reverses_id is not None:
        return REVERSAL
    if taken_back:
        return TAKEN_BACK
    if line.fact.state is EntryState.PAID:
        return PAID
    return WAITING if waits(book, line.fact, today) else PLANNED


class _Links(Struct, frozen=True):
    """What an entry leads to, in words; "" for nothing."""

    decision: str = ""
    claim: str = ""
    cpd_session: str = ""
    resource: str = ""


def _links(book: Book, fund_id: int) -> dict[int, _Links]:
    """By entry of a fund. Only what entries lead to is read: there may be thousands of others."""
    entry, decision, claim, cpd, resource = (
        t.metadata.tables[name]
        for name in ("fund_entry", "decision", "cover_claim", "cpd_session", "resource")
    )
    query = (
        select(
            entry.c.id, decision.c.code, decision.c.text, claim.c.code, cpd.c.code, cpd.c.title,
            resource.c.code, resource.c.name,
        )
        .select_from(
            entry.outerjoin(decision, entry.c.decision_id == decision.c.id)
            .outerjoin(claim, entry.c.claim_id == claim.c.id)
            .outerjoin(cpd, entry.c.cpd_session_id == cpd.c.id)
            .outerjoin(resource, entry.c.resource_id == resource.c.id)
        )
        .where(entry.c.fund_id == fund_id)
    )  # fmt: skip
    return {
        key: _Links(
            decision=f"{about[0]}: {about[1]}" if about[0] else "",
            claim=about[2] or "",
            cpd_session=f"{about[3]} {about[4]}" if about[3] else "",
            resource=f"{about[5]} {about[6]}" if about[5] else "",
        )
        for key, *about in book.session.connection().execute(query)
    }
