"""Paper through the system's printer: each page drawn at the printer's resolution. Runs in the pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from models.errors import Refused
from ui.widgets.pdf import loaded

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument

    from ui.tasks import Progress

FINEST = 300  # dots per inch; more would need a hundred megabytes a page and show no difference
POINTS = 72
SLACK = 3.0  # points by which a sheet is still taken for the page's own size


def print_pdf(pdf: bytes, printer: QPrinter, progress: Progress) -> int:
    """Print a PDF; how many pages were printed.

    Raises:
        Refused: the printer did not take it.
        Cancelled: the user pressed Cancel.
    """
    document = loaded(pdf)
    wanted = _wanted(printer, document.pageCount())
    printer.setFullPage(True)
    painter = QPainter()
    try:
        for done, number in enumerate(wanted):
            progress.report(f"Printing page {number + 1}", done, len(wanted))
            _turn(printer, document.pagePointSize(number).toSize())
            started = printer.newPage() if painter.isActive() else painter.begin(printer)
            if not started:
                raise Refused("The printer did not answer: check that it is on, and print again.")
            _draw(painter, printer, document, number)
    finally:
        painter.end()
        document.close()
    return len(wanted)


def _wanted(printer: QPrinter, pages: int) -> list[int]:
    """The pages asked for in the print window, from 0."""
    if printer.printRange() != QPrinter.PrintRange.PageRange:
        return list(range(pages))
    first, last = printer.fromPage() or 1, printer.toPage() or pages
    return list(range(max(first, 1) - 1, min(last, pages)))


def _turn(printer: QPrinter, size: QSize) -> None:
    wide = size.width() > size.height()
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    )


def _draw(painter: QPainter, printer: QPrinter, document: QPdfDocument, number: int) -> None:
    """One page in the middle of the sheet: in its true size, so that labels meet their labels.

    A page that the sheet is too small for is made to fit.
    """
    sheet = QRectF(0, 0, printer.width(), printer.height())
    page, dots = document.pagePointSize(number), printer.resolution() / POINTS
    size = page * dots
    slack = SLACK * dots
    if size.width() > sheet.width() + slack or size.height() > sheet.height() + slack:
        size = size.scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
    fine = min(printer.resolution(), FINEST) / POINTS
    image = document.render(number, (page * fine).toSize())
    where = QRectF(sheet.center() - QRectF(QPointF(), size).center(), size)
    painter.fillRect(sheet, Qt.GlobalColor.white)
    painter.drawImage(where, image)
