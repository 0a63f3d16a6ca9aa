"""The small dialogs behind the fund's verbs: each asks what its action needs, and gives a typed value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import BadInput
from models.words import ApprovalState
from ui.dialogs.days import YearNote, dated, proposed
from ui.dialogs.form import FormDialog
from ui.format import parse_pounds, pounds, year_label
from ui.overrides import override
from ui.widgets.fields import DateField, TextField
from ui.widgets.layouts import holder
from ui.widgets.notes import NoteField
from ui.widgets.pick import Pick
from ui.widgets.plain import Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from models.queries.advisor_log import ApprovalRow
    from models.queries.choosing import Option
    from models.queries.purse_years import YearRow

REASON = 500  # characters that the file keeps of one
SAID = {True: "Yes, up to £150.", False: "Not this year: the pot is small."}
NOT_YET = "Some of this is not right yet."


class AmountField(TextField):
    """Money that may be missing: 100, £100, 100.5."""

    def __init__(self, pence: int | None = None, hint: str = "£") -> None:
        super().__init__("" if pence is None else pounds(pence), most=40, hint=hint)

    def pence(self) -> int | None:
        """What is typed, in pence; None for nothing.

        Raises:
            BadInput: it is no amount, or one below £0.
        """
        text = self.text().strip()
        if not text:
            return None
        amount = parse_pounds(text)
        if amount < 0:
            raise BadInput("Write an amount of £0 or more.")
        return amount


@dataclass(frozen=True)
class Payment:
    """What paying an entry asks for; `reason` is "" where no rule needs one."""

    on: dt.date
    ref: str
    reason: str


class PayForm(FormDialog[Payment]):
    """Pays a planned entry: its reference and its day; with `against`, also why although a rule says no.

    Args:
        parent: the window it belongs to.
        what: the entry in words: "E-0041, £150".
        today: the day it is.
        against: what the rule says, where it says no.
        ref: the reference noted before.
        planned: the day it was planned for: in a school year that is over it is what stands there first,
            and another year is said.
    """

    def __init__(
        self,
        parent: QWidget | None,
        what: str,
        today: dt.date,
        against: str = "",
        ref: str = "",
        planned: dt.date | None = None,
    ) -> None:
        super().__init__(parent, f"Pay {what}", "Pay", 420, stays=True)
        of = planned or today
        day = proposed(of, today)
        if against:
            self._form.add(Label(against, "body", "warn", wrap=True))
        self._ref, self._on = TextField(ref, hint="BACS or cheque number"), DateField(lambda: today, day)
        self._reason = NoteField(most=REASON, lines=2)
        self.row("paid_ref", "Payment reference", self._ref)
        self._form.add(dated(self, "Paid on", YearNote(self._on, of, today, "was planned for")))
        if against:
            self.row("reason", "Why it is paid all the same", self._reason, "It is kept, and printed.")

    @override
    def draft(self) -> Payment:
        on, reason = self.take("on", self._on.date), self.take("reason", self._reason.text)
        if on is None or reason is None:
            raise BadInput(NOT_YET)
        return Payment(on, self._ref.text().strip(), reason)


@dataclass(frozen=True)
class Undoing:
    """A day and a reason: what taking back or opening again asks for."""

    on: dt.date
    reason: str


class ReasonForm(FormDialog[Undoing]):
    """Asks for a reason, and for the day.

    Args:
        parent: the window it belongs to.
        title: what is done.
        accept: the verb on its button.
        words: what will happen, in a sentence.
        today: the day it is.
        of: the day of the entry it is about, where there is one: in a school year that is over it is what
            stands there first, and another year is said.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        accept: str,
        words: str,
        today: dt.date,
        of: dt.date | None = None,
    ) -> None:
        super().__init__(parent, title, accept, 420, stays=True)
        self._form.add(Label(words, "body", "muted", wrap=True))
        day = today if of is None else proposed(of, today)
        self._reason, self._on = NoteField(most=REASON, lines=2), DateField(lambda: today, day)
        self.row("reason", "Reason", self._reason)
        if of is not None:
            self._form.add(dated(self, "On", YearNote(self._on, of, today, "is of")))
        else:
            self.row("on", "On", self._on)

    @override
    def draft(self) -> Undoing:
        on, reason = self.take("on", self._on.date), self.take("reason", self._read_reason)
        if on is None or reason is None:
            raise BadInput(NOT_YET)
        return Undoing(on, reason)

    def _read_reason(self) -> str:
        text = self._reason.text()
        if not text:
            raise BadInput("Say why: whoever reads the account later will ask.")
        return text


@dataclass(frozen=True)
class Answer:
    """The Advisor's answer."""

    state: ApprovalState
    on: dt.date
    by_id: int | None
    words: str
    amount_p: int | None


class AnswerForm(FormDialog[Answer]):
    """Logs the answer to a question: approved or declined, the Advisor's words, who and when.

    Args:
        parent: the window it belongs to.
        row: the question.
        people: who may have answered.
        advisor_id: the person to begin with.
        today: the day it is.
    """

    def __init__(
        self,
        parent: QWidget | None,
        row: ApprovalRow,
        people: Sequence[Option],
        advisor_id: int | None,
        today: dt.date,
    ) -> None:
        super().__init__(parent, f"The answer to {row.code}", "Save", 480, stays=True)
        self._form.add(Label(row.question, "body", "muted", wrap=True))
        answers = [(word.label, word) for word in ApprovalState if word is not ApprovalState.PENDING]
        self._answer = Pick(answers)
        self._answer.show_value(ApprovalState.APPROVED)
        self._words = NoteField(row.words, lines=3, hint=SAID[True])
        self._amount = AmountField(row.amount_p)
        self._on = DateField(lambda: today, today)
        self._on.near = row.asked_on
        self._by = Pick([(one.words, one.id) for one in people if not one.past], "Not entered")
        self._by.show_value(advisor_id)
        self.row("words", "The Advisor’s words", self._words)
        self.row("state", "Answer", self._answer)
        most = self.stack("amount_p", "Up to", self._amount, "The most that may be spent, if any was named.")
        self._most = holder(most)
        self._form.add(self._most)
        self._answer.picked.connect(self._on_answer)
        self.row("decided_on", "Answered on", self._on)
        self.row("decided_by_id", "Answered by", self._by)

    @override
    def draft(self) -> Answer:
        on, words = self.take("decided_on", self._on.date), self.take("words", self._words.text)
        by_id = self.take("decided_by_id", self._by.checked_value)
        amount = self.take("amount_p", self._amount.pence) if self._is_approved() else None
        if on is None or words is None or self._wrong:
            raise BadInput(NOT_YET)
        return Answer(self._answer.value(), on, by_id, words, amount)

    def _is_approved(self) -> bool:
        return bool(self._answer.value() is ApprovalState.APPROVED)

    def _on_answer(self) -> None:
        """What is declined has no amount up to which it may be spent."""
        self._most.setVisible(self._is_approved())
        self._mended("amount_p")
        self._words.setPlaceholderText(SAID[self._is_approved()])
        if self.isVisible():
            self.fit()


@dataclass(frozen=True)
class Closing:
    """Closing a year: on which day, and whether of every fund."""

    on: dt.date
    everywhere: bool


class CloseForm(FormDialog[Closing]):
    """Closes a year of a fund, or of all that are open.

    Args:
        parent: the window it belongs to.
        fund: the fund's name.
        row: the year.
        others: how many other funds' year could be closed with it.
        today: the day it is.
    """

    def __init__(self, parent: QWidget | None, fund: str, row: YearRow, others: int, today: dt.date) -> None:
        super().__init__(parent, f"Close {year_label(row.year)} of {fund}", "Close the year", 440, stays=True)
        words = (
            f"{pounds(row.closing_p)} is carried over to {year_label(row.year + 1)}, and kept as the figure "
            "that was carried. Nothing is locked: if a late entry changes the year, the window says so."
        )
        if row.moved_p:
            words = (
                f"{pounds(row.carried_p)} was carried over before. From now on it is {pounds(row.closing_p)}."
            )
        self._form.add(Label(words, "body", "muted", wrap=True))
        self._on = DateField(lambda: today, today)
        self._all = Tick("Close that year of the other funds too")
        self._all.setChecked(others > 0)
        self.row("on", "Closed on", self._on)
        if others:
            self.row("all", "", self._all)

    @override
    def draft(self) -> Closing:
        on = self.take("on", self._on.date)
        if on is None:
            raise BadInput(NOT_YET)
        return Closing(on, self._all.isChecked())


@dataclass(frozen=True)
class Award:
    """An award: when, and how much in pence."""

    on: dt.date
    amount_p: int | None


class AwardForm(FormDialog[Award]):
    """Notes that an application was successful.

    Args:
        parent: the window it belongs to.
        name: the funding.
        amount_p: what was applied for, in pence.
        today: the day it is.
        near: a day typed without its year is the one nearest to this.
    """

    def __init__(
        self, parent: QWidget | None, name: str, amount_p: int | None, today: dt.date, near: dt.date
    ) -> None:
        super().__init__(parent, f"{name} was awarded", "Save", 420, stays=True)
        self._amount, self._on = AmountField(amount_p), DateField(lambda: today, today)
        self._on.near = near
        self.row("amount_p", "Amount", self._amount)
        self.row("on", "Awarded on", self._on)

    @override
    def draft(self) -> Award:
        on = self.take("on", self._on.date)
        amount = self.take("amount_p", self._amount.pence)
        if on is None or self._wrong:
            raise BadInput(NOT_YET)
        return Award(on, amount)


class DayForm(FormDialog["dt.date"]):
    """Asks for a day only.

    Args:
        parent: the window it belongs to.
        title: what is done.
        label: what the day is of.
        accept: the verb on its button.
        day: what stands there first.
        near: a day typed without its year is the one nearest to this; None: to the first.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        label: str,
        accept: str,
        day: dt.date,
        near: dt.date | None = None,
    ) -> None:
        super().__init__(parent, title, accept, 400, stays=True)
        self._on = DateField(lambda: day, day)
        self._on.near = near
        self.row("on", label, self._on)

    @override
    def draft(self) -> dt.date:
        on = self.take("on", self._on.date)
        if on is None:
            raise BadInput(NOT_YET)
        return on
