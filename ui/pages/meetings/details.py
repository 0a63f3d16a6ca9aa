"""Details of a meeting: when, where, what for, whether it is in the school day and why, and what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from ui.format import NOT_ENTERED
from ui.icons import Icon
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import ScrollPane, clear, column, row, rule
from ui.widgets.painted import IconMark
from ui.widgets.parts import pair, section
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from models.queries.meeting_detail import MeetingDetail
    from ui.widgets.layouts import Box

NAMES = 112  # pixels at 100 % text size
INSIDE = {
    True: ("In school time", "good"),
    False: ("Outside school time", "warn"),
    None: ("School time not known", "muted"),
}


class DetailsTab(QWidget):
    """The tab.

    Attributes:
        edit_wanted: the details are to be changed.
        invite_wanted: who is asked is to be changed.
        serve_wanted: what it serves is to be changed.
    """

    edit_wanted = Signal()
    invite_wanted = Signal()
    serve_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._body = column(gap=18, margins=(0, 4, 12, 12))
        self._pane = ScrollPane(self._body)
        self.setLayout(column(self._pane, margins=(12, 0, 0, 0)))

    def show_detail(self, detail: MeetingDetail) -> None:
        """Show a meeting."""
        self._pane.inner.setUpdatesEnabled(False)
        try:
            clear(self._body)
            self._body.add(*self._notes(detail), self._school_time(detail), rule(), self._facts(detail))
            if detail.outcome:
                self._body.add(rule(), section("Outcome", Label(detail.outcome, wrap=True), gap=6))
            if detail.reopened:
                lines = [Label(line, "body", "muted", wrap=True) for line in detail.reopened]
                self._body.add(rule(), section("Minutes reopened", *lines, gap=6))
            self._body.add(1)
        finally:
            self._pane.inner.setUpdatesEnabled(True)

    def _notes(self, detail: MeetingDetail) -> list[Box]:
        """What the rules say about it, each with a sign."""
        lines = []
        for text in detail.notes:
            line = row(IconMark(Icon.ALERT, "warn"), Label(text, wrap=True), gap=10)
            line.setStretch(1, 1)
            lines.append(line)
        return lines

    def _school_time(self, detail: MeetingDetail) -> Box:
        words, tone = INSIDE[detail.inside]
        head = row(
            IconMark(Icon.CLOCK, tone), Label(words, "strong", "" if tone == "muted" else tone), 1, gap=10
        )
        why = column(
            Label(detail.inside_why, wrap=True), Label(detail.counts_why, "body", "muted", wrap=True), gap=4
        )
        return column(head, row(why, margins=(28, 0, 0, 0)), gap=4)

    def _facts(self, detail: MeetingDetail) -> Box:
        from models.queries.meeting_detail import invited_words

        none = "Not entered yet"
        lines = column(
            pair("Purpose", detail.purpose or none, "" if detail.purpose else "warn", width=NAMES),
            self._with_button("Serves", "; ".join(detail.serves) or none, "Aims…", self.serve_wanted),
            pair("When", detail.when, width=NAMES),
            pair("Where", none if detail.place == NOT_ENTERED else detail.place, width=NAMES),
            gap=10,
        )
        if detail.link:
            lines.add(pair("Online link", detail.link, width=NAMES))
        lines.add(
            pair("Kind", detail.kind.label, width=NAMES),
            self._with_button("Asked", invited_words(detail), "Who is asked…", self.invite_wanted),
            pair("Audience", detail.audience.label, width=NAMES),
        )
        if detail.three_e is not None:
            lines.add(pair("3E stage", detail.three_e.label, width=NAMES))
        lines.add(pair("Number", detail.code, width=NAMES))
        edit = Button("Edit details…", tip="Ctrl+E")
        edit.clicked.connect(self.edit_wanted)
        lines.add(row(edit, 1, margins=(0, 6, 0, 0)))
        return lines

    def _with_button(self, name: str, value: str, words: str, wanted: SignalInstance) -> Box:
        button = Button(words, Kind.LINK, tip=f"{words.rstrip('…')}: {name.lower()}")
        button.clicked.connect(wanted)
        line = row(pair(name, value, width=NAMES), button, gap=12)
        line.setStretch(0, 1)
        return line
