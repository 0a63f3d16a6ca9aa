"""The base of every dialog, and the one that asks a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from ui import theme
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, reading_order, row
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from ui.messages import Question


TITLE_BAR = 40  # pixels that a system may need above a window for its title


class PlainDialog(QDialog):
    """A window of its own above the page: a head, what it holds, and its buttons at the bottom right.

    It is opened with `open` (asks for an answer) or `show` (stays beside the work), never with `exec`, and is
    freed when it closes.

    Args:
        parent: the window it belongs to.
        title: its head, and the title of its window.
        width: its width in pixels at 100 % text size.
    """

    def __init__(self, parent: QWidget | None, title: str, width: int = 440) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._width = width
        self.setAccessibleName(title)
        self.dress()

    def dress(self) -> None:
        """Take the width from the theme, but never more than the screen has."""
        room = self.screen().availableGeometry()
        self.setMinimumWidth(min(theme.now().fs(self._width), room.width() - 40))
        if self.isVisible():
            self.fit()

    def lay_out(self, *items: QWidget | QLayout | int, buttons: tuple[Button, ...], gap: int = 16) -> None:
        """Put head, items and buttons in place."""
        head = Label(self.windowTitle(), "title", wrap=True)
        foot = row(1, *buttons, gap=8, margins=(0, 8, 0, 0))
        self.setLayout(column(head, *items, foot, gap=gap, margins=(24, 20, 24, 20)))

    def fit(self) -> None:
        """Be as tall as what is in the dialog, as far as the screen goes."""
        self.resize(self.width(), min(self._needed(), self._room()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stay_in_sight()

    def _stay_in_sight(self) -> None:
        """Move up, or left, when growing has pushed the buttons off the screen."""
        room, frame = self.screen().availableGeometry(), self.frameGeometry()
        if frame.height() - self.height() < TITLE_BAR:  # the system has not framed it yet: it soon will
            frame.setHeight(self.height() + TITLE_BAR)
        over = QPoint(max(frame.right() - room.right(), 0), max(frame.bottom() - room.bottom(), 0))
        if self.isVisible() and not over.isNull():
            place = self.pos() - over
            self.move(max(place.x(), room.left()), max(place.y(), room.top()))

    def _needed(self) -> int:
        """The height that wrapped words need at this width."""
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return self.sizeHint().height()
        return max(layout.totalHeightForWidth(self.width()), self.sizeHint().height())

    def _room(self) -> int:
        return self.screen().availableGeometry().height() - TITLE_BAR - 24

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()
        self._stay_in_sight()
        reading_order(self)


class QuestionDialog(PlainDialog):
    """Asks one question. The button that does it carries the verb; Escape and closing mean no.

    `accepted` and `rejected` bring the answer.
    """

    def __init__(self, parent: QWidget | None, question: Question) -> None:
        super().__init__(parent, question.head, 400)
        yes, no = Button(question.yes, Kind.PRIMARY, always=True), Button(question.no, always=True)
        yes.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        no.setDefault(True)
        self.lay_out(Label(question.text, wrap=True), buttons=(no, yes))
        no.setFocus()
