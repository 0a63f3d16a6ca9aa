"""The frame fits its words, names its controls and is read in order, at every text size and theme."""

from pathlib import Path

import pytest

from tests.ui.conftest import settle
from tests.ui.doubles import TODAY
from tests.ui.looks import clipped, nameless, out_of_order, tab_chain
from ui.dialogs.new_cluster import NewClusterDialog
from ui.dialogs.notes import AboutDialog, CrashDialog, HelpDialog
from ui.dialogs.plain import QuestionDialog
from ui.messages import Notice, Offer, Question
from ui.settings import ThemeChoice
from ui.widgets.plain import Label

LOOKS = [
    (theme, scale) for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK) for scale in (1.0, 1.25, 1.5, 1.75)
]
BOOK = "Tidewater 2024.clusterbook"


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]:.0%}")
def look(request):
    return request.param


def test_the_frame_cuts_no_word(make_world, look):
    theme, scale = look
    world = make_world(BOOK, theme, scale)
    world.book.change("Approve claim SC-0014", lambda _session: None)
    world.context.messages.warn("The file is in a OneDrive folder: close it elsewhere first.", "cloud")
    settle()

    assert clipped(world.start.window) == []


def test_the_frame_of_the_sample_cuts_no_word(make_world, look):
    theme, scale = look
    world = make_world("", theme, scale)
    world.shell.files.explore()
    settle()
    settle()  # its first page comes into view in a turn of its own

    assert world.shell.topbar.sample.isVisible()
    assert clipped(world.start.window) == []


def test_the_frame_cuts_no_word_at_any_width(make_world):
    world = make_world(BOOK, size=(1920, 700))
    world.book.change("Approve claim SC-0014", lambda _session: None)
    for width in (1920, 1366, 1301, 1299, 1093, 1041, 1024):
        world.start.window.resize(width, 700)
        settle()

        assert world.start.window.width() == width
        assert clipped(world.start.window) == [], width


def test_a_long_name_of_a_cluster_takes_more_lines_and_is_not_cut(make_world, look):
    theme, scale = look
    world = make_world(BOOK, theme, scale, size=(1920, 1000))
    for name in ("Brindlemere Primary Science Cluster", "Llanfairpwllgwyngyllgogerychwyrndrobwll", "W" * 80):
        world.shell.sidebar.show_cluster(name, "7 schools · year 1 of 2")
        settle()
        labels = world.shell.sidebar.findChildren(Label)
        label = next(label for label in labels if label.accessibleName() == name)
        words = label.text().replace("\u200b", " ").split()

        assert label.text().replace("\u200b", "") == name
        assert max(label.fontMetrics().horizontalAdvance(word) for word in words) <= label.width()
        assert clipped(world.start.window) == [], name


def test_the_window_can_be_as_small_as_a_laptop_at_125_per_cent(make_world):
    world = make_world(BOOK, scale=1.5, size=(1093, 614))

    assert world.start.window.width() == 1093
    assert world.start.window.height() == 614
    assert clipped(world.start.window) == []


def test_the_welcome_screen_cuts_no_word(make_world, look, recent):
    theme, scale = look
    world = make_world("", theme, scale)
    for entry in recent:
        world.context.settings.remember(entry)
    world.shell.files.recent_changed.emit()
    settle()

    assert world.shell.welcome.isVisible()
    assert clipped(world.start.window) == []


def _dialogs(parent):
    new = NewClusterDialog(parent, parent_folder(), lambda: TODAY)
    question = Question(
        "Remove the sample?", "Its file is deleted. You can make it again at any time.", "Remove"
    )
    yield "new cluster", new
    yield "question", QuestionDialog(parent, question)
    yield (
        "help",
        HelpDialog(
            parent, "Help: Home", "Home shows what to do.\n\n# What needs doing\n\n- First things first."
        ),
    )
    yield "about", AboutDialog(parent, ("Clusterbook 0.1.0", "Python 3.11.7", "Qt 6.11.3"))
    yield "crash", CrashDialog(parent, "Clusterbook 0.1.0\n\nTraceback …")


def parent_folder():
    return Path("/home/jo/Documents")


def test_no_dialog_cuts_a_word_or_leaves_a_control_without_a_name(make_world, look):
    theme, scale = look
    world = make_world("", theme, scale)
    dialogs = dict(_dialogs(world.start.window))
    for name, dialog in dialogs.items():
        dialog.open()
        settle()

        assert clipped(dialog) == [], name
        assert nameless(dialog) == [], name
    for name, dialog in dialogs.items():  # at last: see tab_chain
        assert out_of_order(dialog) == [], name


def test_a_form_with_all_its_errors_cuts_no_word(make_world, look):
    theme, scale = look
    world = make_world("", theme, scale)
    dialog = NewClusterDialog(world.start.window, parent_folder(), lambda: TODAY)
    dialog.open()
    settle()
    dialog.steps[0].starts.clear()
    dialog.submit()
    settle()

    assert set(dialog.errors()) == {"name", "lead_school", "starts"}
    assert clipped(dialog) == []


def test_every_control_has_a_name_for_a_screen_reader(world):
    world.context.messages.notice(Notice("cloud", "warn", "Look here.", (Offer("What to do", lambda: None),)))
    settle()

    assert nameless(world.start.window) == []


def test_every_control_of_the_welcome_screen_has_a_name(welcome, recent):
    for entry in recent:
        welcome.context.settings.remember(entry)
    welcome.shell.files.recent_changed.emit()
    settle()

    assert nameless(welcome.start.window) == []


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_tab_follows_the_reading_order(make_world, size):
    world = make_world(BOOK, size=size)
    world.book.change("Approve claim SC-0014", lambda _session: None)
    settle()
    chain = tab_chain(world.start.window)
    names = [widget.accessibleName() for widget in chain]

    assert out_of_order(world.start.window) == []
    assert names.index("Home") < names.index("School year 2024 to 2025") < names.index("Quick find (Ctrl+K)")
    assert names.index("Quick find (Ctrl+K)") < names.index("Help on this page (F1)") < names.index("Export")
    assert names.index("Export") < names.index("Approve on Home") < names.index("Undo what was just saved")


def test_a_notice_joins_the_tab_chain_where_it_is_read(world):
    world.context.messages.notice(Notice("cloud", "warn", "Look here.", (Offer("What to do", lambda: None),)))
    settle()
    names = [widget.accessibleName() for widget in tab_chain(world.start.window)]

    assert names.index("Help on this page (F1)") < names.index("What to do") < names.index("Export")


def test_a_new_text_size_reaches_what_is_open_already(world):
    window = world.start.window
    before = world.shell.sidebar.width()
    world.shell.asides.show_help()
    dialog = window.findChild(HelpDialog)

    world.assembly.look.step_text(1)
    world.assembly.look.step_text(1)
    settle()

    assert world.context.settings.text_size == 1.25
    assert world.shell.sidebar.width() != before
    assert clipped(window) == []
    assert clipped(dialog) == []


def test_a_new_theme_reaches_what_is_open_already(world):
    window = world.start.window
    world.assembly.look.choose_theme(ThemeChoice.DARK)
    settle()
    dark = window.grab().toImage().pixelColor(4, window.height() // 2)
    world.assembly.look.choose_theme(ThemeChoice.LIGHT)
    settle()
    light = window.grab().toImage().pixelColor(4, window.height() // 2)

    assert (dark.name(), light.name()) == ("#14191d", "#f4f6f7")


def test_the_sidebar_becomes_a_rail_where_there_is_little_room(world):
    world.start.window.resize(1366, 700)
    settle()
    wide = world.shell.sidebar.width()
    world.start.window.resize(1093, 700)
    settle()

    assert (wide, world.shell.sidebar.width()) == (204, 64)
