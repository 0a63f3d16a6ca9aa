"""Projects, activities, shared documents and partners on the impact page, and going to a record."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtTest import QTest
from sqlmodel import select

from models import tables as t
from models.words import ActivityKind, Difficulty, Length, ProjectScope, ProjectState
from ui.dialogs.asking import Asking
from ui.dialogs.serving import ServeDialog
from ui.forms.draft_form import DraftForm
from ui.pages.impact.around import ActivityForm, ProjectForm
from ui.pages.impact.documents import AgreeDialog
from ui.pages.impact.page import ACTIVITIES, DOCUMENTS, PARTNERS, PROJECTS
from ui.wayfinding import Place
from ui.widgets.ticks import Tick


def tick(window, *names: str) -> None:
    for name in names:
        next(one for one in window.findChildren(Tick) if one.isVisible() and one.text() == name).click()


def test_a_project_is_entered_with_its_schools_and_what_it_serves_and_begins(impact):
    pane = impact.tab(PROJECTS)
    impact.key(pane.table, "Ctrl+N")
    form = impact.form(ProjectForm)
    impact.type_into(form.entries["title"].widget, "Science outdoors")
    assert not form.entries["school_id"].widget.isVisible()
    tick(form, "Quillby C of E Primary School", "Otterhay Junior School", "Family learning")
    impact.press(form, "Save")
    row = impact.choose(pane, "PR-11")
    assert (row.schools, row.serves.brief) == (("Otterhay", "Quillby"), ("Family learning",))
    impact.press(pane.panel, "It has begun…")
    dialog = impact.form(Asking)
    impact.press(dialog, "Save")
    row = impact.choose(pane, "PR-11")
    assert (row.fact.state, row.fact.starts_on) == (ProjectState.RUNNING, dt.date(2025, 6, 20))
    impact.key(pane.table, "Ctrl+L")
    serve = impact.form(ServeDialog)
    tick(serve, "Family learning", "Use of ICT")
    impact.press(serve, "Save")
    assert impact.choose(pane, "PR-11").serves.brief == ("Use of ICT",)


def test_r_proj_1_the_balance_is_a_picture_and_says_when_all_are_of_one_kind(impact):
    pane = impact.tab(PROJECTS)
    picture = pane.panel.balance
    assert picture.accessibleName() == (
        "Balance: 2 easier and short, 1 easier and long and 4 harder and long"
    )

    def all_harder(session):
        for row in session.exec(select(t.Project)):
            row.difficulty, row.length = Difficulty.HARDER, Length.LONG

    impact.change("All harder", all_harder)
    assert picture.accessibleName() == "Balance: 7 harder and long"
    assert "All 6 projects of 2024 to 2025 are harder and long: have a balance." in impact.words(pane.panel)


def test_r_proj_2_a_theme_feeds_back_and_a_project_that_is_stopped_says_why(impact):
    pane = impact.tab(PROJECTS)
    assert impact.choose(pane, "PR-06").feedback_words == "Later"
    impact.key(pane.table, "Ctrl+R")
    dialog = impact.form(Asking)
    dialog.submit()
    assert dialog.errors() == {"feedback": "Write what came of it."}
    impact.type_into(dialog.fields["feedback"], "They touch before they look.")
    dialog.submit()
    row = impact.choose(pane, "PR-06")
    assert (row.feedback_words, row.feedback) == ("Given", "They touch before they look.")
    assert row.fact.scope is ProjectScope.SCHOOL_THEME
    impact.choose(pane, "PR-04")
    impact.key(pane.table, "Ctrl+G")
    dialog = impact.form(Asking)
    dialog.submit()
    assert dialog.errors() == {"stopped_reason": "Write why it was stopped."}
    impact.type_into(dialog.fields["stopped_reason"], "No time before July")
    dialog.submit()
    assert impact.none_open(Asking)
    assert "No time before July" in impact.words(pane.panel)
    assert impact.choose(pane, "PR-04").fact.state is ProjectState.STOPPED


def test_an_activity_keeps_flags_and_counts_and_never_tells_a_handful(impact):
    """R-INC-1, R-INC-2, R-TRAN-1."""
    pane = impact.tab(ACTIVITIES)
    impact.key(pane.table, "Ctrl+N")
    form = impact.form(ActivityForm)
    assert not form.entries["primary_side"].widget.isVisible()
    impact.type_into(form.entries["title"].widget, "Owls by night")
    pick = form.entries["kind"].widget
    pick.setFocus()
    QTest.keyClicks(pick, "KS2")
    assert form.typed("kind") is ActivityKind.TRANSITION
    assert form.entries["primary_side"].widget.isVisible()  # both sides are asked for at once
    impact.type_into(form.entries["people_count"].widget, "3")
    impact.type_into(form.entries["primary_side"].widget, "Year 6 sort pellets")
    tick(form, "For pupils with SEN", "Quillby C of E Primary School")
    impact.press(form, "Save")
    row = impact.choose(pane, "AC-16")
    assert (row.people_words, row.flags, row.schools) == (
        "fewer than 5", ("for pupils with SEN",), ("Quillby",),
    )  # fmt: skip
    told = impact.words(pane.detail)
    assert "AC-16 Owls by night: enter what the secondary side did." in told
    assert "3" not in told.replace("AC-16", "").split()
    assert "Inclusion: 1 for Pupil Premium pupils, 3 for pupils with SEN" in impact.words(pane)
    impact.choose(pane, "AC-08")
    assert impact.follow(pane.detail, "Brindlemere High School") == Place("partner", 3)


def test_r_imp_8_who_agreed_a_version_is_ticked_and_the_next_version_begins_unagreed(impact):
    pane = impact.tab(DOCUMENTS)
    impact.choose(pane, "Brindlemere enquiry progression v2")
    impact.press(pane.detail, "Agreements…")
    dialog = impact.form(AgreeDialog)
    tick(dialog, "Brindlemere High")
    impact.press(dialog, "Save")
    row = impact.choose(pane, "Brindlemere enquiry progression v2")
    assert (row.fact.words, row.missing) == ("v2 agreed 7 of 7", ())
    assert "Agreed by all" in [pane.spec.columns[4].text(one) for one in pane.records()]
    assert {one.school: one.on for one in row.schools}["Quillby"] == dt.date(2025, 1, 24)  # as it was
    impact.key(pane.table, "Ctrl+J")
    impact.press(impact.form(Asking), "Begin it")
    assert impact.choose(pane, "Brindlemere enquiry progression v3").fact.words == "v3 agreed 0 of 7"


def test_r_proj_3_a_partner_says_what_the_cluster_obtained(impact):
    pane = impact.tab(PARTNERS)
    impact.key(pane.table, "Ctrl+N")
    form = impact.form(DraftForm)
    impact.type_into(form.entries["name"].widget, "Wenmarsh Waterworks")
    impact.type_into(form.entries["obtained"].widget, "A visit for two schools")
    impact.press(form, "Save")
    impact.choose(pane, "Wenmarsh Waterworks")
    assert "A visit for two schools" in impact.words(pane.detail)
    assert "In the pack: 6 partners" in impact.words(pane)


@pytest.mark.parametrize(
    ("table", "record_id", "tab", "year"),
    [
        ("evidence", 1, 1, 2023),
        ("project", 4, 4, 2024),
        ("activity_school", 1, 5, 2023),
        ("partner", 3, 7, 2024),
    ],
)
def test_a_record_is_shown_on_its_tab_in_its_year(impact, table, record_id, tab, year):
    impact.go(table, record_id)
    assert impact.page.tabs.current() == tab
    assert impact.page._year == year
    assert impact.page.current().current().id == (1 if table == "activity_school" else record_id)
