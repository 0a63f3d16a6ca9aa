"""A dialog gives a typed value, keeps what was typed when something is wrong, and is freed when it closes."""

import datetime as dt
import gc
import weakref
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton

from models.errors import BadInput
from models.store.compare import Copy
from tests.ui.conftest import settle
from tests.ui.doubles import TODAY
from ui.dialogs.files import BOOK, choose_to_open, choose_to_save
from ui.dialogs.form import FormDialog
from ui.dialogs.new_cluster import NewClusterDialog, file_name
from ui.dialogs.notes import AboutDialog, CrashDialog, HelpDialog
from ui.dialogs.plain import PlainDialog, QuestionDialog
from ui.dialogs.two_copies import UNTOLD, CopiesDialog
from ui.messages import Question
from ui.widgets.buttons import Button
from ui.widgets.fields import DateField, TextField
from ui.widgets.notes import NoteField
from ui.widgets.plain import Label

TOO_LONG = "At most 10 characters fit here; with what you pasted it would be 21. Nothing was put in."

pytestmark = pytest.mark.usefixtures("dressed")

MAKERS = {
    "new cluster": lambda parent, folder: NewClusterDialog(parent, folder, lambda: TODAY),
    "question": lambda parent, _folder: QuestionDialog(parent, Question("Remove it?", "Really.", "Remove")),
    "help": lambda parent, _folder: HelpDialog(parent, "Help", "# Head\n\n- point\n\nwords"),
    "about": lambda parent, _folder: AboutDialog(parent, ("Clusterbook 0.1.0",)),
    "crash": lambda parent, _folder: CrashDialog(parent, "Traceback …"),
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_dialog_is_freed_when_it_closes(world, name):
    dialog = MAKERS[name](world.start.window, world.folder)
    dialog.open()
    settle()
    held = weakref.ref(dialog)

    dialog.reject()
    assert dialog.result() == QDialog.DialogCode.Rejected
    settle()
    assert not shiboken6.isValid(dialog)
    del dialog
    gc.collect()

    assert held() is None


@pytest.mark.parametrize("typed", ["1/9/24", "1 sep 2024", "1.9.2024", "2024-09-01"])
def test_a_date_is_read_back_in_words(qtbot, typed):
    edit = DateField(lambda: TODAY)
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, typed)
    edit.editingFinished.emit()

    assert edit.text() == "1 September 2024"
    assert edit.date() == dt.date(2024, 9, 1)


def test_a_date_that_cannot_be_read_stays_as_it_was_typed(qtbot):
    edit = DateField(lambda: TODAY)
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "soon")
    edit.editingFinished.emit()

    assert edit.text() == "soon"


@pytest.mark.parametrize(
    ("cluster", "name"),
    [
        ("Tidewater", "Tidewater.clusterbook"),
        ("North/South: ‘A’ <x>", "North South ‘A’ x.clusterbook"),
        ("..", "New cluster.clusterbook"),
        ("", "New cluster.clusterbook"),
        ("x" * 100, "x" * 60 + ".clusterbook"),
        ("Clwstwr Môn & Łódź", "Clwstwr Môn & Łódź.clusterbook"),
    ],
)
def test_a_cluster_name_makes_a_file_name_that_every_system_takes(cluster, name):
    assert file_name(cluster) == name


def test_choosing_a_file_brings_its_path(tmp_path):
    book = tmp_path / "Tidewater.clusterbook"
    book.touch()
    got = []
    dialog = choose_to_open(None, "Open", BOOK, tmp_path, got.append)
    dialog.fileSelected.emit(str(book))
    dialog.close()

    assert got == [book]


def test_a_place_to_save_gets_the_right_suffix(tmp_path):
    dialog = choose_to_save(None, "Save", BOOK, tmp_path / "Tidewater.clusterbook", lambda _path: None)

    assert dialog.defaultSuffix() == "clusterbook"
    assert dialog.selectedFiles() == [str(tmp_path / "Tidewater.clusterbook")]
    dialog.close()


def test_the_crash_report_can_be_copied(qtbot):
    dialog = CrashDialog(None, "Clusterbook 0.1.0\nTraceback …")
    qtbot.addWidget(dialog)
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy the report")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)

    assert QGuiApplication.clipboard().text() == "Clusterbook 0.1.0\nTraceback …"
    assert dialog.findChild(QPlainTextEdit).isReadOnly()


def test_a_question_is_answered_no_by_return_and_escape(world):
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        answers = []
        dialog = QuestionDialog(world.start.window, Question("Remove it?", "Really.", "Remove"))
        dialog.finished.connect(answers.append)
        dialog.open()
        settle()
        QTest.keyClick(dialog, key)

        assert answers == [QDialog.DialogCode.Rejected.value]


def test_what_is_pasted_and_far_too_long_is_refused_beside_its_field(qtbot):
    form, note = FormDialog(None, "Notes", "Save"), NoteField("As it was", most=10)
    form.row("notes", "Notes", note)
    qtbot.addWidget(form)
    pasted = QMimeData()
    pasted.setText("x" * 12)
    note.insertFromMimeData(pasted)
    assert (note.toPlainText(), form.errors()) == ("As it was", {"notes": TOO_LONG})

    pasted.setText("x" * 11)  # may be shortened here
    note.insertFromMimeData(pasted)
    assert (len(note.toPlainText()), form.errors()) == (20, {})
    with pytest.raises(BadInput, match="this has 20"):
        note.text()


def test_a_line_that_cannot_take_all_that_is_pasted_says_so_until_it_is_changed(qtbot):
    form, line = FormDialog(None, "Schools", "Save"), TextField(most=10)
    form.row("name", "Name", line)
    qtbot.addWidget(form)
    QGuiApplication.clipboard().setText("Larkfield Infant School")
    line.paste()
    settle()
    cut = {"name": "At most 10 characters fit here; the rest was left out."}
    assert (line.text(), form.errors()) == ("Larkfield ", cut)

    QTest.keyClick(line, Qt.Key.Key_Backspace)
    settle()
    assert form.errors() == {}


@pytest.mark.parametrize("untold", [False, True])
def test_copies_that_differ_without_a_history_are_never_said_to_differ_in_nothing(qtbot, untold):
    mine, other = Copy(Path("a"), None, {}), Copy(Path("b"), None, {}, untold=untold)
    dialog = CopiesDialog(None, mine, other, TODAY, can_keep=True)
    qtbot.addWidget(dialog)
    words = [label.text() for label in dialog.findChildren(Label)]

    assert words.count(UNTOLD) == 2 * untold
    assert words.count("Done only here: 0 things") == 2 * (not untold)


def test_a_dialog_that_grows_at_the_edge_of_the_screen_moves_up_with_its_buttons(qtbot):
    dialog = PlainDialog(None, "Edit claim")
    dialog.lay_out(Label("Words"), buttons=(Button("Save"),))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    room = dialog.screen().availableGeometry()
    dialog.move(room.left() + 20, room.bottom() - 200)
    settle()
    dialog.resize(dialog.width(), 500)
    settle()

    assert dialog.frameGeometry().bottom() <= room.bottom()
    assert dialog.frameGeometry().top() >= room.top()


def test_a_tall_dialog_leaves_room_for_the_title_bar_that_the_system_puts_above_it(qtbot):
    form = FormDialog(None, "Many fields", "Save", stays=True)
    qtbot.addWidget(form)
    for number in range(40):
        form.row(f"field-{number}", f"Field {number}", TextField())
    form.show()
    settle()
    room = form.screen().availableGeometry()
    assert form.frameGeometry().top() + form.height() + 40 <= room.bottom() + 1
    assert form.height() > room.height() / 2
    form.keep_state()
