"""What schools ask for: free Trust resources, and the wanted list with joint orders (R-RES-1, R-RES-9)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from models.queries.bank_asks import trust_requests, wishes
from models.queries.book import Book
from models.queries.choosing import options
from models.services import wishes as wishing
from ui.format import count, long_date
from ui.icons import Icon
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import Empty, ListSpec
from ui.overrides import override
from ui.pages.bank import forms
from ui.pages.bank.columns import REQUEST_CHIPS, REQUESTS, WISH_CHIPS, WISHES, squeezed
from ui.pages.bank.small_dialogs import AskDialog, BoughtDialog
from ui.pages.bank.verbs import Verbs, today_of
from ui.wayfinding import Place
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row, rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from sqlmodel import Session

    from models.queries.bank_asks import RequestRow, Requests, Wishes, WishRow
    from ui.context import AppContext
    from ui.dialogs.form import FormDialog
    from ui.pages.bank.small_dialogs import Asked, Bought, Named

NO_REQUESTS = Empty(
    Icon.BANK,
    "The Trust gives each school some resources free of charge. Here is who asked for what, what came, and "
    "whether it is used.",
    "Ask the Trust for something",
)
NO_WISHES = Empty(
    Icon.BANK,
    "The wanted list holds what schools lack. When several want the same, they can order together.",
    "Add the first wish",
)
USED = {"all": "all staff", "some": "some staff", "not_started": "not started"}


class RequestPanel(DetailPanel):
    """Shows the request chosen, and how its resource stands in all schools."""

    def __init__(self, pane: RequestsPane) -> None:
        super().__init__("Request")
        self._requests = pane

    @override
    def show_record(self, record: RequestRow | None) -> None:
        if record is None:
            self.say("Choose a request to note what has come.")
            return
        acts: list[tuple[str, Callable[[], None]]] = []
        waiting = len(self._requests.waiting(record))
        if record.received_on is None:
            acts.append(("Received…", self._requests.receive))
        if waiting > 1:
            acts.append((f"All {waiting} received…", self._requests.receive_all))
        if record.resource_id is None:
            acts.append(("Put into the bank", self._requests.into_bank))
        made = [_button(words, do, main=not number) for number, (words, do) in enumerate(acts)]
        pairs = [
            ("For", record.school),
            ("Copies", f"{record.copies}"),
            ("Cost", "£0 to pot and school"),
            ("Asked", long_date(record.requested_on)),
            ("Received", long_date(record.received_on) if record.received_on else "not yet"),
            ("In the bank", record.resource_code or "not yet"),
            ("Used by", USED[record.used] if record.used else "not noted"),
        ]
        head = column(record_head(record.name, record.state), gap=10)
        if made:
            head.add(buttons(*made))
        body = column(head, rule(), facts(pairs), gap=14)
        if record.resource_id is not None:
            item = Button("Show item", Kind.QUIET, tip=f"Show {record.resource_code}")
            item.clicked.connect(self._requests.show_item)
            body.add(row(item, 1))
        supply = self._requests.supply(record)
        if supply:
            body.add(rule())
            body.add(Label(supply, "body", "muted", wrap=True))
        self.fill(body)


class RequestsPane(ListPane["RequestRow"]):
    """The requests for Trust resources."""

    def __init__(self, context: AppContext) -> None:
        spec: ListSpec[RequestRow] = ListSpec(
            key="bank-requests",
            table="trust_request",
            noun="request",
            plural="requests",
            columns=REQUESTS,
            identity=lambda request: request.id,
            title=lambda request: request.name,
            ask=None,
            empty=NO_REQUESTS,
            chips=REQUEST_CHIPS,
            form=forms.REQUEST,
        )
        self.found: Requests | None = None
        super().__init__(context, spec, RequestPanel(self))
        self.verbs = Verbs(context, self)
        self._receive = self.add_action("receive", "Received…", "Ctrl+I", self.receive)
        self._into = self.add_action("into", "Put into the bank", "", self.into_bank)
        self.chosen.connect(self._update_actions)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.squeeze(squeezed(ems, frozenset({"Copies", "Asked"}), frozenset({"Received"})))

    @override
    def refresh(self, year: int) -> None:
        self.year = year
        question = partial(trust_requests, clock=self.context.today)
        self.context.book.ask(question, self._show, key="bank-requests")

    def _show(self, found: Requests) -> None:
        self.found = found
        self.show_records(found.rows)

    def waiting(self, record: RequestRow) -> list[int]:
        """The requests for the same resource that nothing came for yet."""
        return [one.id for one in self.records() if one.name == record.name and one.received_on is None]

    def supply(self, record: RequestRow) -> str:
        """How the resource stands in all schools (R-RES-1)."""
        supplies = self.found.supplies if self.found else ()
        return next((one.text for one in supplies if one.name == record.name), "")

    @override
    def new(self) -> None:
        """Ask for one school or for several at once."""

        def ask(session: Session) -> tuple[dt.date, tuple[Named, ...], tuple[Named, ...]]:
            today = today_of(session, self.context.today)
            members = tuple((one.school, one.school_id) for one in Book(session).members(today))
            bank = tuple((one.words, one.id) for one in options(session, "resource"))
            return today, members, bank

        def show(known: tuple[dt.date, tuple[Named, ...], tuple[Named, ...]]) -> None:
            dialog = AskDialog(self.window(), *known)
            self.verbs.show_form(dialog, self._asked)

        self.context.book.ask(ask, show, key="bank-verb")

    def _asked(self, dialog: FormDialog[Asked], given: Asked) -> None:
        def action(session: Session) -> list[int]:
            return wishing.ask_trust(
                session,
                given.name,
                given.school_ids,
                given.requested_on,
                copies=given.copies,
                resource_id=given.resource_id,
            )

        many = len(given.school_ids)
        name = "Ask the Trust" if many == 1 else f"Ask the Trust for {count(many, 'school')}"
        self.verbs.save(name, action, dialog, lambda ids: self._go_to_added(ids[0]))

    def receive(self) -> None:
        """Note that what was asked for has come."""
        if record := self.current():
            self._receive_for([record.id], f"{record.name} for {record.school}")

    def receive_all(self) -> None:
        """Note that it has come for all schools that asked."""
        if record := self.current():
            self._receive_for(self.waiting(record), record.name)

    def _receive_for(self, ids: list[int], title: str) -> None:
        def given(dialog: FormDialog[dt.date], day: dt.date) -> None:
            def action(session: Session) -> None:
                wishing.received(session, ids, day, today_of(session, self.context.today))

            self.verbs.save(f"Receive {count(len(ids), 'Trust resource')}", action, dialog)

        self.verbs.on_a_day(title, "Received", "received_on", "Came on", given)

    def into_bank(self) -> None:
        """Put the resource into the bank, so that its use can be noted."""
        record = self.current()
        if record is not None and record.resource_id is None:
            action = partial(wishing.request_into_bank, request_id=record.id)
            self.context.book.change("Put a Trust resource into the bank", action)

    def show_item(self) -> None:
        """Show the item of the bank."""
        record = self.current()
        if record is not None and record.resource_id is not None:
            place = Place("resource", record.resource_id)
            self.context.bus.page_wanted.emit(place.page, place)

    def _update_actions(self, record: RequestRow | None) -> None:
        self._receive.setVisible(record is not None and record.received_on is None)
        self._into.setVisible(record is not None and record.resource_id is None)


class WishPanel(DetailPanel):
    """Shows the wish chosen, and who else wants the same."""

    def __init__(self, pane: WishesPane) -> None:
        super().__init__("Wish")
        self._wishes = pane

    @override
    def show_record(self, record: WishRow | None) -> None:
        if record is None:
            self.say("Choose a wish to see who else wants it, and to note what was bought.")
            return
        head = column(record_head(record.name, record.state), gap=10)
        order = self._wishes.order(record)
        if order:
            head.add(Label(order, wrap=True))
        if record.filled_on is None:
            head.add(buttons(_button("Bought or met…", self._wishes.buy, main=True)))
        pairs = [
            ("For", record.school),
            ("How many", f"{record.quantity:,}"),
            ("Asked", long_date(record.raised_on)),
            ("Met", long_date(record.filled_on) if record.filled_on else "not yet"),
            ("Notes", record.notes),
        ]
        self.fill(head, rule(), facts(pairs))


@dataclass(frozen=True)
class _Market:
    """What the form for something bought offers."""

    today: dt.date
    schools: tuple[Named, ...]
    entries: tuple[Named, ...]


def _market(session: Session, clock: Callable[[], dt.date]) -> _Market:
    book = Book(session)
    today = book.today(clock)
    members = tuple((one.school, one.school_id) for one in book.members(today))
    return _Market(today, members, tuple((one.words, one.id) for one in options(session, "fund_entry")))


class WishesPane(ListPane["WishRow"]):
    """The wanted list."""

    def __init__(self, context: AppContext) -> None:
        spec: ListSpec[WishRow] = ListSpec(
            key="bank-wishes",
            table="wanted_item",
            noun="wish",
            plural="wishes",
            columns=WISHES,
            identity=lambda wish: wish.id,
            title=lambda wish: wish.name,
            ask=None,
            empty=NO_WISHES,
            chips=WISH_CHIPS,
            form=forms.WISH,
        )
        self.found: Wishes | None = None
        super().__init__(context, spec, WishPanel(self))
        self.verbs = Verbs(context, self)
        self._buy = self.add_action("buy", "Bought or met…", "Ctrl+B", self.buy)
        self.chosen.connect(self._update_actions)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.squeeze(squeezed(ems, frozenset({"Met"}), frozenset({"Asked"})))

    @override
    def refresh(self, year: int) -> None:
        self.year = year
        question = partial(wishes, clock=self.context.today)
        self.context.book.ask(question, self._show, key="bank-wishes")

    def _show(self, found: Wishes) -> None:
        self.found = found
        self.show_records(found.rows)

    @override
    def new(self) -> None:
        """Add a wish, asked for today."""
        if self.editor is not None:
            today = self.found.today if self.found else self.context.today()
            self.editor.new({"raised_on": today})

    def order(self, record: WishRow) -> str:
        """`3 schools want Thermometers (33 in all): joint order`; nothing for a lone wish."""
        if record.alike < 2 or self.found is None:
            return ""
        names = {one.name for one in self._alike(record)}
        return next((line.text for line in self.found.orders if line.name in names and line.joint), "")

    def _alike(self, record: WishRow) -> Sequence[WishRow]:
        return [one for one in self.records() if one.id in record.alike_ids]

    def buy(self) -> None:
        """Note what was bought, or that a school has it some other way."""
        record = self.current()
        if record is None or record.filled_on is not None:
            return
        alike = [(f"{one.school}: {one.quantity:,} {one.name}", one.id) for one in self._alike(record)]

        def show(market: _Market) -> None:
            dialog = BoughtDialog(
                self.window(),
                record.name,
                market.today,
                wishes=alike,
                schools=market.schools,
                entries=market.entries,
            )
            self.verbs.show_form(dialog, self._bought)

        self.context.book.ask(partial(_market, clock=self.context.today), show, key="bank-verb")

    def _bought(self, dialog: FormDialog[Bought], given: Bought) -> None:
        def action(session: Session) -> None:
            today = today_of(session, self.context.today)
            if given.buyer is None:
                wishing.met(session, given.wanted_ids, given.on, today, note=given.note)
                return
            wishing.buy(
                session,
                given.wanted_ids,
                given.on,
                today,
                buyer=given.buyer,
                school_id=given.school_id,
                price_p=given.price_p,
                note=given.note,
            )

        self.verbs.save(f"Meet {count(len(given.wanted_ids), 'wish', 'wishes')}", action, dialog)

    def _update_actions(self, record: WishRow | None) -> None:
        self._buy.setVisible(record is not None and record.filled_on is None)


def _button(words: str, do: Callable[[], None], *, main: bool) -> Button:
    button = Button(words, Kind.PRIMARY if main else Kind.PLAIN)
    button.clicked.connect(do)
    return button
