"""The resource bank in the real window: every word fits, every control has a name, on every tab."""

from __future__ import annotations

import pytest

from tests.e2e.driver import Driver
from tests.ui.looks import clipped, nameless, out_of_order
from ui.pages.bank.items import ItemsPane
from ui.settings import ThemeChoice

pytestmark = pytest.mark.timeout(300)
TABS = 6


def settled(driver: Driver, number: int) -> None:
    """A tab shows its answer, and its panel too."""
    page = driver.shell.host.page("bank")
    page.show_tab(number)
    body = page.body(number)
    if number == 2:
        driver.until(lambda: body.found is not None)
    else:
        driver.until(lambda: bool(body.records()))
    if isinstance(body, ItemsPane):
        driver.until(lambda: body.panel.detail is not None)
    for _ in range(3):
        driver.start.window.repaint()
        driver.qtbot.wait(1)


@pytest.mark.parametrize(
    ("theme", "size"), [(ThemeChoice.LIGHT, (1366, 768)), (ThemeChoice.DARK, (1093, 614))]
)
def test_every_word_fits_at_every_text_size(make_window, sample, theme, size):
    driver = make_window(sample, theme=theme, size=size)
    driver.until_home()
    driver.go("bank")
    for scale in (1.0, 1.25, 1.5):
        driver.context.settings.text_size = scale
        driver.start.assembly.look.apply()
        for number in range(TABS):
            settled(driver, number)
            assert clipped(driver.start.window) == [], (number, theme, size, scale)
            assert nameless(driver.start.window) == [], (number, theme, size, scale)


def test_tab_goes_down_the_page(on_sample):
    on_sample.go("bank")
    for number in range(TABS):
        settled(on_sample, number)
        assert out_of_order(on_sample.start.window) == [], number


def test_an_item_with_everything_fits_its_panel(on_sample):
    on_sample.go("bank")
    settled(on_sample, 0)
    items = on_sample.shell.host.page("bank").body(0)
    for code in ("KIT-09", "KIT-07", "QE-06", "PLAN-01", "KIT-05"):
        row = items.coded(code)
        items.go_to(row.id)
        on_sample.until(
            lambda row=row: items.panel.detail is not None and items.panel.detail.row.id == row.id
        )
        for _ in range(3):
            on_sample.start.window.repaint()
            on_sample.qtbot.wait(1)
        assert clipped(on_sample.start.window) == [], code
