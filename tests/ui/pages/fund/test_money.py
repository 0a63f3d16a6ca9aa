"""The money tab: purses, entries, paying, waiting for the Advisor, taking back."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models.words import ApprovalKind, ApprovalState, Direction, EntryState, Heading
from tests.ui.conftest import settle
from tests.ui.looks import clipped
from tests.ui.pages.fund.conftest import LANTERN, POT, TIME
from ui.forms.draft_form import DraftForm
from ui.pages.fund.forms import EntryForm
from ui.pages.fund.page import APPROVALS, BUDGET, MONEY, YEARS
from ui.pages.fund.verbs import PayForm, ReasonForm

KEY = Qt.Key


def type_in(entry, text: str) -> None:
    entry.widget.setFocus()
    QTest.keySequence(entry.widget, "Ctrl+A")
    QTest.keyClicks(entry.widget, text)


def tiles(money):
    return {tile.purse.name: tile for tile in money.page.current().head.bar.tiles()}


def test_opening_plus_in_minus_out_is_closing_in_one_line(money):
    line = money.page.current().head.account
    assert line.words == "£491.62 + £2,550.00 − £2,361.40 = £680.22"
    assert line.accessibleName().startswith("Cluster pot: £491.62 + ")


def test_each_purse_says_what_is_in_it_and_arrow_keys_choose_another(money):
    shown = tiles(money)
    assert [tile.accessibleName() for tile in shown.values()] == [
        "Cluster pot, £680.22",
        "Lead time, £50.00",
        "Finance administration, £0.00",
        "Lantern Fund, £57.00",
    ]
    shown["Cluster pot"].setFocus()
    QTest.keyClick(shown["Cluster pot"], KEY.Key_Right)
    settle()
    body = money.page.current()
    assert body.page.view.purse.id == TIME
    assert [row.code for row in body.pane.records()][-1] == "E-0020"
    assert "Not spent of that" in money.words(body.head.account)
    assert tiles(money)["Lead time"].hasFocus()
    assert body.pane.current() == body.pane.records()[0]


def test_the_purse_chosen_is_the_same_on_money_plan_and_years(money):
    QTest.mouseClick(tiles(money)["Lantern Fund"], Qt.MouseButton.LeftButton)
    settle()
    for number in (BUDGET, YEARS, MONEY):
        money.tab(number)
        assert money.page.current().page.view.purse.id == LANTERN


def test_the_newest_entry_comes_first_and_the_balance_runs_down_to_the_opening(money):
    rows = money.tab(MONEY).records()
    assert [row.code for row in rows][:2] == ["E-0040", "E-0039"]
    assert rows[1].balance_p == 680_22
    assert rows[-1].balance_p - rows[-1].in_p == 491_62


def test_words_anywhere_in_an_entry_find_it(money):
    pane = money.tab(MONEY)
    pane.filter_by("clear spring")
    assert [row.code for row in pane.table.records.shown()] == ["E-0034"]
    pane.filter_by("£34.50")
    assert [row.code for row in pane.table.records.shown()] == ["E-0031"]


# -- entering


def test_a_new_entry_is_made_from_the_keyboard_and_stands_chosen(money):
    pane = money.tab(MONEY)
    money.key(pane.table, "Ctrl+N")
    form = money.form(EntryForm)
    assert form.typed("fund_id") == POT
    assert form.typed("on") == dt.date(2025, 6, 20)
    type_in(form.entries["description"], "Refills for the seeds kit")
    form.entries["heading"].show(Heading.RESOURCES)
    type_in(form.entries["amount_p"], "20.50")
    assert form.note() == "Leaves £659.72 in Cluster pot."
    QTest.keySequence(form, "Ctrl+Return")
    assert money.none_open(DraftForm)
    assert (pane.current().code, pane.current().balance_p) == ("E-0041", 659_72)
    assert money.world.book.undo_name == "Add entry E-0041"
    assert money.page.current().head.account.words.endswith("£659.72")


def test_the_form_offers_headings_that_fit_the_direction(money):
    money.key(money.tab(MONEY).table, "Ctrl+N")
    form = money.form(EntryForm)
    pick = form.entries["heading"].pick
    assert "Travel" in [pick.itemText(n) for n in range(pick.count())]
    form.entries["direction"].pick.setCurrentText("In")
    assert [pick.itemText(n) for n in range(pick.count())] == [
        "Choose…",
        "Grant from sponsor",
        "School contributions",
        "Gifts",
        "Other income",
    ]
    form.keep_state()
    form.reject()


def test_the_form_says_what_an_entry_would_do(money):
    """R-POT-5, R-LEAD-4, R-POT-3: too much, not without the Advisor, a closed year."""
    money.key(money.tab(MONEY).table, "Ctrl+N")
    form = money.form(EntryForm)
    form.entries["heading"].show(Heading.EVENTS)
    type_in(form.entries["amount_p"], "700")
    assert form.note() == "£19.78 more than there is: Cluster pot would go below £0."
    form.entries["heading"].pick.setCurrentText("Travel")
    assert form.note() == "The Advisor decides on travel first: save it as planned, then ask."
    form.entries["heading"].pick.setCurrentText("Events")
    type_in(form.entries["on"], "1/7/24")
    assert form.note() == "2023 to 2024 is closed: this moves the figure that was carried over."
    form.keep_state()
    form.reject()


def test_what_a_rule_refuses_is_told_in_the_form_and_nothing_typed_is_lost(money):
    """R-TRAV-1: travel that is entered as paid without a decision."""
    money.key(money.tab(MONEY).table, "Ctrl+N")
    form = money.form(EntryForm)
    type_in(form.entries["description"], "Taxi to the festival")
    form.entries["heading"].show(Heading.TRAVEL)
    type_in(form.entries["amount_p"], "24")
    form.submit()
    settle()
    assert "has no decision from the Advisor" in form.errors()[""]
    assert form.typed("description") == "Taxi to the festival"
    form.entries["state"].show(EntryState.PLANNED)
    form.submit()
    assert money.none_open(DraftForm)
    assert money.tab(MONEY).current().state == "Waiting"


# -- paying


def test_a_planned_entry_is_paid_with_its_reference_and_undone_in_one_step(money):
    entry = money.half_a_day(heading=Heading.EVENTS)
    money.go("fund_entry", entry)
    pane = money.tab(MONEY)
    assert money.buttons(pane.panel) == ["Pay…", "Edit…"]
    money.key(pane.table, "Ctrl+P")
    form = money.form(PayForm)
    QTest.keyClicks(form.focusWidget(), "BACS 0070")
    QTest.keyClick(form, KEY.Key_Return)
    assert money.none_open(PayForm)
    now = money.kept("fund_entry", entry)
    assert (now["state"], now["paid_ref"]) == (EntryState.PAID, "BACS 0070")
    assert money.world.book.undo_name == "Pay E-0041"
    money.world.book.undo()
    assert money.kept("fund_entry", entry)["state"] is EntryState.PLANNED


def test_what_waits_for_the_advisor_is_paid_only_for_a_reason(money):
    """R-LEAD-4."""
    entry = money.half_a_day()
    money.go("fund_entry", entry)
    pane = money.tab(MONEY)
    assert money.buttons(pane.panel) == ["Ask the Advisor…", "Pay all the same…", "Edit…"]
    money.press(pane.panel, "Pay all the same…")
    form = money.form(PayForm)
    form.submit()
    settle()
    assert "no prior approval" in form.errors()[""]
    assert money.kept("fund_entry", entry)["state"] is EntryState.PLANNED
    form._reason.setPlainText("She agreed on the telephone.")
    form.submit()
    assert money.none_open(PayForm)
    assert money.kept("fund_entry", entry)["override_reason"] == "She agreed on the telephone."
    assert "She agreed on the telephone." in money.words(money.tab(MONEY).panel)


def test_a_day_to_come_is_refused_beside_its_field(money):
    money.go("fund_entry", money.half_a_day(heading=Heading.EVENTS))
    money.key(money.tab(MONEY).table, "Ctrl+P")
    form = money.form(PayForm)
    form._on.setText("1 July 2025")
    form.submit()
    settle()
    assert "still to come" in form.errors()["on"]
    form.keep_state()
    form.reject()


def test_release_is_paid_with_its_claim_and_not_here(money):
    pane = money.tab(MONEY)
    pane.go_to(40)
    settle()
    assert money.buttons(pane.panel) == ["Edit…"]
    assert "SC-0054: paid with the claim" in money.words(pane.panel)
    money.key(pane.table, "Ctrl+P")
    assert money.none_open(PayForm)


def test_what_paid_a_claim_is_not_deleted_behind_its_back_and_else_it_goes_to_the_bin(money):
    """E-0032 paid SC-0050, E-0039 paid a bill."""
    pane = money.tab(MONEY)
    for entry, gone in ((32, False), (39, True)):
        pane.go_to(entry)
        settle()
        money.key(pane.table, "Del")
        assert (entry not in {row.id for row in pane.records()}) is gone
    assert "pays claim SC-0050: take the claim back" in money.world.heard.texts[-1]
    money.world.book.undo()
    settle()
    assert 39 in {row.id for row in pane.records()}


def test_asking_the_advisor_logs_the_question_and_the_entry_rests_on_it(money):
    entry = money.half_a_day()
    money.go("fund_entry", entry)
    money.key(money.tab(MONEY).table, "Ctrl+L")
    form = money.form(DraftForm)
    assert form.typed("amount_p") == 75_00
    assert form.typed("question") == "Half a day on the report"
    form.submit()
    assert money.none_open(DraftForm)
    asked = money.kept("fund_entry", entry)["approval_id"]
    assert money.kept("approval", asked)["state"] is ApprovalState.PENDING
    pane = money.tab(MONEY)
    money.press(pane.panel, "Show AP-0007")
    assert money.page.tabs.current() == APPROVALS
    assert money.page.current().current().id == asked


# -- taking back, and going there


def test_a_payment_is_taken_back_with_its_reason(money):
    pane = money.tab(MONEY)
    pane.go_to(39)
    settle()
    money.press(pane.panel, "Take back…")
    form = money.form(ReasonForm)
    form.submit()
    assert "Say why" in form.errors()["reason"]
    form._reason.setPlainText("Paid twice.")
    form.submit()
    assert money.none_open(ReasonForm)
    states = {row.code: row.state for row in money.tab(MONEY).records()}
    assert (states["E-0039"], states["E-0041"]) == ("Taken back", "Reversal")
    assert money.page.current().head.account.words.endswith("£867.72")


def test_an_entry_of_a_year_that_is_over_is_taken_back_in_that_year(money):
    """E-0010 is of 1 March 2024: both sides count in 2023 to 2024, and its closing moves."""
    money.go("fund_entry", 10)
    pane = money.page.current().pane
    entry, closing = pane.current(), money.page.current().page.view.now.account.closing_p
    pane.take_back()
    form = money.form(ReasonForm)
    assert form._on.date() == entry.on
    form._reason.setPlainText("Paid twice.")
    form.submit()
    assert money.none_open(ReasonForm)
    states = {row.code: row.state for row in pane.records()}
    assert (states["E-0010"], states["E-0041"]) == ("Taken back", "Reversal")
    assert money.page.current().page.view.now.account.closing_p == closing - entry.in_p
    assert clipped(pane.table.parentWidget()) == []  # "Taken back" is longer than "Paid"


def test_an_entry_of_another_year_and_fund_is_gone_to(money):
    """Quick find leads here: E-0010 is of the Lantern Fund, in March 2024."""
    money.go("fund_entry", 10)
    assert money.years == [2023]
    body = money.page.current()
    assert (body.page.year, body.page.view.purse.id) == (2023, LANTERN)
    assert body.pane.current().code == "E-0010"


def test_another_fund_is_started_and_its_opening_balance_corrected(money):
    pane = money.tab(MONEY)
    pane.new_fund()
    form = money.form(DraftForm)
    type_in(form.entries["name"], "Ogden")
    form.entries["kind"].pick.setCurrentText("Cluster pot")
    type_in(form.entries["opened_on"], "1/9/24")
    form.submit()
    settle()
    assert "there is one already" in form.errors()["kind"]
    form.entries["kind"].pick.setCurrentText("Other funding")
    form.submit()
    assert money.none_open(DraftForm)
    assert "Ogden" in tiles(money)
    money.page.chosen.choose(5)
    settle()
    pane.edit_fund()
    form = money.form(DraftForm)
    type_in(form.entries["opening_p"], "2500")
    form.submit()
    assert money.none_open(DraftForm)
    assert tiles(money)["Ogden"].purse.closing_p == 2500_00


def test_a_book_without_funds_says_what_the_page_is_for_and_starts_one(make_fund):
    money = make_fund(empty=True)
    assert "each purse by itself" in money.words(money.page)
    for number in (MONEY, BUDGET, YEARS):  # nothing is offered that could not be done
        money.tab(number)
        assert money.buttons(money.page) == ["Start a fund"]
    money.tab(MONEY)
    money.press(money.page.current(), "Start a fund")
    form = money.form(DraftForm)
    type_in(form.entries["name"], "Cluster pot")
    form.entries["kind"].pick.setCurrentText("Cluster pot")
    type_in(form.entries["opened_on"], "1/9/24")
    form.submit()
    assert money.none_open(DraftForm)
    assert list(tiles(money)) == ["Cluster pot"]
    assert "New entry" in money.buttons(money.page)
    money.press(money.page.current(), "Enter the first money")
    form = money.form(EntryForm)
    assert form.typed("direction") is Direction.IN  # before money goes out it comes in
    form.entries["on"].widget.setText("1/9/26")
    assert "counts in 2026 to 2027" in form.note()
    form.keep_state()
    form.reject()
    assert tiles(money)["Cluster pot"].accessibleName() == "Cluster pot, nothing entered"
    assert money.page.current().head.account.accessibleName() == "Cluster pot: nothing entered"


def test_money_in_is_entered_too(money):
    money.key(money.tab(MONEY).table, "Ctrl+N")
    form = money.form(EntryForm)
    form.entries["direction"].pick.setCurrentText("In")
    form.entries["heading"].pick.setCurrentText("Gifts")
    type_in(form.entries["description"], "From the fair")
    type_in(form.entries["amount_p"], "40")
    form.submit()
    assert money.none_open(DraftForm)
    row = money.tab(MONEY).current()
    assert (row.direction, row.in_p, row.balance_p) == (Direction.IN, 40_00, 720_22)


def test_a_fund_with_entries_is_not_deleted_and_an_empty_one_goes_to_the_bin(money):
    pane = money.tab(MONEY)
    pane.delete_fund()
    assert "rest on it" in money.world.heard.texts[-1]
    pane.new_fund()
    form = money.form(DraftForm)
    type_in(form.entries["name"], "Ogden")
    form.submit()
    assert money.none_open(DraftForm)
    money.page.chosen.choose(5)
    settle()
    pane.delete_fund()
    settle()
    assert "Ogden" not in tiles(money)
    money.world.book.undo()
    settle()
    assert "Ogden" in tiles(money)


def test_what_needs_no_answer_may_still_be_asked(money):
    """The quality mark is the Advisor's to agree, though no rule waits for it."""
    entry = money.half_a_day(heading=Heading.PSQM)
    money.go("fund_entry", entry)
    pane = money.tab(MONEY)
    assert "Ask the Advisor…" not in money.buttons(pane.panel)
    money.key(pane.table, "Ctrl+L")
    form = money.form(DraftForm)
    assert form.typed("kind") is ApprovalKind.PSQM
    form.keep_state()
    form.reject()
