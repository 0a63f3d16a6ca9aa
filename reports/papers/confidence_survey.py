"""The confidence survey to hand out: areas, a scale, and a code in place of a name (R-IMP-4, R-IMP-5)."""

from __future__ import annotations

import datetime as dt

from reportlab.platypus import Flowable

from models.calendar import year_label
from models.queries.papers.slips import ConfidenceSurvey, SurveyArea
from models.words import Respondent, SurveyRound
from reports.kit import Bold, Col, Kit, Muted, TableLook, Text
from reports.kit.blanks import Blank
from reports.kit.fonts import REGULAR
from reports.kit.forms import asked, choices
from reports.kit.grid import Layout
from reports.papers.common import build, cluster_name, title
from reports.papers.slips import PerPage, slips

TITLE = "Confidence survey"
CODE = (
    "the first two letters of the street where you grew up, and the day of the month on which you were born. "
    "For Mill Lane and the 7th that is MI07. Write the same code each time: "
    "it pairs your answers, and nobody knows whose it is."
)
FIRST = 84.0
"""Points of the questions at scale 1."""
TO_WRITE = 5
"""Rows to write areas in, where none is entered yet."""


def build_confidence_survey(
    data: ConfidenceSurvey, *, stamp: dt.datetime, large_print: bool = False, per_page: PerPage = 2
) -> bytes:
    """The survey as a PDF; two on a page to cut, or one where they do not fit."""
    kit = Kit(large_print=large_print)
    story, first = slips(kit, lambda wide, _: _survey(kit, data, wide), per_page)
    note = year_label(data.year)
    return build(kit, data.head, TITLE, story, stamp=stamp, first=first, note=note)


def _survey(kit: Kit, data: ConfidenceSurvey, wide: float) -> list[Flowable]:
    boxes = Layout(
        [[Blank("write", kit.scale) for _ in range(4)]],
        [30 * kit.scale] * 4,
        hAlign="LEFT",
        style=[
            ("FONT", (0, 0), (-1, -1), REGULAR),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ],
    )
    room = wide - FIRST * kit.scale
    rounds = [one.label for one in SurveyRound]
    when = choices(kit, rounds, room) if data.which is None else data.which.label
    sample = "Sample. " if data.head.sample else ""
    said = f"{sample}{cluster_name(data.head)}, {year_label(data.year)}"
    return [
        kit.text(said, "source"),
        title(kit, "How sure do you feel?", wide),
        kit.text([Bold("Your code, not your name: "), CODE], "cell_roomy_left"),
        kit.space(6),
        asked(
            kit,
            [
                ("Your code", boxes),
                ("This is", when),
                ("I am a", choices(kit, [one.label for one in Respondent], room)),
            ],
            FIRST,
            wide,
            3,
        ),
        kit.space(4),
        kit.text(f"Tick one square in each row: 1 is not sure at all, {data.points} is very sure.", "fact"),
        _table(kit, data, wide),
    ]


def _area(area: SurveyArea) -> Text:
    return [area.name, Muted(" (science leaders only)")] if area.leaders_only else area.name


def _table(kit: Kit, data: ConfidenceSurvey, wide: float) -> Flowable:
    each = 40.0 if data.points <= 5 else 26.0
    cols: list[Col[SurveyArea]] = [Col("I feel sure about", _area, 0, blank="write")]
    cols += [Col(str(n), lambda _: "", each, "center", 0, blank="tick") for n in range(1, data.points + 1)]
    areas = data.areas or (SurveyArea("", leaders_only=False),) * TO_WRITE
    return kit.table(cols, areas, look=TableLook(width=wide, pad=5, roomy=True))
