"""The parts pages are made of: what they say aloud, how they answer the keyboard, what their shapes mean."""

import threading

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from tests.ui.conftest import settle
from tests.ui.looks import clipped
from ui.dialogs.new_cluster import NewClusterDialog
from ui.icons import Icon
from ui.overrides import override
from ui.shell.progress import ProgressWatch
from ui.tasks import Delivery, Pool
from ui.theme import now
from ui.widgets import reading
from ui.widgets.badge import Badge
from ui.widgets.buttons import Button
from ui.widgets.choices import TAB_PAD, Chip, Tabs
from ui.widgets.fields import TextField
from ui.widgets.layouts import clear, column, holder, reading_order, row
from ui.widgets.meters import Letter, Meter, Segments, Split
from ui.widgets.parts import Banner, EmptyState, Figure, Key, ProgressLine, TodoLine
from ui.widgets.pick import Pick
from ui.widgets.plain import Label, text_width
from ui.widgets.reading import Verb

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def show(qtbot):
    """Shows a part in a window of its own."""

    def shown(part: QWidget) -> QWidget:
        qtbot.addWidget(part)
        part.show()
        settle()
        return part

    return shown


def colours(part: QWidget, at: float) -> str:
    """The colour in the middle of a part, so far across."""
    image = part.grab().toImage()
    return image.pixelColor(int(image.width() * at), image.height() // 2).name()


# -- choices


def test_a_chip_says_its_word_and_its_number(show):
    chip = show(Chip("Submitted", 1204))

    assert chip.accessibleName() == "Submitted, 1204"

    chip.set_count(3)

    assert chip.accessibleName() == "Submitted, 3"
    assert clipped(chip) == []


def test_a_chip_is_switched_by_space(show):
    chip = show(Chip("Draft", 1))
    QTest.keyClick(chip, Qt.Key.Key_Space)

    assert chip.isChecked()


def test_tabs_are_moved_between_by_arrows_and_told_once(show):
    tabs = show(Tabs([("Details", 0), ("Attendance", 0), ("Actions", 2)], current=1))
    for tab in tabs._tabs:  # the ring of the keyboard has room beside the words
        assert tab.width() >= text_width(tab.text(), "strong") + 2 * now().px(TAB_PAD)
    chosen = []
    tabs.chosen.connect(chosen.append)
    tabs.findChildren(QWidget)[1].setFocus()

    QTest.keyClick(tabs.window().focusWidget(), Qt.Key.Key_Right)

    assert chosen == [2]
    assert tabs.current() == 2
    assert tabs.window().focusWidget().accessibleName() == "Actions, 2"

    tabs.choose(0)

    assert chosen == [2, 0]


# -- shapes


def test_readiness_is_a_block_a_section_in_the_tone_of_its_state(show):
    blocks = Segments(((2, "Complete"), (1, "Thin"), (1, "Missing")))
    blocks.resize(400, 10)
    show(blocks)
    tones = [colours(blocks, at) for at in (0.1, 0.4, 0.6, 0.9)]

    assert tones[:3] == [now().hex(name).lower() for name in ("good", "good", "warn")]
    assert tones[3] != now().hex("bad").lower()  # missing is hollow, so that it needs no colour
    assert blocks.accessibleName() == "2 complete, 1 thin, 1 missing"


def test_no_sections_draw_nothing_and_say_nothing(show):
    assert show(Segments()).accessibleName() == ""


def test_an_allowance_is_filled_by_money_used_solid_and_left_quiet(show):
    meter = show(Meter("£300.00 left of £500.00", used=15000, waiting=0))

    assert colours(meter, 0.1) == now().hex("accent").lower()
    assert colours(meter, 0.9) == now().hex("track").lower()
    assert colours(meter, 0.25) == now().hex("accent").lower()  # the first half of the second block
    assert meter.accessibleName() == "£300.00 left of £500.00"


def test_what_waits_is_striped_and_so_neither_solid_nor_quiet(show):
    meter = Meter("", used=0, waiting=50000, width=300)
    show(meter)
    image = meter.grab().toImage()
    found = {image.pixelColor(x, 6).name() for x in range(4, 50)}

    assert len(found) > 2


def test_a_claim_is_split_where_the_money_is(show):
    split = Split("£100.00 recognised of £109.00", part=10000, whole=20000)
    split.resize(400, 12)
    show(split)

    assert colours(split, 0.4) == now().hex("accent").lower()
    assert colours(split, 0.6) == now().hex("track").lower()


def test_a_claim_of_nothing_can_be_drawn(show):
    assert colours(show(Split("£0.00", part=0, whole=0)), 0.5) == now().hex("track").lower()


def test_a_letter_of_attendance_says_what_it_stands_for(show):
    assert show(Letter("P", "released")).accessibleName() == "released"
    assert clipped(show(Key(Letter("N", "no reply"), "no reply"))) == []


def test_a_badge_fits_a_new_word(show):
    badge = Badge("Paid")
    box = show(holder(row(badge, 1)))
    before = badge.width()
    badge.set_text("Withdrawn")
    settle()

    assert badge.width() > before
    assert badge.accessibleName() == "Withdrawn"
    assert clipped(box) == []


# -- parts


def test_a_figure_is_read_as_one_sentence(show):
    figure = show(Figure("Attendance", "92%", "22 of 24 places"))
    assert figure.accessibleName() == "Attendance: 92%, 22 of 24 places"

    figure.show_value("88%", "21 of 24 places", "warn")

    assert figure.accessibleName() == "Attendance: 88%, 21 of 24 places"


def test_a_to_do_line_is_done_by_its_button_and_says_what_it_would_do(show):
    line = TodoLine(Icon.CLAIMS, "accent", "Approve 4 cover claims", "£394.00 recognised", "Approve")
    show(line)
    done = []
    line.acted.connect(lambda: done.append(1))
    QTest.mouseClick(line.button(), Qt.MouseButton.LeftButton)

    assert done == [1]
    assert line.button().accessibleName() == "Approve: Approve 4 cover claims"


def test_a_to_do_line_without_a_place_to_go_has_no_button(show):
    line = show(TodoLine(Icon.CLAIMS, "accent", "Approve 4 cover claims", "£394.00 recognised"))

    assert line.findChildren(QPushButton) == []
    with pytest.raises(LookupError):
        line.button()


def test_what_is_known_of_a_thing_to_do_is_never_cut(show):
    line = show(TodoLine(Icon.CLAIMS, "accent", "Pay", "£196 to Oakmantle and Otterhay " * 6, "Pay"))
    assert line.heightForWidth(360) > line.heightForWidth(2000) > 0  # it takes more lines
    line.resize(360, line.heightForWidth(360))
    settle()
    assert clipped(line) == []


def test_a_banner_says_which_of_its_actions_was_chosen(show):
    banner = show(Banner("warn", Icon.ALERT, "Look here.", "One", "Two"))
    chosen = []
    banner.acted.connect(chosen.append)
    QTest.mouseClick(banner.buttons()[1], Qt.MouseButton.LeftButton)

    assert chosen == [1]
    assert banner.text() == banner.accessibleName() == "Look here."


def test_an_empty_page_offers_the_first_step(show):
    empty = show(EmptyState(Icon.MEETINGS, "Meetings stand here, term by term.", "New meeting"))
    first = []
    empty.acted.connect(lambda: first.append(1))
    QTest.mouseClick(empty.findChild(QPushButton), Qt.MouseButton.LeftButton)

    assert first == [1]
    assert clipped(empty) == []


# -- layouts


def test_clearing_a_layout_lets_go_of_everything_in_it(show):
    inner = row(Label("a"), Label("b"))
    outer = column(inner, Label("c"), 1)
    box = show(holder(outer))
    clear(outer)
    settle()

    assert outer.count() == 0
    assert box.findChildren(Label) == []


def test_the_tab_chain_follows_the_layout_and_not_the_making(show):
    late, early = QPushButton("late"), QPushButton("early")
    box = show(holder(column(early, row(late))))

    assert reading_order(box) == [early, late]
    assert early.nextInFocusChain() is late


def test_what_was_just_put_in_is_in_the_tab_chain_before_qt_shows_it(show):
    one, two = QPushButton("one"), QPushButton("two")
    inner = column(one)
    box = show(holder(inner))
    inner.addWidget(two)

    assert not two.isVisible()
    assert reading_order(box) == [one, two]


def test_what_is_hidden_is_not_in_the_tab_chain(show):
    one, two = QPushButton("one"), QPushButton("two")
    box = show(holder(column(one, two)))
    one.hide()

    assert reading_order(box) == [two]


# -- progress


@pytest.fixture
def watch(show):
    line = ProgressLine()
    delivery, parent = Delivery(), QObject()
    watch = ProgressWatch(parent, delivery, line)
    box = show(holder(row(line, 1)))
    pool = Pool(delivery)
    yield line, delivery, pool
    pool.finish()
    settle()
    del watch, box, parent


def working(go_on: threading.Event):
    def work(progress):
        progress.report("Building the pack", 1, 4)
        while not go_on.wait(0.01):
            progress.check()
        return "done"

    return work


def test_work_that_takes_half_a_second_shows_how_far_it_is(qtbot, watch):
    line, _delivery, pool = watch
    go_on, results = threading.Event(), []
    pool.run(working(go_on), results.append)
    assert not line.isVisible()

    qtbot.waitUntil(line.isVisible)
    words = [label.text() for label in line.findChildren(Label)]
    go_on.set()
    qtbot.waitUntil(lambda: results == ["done"])

    assert words == ["Building the pack"]
    assert not line.isVisible()


def test_cancel_stops_the_work_and_nothing_comes_of_it(qtbot, watch):
    line, delivery, pool = watch
    results, ended = [], []
    delivery.ended.connect(ended.append)
    pool.run(working(threading.Event()), results.append)
    qtbot.waitUntil(line.isVisible)

    cancel = line.findChild(QPushButton)
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(ended) == 1)

    assert results == []
    assert not line.isVisible()


def test_quick_work_is_not_worth_a_flicker(qtbot, watch):
    line, _delivery, pool = watch
    go_on, results = threading.Event(), []
    go_on.set()
    pool.run(working(go_on), results.append)
    qtbot.waitUntil(lambda: results == ["done"])

    assert not line.isVisible()


# -- the File menu's dialogs


def test_a_new_cluster_goes_from_the_button_through_the_form_to_its_file(welcome):
    start = next(b for b in welcome.shell.welcome.findChildren(QPushButton) if b.text() == "Start")
    QTest.mouseClick(start, Qt.MouseButton.LeftButton)
    settle()
    form = welcome.start.window.findChild(NewClusterDialog)
    for words in ("Tidewater", "Oakmere Primary School", "1/9/24"):
        QTest.keyClicks(form.focusWidget(), words)
        QTest.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    form.submit()
    form.create_now()
    settle()

    assert form.errors() == {}
    assert welcome.doors.stores[0].path == welcome.folder / "Tidewater.clusterbook"
    assert welcome.start.window.windowTitle() == "Tidewater – Clusterbook"


def test_the_sidebar_answers_a_click_in_the_rail_too(make_world):
    world = make_world("Tidewater 2024.clusterbook", size=(1093, 614))
    item = world.start.window.findChild(QWidget, "nav-pack")
    QTest.mouseClick(item, Qt.MouseButton.LeftButton, pos=QPoint(item.width() // 2, item.height() // 2))

    assert world.shell.host.current_key == "pack"
    assert item.toolTip() == "Review pack"


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_a_long_list_is_typed_over_and_a_click_beside_it_lands_at_once(show):
    pressed = []

    class Below(TextField):
        @override
        def mousePressEvent(self, event):
            pressed.append(event.button())

    pick, below = Pick([(f"Oak {number}", number) for number in range(20)], "Choose…"), Below()
    window = show(holder(column(pick, 100, below)))
    window.activateWindow()
    line = pick.lineEdit()
    below.setFocus()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    settle()
    QTest.keyClicks(line, "Oak 7")
    assert line.text() == "Oak 7"  # not behind the words that stood there
    popup = pick.completer().popup()
    assert popup.isVisible()
    at = below.mapToGlobal(below.rect().center())
    QTest.mousePress(popup, Qt.MouseButton.LeftButton, pos=popup.mapFromGlobal(at))
    settle()
    assert not popup.isVisible()
    assert pressed == [Qt.MouseButton.LeftButton]
    assert pick.value() == 7


def test_enter_presses_the_button_with_the_ring_and_else_the_one_a_dialog_would_choose(qtbot):
    dialog, usual, other, field = QDialog(), Button("Create"), Button("Change…"), TextField("Name")
    for one in (field, other, usual):
        one.setParent(dialog)
    usual.setDefault(True)
    qtbot.addWidget(dialog)
    dialog.show()
    pressed = []
    for one in (usual, other):
        one.clicked.connect(lambda _on=False, one=one: pressed.append(one.words()))
    for one in (field, other, usual):
        one.setFocus()
        QTest.keyClick(one, Qt.Key.Key_Return)

    assert pressed == ["Create", "Change…", "Create"]


def test_to_read_only_every_button_is_off_but_those_that_are_known_to_look(qtbot):
    reading.set_why_not("It is open to read only.")
    try:
        made = [
            Button(words) for words in ("Show", "Approve", "Approve, but called otherwise", "Open again…", "")
        ]
        kept = Button("Whatever", always=True)
        turned = Button("Write")
        turned.setEnabled(True)
        turned.set_words("12 more")
        verbs = [Verb(words, kept) for words in ("Show item", "Try it out")]
    finally:
        reading.set_why_not("")
    for one in (*made, kept, turned):
        qtbot.addWidget(one)

    assert [one.isEnabled() for one in made] == [True, False, False, False, False]
    assert (kept.isEnabled(), turned.isEnabled()) == (True, True)
    assert [verb.isEnabled() for verb in verbs] == [True, False]
    assert made[1].toolTip() == "It is open to read only."
