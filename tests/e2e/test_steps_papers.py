"""Printing the sign-in sheet of the next meeting, from Home, within five steps."""

from __future__ import annotations

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QLineEdit, QMenu

from tests.e2e.driver import Driver
from tests.e2e.steps import Steps
from ui.papers.window import PaperWindow
from ui.wayfinding import Place

pytestmark = pytest.mark.timeout(240)


def paper(driver: Driver) -> PaperWindow:
    """The window of a paper that is open, with its paper on show."""
    window = driver.answer(PaperWindow)
    driver.until(lambda: window.settled() and bool(window.pdf()))
    return window


def test_the_sign_in_sheet_of_the_next_meeting_is_printed_from_home_within_five_steps(on_sample, tmp_path):
    driver, steps = on_sample, Steps(on_sample)

    steps.key("Ctrl+K")
    steps.type_text("print sign-in")
    driver.until(
        lambda: [one.title for one in driver.shell.finding.finder.entries()] == ["Print sign-in sheet"]
    )
    steps.key(Qt.Key.Key_Return)
    window = paper(driver)
    assert window.proposed_name() == "Sign-in sheet 8 July 2025 Steering Group summer meeting.pdf"
    window.activateWindow()  # without a screen nobody else does that
    driver.until(window.isActiveWindow)
    steps.key("Ctrl+P")
    dialog = driver.answer(QPrintDialog)
    printed = tmp_path / "printed.pdf"
    to_file(dialog, printed)
    steps.key(Qt.Key.Key_Return)
    driver.until(lambda: "Sent 1 page to the printer" in window.news())

    assert steps.count <= 5
    assert len(PdfReader(printed).pages) == 1


def to_file(dialog: QPrintDialog, path) -> None:
    """This machine has no printer: print to a file."""
    dialog.printer().setResolution(72)
    next(one for one in dialog.findChildren(QLineEdit) if one.isVisible()).setText(str(path))


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # said of menus without a screen
def test_alt_p_opens_the_papers_of_the_meeting_in_view(on_sample):
    driver, steps = on_sample, Steps(on_sample)
    driver.shell.go("meetings", Place("meeting", 16))
    page = driver.shell.host.page("meetings")
    driver.until(lambda: page.meeting.detail() is not None and page.meeting.detail().id == 16)

    steps.key("Alt+P")
    driver.until(lambda: shown(driver) is not None)
    menu = shown(driver)
    minutes = next(one for one in menu.actions() if one.text() == "Minutes…")
    menu.setActiveAction(minutes)
    minutes.trigger()
    menu.close()

    title = page.meeting.detail().title
    assert title in paper(driver).proposed_name()


def shown(driver: Driver) -> QMenu | None:
    """The menu that is open."""
    return next((one for one in driver.start.window.findChildren(QMenu) if one.isVisible()), None)
