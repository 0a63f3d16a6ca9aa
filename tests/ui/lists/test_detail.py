"""The panel beside a list keeps the keyboard when it is filled anew."""

from __future__ import annotations

import pytest

from tests.ui.conftest import settle
from ui.lists.detail import DetailPanel, buttons
from ui.widgets.buttons import Button
from ui.widgets.layouts import column, holder
from ui.widgets.plain import Label


class Panel(DetailPanel):
    def show_record(self, record):
        self.fill(Label("A record"), buttons(*(Button(words) for words in record)))


@pytest.fixture
def panel(dressed, qtbot):  # noqa: ARG001  # the theme must be there first
    made, beside = Panel("Record"), Button("Beside")
    window = holder(column(beside, made))
    qtbot.addWidget(window)
    made.show_record(["Pay", "Edit"])
    with qtbot.waitActive(window):
        window.show()
    settle()
    made.beside = beside
    yield made
    window.close()


def shown(panel) -> list[Button]:
    return [one for one in panel.findChildren(Button) if one.isVisible()]


def test_the_keyboard_stays_in_the_panel_on_what_comes_first(panel):
    shown(panel)[1].setFocus()
    panel.show_record(["Take back", "Edit"])
    settle()
    assert [one.text() for one in shown(panel)] == ["Take back", "Edit"]
    assert shown(panel)[0].hasFocus()


def test_the_keyboard_elsewhere_is_left_where_it_is(panel):
    panel.beside.setFocus()
    panel.show_record(["Take back"])
    settle()
    assert panel.beside.hasFocus()


def test_what_stays_below_is_not_filled_anew(dressed, qtbot):  # noqa: ARG001
    chart = Label("Chart")
    made = Panel("Record", chart)
    qtbot.addWidget(made)
    made.show_record(["Pay"])
    made.show_record(["Edit"])
    settle()
    assert chart in made.findChildren(Label)
