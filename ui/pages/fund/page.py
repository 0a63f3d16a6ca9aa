"""The fund page: money, plan and years of each purse; the Advisor's answers; CPD fees; other funding."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.format import long_date, year_label
from ui.lists.tabbed import TabbedPage, TabSpec
from ui.overrides import override
from ui.pages.fund.purses import Chosen
from ui.wayfinding import Place

if TYPE_CHECKING:
    from models.queries.fund_page import FundPage as Answer
    from ui.context import AppContext
    from ui.lists.tabbed import TabBody

MONEY, BUDGET, YEARS, APPROVALS, CPD, OTHER = range(6)


class FundPage(TabbedPage):
    """The fund."""

    def __init__(self, context: AppContext) -> None:
        self.chosen = Chosen()
        tabs = (
            TabSpec("Money", ("fund_entry", "fund"), self._make_money),
            TabSpec("Plan", ("budget_line",), self._make_budget),
            TabSpec("Years", ("year_close",), self._make_years),
            TabSpec("Advisor", ("approval",), self._make_approvals),
            TabSpec("CPD fees", (), self._make_cpd),
            TabSpec("Other funding", ("other_funding",), self._make_other),
        )
        super().__init__(context, "Fund", tabs)
        self.chosen.changed.connect(self._again)

    @override
    def go_to(self, record: object) -> None:
        # Home asks for a year to be closed by the fund it belongs to
        if isinstance(record, Place) and record.table == "fund" and record.task == "close":
            self.chosen.fund_id = record.id
            self.show_tab(YEARS)
            self._years.to_close()
            self._again()
        else:
            super().go_to(record)

    # -- the tabs

    def _make_money(self, context: AppContext) -> TabBody:
        from ui.pages.fund.money import MoneyTab

        made = MoneyTab(context, self.chosen)
        made.page_shown.connect(self._show_line)
        made.years_wanted.connect(partial(self.show_tab, YEARS))
        made.entries.advisor_wanted.connect(self._go_to_answer)
        return made

    def _make_budget(self, context: AppContext) -> TabBody:
        from ui.pages.fund.budget import BudgetTab

        made = BudgetTab(context, self.chosen)
        made.page_shown.connect(self._show_line)
        made.years_wanted.connect(partial(self.show_tab, YEARS))
        made.fund_wanted.connect(partial(self.show_tab, MONEY))
        return made

    def _make_years(self, context: AppContext) -> TabBody:
        from ui.pages.fund.years import YearTab

        made = self._years = YearTab(context, self.chosen)
        made.page_shown.connect(self._show_line)
        made.years.entries_wanted.connect(self._show_entries)
        made.fund_wanted.connect(partial(self.show_tab, MONEY))
        return made

    def _make_approvals(self, context: AppContext) -> TabBody:
        from ui.pages.fund.approvals import ApprovalTab

        return ApprovalTab(context)

    def _make_cpd(self, context: AppContext) -> TabBody:
        from ui.pages.fund.cpd import CpdTab

        return CpdTab(context)

    def _make_other(self, context: AppContext) -> TabBody:
        from ui.pages.fund.other import OtherTab

        return OtherTab(context)

    # -- inside

    def _again(self) -> None:
        if self._year is not None:
            self.refresh(self._year)

    def _show_line(self, page: Answer) -> None:
        """What the head says: the day the figures are of."""
        words = f"{year_label(page.year)}, which is over" if page.over else f"As of {long_date(page.until)}"
        self.context_line.setText(f"Held by {page.holder or 'the lead school'} · {words}")
        self.filled.emit()

    def _show_entries(self, year: int) -> None:
        self.show_tab(MONEY)
        if year != self._year:
            self.context.bus.year_wanted.emit(year)

    def _go_to_answer(self, approval_id: int) -> None:
        self.go_to(Place("approval", approval_id))
