"""The form of a claim: what is recognised, and what speaks against it, while one types."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout

from models.queries.book import Book
from models.queries.claim_form import ClaimFormFacts, MeetingCover, claim_form_facts, meeting_cover
from models.queries.claim_live import LiveSplit, live_split
from models.rules.cover_facts import lacks_cost
from models.rules.verdict import Severity
from models.services.claims import draft_claim, edit_claim
from models.words import ClaimState
from ui import theme
from ui.format import pounds
from ui.forms.draft_form import DraftForm
from ui.forms.entries import PickEntry
from ui.forms.spec import FormSpec, Values
from ui.icons import Icon
from ui.overrides import override
from ui.pages.claims.words import halves, spoken_meter
from ui.widgets.layouts import column, holder, row, rule
from ui.widgets.meters import HalfDays, Split
from ui.widgets.painted import IconMark
from ui.widgets.parts import Banner
from ui.widgets.plain import Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.choosing import FormFacts
    from models.queries.claim_detail import Said
    from ui.context import AppContext

PAUSE_MS = 120  # after the last key
AGAIN = {
    ClaimState.SUBMITTED: "This claim is submitted. If you change it, it is a draft again, to be submitted "
    "once more.",
    ClaimState.APPROVED: "This claim is approved. If you change it, it is a draft again, to be submitted and "
    "approved once more.",
}
NOT_YET = "Choose the school, and enter date and cost: what is recognised is shown here."


def claim_form(today: Callable[[], dt.date]) -> FormSpec:
    """The form: what it shows, and how it saves."""

    def add(session: Session, values: Values) -> int:
        return draft_claim(session, values, Book(session).today(today))

    def change(session: Session, claim_id: int, values: Values, before: Values) -> None:
        edit_claim(session, claim_id, values, before, Book(session).today(today))

    return FormSpec(
        "cover_claim",
        "cover claim",
        rows=(
            ("person_id", "school_id"),
            ("meeting_id",),  # its name needs the whole width
            ("purpose", "method"),
            ("cover_on", "half_day"),
            ("cost_p", "vat_p", "evidence_ref"),
        ),
        more=(("claimant_id", "claimed_on"), ("fund_id",), ("override_reason",), ("notes",)),
        labels={"half_day": "Part of the day", "evidence_ref": "Invoice number"},
        helps={"meeting_id": "", "cost_p": "", "vat_p": "", "evidence_ref": ""},
        add=add,
        change=change,
        width=600,
    )


class ClaimForm(DraftForm):
    """The form. It is tied to the book after it was made, for a form by itself knows no book."""

    def __init__(
        self, parent: QWidget | None, spec: FormSpec, facts: FormFacts, values: Values | None = None
    ) -> None:
        super().__init__(parent, spec, facts, values)
        self._context: AppContext | None = None
        self._known: ClaimFormFacts | None = None
        self._seen_meeting = self.typed("meeting_id")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.split: LiveSplit | None = None
        self._build_live()
        state = facts.kept.values["state"] if facts.kept is not None else None
        if state in AGAIN:
            self._form.insertWidget(0, Banner("warn", Icon.ALERT, AGAIN[state]))

    def tie(self, context: AppContext) -> None:
        """Ask this book, from now on whenever something is typed."""
        self._context = context
        self.changed.connect(self._on_changed)
        context.book.ask(claim_form_facts, self._on_known, key="claim-form")
        self._ask()

    # -- building

    def _build_live(self) -> None:
        self._bar, self._meter = Split(), HalfDays("")
        self._recognised, self._share = Label("", "strong", "accent"), Label("", "strong")
        self._left = Label("", "caption", "muted", wrap=True)
        self._explained = Label(NOT_YET, "caption", "muted", wrap=True)
        self._mark, self._said = IconMark(Icon.ALERT, "warn", 16), Label("", "caption", wrap=True)
        said = row(column(self._mark, 1), self._said, gap=8)
        said.setStretchFactor(self._said, 1)
        self._said_box = holder(said)
        self._said_box.hide()
        amounts = row(self._recognised, self._share, 1, gap=16)
        allowance = row(self._meter, self._left, gap=12)
        allowance.setStretchFactor(self._left, 1)
        self._amounts = holder(column(self._bar, amounts, allowance, gap=6))
        self._amounts.hide()
        self._live = holder(column(rule(), self._amounts, self._explained, self._said_box, gap=8))
        layout = self.layout()
        if isinstance(layout, QBoxLayout):  # not among the fields, which scroll where the screen is small
            layout.insertWidget(layout.indexOf(self._trouble), self._live)

    # -- while one types

    def _on_changed(self) -> None:
        self._fill_in()
        self._pause.start()

    def _fill_in(self) -> None:
        """What follows from what was chosen: a person's school, a meeting's day and purpose."""
        person = self.typed("person_id")
        if self._known is not None and person is not None and self.typed("school_id") is None:
            school = self._known.schools.get(person)
            if school is not None:
                self.entries["school_id"].show(school)
        meeting = self.typed("meeting_id")
        if meeting != self._seen_meeting:
            self._seen_meeting = meeting
            if meeting is not None and self._context is not None:
                question = partial(meeting_cover, meeting_id=meeting)
                self._context.book.ask(question, self._on_meeting, key="claim-meeting")

    def _on_known(self, known: ClaimFormFacts) -> None:
        self._known = known
        fund = self.entries["fund_id"]
        if isinstance(fund, PickEntry):  # the lead's own funds pay no release
            offered = [(one.words, one.id) for one in self.facts.options["fund"] if one.id in known.paying]
            fund.pick.offer(offered)
        self.keep_state()

    def _on_meeting(self, cover: MeetingCover | None) -> None:
        if cover is None:
            return
        known = {"cover_on": cover.on, "purpose": cover.purpose, "half_day": cover.half_day}
        for name, value in known.items():
            if value is not None:
                self.entries[name].show(value)
                self._mended(name)  # what was wrong there is not any more

    def _ask(self) -> None:
        if self._context is None:
            return
        values = {**self._rest_typed(), **{name: self.typed(name) for name in self.entries}}
        claim_id = self.facts.kept.id if self.facts.kept is not None else None
        question = partial(live_split, values=values, claim_id=claim_id, today=self._context.today())
        self._context.book.ask(question, self._show_split, key="claim-live")

    def _rest_typed(self) -> dict[str, object]:
        code = self.facts.kept.values["code"] if self.facts.kept is not None else None
        return {"code": code}

    def _show_split(self, split: LiveSplit | None) -> None:
        if split == self.split and split is not None:
            return
        self.split = split
        self._amounts.setVisible(split is not None)
        if split is None:
            self._explained.setText(NOT_YET)
        else:
            self._show_amounts(split)
        self._show_said(split.said if split is not None else ())
        self.fit()

    def _show_said(self, said: Sequence[Said]) -> None:
        tone = "bad" if any(one.severity is Severity.REFUSE for one in said) else "warn"
        self._mark.set_icon(Icon.ALERT, tone)
        self._said.set_tone(tone)
        self._said.setText("\n".join(one.text for one in said))
        self._said_box.setVisible(bool(said))

    def _show_amounts(self, split: LiveSplit) -> None:
        recognised, share = pounds(split.recognised_p), pounds(split.school_share_p)
        self._bar.show_parts(
            f"{recognised} recognised, {share} school share", split.recognised_p, split.cost_p
        )
        self._recognised.setText(f"Recognised {recognised}")
        self._share.setText(f"School share {share}")
        for shown in (self._bar, self._recognised, self._share):
            shown.setVisible(not split.lacks_cost)
        self._meter.show_halves(spoken_meter(split.meter), halves(split.meter))
        self._left.setText(f"{split.meter.school}: {pounds(split.meter.left_p)} left")
        has_allowance = split.meter.allowance_p > 0
        self._meter.setVisible(has_allowance)
        self._left.setVisible(has_allowance)
        self._explained.setText(" ".join(split.explained))

    @override
    def fit(self) -> None:
        """Give the live part the height that its words need at this width, and the fields the rest."""
        layout = self._live.layout()
        if layout is not None:
            now = theme.now()
            width = max(self.width(), self.minimumWidth()) - 2 * now.px(24)
            self._live.setFixedHeight(layout.totalHeightForWidth(width))
        super().fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.facts.kept is not None and lacks_cost(self.typed("method"), self.typed("cost_p") or 0, None):
            self.entries["cost_p"].widget.setFocus()  # a draft of the register lacks but this

    @override
    def reject(self) -> None:
        self._pause.stop()
        super().reject()
