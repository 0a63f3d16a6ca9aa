"""Small dialogs of one claim: returning, rejecting and withdrawing it, taking it back, its evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from models.calendar import near_day, school_year
from models.errors import BadInput
from ui.dialogs.days import YearNote, dated, proposed
from ui.dialogs.files import KEPT, choose_to_open
from ui.dialogs.form import FormDialog
from ui.overrides import override
from ui.pages.claims.words import Verb
from ui.widgets.buttons import Button
from ui.widgets.fields import DateField, TextField
from ui.widgets.layouts import column, holder, row
from ui.widgets.notes import NoteField
from ui.widgets.pick import Pick
from ui.widgets.plain import Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.queries.claims_page import Approver, ClaimRow

HELPS = {
    Verb.RETURN: "The school reads this, so say what to put right.",
    Verb.REJECT: "The school reads this. No total counts the claim any more.",
    Verb.WITHDRAW: "It stays in the list, and no total counts it any more.",
}


@dataclass(frozen=True)
class Reason:
    """Why a claim is returned, rejected or withdrawn, when and by whom."""

    words: str
    on: dt.date
    by_id: int | None


class ReasonDialog(FormDialog[Reason]):
    """Asks why. Returning and rejecting need a reason, withdrawing may have one (R-COVER-13)."""

    def __init__(
        self, parent: QWidget, verb: Verb, claim: ClaimRow, today: dt.date, approvers: Sequence[Approver]
    ) -> None:
        words = verb.value.capitalize()
        super().__init__(parent, f"{words} {claim.code}", words, 440, stays=True)
        self._must = verb is not Verb.WITHDRAW
        self._form.add(Label(f"{claim.person}, {claim.school_name}", "body", "muted", wrap=True))
        self.reason = NoteField(most=500, lines=3)
        self.by = Pick([(one.words, one.id) for one in approvers], "Not said")
        self.on = DateField(lambda: today, today)
        self.on.near = near_day(school_year(claim.cover_on), today)
        self.row("reason", "Why" if self._must else "Why, if you like", self.reason, HELPS[verb])
        self.row("by", "By", self.by)
        self.row("on", "On", self.on)
        if claim.approver is not None and self._must:
            self.by.show_value(claim.approver.id)

    @override
    def draft(self) -> Reason:
        words = self.take("reason", self.reason.text) or ""
        if self._must and not words:
            self._wrong.setdefault("reason", "Write why, so that the school knows what to do.")
        by, on = self.take("by", self.by.checked_value), self.take("on", self.on.date)
        if on is None or self._wrong:
            raise BadInput("Some of this is not right yet.")
        return Reason(words, on, by)


@dataclass(frozen=True)
class TakenBack:
    """How a paid claim is reversed; `again`: a draft is begun with what it said."""

    reason: str
    on: dt.date
    paid_ref: str
    again: bool


class ReverseDialog(FormDialog[TakenBack]):
    """Takes a paid claim back by a new line (R-COVER-13).

    Args:
        parent: the window it belongs to.
        claim: the claim.
        today: the day it is.
        paid_on: the day it was paid: the fund's money comes back in that school year, unless she says else.
    """

    def __init__(self, parent: QWidget, claim: ClaimRow, today: dt.date, paid_on: dt.date) -> None:
        super().__init__(parent, f"Reverse {claim.code}", "Reverse", 460, stays=True)
        text = "A paid claim stays as it is. A new line takes it back, pound for pound."
        self._form.add(Label(text, "body", "muted", wrap=True))
        self.reason = NoteField(most=400, lines=2)
        from_fund = claim.lead_pays_p > 0
        day = proposed(paid_on, today) if from_fund else today
        self.ref, self.on = TextField(most=200), DateField(lambda: today, day)
        self.on.near = near_day(school_year(claim.cover_on), today)
        self.again = Tick("Begin a new claim with what is right", "A draft is made that you can put right")
        self.again.setChecked(True)
        self.row("reason", "Why", self.reason)
        self.row("paid_ref", "Reference", self.ref, "Of the money that came back, or of this correction.")
        if from_fund:
            self._form.add(dated(self, "On", YearNote(self.on, paid_on, today, "was paid in")))
        else:
            self.row("on", "On", self.on)
        self.row("again", "", self.again)

    @override
    def draft(self) -> TakenBack:
        reason = self.take("reason", self.reason.text)
        if not reason:
            self._wrong.setdefault("reason", "Write why it is taken back.")
        ref = self.take("paid_ref", partial(self.ref.required, "Enter a reference."))
        on = self.take("on", self.on.date)
        if not reason or ref is None or on is None or self._wrong:
            raise BadInput("Some of this is not right yet.")
        return TakenBack(reason, on, ref, self.again.isChecked())


@dataclass(frozen=True)
class Evidence:
    """The number of an invoice or timesheet, and the file itself if there is one."""

    ref: str
    path: Path | None


class EvidenceDialog(FormDialog[Evidence]):
    """Writes down what was found (R-COVER-15)."""

    def __init__(self, parent: QWidget, claim: ClaimRow, folder: Path) -> None:
        super().__init__(parent, f"Evidence for {claim.code}", "Save", 460, stays=True)
        self._folder = folder
        self._path: Path | None = None
        self._form.add(Label(f"{claim.person}, {claim.school_name}", "body", "muted", wrap=True))
        self.ref = TextField(claim.evidence_ref, most=200)
        self.file = TextField(hint="No file chosen")
        self.file.setReadOnly(True)
        self.choose = Button("Choose a file…", tip="Choose the scanned invoice or timesheet")
        self.choose.clicked.connect(self._choose)
        self.row("evidence_ref", "Invoice or timesheet number", self.ref)
        paper = self.stack("name", "The paper itself, if you have it", self.file)
        line = row(holder(paper), column(1, self.choose), gap=8)
        line.setStretch(0, 1)
        self._form.add(line)

    def take_file(self, path: Path) -> None:
        """Keep this file with the claim."""
        self._path = path
        self.file.setText(path.name)

    @override
    def draft(self) -> Evidence:
        ref = self.take("evidence_ref", partial(self.ref.required, "Enter the number on it."))
        if ref is None or self._wrong:
            raise BadInput("Some of this is not right yet.")
        return Evidence(ref, self._path)

    def _choose(self) -> None:
        choose_to_open(self, "Choose the paper", KEPT, self._folder, self.take_file)
