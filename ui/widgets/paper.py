"""A paper as it will be printed: all its pages below each other, to go through by keyboard too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.icons import Icon
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row
from ui.widgets.pdf import loaded
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtPdf import QPdfDocument

Key = Qt.Key
ALL_AT_ONCE = 300
"""Pages that stand below each other; of a longer paper one is shown at a time. Qt measures all that stand
there, and meanwhile the window would hear nothing for a tenth of a second and more."""
STEPS = {Key.Key_PageDown: 1, Key.Key_PageUp: -1}


class PaperView(QPdfView):
    """The pages. Page Down and Page Up go to the next page and the one before, Home and End to the ends.

    Attributes:
        shown: another page is at the top: (its number from 0,).
    """

    shown = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setFrameShape(QPdfView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Preview")
        self._document: QPdfDocument | None = None
        self.pageNavigator().currentPageChanged.connect(self.shown)
        self.dress()

    def dress(self) -> None:
        """Take the desk's colour and the gaps between pages from the theme."""
        now = theme.now()
        palette = self.palette()
        palette.setColor(palette.ColorRole.Dark, now.c("track"))
        self.setPalette(palette)
        self.setPageSpacing(now.px(12))

    def show_pdf(self, pdf: bytes) -> None:
        """Show another paper, at the same page if it has it."""
        here, modes = self.page(), QPdfView.PageMode
        old, self._document = self._document, loaded(pdf)
        if self.pages() > ALL_AT_ONCE:
            self.setPageMode(modes.SinglePage)
        self.setDocument(self._document)
        if self.pages() <= ALL_AT_ONCE:  # after the long one has gone
            self.setPageMode(modes.MultiPage)
        if old is not None:
            old.deleteLater()
        self.go_to_page(min(here, self.pages() - 1))
        self.shown.emit(self.page())

    def pages(self) -> int:
        """How many pages there are."""
        return self._document.pageCount() if self._document is not None else 0

    def page(self) -> int:
        """The page at the top, from 0."""
        return self.pageNavigator().currentPage()

    def go_to_page(self, number: int) -> None:
        """Bring a page to the top."""
        if 0 <= number < self.pages():
            self.pageNavigator().jump(number, QPointF())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            self.go_to_page(self.page() + STEPS[key])
        elif key in {Key.Key_Home, Key.Key_End}:
            self.go_to_page(0 if key == Key.Key_Home else self.pages() - 1)
        else:
            super().keyPressEvent(event)


class PaperPreview(QWidget):
    """The pages, with a line above them: which page, forward and back, and how large.

    Args:
        lead: what stands at the left of that line.
    """

    def __init__(self, lead: QWidget) -> None:
        super().__init__()
        self.view = PaperView(self)
        self._where = Label("", "caption", "muted")
        self._back = Button("", Kind.BAR, Icon.LEFT, tip="Page before (Page Up)", always=True)
        self._on = Button("", Kind.BAR, Icon.RIGHT, tip="Next page (Page Down)", always=True)
        self._width = Button("Whole page", Kind.QUIET, tip="Show one page whole")
        self._back.clicked.connect(self._go_back)
        self._on.clicked.connect(self._go_on)
        self._width.clicked.connect(self._change_fit)
        self._line = row(lead, 1, self._back, self._where, self._on, self._width, gap=8)
        body = column(self._line, self.view, gap=8)
        body.setStretchFactor(self.view, 1)
        self.setLayout(body)
        self.view.shown.connect(self._show_where)
        self._show_where()

    def show_pdf(self, pdf: bytes) -> None:
        """Show another paper."""
        self.view.show_pdf(pdf)
        self._show_where()

    def _show_where(self, _page: int = 0) -> None:
        pages, page = self.view.pages(), self.view.page()
        self._where.setText(f"Page {page + 1} of {pages}" if pages else "")
        self._back.setEnabled(page > 0)
        self._on.setEnabled(page + 1 < pages)
        for part in (self._back, self._on, self._width):
            part.setVisible(bool(pages))

    def _go_back(self) -> None:
        self.view.go_to_page(self.view.page() - 1)

    def _go_on(self) -> None:
        self.view.go_to_page(self.view.page() + 1)

    def _change_fit(self) -> None:
        whole = self.view.zoomMode() == QPdfView.ZoomMode.FitToWidth
        mode = QPdfView.ZoomMode.FitInView if whole else QPdfView.ZoomMode.FitToWidth
        here = self.view.page()
        self.view.setZoomMode(mode)
        self.view.go_to_page(here)
        self._width.set_words(
            "Full width" if whole else "Whole page", "Fill the width" if whole else "Show one page whole"
        )
