"""The sixth tab: quality marks held, and money asked for a school's first one (R-PSQM-1 to R-PSQM-3)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.partnership_page import AwardRow, AwardState, RequestRow, award_rows, request_rows
from models.services import psqm
from models.words import PsqmState
from ui.dialogs.asking import Asking
from ui.format import long_date, pounds
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.schools.fitted import Fit, FittedPane
from ui.pages.schools.forms import AWARD, REQUEST, RequestForm
from ui.pages.schools.pieces import part
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import row, rule
from ui.widgets.painted import IconMark
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from sqlmodel import Session

    from ui.context import AppContext
    from ui.dialogs.asking import Day, Typed
    from ui.forms.draft_form import DraftForm
    from ui.widgets.layouts import Box, Item

VERBS = {
    PsqmState.FUNDED: ("fund", "Fund it", "Ctrl+L"),
    PsqmState.WAITING: ("wait", "Waiting list", "Ctrl+J"),
    PsqmState.REFUSED: ("refuse", "Refuse…", "Ctrl+R"),
    PsqmState.WITHDRAWN: ("withdraw", "Withdraw", "Ctrl+Shift+L"),
}
WAITING = frozenset({PsqmState.REQUESTED, PsqmState.WAITING})


def awards_spec(context: AppContext) -> ListSpec[AwardRow]:
    """The quality marks."""
    return ListSpec(
        key="psqm-awards",
        table="psqm_award",
        noun="award",
        plural="awards",
        columns=(
            Column("School", lambda r: r.school, lambda r: r.school.casefold(), Look.STRONG, stretch=True),
            Column("Award", lambda r: r.level.label, lambda r: r.level.label),
            Column("Round", lambda r: r.round, lambda r: r.round),
            Column("Awarded", lambda r: long_date(r.awarded_on), lambda r: r.awarded_on),
            Column("Expires", lambda r: long_date(r.expires_on), lambda r: r.expires_on),
            Column("State", lambda r: r.state.label, lambda r: r.state.label, Look.STATE),
        ),
        identity=lambda r: r.id,
        title=lambda r: r.school,
        ask=partial(award_rows, today=context.today),
        empty=Empty(
            Icon.SHIELD,
            "The quality marks (PSQM) that the schools hold or held. An award holds for three years; a year "
            "before it ends the list says so.",
            "Add the first award",
        ),
        chips=(ChipSpec("To renew", lambda r: r.state in {AwardState.RENEW, AwardState.EXPIRED}),),
        form=AWARD,
    )


class AwardPanel(DetailPanel):
    """One award."""

    @override
    def show_record(self, record: AwardRow | None) -> None:
        if record is None:
            self.say("Choose an award.")
            return
        known = [
            ("Award", record.level.label),
            ("Round", record.round),
            ("Awarded", long_date(record.awarded_on)),
            ("Expires", long_date(record.expires_on)),
        ]
        items: list[Item] = [record_head(record.school, record.state.label), rule(), facts(known)]
        if record.state in {AwardState.RENEW, AwardState.EXPIRED}:
            items.append(Label("A renewal is paid by the school itself.", "body", "muted", wrap=True))
        self.fill(*items)


def requests_spec() -> ListSpec[RequestRow]:
    """The requests for money."""
    return ListSpec(
        key="psqm-requests",
        table="psqm_request",
        noun="request",
        plural="requests",
        columns=(
            Column("School", lambda r: r.school, lambda r: r.school.casefold(), Look.STRONG, stretch=True),
            Column("Requested", lambda r: long_date(r.requested_on), lambda r: r.requested_on),
            Column("First time", lambda r: "Yes" if r.first_time else "No", lambda r: r.first_time),
            Column("Amount", lambda r: pounds(r.amount_p), lambda r: r.amount_p, Look.MONEY, right=True),
            Column("State", lambda r: r.state.label, lambda r: r.state.label, Look.STATE),
        ),
        identity=lambda r: r.id,
        title=lambda r: r.school,
        ask=request_rows,
        empty=Empty(
            Icon.SHIELD,
            "Money for PSQM is for a school’s first award, and places are few. A request shows what the "
            "rules say of it before anybody is promised anything.",
            "Add the first request",
        ),
        chips=(
            ChipSpec("To answer", lambda r: r.state in WAITING),
            ChipSpec("Funded", lambda r: r.state is PsqmState.FUNDED),
        ),
        form=REQUEST,
        form_class=RequestForm,
    )


class RequestPanel(DetailPanel):
    """One request: what the rules say, the three ticks, and its answers."""

    def __init__(self, pane: RequestsPane) -> None:
        super().__init__("Request")
        self._list = pane

    @override
    def show_record(self, record: RequestRow | None) -> None:
        if record is None:
            self.say("Choose a request to see what the rules say of it.")
            return
        first = "First PSQM" if record.first_time else "A renewal"
        place = f"number {record.place} in the queue" if record.place else ""
        items: list[Item] = [
            record_head(record.school, record.state.label, " · ".join(x for x in (first, place) if x))
        ]
        made = [self._button(state) for state in record.next]
        items += [buttons(*made, across=2)] if made else []
        items += [rule(), part("Needed", *[_tick(words, done=done) for words, done in record.ticks], gap=6)]
        if record.says:
            items += [rule(), *[Label(words, "body", "warn", wrap=True) for words in record.says]]
        known = [
            ("Requested", long_date(record.requested_on)),
            ("Hub", record.hub),
            ("Amount", pounds(record.amount_p)),
            ("Reason", record.reason),
            ("Allowed", record.override_reason),
        ]
        self.fill(*items, rule(), facts(known))

    def _button(self, state: PsqmState) -> Button:
        key, words, keys = VERBS[state]
        kind = Kind.PRIMARY if state is PsqmState.FUNDED else Kind.PLAIN
        made = Button(words, kind, tip=f"{words} ({keys})")
        made.setObjectName(f"verb-{key}")
        made.clicked.connect(partial(self._list.answer, state))
        return made


def _tick(words: str, *, done: bool) -> Box:
    sign = IconMark(Icon.CHECK if done else Icon.CLOCK, "good" if done else "warn", 16)
    sign.setAccessibleName("Yes" if done else "Not yet")
    return row(sign, Label(words[:1].upper() + words[1:], "body", "" if done else "muted"), 1, gap=8)


class RequestsPane(FittedPane[RequestRow]):
    """The requests, and their answers."""

    def __init__(self, context: AppContext, day: Day) -> None:
        self._day = day
        super().__init__(
            context, requests_spec(), RequestPanel(self), fit=Fit(("First time",), ("Requested",))
        )
        self._own: dict[PsqmState, QAction] = {
            state: self.add_action(key, words, keys, partial(self.answer, state))
            for state, (key, words, keys) in VERBS.items()
        }
        if self.editor is not None:
            self.editor.opened.connect(self._opened)
        self.chosen.connect(self._offer)
        self._offer(None)

    @override
    def new(self) -> None:
        if self.editor is not None:
            self.editor.new({"requested_on": self.proposed(self._day())})

    def answer(self, state: PsqmState) -> None:
        """Give the request chosen another state; a refusal is asked for its reason first."""
        record = self.current()
        if record is None or state not in record.next:
            return
        if state is PsqmState.REFUSED:
            self._refuse(record)
            return
        name = f"Mark the PSQM request of {record.school} as {state.label.lower()}"
        self.context.book.change(name, partial(psqm.answer_psqm, request_id=record.id, to=state))

    def _refuse(self, record: RequestRow) -> None:
        form = Asking(self.window(), "Refuse the request", "Refuse", self._day(), 440)
        start = record.says[0] if record.says and not record.first_time else ""
        form.note("reason", "Why", start, "So that the school knows.", "Write why it is refused.", 3)

        def action(session: Session, typed: Typed) -> None:
            psqm.answer_psqm(session, record.id, PsqmState.REFUSED, typed["reason"])

        form.does(self.context, f"Refuse the PSQM request of {record.school}", action)

    def _offer(self, record: RequestRow | None) -> None:
        for state, action in self._own.items():
            legal = record is not None and state in record.next
            action.setVisible(legal)
            action.setEnabled(legal)

    def _opened(self, form: DraftForm) -> None:
        if isinstance(form, RequestForm) and form.facts.kept is None:
            form.watch(self.context)
