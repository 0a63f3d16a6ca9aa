"""What happened to a record, and what lies in the Bin: history in the field's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from sqlalchemy import bindparam, text
from sqlmodel import Session

from models.errors import BadInput
from models.exchange.columns import Column, Kind
from models.formats import count
from models.queries.binned import BIN_DAYS, part_link, wholes
from models.queries.naming import Key, Names, called, fields_of, links
from models.rules.scheme import catalogue
from models.services.records import PARTS

if TYPE_CHECKING:
    from models.store import Store
    from models.store.values import Deleted, Entry, Image

MOST_FACTS = 12  # of one action; a record has at most so many fields that matter at a glance
EXCERPT = 60


class HistoryLine(Struct, frozen=True):
    """What one action did to a record and its parts.

    Attributes:
        step: the action's number.
        at: when, in UTC.
        name: the action's name; of an undo, that of what was undone.
        kind: "do", "undo" or "redo".
        who: whose action it was; "" where that was not noted.
        facts: what changed, a sentence each: “Cost before VAT: £90.00 → £95.00”.
        more: how many further facts are left out.
        reversible: it can be taken back on its own, unless later work rests on it.
        others: how many other records the same action changed.
    """

    step: int
    at: dt.datetime
    name: str
    kind: str
    who: str
    facts: tuple[str, ...]
    more: int = 0
    reversible: bool = False
    others: int = 0


class BinLine(Struct, frozen=True):
    """A deleted record.

    Attributes:
        table: its table.
        id: its number.
        kind: what it is: “cover claim”.
        name: what it is called; never empty.
        at: when it was deleted, in UTC.
        action: the name of the action that deleted it.
        days_left: how many days the Bin still lists it, counting today.
        code: its code; "" if it has none.
    """

    table: str
    id: int
    kind: str
    name: str
    at: dt.datetime
    action: str
    days_left: int
    code: str = ""

    @property
    def restoring(self) -> str:
        """The name of the action that brings it back; names are kept, so it names no person."""
        article = "an" if self.kind[0] in "aeiou" else "a"
        return f"Restore {self.kind} {self.code}" if self.code else f"Restore {article} {self.kind}"


@dataclass
class _Happened:
    """What one step did, as it is gathered."""

    entry: Entry
    own: Entry | None = None
    parts: list[tuple[str, str, Entry]] = field(default_factory=list)  # table, link, entry


def record_history(store: Store, table: str, record_id: int) -> tuple[HistoryLine, ...]:
    """Everything that happened to a record and to its own parts, newest first."""
    steps: dict[int, _Happened] = {}
    for entry in store.history(table, record_id):
        steps.setdefault(entry.step, _Happened(entry)).own = entry
    for part in PARTS.get(table, ()):
        link = part_link(part, table)
        for _, entry in store.history_of_parts(part, link, record_id):
            steps.setdefault(entry.step, _Happened(entry)).parts.append((part, link, entry))
    with store.read() as session:
        names = Names(session, _wanted(table, steps.values()))
        states = _states(session, steps)
    return tuple(_line(table, steps[step], names, states[step]) for step in sorted(steps, reverse=True))


def _wanted(table: str, happened: Iterable[_Happened]) -> Iterator[Key]:
    for one in happened:
        of = [(table, one.own)] if one.own else []
        for name, entry in [*of, *((part, entry) for part, _, entry in one.parts)]:
            for image in (entry.before, entry.after):
                if image is not None:
                    yield from links(name, image)


def _states(session: Session, steps: Iterable[int]) -> dict[int, tuple[str, int]]:
    """The state of each step, and how many rows it changed."""
    query = text(
        "SELECT s.id, coalesce(s.state, ''), (SELECT count(*) FROM change WHERE step_id = s.id) "
        "FROM step s WHERE s.id IN :steps"
    ).bindparams(bindparam("steps", expanding=True))
    found = session.connection().execute(query, {"steps": list(steps)})
    return {step: (state, rows) for step, state, rows in found}


def _line(table: str, happened: _Happened, names: Names, state: tuple[str, int]) -> HistoryLine:
    facts = [*_own_facts(table, happened.own, names)] if happened.own else []
    facts += [_part_fact(part, link, entry, names) for part, link, entry in happened.parts]
    entry, (done, rows) = happened.entry, state
    return HistoryLine(
        step=entry.step,
        at=entry.at,
        name=entry.name,
        kind=entry.kind,
        who=entry.who,
        facts=tuple(facts[:MOST_FACTS]),
        more=max(len(facts) - MOST_FACTS, 0),
        reversible=entry.kind == "do" and done == "done",
        others=rows - len(happened.parts) - (happened.own is not None),
    )


def _own_facts(table: str, entry: Entry, names: Names) -> Iterator[str]:
    if entry.after is None:
        yield "Deleted"
        return
    for column in fields_of(table):
        new = entry.after.get(column.field)
        if entry.before is None:
            if new is not None and new is not False and new != "":
                yield f"{column.heading}: {_value(table, column, entry.after, names)}"
        elif entry.before.get(column.field) != new:
            yield f"{column.heading}: {_from_to(table, column, entry.before, entry.after, names)}"


def _part_fact(part: str, link: str, entry: Entry, names: Names) -> str:
    image = entry.after or entry.before or {}
    name = names.record(part, image, besides=link)
    kind = called(part)
    head = f"{kind[:1].upper()}{kind[1:]}" + (f", {name}" if name else "")
    if entry.before is None:
        return f"{head}: added"
    if entry.after is None:
        return f"{head}: deleted"
    return f"{head}: " + "; ".join(
        f"{column.heading}: {_from_to(part, column, entry.before, entry.after, names)}"
        for column in fields_of(part)
        if entry.before.get(column.field) != entry.after.get(column.field)
    )


def _from_to(table: str, column: Column, before: Image, after: Image, names: Names) -> str:
    old, new = before.get(column.field), after.get(column.field)
    if column.kind is Kind.TEXT and isinstance(old, str) and isinstance(new, str):
        old_words, new_words = _excerpts(old, new)
        if max(len(old), len(new)) > EXCERPT:
            return f"{old_words} → {new_words}"
    return f"{_value(table, column, before, names)} → {_value(table, column, after, names)}"


def _value(table: str, column: Column, image: Image, names: Names) -> str:
    value: Any = image.get(column.field)
    if table == "scheme_setting" and column.field == "value":
        return setting_words(str(image.get("key")), str(value or ""))
    return names.value(column, value)


def setting_words(key: str, stored: str) -> str:
    """A scheme rule's stored value in its unit; as it stands where the catalogue no longer knows it."""
    spec = catalogue().get(key)
    try:
        return spec.words(spec.read(stored)) if spec else stored
    except BadInput:
        return stored


def _excerpts(old: str, new: str) -> tuple[str, str]:
    """Two long texts cut to where they begin to differ, on one line each."""
    one, two = " ".join(old.split()), " ".join(new.split())
    alike = next(
        (n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))
    )
    start = max(alike - EXCERPT // 3, 0) if max(len(one), len(two)) > EXCERPT else 0
    return _cut(one, start), _cut(two, start)


def _cut(words: str, start: int) -> str:
    if not words:
        return "empty"
    shown = words[start : start + EXCERPT]
    return ("…" if start else "") + shown.strip() + ("…" if start + EXCERPT < len(words) else "")


# -- the Bin


def bin_lines(store: Store, now: dt.datetime, tables: Sequence[str] = ()) -> tuple[BinLine, ...]:
    """What was deleted within the Bin's days, newest first. Own parts come back with their record.

    Args:
        store: the open book.
        now: this moment, in UTC.
        tables: only records of these tables; all of them when empty.
    """
    recent = wholes(store.recent_bin(now - dt.timedelta(days=BIN_DAYS)))
    gone = [one for one in recent if not tables or one.table in tables]
    with store.read() as session:
        names = Names(session, (key for one in gone for key in links(one.table, one.image)))
    return tuple(_bin_line(one, names, now) for one in gone)


def _bin_line(one: Deleted, names: Names, now: dt.datetime) -> BinLine:
    image: Mapping[str, object] = one.image
    return BinLine(
        table=one.table,
        id=one.row_id,
        kind=called(one.table),
        name=names.record(one.table, image) or f"{called(one.table)} {one.row_id}",
        at=one.at,
        action=one.name,
        days_left=BIN_DAYS - (now - one.at).days,
        code=next((str(image.get(c.field) or "") for c in fields_of(one.table) if c.prefix), ""),
    )


def left_words(days: int) -> str:
    """`12 days left`, `last day`."""
    return "last day" if days <= 1 else f"{count(days, 'day')} left"
