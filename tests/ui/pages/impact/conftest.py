"""The impact page on real books, without threads, driven as a person does."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from models.services import records
from tests.ui.conftest import painted_once, settle
from ui.lists.segments import SeveralLists
from ui.pages.impact.page import ImpactPage
from ui.wayfinding import Place
from ui.widgets.lines import LineButton
from ui.widgets.plain import Label


class Driven:
    """The page."""

    def __init__(self, page: ImpactPage, world) -> None:
        self.page, self.world = page, world
        self.wanted: list[tuple[str, Place]] = []
        bus = world.context.bus
        bus.changed.connect(lambda *_: page.refresh(page._year))
        bus.page_wanted.connect(lambda key, place: self.wanted.append((key, place)))
        bus.year_wanted.connect(self.show_year)

    def show_year(self, year: int) -> None:
        self.page.refresh(year)
        settle()

    def tab(self, number: int, part: int = 0):
        """Bring a tab, and a part of it, into view."""
        self.page.show_tab(number)
        body = self.page.body(number)
        if isinstance(body, SeveralLists):
            body.segments.choose(part)
            body = body.pane(part)
        settle()
        return body

    def go(self, table: str, record_id: int = 0, task: str = "") -> None:
        self.page.go_to(Place(table, record_id, task))
        settle()

    def choose(self, pane, title: str):
        """Choose the line with this title; its record."""
        record = next(one for one in pane.records() if pane.spec.title(one) == title)
        pane.go_to(pane.spec.identity(record))
        settle()
        return pane.current()

    def form(self, kind):
        """The one window of a kind that is open."""
        settle()
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        assert len(found) == 1, found
        return found[0]

    def none_open(self, kind) -> bool:
        settle()
        return not any(isinstance(w, kind) and w.isVisible() for w in QApplication.topLevelWidgets())

    def words(self, widget) -> str:
        """Everything that a part of the page says."""
        return "\n".join(one.text() for one in widget.findChildren(Label) if one.isVisible())

    def press(self, widget, words: str) -> None:
        """Press the button with these words."""
        button = next(
            one for one in widget.findChildren(QPushButton) if one.isVisible() and one.text() == words
        )
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()

    def follow(self, widget, words: str) -> Place:
        """Click the line with these words; where it leads."""
        line = next(
            one
            for one in widget.findChildren(LineButton)
            if one.isVisible() and one.accessibleName().startswith(words)
        )
        QTest.mouseClick(line, Qt.MouseButton.LeftButton)
        settle()
        return self.wanted[-1][1]

    def type_into(self, field, text: str) -> None:
        """Type into a field, in the place of what it holds."""
        field.setFocus()
        QTest.keySequence(field, "Ctrl+A")
        QTest.keyClicks(field, text)
        settle()

    def key(self, widget, keys: str) -> None:
        """Press keys in a part of the page; without a screen nobody wakes its window when a form closes."""
        widget.window().activateWindow()
        settle()
        widget.setFocus()
        QTest.keySequence(widget, keys)
        settle()

    def change(self, name: str, action) -> None:
        """Something else changes in the book."""
        self.world.change(name, action)
        settle()

    def kept(self, table: str, record_id: int) -> dict:
        return self.world.ask(lambda session: dict(records.kept(session, table, record_id).values))


@pytest.fixture
def make_impact(on_book, qtbot, tmp_path):
    """Opens the page: `make_impact()` on the sample, `make_impact(empty=True)` on an empty book."""

    def make(*, empty: bool = False) -> Driven:
        world = on_book(empty=empty)
        page = ImpactPage(world.context, tmp_path / "opened")
        painted_once(qtbot, page)
        page.resize(1154, 668)
        page.arrange(105)
        with qtbot.waitActive(page):
            page.show()
        driven = Driven(page, world)
        page.refresh(2024)
        settle()
        return driven

    return make


@pytest.fixture
def impact(make_impact) -> Driven:
    return make_impact()


@pytest.fixture
def photograph(tmp_path):
    """A photograph as a telephone makes it, held upright, with its make noted in it."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Pear Phone", 6
    path = tmp_path / "IMG_2041.jpg"
    whole = io.BytesIO()
    Image.new("RGB", (1600, 1200), "teal").save(whole, "JPEG", exif=exif)
    path.write_bytes(whole.getvalue())
    return path
