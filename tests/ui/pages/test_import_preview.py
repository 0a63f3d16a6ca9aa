"""The preview of an import: it imports only what is wholly right, and names what is not."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from models.exchange.preview import FieldChange, Mark, Preview, Problem, RowPreview
from ui.dialogs.import_preview import ImportPreview
from ui.widgets.plain import Label

NEW = RowPreview("Schools", 2, Mark.NEW, "Elm Lane")
SAME = RowPreview("Schools", 3, Mark.SAME, "Oakmere")
CHANGED = RowPreview("Schools", 4, Mark.CHANGED, "Larkfield", (FieldChange("Phase", "Infant", "Primary"),))
WRONG = Problem("Schools", 5, "Phase", "“Palace” is not one of the phases.")


def words(dialog: ImportPreview) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(Label))


@pytest.fixture
def show(qtbot: QtBot):
    def make(*rows: RowPreview, problems: tuple[Problem, ...] = ()) -> ImportPreview:
        dialog = ImportPreview(None, "year.xlsx", Preview(rows, problems))
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return make


def test_new_and_changed_rows_are_counted_on_the_button(show):
    assert show(NEW, CHANGED, SAME).import_button().words() == "Import 2 rows"


def test_a_change_is_shown_before_and_after(show):
    assert "Schools, Larkfield. Phase: “Infant” becomes “Primary”" in words(show(CHANGED))


def test_with_one_error_nothing_can_be_imported_and_it_is_named(show):
    dialog = show(NEW, problems=(WRONG,))

    assert dialog.import_button() is None
    assert "Schools, row 5, column “Phase”: “Palace” is not one of the phases." in words(dialog)


def test_nothing_new_is_said_and_not_offered(show):
    dialog = show(SAME)

    assert dialog.import_button() is None
    assert "nothing new" in dialog.verdict()


def test_accepting_means_import(show, qtbot):
    dialog = show(NEW)

    with qtbot.waitSignal(dialog.accepted):
        dialog.import_button().click()
