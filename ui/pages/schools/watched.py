"""A panel beside a list that asks for more than the list knows, once the choosing comes to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from models.errors import AppError
from ui.lists.detail import DetailPanel
from ui.overrides import override

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from ui.context import AppContext

PAUSE_MS = 60  # running down a list asks only for the record at which it stops


class AskingPanel(DetailPanel):
    """Shows at once what the list knows of a record, and the rest as soon as it is asked.

    Args:
        context: the shared things.
        name: what a screen reader calls it.
        key: the name of its question; a newer one makes an older answer unwanted.
        choose: what stands there while nothing is chosen.
    """

    def __init__(self, context: AppContext, name: str, key: str, choose: str) -> None:
        super().__init__(name)
        self.context = context
        self.year: int | None = None
        self.record: Any = None
        self.detail: Any = None
        self._key, self._choose = key, choose
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.say(choose)

    def question(self, record: Any) -> Callable[[Session], Any]:
        """The question about a record."""
        raise NotImplementedError

    def show_first(self, record: Any) -> None:
        """Show what the list knows, while the rest is asked."""
        raise NotImplementedError

    def show_detail(self, detail: Any) -> None:
        """Show all of it."""
        raise NotImplementedError

    def belongs(self, detail: Any) -> bool:
        """Whether an answer is about the record chosen now."""
        raise NotImplementedError

    @override
    def show_record(self, record: Any) -> None:
        before, self.record = self.record, record
        if record is None:
            self._pause.stop()
            self.detail = None
            self.say(self._choose)
            return
        if before is None or before.id != record.id:
            self.detail = None
            self.show_first(record)
        self._pause.start()

    def _ask(self) -> None:
        if self.record is not None:
            self.context.book.ask(self.question(self.record), self._answered, self._gone, key=self._key)

    def _answered(self, detail: Any) -> None:
        if self.record is None or not self.belongs(detail) or detail == self.detail:
            return
        self.detail = detail
        self.show_detail(detail)

    def _gone(self, error: Exception) -> None:
        """It was deleted meanwhile: the list says so as soon as it has asked again.

        Raises:
            Exception: the error itself, if it is another one.
        """
        if not isinstance(error, (AppError, LookupError)):
            raise error
