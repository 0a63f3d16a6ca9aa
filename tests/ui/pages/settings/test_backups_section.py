"""Backups are made, looked into and put back from the page; looks and privacy are told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from sqlmodel import select

from models import tables as t
from models.formats import file_size
from models.services import records
from models.store.values import Backup
from tests.ui.conftest import settle
from ui.records.backup_words import inside_words, reason_words
from ui.settings import ThemeChoice
from ui.widgets.plain import Label


def button(widget, text: str) -> QPushButton:
    settle()
    return next(b for b in widget.findChildren(QPushButton) if b.isVisible() and b.text() == text)


def click(made) -> None:
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    settle()


def words(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


@pytest.fixture
def backups(settings):
    section = settings.section("backups")
    click(section.now_button)
    return section


def shown(section) -> list[Backup]:
    return section.table.records.shown()


def test_a_backup_made_now_is_listed_and_chosen(settings, backups):
    assert reason_words(backups.table.current().reason) == "By hand"
    assert settings.world.heard.said[-1].startswith("Backed up: ")
    before = len(shown(backups))
    click(backups.now_button)
    assert len(shown(backups)) == before + 1
    newest = shown(backups)[0]
    told = {column.head: column.text(newest) for column in backups._columns()}
    assert (told["Meetings"], told["Claims"], told["Check"]) == ("27", "56", "Whole")


def test_checking_a_backup_says_that_it_is_whole_and_what_is_in_it(backups):
    click(button(backups.panel, "Check it"))
    assert "It is whole. It holds 27 meetings, 56 cover claims, " in words(backups.panel)


def test_a_backup_that_is_not_whole_says_so_and_is_not_restored(settings, backups):
    path = backups.table.current().path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)
    click(button(backups.panel, "Restore…"))
    assert "is damaged" in words(backups.panel)
    assert backups._columns()[-1].text(backups.table.current()) == "Damaged"
    assert settings.world.book.is_open()


def test_restoring_asks_with_what_the_book_goes_back_to_and_keeps_what_it_is(settings, backups):
    asked = []
    settings.world.context.messages.asked.connect(lambda question, yes, _no: asked.append((question, yes)))
    title = settings.world.ask(lambda s: s.get(t.Meeting, 1).purpose)
    settings.world.change(
        "Edit meeting M-0001", lambda s: records.change(s, t.Meeting, 1, {"purpose": "Something else"})
    )
    backups.table.choose(next(b.path for b in shown(backups) if b.reason == "by-hand"))
    click(button(backups.panel, "Restore…"))
    question, yes = asked[0]
    assert "27 meetings" in question.text
    assert "kept among the backups" in question.text
    yes()
    settle()
    assert settings.world.ask(lambda s: s.get(t.Meeting, 1).purpose) == title
    assert "Before a restore" in [reason_words(b.reason) for b in shown(backups)]
    assert settings.world.book.undo_name == ""


def test_an_empty_list_says_when_backups_are_made(make_settings):
    settings = make_settings(empty=True)
    section = settings.section("backups")
    assert "There is no backup yet." in words(section)
    assert not section.folder_button.isEnabled()


def test_a_second_folder_gets_a_copy_of_each_backup_until_it_is_unwanted(backups, tmp_path):
    drive = tmp_path / "stick"
    drive.mkdir()
    backups._second_chosen(drive)
    assert str(drive) in words(backups)
    assert len(list(drive.rglob("*.bak"))) == 1
    click(backups.no_second_button)
    click(backups.now_button)
    assert len(list(drive.rglob("*.bak"))) == 1
    assert not backups.no_second_button.isVisible()


def test_a_second_folder_that_cannot_be_written_is_refused_in_a_sentence(settings, backups, tmp_path):
    backups._second_chosen(tmp_path / "missing")
    assert "Nothing can be written in" in settings.world.heard.texts[-1]
    assert not backups.no_second_button.isVisible()


def test_the_folder_is_opened_by_the_system(backups, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.pages.settings.backups.open_folder", opened.append)
    click(backups.folder_button)
    assert opened == [shown(backups)[0].path.parent]


@pytest.mark.parametrize(("size", "said"), [(10, "1 KB"), (831_488, "831 KB"), (3_565_158, "3.6 MB")])
def test_sizes_are_told_in_units_of_everyday(size, said):
    assert file_size(size) == said


def test_an_unknown_reason_is_told_as_it_stands():
    assert reason_words("before-anonymising") == "Before anonymising"


def test_a_theme_and_a_text_size_chosen_are_asked_of_the_window(settings):
    section = settings.section("appearance")
    wanted, sizes = [], []
    bus = settings.world.context.bus
    bus.command_wanted.connect(wanted.append)
    bus.text_wanted.connect(sizes.append)
    click(section.themes._group.button(2))
    click(section.sizes._group.button(3))
    assert (wanted, sizes) == (["theme_dark"], [1.5])


def test_appearance_follows_what_the_menu_chose(settings):
    section = settings.section("appearance")
    settings.world.context.settings.theme = ThemeChoice.DARK
    settings.world.context.settings.text_size = 1.25
    section.dress()
    assert (section.themes.current(), section.sizes.current()) == (2, 2)


def test_privacy_says_where_the_book_lies_and_where_people_are_named(settings):
    section = settings.section("privacy")
    said = words(section)
    assert str(settings.world.book.facts.path) in said
    people = settings.world.ask(lambda s: len(s.exec(select(t.Person.id)).all()))
    assert f"{people} · names, schools, work email and telephone" in said
    assert "never in the review pack" in said


def test_what_is_in_a_backup_is_told_without_a_last_action_too():
    from models.store.backup import Facts

    found = Facts("x", 1, "", None, {"meeting": 1, "fund_entry": 2})
    said = inside_words(found, None)
    assert said == "It holds 1 meeting, 0 cover claims, 2 fund entries and 0 schools."
