"""Review pack on a real file: the preview is the paper; it goes out as PDF, to a printer, and as an issue."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from models.queries.pack_page import issued_paper
from tests.e2e.steps import Steps
from ui.desk import pack_snapshot
from ui.pages.pack.issue_dialog import IssueDialog
from ui.pages.pack.page import ISSUED

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def on_pack(on_sample):
    on_sample.go("pack")
    on_sample.until_pack()
    return on_sample


def test_the_preview_is_the_paper_and_the_paper_goes_out(on_pack, tmp_path):
    pack, view = on_pack.pack.pack(), on_pack.pack.stage().preview.view
    reader = PdfReader(BytesIO(pack.pdf))
    assert view.pages() == pack.pages == len(reader.pages)
    data = on_pack.ask(lambda store: pack_snapshot(store, 2024))
    assert on_pack.pack.stage().check_words() == data.check.text

    page = next(
        reader.get_destination_page_number(mark) for mark in reader.outline if mark.title == "Cluster account"
    )
    on_pack.pack.parts().buttons()[9].click()
    on_pack.until(lambda: view.page() == page)
    view.setFocus()
    QTest.keySequence(view, QKeySequence("PgDown"))
    on_pack.until(lambda: view.page() == page + 1)

    on_pack.pack.ask_place()
    path = tmp_path / on_pack.pack.proposed_name()
    on_pack.choose_file(path)
    on_pack.until(path.exists)
    assert path.name == "Brindlemere Primary Science Cluster review pack 2024-25.pdf"
    assert path.read_bytes() == pack.pdf
    on_pack.until(lambda: f"Saved {path.name}" in on_pack.shell.notices.texts())
    on_pack.pack.export_to(tmp_path / "no such folder" / "pack.pdf")
    on_pack.until(lambda: any("could not be written" in text for text in on_pack.shell.notices.texts()))

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(72)
    on_pack.pack.print_with(printer)
    said = f"Sent {pack.pages} pages to the printer"
    on_pack.until(lambda: on_pack.shell.status.accessibleDescription() == said)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == pack.pages


def test_other_years_the_short_form_and_a_change_are_other_papers(on_pack):
    whole = on_pack.pack.pack()
    on_pack.pack.short_form().click()
    on_pack.until(lambda: not on_pack.pack.settled())
    on_pack.until_pack()
    short = on_pack.pack.pack()
    assert 0 < short.pages < whole.pages
    assert not on_pack.pack.parts().buttons()[24].isEnabled()

    def rename(session):
        from sqlmodel import select

        from models import tables as t

        cluster = session.exec(select(t.Cluster)).one()
        cluster.name = "Renamed Cluster"
        session.add(cluster)

    on_pack.book.change("Rename the cluster", rename)
    on_pack.until(lambda: on_pack.pack.settled() and on_pack.pack.pack() is not short)
    assert on_pack.pack.pack().data.profile.name == "Renamed Cluster"

    on_pack.shell.show_year(2023)
    on_pack.until(lambda: on_pack.pack.settled() and on_pack.pack.pack().data.period.year == 2023)
    on_pack.shell.show_year(2025)
    on_pack.until(lambda: "has not begun" in on_pack.pack.stage().sentence())
    assert on_pack.pack.pack() is None


def test_from_home_the_pack_is_exported_in_three_steps_and_issued_in_three(on_sample, tmp_path):
    steps = Steps(on_sample)
    steps.key("Ctrl+8")
    on_sample.until_pack()
    steps.press("Export PDF…")
    on_sample.choose_file(tmp_path / "pack.pdf")  # Enter in the system's own window
    on_sample.until((tmp_path / "pack.pdf").exists)
    assert steps.count + 1 <= 3

    on_sample.go("home")
    steps = Steps(on_sample)
    steps.key("Ctrl+8")
    on_sample.until_pack()
    steps.press("Issue…")
    on_sample.answer(IssueDialog)
    steps.key(Qt.Key.Key_Return)
    on_sample.until(lambda: on_sample.dialog(IssueDialog) is None)
    assert steps.count <= 5
    on_sample.until(
        lambda: on_sample.pack.settled() and "nothing has changed" in on_sample.pack.issued_words()
    )

    page = on_sample.pack_page
    page.show_tab(ISSUED)
    on_sample.until(lambda: bool(page.current().records()))
    row = page.current().records()[0]

    def kept(store):
        with store.read() as session:
            return issued_paper(session, row.id)

    assert "version 1" in PdfReader(BytesIO(on_sample.ask(kept))).pages[0].extract_text()
