"""A dialog for a verb: a few rows, described one by one, and what was typed into them by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from models.errors import BadInput
from ui.dialogs.form import FormDialog
from ui.format import long_date
from ui.overrides import override
from ui.widgets.fields import DateField, TextField
from ui.widgets.notes import NoteField
from ui.widgets.pick import Pick
from ui.widgets.plain import Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from ui.context import AppContext

Typed = Mapping[str, Any]
Day = Callable[[], "dt.date"]
"""Says what day it is: in the sample the day that it is told from."""
Entries = Sequence[tuple[str, Any]]
NOT_RIGHT = "Some of this is not right yet."


class Asking(FormDialog[Typed]):
    """Asks what a verb needs. It stays open, with everything typed, until it was done.

    Args:
        parent: the window it belongs to.
        title: what is about to be done.
        accept: the verb on its button.
        today: the day that “today” and “next thu” mean.

    Attributes:
        changed: something else is typed or chosen.
    """

    changed = Signal()

    def __init__(
        self, parent: QWidget | None, title: str, accept: str, today: dt.date, width: int = 460
    ) -> None:
        super().__init__(parent, title, accept, width, stays=True)
        self._today = today
        self._read: dict[str, Callable[[], Any]] = {}
        self._wanted: dict[str, str] = {}
        self.fields: dict[str, QWidget] = {}

    # -- rows

    def day(
        self, key: str, label: str, start: dt.date | None = None, text: str = "", needed: str = ""
    ) -> DateField:
        """A date; `needed` says what to enter where it must not be empty."""
        field = DateField(lambda: self._today, start)
        field.textChanged.connect(self.changed)
        self._add(key, label, field, text, needed, lambda: field.date() if field.text().strip() else None)
        return field

    def line(
        self, key: str, label: str, start: str = "", text: str = "", needed: str = "", most: int = 200
    ) -> TextField:
        """A line of words."""
        field = TextField(start, most=most)
        field.textChanged.connect(self.changed)
        self._add(key, label, field, text, needed, lambda: field.text().strip())
        return field

    def note(
        self, key: str, label: str, start: str = "", text: str = "", needed: str = "", lines: int = 3
    ) -> NoteField:
        """Words of several lines."""
        field = NoteField(start, most=2000, lines=lines)
        field.textChanged.connect(self.changed)
        self._add(key, label, field, text, needed, field.text)
        return field

    def pick(
        self, key: str, label: str, entries: Entries, start: Any = None, text: str = "", needed: str = ""
    ) -> Pick:
        """One of several; without `needed` there is a line for none."""
        field = Pick(list(entries), "Choose…" if needed else "None")
        field.show_value(start)
        field.picked.connect(self.changed)
        self._add(key, label, field, text, needed, field.checked_value)
        return field

    def tick(self, key: str, words: str, text: str = "", *, start: bool = False) -> Tick:
        """Yes or no."""
        field = Tick(words, text)
        field.setChecked(start)
        field.toggled.connect(self.changed)
        self._add(key, "", field, "", "", field.isChecked)
        return field

    def say(self, words: str, tone: str = "muted") -> Label:
        """A sentence at this place; it can be changed later."""
        made = Label(words, "body", tone, wrap=True)
        made.setVisible(bool(words))
        self._form.add(made)
        return made

    def show_row(self, key: str, *, on: bool) -> None:
        """Show or hide a row: what is hidden is not asked for."""
        line = self._rows[key]
        for part in (line.field, line.help, *self._labels(line.field)):
            if part is not None:
                part.setVisible(on)
        if not on:
            line.error.hide()
        if self.isVisible():
            self.fit()

    def typed(self, key: str) -> Any:
        """What is typed in a row now; None if it cannot be understood yet."""
        try:
            return self._read[key]()
        except BadInput:
            return None

    # -- giving

    @override
    def draft(self) -> Typed:
        asked = {key: read for key, read in self._read.items() if not self.fields[key].isHidden()}
        values = {key: self.take(key, partial(self._checked, key, read)) for key, read in asked.items()}
        if self._wrong:
            raise BadInput(NOT_RIGHT)
        return values

    def does(
        self,
        context: AppContext,
        name: str | Callable[[Typed], str],
        action: Callable[[Session, Typed], Any],
        then: Callable[[Any], None] | None = None,
    ) -> None:
        """Do the verb with what is typed, as one action under a name; close when that is saved.

        Args:
            context: the shared things.
            name: of the action; it may depend on what is typed.
            action: what is done, in the file's thread.
            then: gets what the action returned.
        """

        def given(typed: Typed) -> None:
            def done(result: Any) -> None:
                self.saved()
                if then is not None:
                    then(result)

            words = name if isinstance(name, str) else name(typed)
            context.book.change(words, lambda session: action(session, typed), done, self.not_saved)

        self.given.connect(given)
        self.read_in_year(context.book.year)
        self.open()

    # -- inside

    def _add(
        self, key: str, label: str, field: QWidget, text: str, needed: str, read: Callable[[], Any]
    ) -> None:
        self._read[key], self._wanted[key], self.fields[key] = read, needed, field
        self.row(key, label, field, text)

    def _checked(self, key: str, read: Callable[[], Any]) -> Any:
        value = read()
        if value in {None, ""} and self._wanted[key]:
            raise BadInput(self._wanted[key])
        return value

    def _labels(self, field: QWidget) -> list[Label]:
        return [label for label in self.findChildren(Label) if label.buddy() is field]


def since(day: dt.date | None) -> str:
    """`since 3 March 2025`; "" for no day."""
    return f"since {long_date(day)}" if day else ""
