"""Lend or reserve: to whom, from when, due when; the rules answer while one types."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker

from models.errors import BadInput
from models.rules.due_dates import checked_due
from models.rules.verdict import Severity
from ui.dialogs.form import FormDialog
from ui.format import long_date, weekday_date
from ui.overrides import override
from ui.widgets.fields import DateField
from ui.widgets.layouts import column, holder
from ui.widgets.notes import NoteField
from ui.widgets.pick import Pick
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.queries.lending import LendFacts

OTHER_DAY = "Another day"


@dataclass(frozen=True)
class Lending:
    """What was entered. `out`: it is handed over now, not only booked."""

    school_id: int
    person_id: int | None
    starts_on: dt.date
    due_on: dt.date
    notes: str
    out: bool


def day_choice(choice: Pick, day: DateField) -> QWidget:
    """Days to choose from and, for another one, a field to type it in: together one field of a form."""
    choice.setAccessibleName("Due back")
    day.setAccessibleName("Day it is due back")
    both = holder(column(choice, day, gap=6))
    both.setFocusProxy(choice)
    return both


class LendDialog(FormDialog[Lending]):
    """Lends a resource; from a day ahead, it reserves it.

    Args:
        parent: the window it belongs to.
        facts: what the book knows.
        reserve: book it only, whatever the day.
    """

    def __init__(self, parent: QWidget | None, facts: LendFacts, *, reserve: bool = False) -> None:
        verb = "Reserve" if reserve else "Lend"
        super().__init__(parent, f"{verb} {facts.resource.name}", verb, 460, stays=True)
        self.facts, self._reserve = facts, reserve
        self.school = Pick([(one.name, one.id) for one in facts.schools], "Choose a school…")
        self.person = Pick([], "Nobody in particular")
        self.starts = DateField(lambda: facts.today, facts.today)
        self.due = Pick([])
        self.day = DateField(lambda: facts.today)
        self.notes = NoteField(lines=2)
        self._no, self._beware = Label("", "body", "bad", wrap=True), Label("", "body", "warn", wrap=True)
        self._chose_due = False
        self._build()
        self.due.picked.connect(self._on_due)
        for changed in (self.school.picked, self.starts.editingFinished, self.due.picked):
            changed.connect(self._on_changed)
        for field in (self.starts, self.day):
            field.textChanged.connect(self._judge)
        self.school.picked.connect(self._offer_people)
        self._offer_due()
        self._on_changed()

    def _build(self) -> None:
        self.row("school_id", "To", self.school)
        self.row("person_id", "Who answers for it", self.person)
        self.row("starts_on", "From", self.starts)
        self.row("due_on", "Due back", day_choice(self.due, self.day))
        self.row("notes", "Notes", self.notes)
        self._form.add(column(self._no, self._beware, gap=6))

    @override
    def draft(self) -> Lending:
        school_id = self.take("school_id", self._school)
        starts_on = self.take("starts_on", self.starts.date)
        due_on = self.take("due_on", self._due_day)
        notes = self.take("notes", self.notes.text)
        person_id = self.take("person_id", self.person.checked_value)
        if school_id is None or starts_on is None or due_on is None or notes is None or self._wrong:
            raise BadInput("Some of this is not right yet.")
        checked_due(due_on, starts_on, self.facts.calendars[school_id])
        if refused := self._refusals(school_id, starts_on, due_on):
            raise BadInput(refused[0], "starts_on")
        out = not self._reserve and starts_on <= self.facts.today
        return Lending(school_id, person_id, starts_on, due_on, notes, out)

    def said(self) -> str:
        """What the rules say to what is entered: what is refused, then what to beware of."""
        return "\n".join(label.text() for label in (self._no, self._beware) if label.text())

    def _school(self) -> int:
        found: int | None = self.school.checked_value()
        if found is None:
            raise BadInput("Choose the school that borrows it.")
        return found

    def _due_day(self) -> dt.date:
        found: dt.date | None = self.due.value()
        return found if found is not None else self.day.date()

    # -- as one types

    def _on_changed(self) -> None:
        self._offer_due()
        self.day.setVisible(self.due.value() is None)
        if self.isVisible():
            self.fit()
        self._judge()

    def _offer_people(self) -> None:
        school_id = self.school.value()
        people = self.facts.people_of(school_id) if school_id else ()
        self.person.offer([(one.name, one.id) for one in people])
        leader = self.facts.leaders.get(school_id or 0)
        if leader is not None:
            self.person.show_value(leader)

    def _offer_due(self) -> None:
        """The days to choose from follow the day it starts and the school's calendar; the choice stays."""
        starts_on = self._typed_start()
        if starts_on is None:
            return
        school_id = self.school.value() or next((one.id for one in self.facts.schools), None)
        days = self.facts.suggestions(school_id, starts_on) if school_id else ()
        at = self.due.currentIndex()
        entries = [*((one.text, one.on) for one in days), (OTHER_DAY, None)]
        if [words for words, _ in entries] != [self.due.itemText(n) for n in range(self.due.count())]:
            self.due.offer(entries)
        if not self._chose_due:  # the first day on which it is not promised to another school
            free = [n for n, one in enumerate(days) if not self._refusals(school_id or 0, starts_on, one.on)]
            at = free[0] if free else 0
        with QSignalBlocker(self.due):
            self.due.setCurrentIndex(min(max(at, 0), len(entries) - 1))

    def _refusals(self, school_id: int, starts_on: dt.date, due_on: dt.date) -> list[str]:
        said = self.facts.verdicts(school_id, starts_on, due_on)
        return [one.text for one in said if one.severity is Severity.REFUSE]

    def _on_due(self) -> None:
        self._chose_due = True

    def _typed_start(self) -> dt.date | None:
        try:
            return self.starts.date()
        except BadInput:
            return None

    def _judge(self) -> None:
        starts_on, school_id = self._typed_start(), self.school.value()
        self.day.near = starts_on or self.day.near  # due on a 3 April after the day it starts
        later = starts_on is not None and starts_on > self.facts.today
        self._accept.set_words("Reserve" if later or self._reserve else "Lend")
        no, beware = self._said_to(starts_on, school_id) if starts_on else ([], [])
        if later and starts_on is not None and not self._reserve and not no:
            beware.append(f"It is reserved, and can be handed out from {long_date(starts_on)}.")
        before = self.said()
        for label, said in ((self._no, no), (self._beware, beware)):
            label.setText("\n".join(said))
            label.setVisible(bool(said))
        if self.isVisible() and self.said() != before:
            self.fit()

    def _said_to(self, starts_on: dt.date, school_id: int | None) -> tuple[list[str], list[str]]:
        """What is refused, and what to beware of; the cluster's days hold until a school is chosen."""
        borrower = school_id or next((one.id for one in self.facts.schools), 0)
        if not borrower:
            return [], []
        try:
            due_on = checked_due(self._due_day(), starts_on, self.facts.calendars[borrower])
        except BadInput as wrong:
            # half a date is no mistake yet; a holiday is one
            return ([str(wrong)] if wrong.field else []), []
        verdicts = self.facts.verdicts(borrower, starts_on, due_on)
        no = [one.text for one in verdicts if one.severity is Severity.REFUSE]
        return no, [one.text for one in verdicts if one.severity is not Severity.REFUSE]


class DueDialog(FormDialog[dt.date]):
    """Lets a loan fall due on another day.

    Args:
        parent: the window it belongs to.
        facts: what the book knows of the resource.
        name: what the loan is called.
        school_id: the borrower.
        starts_on: the loan's first day.
        due_on: the day it is due now.
    """

    def __init__(
        self,
        parent: QWidget | None,
        facts: LendFacts,
        name: str,
        *,
        school_id: int,
        starts_on: dt.date,
        due_on: dt.date,
    ) -> None:
        super().__init__(parent, f"Extend {name}", "Extend", 420, stays=True)
        self._calendar = facts.calendars[school_id]
        self._starts_on, self._today = starts_on, facts.today
        begins = max(starts_on, min(due_on, facts.today))
        days = [one for one in facts.suggestions(school_id, max(begins, facts.today)) if one.on > due_on]
        self.due = Pick([*((one.text, one.on) for one in days), (OTHER_DAY, None)])
        self.due.setCurrentIndex(0)
        self.day = DateField(lambda: facts.today)
        self._form.add(Label(f"It is due back on {weekday_date(due_on)}.", "body", "muted", wrap=True))
        self.row("due_on", "Due back instead", day_choice(self.due, self.day))
        self.due.picked.connect(self._on_picked)
        self.day.setVisible(self.due.value() is None)

    @override
    def draft(self) -> dt.date:
        found: dt.date | None = self.due.value()
        day = self.take("due_on", lambda: found if found is not None else self.day.date())
        if day is None:
            raise BadInput("Some of this is not right yet.")
        return checked_due(day, self._starts_on, self._calendar)

    def _on_picked(self) -> None:
        self.day.setVisible(self.due.value() is None)
        self.fit()
