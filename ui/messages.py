"""The one gateway for what the window tells the user and asks her. It logs, then shows.

What is shown may name people and money; the log may not (safety.md, 6). So the log gets the kind of message
and `about`, a fixed word or two of ours, and never the sentence.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from models.errors import AppError, FileTrouble

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)


class Offer(Struct, frozen=True):
    """One way on from a notice: the words of its button and what it does."""

    words: str
    do: Callable[[], object]


class Notice(Struct, frozen=True):
    """A quiet line of news above the page, until it is dealt with.

    Attributes:
        key: a later notice of the same key takes its place.
        tone: accent, good, warn or bad.
        text: one sentence.
        offers: what can be done about it; Dismiss comes by itself.
        lasting: it stays as long as what it tells is so (read-only, for example) and cannot be dismissed.
    """

    key: str
    tone: str
    text: str
    offers: tuple[Offer, ...] = ()
    lasting: bool = False


class Question(Struct, frozen=True):
    """A question that must be answered before anything else: the only modal there is.

    Attributes:
        head: what is asked, in a few words.
        text: what will happen.
        yes: the verb on the button that does it.
        no: the words on the button that does not.
    """

    head: str
    text: str
    yes: str
    no: str = "Cancel"


class Messages(QObject):
    """Says, warns and asks. The window listens to the signals; tests put a recorder in its place.

    Attributes:
        said: a short fact for the status bar.
        noticed: a Notice for the line above the page.
        settled: the key of a notice that is no longer so.
        asked: a Question with what to do on yes and on no (or None).
    """

    said = Signal(str)
    noticed = Signal(object)
    settled = Signal(str)
    asked = Signal(object, object, object)

    def say(self, text: str, about: str) -> None:
        """Tell something that needs no answer: a file was written, nothing was found."""
        _log.info("said: %s", about)
        self.said.emit(text)

    def warn(self, text: str, about: str, *offers: Offer) -> None:
        """Tell something that went wrong or needs a look, in one sentence that names the remedy."""
        _log.warning("warned: %s", about)
        self.noticed.emit(Notice(about, "warn", text, offers))

    def trouble(self, error: AppError, about: str, *offers: Offer) -> None:
        """Show an error that carries a sentence for the user."""
        code = error.code if isinstance(error, FileTrouble) else type(error).__name__
        _log.warning("trouble: %s: %s", about, code)
        self.noticed.emit(Notice(about, "bad", str(error), offers))

    def notice(self, notice: Notice) -> None:
        """Show a notice made elsewhere."""
        _log.info("noticed: %s", notice.key)
        self.noticed.emit(notice)

    def settle(self, key: str) -> None:
        """Take a notice away because it is no longer so."""
        self.settled.emit(key)

    def ask(
        self, question: Question, about: str, yes: Callable[[], None], no: Callable[[], None] | None = None
    ) -> None:
        """Ask; the answer comes through `yes` or `no`, later."""
        _log.info("asked: %s", about)
        self.asked.emit(question, yes, no)
