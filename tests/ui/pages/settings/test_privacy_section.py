"""Settings, Privacy: what is due, what is held about somebody, a name taken away, old backups deleted."""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
import tempfile
import zipfile

import pytest
from sqlmodel import select

from models import tables as t
from models.services import attachments, records
from tests.ui.conftest import settle
from tests.ui.pages.settings.test_backups_section import button, click, words
from ui.crash import CrashNet
from ui.dialogs.asking import Asking
from ui.dialogs.notes import HelpDialog
from ui.widgets.parts import TodoLine

NAME, SURNAME = "Wilhelmina Quackenbush", "quackenbush"


@pytest.fixture
def asked(settings):
    """The questions asked, with what a yes does."""
    found = []
    settings.world.context.messages.asked.connect(lambda question, yes, _no: found.append((question, yes)))
    return found


@pytest.fixture
def section(settings):
    """The section, in a book in which somebody left long ago and is named here and there."""

    def leave(session) -> None:
        gone = {"name": NAME, "email": f"{SURNAME}@school.example", "left_on": dt.date(2021, 7, 20)}
        records.change(session, t.Person, 5, gone)
        records.change(session, t.Meeting, 1, {"purpose": f"{NAME} brought magnets."})
        attachments.attach(session, "meeting", 1, f"Ring {NAME}".encode(), "note.txt")

    settings.world.change("Note that somebody left", leave)
    return settings.section("privacy")


def names(world) -> list[str]:
    return world.ask(lambda session: list(session.exec(select(t.Person.name).order_by(t.Person.id))))


def ask_to_take_away(settings, section) -> Asking:
    line = next(one for one in section.findChildren(TodoLine) if one.isVisible())
    click(line.button())
    return settings.dialog(Asking)


def take_away(settings, section, asked) -> None:
    form = ask_to_take_away(settings, section)
    form.fields["file-1"].show_value("remove")
    form.submit()
    settle()
    asked[-1][1]()
    settle()


def test_what_is_due_is_listed_with_a_way_on_and_nothing_is_deleted(settings, section):
    said = words(section)
    assert NAME in said
    assert "Since 1 September 2023 · left 20 July 2021" in said
    assert "2 years after the school year in which they left" in said
    wanted = []
    settings.world.context.bus.page_wanted.connect(lambda page, place: wanted.append((page, place.task)))
    click(button(section, "Change it in Scheme rules"))
    assert wanted == [("settings", "attendance_kept_years")]


def test_a_name_is_taken_away_only_when_each_file_is_decided_and_a_yes_is_said(settings, section, asked):
    form = ask_to_take_away(settings, section)
    form.submit()
    assert form.errors() == {"file-1": "Choose: keep it, or remove it."}
    form.fields["file-1"].show_value("remove")
    form.submit()
    settle()
    question, yes = asked[-1]
    assert "This cannot be undone" in question.text
    assert "1 file will be removed for good" in question.text
    assert NAME in names(settings.world)
    yes()
    settle()
    assert names(settings.world)[4] == "Former teacher 1"
    assert settings.world.book.undo_name == ""
    minutes = settings.world.ask(lambda session: session.get(t.Meeting, 1).purpose)
    assert minutes == "Former teacher 1 brought magnets."
    assert SURNAME.encode() not in settings.world.book.facts.path.read_bytes().lower()


def test_backups_that_still_hold_the_name_are_counted_and_deleted(settings, section, asked):
    take_away(settings, section, asked)
    section.refresh(2024)
    settle()
    assert "still hold" in words(section)
    click(button(section, "Delete these backups…"))
    question, yes = asked[-1]
    assert question.head.startswith("Delete ")
    yes()
    settle()
    assert "still hold" not in words(section)
    left = list((settings.world.book.facts.path.parent / "data").rglob("*.bak"))
    assert left
    assert all(SURNAME.encode() not in one.read_bytes().lower() for one in left)


def test_what_is_held_is_gathered_noted_and_closed_when_it_was_handed_over(
    settings, section, asked, monkeypatch, tmp_path
):
    target = tmp_path / "answer.zip"
    monkeypatch.setattr("ui.dialogs.subject_access.choose_to_save", lambda *args: args[-1](target))
    click(section.asked_button)
    form = settings.dialog(Asking)
    form.submit()
    assert form.errors() == {"person_id": "Choose the person."}
    form.fields["person_id"].show_value(5)
    form.submit()
    settle()
    with zipfile.ZipFile(target) as parts:
        assert parts.namelist() == ["What we hold.pdf", "What we hold.xlsx", "Files/F-0001 note.txt"]
    assert settings.world.heard.said[-1] == "Saved answer.zip: the answer is due by 21 July 2025"
    section.refresh(2024)
    settle()
    assert f"{NAME} asked on 20 June 2025; the answer is due by 21 July 2025." in words(section)
    click(button(section, "Handed over…"))
    asked[-1][1]()
    section.refresh(2024)
    settle()
    assert f"{NAME} asked on" not in words(section)


def test_the_help_says_who_is_responsible_and_what_to_do_when_the_laptop_is_lost(settings, section):
    click(button(section, "Who is responsible, and what to do when the laptop is lost"))
    said = words(settings.dialog(HelpDialog))
    assert "Seventy-two hours" in said
    assert "Each school is responsible" in said
    settings.dialog(HelpDialog).close()


def test_logs_and_the_temporary_folder_never_hold_a_name(settings, section, asked, monkeypatch, tmp_path):
    scratch, logs = tmp_path / "scratch", tmp_path / "logs"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    told: list[str] = []
    net = CrashNet(told.append, lambda: ())
    net.keep_logs(logs)
    try:
        world = settings.world
        world.book.change(f"Rename {NAME}", lambda s: records.change(s, t.Person, 5, {"name": ""}))  # refused
        world.book.use(lambda store, _: store.listen(_fails), lambda _: None)
        world.change(
            "Edit person 5", lambda s: records.change(s, t.Person, 5, {"notes": f"{NAME} likes tea"})
        )
        try:
            world.ask(lambda _: _fails(None))
        except sqlite3.DataError:
            net.caught(*sys.exc_info())
        click(section.asked_button)
        settings.dialog(Asking).reject()
        take_away(settings, section, asked)
    finally:
        net.uninstall()
    assert NAME in told[0]  # shown on the screen, before it is saved anywhere
    written = [*logs.iterdir(), *(one for one in scratch.rglob("*") if one.is_file())]
    assert (logs / "clusterbook.log").stat().st_size > 0
    for file in written:
        assert SURNAME.encode() not in file.read_bytes().lower(), file.name


def _fails(_changes) -> None:
    raise sqlite3.DataError(f"{NAME} broke it with £100")
