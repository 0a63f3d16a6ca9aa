"""The meetings page on the real sample, without the frame and without threads."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from sqlmodel import select

from models import tables as t
from models.services import meetings, records
from models.words import AttendanceCode
from tests.ui.conftest import painted_once, settle
from ui.pages.meetings.page import MeetingsPage
from ui.wayfinding import Place

PAGES = frozenset({"home", "meetings", "claims"})


class Desk:
    """The page, and what a person does at it."""

    def __init__(self, world, page: MeetingsPage, year: int) -> None:
        self.world, self.page, self.year = world, page, year
        self.wanted: list[tuple[str, object]] = []
        world.context.bus.page_wanted.connect(lambda key, place: self.wanted.append((key, place)))

    # -- the book

    def rows(self, record: type[t.Record]) -> list[t.Record]:
        return self.world.ask(lambda session: list(session.exec(select(record).order_by("id"))))

    def row(self, record: type[t.Record], row_id: int) -> dict:
        name = str(record.__tablename__)
        return dict(self.world.ask(lambda session: records.kept(session, name, row_id)).values)

    def marks(self, meeting_id: int) -> dict[str, AttendanceCode]:
        """The marks of a meeting by name; a school's own under the name of the school."""
        people = {row.id: row.name for row in self.rows(t.Person)}
        schools = {row.id: row.name for row in self.rows(t.School)}
        return {
            people[row.person_id] if row.person_id else schools[row.school_id]: row.code
            for row in self.rows(t.Attendance)
            if row.meeting_id == meeting_id
        }

    def plan(self, day: dt.date = dt.date(2025, 6, 19), **values) -> int:
        """Plan a full cluster meeting: yesterday, as the sample has it."""
        known = {
            "title": "Sound and hearing",
            "held_on": day,
            "starts_at": dt.time(13, 15),
            "ends_at": dt.time(15, 30),
        }
        made = self.world.change("Plan", lambda session: meetings.plan(session, {**known, **values}))
        settle()
        return made

    # -- the page

    def go(self, table: str, record_id: int, task: str = "") -> None:
        self.page.go_to(Place(table, record_id, task))
        settle()

    def tab(self, number: int) -> None:
        self.page.meeting.tabs.choose(number)
        settle()

    @property
    def detail(self):
        return self.page.meeting.detail()

    @property
    def register(self):
        return self.page.meeting.register

    def keys(self, *keys: str) -> None:
        """Press keys where the keyboard is."""
        if QApplication.activeWindow() is None:  # a closed dialog leaves none active here
            self.page.activateWindow()
            settle()
        for one in keys:
            where = (
                QApplication.focusWidget() or self.page.focusWidget()
            )  # a closed dialog leaves none active
            assert where is not None, "nothing has the keyboard"
            QTest.keySequence(where, one)
        settle()

    def press(self, words: str, root=None) -> None:
        """Click the one button that can be seen with these words."""
        found = [
            one
            for one in (root or self.page).findChildren(QPushButton)
            if one.isVisible() and one.text().replace("&&", "&") == words
        ]
        assert len(found) == 1, (words, found)
        found[0].click()
        settle()

    def action(self, words: str) -> QAction:
        """An action of the page by its words."""
        return next(one for one in self.page.findChildren(QAction) if one.text().rstrip("…") == words)

    def dialog(self, kind: type[QDialog] = QDialog) -> QDialog:
        settle()
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        assert len(found) == 1, found
        return found[0]

    def no_dialog(self) -> bool:
        settle()
        return not any(isinstance(w, QDialog) and w.isVisible() for w in QApplication.topLevelWidgets())


@pytest.fixture
def make_desk(on_book, qtbot, tmp_path):
    def make(*, empty: bool = False, year: int = 2024) -> Desk:
        world = on_book(empty=empty)
        page = MeetingsPage(world.context, PAGES, tmp_path / "opened")
        painted_once(qtbot, page)
        desk = Desk(world, page, year)
        world.context.bus.changed.connect(
            lambda changes, _by: page.concerned(changes) and page.refresh(desk.year)
        )

        def other(wanted: int) -> None:
            desk.year = wanted
            page.refresh(wanted)

        world.context.bus.year_wanted.connect(other)
        page.resize(1150, 690)
        page.arrange(105)
        page.show()
        page.activateWindow()
        page.refresh(year)
        settle()
        return desk

    return make


@pytest.fixture
def desk(make_desk):
    """The page on the sample, in 2024 to 2025."""
    return make_desk()
