"""The base of every form: labelled rows with help and errors beside the field; a typed value comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from models.errors import BadInput
from ui import theme
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import ScrollPane, column, reading_order, row
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

T = TypeVar("T")
V = TypeVar("V")


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

    def _needed(self) -> int:
        """The height that wrapped words need at this width."""
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return self.sizeHint().height()
        return max(layout.totalHeightForWidth(self.width()), self.sizeHint().height())

    def _room(self) -> int:
        return self.screen().availableGeometry().height() - 60

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()
        reading_order(self)


@dataclass
class _Row:
    field: QWidget
    help: Label | None
    error: Label


class FormDialog(PlainDialog, Generic[T]):
    """A dialog that edits a draft: it shows each error beside its field and never loses what was typed.

    Attributes:
        given: emitted with the typed value when the form is right and was accepted.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None, title: str, accept: str, width: int = 440) -> None:
        super().__init__(parent, title, width)
        self._rows: dict[str, _Row] = {}
        self._wrong: dict[str, str] = {}
        self._form = column(gap=14)
        self._pane = ScrollPane(self._form)
        self._accept = Button(accept, Kind.PRIMARY)
        self._accept.setDefault(True)
        self._accept.clicked.connect(self.submit)
        self._cancel = Button("Cancel")
        self._cancel.clicked.connect(self.reject)
        self.lay_out(self._pane, buttons=(self._cancel, self._accept))

    def draft(self) -> T:
        """What the form says now. Reads each field through `take`.

        Raises:
            BadInput: something is wrong that belongs to one field or to none.
        """
        raise NotImplementedError

    def row(self, key: str, label: str, field: QWidget, text: str = "") -> None:
        """Add a field with its label above and, below it, a line of help and room for an error."""
        name = Label(label, "label")
        name.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        field.setAccessibleDescription(text)
        hint = Label(text, "caption", "muted", wrap=True) if text else None
        error = Label("", "caption", "bad", wrap=True)
        error.hide()
        stack = column(name, field, gap=4)
        if hint is not None:
            stack.add(hint)
        stack.add(error)
        self._form.add(stack)
        self._rows[key] = _Row(field, hint, error)

    def take(self, key: str, read: Callable[[], V]) -> V | None:
        """Read one field; if it is wrong, note that and go on, so that all errors show at once."""
        try:
            return read()
        except BadInput as error:
            self._wrong[key] = str(error)
            return None

    def submit(self) -> None:
        """Accept the form if everything in it is right; otherwise show what is not, beside the fields."""
        self._wrong = {}
        value: T | None = None
        try:
            value = self.draft()
        except BadInput as error:
            if error.field or not self._wrong:
                self._wrong.setdefault(error.field, str(error))
        self._show_errors()
        if not self._wrong and value is not None:
            self.given.emit(value)
            self.accept()

    def errors(self) -> dict[str, str]:
        """The errors shown now, by the key of their row."""
        return dict(self._wrong)

    @override
    def fit(self) -> None:
        """Make room for every row and its error, as far as the screen goes; beyond that the rows scroll."""
        width = max(self._pane.viewport().width(), 1)
        rows = self._form.totalHeightForWidth(width)
        frame = self.sizeHint().height() - self._pane.sizeHint().height()
        height = min(rows, self._room() - frame)
        self._pane.inner.setMinimumHeight(rows)
        self._pane.setMinimumHeight(height)
        self.resize(self.width(), height + frame)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = next(iter(self._rows.values()), None)
        if first is not None:  # Qt would begin at the default button
            first.field.setFocus()

    def _show_errors(self) -> None:
        for key, line in self._rows.items():
            sentence = self._wrong.get(key, "")
            line.error.setText(sentence)
            line.error.setVisible(bool(sentence))
            line.field.setProperty("wrong", "true" if sentence else "false")
            line.field.style().unpolish(line.field)
            line.field.style().polish(line.field)
            line.field.setAccessibleDescription(sentence or (line.help.text() if line.help else ""))
        self.fit()
        first = next((line for key, line in self._rows.items() if key in self._wrong), None)
        if first is not None:
            first.field.setFocus()
