"""Writes a list as it is shown to a file of her choosing, without holding up the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.errors import AppError
from reports.listing import listing, write_listing
from ui.dialogs.files import LISTS, choose_to_save, safe_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext
    from ui.tasks import Progress

ABOUT = "export list"


class Export:
    """One list on its way to a file. Lives as long as its file dialog and its job do."""

    def __init__(
        self,
        context: AppContext,
        window: QWidget,
        title: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[object]],
    ) -> None:
        self._context, self._window = context, window
        self._listing = listing(title, heads, rows)

    def ask(self) -> None:
        """Ask where to write it; the answer starts the writing."""
        name = safe_name(f"{self._listing.title} {self._context.today().isoformat()}") or "List"
        proposed = self._context.documents / f"{name}.xlsx"
        choose_to_save(self._window, f"Export {self._listing.title}", LISTS, proposed, self.write)

    def write(self, path: Path) -> None:
        """Write it in the pool; say so when it is there."""
        self._context.messages.settle(ABOUT)

        def work(progress: Progress) -> None:
            progress.report(f"Writing {path.name}")
            write_listing(path, self._listing)

        self._context.tasks.pool.run(work, partial(self._written, path), self._failed)

    def _written(self, path: Path, _nothing: None) -> None:
        self._context.messages.say(f"Exported to {path.name}", ABOUT)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._context.messages.trouble(error, ABOUT)
