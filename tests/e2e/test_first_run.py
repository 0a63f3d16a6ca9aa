"""From nothing to a book with data in it: the wizard, the sample, a workbook, and back by Undo."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from models.queries.book import Book
from ui.dialogs.import_preview import ImportPreview
from ui.dialogs.new_cluster import NewClusterDialog
from ui.dialogs.trouble import TroubleDialog
from ui.shell.actions import Action

pytestmark = pytest.mark.timeout(240)
ROOT = Path(__file__).resolve().parents[2]


def schools(driver) -> list[str]:
    def ask(store):
        with store.read() as session:
            return sorted(row.name for row in Book(session).school_rows.values())

    return driver.ask(ask)


def write_workbook(path: Path, *names: str, phase: str = "Primary") -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Schools")
        sheet.write_row(0, 0, ["School", "Phase"])
        for number, name in enumerate(names, 1):
            sheet.write_row(number, 0, [name, phase])
    return path


@pytest.fixture
def new_book(make_window):
    """A cluster started through the wizard."""
    driver = make_window()
    driver.do(Action.NEW)
    dialog = driver.answer(NewClusterDialog)
    for key, words in (
        ("Name of the cluster", "Tidewater"),
        ("Lead school", "Castle Street Primary School"),
        ("The agreement starts on", "1/9/25"),
    ):
        field = next(w for w in dialog.findChildren(object) if getattr(w, "accessibleName", str)() == key)
        field.setText(words)
    dialog.submit()
    dialog.create_now()
    driver.until_home()
    return driver


def test_the_wizard_ends_in_a_book_that_can_be_worked_in(new_book, tmp_path):
    assert (tmp_path / "Tidewater.clusterbook").is_file()
    assert schools(new_book) == ["Castle Street Primary School"]
    facts = new_book.book.facts
    assert (facts.cluster, facts.detail, facts.years) == ("Tidewater", "1 school · year 1 of 2", (2025, 2026))
    assert new_book.home.figures()["Schools taking part"] == "1"
    assert new_book.home.figures()["Attendance"] == "not entered"
    assert not new_book.shell.actions_table[Action.UNDO].isEnabled()  # it cannot be undone into nothing
    new_book.go("pack")
    assert new_book.until_pack().pack().pages > 5  # and says “not entered”: tests/reports/pack/test_edges.py


def test_when_the_file_cannot_be_made_the_wizard_stays_with_everything_typed(make_window, tmp_path):
    driver = make_window()
    driver.do(Action.NEW)
    dialog = driver.answer(NewClusterDialog)
    cluster, others, _people, _meetings, file = dialog.steps
    cluster.name.setText("Tidewater")
    cluster.lead.setText("Castle Street Primary School")
    others.list.setPlainText("Elm Lane Infant School – Bo Finch\nOakmere Primary School – Bo Finch")
    dialog.create_now()
    driver.until(lambda: bool(dialog.errors()))
    assert set(dialog.errors()) == {"schools"}
    assert dialog.at == 1
    assert list(tmp_path.glob("*.clusterbook")) == []

    others.list.setPlainText("Elm Lane Infant School – Bo Finch\nOakmere Primary School – Tess Arden")
    file.place.show_path(tmp_path / "gone" / "Tidewater.clusterbook")
    dialog.create_now()
    driver.until(lambda: set(dialog.errors()) == {"place"})
    assert dialog.isVisible()
    assert cluster.name.text() == "Tidewater"

    file.place.show_path(tmp_path / "Tidewater.clusterbook")
    dialog.create_now()
    driver.until_home()
    assert driver.dialog(NewClusterDialog) is None
    assert len(schools(driver)) == 3


def test_a_workbook_comes_in_through_the_menu_as_one_step_and_goes_by_undo(new_book, tmp_path):
    workbook = write_workbook(tmp_path / "schools.xlsx", "Elm Lane Primary School", "Oakmere Primary School")

    new_book.do(Action.IMPORT_WORKBOOK)
    new_book.choose_file(workbook)
    dialog = new_book.answer(ImportPreview)
    assert "2 rows" in dialog.verdict()
    assert schools(new_book) == ["Castle Street Primary School"]
    dialog.import_button().click()
    new_book.until(lambda: new_book.book.undo_name == "Import schools.xlsx")
    assert schools(new_book) == [
        "Castle Street Primary School",
        "Elm Lane Primary School",
        "Oakmere Primary School",
    ]

    new_book.do(Action.UNDO)
    new_book.until(lambda: not new_book.book.undo_name)
    assert schools(new_book) == ["Castle Street Primary School"]


def test_a_workbook_with_an_error_can_only_be_closed_and_what_is_none_is_named(new_book, tmp_path):
    workbook = write_workbook(tmp_path / "schools.xlsx", "Elm Lane Primary School", phase="Palace")

    new_book.do(Action.IMPORT_WORKBOOK)
    new_book.choose_file(workbook)
    dialog = new_book.answer(ImportPreview)

    assert dialog.import_button() is None
    assert "put right" in dialog.verdict()
    dialog.reject()
    assert schools(new_book) == ["Castle Street Primary School"]

    path = tmp_path / "letter.xlsx"
    path.write_text("Dear colleague")

    new_book.do(Action.IMPORT_WORKBOOK)
    new_book.choose_file(path)

    new_book.until(lambda: any("letter.xlsx" in text for text in new_book.shell.notices.texts()))


def test_the_first_steps_of_an_empty_home_are_the_menus_commands(new_book, tmp_path):
    from PySide6.QtWidgets import QPushButton

    new_book.home.findChild(QPushButton, "step-template").click()
    new_book.choose_file(tmp_path / "blank.xlsx")
    new_book.until((tmp_path / "blank.xlsx").is_file)
    assert {"Schools", "Meetings"} <= set(openpyxl.load_workbook(tmp_path / "blank.xlsx").sheetnames)


def test_the_sample_is_made_once_and_found_again_and_removing_it_deletes_its_file(make_window):
    driver = make_window()
    driver.do(Action.SAMPLE)
    driver.until_home()
    assert driver.book.facts.sample
    made = driver.book.facts.path.stat().st_ino
    driver.do(Action.CLOSE)
    driver.until(lambda: not driver.book.is_open())

    driver.do(Action.SAMPLE)
    driver.until_home()

    path = driver.book.facts.path
    assert path.stat().st_ino == made

    driver.shell.files.remove_sample()
    driver.until(lambda: not driver.book.is_open())

    assert not path.exists()


def test_export_writes_the_whole_book(on_sample, tmp_path):
    on_sample.do(Action.EXPORT)
    on_sample.choose_file(tmp_path / "everything.xlsx")

    on_sample.until((tmp_path / "everything.xlsx").is_file)
    with closing(openpyxl.load_workbook(tmp_path / "everything.xlsx", read_only=True)) as workbook:
        assert any("SC-0043" in row for row in workbook["Cover claims"].iter_rows(values_only=True))


def test_quick_find_leads_to_the_page_on_which_the_record_lies(on_sample):
    found = []
    on_sample.book.search("SC-0043", found.append)
    on_sample.until(lambda: bool(found))

    (claim,) = found[0]
    assert (claim.page, claim.record.table, claim.title) == ("claims", "cover_claim", "SC-0043")


HOLD = """
import sys
from pathlib import Path
from models.store import Store
store = Store.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
store.close()
"""


def test_a_book_that_is_open_elsewhere_can_be_looked_at(make_window, sample):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(sample)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "open\n"
        driver = make_window(sample)
        driver.answer(TroubleDialog).ways[0].click()
        driver.until_home()
        assert not driver.book.undo_name
        assert any("open to read only" in text for text in driver.shell.notices.texts())
        other.communicate("\n", timeout=60)
