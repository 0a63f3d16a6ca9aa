"""Meetings: the year by term at the left, and beside it the meeting, the CPD session or the list chosen."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.copies import PrivateCopies
from ui.format import count, year_label
from ui.icons import Icon
from ui.overrides import override
from ui.pages.meetings.cpd import CpdPanel
from ui.pages.meetings.cpdverbs import CpdVerbs
from ui.pages.meetings.finder import ALL_ACTIONS, ALL_DECISIONS, MEETING, NOTHING, SESSION, Finder
from ui.pages.meetings.leaving import Leaving
from ui.pages.meetings.panel import NAMES, MeetingPanel
from ui.pages.meetings.verbs import MeetingVerbs
from ui.pages.meetings.yearpane import HEADS, YearPane
from ui.shell.pages import Command, Page
from ui.wayfinding import Place
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, holder, row, rule
from ui.widgets.panes import SizedPane
from ui.widgets.parts import EmptyState
from ui.widgets.reading import Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from PySide6.QtGui import QShowEvent

    from models.queries.cpd_page import CpdDetail
    from models.queries.meetings_page import MeetingsYear, YearEntry
    from ui.bus import Changes
    from ui.context import AppContext
    from ui.pages.meetings.actions import AllActions, AllDecisions
    from ui.pages.meetings.parts import AcrossPane

W = TypeVar("W", bound="AcrossPane")
SHORTCUT = Qt.ShortcutContext.WidgetWithChildrenShortcut
WIDE, NARROW = 272, 240  # pixels at 100 % text size
FULL, STACK_BELOW = 100, 80  # ems
BINNED = ("meeting", "agenda_item", "decision", "action", "cpd_session", "cpd_booking", "cpd_evaluation")
QUIET = frozenset({"chart", "pack_note", "issued_pack"})


class MeetingsPage(Page):
    """The page.

    Args:
        context: the shared things.
        pages: the keys of the pages there are; links lead only to one of them.
        opened: the folder in which copies of files to be opened are written.
    """

    def __init__(self, context: AppContext, pages: Collection[str], opened: Path) -> None:
        super().__init__(context)
        self._year: int | None = None
        self._answer: MeetingsYear | None = None
        self._stacked = False
        self._verbs, self._cpd_verbs = MeetingVerbs(context, self), CpdVerbs(context, self)
        self._left = YearPane()
        self.list = self._left.list
        self.meeting = MeetingPanel(context, self._verbs, self._cpd_verbs, pages, PrivateCopies(opened))
        self.session = CpdPanel(context, self._cpd_verbs)
        self._ems = 100.0
        self._finder, self._leaving = Finder(self), Leaving(context, self.meeting)
        self._build()
        self._build_actions()
        self._tie()

    # -- what is made when it is first looked at

    @cached_property
    def actions_pane(self) -> AllActions:
        """The actions of all meetings."""
        from ui.pages.meetings.actions import AllActions

        return self._put(ALL_ACTIONS, AllActions(self.context))

    @cached_property
    def decisions_pane(self) -> AllDecisions:
        """The decisions of all meetings."""
        from ui.pages.meetings.actions import AllDecisions

        return self._put(ALL_DECISIONS, AllDecisions(self.context))

    def _put(self, number: int, pane: W) -> W:
        nothing = self._stack.widget(number)
        self._stack.insertWidget(number, pane)
        if nothing is not None:
            self._stack.removeWidget(nothing)
            nothing.deleteLater()
        pane.arrange(self._ems)
        return pane

    # -- the page

    @override
    def refresh(self, year: int) -> None:
        from models.queries.meetings_page import meetings_year

        if self._year != year:
            self._year = year
            self._answer = None
        question = partial(meetings_year, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="meetings-year")
        self._refresh_right()

    @override
    def concerned(self, changes: Changes) -> bool:
        return bool(changes.rows.keys() - QUIET)

    @override
    def arrange(self, ems: float) -> None:
        self._stacked = ems < STACK_BELOW
        self._side.set_size(WIDE if ems >= FULL else NARROW, fixed=not self._stacked)
        self._left.set_alone(on=self._stacked)
        self._left.set_narrow(on=STACK_BELOW <= ems < FULL)
        self._ems = ems
        self.meeting.arrange(ems)
        self.session.arrange(ems)
        for name in ("actions_pane", "decisions_pane"):
            if name in self.__dict__:
                getattr(self, name).arrange(ems)
        self.arrange_stack(of_list=self._stacked and not self._back.isVisible())

    @override
    def go_to(self, record: object) -> None:
        if not isinstance(record, Place):
            return
        self._finder.want(record)
        if self._answer is not None:
            self._finder.find()

    @override
    def holds_something(self) -> bool:
        return super().holds_something() or self.meeting.unsaved_meetings() > 0

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._leaving.watch(self.window())

    @override
    def commands(self) -> Sequence[Command]:
        own = [
            Command(
                action.text().replace("&&", "&").rstrip("…"), action.shortcut().toString(), action.trigger
            )
            for action in self._own
        ]
        return own + (self.meeting.commands() if self.part() == MEETING else [])

    # -- what is shown

    @property
    def year(self) -> int | None:
        """The school year in view."""
        return self._year

    def part(self) -> int:
        """Which of NOTHING, MEETING, SESSION, ALL_ACTIONS and ALL_DECISIONS is at the right."""
        return self._stack.currentIndex()

    def show_year(self, year: int) -> None:
        """Go to another school year, here and everywhere."""
        self._answer = None
        self.context.bus.year_wanted.emit(year)

    def _show(self, answer: MeetingsYear) -> None:
        before, had_focus = self.list.current(), self.list.hasFocus()
        row_before = self.list.currentIndex().row()
        first = self._answer is None
        self._answer = answer
        self.list.blockSignals(True)  # noqa: FBT003 (Qt's own signature)
        self.list.entries.show_entries(answer.entries, answer.year)
        gone = before is not None and not self.list.choose(before.table, before.id)
        self.list.blockSignals(False)  # noqa: FBT003
        self._left.show_counts(answer)
        finding = self._finder.find()
        if not finding and gone and self.list.choose_near(row_before):
            self.show_entry(self.list.current())
        elif (
            not finding
            and self.part() in {NOTHING, MEETING, SESSION}
            and (first or self.list.current() is None)
        ):
            self._choose_usual(answer)
        if had_focus and not finding:
            self.list.setFocus()
        self.filled.emit()

    def _choose_usual(self, answer: MeetingsYear) -> None:
        """The meeting to begin with: the next to come, or the last of a year that is over."""
        ahead = [one for one in answer.entries if one.held_on >= answer.today or one.waits]
        usual = ahead[0] if ahead else (answer.entries[-1] if answer.entries else None)
        if usual is None:
            self._stack.setCurrentIndex(NOTHING)
            return
        self.list.choose(usual.table, usual.id)
        if self.part() == NOTHING or self.list.current() is not None:
            self.show_entry(self.list.current())

    def show_entry(self, entry: YearEntry | None) -> None:
        """Show a meeting or CPD session of the list."""
        if entry is None:
            return
        if entry.table == "meeting":
            self.bring(MEETING)
            self.meeting.show_meeting(entry.id)
        else:
            self.bring(SESSION)
            self.session.show_session(entry.id)

    def _refresh_right(self) -> None:
        shown, entry = self.part(), self.list.current()
        if shown == ALL_ACTIONS and self._year is not None:
            self.actions_pane.refresh(self._year)
        elif shown == ALL_DECISIONS and self._year is not None:
            self.decisions_pane.refresh(self._year)
        elif entry is not None:
            self.show_entry(entry)

    def bring(self, part: int) -> None:
        """Bring one thing into view at the right, and say so at the left."""
        self._stack.setCurrentIndex(part)
        self._left.all_actions.setChecked(part == ALL_ACTIONS)
        self._left.all_decisions.setChecked(part == ALL_DECISIONS)
        if part in {ALL_ACTIONS, ALL_DECISIONS}:
            self.list.blockSignals(True)  # noqa: FBT003
            self.list.clearSelection()
            self.list.blockSignals(False)  # noqa: FBT003

    # -- what can be done

    def show_actions(self) -> None:
        """Show the actions of all meetings."""
        self._show_across(ALL_ACTIONS, self.actions_pane)

    def show_decisions(self) -> None:
        """Show the decisions of all meetings."""
        self._show_across(ALL_DECISIONS, self.decisions_pane)

    def _show_across(self, part: int, pane: AcrossPane) -> None:
        self.bring(part)
        self.arrange_stack(of_list=False)
        if self._year is not None:
            pane.refresh(self._year)

    def _added(self, table: str, record_id: int) -> None:
        """Something new was entered: show it as soon as the list has it."""
        self._finder.want(Place(table, record_id))
        if self._answer is not None and self.list.entries.row_of(table, record_id) is not None:
            self._finder.find()
        elif self._year is not None:
            self._answer = None
            self.refresh(self._year)

    def _bin(self) -> None:
        from ui.records import open_bin

        open_bin(self.context, self.window(), BINNED)

    def _export(self) -> None:
        from ui.records import export_shown

        export_shown(self.context, self.window(), "Meetings", HEADS, self._left.rows())

    def _copy(self) -> None:
        number = self._left.copy()
        self.context.messages.say(f"Copied: {count(number, 'line')}", "copy")

    def _year_calendar(self) -> None:
        if self._year is not None:
            self._verbs.year_to_calendar(self._year, year_label(self._year))

    def _session_calendar(self, detail: CpdDetail) -> None:
        from models.queries.diary import diary_of_cpd

        name = f"{detail.title} {detail.held_on:%Y-%m-%d}"
        self._verbs.save_diary(name, partial(diary_of_cpd, cpd_session_id=detail.id))

    def _of_chosen(self, key: str) -> None:
        """Do to the meeting or session chosen in the list what its own menu would do, if it is legal now."""
        entry = self.list.current()
        if entry is None:
            return
        panel = self.meeting if entry.table == "meeting" else self.session
        detail, action = panel.detail(), panel.menu_actions().get(key)
        if detail is not None and detail.id == entry.id and action is not None:
            action.trigger()

    def _go_tab(self, number: int) -> None:
        if self.part() == SESSION:
            self.session.go_leaf(number)
        elif self.part() == MEETING:
            self.meeting.go_tab(number)

    # -- building

    def _build(self) -> None:
        self._side = SizedPane(self._left)
        self._edge = rule("v")
        self._back = Button("All meetings", Kind.QUIET, Icon.LEFT)
        self._back.hide()
        self._empty = EmptyState(
            Icon.MEETINGS,
            "The year’s meetings stand here by term: who came, what was decided, who does what. "
            "Begin with the first; later ones can repeat it.",
            "New meeting",
        )
        self._stack = QStackedWidget()
        nothing = holder(column(self._empty, margins=(12, 0, 0, 0)))
        for part in (nothing, self.meeting, self.session, QWidget(), QWidget()):
            self._stack.addWidget(part)
        right = column(
            row(self._back, 1, margins=(12, 0, 0, 0)), self._stack, gap=8, margins=(12, 20, 24, 12)
        )
        right.setStretch(1, 1)
        self._right = holder(right)
        body = row(self._side, self._edge, self._right)
        body.setStretch(2, 1)
        self.setLayout(body)

    def _build_actions(self) -> None:
        known: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("New meeting…", "Ctrl+N", self._verbs.new),
            ("Repeat last meeting…", "Ctrl+R", self._verbs.repeat),
            ("New CPD session…", "Ctrl+Shift+D", self._cpd_verbs.new),
            ("Show all actions", "", self.show_actions),
            ("Show all decisions", "", self.show_decisions),
            ("Save the year for a calendar…", "", self._year_calendar),
            ("Copy the year as table", "", self._copy),
            ("Export the year…", "", self._export),
            ("Deleted meetings…", "", self._bin),
        )
        self._own: list[QAction] = []
        for number, (words, keys, do) in enumerate(known):
            action = Verb(words, self)
            if keys:
                action.setShortcut(keys)
                action.setShortcutContext(SHORTCUT)
            action.triggered.connect(lambda *_, do=do: do())
            for part in (self._left, self.meeting, self.session, self._empty):
                part.addAction(action)
            if number in {3, 5}:
                self._left.menu.addSeparator()
            self._left.menu.addAction(action)
            self._own.append(action)
        # left, the keys of what is chosen there
        self._list_key(self.list, "Del", partial(self._of_chosen, "delete"))
        for key, keys in (("edit", "Ctrl+E"), ("history", "Ctrl+H"), ("finalise", "Ctrl+Shift+F")):
            self._list_key(self._left, keys, partial(self._of_chosen, key))
        for number in range(len(NAMES)):
            self._list_key(self._left, f"Alt+{number + 1}", partial(self._go_tab, number))

    @staticmethod
    def _list_key(where: QWidget, keys: str, do: Callable[[], None]) -> None:
        action = QAction(where)
        action.setShortcut(keys)
        action.setShortcutContext(SHORTCUT)
        action.triggered.connect(lambda *_: do())
        where.addAction(action)

    def _tie(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self._left.new.clicked.connect(self._verbs.new)
        self._empty.acted.connect(self._verbs.new)
        self._left.all_actions.clicked.connect(self.show_actions)
        self._left.all_decisions.clicked.connect(self.show_decisions)
        self._back.clicked.connect(partial(self.arrange_stack, of_list=True))
        self._verbs.added.connect(partial(self._added, "meeting"))
        self._cpd_verbs.editor.added.connect(partial(self._added, "cpd_session"))
        self.session.calendar_wanted.connect(self._session_calendar)
        self.meeting.calendar_wanted.connect(self._session_calendar)
        self.meeting.shown.connect(self.filled)

    def _on_chosen(self, entry: YearEntry | None) -> None:
        if entry is not None:
            self.show_entry(entry)

    def _on_opened(self, entry: YearEntry) -> None:
        """Enter or a double click: go into the meeting, where the list is a page of its own; else edit it."""
        if self._stacked:
            self.show_entry(entry)
            self.arrange_stack(of_list=False)
        else:
            self._of_chosen("edit")

    def arrange_stack(self, *, of_list: bool) -> None:
        """List and detail beside each other; in a narrow window one of the two."""
        self._side.setVisible(not self._stacked or of_list)
        self._edge.setVisible(not self._stacked)
        self._right.setVisible(not self._stacked or not of_list)
        self._back.setVisible(self._stacked and not of_list)
        if self._stacked and of_list:
            self.list.setFocus()
