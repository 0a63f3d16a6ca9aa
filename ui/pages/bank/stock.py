"""Stock check: what to look at this year, when it was last seen, what it is short of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.bank_lists import stock
from models.services import lending
from ui.format import count, long_date
from ui.icons import Icon
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import Empty, ListSpec
from ui.overrides import override
from ui.pages.bank.columns import STOCK, STOCK_CHIPS, squeezed
from ui.pages.bank.verbs import Verbs, today_of
from ui.wayfinding import Place
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row, rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from models.queries.bank_lists import StockRow
    from ui.context import AppContext

EMPTY = Empty(
    Icon.BANK,
    "A stock check looks once a year whether each kit is there and whole. It begins with the first kit.",
    "Add the first item",
)


class StockPanel(DetailPanel):
    """Shows the item chosen as a stock check sees it."""

    def __init__(self, pane: StockPane) -> None:
        super().__init__("Stock check")
        self._stock = pane

    @override
    def show_record(self, record: StockRow | None) -> None:
        if record is None:
            self.say("Choose an item to count it.")
            return
        head = column(record_head(record.name, record.state, record.code), gap=10)
        if record.now is not None:
            held = f"With {record.now.school} until {long_date(record.now.due_on)}: count it when it is back."
            head.add(Label(held, wrap=True))
        check = Button("Check…", Kind.PRIMARY, tip=f"Check {record.code} (Ctrl+B)")
        check.clicked.connect(self._stock.check)
        made = [check]
        if record.short:
            head.add(Label(f"Short of {count(record.short, 'piece')}.", "body", "warn", wrap=True))
            done = Button("All replaced", tip="Note that what was short has been replaced")
            done.clicked.connect(self._stock.restock)
            made.append(done)
        head.add(buttons(*made))
        seen = "never"
        if record.checked_on is not None:
            seen = long_date(record.checked_on) + (f", {record.checked_by}" if record.checked_by else "")
        pairs = [
            ("Kept at", record.location),
            ("Pieces", f"{record.parts:,}" if record.parts else "not listed"),
            ("Last seen", seen),
            ("Found", record.notes),
            ("Next check", _next_check(record)),
        ]
        item = Button("Show item", Kind.QUIET, tip=f"Show {record.code}")
        item.clicked.connect(self._stock.show_item)
        self.fill(head, rule(), facts(pairs), row(item, 1))


def _next_check(row: StockRow) -> str:
    if not row.has_mains:
        return ""
    return long_date(row.next_check_on) if row.next_check_on else "no day entered; it has a mains lead"


class StockPane(ListPane["StockRow"]):
    """The items to count. Enter counts one."""

    def __init__(self, context: AppContext) -> None:
        def ask(session: Session, year: int) -> Sequence[StockRow]:
            return stock(session, year, context.today).rows

        spec: ListSpec[StockRow] = ListSpec(
            key="bank-stock",
            table="resource",
            noun="item",
            plural="items",
            columns=STOCK,
            identity=lambda item: item.id,
            title=lambda item: item.code,
            ask=ask,
            empty=EMPTY,
            chips=STOCK_CHIPS,
            can_delete=lambda _item: False,
            words=lambda item: f"{item.code} {item.name} {item.location} {item.notes}",
        )
        super().__init__(context, spec, StockPanel(self))
        self.verbs = Verbs(context, self)
        self._check = self.add_action("check", "Check…", "Ctrl+B", self.check)
        self._restock = self.add_action("restock", "All replaced", "", self.restock)
        self._item = self.add_action("item", "Show item", "Ctrl+G", self.show_item)
        self.opened.connect(self._on_opened)
        self.chosen.connect(self._update_actions)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.squeeze(squeezed(ems, frozenset({"Pieces"}), frozenset({"Last seen"})))

    @override
    def show_place(self, place: Place) -> None:
        if place.table == "stock_check" and place.id:
            self.context.book.ask(partial(_item_of, place.id), self.go_to, key="bank-check")

    @override
    def new(self) -> None:
        """There is nothing to count yet: begin with the items."""
        place = Place("resource", task="new")
        self.context.bus.page_wanted.emit(place.page, place)

    def check(self) -> None:
        """Count the item chosen."""
        if record := self.current():
            self.verbs.count(record.id)

    def restock(self) -> None:
        """Note that what it was short of has been replaced, today."""
        record = self.current()
        if record is None or not record.short:
            return

        def action(session: Session) -> None:
            lending.restock(session, record.id, today_of(session, self.context.today))

        self.context.book.change(f"Replace what {record.code} was short of", action)

    def show_item(self) -> None:
        """Show it in the list of items."""
        if record := self.current():
            place = Place("resource", record.id)
            self.context.bus.page_wanted.emit(place.page, place)

    def _on_opened(self, _record: object) -> None:
        self.check()

    def _update_actions(self, record: StockRow | None) -> None:
        self._check.setVisible(record is not None)
        self._item.setVisible(record is not None)
        self._restock.setVisible(record is not None and bool(record.short))


def _item_of(check_id: int, session: Session) -> int:
    """The item that a stock check is of; 0 if it is not there any more."""
    from models.tables import StockCheck

    found = session.get(StockCheck, check_id)
    return found.resource_id if found else 0
