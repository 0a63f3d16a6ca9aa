"""Part 18, inclusion and families: who benefits?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count
from models.queries.pack import PackData
from models.rules.impact import ActivityFact, audience_words, inclusion_counts, suppressed
from reports.kit import Col, TableLook
from reports.pack.sheet import Sheet, opened


def _flagged(data: PackData) -> list[ActivityFact]:
    return [
        one
        for one in data.impact.activities
        if one.pupil_premium or one.sen or one.gender or one.minorities or one.family
    ]


def answer(data: PackData) -> str:
    """How many activities were for those who miss out most often (R-INC-1)."""
    if not data.impact.activities:
        return "No activity is entered for this year"
    flagged = len(_flagged(data))
    if not flagged:
        return "No activity of the year was marked as being for those who miss out"
    reached = [one.people for one in _flagged(data) if one.people is not None]
    words = f"{count(flagged, 'activity was', 'activities were')} for those who often miss out"
    return f"{words}, reaching {suppressed(sum(reached))} people" if reached else words


def body(sheet: Sheet) -> list[Flowable]:
    """Counts only: no name, no school that was targeted, no handful of pupils (R-INC-2, F10.4)."""
    data, kit = sheet.data, sheet.kit
    for_all = [
        kit.heading("For all, or for some"),
        kit.text(f"Meetings and activities: {audience_words(data.impact.audiences)}."),
        kit.text("Which schools were targeted is known to the cluster lead and not printed.", "caption"),
    ]
    if not _flagged(data):
        return [kit.text(_none_words(data)), *for_all]
    rows = inclusion_counts(data.impact.activities)
    cols: list[Col[tuple[str, int]]] = [
        Col("Activities", lambda row: opened(row[0]), 0),
        Col("In the year", lambda row: row[1], 90, "right"),
    ]
    table = kit.table(cols, rows, look=TableLook(pad=3, width=320))
    note = "An activity may count in several lines. Source: activities. Fewer than 5 people are not told."
    return [*sheet.noted(table, note, len(rows)), *for_all]


def _none_words(data: PackData) -> str:
    """What stands in place of a table of noughts, which nobody counted (R-REV-5)."""
    entered = count(len(data.impact.activities), "activity", "activities")
    marks = "Pupil Premium, SEN, gender, minorities or families"
    if not data.impact.activities:
        return f"Activities, and whether they were for {marks}: {NOT_ENTERED}."
    return f"{entered} entered; whether any was for {marks} is {NOT_ENTERED}."
