"""Confidence before and after, by area, with the way to type slips in (R-IMP-4 to R-IMP-6)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QWidget

from models.queries.confidence_page import ConfidenceTab, confidence_tab
from models.services.confidence import enter_round
from models.words import SurveyRound
from ui.format import count
from ui.icons import Icon
from ui.lists.actions import SHORTCUT
from ui.lists.pane import HANG
from ui.pages.impact.slip_dialogs import ScoreDialog
from ui.papers.menu import PapersButton
from ui.shell.pages import Command
from ui.widgets.buttons import Button, Kind
from ui.widgets.chart import Chart
from ui.widgets.layouts import Flow, ScrollPane, clear, column, holder, row, rule
from ui.widgets.parts import EmptyState, Figure, section
from ui.widgets.plain import Label
from ui.widgets.plates import drawn
from ui.widgets.reading import Verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from models.rules.confidence import Change
    from reports.charts import Look, Plate
    from ui.context import AppContext
    from ui.wayfinding import Place
    from ui.widgets.chart import Draw
    from ui.widgets.layouts import Box

EMPTY = (
    "Ask teachers how sure they feel, on paper, before the year’s work and after it. Type the slips in here: "
    "a code pairs each person’s two slips, and nobody’s name is anywhere."
)
BEFORE, AFTER = SurveyRound.BASELINE, SurveyRound.FOLLOW_UP
TWO_FROM = 90  # ems; in a narrower window the groups stand below each other


class BeforeAfter(QWidget):
    """Before and after, with the way to type slips in.

    Args:
        context: the shared things.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.tab: ConfidenceTab | None = None
        self._wanted: SurveyRound | None = None
        self.before_button = Button("Type in slips before…", tip="Type in slips before (Ctrl+J)")
        self.after_button = Button("Type in slips after…", tip="Type in slips after (Ctrl+L)")
        self.before_button.clicked.connect(partial(self.type_in, BEFORE))
        self.after_button.clicked.connect(partial(self.type_in, AFTER))
        self.papers = PapersButton(context, "confidence_answer")
        self.own_tools = row(self.papers, self.before_button, self.after_button, gap=8)
        self._actions = [
            self._action("Type in slips before…", "Ctrl+J", BEFORE),
            self._action("Type in slips after…", "Ctrl+L", AFTER),
        ]
        self.figures = [Figure(name) for name in ("Slips before", "Slips after", "Paired", "Change")]
        self._groups: Box = row(gap=40)
        self._charts: list[Chart] = []
        self._unpaired = Label("", "body", "muted", wrap=True)
        self._build()

    # -- as a part of the tab

    def refresh(self, year: int) -> None:
        """Ask for a school year's answers."""
        question = partial(confidence_tab, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="impact-confidence")

    def arrange(self, ems: float) -> None:
        """Groups stand beside each other where there is room."""
        across = QBoxLayout.Direction.LeftToRight
        self._groups.setDirection(across if ems >= TWO_FROM else QBoxLayout.Direction.TopToBottom)

    def show_place(self, place: Place) -> None:
        """Begin a round that Home asks for."""
        if place.task == "confidence":
            self._wanted = AFTER
            self._begin_wanted()

    def start(self) -> None:
        """Put the keyboard where one begins."""
        if self._stack.currentIndex():
            self._empty.setFocus()
        else:
            (self.after_button if self.tab and self.tab.before else self.before_button).setFocus()

    def commands(self) -> Sequence[Command]:
        """What can be done here, for quick find."""
        native = QKeySequence.SequenceFormat.NativeText
        return [
            Command(one.text().rstrip("…"), one.shortcut().toString(native), one.trigger)
            for one in self._actions
        ]

    def charts(self) -> Sequence[Chart]:
        """The charts in view."""
        return tuple(self._charts)

    def type_in(self, which: SurveyRound) -> None:
        """Open the grid for the slips of a round."""
        tab = self.tab
        if tab is None:
            return
        if not tab.areas:
            self.context.messages.say("Enter the areas first: what do you ask about?", "no areas")
            return
        dialog = ScoreDialog(self.window(), tab, which)

        def given(slips: list[object]) -> None:
            def action(session: Session) -> int:
                return enter_round(session, tab.year, which, slips, tab.until)  # type: ignore[arg-type]

            name = f"Enter slips {which.label.lower()}"
            self.context.book.change(name, action, lambda _: dialog.saved(), dialog.not_saved)

        dialog.given.connect(given)
        dialog.open()

    # -- building

    def _action(self, words: str, keys: str, which: SurveyRound) -> QAction:
        action = Verb(words, self)
        action.setShortcut(keys)
        action.setShortcutContext(SHORTCUT)
        action.triggered.connect(lambda *_: self.type_in(which))
        self.addAction(action)
        return action

    def _build(self) -> None:
        figures = holder(Flow(self.figures, gap=40))
        inner = column(figures, self._unpaired, rule(), self._groups, 1, gap=16)
        pane = ScrollPane(column(inner, margins=(HANG, 0, 12, 12)))
        self._empty = EmptyState(Icon.IMPACT, EMPTY, "Type in the first slips")
        self._empty.acted.connect(partial(self.type_in, BEFORE))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(pane)
        self._stack.addWidget(holder(column(self._empty, margins=(HANG, 0, 0, 0))))

    # -- showing

    def _show(self, tab: ConfidenceTab) -> None:
        self.tab = tab
        self._stack.setCurrentIndex(0 if tab.before or tab.after else 1)
        self.before_button.set_kind(Kind.PLAIN if tab.before else Kind.PRIMARY)
        self.after_button.set_kind(Kind.PRIMARY if tab.before else Kind.PLAIN)
        self._show_figures(tab)
        self._unpaired.setText(unpaired_words(tab))
        self._unpaired.setVisible(bool(self._unpaired.text()))
        clear(self._groups)
        self._charts = []
        for words, changes in tab.found.groups:
            self._show_group(words, changes, tab.points)
        self._begin_wanted()

    def _show_figures(self, tab: ConfidenceTab) -> None:
        before, after, paired, change = self.figures
        asked = sum(bool(one.people) for one in tab.found.all)
        before.show_value(str(len(tab.before)), count(asked, "area") if tab.before else "not asked yet")
        after.show_value(str(len(tab.after)), "by code" if tab.after else "not asked yet")
        number, _, people = tab.paired.partition(" paired of ")
        missing = not people
        paired.show_value(number if people else "none", f"of {people}" if people else "", missing=missing)
        whole = tab.found.overall
        if whole is None:
            change.show_value("not yet known", "nobody answered both times", missing=True)
        else:
            change.show_value(whole.change_words, "all areas together", missing=whole.small)

    def _show_group(self, words: str, changes: Sequence[Change], points: int) -> None:
        asked = [one for one in changes if one.people]
        shown = [one for one in asked if not one.small]
        small = [one for one in asked if one.small]
        body: list[QWidget] = []
        if shown:
            chart = Chart(self.context.tasks.pool, f"Confidence, {words}", height=56 + 34 * len(shown))
            chart.show_chart(_chart(shown, points))
            self._charts.append(chart)
            body.append(chart)
        body += [Label(small_words(one), wrap=True) for one in small]
        if body:
            side = Label(f"1 to {points}", "caption", "muted")
            self._groups.addLayout(column(section(words, *body, side=side, gap=8), 1), 1)

    def _begin_wanted(self) -> None:
        if self._wanted is not None and self.tab is not None:
            which, self._wanted = self._wanted, None
            self.type_in(which)


def _chart(changes: Sequence[Change], points: int) -> Draw:
    found = tuple(changes)

    def plate(look: Look) -> Plate:
        from reports.charts import dumbbell
        from reports.pack.confidence import ENDS
        from reports.pack.confidence import drawn as row_of

        return dumbbell([row_of(one) for one in found], ENDS, look, (1, points))

    return drawn(plate)


def small_words(one: Change) -> str:
    """`Leading science: 3 up, 1 the same (4 paired of 5 people)`: no mean of a few (R-IMP-6)."""
    return f"{one.area.name}: {one.change_words} ({one.paired_words})"


def unpaired_words(tab: ConfidenceTab) -> str:
    """Which codes have no partner, so that a misread one is found (R-IMP-5)."""
    before, after = tab.unpaired
    if not tab.before or not tab.after:
        return ""
    parts = [
        f"Only {words}: {', '.join(codes)}."
        for words, codes in (("before", before), ("after", after))
        if codes
    ]
    return " ".join([*parts, "A change uses paired slips alone."]) if parts else ""
