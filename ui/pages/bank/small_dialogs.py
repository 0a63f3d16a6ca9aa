"""The short dialogs of the bank: a reason, a verdict, a day, who asks the Trust, what was bought."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import BadInput
from models.words import OwnerKind, TrialVerdict
from ui.dialogs.form import FormDialog
from ui.format import parse_pounds
from ui.overrides import override
from ui.widgets.fields import DateField, TextField
from ui.widgets.layouts import column, holder
from ui.widgets.notes import NoteField
from ui.widgets.pick import Pick
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

Named = tuple[str, int]


class ReasonDialog(FormDialog[str]):
    """Asks why, before something is given up.

    Args:
        parent: the window it belongs to.
        title: what is about to be done.
        accept: the verb on its button.
        key: the field that a service names when the reason is missing.
        help_text: what the reason is used for.
    """

    def __init__(self, parent: QWidget | None, title: str, accept: str, *, key: str, help_text: str) -> None:
        super().__init__(parent, title, accept, stays=True)
        self.reason = NoteField(most=500, lines=3)
        self._key = key
        self.row(key, "Why", self.reason, help_text)

    @override
    def draft(self) -> str:
        text = self.take(self._key, self.reason.text)
        if text is None:
            raise BadInput("Some of this is not right yet.")
        if not text:
            raise BadInput("Say why in a few words.", self._key)
        return " ".join(text.split())


@dataclass(frozen=True)
class Verdict:
    """How a trial ended."""

    verdict: TrialVerdict
    finding: str
    ends_on: dt.date


class VerdictDialog(FormDialog[Verdict]):
    """Ends a trial with what was found."""

    def __init__(
        self, parent: QWidget | None, title: str, today: dt.date, finding: str, ends_on: dt.date | None
    ) -> None:
        super().__init__(parent, title, "Save verdict", 460, stays=True)
        self.verdict = Pick(
            [(one.label, one) for one in (TrialVerdict.ADOPT, TrialVerdict.DROP)], "Choose how it ended…"
        )
        self.finding = NoteField(finding, lines=4, hint="What children and teachers did with it")
        self.ends_on = DateField(lambda: today, ends_on or today)
        self.row("verdict", "Verdict", self.verdict, "Dropping is an honest end, not a failure.")
        self.row("finding", "What was found", self.finding, "Printed in the review pack.")
        self.row("ends_on", "Ended on", self.ends_on)

    @override
    def draft(self) -> Verdict:
        verdict = self.take("verdict", self._verdict)
        finding = self.take("finding", self.finding.text)
        ends_on = self.take("ends_on", self.ends_on.date)
        if verdict is TrialVerdict.DROP and not finding and "finding" not in self._wrong:
            self._wrong["finding"] = "Say what was found, so that other schools can learn from it."
        if verdict is None or finding is None or ends_on is None or self._wrong:
            raise BadInput("Some of this is not right yet.")
        return Verdict(verdict, finding, ends_on)

    def _verdict(self) -> TrialVerdict:
        found: TrialVerdict | None = self.verdict.checked_value()
        if found is None:
            raise BadInput("Choose how it ended: adopt or drop.")
        return found


class DayDialog(FormDialog[dt.date]):
    """Asks for the day on which something happened; today unless another is typed."""

    def __init__(
        self, parent: QWidget | None, title: str, accept: str, *, key: str, label: str, today: dt.date
    ) -> None:
        super().__init__(parent, title, accept, 400, stays=True)
        self.day, self._key = DateField(lambda: today, today), key
        self.row(key, label, self.day)

    @override
    def draft(self) -> dt.date:
        day = self.take(self._key, self.day.date)
        if day is None:
            raise BadInput("Some of this is not right yet.")
        return day


@dataclass(frozen=True)
class Asked:
    """What was asked of the Trust."""

    name: str
    school_ids: tuple[int, ...]
    requested_on: dt.date
    copies: int
    resource_id: int | None


class AskDialog(FormDialog[Asked]):
    """Asks the Trust for a free resource, for one school or for several at once.

    Args:
        parent: the window it belongs to.
        today: the day it is.
        schools: the members.
        resources: what is in the bank already, to tie the request to.
    """

    def __init__(
        self, parent: QWidget | None, today: dt.date, schools: Sequence[Named], resources: Sequence[Named]
    ) -> None:
        super().__init__(parent, "Ask the Trust for a resource", "Ask", 460, stays=True)
        self.name = TextField(most=200)
        self.ticks = {school_id: Tick(name) for name, school_id in schools}
        self.copies = TextField("1", most=3)
        self.day = DateField(lambda: today, today)
        self.resource = Pick(list(resources), "Not in the bank yet")
        self._schools = holder(column(*self.ticks.values(), gap=2))
        self._schools.setAccessibleName("For")
        self.row("name", "Trust resource", self.name)
        self.row("school_id", "For", self._schools)
        self.row("copies", "Copies for each school", self.copies, "Free copies; further ones are bought.")
        self.row("requested_on", "Asked on", self.day)
        self.row("resource_id", "In the bank as", self.resource)

    @override
    def draft(self) -> Asked:
        name = self.take("name", lambda: self.name.required("Enter what is asked for."))
        chosen = tuple(key for key, tick in self.ticks.items() if tick.isChecked())
        if not chosen:
            self._wrong["school_id"] = "Tick at least one school."
        copies = self.take("copies", lambda: whole_number(self.copies.text(), least=1))
        day = self.take("requested_on", self.day.date)
        resource_id = self.take("resource_id", self.resource.checked_value)
        if name is None or copies is None or day is None or self._wrong:
            raise BadInput("Some of this is not right yet.")
        return Asked(name, chosen, day, copies, resource_id)


def whole_number(text: str, *, least: int = 0) -> int:
    """A typed number.

    Raises:
        BadInput: it is none, or too small.
    """
    plain = text.replace(",", "").strip()
    if not (plain.isascii() and plain.isdigit()) or int(plain) < least:
        raise BadInput(f"“{text.strip()}” does not fit here: enter a whole number from {least}.")
    return int(plain)


@dataclass(frozen=True)
class Bought:
    """How wishes were met. `buyer` None: without anything for the bank. Price in pence."""

    on: dt.date
    buyer: OwnerKind | None
    school_id: int | None
    price_p: int | None
    note: str
    wanted_ids: tuple[int, ...]


class BoughtDialog(FormDialog[Bought]):
    """Meets wishes: something was bought for the bank, or the school has it some other way.

    Args:
        parent: the window it belongs to.
        title: what is wanted.
        today: the day it is.
        wishes: the wishes that it could meet, each in words; all are ticked.
        schools: who may own it.
        entries: the fund's entries it may have been paid by.
    """

    CLUSTER, NOTHING = "The cluster: it goes into the bank", "Nobody: not for the bank"

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        today: dt.date,
        *,
        wishes: Sequence[Named],
        schools: Sequence[Named],
        entries: Sequence[Named],
    ) -> None:
        super().__init__(parent, title, "Save", 480, stays=True)
        self.ticks = {wanted_id: Tick(words) for words, wanted_id in wishes}
        for tick in self.ticks.values():
            tick.setChecked(True)
        self.buyer = Pick(
            [
                (self.CLUSTER, (OwnerKind.CLUSTER, None)),
                *((f"{name}: its own, in the bank", (OwnerKind.SCHOOL, key)) for name, key in schools),
                (self.NOTHING, (None, None)),
            ]
        )
        self.buyer.setCurrentIndex(0)
        self.price = TextField(most=20, hint="£")
        self.entry = Pick(list(entries), "No entry")
        self.day = DateField(lambda: today, today)
        boxes = holder(column(*self.ticks.values(), gap=2))
        boxes.setAccessibleName("Meets these wishes")
        self.row("wanted", "Meets these wishes", boxes)
        self.row("owner", "Bought by", self.buyer)
        self.row("price", "Cost of all of it", self.price, "Kept as what it costs to replace.")
        self.row("entry", "Paid by", self.entry, "The entry of the fund, if the cluster paid.")
        self.row("filled_on", "On", self.day)

    @override
    def draft(self) -> Bought:
        chosen = tuple(key for key, tick in self.ticks.items() if tick.isChecked())
        if not chosen:
            self._wrong["wanted"] = "Tick at least one wish."
        price = self.take("price", self._price)
        day = self.take("filled_on", self.day.date)
        who = self.take("owner", self.buyer.checked_value)
        self.take("entry", self.entry.checked_value)
        if day is None or who is None or self._wrong:
            raise BadInput("Some of this is not right yet.")
        entry = self.entry.currentText().split(" · ")[0] if self.entry.value() is not None else ""
        return Bought(day, who[0], who[1], price, f"Paid by {entry}" if entry else "", chosen)

    def _price(self) -> int | None:
        return parse_pounds(self.price.text(), "price") if self.price.text().strip() else None
