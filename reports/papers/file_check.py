"""The check of a book's file, to keep or to hand to whoever helps: is it sound, and what is unusual in it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from models.formats import clock, count, file_size, long_date
from models.queries.papers.head import PaperHead
from models.rules.verdict import Severity, Verdict
from models.store.values import Checked
from reports.kit import Col, Kit, TableLook
from reports.papers.common import build

TITLE, QUESTION = "Check of the file", "Is the book’s file sound?"
SHOWN = (
    ("school", "Schools"),
    ("person", "People"),
    ("meeting", "Meetings"),
    ("cover_claim", "Cover claims"),
    ("fund_entry", "Fund entries"),
    ("resource", "Resources"),
    ("loan", "Loans"),
    ("evidence", "Pieces of evidence"),
    ("attachment", "Attached files"),
    ("issued_pack", "Issued packs"),
)


@dataclass(frozen=True)
class FileCheck:
    """What a check of the file found.

    Attributes:
        head: whose book it is.
        checked: what the store found.
        year: the school year of the rules' verdicts, in words.
        verdicts: what the rules say of it, gravest first (R-REV-4).
    """

    head: PaperHead
    checked: Checked
    year: str
    verdicts: tuple[Verdict, ...]

    @property
    def sound(self) -> bool:
        """Nothing is wrong with the file; what the rules say is another matter."""
        return not self.checked.faults


def answer(data: FileCheck) -> str:
    """`The file is sound: nothing in it is damaged, missing or changed from outside`."""
    if data.sound:
        return "The file is sound: nothing in it is damaged, missing or changed from outside"
    return f"{count(len(data.checked.faults), 'thing is', 'things are')} wrong with the file"


def what_was_looked_at(checked: Checked) -> Sequence[tuple[str, str]]:
    """The file's facts with their names."""
    backup = checked.backup
    looked = checked.looked
    return (
        ("File", f"{checked.name}, {file_size(checked.size)}"),
        ("Looked at", f"{long_date(checked.at.date())}, {clock(checked.at.time())}"),
        ("Steps of history", f"{checked.steps:,}"),
        ("Digest of the money records", checked.money[:16]),
        ("Last backup", "none yet" if backup is None else long_date(backup.astimezone().date())),
        ("Backup last looked into", "not yet" if looked is None else long_date(looked.astimezone().date())),
    )


def counted(checked: Checked) -> list[tuple[str, int]]:
    """How many records of each kind there are."""
    return [(words, checked.rows.get(table, 0)) for table, words in SHOWN]


def build_file_check(data: FileCheck, *, stamp: dt.datetime, large_print: bool = False) -> bytes:
    """The check as a PDF."""
    kit = Kit(large_print=large_print)
    story: list[Flowable] = kit.head(TITLE, QUESTION, answer(data))
    if data.checked.faults:
        story += [kit.heading("What is wrong with the file"), *kit.bullets(data.checked.faults)]
        story.append(
            kit.text(
                "Restore the newest backup that is whole (Settings, Backups), or hand this page to the "
                "person who helps you."
            )
        )
    story += [kit.heading("What was looked at"), kit.facts(what_was_looked_at(data.checked), first=178)]
    cols: list[Col[tuple[str, int]]] = [
        Col("Kind of record", lambda row: row[0], 200),
        Col("Number", lambda row: f"{row[1]:,}", 70, "right"),
    ]
    story += [kit.heading("What is in it"), kit.table(cols, counted(data.checked), look=TableLook(pad=2.5))]
    story.append(kit.heading(f"What the rules say of {data.year}"))
    rules: list[Col[Verdict]] = [
        Col("Weight", weight, 64),
        Col("What", lambda one: one.text, 0),
        Col("Rule", lambda one: one.rule, 84),
    ]
    if data.verdicts:
        story.append(kit.table(rules, data.verdicts, look=TableLook(pad=3)))
    else:
        story.append(kit.text("Nothing to look at."))
    return build(kit, data.head, TITLE, story, stamp=stamp)


def weight(verdict: Verdict) -> str:
    """How grave it is, in a word."""
    return {Severity.REFUSE: "Stops", Severity.WARN: "Look at", Severity.INFO: "Note"}[verdict.severity]
