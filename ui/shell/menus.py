"""The menu bar, built from the action table, the pages there are, and the books opened before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ui import theme
from ui.shell import actions
from ui.shell.actions import Action, ActionTable
from ui.widgets.plain import literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.settings import RecentFile
    from ui.shell.pages import PageSpec


class Menus(QObject):
    """Fills a menu bar and keeps it up to date.

    Attributes:
        page_chosen: a page was chosen from Go: (its key,).
        recent_chosen: a book opened before was chosen: (path,).
    """

    page_chosen = Signal(str)
    recent_chosen = Signal(object)

    def __init__(self, window: QWidget, bar: QMenuBar, table: ActionTable, pages: Sequence[PageSpec]) -> None:
        super().__init__(window)
        self._bar, self._pages = bar, [self._page_action(window, n, page) for n, page in enumerate(pages, 1)]
        self._recent = QMenu("Open &recent")
        self._close = table[Action.CLOSE]
        for name in actions.MENUS:
            menu = bar.addMenu(name)
            menu.setToolTipsVisible(True)
            if name == actions.FILE:
                self._file = menu
            if name == actions.GO:
                menu.addActions(self._pages)
            for spec, action in table.menu(name):
                if spec.apart:
                    menu.addSeparator()
                menu.addAction(action)
                if spec.action is Action.OPEN:
                    menu.addMenu(self._recent)
        self.dress()

    def add_papers(self, papers: QMenu) -> None:
        """Put the papers into File, before what leaves the file."""
        self._file.insertMenu(self._close, papers)
        self._file.insertSeparator(self._close)

    def dress(self) -> None:
        """Take the bar's font from the theme."""
        self._bar.setFont(theme.now().font("caption"))

    def show_recent(self, files: Sequence[RecentFile]) -> None:
        """List the books opened before."""
        self._recent.clear()
        for entry in files:
            made = QAction(literal(f"{entry.name} · {entry.path.name}"), self._recent)
            made.setData(entry.path)
            made.triggered.connect(self._on_recent)
            self._recent.addAction(made)
        self._recent.setEnabled(bool(files))

    def enable_pages(self, on: bool) -> None:
        """Pages can be gone to while a file is open."""
        for action in self._pages:
            action.setEnabled(on)

    def _page_action(self, window: QWidget, number: int, page: PageSpec) -> QAction:
        made = QAction(literal(page.title), window)
        made.setData(page.key)
        if number <= 9:
            made.setShortcut(QKeySequence(f"Ctrl+{number}"))
        made.triggered.connect(self._on_page)
        window.addAction(made)
        return made

    def _on_page(self) -> None:
        made = self.sender()
        if isinstance(made, QAction):
            self.page_chosen.emit(made.data())

    def _on_recent(self) -> None:
        made = self.sender()
        if isinstance(made, QAction):
            self.recent_chosen.emit(made.data())
