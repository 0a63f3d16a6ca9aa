"""A CPD session: its head with what is to be done next, and its leaves; alone, or in a tab of its meeting."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from models.words import Happened
from ui.icons import Icon
from ui.lists.segments import Segments
from ui.pages.meetings.cpdoverview import CpdOverview
from ui.pages.meetings.parts import InnerKeys
from ui.papers.menu import PapersButton
from ui.widgets.badge import Badge
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Tabs
from ui.widgets.layouts import clear, column, row
from ui.widgets.parts import EmptyState
from ui.widgets.plain import ElidedLabel, Label
from ui.widgets.reading import Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.queries.cpd_page import CpdDetail
    from models.queries.meeting_detail import MeetingDetail
    from ui.context import AppContext
    from ui.pages.meetings.cpdparts import PeoplePane, SlipsPane
    from ui.pages.meetings.cpdverbs import CpdVerbs
    from ui.wayfinding import Place
    from ui.widgets.choices import OneOf

OVERVIEW, PEOPLE, SLIPS = range(3)
NAMES = ("Session", "People", "Slips")
LEAVES = {"cpd_booking": PEOPLE, "cpd_evaluation": SLIPS}
"""The leaf of a record, by its table."""
W = TypeVar("W", bound=QWidget)
SHORTCUT = Qt.ShortcutContext.WidgetWithChildrenShortcut


class CpdPanel(QWidget):
    """One session.

    Args:
        context: the shared things.
        verbs: what can be done with it.
        inside: it stands in a tab, so its own leaves are chosen in another way.

    Attributes:
        leaf_actions: each brings a leaf into view.
        calendar_wanted: it is to be saved for a calendar: (its detail,).
        gone: the session asked for is not there any more.
    """

    calendar_wanted = Signal(object)
    gone = Signal()

    def __init__(self, context: AppContext, verbs: CpdVerbs, *, inside: bool = False) -> None:
        super().__init__()
        self._context, self.verbs = context, verbs
        self._id, self._ems, self._inside = 0, 100.0, inside
        self._detail: CpdDetail | None = None
        self.leaves: OneOf = Segments(NAMES) if inside else Tabs([(name, 0) for name in NAMES])
        self.overview = CpdOverview()
        self._stack = QStackedWidget()
        for leaf in (self.overview, QWidget(), QWidget()):  # each list is made when it is first looked at
            self._stack.addWidget(leaf)
        self._build()
        self._build_actions()
        self.leaves.chosen.connect(self._on_leaf)
        self.overview.people_wanted.connect(self._on_people)
        self.overview.slips_wanted.connect(self._on_slips)

    # -- the leaves

    @cached_property
    def people(self) -> PeoplePane:
        """Who was booked."""
        from ui.pages.meetings.cpdparts import PeoplePane

        made = self._put(PEOPLE, PeoplePane(self._context))
        made.grid.clicked.connect(self._on_people)
        made.arrange(self._ems)
        return made

    @cached_property
    def slips(self) -> SlipsPane:
        """What they said."""
        from ui.pages.meetings.cpdparts import SlipsPane

        made = self._put(SLIPS, SlipsPane(self._context))
        made.grid.clicked.connect(self._on_slips)
        made.arrange(self._ems)
        return made

    def _put(self, number: int, leaf: W) -> W:
        nothing = self._stack.widget(number)
        self._stack.insertWidget(number, leaf)
        if nothing is not None:
            self._stack.removeWidget(nothing)
            nothing.deleteLater()
        if self.leaves.current() == number:  # it is being looked at already, and Qt went on to another
            self._stack.setCurrentIndex(number)
        return leaf

    # -- what is shown

    def show_session(self, session_id: int) -> None:
        """Ask for a session and show it."""
        from models.queries.cpd_page import cpd_detail

        self._id = session_id
        question = partial(cpd_detail, cpd_session_id=session_id, clock=self._context.today)
        self._context.book.ask(question, self._show, key=f"cpd-{id(self)}")

    def show_place(self, place: Place) -> None:
        """Show a booking or a slip of the session in view, or being asked for."""
        leaf = LEAVES.get(place.table, OVERVIEW)
        self.leaves.choose(leaf)
        if leaf == PEOPLE:
            self.people.go_to(place.id)
        elif leaf == SLIPS:
            self.slips.go_to(place.id)

    def detail(self) -> CpdDetail | None:
        """The session shown."""
        return self._detail

    def arrange(self, ems: float) -> None:
        """Lay out for a window of so many ems."""
        self._ems = ems
        for name in ("people", "slips"):
            if name in self.__dict__:
                getattr(self, name).arrange(ems)

    def _show(self, detail: CpdDetail | None) -> None:
        if detail is None:
            self._detail = None
            self.gone.emit()
            return
        if detail.id != self._id:
            return
        self._detail = detail
        self._title.setText(detail.title)
        self._badge.set_text(detail.state)
        part = f"part of {detail.meeting}" if detail.meeting and not self._inside else ""
        self._line.setText(" · ".join(one for one in (detail.when, detail.place, part) if one))
        ready = detail.status is Happened.PLANNED and detail.held_on <= detail.today
        self._main.set_words("It took place" if ready else "Edit…")
        for widget in self._later:
            widget.show()
        self._actions["cancel"].setVisible(detail.status is not Happened.CANCELLED)
        if isinstance(self.leaves, Tabs):
            self.leaves.set_count(PEOPLE, len(detail.seats))
            self.leaves.set_count(SLIPS, len(detail.slips))
        self._fill(self.leaves.current())

    def _fill(self, leaf: int) -> None:
        if self._detail is not None:
            part = ("overview", "people", "slips")[leaf]
            getattr(self, part).show_detail(self._detail)

    def _on_leaf(self, leaf: int) -> None:
        if self._detail is not None and self._detail.id == self._id:
            self._fill(leaf)
        self._stack.setCurrentIndex(leaf)

    # -- verbs

    def _do_main(self) -> None:
        detail = self._detail
        if detail is None:
            return
        if self._main.words() == "It took place":
            self.verbs.held(detail)
        else:
            self.verbs.edit(detail)

    def _on_people(self) -> None:
        if self._detail is not None:
            self.verbs.people(self._detail)

    def _on_slips(self) -> None:
        if self._detail is not None:
            self.verbs.slips(self._detail)

    def menu_actions(self) -> dict[str, QAction]:
        """What can be done with it, for the list of the year, whose keyboard should do it too."""
        return dict(self._actions)

    # -- building

    def _build(self) -> None:
        self._title, self._badge = ElidedLabel("", "section" if self._inside else "title"), Badge("")
        self._line = Label("", "body", "muted", wrap=True)
        self._main = Button("")
        self._main.clicked.connect(self._do_main)
        self._more = Button("More", icon=Icon.DOWN, tip="More to do with this session")
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self.papers = PapersButton(self._context, "cpd_session", lambda: self._id)
        self._later = (self._badge, self._main, self.papers, self._more)
        for widget in self._later:
            widget.hide()  # until it is known what they are of
        first = row(self._title, self._badge, 1, self._main, self.papers, self._more, gap=8)
        text = (12, 0, 0, 0)
        head = column(first, self._line, gap=2, margins=text)
        body = column(head, column(self.leaves, margins=text), self._stack, gap=12)
        body.setStretch(2, 1)
        self.setLayout(body)

    def _build_actions(self) -> None:
        verbs = self.verbs
        known: dict[str, tuple[str, str, Callable[[CpdDetail], Any]]] = {
            "edit": ("Edit CPD session…", "Ctrl+E", verbs.edit),
            "people": ("Who came…", "", verbs.people),
            "slips": ("Enter slips…", "", verbs.slips),
            "serve": ("Aims and focus areas…", "", verbs.serve),
            "cancel": ("Cancel the session", "", verbs.cancel),
            "calendar": ("Save for a calendar…", "", self.calendar_wanted.emit),
            "history": ("History of this session…", "Ctrl+H", verbs.history),
            "delete": ("Delete CPD session", "", verbs.delete),
        }
        self._actions: dict[str, QAction] = {}
        for key, (words, keys, do) in known.items():
            action = self._action(words, keys, partial(self._with, do))
            self._menu.addAction(action)
            self._actions[key] = action
        InnerKeys(self, (self._actions["edit"], self._actions["history"]))
        self.leaf_actions: list[QAction] = []
        if not self._inside:
            self.leaf_actions = [
                self._action(name, f"Alt+{number + 1}", partial(self.go_leaf, number))
                for number, name in enumerate(NAMES)
            ]

    def _action(self, words: str, keys: str, do: Callable[[], object]) -> QAction:
        action = Verb(words, self)
        if keys:
            action.setShortcut(keys)
            action.setShortcutContext(SHORTCUT)
        action.triggered.connect(lambda *_: do())
        self.addAction(action)
        return action

    def _with(self, do: Callable[[CpdDetail], Any]) -> None:
        if self._detail is not None:
            do(self._detail)

    def go_leaf(self, number: int) -> None:
        """Bring a leaf into view, with the keyboard in its list."""
        if number < len(NAMES):
            self.leaves.choose(number)
            if number != OVERVIEW:
                (self.people if number == PEOPLE else self.slips).start()


class CpdTab(QWidget):
    """The CPD sessions that were part of a meeting: one of them, or a way to enter the first."""

    def __init__(self, context: AppContext, verbs: CpdVerbs) -> None:
        super().__init__()
        self._verbs = verbs
        self._meeting: MeetingDetail | None = None
        self.panel = CpdPanel(context, verbs, inside=True)
        words = "CPD that was part of this meeting: its provider and fee, who came, and what their slips say."
        self._empty = EmptyState(Icon.PEOPLE, words, "New CPD session")
        self._empty.acted.connect(self._new)
        self._others = row(gap=8, margins=(12, 0, 0, 0))
        empty = column(self._empty, margins=(12, 0, 0, 0))
        self.setLayout(column(self._others, self.panel, empty, gap=8))

    def show_sessions(self, meeting: MeetingDetail, wanted: int = 0) -> None:
        """Show a session of a meeting: the one wanted, the one shown before, or the first."""
        self._meeting, sessions = meeting, meeting.cpd
        clear(self._others)
        self.panel.setVisible(bool(sessions))
        self._empty.setVisible(not sessions)
        if not sessions:
            return
        ids = [one.id for one in sessions]
        shown = self.panel.detail()
        before = shown.id if shown is not None else 0
        now = next((key for key in (wanted, before) if key in ids), ids[0])
        if len(sessions) > 1:
            for one in sessions:
                button = Button(one.title, Kind.QUIET if one.id == now else Kind.LINK, always=True)
                button.clicked.connect(partial(self.choose, one.id))
                self._others.add(button)
            self._others.add(1)
        self.panel.show_session(now)

    def arrange(self, ems: float) -> None:
        """Lay out for a window of so many ems."""
        self.panel.arrange(ems)

    def choose(self, session_id: int) -> None:
        """Show one of several."""
        if self._meeting is not None:
            self.show_sessions(self._meeting, session_id)

    def _new(self) -> None:
        self._verbs.new(self._meeting)
