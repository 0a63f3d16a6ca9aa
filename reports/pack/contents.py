"""The page of contents: what is in the pack, and how to read it."""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.words import AttendanceCode
from reports.pack.cover import has_vision
from reports.pack.sheet import Sheet

QUESTION, TITLE = "What is in this pack?", "Contents"
NOTHING = "\u2013"
LETTERS = {
    AttendanceCode.P: "present, released from class",
    AttendanceCode.S: "present in own time, or by another arrangement",
    AttendanceCode.A: "apology",
    AttendanceCode.N: "no reply",
}
BELOW, VISION = 92.0, 80.0
"""Points that the words below the list take, and the vision where it stands there too."""
NOT_COUNTED = "not invited, or not a member on that day"


def body(sheet: Sheet) -> list[Flowable]:
    """The whole page."""
    kit, check = sheet.kit, sheet.data.check
    reading = (
        "Each part asks one question and answers it in its headline. “Not entered” means that nobody "
        "recorded it; 0 means counted, and none found."
    )
    vision = sheet.data.profile.vision.strip()
    is_here = vision and not has_vision(sheet)
    return [
        *kit.head(TITLE, QUESTION, TITLE, listed=False),
        kit.contents(BELOW + (VISION if is_here else 0)),
        kit.heading("How to read it"),
        kit.text(f"{reading} {check.note}" if check.note else reading),
        *([kit.heading("Our vision"), kit.text(vision)] if is_here else []),
    ]
