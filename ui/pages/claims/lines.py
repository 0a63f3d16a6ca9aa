"""The claims that a dialog is about: one line each, with what stands against it, to be left out or in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.queries.claim_moves import Finding
from ui.format import NOT_ENTERED, count, pounds
from ui.widgets.layouts import clear, column, holder, row
from ui.widgets.plain import Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.queries.claims_page import ClaimRow

MOST = 24  # lines; of more claims the rest is counted, and none of it can be left out one by one


class ClaimLine(QWidget):
    """One claim: its number and school, an amount, and what is to be known before."""

    def __init__(self, claim: ClaimRow, amount: int, *, alone: bool) -> None:
        super().__init__()
        self.claim = claim
        self.tick = Tick(f"{claim.code}  {claim.school}", f"{claim.code}, {claim.school_name}")
        self.tick.setChecked(True)
        self._plain = Label(f"{claim.code}  {claim.school}", "strong")
        self.tick.setVisible(not alone)
        self._plain.setVisible(alone)
        self._said = column(gap=2, margins=(0 if alone else 24, 0, 0, 0))
        self._box = holder(self._said)
        self._box.hide()
        shown = Label(NOT_ENTERED if claim.lacks_cost else pounds(amount))
        line = row(self.tick, self._plain, 1, shown, gap=8)
        self.setLayout(column(line, self._box, gap=2))

    def show_finding(self, finding: Finding) -> None:
        """Say what stands against it; what no reason can help is left out."""
        clear(self._said)
        for text in finding.refusals:
            self._said.add(Label(text, "caption", "bad", wrap=True))
        for text in finding.warnings:
            self._said.add(Label(text, "caption", "warn", wrap=True))
        self._box.setVisible(bool(finding.refusals or finding.warnings))
        possible = not finding.refusals or finding.can_allow
        self.tick.setEnabled(possible)
        if not possible:
            self.tick.setChecked(False)


class ClaimLines(QWidget):
    """Several of them.

    Args:
        claims: the claims.
        amount: what is shown of each, in pence.

    Attributes:
        changed: another choice of claims, or other findings.
    """

    changed = Signal()

    def __init__(self, claims: Sequence[ClaimRow], amount: Callable[[ClaimRow], int]) -> None:
        super().__init__()
        self._claims, self._findings = tuple(claims), dict[int, "Finding"]()
        self._lines = [ClaimLine(one, amount(one), alone=len(claims) == 1) for one in self._claims[:MOST]]
        box = column(*self._lines, gap=8)
        rest = len(self._claims) - MOST
        if rest > 0:
            box.add(Label(f"and {count(rest, 'more claim', 'more claims')}", "body", "muted"))
        self._amount = amount
        self._sum = Label("", "strong")
        if len(self._claims) > 1:
            box.add(row(Label("Together", "body", "muted"), 1, self._sum))
        self.setLayout(box)
        self._add_up()
        self.changed.connect(self._add_up)
        for line in self._lines:
            line.tick.toggled.connect(self._on_tick)

    def chosen(self) -> list[ClaimRow]:
        """The claims that are in."""
        left_out = {line.claim.id for line in self._lines if not line.tick.isChecked()}
        blocked = {key for key, one in self._findings.items() if one.refusals and not one.can_allow}
        return [one for one in self._claims if one.id not in left_out | blocked]

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say what stands against each."""
        self._findings = {one.claim_id: one for one in findings}
        for line in self._lines:
            line.show_finding(self._findings.get(line.claim.id, Finding(line.claim.id)))
        self.changed.emit()

    def need_reason(self) -> bool:
        """Whether one of the claims that are in passes only with a recorded reason."""
        return any(
            one.id in self._findings and bool(self._findings[one.id].refusals) for one in self.chosen()
        )

    def _on_tick(self) -> None:
        self.changed.emit()

    def _add_up(self) -> None:
        self._sum.setText(pounds(sum(self._amount(one) for one in self.chosen())))
