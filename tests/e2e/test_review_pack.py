"""Review pack on a real file: the preview is the paper, and the paper goes out as PDF and to a printer."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QKeySequence
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from ui.desk import pack_snapshot

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def on_pack(on_sample):
    on_sample.go("pack")
    on_sample.until_pack()
    return on_sample


def test_the_preview_has_every_page_of_the_pack(on_pack):
    pack = on_pack.pack.pack()

    assert on_pack.pack.stage().preview.view.pages() == pack.pages == len(PdfReader(BytesIO(pack.pdf)).pages)


def test_the_check_counts_what_there_is_to_look_at(on_pack):
    data = on_pack.ask(lambda store: pack_snapshot(store, 2024))

    assert on_pack.pack.stage().check_words() == data.check.text


def test_a_part_brings_its_page_to_the_top(on_pack):
    view = on_pack.pack.stage().preview.view
    reader = PdfReader(BytesIO(on_pack.pack.pack().pdf))
    page = next(
        reader.get_destination_page_number(mark) for mark in reader.outline if mark.title == "Cluster account"
    )

    on_pack.pack.parts().buttons()[9].click()

    on_pack.until(lambda: view.page() == page)


def test_page_down_goes_to_the_next_page(on_pack):
    view = on_pack.pack.stage().preview.view
    view.setFocus()

    QTest.keySequence(view, QKeySequence("PgDown"))
    on_pack.until(lambda: view.page() == 1)
    QTest.keySequence(view, QKeySequence("PgUp"))
    on_pack.until(lambda: view.page() == 0)


def test_the_short_form_is_another_paper(on_pack):
    pages = on_pack.pack.pack().pages

    on_pack.pack.short_form().click()
    on_pack.until(lambda: not on_pack.pack.settled())
    on_pack.until_pack()

    assert 0 < on_pack.pack.pack().pages < pages
    assert not on_pack.pack.parts().buttons()[24].isEnabled()


def test_another_year_is_another_pack(on_pack):
    on_pack.shell.show_year(2023)

    on_pack.until(lambda: on_pack.pack.settled() and on_pack.pack.pack().data.period.year == 2023)


def test_a_year_that_has_not_begun_has_no_pack(on_pack):
    on_pack.shell.show_year(2025)

    on_pack.until(lambda: "has not begun" in on_pack.pack.stage().sentence())
    assert on_pack.pack.pack() is None


def test_export_writes_the_pack_that_is_shown(on_pack, tmp_path):
    on_pack.pack.ask_place()
    path = tmp_path / on_pack.pack.proposed_name()
    on_pack.choose_file(path)

    on_pack.until(path.exists)
    assert path.name == "Brindlemere Primary Science Cluster review pack 2024-25.pdf"
    assert path.read_bytes() == on_pack.pack.pack().pdf
    on_pack.until(lambda: f"Saved {path.name}" in on_pack.shell.notices.texts())


def test_what_cannot_be_written_is_said_in_a_sentence(on_pack, tmp_path):
    on_pack.pack.export_to(tmp_path / "no such folder" / "pack.pdf")

    on_pack.until(lambda: any("could not be written" in text for text in on_pack.shell.notices.texts()))


def test_the_printer_gets_every_page(on_pack, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(72)

    on_pack.pack.print_with(printer)
    pages = on_pack.pack.pack().pages
    on_pack.until(
        lambda: on_pack.shell.status.accessibleDescription() == f"Sent {pages} pages to the printer"
    )

    assert len(PdfReader(tmp_path / "printed.pdf").pages) == pages


def test_a_change_in_the_book_makes_the_paper_anew(on_pack):
    from models import tables as t

    before = on_pack.pack.pack()

    def rename(session):
        from sqlmodel import select

        cluster = session.exec(select(t.Cluster)).one()
        cluster.name = "Renamed Cluster"
        session.add(cluster)

    on_pack.book.change("Rename the cluster", rename)
    on_pack.until(lambda: on_pack.pack.settled() and on_pack.pack.pack() is not before)

    assert on_pack.pack.pack().data.profile.name == "Renamed Cluster"
