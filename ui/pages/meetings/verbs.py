"""What can be done with a meeting as a whole: each verb asks what it needs and is one undo step."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from models.values import replace
from models.words import Happened
from ui.dialogs.serving import ask_to_serve
from ui.forms.editor import Editor
from ui.messages import Question
from ui.pages.meetings.dialogs import InviteDialog, ReasonDialog
from ui.pages.meetings.forms import MEETING
from ui.pages.meetings.meetingform import MeetingForm

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.diary import Diary
    from models.queries.meeting_detail import MeetingDetail
    from models.queries.meetings_plan import Invited, Repeat
    from models.services.meetings import Finalised
    from models.services.release import Claims
    from ui.context import AppContext
    from ui.forms.draft_form import DraftForm
    from ui.forms.spec import Values

CALENDAR = "Calendar files (*.ics)"


class MeetingVerbs(QObject):
    """The verbs.

    Args:
        context: the shared things.
        window: the widget whose window the dialogs belong to.

    Attributes:
        added: a meeting was entered: (its id,).
    """

    added = Signal(int)

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._editor = Editor(context, window, MEETING, MeetingForm)
        self._editor.added.connect(self.added)
        self._editor.opened.connect(self._tie)
        self._repeater: Editor | None = None

    # -- entering and editing

    def new(self) -> None:
        """Enter a meeting."""
        self._editor.new()

    def edit(self, detail: MeetingDetail) -> None:
        """Change a meeting's details."""
        self._editor.edit(detail.id)

    def repeat(self, meeting_id: int | None = None) -> None:
        """Plan a meeting like another; like the last full cluster meeting unless one is named."""
        from models.queries.meetings_plan import repeat_of

        question = partial(repeat_of, meeting_id=meeting_id, clock=self._context.today)
        self._context.book.ask(question, self._show_repeat, key="repeat")

    def _show_repeat(self, repeat: Repeat) -> None:
        if repeat.repeats is None:
            self.new()
            return

        def add(session: Session, values: Values) -> int:
            from models.services import meetings

            return meetings.plan(session, values, repeat.repeats)

        if self._repeater is not None:
            self._repeater.deleteLater()
        spec = replace(MEETING, add=add)
        self._repeater = Editor(self._context, self._window, spec, MeetingForm)
        self._repeater.added.connect(self.added)
        self._repeater.opened.connect(partial(self._tie, words=repeat.words))
        self._repeater.new(repeat.values)

    def _tie(self, form: DraftForm, words: str = "") -> None:
        if isinstance(form, MeetingForm):
            form.begin(self._context, words)

    def delete(self, detail: MeetingDetail) -> None:
        """Put a meeting into the Bin."""
        from models import tables as t
        from models.services import minutes

        self._change(
            f"Delete meeting {detail.code}", partial(minutes.remove, record=t.Meeting, record_id=detail.id)
        )

    # -- how far it is

    def held(self, detail: MeetingDetail) -> None:
        """Say that it took place."""
        from models.services import meetings

        self._change(
            f"Mark {detail.code} as held",
            partial(meetings.mark_held, meeting_id=detail.id, today=detail.today),
        )

    def plan_again(self, detail: MeetingDetail) -> None:
        """Say that it is only planned after all."""
        from models.services import meetings

        self._change(f"Plan {detail.code} again", partial(meetings.plan_again, meeting_id=detail.id))

    def cancel(self, detail: MeetingDetail) -> None:
        """Say that it does not take place."""
        words = (
            "It stays in the year, marked as cancelled, and counts nowhere. "
            "Draft cover claims for it are taken back."
        )
        dialog = ReasonDialog(self._window.window(), f"Cancel “{detail.title}”?", "Cancel the meeting", words)

        def action(session: Session, reason: str) -> Claims:
            from models.services import meetings

            return meetings.cancel(session, detail.id, detail.today, reason)

        def given(reason: str) -> None:
            self._context.book.change(
                f"Cancel meeting {detail.code}",
                partial(action, reason=reason),
                partial(self._cancelled, dialog),
                dialog.not_saved,
            )

        dialog.given.connect(given)
        dialog.open()

    def _cancelled(self, dialog: ReasonDialog, claims: Claims) -> None:
        dialog.saved()
        if claims.left:
            self._context.messages.warn(" ".join(claims.left), "meeting cancelled")

    def finalise(self, detail: MeetingDetail) -> None:
        """Freeze its minutes, after saying what is still wanting and what goes on to the next meeting."""
        from models.queries.meeting_detail import closing_words

        frozen = "Minutes, attendance, agenda and decisions can then be read but not changed."
        words = "\n".join([frozen, *closing_words(detail)])
        question = Question(f"Finalise the minutes of “{detail.title}”?", words, "Finalise")
        self._context.messages.ask(question, "finalise minutes", partial(self._finalise, detail))

    def _finalise(self, detail: MeetingDetail) -> None:
        from models.services import meetings

        self._change(
            f"Finalise minutes of {detail.code}",
            partial(meetings.finalise, meeting_id=detail.id, today=detail.today),
            self._finalised,
        )

    def _finalised(self, done: Finalised) -> None:
        if done.carried:
            topics = "1 topic went" if done.carried == 1 else f"{done.carried} topics went"
            self._context.messages.say(f"Finalised. {topics} on to {done.to}.", "finalised")

    def reopen(self, detail: MeetingDetail) -> None:
        """Open finalised minutes again, with a reason that stays."""
        words = (
            "The reason stays with the minutes, with the day they were finalised and the day you reopen them."
        )
        needed = "Say why the minutes are reopened: it stays with them."
        dialog = ReasonDialog(self._window.window(), "Reopen the minutes?", "Reopen", words, needed)

        def action(session: Session, reason: str) -> None:
            from models.services import meetings

            meetings.reopen(session, detail.id, detail.today, reason)

        def given(reason: str) -> None:
            name = f"Reopen minutes of {detail.code}"
            self._context.book.change(
                name, partial(action, reason=reason), lambda _: dialog.saved(), dialog.not_saved
            )

        dialog.given.connect(given)
        dialog.open()

    def main(self, detail: MeetingDetail) -> tuple[str, Callable[[MeetingDetail], None]] | None:
        """The one thing to do next with it as a whole: its words and what does it; None for nothing."""
        if detail.frozen:
            return "Reopen minutes…", self.reopen
        if detail.status is Happened.CANCELLED:
            return "Plan it again", self.plan_again
        if detail.status is Happened.HELD:
            return "Finalise minutes…", self.finalise
        if detail.held_on <= detail.today:
            return "It took place", self.held
        return None

    # -- who and what for

    def invite(self, detail: MeetingDetail) -> None:
        """Say which schools are asked (R-MEET-5)."""
        from models.queries.meetings_plan import invited

        self._context.book.ask(
            partial(invited, meeting_id=detail.id), partial(self._show_invite, detail), key="invite"
        )

    def _show_invite(self, detail: MeetingDetail, found: Invited | None) -> None:
        if found is None:
            return
        from models.services import meetings

        dialog = InviteDialog(self._window.window(), found)

        def given(schools: set[int]) -> None:
            action = partial(meetings.invite, meeting_id=detail.id, school_ids=schools)
            self._context.book.change(
                f"Ask schools to {detail.code}", action, lambda _: dialog.saved(), dialog.not_saved
            )

        dialog.given.connect(given)
        dialog.open()

    def serve(self, detail: MeetingDetail) -> None:
        """Say which aims and focus areas it serves (R-MEET-6)."""
        name = f"Link aims to {detail.code}"
        ask_to_serve(self._context, self._window, "meeting", detail.id, name, detail.held_on)

    # -- leaving the book

    def to_calendar(self, detail: MeetingDetail) -> None:
        """Save one meeting for a calendar program."""
        from models.queries.diary import diary_of_meeting

        self.save_diary(
            f"{detail.title} {detail.held_on:%Y-%m-%d}", partial(diary_of_meeting, meeting_id=detail.id)
        )

    def year_to_calendar(self, year: int, label: str) -> None:
        """Save a year's meetings and CPD sessions for a calendar program."""
        from models.queries.diary import diary_of_year

        self.save_diary(f"Meetings {label}", partial(diary_of_year, year=year))

    def save_diary(self, name: str, question: Callable[[Session], Diary]) -> None:
        """Ask where, then write a calendar file."""
        from ui.dialogs.files import choose_to_save, safe_name

        proposed = self._context.documents / f"{safe_name(name) or 'Meetings'}.ics"
        choose_to_save(
            self._window.window(), "Save for a calendar", CALENDAR, proposed, partial(self._write, question)
        )

    def _write(self, question: Callable[[Session], Diary], path: Path) -> None:
        def work(store: Any, _progress: object) -> None:
            from reports.calendar import write_calendar
            from ui.desk import writing

            with store.read() as session:
                diary = question(session)
            with writing(path):
                write_calendar(diary, path, dt.datetime.now(dt.UTC))

        def done(_: None) -> None:
            self._context.messages.say(f"Saved: {path.name}", "calendar")

        self._context.book.use(work, done)

    def _change(
        self, name: str, action: Callable[[Session], Any], done: Callable[[Any], None] | None = None
    ) -> None:
        self._context.book.change(name, action, done)
