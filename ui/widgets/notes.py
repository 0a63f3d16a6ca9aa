"""Text of several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from models.errors import BadInput
from ui import theme
from ui.overrides import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ROOM = 2
"""A text so many times too long may be pasted, to be shortened; a longer one would hold the window up."""


class NoteField(QPlainTextEdit):
    """Plain text of several lines. Tab leaves it; Ctrl+Return saves the form it stands in.

    Args:
        text: what it begins with.
        most: the most characters that the file keeps.
        lines: how many lines it shows.

    Attributes:
        refused: what was pasted was far too long, and nothing of it was put in: (a sentence,).
    """

    refused = Signal(str)

    def __init__(self, text: str = "", *, most: int = 20_000, lines: int = 3, hint: str = "") -> None:
        super().__init__(text)
        self._most, self._lines = most, lines
        self.setTabChangesFocus(True)
        self.setPlaceholderText(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress()

    def dress(self) -> None:
        """Take font and height from the theme."""
        self.setFont(theme.now().font())
        line = QFontMetrics(theme.now().font()).lineSpacing()
        self.setFixedHeight(line * self._lines + theme.now().fs(20))

    def set_lines(self, lines: int) -> None:
        """Show so many lines."""
        self._lines = lines
        self.dress()

    def text(self) -> str:
        """What was typed, without spaces around it.

        Raises:
            BadInput: it is longer than the file keeps.
        """
        text = self.toPlainText().strip()
        if len(text) > self._most:
            raise BadInput(f"At most {self._most:,} characters fit here; this has {len(text):,}.")
        return text

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()  # never pictures or markup
        kept = self.document().characterCount() - 1 - len(self.textCursor().selectedText())
        if kept + len(text) > self._most * ROOM:
            self.refused.emit(
                f"At most {self._most:,} characters fit here; with what you pasted it would be "
                f"{kept + len(text):,}. Nothing was put in."
            )
            return
        self.insertPlainText(text)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.now().fs(240), self.height())


def is_note(widget: QWidget | None) -> bool:
    """Whether Return means a new line in a widget."""
    return isinstance(widget, QPlainTextEdit)
