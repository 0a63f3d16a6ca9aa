"""The CPD evaluation slip, without a name, two or four to a page (R-IMP-2)."""

from __future__ import annotations

import datetime as dt
from functools import partial

from reportlab.platypus import Flowable

from models.queries.papers.slips import EvaluationSlip
from models.rules.cpd_people import RATINGS
from models.words import OutcomeMet, Respondent
from reports.kit import Kit, Text
from reports.kit.forms import Answer, WritingLines, asked, choices
from reports.papers.common import build, cluster_name, title
from reports.papers.slips import PerPage, slips

TITLE = "CPD evaluation slip"
ENDS = "1 is poor, 5 is very good"
YES_NO = ["Yes", "No"]
LINES = 8
"""The most lines to write on: a page of them would frighten people off."""
NARROW = 300.0
"""Points across below which a slip is set small."""


def build_evaluation_slips(
    data: EvaluationSlip, *, stamp: dt.datetime, large_print: bool = False, per_page: PerPage = 2
) -> bytes:
    """The slips as a PDF; a page holds fewer than `per_page` where they would not fit."""
    kit = Kit(large_print=large_print)
    story, first = slips(kit, partial(_slip, kit, data), per_page)
    return build(kit, data.head, f"{TITLE}: {data.title}", story, stamp=stamp, first=first)


def _slip(kit: Kit, data: EvaluationSlip, wide: float, spare: float) -> list[Flowable]:
    small = wide < NARROW
    words = "cell_left" if small else "fact"
    pitch = (18 if small else 22) * kit.scale
    gap = kit.space((3.5 if small else 5) * kit.scale)
    sample = "Sample. " if data.head.sample else ""

    def ticks(answers: list[str]) -> Flowable:
        return choices(kit, answers, wide, "cell_left" if small else "cell_roomy_left")

    outcomes = kit.bullets(data.outcomes, "item_small")
    if small:
        outcomes = [kit.text(f"\u2022 {one}", "cell_left") for one in data.outcomes]
    answered: list[tuple[Text, Answer]] = [
        ("Was it useful?", ticks(YES_NO)),
        ("Relevant in class?", ticks(YES_NO)),
        ("I am a", ticks([one.label for one in Respondent])),
    ]
    if small:  # both roles do not stand beside the words
        answered.pop()
    return [
        kit.text(f"{sample}{cluster_name(data.head)}: CPD evaluation", "source"),
        title(kit, data.title, wide),
        kit.text(", ".join(filter(None, (data.when, data.provider))), "source"),
        gap,
        kit.text(f"How good was it? {ENDS}.", words),
        ticks([str(one) for one in RATINGS]),
        gap,
        kit.text("Did it do what it set out to do?", words),
        *outcomes,
        ticks([one.label for one in OutcomeMet]),
        gap,
        asked(kit, answered, 146, wide, 1 if small else 2),
        gap,
        kit.text("What will you do in your class? What should we change?", words),
        WritingLines(min(LINES, 2 + int(spare // pitch)), pitch),
        gap,
        *([ticks([one.label for one in Respondent])] if small else []),
        ticks(["You may quote my words"]),
        kit.text("No names, please: yours, a colleague’s or a child’s.", "source"),
    ]
