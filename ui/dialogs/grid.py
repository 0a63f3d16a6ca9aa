"""A window with a grid that is filled by keys, above Save and Cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView

from models.errors import AppError
from ui import theme
from ui.delegates.cells import PAD, CellDelegate
from ui.dialogs.plain import PlainDialog, QuestionDialog
from ui.messages import Question
from ui.overrides import override
from ui.widgets import reading
from ui.widgets.buttons import Button, Kind
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

    from ui.widgets.keygrid import KeyGrid


AROUND = 210  # pixels at 100 % text size that title, words and buttons take


class _Ring(CellDelegate):
    """Words, with a ring round the current cell."""

    ring = True


class GridDialog(PlainDialog):
    """A grid above Save and Cancel. Nothing typed is lost: closing asks, and a failed saving keeps it open.

    Attributes:
        given: Save was pressed with something to save: (what,).
    """

    given = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        words: str,
        grid: KeyGrid,
        wide: Sequence[int],
        width: int = 760,
    ) -> None:
        super().__init__(parent, title, width)
        self.grid, self._wide = grid, tuple(wide)
        self._delegate = _Ring(grid)
        grid.setItemDelegate(self._delegate)
        self._note = Label("", "body", "muted")
        self._trouble = Label("", "body", "bad", wrap=True)
        self._trouble.hide()
        self._save = Button("Save", Kind.PRIMARY, tip="Ctrl+Return", always=True)  # see below
        self._save.clicked.connect(self.submit)
        self._cancel = Button("Cancel")
        self._cancel.clicked.connect(self.reject)
        self.lay_out(
            Label(words, "body", "muted", wrap=True),
            grid,
            self._note,
            self._trouble,
            buttons=(self._cancel, self._save),
        )
        self._dress_grid()
        grid.setFocus()
        if reading.why_not():
            self._say(reading.why_not())
            self._save.setEnabled(False)

    def changed(self) -> list[object]:
        """What there is to save."""
        raise NotImplementedError

    def unsaved(self) -> bool:
        """Whether anything is typed that would be lost."""
        return bool(self.changed())

    def submit(self) -> None:
        """Give what was typed; with nothing typed, close."""
        if reading.why_not():
            self._say(reading.why_not())
            return
        found = self.changed()
        if not found and self.unsaved():
            self._say("Nothing is answered here yet.")
            return
        if not found:
            self.accept()
            return
        self._save.setEnabled(False)
        self.given.emit(found)

    def saved(self) -> None:
        """It is in the file: close."""
        self.accept()

    def not_saved(self, error: Exception) -> None:
        """Say why it could not be saved; everything typed is still there.

        Raises:
            Exception: the error itself, if it is none that has a sentence for the user.
        """
        self._save.setEnabled(True)
        if not isinstance(error, AppError):
            raise error
        self._say(f"Not saved. {error}")

    def _say(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.show()

    @override
    def dress(self) -> None:
        super().dress()
        if hasattr(self, "_note"):
            self._dress_grid()

    def _dress_grid(self) -> None:
        now, model = theme.now(), self.grid.model()
        self.grid.set_row_height(now.row)
        most = min(now.fs(420), max(self._room() - now.fs(AROUND), 4 * now.row))
        self.grid.setMinimumHeight(min(most, now.row * (model.rowCount() + 2) + 8))
        heads, label = self.grid.horizontalHeader(), QFontMetrics(now.font("label"))
        words = QFontMetrics(now.font())
        for column in range(model.columnCount()):
            if column in self._wide:
                heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                head = label.horizontalAdvance(str(model.headerData(column, Qt.Orientation.Horizontal)))
                told = (model.data(model.index(row, column)) for row in range(model.rowCount()))
                cell = max((words.horizontalAdvance(str(one)) for one in told if one), default=0)
                heads.resizeSection(column, max(head, cell, now.fs(48)) + 2 * now.px(PAD))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        else:
            super().keyPressEvent(event)

    @override
    def reject(self) -> None:
        if not self.unsaved():
            super().reject()
            return
        question = Question(
            "Close without saving?", "What you typed here has not been saved.", "Discard", "Keep editing"
        )
        asking = QuestionDialog(self, question)
        asking.accepted.connect(super().reject)
        asking.open()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.unsaved() and self.isVisible():
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)
