"""Every tab in every look: no word is cut, every control has a name, Tab goes down the page."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import settle
from tests.ui.looks import clipped, nameless
from ui.pages.schools.page import SchoolsPage
from ui.theme import Theme, installed_families

WIDTHS = {1.0: (1150, 105), 1.25: (1150, 84), 1.5: (1260, 70)}  # of the sheet, and of the window in ems


@pytest.mark.parametrize(("scale", "dark"), [(1.0, False), (1.25, True), (1.5, False)])
def test_every_word_of_every_list_and_panel_fits(on_book, qtbot, qapp, scale, dark):
    Theme(dark=dark, scale=scale, families=installed_families()).apply(qapp)
    world = on_book()
    page = SchoolsPage(world.context)
    qtbot.addWidget(page)
    width, ems = WIDTHS[scale]
    page.resize(width, 660)
    page.arrange(ems)
    page.show()
    page.refresh(2024)
    for number in range(7):
        page.show_tab(number)
        page.arrange(ems)
        body = page.body(number)
        for segment in range(body.number() if hasattr(body, "segments") else 1):
            if hasattr(body, "segments"):
                body.segments.choose(segment)
            settle()
            pane = body.current() if hasattr(body, "segments") else body
            for row in {0, pane.table.records.rowCount() - 1}:
                pane.table.setCurrentIndex(pane.table.records.index(row, 0))
                if hasattr(pane.detail, "detail"):
                    qtbot.waitUntil(lambda pane=pane: pane.detail.detail is not None)
                for _ in range(3):
                    settle()
                assert clipped(page) == [], (number, segment, row)
                assert nameless(page) == [], (number, segment, row)
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("scale", sorted(WIDTHS))
def test_every_word_of_an_empty_page_fits(on_book, qtbot, qapp, scale):
    Theme(scale=scale, families=installed_families()).apply(qapp)
    world = on_book(empty=True)
    page = SchoolsPage(world.context)
    qtbot.addWidget(page)
    page.resize(WIDTHS[scale][0], 660)
    page.arrange(WIDTHS[scale][1])
    page.show()
    page.refresh(2024)
    for number in range(7):
        page.show_tab(number)
        for _ in range(3):
            settle()
        assert clipped(page) == [], number
        assert nameless(page) == [], number


def test_every_word_of_every_dialog_fits_in_large_text(schools, qapp):
    Theme(scale=1.5, families=installed_families()).apply(qapp)
    pane = schools.tab(0)
    schools.choose(pane, "Otterhay")
    for verb in ("leave", "ssl", "talk", "declare", "lead", "academy"):
        pane.do(verb)
        form = schools.dialog()
        for _ in range(3):
            settle()
        assert clipped(form) == [], verb
        assert nameless(form) == [], verb
        form.reject()
        assert schools.none_open(), verb
