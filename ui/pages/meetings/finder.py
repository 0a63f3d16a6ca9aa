"""Finding a record on the Meetings page: in its year, with its meeting or CPD session, on its tab."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.pages.meetings.cpd import LEAVES
from ui.pages.meetings.panel import ACTIONS, AGENDA, ATTENDANCE, CPD, DECISIONS

if TYPE_CHECKING:
    from models.queries.meetings_where import Where
    from ui.pages.meetings.page import MeetingsPage
    from ui.wayfinding import Place

NOTHING, MEETING, SESSION, ALL_ACTIONS, ALL_DECISIONS = range(5)
"""What is at the right of the page."""
TABS = {"agenda_item": AGENDA, "attendance": ATTENDANCE, "action": ACTIONS, "decision": DECISIONS}
"""The tab of a record that belongs to a meeting, by its table."""
TASKS = {"meeting": ATTENDANCE, "attendance": ATTENDANCE, "unclaimed": ATTENDANCE, "next": AGENDA}
"""The tab for what Home asks to be done, by its word."""


class Finder(QObject):
    """Takes the page to what was asked for, as soon as it has its year.

    Args:
        page: the page.
    """

    def __init__(self, page: MeetingsPage) -> None:
        super().__init__(page)
        self._page = page
        self._wanted: Place | None = None

    def want(self, place: Place) -> None:
        """Note what was asked for."""
        self._wanted = place

    def find(self) -> bool:
        """Show what was asked for: here, in another year, or among all actions; whether anything was."""
        place, self._wanted = self._wanted, None
        if place is None:
            return False
        page = self._page
        if place.table in {"meeting", "cpd_session"} and page.list.choose(place.table, place.id):
            self._show_here(place)
        elif place.table == "action" and not place.id:
            page.show_actions()
        elif place.id:
            from models.queries.meetings_where import where_is

            question = partial(where_is, table=place.table, record_id=place.id)
            page.context.book.ask(question, partial(self._found, place), key="where")
        return True

    def _show_here(self, place: Place) -> None:
        page = self._page
        page.arrange_stack(of_list=False)
        if place.table == "cpd_session":
            page.show_entry(page.list.current())
            return
        page.bring(MEETING)
        tab = TASKS.get(place.task)
        page.meeting.show_meeting(place.id, tab)
        if tab is not None:
            page.meeting.focus_tab()

    def _found(self, place: Place, where: Where | None) -> None:
        """Go to the meeting or session that a record belongs to, in its own year."""
        page = self._page
        if where is None:
            if place.table == "action":
                page.show_actions()
                page.actions_pane.pane.go_to(place.id)
            else:
                page.context.messages.say("This is not there any more.", "where")
        elif where.year != page.year:
            self._wanted = place
            page.show_year(where.year)
        elif page.list.choose(where.table, where.id):
            page.arrange_stack(of_list=False)
            self._show_part(place, where)

    def _show_part(self, place: Place, where: Where) -> None:
        page = self._page
        if where.table != "meeting":
            page.show_entry(page.list.current())
            if place.table in LEAVES:
                page.session.show_place(place)
            return
        page.bring(MEETING)
        if where.session_id:
            page.meeting.show_meeting(where.id, CPD, where.session_id)
            page.meeting.cpd.panel.show_place(place)
            return
        tab = TABS.get(place.table)
        page.meeting.show_meeting(where.id, tab)
        if tab == AGENDA:
            page.meeting.agenda.pane.go_to(place.id)
        elif tab == ACTIONS:
            page.meeting.actions_tab.pane.go_to(place.id)
        elif tab == DECISIONS:
            page.meeting.decisions.pane.go_to(place.id)
