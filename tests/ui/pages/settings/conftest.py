"""The page Settings on real books, without threads."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import painted_once, settle
from ui.dialogs.plain import QuestionDialog
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.sections import SECTIONS

KEYS = [section.key for section in SECTIONS]


class Driven:
    """The page, in the user's words."""

    def __init__(self, page: SettingsPage, world) -> None:
        self.page, self.world = page, world

    def section(self, key: str):
        """Bring a section into view."""
        self.page.show_tab(KEYS.index(key))
        settle()
        return self.page.current()

    def dialog(self, kind):
        """The one dialog of a kind that is open."""
        settle()
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        assert len(found) == 1, found
        return found[0]

    def none_open(self, kind) -> bool:
        settle()
        return not any(isinstance(w, kind) and w.isVisible() for w in QApplication.topLevelWidgets())

    def answer_yes(self) -> str:
        """Answer the question that is open; its text."""
        question = self.dialog(QuestionDialog)
        text = question.words
        question.accept()
        settle()
        return text


@pytest.fixture
def make_settings(on_book, qtbot):
    """Opens the page: `make_settings()` on the sample, `make_settings(empty=True)` on an empty book."""

    def make(*, empty: bool = False, year: int = 2024) -> Driven:
        world = on_book(empty=empty)
        page = SettingsPage(world.context)
        painted_once(qtbot, page)
        page.resize(1150, 660)
        page.arrange(105)
        with qtbot.waitActive(page):
            page.show()
        page.refresh(year)
        world.context.bus.changed.connect(lambda *_: page.refresh(year))
        world.context.book.opened.connect(lambda *_: page.refresh(year))
        settle()
        return Driven(page, world)

    return make


@pytest.fixture
def settings(make_settings) -> Driven:
    """The page on the sample."""
    return make_settings()
