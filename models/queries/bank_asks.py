"""What schools ask for: Trust resources and the wanted list, as the window lists them (R-RES-1, R-RES-9)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models.queries.bank import trust_facts, wanted_facts
from models.queries.bank_lists import adoption_cells
from models.queries.bank_page import TABLES
from models.queries.book import Book
from models.rules.resources import OrderLine, TrustSupply, joint_orders, trust_supplies, wish_key
from models.words import AdoptionLevel


class RequestRow(Struct, frozen=True):
    """A Trust resource asked for a school (R-RES-1). `used`: how far the school uses it, if that is noted."""

    id: int
    name: str
    school_id: int
    school: str
    copies: int
    requested_on: dt.date
    received_on: dt.date | None
    resource_id: int | None
    resource_code: str
    used: AdoptionLevel | None

    @property
    def state(self) -> str:
        """`Asked`, `Received` or `Used`."""
        if self.received_on is None:
            return "Asked"
        return "Used" if self.used in {AdoptionLevel.SOME, AdoptionLevel.ALL} else "Received"


class Requests(Struct, frozen=True):
    """The requests, newest first, and how they stand by resource."""

    today: dt.date
    rows: tuple[RequestRow, ...]
    supplies: tuple[TrustSupply, ...]


def trust_requests(session: Session, clock: Callable[[], dt.date]) -> Requests:
    """What was asked of the Trust, what came, and whether it is used."""
    book = Book(session)
    today = book.today(clock)
    request, resource = TABLES["trust_request"], TABLES["resource"]
    asked = select(request, resource.c.code).join(
        resource, resource.c.id == request.c.resource_id, isouter=True
    )
    cells = adoption_cells(book, today)
    rows = []
    for row in session.execute(asked.order_by(request.c.requested_on.desc(), request.c.name, request.c.id)):
        school_id = book.present_id(row.school_id, today)
        cell = cells.get(row.resource_id or 0, {}).get(school_id)
        used = cell.use.level if cell and cell.use else None
        rows.append(
            RequestRow(
                row.id, row.name, school_id, book.short_name(school_id), row.copies, row.requested_on,
                row.received_on, row.resource_id, row.code or "", used,
            )
        )  # fmt: skip
    return Requests(today, tuple(rows), trust_supplies(fact for _, fact in trust_facts(book).values()))


class WishRow(Struct, frozen=True):
    """A line of the wanted list (R-RES-9). `alike`: how many schools want the same now, this one included."""

    id: int
    name: str
    school_id: int
    school: str
    quantity: int
    raised_on: dt.date
    filled_on: dt.date | None
    notes: str
    alike: int
    alike_ids: tuple[int, ...]

    @property
    def state(self) -> str:
        """`Met`, `Joint order` or `Wanted`."""
        if self.filled_on is not None:
            return "Met"
        return "Joint order" if self.alike > 1 else "Wanted"


class Wishes(Struct, frozen=True):
    """The wanted list: open wishes first, those of most schools before; and the joint orders."""

    today: dt.date
    rows: tuple[WishRow, ...]
    orders: tuple[OrderLine, ...]


def wishes(session: Session, clock: Callable[[], dt.date]) -> Wishes:
    """What schools want, and what several could order together."""
    book = Book(session)
    today, wanted = book.today(clock), TABLES["wanted_item"]
    found = list(session.execute(select(wanted).order_by(wanted.c.raised_on, wanted.c.id)))
    groups: Mapping[str, list[Any]] = defaultdict(list)
    for row in found:
        if row.filled_on is None:
            groups[wish_key(row.name)].append(row)
    rows = []
    for row in found:
        alike = groups[wish_key(row.name)] if row.filled_on is None else []
        school_id = book.present_id(row.school_id, today)
        rows.append(
            WishRow(
                row.id, row.name, school_id, book.short_name(school_id), row.quantity, row.raised_on,
                row.filled_on, row.notes, len({one.school_id for one in alike}),
                tuple(one.id for one in alike),
            )
        )  # fmt: skip
    rows.sort(key=lambda row: (row.filled_on is not None, -row.alike, wish_key(row.name), row.id))
    return Wishes(today, tuple(rows), joint_orders(fact for _, fact in wanted_facts(book)))
