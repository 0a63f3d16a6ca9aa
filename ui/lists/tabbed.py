"""A page of several lists, one a tab; each is made and asked when it is first looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from ui.lists.pane import under_head
from ui.overrides import override
from ui.shell.pages import Page
from ui.wayfinding import Place
from ui.widgets.choices import Tabs
from ui.widgets.layouts import holder, row
from ui.widgets.parts import page_head
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QLayout

    from ui.bus import Changes
    from ui.context import AppContext
    from ui.shell.pages import Command
    from ui.widgets.choices import OneOf
    from ui.widgets.layouts import Box


class TabBody(Protocol):
    """What a tab holds: a widget. `ListPane` is one."""

    @property
    def own_tools(self) -> QLayout: ...

    def refresh(self, year: int) -> None: ...

    def arrange(self, ems: float) -> None: ...

    def show_place(self, place: Place) -> None: ...

    def commands(self) -> Sequence[Command]: ...


@dataclass(frozen=True)
class TabSpec:
    """One tab.

    Attributes:
        words: its name.
        tables: the recorded tables whose records it shows.
        make: makes its widget, a `TabBody`; import the module in here.
    """

    words: str
    tables: tuple[str, ...]
    make: Callable[[AppContext], TabBody]


@runtime_checkable
class Starting(Protocol):
    """A tab's widget that knows where the keyboard begins in it."""

    def start(self) -> None: ...


class TabStack(QStackedWidget):
    """The tabs' widgets, one in view. Given the keyboard, it hands it on to that one."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("first")

    @override
    def hasHeightForWidth(self) -> bool:
        """No: it takes what the page has left, and the tabs out of view need not be asked."""
        return False

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.hand_on()

    def hand_on(self) -> None:
        """Let the one in view have the keyboard."""
        body: object = self.currentWidget()
        if isinstance(body, Starting):
            body.start()


class TabbedPage(Page):
    """Head, tabs, and below them the tab's list.

    Args:
        context: the shared things.
        title: the page's name.
        tabs: its tabs.
    """

    def __init__(self, context: AppContext, title: str, tabs: Sequence[TabSpec]) -> None:
        super().__init__(context)
        self._specs = tuple(tabs)
        self._bodies: dict[int, TabBody] = {}
        self._stale: set[int] = set()
        self._year: int | None = None
        self._ems = 100.0
        self.context_line = Label("", "body", "muted", wrap=True)
        self._tools = QStackedWidget()
        self._tools.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.tabs = self.make_tabs()
        self._stack = TabStack()
        self.setLayout(self.laid_out(page_head(title, self.context_line, self._tools), self._stack))
        self.tabs.chosen.connect(self.show_tab)
        self._next_turn = QTimer(self)
        self._next_turn.setSingleShot(True)
        self._next_turn.timeout.connect(self._show_current)

    def make_tabs(self) -> OneOf:
        """What one chooses a tab with; a page may have something else than a line of words."""
        return Tabs([(tab.words, 0) for tab in self._specs])

    def laid_out(self, head: Box, stack: QWidget) -> QLayout:
        """Where head, tabs and the tab's widget stand."""
        return under_head(head, stack, self.tabs, gap=14)

    def body(self, number: int) -> TabBody:
        """A tab's widget, made if need be."""
        if number not in self._bodies:
            made = self._specs[number].make(self.context)
            if not isinstance(made, QWidget):
                raise TypeError(f"{self._specs[number].words} is no widget")
            self._bodies[number] = made
            made.arrange(self._ems)
            self._stale.add(number)
        return self._bodies[number]

    def current(self) -> TabBody:
        """The tab in view."""
        return self.body(self.tabs.current())

    def show_tab(self, number: int) -> None:
        """Bring a tab into view."""
        self._next_turn.stop()
        self.tabs.choose(number)
        at = self._place_of(number)
        self._stack.setCurrentIndex(at)
        self._tools.setCurrentIndex(at)
        if self._stack.hasFocus():  # it got the keyboard before there was anything to hand it on to
            self._stack.hand_on()
        self._ask()
        self.filled.emit()

    @override
    def refresh(self, year: int) -> None:
        self._year = year
        self._stale.update(self._bodies)
        number = self.tabs.current()
        if number in self._bodies:
            self.show_tab(number)
        else:  # most of a page is its first list: that it is made is enough for one turn
            self.body(number)
            self._next_turn.start(0)

    @override
    def concerned(self, changes: Changes) -> bool:
        return bool(changes.rows)

    @override
    def arrange(self, ems: float) -> None:
        self._ems = ems
        for body in self._bodies.values():
            body.arrange(ems)

    @override
    def go_to(self, record: object) -> None:
        if not isinstance(record, Place):
            return
        number = next((n for n, tab in enumerate(self._specs) if record.table in tab.tables), None)
        if number is not None:
            self.show_tab(number)
            self._bodies[number].show_place(record)

    @override
    def commands(self) -> Sequence[Command]:
        return self.current().commands()

    @Slot()
    def _show_current(self) -> None:
        self.show_tab(self.tabs.current())

    def _place_of(self, number: int) -> int:
        """Where a tab's widget stands in the stack; put there if need be."""
        body = self.body(number)
        widget = cast("QWidget", body)
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
            self._tools.addWidget(holder(row(1, body.own_tools)))
        return self._stack.indexOf(widget)

    def _ask(self) -> None:
        number = self.tabs.current()
        if self._year is not None and number in self._stale:
            self._stale.discard(number)
            self._bodies[number].refresh(self._year)
