"""The forms of the fund: entries, funds, lines of the plan, questions to the Advisor, other funding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.formats import prose_pounds
from models.rules.approvals import kind_wanted
from models.services import approvals, budget, fund
from models.services.budget import PlanKey
from models.words import ApprovalKind, Direction, EntryState, Heading
from ui.format import school_year, year_label
from ui.forms.draft_form import DraftForm
from ui.forms.entries import PickEntry
from ui.forms.spec import FormSpec, Values
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.choosing import FormFacts
    from models.queries.fund_page import FundPage
    from models.words import FundKind

INCOME = frozenset({Heading.GRANT, Heading.SCHOOL_CONTRIBUTION, Heading.GIFT, Heading.OTHER_INCOME})

ENTRY = FormSpec(
    "fund_entry",
    "entry",
    rows=(
        ("direction", "state"),
        ("description",),
        ("heading", "fund_id"),
        ("amount_p", "on"),
        ("payee", "paid_ref"),
        ("decision_id",),
        ("approval_id",),
    ),
    more=(
        ("vat_p", "school_id"),
        ("cpd_session_id", "resource_id"),
        ("claim_id",),
        ("override_reason",),
        ("notes",),
    ),
    labels={"state": "Planned or paid", "payee": "Paid to, or received from"},
    helps={
        "amount_p": "",
        "decision_id": "What the schools agreed at a meeting.",
        "approval_id": "",
        "vat_p": "Part of the amount, if there is any.",
    },
    add=fund.enter,
    change=fund.amend,
    width=560,
)

FUND = FormSpec(
    "fund",
    "fund",
    rows=(("name",), ("kind", "opened_on"), ("opening_p",), ("other_funding_id",)),
    helps={
        "opening_p": "What was in it on that day.",
        "opened_on": "What is dated before that day is in the opening balance.",
    },
    add=fund.add_fund,
)

APPROVAL = FormSpec(
    "approval",
    "question",
    rows=(("kind", "asked_on"), ("question",), ("amount_p", "school_id")),
    more=(("state", "decided_on"), ("decided_by_id",), ("words",)),
    helps={"amount_p": "The most that may be spent, if that was asked."},
    add=approvals.ask,
    change=approvals.change,
    width=540,
)

OTHER_FUNDING = FormSpec(
    "other_funding",
    "funding",
    rows=(
        ("name",),
        ("funder",),
        ("state", "amount_p"),
        ("applied_on", "awarded_on"),
        ("told_advisor_on",),
        ("notes",),
    ),
    helps={"told_advisor_on": "Other funding is welcome and never affects an application to the sponsor."},
)


def _plan(session: Session, values: Values) -> int:
    key = PlanKey(values["fund_id"], values["school_year"], values["direction"], values["heading"])
    return budget.plan(session, key, values["planned_p"], values["explanation"])


PLAN = FormSpec(
    "budget_line",
    "line",
    rows=(("direction", "heading"), ("planned_p",), ("explanation",)),
    labels={"explanation": "Why it went otherwise"},
    helps={"explanation": "Asked for when it is 10% or more off plan."},
    add=_plan,
    change=budget.replan,
    width=480,
)


@dataclass(frozen=True)
class Purses:
    """What a form needs of the funds to say what an entry does to them."""

    kinds: Mapping[int, FundKind]
    names: Mapping[int, str]
    left_p: Mapping[int, int]
    closed: frozenset[tuple[int, int]]
    approver: str
    year: int

    @classmethod
    def of(cls, page: FundPage) -> Purses:
        """Those of a page."""
        view = page.view
        closed = (
            {(view.purse.id, one.year) for one in view.years if one.carried_p is not None} if view else ()
        )
        return cls(
            kinds={one.id: one.kind for one in page.purses},
            names={one.id: one.name for one in page.purses},
            left_p={one.id: one.closing_p for one in page.purses},
            closed=frozenset(closed),
            approver=page.approver,
            year=page.year,
        )

    def of_day(self, fund_id: int, year: int) -> str:
        """What is said of a day in a school year: it is closed, or it is not the year shown; "" else."""
        if (fund_id, year) in self.closed:
            return f"{year_label(year)} is closed: this moves the figure that was carried over."
        return "" if year == self.year else f"This day counts in {year_label(year)}, not in the year shown."


class EntryForm(DraftForm):
    """The form of an entry. It offers headings that fit the direction, and says what the entry does."""

    def __init__(
        self, parent: QWidget | None, spec: FormSpec, facts: FormFacts, values: Values | None = None
    ) -> None:
        super().__init__(parent, spec, facts, values)
        self._purses: Purses | None = None
        self._offered: Direction | None = None
        self._note = Label("", "caption", "muted", wrap=True)
        self._note.hide()
        self.below(self._note)
        self.changed.connect(self._on_changed)
        self._offer()

    def watch(self, purses: Purses) -> None:
        """Say from now on what the entry does to these funds."""
        self._purses = purses
        self._tell()

    def note(self) -> str:
        """What is said of the entry as it is typed."""
        return self._note.text()

    def _on_changed(self) -> None:
        self._offer()
        self._tell()

    def _offer(self) -> None:
        """Headings of income for money in, of spending for money out; one that is stored stays on offer."""
        entry = self.entries["heading"]
        direction = self.typed("direction")
        if not isinstance(entry, PickEntry) or direction is None:
            return
        kept = self.facts.kept.values["heading"] if self.facts.kept is not None else None
        wanted = [
            (word.label, word)
            for word in Heading
            if (word in INCOME) == (direction is Direction.IN) or word is kept
        ]
        if self._offered != direction:
            self._offered = direction
            entry.pick.offer(wanted)

    def _tell(self) -> None:
        words, tone = self._words()
        self._note.setText(words)
        self._note.set_tone(tone)
        if self._note.isHidden() == bool(words):
            self._note.setVisible(bool(words))
            if self.isVisible():
                self.fit()

    def _words(self) -> tuple[str, str]:
        """The sentence below the fields and its tone; the weightiest first."""
        fund_id, amount, day = self.typed("fund_id"), self.typed("amount_p"), self.typed("on")
        if self._purses is None or fund_id not in self._purses.names:
            return "", "muted"
        name, kind = self._purses.names[fund_id], self._purses.kinds[fund_id]
        needs = self.typed("heading") and kind_wanted(self.typed("heading"), kind)
        out, paid = self.typed("direction") is Direction.OUT, self.typed("state") is EntryState.PAID
        if needs and out and self.typed("approval_id") is None:
            what = "travel" if needs is ApprovalKind.TRAVEL else "extra organisational time"
            who = self._purses.approver
            return (
                f"{who[:1].upper()}{who[1:]} decides on {what} first: save it as planned, then ask.",
                "warn",
            )
        if day is not None and (said := self._purses.of_day(fund_id, school_year(day))):
            return said, "warn"
        if not amount or not paid or self.facts.kept is not None:
            return "", "muted"
        left = self._purses.left_p[fund_id] + (-amount if out else amount)
        if out and left < 0:
            return f"{prose_pounds(-left)} more than there is: {name} would go below £0.", "bad"
        return f"Leaves {prose_pounds(left)} in {name}.", "muted"
