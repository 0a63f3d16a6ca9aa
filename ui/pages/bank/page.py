"""The Resource bank page: items, loans, roll-out, Trust requests, wanted list and stock check."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.bank_page import Standing, items
from ui.format import count
from ui.lists.tabbed import TabbedPage, TabSpec
from ui.overrides import override

if TYPE_CHECKING:
    from models.queries.bank_page import Items
    from ui.context import AppContext
    from ui.lists.tabbed import TabBody


def _loans(context: AppContext) -> TabBody:
    from ui.pages.bank.loans import LoansPane

    return LoansPane(context)


def _rollout(context: AppContext) -> TabBody:
    from ui.pages.bank.rollout import RolloutPane

    return RolloutPane(context)


def _requests(context: AppContext) -> TabBody:
    from ui.pages.bank.asks import RequestsPane

    return RequestsPane(context)


def _wishes(context: AppContext) -> TabBody:
    from ui.pages.bank.asks import WishesPane

    return WishesPane(context)


def _stock(context: AppContext) -> TabBody:
    from ui.pages.bank.stock import StockPane

    return StockPane(context)


OTHERS = (
    TabSpec("Loans", ("loan", "loan_line"), _loans),
    TabSpec("Roll-out", ("adoption",), _rollout),
    TabSpec("Trust requests", ("trust_request",), _requests),
    TabSpec("Wanted list", ("wanted_item",), _wishes),
    TabSpec("Stock check", ("stock_check",), _stock),
)


class BankPage(TabbedPage):
    """The page."""

    def __init__(self, context: AppContext) -> None:
        first = TabSpec("Items", ("resource", "resource_tag", "kit_item", "trial"), self._items)
        super().__init__(context, "Resource bank", (first, *OTHERS))

    @override
    def refresh(self, year: int) -> None:
        if self.tabs.current():  # the list of items tells it by itself
            self.context.book.ask(partial(items, clock=self.context.today), self._tell, key="bank-line")
        super().refresh(year)

    def _items(self, context: AppContext) -> TabBody:
        from ui.pages.bank.items import ItemsPane

        made = ItemsPane(context)
        made.told.connect(self._tell)
        return made

    def _tell(self, found: Items) -> None:
        self.context_line.setText(context_words(found))


def context_words(found: Items) -> str:
    """`22 items · 11 available · 3 out, 1 of them overdue`."""
    standings = [row.standing for row in found.rows if row.standing is not Standing.RETIRED]
    if not standings:
        return "What the schools share, and who has it"
    out = sum(one in {Standing.OUT, Standing.OVERDUE} for one in standings)
    late = standings.count(Standing.OVERDUE)
    words = [count(len(standings), "item"), f"{standings.count(Standing.AVAILABLE)} to lend"]
    words.append(f"{out} out" + (f", {late} overdue" if late else ""))
    return " · ".join(words)
