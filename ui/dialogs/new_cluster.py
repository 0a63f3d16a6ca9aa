"""Start a new cluster: five steps that end in a book one can work in, of which only the first is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt

from models.errors import AppError, BadInput
from ui.dialogs.first_steps import (
    ClusterStep,
    FileStep,
    MeetingsStep,
    PeopleStep,
    SchoolsStep,
    Step,
    file_name,
)
from ui.dialogs.form import FormDialog
from ui.doors import NewCluster
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column
from ui.widgets.plain import Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QLayout, QWidget

__all__ = ["NewClusterDialog", "file_name"]

CREATE = "Create the cluster"


class NewClusterDialog(FormDialog[NewCluster]):
    """Asks for what a new book begins with, step by step; nothing typed is lost when it cannot be made.

    Next checks the step in view, Back goes back, Create now leaves out the steps that are left.

    Args:
        parent: the window it belongs to.
        folder: where the file is put unless she chooses another place.
        today: says what day it is.
    """

    writes = False

    def __init__(self, parent: QWidget | None, folder: Path, today: Callable[[], dt.date]) -> None:
        self._back, self._now = Button("Back"), Button("Create now", Kind.QUIET, always=True)
        self.steps: tuple[Step, ...] = ()
        super().__init__(parent, "Start a new cluster", "Next", 560, stays=True)
        self._back.setShortcut("Alt+Left")
        self._back.clicked.connect(self.back)
        self._now.clicked.connect(self.create_now)
        cluster, file = ClusterStep(self, today), FileStep(self, folder)
        cluster.named.connect(file.follow_name)
        steps = (cluster, SchoolsStep(self), PeopleStep(self), MeetingsStep(self, today), file)
        self.steps = steps
        self._where = Label("", "caption", "muted")
        self._title = Label("", "section", wrap=True)
        self._about = Label("", "body", "muted", wrap=True)
        self._form.add(column(self._where, self._title, self._about, gap=2))
        for step in self.steps:
            self._form.add(step.page)
        self._at = 0
        self._show_step(0)

    @property
    def at(self) -> int:
        """The number of the step in view, from 0."""
        return self._at

    @override
    def lay_out(self, *items: QWidget | QLayout | int, buttons: tuple[Button, ...], gap: int = 16) -> None:
        super().lay_out(*items, buttons=(self._now, self._back, *buttons), gap=gap)

    @override
    def submit(self) -> None:
        """Go on to the next step if this one is right; from the last, create the cluster."""
        if self._at == len(self.steps) - 1:
            super().submit()
            return
        self._wrong = {}
        self.steps[self._at].read()
        if self._wrong:
            self._show_errors()
        else:
            self._show_step(self._at + 1)

    def back(self) -> None:
        """Go back to the step before; what was typed here stays."""
        if self._at:
            self._show_step(self._at - 1)

    def create_now(self) -> None:
        """Leave out the steps that are left: create the cluster with what there is."""
        super().submit()

    @override
    def draft(self) -> NewCluster:
        found = self._answers(len(self.steps))
        if self._wrong:
            self._show_step(self._step_of(next(iter(self._wrong))), dict(self._wrong))
            raise BadInput("Some of this is not right yet.")
        return NewCluster(**found)

    @override
    def not_saved(self, error: Exception) -> None:
        if isinstance(error, AppError):
            field = FIELDS.get(error.field, "place") if isinstance(error, BadInput) else "place"
            self._show_step(self._step_of(field))
            error = BadInput(str(error), field)
        super().not_saved(error)

    @override
    def fit(self) -> None:
        above = {step: self._about_height(step) for step in self.steps}
        tallest = max((step.page.sizeHint().height() + above[step] for step in self.steps), default=0)
        for step in self.steps:  # so that the dialog, and Next, do not jump from step to step
            step.page.setMinimumHeight(tallest - above[step])
        super().fit()

    def _about_height(self, step: Step) -> int:
        """The height of the sentence above a step, in pixels."""
        room = QRect(0, 0, max(self._pane.maximumViewportSize().width(), 1), 10_000)
        return self._about.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, step.about).height()

    def _answers(self, upto: int) -> dict[str, Any]:
        """What the first steps say."""
        found: dict[str, Any] = {}
        for step in self.steps[:upto]:
            found.update(step.read())
        return found

    def _step_of(self, key: str) -> int:
        return next((number for number, step in enumerate(self.steps) if key in step.keys), self._at)

    def _show_step(self, number: int, wrong: dict[str, str] | None = None) -> None:
        answers = self._answers(number)
        self._wrong = wrong or {}  # not what reading the steps before found: that was said there
        self._at, last = number, number == len(self.steps) - 1
        step = self.steps[number]
        step.enter(answers)
        self._where.setText(f"Step {number + 1} of {len(self.steps)}")
        self._title.setText(step.title)
        self._about.setText(step.about)
        for other in self.steps:
            other.page.setVisible(other is step)
        self._back.setVisible(number > 0)
        self._now.setVisible(number > 0 and not last)
        self._accept.set_words(CREATE if last else "Next")
        self._show_errors()
        if self.isVisible():
            self._rows[step.keys[0]].field.setFocus()


FIELDS = {
    "name": "name",
    "lead_school": "lead_school",
    "starts_on": "starts",
    "sponsor": "sponsor",
    "schools": "schools",
    "lead": "lead",
    "lead_email": "lead_email",
    "advisor": "advisor",
    "meetings": "day-0",
}
"""Where the wizard asks for an attribute of `models.services.beginning.Beginning`."""
