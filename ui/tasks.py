"""Nothing slow on the GUI thread: one thread for the file, a small pool for papers, results brought back."""

from __future__ import annotations

import sys
import threading
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import shiboken6
from msgspec import Struct, field
from PySide6.QtCore import QObject, QRunnable, Qt, QThread, QThreadPool, QTimer, Signal, Slot

from ui.overrides import override

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
PATIENCE = 0.25  # seconds that the next job waits at most
PAINTED_MS = 8  # Qt paints what has changed five milliseconds after it was told of it
SWITCH = 0.0001  # seconds that a call of Qt waits for Python while a job computes; a page has hundreds


class Cancelled(Exception):
    """The user pressed Cancel; whatever was under way must undo itself."""


class Step(Struct, frozen=True):
    """How far a job is: what it does, and `done` of `total`; a total of 0 means that nobody knows."""

    words: str
    done: int = 0
    total: int = 0


class Progress:
    """A job's way to say how far it is, and to hear that it should stop. Safe to use from any thread."""

    def __init__(self, tell: Callable[[Step], None] | None = None) -> None:
        self._tell = tell
        self._cancelled = threading.Event()

    def report(self, words: str, done: int = 0, total: int = 0) -> None:
        """Say how far it is.

        Raises:
            Cancelled: the user pressed Cancel.
        """
        self.check()
        if self._tell is not None:
            self._tell(Step(words, done, total))

    def check(self) -> None:
        """Stop here if the user pressed Cancel.

        Raises:
            Cancelled: she did.
        """
        if self._cancelled.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the job to stop at its next report or check."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether the job has been asked to stop."""
        return self._cancelled.is_set()


class Job(Struct, eq=False):
    """One piece of work under way. Keep it to cancel it; dropping it does no harm.

    Attributes:
        key: a newer job with the same key makes this one's result unwanted; "" for none.
        keep: it saves something: the end of the program waits for it, and does not cancel it.
        over: it has ended, well or not, and its result has been brought back.
    """

    func: Callable[[Progress], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    key: str = ""
    keep: bool = False
    progress: Progress = field(default_factory=Progress)
    superseded: bool = False
    over: bool = False
    result: Any = None
    error: Exception | None = None

    def cancel(self) -> None:
        """Ask the job to stop; a job that has not begun will not begin. Its `done` is not called."""
        self.progress.cancel()

    def work(self) -> None:
        """Do it, in whatever thread this is called."""
        if self.progress.cancelled:
            return
        try:
            self.result = self.func(self.progress)
        except Exception as error:  # noqa: BLE001 -- the one place that hands any error on to the GUI thread
            self.error = error

    def wanted(self) -> bool:
        """Whether anyone still waits for the result."""
        return not self.superseded and not self.progress.cancelled and _alive(self.done)


def _alive(callback: Callable[..., Any]) -> bool:
    """False if the callback belongs to a widget that Qt has already taken away."""
    owner = getattr(getattr(callback, "func", callback), "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


class Runner(Protocol):
    """Somewhere to run jobs: a thread, a pool, or in tests the spot."""

    def run(
        self,
        func: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        key: str = "",
        keep: bool = False,
    ) -> Job:
        """Run `func` and bring its result to `done`, or its error to `failed`, on the GUI thread.

        Without `failed`, an error is raised on the GUI thread and reaches the crash net. Neither is called
        for a job that was cancelled, replaced by a newer one of the same key, or whose owner is gone. One to
        `keep` is done even if the end comes before it.
        """
        ...

    def busy(self) -> bool:
        """Whether a result has yet to be brought back."""
        ...

    def finish(self, last: Callable[[], None] | None = None) -> None:
        """Cancel what waits and saves nothing, do `last`, and end. Blocks until all has ended."""
        ...


class Delivery(QObject):
    """Brings jobs back to the GUI thread and calls their `done` or `failed` there.

    An error that nobody asked for is raised here, so that it reaches the crash net with its own traceback.

    Attributes:
        stepped: a job said how far it is: (Job, Step).
        ended: a job is over, well or not: (Job,).
    """

    stepped = Signal(object, object)
    ended = Signal(object)
    _arrived = Signal(object)
    _told = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest: dict[str, Job] = {}
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self.stepped, Qt.ConnectionType.QueuedConnection)

    def register(self, job: Job) -> None:
        """Note a job before it begins. GUI thread."""
        if job.key:
            if (earlier := self._latest.get(job.key)) is not None:
                earlier.superseded = True
            self._latest[job.key] = job
        job.progress = Progress(lambda step: self._told.emit(job, step))

    def send(self, job: Job) -> None:
        """Bring a finished job back. Any thread."""
        self._arrived.emit(job)

    @Slot(object)
    def _on_arrived(self, job: Job) -> None:
        job.over = True
        if self._latest.get(job.key) is job:
            del self._latest[job.key]
        self.ended.emit(job)
        if not job.wanted():
            return
        if job.error is None:
            job.done(job.result)
        elif isinstance(job.error, Cancelled):
            return
        elif job.failed is not None:
            job.failed(job.error)
        else:
            raise job.error


class _Worker(QThread):
    """Takes jobs from a queue until it finds None there.

    Attributes:
        jobs: what is to be done.
        shown: the GUI thread has done what the last result asked of it. The next job waits for that, though
            not for ever: Python would let the two take turns, and the window stand still for twice as long.
        ending: nobody looks at results any more.
    """

    def __init__(self, delivery: Delivery) -> None:
        super().__init__()
        self.setObjectName("file")
        self._delivery = delivery
        self.jobs: SimpleQueue[Job | None] = SimpleQueue()
        self.shown, self.ending = threading.Event(), False
        self.shown.set()

    @override
    def run(self) -> None:
        while (job := self.jobs.get()) is not None:
            self.shown.wait(PATIENCE)
            if not job.superseded:
                job.work()
            if not self.ending:
                self.shown.clear()
            self._delivery.send(job)


class _AfterThis:
    """Lets jobs begin when the GUI thread has done what it is doing, in the order in which they came.

    A page that builds itself asks for its data on the way, and is painted after that. A job that computed
    meanwhile would make every second call of Qt wait for Python's lock: the page would take twice as long,
    and the window stand still.
    """

    def __init__(self) -> None:
        self._begin: list[Callable[[], object]] = []
        self._turn = QTimer()
        self._turn.setSingleShot(True)
        self._turn.setInterval(PAINTED_MS)
        self._turn.timeout.connect(self.now)

    def do(self, begin: Callable[[], object]) -> None:
        """Call `begin` soon."""
        self._begin.append(begin)
        if not self._turn.isActive():
            self._turn.start()

    @Slot()
    def now(self) -> None:
        """Call all that waits."""
        waiting, self._begin = self._begin, []
        for begin in waiting:
            begin()


class FileRunner:
    """The one thread in which the file is opened, read and written, one job after another.

    The Store is made here, used here and closed here: no other thread ever touches it.
    """

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._worker = _Worker(delivery)
        self._waiting: set[Job] = set()
        self._soon, self._over = _AfterThis(), False
        delivery.ended.connect(self._on_ended)

    def run(
        self,
        func: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        key: str = "",
        keep: bool = False,
    ) -> Job:
        """Queue a job. One that a newer job of the same key replaced before it began does nothing.

        Nor does one that comes after the end: a late answer may ask again while the window closes, and a
        thread that nobody ends would take the program down with it.
        """
        job = Job(func, done, failed, key, keep)
        if self._over:
            job.cancel()
            return job
        self._delivery.register(job)
        self._waiting.add(job)
        if not self._worker.isRunning():
            self._worker.start()
        self._soon.do(partial(self._worker.jobs.put, job))
        return job

    @Slot(object)
    def _on_ended(self, job: Job) -> None:
        if job in self._waiting:
            self._waiting.discard(job)
            self._soon.do(self._worker.shown.set)

    def busy(self) -> bool:
        """Whether a result has yet to be brought back."""
        return bool(self._waiting)

    def finish(self, last: Callable[[], None] | None = None) -> None:
        """Cancel what waits, but for what saves; do `last` (close the file) in the thread and end it.

        Blocks until then.
        """
        self._over = True
        _cancel(self._waiting)
        self._soon.now()
        self._worker.ending = True
        self._worker.shown.set()
        if self._worker.isRunning():
            if last is not None:
                self._worker.jobs.put(Job(lambda _progress: last(), _nothing, None))
            self._worker.jobs.put(None)
            self._worker.wait()


class _Pooled(QRunnable):
    def __init__(self, job: Job, delivery: Delivery) -> None:
        super().__init__()
        self._job, self._delivery = job, delivery

    @override
    def run(self) -> None:
        self._job.work()
        self._delivery.send(self._job)


class Pool:
    """A few threads for work that needs no file: building PDFs and workbooks from a snapshot."""

    def __init__(self, delivery: Delivery, threads: int = 2) -> None:
        self._delivery = delivery
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(threads)
        self._waiting: set[Job] = set()
        self._soon = _AfterThis()
        delivery.ended.connect(self._waiting.discard)

    def run(
        self,
        func: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        key: str = "",
        keep: bool = False,
    ) -> Job:
        """Run a job as soon as a thread is free."""
        job = Job(func, done, failed, key, keep)
        self._delivery.register(job)
        self._waiting.add(job)
        self._soon.do(partial(self._pool.start, _Pooled(job, self._delivery)))
        return job

    def busy(self) -> bool:
        """Whether a result has yet to be brought back."""
        return bool(self._waiting)

    def finish(self, last: Callable[[], None] | None = None) -> None:
        """Cancel what waits, block until the last has ended, then do `last`."""
        _cancel(self._waiting)
        self._soon.now()
        self._pool.waitForDone()
        if last is not None:
            last()


def _cancel(waiting: set[Job]) -> None:
    for job in waiting:
        if not job.keep:
            job.cancel()


def _nothing(_result: object) -> None:
    """For jobs whose result nobody needs."""


class Tasks:
    """Both runners, as the window has them.

    Attributes:
        delivery: where results come back; its signals say how far jobs are.
        file: runs what needs the file.
        pool: runs what does not.
    """

    def __init__(self) -> None:
        # The GUI thread waits this long for Python after many a call of Qt while a job computes.
        sys.setswitchinterval(SWITCH)
        self.delivery = Delivery()
        self.file: Runner = FileRunner(self.delivery)
        self.pool: Runner = Pool(self.delivery)
