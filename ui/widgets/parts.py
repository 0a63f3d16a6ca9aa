"""What pages are put together from: head, section, figure, to-do line, banner, empty state, progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from ui import theme
from ui.icons import Icon
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import Box, column, row
from ui.widgets.painted import IconMark
from ui.widgets.plain import ElidedLabel, Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout


def page_head(title: Label | str, context: Label | str, *right: QWidget) -> Box:
    """Every page starts alike, at the same left edge: title, a muted line of context, actions right."""
    head = title if isinstance(title, Label) else Label(title, "title")
    line = context if isinstance(context, Label) else Label(context, "body", "muted", wrap=True)
    return column(row(head, 1, *right, gap=8), line, gap=2)


def section(head: str, *items: QWidget | QLayout, side: QWidget | None = None, gap: int = 12) -> Box:
    """A section: its head, something small at the right of it, and what it holds."""
    line = row(Label(head, "section"), 1)
    if side is not None:
        line.add(side)
    return column(line, *items, gap=gap)


class Figure(QWidget):
    """What, how many, against what: "Attendance", "92%", "22 of 24 places". No box of its own."""

    def __init__(self, name: str, value: str = "", note: str = "") -> None:
        super().__init__()
        self._name = name
        self._value = Label(value, "figure")
        self._note = Label(note, "caption", "muted")
        self.setLayout(column(Label(name, "caption", "muted"), self._value, self._note))
        self.show_value(value, note)
        self.dress()

    def dress(self) -> None:
        """Keep the height of a figure free, so that a missing one beside it stands in line."""
        self._value.setMinimumHeight(QFontMetrics(theme.now().font("figure")).height() + 2)

    def name(self) -> str:
        """What the figure is of."""
        return self._name

    def value(self) -> str:
        """The figure shown."""
        return self._value.text()

    def show_value(self, value: str, note: str, tone: str = "muted", *, missing: bool = False) -> None:
        """Show another value; the note's tone says whether it is good, bad or just so.

        A missing value is said in words, quietly, so that it is never taken for a figure.
        """
        self._value.setText(value)
        self._value.set_tone("muted" if missing else "")
        self._value.set_role("section" if missing else "figure")
        self._note.setText(note)
        self._note.set_tone(tone)
        self.setAccessibleName(f"{self._name}: {value}, {note}")


class TodoLine(QWidget):
    """One thing that needs doing: an icon, what it is, what is known of it, and the button that does it.

    Without an action there is no button: a button that leads nowhere is worse than none.

    Attributes:
        acted: the button was pressed.
    """

    acted = Signal()

    def __init__(
        self, icon: Icon, tone: str, head: str, detail: str, action: str = "", *, primary: bool = False
    ) -> None:
        super().__init__()
        # amounts and days are never cut: what is known takes a second line where it must
        words = column(ElidedLabel(head, "strong"), Label(detail, "caption", "muted", wrap=True))
        line = row(IconMark(icon, tone, 20), words, gap=16, margins=(0, 9, 0, 9))
        line.setStretchFactor(words, 1)
        self._button: Button | None = None
        if action:
            kind = Kind.PRIMARY if primary else Kind.PLAIN
            self._button = Button(action, kind, tip=f"{action}: {head}", width=108)
            self._button.clicked.connect(self.acted)
            line.add(self._button)
        self.setLayout(line)

    def button(self) -> Button:
        """The button that does it.

        Raises:
            LookupError: there is none.
        """
        if self._button is None:
            raise LookupError(self.accessibleName() or "no button")
        return self._button


class Banner(QFrame):
    """A quiet line of news with a few actions at most; never a modal. `always`: as for buttons.

    Attributes:
        acted: emitted with the number of the action chosen.
    """

    acted = Signal(int)

    def __init__(self, tone: str, icon: Icon, text: str, *actions: str, always: bool = False) -> None:
        super().__init__()
        self.setProperty("tint", tone)
        self._text = Label(text, wrap=True)
        line = row(
            IconMark(icon, tone), self._text, gap=12, margins=(12, 4, 12, 4) if actions else (12, 10, 12, 10)
        )
        self._buttons = [Button(action, Kind.QUIET, always=always) for action in actions]
        for button in self._buttons:
            button.clicked.connect(self._on_clicked)
            line.add(button)
        self.setLayout(line)
        self.setAccessibleName(text)

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def buttons(self) -> list[Button]:
        """Its actions."""
        return list(self._buttons)

    def _on_clicked(self) -> None:
        self.acted.emit(next(n for n, button in enumerate(self._buttons) if button is self.sender()))


class EmptyState(QWidget):
    """A page with nothing on it yet: one sentence that says what it is for, and the first step.

    Attributes:
        acted: the first step was chosen.
    """

    acted = Signal()

    def __init__(self, icon: Icon, sentence: str, action: str = "") -> None:
        super().__init__()
        words = Label(sentence, "body", "muted", wrap=True)
        words.setMaximumWidth(theme.now().fs(440))
        self._layout = column(1, IconMark(icon, "muted", 32), words, gap=16)
        if action:
            button = Button(action, Kind.PRIMARY)
            button.clicked.connect(self.acted)
            self._layout.add(button)
            self.setFocusProxy(button)
        self._layout.add(2)
        self.setLayout(self._layout)

    def starts(self) -> bool:
        """Whether the keyboard is at the first step."""
        first = self.focusProxy()
        return first is not None and first.hasFocus()


class ProgressLine(QWidget):
    """Work that takes more than half a second: what it is, how far it is, and Cancel.

    Attributes:
        cancelled: Cancel was pressed.
    """

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = Label("", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._cancel = Button("Cancel", Kind.LINK, role="caption")
        self._cancel.clicked.connect(self.cancelled)
        self.setLayout(row(self._words, self._bar, self._cancel, gap=10))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.dress()
        self.hide()

    def dress(self) -> None:
        """Take the bar's size from the theme."""
        self._bar.setFixedSize(QSize(theme.now().fs(120), theme.now().fs(6)))

    def show_progress(self, words: str, done: int, total: int) -> None:
        """Say how far it is; a total of 0 means that nobody knows."""
        self._words.setText(words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.show()


class Key(QWidget):
    """An entry of a legend: a small mark and what it stands for."""

    def __init__(self, mark: QWidget, words: str) -> None:
        super().__init__()
        self.setLayout(row(mark, Label(words, "caption", "muted"), gap=6))


def pair(name: str, value: str, tone: str = "", width: int = 84) -> Box:
    """A line of a detail panel: a muted name and its value; both may take several lines, neither is cut."""
    label = Label(name, "body", "muted", wrap=True, width=width)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return row(label, Label(value, "body", tone, wrap=True), gap=8)


class Sheet(QFrame):
    """The one white sheet on the grey window."""

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self.setLayout(layout)

    @override
    def sizeHint(self) -> QSize:
        return QSize(1, 1)
