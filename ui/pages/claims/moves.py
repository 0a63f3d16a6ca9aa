"""Submitting, approving and paying one or many claims: what it takes, and what stands against it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from models.calendar import near_day, school_year
from models.errors import BadInput
from models.queries.claim_moves import Finding, findings
from models.queries.claim_payments import pay_findings
from models.rules.cover_states import Move
from models.words import ClaimState
from ui.dialogs.form import FormDialog
from ui.format import count, pounds, year_label
from ui.overrides import override
from ui.pages.claims.lines import ClaimLines
from ui.pages.claims.words import NOBODY, meets_itself, who_pays
from ui.widgets.fields import DateField, TextField
from ui.widgets.layouts import column, holder, rule
from ui.widgets.notes import NoteField
from ui.widgets.pick import Pick
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.choosing import Option
    from models.queries.claims_page import Approver, ClaimRow
    from ui.context import AppContext

LATER = "Choose…"
FEW = 5  # claims that may stand above the fields of a step


@dataclass(frozen=True)
class Taken:
    """What a dialog was told.

    Attributes:
        rows: the claims it is to be done with.
        on: the day.
        why: why it is allowed although a rule says no.
        approvers: by claim, who approves it.
        paid_ref: the payment reference.
        decision_id: the decision behind pot money.
    """

    rows: tuple[ClaimRow, ...]
    on: dt.date
    why: str = ""
    approvers: Mapping[int, int] = field(default_factory=dict)
    paid_ref: str = ""
    decision_id: int | None = None

    @property
    def ids(self) -> tuple[int, ...]:
        """The claims' ids."""
        return tuple(row.id for row in self.rows)


class MoveDialog(FormDialog[Taken]):
    """A step with claims. It asks the rules as soon as it opens, and says what they answer line by line.

    Args:
        context: the shared things.
        parent: the window it belongs to.
        verb: the step's verb: “Approve”.
        rows: the claims.
        today: the day it is.
    """

    def __init__(
        self, context: AppContext, parent: QWidget, verb: str, rows: Sequence[ClaimRow], today: dt.date
    ) -> None:
        what = rows[0].code if len(rows) == 1 else count(len(rows), "claim")
        super().__init__(parent, self.heading(verb, what, rows), verb, 480, stays=True)
        self._context, self._verb, self._today = context, verb, today
        self.rows = tuple(rows)
        self.lines = ClaimLines(rows, self.amount)
        self._lines_last = len(rows) > FEW  # or what is to be filled in would stand below the fold
        if not self._lines_last:
            self._form.add(self.lines, rule())
        self._found: Sequence[Finding] = ()
        self._day_note = Label("", "caption", "warn", wrap=True)
        self._day_note.hide()

    def finish(self) -> None:
        """To be called when the step's own fields stand: add the reason, and ask the rules."""
        if self._lines_last:
            self._form.add(rule(), self.lines)
        self.why = NoteField(most=500, lines=2, hint="Who agreed to it, and why")
        self._why_box = holder(
            self.stack("why", "Why it is allowed all the same", self.why, "It is kept with the claim.")
        )
        self._why_box.hide()
        self._form.add(self._why_box)
        self.lines.changed.connect(self._on_lines)
        self._on_lines()
        self.look()

    def day_field(self, key: str, label: str) -> DateField:
        """Add the field for the day of the step; what speaks against the day typed stands below it."""
        field = DateField(lambda: self._today, self._today)
        field.near = near_day(school_year(self.rows[0].cover_on), self._today)
        field.editingFinished.connect(self.look)
        box = self.stack(key, label, field)
        box.add(self._day_note)
        self._form.add(box)
        return field

    def day_of(self, field: DateField) -> dt.date:
        """The day typed; today while it cannot be understood."""
        try:
            return field.date()
        except BadInput:
            return self._today

    def day_words(self) -> list[str]:
        """What is to be known of the day typed: that it lies before the step before (R-COVER-13)."""
        chosen = {row.id for row in self.lines.chosen()}
        early = [one.day for one in self._found if one.day and one.claim_id in chosen]
        more = len(early) - 1
        return early if more < 1 else [f"{early[0]} The same goes for {count(more, 'other claim')}."]

    def amount(self, row: ClaimRow) -> int:
        """What a line shows, in pence."""
        return row.recognised_p

    def heading(self, verb: str, what: str, rows: Sequence[ClaimRow]) -> str:
        """The title: “Approve 7 claims”."""
        del rows
        return f"{verb} {what}"

    def accept_words(self, rows: Sequence[ClaimRow]) -> str:
        """What the button says, for the claims that are left in."""
        words = pounds(self.amount(rows[0])) if len(rows) == 1 else count(len(rows), "claim")
        return f"{self._verb} {words}" if rows else self._verb

    def question(self, session: Session) -> Sequence[Finding]:
        """What stands against the step as it is filled in now. Called in the file's thread."""
        raise NotImplementedError

    def taken(self, rows: tuple[ClaimRow, ...]) -> Taken | None:
        """What the fields say, for these claims; None where one of them is wrong."""
        raise NotImplementedError

    def look(self) -> None:
        """Ask the rules again."""
        if self.ready():
            self._context.book.ask(self.question, self._show, key="claim-findings")
        else:
            self._show(())

    def ready(self) -> bool:
        """Whether the fields say enough to ask the rules."""
        return True

    @override
    def draft(self) -> Taken:
        rows = tuple(self.lines.chosen())
        if not rows:
            raise BadInput("No claim is left to do this with.")
        why = self.take("why", self.why.text) or ""
        taken = self.taken(rows)
        if self.lines.need_reason() and not why:
            self._wrong["why"] = "Write why it is allowed, or leave the claim out."
        if taken is None or self._wrong:
            raise BadInput("Some of this is not right yet.")
        return taken

    # -- inside

    def _show(self, found: Sequence[Finding]) -> None:
        self._found = found
        self.lines.show_findings(found)
        self._say_day()
        if self.isVisible():
            self.fit()

    def _say_day(self) -> None:
        words = "\n".join(self.day_words())
        self._day_note.setText(words)
        self._day_note.setVisible(bool(words))

    def _on_lines(self) -> None:
        rows = self.lines.chosen()
        self._say_day()
        shown = self.lines.need_reason()
        if shown == self._why_box.isHidden():
            self._why_box.setVisible(shown)
            if self.isVisible():
                self.fit()
        self._accept.set_words(self.accept_words(rows))
        self._accept.setEnabled(bool(rows))


class SubmitDialog(MoveDialog):
    """Sending in claims that a rule speaks against."""

    def __init__(
        self, context: AppContext, parent: QWidget, rows: Sequence[ClaimRow], today: dt.date
    ) -> None:
        super().__init__(context, parent, "Submit", rows, today)
        self.finish()

    @override
    def amount(self, row: ClaimRow) -> int:
        return row.cost_p

    @override
    def question(self, session: Session) -> Sequence[Finding]:
        return submit_findings(session, [row.id for row in self.lines.chosen()], self._today)

    @override
    def taken(self, rows: tuple[ClaimRow, ...]) -> Taken | None:
        return Taken(rows, self._today, why=self.why.text())


def submit_findings(session: Session, ids: Sequence[int], today: dt.date) -> Sequence[Finding]:
    """What stands against sending claims in."""
    return findings(session, dict.fromkeys(ids, Move(ClaimState.SUBMITTED, today)), today)


class ApproveDialog(MoveDialog):
    """Agreeing to claims: who does, and who does it for that person's own claims (R-COVER-14).

    Args:
        approvers: who may approve, those who usually do first.
    """

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        rows: Sequence[ClaimRow],
        today: dt.date,
        approvers: Sequence[Approver],
    ) -> None:
        super().__init__(context, parent, "Approve", rows, today)
        self._approvers = {one.id: one for one in approvers}
        self._build()
        self.finish()

    def _build(self) -> None:
        offered = [(one.words, one.id) for one in self._approvers.values()]
        suggested = Counter(row.approver.id for row in self.rows if row.approver is not None)
        self.by, self.other = Pick(offered, LATER), Pick((), LATER)
        self.by.show_value(suggested.most_common(1)[0][0] if suggested else None)
        self.row("by", "Approved by", self.by)
        self.other.setAccessibleName("Their own claims approved by")
        self._other_label = Label("", "label", wrap=True)
        self._other_box = holder(column(self._other_label, self.stack("other", "", self.other), gap=4))
        self._form.add(self._other_box)
        self.on = self.day_field("on", "Approved on")
        self._show_other()
        self.by.picked.connect(self._on_by)
        self.other.picked.connect(self.look)

    def approvers(self, rows: Sequence[ClaimRow]) -> dict[int, int]:
        """By claim, who approves it; a claim for which nobody is chosen is left out."""
        by, other = self.by.value(), self.other.value()
        chosen = {row.id: other if self._is_own(row) else by for row in rows}
        return {key: person for key, person in chosen.items() if person is not None}

    @override
    def ready(self) -> bool:
        return bool(self.approvers(self.rows))

    @override
    def question(self, session: Session) -> Sequence[Finding]:
        chosen, on = self.approvers(self.rows), self.day_of(self.on)
        steps = {key: Move(ClaimState.APPROVED, on, by) for key, by in chosen.items()}
        return findings(session, steps, self._today)

    @override
    def taken(self, rows: tuple[ClaimRow, ...]) -> Taken | None:
        if self.take("by", self.by.checked_value) is None:
            self._wrong.setdefault("by", f"{NOBODY}.")
        if any(self._is_own(row) for row in rows) and self.take("other", self.other.checked_value) is None:
            self._wrong.setdefault("other", f"{NOBODY}: nobody approves their own claim.")
        on = self.take("on", self.on.date)
        if on is None or self._wrong:
            return None
        return Taken(rows, on, self.why.text(), self.approvers(rows))

    def _is_own(self, row: ClaimRow) -> bool:
        return self.by.value() in {row.claimant_id, row.person_id}

    def _on_by(self) -> None:
        self._mended("other")  # it may not be asked any more
        self._show_other()
        self.look()

    def _show_other(self) -> None:
        """Ask who approves the approver's own claims, where there are any."""
        own = [row for row in self.rows if self._is_own(row)]
        self._other_box.setVisible(bool(own) and self.by.value() is not None)
        if not own:
            return
        claiming = {person for row in own for person in (row.claimant_id, row.person_id)}
        barred = {self.by.value(), *claiming}
        self.other.offer([(one.words, one.id) for one in self._approvers.values() if one.id not in barred])
        name = self._approvers[self.by.value()].name
        words = f"{_codes(own)} {'is' if len(own) == 1 else 'are'} claimed by {name}, so approved by"
        self._other_label.setText(words)
        self.other.setAccessibleName(words)
        suggested = next((row.approver for row in own if row.approver is not None), None)
        if self.other.value() is None and suggested is not None:
            self.other.show_value(suggested.id)
        if self.isVisible():
            self.fit()


def _codes(rows: Sequence[ClaimRow]) -> str:
    return rows[0].code if len(rows) == 1 else f"{len(rows)} of these"


class PayDialog(MoveDialog):
    """Marking claims as paid, all with one reference.

    Of release that a school meets from its own allowance it says so: the lead school sends nothing, and
    only notes it (R-COVER-6).

    Args:
        decisions: what meetings decided, for pot money (R-POT-2).
    """

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        rows: Sequence[ClaimRow],
        today: dt.date,
        decisions: Sequence[Option],
    ) -> None:
        super().__init__(context, parent, "Pay", rows, today)
        self._build(decisions)
        self.finish()

    def _build(self, decisions: Sequence[Option]) -> None:
        self._who = Label(who_pays(self.rows), "body", "muted", wrap=True)
        self._who.setVisible(bool(self._who.text()))
        self._form.add(self._who)
        self.ref = TextField(most=200, hint="For example HP-BACS-0060")
        self.decision = Pick([(one.words, one.id) for one in decisions], "None")
        nothing = all(row.recognised_p == 0 for row in self.rows)
        self.ref.setText("No payment" if nothing else "")
        shared = "" if len(self.rows) == 1 else "It is written with every one of these claims."
        self.row("paid_ref", "Payment reference", self.ref, shared)
        self.paid_on = self.day_field("paid_on", "Paid on")
        from_fund = any(row.lead_pays_p > 0 for row in self.rows)
        if from_fund:
            text = "That agreed to spend the cluster’s money. A planned payment keeps the decision it names."
            self.row("decision", "Decision", self.decision, text)
        self.decision.picked.connect(self.look)

    @override
    def heading(self, verb: str, what: str, rows: Sequence[ClaimRow]) -> str:
        return f"Mark {what} as paid" if meets_itself(rows) else super().heading(verb, what, rows)

    @override
    def accept_words(self, rows: Sequence[ClaimRow]) -> str:
        return "Mark as paid" if meets_itself(rows) else super().accept_words(rows)

    @override
    def question(self, session: Session) -> Sequence[Finding]:
        ids = [row.id for row in self.rows]
        return pay_findings(session, ids, self.day_of(self.paid_on), self._today, self.decision.value())

    @override
    def taken(self, rows: tuple[ClaimRow, ...]) -> Taken | None:
        ref = self.take("paid_ref", partial(self.ref.required, "Enter the payment reference."))
        on = self.take("paid_on", self.paid_on.date)
        decision = self.take("decision", self.decision.checked_value)
        if ref is None or on is None or self._wrong:
            return None
        return Taken(rows, on, self.why.text(), paid_ref=ref, decision_id=decision)

    @override
    def day_words(self) -> list[str]:
        """Also that money of the cluster's leaves it in another school year than that of the cover."""
        years = {school_year(row.cover_on) for row in self.lines.chosen() if row.lead_pays_p > 0}
        goes = school_year(self.day_of(self.paid_on))
        other = [f"The payment counts in {year_label(goes)}: it is made in that year."]
        return [*super().day_words(), *(other if years - {goes} else [])]
