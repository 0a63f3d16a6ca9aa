"""Makes the shared things and the shell, opens the first file, and takes all down again at the end."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.book import Book
from ui.bus import DataBus
from ui.context import AppContext
from ui.crash import CrashNet
from ui.look import Look
from ui.messages import Messages, Offer
from ui.shell.window import Shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from ui.app import Parts, Surroundings
    from ui.settings import Settings
    from ui.shell.frame import FrameWindow
    from ui.tasks import Job, Tasks

BACKUP_EVERY_MS = 30 * 60 * 1000
WRITE_BACK_EVERY_MS = 60 * 1000
LOOK_AFTER_MS = 30 * 1000
LOGS_AFTER_MS = 1000  # the standard library's log files take an eighth of a bare window's start to import
WARM_AFTER_MS = 400
WARM_FOR_S = 0.005
LOOK_AGAIN_MS = 30  # whether all is saved, when she wants to leave


class Assembly(QObject):
    """The window and all it is made of.

    Attributes:
        context: what pages are given.
        shell: the frame.
        is_warm: all pages and papers have been imported; before that, what is gone to is imported first.
        backups: has the file backed up while one works.
        writer: each minute has a working copy written back, and looks whether it is another day.
    """

    def __init__(
        self,
        app: QApplication,
        window: FrameWindow,
        settings: Settings,
        around: Surroundings,
        parts: Parts,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._around, self._finished = around, False
        messages, bus = Messages(), DataBus()
        book = Book(parts.doors, tasks.file, bus, messages)
        self.context = AppContext(
            book, settings, tasks, bus, messages, today=around.today, documents=around.documents
        )
        self.look = Look(app, settings)
        self.shell = Shell(window, self.context, self.look, parts.pages, around)
        self._crash = CrashNet(self._show_crash, around.versions)
        self._crash.install()
        self._parts = parts
        self.shell.host.filled.connect(self._on_filled)
        self.backups = QTimer(self)
        self.backups.setInterval(BACKUP_EVERY_MS)
        self.backups.timeout.connect(book.back_up_quietly)
        self.backups.start()
        self.writer = QTimer(self)
        self.writer.setInterval(WRITE_BACK_EVERY_MS)
        self.writer.timeout.connect(book.write_back_quietly)
        self.writer.timeout.connect(self.look_at_the_day)
        self._day = around.today()
        self.writer.start()
        self.is_warm = False
        self._steps: Iterator[None] = iter(())
        self._stepping = QTimer(self)
        self._stepping.timeout.connect(self._warm_a_little)
        self._leaving_with: tuple[Job, ...] = ()
        self._leaving = QTimer(self)
        self._leaving.setInterval(LOOK_AGAIN_MS)
        self._leaving.timeout.connect(self._leave)
        window.closing.connect(self.finish)
        window.may_close = self._may_close

    def begin(self, file: Path | None) -> None:
        """Open the first file or show the welcome screen, and start the logs when that is under way."""
        if file is not None:
            self.shell.expect(file)
            self.shell.files.open(file)
        else:
            self.shell.show_welcome()
        QTimer.singleShot(LOGS_AFTER_MS, self._keep_logs)

    def _on_filled(self) -> None:
        """The first page shows: import the others while she looks at it."""
        self.shell.host.filled.disconnect(self._on_filled)
        QTimer.singleShot(WARM_AFTER_MS, self._warm_up)
        QTimer.singleShot(LOOK_AFTER_MS, self._look_after_backups)

    def _look_after_backups(self) -> None:
        """Who works a quarter of an hour at a time would never see the half-hour."""
        if not self._finished:
            self.context.book.back_up_quietly()

    def _warm_up(self) -> None:
        if not self._finished:
            self.context.tasks.pool.run(lambda _progress: self._parts.warm(), self._warm_on, key="warm")

    def _warm_on(self, _nothing: None) -> None:
        self._steps = self._parts.warm_here()
        self._stepping.start()

    def _warm_a_little(self) -> None:
        """Some steps, for as long as nobody feels it; the rest when the window has nothing else to do."""
        until = perf_counter() + WARM_FOR_S
        for _ in self._steps:
            if perf_counter() > until:
                return
        self._stepping.stop()
        self.context.tasks.pool.run(lambda _progress: self._parts.warm_last(), self._on_warm, key="warm")

    def _on_warm(self, _nothing: None) -> None:
        self.is_warm = True

    def _keep_logs(self) -> None:
        if self._finished:
            return
        if self._crash.keep_logs(self._around.data / "logs"):
            self.context.messages.warn(
                "Clusterbook stopped without warning last time. Everything saved before is in your file.",
                "hard crash",
                Offer("Show the report", self._show_last_crash),
            )

    def look_at_the_day(self) -> None:
        """A window left open overnight says what is so today: what is due, open and over goes by the day."""
        day = self._around.today()
        if day != self._day and self.context.book.is_open():
            self._day = day
            self.context.book.refresh()
            self.shell.host.ask_again()

    def _may_close(self) -> bool:
        """Nothing is being saved. What is, the window waits for, and closes when all of it is in the file."""
        writing = self.context.book.saving()
        if writing and not self._leaving.isActive():
            self._leaving_with = writing
            self._leaving.start()
        return not writing

    def _leave(self) -> None:
        if self.context.book.saving():
            return
        self._leaving.stop()
        if all(job.error is None for job in self._leaving_with):  # or she is told what failed, and stays
            self.shell.window.close()

    def finish(self) -> None:
        """Close the file and end the threads; once."""
        if self._finished:
            return
        self._finished = True
        self.backups.stop()
        self.writer.stop()
        self._leaving.stop()
        self._stepping.stop()
        self.context.book.finish()
        self.context.tasks.pool.finish()
        self.context.settings.save()
        self._crash.uninstall()

    def _show_crash(self, report: str) -> None:
        from ui.dialogs.notes import CrashDialog

        CrashDialog(self.shell.window, report).open()

    def _show_last_crash(self) -> None:
        stacks = self._around.data / "logs" / "last-hard-crash.txt"
        self._show_crash(stacks.read_text(encoding="utf-8"))
