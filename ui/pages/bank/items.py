"""The items of the bank: filtered, found by a scanned label, lent, counted, tagged, tried, retired."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models.queries.bank_page import Standing, items
from models.rules.loans import LoanMove
from models.rules.resources import may_become
from models.services import sharing
from models.words import ResourceLife
from ui.forms.editor import Editor
from ui.icons import Icon
from ui.lists.pane import ListPane
from ui.lists.spec import Empty, ListSpec
from ui.overrides import override
from ui.pages.bank import forms
from ui.pages.bank.columns import ITEM_CHIPS, ITEMS, squeezed
from ui.pages.bank.filters import ItemFilters
from ui.pages.bank.item_panel import Act, ItemPanel, PanelActs
from ui.pages.bank.verbs import Verbs
from ui.wayfinding import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from models.queries.bank_item import ItemDetail
    from models.queries.bank_lists import LoanRow
    from models.queries.bank_page import ItemRow, Items
    from ui.context import AppContext

EMPTY = Empty(
    Icon.BANK,
    "The resource bank keeps what the schools share: kits, books, plans and quick-enquiry starters, where "
    "each is and what teachers found. Begin with the kit that is asked for most.",
    "Add the first item",
)

SPEC: ListSpec[ItemRow] = ListSpec(
    key="bank-items",
    table="resource",
    noun="item",
    plural="items",
    columns=ITEMS,
    identity=lambda row: row.id,
    title=lambda row: row.code,
    ask=None,
    empty=EMPTY,
    chips=ITEM_CHIPS,
    form=forms.ITEM,
    words=lambda row: row.words,
)


class ItemsPane(ListPane["ItemRow"]):
    """The list of items with its panel.

    Attributes:
        told: the list was asked for again: (Items,).
    """

    told = Signal(object)

    def __init__(self, context: AppContext) -> None:
        self.filters = ItemFilters()
        self.items: Items | None = None
        acts = PanelActs(
            now=self._acts_now,
            contents=self._contents,
            tags=self._tags,
            restock=self._restock,
            try_out=self._try_out,
            verdict=self._verdict_on,
            edit_trial=self._edit_trial,
            delete_trial=self._delete_trial,
            count=self._count_stock,
            edit_check=self._edit_check,
            delete_check=self._delete_check,
            loan=partial(self._lead, "loan"),
            rollout=self._rollout,
            entry=partial(self._lead, "fund_entry"),
        )
        self.panel = ItemPanel(context, acts)
        super().__init__(context, SPEC, self.panel, tools=(self.filters.button,), filters=(self.filters,))
        self.verbs = Verbs(context, self)
        self._trials = Editor(context, self, forms.TRIAL)
        self._checks = Editor(context, self, forms.CHECK)
        self._legal: list[tuple[QAction, Callable[[ItemRow, ItemDetail | None], bool]]] = []
        self._add_actions()
        self.filters.changed.connect(self._on_filters)
        self.panel.shown.connect(self._update_actions)
        self.chosen.connect(self._update_actions)

    # -- asking

    @override
    def refresh(self, year: int) -> None:
        self.year = year
        self.context.book.ask(partial(items, clock=self.context.today), self._show, key="bank-items")

    def _show(self, found: Items) -> None:
        self.items = found
        self.told.emit(found)
        self.filters.offer(found)
        self.filters.button.setVisible(bool(found.rows))
        self.panel.ask_again()
        self.show_records(found.rows)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.squeeze(squeezed(ems, frozenset({"Kind", "Years"}), frozenset({"With"})))

    @override
    def start(self) -> None:
        """The keyboard begins in the filter: a code is typed there, or scanned."""
        if self.items is not None and not self.items.rows:
            super().start()
        else:
            self._start_filter()

    @override
    def entered(self, words: str) -> None:
        """Enter after a code finds its item: `KIT-01`, or what a label's square code says, with it inside."""
        found = self.coded(words)
        if found is not None:
            self.let_go()
            self.go_to(found.id)
        else:
            super().entered(words)

    def coded(self, words: str) -> ItemRow | None:
        """The item whose code was typed or scanned; None if the words hold no code."""
        typed = words.strip().casefold()
        by_code = {row.code.casefold(): row for row in self.records()}
        if typed in by_code:
            return by_code[typed]
        inside = [
            row for code, row in by_code.items() if re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", typed)
        ]
        return inside[0] if len(inside) == 1 else None

    @override
    def let_go(self) -> None:
        self.filters.clear()
        super().let_go()

    def _on_filters(self) -> None:
        self.keep_only(self.filters.test())

    @override
    def show_place(self, place: Place) -> None:
        if place.table == "resource" and place.task == "new":
            self.new()
        elif place.table == "resource" and place.id:
            self.go_to(place.id)
            if place.task == "lend":
                self.verbs.lend(place.id)
            elif place.task == "check":
                self.verbs.count(place.id)

    # -- what can be done

    def _add_actions(self) -> None:
        add = self._add
        add("lend", "Lend…", "Ctrl+L", self._lend, _can_lend)
        add("reserve", "Reserve…", "Ctrl+Shift+L", self._reserve, lambda row, _: row.lendable)
        add("check_in", "Check in…", "Ctrl+I", self._check_in, lambda row, _: row.standing in OUT)
        add("hand_out", "Hand out", "Ctrl+U", self._hand_out, _moves(LoanMove.HAND_OUT))
        add("extend", "Extend…", "Ctrl+D", self._extend, _moves(LoanMove.EXTEND))
        add("cancel", "Cancel reservation", "", self._cancel, _moves(LoanMove.CANCEL))
        add("contents", "Contents…", "Ctrl+J", self._contents, lambda row, _: row.kind in WITH_PARTS)
        add("tags", "Tags…", "Ctrl+T", self._tags, _always)
        add("retag", "Tag what is shown…", "Ctrl+Shift+T", self._retag, _always)
        add("count", "Stock check…", "Ctrl+B", self._count_stock, lambda row, _: row.kind in WITH_PARTS)
        add("duplicate", "Duplicate", "Ctrl+Shift+D", self._duplicate, _always)
        add("try", "Try it out…", "", self._try_out, lambda row, _: row.retired_on is None)
        add("verdict", "Verdict…", "", self._verdict, lambda _, detail: bool(detail and detail.running))
        for key, words, life, do in LIVES:
            add(key, words, "", partial(self._become, words, do), _may_be(life))
        add("drop", "Drop…", "", self._drop, _may_be(ResourceLife.DROPPED))
        add("retire", "Retire…", "", self._retire, lambda row, _: row.retired_on is None)
        add("return", "Bring back into use", "", self._bring_back, lambda row, _: row.retired_on is not None)

    def _add(
        self,
        key: str,
        words: str,
        keys: str,
        do: Callable[[], None],
        legal: Callable[[ItemRow, ItemDetail | None], bool],
    ) -> None:
        self._legal.append((self.add_action(key, words, keys, do), legal))

    def _update_actions(self, *_: object) -> None:
        """Show only what can be done with the item chosen."""
        record, detail = self.current(), self.panel.detail
        for action, legal in self._legal:
            action.setVisible(record is not None and legal(record, detail))

    def _acts_now(self, detail: ItemDetail) -> list[Act]:
        """The buttons of the panel: the next step first."""
        row = detail.row
        if row.standing in OUT:
            return [Act("Check in…", self._check_in, main=True), Act("Extend…", self._extend)]
        if row.standing is Standing.RESERVED:
            return [Act("Hand out", self._hand_out, main=True), Act("Cancel reservation", self._cancel)]
        if row.retired_on is not None:
            return [Act("Bring back into use", self._bring_back)]
        if detail.running:
            verdict = Act("Verdict…", self._verdict, main=True)
            return [verdict, Act("Lend…", self._lend)] if row.lendable else [verdict]
        return self._acts_of_life(row)

    def _acts_of_life(self, row: ItemRow) -> list[Act]:
        """What comes next for an item that nobody has and nobody tries."""
        if row.lendable:
            return [Act("Lend…", self._lend, main=True), Act("Reserve…", self._reserve)]
        return {
            ResourceLife.ADOPTED: [Act(SHARE, partial(self._become, SHARE, sharing.share), main=True)],
            ResourceLife.IDEA: [Act("Try it out…", self._try_out, main=True)],
            ResourceLife.DROPPED: [Act(AGAIN, partial(self._become, AGAIN, sharing.take_up_again))],
        }.get(row.life, [])

    # -- doing it

    def _loan(self) -> LoanRow | None:
        """The loan that keeps the item chosen, or the next reservation of it."""
        record, detail = self.current(), self.panel.detail
        held = (record.now or record.next) if record else None
        if held is None or detail is None:
            return None
        return next((loan for loan in detail.loans if loan.id == held.loan_id), None)

    def _lend(self) -> None:
        if record := self.current():
            self.verbs.lend(record.id)

    def _reserve(self) -> None:
        if record := self.current():
            self.verbs.lend(record.id, reserve=True)

    def _check_in(self) -> None:
        record = self.current()
        if record is not None and record.now is not None:
            self.verbs.check_in(record.now.loan_id)

    def _hand_out(self) -> None:
        if loan := self._loan():
            self.verbs.hand_out(loan)

    def _extend(self) -> None:
        if loan := self._loan():
            self.verbs.extend(loan)

    def _cancel(self) -> None:
        if loan := self._loan():
            self.verbs.cancel(loan)

    def _contents(self) -> None:
        if self.panel.detail is not None:
            self.verbs.contents(self.panel.detail)

    def _restock(self) -> None:
        if record := self.current():
            self.verbs.restock(record)

    def _tags(self) -> None:
        record = self.current()
        if record is not None and self.items is not None:
            self.verbs.tags(record, self.items.values)

    def _retag(self) -> None:
        shown = self.table.records.shown()
        if shown and self.items is not None:
            self.verbs.retag(shown, self.items.values)

    def _count_stock(self) -> None:
        if record := self.current():
            self.verbs.count(record.id)

    def _duplicate(self) -> None:
        if record := self.current():
            self.verbs.duplicate(record, self._go_to_added)

    def _try_out(self) -> None:
        record = self.current()
        if record is not None and self.items is not None:
            self._trials.new({"resource_id": record.id, "starts_on": self.items.today})

    def _verdict(self) -> None:
        detail = self.panel.detail
        if detail is not None and detail.running:
            self.verbs.verdict(detail, detail.running[0])

    def _verdict_on(self, trial: object) -> None:
        detail = self.panel.detail
        found = [one for one in detail.trials if one == trial] if detail is not None else []
        if detail is not None and found:
            self.verbs.verdict(detail, found[0])

    def _edit_trial(self, trial_id: int) -> None:
        self._trials.edit(trial_id)

    def _edit_check(self, check_id: int) -> None:
        self._checks.edit(check_id)

    def _delete_trial(self, trial_id: int) -> None:
        if record := self.current():
            self._trials.delete(trial_id, f"of {record.code}")

    def _delete_check(self, check_id: int) -> None:
        if record := self.current():
            self._checks.delete(check_id, f"of {record.code}")

    def _become(self, words: str, action: Callable[..., None]) -> None:
        if record := self.current():
            self.verbs.become(record, words, action)

    def _drop(self) -> None:
        if record := self.current():
            self.verbs.drop(record)

    def _retire(self) -> None:
        if record := self.current():
            self.verbs.retire(record)

    def _bring_back(self) -> None:
        self._become("Bring back", sharing.bring_back)

    def _lead(self, table: str, record_id: int, task: str = "") -> None:
        place = Place(table, record_id, task)
        self.context.bus.page_wanted.emit(place.page, place)

    def _rollout(self) -> None:
        if record := self.current():
            self._lead("adoption", record.id, "item")


OUT = frozenset({Standing.OUT, Standing.OVERDUE})
WITH_PARTS = frozenset({"kit", "item", "book"})
SHARE, ADOPT, AGAIN = "Put into the shared bank", "Adopt", "Take up again"
LIVES: tuple[tuple[str, str, ResourceLife, Callable[..., None]], ...] = (
    ("adopt", ADOPT, ResourceLife.ADOPTED, sharing.adopt),
    ("share", SHARE, ResourceLife.SHARED, sharing.share),
    ("again", AGAIN, ResourceLife.IDEA, sharing.take_up_again),
)


def _always(_row: ItemRow, _detail: ItemDetail | None) -> bool:
    return True


def _can_lend(row: ItemRow, _detail: ItemDetail | None) -> bool:
    return row.lendable and row.standing not in OUT


def _moves(move: LoanMove) -> Callable[[ItemRow, ItemDetail | None], bool]:
    """Whether the loan that keeps the item, or else the next one booked, allows a move."""

    def legal(row: ItemRow, detail: ItemDetail | None) -> bool:
        held = row.now or row.next
        loans = detail.loans if detail is not None and held is not None else ()
        return any(held is not None and loan.id == held.loan_id and move in loan.moves for loan in loans)

    return legal


def _may_be(life: ResourceLife) -> Callable[[ItemRow, ItemDetail | None], bool]:
    """Whether the item can go on to a stage of its life."""
    return lambda row, _: row.life is not life and may_become(row.life, life)
