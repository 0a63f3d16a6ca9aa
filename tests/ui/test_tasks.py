"""Jobs run elsewhere and come back to the GUI thread; a cancelled or replaced one is never heard of again."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread, QTimer
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import settle
from ui import tasks
from ui.tasks import Cancelled, Delivery, FileRunner, Pool, Progress, Step, Tasks

pytestmark = pytest.mark.usefixtures("qapp")


class Listener(QObject):
    """Keeps what it is brought, and in which thread."""

    def __init__(self):
        super().__init__()
        self.results, self.errors, self.threads = [], [], []

    def done(self, result):
        self.results.append(result)
        self.threads.append(QThread.currentThread())

    def failed(self, error):
        self.errors.append(error)
        self.threads.append(QThread.currentThread())


@pytest.fixture(params=["file", "pool"])
def runner(request, qapp):
    delivery = Delivery(qapp)
    made = FileRunner(delivery) if request.param == "file" else Pool(delivery)
    made.delivery = delivery
    yield made
    made.finish()
    settle()


@pytest.fixture
def listener():
    return Listener()


def here():
    return QCoreApplication.instance().thread()


def test_a_job_runs_elsewhere_and_its_result_comes_back_here(qtbot, runner, listener):
    runner.run(lambda _progress: threading.get_ident(), listener.done)
    qtbot.waitUntil(lambda: bool(listener.results))

    assert listener.results[0] != threading.get_ident()
    assert listener.threads == [here()]


def test_the_next_job_waits_until_the_window_has_shown_the_last_result(qtbot, listener):
    runner, began = FileRunner(Delivery()), threading.Event()
    seen = []
    runner.run(lambda _progress: 1, lambda _one: seen.append(began.wait(0.05)))
    runner.run(lambda _progress: began.set(), listener.done)
    qtbot.waitUntil(lambda: bool(listener.results))
    runner.finish()

    assert seen == [False]


class Picture(QWidget):
    """Notes that it was painted."""

    painted = False

    def paintEvent(self, _event):  # noqa: N802 -- Qt's name
        self.painted = True


def test_a_job_begins_when_what_changed_on_the_way_is_laid_out_and_painted(qtbot, listener, monkeypatch):
    monkeypatch.setattr(tasks, "PAINTED_MS", 300)  # a busy machine is slow
    runner, picture = FileRunner(Delivery()), Picture()
    qtbot.addWidget(picture)
    picture.show()
    qtbot.waitUntil(lambda: picture.painted)
    picture.painted = False

    QTimer.singleShot(30, picture, picture.update)  # as of what is laid out in a later turn
    runner.run(lambda _progress: picture.painted, listener.done)
    qtbot.waitUntil(lambda: bool(listener.results))
    runner.finish()

    assert listener.results == [True]


def test_a_runner_is_busy_until_the_last_result_is_brought_back(qtbot, runner, listener):
    assert not runner.busy()
    runner.run(lambda _progress: 1, lambda found: listener.results.append((found, runner.busy())))
    assert runner.busy()
    qtbot.waitUntil(lambda: bool(listener.results))

    assert listener.results == [(1, False)]


def test_an_error_comes_back_here_with_where_it_happened(qtbot, runner, listener):
    def fail(_progress):
        raise ValueError("no such school")

    runner.run(fail, listener.done, listener.failed)
    qtbot.waitUntil(lambda: bool(listener.errors))

    assert listener.threads == [here()]
    assert listener.results == []
    assert listener.errors[0].__traceback__.tb_next.tb_frame.f_code.co_name == "fail"


def test_an_error_that_nobody_asked_for_is_raised_here(qtbot, runner, listener):
    def fail(_progress):
        raise ValueError("nobody expected this")

    with qtbot.captureExceptions() as caught:
        runner.run(fail, listener.done)
        qtbot.waitUntil(lambda: bool(caught))

    assert caught[0][0] is ValueError


def test_progress_is_told_here(qtbot, runner, listener):
    told = []
    runner.delivery.stepped.connect(lambda _job, step: told.append((step, QThread.currentThread())))

    def work(progress: Progress):
        progress.report("Reading the sheets", 1, 3)

    runner.run(work, listener.done)
    qtbot.waitUntil(lambda: bool(listener.results))

    assert told == [(Step("Reading the sheets", 1, 3), here())]


def test_a_job_that_is_cancelled_stops_at_its_next_report_and_is_not_heard_of_again(qtbot, runner, listener):
    begun, stopped, go_on = threading.Event(), threading.Event(), threading.Event()

    def work(progress: Progress):
        begun.set()
        go_on.wait(10)
        try:
            progress.report("next")
        except Cancelled:
            stopped.set()
            raise

    ended = []
    runner.delivery.ended.connect(ended.append)
    job = runner.run(work, listener.done, listener.failed)
    qtbot.waitUntil(begun.is_set)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: ended == [job])

    assert stopped.is_set()
    assert (listener.results, listener.errors) == ([], [])


def test_a_result_that_comes_after_cancel_is_dropped(qtbot, runner, listener):
    begun, go_on = threading.Event(), threading.Event()

    def work(_progress):
        begun.set()
        go_on.wait(10)
        return "too late"

    ended = []
    runner.delivery.ended.connect(ended.append)
    job = runner.run(work, listener.done)
    qtbot.waitUntil(begun.is_set)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: ended == [job])

    assert listener.results == []


def test_a_newer_job_of_the_same_key_replaces_the_older(qtbot, runner, listener):
    ended = []
    runner.delivery.ended.connect(ended.append)
    for number in range(5):
        runner.run(lambda _progress, number=number: number, listener.done, key="search")
    runner.run(lambda _progress: "other", listener.done)
    qtbot.waitUntil(lambda: len(ended) == 6)

    assert sorted(listener.results, key=str) == [4, "other"]


def test_a_result_for_a_widget_that_is_gone_is_dropped(qtbot, runner):
    gone, ended = Listener(), []
    runner.delivery.ended.connect(ended.append)
    go_on = threading.Event()
    runner.run(lambda _progress: go_on.wait(10), gone.done)
    gone.deleteLater()
    settle()
    go_on.set()
    qtbot.waitUntil(lambda: len(ended) == 1)

    assert gone.results == []


def test_the_file_has_one_thread_and_keeps_the_order(qtbot, qapp, listener):
    delivery = Delivery(qapp)
    runner = FileRunner(delivery)
    for number in range(20):
        runner.run(lambda _progress, number=number: (number, threading.get_ident()), listener.done)
    qtbot.waitUntil(lambda: len(listener.results) == 20)
    runner.finish()

    assert [number for number, _ in listener.results] == list(range(20))
    assert len({thread for _, thread in listener.results}) == 1


def test_no_job_computes_while_the_window_is_still_busy_with_what_asked_for_it(qtbot, runner, listener):
    began = threading.Event()
    runner.run(lambda _progress: began.set(), listener.done)
    assert not began.wait(0.05)
    qtbot.waitUntil(began.is_set)


def test_at_the_end_what_waits_is_left_undone_and_the_file_is_closed_in_its_own_thread(qtbot, qapp, listener):
    delivery = Delivery(qapp)
    runner = FileRunner(delivery)
    begun, go_on, done = threading.Event(), threading.Event(), []

    def first(_progress):
        begun.set()
        go_on.wait(10)
        done.append(("first", threading.get_ident()))

    runner.run(first, listener.done)
    runner.run(lambda _progress: done.append(("second", 0)), listener.done)
    qtbot.waitUntil(begun.is_set)
    threading.Timer(0.05, go_on.set).start()
    runner.finish(lambda: done.append(("closed", threading.get_ident())))

    assert [what for what, _ in done] == ["first", "closed"]
    assert done[0][1] == done[1][1] != threading.get_ident()
    settle()
    assert listener.results == []


def test_at_the_end_what_waits_to_be_saved_is_saved_before_the_file_is_closed(qtbot, qapp, listener):
    runner = FileRunner(Delivery(qapp))
    begun, go_on, done = threading.Event(), threading.Event(), []

    def first(_progress):
        begun.set()
        go_on.wait(10)

    runner.run(first, listener.done)
    qtbot.waitUntil(begun.is_set)
    runner.run(lambda _progress: done.append("saved"), listener.done, keep=True)
    runner.run(lambda _progress: done.append("asked"), listener.done)
    threading.Timer(0.05, go_on.set).start()
    runner.finish(lambda: done.append("closed"))

    assert done == ["saved", "closed"]


def test_nothing_runs_on_after_the_end(qtbot, listener):
    before = threading.active_count()
    tasks = Tasks()
    tasks.file.run(lambda _progress: 1, listener.done)
    tasks.pool.run(lambda _progress: 2, listener.done)
    qtbot.waitUntil(lambda: len(listener.results) == 2)

    tasks.file.finish()
    tasks.pool.finish()

    assert threading.active_count() == before
    assert not tasks.file._worker.isRunning()


def test_the_end_without_a_beginning_is_no_trouble():
    done = []
    tasks = Tasks()
    tasks.file.finish(lambda: done.append("closed"))
    tasks.pool.finish()

    assert done == []  # no thread, so no file was ever opened in it


def test_what_is_asked_of_the_file_after_the_end_is_not_begun(listener):
    runner = FileRunner(Delivery())
    runner.run(lambda _progress: 1, listener.done)
    runner.finish()

    runner.run(lambda _progress: 2, listener.done)
    settle()

    assert not runner._worker.isRunning()
    assert 2 not in listener.results
