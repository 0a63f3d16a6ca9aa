"""Two copies of one book in a folder: what each holds, and which one is to count (safety 3.8, E10)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from ui.dialogs.plain import PlainDialog
from ui.format import count, moment
from ui.records.backup_words import counted_words
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row
from ui.widgets.plain import Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from models.store.compare import Copy, Done

SHOWN = 4
UNTOLD = "Its records are not those of the other, and its history does not say why: open both to see."


class CopiesDialog(PlainDialog):
    """The book that is open beside another copy of it. Nothing is merged and nothing deleted.

    Args:
        parent: the window it belongs to.
        mine: the book that is open.
        other: the other copy, compared with it.
        today: what day it is.
        can_keep: the book that is open can be written, so it may be chosen as the one that counts.

    Attributes:
        kept: the book that is open is the right one: (the other's path,); that is to be set aside.
        other_wanted: open the other one: (its path,).
        folder_wanted: show both in their folder.
    """

    kept = Signal(object)
    other_wanted = Signal(object)
    folder_wanted = Signal()

    def __init__(
        self, parent: QWidget | None, mine: Copy, other: Copy, today: dt.date, *, can_keep: bool
    ) -> None:
        super().__init__(parent, "There are two copies of this book", 640)
        self._today = today
        keep = Button("Keep the one that is open", Kind.PRIMARY)
        keep.setEnabled(can_keep)
        keep.clicked.connect(partial(self._choose, self.kept, other))
        look = Button("Open the other one")
        look.setEnabled(not other.trouble)
        look.clicked.connect(partial(self._choose, self.other_wanted, other))
        folder = Button("Open the folder")
        folder.clicked.connect(self.folder_wanted)
        close = Button("Decide later")
        close.clicked.connect(self.reject)
        about = Label(
            "This happens when a sync program met two changes at once, or the file was copied. Only one can "
            "count from now on. The one you do not keep is never deleted: it gets another name.",
            wrap=True,
        )
        beside = row(
            self._side("The one that is open", mine, other.only_there, told=not other.untold),
            self._side("The other one", other, other.only_here, told=not other.untold),
            gap=24,
        )
        beside.setStretch(0, 1)
        beside.setStretch(1, 1)
        after = Label(
            "What was done only in the one you do not keep must be entered again in the other.",
            "body",
            "muted",
            wrap=True,
        )
        self.lay_out(about, beside, after, row(keep, look, folder, 1, gap=8), buttons=(close,))
        (keep if can_keep else look).setFocus()

    def _side(self, head: str, copy: Copy, only: Sequence[Done], *, told: bool) -> QWidget:
        lines = column(Label(head, "section"), Label(copy.path.name, "strong", wrap=True), gap=6)
        if copy.trouble:
            lines.add(Label(copy.trouble, "body", "bad", wrap=True))
        else:
            last = "Nothing was done in it yet."
            if copy.last is not None:
                last = f"Last done: “{copy.last.name}”, {moment(copy.last.at.astimezone(), self._today)}."
            lines.add(Label(last, wrap=True), Label(counted_words(copy.rows), wrap=True))
            differs = f"Done only here: {count(len(only), 'thing')}" if told else UNTOLD
            lines.add(Label(differs, "strong", wrap=True))
            for one in only[:SHOWN]:
                words = f"{one.name}, {moment(one.at.astimezone(), self._today)}"
                lines.add(Label(words, "caption", "muted", wrap=True))
            if len(only) > SHOWN:
                lines.add(Label(f"and {count(len(only) - SHOWN, 'more', 'more')}", "caption", "muted"))
        lines.addStretch(1)
        made = QWidget()
        made.setLayout(lines)
        return made

    def _choose(self, signal: SignalInstance, other: Copy) -> None:
        self.accept()
        signal.emit(other.path)
