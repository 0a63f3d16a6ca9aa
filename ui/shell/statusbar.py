"""The line below the sheet: what was just saved, work under way, the last backup, and the file's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui import theme
from ui.doors import in_sentence
from ui.icons import Icon
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import Box, row
from ui.widgets.painted import IconMark
from ui.widgets.parts import ProgressLine
from ui.widgets.plain import ElidedLabel, Label

if TYPE_CHECKING:
    from pathlib import Path

ROOMY = 70  # ems; below this the backup is left to the page that tells of it


class StatusBar(QWidget):
    """What the window has to say without being asked."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Status")
        self._mark = IconMark(Icon.CHECK, "good", 14)
        self._words = ElidedLabel("", "caption")
        self.undo = Button("Undo", Kind.LINK, role="caption", tip="Undo what was just saved", always=True)
        self._dot = Label("·", "caption", "muted")
        self.progress = ProgressLine()
        self._backup = Label("", "caption", "muted")
        self._file = ElidedLabel("", "caption", "muted")
        self._line: Box = row(
            self._mark, self._words, self._dot, self.undo, 1, self.progress, self._backup, self._file, gap=8
        )
        self._line.setStretchFactor(self._words, 0)
        self.setLayout(self._line)
        self.dress()
        self.say("")

    def dress(self) -> None:
        """Take margins and height from the theme."""
        now = theme.now()
        self._line.setContentsMargins(now.px(8), now.px(4), now.px(16), now.px(6))
        self.setFixedHeight(now.fs(12) + now.px(19))

    def arrange(self, ems: float) -> None:
        """Leave out what there is no room for."""
        self._backup.setVisible(ems >= ROOMY and bool(self._backup.text()))

    def say(self, text: str) -> None:
        """Show a short fact."""
        self._show(text, can_undo=False)

    def saved(self, name: str) -> None:
        """Show that an action was committed, with Undo beside it."""
        self._show(f"Saved: {in_sentence(name)}", can_undo=True)

    def show_file(self, path: Path | None, backup: str) -> None:
        """Show which file is open and when it was backed up."""
        self._file.setText(path.name if path else "")
        self._backup.setText(backup)
        self._backup.setVisible(bool(backup))

    def _show(self, text: str, *, can_undo: bool) -> None:
        self._words.setText(text)
        self._mark.setVisible(bool(text))
        for part in (self._dot, self.undo):
            part.setVisible(can_undo)
        self.setAccessibleDescription(text)
