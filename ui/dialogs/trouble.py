"""A file that does not open: what is wrong with it, that the data is safe, and the ways on (safety 3.8)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.delegates.table import RecordTable
from ui.dialogs.plain import PlainDialog
from ui.format import file_size
from ui.itemmodels.columns import Column, Look
from ui.overrides import override
from ui.records.backup_words import inside_words, reason_words, when_words
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row
from ui.widgets.plain import Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from models.store.backup import Facts
    from models.store.values import Backup
    from ui.messages import Offer

HEADS = {
    "E01": "The file is not there",
    "E02": "The file is empty",
    "E03": "This is not a Clusterbook file",
    "E04": "This file stays closed",
    "E05": "This file needs a newer Clusterbook",
    "E06": "The file is damaged",
    "E07": "Another program is using the file",
    "E08": "The file was changed by another program",
    "E09": "The disk is full, or does not answer",
    "E11": "The upgrade was undone",
    "E12": "The file is open elsewhere",
    "E13": "The file is write-protected",
}


class TroubleDialog(PlainDialog):
    """One trouble with a file. Each way on is a button in a line of its own; Close leaves all as it is.

    Args:
        parent: the window it belongs to.
        code: which trouble, E01 to E13.
        sentence: what happened, whether the data is safe, what to do.
        path: the file.
        offers: the ways on, the likeliest first.
        more: what is known besides, such as the newest good backup.

    Attributes:
        ways: the buttons of the ways on.
    """

    def __init__(
        self,
        parent: QWidget | None,
        code: str,
        sentence: str,
        path: Path,
        offers: Sequence[Offer],
        more: str = "",
    ) -> None:
        super().__init__(parent, HEADS.get(code, "The file cannot be opened"), 480)
        self.code, self.sentence, self._path = code, sentence, path
        self.ways = [self._way(offer, first=number == 0) for number, offer in enumerate(offers)]
        copy = Button("Copy details", tip="Copy what happened, for the person who helps you")
        copy.clicked.connect(self._copy)
        close = Button("Close")
        close.clicked.connect(self.reject)
        where = Label(str(path), "caption", "muted", wrap=True)
        ways = column(*(row(way, 1) for way in self.ways), gap=8)
        said = column(*(Label(words, wrap=True) for words in (sentence, more) if words), gap=10)
        if str(path) not in sentence:
            said.add(where)
        self.lay_out(said, ways, 1, buttons=(copy, close))
        (self.ways[0] if self.ways else close).setFocus()

    def _way(self, offer: Offer, *, first: bool) -> Button:
        button = Button(offer.words, Kind.PRIMARY if first else Kind.PLAIN, always=True)
        button.clicked.connect(partial(self._go, offer.do))
        button.setDefault(first)
        return button

    def _go(self, do: Callable[[], object]) -> None:
        self.accept()
        do()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.code}\n{self._path}\n{self.sentence}")


class RestoreDialog(PlainDialog):
    """The backups of a file that does not open. One is looked into before it may take the file's place.

    Args:
        parent: the window it belongs to.
        path: the file.
        backups: newest first; there is at least one.
        today: says what day it is.

    Attributes:
        looked_for: a backup was chosen: (Backup,). Whoever listens answers through `show_inside`.
        wanted: this backup is to take the file's place: (Backup,).
    """

    looked_for = Signal(object)
    wanted = Signal(object)

    def __init__(
        self, parent: QWidget | None, path: Path, backups: Sequence[Backup], today: Callable[[], dt.date]
    ) -> None:
        super().__init__(parent, f"Restore {path.name}", 560)
        self._today = today
        about = Label(
            "Choose the backup to go back to. The file as it is now is kept beside it.",
            "body",
            "muted",
            wrap=True,
        )
        self.table: RecordTable[Backup] = RecordTable("Backups", self._columns(), lambda backup: backup.path)
        self.table.setMinimumHeight(theme.now().row * 5)
        self.inside = Label("", wrap=True)
        self.restore_button = Button("Restore it", Kind.PRIMARY, always=True)
        self.restore_button.setDefault(True)
        self.restore_button.clicked.connect(self._restore)
        cancel = Button("Cancel")
        cancel.clicked.connect(self.reject)
        self.lay_out(about, self.table, self.inside, buttons=(cancel, self.restore_button))
        self.table.show_records(backups)
        self.table.chosen.connect(self._on_chosen)
        self.table.setFocus()

    def begin(self) -> None:
        """Look into the newest backup, once somebody listens."""
        self.table.selectRow(0)
        self._on_chosen(self.table.current())

    def show_inside(self, backup: Backup, found: Facts | Exception) -> None:
        """What is in a backup, or why it cannot be used."""
        if backup != self.table.current():
            return
        whole = not isinstance(found, Exception)
        words = inside_words(found, self._today()) if not isinstance(found, Exception) else str(found)
        self.inside.setText(f"It is whole. {words}" if whole else words)
        self.inside.set_tone("text" if whole else "bad")
        self.restore_button.setEnabled(whole)

    @override
    def sizeHint(self) -> QSize:
        room, now = self.screen().availableGeometry(), theme.now()
        return QSize(min(now.fs(620), room.width() - 40), min(now.fs(460), room.height() - 80))

    def _columns(self) -> tuple[Column[Backup], ...]:
        return (
            Column(
                "Made", lambda backup: when_words(backup, self._today()),
                lambda backup: (backup.made, backup.seq), Look.STRONG, sample="28 September 2025, 10:45am",
            ),
            Column("Why", lambda b: reason_words(b.reason), lambda b: reason_words(b.reason), stretch=True),
            Column("Size", lambda backup: file_size(backup.size), lambda backup: backup.size, right=True),
        )  # fmt: skip

    def _on_chosen(self, backup: Backup | None) -> None:
        self.restore_button.setEnabled(False)
        self.inside.setText("Looking into it…" if backup is not None else "")
        self.inside.set_tone("text")
        if backup is not None:
            self.looked_for.emit(backup)

    def _restore(self) -> None:
        backup = self.table.current()
        if backup is not None:
            self.accept()
            self.wanted.emit(backup)
