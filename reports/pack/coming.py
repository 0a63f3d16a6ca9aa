"""Part 22, next year: what next?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.calendar import year_label
from models.formats import NOT_ENTERED, count, long_date, pounds, prose_pounds
from models.queries.capacity import PlannedStep
from models.queries.pack import PackData
from reports.kit import BREAK, Bold, Col, Muted, TableLook, Text
from reports.pack.sheet import Sheet, entered


def answer(data: PackData) -> str:
    """How many tasks, what they cost, and how many meetings have their date."""
    coming = data.next_year
    if not coming.steps and not coming.meetings:
        return f"The plan for {year_label(coming.year)} is not entered yet"
    cost = sum(one.cost_p or 0 for one in coming.steps)
    tasks = count(len(coming.steps), "task")
    without = sum(one.cost_p is None for one in coming.steps)
    money = f", {prose_pounds(cost)} together" if cost else ""
    if money and without:
        money += f", {without:,} without a cost"
    return f"{tasks} planned{money}; {count(len(coming.meetings), 'meeting has', 'meetings have')} a date"


def _task(one: PlannedStep) -> Text:
    return [Bold(one.task), BREAK, Muted(f"worked if: {one.success or NOT_ENTERED}")]


def _money(one: PlannedStep) -> Text:
    if one.cost_p is None:
        return NOT_ENTERED
    return [pounds(one.cost_p), BREAK, Muted(one.source)] if one.source.strip() else pounds(one.cost_p)


def body(sheet: Sheet) -> list[Flowable]:
    """The plan task by task, and the dates of the meetings (F8.2)."""
    kit, coming = sheet.kit, sheet.data.next_year
    cols: list[Col[PlannedStep]] = [
        Col("Task", _task, 0),
        Col("Who", lambda one: entered(one.who), 92, gap=10),
        Col("When", lambda one: entered(one.when), 74, gap=10),
        Col("Cost, and from", _money, 82, gap=10),
        Col("How it is checked", lambda one: entered(one.check), 96),
    ]
    if not coming.steps and not coming.meetings:
        return [kit.text(f"Enter the tasks of {year_label(coming.year)}, and the dates of its meetings.")]
    look = TableLook(pad=4, empty=f"Enter the plan for {year_label(coming.year)}.")
    story: list[Flowable] = [kit.table(cols, coming.steps, look=look)]
    dates = [f"{long_date(day)}: {title}" for day, title in coming.meetings]
    words = kit.bullets(dates) if dates else [kit.text("No meeting has a date yet.")]
    return [*story, kit.heading("Dates of the meetings"), *words]
