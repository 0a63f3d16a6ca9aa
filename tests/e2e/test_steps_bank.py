"""From Home: a kit is lent within six key presses and clicks, checked in with one part missing within six."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from models import tables as t
from models.queries.book import Book
from models.rules.loans import LoanState
from models.store import Store
from models.words import ChargedTo
from tests.e2e.driver import Driver
from tests.e2e.steps import Steps
from ui.pages.bank.lend_dialog import LendDialog
from ui.pages.bank.return_dialog import ReturnDialog
from ui.pages.bank.small_dialogs import DayDialog
from ui.widgets.buttons import Button
from ui.widgets.parts import TodoLine

pytestmark = pytest.mark.timeout(240)
KEY = Qt.Key


def loans(driver: Driver) -> dict[str, t.Loan]:
    def ask(store: Store):
        with store.read() as session:
            return {row.code: row for row in Book(session).rows(t.Loan)}

    return driver.ask(ask)


def lines(driver: Driver, loan_id: int) -> dict[str, t.LoanLine]:
    def ask(store: Store):
        with store.read() as session:
            book = Book(session)
            parts = {row.id: row.name for row in book.rows(t.KitItem)}
            rows = [row for row in book.rows(t.LoanLine) if row.loan_id == loan_id]
            return {parts[row.kit_item_id]: row for row in rows}

    return driver.ask(ask)


def to_bank(driver: Driver, steps: Steps):
    """Ctrl and the page's number; then the list of items is there."""
    keys = [spec.key for spec in driver.shell.host._specs.values()]
    steps.key(f"Ctrl+{keys.index('bank') + 1}")
    driver.until(lambda: driver.shell.host.current_key == "bank")
    page = driver.shell.host.page("bank")
    driver.until(lambda: bool(page.body(0).records()))
    return page.body(0)


def closed(driver: Driver) -> None:
    """The form was saved and has gone."""
    driver.until(lambda: driver.dialog(QDialog) is None)


def test_a_kit_is_lent_within_six_steps_and_undone_in_one(on_sample: Driver):
    driver, steps = on_sample, Steps(on_sample)
    items = to_bank(driver, steps)
    steps.type_text("KIT-01")
    steps.key(KEY.Key_Return)
    driver.until(lambda: items.panel.detail is not None and items.panel.detail.row.code == "KIT-01")
    steps.key("Ctrl+L")
    driver.answer(LendDialog)
    steps.type_text("Otter")
    steps.key(KEY.Key_Return)
    closed(driver)
    driver.until(lambda: items.current().standing.label == "Out")
    assert steps.count <= 6
    made = loans(driver)["L-0034"]
    day = driver.book.facts and items.items.today
    assert (made.starts_on, made.out_on) == (day, day)
    assert str(made.due_on) == "2025-07-08"  # the next meeting
    assert lines(driver, made.id)["Bar magnet"].out_quantity == 10
    before = steps.count
    steps.key("Ctrl+Z")
    driver.until(lambda: items.current().standing.label == "Available")
    assert steps.count - before == 1
    assert "L-0034" not in loans(driver)


def test_a_kit_is_checked_in_with_one_part_missing_within_six_steps_and_undone_in_one(on_sample: Driver):
    driver, steps = on_sample, Steps(on_sample)
    items = to_bank(driver, steps)
    steps.type_text("KIT-03")
    steps.key(KEY.Key_Return)
    driver.until(lambda: items.panel.detail is not None and items.panel.detail.row.code == "KIT-03")
    steps.key("Ctrl+I")
    driver.answer(ReturnDialog)
    steps.type_text("buz")
    steps.key(KEY.Key_Space)
    steps.key(KEY.Key_Return)
    closed(driver)
    driver.until(lambda: items.current().standing.label == "Available")
    assert steps.count <= 6
    back = loans(driver)["L-0032"]
    assert back.back_on == items.items.today
    buzzer = lines(driver, back.id)["Buzzer"]
    assert (buzzer.out_quantity, buzzer.in_quantity) == (8, 7)
    assert (buzzer.charge_p, buzzer.charged_to) == (160, ChargedTo.SCHOOL)
    assert items.panel.detail.short == 1
    before = steps.count
    steps.key("Ctrl+Z")
    driver.until(lambda: items.current().standing.label == "Out")
    assert steps.count - before == 1
    assert lines(driver, back.id) == {}


def chase(driver: Driver) -> list[Button]:
    """Home's button that leads to the loan that is late."""
    lines = [line.button() for line in driver.home.findChildren(TodoLine) if line.isVisible()]
    return [one for one in lines if "kit loan is overdue" in one.accessibleName()]


def test_home_leads_to_the_loan_that_is_overdue(on_sample: Driver):
    driver, steps = on_sample, Steps(on_sample)
    steps.click(next(one for one in driver.home.findChildren(Button) if one.words().endswith(" more")))
    driver.until(lambda: bool(chase(driver)))
    steps.click(chase(driver)[0])
    driver.until(lambda: driver.shell.host.current_key == "bank")
    page = driver.shell.host.page("bank")
    driver.until(lambda: page.tabs.current() == 1 and page.body(1).current() is not None)
    assert page.body(1).current().code == "L-0030"
    assert page.body(1).current().state is LoanState.OVERDUE


def titles(driver: Driver) -> list[str]:
    return [entry.title for entry in driver.shell.finding.finder.entries()]


def test_quick_find_leads_from_a_note_to_its_kit_within_three_steps(on_sample: Driver):
    driver, steps = on_sample, Steps(on_sample)
    steps.key("Ctrl+K")
    steps.type_text("windowsill")
    driver.until(driver.shell.finding.finder.isVisible)
    driver.until(lambda: "Seeds and growth" in titles(driver))
    steps.key(KEY.Key_Return)
    driver.until(lambda: driver.shell.host.current_key == "bank")
    items = driver.shell.host.page("bank").body(0)
    driver.until(lambda: items.current() is not None and items.current().code == "KIT-07")
    assert steps.count <= 3


def test_no_dialog_of_a_day_is_left_open_after_escape(on_sample: Driver):
    """A form that nobody typed into closes without a question."""
    driver, steps = on_sample, Steps(on_sample)
    to_bank(driver, steps)
    page = driver.shell.host.page("bank")
    page.show_tab(3)
    driver.until(lambda: bool(page.body(3).records()))
    page.body(3).choose_chip(0)
    page.body(3).receive()
    driver.answer(DayDialog)
    steps.key(KEY.Key_Escape)
    closed(driver)
    assert driver.dialog(QDialog) is None  # and no question in its place
    assert driver.book.undo_name == ""
