"""Makes the pack's paper: asks the book, shows the cover at once, lays the whole out in the pool."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal

from models.errors import AppError
from models.words import EvidenceKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from models.queries.pack import PackData
    from models.store import Store
    from ui.context import AppContext
    from ui.desk import BuiltPack
    from ui.doors import OpenStore
    from ui.tasks import Job, Progress

PAUSE_MS = 200  # two options ticked one after the other make one preview
COVER = 1


@dataclass(frozen=True)
class Ways:
    """How the pack is laid out."""

    short: bool = False
    large_print: bool = False
    photographs: bool = True


@dataclass(frozen=True)
class Made:
    """A pack as it was laid out, and the page on which each of its parts begins, from 0."""

    pack: BuiltPack
    starts: Mapping[int, int]
    ways: Ways


def laid_out(data: PackData, ways: Ways, progress: Progress) -> Made:
    """Lay a pack out. Needs no open book: it runs in the pool."""
    from ui.desk import part_titles, print_pack

    progress.report("Laying out the review pack")
    pack = print_pack(data, short=ways.short, large_print=ways.large_print)
    titles = part_titles(short=ways.short)
    starts = {number: pack.bookmarks[title] for number, title in titles.items() if title in pack.bookmarks}
    return Made(pack, {COVER: 0, **starts}, ways)  # the cover has no bookmark: it is the first page


class PackPaper(QObject):
    """The paper of the year in view, made anew whenever the book or the ways change.

    Args:
        context: the shared things.
        today: says what day it is.

    Attributes:
        known: what the pack prints was asked: (PackData,).
        refused: there can be no pack: (why,).
        begun: a paper is being laid out.
        cover_made: the cover is there, while the rest is being laid out: (a PDF,).
        made: the whole is there: (Made,).
        stopped: it could not be made, or she stopped it: (a sentence,).
    """

    known = Signal(object)
    refused = Signal(str)
    begun = Signal()
    cover_made = Signal(object)
    made = Signal(object)
    stopped = Signal(str)

    def __init__(self, context: AppContext, today: Callable[[], dt.date], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._today = context, today
        self._data: PackData | None = None
        self._laid_out: PackData | None = None
        self._made: Made | None = None
        self._job: Job | None = None
        self._current = self._busy = False
        self.ways = Ways()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.lay_out)
        context.tasks.delivery.ended.connect(self._on_ended)

    # -- what there is

    def data(self) -> PackData | None:
        """What the pack prints."""
        return self._data

    def built(self) -> Made | None:
        """The paper on show."""
        return self._made

    def settled(self) -> bool:
        """Whether the paper on show is that of the present data and ways."""
        return self._made is not None and self._current and not self._busy

    # -- what is wanted

    def refresh(self, year: int) -> None:
        """Ask the book again."""
        from ui.desk import pack_snapshot

        self._current = False

        def question(store: OpenStore, _progress: Progress) -> PackData:
            return pack_snapshot(cast("Store", store), year, self._today, photographs=False)

        self._context.book.use(question, self._on_data, self._on_no_data, key="pack data")

    def lay_out_as(self, ways: Ways) -> None:
        """Lay it out in another way, a moment later."""
        if ways != self.ways:
            self.ways, self._current = ways, False
            self._pause.start()

    def lay_out(self) -> None:
        """Lay it out now."""
        data = self._data
        if data is None:
            return
        self.begun.emit()
        if self.ways.photographs and _has_photographs(data):
            self._ask_photographs(data)
        else:
            self._run(data, data)

    # -- inside

    def _on_data(self, data: PackData) -> None:
        other = self._data is None or self._data.period.year != data.period.year or self._made is None
        self._data = data
        self.known.emit(data)
        if other:
            self._show_cover(data)
        else:
            self._pause.start()

    def _on_no_data(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._data, self._made, self._busy = None, None, False
        self.refused.emit(str(error))

    def _show_cover(self, data: PackData) -> None:
        """The cover takes a twentieth of the time of the whole: there is something to look at meanwhile."""
        large = self.ways.large_print

        def work(_progress: Progress) -> bytes:
            from ui.desk import print_cover

            return print_cover(data, large_print=large)

        self._context.tasks.pool.run(work, self._on_cover, self._on_not_made, key="pack cover")

    def _on_cover(self, pdf: bytes) -> None:
        self.cover_made.emit(pdf)
        self.lay_out()

    def _ask_photographs(self, data: PackData) -> None:
        from ui.desk import with_photographs

        self._context.book.use(
            lambda store, _progress: with_photographs(cast("Store", store), data),
            partial(self._run, data),
            self._on_not_made,
            key="pack photographs",
        )

    def _run(self, asked: PackData, data: PackData) -> None:
        """Lay `data` out: what was asked, with its photographs. Something newer may have been asked since."""
        if self._data is not asked:
            return
        ways, self._busy, self._laid_out = self.ways, True, asked
        self._job = self._context.tasks.pool.run(
            lambda progress: laid_out(data, ways, progress),
            self._on_made,
            self._on_not_made,
            key="pack paper",
        )

    def _on_made(self, made: Made) -> None:
        self._made, self._busy = made, False
        self._current = self._laid_out is self._data and not self._pause.isActive()
        self.made.emit(made)

    def _on_not_made(self, error: Exception) -> None:
        self._busy = False
        self.stopped.emit("The preview could not be made.")
        if not isinstance(error, AppError):
            raise error
        self._context.messages.trouble(error, "pack")

    def _on_ended(self, job: Job) -> None:
        if job is self._job and job.progress.cancelled:
            self._busy = False
            self.stopped.emit("The preview was stopped.")


def _has_photographs(data: PackData) -> bool:
    return any(one.kind is EvidenceKind.PHOTO and one.may_print for one in data.impact.evidence)
