"""A list of records: filter, chips, table and detail, and everything one does to a record."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QWidget

from ui import theme
from ui.delegates.arrangement import Arrangement
from ui.delegates.table import RecordTable
from ui.icons import Icon
from ui.lists.actions import SHORTCUT, ListActions
from ui.lists.nothing import NO_MATCH, NothingHere, nothing_behind
from ui.papers.menu import PapersButton
from ui.papers.registry import papers_for
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chip
from ui.widgets.fields import TextField
from ui.widgets.layouts import Flow, column, holder, row, rule
from ui.widgets.panes import SizedPane
from ui.widgets.parts import EmptyState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.context import AppContext
    from ui.lists.detail import DetailPanel
    from ui.lists.spec import ListSpec
    from ui.wayfinding import Place
    from ui.widgets.layouts import Box, Item

T = TypeVar("T")
STACK_BELOW = 64  # ems
DETAIL = 340  # pixels at 100 % text size
HANG = 12  # a pane stands so far left of the page's text: see `under_head`
FEW_CHIPS = 4  # more stand on a line of their own
CHIPS_BESIDE = 80  # ems; in a narrower window even a few chips stand above the filter


class ListPane(ListActions[T]):
    """One list of a page.

    Args:
        context: the shared things.
        spec: what it shows and can do.
        detail: the panel beside it; None leaves the table the whole width.
        tools: the page's own buttons, left of New.
        filters: the page's own filters, on a line of their own; they call `keep_only`.
        foot: what stands below the table, such as its sums.

    Attributes:
        chosen: another record is chosen: (record or None,).
        shown: the answer of the query is on show: (the records,).
    """

    chosen = Signal(object)
    shown = Signal(object)

    def __init__(
        self,
        context: AppContext,
        spec: ListSpec[T],
        detail: DetailPanel | None = None,
        tools: Sequence[QWidget] = (),
        filters: Sequence[QWidget] = (),
        foot: QWidget | None = None,
    ) -> None:
        super().__init__(context, spec)
        self.detail = detail
        self.year: int | None = None
        self._filled, self._wanted_id = False, 0
        self._chip = -1
        self._also: Callable[[T], bool] | None = None
        self._filters, self._foot = tuple(filters), foot
        self._texts: dict[int, tuple[T, str]] = {}
        self._build(tools)
        self._tie()

    # -- what is shown

    def refresh(self, year: int) -> None:
        """Ask the query again for a school year."""
        self.year = year
        if self.spec.ask is None:
            return
        question = partial(_asked, self.spec.ask, year)
        self.context.book.ask(question, self.show_records, key=f"list-{self.spec.key}")

    def show_records(self, records: Sequence[T]) -> None:
        """Show the answer of the query.

        The record chosen stays chosen; one that is gone gives way to its neighbour, so that nothing jumps.
        """
        row_before = self.table.currentIndex().row()
        had_focus = self.table.hasFocus() or self._empty.starts()
        self._texts.clear()
        with QSignalBlocker(self.table):  # the choice moves meanwhile; the panel hears of where it ends
            self.table.show_records(records)
            self._filled = True
            if self._wanted_id:
                self.go_to(self._wanted_id)
            elif self.table.current() is None and self.table.records.rowCount():
                row_now = min(max(row_before, 0), self.table.records.rowCount() - 1)
                self.table.setCurrentIndex(self.table.records.index(row_now, 0))
        self._count_chips(records)
        self._say_none()
        self._stack.setCurrentIndex(0 if records else 1)
        self._tools_box.setVisible(bool(records))
        self._on_chosen(self.table.current())
        if had_focus:
            self.start()
        self.shown.emit(records)

    def go_to(self, record_id: int) -> None:
        """Choose a record and bring it into view, letting go of a filter that hides it."""
        if not self._filled or all(
            self.spec.identity(one) != record_id for one in self.table.records.records()
        ):
            self._wanted_id = record_id  # its page may not have been asked yet
            return
        self._wanted_id = 0
        if self.table.records.row_of(record_id) is None:
            self.let_go()
        self.table.choose(record_id)
        self.table.setFocus()

    def let_go(self) -> None:
        """Show everything: whatever filtered is let go of."""
        self._also = None
        self._filter.clear()
        self.choose_chip(-1)

    def show_place(self, place: Place) -> None:
        """Show what quick find, Home or another page asked for; a page with tasks of its own does more."""
        if place.id and place.table == self.spec.table:
            self.go_to(place.id)

    def start(self) -> None:
        """Put the keyboard where one begins: into the table, or to the first step while it is empty."""
        if self._stack.currentIndex():
            self._empty.setFocus()
        else:
            self.table.setFocus()

    def records(self) -> list[T]:
        """All records of the year, whatever the filter."""
        return self.table.records.records()

    def choose_chip(self, number: int) -> None:
        """Show what one chip stands for; -1 shows all."""
        self._chip = number
        for at, chip in enumerate(self._chips, -1):
            chip.setChecked(at == number)
        self._filter_now()

    def filter_by(self, words: str) -> None:
        """Show only records with these words."""
        self._filter.setText(words)

    def keep_only(self, wanted: Callable[[T], bool] | None) -> None:
        """Show only records that pass a test of the page's own too; None lets go of it."""
        self._also = wanted
        self._filter_now()

    def entered(self, _words: str) -> None:
        """Enter was pressed in the filter: go into the table. A page may look first for what was typed."""
        if self.table.records.rowCount():
            if self.table.current() is None:
                self.table.setCurrentIndex(self.table.records.index(0, 0))
            self.table.setFocus()

    def arrange(self, ems: float) -> None:
        """Put the detail beside the table, or below it where the window is narrow; chips above the filter."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(across if ems >= CHIPS_BESIDE else down)
        if self.detail is None:
            return
        stacked = ems < STACK_BELOW
        self._body.setDirection(down if stacked else across)
        self._side.set_size(DETAIL, fixed=not stacked)
        self._side.setContentsMargins(theme.now().px(HANG) if stacked else 0, 0, 0, 0)
        self._body.setStretchFactor(self._side, 1 if stacked else 0)
        self._edge.setVisible(not stacked)

    # -- building

    def _build(self, tools: Sequence[QWidget]) -> None:
        spec = self.spec
        self.table = RecordTable(spec.plural[:1].upper() + spec.plural[1:], spec.columns, spec.identity)
        self._arrangement = Arrangement(self.table, spec.columns, self.context.settings, spec.key)
        self._chips = [Chip("All", 0), *(Chip(chip.words, 0) for chip in spec.chips)] if spec.chips else []
        self._filter = TextField(most=100, hint=f"Filter {spec.plural}")
        self._filter.setAccessibleName(f"Filter {spec.plural} (Ctrl+F)")
        self._filter.setClearButtonEnabled(True)
        self._more = Button("More", icon=Icon.DOWN, tip=f"More to do with {spec.plural}")
        self._fill_menu()
        self._more.setMenu(self._menu)
        made: list[Item] = [*tools]
        if self.editor is not None:
            self.new_button = Button(f"New {spec.noun}", Kind.PRIMARY, Icon.PLUS, tip="Ctrl+N")
            self.new_button.clicked.connect(self.new)
            made.append(self.new_button)
        few = len(self._chips) <= FEW_CHIPS
        line = row(self._filter, *self._papers(), self._more, gap=12)
        line.setStretchFactor(self._filter, 1)
        self._line: Box = row(*([row(*self._chips, 0, gap=8)] if few and self._chips else []), line, gap=12)
        self._line.setStretchFactor(line, 1)
        lines: list[Item] = [self._line] if few else [Flow(self._chips, gap=6), self._line]
        lines += [row(*self._filters, gap=8)] if self._filters else []
        self._tools_box = holder(column(*lines, gap=12, margins=(HANG, 0, 0, 0)))
        self._none = NothingHere()
        self._none.acted.connect(self._look_elsewhere)
        self.own_tools = row(*made, gap=8)
        self._build_body()

    def _papers(self) -> list[PapersButton]:
        """The button for the papers of the record chosen; none where such records have none."""
        if not (self.spec.papers and papers_for(self.spec.table)):
            return []

        def chosen() -> int:
            record = self.current()
            return self.spec.identity(record) if record is not None else 0

        return [PapersButton(self.context, self.spec.table, chosen)]

    def _build_body(self) -> None:
        adds = self.editor is not None or type(self).new is not ListPane.new
        empty = self.spec.empty
        self._empty = EmptyState(empty.icon, empty.sentence, empty.action if adds else "")
        self._empty.acted.connect(self.new)
        none = column(self._none, margins=(HANG, 0, 0, 0))
        table = column(self._tools_box, self.table, none, gap=12)
        if self._foot is not None:
            table.add(self._foot)
        table.setStretch(1, 1)  # the table's tint hangs into the margin, its text meets the page's edge
        self._side = SizedPane(self.detail if self.detail is not None else QWidget())
        self._edge = rule("v")
        self._body: Box = row(table, gap=20)
        self._body.setStretch(0, 1)
        if self.detail is not None:
            self._body.add(self._edge, self._side)
            self._side.set_size(DETAIL, fixed=True)
        # with its parent at once: a stack shows its first widget, and without one that is a window of its own
        self._stack = QStackedLayout(self)
        self._stack.addWidget(holder(self._body, parent=self))
        self._stack.addWidget(holder(column(self._empty, margins=(HANG, 0, 0, 0)), parent=self))

    def _tie(self) -> None:
        find = QAction("Filter", self)
        find.setShortcut("Ctrl+F")
        find.setShortcutContext(SHORTCUT)
        find.triggered.connect(self._start_filter)
        self.addAction(find)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _record: self.edit())
        self._filter.textChanged.connect(self._filter_now)
        self._filter.returnPressed.connect(self._on_return)
        for number, chip in enumerate(self._chips, -1):
            chip.clicked.connect(partial(self.choose_chip, number))
        if self._chips:
            self._chips[0].setChecked(True)
        if self.editor is not None:
            self.editor.added.connect(self._go_to_added)

    def _go_to_added(self, record_id: int) -> None:
        self._wanted_id = record_id
        if any(self.spec.identity(one) == record_id for one in self.records()):
            self.go_to(record_id)

    # -- inside

    def _start_filter(self) -> None:
        self._filter.setFocus()
        self._filter.selectAll()

    def _on_return(self) -> None:
        self.entered(self._filter.text())

    def _filter_now(self) -> None:
        words = self._filter.text().casefold().split()
        chip = self.spec.chips[self._chip].wanted if 0 <= self._chip < len(self.spec.chips) else None

        also = self._also

        def wanted(record: T) -> bool:
            if (chip is not None and not chip(record)) or (also is not None and not also(record)):
                return False
            text = self._text(record) if words else ""
            return all(word in text for word in words)

        before = self.table.current()
        some = bool(words) or chip is not None or also is not None
        with QSignalBlocker(self.table):
            self.table.records.keep_only(wanted if some else None)
            if before is not None:
                self.table.choose(self.spec.identity(before))
            if self.table.current() is None and self.table.records.rowCount():
                self.table.setCurrentIndex(self.table.records.index(0, 0))
        self._say_none()
        self._on_chosen(self.table.current())

    def _say_none(self) -> None:
        """Where a filter leaves nothing, say so, and lead to where there is something."""
        none = self._filled and not self.table.records.rowCount()
        if none and self._filter.text().strip():
            self._none.say(NO_MATCH, "Clear the filter")
        elif none and 0 <= self._chip < len(self.spec.chips) and self._also is None:
            found = nothing_behind(self.spec.chips, self._chip, self.records())
            self._none.say(found.said, found.button)
        elif none:
            self._none.say(NO_MATCH, "")  # a filter of the page's own, which shows what it is set to
        self._none.setVisible(none)

    def _look_elsewhere(self) -> None:
        if self._filter.text().strip():
            self._filter.clear()
        elif 0 <= self._chip < len(self.spec.chips):
            self.choose_chip(nothing_behind(self.spec.chips, self._chip, self.records()).chip)
        self.table.setFocus()

    def _text(self, record: T) -> str:
        """The record's words, made once: a list of thousands is filtered at every key."""
        known = self._texts.get(self.spec.identity(record))
        if known is None or known[0] is not record:
            known = (record, self.spec.text_of(record))
            self._texts[self.spec.identity(record)] = known
        return known[1]

    def _count_chips(self, records: Sequence[T]) -> None:
        for chip, spec in zip(self._chips[1:], self.spec.chips, strict=True):
            chip.set_count(sum(1 for record in records if spec.wanted(record)))
        if self._chips:
            self._chips[0].set_count(len(records))

    def _on_chosen(self, record: Any) -> None:
        for key in ("edit", "history"):
            if key in self._actions:
                self._actions[key].setEnabled(record is not None)
        self._actions["delete"].setEnabled(record is not None and self.spec.can_delete(record))
        if self.detail is not None:
            self.detail.show_record(record)
        self.chosen.emit(record)


def under_head(head: Item, pane: QWidget, *between: Item, gap: int = 16) -> Box:
    """A page's layout: its head at the text's edge, and a list below it that hangs into the margin."""
    body = column(
        column(head, *between, gap=gap, margins=(24, 20, 24, 0)),
        column(pane, margins=(24 - HANG, 0, 24, 12)),
        gap=gap,
    )
    body.setStretch(1, 1)
    return body


def _asked(ask: Callable[..., Sequence[T]], year: int, session: Any) -> Sequence[T]:
    return ask(session, year)
