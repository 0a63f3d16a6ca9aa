"""The book's file is touched in its own thread only; every action is named, told on the bus, undone."""

import pytest

from models.errors import FileTrouble, Refused
from models.values import replace
from tests.ui.conftest import settle
from tests.ui.doubles import TODAY
from ui.doors import NewCluster, in_sentence
from ui.shell.actions import Action
from ui.tasks import Tasks

BOOK = "Tidewater 2024.clusterbook"


@pytest.fixture
def threaded(make_world, qtbot):
    """A window whose file lives in a thread of its own: the paper store insists on it."""
    world = make_world(BOOK, tasks=Tasks())
    qtbot.waitUntil(world.book.is_open)
    return world


def test_questions_changes_undo_search_and_closing_all_stay_in_the_files_thread(threaded, qtbot):
    book, store = threaded.book, threaded.doors.stores[0]
    answers = []
    book.ask(lambda session: session.cluster, answers.append)
    book.change("Approve claim SC-0014", lambda _session: 7, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    book.search("0014", answers.append)
    qtbot.waitUntil(lambda: len(answers) == 3)
    book.undo()
    qtbot.waitUntil(lambda: book.redo_name == "Approve claim SC-0014")

    threaded.start.window.close()

    assert answers[:2] == ["Tidewater Cluster", 7]
    assert store.closed  # and nothing insisted


def test_the_bus_hears_of_a_change_before_its_caller_does(world):
    order = []
    world.context.bus.changed.connect(lambda changes, who: order.append((dict(changes.rows), who)))

    world.book.change("Approve", lambda _session: "result", order.append, initiator="page")

    assert order == [({"claim": (1,)}, "page"), "result"]


def test_what_a_rule_refuses_is_shown_and_nothing_is_said_to_be_saved(world):
    saved, results = [], []
    world.book.saved.connect(saved.append)

    def refuse(_session):
        raise Refused("SC-0014 has no evidence yet: attach the invoice first.")

    world.book.change("Approve claim SC-0014", refuse, results.append)

    assert world.heard.texts == ["SC-0014 has no evidence yet: attach the invoice first."]
    assert (saved, results, world.doors.stores[0].done) == ([], [], [])


def test_an_unexpected_error_is_not_hidden_in_a_notice(threaded, qtbot):
    def fail(_session):
        raise KeyError("a mistake of ours")

    with qtbot.captureExceptions() as caught:
        threaded.book.ask(fail, lambda _answer: None)
        qtbot.waitUntil(lambda: bool(caught))

    assert caught[0][0] is KeyError
    assert threaded.heard.texts == []


def test_a_question_without_a_file_is_refused_in_plain_words(welcome):
    welcome.book.ask(lambda session: session, lambda _answer: None)

    assert welcome.heard.texts == ["No file is open: open one, or start a new cluster."]


def test_a_new_cluster_is_made_where_it_was_asked_for(welcome):
    path = welcome.folder / "Northfields.clusterbook"
    new = NewCluster(path, "Northfields", "Oakmere Primary School", TODAY)

    welcome.shell.files.create(new)
    settle()

    assert welcome.doors.stores[0].path == new.path
    assert welcome.start.window.windowTitle() == "Northfields – Clusterbook"
    assert welcome.shell.host.isVisible()


def test_the_workbook_is_written_where_it_was_asked_for(world):
    world.shell.files._write(world.folder / "all.xlsx")

    assert world.doors.exported == [world.folder / "all.xlsx"]
    assert world.heard.said == ["Exported to all.xlsx"]


def test_a_store_whose_frame_cannot_be_read_is_let_go(world, monkeypatch):
    def broken(_store, _year):
        raise Refused("The cluster has no name.")

    monkeypatch.setattr(world.doors, "frame", broken)
    monkeypatch.setattr(world.book, "_doors", world.doors.doors())
    world.book.open(world.folder / "Other.clusterbook")

    assert world.doors.stores[1].closed
    assert not world.doors.stores[0].closed
    assert world.heard.texts == ["The cluster has no name."]


def test_the_file_that_is_open_is_not_opened_again(world):
    world.shell.files.open(world.book.facts.path)

    assert len(world.doors.stores) == 1
    assert world.heard.said == [f"{BOOK} is open already."]


def test_nothing_to_undo_does_nothing(world):
    world.book.undo()
    world.book.redo()

    assert world.heard.said == []
    assert not world.shell.actions_table[Action.UNDO].isEnabled()


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Approve claim SC-0012", "approve claim SC-0012"),
        ("SC-0012 approved", "SC-0012 approved"),
        ("CPD session added", "CPD session added"),
        ("", ""),
    ],
)
def test_a_name_inside_a_sentence_keeps_its_abbreviations(name, inside):
    assert in_sentence(name) == inside


def test_a_sample_that_cannot_be_deleted_is_closed_all_the_same(welcome, monkeypatch):
    def busy(_path):
        raise Refused("The sample is in use by another program: remove it later.")

    monkeypatch.setattr(welcome.doors, "remove", busy)
    monkeypatch.setattr(welcome.book, "_doors", welcome.doors.doors())
    welcome.shell.files.explore()
    welcome.shell.files.remove_sample()

    assert welcome.doors.stores[0].closed
    assert not welcome.book.is_open()
    assert welcome.shell.welcome.isVisible()
    assert welcome.shell.notices.texts() == ["The sample is in use by another program: remove it later."]


def test_a_backup_takes_the_place_of_the_open_file(world):
    world.book.restore_backup(world.folder / "earlier.bak")

    assert [store.closed for store in world.doors.stores] == [True, False]
    assert world.book.is_open()
    assert world.heard.texts == []


def test_after_a_restore_that_failed_the_file_is_open_as_it_was(world):
    world.book.restore_backup(world.folder / "earlier.txt")

    assert [store.closed for store in world.doors.stores] == [True, False]
    assert world.heard.texts == ["earlier.txt is damaged."]
    world.book.change("Edit meeting M-0001", lambda _session: None)
    assert world.book.undo_name == "Edit meeting M-0001"


def test_if_the_file_cannot_be_opened_again_after_that_the_welcome_screen_says_so(world, monkeypatch):
    def gone(_path, _progress):
        raise FileTrouble("E01", "The file is not there.")

    monkeypatch.setattr(world.doors, "open", gone)
    monkeypatch.setattr(world.book, "_doors", world.doors.doors())
    world.book.restore_backup(world.folder / "earlier.txt")

    assert not world.book.is_open()
    assert world.shell.welcome.isVisible()
    assert world.shell.notices.texts() == ["The file is not there."]


def test_reversing_and_restoring_are_actions_that_undo_takes_back(world):
    world.book.change("Edit meeting M-0001", lambda _session: None)
    heard = []
    world.context.bus.changed.connect(lambda changes, _by: heard.append(dict(changes.rows)))

    world.book.reverse(1)
    assert world.book.undo_name == "Reverse: Edit meeting M-0001"
    world.book.restore("meeting", 4, "Restore meeting M-0004")
    assert world.book.undo_name == "Restore meeting M-0004"
    assert heard == [{"claim": (1,)}, {"meeting": (4,)}]


def test_the_file_is_backed_up_while_one_works_but_not_where_it_is_read_only(world):
    (store,) = world.doors.stores
    assert world.assembly.backups.isActive()
    assert world.assembly.backups.interval() == 30 * 60 * 1000
    world.assembly.backups.timeout.emit()
    assert store.backed_up == 1
    store.read_only = True
    world.assembly.backups.timeout.emit()
    assert store.backed_up == 1


def test_nothing_is_backed_up_while_no_file_is_open(welcome):
    welcome.assembly.backups.timeout.emit()
    assert welcome.heard.texts == []


def test_who_acted_hears_of_it_before_the_whole_book_is_read_again_for_the_frame(world):
    order = []
    frame = world.doors.frame
    world.book._doors = replace(
        world.book._doors, frame=lambda store, year: order.append("frame") or frame(store, year)
    )
    world.context.bus.changed.connect(lambda *_: order.append("bus"))
    world.book.change("Approve", lambda _session: None, lambda _result: order.append("done"))

    assert order[0] == "bus"
    assert "frame" in order
