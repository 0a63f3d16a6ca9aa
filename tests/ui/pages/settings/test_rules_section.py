"""The scheme's rules are read with their guidance and changed from a day on, from the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from sqlmodel import select

from models import tables as t
from models.rules.scheme import Response, catalogue
from tests.ui.conftest import settle
from ui.pages.settings.rule_form import RuleForm
from ui.wayfinding import Place
from ui.widgets.plain import Label

KEY = Qt.Key


@pytest.fixture
def rules(settings):
    return settings.section("rules")


def words(widget) -> list[str]:
    settle()
    return [label.text() for label in widget.findChildren(Label) if label.isVisible()]


def button(widget, text: str) -> QPushButton:
    settle()
    return next(b for b in widget.findChildren(QPushButton) if b.isVisible() and b.text() == text)


def stored(settings) -> list[tuple[str, str, str, str]]:
    rows = settings.world.ask(lambda s: s.exec(select(t.SchemeSetting).order_by("id")).all())
    return [(r.key, r.value, r.response and r.response.value, r.reason) for r in rows]


def change(settings, rules, key: str, value: str, reason: str) -> RuleForm:
    rules.go_to(list(catalogue()).index(key) + 1)
    QTest.keySequence(rules.table, "Ctrl+E")
    form = settings.dialog(RuleForm)
    QTest.keySequence(form.value, "Ctrl+A")
    QTest.keyClicks(form.value, value)
    QTest.keyClicks(form.reason, reason)
    QTest.keyClick(form, KEY.Key_Return)
    return form


def test_each_rule_stands_with_its_value_and_the_sentence_it_comes_from(rules):
    assert len(rules.records()) == len(catalogue())
    rules.go_to(1)
    said = words(rules.detail)
    assert "£100" in said
    assert f"“{catalogue()['cap_per_half_day'].guidance}”" in said


def test_a_rule_is_changed_from_the_keyboard_and_undo_takes_it_back(settings, rules):
    before = len(stored(settings))
    change(settings, rules, "meetings_target", "6", "Agreed in September")
    assert settings.none_open(RuleForm)
    assert stored(settings)[before:] == [("meetings_target", "6", "warn", "Agreed in September")]
    assert rules.current().now.words == "6"
    assert "Agreed in September" in words(rules.detail)
    assert settings.world.book.undo_name.startswith("Change the rule “Meetings in school time aimed for")
    settings.world.book.undo()
    assert rules.current().now.words == "5"


def test_what_does_not_fit_is_said_beside_its_field_and_the_form_stays(settings, rules):
    form = change(settings, rules, "meetings_target", "lots", "")
    assert set(form.errors()) == {"value", "reason"}
    assert form.errors()["value"].endswith("write a whole number, not “lots”.")
    assert form.isVisible()


def test_a_value_that_contradicts_another_is_refused_with_what_was_typed_still_there(settings, rules):
    form = change(settings, rules, "meetings_min", "9", "More is better")
    assert "change the other one first" in form.errors()["value"]
    assert (form.value.text(), form.reason.text()) == ("9", "More is better")


def test_a_response_alone_is_chosen_from_words(settings, rules):
    rules.go_to(list(catalogue()).index("trips") + 1)
    QTest.mouseClick(button(rules.detail, "Change…"), Qt.MouseButton.LeftButton)
    form = settings.dialog(RuleForm)
    assert form.value is None
    form.response.show_value(Response.WARN)
    QTest.keyClicks(form.reason, "One trip a year is agreed")
    form.submit()
    assert stored(settings)[-1] == ("trips", "", "warn", "One trip a year is agreed")
    assert rules.current().now.response is Response.WARN


def test_back_to_the_guidance_begins_with_what_the_guidance_says(settings, rules):
    change(settings, rules, "meetings_target", "6", "Agreed")
    QTest.mouseClick(button(rules.detail, "Back to the guidance…"), Qt.MouseButton.LeftButton)
    form = settings.dialog(RuleForm)
    assert form.value.text() == "5"
    form.starts.setText("1/9/2025")
    QTest.keyClicks(form.reason, "The Trust asked")
    form.submit()
    assert settings.none_open(RuleForm)
    assert [value.words for value in rules.current().values] == ["5", "6", "5"]
    assert rules.current().now.words == "6"


def test_an_earlier_value_is_deleted_and_the_one_before_holds_again(settings, rules):
    change(settings, rules, "meetings_target", "6", "A slip")
    gone = next(b for b in rules.detail.findChildren(QPushButton) if b.text() == "Delete")
    QTest.mouseClick(gone, Qt.MouseButton.LeftButton)
    assert rules.current().now.words == "5"
    assert not rules.current().changed


def test_a_topic_or_a_word_of_the_guidance_shows_fewer_rules(rules):
    everything = len(rules.records())
    rules.topic.setCurrentIndex(2)
    assert 0 < len(rules.records()) < everything
    assert {row.group for row in rules.records()} == {rules.topic.value()}
    rules.topic.setCurrentIndex(0)
    rules.filter_by("anything about trips")
    assert rules.table.records.shown() == []
    rules.filter_by("trips activities")
    assert "trips" in [row.key for row in rules.table.records.shown()]


def test_a_dated_value_that_quick_find_knows_leads_to_its_rule(settings, rules):
    change(settings, rules, "cpd_cap", "450", "Inflation")
    setting = settings.world.ask(
        lambda s: s.exec(select(t.SchemeSetting.id).where(t.SchemeSetting.value == "450.00")).one()
    )
    rules.go_to(1)
    rules.topic.setCurrentIndex(1)
    settings.page.go_to(Place("scheme_setting", 0, "cpd_cap"))
    assert rules.current().key == "cpd_cap"
    rules.go_to(1)
    settings.page.go_to(Place("scheme_setting", setting))
    assert rules.current().key == "cpd_cap"


def test_a_rule_itself_cannot_be_deleted(rules):
    assert "Delete scheme rule" not in [command.words for command in rules.commands()]
    assert "Change scheme rule" in [command.words for command in rules.commands()]
