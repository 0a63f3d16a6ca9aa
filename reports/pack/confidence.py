"""Part 12, confidence before and after: are teachers more confident?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count
from models.queries.pack import PackData
from models.rules.confidence import Change, hundredths
from reports.charts import dumbbell
from reports.charts.people import Change as Drawn
from reports.kit import Col, TableLook
from reports.pack.sheet import Sheet, no_trend, year_before, year_words

ENDS = ("not confident", "very confident")


def answer(data: PackData) -> str:
    """By how much, over all areas, and of how many people (R-IMP-4, R-IMP-5)."""
    found = data.impact.confidence
    if found.overall is None:
        if found.before or found.after:
            return "Not yet known: nobody has answered both before and after"
        return "Confidence was not asked about this year"
    change, of = found.overall, f"among {paired_words(data)} who answered twice"
    difference = change.difference
    if change.small or difference is None:
        up, same, down = change.moves
        return f"{count(up, 'answer')} went up, {same} stayed and {down} went down, {of}"
    if difference > 0:
        return f"Yes: up by {hundredths(difference)} on a scale of 5, {of}"
    if difference == 0:
        return f"Unchanged, {of}"
    return f"No: down by {hundredths(-difference)} on a scale of 5, {of}"


def paired_words(data: PackData) -> str:
    """`11 people`: those whose answers before and after are compared (R-IMP-4)."""
    paired = max((one.paired for one in data.impact.confidence.all), default=0)
    return count(paired, "person", "people")


def drawn(change: Change) -> Drawn:
    """An area as the chart shows it: no mean of a small group."""
    means = None if change.small else change.means
    before, after = (float(means[0]), float(means[1])) if means else (None, None)
    return Drawn(change.area.name, before, after, change.paired)


def _group(sheet: Sheet, words: str, changes: tuple[Change, ...]) -> list[Flowable]:
    asked = [one for one in changes if one.people]
    if not asked:
        return []
    small = [one for one in asked if one.small]
    shown = [one for one in asked if not one.small]
    story: list[Flowable] = [sheet.kit.heading(words)]
    if shown:
        story += sheet.charts(
            [drawn(one) for one in shown],
            lambda rows: dumbbell(rows, ENDS, sheet.look),
            "Means of the same people before (open) and after (solid). Source: slips without names.",
        )
    if small:
        cols: list[Col[Change]] = [
            Col("Area", lambda one: one.area.name, 0),
            Col("Answered twice", lambda one: one.paired_words, 130, gap=12),
            Col("Change", lambda one: one.change_words, 130, gap=12),
        ]
        note = f"Groups of fewer than {small[0].small_group} people show counts, not means."
        story += sheet.noted(sheet.kit.table(cols, small, look=TableLook(pad=3)), note, len(small))
    return story


def _unpaired(sheet: Sheet) -> list[Flowable]:
    found = sheet.data.impact.confidence
    cols: list[Col[Change]] = [
        Col("Area", lambda one: one.area.name, 0),
        Col("Who answered", lambda one: one.paired_words, 150, gap=12),
        Col("Before", lambda one: _mean(one, 0), 58, "right", 8),
        Col("After", lambda one: _mean(one, 1), 58, "right", 8),
        Col("Change", lambda one: one.change_words, 92, "right", 8),
    ]
    rows = [one for one in found.all if one.people]
    if not rows:
        return []
    words = f"{found.before} answered before and {found.after} after; only those who did both are compared."
    return [
        sheet.kit.heading("Who answered"),
        *sheet.noted(sheet.kit.table(cols, rows, look=TableLook(pad=2)), words, len(rows)),
    ]


def _mean(change: Change, which: int) -> str:
    if change.means is None:
        return NOT_ENTERED
    return "\u2013" if change.small else hundredths(change.means[which])


def _trend(sheet: Sheet) -> list[Flowable]:
    """This year beside the one before, over all areas (R-AGR-5)."""
    data = sheet.data
    if data.earlier is None:
        return [sheet.kit.text(no_trend(), "note")]
    then, now = data.earlier.confidence, data.impact.confidence.overall
    words = f"Over all areas: {_words(then)} in {year_before(data)}, {_words(now)} in {year_words(data)}."
    return [sheet.kit.text(words, "note")]


def _words(change: Change | None) -> str:
    return change.change_words if change is not None else NOT_ENTERED


def body(sheet: Sheet) -> list[Flowable]:
    """Paired means by area, by role where both groups are large enough; never by school (R-PPL-5)."""
    found = sheet.data.impact.confidence
    if not (found.before or found.after):
        words = f"Hand out the confidence survey of {year_words(sheet.data)}, and type in the slips."
        return [sheet.kit.text(words)]
    story: list[Flowable] = []
    for words, changes in found.groups:
        story += _group(sheet, words, changes)
    return [*_trend(sheet), *story, *_unpaired(sheet)]
