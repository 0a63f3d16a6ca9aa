"""Part 17, transition and secondary links: is the step from KS2 to KS3 helped?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import long_date
from models.queries.pack import PackData
from models.rules.impact import ActivityFact, transition_words
from models.words import ActivityKind, Phase
from reports.kit import BREAK, Bold, Col, Muted, TableLook, Text
from reports.pack.sheet import Sheet, entered, opened, took_part


def activities(data: PackData) -> list[ActivityFact]:
    """The year's transition activities (R-TRAN-1)."""
    return [one for one in data.impact.activities if one.kind is ActivityKind.TRANSITION]


def answer(data: PackData) -> str:
    """How many activities, with how many secondary schools (R-TRAN-1)."""
    return opened(transition_words(data.impact.activities))


def _what(one: ActivityFact) -> Text:
    return [Bold(one.title), BREAK, Muted(f"{long_date(one.on)}, {took_part(one)}")]


def body(sheet: Sheet) -> list[Flowable]:
    """Each activity with both sides of it, and the linked secondaries."""
    kit, found = sheet.kit, activities(sheet.data)
    linked = [
        line.membership.school
        for line in sheet.data.members.lines
        if line.membership.phase is Phase.SECONDARY
    ]
    link = f"Linked secondary: {', '.join(linked)}." if linked else "No secondary school is linked yet."
    if not found:
        enter = "Enter what the primaries and the secondary did together: then it is shown here."
        return [kit.text(enter), kit.text(link)]
    cols: list[Col[ActivityFact]] = [
        Col("Activity", _what, 0),
        Col("What the primaries did", lambda one: entered(one.primary_side), 120, gap=12),
        Col("What the secondary did", lambda one: entered(one.secondary_side), 120, gap=12),
        Col("Shared way of teaching", lambda one: entered(one.pedagogy), 104, gap=12),
    ]
    table = kit.table(cols, found, look=TableLook(pad=4))
    return [*sheet.noted(table, "Source: activities.", len(found)), kit.text(link)]
