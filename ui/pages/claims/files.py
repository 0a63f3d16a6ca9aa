"""The files of a claim: kept with it, and taken away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.kept_pictures import read_chosen
from models.services.attachments import attach, detach
from ui.dialogs.files import KEPT, choose_to_open
from ui.records.files import KeptFiles

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session

    from models.queries.attachments import FileLine
    from models.queries.claims_page import ClaimRow


class ClaimFiles(KeptFiles):
    """What is done with the files of claims."""

    def choose(self, row: ClaimRow) -> None:
        """Ask for a file to keep with a claim."""
        folder = self._context.documents
        choose_to_open(self._owner.window(), "Attach a file", KEPT, folder, partial(self.attach, row))

    def attach(self, row: ClaimRow, *paths: Path) -> None:
        """Keep files with a claim, all in one step."""

        def action(session: Session) -> None:
            for path in paths:
                attach(session, "cover_claim", row.id, read_chosen(path), path.name)

        self._context.book.change(f"Attach a file to claim {row.code}", action)

    def remove(self, file: FileLine) -> None:
        """Take a file away; it goes to the Bin."""
        self._context.book.change(f"Remove file {file.code}", partial(detach, attachment_id=file.id))
