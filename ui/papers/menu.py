"""How a paper is reached: the button of a list or a record, the menu of the window, quick find."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ui.icons import Icon
from ui.widgets.buttons import Button
from ui.widgets.plain import literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext
    from ui.papers.registry import PaperUse
    from ui.shell.pages import Command


def _none() -> int:
    return 0


class PapersButton(Button):
    """`Papers`: what can be printed of the record in view, each line opening its window.

    Args:
        context: the shared things.
        table: the record's table.
        current: says which record is in view; 0 for none.
    """

    def __init__(self, context: AppContext, table: str, current: Callable[[], int] = _none) -> None:
        super().__init__("Papers", icon=Icon.PRINT, tip="Papers to print or save (Alt+P)")
        from ui.papers.registry import papers_for

        self._context, self._table, self._current = context, table, current
        self._uses = papers_for(table)
        self._menu = QMenu(self)
        for use in self._uses:
            action = QAction(literal(f"{use.title}…"), self._menu)
            action.triggered.connect(partial(self.open_paper, use))
            self._menu.addAction(action)
        self.setMenu(self._menu)
        if not self._uses:
            self.hide()  # and never shown here: without a parent yet it would be a window of its own

    def open_paper(self, use: PaperUse, *_: object) -> None:
        """Open the window of one paper."""
        from ui.papers.window import open_paper

        open_paper(self._context, self, use.key, self._current() if use.of == self._table else 0)


class PapersMenu(QMenu):
    """All papers, by use. Filled when it is first opened: nothing of reports is imported before.

    Args:
        context: the shared things.
        owner: the widget whose window the papers' windows belong to.
    """

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__("&Papers", owner)
        self._context, self._owner = context, owner
        self.aboutToShow.connect(self._fill)
        here = QAction(owner)
        here.setShortcut("Alt+P")
        here.triggered.connect(self.open_here)
        owner.addAction(here)

    def open_here(self, *_: object) -> None:
        """Open the papers of what has the keyboard; where it has none, all of them."""
        if not self._context.book.is_open():
            return
        shown = [one for one in self._owner.findChildren(PapersButton) if one.isVisible()]
        if shown:
            min(shown, key=_far_from_keyboard).showMenu()
        else:
            self.popup(self._owner.mapToGlobal(self._owner.rect().topLeft()))

    def commands(self) -> list[Command]:
        """The same for quick find."""
        from ui.papers.registry import USES
        from ui.shell.pages import Command

        if not self._context.book.is_open():
            return []
        return [Command(print_words(use), "", partial(self._open, use.key)) for use in USES]

    def _fill(self) -> None:
        if self.actions():
            return
        from ui.papers.registry import Use, of_use

        for use in Use:
            if self.actions():
                self.addSeparator()
            for one in of_use(use):
                action = self.addAction(literal(f"{one.title}…"))
                action.triggered.connect(partial(self._open, one.key))

    def _open(self, key: str, *_: object) -> None:
        from ui.papers.window import open_paper

        open_paper(self._context, self._owner, key)


def _far_from_keyboard(button: PapersButton) -> int:
    """How many steps up from what has the keyboard the first thing is that holds the button too."""
    window = button.window()
    at = cast("QWidget | None", window.focusWidget())  # Qt may have none
    steps = 0
    while at is not None and at is not window and not at.isAncestorOf(button):
        steps, at = steps + 1, at.parentWidget()
    return steps


def print_words(use: PaperUse) -> str:
    """`Print sign-in sheet`, `Print CPD recharge notes`."""
    title = use.title
    return f"Print {title if title[:2].isupper() else title[:1].lower() + title[1:]}"
