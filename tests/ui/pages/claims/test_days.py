"""Days that do not follow each other are said beside the field; ticks and filters after a step with many."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from tests.ui.conftest import settle
from tests.ui.real import TODAY
from ui.dialogs.days import YearNote
from ui.pages.claims.closing import ReverseDialog
from ui.pages.claims.moves import ApproveDialog, PayDialog
from ui.pages.claims.words import Verb
from ui.theme import Theme, installed_families


def typed_day(field, text: str) -> None:
    field.setFocus()
    QTest.keySequence(field, "Ctrl+A")
    QTest.keyClicks(field, text)
    field.editingFinished.emit()
    settle()


def test_a_payment_before_its_approval_is_said_beside_the_day_and_does_not_block(desk):
    """R-COVER-13: SC-0052 was approved on 11 June 2025, SC-0054 later."""
    desk.page.verbs.start(Verb.PAY, [desk.row("SC-0052"), desk.row("SC-0054")])
    dialog = desk.dialog(PayDialog)
    assert dialog._day_note.isHidden()
    typed_day(dialog.paid_on, "1/3/25")
    assert dialog._day_note.text() == (
        "1 March 2025 is before SC-0052 was approved on 11 June 2025: check the day. "
        "The same goes for 1 other claim."
    )
    dialog.ref.setText("HP-BACS-0060")
    dialog.submit()
    assert desk.no_dialog()
    assert str(desk.claim("SC-0052")["paid_on"]) == "2025-03-01"


def test_an_approval_before_the_claim_is_said_and_a_day_without_its_year_is_of_the_year_shown(desk):
    desk.page.verbs.start(Verb.APPROVE, [desk.row("SC-0055")])
    dialog = desk.dialog(ApproveDialog)
    typed_day(dialog.on, "1 jun")
    assert "before SC-0055 was claimed on 9 June 2025" in dialog._day_note.text()
    typed_day(dialog.on, "10 jun")
    assert dialog._day_note.isHidden()
    dialog.keep_state()
    dialog.reject()


def test_money_of_the_cluster_paid_in_another_school_year_says_in_which_it_counts(desk):
    """SC-0054 is paid from the pot, SC-0052 from its school's own allowance (R-COVER-6)."""
    for code, said in (("SC-0054", "The payment counts in 2023 to 2024"), ("SC-0052", "")):
        desk.page.verbs.start(Verb.PAY, [desk.row(code)])
        dialog = desk.dialog(PayDialog)
        typed_day(dialog.paid_on, "1/7/24")
        assert ("counts in" in dialog._day_note.text()) is bool(said)
        assert said in dialog._day_note.text()
        dialog.keep_state()
        dialog.reject()


def test_after_the_last_draft_is_submitted_the_filter_says_where_it_went_and_what_is_ticked(desk):
    desk.page.list.choose_chip(0)
    desk.page.ticks.toggle_shown()
    desk.page._start_ticked(Verb.SUBMIT)
    settle()
    assert desk.page._count.text() == "0 claims here; 1 ticked, not shown"
    assert desk.page.list._none.words() == "No drafts; 2 to approve."
    desk.page.list._none.acted.emit()
    assert desk.page._count.text() == "2 claims, 1 ticked"
    desk.page.list.choose_chip(-1)
    desk.page.ticks.toggle_shown()
    desk.page.list.choose_chip(1)
    assert desk.page._count.text() == "2 claims, 5 ticked, 3 of them not shown"


def test_money_of_a_year_that_is_over_comes_back_in_that_year_unless_another_day_is_typed(desk, qtbot):
    """SC-0050 was paid from the pot on 14 March 2025; SC-0049 by its own school, which no fund notices."""
    later, paid_on = dt.date(2025, 11, 22), dt.date(2025, 3, 14)
    pot = ReverseDialog(None, desk.row("SC-0050"), later, paid_on)
    own = ReverseDialog(None, desk.row("SC-0049"), later, paid_on)
    for dialog in (pot, own):
        qtbot.addWidget(dialog)
    assert (pot.on.date(), own.on.date()) == (paid_on, later)
    note = pot.findChild(YearNote)
    assert note.text() == ""
    typed_day(pot.on, "22/11/25")
    assert note.text() == "This day counts in 2025 to 2026; the entry was paid in 2024 to 2025."
    assert own.findChild(YearNote) is None


def test_a_dialog_that_has_the_room_shows_every_row_without_a_bar(desk, qapp):
    """A sentence that wraps in large text made a bar, which made it narrower, which kept the bar."""
    Theme(scale=1.5, families=installed_families()).apply(qapp)
    dialog = ReverseDialog(desk.page.window(), desk.row("SC-0050"), TODAY, TODAY)
    dialog.open()
    settle()
    assert not dialog._pane.verticalScrollBar().isVisible()
    assert dialog._pane.height() >= dialog._form.totalHeightForWidth(dialog._pane.viewport().width())
    dialog.reject()


@pytest.mark.parametrize(("number", "above"), [(2, False), (6, True)])
def test_with_many_claims_what_is_to_be_filled_in_stands_above_them(desk, number, above):
    page, rows = desk.page.page(), [desk.row("SC-0055")] * number
    dialog = ApproveDialog(desk.world.context, desk.page.window(), rows, page.today, page.approvers)
    dialog.open()
    settle()
    top = QPoint(0, 0)
    assert (dialog.by.mapTo(dialog, top).y() < dialog.lines.mapTo(dialog, top).y()) is above
    dialog.reject()
