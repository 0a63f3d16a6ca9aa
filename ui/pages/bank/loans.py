"""The loans of a year: out, overdue, reserved and back; checked in, extended, handed out, cancelled."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.bank_lists import loans_of_year
from models.rules.loans import LoanMove, LoanState
from models.words import ChargedTo
from ui.format import NOT_ENTERED, long_date, pounds
from ui.icons import Icon
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import Empty, ListSpec
from ui.overrides import override
from ui.pages.bank import forms
from ui.pages.bank.columns import LOAN_CHIPS, LOANS, squeezed
from ui.pages.bank.verbs import Verbs
from ui.wayfinding import Place
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row, rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction
    from sqlmodel import Session

    from models.queries.bank_lists import LoanRow
    from ui.context import AppContext
    from ui.widgets.layouts import Box

EMPTY = Empty(
    Icon.BANK,
    "Loans show which school has what, since when and until when. Lend something from the list of items, or "
    "write down a loan that is over.",
    "Write down a loan",
)
MOVES = (
    (LoanMove.CHECK_IN, "Check in…", "Ctrl+I"),
    (LoanMove.HAND_OUT, "Hand out", "Ctrl+U"),
    (LoanMove.EXTEND, "Extend…", "Ctrl+D"),
    (LoanMove.CANCEL, "Cancel reservation", ""),
)


class LoanPanel(DetailPanel):
    """Shows the loan chosen, and what can be done with it now."""

    def __init__(self, do: Callable[[LoanMove], None], show_item: Callable[[], None]) -> None:
        super().__init__("Loan")
        self._do, self._show_item = do, show_item

    @override
    def show_record(self, record: LoanRow | None) -> None:
        if record is None:
            self.say("Choose a loan to see who answers for it, and to check it in.")
            return
        item = Button("Show item", Kind.QUIET, tip=f"Show {record.resource_code}")
        item.clicked.connect(self._show_item)
        head = column(
            record_head(record.resource, record.state.label, f"{record.code} · {record.resource_code}"),
            gap=10,
        )
        if record.state is LoanState.OVERDUE:
            late = record.late.text
            head.add(Label(f"{late[:1].upper()}{late[1:]}.", "body", "bad", wrap=True))
        made = [self._button(move, first=not number) for number, move in enumerate(record.moves)]
        if made:
            head.add(buttons(*made))
        self.fill(head, rule(), _facts(record), row(item, 1))

    def _button(self, move: LoanMove, *, first: bool) -> Button:
        words = next(words for one, words, _ in MOVES if one is move)
        button = Button(words, Kind.PRIMARY if first else Kind.PLAIN)
        button.clicked.connect(partial(self._do, move))
        return button


def _facts(loan: LoanRow) -> Box:
    charge = ""
    if loan.charged_to is not None:
        payer = "cluster pot" if loan.charged_to is ChargedTo.POT else loan.school
        charge = f"{pounds(loan.charge_p) if loan.charge_p else f'price {NOT_ENTERED}'}, {payer}"
    pairs = [
        ("School", loan.school),
        ("Answers", loan.person),
        ("Booked from", long_date(loan.starts_on)),
        ("Went out", long_date(loan.out_on) if loan.out_on else ""),
        ("Due back", long_date(loan.due_on)),
        ("Came back", long_date(loan.back_on) if loan.back_on else ""),
        ("How", loan.result[:1].upper() + loan.result[1:]),
        ("To replace", charge),
    ]
    body = column(facts(pairs), gap=12)
    if loan.notes:
        body.add(Label(loan.notes, wrap=True))
    return body


class LoansPane(ListPane["LoanRow"]):
    """The list of loans with its panel."""

    def __init__(self, context: AppContext) -> None:
        def ask(session: Session, year: int) -> Sequence[LoanRow]:
            return loans_of_year(session, year, context.today).rows

        spec: ListSpec[LoanRow] = ListSpec(
            key="bank-loans",
            table="loan",
            noun="loan",
            plural="loans",
            columns=LOANS,
            identity=lambda loan: loan.id,
            title=lambda loan: loan.code,
            ask=ask,
            empty=EMPTY,
            chips=LOAN_CHIPS,
            form=forms.loan(context.today),
        )
        super().__init__(context, spec, LoanPanel(self._do, self._show_item))
        self.verbs = Verbs(context, self)
        self._legal: list[tuple[QAction, LoanMove]] = []
        for move, words, keys in MOVES:
            action = self.add_action(move.value, words, keys, partial(self._do, move))
            self._legal.append((action, move))
        self.add_action("item", "Show item", "Ctrl+G", self._show_item)
        self.chosen.connect(self._update_actions)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.squeeze(squeezed(ems, frozenset({"How"}), frozenset({"From", "Loan"})))

    @override
    def show_place(self, place: Place) -> None:
        if place.table == "loan" and place.id:
            self.go_to(place.id)
            if place.task == "check_in":
                self.verbs.check_in(place.id)

    def _update_actions(self, *_: object) -> None:
        record = self.current()
        for action, move in self._legal:
            action.setVisible(record is not None and move in record.moves)

    def _do(self, move: LoanMove) -> None:
        record = self.current()
        if record is None or move not in record.moves:
            return
        if move is LoanMove.CHECK_IN:
            self.verbs.check_in(record.id)
        elif move is LoanMove.HAND_OUT:
            self.verbs.hand_out(record)
        elif move is LoanMove.EXTEND:
            self.verbs.extend(record)
        else:
            self.verbs.cancel(record)

    def _show_item(self) -> None:
        if record := self.current():
            place = Place("resource", record.resource_id)
            self.context.bus.page_wanted.emit(place.page, place)
