"""Confidence on the impact page: slips typed in from paper, paired by code, small groups protected."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlmodel import select

from models import tables as t
from tests.ui.conftest import settle
from ui.dialogs.plain import QuestionDialog
from ui.forms.draft_form import DraftForm
from ui.pages.impact.page import CONFIDENCE
from ui.pages.impact.slip_dialogs import BarDialog, ScoreDialog

BEFORE_AFTER, AREAS, BAR = range(3)


@pytest.fixture
def pane(impact):
    return impact.tab(CONFIDENCE, BEFORE_AFTER)


def figures(pane) -> list[str]:
    return [one.accessibleName() for one in pane.figures]


def test_r_imp_4_slips_pair_by_code_and_who_answered_once_is_named_by_code(impact, pane):
    said = " ".join(figures(pane))
    for words in ("13", "12", "11", "+0.82"):
        assert words in said
    assert "Only before: B05, B13. Only after: B14. A change uses paired slips alone." in impact.words(pane)
    assert [chart.accessibleName() for chart in pane.charts()] == [
        "Confidence, Science leader", "Confidence, Other teacher",
    ]  # fmt: skip


def test_a_slip_after_is_typed_key_by_key_and_pairs_with_the_one_before(impact, pane):
    """R-IMP-4, R-IMP-5: B13 answered before only."""
    impact.key(pane, "Ctrl+L")
    dialog = impact.form(ScoreDialog)
    assert "11 paired of 14 people" in impact.words(dialog)
    assert "B13" in [dialog.model.data(dialog.model.index(row, 0)) for row in range(dialog.model.rowCount())]
    row = dialog.grid.currentIndex().row()
    assert dialog.model.data(dialog.model.index(row, 0)) == "B05"  # the first that is still to type
    QTest.keyClicks(dialog.grid, "44544")
    assert "12 paired of 14 people" in impact.words(dialog)
    impact.key(dialog.grid, "Ctrl+Return")
    assert impact.none_open(ScoreDialog)
    assert "Only before: B13. Only after: B14." in impact.words(pane)
    impact.world.book.undo()
    assert "Only before: B05, B13." in impact.words(pane)


def test_a_code_typed_in_a_new_row_takes_the_place_of_the_row_that_waited_for_it(impact, pane):
    impact.key(pane, "Ctrl+L")
    model = impact.form(ScoreDialog).model

    def pair(row: int) -> str:
        return model.data(model.index(row, model.columnCount() - 1))

    codes = [model.data(model.index(row, 0)) for row in range(model.rowCount())]
    waiting, new = codes.index("B13"), len(codes) - 1
    assert pair(waiting) == "To type"
    model.setData(model.index(new, 0), "b13")
    model.press(model.index(new, 2), "4")
    assert (pair(waiting), pair(new)) == ("Other line", "Paired")
    model.setData(model.index(new + 1, 0), "B13")
    assert (pair(waiting), pair(new), pair(new + 1)) == ("Other line", "Code twice", "Code twice")


def test_what_was_typed_is_not_lost_by_closing(impact, pane):
    impact.press(impact.page, "Type in slips before…")
    dialog = impact.form(ScoreDialog)
    QTest.keyClicks(dialog.grid, "4")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    asking = impact.form(QuestionDialog)
    assert "What you typed here has not been saved." in impact.words(asking)
    impact.press(asking, "Keep editing")
    impact.press(dialog, "Save")
    assert impact.none_open(ScoreDialog)
    assert " ".join(figures(pane)).startswith("Slips before: 14")


def test_f10_4_of_a_small_group_no_mean_is_shown(impact, pane):
    def leave_four(session):
        for row in session.exec(select(t.ConfidenceAnswer)):
            if row.school_year == 2024 and row.slip not in {"B01", "B02", "B03", "B04"}:
                session.delete(row)

    impact.change("Take slips away", leave_four)
    told = impact.words(pane)
    assert "Assessment: 4 up (4 paired of 4 people)" in told
    assert "+1" not in told
    assert pane.charts() == ()


def test_an_area_is_added_and_asked_of_leaders_only(impact):
    pane = impact.tab(CONFIDENCE, AREAS)
    impact.key(pane.table, "Ctrl+N")
    form = impact.form(DraftForm)
    impact.type_into(form.entries["name"].widget, "Outdoor science")
    form.entries["leaders_only"].widget.click()
    impact.press(form, "Save")
    one = impact.choose(pane, "Outdoor science")
    assert (one.position, one.leaders_only, one.answers) == (6, True, 0)


def test_bigger_add_and_remove_are_typed_line_by_line(impact):
    pane = impact.tab(CONFIDENCE, BAR)
    impact.key(pane.table, "Ctrl+N")
    dialog = impact.form(BarDialog)
    dialog.activateWindow()
    settle()
    for words in ("Talk", "A day outdoors", ""):
        for letter in words:  # the first opens the cell
            QTest.keyClicks(QApplication.focusWidget(), letter)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert "8 slips" in impact.words(dialog)
    impact.key(dialog.grid, "Ctrl+Return")
    assert impact.none_open(BarDialog)
    slip = impact.choose(pane, "8").slip
    assert (slip.bigger, slip.add, slip.remove) == ("Talk", "A day outdoors", "")
