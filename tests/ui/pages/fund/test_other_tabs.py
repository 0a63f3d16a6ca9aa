"""Plan, years, the Advisor's log, CPD fees and other funding."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models import tables as t
from models.services import fund, records
from models.services.closing import reopen_year
from models.words import ApprovalState, Direction, EntryState, Heading, OtherFundingState
from tests.ui.conftest import settle
from tests.ui.pages.fund.conftest import POT
from tests.ui.real import TODAY
from ui.dialogs.days import YearNote
from ui.forms.draft_form import DraftForm
from ui.pages.fund.approvals import waiting_words
from ui.pages.fund.forms import EntryForm
from ui.pages.fund.page import APPROVALS, BUDGET, CPD, MONEY, OTHER, YEARS
from ui.pages.fund.splitter import SplitterDialog
from ui.pages.fund.verbs import AnswerForm, AwardForm, CloseForm, DayForm, PayForm, ReasonForm
from ui.wayfinding import Place

KEY = Qt.Key


def type_in(field, text: str) -> None:
    field.setFocus()
    QTest.keySequence(field, "Ctrl+A")
    QTest.keyClicks(field, text)


def heading(pane, name: str):
    """Choose a heading of the plan."""
    row = next(one for one in pane.records() if one.heading.label == name)
    pane.table.choose(pane.spec.identity(row))
    settle()


# -- the plan


def test_a_heading_off_plan_asks_for_a_note_until_it_is_written(money):
    """R-POT-6: Events is 25% over."""
    pane = money.tab(BUDGET)
    heading(pane, "Events")
    assert "It is 25% over its plan: write a note that explains it." in money.words(pane.panel)
    money.press(pane.panel, "Explain…")
    form = money.form(DraftForm)
    form.entries["explanation"].widget.setPlainText("The gazebo cost more.")
    form.submit()
    assert money.none_open(DraftForm)
    assert "write a note" not in money.words(pane.panel)
    assert "The gazebo cost more." in money.words(pane.panel)


def test_a_heading_nobody_planned_is_planned_by_enter(money):
    """R-REV-5: it says “not planned”, never £0."""
    money.half_a_day(heading=Heading.TRAVEL)
    values = {"state": EntryState.PAID, "heading": Heading.OTHER_COST, "amount_p": 5_00}
    money.half_a_day(**values)
    pane = money.tab(BUDGET)
    heading(pane, "Other costs")
    assert "not planned" in money.words(pane.panel)
    QTest.keyClick(pane.table, KEY.Key_Return)
    form = money.form(DraftForm)
    assert form.typed("heading") is Heading.OTHER_COST
    form.entries["planned_p"].widget.setText("5")
    form.submit()
    assert money.none_open(DraftForm)
    row = next(one for one in money.tab(BUDGET).records() if one.heading is Heading.OTHER_COST)
    assert (row.planned_p, row.difference_p) == (5_00, 0)


def test_last_years_plan_is_copied_where_there_is_none_yet(make_fund):
    money = make_fund(year=2025)
    pane = money.tab(BUDGET)
    assert pane.records() == []
    money.press(money.page, "Copy last year’s plan")
    assert len(money.tab(BUDGET).records()) == 8
    assert "Copy last year’s plan" not in money.buttons(money.page)


# -- years


def late_bill(money) -> None:
    """£40 in the year that is closed."""
    values = {
        "fund_id": POT,
        "on": dt.date(2024, 7, 3),
        "direction": Direction.OUT,
        "heading": Heading.EVENTS,
        "description": "Late bill",
        "amount_p": 40_00,
    }
    money.world.change("Late", lambda session: fund.enter(session, values))


def test_a_closed_year_that_moves_says_so_and_is_closed_again(money):
    """R-POT-3: carried figure was X, now Y."""
    late_bill(money)
    money.show_year(2023)
    said = "Carried figure was £491.62, now £451.62"
    assert said in money.words(money.page.current().head)
    money.press(money.page.current(), "Look at the years")
    assert money.page.tabs.current() == YEARS
    pane = money.tab(YEARS)
    pane.table.choose(1)
    settle()
    last = pane.table.model().columnCount() - 1
    assert pane.table.model().index(1, last).data() == "−£40.00"  # by how much: a sum is never cut with “…”
    assert pane.table.columnWidth(last) >= pane.table.fontMetrics().horizontalAdvance("−£40.00")
    assert said in money.words(pane.panel)
    money.press(pane.panel, "Close again…")
    form = money.form(CloseForm)
    form.submit()
    assert money.none_open(CloseForm)
    row = pane.records()[-1]
    assert (row.state, row.carried_p) == ("Closed", 451_62)
    assert "Closed again: £491.62 was carried, now £451.62" in money.words(pane.panel)
    money.world.book.undo()
    assert money.tab(YEARS).records()[-1].state == "Moved"


def test_the_years_begin_at_the_year_shown(money):
    """The present year stands above it when an earlier one is looked at."""
    money.show_year(2023)
    pane = money.tab(YEARS)
    assert [row.year for row in pane.records()] == [2024, 2023]
    assert pane.current().year == 2023
    money.show_year(2024)
    assert pane.current().year == 2024


def test_a_year_is_opened_again_for_a_reason_that_stays(money):
    pane = money.tab(YEARS)
    pane.table.choose(1)
    settle()
    money.press(pane.panel, "Open again…")
    form = money.form(ReasonForm)
    form._reason.setPlainText("A late invoice.")
    form.submit()
    assert money.none_open(ReasonForm)
    assert pane.records()[-1].state == "To close"
    assert "opened again. A late invoice." in money.words(pane.panel)


def test_a_year_is_closed_in_every_fund_at_once(money):
    for number in (1, 2, 3, 4):
        money.world.change(
            "Open again", lambda session, number=number: reopen_year(session, number, 2023, TODAY, "Recount")
        )
    money.go("fund", 2, "close")
    assert money.page.tabs.current() == YEARS
    pane = money.page.current().pane
    assert money.page.current().page.view.purse.name == "Lead time"
    assert pane.current().year == 2023  # and not 2024 to 2025, which is shown and still runs
    money.key(pane.table, "Ctrl+L")
    form = money.form(CloseForm)
    assert form._all.isChecked()
    form.submit()
    assert money.none_open(CloseForm)
    closings = t.metadata.tables["year_close"].select()
    rows = money.world.ask(lambda session: session.connection().execute(closings).all())
    assert sorted(row.fund_id for row in rows if row.reopened_on is None) == [1, 2, 3, 4]


def test_the_entries_of_a_year_are_shown_from_its_line(money):
    pane = money.tab(YEARS)
    pane.table.choose(1)
    settle()
    QTest.keyClick(pane.table, KEY.Key_Return)
    settle()
    assert money.page.tabs.current() == MONEY
    assert money.years == [2023]


# -- the Advisor


def test_an_answer_is_logged_and_what_it_gates_is_paid_at_once(money):
    entry = money.half_a_day()
    question = money.question(entry)
    money.go("approval", question, "advisor")
    pane = money.page.current()
    assert money.buttons(pane.panel)[0] == "Log the answer…"
    assert "Waiting for" in money.words(pane.panel)
    assert waiting_words(0) == "Asked today; the answer is waited for."  # never “0 days”
    money.key(pane.table, "Ctrl+L")
    form = money.form(AnswerForm)
    QTest.keyClicks(form.focusWidget(), "Yes, this once.")
    QTest.keySequence(form, "Ctrl+Return")
    assert money.none_open(AnswerForm)
    now = money.kept("approval", question)
    assert (now["state"], now["words"]) == (ApprovalState.APPROVED, "Yes, this once.")
    assert now["decided_by_id"] is not None
    money.press(pane.panel, "Pay £75…")
    pay = money.form(PayForm)
    pay.submit()
    assert money.none_open(PayForm)
    assert money.kept("fund_entry", entry)["state"] is EntryState.PAID
    assert "£75 paid" in money.words(pane.panel)


def test_less_may_be_approved_than_was_asked_and_then_it_is_not_paid(money):
    question = money.question(money.half_a_day())
    money.go("approval", question)
    pane = money.page.current()
    pane.answer()
    form = money.form(AnswerForm)
    form._amount.setText("fifty")
    form.submit()
    assert "amount_p" in form.errors()
    form._amount.setText("50")
    form.submit()
    assert money.none_open(AnswerForm)
    assert "goes £25 over the £50 approved" in money.words(pane.panel)
    assert not any(words.startswith("Pay") for words in money.buttons(pane.panel))


def test_what_is_declined_has_no_amount_up_to_which_it_may_be_spent(money):
    question = money.question(money.half_a_day())
    money.go("approval", question)
    money.page.current().answer()
    form = money.form(AnswerForm)
    assert form._amount.isVisible()
    form._amount.setText("a mistyped £300")
    tall = form.height()
    form._answer.show_value(ApprovalState.DECLINED)
    assert not form._amount.isVisible()
    assert form.height() < tall
    form.submit()
    assert money.none_open(AnswerForm)
    kept = money.kept("approval", question)
    assert (kept["state"], kept["amount_p"]) == (ApprovalState.DECLINED, 75_00)  # what was asked


def test_old_answers_are_found_by_a_word_as_precedent(money):
    pane = money.tab(APPROVALS)
    pane.filter_by("taxi")
    settle()
    assert [one.code for one in pane.table.records.shown()] == ["AP-0001"]
    assert "a lift from another school would do" in money.words(pane.panel)
    pane.filter_by("")
    pane.choose_chip(0)
    assert [one.code for one in pane.table.records.shown()] == ["AP-0006"]


def test_a_question_that_was_answered_elsewhere_is_logged_with_its_answer(money):
    money.key(money.tab(APPROVALS).table, "Ctrl+N")
    form = money.form(DraftForm)
    form.entries["kind"].pick.setCurrentText("Travel")
    form.entries["question"].widget.setPlainText("May the pot pay the minibus?")
    form.entries["state"].pick.setCurrentText("Declined")
    form.submit()
    settle()
    assert "enter the day of the answer" in form.errors()["decided_on"]
    form.entries["decided_on"].widget.setText("19/6/25")
    form.entries["asked_on"].widget.setText("16/6/25")
    form.submit()
    assert money.none_open(DraftForm)
    assert money.tab(APPROVALS).current().state is ApprovalState.DECLINED


def test_the_entry_that_rests_on_an_answer_is_shown(money):
    pane = money.tab(APPROVALS)
    pane.go_to(5)
    settle()
    money.press(pane.panel, "Show")
    assert money.wanted == [("fund", Place("fund_entry", 33))]
    money.key(pane.table, "Del")
    assert "1 fund entry rests on it. Delete that first." in money.world.heard.texts[-1]


# -- CPD fees


def test_each_schools_share_stands_with_the_session(money):
    """R-CPD-3."""
    pane = money.tab(CPD)
    pane.go_to(4)
    settle()
    said = money.words(pane.panel)
    assert "The pot pays £480; 7 schools share £180, from £25.70 to £25.72 each." in said
    assert said.count("£25.72") + said.count("£25.71") >= 6


def test_the_pots_part_is_entered_from_the_session(money):
    money.world.change("Delete", lambda session: records.remove(session, t.FundEntry, 34))
    pane = money.tab(CPD)
    pane.go_to(4)
    settle()
    assert pane.current().to_enter_p == 480_00
    money.press(pane.panel, "Enter the pot’s part…")
    form = money.form(EntryForm)
    assert (form.typed("amount_p"), form.typed("payee")) == (480_00, "Clear Spring Learning")
    form.submit()
    assert money.none_open(DraftForm)
    assert (pane.current().to_enter_p, pane.current().entered_p) == (0, 480_00)


def test_a_session_is_shown_on_its_own_page(money):
    pane = money.tab(CPD)
    pane.go_to(4)
    settle()
    money.press(pane.panel, "Show the session")
    assert money.wanted == [("meetings", Place("cpd_session", 4))]


def test_the_splitter_shows_who_pays_what_while_a_fee_is_typed(money, qtbot):
    """R-CPD-1 to R-CPD-5: £550 and VAT; then without VAT; then something that is no amount."""
    money.key(money.tab(CPD).table, "Ctrl+T")
    dialog = money.form(SplitterDialog)
    QTest.keyClicks(dialog._fee, "550")
    qtbot.waitUntil(lambda: dialog.preview() is not None)
    assert dialog.preview().split.pot_p == 480_00
    qtbot.waitUntil(lambda: "The pot pays £480; 7 schools share £180" in money.words(dialog))
    dialog._charges.click()
    qtbot.waitUntil(lambda: dialog.preview().split.pot_p == 400_00)
    QTest.keyClicks(dialog._fee, "x")
    qtbot.waitUntil(lambda: "is not an amount" in money.words(dialog))
    assert dialog.preview() is None
    dialog.close()


# -- other funding


@pytest.fixture
def council(money):
    """The town council's grant, applied for."""
    pane = money.tab(OTHER)
    pane.go_to(2)
    settle()
    return pane


def test_an_award_is_noted_and_gets_a_fund_of_its_own(money, council):
    """R-FUND-1, R-FUND-2."""
    money.press(council.panel, "It was awarded…")
    form = money.form(AwardForm)
    form._amount.setText("300")
    form.submit()
    assert money.none_open(AwardForm)
    assert money.kept("other_funding", 2)["amount_p"] == 300_00
    money.press(council.panel, "Give it a fund of its own…")
    form = money.form(DayForm)
    form.submit()
    assert money.none_open(DayForm)
    assert council.current().fund == "Brindlemere Town Council community grant"
    money.press(council.panel, "It is finished")
    assert money.kept("other_funding", 2)["state"] is OtherFundingState.FINISHED


def test_a_refusal_is_noted_and_undone_in_one_step(money, council):
    money.press(council.panel, "It was refused")
    assert money.kept("other_funding", 2)["state"] is OtherFundingState.REFUSED
    money.world.book.undo()
    assert money.kept("other_funding", 2)["state"] is OtherFundingState.APPLIED


def test_the_advisor_is_told_of_what_is_listed(money):
    money.key(money.tab(OTHER).table, "Ctrl+N")
    form = money.form(DraftForm)
    form.entries["name"].widget.setText("Ogden partnership")
    form.submit()
    assert money.none_open(DraftForm)
    pane = money.tab(OTHER)
    assert pane.current().name == "Ogden partnership"
    assert "let the Advisor know of this funding" in money.words(pane.panel)
    money.key(pane.table, "Ctrl+L")
    form = money.form(DayForm)
    form.submit()
    assert money.none_open(DayForm)
    assert pane.current().told_on == dt.date(2025, 6, 20)


def test_what_schools_and_sponsor_put_in_stands_beside_it(money):
    """R-FUND-3: no ratio while the sponsor's input is not entered."""
    assert "7 schools: £3,500; sponsor’s match funding: not entered; grants received: £2,820." in money.words(
        money.tab(OTHER).panel
    )


def test_no_window_is_left_open(make_fund):
    before = {one for one in QApplication.topLevelWidgets() if one.isVisible()}
    money = make_fund()
    for number in range(6):
        money.tab(number)
    now = {one for one in QApplication.topLevelWidgets() if one.isVisible()}
    assert now - before == {money.page}


def test_a_payment_planned_for_a_year_that_is_over_is_paid_in_it_unless_another_day_is_typed(qtbot):
    today, planned = dt.date(2026, 11, 22), dt.date(2026, 3, 3)
    over = PayForm(None, "E-0003", today, planned=planned)
    now = PayForm(None, "E-0004", today, planned=dt.date(2026, 10, 1))
    for form in (over, now):
        qtbot.addWidget(form)

    assert over.draft().on == planned
    assert now.draft().on == today
    note = over.findChild(YearNote)
    assert note.text() == ""
    type_in(over._on, "22 Nov")  # without its year it is of the year it was planned for
    assert over.draft().on == dt.date(2025, 11, 22)
    type_in(over._on, "22/11/26")
    assert note.text() == "This day counts in 2026 to 2027; the entry was planned for 2025 to 2026."
    assert note.isVisibleTo(over)
