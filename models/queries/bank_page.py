"""The items of the resource bank as the window lists them, and all that is known of one (R-RES-*, R-LOAN-*).

A few statements for the whole list and none for each row; loans that are over are read for one item only.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import Column, Select, func, select
from sqlmodel import Session

from models import tables as t
from models.formats import date_range
from models.queries.book import Book
from models.rules.loans import (
    LENDABLE,
    LoanFact,
    LoanState,
    Overdue,
    can_be_lent,
    loan_state,
    overdue,
)  # fmt: skip
from models.rules.resources import ResourceFact, Tag, owner_words
from models.words import ResourceKind, ResourceLife, TagKind, Word

TABLES = t.metadata.tables


class Standing(Word):
    """How an item stands today: for what is lent, where it is; for the rest, its stage."""

    AVAILABLE = "available", "Available"
    RESERVED = "reserved", "Reserved"
    OUT = "out", "Out"
    OVERDUE = "overdue", "Overdue"
    IDEA = "idea", "Idea"
    ON_TRIAL = "on_trial", "On trial"
    ADOPTED = "adopted", "Adopted"
    SHARED = "shared", "Shared"
    DROPPED = "dropped", "Dropped"
    RETIRED = "retired", "Retired"


class Held(Struct, frozen=True):
    """A loan that is not over: who has the item, or will have it. `school` is a short name."""

    loan_id: int
    code: str
    school_id: int
    school: str
    starts_on: dt.date
    due_on: dt.date
    state: LoanState
    late: Overdue

    @property
    def days(self) -> str:
        """`7 to 18 July 2025`."""
        return date_range(self.starts_on, self.due_on)


class ItemRow(Struct, frozen=True):
    """A line of the list of items.

    Attributes:
        id: the resource.
        tags: what it can be found by (R-RES-8).
        now: the loan that keeps it today, out or booked; None if it is free.
        next: the next reservation after that.
        parts: how many pieces its contents list.
        words: all that a search looks at, in lower case.
    """

    id: int
    code: str
    name: str
    kind: ResourceKind
    life: ResourceLife
    owner: str
    location: str
    minutes: int | None
    tags: frozenset[Tag]
    standing: Standing
    now: Held | None
    next: Held | None
    parts: int
    has_mains: bool
    next_check_on: dt.date | None
    retired_on: dt.date | None
    words: str

    @property
    def lendable(self) -> bool:
        """Whether it goes out on loan, and could today or later."""
        return self.retired_on is None and can_be_lent(self.kind, self.life)

    def tagged(self, kind: TagKind) -> str:
        """Its tags of a kind: `Y1, Y3`."""
        return ", ".join(sorted(tag.value for tag in self.tags if tag.kind is kind))


class Items(Struct, frozen=True):
    """The list of items.

    Attributes:
        today: the day it is of.
        rows: every item by code; retired ones too.
        values: the tags in use, by kind, to choose from.
        holders: the schools that have something now, by name: (id, short name).
    """

    today: dt.date
    rows: tuple[ItemRow, ...]
    values: Mapping[TagKind, tuple[str, ...]]
    holders: tuple[tuple[int, str], ...]


def items(session: Session, clock: Callable[[], dt.date]) -> Items:
    """Every item of the bank as it stands today."""
    book = Book(session)
    today = book.today(clock)
    rows = item_rows(book, today)
    values: dict[TagKind, set[str]] = defaultdict(set)
    for row in rows:
        for tag in row.tags:
            values[tag.kind].add(tag.value)
    holders = {row.now.school_id: row.now.school for row in rows if row.now and row.standing in _OUT}
    return Items(
        today=today,
        rows=tuple(sorted(rows, key=lambda row: (row.code.casefold(), row.id))),
        values={kind: tuple(sorted(found, key=str.casefold)) for kind, found in values.items()},
        holders=tuple(sorted(holders.items(), key=lambda pair: pair[1].casefold())),
    )


def item_rows(book: Book, today: dt.date, resource_id: int | None = None) -> tuple[ItemRow, ...]:
    """Every item as it stands today, or one."""
    session, resource = book.session, TABLES["resource"]
    held, tags, parts = (
        _held(book, today, resource_id),
        _tags(session, resource_id),
        _parts(session, resource_id),
    )
    asked = _of(select(resource), resource.c.id, resource_id)
    return tuple(
        _row(book, row, tags[row.id], held[row.id], parts.get(row.id, (0, "")), today)
        for row in session.execute(asked)
    )


def _of(asked: Select[Any], column: Column[Any], resource_id: int | None) -> Select[Any]:
    return asked if resource_id is None else asked.where(column == resource_id)


_OUT = {Standing.OUT, Standing.OVERDUE}
_OF_LOAN = {
    LoanState.OUT: Standing.OUT,
    LoanState.OVERDUE: Standing.OVERDUE,
    LoanState.RESERVED: Standing.RESERVED,
}
_OF_LIFE = {
    ResourceLife.IDEA: Standing.IDEA,
    ResourceLife.ON_TRIAL: Standing.ON_TRIAL,
    ResourceLife.ADOPTED: Standing.ADOPTED,
    ResourceLife.SHARED: Standing.SHARED,
    ResourceLife.DROPPED: Standing.DROPPED,
}


def _row(
    book: Book, row: Any, tags: set[Tag], held: list[Held], parts: tuple[int, str], today: dt.date
) -> ItemRow:
    # out before booked, then by day: what is out keeps it whatever was booked
    held.sort(key=lambda one: (one.state is LoanState.RESERVED, one.starts_on, one.loan_id))
    now = next((one for one in held if one.starts_on <= today or one.state is not LoanState.RESERVED), None)
    after = next((one for one in held if one.state is LoanState.RESERVED and one is not now), None)
    fact = ResourceFact(
        row.id, row.name, owner=row.owner, owner_name=book.short_name(row.owner_school_id) or row.lender
    )
    said = [row.code, row.name, row.description, row.location, row.lender, row.dropped_reason, parts[1]]
    said += [tag.value for tag in tags] + [one.school for one in held] + [row.kind.label, owner_words(fact)]
    return ItemRow(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=row.kind,
        life=row.life,
        owner=owner_words(fact),
        location=row.location,
        minutes=row.minutes,
        tags=frozenset(tags),
        standing=_standing(row, now, today),
        now=now,
        next=after,
        parts=parts[0],
        has_mains=row.has_mains,
        next_check_on=row.next_check_on,
        retired_on=row.retired_on,
        words=" ".join(said).casefold(),
    )


def _standing(row: Any, now: Held | None, today: dt.date) -> Standing:
    if now is not None:
        return _OF_LOAN[now.state]
    if row.retired_on is not None and row.retired_on <= today:
        return Standing.RETIRED
    if row.kind in LENDABLE and row.life in {ResourceLife.SHARED, ResourceLife.ADOPTED}:
        return Standing.AVAILABLE
    return _OF_LIFE[row.life]


def _held(book: Book, today: dt.date, resource_id: int | None) -> dict[int, list[Held]]:
    """The loans that are not over, by resource."""
    loan = TABLES["loan"]
    asked = select(loan).where(loan.c.back_on.is_(None), loan.c.cancelled_on.is_(None))
    asked = _of(asked, loan.c.resource_id, resource_id)
    found: dict[int, list[Held]] = defaultdict(list)
    scheme, calendar = book.scheme(today), book.calendar()
    for row in book.session.execute(asked):
        fact = loan_fact(row)
        if fact.out_on is None and fact.due_on < today:
            continue  # a reservation that nobody fetched keeps nothing
        school_id = book.present_id(row.school_id, today)
        found[row.resource_id].append(
            Held(
                row.id, row.code, school_id, book.short_name(school_id), row.starts_on, row.due_on,
                loan_state(fact, today), overdue(fact, today, scheme, calendar),
            )
        )  # fmt: skip
    return found


def loan_fact(row: Any, resource: str = "", school: str = "") -> LoanFact:
    """A row of the table of loans as the rules know it."""
    return LoanFact(
        row.id, row.resource_id, resource, row.school_id, school, row.starts_on, row.due_on, row.out_on,
        row.back_on, row.cancelled_on,
    )  # fmt: skip


def _tags(session: Session, resource_id: int | None) -> dict[int, set[Tag]]:
    tag = TABLES["resource_tag"]
    asked = _of(select(tag.c.resource_id, tag.c.kind, tag.c.value), tag.c.resource_id, resource_id)
    found: dict[int, set[Tag]] = defaultdict(set)
    for key, kind, value in session.execute(asked):
        found[key].add(Tag(kind, value))
    return found


def _parts(session: Session, resource_id: int | None) -> dict[int, tuple[int, str]]:
    """How many pieces each kit lists, and what they are."""
    part = TABLES["kit_item"]
    asked = _of(
        select(part.c.resource_id, func.sum(part.c.quantity), func.group_concat(part.c.name, " ")),
        part.c.resource_id,
        resource_id,
    )
    return {
        key: (number, names) for key, number, names in session.execute(asked.group_by(part.c.resource_id))
    }
