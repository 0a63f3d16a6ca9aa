"""The left side of the page: the year by term, and below it what is asked across all meetings."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from ui.format import long_date
from ui.icons import Icon
from ui.pages.meetings.year import YearList, entry_title, school_time
from ui.widgets.buttons import Button
from ui.widgets.choices import NavItem
from ui.widgets.layouts import column, row, rule
from ui.widgets.plain import Label, tip

if TYPE_CHECKING:
    from models.queries.meetings_page import MeetingsYear

HEADS = ("Date", "Meeting", "Kind", "State", "In the school day", "Attendance")
NONE = "No meetings in this year yet."
FIRST_STEP = (
    "They stand here by term: who came, what was decided, who does what. New begins with the first; later "
    "ones can repeat it."
)


class YearPane(QWidget):
    """The pane.

    Attributes:
        list: the year's entries.
        new: the button for a new meeting.
        menu: the menu beside it, for the page to fill.
        all_actions: leads to the actions of all meetings.
        all_decisions: leads to the decisions of all meetings.
    """

    def __init__(self) -> None:
        super().__init__()
        self.list = YearList()
        self._count = Label("", "body", "muted", wrap=True)
        self.new = Button("New", icon=Icon.PLUS, tip="New meeting (Ctrl+N)")
        more = Button(
            "", icon=Icon.MENU, tip="More to do with meetings: repeat, CPD, calendar, export", always=True
        )
        self.menu = QMenu(self)
        more.setMenu(self.menu)
        self._none = Label(NONE, "body", "muted", wrap=True)
        self._none.hide()
        self.all_actions, self.all_decisions = (
            NavItem(Icon.CHECK, "All actions"),
            NavItem(Icon.SHIELD, "All decisions"),
        )
        tip(self.all_actions, "Actions of all meetings, and who holds them")
        head = row(Label("Meetings", "title"), 1, self.new, more, gap=6, margins=(12, 0, 0, 0))
        context_line = column(self._count, margins=(12, 0, 0, 0))
        none = column(self._none, margins=(12, 12, 0, 0))
        foot = column(rule(), self.all_actions, self.all_decisions, gap=2)
        whole = column(
            column(head, context_line, gap=2), none, self.list, foot, gap=8, margins=(12, 20, 12, 12)
        )
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def set_alone(self, *, on: bool) -> None:
        """Say the first step here, where the page's own empty state has no room beside the list."""
        self._none.setText(f"{NONE} {FIRST_STEP}" if on else NONE)

    def set_narrow(self, *, on: bool) -> None:
        """Leave the words of New away, where the pane is narrow."""
        self.new.set_words("" if on else "New", "New meeting (Ctrl+N)")

    def show_counts(self, answer: MeetingsYear) -> None:
        """Show the figures of a year."""
        self._count.setText(answer.count_words)
        self.all_actions.set_count(answer.actions_open)
        self.all_decisions.set_count(answer.decisions)
        self._none.setVisible(not answer.entries)

    def rows(self) -> list[tuple[object, ...]]:
        """The year as rows under `HEADS`, for a spreadsheet."""
        return [
            (one.held_on, entry_title(one), one.kind, one.state, school_time(one), one.came)
            for one in self.list.entries.entries()
        ]

    def copy(self) -> int:
        """Copy the year as a table to paste elsewhere; how many lines it has."""
        rows = self.rows()
        lines = ["\t".join(HEADS)]
        for cells in rows:
            words = (long_date(cell) if isinstance(cell, dt.date) else str(cell) for cell in cells)
            lines.append("\t".join(words))
        QGuiApplication.clipboard().setText("\n".join(lines))
        return len(rows)
