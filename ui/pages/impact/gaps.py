"""The gap map as a part of the aims tab: the map, its key, the gaps by name, and the way to close one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from models.queries.impact_aims import aims_tab, target_of
from ui.format import count
from ui.icons import Icon
from ui.lists.across import FIRST
from ui.lists.pane import DETAIL, HANG
from ui.pages.impact.gap_map import GapGrid, GapModel, TermMark, gaps_words
from ui.pages.impact.pieces import way
from ui.shell.pages import Command
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import Flow, ScrollPane, clear, column, holder, row, rule
from ui.widgets.panes import SizedPane
from ui.widgets.parts import EmptyState, Key
from ui.widgets.plain import Label
from ui.widgets.reading import Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.queries.impact_aims import AimsTab
    from ui.context import AppContext
    from ui.pages.impact.doing import Verbs
    from ui.wayfinding import Place

EMPTY = (
    "The map shows for which school nothing has served an aim in a term. It needs aims in words, member "
    "schools, and meetings or projects that are linked to the aims."
)
ALL_SERVED = "Every aim was served at every school this term."
NAMED = 40  # gaps listed beside the map
LIST_FROM = 125  # ems; in a narrower window the map has the width
SHORTCUT = Qt.ShortcutContext.WidgetWithChildrenShortcut


class GapsPane(QWidget):
    """The map.

    Args:
        context: the shared things.
        verbs: makes the verbs for this widget.
    """

    def __init__(self, context: AppContext, verbs: Callable[[QWidget], Verbs]) -> None:
        super().__init__()
        self.context, self.verbs = context, verbs(self)
        self.tab: AimsTab | None = None
        self._wanted: Place | None = None
        self.model = GapModel()
        self.grid = GapGrid(self.model)
        self.fact = Label("", wrap=True)
        self.link_button = Button("Link something…", Kind.PRIMARY, Icon.PLUS, tip="Link something (Ctrl+L)")
        self._actions: list[QAction] = []
        self._lines = column(gap=0)
        self._build()
        self.own_tools = row(self.link_button)
        self.grid.moved.connect(self._tell)
        self.grid.entered.connect(self._link_at)
        self.link_button.clicked.connect(self.link)

    # -- as a part of the tab

    def refresh(self, year: int) -> None:
        """Ask for the map of a school year."""
        question = partial(aims_tab, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="impact-gaps")

    def arrange(self, ems: float) -> None:
        """The gaps stand by name beside the map where there is room."""
        self._side.setVisible(ems >= LIST_FROM)
        self._edge.setVisible(ems >= LIST_FROM)

    def show_place(self, place: Place) -> None:
        """Show the first gap: that is what the map is come to for."""
        self._wanted = place
        self._go_to_wanted()

    def start(self) -> None:
        """Put the keyboard into the map."""
        if not self.grid.currentIndex().isValid() and self.model.rowCount():
            self.grid.setCurrentIndex(self.model.index(0, FIRST))
        self.grid.setFocus()

    def commands(self) -> Sequence[Command]:
        """What can be done here, for quick find."""
        native = QKeySequence.SequenceFormat.NativeText
        return [
            Command(action.text().rstrip("…"), action.shortcut().toString(native), action.trigger)
            for action in self._actions
        ]

    def link(self) -> None:
        """Say what served the aim at the school where the keyboard is."""
        self._link_at(self.grid.currentIndex())

    # -- building

    def _build(self) -> None:
        self._more = Button("More", icon=Icon.DOWN, tip="More to do with the map")
        menu = QMenu(self)
        for words, keys, do in (
            ("Link something…", "Ctrl+L", self.link),
            ("Copy as table", "Ctrl+Shift+C", self._copy),
            ("Export what is shown…", "Ctrl+Shift+E", self._export),
        ):
            action = Verb(words, self)
            action.setShortcut(keys)
            action.setShortcutContext(SHORTCUT)
            action.triggered.connect(do)
            self.addAction(action)
            menu.addAction(action)
            self._actions.append(action)
        self._more.setMenu(menu)
        key = Flow(
            [
                Key(TermMark("A number", 2), "things that served it in a term"),
                Key(TermMark("A dash", 0), "nothing"),
                Key(TermMark("An amber dash", 0, due=True), "nothing in the newest term: a gap"),
            ],
            gap=16,
        )
        self._terms = Label("", "caption", "muted")
        self._total = Label("", "section")
        line = row(self._total, 1, self._more, gap=12)
        head = column(line, key, gap=8)
        foot = column(self._terms, self.fact, gap=2, margins=(HANG, 4, 0, 0))
        whole = column(column(head, margins=(HANG, 0, 0, 0)), self.grid, foot, gap=12)
        whole.setStretch(1, 1)
        named = Label("By name", "strong")
        self._side = SizedPane(column(named, ScrollPane(column(self._lines, 1)), gap=8))
        self._side.set_size(DETAIL, fixed=True)
        self._edge = rule("v")
        body = row(whole, self._edge, self._side, gap=20)
        body.setStretch(0, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(holder(body))
        self._stack.addWidget(holder(column(EmptyState(Icon.IMPACT, EMPTY), margins=(HANG, 0, 0, 0))))

    # -- showing

    def _show(self, tab: AimsTab) -> None:
        self.tab = tab
        before = self.grid.currentIndex()
        at = (before.row(), before.column())
        self.model.show_tab(tab)
        shown = bool(self.model.rowCount() and tab.schools and tab.terms)
        self._stack.setCurrentIndex(0 if shown else 1)
        self.link_button.setEnabled(shown)
        index = self.model.index(*at) if before.isValid() else QModelIndex()
        if shown and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(index if index.isValid() else self.model.index(0, FIRST))
        terms = ", ".join(term.value for term in tab.terms)
        self._terms.setText(f"A square is a term, oldest first: {terms}." if terms else "")
        self._list_gaps(tab)
        self._tell(self.grid.currentIndex())
        self._go_to_wanted()

    def _list_gaps(self, tab: AimsTab) -> None:
        clear(self._lines)
        self._total.setText(gaps_words(tab))
        for gap in tab.gaps[:NAMED]:
            self._lines.add(way(gap.words, "", partial(self._link_gap, gap.aim, gap.school_id)))
        more = len(tab.gaps) - NAMED
        if more > 0:
            self._lines.add(Label(f"and {more} more in the map", "caption", "muted"))
        if not tab.gaps and tab.terms:
            self._lines.add(Label(ALL_SERVED, "body", "muted", wrap=True))

    def _tell(self, index: QModelIndex) -> None:
        spot, aim = self.model.spot(index), self.model.aim(index)
        if spot is not None:
            self.fact.setText(spot.words)
        else:
            self.fact.setText(f"Aim {aim.number}: {aim.words}" if aim else "")

    def _go_to_wanted(self) -> None:
        if self._wanted is None or self.tab is None:
            return
        self._wanted = None
        if not self.tab.gaps:
            return
        first = self.tab.gaps[0]
        index = self.model.place_of(first.aim, first.school_id)
        if index.isValid():
            self.grid.setCurrentIndex(index)
            self.grid.scrollTo(index)
            self.grid.setFocus()

    # -- doing

    def _link_at(self, index: QModelIndex) -> None:
        aim, spot = self.model.aim(index), self.model.spot(index)
        if aim is None or self.tab is None:
            return
        school = (spot.school_id, spot.school) if spot is not None and spot.gap else None
        self.verbs.link(target_of(aim), self.tab.year, school)

    def _link_gap(self, aim: int, school_id: int) -> None:
        index = self.model.place_of(aim, school_id)
        self.grid.setCurrentIndex(index)
        self.grid.scrollTo(index)
        self._link_at(index)

    def _copy(self) -> None:
        heads, lines = self.model.table()
        whole: list[list[object]] = [[*heads], *lines]
        QGuiApplication.clipboard().setText("\n".join("\t".join(map(str, line)) for line in whole))
        self.context.messages.say(f"Copied: {count(len(lines), 'line')}", "copy")

    def _export(self) -> None:
        from ui.records import export_shown

        heads, lines = self.model.table()
        export_shown(self.context, self.window(), "Gap map", heads, lines)
