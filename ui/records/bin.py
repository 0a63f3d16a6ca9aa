"""The Bin: what was deleted in the last thirty days, and the way back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize

from models.errors import AppError
from ui import theme
from ui.delegates.table import RecordTable
from ui.dialogs.plain import PlainDialog
from ui.format import count, moment
from ui.itemmodels.columns import Column, Look
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.fields import TextField
from ui.widgets.layouts import column, inset, row
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from models.queries.changes import BinLine
    from models.store import Store
    from ui.bus import Changes
    from ui.context import AppContext
    from ui.doors import OpenStore
    from ui.tasks import Progress

ABOUT = "Deleted records stay here for 30 days. Restoring one brings its own parts back with it."
EMPTY = "The Bin is empty: nothing was deleted in the last 30 days."


class BinDialog(PlainDialog):
    """The Bin. It stays open beside the work and follows what is done meanwhile.

    Args:
        context: the window's shared things.
        window: it belongs to this.
        tables: only records of these tables; all of them when empty.
    """

    def __init__(self, context: AppContext, window: QWidget, tables: Sequence[str] = ()) -> None:
        super().__init__(window, "Bin", 620)
        self._context, self._tables = context, tuple(tables)
        self._about = Label(ABOUT, "body", "muted", wrap=True)
        self._trouble = Label("", "body", "bad", wrap=True)
        self._trouble.hide()
        self.finder = TextField(most=100, hint="Find in the Bin")
        self.finder.setAccessibleName("Find in the Bin")
        self.finder.setClearButtonEnabled(True)
        self.finder.textChanged.connect(self._filter)
        self.table = RecordTable("Deleted records", self._columns(), lambda line: (line.table, line.id))
        self.table.setMinimumHeight(theme.now().row * 4)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._restore)
        self.restore_button = Button("Restore", Kind.PRIMARY)
        self.restore_button.setDefault(True)
        self.restore_button.clicked.connect(self._restore_current)
        close = Button("Close")
        close.clicked.connect(self.close)
        head, foot = Label(self.windowTitle(), "title"), row(1, close, self.restore_button, gap=8)
        above = column(head, self._about, row(self.finder, margins=(0, 6, 0, 6)), gap=6)
        self.setLayout(  # the table hangs into the margin, so that its words meet the dialog's left edge
            column(
                inset(above), self.table, inset(self._trouble, foot, gap=12), gap=8, margins=(12, 20, 12, 20)
            )
        )
        context.bus.changed.connect(self._on_changed)
        context.book.closed.connect(self.close)
        context.book.opened.connect(self.close)
        self._on_chosen(None)
        self._ask()

    def trouble(self) -> str:
        """Why something could not be restored; "" if all is well."""
        return "" if self._trouble.isHidden() else self._trouble.text()

    @override
    def sizeHint(self) -> QSize:
        room, now = self.screen().availableGeometry(), theme.now()
        return QSize(min(now.fs(820), room.width() - 40), min(now.fs(540), room.height() - 80))

    def _columns(self) -> tuple[Column[BinLine], ...]:
        from models.queries.changes import left_words

        return (
            Column("What it is", _kind, _kind),
            Column(
                "Name", lambda line: line.name, lambda line: line.name.casefold(), Look.STRONG, stretch=True,
                tip=lambda line: line.name,
            ),
            Column("Deleted", self._when, lambda line: line.at, sample="28 September, 10:45am"),
            Column(
                "Kept", lambda line: left_words(line.days_left), lambda line: line.days_left, Look.MUTED,
                sample="30 days left",
            ),
        )  # fmt: skip

    def _when(self, line: BinLine) -> str:
        words = moment(line.at.astimezone(), self._context.today(), year=False)
        return f"{words[:1].upper()}{words[1:]}"

    def _ask(self) -> None:
        tables = self._tables

        def work(store: OpenStore, _progress: Progress) -> tuple[BinLine, ...]:
            from models.queries.changes import bin_lines

            return bin_lines(cast("Store", store), dt.datetime.now(dt.UTC), tables)

        self._context.book.use(work, self._show, key="bin")

    def _show(self, lines: tuple[BinLine, ...]) -> None:
        self.table.show_records(lines)
        self._about.setText(f"{ABOUT} {count(len(lines), 'record')} in it now." if lines else EMPTY)
        self.finder.setEnabled(bool(lines))
        self._choose_one()

    def _filter(self, typed: str) -> None:
        words = typed.casefold().split()

        def wanted(line: BinLine) -> bool:
            text = f"{line.kind} {line.name} {line.action}".casefold()
            return all(word in text for word in words)

        self.table.records.keep_only(wanted if words else None)
        self._choose_one()

    def _choose_one(self) -> None:
        """Have a record chosen whenever there is one, so that Enter restores it."""
        shown = self.table.records.shown()
        if self.table.current() is None and shown:
            self.table.choose((shown[0].table, shown[0].id))
        self._on_chosen(self.table.current())

    def _on_chosen(self, line: BinLine | None) -> None:
        self.restore_button.setEnabled(line is not None)
        spoken = f"Restore {line.kind} {line.name}" if line is not None else "Restore"
        self.restore_button.set_words("Restore", spoken)

    def _restore_current(self) -> None:
        line = self.table.current()
        if line is not None:
            self._restore(line)

    def _restore(self, line: BinLine) -> None:
        self._trouble.hide()
        self._context.book.restore(line.table, line.id, line.restoring, failed=self._not_restored)

    def _not_restored(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._trouble.setText(str(error))
        self._trouble.show()

    def _on_changed(self, _changes: Changes, _initiator: object) -> None:
        self._ask()


def _kind(line: BinLine) -> str:
    return f"{line.kind[:1].upper()}{line.kind[1:]}"
