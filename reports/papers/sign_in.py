"""The sign-in sheet of a meeting: schools and people, room to sign, released or not (R-MEET-8, R-MEET-9)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from reportlab.platypus import Flowable

from models.queries.papers.meeting import SignInSheet
from reports.kit import PAGE, Col, Kit, Muted, TableLook, Text
from reports.kit.grid import Table
from reports.papers.common import build
from reports.papers.meeting_words import what_and_where
from reports.papers.slips import height

TITLE = "Sign-in sheet"
OTHERS, FEWEST, MOST = 4, 2, 10
"""Empty rows for people not on the list: of a sheet of several pages; on one page, which is filled up."""
PADS = 7.5, 6.0
"""Points above and below each row; the second if all of it is then on one page."""
SAFE = 8.0
"""Points kept free, so that what is measured apart fits its page together."""
HOW = (
    "Sign beside your name. Tick “Released” if somebody else is teaching your class while you are here; "
    "leave it empty if you have come in your own time. Write in a name that is missing."
)


@dataclass(frozen=True)
class _Place:
    """A row: a school and a person; "" is for the pen. `again`: the row before is of the school too."""

    school: str
    person: str
    again: bool = False

    @property
    def school_words(self) -> Text:
        return Muted(self.school) if self.again and self.school else self.school


def places(data: SignInSheet) -> list[_Place]:
    """A row for each person, and one to write on for a school without any."""
    return [
        _Place(school, person, again=n > 0)
        for school, people in data.schools
        for n, person in enumerate(people or ("",))
    ]


def build_sign_in(data: SignInSheet, *, stamp: dt.datetime, large_print: bool = False) -> bytes:
    """The sheet as a PDF."""
    kit = Kit(large_print=large_print)
    cols: list[Col[_Place]] = [
        Col("School", lambda row: row.school_words, 158),
        Col("Name", lambda row: row.person, 106),
        Col("Released", lambda _: "", 54, "center", blank="tick"),
        Col("Signature", lambda _: "", 0, blank="sign"),
    ]
    rows = places(data)
    page = kit.page_for(cols, rows)
    wide, high = (kit.wide, PAGE.low) if page == "landscape" else (kit.width, PAGE.height)

    def table(others: int, pad: float, first: int = 0) -> Table:
        look = TableLook(width=wide, pad=pad, roomy=True)
        return kit.table(cols, [*rows[first:], *[_Place("", "")] * others], look=look)

    top, counts = partial(_top, kit, data, wide), partial(_counts, kit, len(data.schools))
    for pad in PADS:
        used = height([*top(), table(0, pad), *counts()], wide)
        one = height([table(1, pad)], wide) - height([table(0, pad)], wide)
        others = min(MOST, int((high - used - SAFE) // one))
        if others >= FEWEST:
            shown = [*top(), table(others, pad), *counts()]
            break
    else:  # at its end the boxes might come to stand on a page of their own
        last = table(OTHERS, PADS[0])
        if height([table(OTHERS, PADS[0], first=len(rows) - 1)], wide) < high:  # nor shall empty rows
            last.setStyle([("NOSPLIT", (0, len(rows)), (-1, -1))])
        shown = [*top(), *counts(), kit.space(12), last]
    return build(kit, data.head, TITLE, shown, stamp=stamp, first=page, note=data.meeting.when)


def _top(kit: Kit, data: SignInSheet, wide: float) -> list[Flowable]:
    """What the sheet is of, and how to fill it in."""
    story: list[Flowable] = [
        *kit.head(TITLE, TITLE, data.meeting.title, listed=False, width=wide),
        what_and_where(kit, data.meeting),
        kit.space(8),
        kit.text(HOW, "cell_roomy_left"),
    ]
    if data.outside:
        story += [kit.space(4), kit.text(data.outside, "cell_roomy_left")]
    return [*story, kit.space(4)]


def _counts(kit: Kit, asked: int) -> list[Flowable]:
    """Schools and people are two numbers and never mixed (R-MEET-9)."""
    of = f"Schools here, of {asked} asked" if asked else "Schools here"
    cols: list[Col[None]] = [
        Col(of, lambda _: "", 130, blank="write"),
        Col("People here", lambda _: "", 90, blank="write"),
        Col("Counted by", lambda _: "", 0, blank="write"),
    ]
    return [kit.heading("For the register"), kit.table(cols, [None], look=TableLook(pad=4))]
