"""From nothing to a usable book, a rule changed, a record brought back, a backup restored: in few steps."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from sqlmodel import select

from models import tables as t
from models.queries.book import Book
from models.services import records
from tests.e2e.steps import Steps
from ui.dialogs.new_cluster import NewClusterDialog
from ui.dialogs.plain import QuestionDialog
from ui.pages.settings.rule_form import RuleForm
from ui.records.bin import BinDialog
from ui.widgets.buttons import Button
from ui.widgets.parts import TodoLine
from ui.widgets.plain import ElidedLabel

pytestmark = pytest.mark.timeout(240)
KEY = Qt.Key
SCHOOLS = (
    "Oakmere Primary School - Tess Arden",
    "Elm Lane Infant School - Bo Finch",
    "Harbour View Primary School",
    "St Brannock's C of E Primary School - Ida Lowe",
    "Fernleigh Junior School - Sam Okoro",
)


def ask(driver, question):
    """Ask a session of the open file."""

    def within(store):
        with store.read() as session:
            return question(session)

    return driver.ask(within)


def wizard(driver) -> NewClusterDialog:
    return driver.answer(NewClusterDialog)


def todo(driver) -> list[str]:
    """The heads of what needs doing, as Home shows them."""
    lines = [line for line in driver.home.findChildren(TodoLine) if line.isVisible()]
    return [line.findChildren(ElidedLabel)[0].text() for line in lines]


def test_a_new_cluster_with_six_schools_people_and_meetings_takes_two_dozen_keys(make_window):
    driver = make_window()
    driver.until(lambda: driver.shell.welcome is not None and driver.shell.welcome.isVisible())
    steps = Steps(driver)
    steps.key("Ctrl+Shift+N")
    form = wizard(driver)
    steps.type_text("Tidewater")
    steps.key(KEY.Key_Tab)
    steps.type_text("Castle Street Primary School")
    steps.key(KEY.Key_Return)
    for school in SCHOOLS:
        steps.type_text(school)
        steps.key(KEY.Key_Return)
    steps.key("Ctrl+Return")
    steps.type_text("Nerys Caldbeck")
    for words in ("n.caldbeck@castle.example", "Nerys Caldbeck", "Ada Penrose"):
        steps.key(KEY.Key_Tab)
        steps.type_text(words)
    steps.key(KEY.Key_Return)
    for number, day in enumerate(("9/10/25", "13 Nov 2025", "22/1/26", "12/3/26", "11/6/26")):
        if number:
            steps.key(KEY.Key_Tab)
        steps.type_text(day)
    steps.key(KEY.Key_Return)
    assert form.at == 4
    steps.press("Create the cluster", form)
    driver.until_home()

    assert steps.count <= 24
    facts = ask(driver, lambda s: (len(Book(s).members(dt.date(2025, 10, 6))), len(Book(s).rows(t.Meeting))))
    assert facts == (6, 5)
    assert driver.home.figures()["Schools taking part"] == "6"
    driver.until(lambda: todo(driver)[:1] == ["Next meeting: Thursday 9 October, 1:15pm"])


def test_a_rule_is_found_and_changed_within_eight_steps_and_undone_in_one(on_sample):
    driver = on_sample
    steps = Steps(driver)
    steps.key("Ctrl+K")
    steps.type_text("most recognised for one")
    driver.until(driver.shell.finding.finder.isVisible)
    steps.key(KEY.Key_Return)
    driver.until(lambda: driver.shell.host.current_key == "settings")
    page = driver.shell.host.page("settings")
    driver.until(
        lambda: getattr(page.current(), "spec", None) is not None and page.current().current() is not None
    )
    driver.until(lambda: page.current().table.hasFocus())  # noqa: PLW0108 - another one by then
    assert page.current().current().key == "cap_per_half_day"
    steps.key("Ctrl+E")
    driver.answer(RuleForm)
    steps.type_text("109")
    for _ in range(3):
        steps.key(KEY.Key_Tab)
    steps.type_text("Prices rose")
    steps.key(KEY.Key_Return)
    driver.until(lambda: driver.dialog(RuleForm) is None)
    assert steps.count <= 8
    driver.until(lambda: page.current().current().now.words == "£109")

    steps.key("Ctrl+Z")
    driver.until(lambda: page.current().current().now.words == "£100")


def test_a_deleted_record_comes_back_in_two_steps(on_sample):
    driver = on_sample
    driver.book.change("Delete wanted item", lambda s: records.remove(s, t.WantedItem, 1))
    driver.until(lambda: driver.book.facts.binned == 1)
    steps = Steps(driver)
    steps.key("Ctrl+B")
    dialog = driver.answer(BinDialog)
    driver.until(lambda: dialog.table.current() is not None)
    dialog.activateWindow()
    driver.until(dialog.isActiveWindow)
    steps.key(KEY.Key_Return)
    driver.until(lambda: driver.book.facts.binned == 0)
    assert steps.count == 2
    assert ask(driver, lambda s: s.get(t.WantedItem, 1) is not None)


def restore_buttons(section) -> list[Button]:
    return [one for one in section.findChildren(Button) if one.words() == "Restore…" and one.isVisible()]


def test_a_backup_takes_the_book_back_and_its_own_backup_brings_it_forward_again(on_sample):
    driver = on_sample
    title = ask(driver, lambda s: s.get(t.Meeting, 1).purpose)
    steps = Steps(driver)
    driver.shell.go("settings")
    page = driver.shell.host.page("settings")
    page.show_tab(6)
    backups = page.current()
    driver.until(backups.now_button.isVisible)
    steps.press("Back up now")
    driver.until(lambda: any(one.reason == "by-hand" for one in backups.table.records.shown()))
    driver.book.change("Rename", lambda s: records.change(s, t.Meeting, 1, {"purpose": "Something else"}))
    driver.until(lambda: driver.book.undo_name == "Rename")

    def restore(reason: str) -> None:
        driver.shell.go("settings")
        page = driver.shell.host.page("settings")
        page.show_tab(6)
        section = page.current()
        driver.until(lambda: any(one.reason == reason for one in section.table.records.shown()))
        section.table.choose(next(one.path for one in section.table.records.shown() if one.reason == reason))
        driver.until(lambda: bool(restore_buttons(section)))
        steps.click(restore_buttons(section)[0])
        question = driver.answer(QuestionDialog)
        steps.press("Restore it", question)
        driver.until(lambda: driver.shell.host.page("settings") is not page)

    restore("by-hand")
    driver.until(driver.book.is_open)
    assert ask(driver, lambda s: s.get(t.Meeting, 1).purpose) == title
    restore("before-restore")
    assert ask(driver, lambda s: s.get(t.Meeting, 1).purpose) == "Something else"
    assert ask(driver, lambda s: s.exec(select(t.Cluster.name)).one()) == driver.book.facts.cluster
