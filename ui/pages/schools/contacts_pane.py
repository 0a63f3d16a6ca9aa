"""The third tab: the contacts log, with problems the Advisor must hear of, and questions to the Advisor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.partnership_page import (
    ContactRow,
    ContactState,
    QuestionRow,
    contact_rows,
    question_rows,
)
from models.services import contacts
from models.words import ContactKind
from ui.dialogs.asking import Asking
from ui.format import count, long_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.schools.dated import DatedPane
from ui.pages.schools.fitted import Fit
from ui.pages.schools.forms import CONTACT, QUESTION
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from sqlmodel import Session

    from ui.context import AppContext
    from ui.dialogs.asking import Day, Typed
    from ui.widgets.layouts import Item

WAITING = frozenset({ContactState.TELL, ContactState.OPEN})


def contacts_spec(context: AppContext) -> ListSpec[ContactRow]:
    """The contacts log."""
    return ListSpec(
        key="contacts",
        table="contact_log",
        noun="contact",
        plural="contacts",
        columns=(
            Column("Date", lambda r: long_date(r.on), lambda r: r.on),
            Column("School", lambda r: r.school, lambda r: r.school.casefold(), Look.STRONG),
            Column("About", lambda r: r.summary, lambda r: r.summary.casefold(), stretch=True),
            Column("Kind", lambda r: SHORT[r.kind], lambda r: r.kind.label, Look.MUTED),
            Column("State", lambda r: r.state.label, lambda r: r.state.label, Look.STATE),
        ),
        identity=lambda r: r.id,
        title=lambda r: long_date(r.on),
        ask=partial(contact_rows, today=context.today),
        empty=Empty(
            Icon.PEOPLE,
            "The log remembers talks worth remembering: an encouragement, a problem and when the Advisor "
            "heard of it, a discussion about joining or leaving.",
            "Log the first contact",
        ),
        chips=(
            ChipSpec("Problems", lambda r: r.kind is ContactKind.PROBLEM),
            ChipSpec("Open", lambda r: r.state in WAITING),
        ),
        form=CONTACT,
        words=lambda r: " ".join((r.school, r.person, r.kind.label, r.summary, r.outcome, r.state.label)),
    )


SHORT = {
    ContactKind.ENCOURAGEMENT: "Encouragement",
    ContactKind.ADVISOR_DISCUSSION: "With the Advisor",
    ContactKind.PROBLEM: "Problem",
    ContactKind.OTHER: "Other",
}


class ContactPanel(DetailPanel):
    """One line of the log, whole."""

    def __init__(self, pane: ContactsPane) -> None:
        super().__init__("Contact")
        self._list = pane

    @override
    def show_record(self, record: ContactRow | None) -> None:
        if record is None:
            self.say("Choose a line to read all of it.")
            return
        line = " · ".join(x for x in (long_date(record.on), record.person) if x)
        items: list[Item] = [record_head(record.school or "The cluster", record.state.label, line)]
        made = []
        if record.state is ContactState.TELL:
            made.append(self._button("Advisor told…", "Ctrl+L", self._list.tell, Kind.PRIMARY))
        if record.state in WAITING:
            made.append(self._button("Settled…", "Ctrl+Shift+L", self._list.settle))
        if made:
            items.append(buttons(*made, across=2))
        told = ""
        if record.told_on is not None:
            days = f" ({count(record.days, 'day')} after)" if record.days is not None else ""
            told = f"{long_date(record.told_on)}{days}"
        known = [
            ("Kind", record.kind.label),
            ("Advisor told", told),
            ("Settled", long_date(record.closed_on) if record.closed_on else ""),
        ]
        items += [rule(), Label(record.summary, wrap=True)]
        if record.outcome:
            items += [column(Label("Outcome", "caption", "muted"), Label(record.outcome, wrap=True), gap=2)]
        items += [rule(), facts(known)]
        self.fill(*items)

    def _button(self, words: str, keys: str, do: object, kind: Kind = Kind.PLAIN) -> Button:
        made = Button(words, kind, tip=f"{words} ({keys})")
        made.clicked.connect(do)
        return made


class ContactsPane(DatedPane[ContactRow]):
    """The log, and what a problem in it waits for (R-CLU-11)."""

    def __init__(self, context: AppContext, day: Day) -> None:
        self._day = day
        super().__init__(context, contacts_spec(context), ContactPanel(self), fit=Fit(("Kind",), ("State",)))
        self._own: dict[str, QAction] = {
            "tell": self.add_action("tell", "Note that the Advisor was told…", "Ctrl+L", self.tell),
            "settle": self.add_action("settle", "Settle the problem…", "Ctrl+Shift+L", self.settle),
        }
        self.chosen.connect(self._offer)
        self._offer(None)

    @override
    def new(self) -> None:
        if self.editor is not None:
            self.editor.new({"on": self.proposed(self._day()), "kind": ContactKind.OTHER})

    def tell(self) -> None:
        """Ask when the Advisor heard of the problem."""
        row = self.current()
        if row is None or row.state is not ContactState.TELL:
            return
        form = Asking(self.window(), "Advisor told", "Save", self._day(), 400)
        form.day("told_advisor_on", "The Advisor heard of it on", row.on, needed="Enter the day.")

        def action(session: Session, typed: Typed) -> None:
            contacts.tell_advisor(session, row.id, typed["told_advisor_on"])

        form.does(self.context, "Note that the Advisor was told", action)

    def settle(self) -> None:
        """Ask when it was settled, and what came of it."""
        row = self.current()
        if row is None or row.state not in WAITING:
            return
        form = Asking(self.window(), "Settled", "Save", self._day(), 440)
        form.day("closed_on", "Settled on", max(row.on, self.proposed(self._day())), needed="Enter the day.")
        form.note("outcome", "What came of it", row.outcome, lines=3)

        def action(session: Session, typed: Typed) -> None:
            contacts.settle(session, row.id, typed["closed_on"], typed["outcome"])

        form.does(self.context, "Settle a problem", action)

    def _offer(self, row: ContactRow | None) -> None:
        legal = {
            "tell": row is not None and row.state is ContactState.TELL,
            "settle": row is not None and row.state in WAITING,
        }
        for key, action in self._own.items():
            action.setVisible(legal[key])
            action.setEnabled(legal[key])


def questions_spec() -> ListSpec[QuestionRow]:
    """The questions to the Advisor (R-ASK-1)."""
    return ListSpec(
        key="advisor-questions",
        table="advisor_question",
        noun="question",
        plural="questions",
        columns=(
            Column("Asked", lambda r: long_date(r.asked_on), lambda r: r.asked_on),
            Column("Question", lambda r: r.question, lambda r: r.question.casefold(), stretch=True),
            Column(
                "Answered",
                lambda r: long_date(r.answered_on) if r.answered_on else "waiting",
                lambda r: r.answered_on,
            ),
        ),
        identity=lambda r: r.id,
        title=lambda r: long_date(r.asked_on),
        ask=question_rows,
        empty=Empty(
            Icon.SHIELD,
            "Questions and ideas put to the Advisor, with the answers: last year’s answer may help again.",
            "Add the first question",
        ),
        chips=(ChipSpec("Waiting", lambda r: r.answered_on is None),),
        form=QUESTION,
        words=lambda r: f"{r.question} {r.answer}",
    )


class QuestionPanel(DetailPanel):
    """One question with its answer."""

    @override
    def show_record(self, record: QuestionRow | None) -> None:
        if record is None:
            self.say("Choose a question to read the answer.")
            return
        state = "Answered" if record.answered_on else "Waiting"
        said = f"answered {long_date(record.answered_on)}" if record.answered_on else "no answer yet"
        items: list[Item] = [record_head("Question", state, f"Asked {long_date(record.asked_on)} · {said}")]
        items += [rule(), Label(record.question, wrap=True)]
        if record.answer:
            items += [column(Label("Answer", "caption", "muted"), Label(record.answer, wrap=True), gap=2)]
        self.fill(*items)


class QuestionsPane(DatedPane[QuestionRow]):
    """The questions to the Advisor."""

    def __init__(self, context: AppContext, day: Day) -> None:
        self._day = day
        super().__init__(context, questions_spec(), QuestionPanel("Question"))

    @override
    def new(self) -> None:
        if self.editor is not None:
            self.editor.new({"asked_on": self.proposed(self._day())})
