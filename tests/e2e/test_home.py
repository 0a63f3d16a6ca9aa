"""Home on a real file: the figures of `summary`, whatever is done to the window."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import update

from models import tables as t
from models.formats import pounds
from tests.e2e.driver import Driver
from tests.ui.looks import clipped, nameless, out_of_order
from ui.desk import year_summary
from ui.look import Look
from ui.settings import SCALES, ThemeChoice
from ui.shell.actions import Action

pytestmark = pytest.mark.timeout(240)


def shown_and_asked(driver: Driver, year: int):
    asked, _ = driver.ask(lambda store: year_summary(store, year))
    return driver.until_home(year).figures(), asked


@pytest.mark.parametrize("year", [2023, 2024])
def test_home_shows_the_figures_of_the_summary(on_sample, year):
    on_sample.shell.show_year(year)

    shown, now = shown_and_asked(on_sample, year)

    assert shown == {
        "Schools taking part": str(now.schools_in_year),
        "Meetings in school time": f"{now.meetings.counted} of {now.meetings.minimum}",
        "Attendance": now.attendance.percent,
        "Release money used": pounds(now.allowance_p - now.allowance_left_p),
        "People in CPD": str(now.cpd.people),
        "Cluster pot": pounds(now.pot.closing_p),
    }


def test_the_two_years_of_the_sample_differ(on_sample):
    this = dict(on_sample.home.figures())

    on_sample.do(Action.YEAR_BEFORE)

    assert on_sample.until_home(2023).figures() != this


def test_a_year_that_has_not_begun_shows_no_figures(on_sample):
    on_sample.shell.show_year(2025)

    assert on_sample.until_home(2025).figures() == {}


def test_a_window_left_open_overnight_says_what_is_so_the_next_day(make_window, sample):
    day = [dt.date(2025, 6, 20)]
    driver = make_window(sample, today=lambda: day[0])
    driver.until_home()
    driver.book.change("Live", lambda session: session.execute(update(t.Cluster).values(sample_today=None)))
    driver.until(lambda: driver.book.undo_name == "Live" and driver.home.facts().today == day[0])
    waiting = len(driver.home.facts().todo)

    day[0] = dt.date(2025, 7, 14)
    driver.start.assembly.writer.timeout.emit()

    driver.until(lambda: driver.home.facts().today == day[0])
    assert len(driver.home.facts().todo) > waiting


def test_charts_say_in_words_what_they_show(on_sample):
    meetings, release, pot = on_sample.home.charts()

    assert meetings.accessibleDescription().startswith("Schools present at 7 meetings")
    assert "£500" in release.accessibleDescription()
    assert "Closing balance" in pot.accessibleDescription()


def test_open_pack_leads_to_the_review_pack(on_sample):
    on_sample.home.findChild(object, "first").click()

    assert on_sample.shell.host.current_key == "pack"


def test_what_waits_leads_only_to_pages_that_exist(on_sample):
    from ui.pages.home.words import way_of
    from ui.widgets.parts import TodoLine

    lines = [line for line in on_sample.home.findChildren(TodoLine) if line.isVisible()]
    todo = on_sample.home.facts().todo[: len(lines)]
    wanted = []
    on_sample.context.bus.page_wanted.connect(lambda page, _place: wanted.append(page))

    assert lines
    for line, what in zip(lines, todo, strict=True):
        if way_of(what).page not in on_sample.shell.host._specs:
            with pytest.raises(LookupError):
                line.button()
            continue
        line.button().click()
        assert wanted[-1] == way_of(what).page
        assert on_sample.shell.host.current_key == wanted[-1]


@pytest.mark.parametrize("page", ["home", "pack"])
@pytest.mark.parametrize(
    ("theme", "size"), [(ThemeChoice.LIGHT, (1366, 768)), (ThemeChoice.DARK, (1093, 614))]
)
def test_every_word_fits_at_every_text_size(make_window, sample, page, size, theme):
    driver = make_window(sample, theme=theme, size=size)
    driver.until_home()
    driver.go(page)
    if page == "pack":
        driver.until_pack()
    look: Look = driver.start.assembly.look
    for scale in (1.0, 1.25, 1.5):
        driver.context.settings.text_size = scale
        look.apply()
        driver.until_home() if page == "home" else driver.until_pack()
        for _ in range(3):
            driver.start.window.repaint()
            driver.qtbot.wait(1)
        where = driver.start.window
        assert clipped(where) == [], (page, size, theme, scale)
        assert nameless(where) == []
    assert scale in SCALES


def test_tab_goes_down_the_page(on_sample):
    assert out_of_order(on_sample.start.window) == []
