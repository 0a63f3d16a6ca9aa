"""One meeting: its head with what is to be done next, and its tabs."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from models.words import Happened
from ui.format import NOT_ENTERED
from ui.icons import Icon
from ui.pages.meetings.details import DetailsTab
from ui.papers.menu import PapersButton
from ui.shell.pages import Command
from ui.widgets.badge import Badge
from ui.widgets.buttons import Button
from ui.widgets.choices import Tab, Tabs
from ui.widgets.layouts import column, row
from ui.widgets.plain import ElidedLabel, Label, literal
from ui.widgets.reading import Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from models.queries.meeting_detail import MeetingDetail
    from ui.context import AppContext
    from ui.copies import PrivateCopies
    from ui.lists.tabbed import Starting
    from ui.pages.meetings.actions import ActionsTab, DecisionsTab
    from ui.pages.meetings.agenda import AgendaTab
    from ui.pages.meetings.cpd import CpdTab
    from ui.pages.meetings.cpdverbs import CpdVerbs
    from ui.pages.meetings.files import FilesTab
    from ui.pages.meetings.registertab import RegisterTab
    from ui.pages.meetings.verbs import MeetingVerbs

DETAILS, AGENDA, ATTENDANCE, ACTIONS, DECISIONS, CPD, FILES = range(7)
NAMES = ("Details", "Agenda and minutes", "Attendance", "Actions", "Decisions", "CPD", "Files")
PARTS = {
    DETAILS: "details",
    AGENDA: "agenda",
    ACTIONS: "actions_tab",
    DECISIONS: "decisions",
    FILES: "files",
}
TONES = {"Not marked": "warn", "Minutes open": "accent"}  # what waits for somebody
W = TypeVar("W", bound=QWidget)
SHORTCUT = Qt.ShortcutContext.WidgetWithChildrenShortcut


class MeetingPanel(QWidget):
    """The panel.

    Args:
        context: the shared things.
        verbs: what can be done with a meeting.
        cpd: what can be done with a CPD session.
        pages: the keys of the pages there are.
        copies: where copies of files to be opened are written.

    Attributes:
        tab_actions: each brings a tab into view.
        gone: the meeting asked for is not there any more.
        shown: another meeting, or another state of it, is on show.
        calendar_wanted: a CPD session of it is to be saved for a calendar: (its detail,).
    """

    gone = Signal()
    shown = Signal()
    calendar_wanted = Signal(object)

    def __init__(
        self,
        context: AppContext,
        verbs: MeetingVerbs,
        cpd: CpdVerbs,
        pages: Collection[str],
        copies: PrivateCopies,
    ) -> None:
        super().__init__()
        self._context, self._verbs = context, verbs
        self._id = 0
        self._detail: MeetingDetail | None = None
        self._wanted_cpd = 0
        self._start_register = False
        self._cpd_verbs, self._pages, self._copies = cpd, pages, copies
        self._ems = 100.0
        self.tabs = Tabs([(name, 0) for name in NAMES])
        self._stack = QStackedWidget()
        for _ in NAMES:  # each gives way to its tab when that is first looked at
            self._stack.addWidget(QWidget())
        self._build()
        self._actions = self._build_actions()
        self.tabs.chosen.connect(self._on_tab)

    # -- the tabs, each made when it is first looked at

    @cached_property
    def details(self) -> DetailsTab:
        """What is known of the meeting."""
        made = DetailsTab()
        made.edit_wanted.connect(self._with(self._verbs.edit))
        made.invite_wanted.connect(self._with(self._verbs.invite))
        made.serve_wanted.connect(self._with(self._verbs.serve))
        return self._put(DETAILS, made)

    @cached_property
    def agenda(self) -> AgendaTab:
        """Its topics and minutes."""
        from ui.pages.meetings.agenda import AgendaTab

        made = self._put(AGENDA, AgendaTab(self._context))
        made.arrange(self._ems)
        return made

    @cached_property
    def register(self) -> RegisterTab:
        """Who came."""
        from ui.pages.meetings.registertab import RegisterTab

        made = self._put(ATTENDANCE, RegisterTab(self._context, self._pages))
        made.arrange(self._ems)
        made.unsaved.connect(self._show_unsaved)
        return made

    @cached_property
    def actions_tab(self) -> ActionsTab:
        """Who does what."""
        from ui.pages.meetings.actions import ActionsTab

        made = self._put(ACTIONS, ActionsTab(self._context))
        made.arrange(self._ems)
        return made

    @cached_property
    def decisions(self) -> DecisionsTab:
        """What was decided."""
        from ui.pages.meetings.actions import DecisionsTab

        return self._put(DECISIONS, DecisionsTab(self._context))

    @cached_property
    def cpd(self) -> CpdTab:
        """The CPD that was part of it."""
        from ui.pages.meetings.cpd import CpdTab

        made = self._put(CPD, CpdTab(self._context, self._cpd_verbs))
        made.panel.calendar_wanted.connect(self.calendar_wanted)
        made.arrange(self._ems)
        return made

    @cached_property
    def files(self) -> FilesTab:
        """What is kept with it."""
        from ui.pages.meetings.files import FilesTab

        made = self._put(FILES, FilesTab(self._context, self._copies))
        made.arrange(self._ems)
        return made

    def _put(self, number: int, tab: W) -> W:
        nothing = self._stack.widget(number)
        self._stack.insertWidget(number, tab)
        if nothing is not None:
            self._stack.removeWidget(nothing)
            nothing.deleteLater()
        if self.tabs.current() == number:
            self._stack.setCurrentIndex(number)
        return tab

    def unsaved_meetings(self) -> int:
        """In how many registers something is typed that is not saved."""
        return self.register.unsaved_meetings() if "register" in self.__dict__ else 0

    # -- what is shown

    def show_meeting(self, meeting_id: int, tab: int | None = None, cpd_id: int = 0) -> None:
        """Ask for a meeting and show it, on one of its tabs if that is said."""
        from models.queries.meeting_detail import meeting_detail

        self._id, self._wanted_cpd = meeting_id, cpd_id
        if tab is not None:
            self.tabs.choose(tab)
        question = partial(meeting_detail, meeting_id=meeting_id, clock=self._context.today)
        self._context.book.ask(question, self._show, key="meeting-detail")
        if self.tabs.current() == ATTENDANCE:
            self.register.show_meeting(meeting_id)

    def focus_tab(self) -> None:
        """Put the keyboard into the tab in view."""
        tab = self.tabs.current()
        if tab == ATTENDANCE:
            self.register.start()
        elif (pane := self._list(tab)) is not None:
            pane.start()
        else:
            next(one for one in self.tabs.findChildren(Tab) if one.isChecked()).setFocus()

    def _list(self, tab: int) -> Starting | None:
        """The list that a tab holds."""
        if tab == FILES:
            return self.files
        if tab == AGENDA:
            return self.agenda.pane
        if tab == ACTIONS:
            return self.actions_tab.pane
        return self.decisions.pane if tab == DECISIONS else None

    def detail(self) -> MeetingDetail | None:
        """The meeting shown."""
        return self._detail

    def arrange(self, ems: float) -> None:
        """Lay out for a window of so many ems."""
        self._ems = ems
        for name in ("agenda", "register", "actions_tab", "cpd", "files"):
            if name in self.__dict__:
                getattr(self, name).arrange(ems)

    def commands(self) -> list[Command]:
        """What can be done with the meeting now, for quick find."""
        found = [
            Command(
                action.text().replace("&&", "&").rstrip("…"), action.shortcut().toString(), action.trigger
            )
            for action in self._actions.values()
            if action.isEnabled()
        ]
        if self.tabs.current() == ATTENDANCE:
            found += self.register.commands()
        return found

    def _show(self, detail: MeetingDetail | None) -> None:
        if detail is None:
            self._detail = None
            self.gone.emit()
            return
        if detail.id != self._id:
            return
        self._detail = detail
        self._title.setText(detail.title)
        self._state.set_text(detail.state, TONES.get(detail.state, ""))
        inside = {True: ("In school time", "good"), False: ("Outside school time", "warn")}
        words, tone = inside.get(detail.inside, ("", "")) if detail.inside is not None else ("", "")
        self._inside.set_text(words or "Times not entered", tone)
        place = f"place {NOT_ENTERED}" if detail.place == NOT_ENTERED else detail.place
        self._line.setText(" · ".join((detail.when, place, detail.kind.label.lower())))
        for widget in self._later:
            widget.show()
        self._show_main(detail)
        self._enable(detail)
        running = sum(action.running for action in detail.actions)
        for tab, number in (
            (AGENDA, len(detail.topics)),
            (ACTIONS, running),
            (DECISIONS, len(detail.decisions)),
            (CPD, len(detail.cpd)),
            (FILES, len(detail.files)),
        ):
            self.tabs.set_count(tab, number)
        self._fill(self.tabs.current())
        self.shown.emit()

    def _fill(self, tab: int) -> None:
        """Show the meeting on the tab in view; the others follow when they are looked at."""
        detail = self._detail
        if detail is None:
            return
        if tab == ATTENDANCE:
            return  # it asks for the register itself
        if tab == CPD:
            self.cpd.show_sessions(detail, self._wanted_cpd)
            self._wanted_cpd = 0
            return
        getattr(self, PARTS[tab]).show_detail(detail)

    def _on_tab(self, tab: int) -> None:
        if self._detail is not None and self._detail.id == self._id:
            self._fill(tab)
        if tab == ATTENDANCE and self._id:
            self.register.show_meeting(self._id)
        self._stack.setCurrentIndex(tab)
        self.shown.emit()

    def _show_unsaved(self) -> None:
        self._unsaved.setVisible(self.register.model.unsaved)

    def _show_main(self, detail: MeetingDetail) -> None:
        main = self._verbs.main(detail)
        self._main.setVisible(main is not None)
        if main is not None:
            self._main.set_words(main[0])

    # -- building

    def _build(self) -> None:
        self._title, self._line = ElidedLabel("", "title"), Label("", "body", "muted", wrap=True)
        self._state, self._inside = Badge(""), Badge("")
        self._unsaved = Badge("Not saved", "warn")
        self._unsaved.hide()
        self._main = Button("")
        self._main.clicked.connect(self._do_main)
        self._main.hide()
        self._more = Button("More", icon=Icon.DOWN, tip="More to do with this meeting")
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self.papers = PapersButton(self._context, "meeting", lambda: self._id)
        badges = row(self._state, self._inside, self._unsaved, gap=8)
        first = row(self._title, badges, 1, self._main, self.papers, self._more, gap=8)
        text = (12, 0, 0, 0)
        self._later = (self._state, self._inside, self.papers, self._more)
        for widget in self._later:
            widget.hide()  # until it is known what they are of
        head = column(first, self._line, gap=2, margins=text)
        body = column(head, column(self.tabs, margins=text), self._stack, gap=12)
        body.setStretch(2, 1)
        self.setLayout(body)

    def _build_actions(self) -> dict[str, QAction]:
        verbs = self._verbs
        known: dict[str, tuple[str, str, Callable[[MeetingDetail], None]]] = {
            "edit": ("Edit meeting…", "Ctrl+E", verbs.edit),
            "invite": ("Who is asked…", "", verbs.invite),
            "serve": ("Aims and focus areas…", "", verbs.serve),
            "held": ("It took place", "", verbs.held),
            "finalise": ("Finalise minutes…", "Ctrl+Shift+F", verbs.finalise),
            "reopen": ("Reopen minutes…", "", verbs.reopen),
            "again": ("Plan it again", "", verbs.plan_again),
            "cancel": ("Cancel meeting…", "", verbs.cancel),
            "repeat": ("Repeat this meeting…", "", lambda detail: verbs.repeat(detail.id)),
            "calendar": ("Save for a calendar…", "", verbs.to_calendar),
            "history": ("History of this meeting…", "Ctrl+H", self._history),
            "delete": ("Delete meeting", "", verbs.delete),
        }
        made: dict[str, QAction] = {}
        for key, (words, keys, do) in known.items():
            action = Verb(words, self)
            if keys:
                action.setShortcut(keys)
                action.setShortcutContext(SHORTCUT)
            action.triggered.connect(self._with(do))
            self.addAction(action)
            self._menu.addAction(action)
            if key in {"serve", "cancel", "calendar"}:
                self._menu.addSeparator()
            made[key] = action
        self.tab_actions: list[QAction] = []
        for number, name in enumerate(NAMES):
            tab = QAction(literal(name), self)
            tab.setShortcut(f"Alt+{number + 1}")
            tab.setShortcutContext(SHORTCUT)
            tab.triggered.connect(partial(self.go_tab, number))
            self.addAction(tab)
            self.tab_actions.append(tab)
        return made

    def menu_actions(self) -> dict[str, QAction]:
        """The verbs, for the list of the year, whose keyboard should do them too."""
        return dict(self._actions)

    def go_tab(self, number: int, *_: object) -> None:
        """Bring a tab into view, with the keyboard in it."""
        self.tabs.choose(number)
        self.focus_tab()

    def _enable(self, detail: MeetingDetail) -> None:
        open_, planned = not detail.frozen, detail.status is Happened.PLANNED
        held = detail.status is Happened.HELD
        come = detail.held_on <= detail.today
        legal = {
            "invite": open_,
            "held": open_ and planned and come,
            "finalise": open_ and detail.status is not Happened.CANCELLED and come,
            "reopen": detail.frozen,
            "again": open_ and not planned,
            "cancel": open_ and (planned or held),
            "delete": open_,
        }
        for key, action in self._actions.items():
            action.setVisible(legal.get(key, True))
            action.setEnabled(legal.get(key, True))

    def _with(self, do: Callable[[MeetingDetail], None]) -> Callable[..., None]:
        def call(*_: object) -> None:
            if self._detail is not None:
                do(self._detail)

        return call

    def _do_main(self) -> None:
        if self._detail is not None and (main := self._verbs.main(self._detail)) is not None:
            main[1](self._detail)

    def _history(self, detail: MeetingDetail) -> None:
        from ui.records import open_history

        open_history(self._context, self.window(), "meeting", detail.id, f"meeting {detail.code}")
