"""The years tab: each year's opening and closing, what was carried over, and what moved since (R-POT-3)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models.queries.purse_years import MOVED, TO_CLOSE, YearRow
from models.services import closing
from ui.format import long_date, pounds, prose_pounds, year_label
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import buttons, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.fund.doing import ask_and_do
from ui.pages.fund.entry_panel import ChartPanel, says
from ui.pages.fund.tab import PurseTab
from ui.pages.fund.verbs import CloseForm, Closing, ReasonForm, Undoing
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import rule
from ui.widgets.parts import section
from ui.widgets.plain import Label
from ui.widgets.plates import drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from models.queries.fund_page import FundPage
    from reports.charts import Look as ChartLook
    from reports.charts import Plate
    from ui.context import AppContext
    from ui.pages.fund.purses import Chosen
    from ui.tasks import Runner
    from ui.widgets.layouts import Item


def identity(row: YearRow) -> int:
    """The id of its latest closing; of a year that was never closed, a number that no closing has."""
    return row.closings[-1].id if row.closings else -row.year


def _carried(row: YearRow) -> str:
    return "" if row.carried_p is None else pounds(row.carried_p)


def moved_words(row: YearRow) -> str:
    """By how much a closed year has moved: `−£40.00`."""
    return pounds(row.moved_p) if row.moved_p else ""


YEARS = ListSpec[YearRow](
    key="fund-years",
    table="year_close",
    noun="year",
    plural="years",
    columns=(
        Column("School year", lambda r: year_label(r.year), lambda r: r.year, Look.STRONG),
        Column("State", lambda r: r.state, lambda r: r.state, Look.STATE),
        Column("Opening", lambda r: pounds(r.opening_p), lambda r: r.opening_p, Look.MONEY, right=True),
        Column("In", lambda r: pounds(r.income_p), lambda r: r.income_p, Look.MONEY, right=True),
        Column("Out", lambda r: pounds(r.spent_p), lambda r: r.spent_p, Look.MONEY, right=True),
        Column("Closing", lambda r: pounds(r.closing_p), lambda r: r.closing_p, Look.MONEY, right=True),
        Column("Carried over", _carried, lambda r: r.carried_p, Look.MONEY, right=True),
        Column("Moved by", moved_words, lambda r: r.moved_p, Look.MONEY, right=True),
    ),
    identity=identity,
    title=lambda row: year_label(row.year),
    ask=None,
    empty=Empty(Icon.LOCK, "Here stands what each year opened and closed with."),
    chips=(
        ChipSpec("To close", lambda row: row.state == TO_CLOSE),
        ChipSpec("Moved", lambda row: row.state == MOVED),
    ),
    can_delete=lambda _row: False,
)


class YearPanel(ChartPanel):
    """A year of a purse, and the chart of all of them.

    Attributes:
        close_wanted: the year is to be closed.
        reopen_wanted: it is to be opened again.
        show_wanted: its entries are to be shown: (the school year,).
    """

    close_wanted = Signal()
    reopen_wanted = Signal()
    show_wanted = Signal(int)

    def __init__(self, pool: Runner) -> None:
        super().__init__(pool, "Year", "Year by year", 160)
        self._shown: tuple[YearRow, ...] = ()

    def show_page(self, page: FundPage) -> None:
        """Draw what came in, went out and was left, year by year."""
        rows = tuple(reversed(page.view.years)) if page.view is not None else ()
        if rows == self._shown:
            return
        self._shown = rows
        last = rows[-3:]
        self._chart_box.setVisible(any(row.income_p or row.spent_p or row.closing_p for row in last))

        def plate(look: ChartLook) -> Plate:
            from reports.charts import Compared, year_on_year

            lines = [
                Compared("Came in", tuple(row.income_p for row in last)),
                Compared("Went out", tuple(row.spent_p for row in last)),
                Compared("Closing", tuple(row.closing_p for row in last)),
            ]
            return year_on_year(lines, [year_label(row.year) for row in last], prose_pounds, look)

        if last:
            self.chart.show_chart(drawn(plate))

    @override
    def show_record(self, record: YearRow | None) -> None:
        if record is None:
            self.say("Choose a year to close it, or to see what was carried over.")
            return
        line = f"{pounds(record.opening_p)} + {pounds(record.income_p)} − {pounds(record.spent_p)}"
        items: list[Item] = [
            record_head(year_label(record.year), record.state, f"{line} = {pounds(record.closing_p)}")
        ]
        if record.moved_p:
            carried, now = pounds(record.carried_p), pounds(record.closing_p)
            items.append(
                says(f"Carried figure was {carried}, now {now}: find the late change, or close it again.")
            )
        elif record.state == TO_CLOSE and not record.may_close:
            items.append(Label("Close the year before it first.", "body", "muted", wrap=True))
        items += [buttons(*self._verbs(record)), rule(), facts(_facts(record))]
        if record.closings:
            lines = [Label(words, "caption", "muted", wrap=True) for words in trail(record)]
            items.append(section("Closings", *lines, gap=4))
        self.fill(*items)

    def _verbs(self, record: YearRow) -> list[Button]:
        made = []
        if record.may_close:
            close = Button("Close again…" if record.state == MOVED else "Close the year…", Kind.PRIMARY)
            close.clicked.connect(self.close_wanted)
            made.append(close)
        if record.may_reopen:
            again = Button("Open again…")
            again.clicked.connect(self.reopen_wanted)
            made.append(again)
        show = Button("Show its entries")
        show.clicked.connect(partial(self.show_wanted.emit, record.year))
        return [*made, show]


def _facts(row: YearRow) -> list[tuple[str, str]]:
    part = f"{row.rollover_percent} of the year’s income" if row.income_p > 0 else "nothing came in"
    return [
        ("Rolls over", f"{pounds(row.closing_p)}, {part}"),
        ("Carried over", _carried(row)),
    ]


def trail(row: YearRow) -> list[str]:
    """What happened to the year's closings, oldest first."""
    found = []
    for one in row.closings:
        found.append(f"{long_date(one.closed_on)}: closed with {pounds(one.carried_p)}")
        if one.reopened_on is not None:
            found.append(f"{long_date(one.reopened_on)}: opened again. {one.reason}")
    return found


class YearPane(ListPane[YearRow]):
    """The years of the purse chosen.

    Attributes:
        entries_wanted: the entries of a year are to be shown: (the school year,).
    """

    entries_wanted = Signal(int)

    def __init__(self, context: AppContext) -> None:
        self.panel = YearPanel(context.tasks.pool)
        super().__init__(context, YEARS, self.panel)
        self.page: FundPage | None = None
        self.panel.close_wanted.connect(self.close_year)
        self.panel.reopen_wanted.connect(self.reopen)
        self.panel.show_wanted.connect(self.entries_wanted)
        self.opened.connect(lambda row: self.entries_wanted.emit(row.year))
        self._close = self.add_action("close", "Close the year…", "Ctrl+L", self.close_year)
        self._again = self.add_action("reopen", "Open the year again…", "", self.reopen)
        self.chosen.connect(self._on_year)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.fit(ems, {"Opening"}, {"In", "Out"})

    def show_page(self, page: FundPage) -> None:
        """What the dialogs and the panel know of the purse."""
        self.page = page
        self.panel.show_page(page)

    def close_year(self) -> None:
        """Close the year chosen, of this purse or of all."""
        row, page = self.current(), self.page
        if row is None or page is None or page.view is None or not row.may_close:
            return
        fund_id, year = page.view.purse.id, row.year
        others = 0 if row.state == MOVED else len(page.purses) - 1
        form = CloseForm(self.window(), page.view.purse.name, row, others, page.today)

        def action(session: Session, given: Closing) -> object:
            if given.everywhere and others:
                return closing.close_all(session, year, given.on)
            return closing.close_year(session, fund_id, year, given.on)

        ask_and_do(self.context, form, f"Close {year_label(year)}", action)

    def reopen(self) -> None:
        """Open the year chosen again."""
        row, page = self.current(), self.page
        if row is None or page is None or page.view is None or not row.may_reopen:
            return
        fund_id, year = page.view.purse.id, row.year
        words = f"{_carried(row)} was carried over. The closing stays in the list with your reason."
        title = f"Open {year_label(year)} again"
        form = ReasonForm(self.window(), title, "Open again", words, page.today)

        def action(session: Session, given: Undoing) -> None:
            closing.reopen_year(session, fund_id, year, given.on, given.reason)

        ask_and_do(self.context, form, title, action)

    def _on_year(self, row: YearRow | None) -> None:
        self._close.setEnabled(row is not None and row.may_close)
        self._again.setEnabled(row is not None and row.may_reopen)


class YearTab(PurseTab[YearRow]):
    """The years of the purse chosen."""

    def __init__(self, context: AppContext, chosen: Chosen) -> None:
        self.years = YearPane(context)
        super().__init__(context, chosen, self.years)
        self.head.account.leads = False
        self._closing = False

    def to_close(self) -> None:
        """Choose the first year that can be closed as soon as the years are asked again."""
        self._closing, self.page = True, None

    @override
    def records(self, page: FundPage) -> Sequence[YearRow]:
        self.years.show_page(page)
        return page.view.years if page.view is not None else ()

    @override
    def begins_at(self, page: FundPage) -> int | None:
        years = page.view.years if page.view is not None else ()
        closing, self._closing = self._closing, False
        ready = [row for row in years if row.may_close] if closing else []
        if ready:
            return identity(min(ready, key=lambda row: row.year))
        return next((identity(row) for row in years if row.year == page.year), None)
