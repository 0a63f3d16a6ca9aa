"""The next-year tab: what the cluster will do, who, when, at what cost, and how it is checked (part 22)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.pack_page import NextTab, StepRow, next_tab
from models.services import pack_words
from ui.format import count, listed, long_date, pounds, prose_pounds, year_label
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.pane import HANG, ListPane
from ui.lists.spec import Empty, ListSpec
from ui.overrides import override
from ui.pages.pack.forms import STEP
from ui.wayfinding import Place
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, holder, row
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from ui.context import AppContext

NEEDS = {"Paid from": 130, "When": 90, "Who leads": 80}  # the ems that a window needs to show them
SPEC = ListSpec[StepRow](
    key="pack-plan",
    table="next_step",
    noun="task",
    plural="tasks",
    columns=(
        Column("No.", lambda r: str(r.place), lambda r: r.place, right=True),
        Column(
            "Task", lambda r: r.task, lambda r: r.task.casefold(), Look.STRONG, stretch=True,
            tip=lambda r: r.task,
        ),
        Column(
            "Who leads", lambda r: r.who or "–", lambda r: r.who.casefold(), stretch=True, tip=lambda r: r.who
        ),
        Column("When", lambda r: r.when or "–", lambda r: r.when.casefold()),
        Column(
            "Cost", lambda r: "–" if r.cost_p is None else pounds(r.cost_p), lambda r: r.cost_p, Look.MONEY,
            right=True, spoken=lambda r: pounds(r.cost_p),
        ),
        Column("Paid from", lambda r: r.source or "–", lambda r: r.source.casefold()),
    ),
    identity=lambda r: r.id,
    title=lambda r: f"task {r.place}",
    ask=None,
    empty=Empty(
        Icon.PACK,
        "The plan answers the Steering Group’s last question: what next? Write down what you will do, how "
        "you will know it worked, who leads it, when, what it costs and who pays.",
        "Plan the first task",
    ),
    form=STEP,
    words=lambda r: f"{r.task} {r.success} {r.who} {r.when} {r.source} {r.check}",
)  # fmt: skip


class StepPanel(DetailPanel):
    """One task of the plan."""

    def __init__(self, pane: PlanPane) -> None:
        super().__init__("Task")
        self._list = pane

    @override
    def show_record(self, record: StepRow | None) -> None:
        if record is None:
            self.say("Choose a task to see how you will know that it worked.")
            return
        edit = Button("Edit…", tip="Edit… (Enter)")
        edit.clicked.connect(self._list.edit)
        made = [edit]
        for words, keys, by in (("Move up", "Alt+Up", -1), ("Move down", "Alt+Down", 1)):
            button = Button(words, tip=f"{words} ({keys})")
            button.setEnabled(1 <= record.place + by <= record.many)
            button.clicked.connect(partial(self._list.move_by, by))
            made.append(button)
        known = [
            ("It worked if", record.success or "not entered"),
            ("Who leads", record.who or "not entered"),
            ("When", record.when or "not entered"),
            ("Cost", pounds(record.cost_p)),
            ("Paid from", record.source or "not entered"),
            ("Checked by", record.check or "not entered"),
        ]
        head = record_head(record.task, "", f"{record.place} of {record.many}")
        self.fill(head, buttons(*made, across=3), facts(known))


class PlanPane(ListPane[StepRow]):
    """The plan for the year after the one in view."""

    def __init__(self, context: AppContext) -> None:
        self._sum = Label("", "caption", "muted", wrap=True)
        self._dates = Label("", "caption", "muted", wrap=True)
        plan = Button("Plan meetings", Kind.LINK, tip="Enter the dates of next year’s meetings")
        plan.clicked.connect(lambda: context.bus.page_wanted.emit("meetings", Place("meeting")))
        line = row(self._dates, plan, gap=8)
        line.setStretchFactor(self._dates, 1)
        foot = holder(column(self._sum, line, gap=2, margins=(HANG, 0, 0, 0)))
        super().__init__(context, SPEC, StepPanel(self), foot=foot)
        self.add_action("up", "Move up", "Alt+Up", partial(self.move_by, -1))
        self.add_action("down", "Move down", "Alt+Down", partial(self.move_by, 1))

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.squeeze(frozenset(head for head, least in NEEDS.items() if ems < least))

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        self.context.book.ask(partial(next_tab, year=year), self._show, key="pack-plan")

    @override
    def new(self) -> None:
        """Plan another task."""
        if self.editor is not None and self.year is not None:
            self.editor.new({"school_year": self.year + 1})

    def move_by(self, by: int, *_: object) -> None:
        """Move the task chosen."""
        record = self.current()
        if record is not None and 1 <= record.place + by <= record.many:
            name = f"Move task {record.place} of next year’s plan {'up' if by < 0 else 'down'}"
            self.context.book.change(name, partial(pack_words.move_step, step_id=record.id, by=by))

    def _show(self, tab: NextTab) -> None:
        without = count(tab.without_cost, "task")
        missing = f"; {without} without a cost" if tab.without_cost else ""
        self._sum.setText(f"{prose_pounds(tab.cost_p)} planned in all{missing}." if tab.rows else "")
        days = listed([long_date(day) for day in tab.meetings]) or "none entered yet"
        self._dates.setText(f"Meetings in {year_label(tab.year)}: {days}.")
        self.show_records(tab.rows)
