"""Every word of the fund's page fits, every control has a name, and Tab goes down the page."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import settle
from tests.ui.looks import clipped, nameless, out_of_order
from ui.pages.fund.page import MONEY, YEARS
from ui.theme import Theme, installed_families


@pytest.mark.parametrize(
    ("width", "height", "scale", "dark"),
    [(1150, 660, 1.0, False), (1260, 620, 1.5, True), (1010, 520, 1.25, False), (1700, 980, 1.0, True)],
)
def test_every_word_fits(money, width, height, scale, dark):
    """The room that the page has in a window of 1366, 1093 and 1920 pixels."""
    theme = Theme(dark=dark, scale=scale, families=installed_families())
    theme.apply(QApplication.instance())
    money.page.resize(width, height)
    money.page.arrange(theme.ems(width + 64 if scale > 1 else width + 212))
    settle()
    for number in range(6):
        money.tab(number)
        for fund in (1, 2, 4) if number <= YEARS else (1,):
            money.page.chosen.choose(fund)
            settle()
            assert clipped(money.page) == [], (number, fund)
            assert nameless(money.page) == [], (number, fund)


def test_nothing_is_cut_on_an_empty_book(make_fund):
    empty = make_fund(empty=True)
    for number in range(6):
        empty.tab(number)
        assert clipped(empty.page) == []
        assert nameless(empty.page) == []


def test_tab_goes_down_the_page(money):
    money.tab(MONEY)
    assert out_of_order(money.page) == []
