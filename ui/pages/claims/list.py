"""The list of claims: its columns, its chips, its ticks, and what editing and deleting mean here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.services.claims import remove_claim
from models.words import ClaimState
from ui.format import NOT_ENTERED, pounds
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.pane import STACK_BELOW, ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.claims.form import ClaimForm, claim_form
from ui.pages.claims.words import BATCH, HALVES, can, when

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from models.queries.claims_page import ClaimRow
    from ui.context import AppContext
    from ui.delegates.ticking import Ticks
    from ui.lists.detail import DetailPanel

CLOSED = frozenset({ClaimState.REJECTED, ClaimState.WITHDRAWN})
COST, SHARE = "Cost", "School share"
TEACHER, FOR = "Teacher", "For"
WIDE, ROOMY, NARROW = 125, 100, 80  # ems
DETAILS = ((NARROW, 270), (ROOMY, 300))  # below so many ems, the panel's width in pixels at 100 % text size


def _in(*states: ClaimState) -> Callable[[ClaimRow], bool]:
    return lambda row: row.state in states


CHIPS: tuple[ChipSpec[ClaimRow], ...] = (
    ChipSpec("Draft", _in(ClaimState.DRAFT), "No drafts", "To approve"),
    ChipSpec("To approve", _in(ClaimState.SUBMITTED), "None to approve", "To pay"),
    ChipSpec("Returned", _in(ClaimState.RETURNED), "None returned", "To approve"),
    ChipSpec("To pay", _in(ClaimState.APPROVED), "None to pay", "Paid"),
    ChipSpec("Paid", _in(ClaimState.PAID), "None paid", "To pay"),
    ChipSpec("Closed", _in(*CLOSED), "None rejected or withdrawn"),
    ChipSpec("No invoice", lambda row: row.to_evidence, "No invoice is missing"),
)
CHIP_OF = {chip.words: number for number, chip in enumerate(CHIPS)}


def can_tick(row: ClaimRow) -> bool:
    """Whether something can be done with it together with others."""
    return any(can(row, verb) for verb in BATCH)


def columns(ticks: Ticks[ClaimRow]) -> tuple[Column[ClaimRow], ...]:
    """The columns. Zero money is quiet, never blank."""
    return (
        ticks.column,
        Column("Claim", lambda r: r.code, lambda r: r.code, Look.STRONG, sample="SC-0000"),
        Column("School", lambda r: r.school, lambda r: r.school.casefold(), stretch=True, tip=_tip),
        Column(TEACHER, lambda r: r.person, lambda r: r.person.casefold()),
        Column(
            FOR, lambda r: r.meeting or r.purpose.label, lambda r: (r.meeting or r.purpose.label).casefold()
        ),
        Column(
            "Cover",
            when,
            lambda r: (r.cover_on, HALVES[r.half_day]),
            sample="22 Nov, day",
            export=lambda r: r.cover_on,
        ),
        Column("State", lambda r: r.state.label, _state_order, Look.STATE, sample="Submitted"),
        _money(COST, lambda r: r.cost_p),
        _money("Recognised", lambda r: r.recognised_p),
        _money(SHARE, lambda r: r.school_share_p),
    )


def _money(head: str, pence: Callable[[ClaimRow], int]) -> Column[ClaimRow]:
    def text(row: ClaimRow) -> str:
        return NOT_ENTERED if row.lacks_cost else pounds(pence(row))

    def key(row: ClaimRow) -> int | None:
        return None if row.lacks_cost else pence(row)

    return Column(head, text, key, Look.MONEY, right=True, sample="not entered")


def _state_order(row: ClaimRow) -> int:
    return list(ClaimState).index(row.state)


def _tip(row: ClaimRow) -> str:
    what = row.meeting or row.purpose.label
    return f"{row.school_name}: {row.person}, {what}"


def _words(row: ClaimRow) -> str:
    parts = (
        row.code, row.school, row.school_name, row.person, when(row), row.meeting, row.purpose.label,
        row.state.label, row.evidence_ref, NOT_ENTERED if row.lacks_cost else pounds(row.cost_p), row.reason,
    )  # fmt: skip
    return " ".join(parts)


def claims_spec(ticks: Ticks[ClaimRow], today: Callable[[], dt.date]) -> ListSpec[ClaimRow]:
    """The list."""
    return ListSpec(
        key="claims",
        table="cover_claim",
        noun="cover claim",
        plural="cover claims",
        columns=columns(ticks),
        identity=lambda r: r.id,
        title=lambda r: r.code,
        ask=None,
        empty=Empty(
            Icon.CLAIMS,
            "Cover claims say who was released from class, what the cover really cost and what of it the "
            "scheme recognises. Ticking “released” at a meeting drafts them; you can also enter one by hand.",
            "Enter the first claim",
        ),
        chips=CHIPS,
        form=claim_form(today),
        form_class=ClaimForm,
        words=_words,
        can_delete=lambda r: r.state is not ClaimState.PAID,
    )


class ClaimsList(ListPane["ClaimRow"]):
    """The list, with ticks.

    Args:
        context: the shared things.
        ticks: which claims are ticked.
        detail: the panel beside it.
        tools: the page's own buttons.
        foot: what stands below the table.
    """

    def __init__(
        self,
        context: AppContext,
        ticks: Ticks[ClaimRow],
        detail: DetailPanel,
        tools: Sequence[QWidget],
        foot: QWidget,
    ) -> None:
        super().__init__(context, claims_spec(ticks, context.today), detail, tools, foot=foot)
        ticks.tie(self.table)
        if self.editor is not None:
            self.editor.opened.connect(self._tie_form)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        squeezed = [*([TEACHER, FOR] if ems < WIDE else []), *([COST] if ems < ROOMY else [])]
        if ems < NARROW:
            squeezed.append(SHARE)
        width = next((pixels for below, pixels in DETAILS if ems < below), None)
        if width is not None:
            self._side.set_size(width, fixed=ems >= STACK_BELOW)
        self._arrangement.squeeze(squeezed)

    @override
    def edit(self) -> None:
        row = self.current()
        if row is None or row.can_edit:
            super().edit()
            return
        remedy = "reverse it with a new line" if row.can_reverse else "enter a new claim"
        state = row.state.label.lower()
        self.context.messages.say(f"{row.code} is {state} and cannot be changed: {remedy}.", "closed claim")

    @override
    def delete(self) -> None:
        row = self.current()
        if row is not None and self.spec.can_delete(row):
            action = partial(remove_claim, claim_id=row.id)
            self.context.book.change(f"Delete cover claim {row.code}", action)

    def _tie_form(self, form: ClaimForm) -> None:
        form.tie(self.context)
