"""The money tab: what came into a purse and went out of it, with what is left after each entry."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models.calendar import day_in_year, year_bounds
from models.queries.purse_entries import PAID, PLANNED, TAKEN_BACK, WAITING, EntryRow
from models.services import fund
from models.words import Direction, FundKind
from ui.format import long_date, pounds, prose_pounds, short_date
from ui.forms.editor import Editor
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.fund.asking import ask_the_advisor
from ui.pages.fund.doing import ask_and_do
from ui.pages.fund.entry_panel import EntryPanel
from ui.pages.fund.forms import ENTRY, FUND, EntryForm, Purses
from ui.pages.fund.tab import PurseTab
from ui.pages.fund.verbs import PayForm, Payment, ReasonForm, Undoing
from ui.records import open_bin, open_history

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from models.queries.fund_page import FundPage
    from ui.context import AppContext
    from ui.pages.fund.purses import Chosen
    from ui.wayfinding import Place


def _amount(pence: int | None) -> str:
    return "" if pence is None else pounds(pence)


COLUMNS: tuple[Column[EntryRow], ...] = (
    Column("Entry", lambda r: r.code, lambda r: r.code, Look.STRONG),
    Column("Date", lambda r: short_date(r.on), lambda r: r.on, spoken=lambda r: long_date(r.on)),
    Column(
        "What for",
        lambda r: r.description,
        lambda r: r.description.casefold(),
        stretch=True,
        tip=lambda r: r.description,
    ),
    Column("State", lambda r: r.state, lambda r: r.state, Look.STATE, sample=TAKEN_BACK),
    Column("In", lambda r: _amount(r.in_p), lambda r: r.in_p, Look.MONEY, right=True),
    Column("Out", lambda r: _amount(r.out_p), lambda r: r.out_p, Look.MONEY, right=True),
    Column("Left", lambda r: _amount(r.balance_p), lambda r: r.balance_p, Look.MONEY, right=True),
)


def _words(row: EntryRow) -> str:
    parts = (
        row.code, row.description, row.heading.label, row.state, row.payee, row.school, row.paid_ref,
        row.claim, row.decision, row.approval, row.cpd_session, row.resource, row.notes, row.why_allowed,
        pounds(row.amount_p), long_date(row.on),
    )  # fmt: skip
    return " ".join(parts)


ENTRIES = ListSpec[EntryRow](
    key="fund-entries",
    table="fund_entry",
    noun="entry",
    plural="entries",
    columns=COLUMNS,
    identity=lambda row: row.id,
    title=lambda row: row.code,
    ask=None,
    empty=Empty(
        Icon.FUND,
        "Here stands every payment into this purse and out of it, and what is left after each. Nothing has "
        "been entered for this year yet.",
        "Enter the first money",
    ),
    chips=(
        ChipSpec("Planned", lambda row: row.state in {PLANNED, WAITING}),
        ChipSpec("Waiting", lambda row: row.state == WAITING),
        ChipSpec("Paid", lambda row: row.state == PAID),
    ),
    form=ENTRY,
    form_class=EntryForm,
    words=_words,
)


class EntryPane(ListPane[EntryRow]):
    """The entries of the purse chosen.

    Attributes:
        advisor_wanted: the answer that an entry rests on was asked for: (its id,).
    """

    advisor_wanted = Signal(int)

    def __init__(self, context: AppContext) -> None:
        self.panel = EntryPanel(context.tasks.pool)
        super().__init__(context, ENTRIES, self.panel)
        self.page: FundPage | None = None
        self.panel.acted.connect(self._on_acted)
        if self.editor is not None:
            self.editor.opened.connect(self._on_form)
        self._funds = Editor(context, self, FUND)
        self._pay = self.add_action("pay", "Pay…", "Ctrl+P", self.pay)
        self._ask = self.add_action("ask", "Ask the Advisor…", "Ctrl+L", self.ask)
        self._back = self.add_action("back", "Take back…", "Ctrl+R", self.take_back)
        self.add_action("fund", "This fund…", "", self.edit_fund)
        self.add_action("fund-history", "History of this fund…", "", self.fund_history)
        self.add_action("fund-delete", "Delete this fund", "", self.delete_fund)
        self.add_action("new-fund", "New fund…", "", self.new_fund)
        self.chosen.connect(self._on_entry)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.fit(ems, {"Date"}, {"State"})

    def show_page(self, page: FundPage) -> None:
        """What the forms and the panel know of the purse."""
        self.page = page
        self.panel.show_page(page)

    # -- what can be done

    @override
    def new(self) -> None:
        if self.editor is not None and self.page is not None and self.page.view is not None:
            way = Direction.OUT if self.records() else Direction.IN  # before money goes out it comes in
            self.editor.new({"fund_id": self.page.view.purse.id, "direction": way, "on": self._day()})

    @override
    def delete(self) -> None:
        row = self.current()
        if row is not None:
            action = partial(fund.remove, entry_id=row.id)
            self.context.book.change(f"Delete entry {row.code}", action)

    @override
    def bin(self) -> None:
        open_bin(self.context, self.window(), ("fund_entry", "fund"))

    def pay(self) -> None:
        """Pay the entry chosen; one that waits needs a reason."""
        row = self.current()
        if row is None or self.page is None or not _may_be_paid(row):
            return
        against = row.says[0] if row.state == WAITING else ""
        what = f"{row.code}, {prose_pounds(row.amount_p)}"
        today = self.page.today
        form = PayForm(self.window(), what, today, against, row.paid_ref, row.on)

        def action(session: Session, given: Payment) -> None:
            fund.pay(session, row.id, given.on, today, given.ref, override_reason=given.reason)

        ask_and_do(self.context, form, f"Pay {row.code}", action)

    def ask(self) -> None:
        """Log a question to the Advisor about the entry chosen, with its answer if it is there."""
        row = self.current()
        if row is not None and self.page is not None and _may_be_asked(row):
            ask_the_advisor(self.context, self, row, self.page.today)

    def take_back(self) -> None:
        """Take the entry chosen back."""
        row = self.current()
        if row is None or self.page is None or not row.may_take_back:
            return
        words = (
            f"A new entry of {prose_pounds(row.amount_p)} counts against it under the same heading; "
            f"{row.code} stays as it is."
        )
        title = f"Take {row.code} back"
        form = ReasonForm(self.window(), title, "Take back", words, self.page.today, row.on)

        def action(session: Session, given: Undoing) -> int:
            return fund.take_back(session, row.id, given.on, given.reason)

        ask_and_do(self.context, form, f"Take back {row.code}", action)

    def edit_fund(self) -> None:
        """Open the form on the purse chosen: its name, and its opening balance."""
        if self.page is not None and self.page.view is not None:
            self._funds.edit(self.page.view.purse.id)

    def new_fund(self) -> None:
        """Open the form for another fund; the first one is the cluster pot."""
        if self.page is not None:
            kind = FundKind.OTHER if self.page.purses else FundKind.POT
            self._funds.new({"kind": kind, "opened_on": year_bounds(self.page.year)[0]})

    def delete_fund(self) -> None:
        """Put the purse chosen into the Bin; one that holds entries is refused."""
        if self.page is not None and self.page.view is not None:
            self._funds.delete(self.page.view.purse.id, "")

    def fund_history(self) -> None:
        """Show what happened to the purse chosen."""
        if self.page is not None and self.page.view is not None:
            purse = self.page.view.purse
            open_history(self.context, self.window(), "fund", purse.id, purse.name)

    # -- inside

    def _day(self) -> object:
        """The day that a new entry begins with: today, or the nearest of another year."""
        return day_in_year(self.page.year, self.page.today) if self.page is not None else None

    def _on_form(self, form: object) -> None:
        if isinstance(form, EntryForm) and self.page is not None:
            form.watch(Purses.of(self.page))

    def _on_entry(self, row: EntryRow | None) -> None:
        self._pay.setEnabled(row is not None and _may_be_paid(row))
        self._ask.setEnabled(row is not None and _may_be_asked(row))
        self._back.setEnabled(row is not None and row.may_take_back)

    def _on_acted(self, verb: str) -> None:
        row = self.current()
        if verb == "approval" and row is not None and row.approval_id is not None:
            self.advisor_wanted.emit(row.approval_id)
        else:
            {"pay": self.pay, "ask": self.ask, "back": self.take_back, "edit": self.edit}[verb]()


def _may_be_paid(row: EntryRow) -> bool:
    """Whether it is planned: one that waits may be paid for a reason, and release is paid with its claim."""
    return row.state in {PLANNED, WAITING} and row.claim_id is None


def _may_be_asked(row: EntryRow) -> bool:
    """Whether it is planned spending that rests on no answer yet: some needs one, all may have one."""
    return row.state in {PLANNED, WAITING} and row.approval_id is None and row.direction is Direction.OUT


class MoneyTab(PurseTab[EntryRow]):
    """The entries of the purse chosen."""

    def __init__(self, context: AppContext, chosen: Chosen) -> None:
        self.entries = EntryPane(context)
        super().__init__(context, chosen, self.entries)
        self.page_shown.connect(self.entries.show_page)
        self.fund_wanted.connect(self.entries.new_fund)

    @override
    def records(self, page: FundPage) -> Sequence[EntryRow]:
        # the newest first: what is planned, and what was paid last, is what one looks for
        return tuple(reversed(page.view.entries)) if page.view is not None else ()

    @override
    def show_place(self, place: Place) -> None:
        super().show_place(place)
        if place.task == "pay":
            self.entries.shown.connect(self._pay_now)

    def _pay_now(self, _records: object) -> None:
        self.entries.shown.disconnect(self._pay_now)
        self.entries.pay()
