"""Closing a gap that Home names, and entering a photograph with its permission, each within ten steps."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from models.queries.evidence_page import evidence_rows
from tests.e2e.driver import Driver
from tests.e2e.steps import Steps
from ui.dialogs.asking import Asking
from ui.pages.impact.around import EvidenceForm
from ui.pages.impact.link_dialog import LinkDialog
from ui.pages.impact.page import AIMS, EVIDENCE, GAPS, ImpactPage
from ui.widgets.buttons import Button
from ui.widgets.parts import TodoLine
from ui.widgets.plain import Label

pytestmark = pytest.mark.timeout(240)


def page(driver: Driver) -> ImpactPage:
    """The impact page, once it is there."""
    driver.until(lambda: driver.shell.host.page("impact") is not None)
    return driver.shell.host.page("impact")


def gap_line(driver: Driver) -> TodoLine | None:
    """The line of Home that names the gaps."""
    return next(
        (
            line
            for line in driver.home.findChildren(TodoLine)
            if line.isVisible()
            and any("an aim that nothing served" in one.text() for one in line.findChildren(Label))
        ),
        None,
    )


def test_a_gap_that_home_names_is_closed_within_ten_steps_and_undone_in_one(on_sample):
    driver = on_sample
    steps = Steps(driver)
    if gap_line(driver) is None:
        more = [
            one
            for one in driver.home.findChildren(Button)
            if one.isVisible() and one.words().endswith(" more")
        ]
        steps.click(more[0])
        driver.until(lambda: gap_line(driver) is not None)
    steps.click(gap_line(driver).button())
    gaps = page(driver).part(AIMS, GAPS)
    driver.until(lambda: gaps.isVisible() and gaps.grid.hasFocus())
    before = len(gaps.tab.gaps)
    steps.key(Qt.Key.Key_Return)
    driver.answer(LinkDialog)
    steps.type_text("festival")
    steps.key(Qt.Key.Key_Down)
    steps.key(Qt.Key.Key_Space)
    steps.key("Ctrl+Return")
    driver.until(lambda: driver.dialog(LinkDialog) is None and len(gaps.tab.gaps) == before - 1)
    assert steps.count <= 10
    steps.count = 0
    steps.key("Ctrl+Z")
    driver.until(lambda: len(gaps.tab.gaps) == before)
    assert steps.count == 1


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # of a list that opens
def test_a_photograph_is_entered_and_permitted_within_ten_steps_and_seen_small(on_sample, tmp_path):
    driver = on_sample
    whole = io.BytesIO()
    Image.new("RGB", (4000, 3000), "olive").save(whole, "JPEG")
    taken = tmp_path / "IMG_0007.jpg"
    taken.write_bytes(whole.getvalue())
    driver.go("impact")
    impact = page(driver)
    impact.show_tab(EVIDENCE)
    pane = impact.body(EVIDENCE)
    driver.until(lambda: len(pane.records()) > 0)
    steps = Steps(driver)

    steps.key("Ctrl+N")
    form = driver.answer(EvidenceForm)
    steps.type_text("Every class has a ramp now")
    form.take_file(taken)  # what the system's dialog answers
    steps.count += 3  # the button, the file, Open
    steps.key("Ctrl+Return")
    driver.until(lambda: driver.dialog(EvidenceForm) is None and pane.current().code == "EV-0016")
    assert pane.current().state == "No permission"
    steps.key("Ctrl+G")
    driver.answer(Asking)
    steps.type_text("No people")
    steps.key("Ctrl+Return")
    driver.until(lambda: driver.dialog(Asking) is None and pane.current().state == "In the pack")
    driver.until(lambda: not pane.panel.picture.shown().isEmpty())  # made small away from the window's thread
    assert steps.count <= 10

    def stored(store):
        with store.read() as session:
            return next(one for one in evidence_rows(session, 2024) if one.code == "EV-0016").file.size

    assert driver.ask(stored) < taken.stat().st_size
