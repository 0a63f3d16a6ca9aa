"""The base of the tabs that show one fund: purses and account above, what the tab is for below."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from ui.icons import Icon
from ui.lists.pane import HANG
from ui.pages.fund.purses import PurseHead
from ui.widgets.layouts import column, holder
from ui.widgets.parts import EmptyState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLayout

    from models.queries.fund_page import FundPage
    from ui.context import AppContext
    from ui.lists.pane import ListPane
    from ui.pages.fund.purses import Chosen
    from ui.shell.pages import Command
    from ui.wayfinding import Place
    from ui.widgets.layouts import Item

T = TypeVar("T")
NO_FUND = (
    "The fund holds the cluster’s money, each purse by itself: the cluster pot, lead time, administration "
    "and what other funders give."
)


class PurseTab(QWidget, Generic[T]):
    """A tab of the fund page that shows the purse chosen.

    Args:
        context: the shared things.
        chosen: the purse that all tabs show.
        pane: the tab's list.
        above: what stands between account and list.

    Attributes:
        page_shown: the answer of the query is on show: (FundPage,).
        years_wanted: the state of the year was asked about.
        fund_wanted: there is no fund yet, and one is wanted.
    """

    page_shown = Signal(object)
    years_wanted = Signal()
    fund_wanted = Signal()

    def __init__(self, context: AppContext, chosen: Chosen, pane: ListPane[T], *above: Item) -> None:
        super().__init__()
        self.context, self.chosen, self.pane = context, chosen, pane
        self.page: FundPage | None = None
        self._wanted: Place | None = None
        self.head = PurseHead()
        self.head.chosen.connect(chosen.choose)
        self.head.years_wanted.connect(self.years_wanted)
        self._none = EmptyState(Icon.FUND, NO_FUND, "Start a fund")
        self._none.acted.connect(self.fund_wanted)
        self._stack = QStackedLayout(self)  # with its widget, or the first thing in it flashes as a window
        body = column(self.head, *above, pane, gap=16)
        body.setStretchFactor(pane, 1)
        self._stack.addWidget(holder(body, parent=self))
        self._stack.addWidget(holder(column(self._none, margins=(HANG, 0, 0, 0)), parent=self))

    @property
    def own_tools(self) -> QLayout:
        """The buttons for the page's head."""
        return self.pane.own_tools

    def refresh(self, year: int) -> None:
        """Ask for the purse chosen again."""
        from models.queries.fund_page import fund_page

        self.pane.refresh(year)
        question = partial(fund_page, year=year, fund_id=self.chosen.fund_id, clock=self.context.today)
        self.context.book.ask(question, self._show, key="fund")

    def records(self, page: FundPage) -> Sequence[T]:
        """What the list shows of a page."""
        raise NotImplementedError

    def begins_at(self, page: FundPage) -> int | None:  # noqa: ARG002 -- the years begin at the one shown
        """The id of the record that another purse or year begins at; None: the first line."""
        return None

    def arrange(self, ems: float) -> None:
        """Lay out for a width."""
        self.pane.arrange(ems)

    def show_place(self, place: Place) -> None:
        """Show a record, of whatever fund and year it is."""
        from models.queries.fund_page import where

        self._wanted = place
        self.context.book.ask(
            partial(where, table=place.table, record_id=place.id), self._go, key="fund-where"
        )

    def start(self) -> None:
        """Put the keyboard where one begins."""
        if self._stack.currentIndex():
            self._none.setFocus()
        else:
            self.pane.start()

    def commands(self) -> Sequence[Command]:
        """What can be done here now."""
        return self.pane.commands()

    def _go(self, where: object) -> None:
        from models.queries.fund_page import Where

        place, self._wanted = self._wanted, None
        if place is None or not isinstance(where, Where):
            return
        if place.table != "fund":
            self.pane.show_place(place)
        self.chosen.choose(where.fund_id)
        if self.pane.year != where.year and place.table != "fund":
            self.context.bus.year_wanted.emit(where.year)

    def _show(self, page: FundPage) -> None:
        before, self.page = self.page, page
        self.pane.offer_new(on=page.view is not None)  # without a fund there is nothing to put it into
        self._stack.setCurrentIndex(0 if page.view is not None else 1)
        if page.view is not None:
            self.chosen.fund_id = page.view.purse.id
            self.head.show_page(page)
            fresh = _place(before) != _place(page)
            if fresh:
                self.pane.table.setCurrentIndex(QModelIndex())  # another purse, another year: from its start
            self.pane.show_records(self.records(page))
            start = self.begins_at(page) if fresh else None
            if start is not None:
                self.pane.table.choose(start)
        self.page_shown.emit(page)


def _place(page: FundPage | None) -> tuple[int, int] | None:
    """The purse and the year of a page."""
    return None if page is None or page.view is None else (page.view.purse.id, page.year)
