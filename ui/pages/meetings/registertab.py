"""Attendance: the register of a meeting as one grid for the keyboard, with the claims that follow from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from models.errors import AppError
from models.words import AttendanceCode
from ui.icons import Icon
from ui.pages.meetings.registermodel import RegisterModel
from ui.pages.meetings.registerparts import (
    LEGEND,
    Act,
    News,
    Sheet,
    claims_words,
    drop_saved,
    news_of,
    saved_words,
)
from ui.pages.meetings.registerpeople import WhoCame
from ui.pages.meetings.registerview import RegisterGrid
from ui.pages.meetings.registerwords import hint_words
from ui.shell.pages import Command
from ui.wayfinding import Place
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, holder, row
from ui.widgets.meters import Letter
from ui.widgets.painted import IconMark
from ui.widgets.parts import EmptyState, Key
from ui.widgets.plain import Label, Runs
from ui.widgets.reading import Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from PySide6.QtCore import QModelIndex

    from models.queries.register import Cell, Register, RegisterRow
    from models.rules.cover_use import Entitlement
    from models.services.attendance import Recorded
    from models.services.release import Claims
    from ui.context import AppContext

SHORTCUT = Qt.ShortcutContext.WidgetWithChildrenShortcut


class RegisterTab(QWidget):
    """The tab.

    Args:
        context: the shared things.
        pages: the keys of the pages there are, so that claims are led to only where there is a page for them.

    Attributes:
        unsaved: whether something typed here is not saved may have changed.
    """

    unsaved = Signal()

    def __init__(self, context: AppContext, pages: Collection[str]) -> None:
        super().__init__()
        self._context, self._pages = context, pages
        self._meeting_id = 0
        self._sheets: dict[int, Sheet] = {}
        self._saving = False
        self.model = RegisterModel()
        self.grid = RegisterGrid(self.model)
        self._people = WhoCame(context, self, self.model, self._sheet)
        self._build()
        self._build_actions()
        self.model.typed.connect(self._on_typed)
        self.model.wanted.connect(self._people.want)
        self.grid.entered.connect(self._people.enter)
        self._people.shown.connect(self._on_person)
        self.grid.moved.connect(self._on_moved)

    # -- what is shown

    def show_meeting(self, meeting_id: int) -> None:
        """Ask for a meeting's register and show it; what was typed in it before is still there."""
        from models.queries.register import register

        self._meeting_id = meeting_id
        question = partial(register, meeting_id=meeting_id, clock=self._context.today)
        self._context.book.ask(question, self._show, key="register")

    def unsaved_meetings(self) -> int:
        """In how many registers something is typed that is not saved."""
        return sum(bool(sheet.typed) for sheet in self._sheets.values())

    def discard_all(self) -> None:
        """Let go of everything typed and not saved, of every meeting."""
        self._sheets.clear()

    def start(self) -> None:
        """Put the keyboard into the grid."""
        self.grid.begin()
        self.grid.setFocus()

    def arrange(self, ems: float) -> None:
        """Lay out for a window of so many ems."""
        wide = ems >= 100
        self.grid.set_tight(on=not wide)
        for key in self._keys:
            key.setVisible(wide)
        self._legend.setVisible(wide)
        self._hint_line.setVisible(wide)

    def commands(self) -> list[Command]:
        """What can be done here now, for quick find."""
        return [
            Command(action.text(), action.shortcut().toString(), action.trigger)
            for action in self._actions.values()
            if action.isEnabled()
        ]

    def _show(self, register: Register | None) -> None:
        if register is None or register.meeting_id != self._meeting_id:
            return
        where = self.grid.currentIndex()
        same = self.model.register is not None and self.model.register.meeting_id == register.meeting_id
        sheet = self._sheet()
        drop_saved(register, sheet)
        sheet.see(register)
        self.model.show_register(register, sheet.added, sheet.typed)
        for widget in self._later:
            widget.show()
        self._frame.setVisible(bool(register.rows))
        self._empty.setVisible(not register.rows)
        if same and where.isValid():
            self.grid.setCurrentIndex(self.model.index(where.row(), where.column()))
        self.grid.begin()
        claims = "claims" in self._pages
        self._news.show_news(news_of(register, sheet.outcome, leads_to_claims=claims))
        self._count()
        self._enable()
        self.unsaved.emit()
        if register.draws:
            from models.queries.register import allowances

            question = partial(allowances, held_on=register.held_on)
            self._context.book.ask(question, self._show_left, key="register-left")

    def _sheet(self) -> Sheet:
        return self._sheets.setdefault(self._meeting_id, Sheet())

    def _show_left(self, left: Mapping[int, Entitlement]) -> None:
        self.model.show_left(left)
        self._on_moved(self.grid.currentIndex())

    def _count(self) -> None:
        self._tally.set_parts(*self.model.tally().words)

    # -- what is done

    def all_of(self, code: AttendanceCode) -> None:
        """Mark the first person of every school that is not marked yet."""
        if not self.model.fill(lambda _row, _cell: code, first_only=True) and self.model.rowCount():
            self._context.messages.say("Everybody is marked already.", "register")
        self.grid.setFocus()

    def copy_last(self) -> None:
        """Mark everybody not marked yet as at the last meeting of this kind."""
        register = self.model.register
        if register is None:
            return

        def before(one: RegisterRow, cell: Cell) -> AttendanceCode | None:
            found = register.previous.get((one.school_id, cell.person_id))
            alone = register.previous.get((one.school_id, None)) if cell.leader else None
            return found or alone

        if not self.model.fill(before, first_only=False):
            self._context.messages.say("There is nothing to copy from the last meeting.", "register")
        self.grid.setFocus()

    def save(self) -> None:
        """Store all marks typed, in one step."""
        from models.services.attendance import record_attendance

        marks, register = self.model.marks(), self.model.register
        if not marks or register is None or self._saving:
            return
        self._saving = True
        meeting_id, today = register.meeting_id, register.today
        self._context.book.change(
            f"Record attendance at {register.code}",
            lambda session: record_attendance(session, meeting_id, marks, today),
            partial(self._saved, meeting_id),
            self._not_saved,
        )

    def _saved(self, meeting_id: int, done: Recorded) -> None:
        self._saving = False
        self._sheets[meeting_id].tell(saved_words(done))
        self._trouble.hide()
        if meeting_id == self._meeting_id:
            self.show_meeting(meeting_id)
        self.unsaved.emit()

    def _not_saved(self, error: Exception) -> None:
        """Nothing typed is lost: the marks stay, and the reason stands below them."""
        self._saving = False
        if not isinstance(error, AppError):
            raise error
        self._trouble.setText(f"Not saved. {error} The marks are still here.")
        self._trouble.show()

    def discard(self) -> None:
        """Let go of what is typed and not saved."""
        sheet = self._sheet()
        sheet.typed.clear()
        sheet.added.clear()
        self._trouble.hide()
        self.show_meeting(self._meeting_id)
        self.unsaved.emit()

    def draft_claims(self) -> None:
        """Draft the claims still wanting."""
        from models.services.attendance import draft_claims

        register = self.model.register
        if register is None:
            return
        meeting_id, today = register.meeting_id, register.today
        self._context.book.change(
            f"Draft cover claims for {register.code}",
            lambda session: draft_claims(session, meeting_id, today),
            partial(self._drafted, meeting_id),
        )

    def _drafted(self, meeting_id: int, claims: Claims) -> None:
        self._sheets[meeting_id].tell(claims_words(claims))
        if meeting_id == self._meeting_id:
            self.show_meeting(meeting_id)

    def _on_news(self, act: Act) -> None:
        register = self.model.register
        if register is None:
            return
        if act is Act.REVIEW:
            self._context.bus.page_wanted.emit("claims", Place("cover_claim", register.drafts[0]))
        elif act is Act.DRAFT:
            self.draft_claims()
        else:
            row = next(row for row, cell in register.unclaimed if not cell.name)
            self.grid.setCurrentIndex(self.model.index_of(row.school_id, None))
            self._people.enter(self.grid.currentIndex())

    # -- inside

    def _on_person(self, school_id: int, person_id: int) -> None:
        """Somebody was named."""
        self.grid.setCurrentIndex(self.model.index_of(school_id, person_id))
        self._on_typed()
        self.grid.setFocus()

    def _on_typed(self) -> None:
        self._sheet().tell("")
        self._count()
        self._enable()
        self.unsaved.emit()

    def _on_moved(self, index: QModelIndex) -> None:
        register = self.model.register
        parts: tuple[tuple[str, bool], ...] = ()
        if register is not None and index.isValid() and not register.frozen and self.model.rowCount():
            one, cell = self.model.row(index.row()), self.model.cell(index)
            if index.column() > 0 and (cell is not None or index.data() == "–"):
                parts = hint_words(one, cell, self.model.entitlement(one), register.cap_p)
        self._hint.set_parts(*parts)
        self._hint_mark.setVisible(bool(parts))

    def _enable(self) -> None:
        register = self.model.register
        open_, some = register is not None and not register.frozen, self.model.unsaved
        for key, button in self._buttons.items():
            button.setVisible(open_)
            self._actions[key].setEnabled(open_)
        for key in ("save", "discard"):
            self._buttons[key].setEnabled(some)
            self._actions[key].setEnabled(some and open_)
        self._buttons["discard"].setVisible(some)
        can_copy = register is not None and bool(register.previous) and open_
        self._buttons["copy"].setVisible(can_copy)
        self._actions["copy"].setEnabled(can_copy)
        wanting = register.unclaimed if register is not None else ()
        self._actions["draft"].setEnabled(any(cell.person_id is not None for _, cell in wanting))

    def _build(self) -> None:
        self._buttons = {
            "all": Button("All released", tip="Mark everybody not marked yet as released (Ctrl+Shift+R)"),
            "own": Button(
                "All in own time", tip="Mark everybody not marked yet as present, not released (Ctrl+Shift+S)"
            ),
            "copy": Button(
                "As last time", tip="Copy the marks of the last meeting of this kind (Ctrl+Shift+L)"
            ),
            "discard": Button("Discard", tip="Let go of the marks not saved yet"),
            "save": Button("Save attendance", Kind.PRIMARY, tip="Ctrl+Return"),
        }
        self._keys = [Key(Letter(letter, words), words) for letter, words in LEGEND]
        self._legend = holder(row(*self._keys, gap=12))
        tools = row(self._buttons["all"], self._buttons["own"], self._buttons["copy"], 1, self._legend, gap=8)
        self._news = News()
        self._news.acted.connect(self._on_news)
        self._hint_mark, self._hint = IconMark(Icon.INFO, "accent"), Runs(wrap=True)
        self._hint_line = holder(row(self._hint_mark, self._hint, gap=10))
        self._tally, self._trouble = Runs(wrap=True), Label("", "body", "bad", wrap=True)
        self._trouble.hide()
        foot = row(self._tally, self._buttons["discard"], self._buttons["save"], gap=8)
        foot.setStretchFactor(self._tally, 1)
        self._tools, self._foot = holder(tools), holder(foot)
        text = (12, 0, 0, 0)  # the grid hangs into the margin, the words meet the page's edge
        body = column(
            column(self._news, self._tools, gap=12, margins=text),
            self.grid,
            column(self._hint_line, self._trouble, self._foot, gap=8, margins=text),
            gap=10,
        )
        body.setStretch(1, 1)
        self._frame = holder(body)
        self._later = (self._tools, self._foot, self.grid.horizontalHeader())
        for widget in (*self._later, self._hint_mark):
            widget.hide()  # until it is known what they are of
        self._empty = EmptyState(
            Icon.PEOPLE, "No school is a member on the day of this meeting: enter the schools first."
        )
        self._empty.hide()
        self.setLayout(column(self._frame, column(self._empty, margins=text)))

    def _build_actions(self) -> None:
        known: dict[str, tuple[str, str, Callable[[], None]]] = {
            "all": ("Mark all released", "Ctrl+Shift+R", partial(self.all_of, AttendanceCode.P)),
            "own": ("Mark all present in own time", "Ctrl+Shift+S", partial(self.all_of, AttendanceCode.S)),
            "copy": ("Copy marks from the last meeting", "Ctrl+Shift+L", self.copy_last),
            "save": ("Save attendance", "Ctrl+Return", self.save),
            "discard": ("Discard marks not saved", "", self.discard),
            "draft": ("Draft the missing cover claims", "Ctrl+Shift+M", self.draft_claims),
        }
        self._actions: dict[str, QAction] = {}
        for key, (words, keys, do) in known.items():
            action = Verb(words, self)
            if keys:
                action.setShortcut(keys)
                action.setShortcutContext(SHORTCUT)
            action.triggered.connect(lambda *_, do=do: do())
            if key in self._buttons:
                self._buttons[key].clicked.connect(lambda *_, do=do: do())
            self.addAction(action)
            self._actions[key] = action
