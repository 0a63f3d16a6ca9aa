"""A page on a real book, without the frame and without threads: what is asked is answered at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from models.queries.book import Book as Asked
from models.queries.years import usual_year
from models.store import Store
from models.values import replace
from tests import books
from tests.ui.doubles import HeardMessages, SpotTasks
from ui import composition
from ui.book import Book
from ui.bus import DataBus
from ui.context import AppContext
from ui.doors import FrameFacts
from ui.messages import Messages
from ui.settings import Settings

TODAY = dt.date(2025, 6, 20)


def _frame(store: Store, year: int | None) -> FrameFacts:
    """What a page may ask of the frame; counting what waits takes longer than most tests do."""
    with store.read() as session:
        book = Asked(session)
        usual = usual_year(book, TODAY)
        years = tuple(sorted({*book.years, usual}))
    return FrameFacts(
        path=store.path, cluster="", detail="", years=years, year=year if year in years else usual,
        counts={}, backup="", sample=False, notices=(), binned=0,
    )  # fmt: skip


class RealWorld:
    """A real book behind an AppContext.

    Args:
        folder: an empty folder of the test's own.
        file: the book; made anew and empty if it is not there.
    """

    def __init__(self, folder: Path, file: Path) -> None:
        tasks, bus, messages = SpotTasks(), DataBus(), Messages()
        self.heard = HeardMessages(messages)
        if not file.exists():
            books.empty_copy(file)
        doors = replace(composition.doors(lambda: TODAY), frame=_frame)
        book = Book(doors, tasks.file, bus, messages)
        self.context = AppContext(
            book,
            Settings(folder / "settings.ini"),
            tasks,
            bus,
            messages,
            today=lambda: TODAY,
            documents=folder,
        )
        book.open(file)

    @property
    def book(self) -> Book:
        return self.context.book

    def ask(self, question):
        """The answer to a question of a session."""
        got: list = []
        self.book.ask(question, got.append)
        return got[0]

    def change(self, name: str, action):
        """What an action returned."""
        got: list = []
        self.book.change(name, action, got.append)
        return got[0]

    def close(self) -> None:
        if self.book._held is not None:
            books.let_go(self.book._held)
        self.book.close()
