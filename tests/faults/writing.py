"""T16: hostile words through every text field of every table, and out again every way there is.

A process that reads or connects is watched from inside (audit events), and while the window shows the words
the system itself tells what is opened: no path and no host that a text names may ever be. The window is every
page, tab, list, panel and tooltip, the form and the history of the record chosen in each list, and the Bin.

That each text comes out as it was typed is held letter by letter by tests/reports/kit/test_text.py and
tests/reports/papers (paper), tests/reports/test_workbook.py (workbook, CSV), T20 (the way back in) and
tests/ui/test_plain_text.py (each kind of label, tooltip and button).
"""

# ruff: noqa: S311 - the draws must be repeatable

import csv
import datetime as dt
import io
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import UnionType

import sqlalchemy as sa

from models import gate
from models import tables as t
from models.errors import AppError
from models.exchange.rows import parse
from models.exchange.xlsx import read_here
from models.queries.book import Book
from models.queries.everything import everything
from models.queries.pack import data_to_issue, pack_data
from models.rules.scheme import Response, catalogue
from models.services import attachments, issuing, records
from models.services.settings import set_rule
from models.store import Store
from models.tables.base import draft_of
from reports.listing import as_csv, as_workbook, listing
from reports.pack import build_pack
from reports.workbook import write_export
from tests.faults import showing
from tests.faults.book import open_book, put_book
from tests.faults.result import Fault, Result
from tests.reports.hostile import HOSTILE
from tests.reports.pack.factories import STAMP

MARK = "MARK"
CORPUS = [
    *HOSTILE, "</para>", "A < <b>", '<img src="//h/s/MARK.png">', '<img src="file:///MARK.png">',
    '<img src="/MARK.png">', '<a href="javascript:1">x</a>', "&#xD800;", "\x0b", "\u2066x", "\ufdd0", "\r=1",
    '<font color="[[[getattr(pow,Word(\'__globals__\'))[\'os\'].system(\'touch MARK\')]]]">', "\n=1",
    "CON.txt", "COM¹", "a.txt:ads", "Z\u0351\u036b\u0343a\u0357", "x" * 400, "https://a.example/MARK",
]  # fmt: skip
DAY = dt.date(2025, 6, 20)


def fields() -> Iterator[tuple[type[t.Record], str]]:
    """Every field that a person types words into."""
    for record in t.Record.__subclasses__():
        for name, field in draft_of(record).model_fields.items():
            typed = field.annotation is str or (
                isinstance(field.annotation, UnionType) and str in field.annotation.__args__
            )
            setting = record.__tablename__ == "scheme_setting"  # has a service of its own: see _rules
            if (
                typed
                and not setting
                and isinstance(t.metadata.tables[record.__tablename__].c[name].type, sa.Text)
            ):
                yield record, name


class Watch:
    """Counts what this process opens and connects to because of a text."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        sys.addaudithook(self._look)

    def _look(self, event: str, values: tuple[object, ...]) -> None:
        reaches = event.startswith(
            ("socket.connect", "socket.getaddrinfo", "subprocess", "os.system", "urllib")
        )
        if reaches or (event in {"open", "os.listdir"} and MARK in str(values[0])):
            self.seen.append(f"{event} {str(values)[:80]}")


def _complete(store: Store) -> None:
    """What the sample has none of: files kept with records, and an issued pack."""
    with store.transaction("Keep files") as (session, _):
        attachments.attach(session, "meeting", 1, b"%PDF-1.7 agenda", "agenda.pdf", "The agenda")
        attachments.attach(session, "resource", 1, b"%PDF-1.7 leaflet", "leaflet.pdf", "The leaflet")
    _issue(store)


def _issue(store: Store) -> None:
    with store.transaction("Issue the pack") as (session, _):
        laid_out = data_to_issue(Book(session), 2024, DAY, DAY, photographs=False)
        issuing.issue(session, laid_out, f"%PDF-1.7 version {laid_out.version}".encode())


def _write(store: Store, draw: random.Random, count: int, told: Counter, wrong: list[str]) -> None:
    """Put the words into every field of a row of each table; look at what is stored and remembered."""
    for record, field in fields():
        table = t.metadata.tables[record.__tablename__]
        with store.read() as session:
            row = session.connection().scalar(sa.select(sa.func.max(table.c.id)))  # the oldest stand
        if row is None:
            wrong.append(f"{table.name} has no row")
            continue
        for text in draw.sample(CORPUS, count):
            try:
                with store.transaction(f"Write {gate.clean(text)}"[:100]) as (session, _):
                    records.change(session, record, row, {field: text})
                with store.read() as session:
                    found = (
                        session.connection().scalar(sa.select(table.c[field]).where(table.c.id == row)) or ""
                    )
                told["stored"] += 1
                if found not in {gate.clean(text), gate.clean(text, lines=False)}:
                    wrong.append(f"{table.name}.{field}: {text!r} became {found!r}")
                store.history(record, row)
            except AppError:
                told["refused"] += 1
            except Exception as escaped:  # noqa: BLE001 - counted: nothing else may ever get out
                wrong.append(f"{table.name}.{field}: {text!r}: {escaped!r}"[:200])
    for text in CORPUS:
        store.search(text)
    now = store.undo_name()
    store.undo()
    store.redo()
    wrong += [] if store.undo_name() == now else ["undo"]
    wrong += store.check()


def _rules(store: Store, draw: random.Random, count: int, told: Counter, wrong: list[str]) -> None:
    """The words into the rules of the scheme: into what a rule says, and into why it was changed."""
    for number, (key, spec) in enumerate(sorted(catalogue().items())):
        for text in draw.sample(CORPUS, count):
            value, reason = (text, "Why") if number % 2 else (spec.write(spec.default), text)
            try:
                with store.transaction("Change a rule") as (session, _):
                    row = set_rule(session, key, value, DAY, Response.WARN, reason)
                with store.read() as session:
                    table = t.metadata.tables["scheme_setting"]
                    found = session.connection().execute(sa.select(table).where(table.c.id == row)).one()
                told["stored"] += 1
                if found.reason not in {gate.clean(reason), gate.clean(reason, lines=False)}:
                    wrong.append(f"{key}: {reason!r} became {found.reason!r}")
                spec.read(found.value)
            except AppError:
                told["refused"] += 1
            except Exception as escaped:  # noqa: BLE001 - counted: nothing else may ever get out
                wrong.append(f"{key}: {text!r}: {escaped!r}"[:200])


def _leave(store: Store, path: Path, told: Counter, wrong: list[str]) -> None:
    """Workbook, list, CSV and pack; what the workbook brings back must change nothing."""
    _issue(store)  # figures and changes with the words in them
    with store.read() as session:
        found = everything(session)
        write_export(path.with_name("all.xlsx"), found)
        again = parse(session, read_here(path.with_name("all.xlsx")))
        if again.problems:
            told["rows that the import would question"] += len(again.problems)
            told[f"such as {again.problems[0]}"] += 1
        elif again.writes:
            wrong.append("the workbook is not what the book holds")
        data = build_pack(pack_data(Book(session), 2024, DAY), short=True, stamp=STAMP)
    wrong += [] if data.startswith(b"%PDF") else ["no pack"]
    clean = [text for text in map(gate.clean, CORPUS) if text]
    words = listing("Words", ("Word",), [(text,) for text in clean])
    as_workbook(words)
    rows = list(csv.reader(io.StringIO(as_csv(words).decode("utf-8-sig"), newline="")))[1:]
    wrong += [f"csv {cell!r}" for (cell,) in rows if cell.startswith(gate.GUARDED)]


def _show(path: Path, told: Counter, wrong: list[str], opened: list[str]) -> None:
    """Words that name a picture beside the book, in every row, looked at in the window."""
    every = list(fields())
    with closing(open_book(path)) as store:
        showing.fill(store, every)
    looked = showing.look(path)
    told[f"of {len(every)} fields seen in the window"] = len(looked["seen"])
    opened += looked["opened"]
    wrong += looked["wrong"]
    wrong += [] if len(looked["seen"]) > 0.75 * len(every) else ["the window showed little of it"]


def _told(path: Path, count: int, seed: int) -> dict:
    watch, told, wrong = Watch(), Counter(), []
    store = open_book(path)
    try:
        _complete(store)
        _write(store, random.Random(seed), count, told, wrong)
        _rules(store, random.Random(seed), count, told, wrong)
        _leave(store, path, told, wrong)
        store.close()
        _show(path, told, wrong, watch.seen)
    except Exception as escaped:  # noqa: BLE001 - counted: nothing else may ever get out
        wrong.append(repr(escaped)[:300])
    finally:
        store.close()
    return {"told": told, "wrong": wrong, "seen": watch.seen}


def _naive(path: Path, count: int, seed: int) -> dict:
    """The control: the words as they are, given to the paper's own library and to Qt's own label."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    watch, wrong = Watch(), []
    style = getSampleStyleSheet()["Normal"]
    for text in CORPUS:
        try:
            SimpleDocTemplate(io.BytesIO()).build([Paragraph(text, style)])
        except Exception as escaped:  # noqa: BLE001 - counted
            wrong.append(repr(escaped)[:100])
    if not (opened := showing.look_at_a_plain_label(path)):
        wrong = []  # nobody tells what Qt opens: the fault is blind
    watch.seen += opened
    return {
        "told": {"stored": len(CORPUS) + 0 * count * seed, "place": str(path)},
        "wrong": wrong,
        "seen": watch.seen,
    }


def hostile(count: int, seed: int, folder: Path, *, go=_told) -> Result:
    """T16: `count` of the hostile words into every field, in a process of its own."""
    path = put_book(folder / "writing")
    ear, mouth = os.pipe()
    if (number := os.fork()) == 0:
        try:
            os.close(ear)
            with os.fdopen(mouth, "w") as out:
                json.dump(go(path, count, seed), out)
        finally:
            os._exit(0)
    os.close(mouth)
    with os.fdopen(ear) as heard:
        words = heard.read()
    os.waitpid(number, 0)
    told = json.loads(words) if words else {"told": {}, "wrong": ["the process died"], "seen": []}
    counted = {key: n for key, n in told["told"].items() if isinstance(n, int)}
    faults = [*told["wrong"], *told["seen"]]
    note = "; ".join([", ".join(f"{n} {key}" for key, n in counted.items()), *faults[:4]])
    note = note.encode("unicode_escape").decode("ascii").replace("\\xa3", "£")
    runs = counted.get("stored", 0) + counted.get("refused", 0)
    return Result("T16", runs, 0, len(faults), f"{len(told['seen'])} opened", note)


def _unescaped(count: int, seed: int, folder: Path) -> Result:
    return hostile(count, seed, folder, go=_naive)


FAULTS = (Fault("T16", "hostile words in every field", hostile, _unescaped, (1, 3, len(CORPUS)), weight=50),)
