"""The plan tab: a heading's budget against what happened; 10% off plan asks for words (R-POT-6)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models.queries.fund_page import PlanRow
from models.services import budget
from models.words import Direction, Heading
from ui.format import pounds, year_label
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import buttons, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.fund.entry_panel import ChartPanel, says
from ui.pages.fund.forms import PLAN
from ui.pages.fund.tab import PurseTab
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import rule
from ui.widgets.plain import Label
from ui.widgets.plates import drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.queries.fund_page import FundPage
    from reports.charts import Look as ChartLook
    from reports.charts import Plate
    from ui.context import AppContext
    from ui.pages.fund.purses import Chosen
    from ui.tasks import Runner
    from ui.widgets.layouts import Item

NOT_PLANNED = "not planned"
OFF, NOTED, ON_PLAN = "Note needed", "Explained", "On plan"
_PLACES = {heading: number for number, heading in enumerate(Heading)}


def identity(row: PlanRow) -> int:
    """The line's id; of a heading that nobody planned, a number that no line has."""
    return row.line_id or -(1 + _PLACES[row.heading] + len(_PLACES) * (row.direction is Direction.OUT))


def state_of(row: PlanRow) -> str:
    """Whether it is off plan, and whether that is explained."""
    if not row.needs_note:
        return ON_PLAN
    return NOTED if row.explanation.strip() else OFF


def off_words(row: PlanRow) -> str:
    """How far it is off plan: `45% under`."""
    if row.planned_p is None:
        return NOT_PLANNED
    if not row.difference_p:
        return "0%"
    return f"{row.off} {'over' if row.difference_p > 0 else 'under'}"


BUDGET = ListSpec[PlanRow](
    key="fund-budget",
    table="budget_line",
    noun="line",
    plural="lines",
    columns=(
        Column("Heading", lambda r: r.heading.label, lambda r: _PLACES[r.heading], Look.STRONG, stretch=True),
        Column("In or out", lambda r: r.direction.label, lambda r: r.direction.label),
        Column(
            "Planned",
            lambda r: NOT_PLANNED if r.planned_p is None else pounds(r.planned_p),
            lambda r: r.planned_p,
            Look.MONEY,
            right=True,
        ),
        Column("Actual", lambda r: pounds(r.actual_p), lambda r: r.actual_p, Look.MONEY, right=True),
        Column(
            "Difference", lambda r: pounds(r.difference_p), lambda r: r.difference_p, Look.MONEY, right=True
        ),
        Column("Off plan", off_words, lambda r: abs(r.difference_p), right=True),
        Column("Note", state_of, state_of, Look.STATE),
    ),
    identity=identity,
    title=lambda row: row.heading.label,
    ask=None,
    empty=Empty(
        Icon.CHECK,
        "A plan says what each heading is meant to cost. What happens is then set against it, and a heading "
        "that is 10% or more off asks for a sentence that explains it.",
        "Plan the first heading",
    ),
    chips=(
        ChipSpec(OFF, lambda row: state_of(row) == OFF),
        ChipSpec("10% or more off", lambda row: row.needs_note),
    ),
    form=PLAN,
    words=lambda row: f"{row.heading.label} {row.direction.label} {state_of(row)} {row.explanation}",
    can_delete=lambda row: row.line_id is not None,
)


class BudgetPanel(ChartPanel):
    """A heading's plan, and the chart of all of them.

    Attributes:
        edit_wanted: the heading is to be planned or explained.
    """

    edit_wanted = Signal()

    def __init__(self, pool: Runner) -> None:
        super().__init__(pool, "Heading", "Planned and spent", 260)
        self._shown: tuple[PlanRow, ...] = ()

    def show_page(self, page: FundPage) -> None:
        """Draw what was to be spent beside what was."""
        plan = page.view.plan if page.view is not None else ()
        rows = tuple(row for row in plan if row.direction is Direction.OUT)  # a grant would dwarf the rest
        if rows == self._shown:
            return
        self._shown = rows
        self._chart_box.setVisible(bool(rows))

        def plate(look: ChartLook) -> Plate:
            from models.formats import prose_pounds
            from reports.charts import Compared, year_on_year

            lines = [Compared(row.heading.label, (row.planned_p, row.actual_p)) for row in rows]
            return year_on_year(lines, ("Planned", "Spent"), prose_pounds, look)

        if rows:
            self.chart.show_chart(drawn(plate))

    @override
    def show_record(self, record: PlanRow | None) -> None:
        if record is None:
            self.say("Choose a heading to plan it, or to explain why it went otherwise.")
            return
        line = (
            f"{'Money in' if record.direction is Direction.IN else 'Money out'} · {year_label(record.year)}"
        )
        items: list[Item] = [record_head(record.heading.label, state_of(record), line)]
        if state_of(record) == OFF:
            words = "Nobody planned it" if record.planned_p is None else f"It is {off_words(record)} its plan"
            items.append(says(f"{words}: write a note that explains it."))
        words = "Explain…" if record.needs_note else "Edit…"
        button = Button(words, Kind.PLAIN, tip=f"{words} (Ctrl+E)")
        button.clicked.connect(self.edit_wanted)
        items += [buttons(button), rule(), facts(_facts(record))]
        if record.explanation:
            items.append(Label(record.explanation, "body", wrap=True))
        self.fill(*items)


def _facts(row: PlanRow) -> list[tuple[str, str]]:
    return [
        ("Planned", NOT_PLANNED if row.planned_p is None else pounds(row.planned_p)),
        ("Actual", pounds(row.actual_p)),
        ("Difference", f"{pounds(row.difference_p)} ({off_words(row)})" if row.difference_p else "none"),
    ]


class BudgetPane(ListPane[PlanRow]):
    """The headings of the purse chosen, planned and used."""

    def __init__(self, context: AppContext) -> None:
        self.panel = BudgetPanel(context.tasks.pool)
        self._copy = Button(
            "Copy last year’s plan", tip="Plan this year as the one before, heading by heading"
        )
        self._copy.clicked.connect(self.copy_plan)
        self._copy.hide()
        super().__init__(context, BUDGET, self.panel, tools=(self._copy,))
        self.page: FundPage | None = None
        self.panel.edit_wanted.connect(self.edit)
        self._copying = self.add_action("copy-plan", "Copy last year’s plan", "", self.copy_plan)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.fit(ems, {"In or out"}, {"Difference", "Off plan"})

    def show_page(self, page: FundPage) -> None:
        """What the forms and the panel know of the purse."""
        self.page = page
        self.panel.show_page(page)
        planned = any(row.line_id is not None for row in page.view.plan) if page.view is not None else False
        can = page.view is not None and page.view.planned_before and not planned
        self._copy.setVisible(can)
        self._copying.setEnabled(can)

    @override
    def new(self) -> None:
        self._plan({"direction": Direction.OUT})

    @override
    def edit(self) -> None:
        row = self.current()
        if row is None or row.line_id is not None:
            super().edit()
        else:
            self._plan({"direction": row.direction, "heading": row.heading})

    def copy_plan(self) -> None:
        """Plan the year as the one before."""
        if self.page is not None and self.page.view is not None:
            fund_id, year = self.page.view.purse.id, self.page.year
            name = f"Copy the plan of {year_label(year - 1)}"
            self.context.book.change(name, partial(budget.copy_plan, fund_id=fund_id, year=year))

    def _plan(self, values: dict[str, object]) -> None:
        if self.editor is not None and self.page is not None and self.page.view is not None:
            key = {"fund_id": self.page.view.purse.id, "school_year": self.page.year}
            self.editor.new({**key, **values})


class BudgetTab(PurseTab[PlanRow]):
    """The plan of the purse chosen against what happened."""

    def __init__(self, context: AppContext, chosen: Chosen) -> None:
        self.lines = BudgetPane(context)
        super().__init__(context, chosen, self.lines)

    @override
    def records(self, page: FundPage) -> Sequence[PlanRow]:
        self.lines.show_page(page)
        if page.view is None:
            return ()
        return page.view.plan
