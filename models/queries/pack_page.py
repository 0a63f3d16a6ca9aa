"""What the tabs of the review pack list: the lead's words, next year's plan, the packs that were issued."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

from msgspec import Struct
from sqlalchemy import func, select
from sqlmodel import Session

from models import tables as t
from models.errors import Changed, Refused
from models.formats import long_date
from models.queries.book import Book
from models.queries.frozen import FIGURES, Since, compared, figures_of, kept_from, money_of
from models.queries.pack import pack_data
from models.queries.years import require_year
from models.words import PackNoteKind

Clock = Callable[[], dt.date]
_BLOB = t.metadata.tables["blob"]
WHERE = {
    PackNoteKind.FOREWORD: "Foreword, a page of its own after the contents",
    PackNoteKind.SUCCESS: "Part 2, Summary",
    PackNoteKind.DIFFICULTY: "Part 2, Summary",
    PackNoteKind.ASK: "Part 2, Summary, at its foot",
}


class WordsRow(Struct, frozen=True):
    """A passage of the lead's own words.

    Attributes:
        place: among those of its kind, from 1.
        many: how many there are of its kind.
    """

    id: int
    kind: PackNoteKind
    place: int
    many: int
    text: str

    @property
    def printed(self) -> str:
        """Where the pack prints it."""
        return WHERE[self.kind]


def words_tab(session: Session, year: int) -> tuple[WordsRow, ...]:
    """The passages of a year's pack, as they are printed."""
    rows = [row for row in Book(session).rows(t.PackNote) if row.school_year == year]
    found = []
    for kind in PackNoteKind:
        own = sorted((row for row in rows if row.kind is kind), key=lambda row: (row.position, row.id))
        found += [WordsRow(row.id or 0, kind, place, len(own), row.text) for place, row in enumerate(own, 1)]
    return tuple(found)


class StepRow(Struct, frozen=True):
    """A line of the plan for a year. `cost_p` in pence; None: not entered."""

    id: int
    place: int
    many: int
    task: str
    success: str
    who: str
    when: str
    cost_p: int | None
    source: str
    check: str


class NextTab(Struct, frozen=True):
    """The plan for the year after the one shown.

    Attributes:
        year: the year it is for.
        meetings: the dates of that year's meetings.
    """

    year: int
    rows: tuple[StepRow, ...]
    meetings: tuple[dt.date, ...]

    @property
    def cost_p(self) -> int:
        """What the lines with a cost come to, in pence."""
        return sum(row.cost_p or 0 for row in self.rows)

    @property
    def without_cost(self) -> int:
        """How many lines have no cost entered."""
        return sum(row.cost_p is None for row in self.rows)


def next_tab(session: Session, year: int) -> NextTab:
    """The plan for the year after a school year, in its order, and that year's meetings."""
    from models.queries.capacity import next_year

    book = Book(session)
    coming = next_year(book, year)
    rows = sorted(
        (row for row in book.rows(t.NextStep) if row.school_year == coming.year),
        key=lambda row: (row.position, row.id),
    )
    lines = tuple(
        StepRow(
            row.id or 0, place, len(rows), row.task, row.success, row.who, row.when, row.cost_p, row.source,
            row.check,
        )
        for place, row in enumerate(rows, 1)
    )  # fmt: skip
    return NextTab(coming.year, lines, tuple(day for day, _title in coming.meetings))


class IssuedRow(Struct, frozen=True):
    """A pack that was issued.

    Attributes:
        changes: what was different from the version before, a line each.
        size: of its paper, in bytes.
        figures: its frozen headline figures: words and value.
    """

    id: int
    pack_number: int
    year: int
    version: int
    issued_on: dt.date
    data_to: dt.date
    changes: tuple[str, ...]
    size: int
    figures: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """`pack 3`."""
        return f"pack {self.pack_number}"


def issued_tab(session: Session) -> tuple[IssuedRow, ...]:
    """Every pack that was issued from this book, newest first."""
    packs = Book(session).rows(t.IssuedPack)
    wanted = select(_BLOB.c.sha256, func.length(_BLOB.c.data))
    wanted = wanted.where(_BLOB.c.sha256.in_([row.sha256 for row in packs]))
    sizes = {row[0]: row[1] for row in session.connection().execute(wanted)}
    rows = sorted(packs, key=lambda row: row.pack_number, reverse=True)
    return tuple(
        IssuedRow(
            row.id or 0, row.pack_number, row.school_year, row.version, row.issued_on, row.data_to,
            tuple(row.changes.splitlines()), sizes.get(row.sha256, 0), _frozen(row.figures),
        )
        for row in rows
    )  # fmt: skip


def _frozen(stored: str) -> tuple[tuple[str, str], ...]:
    known = {one.key: one.value for one in kept_from(stored).figures}
    money = money_of(known)
    return tuple((one.words, one.text(known[one.key], money)) for one in FIGURES if one.key in known)


class FigureLine(Struct, frozen=True):
    """A headline figure of an issued pack, and what it is now."""

    words: str
    then: str
    now: str

    @property
    def changed(self) -> bool:
        """Whether it is another now."""
        return self.then != self.now


class Comparison(Struct, frozen=True):
    """An issued pack beside the book as it is now."""

    title: str
    issued_on: dt.date
    now: dt.date
    lines: tuple[FigureLine, ...]
    since: Since


def compare(session: Session, pack_id: int, clock: Clock) -> Comparison:
    """Hold an issued pack against what its year's figures are now (R-REV-3).

    Raises:
        Changed: it is not there any more.
    """
    book = Book(session)
    row = _row(book, pack_id)
    day = require_year(book, row.school_year, book.today(clock))
    data = pack_data(book, row.school_year, day, photographs=False)
    then = {one.key: one.value for one in kept_from(row.figures).figures}
    now = {one.key: one.value for one in figures_of(data.headline)}
    money = money_of(then, now)
    lines = tuple(
        FigureLine(one.words, one.text(then[one.key], money), one.text(now[one.key], money))
        for one in FIGURES
        if one.key in then
    )
    return Comparison(f"Pack {row.pack_number}", row.issued_on, day, lines, compared(row, data))


def issued_paper(session: Session, pack_id: int) -> bytes:
    """The paper of an issued pack as it was handed over, held against the sum written down then.

    Raises:
        Changed: it is not there any more.
        Refused: its bytes are damaged.
    """
    row = _row(Book(session), pack_id)
    data = session.connection().scalar(select(_BLOB.c.data).where(_BLOB.c.sha256 == row.sha256))
    if data is None or hashlib.sha256(data).hexdigest() != row.sha256:
        raise Refused(
            f"Pack {row.pack_number}, issued on {long_date(row.issued_on)}, is damaged in the book: "
            "restore a backup to have it back."
        )
    return bytes(data)


def _row(book: Book, pack_id: int) -> t.IssuedPack:
    row = next((row for row in book.rows(t.IssuedPack) if row.id == pack_id), None)
    if row is None:
        raise Changed("This pack is not there any more: its issue was undone.")
    return row


def pack_where(session: Session, table: str, record_id: int) -> int | None:
    """The school year in which the page shows a record; None: in every one, or it is not there."""
    book = Book(session)
    if table == "pack_note":
        return next((row.school_year for row in book.rows(t.PackNote) if row.id == record_id), None)
    if table == "next_step":
        return next((row.school_year - 1 for row in book.rows(t.NextStep) if row.id == record_id), None)
    return None
