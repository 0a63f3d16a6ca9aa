"""Import: from the rows of a workbook to a preview, and from a preview into the book (features 4 #5, #6).

`parse` reads and compares, and changes nothing. `apply` writes what a clean preview says, in the caller's
transaction: all or nothing. A second import of the same rows finds them all there and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, UniqueConstraint, delete, insert, select, text, update
from sqlmodel import Session

from models.errors import Changed, Refused
from models.exchange.book import Book
from models.exchange.clashes import clashes
from models.exchange.columns import Kind, columns
from models.exchange.grid import Sheets
from models.exchange.incoming import is_blank, known_sheets, take_in
from models.exchange.planning import Planner, is_unfrozen
from models.exchange.preview import DateNote, Mark, Preview, Problem, RowPreview
from models.exchange.sheets import BY_TABLE, BY_TITLE, SHEETS, Sheet
from models.exchange.standing import standing
from models.rules.verdict import Severity, Verdict
from models.services.recognition import freeze_recognised
from models.words import ClaimState

Judge = Callable[[Session], Iterable[Verdict]]
"""All verdicts of the rules on the book as it stands in a session."""


def parse(session: Session, sheets: Sheets) -> Preview:
    """What an import of these sheets would do. Reads the book, and writes nothing."""
    filled = {title: rows for title, rows in sheets.items() if not is_blank(rows)}
    known, strangers = known_sheets(filled)
    taken = {sheet.title: take_in(sheet, filled[title]) for title, sheet in known.items()}
    book = Book(session)
    planner = Planner(session, book)
    of_sheet: dict[str, list[Problem]] = {}
    dates: list[DateNote] = []
    for sheet in SHEETS:
        if sheet.title not in taken:
            continue
        incoming = taken[sheet.title]
        before = len(planner.problems)
        planner.plan(incoming)
        found = [*incoming.problems, *list(planner.problems)[before:]]
        rows = [row for row in planner.rows if row.sheet == sheet.title]
        of_sheet[sheet.title] = [*found, *clashes(session, book, sheet, rows)]
        dates += incoming.dates
    for problem in standing(session, planner.rows):
        of_sheet[problem.sheet].append(problem)
    problems = [*strangers]
    for found in of_sheet.values():
        problems += sorted(found, key=lambda problem: problem.row)
    return Preview(_marked(planner.rows, problems), tuple(problems), tuple(dates))


def _marked(rows: Iterable[RowPreview], problems: Iterable[Problem]) -> tuple[RowPreview, ...]:
    """The rows, those that the file would refuse marked as not usable too."""
    at_fault = {(problem.sheet, problem.row) for problem in problems}
    return tuple(
        RowPreview(row.sheet, row.row, Mark.ERROR, row.name, record_id=row.record_id)
        if (row.sheet, row.row) in at_fault
        else row
        for row in rows
    )


def apply(session: Session, preview: Preview, judge: Judge | None = None) -> None:
    """Write what a preview says: new rows, and the fields that changed. The caller commits.

    Args:
        session: inside the transaction that is to hold the whole import.
        preview: from `parse`, of the same book.
        judge: the rules; a refusal that the import brings in stops it.

    Raises:
        BadInput: something in the preview is wrong.
        Changed: the book is no longer as it was when the preview was made.
        Refused: a rule says no, and nobody has recorded why it may pass.
    """
    preview.require_clean()
    if not preview.writes:
        return
    _require_as_seen(session, preview)
    before = _refusals(session, judge)
    ids: dict[int, int] = {}
    for sheet in SHEETS:
        _store(session, sheet, preview.of(sheet), ids)
    _freeze(session, preview, ids)
    session.expire_all()
    brought = [verdict for verdict in _refusals(session, judge) if verdict not in before]
    if brought:
        raise Refused(" ".join(verdict.text for verdict in brought))


def rehearse(session: Session, preview: Preview, judge: Judge) -> tuple[Verdict, ...]:
    """The refusals that the rules would answer a clean preview with; everything is taken back at once.

    For a dry run, in a transaction that may write.
    """
    preview.require_clean()
    before = _refusals(session, judge)
    trial = session.begin_nested()
    try:
        apply(session, preview)
        return tuple(verdict for verdict in _refusals(session, judge) if verdict not in before)
    finally:
        trial.rollback()
        session.expire_all()


def _refusals(session: Session, judge: Judge | None) -> list[Verdict]:
    return [v for v in judge(session) if v.severity is Severity.REFUSE] if judge else []


def _require_as_seen(session: Session, preview: Preview) -> None:
    book = Book(session)
    for sheet in SHEETS:
        for row in preview.of(sheet):
            if row.mark is Mark.CHANGED and book.rows(sheet).by_id.get(row.record_id) != row.before:
                raise Changed(
                    f"{sheet.title}: “{row.name}” was changed since the preview was made. Look at it again."
                )


# -- writing


def _store(session: Session, sheet: Sheet, rows: Sequence[RowPreview], ids: dict[int, int]) -> None:
    """One sheet's rows. `ids` turns the ids given for the time being into those of the stored rows.

    A row whose key or other unique value changes is taken out and put back under its id, so that two rows
    may swap theirs.
    """
    table, connection = sheet.table, session.connection()
    changed = [row for row in rows if row.mark is Mark.CHANGED]
    moved = {row.record_id: _whole(connection, table, row.record_id) for row in changed if _moves(table, row)}
    if moved:
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))  # until the caller's COMMIT
        connection.execute(delete(table).where(table.c.id.in_(moved)))
    in_order = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    for level in _parents_first(sheet, [row for row in rows if row.mark is Mark.NEW]):
        stored = connection.scalars(in_order, [_values(row, ids) for row in level])
        ids.update(zip((row.record_id for row in level), stored, strict=True))
    for row in changed:
        if row.record_id in moved:
            connection.execute(insert(table), moved[row.record_id] | _values(row, ids))
        else:
            connection.execute(update(table).where(table.c.id == row.record_id).values(_values(row, ids)))


def _moves(table: Table, row: RowPreview) -> bool:
    """True for a row whose key, or another value that no two rows share, changes."""
    return any(row.before[name] != row.after[name] for name in _unique(table) & row.before.keys())


def _unique(table: Table) -> set[str]:
    """The columns that a row shares with no other, alone or together."""
    together = [c.columns for c in table.constraints if isinstance(c, UniqueConstraint)]
    together += [index.columns for index in table.indexes if index.unique]
    return {column.name for columns_ in together for column in columns_}


def _whole(connection: Connection, table: Table, row_id: int) -> dict[str, Any]:
    """A stored row, with the fields that do not travel too."""
    return dict(connection.execute(select(table).where(table.c.id == row_id)).mappings().one())


def _values(row: RowPreview, ids: Mapping[int, int]) -> dict[str, Any]:
    """A row's columns, its links to rows of the same import turned into their stored ids."""
    sheet = BY_TITLE[row.sheet]
    links = {column.field for column in columns(sheet) if column.kind is Kind.LINK}
    values = {name: ids.get(value, value) if name in links else value for name, value in row.after.items()}
    return values | {"state": ClaimState.SUBMITTED} if is_unfrozen(sheet, row.after) else values


def _freeze(session: Session, preview: Preview, ids: Mapping[int, int]) -> None:
    """Claims that came in approved or paid without the amount recognised: now all it depends on is there."""
    sheet = BY_TABLE["cover_claim"]
    rows = [row for row in preview.of(sheet) if is_unfrozen(sheet, row.after)]
    if rows:
        states = {ids.get(row.record_id, row.record_id): row.after["state"] for row in rows}
        freeze_recognised(session, states)


def _parents_first(sheet: Sheet, rows: Sequence[RowPreview]) -> list[list[RowPreview]]:
    """New rows level by level, each after the rows of its own sheet that it links to."""
    own = [column.field for column in columns(sheet) if column.target == sheet.table.name]
    by_id = {row.record_id: row for row in rows}
    levels: dict[int, list[RowPreview]] = {}
    for row in rows:
        depth, above = 0, row
        while parent := next((by_id[above.after[f]] for f in own if above.after[f] in by_id), None):
            depth, above = depth + 1, parent
        levels.setdefault(depth, []).append(row)
    return [levels[depth] for depth in sorted(levels)]
