"""What every page and dialog is given, so that nothing is reached through a global."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.book import Book
    from ui.bus import DataBus
    from ui.messages import Messages
    from ui.settings import Settings
    from ui.tasks import Tasks


@dataclass(frozen=True)
class AppContext:
    """The window's shared things.

    Attributes:
        book: the open file: ask it questions, change it by named actions.
        settings: what the window remembers.
        tasks: where slow work runs.
        bus: what changed, and which page is wanted.
        messages: how to tell and ask the user.
    """

    book: Book
    settings: Settings
    tasks: Tasks
    bus: DataBus
    messages: Messages
