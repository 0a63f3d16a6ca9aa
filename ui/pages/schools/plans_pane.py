"""The seventh tab: lead teachers' development plans. Private: only their number leaves the page (R-PPL-3)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from models.queries.partnership_page import PlanRow, plan_rows
from models.rules.people import PlanState
from models.services import people
from ui.dialogs.asking import Asking
from ui.format import long_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.messages import Question
from ui.overrides import override
from ui.pages.schools.fitted import Fit, FittedPane
from ui.pages.schools.forms import PLAN
from ui.widgets.badge import Badge
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row, rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from ui.context import AppContext
    from ui.dialogs.asking import Day, Typed
    from ui.widgets.layouts import Item

PRIVATE = "Private: a plan is never printed, and the review pack only counts how many were reviewed."


def plans_spec(context: AppContext) -> ListSpec[PlanRow]:
    """The development plans."""
    return ListSpec(
        key="plans",
        table="development_plan",
        noun="plan",
        plural="plans",
        columns=(
            Column("Name", lambda r: r.person, lambda r: r.person.casefold(), Look.STRONG),
            Column("School", lambda r: r.school, lambda r: r.school.casefold()),
            Column("Goal", lambda r: r.goal, lambda r: r.goal.casefold(), stretch=True),
            Column(
                "Review due", lambda r: long_date(r.review_on) if r.review_on else "", lambda r: r.review_on
            ),
            Column("State", lambda r: r.state.label, lambda r: r.state.label, Look.STATE),
        ),
        identity=lambda r: r.id,
        title=lambda r: r.person,
        ask=partial(plan_rows, today=context.today),
        empty=Empty(
            Icon.LOCK,
            "A lead teacher’s own development plan: a goal, the support agreed, and when it is reviewed. "
            f"{PRIVATE}",
            "Add the first plan",
        ),
        chips=(
            ChipSpec("To review", lambda r: r.state is not PlanState.REVIEWED),
            ChipSpec("Reviewed", lambda r: r.state is PlanState.REVIEWED),
        ),
        form=PLAN,
        words=lambda r: " ".join((r.person, r.school, r.goal, r.support, r.evidence)),
    )


class PlanPanel(DetailPanel):
    """One plan, with its badge."""

    def __init__(self, pane: PlansPane) -> None:
        super().__init__("Plan")
        self._list = pane

    @override
    def show_record(self, record: PlanRow | None) -> None:
        if record is None:
            self.say(PRIVATE)
            return
        head = record_head(record.person, record.state.label, record.school)
        items: list[Item] = [head, row(Badge("Private", "warn"), 1)]
        if record.state is not PlanState.REVIEWED:
            review = Button("Reviewed…", Kind.PRIMARY, tip="Note that it was reviewed (Ctrl+L)")
            review.clicked.connect(self._list.review)
            items.append(buttons(review))
        known = [
            ("Support", record.support),
            ("Review due", long_date(record.review_on) if record.review_on else ""),
            ("Reviewed", long_date(record.reviewed_on) if record.reviewed_on else ""),
        ]
        items += [rule(), Label(record.goal, wrap=True), facts(known)]
        if record.evidence:
            items += [rule(), column(Label("Evidence", "strong"), Label(record.evidence, wrap=True), gap=6)]
        items += [rule(), Label(PRIVATE, "caption", "muted", wrap=True)]
        self.fill(*items)


class PlansPane(FittedPane[PlanRow]):
    """The plans. What leaves the list is asked about, for it is somebody's own."""

    def __init__(self, context: AppContext, day: Day) -> None:
        self._day = day
        super().__init__(context, plans_spec(context), PlanPanel(self), fit=Fit(("School",), ("Review due",)))
        self._review: QAction = self.add_action(
            "review", "Note that the plan was reviewed…", "Ctrl+L", self.review
        )
        copies = QAction(self)  # before the table's own: what is private is asked about first
        copies.setShortcut(QKeySequence.StandardKey.Copy)
        copies.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copies.triggered.connect(self.copy)
        self.addAction(copies)
        self.chosen.connect(self._offer)
        self._offer(None)

    def review(self) -> None:
        """Ask when it was reviewed, and what came of it."""
        plan = self.current()
        if plan is None or plan.state is PlanState.REVIEWED:
            return
        form = Asking(self.window(), "Plan reviewed", "Save", self._day())
        form.day("on", "Reviewed on", self.proposed(self._day()), needed="Enter the day of the review.")
        form.note("evidence", "What came of it", text="Added to the evidence of the plan.", lines=4)

        def action(session: Session, typed: Typed) -> None:
            people.review_plan(session, plan.id, typed["on"], typed["evidence"])

        form.does(self.context, "Review a plan", action)

    @override
    def copy(self) -> None:
        self._if_sure("Copy these plans?", "Copy", super().copy)

    @override
    def export(self) -> None:
        self._if_sure("Export these plans?", "Export", super().export)

    def _if_sure(self, head: str, yes: str, then: Callable[[], None]) -> None:
        """Plans leave the book only if somebody says so twice (R-PPL-3)."""
        text = "They are private: give them to nobody but the teachers they are about."
        self.context.messages.ask(Question(head, text, yes, "Keep them here"), "plans", then)

    def _offer(self, plan: PlanRow | None) -> None:
        legal = plan is not None and plan.state is not PlanState.REVIEWED
        self._review.setVisible(legal)
        self._review.setEnabled(legal)
