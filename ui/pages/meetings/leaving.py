"""Asks before marks that are not saved go with the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from ui.messages import Question
from ui.overrides import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext
    from ui.pages.meetings.panel import MeetingPanel


class Leaving(QObject):
    """Watches the window of the page.

    Args:
        context: the shared things.
        meeting: the panel with the register.
    """

    def __init__(self, context: AppContext, meeting: MeetingPanel) -> None:
        super().__init__(meeting)
        self._context, self._meeting = context, meeting

    def watch(self, window: QWidget) -> None:
        """Ask when this window is about to close."""
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Close and watched is self._meeting.window():
            unsaved = self._meeting.unsaved_meetings()
            if unsaved:
                event.ignore()
                self._ask(unsaved)
                return True
        return super().eventFilter(watched, event)

    def _ask(self, unsaved: int) -> None:
        registers = "one meeting" if unsaved == 1 else f"{unsaved} meetings"
        text = f"Attendance of {registers} is typed and not saved."
        question = Question("Close without saving?", text, "Discard", "Keep editing")
        self._context.messages.ask(question, "close unsaved", self._discard)

    def _discard(self) -> None:
        self._meeting.register.discard_all()
        self._meeting.window().close()
