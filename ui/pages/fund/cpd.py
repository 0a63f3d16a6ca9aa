"""The CPD fees tab: who pays what of each session's fee, to the penny, and a splitter to try a fee with."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models.queries.fund_extras import CpdFeeRow
from ui.format import long_date, pounds, prose_pounds, short_date
from ui.forms.editor import Editor
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.fund.entry_panel import says
from ui.pages.fund.forms import ENTRY, EntryForm
from ui.pages.fund.splitter import SplitterDialog, share_table
from ui.wayfinding import Place
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import rule
from ui.widgets.parts import section
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from ui.context import AppContext
    from ui.widgets.layouts import Item

TO_ENTER, PLANNED, PAID, FREE = "To enter", "Planned", "Paid", "No fee"


def state_of(row: CpdFeeRow) -> str:
    """How far the pot's part is: to enter, planned or paid."""
    if not row.split.pot_p:
        return FREE
    if row.to_enter_p:
        return TO_ENTER
    return PAID if row.paid_p >= row.split.pot_p else PLANNED


def _ask(session: Session, year: int) -> Sequence[CpdFeeRow]:
    from models.queries.fund_extras import cpd_fees

    return cpd_fees(session, year)


FEES = ListSpec[CpdFeeRow](
    key="fund-cpd",
    table="cpd_session",
    noun="CPD session",
    plural="CPD sessions",
    columns=(
        Column("Session", lambda r: r.code, lambda r: r.code, Look.STRONG),
        Column("Date", lambda r: short_date(r.held_on), lambda r: r.held_on),
        Column("Title", lambda r: r.title, lambda r: r.title.casefold(), stretch=True),
        Column("Fee", lambda r: pounds(r.fee_p), lambda r: r.fee_p, Look.MONEY, right=True),
        Column("VAT", lambda r: pounds(r.vat_p), lambda r: r.vat_p, Look.MONEY, right=True),
        Column("Pot pays", lambda r: pounds(r.split.pot_p), lambda r: r.split.pot_p, Look.MONEY, right=True),
        Column(
            "Schools pay",
            lambda r: pounds(r.split.excess_p),
            lambda r: r.split.excess_p,
            Look.MONEY,
            right=True,
        ),
        Column("Pot’s part", state_of, state_of, Look.STATE),
    ),
    identity=lambda row: row.id,
    title=lambda row: row.code,
    ask=_ask,
    empty=Empty(
        Icon.PEOPLE,
        "The pot pays a CPD provider up to a limit for each session, and the schools share what is above it. "
        "CPD sessions are entered on Meetings; here stands who pays what.",
    ),
    chips=(
        ChipSpec(TO_ENTER, lambda row: state_of(row) == TO_ENTER),
        ChipSpec("Above the limit", lambda row: row.split.excess_p > 0),
    ),
    can_delete=lambda _row: False,
)


class FeePanel(DetailPanel):
    """A session's fee and its split.

    Attributes:
        enter_wanted: the pot's part is to be entered.
        session_wanted: the session is to be shown on its own page.
    """

    enter_wanted = Signal()
    session_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("CPD fee")

    @override
    def show_record(self, record: CpdFeeRow | None) -> None:
        if record is None:
            self.say("Choose a session to see who pays what.")
            return
        line = " · ".join(word for word in (record.provider, long_date(record.held_on)) if word)
        items: list[Item] = [
            record_head(record.title, state_of(record), line),
            Label(record.words, wrap=True),
        ]
        items += [says(words) for words in record.says]
        made = []
        if record.to_enter_p:
            enter = Button("Enter the pot’s part…", Kind.PRIMARY, tip="Enter the pot’s part… (Ctrl+L)")
            enter.clicked.connect(self.enter_wanted)
            made.append(enter)
        show = Button("Show the session")
        show.clicked.connect(self.session_wanted)
        items += [buttons(*made, show), rule(), facts(_facts(record))]
        if record.split.shares:
            items.append(section("Each school’s share", share_table(record.split.shares), gap=8))
        self.fill(*items)


def _facts(row: CpdFeeRow) -> list[tuple[str, str]]:
    if not row.fee_p and not row.vat_p:
        return [("Fee", "none"), ("Entered", f"{pounds(row.entered_p)}" if row.entered_p else "")]
    limit = "none" if row.split.cap_p is None else f"{prose_pounds(row.split.cap_p)} before VAT"
    entries = ", ".join(row.entries)
    return [
        ("Fee", f"{pounds(row.fee_p)} and {pounds(row.vat_p)} VAT"),
        ("Limit", limit),
        ("Pot pays", f"{pounds(row.split.pot_p)}, of which {pounds(row.split.pot_vat_p)} VAT"),
        ("Entered", f"{pounds(row.entered_p)} ({entries})" if entries else "nothing yet"),
        ("Schools pay", pounds(row.split.excess_p) if row.split.excess_p else ""),
        ("Shared", row.split.how.label if row.split.excess_p else ""),
    ]


class CpdTab(ListPane[CpdFeeRow]):
    """The fees of the year's CPD sessions."""

    def __init__(self, context: AppContext) -> None:
        self.panel = FeePanel()
        self._try = Button("Try a fee…", tip="See who would pay what of a fee, before it is booked")
        self._try.clicked.connect(self.try_fee)
        super().__init__(context, FEES, self.panel, tools=(self._try,))
        self._entries = Editor(context, self, ENTRY, EntryForm)
        self.panel.enter_wanted.connect(self.enter)
        self.panel.session_wanted.connect(self.show_session)
        self.opened.connect(lambda _row: self.show_session())
        self._enter = self.add_action("enter", "Enter the pot’s part…", "Ctrl+L", self.enter)
        self.add_action("try", "Try a fee…", "Ctrl+T", self.try_fee)
        self.chosen.connect(lambda row: self._enter.setEnabled(row is not None and bool(row.to_enter_p)))

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.fit(ems, {"VAT", "Date"}, {"Fee"})

    def enter(self) -> None:
        """Open the form for an entry of the pot's part."""
        from models.queries.fund_extras import cpd_entry

        row = self.current()
        if row is None or not row.to_enter_p:
            return

        def show(values: dict[str, object]) -> None:
            if values:
                self._entries.new(values)
            else:
                self.context.messages.say("There is no cluster pot yet: start it on the Money tab.", "fund")

        self.context.book.ask(partial(cpd_entry, cpd_session_id=row.id), show, key="fund-cpd-entry")

    def show_session(self) -> None:
        """Show the session where it is edited."""
        row = self.current()
        if row is not None:
            place = Place("cpd_session", row.id)
            self.context.bus.page_wanted.emit(place.page, place)

    def try_fee(self) -> None:
        """Open the splitter."""
        SplitterDialog(self.window(), self.context).show()
