"""From Home: a school is added from scratch within five key presses and clicks, and taken back in one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models import tables as t
from models.queries.book import Book
from models.store import Store
from tests.e2e.driver import Driver
from tests.e2e.steps import Steps
from ui.dialogs.asking import Asking
from ui.pages.schools.forms import SchoolForm
from ui.widgets.buttons import Button
from ui.widgets.parts import TodoLine

pytestmark = pytest.mark.timeout(240)
KEY = Qt.Key


def schools(driver: Driver) -> dict[str, t.School]:
    def ask(store: Store):
        with store.read() as session:
            return {row.name: row for row in Book(session).rows(t.School)}

    return driver.ask(ask)


def members(driver: Driver) -> int:
    def ask(store: Store):
        with store.read() as session:
            book = Book(session)
            return len(book.members(book.today()))

    return driver.ask(ask)


def test_a_school_is_added_within_five_steps_and_undone_in_one(on_sample: Driver):
    driver, steps = on_sample, Steps(on_sample)
    before = members(driver)
    steps.click(driver.start.window.findChild(QWidget, "nav-schools"))
    driver.until(lambda: driver.shell.host.current_key == "schools")
    page = driver.shell.host.page("schools")
    driver.until(lambda: page.facts is not None and bool(page.schools().records()))
    steps.key("Ctrl+N")
    driver.answer(SchoolForm)
    steps.type_text("Oakfield Primary School")
    steps.key(KEY.Key_Return)
    driver.until(lambda: driver.dialog(QDialog) is None)
    driver.until(lambda: page.schools().current().name == "Oakfield Primary School")
    assert steps.count <= 5
    assert members(driver) == before + 1
    undo = steps.count
    steps.key("Ctrl+Z")
    driver.until(lambda: all(row.name != "Oakfield Primary School" for row in page.schools().records()))
    assert steps.count - undo == 1
    assert "Oakfield Primary School" not in schools(driver)
    assert members(driver) == before


def test_homes_line_on_declarations_leads_to_the_school_that_has_not_said(on_sample: Driver):
    driver, steps = on_sample, Steps(on_sample)
    if not _asking(driver):  # folded away below what is more pressing
        steps.click(next(one for one in _buttons(driver.home) if one.words().endswith(" more")))
        driver.until(lambda: bool(_asking(driver)))
    steps.click(_asking(driver)[0])
    driver.until(lambda: driver.shell.host.current_key == "schools")
    page = driver.shell.host.page("schools")
    driver.until(lambda: page.tabs.current() == 3 and page.current().current() is not None)
    driver.until(lambda: page.current().current().school.startswith("Quillby"))
    page.current().start()
    steps.key(KEY.Key_Return)
    driver.answer(Asking)
    steps.key(KEY.Key_Return)
    driver.until(lambda: driver.dialog(QDialog) is None)
    driver.until(lambda: page.current().current().state.label == "Yes")
    assert steps.count <= 4


def _asking(driver: Driver) -> list[Button]:
    """The button of Home's line on declarations, if that is in view."""
    lines = [line for line in driver.home.findChildren(TodoLine) if line.isVisible()]
    return [one for line in lines for one in _buttons(line) if "declaration" in one.accessibleName()]


def _buttons(widget: QWidget) -> list[Button]:
    return widget.findChildren(Button)
