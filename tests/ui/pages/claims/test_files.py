"""Files of a claim in the window: attached, dropped, opened as copies, saved, removed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from ui.records import files as files_module
from ui.widgets.buttons import Button
from ui.widgets.plain import Label


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "Invoice 77.pdf"
    path.write_bytes(b"%PDF-1.7 invoice")
    return path


@pytest.fixture
def opened(monkeypatch):
    """Which files were handed to other programs."""
    seen: list[Path] = []
    monkeypatch.setattr(
        files_module.QDesktopServices, "openUrl", lambda url: seen.append(Path(url.toLocalFile()))
    )
    return seen


def press(desk, words: str) -> None:
    button = next(one for one in desk.page.panel.findChildren(Button) if one.words() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.shown()


def attached(desk, code: str, *paths: Path) -> None:
    desk.choose(code)
    desk.page.panel.files.attach(desk.row(code), *paths)
    desk.shown()


def test_an_attached_file_stands_with_its_kind_and_size(desk, paper):
    attached(desk, "SC-0055", paper)
    said = " ".join(label.text() for label in desk.page.panel.findChildren(Label))
    assert "Invoice 77.pdf" in said
    assert "PDF, 1 KB" in said
    assert desk.row("SC-0055").files == 1
    assert desk.world.book.undo_name == "Attach a file to claim SC-0055"


def test_files_dropped_onto_the_panel_are_attached_in_one_step(desk, paper, tmp_path):
    other = tmp_path / "note.txt"
    other.write_text("Timesheet follows", encoding="utf-8")
    desk.choose("SC-0055")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (paper, other)])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    desk.page.panel.dropEvent(drop)
    assert [file.name for file in desk.detail("SC-0055").files] == ["Invoice 77.pdf", "note.txt"]
    desk.world.book.undo()
    assert desk.detail("SC-0055").files == ()


def test_a_file_that_could_run_is_refused_in_a_sentence(desk, tmp_path):
    bad = tmp_path / "invoice.pdf"
    bad.write_bytes(b"MZ\x90\x00")
    attached(desk, "SC-0055", bad)
    assert desk.detail("SC-0055").files == ()
    assert "cannot be kept here" in desk.world.heard.texts[-1]


def test_open_shows_a_private_copy_that_cannot_be_written(desk, paper, opened, tmp_path):
    attached(desk, "SC-0055", paper)
    press(desk, "Open")
    (copy,) = opened
    assert copy.name == "Invoice 77.pdf"
    assert copy.read_bytes() == paper.read_bytes()
    assert (tmp_path / "opened") in copy.parents
    assert not copy.stat().st_mode & stat.S_IWUSR
    desk.world.close()
    assert not copy.exists()


def test_a_copy_is_saved_where_she_says(desk, paper, tmp_path):
    attached(desk, "SC-0055", paper)
    (file,) = desk.detail("SC-0055").files
    desk.page.panel.files.save_to(file, tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == paper.read_bytes()
    assert desk.world.heard.said[-1] == "Saved: out.pdf"


def test_a_copy_that_cannot_be_saved_is_told_in_a_sentence(desk, paper, tmp_path):
    attached(desk, "SC-0055", paper)
    (file,) = desk.detail("SC-0055").files
    desk.page.panel.files.save_to(file, tmp_path / "nowhere" / "out.pdf")
    assert "could not be written" in desk.world.heard.texts[-1]


def test_a_removed_file_comes_back_by_undo(desk, paper):
    attached(desk, "SC-0055", paper)
    press(desk, "Remove")
    assert desk.detail("SC-0055").files == ()
    assert desk.world.book.undo_name == "Remove file F-0001"
    desk.world.book.undo()
    assert [file.name for file in desk.detail("SC-0055").files] == ["Invoice 77.pdf"]
