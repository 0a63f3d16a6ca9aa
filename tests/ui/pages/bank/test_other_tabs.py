"""Loans, roll-out, Trust requests, wanted list and stock check, worked on a real book."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models import tables as t
from models.services.kits import add_resource
from models.words import AdoptionLevel, OwnerKind
from tests.ui.conftest import settle
from ui.forms.draft_form import DraftForm
from ui.pages.bank.asks import RequestsPane, WishesPane
from ui.pages.bank.loans import LoansPane
from ui.pages.bank.matrix import MatrixGrid, MatrixModel
from ui.pages.bank.page import BankPage
from ui.pages.bank.return_dialog import ReturnDialog
from ui.pages.bank.rollout import RolloutPane
from ui.pages.bank.small_dialogs import AskDialog, BoughtDialog, DayDialog
from ui.pages.bank.stock import StockPane
from ui.pages.bank.stock_dialog import StockDialog
from ui.wayfinding import Place
from ui.widgets.buttons import Button
from ui.widgets.plain import Label

KEY = Qt.Key
TODAY = dt.date(2025, 6, 20)
ALL, SOME, NONE = AdoptionLevel.ALL, AdoptionLevel.SOME, AdoptionLevel.NOT_STARTED


def texts(widget) -> str:
    """The words that can be seen."""
    settle()
    return " ".join(one.text() for one in widget.findChildren(Label) if one.isVisible())


def press(widget, words: str) -> None:
    settle()
    found = [one for one in widget.findChildren(Button) if one.words() == words and one.isVisible()]
    assert len(found) == 1, f"{len(found)} buttons “{words}”"
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    settle()


def choose(opened, test) -> None:
    """Choose the first record that passes a test."""
    pane = opened.pane
    pane.go_to(next(pane.spec.identity(one) for one in pane.records() if test(one)))
    settle()


# -- loans


@pytest.fixture
def loans(open_pane):
    return open_pane(LoansPane)


def test_the_most_pressing_loan_stands_first_and_says_how_late_it_is(loans):
    assert loans.pane.current().code == "L-0030"
    assert "7 days overdue, 2 of them not school days." in texts(loans.pane.detail)


def test_a_loan_is_checked_in_extended_handed_out_or_cancelled_as_it_stands(loans):
    assert {"check_in", "extend"} <= loans.offered()
    assert not {"hand_out", "cancel"} & loans.offered()
    choose(loans, lambda one: one.code == "L-0033")
    assert {"hand_out", "extend", "cancel"} <= loans.offered()
    loans.act("cancel")
    assert loans.row(t.Loan, code="L-0033")["cancelled_on"] == TODAY
    assert not {"check_in", "hand_out", "extend", "cancel"} & loans.offered()
    loans.world.book.undo()
    settle()
    loans.act("hand_out")
    assert loans.row(t.Loan, code="L-0033")["out_on"] == TODAY


def test_a_place_leads_to_a_loan_and_can_begin_to_check_it_in(loans):
    loan = loans.row(t.Loan, code="L-0031")
    loans.pane.show_place(Place("loan", loan["id"], "check_in"))
    form = loans.dialog(ReturnDialog)
    assert form.windowTitle() == "Check in Skeletons and teeth"
    form.reject()
    assert loans.pane.current().code == "L-0031"


def test_chips_show_overdue_out_reserved_and_back(loans):
    numbers = []
    for number in range(4):
        loans.pane.choose_chip(number)
        numbers.append(len(loans.pane.table.records.shown()))
    assert numbers == [1, 3, 1, 15]


def test_a_loan_corrected_to_days_that_are_taken_stays_open_and_says_when_it_is_free(loans):
    choose(loans, lambda one: one.code == "L-0033")
    loans.pane.edit()
    form = loans.dialog(DraftForm)
    form.entries["starts_on"].widget.setText("20/1/25")
    form.submit()
    settle()
    assert "is booked to Fallowden" in form.errors()["starts_on"]
    form.keep_state()
    form.reject()


def test_a_loan_that_is_over_is_written_down_whole(loans):
    loans.pane.new()
    form = loans.dialog(DraftForm)
    form.entries["resource_id"].widget.show_value(loans.resource("KIT-11")["id"])
    form.entries["school_id"].widget.show_value(3)
    for name, day in (
        ("starts_on", "3/3/25"),
        ("due_on", "14/3/25"),
        ("out_on", "3/3/25"),
        ("back_on", "13/3/25"),
    ):
        form.entries[name].widget.setText(day)
    form.submit()
    assert loans.closed()
    assert loans.pane.current().code == "L-0034"
    assert loans.pane.current().brief == "complete"


def test_a_loan_leads_to_its_item(loans):
    press(loans.pane.detail, "Show item")
    assert [(page, place.table) for page, place in loans.wanted] == [("bank", "resource")]


# -- roll-out


@pytest.fixture
def matrix(open_pane):
    return open_pane(RolloutPane)


def stand(matrix, code: str, school: str) -> None:
    """Put the keyboard on a cell."""
    grid, model = matrix.pane.grid, matrix.pane.model
    row = next(n for n, line in enumerate(model.rows()) if line.code == code)
    column = next(
        n for n in range(1, model.columnCount()) if model.headerData(n, Qt.Orientation.Horizontal) == school
    )
    grid.setCurrentIndex(model.index(row, column))
    grid.setFocus()


def use(matrix, code: str, school_id: int) -> tuple | None:
    resource = matrix.resource(code)["id"]
    found = [
        one
        for one in matrix.rows(t.Adoption)
        if (one["resource_id"], one["school_id"]) == (resource, school_id)
    ]
    return (found[0]["level"], found[0]["staff_using"], found[0]["staff_total"]) if found else None


def test_letters_set_a_cell_and_delete_empties_it(matrix):
    stand(matrix, "QE-01", "Oakmantle")
    for key, stored in (("a", (ALL, 9, 9)), ("S", (SOME, None, 9)), ("n", (NONE, 0, 9))):
        QTest.keyClicks(matrix.pane.grid, key)
        settle()
        assert use(matrix, "QE-01", 4) == stored
    QTest.keyClick(matrix.pane.grid, KEY.Key_Delete)
    settle()
    assert use(matrix, "QE-01", 4) is None
    assert matrix.world.book.undo_name == "Use of QE-01: not entered"
    matrix.world.book.undo()
    settle()
    assert use(matrix, "QE-01", 4) == (NONE, 0, 9)
    assert matrix.pane.model.school(matrix.pane.grid.currentIndex()) == "Oakmantle"


def test_space_goes_through_what_a_cell_can_be(matrix):
    stand(matrix, "QE-03", "Oakmantle")
    seen = []
    for _ in range(4):
        QTest.keyClick(matrix.pane.grid, KEY.Key_Space)
        settle()
        found = use(matrix, "QE-03", 4)
        seen.append(found[0] if found else None)
    assert seen == [SOME, ALL, NONE, None]


def test_enter_asks_for_numbers_which_must_agree_with_the_word(matrix):
    stand(matrix, "QE-01", "Otterhay")
    QTest.keyClick(matrix.pane.grid, KEY.Key_Return)
    form = matrix.dialog(DraftForm)
    form.entries["staff_using"].widget.setText("12")
    form.submit()
    settle()
    assert form.errors() == {"staff_using": "12 of 11 staff cannot be: count again."}
    form.entries["staff_using"].widget.setText("6")
    form.submit()
    assert matrix.closed()
    assert use(matrix, "QE-01", 5) == (SOME, 6, 11)


def test_a_cell_without_an_entry_gets_one_from_the_form(matrix):
    stand(matrix, "QE-03", "Oakmantle")
    QTest.keyClick(matrix.pane.grid, KEY.Key_Return)
    form = matrix.dialog(DraftForm)
    form.entries["staff_using"].widget.setText("2")
    form.entries["staff_total"].widget.setText("9")
    form.submit()
    assert matrix.closed()
    assert use(matrix, "QE-03", 4) == (SOME, 2, 9)


def test_what_is_known_of_a_cell_is_said_in_words(matrix):
    stand(matrix, "PLAN-01", "Wickenshaw")
    assert matrix.pane.fact.text() == (
        "Wickenshaw: some staff, 5 of 9, also staff who did not attend, as of 15 May 2025. "
        "PLAN-01: all staff in 5 of 7 schools, some staff in 1, not entered for 1."
    )
    index = matrix.pane.grid.currentIndex()
    spoken = matrix.pane.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "PLAN-01 at Wickenshaw: some staff, 5 of 9"


def test_chips_and_filter_narrow_the_matrix_and_a_place_lets_go_of_them(matrix):
    pane = matrix.pane
    assert [chip.text() for chip in pane.chips] == ["Rolled out", "Not yet by all", "All items"]
    pane.filter.setText("sounds")
    assert [line.code for line in pane.model.rows()] == ["KIT-04", "QE-02"]
    pane.filter.setText("nothing like it")
    assert pane.fact.text() == "Nothing matches this filter."
    pane.show_place(Place("adoption", matrix.resource("KIT-01")["id"], "item"))
    assert pane.model.row(pane.grid.currentIndex()).code == "KIT-01"
    entry = next(one for one in matrix.rows(t.Adoption) if one["school_id"] == 6)
    pane.show_place(Place("adoption", entry["id"]))
    assert pane.model.cell(pane.grid.currentIndex()).id == entry["id"]


def test_the_matrix_is_copied_with_words_and_what_is_missing_is_said(matrix):
    QTest.keySequence(matrix.pane.grid, "Ctrl+Shift+C")
    settle()
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0].startswith("Code\tItem\tBrindlemere High")
    assert "not entered" in lines[1]
    assert any("all staff, 8 of 8" in line for line in lines)


def test_the_matrix_model_obeys_qt(qtmodeltester, matrix, dressed):  # noqa: ARG001
    model = MatrixModel()
    model.show_rows(matrix.pane.found, matrix.pane.found.rows)
    grid = MatrixGrid(model)
    qtmodeltester.check(model)
    model.show_rows(matrix.pane.found, matrix.pane.found.rows[:3])
    assert grid.model().rowCount() == 3
    grid.deleteLater()


@pytest.mark.parametrize("kind", [RolloutPane, StockPane])
def test_a_tab_with_nothing_to_show_leads_to_the_first_item(open_pane, kind):
    empty = open_pane(kind, empty=True)
    press(empty.pane, "Add the first item")
    assert empty.wanted == [("bank", Place("resource", task="new"))]


def test_a_matrix_without_schools_leads_to_the_first_school(open_pane):
    empty = open_pane(RolloutPane, empty=True)
    empty.world.change("Add item", lambda session: add_resource(session, {"name": "Magnets"}))
    settle()
    press(empty.pane, "Add the first school")
    assert empty.wanted[-1] == ("schools", Place("school", task="new"))


# -- Trust requests


@pytest.fixture
def requests(open_pane):
    return open_pane(RequestsPane)


def test_the_trust_is_asked_for_several_schools_in_one_step(requests):
    requests.pane.new()
    form = requests.dialog(AskDialog)
    form.submit()
    assert set(form.errors()) == {"name", "school_id"}
    QTest.keyClicks(form.name, "Sticky beaks")
    for school_id in (3, 5):
        QTest.keyClick(form.ticks[school_id], KEY.Key_Space)
    form.submit()
    assert requests.closed()
    asked = [one for one in requests.rows(t.TrustRequest) if one["name"] == "Sticky beaks"]
    assert [(one["school_id"], one["requested_on"]) for one in asked] == [(3, TODAY), (5, TODAY)]
    assert requests.pane.current().name == "Sticky beaks"
    assert requests.world.book.undo_name == "Ask the Trust for 2 schools"


def test_what_came_is_noted_for_one_school_or_for_all_that_wait(requests):
    choose(requests, lambda one: one.received_on is None)
    press(requests.pane.detail, "Received…")
    form = requests.dialog(DayDialog)
    form.day.setText("1/1/25")
    form.submit()
    settle()
    assert "cannot have come before" in form.errors()["received_on"]
    form.day.setText("today")
    form.submit()
    assert requests.closed()
    assert requests.pane.current().received_on == TODAY
    assert "receive" not in requests.offered()


def test_a_trust_resource_goes_into_the_bank_for_all_who_have_it(requests):
    choose(requests, lambda one: one.resource_id is None)
    requests.act("into")
    assert {
        one.resource_code for one in requests.pane.records() if one.name == "Questions in your pocket"
    } == {"ITEM-03"}
    assert requests.resource("ITEM-03")["owner"] is OwnerKind.TRUST
    press(requests.pane.detail, "Show item")
    assert requests.wanted[-1][1].table == "resource"


def test_the_panel_says_that_it_costs_nothing_and_how_it_stands_in_all(requests):
    choose(requests, lambda one: one.name.startswith("Picture"))
    words = texts(requests.pane.detail)
    assert "£0 to pot and school" in words
    assert "asked for by 7 schools, received by 6; £0 to each" in words


# -- the wanted list


@pytest.fixture
def wishes(open_pane):
    return open_pane(WishesPane)


def test_a_joint_order_becomes_one_thing_of_the_bank_and_meets_every_wish(wishes):
    assert wishes.pane.current().state == "Joint order"
    assert "3 schools want Thermometers (33 in all): joint order" in texts(wishes.pane.detail)
    press(wishes.pane.detail, "Bought or met…")
    form = wishes.dialog(BoughtDialog)
    assert [tick.isChecked() for tick in form.ticks.values()] == [True, True, True]
    QTest.keyClicks(form.price, "128.70")
    form.entry.show_value(1)
    form.submit()
    assert wishes.closed()
    made = wishes.rows(t.Resource)[-1]
    assert (made["name"], made["owner"], made["replacement_p"]) == ("Thermometers", OwnerKind.CLUSTER, 128_70)
    met = [one for one in wishes.pane.records() if one.name == "Thermometers"]
    assert {one.state for one in met} == {"Met"}
    assert "Paid by E-0001" in met[0].notes
    assert wishes.world.book.undo_name == "Meet 3 wishes"


def test_a_wish_may_be_met_without_anything_for_the_bank(wishes):
    choose(wishes, lambda one: one.name == "Newton meters")
    wishes.act("buy")
    form = wishes.dialog(BoughtDialog)
    form.buyer.setCurrentIndex(form.buyer.count() - 1)
    form.submit()
    assert wishes.closed()
    assert wishes.row(t.WantedItem, name="Newton meters")["filled_on"] == TODAY
    assert len(wishes.rows(t.Resource)) == 22


def test_without_a_wish_or_with_a_price_that_is_none_the_form_says_so(wishes):
    wishes.act("buy")
    form = wishes.dialog(BoughtDialog)
    for tick in form.ticks.values():
        tick.setChecked(False)
    form.price.setText("cheap")
    form.submit()
    assert set(form.errors()) == {"wanted", "price"}
    form.keep_state()
    form.reject()


def test_a_new_wish_is_asked_for_today(wishes):
    wishes.pane.new()
    form = wishes.dialog(DraftForm)
    QTest.keyClicks(form.entries["name"].widget, "Stopwatches")
    form.entries["school_id"].widget.show_value(3)
    form.submit()
    assert wishes.closed()
    assert wishes.row(t.WantedItem, name="Stopwatches")["raised_on"] == TODAY


# -- stock check


@pytest.fixture
def stock(open_pane):
    return open_pane(StockPane)


def test_enter_counts_an_item_and_it_is_no_longer_to_check(stock):
    choose(stock, lambda one: one.code == "KIT-11")
    assert stock.pane.current().state == "To check"
    stock.pane.table.setFocus()
    QTest.keyClick(stock.pane.table, KEY.Key_Return)
    form = stock.dialog(StockDialog)
    QTest.keyClick(form, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stock.closed()
    assert stock.pane.current().state == "Complete"
    assert stock.world.book.undo_name == "Stock check of KIT-11"


def test_an_item_that_is_not_found_is_noted_and_its_contents_stay(stock):
    choose(stock, lambda one: one.code == "KIT-11")
    stock.act("check")
    form = stock.dialog(StockDialog)
    QTest.keyClick(form.missing, KEY.Key_Space)
    assert not form.grid.isEnabled()
    form.submit()
    assert stock.closed()
    assert stock.pane.current().state == "Not found"


def test_a_stock_check_does_not_delete_items(stock):
    assert not stock.pane._actions["delete"].isEnabled()


def test_a_stock_check_found_elsewhere_leads_to_its_item(stock):
    check = stock.rows(t.StockCheck)[-1]
    stock.pane.show_place(Place("stock_check", check["id"]))
    settle()
    assert stock.pane.current().id == check["resource_id"]


# -- the page


@pytest.fixture
def page(open_pane):
    return open_pane(BankPage)


def test_the_page_tells_how_the_bank_stands(page):
    assert page.pane.context_line.text() == "22 items · 9 to lend · 3 out, 1 overdue"


def test_every_table_of_the_page_leads_to_its_tab(page):
    tables = ("resource", "loan", "adoption", "trust_request", "wanted_item", "stock_check")
    for tab, table in sorted(enumerate(tables), reverse=True):  # it begins on the first
        page.pane.go_to(Place(table, 1))
        settle()
        assert page.pane.tabs.current() == tab
        assert page.pane.commands()


def test_an_empty_page_says_what_it_is_for(open_pane):
    empty = open_pane(BankPage, empty=True)
    assert empty.pane.context_line.text() == "What the schools share, and who has it"
    for number, words in enumerate(
        (
            "The resource bank keeps what the schools share",
            "Loans show which school has what",
            "Roll-out shows which school uses what",
            "The Trust gives each school some resources free of charge",
            "The wanted list holds what schools lack",
            "A stock check looks once a year",
        )
    ):
        empty.pane.show_tab(number)
        assert words in texts(empty.pane)
