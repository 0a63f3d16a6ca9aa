"""What the file itself would refuse, found before anything is written and said of the row that is at fault.

The conditions are the tables' own: UNIQUE over the book as it would be, CHECK by asking SQLite about each new
or changed row. Nothing about them is repeated here but the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import CheckConstraint, Table, UniqueConstraint, bindparam, literal_column, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session

from models.exchange.book import Book, Fields
from models.exchange.columns import column_of
from models.exchange.preview import Mark, Problem, RowPreview
from models.exchange.sheets import Sheet

# The tables' own conditions: the field at fault, and what to write. A test names any that is missing here.
WORDS: dict[tuple[str, str], tuple[str, str]] = {
    ("agreement", "order"): ("ends_on", "it must end after it starts."),
    ("school", "ages"): ("high_age", "the oldest age cannot be below the youngest."),
    ("school", "urn"): ("urn", "a URN has six digits; leave it empty outside England."),
    ("school_term", "order"): ("ends_on", "the last day cannot be before the first."),
    ("membership", "order"): ("left_on", "a school cannot leave before it joined."),
    ("lead_spell", "order"): ("ends_on", "it cannot end before it begins."),
    ("role", "order"): ("ends_on", "it cannot end before it begins."),
    ("meeting", "order"): ("ends_at", "a meeting must end after it starts."),
    ("approval", "decided"): ("decided_on", "an approved or declined request needs the day of the answer."),
    ("cover_claim", "paid"): ("paid_on", "a paid claim needs the day and the payment reference."),
    ("cover_claim", "sign"): ("cost_p", "an amount is negative only on a line that reverses a paid claim."),
    ("fund_entry", "vat"): ("vat_p", "the VAT cannot be more than the amount."),
    ("resource", "owner"): ("owner_school_id", "write which school owns it."),
    ("loan", "order"): ("due_on", "it cannot be due back before the loan begins."),
    ("loan", "back"): ("back_on", "it cannot come back before it went out."),
    ("loan_line", "counts"): ("in_quantity", "no more can come back than went out."),
    ("aim_link", "one_aim"): ("aim_id", "fill in either the aim or the focus area."),
    ("aim_link", "one_thing"): ("", "fill in exactly one thing that serves the aim."),
    ("pack_note", "words"): ("text", "this cell needs an entry."),
}
WORKED_OUT = frozenset({"ck_cover_claim_approved"})  # `rows.apply` sees to it


def clashes(session: Session, book: Book, sheet: Sheet, rows: Sequence[RowPreview]) -> list[Problem]:
    """What the file would refuse of one sheet's new and changed rows."""
    coming = [row for row in rows if row.mark in {Mark.NEW, Mark.CHANGED}]
    if not coming:
        return []
    return [*_checks(session, sheet, coming), *_doubles(session, book, sheet, coming)]


# -- CHECK


def own_checks(table: Table) -> list[tuple[str, str]]:
    """The names and conditions of a table's CHECKs. Those of a single column its Draft has checked."""
    start = f"ck_{table.name}_"
    skipped = WORKED_OUT | {f"{start}{c.name}_{part}" for c in table.columns for part in ("words", "bounds")}
    found = [c for c in table.constraints if isinstance(c, CheckConstraint) and str(c.name) not in skipped]
    return sorted((str(c.name).removeprefix(start), str(c.sqltext)) for c in found)


def _asked(table: Table, conditions: Sequence[str]) -> Any:
    """A SELECT that puts conditions to one row given as parameters."""
    row = select(*(bindparam(f"p_{c.name}", type_=c.type).label(c.name) for c in table.c if c.name != "id"))
    asked: list[ColumnElement[Any]] = [literal_column(f"({condition})") for condition in conditions]
    return select(*asked).select_from(row.subquery())


def _parameters(table: Table, fields: Fields) -> dict[str, Any]:
    return {f"p_{column.name}": fields.get(column.name) for column in table.c if column.name != "id"}


def _checks(session: Session, sheet: Sheet, rows: Iterable[RowPreview]) -> Iterator[Problem]:
    named = own_checks(sheet.table)
    if not named:
        return
    asked = _asked(sheet.table, [condition for _, condition in named])
    for row in rows:
        answers = session.execute(asked, _parameters(sheet.table, row.after)).one()
        for (name, _), answer in zip(named, answers, strict=True):
            if answer == 0:  # unknown (NULL) passes, as it does in the file
                yield _refusal(sheet, row, name)


def _refusal(sheet: Sheet, row: RowPreview, name: str) -> Problem:
    field, sentence = WORDS[str(sheet.table.name), name]
    heading = column_of(sheet, field).heading if field else ""
    return Problem(sheet.title, row.row, heading, sentence)


# -- UNIQUE


def _unique(table: Table) -> Iterator[tuple[tuple[str, ...], str]]:
    """The columns that must differ, and the condition under which (“” for always)."""
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield tuple(column.name for column in constraint.columns), ""
    for index in table.indexes:
        if index.unique:
            where = index.dialect_options["sqlite"]["where"]
            yield tuple(column.name for column in index.columns), "" if where is None else str(where)


def _doubles(session: Session, book: Book, sheet: Sheet, rows: Sequence[RowPreview]) -> Iterator[Problem]:
    coming = {row.record_id: row for row in rows}
    for names, where in sorted(_unique(sheet.table)):
        asked = _asked(sheet.table, [where]) if where else None
        seen: dict[tuple[Any, ...], int] = {}
        stored = ((i, fields) for i, fields in book.rows(sheet).by_id.items() if i not in coming)
        ours = ((row.record_id, row.after) for row in rows)
        for row_id, fields in (*stored, *ours):
            values = tuple(fields[name] for name in names)
            if not where and None in values:
                continue
            if asked is not None and not _applies(session, asked, sheet.table, fields):
                continue
            if values in seen and row_id in coming:
                yield _double(book, sheet, coming[row_id], seen[values], coming, names)
            seen.setdefault(values, row_id)


def _applies(session: Session, asked: Any, table: Table, fields: Fields) -> bool:
    return bool(session.execute(asked, _parameters(table, fields)).scalar_one())


def _double(
    book: Book,
    sheet: Sheet,
    row: RowPreview,
    other: int,
    coming: dict[int, RowPreview],
    names: tuple[str, ...],
) -> Problem:
    columns = [column_of(sheet, name) for name in names]
    if other in coming:
        sentence = f"this is in row {coming[other].row} already."
    else:
        sentence = f"this belongs to “{book.key_text(str(sheet.table.name), other)}” in the book already."
    if len(columns) > 1:
        sentence += f" ({', '.join(column.heading for column in columns)} together must differ.)"
    return Problem(sheet.title, row.row, columns[0].heading, sentence)
