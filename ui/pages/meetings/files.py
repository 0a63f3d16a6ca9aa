"""The files kept with a meeting: signed minutes, a flyer, a photograph of the flip chart."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ui.dialogs.files import KEPT, choose_to_open
from ui.format import file_size
from ui.forms.spec import FormSpec
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.spec import Empty, ListSpec
from ui.overrides import override
from ui.pages.meetings.dialogs import CaptionDialog
from ui.pages.meetings.parts import PartPane
from ui.records.files import KeptFiles
from ui.widgets.buttons import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from sqlmodel import Session

    from models.queries.attachments import FileLine
    from models.queries.meeting_detail import MeetingDetail
    from ui.context import AppContext
    from ui.copies import PrivateCopies

FILES: ListSpec[FileLine] = ListSpec(
    key="meeting-files",
    table="attachment",
    noun="file",
    plural="files",
    columns=(
        Column("File", lambda one: one.code, lambda one: one.code, Look.STRONG),
        Column(
            "Name",
            lambda one: one.name,
            lambda one: one.name.casefold(),
            stretch=True,
            tip=lambda one: one.name,
        ),
        Column("What it shows", lambda one: one.caption or "–", lambda one: one.caption.casefold()),
        Column("Kind", lambda one: one.kind, lambda one: one.kind),
        Column("Size", lambda one: file_size(one.size), lambda one: one.size, Look.MUTED, right=True),
    ),
    identity=lambda one: one.id,
    title=lambda one: one.code,
    ask=None,
    empty=Empty(
        Icon.CLIP,
        "Files kept with this meeting: signed minutes, a flyer, the slides. Choose one, or drop files here.",
        "Attach the first file",
    ),
    form=FormSpec("attachment", "file", rows=()),  # so that New is offered; what it asks is a file
)


class FilesTab(PartPane["FileLine"]):
    """The files of a meeting. Minutes that are finalised do not hinder adding the signed ones.

    Args:
        context: the shared things.
        copies: where copies to be opened are written.
    """

    def __init__(self, context: AppContext, copies: PrivateCopies) -> None:
        self._show_button = Button("Open", tip="Enter")
        super().__init__(context, FILES, tools=(self._show_button,), outlives=True)
        self._meeting: MeetingDetail | None = None
        self._files = KeptFiles(context, self, copies)
        self.new_button.set_words("Attach a file")
        self._actions["new"].setText("Attach a file…")
        self._actions["edit"].setText("Say what it shows…")
        self.add_action("open", "Open", "", self.show_file)
        self.add_action("save", "Save a copy…", "Ctrl+S", self.save_file)
        self._show_button.clicked.connect(self.show_file)
        self.table.opened.disconnect()  # Enter opens the file, not the form of its caption
        self.table.opened.connect(lambda _file: self.show_file())
        self.setAcceptDrops(True)

    def show_detail(self, detail: MeetingDetail) -> None:
        """Show a meeting's files."""
        self._meeting = detail
        self.show_part(detail.files, {}, frozen=False)

    @override
    def new(self) -> None:
        if self._meeting is not None:
            folder, got = self.context.documents, partial(self.attach, self._meeting)
            choose_to_open(self.window(), "Attach a file", KEPT, folder, got)

    @override
    def edit(self) -> None:
        from models.services.attachments import describe

        file = self.current()
        if file is None:
            return
        dialog = CaptionDialog(self.window(), file.code, file.caption)

        def given(caption: str) -> None:
            action = partial(describe, attachment_id=file.id, caption=caption)
            self.context.book.change(
                f"Edit file {file.code}", action, lambda _: dialog.saved(), dialog.not_saved
            )

        dialog.given.connect(given)
        dialog.open()

    def attach(self, meeting: MeetingDetail, *paths: Path) -> None:
        """Keep files with a meeting, all in one step."""
        from models.kept_pictures import read_chosen
        from models.services.attachments import attach

        def action(session: Session) -> int:
            made = [attach(session, "meeting", meeting.id, read_chosen(path), path.name) for path in paths]
            return made[-1]

        self.context.book.change(f"Attach a file to {meeting.code}", action, self._go_to_added)

    def show_file(self) -> None:
        """Open the file chosen in the program that this computer has for it."""
        file = self.current()
        if file is not None:
            self._files.open(file)

    def save_file(self) -> None:
        """Save a copy of the file chosen."""
        file = self.current()
        if file is not None:
            self._files.save(file)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._meeting is not None and _paths(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = _paths(event)
        if self._meeting is not None and paths:
            event.acceptProposedAction()
            self.attach(self._meeting, *paths)


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
