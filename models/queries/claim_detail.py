"""One claim with everything that is known of it, for the panel beside the list."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year, year_bounds
from models.errors import Changed
from models.queries.attachments import FileLine, files_of
from models.queries.book import Book
from models.queries.claim_scope import GONE, ClaimBook
from models.queries.claims_page import ClaimRow, Meter, claim_rows
from models.queries.claims_page import meter as meter_of
from models.queries.cover import claim_lines, claims_on, cover_year, school_terms
from models.rules.cover_checks import claim_verdicts
from models.rules.verdict import Severity
from models.words import ClaimState, ReleaseMethod, RoleKind


class TrailLine(Struct, frozen=True):
    """One move of a claim."""

    on: dt.date
    state: ClaimState
    words: str
    by: str


class Said(Struct, frozen=True):
    """What a rule says of a claim, and how much it weighs."""

    severity: Severity
    text: str


class ClaimDetail(Struct, frozen=True):
    """A claim, for the panel. Amounts in pence.

    Attributes:
        role: what the person is at the school on that day; "" if nothing is entered.
        net_p: the cost before VAT, as it was entered; `vat_p` the VAT on it.
        explained: sentences on how the recognised amount came about.
        meter: the school's allowance, where the claim draws on it.
        fund: the fund that pays it; "" where the school holds the money.
        entry: the number of the entry that paid it; "" for none.
        reverses: the number of the claim it takes back; `reversed_by` that of the line that takes it back.
        said: what the rules say of it.
    """

    row: ClaimRow
    role: str
    net_p: int
    vat_p: int
    method: ReleaseMethod
    explained: tuple[str, ...]
    meter: Meter | None
    fund: str
    entry: str
    claimant: str
    claimed_on: dt.date | None
    approved_by: str
    approved_on: dt.date | None
    paid_on: dt.date | None
    paid_ref: str
    why_allowed: str
    reverses: str
    reversed_by: str
    notes: str
    said: tuple[Said, ...]
    files: tuple[FileLine, ...]
    trail: tuple[TrailLine, ...]


def claim_detail(session: Session, claim_id: int, today: dt.date) -> ClaimDetail:
    """Everything about one claim.

    Raises:
        Changed: it is not there any more.
    """
    table = t.metadata.tables["cover_claim"]
    row: Any = session.execute(select(table).where(table.c.id == claim_id)).first()
    if row is None:
        raise Changed(GONE)
    of: Any = row
    if row.reverses_id is not None:
        of = session.execute(select(table).where(table.c.id == row.reverses_id)).one()
    year = school_year(of.cover_on)
    last = year_bounds(year)[1]
    book = ClaimBook(session, [year], of)
    day = book.today(lambda: today)
    lines = [line for line in claim_lines(book, last) if line.fact.year == year]
    line = next(one for one in lines if one.fact.id == claim_id)
    use = next(
        (one for one in cover_year(book, year, last).schools if one.school_id == line.fact.school_id), None
    )
    return ClaimDetail(
        row=claim_rows(book, [line], min(day, last))[0],
        role=_role(book, row.person_id, of.cover_on),
        net_p=row.cost_p,
        vat_p=row.vat_p,
        method=of.method,
        explained=line.split.reasons,
        meter=meter_of(book, use) if use and use.entitlement.allowance_p else None,
        fund=_fund_name(book, of.fund_id, lead_pays=line.split.lead_pays_p != 0),
        entry=_entry_code(session, claim_id),
        claimant=book.person_name(row.claimant_id),
        claimed_on=row.claimed_on,
        approved_by=book.person_name(row.approver_id),
        approved_on=row.approved_on,
        paid_on=row.paid_on,
        paid_ref=row.paid_ref,
        why_allowed=row.override_reason,
        reverses=of.code if of is not row else "",
        reversed_by=_code(session, table.c.reverses_id == claim_id),
        notes=row.notes,
        said=_said(book, claim_id, year, day),
        files=files_of(session, "cover_claim", claim_id),
        trail=_trail(session, book, claim_id),
    )


def _role(book: Book, person_id: int, day: dt.date) -> str:
    """`science subject leader (SSL)`, or another role of the person's on a day."""
    for kind in (RoleKind.SSL, RoleKind.HEADTEACHER, RoleKind.LEAD_TEACHER, RoleKind.CLUSTER_LEAD):
        if any(role.person_id == person_id for role in book.in_role(kind, day)):
            return kind.label[:1].lower() + kind.label[1:]
    return ""


def _fund_name(book: Book, fund_id: int | None, *, lead_pays: bool) -> str:
    named = next((row.name for row in book.rows(t.Fund) if row.id == fund_id), "")
    return named if lead_pays else ""


def _entry_code(session: Session, claim_id: int) -> str:
    entry = t.metadata.tables["fund_entry"]
    wanted = entry.c.claim_id == claim_id
    found = session.scalar(select(entry.c.code).where(wanted, entry.c.reverses_id.is_(None)).limit(1))
    return found or ""


def _code(session: Session, wanted: Any) -> str:
    table = t.metadata.tables["cover_claim"]
    return session.scalar(select(table.c.code).where(wanted).limit(1)) or ""


def _said(book: Book, claim_id: int, year: int, today: dt.date) -> tuple[Said, ...]:
    last = year_bounds(year)[1]
    found = claim_verdicts(
        claims_on(book, last), book.scheme, book.calendar(), today, school_terms(book, {year}, last)
    )
    return tuple(Said(one.severity, one.text) for one in found if one.about.id == claim_id)


def _trail(session: Session, book: Book, claim_id: int) -> tuple[TrailLine, ...]:
    event = t.metadata.tables["claim_event"]
    wanted = select(event).where(event.c.claim_id == claim_id).order_by(event.c.on, event.c.id)
    return tuple(
        TrailLine(row.on, row.state, row.words, book.person_name(row.person_id))
        for row in session.execute(wanted)
    )
