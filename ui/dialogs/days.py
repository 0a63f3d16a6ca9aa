"""The day that a dialog about an entry begins with, and the school year that another day counts in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from models.calendar import near_day
from models.errors import BadInput
from ui.format import school_year, year_label
from ui.widgets.fields import DateField
from ui.widgets.plain import Label

if TYPE_CHECKING:
    import datetime as dt

    from ui.dialogs.form import FormDialog
    from ui.widgets.layouts import Box


def proposed(day: dt.date, today: dt.date) -> dt.date:
    """The day to begin with: today; in a school year that is over, the day of what it is about."""
    return day if school_year(day) < school_year(today) else today


class YearNote(Label):
    """Below a field for a day: says so when that day lies in another school year than the entry.

    Args:
        field: the field.
        day: a day of the entry's year; a day typed without its year is the one nearest to that year.
        today: the day it is.
        words: what the entry does that stays in its own year: "was planned for".

    Attributes:
        said: it says something else now, and may need other room.
    """

    said = Signal()

    def __init__(self, field: DateField, day: dt.date, today: dt.date, words: str) -> None:
        super().__init__("", "caption", "warn", wrap=True)
        self.hide()
        self.field, self._year, self._words = field, school_year(day), words
        field.near = near_day(self._year, today)
        field.textChanged.connect(self._say)
        self._say()

    def _say(self) -> None:
        try:
            year = school_year(self.field.date())
        except BadInput:
            year = self._year
        said = (
            ""
            if year == self._year
            else (f"This day counts in {year_label(year)}; the entry {self._words} {year_label(self._year)}.")
        )
        if said != self.text():
            self.setText(said)
            self.setVisible(bool(said))
            self.said.emit()


def dated(form: FormDialog[Any], label: str, note: YearNote) -> Box:
    """The row of a note's field in a form, under the key `on`, with the note below it."""
    made = form.stack("on", label, note.field)
    made.add(note)
    note.said.connect(lambda: form.fit() if form.isVisible() else None)
    return made
