"""From the rows of a workbook to what an import would do: each row read, matched, checked and compared.

Sheet by sheet, parents first, so that a link finds its target in the book or among the rows before it. A row
that is not in the book yet goes by a negative id until it is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from models import tables as t
from models.errors import BadInput
from models.exchange import schemewords
from models.exchange.book import Book, Fields, Key, SheetRows, folded
from models.exchange.cells import EMPTY, in_words, read_cell
from models.exchange.columns import Column, Kind, column_of, columns, key_columns
from models.exchange.incoming import Incoming
from models.exchange.preview import FieldChange, Mark, Problem, RowPreview
from models.exchange.sheets import Sheet
from models.rules.cover_facts import FROZEN
from models.services.codes import next_codes
from models.tables.base import problems as draft_problems

NO_CODE = "?"  # stands for a code still to be given out, so that the rest of the row can be checked


def is_unfrozen(sheet: Sheet, fields: Fields) -> bool:
    """True for a claim approved or paid whose recognised amount an import has to work out (R-COVER-13)."""
    return sheet.record is t.CoverClaim and fields.get("state") in FROZEN and fields.get("approved_p") is None


@dataclass
class Entry:
    """A row on its way: what was read so far, and which record it is."""

    number: int
    values: dict[str, Any]
    failed: set[str] = field(default_factory=set)  # fields that could not be read, or do not fit
    record_id: int = 0
    draft: t.Draft | None = None


@dataclass
class Planner:
    """Works through the sheets in order; keeps what later sheets may link to."""

    session: Session
    book: Book
    problems: dict[Problem, None] = field(default_factory=dict)  # in order, each once
    rows: list[RowPreview] = field(default_factory=list)
    pending: int = 0

    def plan(self, incoming: Incoming) -> None:
        """Add one sheet."""
        SheetPlan(self, incoming).run()

    def next_pending(self) -> int:
        """An id for a row that is not stored yet."""
        self.pending -= 1
        return self.pending


class SheetPlan:
    """One sheet's part of the plan."""

    def __init__(self, planner: Planner, incoming: Incoming) -> None:
        self.planner = planner
        self.sheet: Sheet = incoming.sheet
        self.incoming = incoming
        self.stored: SheetRows = planner.book.rows(incoming.sheet)
        self.entries: list[Entry] = []
        self.missing: set[str] = set()  # columns already complained about

    def run(self) -> None:
        """Read, match, link, check and compare every row."""
        if self._lacks_key():
            return
        own = str(self.sheet.table.name)
        self.entries = [Entry(row.number, {}) for row in self.incoming.rows]
        for entry, row in zip(self.entries, self.incoming.rows, strict=True):
            self._read(entry, row.cells)
            self._link(entry, [c for c in self.incoming.columns if c.target != own])
        coded = [entry for entry in self.entries if self._has_key(entry)]
        self._match(coded)
        for entry in self.entries:
            self._link(entry, [c for c in self.incoming.columns if c.target == own])
        self._no_circles([c for c in self.incoming.columns if c.target == own])
        self._give_codes([entry for entry in self.entries if not self._has_key(entry)])
        for entry in self.entries:
            self.planner.rows.append(self._compared(entry))

    # -- reading

    def _lacks_key(self) -> bool:
        here = {column.field for column in self.incoming.columns}
        wanted = [column_of(self.sheet, part) for part in self.sheet.key]
        lacking = [column.heading for column in wanted if column.needed and column.field not in here]
        for heading in lacking if self.incoming.rows else []:
            self._problem(0, heading, "this column is missing: it tells the rows apart.")
        return bool(lacking)

    def _problem(self, row: int, column: str, sentence: str) -> None:
        self.planner.problems[Problem(self.sheet.title, row, column, sentence)] = None

    def _wrong(self, entry: Entry, column: Column, sentence: str) -> None:
        entry.failed.add(column.field)
        entry.values.pop(column.field, None)
        self._problem(entry.number, column.heading, sentence)

    def _read(self, entry: Entry, cells: Mapping[str, Any]) -> None:
        for column in self.incoming.columns:
            try:
                entry.values[column.field] = read_cell(column, cells[column.field])
            except BadInput as wrong:
                self._wrong(entry, column, str(wrong))
        if self.sheet.record is t.SchemeSetting and {"key", "value"} <= entry.values.keys():
            self._setting(entry)

    def _setting(self, entry: Entry) -> None:
        key, text = entry.values["key"], entry.values["value"]
        if key is None:
            return
        try:
            entry.values["value"] = schemewords.checked_value(key, text or "") or None
        except BadInput as wrong:
            self._wrong(entry, column_of(self.sheet, "value"), str(wrong))

    def _link(self, entry: Entry, links: Sequence[Column]) -> None:
        for column in links:
            if column.kind is not Kind.LINK or entry.values.get(column.field) is None:
                continue
            try:
                entry.values[column.field] = self.planner.book.resolve(column, entry.values[column.field])
            except BadInput as wrong:
                self._wrong(entry, column, str(wrong))

    def _no_circles(self, links: Sequence[Column]) -> None:
        """New rows that lead back to themselves cannot be stored one after the other."""
        by_id = {entry.record_id: entry for entry in self.entries if entry.record_id < 0}
        for column in links:
            for entry in by_id.values():
                met, following = {entry.record_id}, by_id.get(entry.values.get(column.field, 0) or 0)
                while following is not None and following.record_id not in met:
                    met.add(following.record_id)
                    following = by_id.get(following.values.get(column.field, 0) or 0)
                if following is entry:
                    self._wrong(entry, column, "these rows refer to each other in a circle.")

    # -- matching

    def _has_key(self, entry: Entry) -> bool:
        """False for a row whose code is still to be given out."""
        return not self.sheet.natural or entry.values.get("code") is not None

    def _key(self, entry: Entry) -> Key | None:
        """What the row is known by; None where a part of it could not be read, or is needed and not there."""
        if entry.failed & set(self.sheet.key):
            return None
        key = tuple(self._or_default(part, entry.values.get(part)) for part in self.sheet.key)
        needed = [column.needed for column in key_columns(self.sheet)]
        return None if (None, True) in zip(key, needed, strict=True) else key

    def _or_default(self, part: str, value: Any) -> Any:
        if value is None:
            info = self.sheet.draft.model_fields[part]
            return None if info.is_required() else info.default
        return value

    def _match(self, entries: Sequence[Entry]) -> None:
        """Tie each row to the record it is, or give it an id of its own; then others can link to it."""
        alike: dict[Key, list[Entry]] = {}
        for entry in entries:
            key = self._key(entry)
            if key is not None:
                alike.setdefault(key, []).append(entry)
        if not self.sheet.key:
            self._only_one(entries)
        claimed: set[int] = set()
        for key, group in sorted(alike.items(), key=lambda pair: not self.stored.keys.has(pair[0])):
            there = [i for i in self.stored.keys.find(key) if i not in claimed]
            for entry, record_id in self._pairs(group, there):
                entry.record_id = record_id
                claimed.add(record_id)
        for key, group in alike.items():
            for entry in group:
                if not entry.record_id:
                    self._announce(entry, key)

    def _announce(self, entry: Entry, key: Key) -> None:
        """Let other rows link to a row that is not stored yet."""
        entry.record_id = self.planner.next_pending()
        self.stored.keys.add(key, entry.record_id)
        fields = dict(zip(self.sheet.key, key, strict=True))
        self.stored.texts[entry.record_id] = self.planner.book.text_of(self.sheet, fields)

    def _only_one(self, entries: Sequence[Entry]) -> None:
        for entry in entries[1:]:
            entry.failed.add("")
            self._problem(entry.number, "", "this sheet takes one row only.")

    def _pairs(self, group: Sequence[Entry], there: Sequence[int]) -> Iterator[tuple[Entry, int]]:
        """Rows and records of one key. Where there are several of either, those that agree in full first."""
        if len(group) == 1 and len(there) == 1:
            yield group[0], there[0]
            return
        entries, records = list(group), list(there)
        for entry in group:
            same = next((i for i in records if self._agrees(entry, self.stored.by_id[i])), None)
            if same is not None:
                yield entry, same
                entries.remove(entry)
                records.remove(same)
        yield from zip(entries, records, strict=False)

    def _agrees(self, entry: Entry, fields: Fields) -> bool:
        return all(self._or_default(part, value) == fields[part] for part, value in entry.values.items())

    def _give_codes(self, entries: Sequence[Entry]) -> None:
        """Rows without a code: the record with the same natural key, or the next free code."""
        taken = [entry.values["code"] for entry in self.entries if entry.values.get("code")]
        codes = next_codes(self.planner.session, self.sheet.record, taken)
        matched = {entry.record_id: entry for entry in self.entries if entry.record_id}
        seen: dict[Key, Entry] = {}
        for entry in entries:
            entry.values["code"] = NO_CODE
            if not self._check(entry, {}):
                continue
            natural = folded(tuple(getattr(entry.draft, part) for part in self.sheet.natural))
            if natural in seen:
                self._twice(entry, seen[natural])
                continue
            seen[natural] = entry
            there = self.stored.natural.find(natural)
            if len(there) > 1:
                named = " and ".join(self.stored.by_id[i]["code"] for i in there[:2])
                self._wrong(entry, self._code, f"this could be {named}: write which it is.")
            elif there and there[0] in matched:
                self._twice(entry, matched[there[0]])
            else:
                entry.record_id = there[0] if there else self.planner.next_pending()
                entry.values["code"] = self.stored.by_id[there[0]]["code"] if there else next(codes)

    @property
    def _code(self) -> Column:
        return column_of(self.sheet, "code")

    def _twice(self, entry: Entry, other: Entry) -> None:
        self._wrong(
            entry, self._code,
            f"this is the same as row {other.number}: if both are meant, give each its own code here.",
        )  # fmt: skip

    # -- checking and comparing

    def _check(self, entry: Entry, before: Fields) -> bool:
        """Make the row's draft: what is stored, then what the row says, then what an empty cell means."""
        values = {**before, **entry.values}
        if is_unfrozen(self.sheet, values):  # what was frozen once stays, though the cell is left empty
            values["approved_p"] = before.get("approved_p")
        values = {name: value for name, value in values.items() if value is not None}
        try:
            entry.draft = self.sheet.draft.model_validate(values)
        except ValidationError as wrong:
            for fault in draft_problems(self.sheet.draft, wrong):
                if fault.field not in entry.failed:
                    self._draft_problem(entry, fault)
            return False
        return not entry.failed

    def _draft_problem(self, entry: Entry, fault: BadInput) -> None:
        here = {column.field for column in self.incoming.columns}
        heading = self.sheet.heading(fault.field)
        sentence = str(fault).removeprefix(f"{heading}: ")
        if sentence != f"{heading} is needed.":
            self._problem(entry.number, heading, sentence)
        elif fault.field in here:
            self._problem(entry.number, heading, "this cell needs an entry.")
        elif fault.field not in self.missing:
            self.missing.add(fault.field)
            self._problem(0, heading, "this column is missing: a new row needs it.")

    def _compared(self, entry: Entry) -> RowPreview:
        before = self.stored.by_id.get(entry.record_id)
        if not self._check(entry, before or {}) or entry.draft is None:
            return RowPreview(self.sheet.title, entry.number, Mark.ERROR, "", record_id=entry.record_id)
        after = {name: getattr(entry.draft, name) for name in self.sheet.fields}
        name = self.planner.book.text_of(self.sheet, after)
        differ = [c for c in columns(self.sheet) if before and before[c.field] != after[c.field]]
        changes = tuple(self._change(column, before or {}, after) for column in differ)
        mark = (Mark.CHANGED if changes else Mark.SAME) if before is not None else Mark.NEW
        return RowPreview(
            self.sheet.title, entry.number, mark, name, changes, entry.record_id, before or {}, after
        )

    def _change(self, column: Column, before: Fields, after: Fields) -> FieldChange:
        old, new = (self._words(column, fields[column.field]) for fields in (before, after))
        return FieldChange(column.heading, old, new)

    def _words(self, column: Column, value: Any) -> str:
        if value is None:
            return EMPTY
        return in_words(column, self.planner.book.cell_value(column, value))
