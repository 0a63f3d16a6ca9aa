"""Cluster, agreements, calendar and roles: entered, changed and found from the page."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlmodel import select

from models import tables as t
from models.words import RoleKind
from tests.ui.looks import clipped, nameless
from tests.ui.pages.settings.conftest import KEYS
from ui.forms.draft_form import DraftForm
from ui.pages.settings.roles import AppointForm
from ui.wayfinding import Place
from ui.widgets.parts import Banner

KEY = Qt.Key
D = dt.date


def type_in(form, name: str, text: str) -> None:
    widget = form.entries[name].widget
    QTest.keySequence(widget, "Ctrl+A")
    QTest.keyClicks(widget, text)


def save(form) -> None:
    QTest.keyClick(form, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("empty", [False, True])
def test_every_word_of_a_section_fits_and_every_control_has_a_name(make_settings, empty):
    settings = make_settings(empty=empty)
    for ems, width in ((105, 1150), (70, 1000)):
        settings.page.resize(width, 660)
        settings.page.arrange(ems)
        for key in KEYS:
            settings.section(key)
            assert clipped(settings.page) == [], (ems, key)
            assert nameless(settings.page) == [], (ems, key)


def test_the_cluster_is_edited_with_ctrl_e(settings):
    settings.section("cluster")
    QTest.keySequence(settings.page, "Ctrl+E")
    form = settings.dialog(DraftForm)
    type_in(form, "sponsor_name", "The Larkfield Trust")
    save(form)
    assert settings.none_open(DraftForm)
    row = settings.world.ask(lambda s: s.exec(select(t.Cluster)).one())
    assert row.sponsor_name == "The Larkfield Trust"


def test_a_book_without_a_cluster_gets_one(make_settings):
    settings = make_settings(empty=True)
    section = settings.section("cluster")
    QTest.mouseClick(section.edit_button, Qt.MouseButton.LeftButton)
    form = settings.dialog(DraftForm)
    type_in(form, "name", "Tidewater Cluster")
    save(form)
    assert settings.world.ask(lambda s: s.exec(select(t.Cluster.name)).one()) == "Tidewater Cluster"


def test_an_agreement_is_entered_and_found_again(make_settings):
    settings = make_settings(empty=True)
    pane = settings.section("agreements")
    pane.setFocus()
    QTest.keySequence(pane, "Ctrl+N")
    form = settings.dialog(DraftForm)
    type_in(form, "starts_on", "1/9/2024")
    type_in(form, "ends_on", "31/8/2026")
    save(form)
    assert [row.title for row in pane.records()] == ["Stage 3: 1 September 2024 to 31 August 2026"]
    settings.section("rules")
    settings.page.go_to(Place("agreement", pane.records()[0].id))
    assert settings.page.current() is pane


def test_the_terms_of_the_coming_year_are_copied_from_this_one(settings):
    section = settings.section("terms")
    assert not section.copy.isVisible()
    section.years.show_value(2026)
    assert section.pane.records() == []
    assert section.copy.isVisible()
    QTest.mouseClick(section.copy, Qt.MouseButton.LeftButton)
    assert [row.name for row in section.pane.records()][::5] == ["Autumn 1", "Summer 2"]
    assert not section.copy.isVisible()
    assert settings.world.book.undo_name == "Copy the term dates to 2026 to 2027"


def test_a_half_term_that_does_not_fit_is_refused_beside_its_date(settings):
    section = settings.section("terms")
    section.pane.table.setFocus()
    section.pane.go_to(section.pane.records()[0].id)
    QTest.keySequence(section.pane.table, "Ctrl+E")
    form = settings.dialog(DraftForm)
    type_in(form, "ends_on", "20/11/2024")
    save(form)
    assert "two half-terms cannot share days" in form.errors()["ends_on"]


def test_a_new_half_term_begins_with_the_year_that_is_shown(make_settings):
    settings = make_settings(empty=True)
    section = settings.section("terms")
    assert section.usual.isVisible()
    section.years.show_value(2025)
    section.pane.new()
    form = settings.dialog(DraftForm)
    assert form.typed("school_year") == 2025
    for typed, day in (("2 Sept", dt.date(2025, 9, 2)), ("22/7", dt.date(2026, 7, 22))):
        type_in(form, "starts_on", typed)
        assert form.typed("starts_on") == day  # of the list's year, whatever day it is


def test_missing_dates_are_told_above_the_list_and_the_usual_ones_come_at_once(make_settings):
    settings = make_settings(empty=True)
    section = settings.section("terms")
    told = [banner.text() for banner in section.findChildren(Banner)]
    assert told[0].startswith("There are no term dates of 2024 to 2025 yet")
    QTest.mouseClick(section.usual, Qt.MouseButton.LeftButton)
    assert len(section.pane.records()) == 6
    told = [banner.text() for banner in section.findChildren(Banner) if banner.isVisible()]
    assert not any("2024 to 2025" in text for text in told)


def test_bank_holidays_come_in_by_one_button_that_says_how_many(make_settings):
    settings = make_settings(empty=True)
    section = settings.section("closed")
    assert section.holidays.words() == "Enter 8 bank holidays"
    QTest.mouseClick(section.holidays, Qt.MouseButton.LeftButton)
    assert len(section.pane.records()) == 8
    assert not section.holidays.isVisible()


def test_a_role_is_handed_on_to_somebody_new(settings):
    pane = settings.section("roles")
    advisor = next(row for row in pane.records() if row.kind is RoleKind.ADVISOR)
    pane.go_to(advisor.id)
    QTest.keySequence(pane.table, "Ctrl+Shift+H")
    form = settings.dialog(AppointForm)
    form.name.setCompleter(None)  # its list cannot pop up without a screen
    QTest.keyClicks(form.name, "Ada Penrose")
    QTest.keyClicks(form.organisation, "Wrenfield Trust")
    QTest.keySequence(form.starts, "Ctrl+A")
    QTest.keyClicks(form.starts, "1/7/2025")
    QTest.keyClicks(form.note, "Ring before ten")
    form.submit()
    assert settings.none_open(AppointForm)
    now = next(row for row in pane.records() if row.name == "Ada Penrose")
    assert (now.kind, now.starts_on, now.place) == (RoleKind.ADVISOR, D(2025, 7, 1), "Wrenfield Trust")
    before = next(row for row in pane.records() if row.id == advisor.id)
    assert (before.ends_on, before.handover_note) == (D(2025, 6, 30), "Ring before ten")
    settings.world.book.undo()
    assert "Ada Penrose" not in [row.name for row in pane.records()]


def test_a_role_on_a_day_that_cannot_be_is_said_beside_it(settings):
    pane = settings.section("roles")
    pane.go_to(pane.records()[0].id)
    pane.hand_on(pane.records()[0])
    form = settings.dialog(AppointForm)
    form.name.setCompleter(None)
    QTest.keyClicks(form.name, "Ada Penrose")
    QTest.keySequence(form.starts, "Ctrl+A")
    QTest.keyClicks(form.starts, "1/7/2010")
    form.submit()
    assert "a change comes after that" in form.errors()["starts_on"]
    assert form.name.text() == "Ada Penrose"


def test_the_first_role_is_entered_in_an_empty_book(make_settings):
    settings = make_settings(empty=True)
    pane = settings.section("roles")
    pane.new()
    form = settings.dialog(AppointForm)
    form.submit()
    assert form.errors() == {"name": "Enter the person’s name."}
    QTest.keyClicks(form.name, "Tess Arden")
    form.submit()
    assert [(row.kind, row.name) for row in pane.records()] == [(RoleKind.CLUSTER_LEAD, "Tess Arden")]


def test_the_sections_are_moved_through_with_the_arrow_keys(settings):
    settings.section("cluster")
    first = settings.page.tabs.findChildren(type(settings.page.tabs._group.button(0)))[0]
    first.setFocus()
    QTest.keyClick(first, KEY.Key_Down)
    assert KEYS[settings.page.tabs.current()] == "agreements"
    assert settings.page.context_line.text().startswith("Each stage’s agreement")


def test_quick_find_leads_to_a_section_by_its_key(settings):
    settings.page.go_to(Place("settings", 0, "backups"))
    assert KEYS[settings.page.tabs.current()] == "backups"
