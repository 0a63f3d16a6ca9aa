"""The window in which things are ticked that served an aim or a focus area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent

from ui import theme
from ui.delegates.table import RecordTable
from ui.delegates.ticking import Ticks
from ui.dialogs.form import FormDialog
from ui.format import count, short_date
from ui.itemmodels.columns import Column, Look
from ui.overrides import override
from ui.widgets.choices import Chip
from ui.widgets.fields import TextField
from ui.widgets.layouts import row
from ui.widgets.plain import Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from models.queries.serving import Linkable, ToLink

AROUND = 270  # pixels at 100 % text size that all but the table take
Key = tuple[str, int]
NOTHING = (
    "Nothing of this year is entered yet that could be linked: enter meetings, CPD, projects, activities or "
    "evidence first."
)


@dataclass(frozen=True)
class Linked:
    """What is to be linked, and what no more."""

    link: tuple[Key, ...]
    unlink: tuple[Key, ...]


def _when(day: dt.date | None) -> str:
    return f"{short_date(day)} {day.year}" if day else "–"


def _schools(one: Linkable) -> str:
    if not one.schools:
        return "–"
    return one.schools[0] if len(one.schools) == 1 else count(len(one.schools), "school")


class LinkDialog(FormDialog[Linked]):
    """What there is of the year, each with a box; what is linked already is ticked.

    Args:
        parent: the window it belongs to.
        found: what could be linked.
        school: of a gap, the school for which nothing is linked: its id and name.
    """

    def __init__(self, parent: QWidget | None, found: ToLink, school: tuple[int, str] | None = None) -> None:
        aim = found.target.aim
        title = f"What served aim {aim}?" if aim else f"What served “{found.words}”?"
        super().__init__(parent, title, "Save", 780, stays=True)
        self._things, self._school = found.things, school
        self._before = frozenset(one.key for one in found.things if one.linked)
        self.ticks: Ticks[Linkable] = Ticks(lambda one: one.key, lambda _one: True, self)
        self.table: RecordTable[Linkable] = RecordTable(
            "What could be linked: Space ticks, Enter saves", self._columns(), lambda one: one.key
        )
        self.ticks.tie(self.table)
        self.filter = TextField(most=100, hint="Filter by words, kind, date or school")
        self.filter.setAccessibleName("Filter")
        self.filter.setClearButtonEnabled(True)
        self._note = Label("", "body", "muted")
        self._chips = [Chip("All", None), Chip("Linked", None)]
        if school is not None:
            self._chips.insert(0, Chip(f"{school[1]} took part", None))
        self._lay(found)
        self._tie()
        self.table.show_records(found.things)
        self.ticks.tick_only(self._before)
        self._choose_chip(0)

    @override
    def draft(self) -> Linked:
        now = {one.key for one in self.ticks.ticked()}
        return Linked(tuple(sorted(now - self._before)), tuple(sorted(self._before - now)))

    @override
    def _state(self) -> str:
        return repr(sorted(one.key for one in self.ticks.ticked()))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.filter.setFocus()

    # -- inside

    def _columns(self) -> list[Column[Linkable]]:
        return [
            self.ticks.column,
            Column("What", lambda one: one.title, lambda one: one.title.casefold(), stretch=True),
            Column("Kind", lambda one: one.kind, lambda one: one.kind),
            Column("When", lambda one: _when(one.on), lambda one: one.on, sample="30 May 2025"),
            Column(
                "Schools",
                _schools,
                lambda one: len(one.schools),
                Look.MUTED,
                sample=max(map(_schools, self._things), key=len, default=""),
                tip=lambda one: ", ".join(one.schools),
                spoken=lambda one: ", ".join(one.schools),
            ),
        ]

    def _lay(self, found: ToLink) -> None:
        words = found.words
        if self._school is not None:
            words += f". For {self._school[1]} nothing is linked lately: tick what it took part in."
        self._form.add(Label(words, "body", "muted", wrap=True))
        line = row(row(*self._chips, gap=8), self.filter, gap=12)
        line.setStretchFactor(self.filter, 1)
        self._form.add(line, self.table, self._note)
        now = theme.now()
        self.table.setMinimumHeight(min(now.fs(300), max(self._room() - now.fs(AROUND), 4 * now.row)))
        if not found.things:
            self._note.setText(NOTHING)
            self._note.setWordWrap(True)

    def _tie(self) -> None:
        for number, chip in enumerate(self._chips):
            chip.clicked.connect(partial(self._choose_chip, number))
        self.filter.textChanged.connect(self._filter_now)
        self.filter.installEventFilter(self)
        self.ticks.changed.connect(self._count)
        self.table.opened.connect(lambda _one: self.submit())

    def _choose_chip(self, number: int) -> None:
        for at, chip in enumerate(self._chips):
            chip.setChecked(at == number)
        self._filter_now()

    def _test(self) -> Callable[[Linkable], bool]:
        number = next(n for n, chip in enumerate(self._chips) if chip.isChecked())
        if self._school is not None and number == 0:
            school_id = self._school[0]
            return lambda one: school_id in one.school_ids
        if number == len(self._chips) - 1:
            return lambda one: one.key in self._before
        return lambda _one: True

    def _filter_now(self) -> None:
        words, test = self.filter.text().casefold().split(), self._test()

        def wanted(one: Linkable) -> bool:
            text = f"{one.code} {one.title} {one.kind} {_when(one.on)} {' '.join(one.schools)}".casefold()
            return test(one) and all(word in text for word in words)

        self.table.records.keep_only(wanted)
        if self.table.current() is None and self.table.records.rowCount():
            self.table.setCurrentIndex(self.table.records.index(0, 0))
        self._count()

    def _count(self) -> None:
        if not self._things:
            return
        found = self.draft()
        parts = [f"{len(self._before)} linked"]
        parts += [f"{len(found.link)} to link"] if found.link else []
        parts += [f"{len(found.unlink)} to take away"] if found.unlink else []
        if not self.table.records.rowCount():
            parts.insert(0, "Nothing here matches")
        self._note.setText(" · ".join(parts))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the filter, Down and Enter lead into the list."""
        if (
            watched is self.filter
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.table.setFocus()
            return True
        return super().eventFilter(watched, event)
