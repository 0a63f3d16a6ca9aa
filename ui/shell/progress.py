"""Shows work that has been going on for half a second, with Cancel; less is not worth a flicker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from ui.tasks import Delivery, Job, Step
    from ui.widgets.parts import ProgressLine

PAUSE_MS = 500


class ProgressWatch(QObject):
    """Ties the jobs that say how far they are to the progress line; the newest of them is shown."""

    def __init__(self, parent: QObject, delivery: Delivery, line: ProgressLine) -> None:
        super().__init__(parent)
        self._line = line
        self._job: Job | None = None
        self._step: Step | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._show)
        delivery.stepped.connect(self._on_stepped)
        delivery.ended.connect(self._on_ended)
        line.cancelled.connect(self._on_cancelled)

    def _on_stepped(self, job: Job, step: Step) -> None:
        if job is not self._job:
            self._job = job
            self._pause.start()
        self._step = step
        if not self._pause.isActive():
            self._show()

    def _on_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._pause.stop()
            self._line.hide()

    def _on_cancelled(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._line.show_progress("Stopping…", 0, 0)

    def _show(self) -> None:
        if self._step is not None and self._job is not None and not self._job.progress.cancelled:
            self._line.show_progress(self._step.words, self._step.done, self._step.total)
