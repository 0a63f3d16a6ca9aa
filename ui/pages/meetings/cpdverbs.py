"""What can be done with a CPD session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ui.dialogs.serving import ask_to_serve
from ui.forms.editor import Editor
from ui.pages.meetings.cpdform import CpdForm
from ui.pages.meetings.forms import CPD

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.queries.cpd_page import CpdDetail
    from models.queries.meeting_detail import MeetingDetail
    from ui.context import AppContext
    from ui.forms.draft_form import DraftForm


class CpdVerbs:
    """What can be done with a CPD session.

    Args:
        context: the shared things.
        window: the widget whose window the dialogs belong to.
    """

    def __init__(self, context: AppContext, window: QWidget) -> None:
        self._context, self._window = context, window
        self.editor = Editor(context, window, CPD, CpdForm)
        self.editor.opened.connect(self._tie)

    def new(self, meeting: MeetingDetail | None = None) -> None:
        """Enter a session; of a meeting, if one is given: then it begins with its day and times."""
        if meeting is None:
            self.editor.new()
            return
        times = {"held_on": meeting.held_on, "starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
        self.editor.new({"meeting_id": meeting.id, **times})

    def _tie(self, form: DraftForm) -> None:
        if isinstance(form, CpdForm):
            form.begin(self._context)

    def edit(self, detail: CpdDetail) -> None:
        """Open its form."""
        self.editor.edit(detail.id)

    def held(self, detail: CpdDetail) -> None:
        """Say that it took place."""
        from models.services import cpd

        action = partial(cpd.mark_held, cpd_session_id=detail.id, today=detail.today)
        self._context.book.change(f"Mark {detail.code} as held", action)

    def cancel(self, detail: CpdDetail) -> None:
        """Say that it does not take place."""
        from models.services import cpd

        self._context.book.change(f"Cancel {detail.code}", partial(cpd.cancel, cpd_session_id=detail.id))

    def serve(self, detail: CpdDetail) -> None:
        """Say which aims and focus areas it serves."""
        name = f"Link aims to {detail.code}"
        ask_to_serve(self._context, self._window, "cpd_session", detail.id, name, detail.held_on)

    def delete(self, detail: CpdDetail) -> None:
        """Put it into the Bin."""
        self.editor.delete(detail.id, detail.code)

    def slips(self, detail: CpdDetail) -> None:
        """Type in evaluation slips."""
        from models.services import cpd
        from ui.pages.meetings.slipdialogs import SlipDialog

        dialog = SlipDialog(self._window.window(), detail)

        def given(slips: Any) -> None:
            action = partial(cpd.enter_slips, cpd_session_id=detail.id, slips=slips)
            self._context.book.change(
                f"Enter slips of {detail.code}", action, lambda _: dialog.saved(), dialog.not_saved
            )

        dialog.given.connect(given)
        dialog.open()

    def people(self, detail: CpdDetail) -> None:
        """Say who was booked and who came."""
        from models.services import cpd
        from ui.pages.meetings.slipdialogs import SeatDialog

        dialog = SeatDialog(self._window.window(), detail)

        def given(seats: Any) -> None:
            action = partial(cpd.set_seats, cpd_session_id=detail.id, seats=seats)
            self._context.book.change(
                f"Record people at {detail.code}", action, lambda _: dialog.saved(), dialog.not_saved
            )

        dialog.given.connect(given)
        dialog.open()

    def history(self, detail: CpdDetail) -> None:
        """Show what happened to it."""
        from ui.records import open_history

        open_history(self._context, self._window.window(), "cpd_session", detail.id, detail.code)
