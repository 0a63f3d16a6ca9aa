"""Choosing one of several: a short list that opens, or a long one that is typed into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy

from models.errors import BadInput
from ui import icons, theme
from ui.overrides import override
from ui.widgets.completing import Completing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QShowEvent, QWheelEvent

MOST_SHOWN = 12
SEARCH_FROM = 13
"""From so many entries on a list is typed into rather than looked through."""


class SearchLine(QLineEdit):
    """Where a long list is typed into: a click chooses all of the words, so that one types over them."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self.selectAll)  # after the click has put the cursor somewhere


class Pick(QComboBox):
    """A list of words, each standing for a value. A long one filters as one types, anywhere in the words.

    Args:
        entries: words and the value each stands for, in order.
        none: the words for nothing chosen; "" if something must be.

    Attributes:
        picked: another value was chosen by hand.
    """

    picked = Signal()

    def __init__(self, entries: Sequence[tuple[str, Any]] = (), none: str = "") -> None:
        super().__init__()
        self._values: list[Any] = []
        self._none = none
        self.setMaxVisibleItems(MOST_SHOWN)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.currentIndexChanged.connect(self._on_index)
        self.offer(entries)
        self.dress()

    def dress(self) -> None:
        """Take the font from the theme."""
        self.setFont(theme.now().font())
        self.view().setFont(theme.now().font())
        line = self.lineEdit()
        if line is not None:
            line.setFont(theme.now().font())

    def offer(self, entries: Sequence[tuple[str, Any]]) -> None:
        """Offer other entries; the value chosen stays chosen if it is still among them."""
        before = self.value()
        everything = [(self._none, None), *entries] if self._none else list(entries)
        with QSignalBlocker(self):
            self._set_typed(len(everything) >= SEARCH_FROM)
            self.clear()
            self._values = [value for _, value in everything]
            self.addItems([words for words, _ in everything])
            self.show_value(before)

    def value(self) -> Any:
        """The value chosen; None for none."""
        at = self.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def checked_value(self) -> Any:
        """The value chosen, or the one that what is typed can only mean. What is typed stays as it is.

        Raises:
            BadInput: what was typed is none of the entries.
        """
        line = self.lineEdit()
        if line is not None and line.text().strip() != self._words(self.currentIndex()):
            typed = line.text().strip()
            if not typed:
                return None
            hits = self._meant(typed)
            if len(hits) != 1:
                raise BadInput(f"“{typed}” is not in the list: choose one of its lines.")
            return self._values[hits[0]]
        return self.value()

    def _meant(self, typed: str) -> list[int]:
        """The lines that typed words may mean: those that are the same, else those that have them."""
        wanted = typed.casefold()
        texts = [self.itemText(n).casefold() for n in range(self.count())]
        same = [n for n, text in enumerate(texts) if text == wanted]
        return same or [n for n, text in enumerate(texts) if wanted in text]

    def _read_back(self) -> None:
        """The keyboard leaves it: show in full what was meant."""
        line = self.lineEdit()
        typed = line.text().strip() if line is not None else ""
        hits = self._meant(typed) if typed else []
        if len(hits) == 1 and hits[0] != self.currentIndex():
            self.setCurrentIndex(hits[0])
        elif len(hits) == 1 and line is not None:
            line.setText(self._words(hits[0]))

    def show_value(self, value: Any) -> None:
        """Choose a value; one that is not offered chooses nothing."""
        at = next((n for n, known in enumerate(self._values) if known == value), -1)
        if at < 0 and self._none:
            at = 0
        self.setCurrentIndex(at)
        line = self.lineEdit()
        if line is not None:
            line.setText(self._words(at))
            line.setCursorPosition(0)

    def _words(self, index: int) -> str:
        return self.itemText(index) if index >= 0 else ""

    def _set_typed(self, on: bool) -> None:
        if on == self.isEditable():
            return
        self.setEditable(on)
        if on:
            self.setLineEdit(SearchLine())
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            self.setCompleter(Completing(self.model(), self))
            line = self.lineEdit()
            if line is not None:
                line.setPlaceholderText("Type to search")
                line.setMaxLength(200)
                line.setFrame(False)
                line.editingFinished.connect(self._read_back)

    def _on_index(self, _index: int) -> None:
        self.picked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Fusion opens the list on F4 and Alt+Down only; a teacher tries Space or Down
        if event.key() == Qt.Key.Key_Space and not self.isEditable():
            self.showPopup()
            return
        super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        line = self.lineEdit()
        if line is not None:  # it has the keyboard, so it is what a screen reader names
            line.setAccessibleName(self.accessibleName())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling a form must never change what it says

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.now().fs(140), super().sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, now, rect = QPainter(self), theme.now(), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = now.fs(14)
        where = QRectF(rect.right() - size - now.fs(8), rect.center().y() - size / 2, size, size)
        icons.paint(painter, icons.Icon.DOWN, where, now.c("muted"))
        painter.end()
