"""What a thing could serve, and what could serve an aim or a focus area: for the two ways of linking them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.calendar import TermName, year_bounds
from models.queries.book import Book
from models.queries.partial import YearBook
from models.queries.served import Thing, aim_facts, term_of_day, things
from models.rules.aims import aims_on
from models.services.serving import THINGS, Target

_LINK, _AIM, _AREA = (t.metadata.tables[name] for name in ("aim_link", "aim", "focus_area"))
KIND_WORDS = {
    "meeting": "Meeting",
    "cpd_session": "CPD session",
    "resource": "Resource",
    "project": "Project",
    "fund_entry": "Payment",
    "activity": "Activity",
    "evidence": "Evidence",
}
"""By table: what a thing is called in a list of several kinds."""


class Served(Struct, frozen=True):
    """What a thing could serve: the aims of a day and the focus areas in use, and which it does.

    Attributes:
        aims, areas: the id and the words of each.
        aim_ids, area_ids: those that it serves.
    """

    aims: tuple[tuple[int, str], ...]
    areas: tuple[tuple[int, str], ...]
    aim_ids: frozenset[int] = frozenset()
    area_ids: frozenset[int] = frozenset()


def served(session: Session, table: str, record_id: int | None, day: dt.date) -> Served:
    """The aims and focus areas to choose from for a thing.

    Args:
        session: to read with.
        table: the thing's table.
        record_id: the thing; None for one that is still to be entered.
        day: its day: the aims are in the words of that day. An aim that begins later is offered too.
    """
    links: list[Any] = []
    if record_id is not None:
        column = _LINK.c[f"{table}_id"]
        links = list(session.execute(select(_LINK).where(column == record_id)))
    aim_ids = frozenset(one.aim_id for one in links if one.aim_id is not None)
    area_ids = frozenset(one.focus_area_id for one in links if one.focus_area_id is not None)
    wordings = session.execute(select(_AIM).order_by(_AIM.c.starts_on)).all()
    stated: dict[int, Any] = {}
    for one in wordings:
        if one.starts_on <= day or one.number not in stated:
            stated[one.number] = one  # of several wordings the newest of that day
    offered = {one.id: one for one in (*stated.values(), *(w for w in wordings if w.id in aim_ids))}
    areas = session.execute(
        select(_AREA)
        .where(_AREA.c.retired.is_(False) | _AREA.c.id.in_(area_ids))
        .order_by(_AREA.c.position, _AREA.c.id)
    )
    return Served(
        tuple((one.id, f"{one.number}. {one.text}") for one in sorted(offered.values(), key=_by_number)),
        tuple((one.id, one.name) for one in areas),
        aim_ids,
        area_ids,
    )


def serves_words(session: Session, table: str, record_id: int) -> tuple[str, ...]:
    """What a thing serves, in words: `Aim 2: …`, the names of focus areas."""
    both = _LINK.outerjoin(_AIM, _AIM.c.id == _LINK.c.aim_id).outerjoin(
        _AREA, _AREA.c.id == _LINK.c.focus_area_id
    )
    wanted = (
        select(_AIM.c.number, _AIM.c.text, _AREA.c.name)
        .select_from(both)
        .where(_LINK.c[f"{table}_id"] == record_id)
        .order_by(_AIM.c.number.is_(None), _AIM.c.number, _AREA.c.position)
    )
    return tuple(
        f"Aim {number}: {words}" if number is not None else area
        for number, words, area in session.execute(wanted)
    )


def _by_number(row: Any) -> tuple[int, int]:
    return row.number, row.id


class Linkable(Struct, frozen=True):
    """Something of a year that could serve an aim or a focus area.

    Attributes:
        key: its table and its id.
        on: its day; of a resource the last day on which it went out.
        schools: the short names of the schools that took part.
        terms: the terms it was in.
        linked: it serves already.
    """

    key: tuple[str, int]
    code: str
    title: str
    on: dt.date | None
    school_ids: frozenset[int]
    schools: tuple[str, ...]
    terms: frozenset[TermName]
    linked: bool

    @property
    def kind(self) -> str:
        """What it is, in a word or two."""
        return KIND_WORDS[self.key[0]]


class ToLink(Struct, frozen=True):
    """What can be linked to an aim or a focus area in a year.

    Attributes:
        words: what is served, in words.
        day: the day whose wording a new link rests on.
        things: what there is, newest first; what has no day last.
    """

    target: Target
    words: str
    day: dt.date
    things: tuple[Linkable, ...]


def to_link(
    session: Session, target: Target, year: int, clock: Callable[[], dt.date] = dt.date.today
) -> ToLink:
    """Everything of a school year up to today that could serve an aim or a focus area."""
    book = YearBook(session, year)
    first, last = year_bounds(year)
    until = max(first, min(last, book.today(clock)))
    linked = _linked(book, target)
    found: dict[tuple[str, int], Linkable] = {}
    for thing in things(book):
        if thing.on is None or first <= thing.on <= until:
            key = (thing.table, thing.id)
            found[key] = _with(book, found.get(key), thing, until, linked=key in linked)
    order = sorted(found.values(), key=lambda one: (one.on or dt.date.min, one.key), reverse=True)
    return ToLink(target, _words(book, target, until), until, tuple(order))


def _with(book: Book, before: Linkable | None, thing: Thing, until: dt.date, *, linked: bool) -> Linkable:
    """A thing; of a resource lent several times all schools and terms together, and the last day."""
    schools = frozenset(book.present_id(one, until) for one in thing.school_ids)
    terms = frozenset({term_of_day(book.calendar(), thing.on)} if thing.on else ())
    on = thing.on
    if before is not None:
        schools, terms = schools | before.school_ids, terms | before.terms
        on = max(before.on or dt.date.min, on or dt.date.min)
    return Linkable(
        key=(thing.table, thing.id),
        code=thing.code,
        title=thing.words or thing.title,
        on=on,
        school_ids=schools,
        schools=tuple(sorted((book.short_name(one) for one in schools), key=str.casefold)),
        terms=terms,
        linked=linked,
    )


def _linked(book: Book, target: Target) -> frozenset[tuple[str, int]]:
    numbers = {one.id: one.number for one in aim_facts(book)}
    found = set()
    for row in book.rows(t.AimLink):
        if target.aim is not None and numbers.get(row.aim_id or 0) != target.aim:
            continue
        if target.aim is None and row.focus_area_id != target.area_id:
            continue
        table = next(one for one in THINGS if getattr(row, f"{one}_id") is not None)
        found.add((table, int(getattr(row, f"{table}_id"))))
    return frozenset(found)


def _words(book: Book, target: Target, day: dt.date) -> str:
    if target.aim is not None:
        return f"Aim {target.aim}: {aims_on(aim_facts(book), day)[target.aim - 1].words}"
    return next((row.name for row in book.rows(t.FocusArea) if row.id == target.area_id), "")
