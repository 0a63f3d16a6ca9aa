"""A window with doors of paper and pages that say their name, in a folder of its own."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests import books
from tests.ui.doubles import HeardMessages, PaperDoors, SpotTasks, around, pages
from tests.ui.real import RealWorld
from ui.app import Parts, Start
from ui.settings import RecentFile, Settings, ThemeChoice
from ui.shell.assembly import Assembly
from ui.shell.window import Shell
from ui.theme import Theme, installed_families, now

LAPTOP = (1366, 768)


@dataclass
class World:
    """One window and what stands behind it."""

    start: Start
    doors: PaperDoors
    folder: Path
    heard: HeardMessages

    @property
    def assembly(self) -> Assembly:
        return self.start.assembly

    @property
    def shell(self) -> Shell:
        return self.assembly.shell

    @property
    def book(self):
        return self.assembly.context.book

    @property
    def context(self):
        return self.assembly.context


def settle() -> None:
    """Let everything that waits in the event queue happen, deletions included."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def _paint(page: QWidget) -> None:
    page.setUpdatesEnabled(True)
    settle()


def painted_once(qtbot, page: QWidget) -> None:
    """A test's page, to be closed after it. It is painted as it is at the end, not at every step.

    Painting each step is a quarter of the time. What must be seen on the way says `setUpdatesEnabled(True)`.
    """
    page.setUpdatesEnabled(False)
    qtbot.addWidget(page, before_close_func=_paint)


@pytest.fixture
def dressed(qapp):
    """The application in the light theme at 100 %, for widgets on their own."""
    theme = Theme(families=installed_families())
    if now() == theme and qapp.styleSheet() == theme.style_sheet():
        return now()
    theme.apply(qapp)
    return theme


@pytest.fixture
def make_world(qapp, qtbot, tmp_path):
    """Opens windows: on a file of that name, or on the welcome screen."""
    made: list[World] = []

    def make(
        file="",
        theme=ThemeChoice.LIGHT,
        scale=1.0,
        size=LAPTOP,
        tasks=None,
        prepare=None,
        warm=lambda: None,
        warm_here=lambda: iter(()),
        warm_last=lambda: None,
    ) -> World:
        settings = Settings(tmp_path / "settings.ini")
        settings.theme, settings.text_size = theme, scale
        if prepare is not None:
            prepare(settings)
        settings.save()
        doors = PaperDoors()
        parts = Parts(doors.doors(), pages(), warm, warm_here, warm_last)
        hook = sys.excepthook  # pytest-qt's: an error in a slot must fail the test, not open a dialog
        start = Start(
            qapp, around(tmp_path), tmp_path / file if file else None, lambda: parts, tasks or SpotTasks()
        )
        start.show()
        if size is not None:
            start.window.showNormal()  # on a screen this small it starts maximised
            start.window.resize(*size)
        qtbot.waitUntil(lambda: start.assembly is not None)
        sys.excepthook = hook
        world = World(start, doors, tmp_path, HeardMessages(start.assembly.context.messages))
        made.append(world)
        settle()
        return world

    yield make
    for world in made:
        world.start.window.close()
        world.start.finish()
        world.start.window.deleteLater()
    settle()


@pytest.fixture
def world(make_world):
    """A window on a book."""
    return make_world("Tidewater 2024.clusterbook")


@pytest.fixture
def welcome(make_world):
    """A window with no book."""
    return make_world()


@pytest.fixture
def recent(tmp_path):
    """Two books opened before: one that is there, one that is not, with names of every kind."""
    there = tmp_path / "Tidewater 2024.clusterbook"
    there.touch()
    day = dt.date(2025, 2, 27)
    return (
        RecentFile(
            tmp_path / "gone" / "north.clusterbook", "Northfields Science Cluster & partners", "", day
        ),
        RecentFile(there, "Tidewater Cluster", "8 schools · year 1 of 2", day),
    )


@pytest.fixture
def on_book(dressed, tmp_path, monkeypatch):  # noqa: ARG001  # the theme must be there first
    """Opens real books for pages on their own: `on_book()` the sample, `on_book(empty=True)` an empty one."""
    made: list[RealWorld] = []
    monkeypatch.setenv("CLUSTERBOOK_DATA", str(tmp_path / "data"))  # copies of one book share their backups

    def make(*, empty: bool = False) -> RealWorld:
        backups = tmp_path / "data" / "backups"
        file = tmp_path / "Empty.clusterbook" if empty else books.settled_copy(tmp_path, backups)
        made.append(RealWorld(tmp_path, file))
        return made[-1]

    yield make
    settle()
    for world in made:
        world.close()
