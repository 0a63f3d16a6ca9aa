"""Finding a school in a GIAS extract from the page: chosen, typed, taken into the form, compared."""

from __future__ import annotations

import csv
import io

import pytest
from PySide6.QtWidgets import QFileDialog

from models import tables as t
from models.words import RoleKind
from tests.ui.conftest import settle
from ui.forms.draft_form import DraftForm
from ui.pages.schools.forms import SchoolForm
from ui.pages.schools.gias_dialog import GiasDialog
from ui.pages.schools.page import SCHOOLS

HEAD = (
    "URN", "EstablishmentName", "Town", "Postcode", "EstablishmentStatus (name)", "NumberOfPupils",
    "PhaseOfEducation (name)", "HeadFirstName", "HeadLastName",
)  # fmt: skip
ROWS = (
    ("900051", "Oakfield Primary School", "Otterhay", "ZZ1 3OK", "Open", "212", "Primary", "Ann", "Reed"),
    ("900003", "Otterhay Junior School", "Otterhay", "ZZ1 3OJ", "Open", "251", "Primary", "", ""),
    ("900052", "Old School", "Otterhay", "ZZ1 3OL", "Closed", "", "Primary", "", ""),
)


@pytest.fixture
def extract(tmp_path):
    made = io.StringIO(newline="")
    csv.writer(made).writerows([HEAD, *ROWS])
    path = tmp_path / "edubasealldata20250601.csv"
    path.write_text(made.getvalue(), encoding="utf-8")
    return path


@pytest.fixture
def finding(schools, monkeypatch):
    monkeypatch.setattr(GiasDialog, "last", None)
    pane = schools.tab(SCHOOLS)
    schools.key(pane, "Ctrl+G")
    return schools.dialog(GiasDialog)


def search(schools, dialog, words: str) -> list[str]:
    schools.type_in(dialog.words, words)
    schools.qtbot.waitUntil(lambda: "Searching" not in dialog.said() and not dialog._pause.isActive())
    settle()
    return [line.text() for line in dialog.finds()]


def test_a_find_fills_the_form_of_a_new_school_with_its_head_only_if_ticked(schools, finding, extract):
    """R-DATA-7."""
    schools.press(finding, "Choose the extract…")
    files = schools.dialog(QFileDialog)
    files.fileSelected.emit(str(extract))
    files.close()
    assert search(schools, finding, "oakfield") == ["Oakfield Primary School"]
    assert "1 school of 3 found" in finding.said()
    finding.with_head.click()
    finding.finds()[0].click()
    settle()
    form = schools.dialog(SchoolForm)
    assert form.entries["name"].read() == "Oakfield Primary School"
    assert form.entries["urn"].read() == "900051"
    assert form.entries["number_on_roll"].read() == 212
    assert form.head.text() == "Enter Ann Reed as its headteacher too"
    form.head.click()
    schools.save(form)
    assert schools.none_open()
    made = schools.schools.current()
    assert (made.urn, made.roll) == ("900051", 212)
    role = schools.rows(t.Role)[-1]
    assert (role.kind, role.school_id) == (RoleKind.HEADTEACHER, made.id)
    schools.undo()
    assert all(row.urn != "900051" for row in schools.rows(t.School))


def test_without_the_tick_no_head_is_offered(schools, finding, extract):
    finding.use_file(extract)
    search(schools, finding, "900051")
    finding.finds()[0].click()
    settle()
    form = schools.dialog(SchoolForm)
    schools.save(form)
    assert all(row.name != "Ann Reed" for row in schools.rows(t.Person))


def test_a_school_in_the_book_is_compared_and_nothing_is_saved_before_she_saves(schools, finding, extract):
    """R-DATA-5: a field is never overwritten without asking."""
    finding.use_file(extract)
    assert search(schools, finding, "otterhay junior") == ["Otterhay Junior School"]
    assert "In your book" in finding.finds()[0].accessibleName()
    finding.finds()[0].click()
    settle()
    form = schools.dialog(DraftForm)
    assert form.windowTitle() == "Edit school"
    assert form.entries["number_on_roll"].read() == 251
    assert form.entries["address"].read() != ""
    before = next(row for row in schools.rows(t.School) if row.urn == "900003")
    assert before.number_on_roll == 246
    schools.save(form)
    assert next(row for row in schools.rows(t.School) if row.urn == "900003").number_on_roll == 251


def test_closed_schools_come_last_and_say_so(schools, finding, extract):
    finding.use_file(extract)
    assert search(schools, finding, "school otterhay") == [
        "Otterhay Junior School",
        "Oakfield Primary School",
        "Old School",
    ]
    assert "Closed" in finding.finds()[-1].accessibleName()
    assert "Open" not in finding.finds()[0].accessibleName()


def test_too_few_letters_and_a_wrong_file_are_said_in_the_dialog(schools, finding, extract, tmp_path):
    finding.use_file(extract)
    assert search(schools, finding, "ot") == []
    assert "at least three letters" in finding.said()
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("School,Town\nOakfield,Otterhay\n", encoding="utf-8")
    finding.use_file(wrong)
    search(schools, finding, "oakfield")
    assert "is no GIAS extract" in finding.said()
    assert finding.isVisible()


def test_the_extract_used_last_is_offered_again(schools, finding, extract):
    finding.use_file(extract)
    finding.reject()
    schools.key(schools.schools, "Ctrl+G")
    again = schools.dialog(GiasDialog)
    assert search(schools, again, "900052") == ["Old School"]
    again.reject()
