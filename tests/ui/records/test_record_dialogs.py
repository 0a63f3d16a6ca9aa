"""History, the Bin and exported lists, in the real window on a real file, with real keys and clicks."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from models import tables as t
from models.services import records
from reports.listing import Money
from tests.ui.looks import clipped, nameless
from ui.dialogs.plain import QuestionDialog
from ui.records import export_shown, open_history
from ui.records.bin import EMPTY, BinDialog
from ui.records.history import HistoryDialog
from ui.shell.actions import Action


@pytest.fixture
def edited(on_sample):
    """The sample with a changed meeting and a deleted wanted item."""
    on_sample.book.change(
        "Edit meeting M-0002", lambda session: records.change(session, t.Meeting, 2, {"purpose": "Forces"})
    )
    on_sample.book.change("Delete a wanted item", lambda session: records.remove(session, t.WantedItem, 1))
    on_sample.until(lambda: on_sample.book.undo_name == "Delete a wanted item")
    return on_sample


def history_of(driver, table: str = "meeting", record_id: int = 2) -> HistoryDialog:
    open_history(driver.context, driver.start.window, table, record_id, "meeting M-0002")
    dialog = driver.answer(HistoryDialog)
    driver.until(lambda: bool(dialog.lines()))
    return dialog


def bin_of(driver) -> BinDialog:
    driver.qtbot.keyClick(driver.start.window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    return driver.answer(BinDialog)


def title(driver) -> str:
    return driver.ask(kept_title)


def kept_title(store) -> str:
    with store.read() as session:
        return records.kept(session, "meeting", 2).values["purpose"]


def test_history_shows_the_change_and_reverse_takes_it_back(edited) -> None:
    before = edited.book.undo_name
    dialog = history_of(edited)
    newest = dialog.lines()[0]
    assert newest.name == "Edit meeting M-0002"
    assert newest.facts[0].endswith("→ Forces")
    assert not clipped(dialog)
    assert not nameless(dialog)
    edited.qtbot.mouseClick(dialog.button(newest.step), Qt.MouseButton.LeftButton)
    edited.until(lambda: len(dialog.lines()) == 3)
    assert dialog.lines()[0].name == "Reverse: Edit meeting M-0002"
    assert title(edited) != "Forces"
    assert edited.book.undo_name == "Reverse: Edit meeting M-0002" != before


def test_what_later_work_rests_on_is_not_reversed_and_the_dialog_says_why(edited) -> None:
    edited.book.change(
        "Edit meeting M-0002", lambda session: records.change(session, t.Meeting, 2, {"purpose": "Light"})
    )
    edited.until(lambda: title(edited) == "Light")
    dialog = history_of(edited)
    earlier = dialog.lines()[1]
    edited.qtbot.mouseClick(dialog.button(earlier.step), Qt.MouseButton.LeftButton)
    edited.until(lambda: dialog.trouble() != "")
    assert dialog.trouble() == "Meeting 2 was changed since, by “Edit meeting M-0002”."
    assert title(edited) == "Light"


def test_reversing_an_action_that_changed_more_asks_first(edited) -> None:
    def both(session) -> None:
        records.change(session, t.Meeting, 2, {"purpose": "Light"})
        records.change(session, t.Meeting, 3, {"purpose": "Light again"})

    edited.book.change("Rename two meetings", both)
    edited.until(lambda: edited.book.undo_name == "Rename two meetings")
    dialog = history_of(edited)
    edited.qtbot.mouseClick(dialog.button(dialog.lines()[0].step), Qt.MouseButton.LeftButton)
    question = edited.answer(QuestionDialog)
    question.accept()
    edited.until(lambda: edited.book.undo_name == "Reverse: Rename two meetings")
    assert title(edited) == "Forces"


def test_the_bin_is_in_the_edit_menu_with_its_count_and_enter_restores(edited) -> None:
    edited.until(lambda: edited.shell.actions_table[Action.BIN].text() == "&Bin (1)")
    dialog = bin_of(edited)
    edited.until(lambda: len(dialog.table.records.shown()) == 1)
    assert not clipped(dialog)
    assert not nameless(dialog)
    edited.qtbot.keyClick(dialog.finder, Qt.Key.Key_Return)
    edited.until(lambda: edited.shell.actions_table[Action.BIN].text() == "&Bin")
    assert edited.book.undo_name == "Restore a wanted item"
    edited.until(lambda: EMPTY in [label.text() for label in dialog.findChildren(type(dialog._about))])
    assert not dialog.restore_button.isEnabled()


def test_the_bin_is_searched_by_kind_name_and_action(edited) -> None:
    edited.book.change("Delete a contact", lambda session: records.remove(session, t.ContactLog, 1))
    dialog = bin_of(edited)
    edited.until(lambda: len(dialog.table.records.shown()) == 2)
    edited.qtbot.keyClicks(dialog.finder, "wanted")
    assert [line.table for line in dialog.table.records.shown()] == ["wanted_item"]
    assert dialog.table.current().table == "wanted_item"


def test_a_record_that_cannot_come_back_says_why(edited) -> None:
    def gone(session) -> None:
        school = records.add(session, t.School, {"name": "Fernleigh Primary School"})
        records.add(
            session, t.WantedItem, {"school_id": school, "name": "Magnets", "raised_on": dt.date(2025, 3, 4)}
        )

    edited.book.change("Add", gone)
    found = edited.ask(newest_ids)
    edited.book.change("Delete item", lambda session: records.remove(session, t.WantedItem, found[1]))
    edited.book.change("Delete school", lambda session: records.remove(session, t.School, found[0]))
    dialog = bin_of(edited)
    edited.until(lambda: len(dialog.table.records.shown()) == 3)
    dialog.table.choose(("wanted_item", found[1]))
    edited.qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    edited.until(lambda: dialog.trouble() != "")
    assert "school" in dialog.trouble()


def newest_ids(store) -> tuple[int, int]:
    with store.read() as session:
        run = session.connection().exec_driver_sql
        return (
            run("SELECT max(id) FROM school").scalar_one(),
            run("SELECT max(id) FROM wanted_item").scalar_one(),
        )


def test_dialogs_close_with_their_file(edited) -> None:
    bin_of(edited)
    history_of(edited)
    edited.do(Action.CLOSE)
    edited.until(lambda: edited.dialog(HistoryDialog) is None and edited.dialog(BinDialog) is None)
    assert not edited.book.is_open()


def test_a_shown_list_is_written_where_she_says(edited, tmp_path) -> None:
    rows = [("SC-0001", Money(9500)), ("SC-0002", Money(None))]
    export_shown(edited.context, edited.start.window, "Cover claims", ["Claim", "Cost"], rows)
    assert edited.answer(QFileDialog).selectedFiles()[0].endswith("Cover claims 2025-10-06.xlsx")
    path = tmp_path / "mine.xlsx"
    edited.choose_file(path)
    edited.until(path.exists)
    page = openpyxl.load_workbook(path).active
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["Claim", "Cost"], ["SC-0001", 95], ["SC-0002", None],
    ]  # fmt: skip


def test_a_list_that_cannot_be_written_is_told_above_the_page(edited, tmp_path) -> None:
    export_shown(edited.context, edited.start.window, "Cover claims", ["Claim"], [("SC-0001",)])
    notices: list = []
    edited.context.messages.noticed.connect(notices.append)
    edited.choose_file(tmp_path / "gone" / "mine.csv")
    edited.until(lambda: bool(notices))
    assert "mine.csv cannot be written" in notices[0].text
