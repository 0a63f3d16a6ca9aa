"""Where the pack is shown: the check above it, the pages, or a sentence while there are none."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.icons import Icon
from ui.overrides import override
from ui.papers.stage import PaperStage
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import holder, row
from ui.widgets.painted import IconMark
from ui.widgets.plain import Label


class Stage(PaperStage):
    """The right side of the page.

    Attributes:
        look_wanted: the list behind the check is wanted.
    """

    look_wanted = Signal()

    def __init__(self) -> None:
        self._mark, self._check = IconMark(Icon.INFO, "muted"), Label("", "strong")
        self._look = Button("Show them", Kind.QUIET, tip="Show what there is to look at")
        self._line = holder(row(self._mark, self._check, self._look, gap=10))
        super().__init__(self._line, "Laying out the pack…")
        self._look.clicked.connect(self.look_wanted)
        self.preview.view.setObjectName("first")
        self._line.hide()

    def check_words(self) -> str:
        """What the check says."""
        return self._check.text()

    def show_check(self, words: str, *, good: bool) -> None:
        """Show what the check before printing found."""
        self._check.setText(words)
        self._mark.set_icon(Icon.CHECK if good else Icon.ALERT, "good" if good else "warn")
        self._look.setVisible(not good)
        self._line.show()

    @override
    def show_sentence(self, sentence: str) -> None:
        self._line.hide()
        super().show_sentence(sentence)
