"""Parts that lists are made of: chips that wrap, columns left out for want of room, blocks of half-days."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import settle
from ui.delegates.arrangement import Arrangement
from ui.delegates.table import RecordTable
from ui.itemmodels.columns import Column
from ui.settings import Settings
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chip
from ui.widgets.layouts import Flow, holder
from ui.widgets.meters import Half, HalfDays, Split

COLUMNS = (
    Column("Name", lambda r: r, lambda r: r, stretch=True),
    Column("Cost", lambda r: r, lambda r: r),
    Column("Share", lambda r: r, lambda r: r),
)


@pytest.fixture
def chips(dressed, qtbot):  # noqa: ARG001  # the theme must be there first
    made = [Chip(word, 3) for word in ("All", "Draft", "To approve", "Paid")]
    box = holder(Flow(made, gap=6))
    qtbot.addWidget(box)
    box.show()
    return box, made


def test_what_has_no_room_goes_on_in_the_next_line(chips):
    box, made = chips
    flow = box.layout()
    box.resize(flow.sizeHint().width(), 100)
    settle()
    assert len({chip.y() for chip in made}) == 1
    narrow = made[0].width() + made[1].width() + 10
    box.resize(narrow, 100)
    settle()
    assert [chip.y() > 0 for chip in made] == [False, False, True, True]
    assert flow.heightForWidth(narrow) > flow.sizeHint().height()


def test_nothing_hidden_takes_room_and_nothing_is_cut(chips):
    box, made = chips
    made[2].hide()
    flow = box.layout()
    flow.setGeometry(QRect(0, 0, 40, 400))
    shown = [chip for chip in made if not chip.isHidden()]
    assert [chip.size() for chip in shown] == [chip.sizeHint() for chip in shown]
    assert len({chip.y() for chip in shown}) == 3


@pytest.fixture
def table(dressed, qtbot, tmp_path):  # noqa: ARG001
    made = RecordTable("Things", COLUMNS, lambda r: r)
    made.settings = Settings(tmp_path / "settings.ini")
    made.arrangement = Arrangement(made, COLUMNS, made.settings, "things")
    qtbot.addWidget(made)
    return made


def hidden(table) -> list[str]:
    header = table.horizontalHeader()
    return [column.head for n, column in enumerate(COLUMNS) if header.isSectionHidden(n)]


def test_a_column_left_out_for_want_of_room_comes_back_with_it(table):
    table.arrangement.squeeze(["Cost"])
    assert hidden(table) == ["Cost"]
    table.arrangement.squeeze([])
    assert hidden(table) == []


def test_a_column_she_hid_stays_hidden_and_one_squeezed_is_not_remembered_as_hidden(table):
    table.setColumnHidden(2, True)  # noqa: FBT003  # Qt's own
    table.arrangement.squeeze(["Cost", "Share"])
    table.horizontalHeader().setSortIndicator(0, table.horizontalHeader().sortIndicatorOrder())
    table.arrangement.squeeze([])
    assert hidden(table) == ["Share"]
    assert json.loads(table.settings.table("things"))["hidden"] == ["Share"]


def colours(widget: QWidget) -> set[str]:
    picture = widget.grab().toImage()
    y = picture.height() // 2
    return {picture.pixelColor(x, y).name() for x in range(picture.width())}


def test_a_half_day_used_is_solid_and_one_left_is_not(dressed, qtbot):
    meter = HalfDays("", [Half(1, 0)])
    qtbot.addWidget(meter)
    accent = dressed.hex("accent").lower()
    assert accent in colours(meter)
    meter.show_halves("nothing used", [Half(0, 0)])
    assert accent not in colours(meter)
    assert meter.accessibleName() == "nothing used"


def test_a_split_of_the_whole_has_no_rest_and_of_nothing_no_part(dressed, qtbot):
    split = Split("all", 100, 100)
    qtbot.addWidget(split)
    split.resize(200, 12)
    accent, track = dressed.hex("accent").lower(), dressed.hex("track").lower()
    assert (accent in colours(split), track in colours(split)) == (True, False)
    split.show_parts("none", 0, 100)
    assert (accent in colours(split), track in colours(split)) == (False, True)


def test_a_button_gives_way_to_another_primary_one(dressed, qtbot):  # noqa: ARG001
    button = Button("New", Kind.PRIMARY)
    qtbot.addWidget(button)
    button.set_kind(Kind.PLAIN)
    assert button.property("kind") == "plain"
