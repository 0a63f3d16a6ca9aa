"""The open file as the window sees it: ask it a question, change it by a named action, undo; never touch it.

The Store lives in the file's thread. Pages hand in plain functions of a session and get frozen values back on
the GUI thread. How it is opened and closed: `ui.bookfile`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from models.errors import Refused
from ui.bookfile import After, BookFile, read_only_words, stepped
from ui.doors import in_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sqlmodel import Session

    from models.exchange.preview import Preview
    from ui.bus import Changes
    from ui.doors import Found, OpenStore
    from ui.tasks import Job, Progress

T = TypeVar("T")


def _back_up(store: OpenStore, _progress: Progress) -> object:
    """Back up what changed, and look into the newest backup when that is due; what was done, if anything."""
    return None if store.read_only else (store.back_up_if_changed(), store.verify_if_due())


class Book(BookFile):
    """The open file, or none, with what is asked of it and changed in it."""

    def ask(
        self,
        question: Callable[[Session], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        key: str = "",
    ) -> Job:
        """Ask a query in the file's thread; its answer comes to `done` on the GUI thread.

        Args:
            question: a query of models.queries, given its arguments; it returns frozen values.
            done: gets the answer.
            failed: gets the error; without it, an AppError is shown and anything else is a crash.
            key: a newer question of the same key makes this one's answer unwanted.
        """

        def work(_progress: Progress) -> T:
            with self._store().read() as session:
                return question(session)

        return self._runner.run(work, done, self._failure("question", failed), key=key)

    def change(
        self,
        name: str,
        action: Callable[[Session], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        initiator: object = None,
        number: Callable[[Session, T], str] | None = None,
    ) -> Job:
        """Do one user action under its name: all of it is saved, or none of it.

        `done` gets what the action returned, after the bus has told everybody what changed. `number` says the
        number of what the action made; the name then ends with it: `Add entry E-0041`.
        """

        def work(_progress: Progress) -> After:
            store = self._to_write()
            with store.transaction(name) as (session, changes):
                result = action(session)
                if number is not None:
                    changes.name = f"{name} {number(session, result)}".rstrip()
            return stepped(store, changes, result)

        def after(outcome: After) -> None:
            self._tell(outcome, initiator)
            if outcome.changes is not None and outcome.changes.step is not None:
                self.saved.emit(outcome.changes.name)
            if done is not None:
                done(outcome.result)  # type: ignore[arg-type]  # the T that action returned

        again = partial(self.change, name, action, done, failed, initiator=initiator, number=number)
        return self._write(work, after, self._failure("change", failed, again=again))

    def undo(self) -> None:
        """Take back the last action; refused in plain words if something else rests on it."""
        self._step("Undone", self.undo_name, lambda store: store.undo())

    def redo(self) -> None:
        """Do again what was undone last."""
        self._step("Done again", self.redo_name, lambda store: store.redo())

    def back_up_quietly(self) -> None:
        """Back the file up if anything changed since it last was; while one works, every half-hour."""
        if self.is_open():
            self.use(_back_up, self._backed_up, key="back up quietly")

    def _backed_up(self, done: object) -> None:
        if isinstance(done, tuple) and any(one is not None for one in done):
            self.refresh()

    def reverse(
        self,
        step: int,
        done: Callable[[], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Take back one older action, as a new action that Undo takes back."""
        return self._new_step("reverse", lambda store: store.reverse(step), done, failed)

    def restore(
        self,
        table: str,
        record_id: int,
        name: str,
        done: Callable[[], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Bring a record back from the Bin, with its own parts, as an action of that name."""
        return self._new_step(
            "bin", lambda store: store.restore_deleted(table, record_id, name), done, failed
        )

    def search(self, words: str, done: Callable[[Sequence[Found]], None]) -> Job:
        """Find records; a newer search makes an older one's answer unwanted."""
        return self.use(lambda store, _progress: self._doors.search(store, words), done, key="search")

    def export(self, path: Path, done: Callable[[None], None]) -> Job:
        """Write the whole book as a workbook."""
        return self.use(lambda store, progress: self._doors.export(store, path, progress), done, keep=True)

    def preview(self, workbook: Path, done: Callable[[Preview], None]) -> Job:
        """Ask what importing a workbook would do; nothing is saved."""
        return self.use(
            lambda store, progress: self._doors.preview(store, workbook, progress), done, key="preview"
        )

    def bring_in(self, name: str, preview: Preview) -> Job:
        """Import what a preview showed, as one action."""
        return self.change(name, lambda session: self._doors.bring_in(session, preview))

    def save_template(self, path: Path, done: Callable[[None], None]) -> Job:
        """Write the blank workbook; needs no open file."""
        wrapped = self._failure("template", None)
        return self._runner.run(lambda progress: self._doors.template(path, progress), done, wrapped)

    # -- inside

    def _to_write(self) -> OpenStore:
        """The store, to change something in it.

        Raises:
            Refused: it is open to read only; nothing of that is the file's trouble.
        """
        store = self._store()
        if store.read_only:
            raise Refused(read_only_words(store.path))
        return store

    def _write(
        self,
        work: Callable[[Progress], After],
        after: Callable[[After], None],
        failed: Callable[[Exception], None],
    ) -> Job:
        return self._noted(self._runner.run(work, after, failed, keep=True))

    def _step(self, verb: str, name: str, go: Callable[[OpenStore], Changes]) -> None:
        if not name:
            return

        def work(_progress: Progress) -> After:
            store = self._to_write()
            return stepped(store, go(store))

        def after(outcome: After) -> None:
            self._tell(outcome)
            self._messages.say(f"{verb}: {in_sentence(name)}", "undo")

        again = partial(self._step, verb, name, go)
        self._write(work, after, self._failure("undo", None, again=again))

    def _new_step(
        self,
        about: str,
        go: Callable[[OpenStore], Changes],
        done: Callable[[], None] | None,
        failed: Callable[[Exception], None] | None,
    ) -> Job:
        """Something that the store does by itself, and that is a new action with a name."""

        def work(_progress: Progress) -> After:
            store = self._to_write()
            return stepped(store, go(store))

        def after(outcome: After) -> None:
            self._tell(outcome)
            self.saved.emit(outcome.undo)
            if done is not None:
                done()

        again = partial(self._new_step, about, go, done, failed)
        return self._write(work, after, self._failure(about, failed, again=again))
