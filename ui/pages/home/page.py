"""Home: what needs doing now, six figures, three charts, and how ready the pack is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout

from ui import theme
from ui.format import count
from ui.icons import Icon
from ui.overrides import override
from ui.pages.home import words
from ui.pages.home.charts import meetings_chart, pot_chart, release_chart
from ui.pages.home.facts import home_facts
from ui.shell.pages import Page
from ui.wayfinding import Place
from ui.widgets import reading
from ui.widgets.badge import Badge
from ui.widgets.buttons import Button, Kind
from ui.widgets.chart import Chart
from ui.widgets.layouts import Grid, ScrollPane, clear, column, holder, row, rule
from ui.widgets.meters import Segments
from ui.widgets.parts import Banner, Figure, TodoLine, page_head, section
from ui.widgets.plain import Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from models.queries.readiness import PartReadiness
    from ui.context import AppContext
    from ui.pages.home.charts import ChartOf
    from ui.pages.home.facts import HomeFacts
    from ui.tasks import Runner
    from ui.widgets.layouts import Box

LINES = 6  # of the to-do list, at least, before the rest is folded away so that the charts stay in sight
BESIDES, LINE = 430, 54  # pixels at 100 % text size: all else on the page, and one line
PARTS_MOST = 6  # of the parts that want something; the pack's own page has them all
STACK_BELOW, CHARTS_BELOW = 64, 80  # ems

STEPS = (
    (
        Icon.EXPORT,
        "Save a blank workbook",
        "A sheet for each subject, with a guide: fill in what you have",
        "Save…",
        "template",
    ),
    (
        Icon.FOLDER,
        "Import a workbook",
        "You see what would change before anything is saved",
        "Import…",
        "import_workbook",
    ),
    (
        Icon.BOOK,
        "Look at the sample cluster",
        "Two invented years of a whole cluster, to see where this leads",
        "Explore",
        "sample",
    ),
)
SAMPLE = "This is the sample cluster: change anything you like. Remove, above, takes it away again."
SAMPLE_TO_READ = "This is the sample cluster, open to read only: look at all of it, nothing is changed."


class ChartPart:
    """A chart with its head, and the sentence that stands there while there is nothing to draw."""

    def __init__(self, pool: Runner, head: str, height: int) -> None:
        self._note, self._sentence = Label("", "caption", "muted"), Label("", "body", "muted", wrap=True)
        self.chart = Chart(pool, head, height)
        self.box = section(head, self.chart, self._sentence, side=self._note, gap=6)

    def show(self, what: ChartOf) -> None:
        """Show the chart, or say why there is none."""
        self._note.setText(what.note)
        self._sentence.setText(what.sentence)
        self._sentence.setVisible(what.draw is None)
        self.chart.setVisible(what.draw is not None)
        if what.draw is not None:
            self.chart.show_chart(what.draw)


class HomePage(Page):
    """The first page.

    Args:
        context: the shared things.
        today: says what day it is.
        pages: the keys of the pages there are; a line leads only to one of them.
    """

    def __init__(self, context: AppContext, today: Callable[[], dt.date], pages: Collection[str]) -> None:
        super().__init__(context)
        self._today, self._pages = today, pages
        self._facts: HomeFacts | None = None
        self._unfolded, self._most = False, LINES
        self._context_line = Label("", "body", "muted", wrap=True)
        self._sample = Banner("accent", Icon.INFO, SAMPLE_TO_READ if reading.why_not() else SAMPLE)
        self._sample.hide()
        self._left, self._right = self._build_left(), self._build_right()
        self._edge = rule("v")
        self._body: Box = row(self._left, self._edge, self._right, gap=28)
        self._body.setStretch(0, 63)
        self._body.setStretch(2, 37)
        head = page_head("Home", self._context_line)
        inner = column(head, self._sample, self._body, gap=20, margins=(24, 20, 24, 20))
        inner.setStretchFactor(self._body, 1)
        self._pane = ScrollPane(inner)
        self._pane.setVisible(False)
        self.setLayout(column(self._pane))

    def facts(self) -> HomeFacts | None:
        """What is shown now."""
        return self._facts

    def charts(self) -> tuple[Chart, ...]:
        """The charts on show."""
        parts = (self._meetings, self._release, self._pot)
        return tuple(part.chart for part in parts if part.chart.isVisible())

    def figures(self) -> dict[str, str]:
        """The six figures on show: name to value; none of a year that has not begun."""
        shown = self._cards if not self._grid.isHidden() else ()
        return {figure.name(): figure.value() for figure in shown}

    @override
    def refresh(self, year: int) -> None:
        self.context.book.ask(partial(home_facts, year=year, today=self._today), self._show, key="home")

    @override
    def arrange(self, ems: float) -> None:
        stacked = ems < STACK_BELOW
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._body.setDirection(down if stacked else across)
        self._edge.setVisible(not stacked)
        self._charts.setDirection(down if ems < CHARTS_BELOW else across)
        self._fit_todo()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_todo()

    # -- building

    def _build_left(self) -> QWidget:
        pool = self.context.tasks.pool
        self._todo_head, self._todo_count = Label("", "section"), Label("", "caption", "muted")
        self._todo = column()
        self._more = Button("", Kind.QUIET)
        self._more.clicked.connect(self._unfold)
        self._todo_box = holder(
            column(
                row(self._todo_head, 1, self._todo_count),
                self._todo,
                row(self._more, 1, margins=(36, 6, 0, 0)),
                gap=2,
            )
        )
        self._meetings = ChartPart(pool, "Schools at each meeting", 150)
        self._release = ChartPart(pool, "Release used by school", 190)
        narrow, wide = holder(column(self._meetings.box, 1)), holder(column(self._release.box, 1))
        self._charts: Box = row(narrow, wide, gap=32)
        self._charts.setStretch(0, 4)
        self._charts.setStretch(1, 5)
        self._charts_box = holder(self._charts)
        self._steps: QWidget | None = None
        self._work = column(self._todo_box, self._charts_box, 1, gap=20)
        return holder(self._work)

    def _build_steps(self) -> QWidget:
        lines = column()
        for number, (icon, head, detail, action, command) in enumerate(STEPS):
            if number:
                lines.add(rule())
            line = TodoLine(icon, "accent", head, detail, action, primary=command == "import_workbook")
            line.button().setObjectName(f"step-{command}")
            line.acted.connect(partial(self.context.bus.command_wanted.emit, command))
            lines.add(line)
        purpose = Label(
            "Home shows what needs doing and how the year is going. It fills by itself as meetings, claims "
            "and money are entered.",
            "body",
            "muted",
            wrap=True,
        )
        return holder(section("First steps", purpose, lines, gap=6))

    def _build_right(self) -> QWidget:
        self._cards = tuple(Figure(name) for name in words.NAMES)
        self._segments, self._counts = Segments(), Label("", "body", "muted")
        self._parts = column()
        self._open = Button("Open pack", Kind.QUIET)
        self._open.setObjectName("first")
        self._open.clicked.connect(self._go_to_pack)
        self._pot = ChartPart(self.context.tasks.pool, "The cluster pot", 220)
        self._year_head = Label("The year so far", "section")
        self._grid, self._later = holder(Grid(2, self._cards)), Label("", "body", "muted", wrap=True)
        self._pot_box = holder(column(rule(), self._pot.box, gap=20))
        return holder(
            column(
                column(self._year_head, self._grid, self._later, gap=12),
                rule(),
                section("Review pack", self._segments, self._counts, self._parts, side=self._open, gap=8),
                self._pot_box,
                1,
                gap=20,
            )
        )

    # -- showing

    def _show(self, facts: HomeFacts) -> None:
        if self._facts is None or self._facts.year != facts.year:
            self._unfolded = False
        self._facts = facts
        self._context_line.setText(words.context_line(facts))
        self._sample.setVisible(facts.sample)
        self._show_todo(facts)
        self._show_figures(facts)
        self._show_readiness(facts.figures.readiness if facts.figures else ())
        self._show_charts(facts)
        self._pane.setVisible(True)
        self.filled.emit()

    def _fit_todo(self) -> None:
        """Show as many things to do as leave the charts in sight."""
        fitting = (self.height() - theme.now().fs(BESIDES)) // theme.now().fs(LINE)
        most, self._most = self._most, max(LINES, fitting)
        if most != self._most and self._facts is not None:
            self._show_todo(self._facts)

    def _show_todo(self, facts: HomeFacts) -> None:
        clear(self._todo)
        first = facts.blank and not facts.over
        self._show_steps(on=first)
        self._todo_box.setVisible(not first or bool(facts.todo))
        many = len(facts.todo)
        folded = many > self._most and not self._unfolded
        self._todo_head.setText(words.todo_head(facts))
        self._todo_count.setText(count(many, "thing") if many else "")
        for number, line in enumerate(facts.todo[: self._most - 1] if folded else facts.todo):
            if number:
                self._todo.add(rule())
            way = words.way_of(line)
            action = way.action if way.page in self._pages else ""
            made = TodoLine(way.icon, way.tone, line.title, line.detail, action, primary=number == 0)
            if action:
                place = Place(line.about.table, line.about.id, line.matter)
                made.acted.connect(partial(self.context.bus.page_wanted.emit, way.page, place))
            self._todo.add(made)
        if not many:
            self._todo.add(row(Label(words.nothing_to_do(facts), wrap=True), margins=(0, 10, 0, 10)))
        self._more.set_words(f"{many - self._most + 1} more" if folded else "Show fewer")
        self._more.setVisible(many > self._most)

    def _show_steps(self, *, on: bool) -> None:
        """Show the first steps of a new book; most books are not, and Home is there sooner without."""
        if on and self._steps is None:
            self._steps = self._build_steps()
            self._work.insertWidget(0, self._steps)
        if self._steps is not None:
            self._steps.setVisible(on)

    def _show_figures(self, facts: HomeFacts) -> None:
        self._year_head.setText("The year" if facts.over else "The year so far")
        self._grid.setVisible(facts.figures is not None)
        self._later.setVisible(facts.figures is None)
        self._later.setText(f"{words.not_begun(facts)}: its figures come then.")
        shown = words.cards(facts.figures) if facts.figures else ()
        for figure, card in zip(self._cards, shown, strict=False):
            figure.show_value(card.value, card.note, missing=card.missing)

    def _show_readiness(self, parts: tuple[PartReadiness, ...]) -> None:
        states = ("Complete", "Thin", "Missing")
        numbers = [(sum(part.state.label == word for part in parts), word) for word in states]
        self._segments.set_parts(numbers)
        self._counts.setText(" · ".join(f"{number} {word.lower()}" for number, word in numbers))
        for widget in (self._segments, self._counts, self._open):
            widget.setVisible(bool(parts))
        clear(self._parts)
        wanting = [part for part in parts if part.to_enter]
        for number, part in enumerate(wanting[:PARTS_MOST]):
            if number:
                self._parts.add(rule())
            name = Label(part.title)
            self._parts.add(row(name, 1, Badge(part.state.label), margins=(0, 6, 0, 6)))
        if len(wanting) > PARTS_MOST:
            more = Label(f"and {len(wanting) - PARTS_MOST} more", "caption", "muted")
            self._parts.add(row(more, 1, margins=(0, 6, 0, 0)))
        if not parts:
            self._parts.add(Label("There is no pack before the year begins.", "body", "muted", wrap=True))

    def _show_charts(self, facts: HomeFacts) -> None:
        shown = facts.figures is not None and not facts.blank
        self._charts_box.setVisible(shown)
        self._pot_box.setVisible(shown)
        if facts.figures is not None and shown:
            self._meetings.show(meetings_chart(facts.figures))
            self._release.show(release_chart(facts.figures))
            self._pot.show(pot_chart(facts.figures))

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        if self._facts is not None:
            self._show_todo(self._facts)
            self.filled.emit()

    def _go_to_pack(self) -> None:
        self.context.bus.page_wanted.emit("pack", None)
