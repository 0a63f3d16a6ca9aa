"""One entry of a form: the widget for a kind of field, and how its value is read and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from models.errors import BadInput
from models.exchange.columns import Kind
from ui.format import clock, long_date, parse_date, parse_pounds, parse_time, pounds, school_year, year_label
from ui.overrides import override
from ui.widgets.fields import TextField
from ui.widgets.notes import NoteField
from ui.widgets.pick import Pick
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from models.exchange.columns import Column
    from models.queries.choosing import FormFacts

NOT_CHOSEN = "Choose…"
NOTHING = "None"
YEARS_AHEAD = 3  # that a form offers beyond the last with anything in it: dates are planned early
LINES_FROM = 254  # a text that may be longer than this gets several lines; an address does not


class Entry(QObject):
    """A field of a form.

    Attributes:
        widget: what is typed into.
        changed: something else is typed or chosen now.
    """

    changed = Signal()

    def __init__(self, column: Column, widget: QWidget) -> None:
        super().__init__(widget)
        self.column, self.widget = column, widget

    def read(self) -> Any:
        """The value as the Draft wants it; None for nothing.

        Raises:
            BadInput: what was typed cannot be understood.
        """
        raise NotImplementedError

    def show(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError


class TextEntry(Entry):
    """A line of words, or a code, which is given out where it is left empty."""

    def __init__(self, column: Column) -> None:
        hint = "Given out when it is saved" if column.prefix else ""
        self._field = TextField(most=max(column.limit, 1), hint=hint)
        super().__init__(column, self._field)
        self._field.textChanged.connect(self.changed)

    @override
    def read(self) -> str:
        return self._field.text().strip()

    @override
    def show(self, value: Any) -> None:
        self._field.setText(value or "")
        self._field.setCursorPosition(0)


class NoteEntry(Entry):
    """Words of several lines."""

    def __init__(self, column: Column) -> None:
        self._field = NoteField(most=column.limit, lines=2 if column.limit <= 500 else 4)
        super().__init__(column, self._field)
        self._field.textChanged.connect(self.changed)

    @override
    def read(self) -> str:
        text = self._field.text()
        return text if self.column.lines else " ".join(text.split())

    @override
    def show(self, value: Any) -> None:
        self._field.setPlainText(value or "")


class ReadBack(Entry):
    """A line that is read in many ways and shown in one when the keyboard leaves it."""

    def __init__(self, column: Column, hint: str, *, right: bool = False) -> None:
        self._field = TextField(most=40, hint=hint)
        self._right = right
        super().__init__(column, self._field)
        self._field.textChanged.connect(self.changed)
        self._field.editingFinished.connect(self._read_back)

    def parse(self, text: str) -> Any:
        """What a typed text means."""
        raise NotImplementedError

    def words(self, value: Any) -> str:
        """A value as it is shown."""
        raise NotImplementedError

    @override
    def read(self) -> Any:
        text = self._field.text().strip()
        return self.parse(text) if text else None

    @override
    def show(self, value: Any) -> None:
        self._field.setText("" if value is None else self.words(value))

    def _read_back(self) -> None:
        if not self._field.text().strip():
            return  # what is passed over stays not entered: an amount would read £0.00 (R-REV-5)
        try:
            value = self.read()
        except BadInput:
            return  # the form says so beside the field when it is saved
        words = "" if value is None else self.words(value)
        if words != self._field.text():
            self._field.setText(words)


class DayEntry(ReadBack):
    """A date typed in any British way."""

    def __init__(self, column: Column, today: dt.date, near: dt.date) -> None:
        super().__init__(column, "3/9/24, 3 Sept or next thu")
        self._today, self._near = today, near

    @override
    def parse(self, text: str) -> dt.date:
        return parse_date(text, self._today, self.column.field, self._near)

    @override
    def words(self, value: dt.date) -> str:
        return long_date(value)


class HourEntry(ReadBack):
    """A time of day: 1.15, 1:15pm, 1315."""

    def __init__(self, column: Column) -> None:
        super().__init__(column, "1:15pm")

    @override
    def parse(self, text: str) -> dt.time:
        return parse_time(text, self.column.field)

    @override
    def words(self, value: dt.time) -> str:
        return clock(value)


class MoneyEntry(ReadBack):
    """An amount: 100, £100, 100.5. Nothing typed is nothing entered, or zero where that is not optional."""

    def __init__(self, column: Column, *, optional: bool) -> None:
        super().__init__(column, "£")
        self._optional = optional

    @override
    def parse(self, text: str) -> int:
        return parse_pounds(text, self.column.field)

    @override
    def words(self, value: int) -> str:
        return pounds(value)

    @override
    def read(self) -> int | None:
        found: int | None = super().read()
        return 0 if found is None and not self._optional else found

    @override
    def show(self, value: Any) -> None:
        super().show(value if value or self._optional else None)


class NumberEntry(ReadBack):
    """A whole number."""

    def __init__(self, column: Column) -> None:
        super().__init__(column, "")

    @override
    def parse(self, text: str) -> int:
        plain = text.replace(",", "").replace(" ", "")
        if not plain.lstrip("-").isascii() or not plain.lstrip("-").isdigit():
            raise BadInput(f"“{text}” is not a whole number: write it like 12.", self.column.field)
        return int(plain)

    @override
    def words(self, value: int) -> str:
        return f"{value:,}"


class FlagEntry(Entry):
    """Yes or no."""

    def __init__(self, column: Column) -> None:
        self._tick = Tick(column.heading, column.help)
        super().__init__(column, self._tick)
        self._tick.toggled.connect(self.changed)

    @override
    def read(self) -> bool:
        return self._tick.isChecked()

    @override
    def show(self, value: Any) -> None:
        self._tick.setChecked(bool(value))


class PickEntry(Entry):
    """One of several: a word, a record, a year, or yes, no and not said."""

    def __init__(self, column: Column, entries: list[tuple[str, Any]], none: str) -> None:
        self._pick = Pick(entries, none)
        super().__init__(column, self._pick)
        self._pick.picked.connect(self.changed)
        line = self._pick.lineEdit()
        if line is not None:
            line.textEdited.connect(self.changed)

    @property
    def pick(self) -> Pick:
        """The list."""
        return self._pick

    @override
    def read(self) -> Any:
        return self._pick.checked_value()

    @override
    def show(self, value: Any) -> None:
        self._pick.show_value(value)


def entry_for(column: Column, facts: FormFacts, *, optional: bool, blank: bool = False) -> Entry:
    """The entry for a field.

    Args:
        column: the field.
        facts: what the book offers for links and years.
        optional: nothing may be chosen or typed.
        blank: something must be, but nothing is to begin with.
    """
    choices = _choices(column, facts, optional=optional, blank=blank)
    if choices is not None:
        return PickEntry(column, *choices)
    made: dict[Kind, Callable[[], Entry]] = {
        Kind.TEXT: lambda: NoteEntry(column) if _is_long(column) else TextEntry(column),
        Kind.MONEY: lambda: MoneyEntry(column, optional=optional),
        Kind.DAY: lambda: DayEntry(column, facts.today, facts.near),
        Kind.HOUR: lambda: HourEntry(column),
        Kind.NUMBER: lambda: NumberEntry(column),
        Kind.FLAG: lambda: FlagEntry(column),
        Kind.SETTING: lambda: TextEntry(column),
    }
    return made[column.kind]()


def _choices(
    column: Column, facts: FormFacts, *, optional: bool, blank: bool
) -> tuple[list[tuple[str, Any]], str] | None:
    """What a field offers to choose from, and the words for none; None for a field that is typed."""
    none = NOTHING if optional else NOT_CHOSEN
    if column.kind is Kind.LINK:
        offered = facts.options.get(column.target, ())
        return [(f"{one.words} (past)" if one.past else one.words, one.id) for one in offered], none
    if column.kind is Kind.CHOICE:
        return [(_label(word), word) for word in column.words], none if optional or blank else ""
    if column.kind is Kind.YEAR:
        last = max((school_year(facts.today), *facts.years)) + YEARS_AHEAD
        years = sorted({*facts.years, *range(school_year(facts.today), last + 1)})
        return [(year_label(year), year) for year in years], ""
    if column.kind is Kind.FLAG and optional:
        return [("Yes", True), ("No", False)], "Not said"
    return None


def _is_long(column: Column) -> bool:
    return column.lines or column.limit > LINES_FROM


def _label(word: Any) -> str:
    return str(getattr(word, "label", word))
