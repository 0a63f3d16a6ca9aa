"""The base of every form: labelled rows with help and errors beside the field; a typed value comes out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from models.errors import AppError, BadInput
from ui.dialogs.plain import PlainDialog, QuestionDialog
from ui.messages import Question
from ui.overrides import override
from ui.widgets import reading
from ui.widgets.buttons import Button, Kind
from ui.widgets.fields import DateField, TextField
from ui.widgets.layouts import ScrollPane, column, row
from ui.widgets.notes import NoteField
from ui.widgets.plain import Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent

    from ui.widgets.layouts import Box

T = TypeVar("T")
V = TypeVar("V")


@dataclass
class _Row:
    field: QWidget
    help: Label | None
    error: Label


class FormDialog(PlainDialog, Generic[T]):
    """A dialog that edits a draft: it shows each error beside its field and never loses what was typed.

    Closing it with something typed asks. With `stays` it stays open until it is told that what it gave is
    `saved`; `not_saved` shows why not, with everything typed still there.

    Attributes:
        given: emitted with the typed value when the form is right and was accepted.
    """

    given = Signal(object)
    writes = True
    """Whether it changes the open book: in one that can only be read it can be looked at, and says so."""

    def __init__(
        self, parent: QWidget | None, title: str, accept: str, width: int = 440, *, stays: bool = False
    ) -> None:
        super().__init__(parent, title, width)
        self._rows: dict[str, _Row] = {}
        self._wrong: dict[str, str] = {}
        self._stays, self._start = stays, ""
        self._form = column(gap=14)
        self._trouble = Label("", "body", "bad", wrap=True)
        self._trouble.hide()
        self._pane = ScrollPane(self._form)
        self._accept = Button(accept, Kind.PRIMARY, always=True)  # see `_say_why_not`
        self._accept.setDefault(True)
        self._accept.clicked.connect(self.submit)
        self._cancel = Button("Cancel", always=True)
        self._cancel.clicked.connect(self.reject)
        self.lay_out(self._pane, self._trouble, buttons=(self._cancel, self._accept))

    def draft(self) -> T:
        """What the form says now. Reads each field through `take`.

        Raises:
            BadInput: something is wrong that belongs to one field or to none.
        """
        raise NotImplementedError

    def row(self, key: str, label: str, field: QWidget, text: str = "") -> None:
        """Add a field with its label above and, below it, a line of help and room for an error."""
        self._form.add(self.stack(key, label, field, text))

    def stack(self, key: str, label: str, field: QWidget, text: str = "") -> Box:
        """A field with its label, help and room for an error, to be placed by the caller."""
        if not field.accessibleName():
            field.setAccessibleName(label)
        field.setAccessibleDescription(text)
        hint = Label(text, "caption", "muted", wrap=True) if text else None
        error = Label("", "caption", "bad", wrap=True)
        error.hide()
        made = column(gap=4)
        if label and not isinstance(field, Tick):  # a tick says what it is by itself
            name = Label(label, "label")
            name.setBuddy(field)
            made.add(name)
        made.add(row(field, 1) if isinstance(field, Tick) else field)  # a tick is as wide as its words
        if hint is not None:
            made.add(hint)
        made.add(error)
        self._rows[key] = _Row(field, hint, error)
        _watch(field, partial(self._mended, key))
        if isinstance(field, (NoteField, TextField)):
            field.refused.connect(partial(self._refused, key))
        return made

    def _refused(self, key: str, sentence: str) -> None:
        """A field did not take all that was typed or pasted: say so beside it."""
        self._wrong[key] = sentence
        self._show_error(key)
        self.fit()

    def _mended(self, key: str, *_: object) -> None:
        """What was wrong here is being put right: its error has been read, and what was said of the whole."""
        if self._wrong.pop(key, ""):
            self._show_error(key)
        if not self._trouble.isHidden():
            self._wrong = {known: sentence for known, sentence in self._wrong.items() if known in self._rows}
            self._show_trouble()

    def read_in_year(self, year: int | None) -> None:
        """Let every date typed here without its year be one of a school year: the one shown."""
        for field in self.findChildren(DateField):
            field.read_in_year(year)

    def take(self, key: str, read: Callable[[], V]) -> V | None:
        """Read one field; if it is wrong, note that and go on, so that all errors show at once."""
        try:
            return read()
        except BadInput as error:
            self._wrong[key] = str(error)
            return None

    def submit(self) -> None:
        """Accept the form if everything in it is right; otherwise show what is not, beside the fields."""
        if self._say_why_not():
            return
        self._wrong = {}
        value: T | None = None
        try:
            value = self.draft()
        except BadInput as error:
            if error.field or not self._wrong:
                self._wrong.setdefault(error.field, str(error))
        self._show_errors()
        if self._wrong or value is None:
            return
        if self._stays:
            self._accept.setEnabled(False)  # twice pressed is not twice saved
        self.given.emit(value)
        if not self._stays:
            self.accept()

    def _say_why_not(self) -> bool:
        """Say why nothing can be saved, if the book can only be read."""
        why = reading.why_not() if self.writes else ""
        if why:
            self._wrong = {"": why}
            self._show_errors()
            self._accept.setEnabled(False)
        return bool(why)

    def saved(self) -> None:
        """What was given is in the file: close."""
        self.accept()

    def not_saved(self, error: Exception) -> None:
        """What was given could not be saved: say why, beside the field if there is one. Nothing is lost.

        Raises:
            Exception: the error itself, if it is none that has a sentence for the user.
        """
        self._accept.setEnabled(True)
        if not isinstance(error, AppError):
            raise error
        self._wrong = {error.field if isinstance(error, BadInput) else "": str(error)}
        self._show_errors()

    def unsaved(self) -> bool:
        """Whether something is typed that would be lost."""
        return self._state() != self._start

    def keep_state(self) -> None:
        """Take what the form says now as what needs no saving."""
        self._start = self._state()

    def _state(self) -> str:
        return repr([_states(line.field) for line in self._rows.values()])

    @override
    def reject(self) -> None:
        if not self.unsaved():
            super().reject()
            return
        question = Question(
            "Close without saving?", "What you typed here has not been saved.", "Discard", "Keep editing"
        )
        asking = QuestionDialog(self, question)
        asking.accepted.connect(self._discard)
        asking.open()

    def _discard(self) -> None:
        self.keep_state()
        self.reject()

    @override
    def accept(self) -> None:
        self.keep_state()
        super().accept()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.unsaved() and self.isVisible():
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        else:
            super().keyPressEvent(event)

    def errors(self) -> dict[str, str]:
        """The errors shown now, by the key of their row."""
        return dict(self._wrong)

    @override
    def fit(self) -> None:
        """Make room for every row and its error, as far as the screen goes; beyond that the rows scroll."""
        width = max(self._pane.maximumViewportSize().width(), 1)
        wraps = self._form.hasHeightForWidth()
        rows = self._form.totalHeightForWidth(width) if wraps else self._form.totalSizeHint().height()
        pane = max(self._pane.sizeHint().height(), self._pane.minimumHeight())
        frame = self.sizeHint().height() - pane
        height = min(rows, self._room() - frame)
        self._pane.inner.setMinimumHeight(rows)
        self._pane.setMinimumHeight(height)
        layout = self.layout()
        if layout is not None:
            layout.activate()  # else the window keeps the least height that it had with more rows
        self.resize(self.width(), height + frame)
        if rows <= height:  # a bar from before makes the rows narrower and so higher, and keeps itself
            self._pane.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._pane.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.keep_state()
        first = next((line for line in self._rows.values() if line.field.isEnabled()), None)
        if first is not None:  # Qt would begin at the default button
            first.field.setFocus()
        self._say_why_not()

    def _show_error(self, key: str) -> None:
        line, sentence = self._rows[key], self._wrong.get(key, "")
        line.error.setText(sentence)
        line.error.setVisible(bool(sentence))
        line.field.setProperty("wrong", "true" if sentence else "false")
        line.field.style().unpolish(line.field)
        line.field.style().polish(line.field)
        line.field.setAccessibleDescription(sentence or (line.help.text() if line.help else ""))

    def _show_errors(self) -> None:
        for key in self._rows:
            self._show_error(key)
        self._show_trouble()
        self.fit()
        first = next((line for key, line in self._rows.items() if key in self._wrong), None)
        if first is not None:
            first.field.setFocus()

    def _show_trouble(self) -> None:
        """What is wrong and belongs to no field."""
        homeless = [sentence for key, sentence in self._wrong.items() if key not in self._rows]
        self._trouble.setText(" ".join(homeless))
        self._trouble.setVisible(bool(homeless))


def _watch(widget: QWidget, changed: Callable[..., None]) -> None:
    """Have something called when another thing is typed, chosen or ticked in a field."""
    for part in (widget, *widget.findChildren(QWidget)):
        if isinstance(part, QLineEdit):
            part.textEdited.connect(changed)  # not textChanged: reading a date back mends nothing
        elif isinstance(part, QPlainTextEdit):
            part.textChanged.connect(changed)
        elif isinstance(part, QComboBox):
            part.currentIndexChanged.connect(changed)
            part.activated.connect(changed)  # the line chosen before, after something else was typed
        elif isinstance(part, QAbstractButton) and part.isCheckable():
            part.toggled.connect(changed)


def _states(widget: QWidget) -> list[str]:
    """What is typed, chosen and ticked in a field, whatever it is made of."""
    found = []
    for part in (widget, *widget.findChildren(QWidget)):
        if isinstance(part, QLineEdit):
            found.append(part.text())
        elif isinstance(part, QPlainTextEdit):
            found.append(part.toPlainText())
        elif isinstance(part, QComboBox):
            found.append(part.currentText())
        elif isinstance(part, QAbstractButton) and part.isCheckable():
            found.append(str(part.isChecked()))
    return found
