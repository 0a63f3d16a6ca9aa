"""Fields to type in: a line, a date, a place for a file, and the quick-find box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from models.calendar import near_day
from models.errors import BadInput
from ui import icons, theme
from ui.format import long_date, parse_date
from ui.overrides import override
from ui.widgets.buttons import Button
from ui.widgets.layouts import column, row
from ui.widgets.plain import ElidedLabel

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QFocusEvent, QPaintEvent


class TextField(QLineEdit):
    """One line of text, never longer than the file allows (Qt would cut silently at 32,767).

    Attributes:
        refused: what was typed or pasted did not all fit, and its end was left out: (a sentence,).
    """

    refused = Signal(str)

    def __init__(self, text: str = "", *, most: int = 200, hint: str = "") -> None:
        super().__init__(text)
        self.setMaxLength(most)
        self.setPlaceholderText(hint)
        self.inputRejected.connect(self._on_full)
        self.dress()

    def _on_full(self) -> None:
        # not at once: Qt tells of the change itself after this, and a form takes that for the mending of it
        QTimer.singleShot(0, self, self._tell_full)

    def _tell_full(self) -> None:
        if len(self.text()) == self.maxLength():
            self.refused.emit(f"At most {self.maxLength():,} characters fit here; the rest was left out.")

    def dress(self) -> None:
        """Take the font from the theme."""
        self.setFont(theme.now().font())

    def required(self, sentence: str) -> str:
        """What was typed, without spaces around it.

        Raises:
            BadInput: nothing was typed; `sentence` says what to enter.
        """
        text = self.text().strip()
        if not text:
            raise BadInput(sentence)
        return text


class DateField(TextField):
    """A date typed in any British way, day first, and shown in words when it is read back.

    Args:
        today: says what day it is, for "next thu".
        day: the date to begin with.

    Attributes:
        near: a date without its year is the one nearest to this; None: nearest to today.
    """

    def __init__(self, today: Callable[[], dt.date], day: dt.date | None = None) -> None:
        super().__init__(long_date(day) if day else "", most=40, hint="3/9/24, 3 Sept or next thu")
        self._today = today
        self.near: dt.date | None = None
        self.editingFinished.connect(self._read_back)

    def date(self) -> dt.date:
        """The date typed.

        Raises:
            BadInput: no such date.
        """
        return parse_date(self.text(), self._today(), near=self.near)

    def read_in_year(self, year: int | None) -> None:
        """Let a date without its year be one of a school year, such as the one shown; None: near today."""
        self.near = near_day(year, self._today()) if year is not None else None

    def _read_back(self) -> None:
        try:
            self.setText(long_date(self.date()))
        except BadInput:
            return  # the form says so beside the field when it is saved


class PlaceField(QWidget):
    """Where a file will be kept: its name and folder, and a button to choose another place.

    Attributes:
        change_wanted: the button was pressed.
    """

    change_wanted = Signal()

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._name, self._folder = ElidedLabel(role="strong"), ElidedLabel(role="caption", tone="muted")
        self._button = Button("Change…", tip="Choose another place for the file", always=True)
        self._button.clicked.connect(self.change_wanted)
        words = column(self._name, self._folder)
        line = row(words, self._button, gap=12)
        line.setStretchFactor(words, 1)
        self.setLayout(line)
        self.setFocusProxy(self._button)
        self.show_path(path)

    def path(self) -> Path:
        """The place chosen."""
        return self._path

    def show_path(self, path: Path) -> None:
        """Show another place."""
        self._path = path
        self._name.setText(path.name)
        self._folder.setText(f"in {path.parent}")


class FindBox(QLineEdit):
    """Quick find. Qt's own icons in a line edit stay 16 px at any text size, so glass and key are drawn.

    Attributes:
        entered: the keyboard has come here.
    """

    entered = Signal()

    WIDTH = 336

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(100)
        self.setAccessibleName("Quick find (Ctrl+K)")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._room = self._wanted = 0
        self.dress()

    def set_room(self, pixels: int) -> None:
        """How wide it may be at most."""
        self._room = pixels
        self.dress()

    def dress(self) -> None:
        """Take font, width and the room for glass and key from the theme."""
        now = theme.now()
        width = now.fs(self.WIDTH)
        self.setFont(now.font())
        # a wish, not a fixed width: that would keep a window from ever becoming narrower again
        self._wanted = min(width, self._room) if self._room else width
        self.setMaximumWidth(self._wanted)
        self.updateGeometry()
        narrow = self._wanted < now.fs(290)
        self._key = "" if narrow else "Ctrl+K"
        self.setPlaceholderText("Find" if narrow else "Find anything, or run a command")
        self.setTextMargins(now.fs(22), 0, now.fs(52) if self._key else 0, 0)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._wanted, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._wanted, theme.now().fs(80)), super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, now, rect = QPainter(self), theme.now(), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = now.fs(16)
        glass = QRectF(now.fs(9), rect.center().y() - size / 2, size, size)
        icons.paint(painter, icons.Icon.SEARCH, glass, now.c("muted"))
        painter.setFont(now.font("caption"))
        painter.setPen(now.c("muted"))
        where = rect.adjusted(0, 0, -now.fs(10), 0)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._key)
        painter.end()
