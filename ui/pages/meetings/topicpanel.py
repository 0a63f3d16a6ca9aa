"""Below the agenda: the topic chosen with what was said to it, and then the minutes of the whole meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from ui.lists.detail import DetailPanel, facts
from ui.overrides import override
from ui.pages.meetings.parts import verbs_head
from ui.widgets.buttons import Button
from ui.widgets.layouts import column, row, rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from models.queries.meeting_detail import MeetingDetail, TopicLine
    from ui.widgets.layouts import Item


class TopicPanel(DetailPanel):
    """The panel.

    Args:
        legal: what can be done with a topic now.

    Attributes:
        write_wanted: the minutes of the whole meeting are to be written.
    """

    write_wanted = Signal()

    def __init__(self, legal: Callable[[TopicLine], list[QAction]]) -> None:
        super().__init__("Topic and minutes")
        self._legal = legal
        self._detail: MeetingDetail | None = None
        self._topic: TopicLine | None = None

    def show_meeting(self, detail: MeetingDetail) -> None:
        """Show the minutes of another meeting."""
        self._detail = detail
        self._show()

    @override
    def show_record(self, record: Any) -> None:
        self._topic = record
        self._show()

    def _show(self) -> None:
        if self._detail is not None:
            self.fill(*self._of_topic(), *self._of_meeting(self._detail))

    def _of_topic(self) -> list[Item]:
        topic = self._topic
        if topic is None:
            return []
        head = verbs_head(topic.title, topic.state.label, self._legal(topic))
        said = topic.minutes or "Nothing was noted to this topic. Press Enter to write what was said."
        known = [("Carried from", topic.carried), ("Went on to", topic.went_on)]
        found: list[Item] = [head, Label(said, "body", "" if topic.minutes else "muted", wrap=True)]
        if topic.carried or topic.went_on:
            found.append(facts(known))
        return [column(*found, gap=8), rule()]

    def _of_meeting(self, detail: MeetingDetail) -> list[Item]:
        head = row(Label("The whole meeting", "section"), 1)
        if not detail.frozen:
            write = Button("Write minutes…", tip="Outcome and minutes of the whole meeting (Ctrl+M)")
            write.clicked.connect(self.write_wanted)
            head.add(write)
        lines = column(head, gap=8)
        if detail.outcome:
            lines.add(Label(detail.outcome, "strong", wrap=True))
        if detail.minutes:
            lines.add(Label(detail.minutes, wrap=True))
        if not detail.outcome and not detail.minutes:
            lines.add(Label("No minutes of the whole meeting yet.", "body", "muted", wrap=True))
        return [lines]
