"""The file behind the window: opened, closed, exchanged for another, copied and written back.

The Store lives in the file's thread; nothing here touches it in another.
"""

from __future__ import annotations

from contextlib import suppress
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from models.errors import AppError, FileTrouble, Refused
from ui.messages import Offer
from ui.widgets import reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ui.bus import Changes, DataBus
    from ui.doors import Care, Doors, FrameFacts, NewCluster, OpenStore
    from ui.messages import Messages
    from ui.tasks import Job, Progress, Runner

T = TypeVar("T")
TWO_COPIES = "E10"
"""The key of the notice that there is another copy of the book."""
TROUBLE = "file trouble"
"""The key of the notice that something could not be saved."""
WHILE_WORKING = frozenset({"E07", "E08", "E09", "E13"})
"""What can happen to a file that is open; the rest happens when one is being opened."""


def read_only_words(path: Path) -> str:
    """Why nothing of a book can be changed."""
    return f"{path.name} is open to read only: you can look and print, not change."


class After(Struct, frozen=True):
    """What the GUI thread must know after a write or an opening."""

    facts: FrameFacts | None
    undo: str
    redo: str
    changes: Changes | None = None
    result: object = None


def stepped(store: OpenStore, changes: Changes, result: object = None) -> After:
    """After a write: what was written, at once. The frame's facts read the whole book, and come later."""
    return After(None, store.undo_name() or "", store.redo_name() or "", changes, result)


class Way(Enum):
    """How a file is opened."""

    USUAL = "usual"
    READ_ONLY = "read only"
    IN_PLACE = "in place"
    TAKE_OVER = "take over"
    DAMAGED = "damaged"


class BookFile(QObject):
    """The open file, or none.

    Attributes:
        opened: a file was opened: (FrameFacts,).
        closed: the file was closed.
        refreshed: the frame's facts or the names of undo and redo may have changed: (FrameFacts,).
        saved: a named action was committed: (its name,).
        moved: work goes on in another file, or in this one opened anew: (FrameFacts,). Pages and forms stay.
        troubled: the open file could not be read or written: (FileTrouble, what tries it again or None).
    """

    opened = Signal(object)
    closed = Signal()
    refreshed = Signal(object)
    saved = Signal(str)
    moved = Signal(object)
    troubled = Signal(object, object)

    def __init__(self, doors: Doors, runner: Runner, bus: DataBus, messages: Messages) -> None:
        super().__init__()
        self._doors, self._runner, self._bus, self._messages = doors, runner, bus, messages
        self._held: OpenStore | None = None  # only the file's thread reads or writes this
        self.facts: FrameFacts | None = None
        self.year: int | None = None
        self.undo_name = ""
        self.redo_name = ""
        self._writing: tuple[Job, ...] = ()

    def is_open(self) -> bool:
        """Whether there is a file to work on."""
        return self.facts is not None

    def open(
        self, path: Path, failed: Callable[[Exception], None] | None = None, way: Way = Way.USUAL
    ) -> Job:
        """Open a file in place of the present one, which stays open if that fails."""
        care = self._doors.care
        door = {
            Way.USUAL: self._doors.open,
            Way.READ_ONLY: self._doors.look,
            Way.IN_PLACE: care.in_place,
            Way.TAKE_OVER: care.take_over,
            Way.DAMAGED: care.damaged,
        }[way]
        return self._exchange(lambda progress: door(path, progress), "open file", failed)

    def replace(self, path: Path, backup: Path, failed: Callable[[Exception], None]) -> Job:
        """Put a backup in the place of a file that does not open, and open that."""
        return self._exchange(lambda progress: self._doors.restore(path, backup, progress), "restore", failed)

    def look_after(
        self,
        work: Callable[[Care, Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> Job:
        """Do something in the file's thread about a file that does not open."""
        return self._runner.run(lambda progress: work(self._doors.care, progress), done, failed)

    def create(self, new: NewCluster, failed: Callable[[Exception], None] | None = None) -> Job:
        """Start a new cluster and open its file."""
        return self._exchange(lambda progress: self._doors.create(new, progress), "new cluster", failed)

    def explore(self, path: Path, failed: Callable[[Exception], None] | None = None) -> Job:
        """Make the sample cluster at `path`, or open it if it is there already."""
        return self._exchange(lambda progress: self._doors.sample(path, progress), "sample", failed)

    def restore_backup(self, backup: Path, failed: Callable[[Exception], None] | None = None) -> Job:
        """Close the file, put a backup in its place and open that. If it fails, the file is opened again.

        What the book held is kept as a backup of its own; `opened` is emitted when it is done.
        """

        def opener(progress: Progress) -> OpenStore:
            path = self._store().path
            self._let_go()
            try:
                return self._doors.restore(path, backup, progress)
            except BaseException:
                self._held = self._doors.open(path, progress)
                raise

        return self._exchange(opener, "restore", self._perhaps_lost(self._failure("restore", failed)))

    def close(self, then: Callable[[], None] | None = None) -> None:
        """Close the file; `closed` is emitted and `then` called when that is done."""

        def after(_: None) -> None:
            self._forget()
            if then is not None:
                then()

        self._runner.run(lambda _progress: self._let_go(), after, self._not_closed("close file"))

    def remove_sample(self, then: Callable[[], None]) -> None:
        """Close the sample and delete it; `then` is called when that is done."""
        if self.facts is None or not self.facts.sample:
            return
        path = self.facts.path

        def work(_progress: Progress) -> None:
            self._let_go()
            self._doors.remove(path)

        def after(_: None) -> None:
            self._forget()
            then()

        self._runner.run(work, after, self._not_closed("remove sample"))

    def finish(self) -> None:
        """Close the file and end its thread; for the end of the program. Blocks until it has ended."""
        self._runner.finish(self._let_go_at_last)
        reading.set_why_not("")

    def go_on_in(
        self, target: Path | None, then: Callable[[], None], failed: Callable[[Exception], None]
    ) -> Job:
        """Go on working in a copy of the book as this window has it; None: in its own file, opened anew.

        Pages and forms stay, with all that is typed in them: what could not be saved here can be saved there.
        """

        def work(progress: Progress) -> After:
            held = self._store()
            if target is not None:
                held.save_copy(target)
                store = self._doors.open(target, progress)
                self._let_go_at_last()
            else:
                self._let_go_at_last()
                store = self._doors.open(held.path, progress)
            self._held = store
            return self._after(store, self.year)

        def done(outcome: After) -> None:
            self._note(outcome)
            self.moved.emit(outcome.facts)
            then()

        return self._runner.run(
            work, done, self._perhaps_lost(self._failure("go on", failed, of_this_file=False))
        )

    def save_copy(self, target: Path, done: Callable[[None], None]) -> Job:
        """Write the book as this window has it to another file, even when its own cannot be written."""
        return self.use(lambda store, _progress: store.save_copy(target), done, keep=True)

    def write_back_quietly(self) -> None:
        """Give the original what a working copy has; while one works, every minute (safety 3.7)."""
        if self.facts is not None and self.facts.apart:
            work = lambda _progress: self._store().write_back()  # noqa: E731 -- one line, used once
            self._runner.run(work, self._written_back, self._not_written_back)

    def _not_written_back(self, error: Exception) -> None:
        """The copy keeps all: it is tried again every minute, and at once if she wants."""
        if not isinstance(error, AppError):
            raise error
        self._messages.warn(str(error), "write back", Offer("Try again", self.write_back_quietly))

    def _written_back(self, told: object) -> None:
        self._messages.settle("write back")
        if told is not None:
            self._messages.warn(str(getattr(told, "sentence", told)), TWO_COPIES)
            self.refresh()

    def use(
        self,
        work: Callable[[OpenStore, Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        key: str = "",
        keep: bool = False,
    ) -> Job:
        """Do something with the whole store in its thread: search, export, a snapshot for the pack.

        What is to `keep`, as it writes something, is waited for when the window closes.
        """
        wrapped = self._failure("file", failed)
        job = self._runner.run(
            lambda progress: work(self._store(), progress), done, wrapped, key=key, keep=keep
        )
        return self._noted(job) if keep else job

    def saving(self) -> tuple[Job, ...]:
        """What is being saved or written, or waits for it."""
        return tuple(job for job in self._writing if not job.over)

    def _noted(self, job: Job) -> Job:
        self._writing = (*self.saving(), job)
        return job

    def show_year(self, year: int) -> None:
        """Show the frame's facts for another school year."""
        self.year = year
        self.refresh()

    def refresh(self) -> None:
        """Ask for the frame's facts again."""
        year = self.year
        self._runner.run(lambda _progress: self._after(self._store(), year), self._tell, key="frame")

    # -- inside

    def _perhaps_lost(self, tell: Callable[[Exception], None]) -> Callable[[Exception], None]:
        """What to do with an error that may have left no file open: say so to the window, then tell it."""

        def after(error: Exception, lost: bool) -> None:
            if lost:
                self._forget()
            tell(error)

        def heard(error: Exception) -> None:
            self._runner.run(lambda _progress: self._held is None, partial(after, error))

        return heard

    def _store(self) -> OpenStore:
        if self._held is None:
            raise Refused("No file is open: open one, or start a new cluster.")
        return self._held

    def _let_go(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.close()
            if held.left_behind is not None:
                raise held.left_behind

    def _let_go_at_last(self) -> None:
        """What could not be written back is kept, and told when the file is opened again."""
        with suppress(AppError):
            self._let_go()

    def _forget(self) -> None:
        self.facts, self.year, self.undo_name, self.redo_name = None, None, "", ""
        reading.set_why_not("")
        self.closed.emit()

    def _not_closed(self, about: str) -> Callable[[Exception], None]:
        """Something failed while the file was let go: it is closed all the same, and the trouble is told."""
        tell = self._failure(about, None)

        def failed(error: Exception) -> None:
            self._forget()
            tell(error)

        return failed

    def _exchange(
        self,
        opener: Callable[[Progress], OpenStore],
        about: str,
        failed: Callable[[Exception], None] | None,
    ) -> Job:
        def work(progress: Progress) -> After:
            store = opener(progress)
            try:
                after = self._after(store, None)
            except BaseException:
                store.close()
                raise
            self._let_go()
            self._held = store
            return after

        def done(outcome: After) -> None:
            self._note(outcome)
            self.year = outcome.facts.year if outcome.facts else None
            self.opened.emit(outcome.facts)

        return self._runner.run(work, done, self._failure(about, failed, of_this_file=False))

    def _after(self, store: OpenStore, year: int | None) -> After:
        facts = self._doors.frame(store, year)
        return After(facts, store.undo_name() or "", store.redo_name() or "")

    def _note(self, outcome: After) -> None:
        self.facts = outcome.facts or self.facts
        self.undo_name, self.redo_name = outcome.undo, outcome.redo
        read_only = self.facts is not None and self.facts.read_only
        if read_only:
            self.undo_name = self.redo_name = ""
        reading.set_why_not(read_only_words(self.facts.path) if read_only and self.facts else "")

    def _tell(self, outcome: After, initiator: object = None) -> None:
        """Tell everybody what is so now; after an action, the pages before the frame."""
        self._note(outcome)
        self.refreshed.emit(self.facts)
        if outcome.changes is not None and outcome.changes.step is not None:
            self._messages.settle(TROUBLE)  # what could not be saved before can be now
            self._bus.changed.emit(outcome.changes, initiator)
            self.refresh()

    def _failure(
        self,
        about: str,
        failed: Callable[[Exception], None] | None,
        *,
        of_this_file: bool = True,
        again: Callable[[], object] | None = None,
    ) -> Callable[[Exception], None]:
        """What to do with an error: trouble of the open file is for whoever knows the ways on, too."""

        def heard(error: Exception) -> None:
            hurt = of_this_file and isinstance(error, FileTrouble) and error.code in WHILE_WORKING
            if hurt and self.is_open():
                self.troubled.emit(error, again)
            if failed is not None:
                failed(error)
            elif not isinstance(error, AppError):
                raise error
            elif not hurt:
                self._messages.trouble(error, about)

        return heard
