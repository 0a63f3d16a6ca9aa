"""Tools, Check this file: the whole file is looked through, and the result can be kept."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtWidgets import QPushButton

from models.store import Store
from ui.dialogs.check import CheckDialog
from ui.shell.actions import Action
from ui.widgets.plain import Label

pytestmark = pytest.mark.timeout(240)


def words(dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(Label))


def test_a_sound_file_says_so_and_its_paper_is_kept(on_sample, tmp_path):
    on_sample.do(Action.CHECK)
    dialog = on_sample.answer(CheckDialog)
    assert dialog.windowTitle() == "The file is sound"
    assert "Cover claims" in words(dialog)
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Save PDF…").click()
    on_sample.choose_file(tmp_path / "check.pdf")
    on_sample.until((tmp_path / "check.pdf").exists)
    assert (tmp_path / "check.pdf").read_bytes().startswith(b"%PDF")


def test_money_that_was_rewritten_by_another_program_is_found(make_window, sample):
    with closing(Store.open(sample)) as store:
        assert store.check() == []
    with closing(sqlite3.connect(sample)) as raw:
        raw.execute("UPDATE fund_entry SET amount_p = amount_p + 100 WHERE id = 3")
        raw.commit()
    driver = make_window(sample)
    driver.until_home()
    driver.do(Action.CHECK)
    dialog = driver.answer(CheckDialog)
    assert dialog.windowTitle() == "Something is wrong with the file"
    assert "fund entry 3" in words(dialog).casefold()


def test_a_copy_of_the_book_is_saved_and_can_be_opened(on_sample, tmp_path):
    on_sample.do(Action.COPY)
    on_sample.choose_file(tmp_path / "Copy.clusterbook")
    on_sample.until((tmp_path / "Copy.clusterbook").exists)
    with closing(Store.open(tmp_path / "Copy.clusterbook", read_only=True)) as store:
        assert store.check() == []
