"""From Home: attendance of seven schools in at most six key presses and clicks; two exceptions in ten."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from models import tables as t
from models.queries.book import Book
from models.services import meetings
from models.store import Store
from models.words import AttendanceCode, ClaimState, Happened
from tests.e2e.driver import Driver
from tests.e2e.steps import Steps
from tests.ui.looks import clipped, nameless
from ui.settings import ThemeChoice
from ui.wayfinding import Place
from ui.widgets.buttons import Button
from ui.widgets.parts import TodoLine

pytestmark = pytest.mark.timeout(240)
KEY = Qt.Key
P, S, A, N = AttendanceCode
YESTERDAY = dt.date(2025, 6, 19)
BOOKING, SLIP = 29, 22  # of CPD-04 in the sample


@pytest.fixture
def planned(make_window, sample: Path) -> Driver:
    """The sample with one more meeting, planned for yesterday."""
    store = Store.open(sample)
    with store.transaction("Plan a meeting") as (session, _):
        times = {"starts_at": dt.time(13, 15), "ends_at": dt.time(15, 30)}
        meetings.plan(session, {"title": "Sound and hearing", "held_on": YESTERDAY, **times})
    store.close()
    driver = make_window(sample)
    driver.until_home()
    return driver


def marks(driver: Driver) -> list[AttendanceCode]:
    def ask(store: Store):
        with store.read() as session:
            book = Book(session)
            (meeting,) = [row for row in book.rows(t.Meeting) if row.held_on == YESTERDAY]
            rows = [row for row in book.rows(t.Attendance) if row.meeting_id == meeting.id]
            drafts = [row for row in book.rows(t.CoverClaim) if row.meeting_id == meeting.id]
            assert {row.state for row in drafts} <= {ClaimState.DRAFT}
            return sorted(row.code for row in rows), len(drafts), meeting.status

    return driver.ask(ask)


def to_register(driver: Driver, steps: Steps):
    """Home says that a meeting has passed; its button leads into the register."""

    def lines() -> list[TodoLine]:
        found = [one for one in driver.home.findChildren(TodoLine) if one.isVisible()]
        return [one for one in found if "took place" in one.button().accessibleName()]

    if not lines():  # the list is long, and folded
        steps.click(next(b for b in driver.home.findChildren(Button) if b.words().endswith(" more")))
        driver.until(lambda: bool(lines()))
    steps.click(lines()[0].button())
    driver.until(lambda: driver.shell.host.current_key == "meetings")
    tab = driver.shell.host.page("meetings").meeting.register
    driver.until(lambda: tab.model.rowCount() == 7 and tab.grid.hasFocus())
    return tab


def saved(driver: Driver, tab) -> None:
    driver.until(lambda: not tab.model.unsaved and tab.model.register.status is Happened.HELD)


def test_seven_schools_all_released_within_six_steps_and_undone_in_one(planned: Driver):
    steps = Steps(planned)
    tab = to_register(planned, steps)
    steps.key("Ctrl+Shift+R")
    steps.key("Ctrl+Return")
    saved(planned, tab)
    assert steps.count <= 6
    assert marks(planned) == ([P] * 7, 6, Happened.HELD)

    before = steps.count
    steps.key("Ctrl+Z")
    planned.until(lambda: planned.book.redo_name == "Record attendance at M-0028")
    assert steps.count - before == 1
    assert marks(planned) == ([], 0, Happened.PLANNED)


def test_the_same_without_the_mouse(planned: Driver):
    steps = Steps(planned)
    steps.key("Ctrl+2")
    page = None

    def there() -> bool:
        nonlocal page
        page = planned.shell.host.page("meetings")
        shown = page.meeting.detail() if page is not None else None
        return shown is not None and shown.title == "Sound and hearing" and page.list.hasFocus()

    planned.until(there)
    steps.key("Alt+3")
    planned.until(lambda: page.meeting.register.model.rowCount() == 7)
    steps.key("Ctrl+Shift+R")
    steps.key("Ctrl+Return")
    saved(planned, page.meeting.register)
    assert steps.count <= 6
    assert marks(planned) == ([P] * 7, 6, Happened.HELD)


def test_two_exceptions_within_ten_steps(planned: Driver):
    steps = Steps(planned)
    tab = to_register(planned, steps)
    grid = tab.grid
    for school, key in (("Oakmantle School", KEY.Key_A), ("Quillby C of E Primary School", KEY.Key_S)):
        row = next(n for n in range(tab.model.rowCount()) if tab.model.row(n).school == school)
        steps.click(grid.viewport(), grid.visualRect(tab.model.index(row, 1)).center())
        steps.key(key)
    steps.key("Ctrl+Shift+R")
    steps.key("Ctrl+Return")
    saved(planned, tab)
    assert steps.count <= 10
    assert marks(planned) == (sorted([P] * 5 + [A, S]), 4, Happened.HELD)


def test_the_same_by_keyboard_alone_for_the_two_schools_furthest_down(planned: Driver):
    steps = Steps(planned)
    tab = to_register(planned, steps)
    steps.key("Ctrl+End")
    planned.until(lambda: tab.grid.currentIndex().row() == 6)
    tab.grid.setCurrentIndex(tab.model.index(6, 1))
    steps.key(KEY.Key_N)
    steps.key(KEY.Key_Up)
    steps.key(KEY.Key_A)
    steps.key("Ctrl+Shift+R")
    steps.key("Ctrl+Return")
    saved(planned, tab)
    assert steps.count <= 10
    assert marks(planned)[0] == sorted([P] * 5 + [A, N])


def test_a_calendar_file_is_written_for_the_year(on_sample: Driver, tmp_path: Path):
    on_sample.go("meetings")
    page = on_sample.shell.host.page("meetings")
    on_sample.until(lambda: bool(page.list.entries.entries()))
    command = next(one for one in page.commands() if one.words == "Save the year for a calendar")
    command.run()
    on_sample.choose_file(tmp_path / "year.ics")
    on_sample.until((tmp_path / "year.ics").exists)
    assert (tmp_path / "year.ics").read_bytes().count(b"BEGIN:VEVENT") == 14


@pytest.mark.parametrize(
    ("theme", "size"), [(ThemeChoice.LIGHT, (1366, 768)), (ThemeChoice.DARK, (1093, 614))]
)
def test_every_word_fits_at_every_text_size(make_window, sample: Path, size, theme):
    driver = make_window(sample, theme=theme, size=size)
    driver.until_home()
    driver.go("meetings")
    page = driver.shell.host.page("meetings")
    driver.until(lambda: bool(page.list.entries.entries()))
    for scale in (1.0, 1.25, 1.5):
        driver.context.settings.text_size = scale
        driver.start.assembly.look.apply()
        for place in (
            Place("meeting", 20, "attendance"),
            Place("meeting", 20, "next"),
            Place("cpd_session", 4),
            Place("cpd_booking", BOOKING),
            Place("cpd_evaluation", SLIP),
        ):
            page.go_to(place)
            panel = page.meeting if place.table == "meeting" else page.session
            wanted = 20 if panel is page.meeting else 4
            driver.until(lambda panel=panel, wanted=wanted: panel.detail() and panel.detail().id == wanted)
            for _ in range(3):
                driver.start.window.repaint()
                driver.qtbot.wait(20)
            assert clipped(driver.start.window) == [], (size, theme, scale, place)
            assert nameless(driver.start.window) == []
