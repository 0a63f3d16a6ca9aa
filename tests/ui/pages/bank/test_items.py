"""The items of the bank, worked by keyboard on a real book."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from models import tables as t
from models.words import OwnerKind, ResourceLife, TagKind, TrialVerdict
from tests.ui.conftest import settle
from ui.forms.draft_form import DraftForm
from ui.pages.bank.contents_dialog import ContentsDialog
from ui.pages.bank.items import ItemsPane
from ui.pages.bank.lend_dialog import DueDialog, LendDialog
from ui.pages.bank.return_dialog import ReturnDialog
from ui.pages.bank.small_dialogs import ReasonDialog, VerdictDialog
from ui.pages.bank.stock_dialog import StockDialog
from ui.pages.bank.tags_dialog import RetagDialog, TagsDialog
from ui.wayfinding import Place
from ui.widgets.buttons import Button
from ui.widgets.plain import Label

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
TODAY = dt.date(2025, 6, 20)


@pytest.fixture
def items(open_pane):
    return open_pane(ItemsPane)


def find(items, words: str, enter=QLineEdit.insert) -> None:
    """Put words into the filter, pasted unless they are to be typed as a scanner does, and press Enter."""
    items.wake()
    items.pane.start()
    field = items.pane._filter
    field.selectAll()
    enter(field, words)
    QTest.keyClick(field, KEY.Key_Return)
    settle()


def code(items) -> str:
    return items.pane.current().code


def pick(widget, text: str) -> None:
    widget.setFocus()
    QTest.keyClicks(widget, text)
    settle()


def texts(widget) -> str:
    """The words that can be seen."""
    settle()
    return " ".join(one.text() for one in widget.findChildren(Label) if one.isVisible())


def press(items, words: str) -> None:
    """Click a button of the panel."""
    settle()
    found = [
        one for one in items.pane.panel.findChildren(Button) if one.words() == words and not one.isHidden()
    ]
    assert len(found) == 1, f"{len(found)} buttons “{words}”"
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    settle()


# -- finding


def test_a_code_typed_or_scanned_finds_its_item_whatever_filtered(items):
    for typed in (
        "KIT-07",
        "kit-07",
        " KIT-07 ",
        "https://example.org/bank?item=KIT-07",
        "clusterbook:KIT-07;v=1",
    ):
        find(items, "KIT-01")
        items.pane.choose_chip(0)  # available: KIT-07 is not
        find(items, typed, QTest.keyClicks)
        assert code(items) == "KIT-07", typed
        assert items.pane.window().focusWidget() is items.pane.table
        assert items.pane.panel.detail.row.code == "KIT-07"


def test_a_code_that_is_part_of_a_longer_one_is_not_taken_for_it(items):
    assert items.pane.coded("KIT-070") is None
    assert items.pane.coded("KIT-01 and KIT-02") is None
    assert items.pane.coded("nothing of the kind") is None


def test_words_find_items_by_what_is_in_them_and_where_they_are(items):
    find(items, "torch")
    assert [row.code for row in items.pane.table.records.shown()] == ["KIT-02"]
    find(items, "greenhouse")
    assert code(items) == "KIT-07"


def test_filters_by_kind_year_unit_enquiry_skill_and_holder_add_up(items):
    pane, filters = items.pane, items.pane.filters
    assert filters.isHidden()
    QTest.mouseClick(filters.button, Qt.MouseButton.LeftButton)
    assert filters.isVisible()

    def shown() -> list[str]:
        settle()
        return [row.code for row in pane.table.records.shown()]

    pick(filters.tags[TagKind.YEAR_GROUP], "Y3")
    both = set(shown())
    filters.tags[TagKind.UNIT].show_value("Rocks")  # a long list: it is typed into
    assert shown() == ["KIT-06"]
    assert "KIT-06" in both
    assert filters.button.words() == "Filters (2)"
    pick(filters.tags[TagKind.ENQUIRY_TYPE], "classifying")
    assert shown() == ["KIT-06"]
    filters.clear()
    pick(filters.holder, "Oak")
    assert shown() == ["KIT-07"]
    filters.clear()
    pick(filters.kind, "Book")
    assert shown() == ["BOOK-01"]
    pick(filters.tags[TagKind.ENQUIRY_SKILL], "asking")
    assert shown() == []
    pane.let_go()
    assert len(shown()) == len(pane.records())
    assert filters.button.words() == "Filters"


def test_chips_show_what_is_available_out_overdue_or_on_trial(items):
    shown = []
    for number in range(4):
        items.pane.choose_chip(number)
        shown.append([row.code for row in items.pane.table.records.shown()])
    assert "KIT-01" in shown[0]
    assert shown[1] == ["KIT-03", "KIT-07", "KIT-10"]
    assert shown[2] == ["KIT-07"]
    assert shown[3] == ["ITEM-01", "PLAN-02"]


def test_the_keyboard_begins_in_the_filter(items):
    items.pane.start()
    assert items.pane.window().focusWidget().accessibleName().startswith("Filter items")


# -- lending


def test_lending_names_what_it_undoes_and_notes_what_went_out(items):
    find(items, "KIT-01")
    items.act("lend")
    form = items.dialog(LendDialog)
    pick(form.school, "Otter")
    assert form.person.currentText() == "Tobias Finch"  # its subject leader
    assert form.due.currentText() == "The next meeting: Tuesday 8 July 2025"
    QTest.keyClick(form.school, KEY.Key_Return)
    assert items.closed()
    loan = items.row(t.Loan, code="L-0034")
    assert (loan["starts_on"], loan["out_on"], loan["due_on"]) == (TODAY, TODAY, dt.date(2025, 7, 8))
    assert items.world.book.undo_name == "Lend KIT-01"
    assert items.pane.current().standing.label == "Out"
    assert "With Otterhay, due back 8 July 2025." in texts(items.pane.panel)


def test_a_kit_that_is_promised_is_offered_until_the_day_before(items):
    find(items, "KIT-09")  # reserved from 7 July, the next meeting is on the 8th
    items.act("lend")
    form = items.dialog(LendDialog)
    pick(form.school, "Oak")
    assert form.due.currentText() == "The usual length of a loan: Friday 4 July 2025"
    assert "its check was due on 31 May 2025" in form.said()
    form.due.setCurrentIndex(0)
    settle()
    assert "booked to Otterhay Junior School, 7 to 18 July 2025" in form.said()
    form.submit()
    assert "next free school day is Monday 21 July 2025" in form.errors()["starts_on"]
    assert items.rows(t.Loan)[-1]["code"] == "L-0033"
    form.keep_state()
    form.reject()


@pytest.mark.parametrize(
    ("day", "words"), [("28/6/25", "at the weekend"), ("28/7/25", "in the school holidays")]
)
def test_a_day_without_school_is_told_while_it_is_typed_and_not_saved(items, day, words):
    find(items, "KIT-01")
    items.act("lend")
    form = items.dialog(LendDialog)
    pick(form.school, "Oak")
    form.due.setCurrentIndex(form.due.count() - 1)
    settle()
    assert form.day.isVisible()
    form.day.setFocus()
    QTest.keyClicks(form.day, day)
    settle()
    assert words in form.said()
    form.submit()
    assert words in form.errors()["due_on"]
    form.keep_state()
    form.reject()


def test_without_a_school_the_form_says_so_beside_the_field(items):
    find(items, "KIT-01")
    items.act("lend")
    form = items.dialog(LendDialog)
    form.submit()
    assert form.errors() == {"school_id": "Choose the school that borrows it."}
    form.reject()


def test_a_loan_from_a_day_ahead_is_a_reservation(items):
    find(items, "KIT-01")
    items.act("lend")
    form = items.dialog(LendDialog)
    pick(form.school, "Oak")
    form.starts.setFocus()
    form.starts.selectAll()
    QTest.keyClicks(form.starts, "30/6/25")
    settle()
    assert form._accept.words() == "Reserve"
    assert "It is reserved, and can be handed out from 30 June 2025." in form.said()
    QTest.keyClick(form.starts, KEY.Key_Return)
    assert items.closed()
    loan = items.row(t.Loan, code="L-0034")
    assert (loan["starts_on"], loan["out_on"]) == (dt.date(2025, 6, 30), None)
    assert items.world.book.undo_name == "Reserve KIT-01"
    assert "Next: Oakmantle" in texts(items.pane.panel)


def test_a_reservation_for_today_is_handed_out_or_cancelled_with_one_click(items):
    find(items, "KIT-01")
    items.act("reserve")
    form = items.dialog(LendDialog)
    pick(form.school, "Oak")
    form.submit()
    assert items.closed()
    assert items.pane.current().standing.label == "Reserved"
    press(items, "Cancel reservation")
    assert items.pane.current().standing.label == "Available"
    items.world.book.undo()
    settle()
    press(items, "Hand out")
    assert items.pane.current().standing.label == "Out"
    assert items.row(t.Loan, code="L-0034")["out_on"] == TODAY


def test_extending_offers_later_days_only_and_needs_no_return(items):
    find(items, "KIT-10")
    items.act("extend")
    form = items.dialog(DueDialog)
    assert all("27 June" not in form.due.itemText(n) for n in range(form.due.count()))
    form.submit()
    assert items.closed()
    loan = items.row(t.Loan, code="L-0031")
    assert (loan["due_on"], loan["back_on"]) == (dt.date(2025, 7, 8), None)
    assert items.world.book.undo_name == "Extend loan L-0031"


# -- checking in


def test_a_tick_list_notes_what_is_missing_and_what_it_costs(items):
    find(items, "KIT-03")
    items.act("check_in")
    form = items.dialog(ReturnDialog)
    assert form.focusWidget() is form.grid
    assert form.summary() == "Everything is back."
    QTest.keyClicks(form.grid, "buz")
    QTest.keyClick(form.grid, KEY.Key_Space)
    assert form.summary() == "5 of 6 parts whole. £1.60 to replace, charged to Brindlemere High School."
    QTest.keyClicks(form.grid, "aa")
    QTest.keyClicks(form.grid, "10")
    assert [line.gone for line in form.model.records()] == [0, 1, 0, 0, 0, 10]
    assert form.model.records()[5].words == "10 used: replenish"
    QTest.keyClick(form.grid, KEY.Key_Return)
    assert items.closed()
    assert items.row(t.Loan, code="L-0032")["back_on"] == TODAY
    assert items.world.book.undo_name == "Check in KIT-03, loan L-0032"
    assert "Short of 11 pieces." in texts(items.pane.panel)
    press(items, "All replaced")
    assert "Short of" not in texts(items.pane.panel)


def test_numbers_that_cannot_be_are_red_and_nothing_is_saved(items):
    find(items, "KIT-03")
    items.act("check_in")
    form = items.dialog(ReturnDialog)
    QTest.keyClicks(form.grid, "buz")
    QTest.keyClicks(form.grid, "9")
    assert form.summary() == "Buzzer: 9 cannot be gone, 8 went out"
    form.submit()
    assert form.errors()["parts"] == "Buzzer: 9 cannot be gone, 8 went out: count again."
    assert items.row(t.Loan, code="L-0032")["back_on"] is None
    QTest.keyClick(form.grid, KEY.Key_Backspace)
    assert "cannot be gone" not in texts(form)  # said no longer once it is mended
    QTest.keyClick(form.grid, KEY.Key_Right)
    QTest.keyClicks(form.grid, "9")
    assert form.summary() == "Buzzer: only 8 came back"
    assert form.unsaved()
    form.keep_state()
    form.reject()


def test_a_form_that_the_service_refuses_stays_open_with_what_was_counted(items):
    find(items, "KIT-03")
    items.act("check_in")
    form = items.dialog(ReturnDialog)
    QTest.keyClicks(form.grid, "buz")
    QTest.keyClicks(form.grid, "1")
    form.on.selectAll()
    form.on.setFocus()
    QTest.keyClicks(form.on, "21/6/25")
    form.submit()
    settle()
    assert form.isVisible()
    assert "lies ahead" in form.errors()["back_on"]
    assert form.model.records()[1].gone == 1
    form.keep_state()
    form.reject()


# -- contents, tags, stock, copies


def test_contents_are_typed_line_by_line(items):
    find(items, "KIT-06")
    items.act("contents")
    form = items.dialog(ContentsDialog)
    form.grid.setCurrentIndex(form.model.index(1, 1))
    QTest.keyClicks(form.grid, "7")
    QTest.keySequence(form, "Ctrl+N")
    form.model.setData(form.model.index(4, 0), "Magnifier lamp")
    form.model.setData(form.model.index(4, 3), "12.5")
    form.submit()
    assert items.closed()
    assert [(part.name, part.quantity) for part in items.pane.panel.detail.parts][1] == ("Soil jar", 7)
    assert items.pane.panel.detail.parts[4].unit_cost_p == 12_50
    assert items.world.book.undo_name == "Edit contents of KIT-06"


def test_return_in_the_contents_goes_on_and_only_ctrl_return_saves(items):
    find(items, "KIT-06")
    items.act("contents")
    form = items.dialog(ContentsDialog)
    last = form.model.rowCount() - 1
    form.grid.setCurrentIndex(form.model.index(last, 3))
    QTest.keyClick(form.grid, KEY.Key_Return)
    assert form.model.rowCount() == last + 2
    QTest.keyClicks(form.grid, "G")
    QTest.keyClicks(form.grid.focusWidget(), "auze")
    QTest.keyClick(form.grid.viewport().findChild(QLineEdit), KEY.Key_Return)
    settle()
    assert form.isVisible()
    assert (form.model.records()[-1].name, form.grid.currentIndex().column()) == ("Gauze", 1)
    form.grid.setCurrentIndex(form.model.index(last + 1, 3))
    QTest.keyClicks(form.grid, "2")
    QTest.keyClick(form.grid.viewport().findChild(QLineEdit), KEY.Key_Return, CTRL)
    assert items.closed()
    gauze = items.pane.panel.detail.parts[-1]
    assert (gauze.name, gauze.unit_cost_p) == ("Gauze", 2_00)


def test_a_part_that_was_lent_cannot_be_removed_and_the_form_says_why(items):
    find(items, "KIT-03")
    items.act("contents")
    form = items.dialog(ContentsDialog)
    form.grid.setCurrentIndex(form.model.index(0, 0))
    QTest.mouseClick(form.drop, Qt.MouseButton.LeftButton)
    form.submit()
    settle()
    assert "“Bulb holder” was lent with this kit" in form.errors()[""]
    form.keep_state()
    form.reject()


def test_a_price_that_is_none_and_a_name_twice_are_told_by_their_cell(items):
    find(items, "KIT-06")
    items.act("contents")
    form = items.dialog(ContentsDialog)
    form.model.setData(form.model.index(0, 3), "a lot")
    form.submit()
    assert "not an amount" in form.errors()["lines"]
    form.model.setData(form.model.index(0, 3), "5")
    form.model.setData(form.model.index(1, 0), "Rock sample")
    form.submit()
    settle()
    assert "on the list already" in form.errors()["lines"]
    assert form.grid.currentIndex().row() == 1
    form.keep_state()
    form.reject()


def test_tags_are_ticked_and_typed(items):
    find(items, "ITEM-01")
    items.act("tags")
    form = items.dialog(TagsDialog)
    QTest.keyClick(form.years["Y4"], KEY.Key_Space)
    form.fields[TagKind.UNIT].setText("States of matter; Light")
    form.submit()
    assert items.closed()
    tags = {(tag.kind, tag.value) for tag in items.pane.current().tags}
    assert tags == {
        (TagKind.YEAR_GROUP, "Y4"), (TagKind.UNIT, "States of matter"), (TagKind.UNIT, "Light"),
    }  # fmt: skip


def test_everything_that_the_list_shows_is_tagged_in_one_step(items):
    items.pane.choose_chip(1)
    items.act("retag")
    form = items.dialog(RetagDialog)
    form.submit()
    assert "Enter a tag" in form.errors()["add"]
    form.kind.show_value(TagKind.KEYWORD)
    form.word.setText("summer fair")
    form.submit()
    assert items.closed()
    tagged = [row.code for row in items.pane.records() if any(tag.value == "summer fair" for tag in row.tags)]
    assert tagged == ["KIT-03", "KIT-07", "KIT-10"]
    items.world.book.undo()
    assert not any(tag.value == "summer fair" for row in items.pane.records() for tag in row.tags)


def test_a_duplicate_is_chosen_at_once_and_has_the_next_code(items):
    find(items, "KIT-06")
    items.act("duplicate")
    assert code(items) == "KIT-12"
    assert items.pane.panel.detail.parts[0].name == "Rock sample"


def test_a_stock_check_counts_and_puts_the_contents_right(items):
    find(items, "KIT-06")
    items.act("count")
    form = items.dialog(StockDialog)
    assert form.focusWidget() is form.grid
    QTest.keyClicks(form.grid, "hand")
    QTest.keyClicks(form.grid, "14")
    form.submit()
    assert items.closed()
    detail = items.pane.panel.detail
    assert detail.checks[0].checked_on == TODAY
    assert detail.checks[0].notes == "Hand lens 14 of 15"
    assert [part.quantity for part in detail.parts] == [12, 6, 14, 4]


# -- a resource's life


def test_a_trial_is_begun_judged_and_its_finding_shown(items):
    find(items, "ITEM-02")
    press(items, "Try it out…")
    form = items.dialog(DraftForm)
    pick(form.entries["school_id"].widget, "Wick")
    QTest.keyClicks(form.entries["class_name"].widget, "Year 5")
    form.submit()
    assert items.closed()
    assert items.pane.current().life is ResourceLife.ON_TRIAL
    items.act("verdict")
    verdict = items.dialog(VerdictDialog)
    verdict.verdict.show_value(TrialVerdict.DROP)
    verdict.submit()
    assert "Say what was found" in verdict.errors()["finding"]
    QTest.keyClicks(verdict.finding, "Blew away.")
    verdict.submit()
    assert items.closed()
    assert items.resource("ITEM-02")["dropped_reason"] == "Blew away."
    assert "Dropped: Blew away." in texts(items.pane.panel)
    press(items, "Take up again")
    assert items.pane.current().life is ResourceLife.IDEA


def test_what_was_adopted_goes_into_the_shared_bank(items):
    find(items, "PLAN-01")
    press(items, "Put into the shared bank")
    assert items.resource("PLAN-01")["life"] is ResourceLife.SHARED
    assert items.world.book.undo_name == "Put into the shared bank PLAN-01"


def test_dropping_and_retiring_ask_why(items):
    find(items, "QE-05")
    items.act("drop")
    form = items.dialog(ReasonDialog)
    form.submit()
    assert form.errors() == {"dropped_reason": "Say why in a few words."}
    QTest.keyClicks(form.reason, "Nobody used it")
    form.submit()
    assert items.closed()
    find(items, "KIT-06")
    items.act("retire")
    form = items.dialog(ReasonDialog)
    QTest.keyClicks(form.reason, "Sieves broken")
    form.submit()
    assert items.closed()
    assert items.resource("KIT-06")["retired_on"] == TODAY
    press(items, "Bring back into use")
    assert items.resource("KIT-06")["retired_on"] is None


def test_a_kit_that_is_out_cannot_be_retired_and_the_form_says_what_to_do_first(items):
    find(items, "KIT-10")
    items.act("retire")
    form = items.dialog(ReasonDialog)
    QTest.keyClicks(form.reason, "Worn out")
    form.submit()
    settle()
    assert "check it in first" in form.errors()[""]
    form.keep_state()
    form.reject()


def test_only_what_is_possible_now_is_offered(items):
    for wanted, there, gone in (
        ("KIT-01", {"lend", "reserve", "contents", "drop"}, {"check_in", "extend", "cancel", "hand_out"}),
        ("KIT-07", {"check_in", "extend", "reserve"}, {"lend", "hand_out", "cancel"}),
        ("KIT-09", {"lend", "hand_out", "cancel", "extend"}, {"check_in"}),
        ("QE-06", {"again", "tags"}, {"lend", "drop", "share"}),
        ("PLAN-02", {"adopt", "drop", "verdict"}, {"lend", "contents", "share"}),
        ("ITEM-02", {"try", "adopt"}, {"lend", "share", "verdict"}),
    ):  # fmt: skip
        find(items, wanted)
        offered = items.offered()
        assert there <= offered, wanted
        assert not gone & offered, wanted


# -- records


def test_a_new_item_gets_the_next_code_of_its_kind(items):
    items.act("new")
    form = items.dialog(DraftForm)
    QTest.keyClicks(form.entries["name"].widget, "Bridges & towers")
    pick(form.entries["kind"].widget, "Kit")
    form.submit()
    assert items.closed()
    assert code(items) == "KIT-12"
    assert items.resource("KIT-12")["owner"] is OwnerKind.CLUSTER


def test_a_schools_thing_names_the_school(items):
    items.pane.new()
    form = items.dialog(DraftForm)
    QTest.keyClicks(form.entries["name"].widget, "Bridges")
    form.entries["owner"].widget.show_value(OwnerKind.SCHOOL)
    form.submit()
    settle()
    assert form.errors() == {"owner_school_id": "Choose the school that owns it."}
    form.keep_state()
    form.reject()


def test_deleting_an_item_that_was_lent_is_refused_and_one_that_was_not_goes_to_the_bin(items):
    find(items, "KIT-01")
    items.pane.delete()
    settle()
    assert "cannot be deleted" in items.world.heard.texts[-1]
    find(items, "ITEM-02")
    QTest.keyClick(items.pane.table, KEY.Key_Delete)
    settle()
    assert "ITEM-02" not in [row.code for row in items.pane.records()]
    items.world.book.undo()
    assert "ITEM-02" in [row.code for row in items.pane.records()]


def test_a_tab_that_lacks_items_opens_the_form_of_the_first(items):
    items.pane.show_place(Place("resource", task="new"))
    form = items.dialog(DraftForm)
    assert form.entries["name"].widget.text() == ""
    form.reject()
    assert items.closed()


def test_a_place_leads_to_its_item_and_can_begin_to_lend_it(items):
    items.pane.show_place(Place("resource", items.resource("KIT-05")["id"], "lend"))
    form = items.dialog(LendDialog)
    assert form.windowTitle() == "Lend Microscopes"
    form.reject()
    assert code(items) == "KIT-05"


def test_the_panel_leads_on_to_loans_roll_out_and_money(items):
    find(items, "KIT-09")
    press(items, "L-0033")
    press(items, "Roll-out")
    press(items, "E-0007")
    places = [(page, place.table, place.task) for page, place in items.wanted]
    assert places == [("bank", "loan", ""), ("bank", "adoption", "item"), ("fund", "fund_entry", "")]


def test_the_panel_warns_and_tells_what_the_list_does_not(items):
    find(items, "KIT-09")
    words = texts(items.pane.panel)
    assert "its check was due on 31 May 2025" in words
    assert "3 loans to 3 schools" in words
    assert "County note 21: chargers" in words
    find(items, "KIT-04")
    assert "All staff in 1 of 7 schools" in texts(items.pane.panel)


def test_a_trial_and_a_stock_check_are_corrected_and_deleted_from_the_panel(items):
    find(items, "KIT-01")
    checks = len(items.pane.panel.detail.checks)
    edits = [
        one for one in items.pane.panel.findChildren(Button) if one.words() == "Edit…" and one.isVisible()
    ]
    QTest.mouseClick(edits[-1], Qt.MouseButton.LeftButton)
    form = items.dialog(DraftForm)
    form.entries["notes"].widget.setPlainText("Looked again")
    form.submit()
    assert items.closed()
    assert items.pane.panel.detail.checks[-1].notes == "Looked again"
    gone = [
        one for one in items.pane.panel.findChildren(Button) if one.words() == "Delete" and one.isVisible()
    ]
    QTest.mouseClick(gone[-1], Qt.MouseButton.LeftButton)
    settle()
    assert len(items.pane.panel.detail.checks) == checks - 1
    assert items.world.book.undo_name == "Delete stock check of KIT-01"
    find(items, "PLAN-02")
    press(items, "Delete")
    assert items.pane.panel.detail.trials == ()


def test_an_empty_bank_says_what_it_is_for_and_offers_the_first_step(open_pane):
    empty = open_pane(ItemsPane, empty=True)
    words = texts(empty.pane)
    assert "The resource bank keeps what the schools share" in words
    first = [
        one
        for one in empty.pane.findChildren(Button)
        if one.words() == "Add the first item" and one.isVisible()
    ]
    QTest.mouseClick(first[0], Qt.MouseButton.LeftButton)
    form = empty.dialog(DraftForm)
    QTest.keyClicks(form.entries["name"].widget, "Magnets")
    form.submit()
    assert empty.closed()
    assert empty.pane.current().name == "Magnets"
