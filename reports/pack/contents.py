"""The page of contents: what is in the pack, how to read it, and the letters."""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.words import AttendanceCode
from reports.kit import Bold, Text
from reports.pack.sheet import Sheet

QUESTION, TITLE = "What is in this pack?", "Contents"
NOTHING = "\u2013"
LETTERS = {
    AttendanceCode.P: "Present, released from class",
    AttendanceCode.S: "Present in own time, or by another arrangement",
    AttendanceCode.A: "Apology sent",
    AttendanceCode.N: "No reply",
}


def letter_key() -> list[tuple[Text, Text]]:
    """The letters of the attendance page and what each means (R-MEET-8)."""
    key: list[tuple[Text, Text]] = [(Bold(code.value), words) for code, words in LETTERS.items()]
    return [*key, (Bold(NOTHING), "Not invited, or not a member on that day")]


def body(sheet: Sheet) -> list[Flowable]:
    """The whole page."""
    kit, check = sheet.kit, sheet.data.check
    reading = (
        "Each page asks one question and answers it in its headline. “Not entered” means that nobody "
        "recorded it; 0 means counted, and none found."
    )
    return [
        *kit.head(TITLE, QUESTION, TITLE, listed=False),
        kit.contents(),
        kit.heading("How to read it"),
        kit.text(f"{reading} {check.note}" if check.note else reading),
        kit.heading("Letters in the attendance page"),
        kit.facts(letter_key(), first=24),
    ]
