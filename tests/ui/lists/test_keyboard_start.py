"""Where the keyboard begins on a page of several lists: in the list in view, or at its first step."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlmodel import select

from models import tables as t
from tests.ui.conftest import settle
from tests.ui.lists.test_pane import SPEC, form
from ui.lists.pane import ListPane
from ui.lists.tabbed import TabbedPage, TabSpec
from ui.shell.host import first_focus


def tabbed(world, qtbot):
    def make(context):
        return ListPane(context, SPEC)

    page = TabbedPage(
        world.context, "Page", [TabSpec("One", ("action",), make), TabSpec("Two", ("decision",), make)]
    )
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    return page


def page_on(world, qtbot):
    page = tabbed(world, qtbot)
    page.refresh(2024)
    settle()
    page.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return page


def test_the_keyboard_begins_in_the_list_in_view_and_ctrl_n_is_new(on_book, qtbot):
    page = page_on(on_book(), qtbot)
    first_focus(page)
    assert QApplication.focusWidget() is page.body(0).table
    page.show_tab(1)
    first_focus(page)
    assert QApplication.focusWidget() is page.body(1).table
    QTest.keySequence(QApplication.focusWidget(), "Ctrl+N")
    form().reject()


def test_the_first_list_asks_in_the_turn_after_it_is_made_and_gets_the_keyboard(on_book, qtbot):
    page = tabbed(on_book(), qtbot)
    page.refresh(2024)
    first_focus(page)
    made = page.body(0)
    assert (made.isVisible(), made.year) == (False, None)
    settle()
    assert (made.isVisible(), made.year) == (True, 2024)
    assert QApplication.focusWidget() is made.table


@pytest.mark.parametrize("begin", ["before", "after"])
def test_in_an_empty_list_it_begins_at_the_first_step(on_book, qtbot, begin):
    world = on_book(empty=True)
    page = page_on(world, qtbot)
    if begin == "before":
        page.body(0).table.setFocus()
        page.refresh(2024)
    first_focus(page)
    assert QApplication.focusWidget().words() == "Add the first action"
    QTest.keySequence(QApplication.focusWidget(), "Ctrl+N")
    made = form()
    QTest.keyClicks(made.entries["what"].widget, "Order more magnets")
    made.submit()
    page.refresh(2024)
    settle()
    assert len(world.ask(lambda session: session.exec(select(t.Action)).all())) == 1
    page.activateWindow()
    first_focus(page)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.body(0).table)
