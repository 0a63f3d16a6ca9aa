"""What a page is to the frame: a widget made when it is first looked at, and told when to ask again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.bus import Changes
    from ui.context import AppContext
    from ui.icons import Icon
    from ui.wayfinding import Place


class Page(QWidget):
    """One page of the window. It builds its widgets when it is made and fills them in `refresh`.

    A widget in it with the object name "first" is where the keyboard starts.

    Attributes:
        filled: the page has shown new things; the frame then puts the tab chain in reading order.
    """

    filled = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context

    def refresh(self, year: int) -> None:
        """Ask the queries for a school year again and show the answers; called when the page is in view."""
        raise NotImplementedError

    def concerned(self, changes: Changes) -> bool:
        """Whether these changes could alter what the page shows. Yes, unless a page knows better."""
        return bool(changes.rows)

    def arrange(self, ems: float) -> None:
        """Lay out for a window of so many ems: everything from 100, narrower from 80, stacked below 80."""

    def go_to(self, record: object) -> None:
        """Show one record, as quick find or another page asked: a `ui.wayfinding.Place`, as a rule."""

    def holds_something(self) -> bool:
        """Whether something is typed or ticked here that would be lost if the page were made anew.

        What is typed in a field, a filter too, and lines that are ticked count for every page. One that holds
        more, such as marks in a grid, says so besides.
        """
        from ui.delegates.ticking import Ticks  # only when the looks change

        typed = any(one.isModified() and one.text() for one in self.findChildren(QLineEdit))
        written = any(one.document().isModified() for one in self.findChildren(QPlainTextEdit))
        return typed or written or any(one.ticked() for one in self.findChildren(Ticks))

    def commands(self) -> Sequence[Command]:
        """What can be done here now, for quick find."""
        return ()


class Command(Struct, frozen=True):
    """Something that can be done: its words, the keys that do it, and what happens."""

    words: str
    keys: str
    run: Callable[[], None]


class Part(Struct, frozen=True):
    """Something on a page that is no record but can be gone to: a section, a rule."""

    words: str
    place: Place


def no_parts() -> Sequence[Part]:
    """For a page of records alone."""
    return ()


class PageSpec(Struct, frozen=True):
    """A line of the sidebar.

    Attributes:
        key: the page's name in settings, counts and `bus.page_wanted`.
        title: its words.
        icon: its icon.
        make: makes the page; import the page's module in here, so that it costs nothing before it is needed.
        help: the page's file in resources/help.
        foot: it stands at the foot of the sidebar (Settings).
        parts: what quick find leads to on it besides records.
    """

    key: str
    title: str
    icon: Icon
    make: Callable[[AppContext], Page]
    help: str = ""
    foot: bool = False
    parts: Callable[[], Sequence[Part]] = no_parts
