"""Ties quick find to what it can find; the list itself is made when its box is first entered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ui.icons import Icon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from ui.book import Book
    from ui.doors import Found
    from ui.shell.actions import ActionTable
    from ui.shell.finder import Entry, Finder
    from ui.shell.pages import Command, PageSpec
    from ui.widgets.fields import FindBox


class Finding(QObject):
    """Quick find.

    Args:
        window: the list floats in this.
        box: where the words are typed.
        book: finds the records.
        pages: the pages there are.
        table: the commands there are.
        here: what the page in view can do besides.
        go: shows a page, and there a record.
        back: gives the keyboard back to the page.
    """

    def __init__(
        self,
        window: QWidget,
        box: FindBox,
        book: Book,
        pages: Sequence[PageSpec],
        table: ActionTable,
        here: Callable[[], Sequence[Command]],
        go: Callable[[str, object], None],
        back: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self.finder: Finder | None = None
        self._window, self._box, self._book, self._pages, self._table = window, box, book, pages, table
        self._here, self._go, self._back = here, go, back
        box.entered.connect(self._make)

    def start(self) -> None:
        """Put the keyboard into the box."""
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    def _make(self) -> None:
        from ui.shell.finder import Finder

        if self.finder is None:
            self.finder = Finder(
                self._window,
                self._box,
                self._entries,
                self._search,
                self._leave,
                self._open,
                self._icon,
            )

    def _entries(self) -> list[Entry]:
        from ui.shell.finder import Entry

        pages = [
            Entry(spec.icon, spec.title, "Page", partial(self._go, spec.key, None)) for spec in self._pages
        ]
        commands = [*self._here(), *self._table.commands()]
        parts = [
            Entry(spec.icon, part.words, spec.title, partial(self._go, spec.key, part.place), late=True)
            for spec in self._pages
            for part in spec.parts()
        ]
        return [*pages, *(Entry(Icon.SETTINGS, c.words, c.keys, c.run) for c in commands), *parts]

    def _search(self, words: str, done: Callable[[Sequence[Found]], None]) -> None:
        if self._book.is_open():  # it may have been closed while the box waited for more letters
            self._book.search(words, done)

    def _icon(self, key: str) -> Icon:
        return next((spec.icon for spec in self._pages if spec.key == key), Icon.RIGHT)

    def _open(self, found: Found) -> None:
        self._go(found.page, found.record)

    def _leave(self) -> None:
        self._back()
        if self._box.hasFocus():
            self._box.clearFocus()
