"""What the book holds about one person, to be handed over: PDF, workbook and files in one archive."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePosixPath

from reportlab.platypus import Flowable

from models.errors import BadInput
from models.formats import count, long_date
from models.kept_pictures import as_kept
from models.queries.privacy_subject import ENTERED, Held, HeldGroup, Past, SubjectAccess
from models.rules.privacy import ANOTHER
from models.values import replace
from reports.kit import BREAK, Bold, Col, Kit, Piece, TableLook, Text
from reports.listing import Listing, as_workbook, listing
from reports.papers import common

TITLE = "What we hold about you"
PDF_NAME, WORKBOOK_NAME, FILES_FOLDER = "What we hold.pdf", "What we hold.xlsx", "Files"
MOST_IN_A_CELL = 900  # characters: a row is never torn, so a long note goes on in the next
BY_HAND = (
    "Files are as they were added: before they are handed over, other people in them are covered by hand.",
    "First names alone are not covered by themselves: read it through once before it leaves the school.",
)
"""What is left to whoever hands it over; it is said in the window, not to the person."""


def build_subject_access(data: SubjectAccess, *, stamp: dt.datetime, large_print: bool = False) -> bytes:
    """The answer as a PDF.

    Args:
        data: what is held.
        stamp: the moment it is made.
        large_print: type of 16 points instead of 12.
    """
    kit = Kit(large_print=large_print)
    facts: list[tuple[Text, Text]] = [
        ("For", data.name),
        ("You asked on", long_date(data.asked.on)),
        ("Answer due by", long_date(data.due_by)),
        ("Made on", long_date(data.head.today)),
        ("Held by", common.entered(data.head.lead_school)),
        ("Questions to", common.lines(common.contacts(data.head))),
    ]
    story: list[Flowable] = [
        *kit.head(TITLE, TITLE, _answer(data), listed=False),
        kit.facts(facts, width=kit.width),
        kit.space(12),
        kit.text(_how(data)),
    ]
    for group in data.groups:
        story += [kit.heading(group.title), _records(kit, group)]
    story += _files(kit, data)
    story += _history(kit, data)
    return common.build(kit, data.head, TITLE, story, stamp=stamp, note="Personal: for the person named only")


def _answer(data: SubjectAccess) -> str:
    number = sum(len(group.records) for group in data.groups)
    also = f" and {count(len(data.files), 'file')}" if data.files else ""
    return f"{count(number, 'record')}{also} {'names' if number == 1 and not also else 'name'} you"


def _how(data: SubjectAccess) -> str:
    said = (
        "This is a copy of everything that the cluster’s book holds about you as an adult at work: each "
        "record, and what changed in it since. Records that only mention you are shown as far as they do. "
        f"Where it says {ANOTHER}, somebody else’s name was covered. You may ask for what is wrong to be "
        "put right."
    )
    if data.packs:
        issued = count(data.packs, "review pack")
        said += f" The book also keeps {issued} as handed to the Steering Group, which may name you."
    return said


def _records(kit: Kit, group: HeldGroup) -> Flowable:
    cols: list[Col[tuple[str, Text]]] = [
        Col("Record", lambda row: row[0], 150),
        Col("What it says", lambda row: row[1], 0),
    ]
    rows = [row for one in group.records for row in _rows(one)]
    return kit.table(cols, rows, look=TableLook(pad=4))


def _rows(one: Held) -> Iterator[tuple[str, Text]]:
    """A record's rows: one, or more where it says much."""
    pieces: list[Piece] = []
    length, name = 0, one.name
    for title, words in one.facts or (("", "Only its name is held."),):
        head = f"{title}: " if title else ""
        for part in _parts(words):
            if length + len(part) > MOST_IN_A_CELL and pieces:
                yield name, pieces[:-1]
                pieces, length, name = [], 0, ""
            pieces += [Bold(head), part, BREAK] if head else [part, BREAK]
            length, head = length + len(part), ""
    yield name, pieces[:-1]


def _parts(words: str) -> Iterator[str]:
    """A long text in pieces that end between words."""
    rest = words.strip()
    while len(rest) > MOST_IN_A_CELL:
        at = rest.rfind(" ", 1, MOST_IN_A_CELL)
        at = at if at > 0 else MOST_IN_A_CELL
        yield rest[:at]
        rest = rest[at:].strip()
    yield rest


def _files(kit: Kit, data: SubjectAccess) -> list[Flowable]:
    if not data.files:
        return []
    cols: list[Col[tuple[str, str, str]]] = [
        Col("File", lambda row: row[0], 60),
        Col("Name", lambda row: row[1], 0),
        Col("Belongs to", lambda row: row[2], 150),
    ]
    rows = [(one.code, one.name, one.where) for one, _ in data.files]
    return [kit.heading("Files"), kit.table(cols, rows, look=TableLook(pad=4))]


def _history(kit: Kit, data: SubjectAccess) -> list[Flowable]:
    heading = kit.heading("What changed, and when")
    if not data.history:
        return [heading, kit.text("Nothing of it was changed since it was entered.")]
    cols: list[Col[tuple[str, Text]]] = [
        Col("When and what was done", lambda row: row[0], 150),
        Col("What it changed", lambda row: row[1], 0),
    ]
    rows = [row for one in _entered_together(data.history) for row in _past(one)]
    return [heading, kit.table(cols, rows, look=TableLook(pad=4))]


def _entered_together(history: Iterable[Past]) -> Iterator[Past]:
    """The lines of history; records that one action entered as a line: they are told of above."""
    for _, alike in groupby(history, lambda one: (one.at, one.action, one.facts == (ENTERED,))):
        found = list(alike)
        if len(found) > 1 and found[0].facts == (ENTERED,):
            yield replace(found[0], record=ENTERED, facts=(count(len(found), "record"),))
        else:
            yield from found


def _past(one: Past) -> Iterator[tuple[str, Text]]:
    held = Held(f"{long_date(one.at.date())}: {one.action}", ((one.record, "; ".join(one.facts)),))
    return _rows(held)


def as_listing(data: SubjectAccess) -> Listing:
    """The same as a list, a line for each fact, for those who want to sort and search it."""
    rows: list[tuple[object, ...]] = [
        (group.title, record.name, title, words)
        for group in data.groups
        for record in group.records
        for title, words in record.facts
    ]
    rows += [("Files", one.code, "Name", one.name) for one, _ in data.files]
    rows += [
        ("History", one.record, f"{long_date(one.at.date())}: {one.action}", fact)
        for one in data.history
        for fact in one.facts
    ]
    return listing(TITLE, ("Part", "Record", "Field", "What is held"), rows)


def archive(data: SubjectAccess, *, stamp: dt.datetime) -> bytes:
    """PDF, workbook and files in one archive, each file under its code so that no two have one name.

    Raises:
        Refused: a text is longer than a workbook's cell may be.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(PDF_NAME, build_subject_access(data, stamp=stamp))
        parts.writestr(WORKBOOK_NAME, as_workbook(as_listing(data)))
        for one, inside in data.files:
            name = str(PurePosixPath(FILES_FOLDER, f"{one.code} {inside.name}"))
            parts.writestr(name, _without_place(inside.data, inside.name))
    return made.getvalue()


def _without_place(data: bytes, name: str) -> bytes:
    """A picture that an earlier version kept as it came may say where it was taken: that does not leave."""
    try:
        return as_kept(data, name)
    except BadInput:  # it cannot be opened here, but it is hers
        return data
