"""What stands beside the work: help on the page in view, About, and the questions that must be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

import resources

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.messages import Question
    from ui.shell.pages import PageSpec

FIRST_HELP = "help/welcome.md"
KEYS_HELP = "help/keys.md"


class Asides(QObject):
    """Opens the small dialogs of the frame; they are imported when the first is wanted.

    Args:
        window: they belong to it.
        page: the page in view, if any.
        versions: the lines of About.
    """

    def __init__(
        self, window: QWidget, page: Callable[[], PageSpec | None], versions: Callable[[], tuple[str, ...]]
    ) -> None:
        super().__init__(window)
        self._window, self._page, self._versions = window, page, versions

    def show_help(self) -> None:
        """Show the help of the page in view, or how to start."""
        page = self._page()
        known = page is not None and bool(page.help)
        name, title = (page.help, page.title) if page is not None and known else (FIRST_HELP, "Starting")
        self._show(name, f"Help: {title}")

    def show_keys(self) -> None:
        """Show the keys that work everywhere, and how undo, history and the Bin work."""
        self._show(KEYS_HELP, "Keys, undo and the Bin")

    def _show(self, name: str, title: str) -> None:
        from ui.dialogs.notes import HelpDialog

        HelpDialog(self._window, title, resources.path(name).read_text(encoding="utf-8")).show()

    def show_about(self) -> None:
        """Show the versions."""
        from ui.dialogs.notes import AboutDialog

        AboutDialog(self._window, self._versions()).open()

    def ask(self, question: Question, yes: Callable[[], None], no: Callable[[], None] | None) -> None:
        """Ask; the answer comes through `yes` or `no`."""
        from ui.dialogs.plain import QuestionDialog

        dialog = QuestionDialog(self._window, question)
        dialog.accepted.connect(yes)
        if no is not None:
            dialog.rejected.connect(no)
        dialog.open()
