"""What a user typed is shown and never interpreted: no markup, no pictures, no mnemonics (safety.md, 11)."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel

from tests.faults.gates import round_the_plain_door
from tests.ui.conftest import settle
from ui.dialogs.notes import HelpDialog
from ui.dialogs.plain import QuestionDialog
from ui.messages import Notice, Offer, Question
from ui.widgets.buttons import Button
from ui.widgets.parts import Banner, EmptyState, Figure, TodoLine, pair
from ui.widgets.plain import ElidedLabel, Label, Runs, literal, tip, tip_text

pytestmark = pytest.mark.usefixtures("dressed")

UI = Path(__file__).parent.parent.parent / "ui"
HOSTILE = '<img src="//evil/share/x.png"><b>Elm & Oak</b> <a href="file:///">here</a>'


def test_no_module_goes_round_the_plain_text_door():
    modules = sorted(UI.rglob("*.py"))
    names = [f"ui/{path.relative_to(UI).as_posix()}" for path in modules]
    texts = [path.read_text(encoding="utf-8") for path in modules]

    assert "ui/app.py" in names
    assert [
        found
        for name, text in zip(names, texts, strict=True)
        for found in round_the_plain_door(name, ast.parse(text))
    ] == []


def test_a_label_shows_markup_as_it_stands(qtbot):
    label = Label(HOSTILE)
    qtbot.addWidget(label)

    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == HOSTILE


def test_every_label_of_the_window_is_plain(world):
    world.context.messages.warn(HOSTILE, "hostile", Offer(HOSTILE, lambda: None))
    world.shell.sidebar.show_cluster(HOSTILE, HOSTILE)
    settle()
    labels = world.start.window.findChildren(QLabel)

    assert any(label.text() == HOSTILE for label in labels)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize(
    "make",
    [
        lambda: Banner("warn", "alert", HOSTILE, HOSTILE),
        lambda: Figure(HOSTILE, HOSTILE, HOSTILE),
        lambda: TodoLine("alert", "warn", HOSTILE, HOSTILE, HOSTILE),
        lambda: EmptyState("home", HOSTILE, HOSTILE),
        lambda: HelpDialog(None, HOSTILE, f"# {HOSTILE}\n\n- {HOSTILE}\n\n{HOSTILE}"),
        lambda: QuestionDialog(None, Question(HOSTILE, HOSTILE, HOSTILE)),
    ],
)
def test_every_part_shows_markup_as_it_stands(qtbot, make):
    part = make()
    qtbot.addWidget(part)

    assert {label.textFormat() for label in part.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


def test_a_line_of_a_detail_panel_is_plain():
    line = pair(HOSTILE, HOSTILE)

    assert {line.itemAt(n).widget().textFormat() for n in range(line.count())} == {Qt.TextFormat.PlainText}


@given(st.text(max_size=80))
def test_rich_runs_say_exactly_the_words_they_were_given(words):
    document = QTextDocument()
    runs = Runs((words, True), (words, False))
    document.setHtml(runs.text())
    shown = document.toPlainText().split()

    assert "".join(shown) == "".join((words * 2).replace("\x00", "\ufffd").split()) or not words.isprintable()
    assert runs.accessibleName() == words * 2


@given(st.text(max_size=80))
def test_a_tooltip_is_never_taken_for_markup_of_the_users(words):
    safe = tip_text(words)

    assert not GuiQt.mightBeRichText(safe) or safe.startswith("<qt>")
    if words.isprintable():
        document = QTextDocument()
        document.setHtml(safe if safe.startswith("<qt>") else safe.replace("&", "&amp;"))
        assert document.toPlainText().split() == words.split()


def test_a_tooltip_with_a_tag_shows_the_tag(qtbot):
    label = Label("x")
    qtbot.addWidget(label)
    tip(label, HOSTILE)
    document = QTextDocument()
    document.setHtml(label.toolTip())

    assert document.toPlainText() == HOSTILE


def test_an_ampersand_in_a_button_is_a_sign(qtbot):
    button = Button("Elm & Oak")
    qtbot.addWidget(button)

    assert button.text() == literal("Elm & Oak") == "Elm && Oak"
    assert button.shortcut().isEmpty()


def test_an_ampersand_in_a_recent_book_is_a_sign(welcome, recent):
    for entry in recent:
        welcome.context.settings.remember(entry)
    welcome.shell.files.recent_changed.emit()
    texts = [action.text() for action in welcome.shell.menus._recent.actions()]

    assert any("Science Cluster && partners" in text for text in texts)


def test_a_name_that_is_cut_is_whole_in_its_tooltip(qtbot):
    label = ElidedLabel("Northfields and Southwold Church of England Primary School")
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    settle()

    assert label.shown_text().endswith("…")
    assert label.toolTip() == label.text()

    label.resize(900, 20)
    settle()

    assert label.toolTip() == ""


def test_the_log_of_a_notice_names_neither_people_nor_money(world, caplog):
    caplog.set_level("INFO")
    world.context.messages.warn("K. Ivory is owed £109.00.", "claim")
    world.context.messages.notice(Notice("claim", "warn", "K. Ivory is owed £109.00."))
    world.context.messages.say("Paid K. Ivory £109.00.", "claim")

    assert "Ivory" not in caplog.text
    assert "£" not in caplog.text
    assert "warned: claim" in caplog.text
