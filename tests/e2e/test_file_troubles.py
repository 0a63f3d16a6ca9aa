"""Every trouble a file can have, E01 to E13, met in the real window, and the way out that it offers."""

from __future__ import annotations

import json
import shutil
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from models import tables as t
from models.services import records
from models.store import Store
from models.store.working_copy import work_folder
from tests.ui.conftest import settle
from ui.dialogs.plain import QuestionDialog
from ui.dialogs.trouble import RestoreDialog, TroubleDialog
from ui.messages import Notice

pytestmark = pytest.mark.timeout(240)


def patched(path: Path, offset: int, value: bytes) -> None:
    content = bytearray(path.read_bytes())
    content[offset : offset + len(value)] = value
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8192])


def planted(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE planted (x)")


def held_elsewhere(path: Path) -> None:
    note = {"host": "ANNA-LAPTOP", "user": "Anna", "pid": 1, "since": "2025-10-06T07:55:00+00:00"}
    path.with_name(f"{path.name}.lock-holder").write_text(json.dumps(note))


SPOILT = {
    "E01": Path.unlink,
    "E02": lambda path: path.write_bytes(b""),
    "E03": lambda path: path.write_bytes(b"PK\3\4" + b"a letter" * 500),
    "E04": planted,
    "E05": lambda path: patched(path, 60, struct.pack(">i", 999)),
    "E06": cut,
    "E12": held_elsewhere,
}
WAYS = {
    "E01": ["Try again", "Find the file…", "Restore a backup…"],
    "E02": ["Restore a backup…", "Try again", "Open the folder"],
    "E03": ["Choose another file…"],
    "E04": ["Restore a backup…", "Choose another file…"],
    "E05": ["Choose another file…"],
    "E06": ["Restore a backup…", "Look at what is left", "Export what can be read…"],
    "E12": ["Open to read only", "Try again", "Open it all the same…"],
}


def backed_up(sample: Path, monkeypatch, tmp_path: Path) -> None:
    """Give the sample a backup of its own."""
    monkeypatch.setenv("CLUSTERBOOK_DATA", str(tmp_path / "data"))
    with closing(Store.open(sample)) as store:
        with store.transaction("Edit meeting M-0001") as (session, _):
            records.change(session, t.Meeting, 1, {"title": "As it was backed up"})
        store.back_up()


def press(dialog, words: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text() == words).click()
    settle()


def meeting_title(driver) -> str:
    def ask(store):
        with store.read() as session:
            return session.get(t.Meeting, 1).title

    return driver.ask(ask)


@pytest.mark.parametrize("code", SPOILT)
def test_a_file_that_does_not_open_says_why_and_how_to_go_on_and_stays_as_it_is(make_window, sample, code):
    SPOILT[code](sample)
    before = sample.read_bytes() if sample.exists() else None
    driver = make_window(sample)
    dialog = driver.answer(TroubleDialog)
    assert dialog.code == code
    assert [way.text() for way in dialog.ways] == WAYS[code]
    press(dialog, "Copy details")
    assert QApplication.clipboard().text().startswith(code)
    press(dialog, "Close")
    assert driver.shell.welcome is not None
    assert driver.shell.welcome.isVisible()
    assert (sample.read_bytes() if sample.exists() else None) == before


@pytest.mark.parametrize("code", ["E01", "E02", "E06"])
def test_a_file_that_is_gone_empty_or_damaged_is_brought_back_by_what_the_window_says(
    make_window, sample, monkeypatch, tmp_path, code
):
    backed_up(sample, monkeypatch, tmp_path)
    SPOILT[code](sample)
    driver = make_window(sample)
    press(driver.answer(TroubleDialog), "Restore a backup…")
    restoring = driver.answer(RestoreDialog)
    driver.until(restoring.restore_button.isEnabled)
    assert "27 meetings" in restoring.inside.text()
    press(restoring, "Restore it")
    driver.until_home()
    assert meeting_title(driver) == "As it was backed up"
    kept = [one.name for one in tmp_path.glob("*.damaged-*")]
    assert bool(kept) == (code != "E01")


def test_a_backup_that_is_damaged_too_is_not_offered(make_window, sample, monkeypatch, tmp_path):
    backed_up(sample, monkeypatch, tmp_path)
    for backup in (tmp_path / "data").rglob("*.bak"):
        cut(backup)
    cut(sample)
    driver = make_window(sample)
    press(driver.answer(TroubleDialog), "Restore a backup…")
    restoring = driver.answer(RestoreDialog)
    driver.until(lambda: "damaged" in restoring.inside.text())
    assert not restoring.restore_button.isEnabled()
    restoring.reject()


def test_what_is_left_of_a_damaged_file_can_be_looked_at_and_taken_out(make_window, sample, tmp_path):
    with closing(sqlite3.connect(sample)) as raw:
        size, root = (
            raw.execute(ask).fetchone()[0]
            for ask in ("PRAGMA page_size", "SELECT rootpage FROM sqlite_master WHERE name = 'contact_log'")
        )
    patched(sample, (root - 1) * size, bytes(64))
    driver = make_window(sample)
    press(driver.answer(TroubleDialog), "Export what can be read…")
    driver.choose_file(tmp_path / "out.zip")
    driver.until((tmp_path / "out.zip").exists)
    driver.until(lambda: any("records to out.zip" in text for text in driver.shell.notices.texts()))
    driver.shell.files.open(sample)
    press(driver.answer(TroubleDialog), "Look at what is left")
    driver.until(driver.book.is_open)
    assert meeting_title(driver) == "Getting started"
    assert any("Figures may be wrong" in text for text in driver.shell.notices.texts())


def test_a_file_that_somebody_seems_to_have_open_is_opened_after_two_questions(make_window, sample):
    held_elsewhere(sample)
    driver = make_window(sample)
    dialog = driver.answer(TroubleDialog)
    assert "ANNA-LAPTOP (Anna) has had this file open since" in dialog.sentence
    press(dialog, "Open it all the same…")
    press(driver.answer(QuestionDialog), "It is switched off")
    driver.until(lambda: (asked := driver.dialog(QuestionDialog)) and "Is the other" in asked.windowTitle())
    press(driver.dialog(QuestionDialog), "Open it")
    driver.until_home()
    assert not driver.ask(lambda store: store.read_only)


def notice(driver) -> Notice | None:
    known = driver.shell.notices._shown.get("file trouble")
    return known[0] if known else None


def test_a_file_that_was_replaced_while_it_is_open_is_not_written_and_mine_is_saved_beside(
    make_window, sample, tmp_path
):
    theirs = tmp_path / "theirs"
    shutil.copy(sample, theirs)
    driver = make_window(sample)
    driver.until_home()
    theirs.replace(sample)
    before = sample.read_bytes()
    driver.book.change("Edit", lambda s: records.change(s, t.Meeting, 1, {"title": "Mine"}))
    driver.until(lambda: notice(driver) is not None)
    assert "replaced or changed by another program" in notice(driver).text
    assert [offer.words for offer in notice(driver).offers] == ["Save a copy…", "Open the file again"]
    notice(driver).offers[0].do()
    driver.choose_file(tmp_path / "Mine.clusterbook")
    driver.until((tmp_path / "Mine.clusterbook").exists)
    assert sample.read_bytes() == before
    notice(driver).offers[1].do()
    driver.until(lambda: notice(driver) is None)  # the file is open again
    driver.book.change("Edit", lambda s: records.change(s, t.Meeting, 1, {"title": "Theirs"}))
    driver.until(lambda: meeting_title(driver) == "Theirs")


def test_in_a_synced_folder_a_copy_is_worked_on_and_written_back_when_it_is_closed(
    make_window, sample, tmp_path, monkeypatch
):
    monkeypatch.setenv("CLUSTERBOOK_DATA", str(tmp_path / "data"))
    folder = tmp_path / "OneDrive - Oakmere"
    folder.mkdir()
    book = Path(shutil.move(sample, folder / "Year.clusterbook"))
    before = book.read_bytes()
    driver = make_window(book)
    driver.until_home()
    driver.until(lambda: any("you work on a copy" in text for text in driver.shell.notices.texts()))
    driver.book.change("Edit", lambda s: records.change(s, t.Meeting, 1, {"title": "Mine"}))
    driver.until(lambda: driver.book.undo_name == "Edit")
    assert book.read_bytes() == before
    driver.book.write_back_quietly()
    driver.until(lambda: book.read_bytes() != before)
    driver.shell.files.close()
    driver.until(lambda: not driver.book.is_open())
    assert not work_folder(book).exists()
    with closing(Store.open(book, read_only=True)) as store, store.read() as session:
        assert session.get(t.Meeting, 1).title == "Mine"
