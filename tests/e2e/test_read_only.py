"""A book open to read only: every page can be looked at, printed and exported, and nothing is changed."""

import re
from functools import partial

import pytest
from PySide6.QtWidgets import QAbstractButton

from models import tables as t
from models.services import records
from tests.ui.conftest import settle
from ui.bookfile import Way
from ui.delegates.table import RecordTable
from ui.forms.draft_form import DraftForm
from ui.lists.pane import ListPane
from ui.pages.home.page import SAMPLE, SAMPLE_TO_READ
from ui.shell.actions import Action
from ui.widgets.buttons import Button
from ui.widgets.choices import Sections, Tabs
from ui.widgets.plain import Label

pytestmark = pytest.mark.timeout(240)
WHY = "Brindlemere.clusterbook is open to read only: you can look and print, not change."
WRITES = {"New cover claim", "Approve", "Pay", "New entry", "Edit cluster", "Back up now", "Issue…"}
LOOKS = {
    "", "# more", "Advisor: # asked, # answered", "All meetings", "Change", "Change it in Scheme rules",
    "Compare with now", "Copy as table", "Copy the year as table", "Deleted",
    "Development: # plans, # reviewed", "Export PDF…", "Export the review pack as PDF",
    "Export the year", "Export what is shown", "Filters", "Go", "Hide", "History of this", "Make it again",
    "More", "Open", "Open pack", "Open the folder", "Open the session", "Papers", "Print the review pack",
    "Print…", "Roll-out", "Save the year for a calendar", "Show all actions", "Show all decisions",
    "Show item", "Show its entries", "Show the session", "Show them", "Strengths: # offers, # asks",
    "Try a fee", "Try a fee…", "Used beyond those who came: # times", "What changed",
    "What is held about somebody", "What is held about somebody…", "What is held about them",
    "What is held…", "Who is responsible, and what to do when the laptop is lost", "Whole page",
}  # fmt: skip
"""All that acts on the pages of a book that can only be read: each changes nothing in it."""


def calm(driver) -> None:
    """All that a page asked has been answered, and what it asked upon that."""
    runners = driver.context.tasks.file, driver.context.tasks.pool

    def quiet() -> bool:
        settle()
        return driver.turns_are_over() and not any(runner.busy() for runner in runners)

    for _ in range(2):
        driver.until(quiet)
    settle()


def tabs_of(page) -> list[QAbstractButton]:
    found = [one for one in page.findChildren(Tabs) + page.findChildren(Sections) if one.isVisible()]
    return found[0].findChildren(QAbstractButton) if found else []


def can_print(page) -> bool:
    """The paper is laid out."""
    return {one.words() for one in page.findChildren(Button) if one.isEnabled()} >= {"Print…", "Export PDF…"}


def plain(words: str) -> str:
    """Words without their numbers, and without the many things that have a history and a Bin."""
    return re.sub(r"^(History of this|Deleted) .+", r"\1", re.sub(r"\d+", "#", words))


def count_buttons(page, offered: set[str], stopped: set[str]) -> None:
    for one in page.findChildren(Button):
        (offered if one.isEnabled() else stopped).add(plain(one.words()))
        if not one.isEnabled() and one._on:
            assert one.toolTip() == WHY


def look_everywhere(driver) -> tuple[set[str], set[str]]:
    """The words of the buttons and commands that can be used on every page, and of those that cannot."""
    offered, stopped = set[str](), set[str]()
    for spec in driver.shell._pages:
        driver.go(spec.key)
        page = driver.shell.host.page(spec.key)
        for tab in tabs_of(page) or [None]:
            if tab is not None:
                tab.click()
            calm(driver)
            offered |= {plain(command.words) for command in driver.shell.host.commands()}
            count_buttons(page, offered, stopped)
            for table in [one for one in page.findChildren(RecordTable) if one.isVisible()]:
                table.setCurrentIndex(table.records.index(table.records.rowCount() - 1, 0))
            calm(driver)
            count_buttons(page, offered, stopped)
        if spec.key == "pack":  # its paper is laid out first
            tabs_of(page)[0].click()
            driver.until(partial(can_print, page))
            count_buttons(page, offered, stopped)
    return offered, stopped


def test_a_book_to_read_only_is_looked_at_printed_and_exported_and_never_changed(
    make_window, sample, tmp_path
):
    driver = make_window()
    driver.shell.files.open(sample, Way.READ_ONLY)
    driver.until_home()
    before = sample.read_bytes()
    said = {label.text() for label in driver.home.findChildren(Label) if label.isVisible()}
    assert SAMPLE_TO_READ in said
    assert SAMPLE not in said

    offered, stopped = look_everywhere(driver)
    assert offered == LOOKS
    assert stopped >= WRITES

    enabled = {action for action in Action if driver.shell.actions_table[action].isEnabled()}
    assert not enabled & {Action.IMPORT_WORKBOOK, Action.UNDO, Action.REDO}
    assert enabled >= {Action.EXPORT, Action.CHECK, Action.COPY, Action.FIND, Action.BIN}
    driver.do(Action.EXPORT)
    driver.choose_file(tmp_path / "out.xlsx")
    driver.until((tmp_path / "out.xlsx").exists)

    driver.go("schools")  # a form is looked at, and says why it cannot be saved
    tabs_of(driver.shell.host.page("schools"))[0].click()
    panes = driver.shell.host.page("schools").findChildren(ListPane)
    pane = next(one for one in panes if one.isVisible())
    pane.table.opened.emit(pane.current())
    form = driver.answer(DraftForm)
    assert form.errors() == {"": WHY}
    form.submit()
    assert form.errors() == {"": WHY}
    assert not form._accept.isEnabled()
    form.reject()

    driver.book.change("Edit", lambda s: records.change(s, t.Meeting, 1, {"title": "Slips through"}))
    driver.until(lambda: driver.shell.notices.texts().count(WHY) == 2)  # beside the one that lasts
    assert sample.read_bytes() == before

    driver.shell.files.close()
    driver.until(lambda: not driver.book.is_open())
    driver.shell.files.open(sample)
    driver.until(driver.book.is_open)
    assert Button("Approve").isEnabled()
