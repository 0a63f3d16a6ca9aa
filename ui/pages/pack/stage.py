"""Where the paper is shown: the check above it, the pages, or a sentence while there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.icons import Icon
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, holder, row
from ui.widgets.painted import IconMark
from ui.widgets.paper import PaperPreview
from ui.widgets.plain import Label


class Stage(QWidget):
    """The right side of the page.

    Attributes:
        look_wanted: the list behind the check is wanted.
        again_wanted: the preview that was stopped is wanted after all.
    """

    look_wanted = Signal()
    again_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mark, self._check = IconMark(Icon.INFO, "muted"), Label("", "strong")
        self._look = Button("Show them", Kind.QUIET, tip="Show what there is to look at")
        self._look.clicked.connect(self.look_wanted)
        self._line = holder(row(self._mark, self._check, self._look, gap=10))
        self.preview = PaperPreview(self._line)
        self.preview.view.setObjectName("first")
        self._sentence = Label("", "body", "muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._again = Button("Make it again")
        self._again.clicked.connect(self.again_wanted)
        said = holder(column(2, self._sentence, row(1, self._again, 1), 3, gap=16))
        self._stack = QStackedWidget()
        for part in (self.preview, said):
            self._stack.addWidget(part)
        self._said = said
        self.setLayout(column(self._stack))
        self._line.hide()
        self.show_waiting()

    def sentence(self) -> str:
        """What stands in place of the paper; "" while the paper is shown."""
        return self._sentence.text() if self._stack.currentWidget() is self._said else ""

    def check_words(self) -> str:
        """What the check says."""
        return self._check.text()

    def show_check(self, words: str, *, good: bool) -> None:
        """Show what the check before printing found."""
        self._check.setText(words)
        self._mark.set_icon(Icon.CHECK if good else Icon.ALERT, "good" if good else "warn")
        self._look.setVisible(not good)
        self._line.show()

    def show_waiting(self) -> None:
        """A paper is being made. The one on show stays until then."""
        if not self.preview.view.pages():
            self._say("Laying out the pack…", again=False)

    def show_pdf(self, pdf: bytes) -> None:
        """Show a paper."""
        self.preview.show_pdf(pdf)
        self._stack.setCurrentWidget(self.preview)

    def show_stopped(self, sentence: str) -> None:
        """Say that there is no paper of the present state, and offer to make it."""
        self._say(sentence, again=True)

    def show_sentence(self, sentence: str) -> None:
        """Say why there can be no paper."""
        self._line.hide()
        self._say(sentence, again=False)

    def go_to(self, page: int) -> None:
        """Bring a page to the top, counted from 0."""
        self.preview.view.go_to_page(page)

    def _say(self, sentence: str, *, again: bool) -> None:
        self._sentence.setText(sentence)
        self._again.setVisible(again)
        self._stack.setCurrentWidget(self._said)
