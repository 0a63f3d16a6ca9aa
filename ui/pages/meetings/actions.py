"""Actions and decisions: of one meeting in its tabs, and of all meetings across the year (R-MEET-10)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from models.values import replace
from ui.format import long_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, facts
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.meetings.dialogs import ReasonDialog
from ui.pages.meetings.forms import ACTION, DECISION, DECISION_OF
from ui.pages.meetings.parts import AcrossPane, BesidePane, PartPane, verbs_head
from ui.widgets.layouts import column, holder, row
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from models.queries.action_list import Balance, DecisionRow
    from models.queries.meeting_detail import ActionLine, DecisionLine, MeetingDetail
    from ui.context import AppContext


def _due(action: ActionLine) -> str:
    return long_date(action.due_on) if action.due_on else "no date"


ACTIONS: ListSpec[ActionLine] = ListSpec(
    key="meeting-actions",
    table="action",
    noun="action",
    plural="actions",
    columns=(
        Column(
            "Action",
            lambda one: one.what,
            lambda one: one.what.casefold(),
            stretch=True,
            tip=lambda one: one.what,
        ),
        Column("Who", lambda one: one.owner or "nobody yet", lambda one: one.owner.casefold()),
        Column("Due", _due, lambda one: one.due_on, sample="30 September 2025"),
        Column("State", lambda one: one.state, lambda one: one.state, Look.STATE, sample="Overdue"),
    ),
    identity=lambda one: one.id,
    title=lambda one: one.code,
    ask=None,
    empty=Empty(
        Icon.CHECK,
        "Actions: who does what by when. They stay open until they are done or dropped.",
        "Add the first action",
    ),
    form=ACTION,
    words=lambda one: f"{one.code} {one.what} {one.owner} {one.meeting} {one.notes} {one.state}",
)
DECISIONS: ListSpec[DecisionLine] = ListSpec(
    key="meeting-decisions",
    table="decision",
    noun="decision",
    plural="decisions",
    columns=(
        Column("Decision", lambda one: one.code, lambda one: one.code, Look.STRONG),
        Column(
            "What was decided",
            lambda one: one.text,
            lambda one: one.text.casefold(),
            stretch=True,
            tip=lambda one: one.text,
        ),
    ),
    identity=lambda one: one.id,
    title=lambda one: one.code,
    ask=None,
    empty=Empty(
        Icon.SHIELD,
        "Decisions: what the schools agreed. Spending from the pot can name one.",
        "Add the first decision",
    ),
    form=DECISION,
)


def _all_actions(context: AppContext) -> ListSpec[ActionLine]:
    def ask(session: Any, year: int) -> Sequence[ActionLine]:
        from models.queries.action_list import actions_of

        return actions_of(session, year, context.today)

    return replace(
        ACTIONS,
        key="all-actions",
        columns=(
            Column("Number", lambda one: one.code, lambda one: one.code, Look.STRONG),
            *ACTIONS.columns,
        ),
        ask=ask,
        chips=(
            ChipSpec("Open", lambda one: one.running),
            ChipSpec("Overdue", lambda one: one.state == "Overdue"),
            ChipSpec("Done", lambda one: one.state == "Done"),
        ),
    )


def _all_decisions() -> ListSpec[DecisionRow]:
    def ask(session: Any, year: int) -> Sequence[DecisionRow]:
        from models.queries.action_list import decisions_of

        return decisions_of(session, year)

    return ListSpec(
        key="all-decisions",
        table="decision",
        noun="decision",
        plural="decisions",
        columns=(
            Column("Decision", lambda one: one.code, lambda one: one.code, Look.STRONG),
            Column(
                "What was decided",
                lambda one: one.text,
                lambda one: one.text.casefold(),
                stretch=True,
                tip=lambda one: one.text,
            ),
            Column("Meeting", lambda one: one.meeting, lambda one: one.meeting.casefold(), Look.MUTED),
            Column("Day", lambda one: one.when, lambda one: one.held_on, sample="30 September 2025"),
            Column(
                "Entries",
                lambda one: str(one.entries) if one.entries else "–",
                lambda one: one.entries,
                right=True,
            ),
        ),
        identity=lambda one: one.id,
        title=lambda one: one.code,
        ask=ask,
        empty=DECISIONS.empty,
        form=DECISION_OF,
        can_delete=lambda one: not one.frozen and not one.entries,
    )


class ActionPanel(DetailPanel):
    """One action, and what can be done with it now."""

    def __init__(self, verbs: ActionVerbs) -> None:
        super().__init__("Action")
        self._verbs = verbs

    @override
    def show_record(self, record: Any) -> None:
        action: ActionLine | None = record
        if action is None:
            self.say("Choose an action.")
            return
        known = [
            ("Who", action.owner or "Nobody yet"),
            ("Due", _due(action)),
            (
                "Done" if action.state == "Done" else "Dropped",
                long_date(action.ended_on) if action.ended_on else "",
            ),
            ("Agreed at", action.meeting),
            ("Notes", action.notes),
            ("Number", action.code),
        ]
        head = verbs_head(action.what, action.state, self._verbs.legal(action))
        self.fill(head, facts(known, width=84))


class ActionVerbs:
    """Done, dropped, taken up again: the verbs of a list of actions.

    Args:
        context: the shared things.
    """

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._pane: ListPane[Any] | None = None
        self._actions: dict[str, QAction] = {}

    def tie(self, pane: ListPane[Any]) -> None:
        """Give the verbs to a list."""
        self._pane = pane
        known = {
            "done": ("Done", "Ctrl+D", self._done),
            "drop": ("Drop…", "", self._drop),
            "take_up": ("Take up again", "", self._take_up),
        }
        self._actions = {key: pane.add_action(key, *spec) for key, spec in known.items()}

    def legal(self, action: ActionLine) -> list[QAction]:
        """What can be done with an action now."""
        keys = ("done", "drop") if action.running else ("take_up",)
        return [self._actions[key] for key in keys if key in self._actions]

    def _current(self) -> ActionLine | None:
        return self._pane.current() if self._pane is not None else None

    def _done(self) -> None:
        from models.queries.book import Book
        from models.services import actions

        found, clock = self._current(), self._context.today
        if found is None or not found.running:
            return

        def action(session: Any) -> None:
            today = Book(session).today(clock)
            actions.finish(session, found.id, today, today)

        self._context.book.change(f"Mark {found.code} as done", action)

    def _drop(self) -> None:
        from models.queries.book import Book
        from models.services import actions

        found, clock = self._current(), self._context.today
        if found is None or not found.running or self._pane is None:
            return
        words = "It stays in the list as dropped. A reason is kept with its notes."
        dialog = ReasonDialog(self._pane.window(), "Drop this action?", "Drop it", words)

        def action(session: Any, reason: str) -> None:
            actions.drop(session, found.id, Book(session).today(clock), reason)

        def given(reason: str) -> None:
            self._context.book.change(
                f"Drop {found.code}",
                partial(action, reason=reason),
                lambda _: dialog.saved(),
                dialog.not_saved,
            )

        dialog.given.connect(given)
        dialog.open()

    def _take_up(self) -> None:
        from models.services import actions

        found = self._current()
        if found is not None and not found.running:
            self._context.book.change(
                f"Take up {found.code} again", partial(actions.take_up, action_id=found.id)
            )


class ActionsTab(QWidget):
    """The actions of one meeting."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        verbs = ActionVerbs(context)
        self.pane: PartPane[ActionLine] = PartPane(context, ACTIONS, ActionPanel(verbs), outlives=True)
        verbs.tie(self.pane)
        self._verbs = verbs
        self.setLayout(column(self.pane))

    def show_detail(self, detail: MeetingDetail) -> None:
        """Show a meeting's actions."""
        self.pane.show_part(detail.actions, {"meeting_id": detail.id}, frozen=detail.frozen)

    def arrange(self, ems: float) -> None:
        """Lay out for a window of so many ems."""
        self.pane.arrange(ems)


class DecisionsTab(QWidget):
    """The decisions of one meeting."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.pane: PartPane[DecisionLine] = PartPane(context, DECISIONS)
        self.setLayout(column(self.pane))

    def show_detail(self, detail: MeetingDetail) -> None:
        """Show a meeting's decisions."""
        self.pane.show_part(detail.decisions, {"meeting_id": detail.id}, frozen=detail.frozen)


class AllActions(AcrossPane):
    """Every action of the year and whatever is open still, with who holds the open ones (R-MEET-10)."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        verbs = ActionVerbs(context)
        self._balance, self._prompt = (
            Label("", "body", "muted", wrap=True),
            Label("", "body", "warn", wrap=True),
        )
        foot = holder(column(self._prompt, self._balance, gap=4, margins=(12, 0, 0, 0)))
        self.pane: BesidePane[ActionLine] = BesidePane(
            context, _all_actions(context), ActionPanel(verbs), foot=foot
        )
        verbs.tie(self.pane)
        self._verbs = verbs
        head = row(Label("Actions", "title"), 1, holder(self.pane.own_tools), gap=8, margins=(12, 0, 0, 0))
        body = column(head, self.pane, gap=12)
        body.setStretch(1, 1)
        self.setLayout(body)

    @override
    def refresh(self, year: int) -> None:
        from models.queries.action_list import balance

        self.pane.refresh(year)
        self._context.book.ask(partial(balance, clock=self._context.today), self._show, key="balance")

    def _show(self, found: Balance) -> None:
        self._balance.setText(found.words)
        self._prompt.setText(found.prompt)
        self._prompt.setVisible(bool(found.prompt))

    @override
    def arrange(self, ems: float) -> None:
        self.pane.arrange(ems)


class AllDecisions(AcrossPane):
    """Every decision of the year's meetings."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.pane: BesidePane[DecisionRow] = BesidePane(context, _all_decisions())
        head = row(Label("Decisions", "title"), 1, holder(self.pane.own_tools), gap=8, margins=(12, 0, 0, 0))
        body = column(head, self.pane, gap=12)
        body.setStretch(1, 1)
        self.setLayout(body)

    @override
    def refresh(self, year: int) -> None:
        self.pane.refresh(year)

    @override
    def arrange(self, ems: float) -> None:
        self.pane.arrange(ems)
