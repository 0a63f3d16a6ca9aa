"""What happened to one record, newest first; an older action can be taken back on its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt

from models.errors import AppError
from ui import theme
from ui.dialogs.plain import PlainDialog
from ui.doors import in_sentence
from ui.format import count, moment
from ui.messages import Question
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import Box, ScrollPane, clear, column, row, rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.queries.changes import HistoryLine
    from models.store import Store
    from ui.bus import Changes
    from ui.context import AppContext
    from ui.doors import OpenStore
    from ui.tasks import Progress

MOST = 100  # actions shown; thousands of labels would be of no use, and slow
VERBS = {"undo": "Undone: ", "redo": "Done again: "}


class HistoryDialog(PlainDialog):
    """The history of one record. It stays open beside the work and follows what is done meanwhile.

    Args:
        context: the window's shared things.
        window: it belongs to this.
        table: the record's table.
        record_id: the record.
        title: what the record is called.
    """

    def __init__(self, context: AppContext, window: QWidget, table: str, record_id: int, title: str) -> None:
        super().__init__(window, f"History: {title}", 560)
        self._context, self._table, self._id = context, table, record_id
        self._lines: tuple[HistoryLine, ...] = ()
        self._buttons: dict[int, Button] = {}
        self._trouble = Label("", "body", "bad", wrap=True)
        self._trouble.hide()
        self._list: Box = column(margins=(0, 0, 12, 0))
        self._pane = ScrollPane(self._list)
        self._pane.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pane.setAccessibleName(f"What happened to {title}, newest first")
        close = Button("Close")
        close.clicked.connect(self.close)
        close.setDefault(True)
        self.lay_out(self._trouble, self._pane, buttons=(close,))
        context.bus.changed.connect(self._on_changed)
        context.book.closed.connect(self.close)
        context.book.opened.connect(self.close)
        self._ask()

    def lines(self) -> tuple[HistoryLine, ...]:
        """What is shown."""
        return self._lines

    def button(self, step: int) -> Button | None:
        """The button that takes an action back; None where it cannot be."""
        return self._buttons.get(step)

    def trouble(self) -> str:
        """Why something could not be taken back; "" if all is well."""
        return "" if self._trouble.isHidden() else self._trouble.text()

    @override
    def sizeHint(self) -> QSize:
        room, now = self.screen().availableGeometry(), theme.now()
        return QSize(min(now.fs(620), room.width() - 40), min(now.fs(560), room.height() - 80))

    def _ask(self) -> None:
        table, record_id = self._table, self._id

        def work(store: OpenStore, _progress: Progress) -> tuple[HistoryLine, ...]:
            from models.queries.changes import record_history

            return record_history(cast("Store", store), table, record_id)

        self._context.book.use(work, self._show, key=f"history {table} {record_id}")

    def _show(self, lines: tuple[HistoryLine, ...]) -> None:
        self._lines = lines
        self._buttons.clear()
        clear(self._list)
        for number, line in enumerate(lines[:MOST]):
            if number:
                self._list.add(rule())
            self._list.add(self._entry(line))
        if not lines:
            self._list.add(Label("Nothing is noted of this record yet.", "body", "muted", wrap=True))
        if len(lines) > MOST:
            self._list.add(Label(f"and {count(len(lines) - MOST, 'earlier action')}", "caption", "muted"))
        self._list.addStretch(1)

    def _entry(self, line: HistoryLine) -> Box:
        name = f"{VERBS[line.kind]}{in_sentence(line.name)}" if line.kind in VERBS else line.name
        head = row(Label(name, "strong", wrap=True), gap=8)
        head.setStretch(0, 1)
        if line.reversible:
            button = Button("Reverse this", Kind.LINK, tip=f"Reverse: {in_sentence(line.name)}")
            button.clicked.connect(partial(self._reverse, line))
            self._buttons[line.step] = button
            head.add(button)
        when = moment(line.at.astimezone(), self._context.today())
        about = " · ".join(word for word in (f"{when[:1].upper()}{when[1:]}", line.who) if word)
        facts = [Label(fact, wrap=True) for fact in line.facts]
        if line.more:
            facts.append(Label(f"and {line.more} more", "caption", "muted"))
        return column(head, Label(about, "caption", "muted"), column(*facts, gap=2, margins=(0, 4, 0, 0)),
                      gap=2, margins=(0, 10, 0, 10))  # fmt: skip

    def _reverse(self, line: HistoryLine) -> None:
        self._trouble.hide()
        if not line.others:
            self._take_back(line.step)
            return
        question = Question(
            "Reverse the whole action?",
            f"“{line.name}” also changed {count(line.others, 'other record')}. All of it is taken back, as "
            "one step that Undo brings back.",
            "Reverse it",
        )
        self._context.messages.ask(question, "reverse", partial(self._take_back, line.step))

    def _take_back(self, step: int) -> None:
        self._context.book.reverse(step, failed=self._not_reversed)

    def _not_reversed(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._trouble.setText(str(error))
        self._trouble.show()

    def _on_changed(self, _changes: Changes, _initiator: object) -> None:
        self._ask()
