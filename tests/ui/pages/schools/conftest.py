"""The page of schools and people on real books, without threads, driven by keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from sqlmodel import select

from tests.ui.conftest import painted_once, settle
from ui.lists.segments import SeveralLists
from ui.pages.schools.page import SchoolsPage
from ui.wayfinding import Place
from ui.widgets.plain import Label

KEY = Qt.Key


class Driven:
    """The page."""

    def __init__(self, page: SchoolsPage, world, qtbot) -> None:
        self.page, self.world, self.qtbot = page, world, qtbot
        self.wanted: list[tuple[str, object]] = []
        bus = world.context.bus
        bus.changed.connect(lambda *_: page.refresh(page._year))
        bus.page_wanted.connect(lambda key, record: self.wanted.append((key, record)))

    # -- where things are

    def tab(self, number: int, segment: int = 0):
        """Bring a tab into view; its list."""
        self.page.show_tab(number)
        settle()
        body = self.page.body(number)
        if isinstance(body, SeveralLists):
            body.segments.choose(segment)
            settle()
            return body.current()
        return body

    @property
    def schools(self):
        return self.page.schools()

    def choose(self, pane, words: str):
        """Choose the one record of a list whose title has these words; its panel says all of it."""
        found = [one for one in pane.records() if words in pane.spec.title(one)]
        assert len(found) == 1, found
        pane.go_to(pane.spec.identity(found[0]))
        settle()
        self.whole(pane)
        return pane.current()

    def whole(self, pane) -> None:
        """Wait until the panel of a list has been told everything."""
        if hasattr(pane.detail, "detail"):
            record = pane.current()
            self.qtbot.waitUntil(
                lambda: pane.detail.detail is not None and pane.detail.detail.row.id == record.id
            )
            settle()

    def go(self, table: str, record_id: int, task: str = "") -> None:
        self.page.go_to(Place(table, record_id, task))
        settle()

    # -- what one does

    def key(self, pane, keys: str) -> None:
        """Press keys in a list; without a screen nobody wakes its window when a dialog closes."""
        pane.window().activateWindow()
        settle()
        pane.start()
        QTest.keySequence(QApplication.focusWidget() or pane, keys)
        settle()

    def press(self, widget, words: str) -> None:
        """Click the one button with these words."""
        found = [one for one in widget.findChildren(QPushButton) if one.isVisible() and one.text() == words]
        assert len(found) == 1, self.buttons(widget)
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
        settle()

    def buttons(self, widget) -> list[str]:
        return [one.text() for one in widget.findChildren(QPushButton) if one.isVisible()]

    def dialog(self, kind=QDialog):
        """The one dialog of a kind that is open."""
        settle()
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        assert len(found) == 1, found
        return found[0]

    def none_open(self, kind=QDialog) -> bool:
        settle()
        return not any(isinstance(w, kind) and w.isVisible() for w in QApplication.topLevelWidgets())

    def type_in(self, field, text: str) -> None:
        """Type into a field in place of what is there."""
        field.setFocus()
        QTest.keySequence(field, "Ctrl+A")
        QTest.keyClicks(field, text)
        settle()

    def save(self, dialog) -> None:
        """Press Ctrl+Return, which saves any form."""
        QTest.keyClick(dialog, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle()

    def words(self, widget) -> str:
        """Everything that a part of the page says."""
        return "\n".join(one.text() for one in widget.findChildren(Label) if one.isVisible())

    def offered(self, pane) -> list[str]:
        """What can be done in a list now, in words."""
        return [one.words for one in pane.commands()]

    # -- what is in the book

    def rows(self, record) -> list:
        return self.world.ask(lambda session: [row.model_copy() for row in session.exec(select(record))])

    def undo(self) -> None:
        self.world.book.undo()
        settle()


@pytest.fixture
def make_schools(on_book, qtbot):
    """Opens the page: `make_schools()` on the sample, `make_schools(empty=True)` on an empty book."""

    def make(*, empty: bool = False, year: int = 2024) -> Driven:
        world = on_book(empty=empty)
        page = SchoolsPage(world.context)
        painted_once(qtbot, page)
        page.resize(1150, 660)
        page.arrange(105)
        with qtbot.waitActive(page):
            page.show()
        driven = Driven(page, world, qtbot)
        page.refresh(year)
        settle()
        return driven

    return make


@pytest.fixture
def schools(make_schools) -> Driven:
    return make_schools()
