"""The sheet's pages: each made when it is first looked at, and asked again only when it is in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.overrides import override
from ui.widgets import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.bus import Changes
    from ui.context import AppContext
    from ui.shell.pages import Command, Page, PageSpec


class PageHost(QStackedWidget):
    """Shows one page at a time.

    Attributes:
        shown: emitted with the key of the page now in view.
        filled: the page in view has shown new things.
    """

    shown = Signal(str)
    filled = Signal()

    def __init__(self, pages: Sequence[PageSpec], context: AppContext) -> None:
        super().__init__()
        self._specs = {spec.key: spec for spec in pages}
        self._context = context
        self._made: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._fresh: set[str] = set()
        self._record: object = None
        self._next_turn = QTimer(self)
        self._next_turn.setSingleShot(True)
        self._next_turn.timeout.connect(self._go_on)
        self._year: int | None = None
        self._ems = 100.0
        self.current_key = ""
        context.bus.changed.connect(self._on_changed)

    @override
    def hasHeightForWidth(self) -> bool:
        """No: it fills the window. Qt would ask every page, and every paragraph on it, at each change."""
        return False

    def show_page(self, key: str, record: object = None) -> None:
        """Bring a page into view; make it first if need be, and let it ask again if anything changed.

        One that has to be made is brought into view, and asks, each in a turn of its own: all at once would
        keep the window from hearing anything for too long.
        """
        if record is not None or key != self.current_key:
            self._record = record
        self.current_key = key
        if key not in self._made:
            self._make(key)
        if key in self._fresh:
            self._next_turn.start(0)
        else:
            self._next_turn.stop()
            self.setCurrentWidget(self._made[key])
            self._begin()

    @Slot()
    def _go_on(self) -> None:
        """A page that has just been made: first it comes into view, then it asks."""
        page = self._made[self.current_key]
        if self.currentWidget() is page:
            self._begin()
        else:
            if self.indexOf(page) < 0:
                self.addWidget(page)
            self.setCurrentWidget(page)
            self._next_turn.start(0)

    def _begin(self) -> None:
        key, record = self.current_key, self._record
        self._record = None
        self._fresh.discard(key)
        self._refresh_if_stale()
        self.shown.emit(key)
        if record is not None:  # last, so that the keyboard goes on from where the page puts it
            self._made[key].go_to(record)

    def show_year(self, year: int) -> None:
        """Show another school year on every page, beginning with the one in view."""
        if year != self._year:
            self._year = year
            self._stale.update(self._made)
            self._refresh_if_stale()

    def ask_again(self) -> None:
        """Let every page ask again, beginning with the one in view."""
        self._stale.update(self._made)
        self._refresh_if_stale()

    def arrange(self, ems: float) -> None:
        """Tell the pages how wide the window is."""
        self._ems = ems
        for page in self._made.values():
            page.arrange(ems)

    def page(self, key: str) -> Page | None:
        """A page that has been made."""
        return self._made.get(key)

    def commands(self) -> Sequence[Command]:
        """What the page in view can do now."""
        page = self._made.get(self.current_key)
        return [one for one in page.commands() if not reading.stops(one.words)] if page is not None else ()

    def clear(self) -> None:
        """Let go of every page: another file is shown, or none."""
        for page in self._made.values():
            self.removeWidget(page)
            page.deleteLater()
        self._made.clear()
        self._stale.clear()
        self._fresh.clear()
        self._next_turn.stop()
        self._year, self.current_key, self._record = None, "", None

    def let_go_of_hidden(self) -> None:
        """Let go of pages that are not in view and hold nothing: made again when they are next gone to.

        Before the theme changes, or Qt would polish every widget of every page for it.
        """
        for key, page in list(self._made.items()):
            if key != self.current_key and not page.holds_something():
                self.removeWidget(page)
                page.deleteLater()
                del self._made[key]
                self._stale.discard(key)
                self._fresh.discard(key)

    def _make(self, key: str) -> None:
        page = self._specs[key].make(self._context)
        page.setObjectName(f"page-{key}")
        page.setAccessibleName(self._specs[key].title)
        page.filled.connect(self._on_filled)
        page.arrange(self._ems)
        self._made[key] = page
        self._stale.add(key)
        self._fresh.add(key)

    def _refresh_if_stale(self) -> None:
        if self.current_key in self._stale and self._year is not None:
            self._stale.discard(self.current_key)
            self._made[self.current_key].refresh(self._year)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        self._stale.update(key for key, page in self._made.items() if page.concerned(changes))
        self._refresh_if_stale()

    def _on_filled(self) -> None:
        if self.sender() is self.currentWidget():
            self.filled.emit()


def first_focus(page: QWidget | None) -> None:
    """Put the keyboard where a page says it starts."""
    first = page.findChild(QWidget, "first") if page is not None else None
    if first is not None:
        first.setFocus()
