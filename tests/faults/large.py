"""T17: more than anybody types: a 10 MB text, a word of 200,000 letters, a full cell, 10,000 rows.

Each is refused in a sentence or done in five seconds of computing, and the window never stands still.
"""

# ruff: noqa: ARG001 - runs have one shape

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from reportlab.platypus import LongTable, SimpleDocTemplate
from sqlalchemy import select

from models import gate
from models import tables as t
from models.errors import AppError
from models.queries.everything import everything
from models.services import actions, records
from reports.kit import Col, Kit
from reports.listing import as_csv, as_workbook, listing
from reports.workbook import write_export
from tests.faults import showing
from tests.faults.book import open_book, put_book, told_by_child
from tests.faults.result import Fault, Result
from tests.reports.kit.making import build

MOST_SECONDS = 5
MOST_TURN = 0.4  # seconds of computing; 0.2 is meant, and a slow machine is slow
HUGE = "word " * 2_000_000
LONG_WORD = "x" * 200_000
CELL = "cell of many words " * 263
FIELDS = (
    (t.Action, "notes"),
    (t.School, "name"),
    (t.Resource, "safety_ref"),
    (t.CoverClaim, "notes"),
)
MANY = 10_000


def _refused(path: Path, text: str) -> list[str]:
    """What takes a text that is longer than its field."""
    taken = []
    with closing(open_book(path)) as store:
        for record, name in FIELDS:
            with store.read() as session:
                table = t.metadata.tables[record.__tablename__]
                row_id = session.connection().scalars(select(table.c.id).limit(1)).one()
            try:
                with store.transaction("Write") as (session, _):
                    records.change(session, record, row_id, {name: text})
                taken.append(f"{record.__name__}.{name} took {len(text):,} letters")
            except AppError as told:
                taken += [] if str(told).endswith(".") else [str(told)]
        return taken + store.check()


def _fullest(path: Path) -> list[str]:
    """A note as long as it may be, of one word: stored, found again, exported."""
    word = "x" * gate.NOTE_LIMIT
    with closing(open_book(path)) as store:
        with store.transaction("Write") as (session, _):
            actions.add(session, {"what": "Long", "notes": word})
        store.search("Long")
        with store.read() as session:
            write_export(path.with_name("all.xlsx"), everything(session))
        return store.check()


def _on_paper(text: str) -> Callable[[Path], list[str]]:
    def go(_: Path) -> list[str]:
        kit = Kit()
        rows = [[text, "short", text[:3000]]]
        columns: list[Col[list[str]]] = [Col(f"C{n}", lambda row, n=n: row[n]) for n in range(3)]
        data = build([kit.text(text), kit.table(columns, rows)], kit)
        return [] if data.startswith(b"%PDF") else ["no paper"]

    return go


def _many_rows(path: Path) -> list[str]:
    """A list of 10,000 rows as a workbook and as text; the text has them all."""
    rows = [(f"School {n}", n, "a note of some words") for n in range(MANY)]
    words = listing("Many", ("School", "Number", "Note"), rows)
    as_workbook(words)
    return [] if as_csv(words).count(b"\n") == MANY + 1 else ["rows are missing"]


def _found_among_many(path: Path) -> list[str]:
    """10,000 actions saved at once, one of them found."""
    with closing(open_book(path)) as store:
        with store.transaction("Many") as (session, _):
            rows = [{"code": f"X-{n}", "what": f"Row {n}", "notes": ""} for n in range(MANY)]
            session.connection().execute(t.metadata.tables["action"].insert(), rows)
        begun = time.process_time()
        hits = store.search("9876")
        slow = time.process_time() - begun > MOST_SECONDS
        return [*([] if hits else ["not found"]), *(["the search was slow"] if slow else [])]


def _in_the_window(path: Path) -> list[str]:
    """10,000 actions with full notes in a list, looked at, filtered, sorted, edited; huge texts pasted."""
    with closing(open_book(path)) as store, store.transaction("Many") as (session, _):
        notes = ("x" * gate.NOTE_LIMIT, "word " * (gate.NOTE_LIMIT // 5 - 1) + "word")
        rows = [{"code": f"X-{n}", "what": f"Row {n}", "notes": notes[n % 2]} for n in range(MANY)]
        session.connection().execute(t.metadata.tables["action"].insert(), rows)
    with showing.world(path) as (made, _):
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        from ui.forms.draft_form import DraftForm
        from ui.pages.meetings.actions import AllActions
        from ui.widgets.fields import TextField
        from ui.widgets.notes import NoteField

        turns = showing.Turns()
        with turns.one("the list is made"):
            page = AllActions(made.context)
            page.resize(*showing.LAPTOP)
            page.arrange(100)
            page.show()
        with turns.one("the list is filled"):
            page.refresh(showing.YEAR)
        table = page.pane.table
        for row in (MANY // 2, MANY // 2 + 1, MANY - 1):
            with turns.one("a record is chosen"):
                table.setCurrentIndex(table.records.index(row, 0))
                page.grab()
        for key in "row 77":
            with turns.one("the filter is typed"):
                QTest.keyClicks(page.pane._filter, key)
        with turns.one("the filter is cleared"):
            page.pane.let_go()
        shown = table.records.rowCount()
        with turns.one("the list is sorted"):
            table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        with turns.one("a form is opened"):
            page.pane.editor.edit(page.pane.spec.identity(page.pane.current()))
        form = page.findChild(DraftForm)
        for text in (HUGE, LONG_WORD, "x" * 2 * gate.NOTE_LIMIT):
            QApplication.clipboard().setText(text)
            for field in (form.findChild(NoteField), form.findChild(TextField), page.pane._filter):
                with turns.one(f"{len(text):,} letters are pasted"):
                    field.selectAll()
                    field.paste()
                    form.grab()
                with turns.one("something is typed"):
                    QTest.keyClicks(field, "a")
                    form.grab()
        form._discard()
    name, longest = max(turns.took.items(), key=lambda turn: turn[1])
    told = f"window: at most {1000 * longest:.0f} ms at a stretch ({name})"
    return [told, *([told] if longest > MOST_TURN else []), *([] if shown >= MANY else ["rows are missing"])]


CASES: dict[str, Callable[[Path], list[str]]] = {
    "10 MB into a field": lambda path: _refused(path, HUGE),
    "a word of 200,000 letters into a field": lambda path: _refused(path, LONG_WORD),
    "a full note of one word": _fullest,
    "a word of 200,000 letters on paper": _on_paper(LONG_WORD),
    "a cell of 5,000 letters on paper": _on_paper(CELL),
    "10,000 rows as a workbook": _many_rows,
    "10,000 rows in the book": _found_among_many,
}


def large(count: int, seed: int, folder: Path) -> Result:
    """T17: each case is refused in a sentence or done, in five seconds of computing."""
    wrong, longest = [], 0.0
    for name, case in CASES.items():
        path = put_book(folder / "large")
        begun = time.process_time()
        try:
            found = case(path)
        except Exception as escaped:  # noqa: BLE001 - reported
            found = [repr(escaped)[:150]]
        took = time.process_time() - begun
        longest = max(longest, took)
        if found or took > MOST_SECONDS:
            wrong.append(f"{name}: {took:.1f} s {found}")
    window, *found = told_by_child(_in_the_window, put_book(folder / "large"))
    wrong += found if window.startswith("window:") else [window]
    note = "; ".join([f"longest {longest:.1f} s of computing", window, "nothing drawn", *wrong[:4]])
    return Result("T17", len(CASES) + 1, 0, len(wrong), "refused", note)


def _plain_table(count: int, seed: int, folder: Path) -> Result:
    """The control: a cell too high for a page in ReportLab's own table, a long word in Qt's own field."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph

    style, refused = getSampleStyleSheet()["Normal"], 0
    try:
        table = LongTable([[Paragraph(CELL * 3, style)]], colWidths=[80])
        SimpleDocTemplate(str(folder / "control.pdf")).build([table])
    except Exception:  # noqa: BLE001 - the paper does not come out
        refused = 1
    slow = told_by_child(_plain_field, folder)
    return Result("T17", 2, 0, 2 if refused and slow else 0)


def _plain_field(_: Path) -> list[str]:
    showing.start_qt()
    from PySide6.QtWidgets import QPlainTextEdit

    turns, field = showing.Turns(), QPlainTextEdit()
    with turns.one("a long word is pasted"):
        field.insertPlainText(LONG_WORD)
        field.grab()
    return [name for name, took in turns.took.items() if took > MOST_TURN]


FAULTS = (Fault("T17", "more than anybody types", large, _plain_table, (1, 1, 1), weight=25),)
