"""The Advisor's answers: every question ever asked, what was said, and what each answer gates."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models.queries.advisor_log import AdvisorLog, ApprovalRow, Gated
from models.services import approvals, fund
from models.words import ApprovalKind, ApprovalState
from ui.format import count, long_date, pounds, prose_pounds, short_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.fund.doing import ask_and_do
from ui.pages.fund.entry_panel import says
from ui.pages.fund.forms import APPROVAL
from ui.pages.fund.verbs import Answer, AnswerForm, PayForm, Payment
from ui.wayfinding import Place
from ui.widgets.badge import Badge
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row, rule
from ui.widgets.parts import section
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.choosing import Option
    from ui.context import AppContext
    from ui.widgets.layouts import Box, Item

WAITING = "Waiting"
KINDS = {
    ApprovalKind.EXTRA_TIME: "Extra time",
    ApprovalKind.TRAVEL: "Travel",
    ApprovalKind.PSQM: "PSQM",
    ApprovalKind.MEMBERSHIP: "Schools",
    ApprovalKind.OTHER: "Other",
}
"""The kinds in few words: the list needs the room for the questions."""


def state_of(one: ApprovalRow) -> str:
    """The answer in a word."""
    return WAITING if one.waits else one.state.label


def waiting_words(days: int) -> str:
    """How long the Advisor's answer has been waited for; of what was asked today, just that."""
    return f"Waiting for {count(days, 'day')}." if days else "Asked today; the answer is waited for."


def _words(one: ApprovalRow) -> str:
    entries = " ".join(f"{gate.code} {gate.description}" for gate in one.gates)
    parts = (
        one.code, one.kind.label, one.question, one.words, one.school, one.by, state_of(one), entries,
        long_date(one.asked_on), pounds(one.amount_p) if one.amount_p is not None else "",
    )  # fmt: skip
    return " ".join(parts)


LOG = ListSpec[ApprovalRow](
    key="fund-approvals",
    table="approval",
    noun="question",
    plural="questions",
    columns=(
        Column("No.", lambda r: r.code, lambda r: r.code, Look.STRONG),
        Column(
            "Asked",
            lambda r: f"{short_date(r.asked_on)} {r.asked_on.year}",
            lambda r: r.asked_on,
            spoken=lambda r: long_date(r.asked_on),
        ),
        Column("What was asked", lambda r: r.question, lambda r: r.question.casefold(), stretch=True),
        Column("Kind", lambda r: KINDS[r.kind], lambda r: r.kind.label, export=lambda r: r.kind.label),
        Column("Answer", state_of, lambda r: (not r.waits, r.state.value), Look.STATE),
        Column(
            "Amount",
            lambda r: "" if r.amount_p is None else pounds(r.amount_p),
            lambda r: r.amount_p,
            Look.MONEY,
            right=True,
        ),
    ),
    identity=lambda one: one.id,
    title=lambda one: one.code,
    ask=None,
    empty=Empty(
        Icon.SHIELD,
        "Extra organisational time and travel are paid only after the Advisor has agreed. Log each question "
        "here, and the answer when it comes: the entry it is about waits for it.",
        "Log the first question",
    ),
    chips=(
        ChipSpec(WAITING, lambda one: one.waits),
        ChipSpec("Approved", lambda one: one.state is ApprovalState.APPROVED),
        ChipSpec("Declined", lambda one: one.state is ApprovalState.DECLINED),
    ),
    form=APPROVAL,
    words=_words,
)


class ApprovalPanel(DetailPanel):
    """A question, the answer, and what rests on it.

    Attributes:
        answer_wanted: the answer is to be logged.
        pay_wanted: an entry that rests on it is to be paid: (the entry,).
        entry_wanted: an entry is to be shown: (the entry,).
    """

    answer_wanted = Signal()
    pay_wanted = Signal(object)
    entry_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("Question to the Advisor")

    @override
    def show_record(self, record: ApprovalRow | None) -> None:
        if record is None:
            self.say("Choose a question to see the answer and what rests on it.")
            return
        line = f"{record.kind.label} · asked {long_date(record.asked_on)}"
        items: list[Item] = [
            record_head(record.code, state_of(record), line),
            Label(record.question, wrap=True),
        ]
        if record.waits:
            log = Button("Log the answer…", Kind.PRIMARY, tip="Log the answer… (Ctrl+L)")
            log.clicked.connect(self.answer_wanted)
            items += [
                Label(waiting_words(record.days), "body", "warn"),
                buttons(log),
            ]
        known = [pair for pair in _facts(record) if pair[1]]
        items += [rule(), facts(known)] if known else []
        if record.words:
            items.append(section("The Advisor’s words", Label(record.words, wrap=True), gap=6))
        if record.gates:
            spent = f"{prose_pounds(record.spent_p)} paid" if record.spent_p else ""
            lines = [self._gate(gate) for gate in record.gates]
            items += [
                rule(),
                section("What rests on it", *lines, side=Label(spent, "caption", "muted"), gap=10),
            ]
        self.fill(*items)

    def _gate(self, gate: Gated) -> Box:
        state = "Paid" if gate.paid else "Planned" if gate.may_pay else WAITING
        head = row(Label(f"{gate.code}, {pounds(gate.amount_p)}", "strong"), Badge(state), 1, gap=8)
        made: list[QWidget] = []
        if gate.may_pay:
            pay = Button(f"Pay {prose_pounds(gate.amount_p)}…", Kind.PRIMARY, tip=f"Pay {gate.code} (Ctrl+P)")
            pay.clicked.connect(partial(self.pay_wanted.emit, gate))
            made.append(pay)
        show = Button("Show", tip=f"Show {gate.code} among the entries")
        show.clicked.connect(partial(self.entry_wanted.emit, gate))
        made.append(show)
        box = column(head, Label(gate.description, "body", "muted", wrap=True), gap=4)
        if gate.says:
            box.add(says(gate.says))
        box.add(buttons(*made))
        return box


def _facts(one: ApprovalRow) -> list[tuple[str, str]]:
    return [
        ("Amount", pounds(one.amount_p) if one.amount_p is not None else ""),
        ("School", one.school),
        ("Answered", long_date(one.decided_on) if one.decided_on else ""),
        ("By", one.by),
    ]


class ApprovalTab(ListPane[ApprovalRow]):
    """The log of questions to the Advisor.

    Attributes:
        waiting: how many wait for an answer: (number,).
    """

    waiting = Signal(int)

    def __init__(self, context: AppContext) -> None:
        self.panel = ApprovalPanel()
        super().__init__(context, LOG, self.panel)
        self._log: AdvisorLog | None = None
        self.panel.answer_wanted.connect(self.answer)
        self.panel.pay_wanted.connect(self.pay)
        self.panel.entry_wanted.connect(self._show_entry)
        self._answer = self.add_action("answer", "Log the answer…", "Ctrl+L", self.answer)
        self._pay = self.add_action("pay", "Pay what rests on it…", "Ctrl+P", self.pay_first)
        self.chosen.connect(self._on_question)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.fit(ems, {"Kind"}, {"Asked"})

    @override
    def refresh(self, year: int) -> None:
        from models.queries.advisor_log import advisor_log

        super().refresh(year)
        self.context.book.ask(
            partial(advisor_log, clock=self.context.today), self._show, key="fund-approvals"
        )

    @override
    def new(self) -> None:
        if self.editor is not None:
            today = self._log.today if self._log else self.context.today()
            self.editor.new({"asked_on": today})

    # -- what can be done

    def answer(self) -> None:
        """Log the answer to the question chosen."""
        one, log = self.current(), self._log
        if one is None or log is None or not one.waits:
            return

        def show(people: Sequence[Option]) -> None:
            form = AnswerForm(self.window(), one, people, log.advisor_id, log.today)

            def action(session: Session, given: Answer) -> None:
                approvals.answer(
                    session, one.id, given.state, given.on, given.by_id, given.words, given.amount_p
                )

            ask_and_do(self.context, form, f"Answer {one.code}", action)

        self.context.book.ask(_people, show, key="fund-people")

    def pay_first(self) -> None:
        """Pay the first entry that rests on the answer chosen and may be paid."""
        one = self.current()
        gate = next((gate for gate in one.gates if gate.may_pay), None) if one is not None else None
        if gate is not None:
            self.pay(gate)

    def pay(self, gate: Gated) -> None:
        """Pay an entry that rests on an answer."""
        one = self.current()
        if self._log is None or one is None:
            return
        today = self._log.today
        first = max(gate.on, one.decided_on or gate.on)  # not before the answer (R-LEAD-4)
        form = PayForm(self.window(), f"{gate.code}, {prose_pounds(gate.amount_p)}", today, planned=first)

        def action(session: Session, given: Payment) -> None:
            fund.pay(session, gate.id, given.on, today, given.ref)

        ask_and_do(self.context, form, f"Pay {gate.code}", action)

    # -- inside

    def _show(self, log: AdvisorLog) -> None:
        self._log = log
        self.show_records(log.rows)
        self.waiting.emit(sum(one.waits for one in log.rows))

    def _show_entry(self, gate: Gated) -> None:
        self.context.bus.page_wanted.emit("fund", Place("fund_entry", gate.id))

    def _on_question(self, one: ApprovalRow | None) -> None:
        self._answer.setEnabled(one is not None and one.waits)
        self._pay.setEnabled(one is not None and any(gate.may_pay for gate in one.gates))


def _people(session: Session) -> tuple[Option, ...]:
    from models.queries.choosing import options

    return options(session, "person")
