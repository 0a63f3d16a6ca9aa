"""Part 14, projects and themes: is there a balance; what was learnt?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, date_range, long_date
from models.queries.pack import PackData
from models.rules.projects import ProjectFact, feedback_words
from models.words import ProjectScope, ProjectState
from reports.kit import BREAK, Bold, Col, Muted, TableLook, Text
from reports.pack.sheet import Sheet, entered, year_words


def answer(data: PackData) -> str:
    """How many, of which kinds, and which feedback is still due (R-PROJ-1, R-PROJ-2)."""
    projects = data.impact.projects
    if not projects:
        return "No project or theme is entered"
    shared = sum(one.scope is ProjectScope.SHARED for one in projects)
    themes = len(projects) - shared
    words = count(shared, "shared project")
    if themes:
        words += f" and {count(themes, 'school theme')}, {feedback_words(projects, data.period.data_to)}"
    return words


def _title(one: ProjectFact) -> Text:
    where = one.school if one.scope is ProjectScope.SCHOOL_THEME else "shared"
    programme = f", {one.programme}" if one.programme.strip() else ""
    return [Bold(one.title), BREAK, Muted(f"{one.code}, {where}{programme}")]


def _kind(one: ProjectFact) -> str:
    parts = [part.label for part in (one.difficulty, one.length) if part is not None]
    return ", ".join(parts).capitalize() or NOT_ENTERED


def _when(one: ProjectFact) -> str:
    if one.starts_on and one.ends_on:
        return date_range(one.starts_on, one.ends_on)
    if one.starts_on:
        return f"since {long_date(one.starts_on)}"
    return NOT_ENTERED


def _state(one: ProjectFact) -> Text:
    if one.state is ProjectState.STOPPED:
        return [one.state.label, BREAK, Muted(one.stopped_reason or f"why: {NOT_ENTERED}")]
    return one.state.label


def _fed_back(one: ProjectFact) -> str:
    if one.scope is not ProjectScope.SCHOOL_THEME and one.feedback_on is None:
        return "\u2013"
    return long_date(one.feedback_on) if one.feedback_on else "still due"


def body(sheet: Sheet) -> list[Flowable]:
    """Every project of the year with its kind, state and feedback."""
    projects = sheet.data.impact.projects
    if not projects:
        return [sheet.kit.text(f"Enter the projects and themes of {year_words(sheet.data)}.")]
    cols: list[Col[ProjectFact]] = [
        Col("Project", _title, 0),
        Col("Kind", _kind, 84, gap=10),
        Col("When", _when, 106, gap=10),
        Col("State", _state, 84, gap=10),
        Col("Feedback", _fed_back, 78),
    ]
    kit = sheet.kit
    story: list[Flowable] = [
        *sheet.noted(
            kit.table(cols, projects, look=TableLook(pad=4)),
            f"The year’s projects: {sheet.data.impact.balance.words}. A false start is no fault: what was "
            "stopped, and why, is told so that others can learn from it.",
            len(projects),
        )
    ]
    learnt = [one for one in sheet.data.impact.feedback if one.words.strip()]
    if learnt:
        said: list[Text] = [[Bold(f"{one.title}: "), entered(one.words)] for one in learnt]
        story += [kit.heading("What was learnt"), *kit.bullets(said)]
    return story
