"""What the frame does: shortcuts, year, undo, quick find, notices, pages made when first wanted."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from models.errors import FileTrouble
from models.values import replace
from tests.ui.conftest import settle
from tests.ui.doubles import Changed, PlainPage, pages
from ui.dialogs.notes import AboutDialog, HelpDialog
from ui.dialogs.plain import QuestionDialog
from ui.dialogs.trouble import TroubleDialog
from ui.doors import Found
from ui.messages import Notice, Offer, Question
from ui.settings import ThemeChoice
from ui.shell.actions import MENUS, SPECS, Action
from ui.shell.pages import Part
from ui.wayfinding import Place
from ui.widgets.fields import TextField

Key, Mod = Qt.Key, Qt.KeyboardModifier


def press(world, key, modifier=Mod.NoModifier):
    QTest.keyClick(world.start.window, key, modifier)
    settle()


def trouble() -> TroubleDialog:
    """The trouble that is shown now."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, TroubleDialog) and w.isVisible())


def page(world, key) -> PlainPage:
    return world.shell.host.page(key)


# -- pages


def test_a_page_is_made_when_it_is_first_looked_at_and_asks_in_the_turn_after_that(world):
    assert page(world, "home").refreshed == [2024]
    assert page(world, "claims") is None

    world.shell.go("claims")
    assert page(world, "claims").refreshed == []
    settle()

    assert page(world, "claims").refreshed == [2024]


def test_a_page_that_is_left_before_it_has_begun_asks_when_it_is_come_back_to(world):
    world.shell.go("claims", 18)
    world.shell.go("home")
    settle()
    assert page(world, "claims").refreshed == []

    world.shell.go("claims")
    settle()

    assert (page(world, "claims").refreshed, page(world, "claims").records) == ([2024], [])


def test_a_page_that_is_gone_to_twice_before_it_has_begun_begins_once_with_what_was_asked_for(world):
    shown = []
    world.shell.host.shown.connect(shown.append)

    world.shell.go("claims", 18)
    world.shell.go("claims")
    settle()

    assert (page(world, "claims").refreshed, page(world, "claims").records) == ([2024], [18])
    assert shown == ["claims"]


def test_ctrl_and_a_digit_go_to_a_page(world):
    press(world, Key.Key_3, Mod.ControlModifier)

    assert world.shell.host.current_key == "claims"
    assert world.context.settings.page == "claims"


def test_a_click_in_the_sidebar_goes_to_a_page(world):
    item = world.start.window.findChild(object, "nav-pack")
    QTest.mouseClick(item, Qt.MouseButton.LeftButton)

    assert world.shell.host.current_key == "pack"
    assert item.isChecked()


def test_the_sidebar_says_how_many_things_wait(world):
    item = world.start.window.findChild(object, "nav-claims")

    assert item.accessibleName() == "Cover claims, 4 waiting"


def test_the_keyboard_starts_where_the_page_says(world):
    world.shell.go("fund")
    settle()

    assert world.start.window.focusWidget().accessibleName() == "Approve on Fund"


def test_a_page_asks_again_only_when_it_is_in_view(world):
    world.shell.go("claims")
    settle()
    world.context.bus.changed.emit(Changed(1, {"claim": (1,)}), None)

    assert page(world, "claims").refreshed == [2024, 2024]
    assert page(world, "home").refreshed == [2024]

    world.shell.go("home")

    assert page(world, "home").refreshed == [2024, 2024]


def test_changes_that_touch_no_row_ask_nothing(world):
    world.context.bus.changed.emit(Changed(1, {}), None)

    assert page(world, "home").refreshed == [2024]


def test_another_page_can_ask_for_a_page_and_a_record(world):
    world.context.bus.page_wanted.emit("claims", 18)
    settle()

    assert world.shell.host.current_key == "claims"
    assert page(world, "claims").records == [18]


def test_a_page_that_does_not_exist_is_not_gone_to(world):
    world.context.bus.page_wanted.emit("elsewhere", None)

    assert world.shell.host.current_key == "home"


# -- the school year


def test_another_year_is_shown_on_every_page_and_remembered(world):
    world.shell.topbar.year_chosen.emit(2023)

    assert page(world, "home").refreshed == [2024, 2023]
    assert world.shell.topbar.year_button.words() == "2023 to 2024"
    assert world.context.settings.year == 2023


def test_the_years_open_below_the_left_edge_of_their_button(world, monkeypatch):
    button, opened = world.shell.topbar.year_button, []
    monkeypatch.setattr(world.shell.topbar._years, "popup", opened.append)

    button.click()

    assert opened == [button.mapToGlobal(button.rect().bottomLeft())]


def test_alt_and_arrows_step_through_the_years_that_exist(world):
    press(world, Key.Key_Left, Mod.AltModifier)
    assert world.book.year == 2023

    press(world, Key.Key_Left, Mod.AltModifier)
    assert world.book.year == 2023

    press(world, Key.Key_Right, Mod.AltModifier)
    assert world.book.year == 2024


def test_the_year_shown_last_comes_back(make_world):
    def last(settings):
        settings.year = 2023

    world = make_world("Tidewater 2024.clusterbook", prepare=last)

    assert page(world, "home").refreshed == [2023]
    assert world.shell.topbar.year_button.words() == "2023 to 2024"


def test_a_year_the_book_does_not_have_is_not_shown(make_world):
    def last(settings):
        settings.year = 1999

    world = make_world("Tidewater 2024.clusterbook", prepare=last)

    assert page(world, "home").refreshed == [2024]


# -- undo


def test_undo_names_what_it_undoes(world):
    world.book.change("Approve claim SC-0014", lambda _session: None)

    assert world.shell.topbar.undo_words() == "Undo approve claim SC-0014"
    assert world.shell.actions_table[Action.UNDO].text() == "&Undo approve claim SC-0014"

    press(world, Key.Key_Z, Mod.ControlModifier)

    assert world.doors.stores[0].done == []
    assert not world.shell.topbar.undo_button.isEnabled()
    assert world.shell.actions_table[Action.REDO].text() == "&Redo approve claim SC-0014"
    assert world.heard.said == ["Undone: approve claim SC-0014"]


def test_redo_does_it_again(world):
    world.book.change("Approve claim SC-0014", lambda _session: None)
    press(world, Key.Key_Z, Mod.ControlModifier)
    press(world, Key.Key_Y, Mod.ControlModifier)

    assert world.doors.stores[0].done == ["Approve claim SC-0014"]
    assert world.shell.topbar.undo_button.isEnabled()


def test_the_status_line_says_what_was_saved_and_undoes_it(world):
    world.book.change("Approve claim SC-0014", lambda _session: None)
    status = world.shell.status
    assert status.accessibleDescription() == "Saved: approve claim SC-0014"

    QTest.mouseClick(status.undo, Qt.MouseButton.LeftButton)

    assert world.doors.stores[0].done == []
    assert not status.undo.isVisible()


def test_a_claim_number_in_undo_is_never_cut(make_world):
    world = make_world("Tidewater 2024.clusterbook", scale=1.75, size=(1093, 614))
    world.book.change("Approve claim SC-0014", lambda _session: None)
    settle()

    assert world.shell.topbar.undo_button.words() == "Undo"
    assert world.shell.topbar.undo_button.accessibleName() == "Undo approve claim SC-0014"


# -- quick find


def find(world, words):
    press(world, Key.Key_K, Mod.ControlModifier)
    QTest.keyClicks(world.shell.topbar.find_box, words)
    return world.shell.finding.finder


def titles(finder):
    return [entry.title for entry in finder.entries()]


def test_ctrl_k_puts_the_keyboard_into_quick_find(world):
    press(world, Key.Key_K, Mod.ControlModifier)

    assert world.start.window.focusWidget() is world.shell.topbar.find_box


@pytest.mark.parametrize(
    ("typed", "title"), [("cov", "Cover claims"), ("dar", "Dark"), ("new", "New cluster")]
)
def test_quick_find_knows_pages_and_commands(world, typed, title):
    assert title in titles(find(world, typed))


def test_quick_find_matches_the_beginnings_of_words_in_any_order(world):
    assert titles(find(world, "work exp")) == ["Export workbook"]


def test_quick_find_finds_records_and_goes_to_them(world, qtbot):
    finder = find(world, "0018")
    qtbot.waitUntil(lambda: "SC-0018" in titles(finder))

    QTest.keyClick(world.shell.topbar.find_box, Key.Key_Return)
    settle()

    assert world.doors.searched == ["0018"]
    assert world.shell.host.current_key == "claims"
    assert page(world, "claims").records == [18]
    assert not finder.isVisible()
    assert world.shell.topbar.find_box.text() == ""


def test_quick_find_runs_a_command(world):
    assert titles(find(world, "dark")) == ["Dark", "Light or dark as the system"]

    QTest.keyClick(world.shell.topbar.find_box, Key.Key_Return)

    assert world.context.settings.theme is ThemeChoice.DARK


def test_arrows_mark_another_entry_and_go_round(world):
    finder = find(world, "dark")
    marks = []
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Up):
        QTest.keyClick(world.shell.topbar.find_box, key)
        marks.append(finder.marked().title)

    assert marks == ["Light or dark as the system", "Dark", "Light or dark as the system"]


def test_quick_find_offers_only_what_can_be_done(world):
    assert "Redo" not in titles(find(world, "redo"))


def test_escape_leaves_quick_find_and_gives_the_keyboard_back(world):
    finder = find(world, "cov")
    QTest.keyClick(world.shell.topbar.find_box, Key.Key_Escape)
    settle()

    assert not finder.isVisible()
    assert world.start.window.focusWidget().accessibleName() == "Approve on Home"


def test_the_list_of_quick_find_stays_in_the_window(make_world):
    world = make_world("Tidewater 2024.clusterbook", scale=1.5, size=(1093, 614))
    finder = find(world, "e")

    assert world.start.window.rect().contains(finder.geometry())


# -- notices and questions


def test_a_warning_is_a_banner_and_can_be_dismissed(world):
    world.context.messages.warn("The disk is nearly full.", "disk")
    assert world.shell.notices.texts() == ["The disk is nearly full."]

    dismiss = [b for b in world.shell.notices.findChildren(QPushButton) if b.text() == "Dismiss"]
    QTest.mouseClick(dismiss[0], Qt.MouseButton.LeftButton)

    assert world.shell.notices.texts() == []
    assert not world.shell.notices.isVisible()


def test_an_offer_of_a_banner_does_what_it_says(world):
    done = []
    world.context.messages.warn("Look here.", "look", Offer("Do it", lambda: done.append(1)))

    offer = [b for b in world.shell.notices.findChildren(QPushButton) if b.text() == "Do it"]
    QTest.mouseClick(offer[0], Qt.MouseButton.LeftButton)

    assert done == [1]


def test_a_newer_notice_of_the_same_kind_takes_the_place_of_the_older(world):
    world.context.messages.warn("First.", "disk")
    world.context.messages.warn("Second.", "disk")

    assert world.shell.notices.texts() == ["Second."]


def test_no_more_than_three_notices_push_the_page_down(world):
    for number in range(5):
        world.context.messages.warn(f"Number {number}.", f"kind {number}")

    assert world.shell.notices.texts() == ["Number 2.", "Number 3.", "Number 4."]


def test_a_trouble_of_the_file_stays_until_it_is_over(world):
    world.doors.notices = (
        Notice("read-only", "warn", "You can look and print, not change.", (), lasting=True),
    )
    world.book.refresh()
    assert world.shell.notices.texts() == ["You can look and print, not change."]
    assert not [b for b in world.shell.notices.findChildren(QPushButton) if b.text() == "Dismiss"]

    world.doors.notices = ()
    world.book.refresh()

    assert world.shell.notices.texts() == []


@pytest.mark.parametrize(("key", "expected"), [(Key.Key_Escape, "no"), (Key.Key_Y, None)])
def test_a_question_waits_for_its_answer(world, key, expected):
    answers = []
    question = Question("Remove it?", "Its file is deleted.", "Remove")
    world.context.messages.ask(
        question, "remove", lambda: answers.append("yes"), lambda: answers.append("no")
    )
    dialog = world.start.window.findChild(QuestionDialog)

    QTest.keyClick(dialog, key)

    assert answers == ([expected] if expected else [])


def test_yes_to_a_question_does_it(world):
    answers = []
    world.context.messages.ask(
        Question("Remove it?", "Really.", "Remove"), "remove", lambda: answers.append("yes")
    )
    dialog = world.start.window.findChild(QuestionDialog)

    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Remove")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert answers == ["yes"]


# -- files


def test_a_file_that_cannot_be_opened_leaves_the_present_one_open(world):
    world.shell.files.open(world.folder / "letter.docx")

    assert trouble().sentence == "letter.docx is not a Clusterbook file: choose one that is."
    assert world.book.facts.path.name == "Tidewater 2024.clusterbook"
    assert world.shell.host.isVisible()


def test_trouble_at_the_first_opening_shows_the_welcome_screen(make_world):
    world = make_world("letter.docx")

    assert world.shell.welcome.isVisible()
    assert trouble().sentence == "letter.docx is not a Clusterbook file: choose one that is."
    assert not world.shell.sidebar.isVisible()


def test_try_again_opens_the_file_that_failed(make_world, monkeypatch):
    world = make_world()
    tries = []

    def refuse(path, _progress):
        tries.append(path.name)
        raise FileTrouble("E07", "Another program is using the file.")

    monkeypatch.setattr(world.book, "_doors", replace(world.doors.doors(), open=refuse))
    world.shell.files.open(world.folder / "a.clusterbook")
    again = next(b for b in trouble().findChildren(QPushButton) if b.text() == "Try again")
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)

    assert tries == ["a.clusterbook", "a.clusterbook"]


def test_opening_another_file_closes_the_first(world):
    world.shell.files.open(world.folder / "Other.clusterbook")

    first, second = world.doors.stores
    assert (first.closed, second.closed) == (True, False)
    assert world.start.window.windowTitle() == "Tidewater Cluster – Clusterbook"


def test_closing_the_file_brings_the_welcome_screen(world):
    press(world, Key.Key_W, Mod.ControlModifier)

    assert world.doors.stores[0].closed
    assert world.shell.welcome.isVisible()
    assert not world.shell.topbar.isVisible()
    assert world.start.window.windowTitle() == "Clusterbook"
    assert not world.shell.actions_table[Action.CLOSE].isEnabled()


def test_the_sample_is_marked_and_removed_with_one_click(welcome):
    welcome.shell.files.explore()
    assert welcome.shell.topbar.sample.isVisible()

    button = next(b for b in welcome.shell.topbar.findChildren(QPushButton) if b.text() == "Remove")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert welcome.doors.removed == [welcome.folder / "sample.clusterbook"]
    assert welcome.doors.stores[0].closed
    assert welcome.context.settings.recent == ()
    assert welcome.shell.status.accessibleDescription() == "The sample was removed. Explore makes it again."
    assert welcome.shell.welcome.isVisible()


def test_a_book_of_ones_own_has_no_remove(world):
    world.shell.files.remove_sample()

    assert not world.shell.topbar.sample.isVisible()
    assert world.doors.removed == []
    assert world.book.is_open()


def test_a_book_that_was_opened_is_remembered(world):
    entry = world.context.settings.recent[0]

    assert (entry.path.name, entry.name) == ("Tidewater 2024.clusterbook", "Tidewater Cluster")


def test_a_missing_book_is_greyed_and_can_be_taken_off_the_list(welcome, recent):
    for entry in recent:
        welcome.context.settings.remember(entry)
    welcome.shell.files.recent_changed.emit()
    buttons = {
        b.accessibleName(): b for b in welcome.shell.welcome.findChildren(QPushButton) if b.isVisible()
    }
    assert "Open Tidewater Cluster" in buttons

    QTest.mouseClick(
        buttons["Remove Northfields Science Cluster & partners from this list"], Qt.MouseButton.LeftButton
    )

    assert [entry.name for entry in welcome.context.settings.recent] == ["Tidewater Cluster"]


def test_closing_the_window_closes_the_file_and_keeps_the_geometry(world):
    world.start.window.close()

    assert world.doors.stores[0].closed
    assert world.context.tasks.file.finished
    assert not world.context.settings.geometry.isEmpty()


# -- help and the table of actions


def test_f1_shows_the_help_of_the_page(world):
    world.shell.go("pack")
    press(world, Key.Key_F1)

    assert world.start.window.findChild(HelpDialog).windowTitle() == "Help: Review pack"


def test_f1_on_the_welcome_screen_says_how_to_start(welcome):
    press(welcome, Key.Key_F1)

    assert welcome.start.window.findChild(HelpDialog).windowTitle() == "Help: Starting"


def test_about_names_the_versions(world):
    world.shell.actions_table[Action.ABOUT].trigger()
    settle()

    assert world.start.window.findChild(AboutDialog) is not None


@pytest.mark.parametrize(
    ("keys", "size"), [([Key.Key_Plus], 1.1), ([Key.Key_Plus, Key.Key_Plus, Key.Key_Minus], 1.1)]
)
def test_ctrl_plus_and_minus_change_the_text_size(world, keys, size):
    for key in keys:
        press(world, key, Mod.ControlModifier)

    assert world.context.settings.text_size == size

    press(world, Key.Key_0, Mod.ControlModifier)

    assert world.context.settings.text_size == 1.0


def test_the_text_size_stops_at_its_ends(world):
    for _ in range(9):
        world.assembly.look.step_text(1)
    assert world.context.settings.text_size == 1.75

    for _ in range(9):
        world.assembly.look.step_text(-1)
    assert world.context.settings.text_size == 1.0


def test_no_two_actions_share_a_shortcut_or_a_mnemonic():
    keys = [key for spec in SPECS for key in spec.keys]
    assert len(keys) == len(set(keys))

    for menu in MENUS:
        texts = [spec.text for spec in SPECS if spec.menu == menu]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(letters) == len(set(letters)), menu


def test_every_action_is_in_a_menu():
    assert {spec.action for spec in SPECS} == set(Action)
    assert all(spec.menu in MENUS for spec in SPECS)


def test_what_needs_a_file_is_greyed_without_one(welcome):
    table = welcome.shell.actions_table

    assert not any(table[a].isEnabled() for a in (Action.EXPORT, Action.CLOSE, Action.FIND, Action.UNDO))
    assert all(table[a].isEnabled() for a in (Action.NEW, Action.OPEN, Action.SAMPLE, Action.HELP))


def test_quick_find_leads_to_a_section_or_a_rule_below_the_records(world, monkeypatch):
    part = Part("Most recognised for one half-day of cover", Place("scheme_setting", 0, "cap_per_half_day"))
    specs = [replace(spec, parts=lambda: (part,)) if spec.foot else spec for spec in pages()]
    monkeypatch.setattr(world.shell.finding, "_pages", specs)
    finder = find(world, "cover")
    finder.show_records([Found("claims", 12, "SC-0012 cover")])
    assert titles(finder) == ["Cover claims", "SC-0012 cover", part.words]
    finder.entries()[-1].go()
    settle()
    assert world.shell.host.page("settings").records == [part.place]


def test_help_has_a_page_for_keys_undo_and_the_bin(world):
    world.shell.actions_table[Action.KEYS].trigger()
    (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, HelpDialog)]
    assert dialog.windowTitle() == "Keys, undo and the Bin"
    dialog.close()


def test_a_page_out_of_sight_is_let_go_of_before_the_looks_change_unless_it_holds_something(world):
    world.shell.go("claims")
    world.shell.go("fund")
    world.shell.go("home")
    held = world.shell.host.page("fund")
    field = TextField()
    field.setParent(held)
    QTest.keyClicks(field, "110")
    world.shell.actions_table[Action.THEME_DARK].trigger()
    settle()

    assert world.shell.host.page("claims") is None
    assert world.shell.host.page("fund") is held
    assert world.shell.host.current_key == "home"
    world.shell.go("claims")
    settle()
    assert world.shell.host.page("claims").refreshed


def test_the_other_pages_are_imported_once_the_first_one_shows(make_world, qtbot, monkeypatch):
    monkeypatch.setattr("ui.shell.assembly.WARM_AFTER_MS", 0)
    warmed = []

    def here():
        warmed.append(threading.current_thread() is threading.main_thread())
        yield
        warmed.append("done")

    made = make_world(
        "Tidewater 2024.clusterbook",
        warm=lambda: warmed.append("asked for"),
        warm_here=here,
        warm_last=lambda: warmed.append("papers"),
    )
    qtbot.waitUntil(lambda: made.start.assembly.is_warm)
    made.shell.go("claims")

    assert warmed == ["asked for", True, "done", "papers"]


def test_what_a_thread_imports_beforehand_names_nothing_of_qt():
    script = (
        "import sys, ui.composition\n"
        "before = set(sys.modules)\n"
        "ui.composition.warm()\n"
        "ui.composition.warm_last()\n"
        "new = set(sys.modules) - before\n"
        "assert {'models.queries.pack', 'reports.papers.agenda'} <= new\n"
        "assert not [name for name in new if name.startswith(('PySide6', 'shiboken6', 'ui'))]\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[2], check=True)
