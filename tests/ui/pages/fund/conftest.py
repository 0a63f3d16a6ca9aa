"""The fund page on real books, without threads, in the user's words."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from models.services import approvals, fund, records
from models.words import ApprovalKind, Direction, EntryState, Heading
from tests.ui.conftest import painted_once, settle
from ui.pages.fund.page import FundPage
from ui.wayfinding import Place
from ui.widgets.plain import Label

POT, TIME, ADMIN, LANTERN = 1, 2, 3, 4  # the funds of the sample


class Driven:
    """The page."""

    def __init__(self, page: FundPage, world) -> None:
        self.page, self.world = page, world
        self.wanted: list[tuple[str, object]] = []
        self.years: list[int] = []
        bus = world.context.bus
        bus.changed.connect(lambda *_: page.refresh(page._year))
        bus.page_wanted.connect(lambda key, record: self.wanted.append((key, record)))
        bus.year_wanted.connect(self.show_year)

    def show_year(self, year: int) -> None:
        self.years.append(year)
        self.page.refresh(year)
        settle()

    def tab(self, number: int):
        """Bring a tab into view; its list."""
        self.page.show_tab(number)
        settle()
        body = self.page.current()
        return getattr(body, "pane", body)

    def go(self, table: str, record_id: int, task: str = "") -> None:
        self.page.go_to(Place(table, record_id, task))
        settle()

    def form(self, kind):
        """The one form of a kind that is open."""
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

    def buttons(self, widget) -> list[str]:
        return [one.text() for one in widget.findChildren(QPushButton) if one.isVisible()]

    def press(self, widget, words: str) -> None:
        """Press the button with these words."""
        button = next(
            one for one in widget.findChildren(QPushButton) if one.isVisible() and one.text() == words
        )
        button.click()
        settle()

    def key(self, widget, keys: str) -> None:
        """Press keys in a part of the page; without a screen nobody wakes its window when a form closes."""
        widget.window().activateWindow()
        settle()
        widget.setFocus()
        QTest.keySequence(widget, keys)
        settle()

    def kept(self, table: str, record_id: int) -> dict:
        return self.world.ask(lambda session: dict(records.kept(session, table, record_id).values))

    def half_a_day(self, **more) -> int:
        """Extra organisational time of £75, planned for 10 June 2025."""
        values = {
            "fund_id": POT,
            "on": dt.date(2025, 6, 10),
            "direction": Direction.OUT,
            "heading": Heading.EXTRA_TIME,
            "description": "Half a day on the report",
            "amount_p": 75_00,
            "state": EntryState.PLANNED,
        }
        return self.world.change("Plan", lambda session: fund.enter(session, {**values, **more}))

    def question(self, entry_id: int) -> int:
        """The question that it waits for."""
        values = {
            "kind": ApprovalKind.EXTRA_TIME,
            "asked_on": dt.date(2025, 6, 12),
            "question": "Half a day more?",
            "amount_p": 75_00,
        }
        return self.world.change("Ask", lambda session: approvals.ask(session, values, entry_id))


@pytest.fixture
def make_fund(on_book, qtbot):
    """Opens the page: `make_fund()` on the sample, `make_fund(empty=True)` on an empty book."""

    def make(*, empty: bool = False, year: int = 2024) -> Driven:
        world = on_book(empty=empty)
        page = FundPage(world.context)
        painted_once(qtbot, page)
        page.resize(1150, 660)
        page.arrange(105)
        with qtbot.waitActive(page):
            page.show()
        driven = Driven(page, world)
        page.refresh(year)
        settle()
        return driven

    return make


@pytest.fixture
def money(make_fund) -> Driven:
    return make_fund()
