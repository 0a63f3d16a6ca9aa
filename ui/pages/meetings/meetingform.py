"""The form of a meeting: it says, while one types, what its times mean (R-MEET-3)."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from ui.forms.draft_form import DraftForm
from ui.icons import Icon
from ui.widgets.layouts import column, holder, row
from ui.widgets.painted import IconMark
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from models.queries.meetings_plan import SchoolDay
    from ui.context import AppContext

TOLD = {True: "In the school day.", False: "Outside the school day.", None: ""}


class MeetingForm(DraftForm):
    """Title, day, times, host, purpose; below them whether it is in the school day, and why."""

    def begin(self, context: AppContext, taken_over: str = "") -> None:
        """Say from now on what the times mean; and, of a repeat, what is taken over besides."""
        self._context = context
        self._mark, self._why = IconMark(Icon.INFO, "muted"), Label("", "body", "muted", wrap=True)
        lines = column(row(self._mark, self._why, gap=10), gap=8)
        if taken_over:
            lines.add(row(IconMark(Icon.INFO, "accent"), Label(taken_over, wrap=True), gap=10))
        self.below(holder(lines))
        self.changed.connect(self._ask)
        self._ask()

    def _ask(self) -> None:
        from models.queries.meetings_plan import school_day

        day = self.typed("held_on")
        if not isinstance(day, dt.date):
            self._tell("Its times tell whether it is in the school day.", "muted")
            return
        question = partial(
            school_day,
            held_on=day,
            starts_at=self.typed("starts_at"),
            ends_at=self.typed("ends_at"),
            host_school_id=self.typed("host_school_id"),
            by_hand=self.typed("in_school_day"),
        )
        self._context.book.ask(question, self._show, key="school-day")

    def _show(self, found: SchoolDay) -> None:
        tone = {True: "good", False: "warn", None: "muted"}[found.inside]
        self._tell(f"{TOLD[found.inside]} {found.words}".strip(), tone)

    def _tell(self, words: str, tone: str) -> None:
        self._mark.set_icon(Icon.CLOCK, tone)
        if self._why.text() != words:
            self._why.setText(words)
            self.fit()
