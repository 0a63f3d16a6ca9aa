"""The window of an everyday paper: what it offers, what it shows, and how the paper leaves it."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from models import tables as t
from reports.papers import PAPERS
from tests import books
from tests.ui.conftest import settle
from tests.ui.looks import clipped, nameless
from tests.ui.real import RealWorld
from ui.papers.choosing import NO_MEETING, NO_PAID
from ui.papers.labels import LabelOptions
from ui.papers.registry import USES, papers_for
from ui.papers.window import open_paper
from ui.tasks import Job
from ui.theme import Theme, installed_families
from ui.widgets.pdf import loaded

SURE = {"successor", "catalogue", "claim_form_blank", "school_page", "confidence_survey", "stock_check"}
"""Papers that every book has."""


@pytest.fixture(scope="module")
def sample(qapp, tmp_path_factory):
    """The sample, only looked at."""
    Theme(families=installed_families()).apply(qapp)
    folder = tmp_path_factory.mktemp("papers")
    world = RealWorld(folder, books.settled_copy(folder))
    yield world
    world.close()


@pytest.fixture
def opened(qapp):  # noqa: ARG001  # owners are widgets
    """Opens windows of papers, and closes them."""
    made = []
    owner = QWidget()

    def make(world, key, record_id=0):
        made.append(open_paper(world.context, owner, key, record_id))
        settle()
        return made[-1]

    yield make
    for window in made:
        window.close()
    settle()


def until_made(window) -> None:
    """The pause after a choice is over and the paper made."""
    window._pause.timeout.emit()
    assert window.settled()


def labels(window) -> LabelOptions:
    return window.findChild(LabelOptions)


def text(window) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(window.pdf())).pages)


def option(window, words):
    """The list to choose from that has this label."""
    return next(one.pick for one in window.options if getattr(one, "_label", "") == words)


def test_every_paper_is_offered_once_with_a_line_on_what_it_is_for():
    assert sorted(one.key for one in USES) == sorted(PAPERS)
    assert all(one.purpose.endswith((".", "?")) for one in USES)
    known = set(t.metadata.tables)
    assert {table for one in USES for table in (one.of, *one.beside) if table} <= known
    assert [one.key for one in papers_for("meeting")] == ["sign_in", "agenda", "handover", "minutes"]


@pytest.mark.parametrize("key", PAPERS)
def test_a_paper_opens_on_the_usual_choice_and_everything_fits_and_has_a_name(sample, opened, key):
    window = opened(sample, key)

    assert window.stage.preview.view.pages() == len(PdfReader(BytesIO(window.pdf())).pages) > 0
    assert window.stage.sentence() == ""
    assert clipped(window) == []
    assert nameless(window) == []


def test_in_an_empty_book_a_paper_is_made_or_a_sentence_says_what_to_enter_first(on_book, opened):
    world = on_book(empty=True)
    for key in PAPERS:
        window = opened(world, key)
        said = window.stage.sentence()
        assert bool(window.pdf()) != bool(said)
        assert window.pdf() or "can be printed here" in said or "print for it here" in said
        assert window.pdf() if key in SURE else True
    assert NO_MEETING in opened(world, "sign_in").stage.sentence()
    assert NO_PAID in opened(world, "remittance").stage.sentence()


def test_the_sign_in_sheet_is_of_the_next_meeting_and_the_minutes_of_the_last(sample, opened):
    assert "8 July 2025" in opened(sample, "sign_in").proposed_name()
    assert "10 June 2025" in opened(sample, "minutes").proposed_name()
    assert "24 September 2025" in opened(sample, "handover").proposed_name()  # the next that schools come to


def test_a_record_of_another_year_can_be_begun_with_and_names_the_file(sample, opened):
    window = opened(sample, "minutes", 3)

    with sample.book._held.read() as session:
        title = session.get(t.Meeting, 3).title
    assert title in text(window)
    assert window.proposed_name().startswith("Minutes ")


def test_another_choice_makes_another_paper(sample, opened):
    window = opened(sample, "recharge")
    whole = window.stage.preview.view.pages()
    schools = option(window, "School")

    schools.setCurrentIndex(schools.findText("Harlbridge", Qt.MatchFlag.MatchStartsWith))
    until_made(window)
    assert (window.stage.preview.view.pages(), whole) == (1, 8)
    assert "Harlbridge" in window.proposed_name()
    schools.setCurrentIndex(schools.findText("Fallowden", Qt.MatchFlag.MatchStartsWith))
    until_made(window)
    assert "nothing to pay" in window.stage.sentence()
    assert window.pdf() == b""
    QTest.keySequence(window, QKeySequence("Ctrl+P"))
    settle()
    assert QApplication.activeModalWidget() is None  # there is nothing to print


def test_a_change_in_the_book_is_a_change_of_the_paper(on_book, opened):
    world = on_book()
    window = opened(world, "agenda")

    def rename(session):
        meeting = session.get(t.Meeting, 22)
        meeting.title = "Renamed in the meantime"
        session.add(meeting)

    world.change("Rename the meeting", rename)

    assert "Renamed in the meantime" in text(window)
    assert "Renamed in the meantime" in window.proposed_name()


def test_a_preview_that_was_stopped_says_so_and_is_made_when_it_is_wanted_after_all(sample, opened):
    window = opened(sample, "catalogue")
    job = window._job = Job(lambda _: b"", lambda _: None, None)
    job.cancel()

    sample.context.tasks.delivery.ended.emit(job)
    assert window.stage.sentence() == "The preview was stopped."
    window.stage.again_wanted.emit()
    assert window.settled()
    assert window.stage.sentence() == ""


def test_what_was_saved_is_what_was_shown_and_trouble_is_a_sentence_in_the_window(sample, opened, tmp_path):
    window = opened(sample, "loan_slip")
    path = tmp_path / window.proposed_name()

    window.out.export_to(window.pdf(), path)
    assert path.read_bytes() == window.pdf()
    assert window.news() == f"Saved {path.name}"
    window.out.export_to(window.pdf(), tmp_path / "no such folder" / "slip.pdf")
    assert "could not be written" in window.news()


def test_the_printer_draws_a_page_in_its_true_size(sample, opened, tmp_path):
    window = opened(sample, "label_test")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(150)

    window.print_with(printer)

    printed = loaded((tmp_path / "printed.pdf").read_bytes())
    assert ruler(printed) == pytest.approx((15, 195), abs=0.25)  # 180 mm, as it says


def ruler(document) -> tuple[float, float]:
    """Where the line of the ruler across begins and ends, in mm from the page's left edge."""
    dots, size = 10, document.pagePointSize(0)
    image = document.render(0, (size * dots * 25.4 / 72).toSize())
    rows = range(88, 92)  # the line lies 9 mm from the top
    dark = [x for x in range(image.width()) if any(image.pixelColor(x, y).lightness() < 128 for y in rows)]
    return dark[0] / dots, dark[-1] / dots


class TestLabels:
    def test_a_click_or_the_arrow_keys_say_where_printing_begins(self, sample, opened):
        window = opened(sample, "labels", 3)
        choice = labels(window)
        picture = choice.picture

        where = picture.label(4).center().toPoint()
        QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=where)
        QTest.keyClick(picture, Qt.Key.Key_Down)
        QTest.keyClick(picture, Qt.Key.Key_Right)  # at the edge of the sheet's second column it goes on
        until_made(window)

        assert picture.first() == 7
        assert picture.accessibleName() == "First label: 7 of 14"
        assert window.chosen().builds["options"].start == 7
        assert window.chosen().about == ([3],)  # only the kit it was opened from
        picture.pick(14)
        choice.sheet.setCurrentIndex(2)
        assert picture.first() == 1  # a sheet of eight has no fourteenth

    def test_the_move_is_remembered_once_it_was_printed_with(self, on_book, opened):
        world = on_book()
        window = opened(world, "labels")
        choice = labels(window)
        QTest.keyClick(choice.right.field, Qt.Key.Key_Up)
        choice.down.less.click()
        choice.down.less.click()
        until_made(window)

        assert world.context.settings.label_printer.right == 0
        window._keep()
        again = labels(opened(world, "labels"))
        assert (again.right.value(), again.down.value()) == (0.5, -1.0)

    def test_a_move_that_cannot_be_is_said_in_place_of_the_paper(self, sample, opened):
        window = opened(sample, "labels")
        field = labels(window).right.field
        for typed, said in (("9", "9 mm is too far"), ("much", "“much” is not a length")):
            field.selectAll()
            QTest.keyClicks(field, typed)
            until_made(window)
            assert said in window.stage.sentence()
        field.selectAll()
        QTest.keyClicks(field, "1")
        until_made(window)
        assert window.stage.sentence() == ""

    def test_nothing_ticked_asks_for_a_tick_and_the_ruler_page_needs_none(self, sample, opened):
        window = opened(sample, "labels")
        choice = labels(window)
        choice._items.ticks.toggle_shown()
        until_made(window)

        assert window.stage.sentence().startswith("Tick what is to get a label")
        choice.pages.choose(1)
        until_made(window)
        assert "Test page for L7163" in text(window)
