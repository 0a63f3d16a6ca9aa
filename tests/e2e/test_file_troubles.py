"""Every trouble a file can have, E01 to E13, met in the real window, and the way out that it offers."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import struct
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic import command
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QPushButton
from sqlmodel import select

from models import tables as t
from models.services import records
from models.store import Store, engine, migrate
from models.store.engine import connect
from models.store.schema import APPLICATION_ID, book
from models.store.working_copy import work_folder
from tests.ui.conftest import settle
from ui.bookfile import Way
from ui.dialogs.plain import QuestionDialog
from ui.dialogs.trouble import RestoreDialog, TroubleDialog
from ui.dialogs.two_copies import CopiesDialog
from ui.forms.draft_form import DraftForm
from ui.lists.pane import ListPane
from ui.messages import Notice
from ui.widgets.plain import Label

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


def older(path: Path) -> None:
    """A book of the layout before today's, as it was delivered: an empty one is enough to be upgraded."""
    path.unlink()
    connect(path, "rwc").close()
    number = book().number - 1
    with migrate.writing(path) as connection:
        command.upgrade(migrate.configuration(connection, book()), f"{number:04}")
        run = connection.exec_driver_sql
        run(
            "INSERT INTO meta (id, file_uuid, created_at, app_version, seq) "
            "VALUES (1, 'older', '2025-09-01T08:00:00+00:00', '0.1', 0)"
        )
        run(f"PRAGMA user_version={number:d}")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA application_id={APPLICATION_ID}")


SPOILT = {
    "E01": Path.unlink,
    "E02": lambda path: path.write_bytes(b""),
    "E03": lambda path: path.write_bytes(b"PK\3\4" + b"a letter" * 500),
    "E04": planted,
    "E05": lambda path: patched(path, 60, struct.pack(">i", 999)),
    "E06": cut,
    "E11": older,
    "E12": held_elsewhere,
}
WAYS = {
    "E01": ["Try again", "Find the file…", "Restore the newest backup", "Restore another backup…"],
    "E02": ["Restore the newest backup", "Restore another backup…", "Try again", "Open the folder"],
    "E03": ["Choose another file…"],
    "E04": ["Restore the newest backup", "Restore another backup…", "Choose another file…"],
    "E05": ["Choose another file…"],
    "E06": [
        "Restore the newest backup",
        "Restore another backup…",
        "Open a read-only copy of what is left",
        "Export what can be read…",
    ],
    "E11": ["Try again", "Export what can be read…", "Open the folder"],
    "E12": ["Open to read only", "Try again", "Open it all the same…"],
}


def backed_up(sample: Path) -> None:
    """Give the sample a backup of its own."""
    with closing(Store.open(sample)) as store:
        with store.transaction("Edit meeting M-0001") as (session, _):
            records.change(session, t.Meeting, 1, {"purpose": "As it was backed up"})
        store.back_up()


def press(dialog, words: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text().startswith(words)).click()
    settle()


def said(dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(Label))


def meeting_purpose(driver) -> str:
    def ask(store):
        with store.read() as session:
            return session.get(t.Meeting, 1).purpose

    return driver.ask(ask)


@pytest.mark.parametrize("code", SPOILT)
def test_a_file_that_does_not_open_says_why_and_how_to_go_on_and_stays_as_it_is(
    make_window, sample, monkeypatch, code
):
    backed_up(sample)
    SPOILT[code](sample)
    if code == "E11":
        monkeypatch.setattr(migrate, "require_known", lambda *_: 1 / 0)
    before = sample.read_bytes() if sample.exists() else None
    driver = make_window(sample)
    dialog = driver.answer(TroubleDialog)
    assert dialog.code == code
    assert [way.text().split(":")[0] for way in dialog.ways] == WAYS[code]
    assert sample.name in dialog.sentence
    assert ("The newest good backup was made" in said(dialog)) == (code in {"E01", "E02", "E04", "E06"})
    press(dialog, "Copy details")
    assert QApplication.clipboard().text().startswith(code)
    press(dialog, "Close")
    assert driver.shell.welcome is not None
    assert driver.shell.welcome.isVisible()
    assert (sample.read_bytes() if sample.exists() else None) == before


@pytest.mark.parametrize("code", ["E01", "E02", "E06"])
def test_a_file_that_is_gone_empty_or_damaged_is_brought_back_by_what_the_window_says(
    make_window, sample, tmp_path, code
):
    backed_up(sample)
    SPOILT[code](sample)
    spoilt = sample.read_bytes() if sample.exists() else b""
    driver = make_window(sample)
    dialog = driver.answer(TroubleDialog)
    assert "It holds 27 meetings" in said(dialog)
    press(dialog, "Restore the newest backup: ")
    driver.until_home()
    assert meeting_purpose(driver) == "As it was backed up"
    kept = [one.read_bytes() for one in tmp_path.glob("*.damaged-*.clusterbook")]
    assert kept == ([spoilt] if code != "E01" else [])


def test_another_backup_than_the_newest_is_chosen_from_the_list(make_window, sample):
    backed_up(sample)
    with closing(Store.open(sample)) as store:
        with store.transaction("Edit meeting M-0001") as (session, _):
            records.change(session, t.Meeting, 1, {"purpose": "As it was a little later"})
        store.back_up()
    cut(sample)
    driver = make_window(sample)
    press(driver.answer(TroubleDialog), "Restore another backup…")
    restoring = driver.answer(RestoreDialog)
    driver.until(restoring.restore_button.isEnabled)
    assert "27 meetings" in restoring.inside.text()
    restoring.table.selectRow(1)
    restoring.table.chosen.emit(restoring.table.current())
    driver.until(restoring.restore_button.isEnabled)
    press(restoring, "Restore it")
    driver.until_home()
    assert meeting_purpose(driver) == "As it was backed up"


def test_a_file_whose_stick_is_gone_is_restored_to_another_place(make_window, sample, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    book_there = Path(shutil.move(sample, stick / sample.name))
    backed_up(book_there)
    shutil.rmtree(stick)
    driver = make_window(book_there)
    press(driver.answer(TroubleDialog), "Restore the newest backup")
    driver.choose_file(tmp_path / "Here.clusterbook")
    driver.until_home()
    assert driver.book.facts.path == tmp_path / "Here.clusterbook"
    assert meeting_purpose(driver) == "As it was backed up"


def test_a_backup_that_is_damaged_too_is_not_offered(make_window, sample, tmp_path):
    backed_up(sample)
    for backup in (tmp_path / "data").rglob("*.bak"):
        cut(backup)
    cut(sample)
    driver = make_window(sample)
    dialog = driver.answer(TroubleDialog)
    assert "There is no good backup of Brindlemere.clusterbook on this computer" in said(dialog)
    assert [way.text() for way in dialog.ways] == WAYS["E06"][2:]
    press(dialog, "Close")


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
    press(driver.answer(TroubleDialog), "Open a read-only copy of what is left")
    driver.until(driver.book.is_open)
    assert meeting_purpose(driver).startswith("Agree what we want")
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


def test_a_question_about_a_file_can_be_answered_while_another_is_open_to_read_only(make_window, sample):
    driver = make_window()
    driver.shell.files.open(sample, Way.READ_ONLY)
    driver.until_home()
    elsewhere = shutil.copy(sample, sample.with_name("Elsewhere.clusterbook"))
    held_elsewhere(elsewhere)
    driver.shell.files.open(elsewhere)
    press(driver.answer(TroubleDialog), "Open it all the same…")
    question = driver.answer(QuestionDialog)
    yes = next(b for b in question.findChildren(QPushButton) if b.text() == "It is switched off")
    assert yes.isEnabled()
    question.reject()


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
    driver.book.change("Edit", lambda s: records.change(s, t.Meeting, 1, {"purpose": "Mine"}))
    driver.until(lambda: notice(driver) is not None)
    dialog = driver.answer(TroubleDialog)
    assert "replaced or changed by another program" in dialog.sentence
    ways = ["Save my version as a copy…", "Load the file on disk"]
    assert [way.text() for way in dialog.ways] == ways
    assert [offer.words for offer in notice(driver).offers] == ways
    press(dialog, "Save my version as a copy…")
    driver.choose_file(tmp_path / "Mine.clusterbook")
    driver.until(lambda: driver.book.facts.path.name == "Mine.clusterbook")
    driver.until(lambda: meeting_purpose(driver) == "Mine")  # what could not be saved is saved there
    assert sample.read_bytes() == before
    assert notice(driver) is None


def test_a_file_that_was_replaced_can_be_loaded_as_it_is_now(make_window, sample, tmp_path):
    theirs = tmp_path / "theirs"
    shutil.copy(sample, theirs)
    driver = make_window(sample)
    driver.until_home()
    theirs.replace(sample)
    driver.book.change("Edit", lambda s: records.change(s, t.Meeting, 1, {"purpose": "Mine"}))
    press(driver.answer(TroubleDialog), "Load the file on disk")
    driver.until(lambda: notice(driver) is None)
    assert meeting_purpose(driver).startswith("Agree what we want")
    driver.book.change("Edit", lambda s: records.change(s, t.Meeting, 1, {"purpose": "Theirs"}))
    driver.until(lambda: meeting_purpose(driver) == "Theirs")


def typed_into_a_form(driver, words: str) -> QDialog:
    """Write into the form of the chosen school and press Save."""
    driver.go("schools")
    pane = driver.shell.host.page("schools").findChild(ListPane)
    driver.until(lambda: pane.current() is not None)
    pane.edit()
    form = driver.answer(DraftForm)
    field = form.findChildren(QPlainTextEdit)[-1]  # the notes
    field.setPlainText(words)
    form.submit()
    return form


def school_says(driver, words: str) -> bool:
    def ask(store):
        with store.read() as session:
            return any(words in repr(one) for one in session.exec(select(t.School)))

    return driver.ask(ask)


def test_a_file_that_another_program_holds_keeps_the_form_and_saves_when_it_is_free(
    make_window, sample, monkeypatch
):
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    driver = make_window(sample)
    driver.until_home()
    with closing(sqlite3.connect(sample, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        form = typed_into_a_form(driver, "typed while it was busy")
        dialog = driver.answer(TroubleDialog)
        assert dialog.code == "E07"
        assert [way.text() for way in dialog.ways] == ["Try again", "Save a copy…"]
        assert "Your entry is not saved yet" in dialog.sentence
        assert "Your entry is not saved yet" in form.errors()[""]
        other.execute("ROLLBACK")
    press(dialog, "Try again")
    driver.until(lambda: driver.dialog(DraftForm) is None)
    assert school_says(driver, "typed while it was busy")


def leave_no_room(driver) -> None:
    """No more room in the file than it has: SQLite says that the disk is full."""

    def limit(store) -> None:
        with store._door.raw("Limit") as raw:
            pages = raw.execute("PRAGMA page_count").fetchone()[0]
            raw.execute(f"PRAGMA max_page_count={pages}")

    driver.ask(limit)


def test_on_a_full_disk_the_form_is_kept_and_saved_elsewhere(make_window, sample, tmp_path):
    driver = make_window(sample)
    driver.until_home()
    leave_no_room(driver)
    form = typed_into_a_form(driver, "there is no room for this " * 150)
    dialog = driver.answer(TroubleDialog)
    assert dialog.code == "E09"
    assert "everything before it is safe" in dialog.sentence
    assert [way.text() for way in dialog.ways] == ["Try again", "Save elsewhere…", "Open the file again"]
    press(dialog, "Try again")
    dialog = driver.answer(TroubleDialog)
    assert form.isVisible()
    press(dialog, "Save elsewhere…")
    driver.choose_file(tmp_path / "Roomy.clusterbook")
    driver.until(lambda: driver.dialog(DraftForm) is None)
    assert driver.book.facts.path.name == "Roomy.clusterbook"
    assert driver.shell.status._file.text() == "Roomy.clusterbook"
    assert school_says(driver, "there is no room for this")


def test_in_a_synced_folder_a_copy_is_worked_on_and_written_back_when_it_is_closed(
    make_window, sample, tmp_path
):
    folder = tmp_path / "OneDrive - Oakmere"
    folder.mkdir()
    book = Path(shutil.move(sample, folder / "Year.clusterbook"))
    before = book.read_bytes()
    driver = make_window(book)
    driver.until_home()
    driver.until(lambda: any("you work on a copy" in text for text in driver.shell.notices.texts()))
    driver.book.change("Edit", lambda s: records.change(s, t.Meeting, 1, {"purpose": "Mine"}))
    driver.until(lambda: driver.book.undo_name == "Edit")
    assert book.read_bytes() == before
    driver.book.write_back_quietly()
    driver.until(lambda: book.read_bytes() != before)
    driver.shell.files.close()
    driver.until(lambda: not driver.book.is_open())
    assert not work_folder(book).exists()
    with closing(Store.open(book, read_only=True)) as store, store.read() as session:
        assert session.get(t.Meeting, 1).purpose == "Mine"


def unchangeable(path: Path, *, on: bool) -> bool:
    """Keep even root from writing a file and its folder. Whether that could be done."""
    chattr = shutil.which("chattr") or "chattr"
    asked = [chattr, "+i" if on else "-i", path, path.parent]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


@contextmanager
def write_protected(path: Path) -> Iterator[None]:
    """A file and its folder that may not be written."""
    path.chmod(0o444)
    path.parent.chmod(0o555)
    if os.geteuid() == 0 and not unchangeable(path, on=True):
        pytest.skip("nothing here keeps root from writing")
    try:
        yield
    finally:
        if os.geteuid() == 0:
            unchangeable(path, on=False)
        path.parent.chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's here")
def test_a_write_protected_file_is_opened_to_read_only(make_window, sample, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    protected = Path(shutil.move(sample, stick))
    before = protected.read_bytes()
    with write_protected(protected):
        driver = make_window(protected)
        dialog = driver.answer(TroubleDialog)
        assert dialog.code == "E13"
        assert [way.text() for way in dialog.ways] == ["Open to read only", "Try again", "Open the folder"]
        press(dialog, "Open to read only")
        driver.until_home()
        assert any("you can look and print" in text for text in driver.shell.notices.texts())
        assert [one.name for one in stick.iterdir()] == [protected.name]
        assert protected.read_bytes() == before


def test_an_upgrade_that_failed_can_be_tried_again(make_window, sample, monkeypatch):
    older(sample)
    with monkeypatch.context() as failing:
        failing.setattr(migrate, "require_known", lambda *_: 1 / 0)
        driver = make_window(sample)
        dialog = driver.answer(TroubleDialog)
    assert dialog.code == "E11"
    assert "Your file is as before. A backup is at" in dialog.sentence
    press(dialog, "Try again")
    driver.until(driver.book.is_open)


def notice_of_copies(driver) -> Notice | None:
    known = driver.shell.notices._shown.get("E10")
    return known[0] if known else None


def test_of_two_copies_the_right_one_is_kept_and_the_other_set_aside(make_window, sample):
    other = sample.with_name("Brindlemere-ANNA-LAPTOP.clusterbook")
    shutil.copyfile(sample, other)
    for path, title in ((sample, "Done here"), (other, "Done on the other laptop")):
        with closing(Store.open(path)) as store, store.transaction(f"{title}: edit M-0001") as (session, _):
            records.change(session, t.Meeting, 1, {"purpose": title})
    driver = make_window(sample)
    driver.until_home()
    assert "There are two copies of this book" in notice_of_copies(driver).text
    assert [offer.words for offer in notice_of_copies(driver).offers] == ["Compare them…"]
    notice_of_copies(driver).offers[0].do()
    dialog = driver.answer(CopiesDialog)
    words = said(dialog)
    assert "Done only here: 1 thing" in words
    assert "Done here: edit M-0001" in words
    assert "Done on the other laptop: edit M-0001" in words
    press(dialog, "Open the other one")
    driver.until(lambda: driver.book.is_open() and driver.book.facts.path == other)
    driver.until_home()
    assert meeting_purpose(driver) == "Done on the other laptop"
    mine = sample.read_bytes()
    notice_of_copies(driver).offers[0].do()
    press(driver.answer(CopiesDialog), "Keep the one that is open")
    driver.until(lambda: not sample.exists())
    (aside,) = sample.parent.glob("Brindlemere.set-aside-*.clusterbook")
    assert aside.read_bytes() == mine
    driver.until(lambda: notice_of_copies(driver) is None)
    driver.shell.files.close()
    driver.until(lambda: not driver.book.is_open())
    with closing(Store.open(other)) as store:
        assert store.notices == ()


def test_two_versions_after_a_conflict_in_a_synced_folder_can_be_compared_and_one_kept(
    make_window, sample, tmp_path
):
    folder = tmp_path / "OneDrive - Oakmere"
    folder.mkdir()
    theirs = Path(shutil.move(sample, folder / "Year.clusterbook"))
    driver = make_window(theirs)
    driver.until_home()
    driver.book.change("Edit meeting M-0001", lambda s: records.change(s, t.Meeting, 1, {"purpose": "Mine"}))
    driver.until(lambda: driver.book.undo_name == "Edit meeting M-0001")
    changed = tmp_path / "changed.clusterbook"
    shutil.copyfile(theirs, changed)
    with closing(Store.open(changed)) as store, store.transaction("Edit meeting M-0002") as (session, _):
        records.change(session, t.Meeting, 2, {"purpose": "Theirs"})
    changed.replace(theirs)
    driver.book.write_back_quietly()
    driver.until(lambda: notice_of_copies(driver) is not None)
    assert "Both are kept" in notice_of_copies(driver).text
    notice_of_copies(driver).offers[0].do()
    dialog = driver.answer(CopiesDialog)
    assert "Edit meeting M-0002" in said(dialog)
    press(dialog, "Keep the one that is open")
    driver.until(lambda: not theirs.exists())
    assert len(list(folder.glob("Year.set-aside-*.clusterbook"))) == 1
    assert meeting_purpose(driver) == "Mine"
