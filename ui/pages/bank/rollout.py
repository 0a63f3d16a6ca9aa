"""Roll-out: which school uses what, and how far; filled from the keyboard (R-RES-7)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from models.queries.bank_lists import rollout
from models.queries.book import Book
from models.services import sharing
from models.words import AdoptionLevel, ResourceLife
from ui.format import count, long_date
from ui.forms.editor import Editor
from ui.icons import Icon
from ui.lists.across import FIRST
from ui.lists.pane import HANG
from ui.pages.bank import forms
from ui.pages.bank.matrix import TONES, MatrixGrid, MatrixModel
from ui.shell.pages import Command
from ui.wayfinding import Place
from ui.widgets.buttons import Button
from ui.widgets.choices import Chip
from ui.widgets.fields import TextField
from ui.widgets.layouts import column, holder, row
from ui.widgets.meters import Letter
from ui.widgets.parts import EmptyState, Key
from ui.widgets.plain import Label
from ui.widgets.reading import Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlmodel import Session

    from models.queries.bank_lists import Rollout, RolloutRow
    from ui.context import AppContext

EMPTY = (
    "Roll-out shows which school uses what: all staff, some staff, or not started, those who did not attend "
    "included. It begins with {}."
)
FIRST_ITEM, FIRST_SCHOOL = "Add the first item", "Add the first school"
LEGEND = (
    (AdoptionLevel.ALL, "all staff"),
    (AdoptionLevel.SOME, "some staff"),
    (AdoptionLevel.NOT_STARTED, "not started"),
)
IN_USE = frozenset({ResourceLife.ON_TRIAL, ResourceLife.ADOPTED})
SHORTCUT = Qt.ShortcutContext.WidgetWithChildrenShortcut


def _rolled_out(line: RolloutRow) -> bool:
    """Something is entered, or should be: it is tried or adopted."""
    return line.life in IN_USE or any(cell.use for cell in line.cells)


def _unfinished(line: RolloutRow) -> bool:
    return _rolled_out(line) and line.summary.all_staff < line.summary.schools


class RolloutPane(QWidget):
    """The matrix with its filter, its key and what is known of the cell the keyboard is in."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.found: Rollout | None = None
        self._wanted: Place | None = None
        self.model = MatrixModel()
        self.grid = MatrixGrid(self.model)
        self.chips = [Chip("Rolled out", 0), Chip("Not yet by all", 0), Chip("All items", 0)]
        self._tests: tuple[Callable[[RolloutRow], bool], ...] = (_rolled_out, _unfinished, lambda _: True)
        self.filter = TextField(most=100, hint="Filter items")
        self.filter.setAccessibleName("Filter items (Ctrl+F)")
        self.filter.setClearButtonEnabled(True)
        self.fact = Label("", wrap=True)
        self._uses = Editor(context, self, forms.USE)
        self._actions: list[QAction] = []
        self._build()
        self._tie()
        self.own_tools = row()

    def refresh(self, year: int) -> None:
        """Ask for the matrix of a school year."""
        question = partial(rollout, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="bank-rollout")

    def arrange(self, ems: float) -> None:
        """Nothing to rearrange: the schools share the width, and beyond that the matrix scrolls."""

    def show_place(self, place: Place) -> None:
        """Show an entry, or the row of an item that another tab leads to."""
        self._wanted = place
        self._go_to_wanted()

    def start(self) -> None:
        """Put the keyboard into the matrix."""
        if at := self._stack.currentIndex():
            self._empties[at - 1].setFocus()
            return
        if not self.grid.currentIndex().isValid() and self.model.rowCount():
            self.grid.setCurrentIndex(self.model.index(0, FIRST))
        self.grid.setFocus()

    def commands(self) -> Sequence[Command]:
        """What can be done here, for quick find."""
        return [
            Command(
                action.text().replace("&&", "&").rstrip("…"),
                action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                action.trigger,
            )
            for action in self._actions
        ]

    def choose_chip(self, number: int) -> None:
        """Show what one chip stands for."""
        for at, chip in enumerate(self.chips):
            chip.setChecked(at == number)
        self._filter_now()

    # -- building

    def _build(self) -> None:
        self.chips[0].setChecked(True)
        self._more = Button("More", icon=Icon.DOWN, tip="More to do with the roll-out")
        menu = QMenu(self)
        for words, keys, do in (
            ("Numbers of this cell…", "Ctrl+E", self._edit),
            ("History of this cell…", "Ctrl+H", self._history),
            ("Copy as table", "Ctrl+Shift+C", self._copy),
            ("Export what is shown…", "Ctrl+Shift+E", self._export),
        ):
            action = Verb(words, self)
            action.setShortcut(keys)
            action.setShortcutContext(SHORTCUT)
            action.triggered.connect(do)
            self.addAction(action)
            menu.addAction(action)
            self._actions.append(action)
        find = QAction("Filter", self)
        find.setShortcut("Ctrl+F")
        find.setShortcutContext(SHORTCUT)
        find.triggered.connect(self.filter.setFocus)
        self.addAction(find)
        self._more.setMenu(menu)
        tools = row(row(*self.chips, gap=8), self.filter, self._more, gap=12)
        tools.setStretchFactor(self.filter, 1)
        legend = [Key(Letter(level.label[0], words, TONES[level]), words) for level, words in LEGEND]
        foot = row(self.fact, *legend, gap=16, margins=(HANG, 4, 0, 0))
        foot.setStretchFactor(self.fact, 1)
        body = column(holder(column(tools, margins=(HANG, 0, 0, 0))), self.grid, foot, gap=12)
        body.setStretch(1, 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(holder(body))
        self._empties: list[EmptyState] = []
        for what, words, table in (
            ("the first item", FIRST_ITEM, "resource"),
            ("a member school", FIRST_SCHOOL, "school"),
        ):
            empty = EmptyState(Icon.BANK, EMPTY.format(what), words)
            empty.acted.connect(partial(self._begin_with, table))
            self._empties.append(empty)
            self._stack.addWidget(holder(column(empty, margins=(HANG, 0, 0, 0))))
        self.setLayout(self._stack)

    def _tie(self) -> None:
        for number, chip in enumerate(self.chips):
            chip.clicked.connect(partial(self.choose_chip, number))
        self.filter.textChanged.connect(self._filter_now)
        self.filter.returnPressed.connect(self.start)
        self.grid.level_wanted.connect(self._set_level)
        self.grid.entered.connect(self._enter)
        self.grid.moved.connect(self._tell)

    # -- showing

    def _show(self, found: Rollout) -> None:
        self.found = found
        for chip, test in zip(self.chips, self._tests, strict=True):
            chip.set_count(sum(map(test, found.rows)))
        if not any(map(_rolled_out, found.rows)) and self.chips[0].isChecked():
            self.choose_chip(2)
        self._stack.setCurrentIndex(1 if not found.rows else 0 if found.schools else 2)
        self._filter_now()
        self._go_to_wanted()

    def _begin_with(self, table: str) -> None:
        """Go where what is missing is added."""
        place = Place(table, task="new")
        self.context.bus.page_wanted.emit(place.page, place)

    def _filter_now(self) -> None:
        if self.found is None:
            return
        test = next(test for chip, test in zip(self.chips, self._tests, strict=True) if chip.isChecked())
        words = self.filter.text().casefold().split()
        rows = [
            line
            for line in self.found.rows
            if test(line) and all(word in f"{line.code} {line.name}".casefold() for word in words)
        ]
        self.model.show_rows(self.found, rows)
        if not self.grid.currentIndex().isValid() and rows:
            self.grid.setCurrentIndex(self.model.index(0, FIRST))
        self._tell(self.grid.currentIndex())

    def _go_to_wanted(self) -> None:
        if self._wanted is None or self.found is None:
            return
        place, self._wanted = self._wanted, None
        at = next(
            (
                (line.id, cell.school_id)
                for line in self.found.rows
                for cell in line.cells
                if place.table == "adoption" and place.task != "item" and cell.id and cell.id == place.id
            ),
            (place.id, 0),
        )
        if not self.model.place_of(*at).isValid():
            self.filter.clear()
            self.choose_chip(2)
        index = self.model.place_of(*at)
        if index.isValid():
            self.grid.setCurrentIndex(index)
            self.grid.scrollTo(index)
            self.grid.setFocus()

    def _tell(self, index: QModelIndex) -> None:
        """Say in words what is known of the cell and of its item."""
        line, cell = self.model.row(index), self.model.cell(index)
        if line is None:
            self.fact.setText("Nothing matches this filter." if self.found and self.found.rows else "")
            return
        words = line.summary.text
        said = [f"{line.code}: {words}."]
        if cell is not None and cell.use is not None:
            beyond = ", also staff who did not attend" if cell.beyond_attendees else ""
            since = f", as of {long_date(cell.as_of)}" if cell.as_of else ""
            said.insert(0, f"{self.model.school(index)}: {cell.use.text}{beyond}{since}.")
        self.fact.setText(" ".join(said))

    # -- doing

    def _set_level(self, index: QModelIndex, level: AdoptionLevel | None) -> None:
        line, cell = self.model.row(index), self.model.cell(index)
        if line is None or cell is None or (cell.use.level if cell.use else None) is level:
            return

        def action(session: Session) -> None:
            today = Book(session).today(self.context.today)
            sharing.set_level(session, line.id, cell.school_id, level, today)

        said = level.label.lower() if level else "not entered"
        self.context.book.change(f"Use of {line.code}: {said}", action)

    def _enter(self, index: QModelIndex) -> None:
        line, cell = self.model.row(index), self.model.cell(index)
        if line is None or cell is None:
            return
        if cell.id:
            self._uses.edit(cell.id)
        else:
            today = self.found.today if self.found else None
            known = {"resource_id": line.id, "school_id": cell.school_id, "as_of": today}
            self._uses.new({**known, "level": AdoptionLevel.SOME})

    def _edit(self) -> None:
        self._enter(self.grid.currentIndex())

    def _history(self) -> None:
        from ui.records import open_history

        line, cell = self.model.row(self.grid.currentIndex()), self.model.cell(self.grid.currentIndex())
        if line is not None and cell is not None and cell.id:
            open_history(self.context, self.window(), "adoption", cell.id, f"use of {line.code}")

    def _copy(self) -> None:
        heads, lines = self.model.table()
        whole: list[list[object]] = [[*heads], *lines]
        text = "\n".join("\t".join(str(cell) for cell in line) for line in whole)
        QGuiApplication.clipboard().setText(text)
        self.context.messages.say(f"Copied: {count(len(lines), 'item')}", "copy")

    def _export(self) -> None:
        from ui.records import export_shown

        heads, lines = self.model.table()
        export_shown(self.context, self.window(), "Roll-out", heads, lines)
