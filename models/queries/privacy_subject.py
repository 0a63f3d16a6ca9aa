"""Everything that the book holds about one person, to be handed over (subject access; safety.md, 4 G2).

Other people's names are covered. What the person did is told whole; where a record only mentions the person,
or names her or him as the one who decided, only that much of it is told.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from sqlalchemy import select, text
from sqlmodel import Session

from models import tables as t
from models.exchange.cells import EMPTY, in_words
from models.exchange.columns import Column, Kind
from models.exchange.sheets import BY_TABLE
from models.queries.attachments import FileContent, content
from models.queries.book import Book
from models.queries.naming import Key, Names, called, fields_of, links, naming_fields
from models.queries.papers.head import PaperHead, paper_head
from models.queries.privacy_files import PersonFile, files_about
from models.queries.privacy_names import mentions_of, person_columns, text_columns
from models.rules.privacy import ANOTHER, Mentions
from models.services.privacy import due_by
from models.values import replace

if TYPE_CHECKING:
    from models.store import Store
    from models.store.values import Entry, Image

HER_OWN = "person_id"
"""The column by which a record is a person's own."""


ENTERED = "Entered"
"""Said of a record that begins: what it said then stands in it, or in the line that changed it."""


class Asked(Struct, frozen=True):
    """A request to see what is held.

    Attributes:
        person_id: whose.
        on: the day of the request.
        also: other ways in which people write the name.
    """

    person_id: int
    on: dt.date
    also: tuple[str, ...] = ()


class Held(Struct, frozen=True):
    """One record: what it is called, and what it says of the person, a title and words each."""

    name: str
    facts: tuple[tuple[str, str], ...]


class HeldGroup(Struct, frozen=True):
    """The records of one kind."""

    title: str
    records: tuple[Held, ...]


class Past(Struct, frozen=True):
    """A line of history: when, which action on which record, and what it changed."""

    at: dt.datetime
    action: str
    record: str
    facts: tuple[str, ...]


class SubjectAccess(Struct, frozen=True):
    """The answer to a request.

    Attributes:
        head: whose book it is, and whom to ask.
        name: the person's.
        asked: the request; it is answered by `due_by`.
        groups: what the records say.
        history: what changed in them, the oldest first.
        files: the files of the person, each with its bytes.
        packs: how many issued packs there are: they stay as they were handed over, and may name people.
    """

    head: PaperHead
    name: str
    asked: Asked
    due_by: dt.date
    groups: tuple[HeldGroup, ...]
    history: tuple[Past, ...]
    files: tuple[tuple[PersonFile, FileContent], ...]
    packs: int


def subject_access(store: Store, asked: Asked, today: dt.date) -> SubjectAccess:
    """Everything that the book holds about a person.

    Raises:
        Changed: the person is not there any more.
    """
    with store.read() as session:
        teller = _Teller(session, asked)
        kept = teller.rows_now()
        past = teller.rows_ever()
        book = Book(session)
        files = files_about(session, asked.person_id, teller.mentions)
        answer = SubjectAccess(
            head=paper_head(book, book.today(lambda: today)),
            name=teller.mentions.subject.name,
            asked=asked,
            due_by=due_by(asked.on),
            groups=tuple(teller.groups(kept)),
            history=(),
            files=tuple((one, content(session, one.id)) for one in files),
            packs=len(book.rows(t.IssuedPack)),
        )
    history = [(key, entry) for key in sorted({*kept, *past}) for entry in store.history(*key)]
    with store.read() as session:
        return replace(answer, history=tuple(_Teller(session, asked).history(history)))


class _Teller:
    """Tells of one person, in one session."""

    def __init__(self, session: Session, asked: Asked) -> None:
        self._session, self._id = session, asked.person_id
        self.mentions: Mentions = mentions_of(session, asked.person_id, asked.also)

    def rows_now(self) -> dict[Key, Image]:
        """The records that are about the person, by table and id."""
        found: dict[Key, Image] = {}
        for table in t.RECORDED:
            for row in self._session.execute(select(table).order_by(table.c.id)).mappings():
                image = {str(column): value for column, value in row.items()}
                if self._concerns(table.name, image):
                    found[table.name, row["id"]] = image
        return found

    def rows_ever(self) -> set[Key]:
        """The records that are or were about the person, as far as history goes."""
        found = set()
        for table, row_id, *images in self._session.execute(
            text("SELECT table_name, row_id, before, after FROM change")
        ):
            known = [{**json.loads(image), "id": row_id} for image in images if image]
            if table in t.metadata.tables and any(self._concerns(table, image) for image in known):
                found.add((table, row_id))
        return found

    def _concerns(self, table: str, image: Mapping[str, Any]) -> bool:
        return self._is_own(table, image) or any(self._telling(table, image))

    def _is_own(self, table: str, image: Mapping[str, Any]) -> bool:
        if table == "person":
            return bool(image["id"] == self._id)
        return HER_OWN in person_columns(t.metadata.tables[table]) and image.get(HER_OWN) == self._id

    def _telling(self, table: str, image: Mapping[str, Any]) -> Iterator[str]:
        """The fields that name the person, by a link or in words."""
        stored = t.metadata.tables[table]
        for column in person_columns(stored):
            if image.get(column) == self._id:
                yield column
        for column in text_columns(stored):
            words = image.get(column)
            is_name = table == "person" and column == "name"
            if isinstance(words, str) and not is_name and self.mentions.names_her(words):
                yield column

    # -- what the records say

    def groups(self, kept: Mapping[Key, Image]) -> Iterator[HeldGroup]:
        """The records, kind by kind, the person's own record first."""
        names = Names(
            self._session, (key for (table, _), image in kept.items() for key in links(table, image))
        )
        records: dict[str, list[Held]] = defaultdict(list)
        for (table, _), image in kept.items():
            records[table].append(self._held(table, image, names))
        order = {table.name: number for number, table in enumerate(t.RECORDED)}
        for table in sorted(records, key=lambda one: (one != "person", order[one])):
            yield HeldGroup(_title(table), tuple(records[table]))

    def _held(self, table: str, image: Image, names: Names) -> Held:
        told = {column.field for column in fields_of(table)} - {HER_OWN}
        if not self._is_own(table, image):
            told = {column.field for column in naming_fields(table)} | set(self._telling(table, image))
        facts = [
            (column.heading, self._words(column, image.get(column.field), names))
            for column in fields_of(table)
            if column.field in told and image.get(column.field) not in {None, "", False}
        ]
        return Held(self._covered(names.record(table, image)) or called(table), tuple(facts))

    def _words(self, column: Column, value: Any, names: Names) -> str:
        if column.kind is Kind.LINK and column.target == "person" and value is not None:
            return self.mentions.subject.name if value == self._id else ANOTHER
        if column.kind is Kind.LINK:
            return self._covered(names.value(column, value))
        return self._covered(
            value if isinstance(value, str) and column.kind is Kind.TEXT else in_words(column, value)
        )

    def _covered(self, words: str) -> str:
        return self.mentions.without_others(words)

    # -- what happened to them

    def history(self, entries: Iterable[tuple[Key, Entry]]) -> Iterator[Past]:
        """The lines of history that concern the person, the oldest first."""
        known = list(entries)
        images = [(key[0], image) for key, one in known for image in (one.before, one.after) if image]
        names = Names(self._session, (link for table, image in images for link in links(table, image)))
        for (table, row_id), entry in sorted(known, key=lambda one: (one[1].step, one[0])):
            facts = tuple(self._changed(table, {"id": row_id}, entry, names))
            if facts:
                image = entry.after or entry.before or {}
                name = self._covered(names.record(table, image)) or str(row_id)
                kind = called(table)
                action = self._covered(entry.name) + ("" if entry.kind == "do" else f" ({entry.kind})")
                yield Past(entry.at, action, f"{kind[:1].upper()}{kind[1:]}: {name}", facts)

    def _changed(self, table: str, row: Mapping[str, Any], entry: Entry, names: Names) -> Iterator[str]:
        old, new = {**(entry.before or {}), **row}, {**(entry.after or {}), **row}
        own = self._is_own(table, old) or self._is_own(table, new)
        told = {*self._telling(table, old), *self._telling(table, new)}
        if entry.before is None:
            yield from (ENTERED,) if own or told else ()
            return
        for column in fields_of(table):
            if column.field not in entry.changed or not (own or column.field in told):
                continue
            before, after = (self._or_empty(column, image.get(column.field), names) for image in (old, new))
            if before != after:
                gone = "" if entry.after is None else f" → {after}"
                yield f"{column.heading}: {before}{gone}"

    def _or_empty(self, column: Column, value: Any, names: Names) -> str:
        return EMPTY if value in {None, "", False} else self._words(column, value, names)


def _title(table: str) -> str:
    sheet = BY_TABLE.get(table)
    if sheet is not None:
        return sheet.title
    kind = called(table)
    return f"{kind[:1].upper()}{kind[1:]}"
