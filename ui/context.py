"""What every page and dialog is given, so that nothing is reached through a global."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from ui.book import Book
    from ui.bus import DataBus
    from ui.messages import Messages
    from ui.settings import Settings
    from ui.tasks import Tasks


class AppContext(Struct, frozen=True):
    """The window's shared things.

    Attributes:
        book: the open file: ask it questions, change it by named actions.
        settings: what the window remembers.
        tasks: where slow work runs.
        bus: what changed, and which page is wanted.
        messages: how to tell and ask the user.
        today: says what day it is; a query turns that into the sample's day where the book is one.
        documents: the folder proposed for files that are written.
    """

    book: Book
    settings: Settings
    tasks: Tasks
    bus: DataBus
    messages: Messages
    today: Callable[[], dt.date]
    documents: Path
