"""Aims on the impact page: words, what served them, their gaps, focus areas, fair access, classrooms."""

from __future__ import annotations

import datetime as dt

from PySide6.QtTest import QTest

from ui.forms.draft_form import DraftForm
from ui.pages.impact.aim_form import AimForm
from ui.pages.impact.link_dialog import LinkDialog
from ui.pages.impact.page import ACCESS, AIMS, CLASSROOMS, CONFIDENCE, FOCUS, GAPS, SIX
from ui.wayfinding import Place
from ui.widgets.parts import EmptyState
from ui.widgets.pick import Pick


def test_an_aim_is_put_into_words_and_later_into_others_and_the_old_ones_stay_before(impact):
    """R-AIM-1: the sample has four of six."""
    pane = impact.tab(AIMS, SIX)
    assert "4 of 6 central aims are entered: put the others into words too." in impact.words(pane)
    impact.choose(pane, "5")
    impact.key(pane.table, "Ctrl+E")
    form = impact.form(DraftForm)
    impact.type_into(form.entries["text"].widget, "Families find science at home")
    impact.press(form, "Save")
    aim = impact.choose(pane, "5")
    assert (aim.words, aim.state) == ("Families find science at home", "No activity")
    assert impact.kept("aim", aim.aim_id)["starts_on"] == dt.date(2023, 9, 1)  # as the others
    assert impact.world.book.undo_name == "Add aim"

    impact.key(pane.table, "Ctrl+J")
    form = impact.form(DraftForm)
    impact.type_into(form.entries["text"].widget, "Families do science at home")
    impact.press(form, "Save")
    aim = impact.choose(pane, "5")
    assert [words for _, _, words in aim.wordings] == [
        "Families do science at home", "Families find science at home",
    ]  # fmt: skip
    assert "from 20 June 2025" in impact.words(pane.panel)


def test_an_aim_shows_what_it_took_beside_its_evidence_and_leads_to_both(impact):
    """Features 3 #15."""
    pane = impact.tab(AIMS, SIX)
    impact.choose(pane, "1")
    told = impact.words(pane.panel)
    assert "£277, 16 half-days of release" in told
    assert "3 meetings, 2 projects, 2 payments and 1 activity" in told
    assert impact.follow(pane.panel, "Every teacher at Harlbridge") == Place("evidence", 9)
    assert impact.follow(pane.panel, "Release to write the starters handbook").table == "fund_entry"


def test_a_gap_is_come_to_by_its_task_and_closed_by_linking_what_the_school_took_part_in(impact):
    impact.go("aim_link", task="gaps")
    gaps = impact.page.part(AIMS, GAPS)
    assert gaps.isVisible()
    before = len(gaps.tab.gaps)
    assert gaps.fact.text() == (
        "Oakmantle, aim 2: autumn 1, spring 2, summer 0. Oakmantle: nothing for aim 2 since the spring term."
    )
    impact.key(gaps.grid, "Return")
    dialog = impact.form(LinkDialog)
    QTest.keyClicks(dialog.filter, "festival")
    impact.key(dialog.filter, "Down")
    assert dialog.table.current().title == "Science festival on the Otterhay field"
    QTest.keyClicks(dialog.table, " ")
    impact.key(dialog.table, "Return")
    assert impact.none_open(LinkDialog)
    assert len(gaps.tab.gaps) == before - 1
    assert "summer 1" in gaps.fact.text()
    impact.world.book.undo()
    assert len(gaps.tab.gaps) == before


def test_a_focus_area_that_nothing_touched_is_linked_and_its_own_wording_can_change(impact):
    """R-AIM-2, R-AIM-3."""
    pane = impact.tab(AIMS, FOCUS)
    assert len(pane.records()) == 18
    assert "Supporting ECTs (NQTs) in science" in [one.name for one in pane.records()]
    assert impact.choose(pane, "Use of ICT").state == "No activity"
    impact.key(pane.table, "Ctrl+L")
    dialog = impact.form(LinkDialog)
    QTest.keyClicks(dialog.filter, "data loggers")
    impact.key(dialog.filter, "Down")
    QTest.keyClicks(dialog.table, " ")
    dialog.submit()
    assert impact.choose(pane, "Use of ICT").state == "Served"
    impact.key(pane.table, "Ctrl+E")
    form = impact.form(DraftForm)
    impact.type_into(form.entries["name"].widget, "Computing in science")
    impact.press(form, "Save")
    assert impact.choose(pane, "Computing in science").position == 5


def test_r_inc_3_who_got_nothing_is_for_the_lead_alone_and_leads_to_the_school(impact):
    pane = impact.tab(AIMS, ACCESS)
    assert [one.school for one in pane.records() if one.prompt] == ["Brindlemere High"]
    impact.choose(pane, "Brindlemere High")
    told = impact.words(pane.detail)
    assert "had no funded half-day this year: ask what would help." in told
    assert "never printed and never ranked" in told
    impact.key(pane.table, "Return")
    assert impact.wanted[-1] == ("schools", Place("school", 1))


def test_classrooms_lead_to_the_session_and_to_the_roll_out(impact):
    """Features 3 #11, R-RES-7."""
    passed = impact.tab(CLASSROOMS, 0)
    impact.choose(passed, "CPD-04")
    told = impact.words(passed.detail)
    assert "12 people from 6 schools" in told
    assert "2 April 2025, 15 staff" in told
    assert told.count("not passed on yet") == 5
    impact.key(passed.table, "Return")
    assert impact.wanted[-1] == ("meetings", Place("cpd_session", 4))
    in_use = impact.tab(CLASSROOMS, 1)
    impact.choose(in_use, "Sounds in ten seconds")
    assert "Also staff who did not attend" in impact.words(in_use.detail)
    impact.key(in_use.table, "Return")
    assert impact.wanted[-1] == ("bank", Place("adoption"))


def test_beside_the_aims_stand_the_ways_to_what_is_told_elsewhere(impact):
    """R-ASK-1, R-COM-1, R-PPL-1, R-PPL-3, R-RES-7."""
    pane = impact.tab(AIMS, SIX)
    assert "https://chat.example/brindlemere-science" in impact.words(pane)
    for name in (
        "Used beyond those who came: 28 times",
        "Advisor: 3 asked, 2 answered",
        "Strengths: 12 offers, 4 asks",
        "Development: 5 plans, 4 reviewed",
        "Change",
    ):
        impact.press(pane, name)
    assert [place.table for _, place in impact.wanted] == [
        "adoption", "advisor_question", "strength", "development_plan", "cluster",
    ]  # fmt: skip


def test_an_empty_book_says_on_every_tab_what_to_do_first(make_impact):
    empty = make_impact(empty=True)
    for number in range(8):
        for part in range({AIMS: 4, CONFIDENCE: 3, CLASSROOMS: 2}.get(number, 1)):
            body = empty.tab(number, part)
            shown = [one for one in body.findChildren(EmptyState) if one.isVisible()]
            assert len(shown) == 1, (number, part)
    pane = empty.tab(AIMS, SIX)
    empty.press(pane, "Put the first aim into words")
    form = empty.form(DraftForm)
    assert form.entries["number"].read() == 1
    empty.type_into(form.entries["text"].widget, "Children ask more")
    empty.press(form, "Save")
    assert empty.choose(pane, "1").words == "Children ask more"


def test_d2_a_focus_area_is_a_suggestion_that_never_replaces_what_somebody_wrote(impact):
    pane = impact.tab(AIMS, SIX)
    impact.key(pane.table, "Ctrl+N")
    form = impact.form(AimForm)
    assert "Suggested: begin from a focus area" in impact.words(form)
    (pick,) = [one for one in form.findChildren(Pick) if one.accessibleName().startswith("Suggested")]
    assert pick.count() == 1 + 18
    pick.show_value("Family learning")
    pick.picked.emit()
    assert form.typed("text") == "Family learning"
    impact.type_into(form.entries["text"].widget, "Families find science at home")
    pick.show_value("Use of ICT")
    pick.picked.emit()
    assert form.typed("text") == "Families find science at home"
    impact.press(form, "Save")
    assert impact.choose(pane, "5").words == "Families find science at home"
