"""The CPD splitter: a fee is typed, and who would pay what stands below at once (R-CPD-1 to 6)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from models.errors import BadInput
from models.words import ExcessSplit, ProviderKind
from ui import theme
from ui.dialogs.plain import PlainDialog
from ui.format import pounds, prose_pounds
from ui.overrides import override
from ui.pages.fund.entry_panel import says
from ui.pages.fund.verbs import AmountField
from ui.widgets.buttons import Button
from ui.widgets.layouts import ScrollPane, clear, column, row, rule
from ui.widgets.pick import Pick
from ui.widgets.plain import Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.queries.cpd_preview import CpdPreview
    from models.rules.cpd import Share
    from ui.context import AppContext
    from ui.widgets.layouts import Box

PAUSE_MS = 120  # so long after the last key, so that typing never waits
MOST_SESSIONS = 12
ROOM = 280  # pixels at 100 % text size for the shares of seven schools


def share_table(shares: Sequence[Share]) -> Box:
    """Each school with what it pays, and of which VAT."""
    lines = column(gap=6)
    for share in shares:
        name = Label(share.school_name, wrap=True)
        vat = Label(f"{pounds(share.vat_p)} VAT" if share.vat_p else "", "caption", "muted")
        line = row(name, vat, Label(pounds(share.gross_p), "strong"), gap=10)
        line.setStretch(0, 1)
        lines.add(line)
    return lines


class SplitterDialog(PlainDialog):
    """Tries a fee: nothing is stored.

    Args:
        parent: the window it belongs to.
        context: the shared things.
    """

    _pane: ScrollPane | None = None  # the base dresses itself before there is one

    def __init__(self, parent: QWidget | None, context: AppContext) -> None:
        super().__init__(parent, "Who would pay what?", 480)
        self._context = context
        self._fee, self._vat = AmountField(), AmountField(hint="worked out")
        self._charges = Tick("The provider charges VAT")
        self._charges.setChecked(True)
        self._kind = Pick([(word.label, word) for word in ProviderKind])
        self._kind.show_value(ProviderKind.NON_FELLOW)
        self._sessions = Pick([(str(n), n) for n in range(1, MOST_SESSIONS + 1)])
        self._sessions.show_value(1)
        self._split = Pick([(word.label, word) for word in ExcessSplit], "As the scheme says")
        self._answer = column(gap=8)
        pane = self._pane = ScrollPane(self._answer)
        self._preview: CpdPreview | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        close = Button("Close")
        close.clicked.connect(self.close)
        self.lay_out(
            row(self._named("Fee before VAT", self._fee), self._named("VAT", self._vat), gap=16),
            self._charges,
            row(self._named("Kind of provider", self._kind), self._named("Sessions", self._sessions), gap=16),
            self._named("What is above the limit is shared", self._split),
            rule(),
            pane,
            buttons=(close,),
        )
        for field in (self._fee, self._vat):
            field.textChanged.connect(self._pause.start)
        for pick in (self._kind, self._sessions, self._split):
            pick.picked.connect(self._pause.start)
        self._charges.toggled.connect(self._pause.start)
        self.dress()
        self._say("Type a fee: who pays what of it stands here.", "muted")
        self._fee.setFocus()

    @override
    def dress(self) -> None:
        super().dress()
        if self._pane is not None:
            self._pane.setMinimumHeight(theme.now().fs(ROOM))

    def preview(self) -> CpdPreview | None:
        """The split on show."""
        return self._preview

    def _named(self, words: str, field: QWidget) -> Box:
        field.setAccessibleName(words)
        label = Label(words, "label")
        label.setBuddy(field)
        return column(label, field, gap=4)

    def _ask(self) -> None:
        from models.queries.cpd_preview import cpd_preview

        try:
            fee, vat = self._fee.pence() or 0, self._vat.pence()
        except BadInput as wrong:
            self._preview = None
            self._say(str(wrong), "bad")
            return
        question = partial(
            cpd_preview,
            fee_p=fee,
            vat_p=vat,
            sessions=self._sessions.value(),
            provider_kind=self._kind.value(),
            vat_registered=self._charges.isChecked(),
            split=self._split.value(),
            schools=None,
        )
        self._context.book.ask(question, self._show, key="cpd-preview")

    def _show(self, found: CpdPreview) -> None:
        self._preview = found
        clear(self._answer)
        split = found.split
        self._vat.setPlaceholderText(pounds(found.usual_vat_p))
        limit = "" if split.cap_p is None else f" Limit {prose_pounds(split.cap_p)} before VAT."
        self._answer.add(Label(found.words, "strong", wrap=True))
        parts = f"Of the fee {pounds(split.pot_net_p)}, of the VAT {pounds(split.pot_vat_p)}.{limit}"
        self._answer.add(Label(parts, "caption", "muted", wrap=True))
        if split.shares:
            self._answer.add(share_table(split.shares))
        for words in found.notes:
            said = words.removeprefix("This session: ")
            self._answer.add(says(said[:1].upper() + said[1:]))
        self._answer.addStretch(1)

    def _say(self, words: str, tone: str) -> None:
        clear(self._answer)
        self._answer.add(Label(words, "body", tone, wrap=True), 1)
