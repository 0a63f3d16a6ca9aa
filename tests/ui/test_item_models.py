"""Tables obey Qt's rules for models, sort by real values, and tell no more than what changed."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest

from models.values import replace
from reports.listing import Money
from tests.ui.conftest import settle
from tests.ui.looks import clipped
from ui.delegates.table import RecordTable
from ui.format import pounds, short_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.itemmodels.records import RecordTableModel, Role, as_text
from ui.shell.finder import Entry, EntryModel

pytestmark = pytest.mark.usefixtures("dressed")


@dataclass(frozen=True)
class Claim:
    """A claim as a query returns it."""

    id: int
    school: str
    day: dt.date | None
    state: str
    cost: int
    ticked: bool = False


COLUMNS = (
    Column("", text=lambda c: "ticked" if c.ticked else "not ticked", key=lambda c: c.ticked, look=Look.TICK),
    Column("Claim", text=lambda c: f"SC-{c.id:04}", key=lambda c: c.id, look=Look.STRONG),
    Column("School", text=lambda c: c.school, key=lambda c: c.school.casefold(), stretch=True),
    Column("Cover", text=lambda c: short_date(c.day), key=lambda c: c.day),
    Column("State", text=lambda c: c.state, key=lambda c: c.state, look=Look.STATE),
    Column("Cost", text=lambda c: pounds(c.cost), key=lambda c: c.cost, look=Look.MONEY, right=True),
)
CLAIMS = [
    Claim(20, "Wexcombe School", dt.date(2025, 1, 22), "Draft", 10900),
    Claim(9, "elm Lane Primary School", dt.date(2024, 11, 20), "Submitted", 900, ticked=True),
    Claim(100, "Castle Street Primary School", None, "Paid", 0),
]


def model() -> RecordTableModel[Claim]:
    made = RecordTableModel(COLUMNS, identity=lambda claim: claim.id)
    made.show_records(CLAIMS)
    return made


def entries() -> EntryModel:
    made = EntryModel()
    made.show_entries([Entry(Icon.HOME, "Home", "Page", lambda: None)])
    return made


def sorted_records() -> RecordTableModel[Claim]:
    source = model()
    source.sort(5)
    return source


MODELS = {
    "records": model,
    "sorted records": sorted_records,
    "no records": lambda: RecordTableModel(COLUMNS, identity=lambda claim: claim.id),
    "quick find": entries,
}


@pytest.mark.parametrize("name", MODELS)
def test_every_item_model_obeys_qt(name, qtmodeltester):
    made = MODELS[name]()
    qtmodeltester.check(made, force_py=True)


def watched(made: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_every_change_keeps_qts_rules():
    source = model()
    tester = watched(source)
    source.sort(5)
    source.show_records([*CLAIMS, Claim(101, "Oakmere", None, "Draft", 5)])
    source.show_records([replace(claim, cost=claim.cost + 1) for claim in source.records()])
    source.show_records([claim for claim in source.records() if claim.id != 9])
    source.keep_only(lambda claim: claim.cost > 10)
    source.sort(1, Qt.SortOrder.DescendingOrder)
    source.sort(-1)
    source.show_records([])

    assert source.rowCount() == 0
    del tester


def test_a_chosen_row_stays_chosen_through_sorting():
    source = model()
    kept = QPersistentModelIndex(source.index(0, 1))
    source.sort(5)

    assert (kept.row(), kept.data()) == (2, "SC-0020")


def test_one_row_that_differs_is_told_as_one_row():
    made = model()
    told, resets = [], []
    made.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    made.modelReset.connect(lambda: resets.append(1))

    made.show_records([CLAIMS[0], replace(CLAIMS[1], state="Approved"), CLAIMS[2]])

    assert (told, resets) == ([(1, 1)], [])


def test_the_same_records_tell_nothing():
    made = model()
    told = []
    made.dataChanged.connect(lambda *_: told.append(1))
    made.modelReset.connect(lambda: told.append(2))

    made.show_records(list(CLAIMS))

    assert told == []


@pytest.mark.parametrize(
    ("column", "expected"),
    [(1, [9, 20, 100]), (2, [100, 9, 20]), (3, [100, 9, 20]), (5, [100, 9, 20]), (0, [20, 100, 9])],
)
def test_a_column_sorts_by_its_value_and_not_by_its_words(column, expected):
    source = model()
    source.sort(column)

    assert [claim.id for claim in source.shown()] == expected


KEYS = st.none() | st.dates()


@given(st.lists(KEYS, max_size=12))
def test_sorting_is_what_python_says_with_nothing_first(days):
    day = Column("Day", text=lambda pair: str(pair[1]), key=lambda pair: pair[1])
    source = RecordTableModel((day,), identity=lambda pair: pair[0])
    source.show_records(list(enumerate(days)))
    source.sort(0)

    known = sorted(day for day in days if day is not None)
    assert [day for _, day in source.shown()] == [None] * (len(days) - len(known)) + known


def test_a_filter_keeps_what_passes_and_none_shows_all():
    source = model()
    source.keep_only(lambda claim: claim.state == "Paid")
    assert [claim.id for claim in source.shown()] == [100]

    source.keep_only(None)
    assert source.rowCount() == 3


def test_the_record_of_a_row_follows_the_sorting():
    source = model()
    source.sort(1, Qt.SortOrder.DescendingOrder)

    assert source.index(0, 0).data(Role.RECORD) is CLAIMS[2]


def test_numbers_stand_right_and_so_does_their_heading():
    made = model()
    right = Qt.AlignmentFlag.AlignRight
    role = Qt.ItemDataRole.TextAlignmentRole

    assert made.data(made.index(0, 5), role) & right
    assert made.headerData(5, Qt.Orientation.Horizontal, role) & right
    assert not made.headerData(2, Qt.Orientation.Horizontal, role) & right


def test_a_place_outside_the_table_has_nothing():
    made = model()

    assert made.data(QModelIndex()) is None
    assert made.headerData(9, Qt.Orientation.Horizontal) is None
    assert made.headerData(0, Qt.Orientation.Vertical) is None


@pytest.fixture
def table(qtbot):
    made = RecordTable("Cover claims", COLUMNS, identity=lambda claim: claim.id)
    qtbot.addWidget(made)
    made.resize(760, 300)
    made.show_records(CLAIMS)
    made.show()
    settle()
    return made


def test_columns_are_as_wide_as_their_words(table):
    assert clipped(table.window()) == []
    # the same rows with more to say: after a loan, who has it
    table.show_records([replace(claim, state="Waiting for the headteacher") for claim in CLAIMS])
    assert clipped(table.window()) == []


def test_the_row_chosen_stays_chosen_when_the_answer_is_a_new_one(table):
    table.choose(9)
    chosen = []
    table.chosen.connect(chosen.append)
    table.show_records([Claim(1, "New", None, "Draft", 1), *CLAIMS])

    assert table.current().id == 9


def test_enter_opens_the_row(table):
    table.choose(100)
    opened = []
    table.opened.connect(opened.append)
    QTest.keyClick(table, Qt.Key.Key_Return)

    assert opened == [CLAIMS[2]]


def test_a_heading_sorts_and_again_turns_round_and_again_as_it_came(table):
    heads = table.horizontalHeader()
    where = heads.sectionViewportPosition(1) + 10
    orders = []
    for _ in range(3):
        QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(where, 8))
        orders.append([claim.id for claim in table.records.shown()])

    assert orders == [[9, 20, 100], [100, 20, 9], [20, 9, 100]]


def test_copy_takes_the_table_as_it_is_shown(table):
    table.records.sort(1)
    copy = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    table.keyPressEvent(copy)

    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Claim\tSchool\tCover\tState\tCost"  # not the boxes, which have no heading
    assert lines[1] == "SC-0009\telm Lane Primary School\t20 Nov\tSubmitted\t£9.00"


def test_a_tab_or_line_in_a_name_does_not_break_the_copied_table():
    column = Column("Name", text=lambda name: name, key=lambda name: name)

    assert as_text((column,), ["Elm\tLane\nPrimary"]) == "Name\nElm Lane Primary"


@pytest.mark.parametrize("column", range(len(COLUMNS)))
def test_every_cell_draws_something(table, column):
    table.choose(9)
    picture = table.grab().toImage()
    cell = table.visualRect(table.model().index(1, column))
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(max(cell.left(), 0), min(cell.right(), picture.width()), 2)
        for y in range(cell.top(), cell.bottom(), 2)
    }

    assert len(colours) > 1


def test_a_cell_leaves_for_a_spreadsheet_as_a_value_where_it_is_one():
    claim = CLAIMS[0]
    cells = [column.cell(claim) for column in COLUMNS[1:]]

    assert cells == ["SC-0020", "Wexcombe School", dt.date(2025, 1, 22), "Draft", Money(10900)]
