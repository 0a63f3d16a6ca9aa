"""The form of a CPD session: it says, while one types, who would pay what, to the penny (R-CPD-1 to 6)."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from ui.forms.draft_form import DraftForm
from ui.icons import Icon
from ui.widgets.layouts import column, holder, row
from ui.widgets.painted import IconMark
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.queries.cpd_preview import CpdPreview
    from ui.context import AppContext


ENTER_FEE = "Enter the fee to see who pays what; leave it at nothing if it is free."


def _preview(cpd_session_id: int | None, session: Session, **fee: Any) -> CpdPreview:
    """The split of a fee as typed; of a session that is kept, by the schools that came to it."""
    from models.queries.cpd_page import came_from
    from models.queries.cpd_preview import cpd_preview

    return cpd_preview(session, schools=came_from(session, cpd_session_id), **fee)


class CpdForm(DraftForm):
    """Title, day, provider and fee; below them the split. VAT is proposed while its field is left alone."""

    def begin(self, context: AppContext) -> None:
        """Show the split from now on."""
        self._context = context
        self._proposed: int | None = None
        self._words, self._notes = Label("", "strong", wrap=True), Label("", "body", "muted", wrap=True)
        lines = column(self._words, self._notes, gap=4)
        line = row(IconMark(Icon.FUND, "accent"), lines, gap=10)
        line.setStretch(1, 1)
        self.below(holder(line))
        self.changed.connect(self._ask)
        self._ask()

    def _ask(self) -> None:
        from models.words import ProviderKind

        day, fee, vat = self.typed("held_on"), self.typed("fee_p"), self.typed("vat_p")
        if not isinstance(fee, int) or fee < 0 or (self.facts.kept is None and not fee):
            self._tell(ENTER_FEE, "")
            return
        own = vat if isinstance(vat, int) and vat and vat != self._proposed else None
        question = partial(
            _preview,
            self.facts.kept.id if self.facts.kept is not None else None,
            fee_p=fee,
            vat_p=own,
            sessions=self.typed("sessions") or 1,
            provider_kind=self.typed("provider_kind") or ProviderKind.NON_FELLOW,
            vat_registered=bool(self.typed("vat_registered")),
            split=self.typed("excess_split"),
            on=day if isinstance(day, dt.date) else None,
        )
        self._context.book.ask(question, self._show, key="cpd-preview")

    def _show(self, found: CpdPreview) -> None:
        vat = self.typed("vat_p")
        if vat in {0, None, self._proposed} and found.usual_vat_p != (vat or 0):
            self._proposed = found.usual_vat_p
            self.entries["vat_p"].show(found.usual_vat_p)
        self._tell(found.words, " ".join(found.notes))

    def _tell(self, words: str, notes: str) -> None:
        if (self._words.text(), self._notes.text()) == (words, notes):
            return
        self._words.setText(words)
        self._notes.setText(notes)
        self._notes.setVisible(bool(notes))
        self.fit()
