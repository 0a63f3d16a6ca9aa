"""A grid typed into from the keyboard."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from models.errors import BadInput
from models.values import replace
from tests.ui.conftest import settle
from ui.itemmodels.records import Role
from ui.pages.bank.grid import GridColumn, GridModel, GridTable, Kind

KEY = Qt.Key


@dataclass(frozen=True)
class Line:
    name: str
    number: int = 0
    yes: bool = False
    price: str = ""


def priced(line: Line, text: str) -> Line:
    if text == "much":
        raise BadInput("“much” is not an amount.")
    return replace(line, price=text)


COLUMNS = (
    GridColumn("Part", lambda line: line.name, stretch=True),
    GridColumn(
        "Gone",
        lambda line: str(line.number),
        Kind.NUMBER,
        lambda line, text: replace(line, number=int(text)),
        quiet=lambda line: not line.number,
    ),
    GridColumn(
        "Yes",
        lambda line: "Yes" if line.yes else "No",
        Kind.TICK,
        lambda line, text: replace(line, yes=text == "Yes"),
    ),
    GridColumn("Price", lambda line: line.price, Kind.TEXT, priced),
)


@pytest.fixture
def grid(dressed, qtbot):  # noqa: ARG001  # the theme must be there first
    model = GridModel(COLUMNS, [Line("Bar magnet"), Line("Horseshoe magnet"), Line("Tray")])
    table = GridTable("Parts", model)
    qtbot.addWidget(table)
    table.resize(500, 200)
    table.show()
    table.setFocus()
    settle()
    return table


def lines(grid) -> list[Line]:
    return grid.grid.records()


@pytest.mark.usefixtures("dressed")
def test_the_model_obeys_qt(qtmodeltester):
    model = GridModel(COLUMNS, [Line("A"), Line("B", 3, yes=True)])
    qtmodeltester.check(model)
    model.put(0, Line("C", 2))
    model.insert(1, Line("D"))
    model.take(0)
    assert [line.name for line in model.records()] == ["D", "B"]


def test_digits_go_into_the_first_number_and_add_up_to_one(grid):
    QTest.keyClicks(grid, "12")
    assert lines(grid)[0].number == 12
    assert grid.currentIndex().column() == 1
    QTest.keyClick(grid, KEY.Key_Backspace)
    assert lines(grid)[0].number == 1
    QTest.keyClick(grid, KEY.Key_Delete)
    assert lines(grid)[0].number == 0


def test_a_number_typed_on_another_line_begins_anew(grid):
    QTest.keyClicks(grid, "1")
    QTest.keyClick(grid, KEY.Key_Down)
    QTest.keyClicks(grid, "2")
    assert [line.number for line in lines(grid)] == [1, 2, 0]


def test_letters_look_for_a_line_by_any_of_its_words(grid):
    QTest.keyClicks(grid, "tr")
    assert grid.currentIndex().row() == 2
    QTest.keyClicks(grid, "3")  # ends the word
    QTest.keyClicks(grid, "hor")
    assert grid.currentIndex().row() == 1
    QTest.keyClicks(grid, "7")
    QTest.keyClicks(grid, "mag")
    assert grid.currentIndex().row() == 0  # the next one with such a word, round the end


def test_space_ticks_where_the_keyboard_is_and_so_does_a_click(grid, qtbot):
    grid.setCurrentIndex(grid.grid.index(1, 2))
    QTest.keyClick(grid, KEY.Key_Space)
    assert lines(grid)[1].yes
    where = grid.visualRect(grid.grid.index(1, 2)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert not lines(grid)[1].yes


def test_words_are_typed_in_an_editor_and_what_cannot_be_stays_there_in_red(grid):
    grid.setCurrentIndex(grid.grid.index(0, 3))
    QTest.keyClicks(grid, "m")
    field = grid.viewport().findChild(QLineEdit)
    QTest.keyClicks(field, "uch")
    QTest.keyClick(field, KEY.Key_Return)
    settle()
    assert lines(grid)[0].price == ""
    index = grid.grid.index(0, 3)
    assert grid.grid.data(index) == "much"
    assert grid.grid.data(index, Role.SORT) == "bad"
    assert grid.grid.first_wrong() == "“much” is not an amount."
    assert grid.grid.setData(index, "4")
    assert (grid.grid.first_wrong(), lines(grid)[0].price) == ("", "4")


def test_a_screen_reader_hears_column_value_and_what_is_wrong(grid):
    index = grid.grid.index(0, 1)
    grid.grid.mark_wrong(0, 1, "Count again.")
    assert grid.grid.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Gone: 0. Count again."


def test_return_goes_from_cell_to_cell_and_keeps_what_is_typed_where_a_grid_is_filled(grid):
    ended = []
    grid.ended = lambda: ended.append(grid.grid.records()[-1].price)
    grid.setCurrentIndex(grid.grid.index(0, 3))
    QTest.keyClicks(grid, "4")
    QTest.keyClick(grid.viewport().findChild(QLineEdit), KEY.Key_Return)
    settle()
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 0)
    assert lines(grid)[0].price == "4"
    grid.setCurrentIndex(grid.grid.index(2, 3))
    QTest.keyClicks(grid, "5")
    QTest.keyClick(grid.viewport().findChild(QLineEdit), KEY.Key_Return)
    settle()
    assert ended == ["5"]


def test_enter_is_left_to_the_form(grid):
    event = QKeyEvent(QEvent.Type.KeyPress, KEY.Key_Return, Qt.KeyboardModifier.NoModifier)
    grid.keyPressEvent(event)
    assert not event.isAccepted()
