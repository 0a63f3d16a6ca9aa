"""Drives the real window on a real file in the user's words, with threads as in life."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from tests.ui.conftest import settle
from ui import composition
from ui.app import Start, Surroundings
from ui.pages.home.page import HomePage
from ui.pages.pack.page import PackPage
from ui.pages.pack.pane import PackPane
from ui.settings import Settings, ThemeChoice
from ui.shell.actions import Action
from ui.shell.window import Shell

PATIENCE_MS = 60_000  # by the clock of a busy machine; every wait ends as soon as its condition holds
LAPTOP = (1366, 768)


def world(folder: Path, today: Callable[[], dt.date] = lambda: dt.date(2025, 10, 6)) -> Surroundings:
    """A world in a folder."""
    return Surroundings(
        data=folder / "data",
        documents=folder,
        sample=folder / "data" / composition.SAMPLE_BOOK,
        today=today,
        versions=composition.versions,
    )


@dataclass
class Driver:
    """One window."""

    qtbot: object
    start: Start
    folder: Path

    @property
    def shell(self) -> Shell:
        return self.start.assembly.shell

    @property
    def context(self):
        return self.start.assembly.context

    @property
    def book(self):
        return self.context.book

    @property
    def home(self) -> HomePage:
        return self.shell.host.page("home")

    @property
    def pack_page(self) -> PackPage:
        return self.shell.host.page("pack")

    @property
    def pack(self) -> PackPane | None:
        """The tab of the pack itself; None before the page was first gone to."""
        return self.pack_page.pane if self.pack_page is not None else None

    def until(self, condition) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def until_home(self, year: int | None = None) -> HomePage:
        """Home shows a year's data, charts and all."""

        def shown() -> bool:
            page = self.shell.host.page("home")
            facts = page.facts() if page else None
            right = facts is not None and (year is None or facts.year == year)
            return right and all(chart.drawn() for chart in page.charts())

        self.until(shown)
        return self.home

    def until_pack(self) -> PackPane:
        """The pack's paper is that of the present data and options."""
        self.until(lambda: self.pack is not None and self.pack.settled())
        return self.pack

    def go(self, key: str) -> None:
        self.shell.go(key)
        self.until_turns_are_over()

    def turns_are_over(self) -> bool:
        """Nothing waits for a turn of its own, as a page does that has to be made."""
        waiting = self.start.window.findChildren(QTimer)
        return not any(one.isActive() and one.isSingleShot() and not one.interval() for one in waiting)

    def until_turns_are_over(self) -> None:
        settle()
        self.until(self.turns_are_over)

    def do(self, action: Action) -> None:
        made = self.shell.actions_table[action]
        assert made.isEnabled(), action
        made.trigger()

    def choose_file(self, path: Path) -> None:
        """Answer the system's file dialog."""
        self.until(lambda: self.dialog(QFileDialog) is not None)
        dialog = self.dialog(QFileDialog)
        dialog.fileSelected.emit(str(path))
        dialog.close()

    def dialog(self, kind: type[QDialog]) -> QDialog | None:
        """The dialog of a kind that is open over this window; one that another test left is none."""
        window = self.start.window
        found = [w for w in window.findChildren(kind) if w.isVisible()]
        return found[0] if found else None

    def answer(self, kind: type[QDialog]) -> QDialog:
        """The dialog of a kind, as soon as it is open."""
        self.until(lambda: self.dialog(kind) is not None)
        return self.dialog(kind)

    def ask(self, question):
        """Ask the open file, in its own thread."""
        got: list = []
        self.book.use(lambda store, _progress: question(store), got.append)
        self.until(lambda: bool(got))
        return got[0]

    def close(self) -> None:
        self.start.window.close()
        self.start.finish()
        self.start.window.deleteLater()
        settle()  # its dialogs go with it, and no later test meets them


def open_window(
    qapp: QApplication,
    qtbot,
    folder: Path,
    file: Path | None = None,
    *,
    theme: ThemeChoice = ThemeChoice.LIGHT,
    size: tuple[int, int] = LAPTOP,
    **more,
) -> Driver:
    """Open the window as main.py does, on a file or on the welcome screen."""
    around = world(folder, **more)
    settings = Settings(around.data / "settings.ini")
    settings.theme = theme
    settings.save()
    start = Start(qapp, around, file, lambda: composition.compose(around))
    start.show()
    start.window.resize(*size)
    driver = Driver(qtbot, start, folder)
    driver.until(lambda: start.assembly is not None)
    return driver
