"""Where a paper is shown: its pages, or a sentence while there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.widgets.buttons import Button
from ui.widgets.layouts import column, holder, row
from ui.widgets.paper import PaperPreview
from ui.widgets.plain import Label


class PaperStage(QWidget):
    """The pages of a paper, and what stands in their place.

    Args:
        lead: what stands at the left of the line above the pages.
        waiting: what is said while the first paper is being made.

    Attributes:
        again_wanted: the preview that was stopped is wanted after all.
    """

    again_wanted = Signal()

    def __init__(self, lead: QWidget, waiting: str) -> None:
        super().__init__()
        self._waiting = waiting
        self.preview = PaperPreview(lead)
        self._sentence = Label("", "body", "muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._again = Button("Make it again")
        self._again.clicked.connect(self.again_wanted)
        self._said = holder(column(2, self._sentence, row(1, self._again, 1), 3, gap=16))
        self._stack = QStackedWidget()
        for part in (self.preview, self._said):
            self._stack.addWidget(part)
        self.setLayout(column(self._stack))
        self.show_waiting()

    def sentence(self) -> str:
        """What stands in place of the paper; "" while the paper is shown."""
        return self._sentence.text() if self._stack.currentWidget() is self._said else ""

    def show_waiting(self) -> None:
        """A paper is being made. The one on show stays until then."""
        if not self.preview.view.pages():
            self._say(self._waiting, again=False)

    def show_pdf(self, pdf: bytes) -> None:
        """Show a paper."""
        self.preview.show_pdf(pdf)
        self._stack.setCurrentWidget(self.preview)

    def show_stopped(self, sentence: str) -> None:
        """Say that there is no paper of the present state, and offer to make it."""
        self._say(sentence, again=True)

    def show_sentence(self, sentence: str) -> None:
        """Say why there can be no paper."""
        self._say(sentence, again=False)

    def go_to(self, page: int) -> None:
        """Bring a page to the top, counted from 0."""
        self.preview.view.go_to_page(page)

    def _say(self, sentence: str, *, again: bool) -> None:
        self._sentence.setText(sentence)
        self._again.setVisible(again)
        self._stack.setCurrentWidget(self._said)
