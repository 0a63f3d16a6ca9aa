"""Agenda and minutes of a meeting: its topics in order, what was said to each, and what came of it all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from models.words import AgendaState
from ui.forms.draft_form import DraftForm
from ui.forms.spec import FormSpec
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.spec import Empty, ListSpec
from ui.overrides import override
from ui.pages.meetings.forms import TOPIC, guarded
from ui.pages.meetings.parts import PartPane
from ui.pages.meetings.topicpanel import TopicPanel
from ui.widgets.buttons import Button
from ui.widgets.layouts import column
from ui.widgets.notes import NoteField

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction, QResizeEvent, QShowEvent

    from models.queries.meeting_detail import MeetingDetail, TopicLine
    from ui.context import AppContext

LEAST, ANY_HEIGHT = 3, 16_777_215  # topics that there is always room for; Qt's own “no limit”
MINUTES = FormSpec(
    "meeting", "minutes", rows=(("outcome",), ("minutes",)), width=640,
    helps={"outcome": "One or two sentences; of meetings with the Advisor they are printed in the pack."},
    **guarded("meeting"),
)  # fmt: skip


def _state(topic: TopicLine) -> str:
    return topic.state.label


def _notes(topic: TopicLine) -> str:
    parts = ("every meeting" if topic.recurring else "", "carried over" if topic.carried else "")
    return ", ".join(part for part in parts if part)


TOPICS: ListSpec[TopicLine] = ListSpec(
    key="agenda",
    table="agenda_item",
    noun="topic",
    plural="topics",
    columns=(
        Column(
            "", lambda one: str(one.position), lambda one: one.position, Look.MUTED, right=True, sample="10"
        ),
        Column(
            "Topic",
            lambda one: one.title,
            lambda one: one.title.casefold(),
            stretch=True,
            tip=lambda one: one.title,
        ),
        Column("Proposed by", lambda one: one.proposed_by or "–", lambda one: one.proposed_by.casefold()),
        Column("", _notes, _notes, Look.MUTED),
        Column("State", _state, _state, Look.STATE),
    ),
    identity=lambda one: one.id,
    title=lambda one: one.title,
    ask=None,
    empty=Empty(
        Icon.PACK,
        "The agenda: what the schools want to talk about, and who proposed it.",
        "Add the first topic",
    ),
    form=TOPIC,
    words=lambda one: f"{one.title} {one.proposed_by} {one.minutes}",
)


class MinutesForm(DraftForm):
    """Outcome in a line or two, and room for the minutes."""

    @override
    def dress(self) -> None:
        super().dress()
        for name, lines in (("outcome", 2), ("minutes", 10)):
            field = self.entries[name].widget if hasattr(self, "entries") else None
            if isinstance(field, NoteField):
                field.set_lines(lines)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self.dress()
        super().showEvent(event)


class AgendaTab(QWidget):
    """The tab.

    Args:
        context: the shared things.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._detail: MeetingDetail | None = None
        self._carry = Button("Carry over…", tip="Put open and recurring topics on the next agenda")
        self._carry.clicked.connect(self.carry_over)
        self._panel = TopicPanel(self.legal)
        self._panel.write_wanted.connect(self.write_minutes)
        self._verbs: dict[str, QAction] = {}
        self.pane: PartPane[TopicLine] = PartPane(context, TOPICS, tools=(self._carry,))
        self.pane.chosen.connect(self._panel.show_record)
        self._verbs = self._build_verbs()
        self._editor = self._minutes_editor()
        # beside the list and not in it: the meeting has minutes even where it has no topics
        body = column(self.pane, column(self._panel, margins=(12, 0, 0, 0)), gap=20)
        body.setStretch(0, 1)
        body.setStretch(1, 1)
        self.setLayout(body)

    def show_detail(self, detail: MeetingDetail) -> None:
        """Show a meeting's agenda."""
        self._detail = detail
        new = {"meeting_id": detail.id, "position": len(detail.topics) + 1}
        self.pane.show_part(detail.topics, new, frozen=detail.frozen)
        open_ = not detail.frozen
        self._carry.setVisible(open_ and bool(detail.carry) and bool(detail.next_name))
        self._panel.show_meeting(detail)
        self._fit(len(detail.topics))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(len(self._detail.topics) if self._detail is not None else 0)

    def _fit(self, topics: int) -> None:
        """Let a short agenda be as tall as its topics, so that what was said stands right below it."""
        table = self.pane.table
        around = self.pane.sizeHint().height() - table.sizeHint().height()
        rows = max(topics, LEAST) * table.verticalHeader().defaultSectionSize()
        tall = around + table.horizontalHeader().sizeHint().height() + rows
        self.pane.setMaximumHeight(tall if topics else ANY_HEIGHT)

    def legal(self, topic: TopicLine) -> list[QAction]:
        """What can be done with a topic now."""
        detail = self._detail
        if detail is None or detail.frozen:
            return []
        keys = ["discussed" if topic.state is AgendaState.OPEN else "open"]
        if topic.state is not AgendaState.DROPPED:
            keys.append("dropped")
        if topic.state is AgendaState.OPEN and detail.next_name:
            keys.append("put_off")
        places = [one.id for one in detail.topics]
        if topic.id in places[1:]:
            keys.append("up")
        if topic.id in places[:-1]:
            keys.append("down")
        return [self._verbs[key] for key in keys if key in self._verbs]

    def arrange(self, ems: float) -> None:
        """Lay out for a window of so many ems."""
        self.pane.arrange(ems)

    # -- verbs

    def write_minutes(self) -> None:
        """Open the form for outcome and minutes of the whole meeting."""
        if self._detail is not None and not self._detail.frozen:
            self._editor.edit(self._detail.id)

    def carry_over(self) -> None:
        """Put open and recurring topics on the next agenda."""
        from models.services import agenda

        detail = self._detail
        if detail is None:
            return

        def done(went: tuple[int, str]) -> None:
            number, to = went
            topics = "1 topic" if number == 1 else f"{number} topics"
            self._context.messages.say(f"{topics} carried over to {to}.", "agenda")

        name = f"Carry topics on from {detail.code}"
        self._context.book.change(name, partial(agenda.carry_on, meeting_id=detail.id), done)

    def _set_state(self, state: AgendaState, name: str) -> None:
        from models import tables as t
        from models.services import minutes

        topic, detail = self.pane.current(), self._detail
        if topic is None or detail is None or detail.frozen or topic.state is state:
            return
        action = partial(minutes.change, record=t.AgendaItem, record_id=topic.id, values={"state": state})
        self._context.book.change(f"{name} of {detail.code}", action)

    def _put_off(self) -> None:
        from models.services import agenda

        topic, detail = self.pane.current(), self._detail
        if topic is None or detail is None or topic.state is not AgendaState.OPEN:
            return

        def done(to: str) -> None:
            self._context.messages.say(f"Put off to {to}.", "agenda")

        name = f"Put off a topic of {detail.code}"
        self._context.book.change(name, partial(agenda.put_off, item_id=topic.id), done)

    def _move(self, by: int) -> None:
        from models.services import agenda

        topic, detail = self.pane.current(), self._detail
        if topic is None or detail is None or detail.frozen:
            return
        order = [one.id for one in detail.topics]
        at = order.index(topic.id)
        if not 0 <= at + by < len(order):
            return
        order[at], order[at + by] = order[at + by], order[at]
        action = partial(agenda.put_in_order, meeting_id=detail.id, item_ids=order)
        self._context.book.change(f"Order the agenda of {detail.code}", action)

    # -- building

    def _build_verbs(self) -> dict[str, QAction]:
        known: dict[str, tuple[str, str, Callable[[], None]]] = {
            "discussed": (
                "Discussed",
                "Ctrl+D",
                partial(self._set_state, AgendaState.DISCUSSED, "Discuss a topic"),
            ),
            "open": ("Open again", "", partial(self._set_state, AgendaState.OPEN, "Open a topic")),
            "dropped": ("Drop", "", partial(self._set_state, AgendaState.DROPPED, "Drop a topic")),
            "put_off": ("Put off to next time", "Ctrl+Shift+Right", self._put_off),
            "up": ("Up", "Ctrl+Up", partial(self._move, -1)),
            "down": ("Down", "Ctrl+Down", partial(self._move, 1)),
            "minutes": ("Write minutes…", "Ctrl+M", self.write_minutes),
        }
        return {key: self.pane.add_action(key, *spec) for key, spec in known.items()}

    def _minutes_editor(self) -> Any:
        from ui.forms.editor import Editor

        return Editor(self._context, self, MINUTES, MinutesForm)
