"""The preview of a paper."""

import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from reportlab.pdfgen.canvas import Canvas

from ui.widgets.paper import ALL_AT_ONCE, PaperView


def paper(pages: int) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target)
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.mark.usefixtures("qapp")
def test_a_paper_of_very_many_pages_is_shown_page_by_page(qtbot):
    """Each page that stands below the others is measured when the paper comes: 700 took 0.11 s."""
    around = QWidget()
    qtbot.addWidget(around)
    view, modes = PaperView(around), QPdfView.PageMode
    for pages, mode in ((2, modes.MultiPage), (ALL_AT_ONCE + 1, modes.SinglePage), (3, modes.MultiPage)):
        view.show_pdf(paper(pages))
        assert (view.pages(), view.pageMode()) == (pages, mode)
        QTest.keyClick(view, Qt.Key.Key_End)
        assert view.page() == pages - 1
        QTest.keyClick(view, Qt.Key.Key_PageUp)
        assert view.page() == pages - 2
