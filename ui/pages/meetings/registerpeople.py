"""Who came: somebody is added to a school in the register, or named where it was marked without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.words import AttendanceCode
from ui.pages.meetings.registerdialogs import AddPersonDialog, MarkDialog
from ui.pages.meetings.registerwords import Typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QWidget

    from models.queries.register import Cell
    from ui.context import AppContext
    from ui.pages.meetings.registerdialogs import Marked
    from ui.pages.meetings.registermodel import RegisterModel
    from ui.pages.meetings.registerparts import Sheet


class WhoCame(QObject):
    """Opens the two dialogs and puts what they give into the register.

    Args:
        context: the shared things.
        tab: the widget whose window the dialogs belong to.
        model: the register.
        sheet: what is typed in the register in view.

    Attributes:
        shown: somebody stands in the register now: (school id, person id).
    """

    shown = Signal(int, int)

    def __init__(
        self, context: AppContext, tab: QWidget, model: RegisterModel, sheet: Callable[[], Sheet]
    ) -> None:
        super().__init__(tab)
        self._context, self._tab, self._model, self._sheet = context, tab, model, sheet

    def want(self, number: int, code: AttendanceCode | None) -> None:
        """Ask who else of a school was there; `code` is the mark that was typed on the empty place."""
        register, one = self._model.register, self._model.row(number)
        if register is None:
            return
        typed = Typed(code or AttendanceCode.S)
        dialog = AddPersonDialog(self._tab.window(), one.school, self._others(one.school_id))
        dialog.given.connect(lambda given: self._add(dialog, one.school_id, typed, given))
        dialog.open()

    def enter(self, index: QModelIndex) -> None:
        """Enter: everything about one mark, in a small dialog; on an empty place, somebody new."""
        cell, register = self._model.cell(index), self._model.register
        if register is None or register.frozen:
            return
        if cell is None:
            self._model.cycle(index)
            return
        one = self._model.row(index.row())
        known: list[tuple[int, str]] = []
        if nameless := self._model.is_nameless(index):
            offered = [
                (other.person_id, other.name)
                for other in one.cells
                if other.person_id is not None and (other is cell or self._model.code(one, other) is None)
            ]
            known = [*offered, *self._others(one.school_id)]
        name = "" if nameless else cell.name
        dialog = MarkDialog(self._tab.window(), name, one.school, self._model.now(one, cell), known)
        dialog.given.connect(lambda given: self._mark(dialog, one.school_id, cell, given))
        dialog.open()

    def _others(self, school_id: int) -> list[tuple[int, str]]:
        """A school's people who do not stand in the register."""
        register, added = self._model.register, self._sheet().added.get(school_id, [])
        there = {cell.person_id for cell in added}
        return [
            pair for pair in (register.people if register else {}).get(school_id, ()) if pair[0] not in there
        ]

    def _mark(self, dialog: MarkDialog, school_id: int, cell: Cell, given: Marked) -> None:
        if given.person is not None:
            self._add(dialog, school_id, given.typed, given.person, cell)
            return
        dialog.saved()
        self._model.put(self._model.index_of(school_id, cell.person_id), given.typed)

    def _add(
        self,
        dialog: AddPersonDialog | MarkDialog,
        school_id: int,
        typed: Typed,
        given: tuple[int, str],
        instead: Cell | None = None,
    ) -> None:
        """Show somebody with a mark; a new name is kept first. `instead`: the cell where nobody was named."""
        person_id, name = given
        if person_id:
            dialog.saved()
            self._show(school_id, typed, name, person_id, instead)
            return
        from models import tables as t
        from models.services import records

        values = {"name": name, "school_id": school_id}

        def done(made: int) -> None:
            dialog.saved()
            self._show(school_id, typed, name, made, instead)

        self._context.book.change(
            "Add person", lambda session: records.add(session, t.Person, values), done, dialog.not_saved
        )

    def _show(self, school_id: int, typed: Typed, name: str, person_id: int, instead: Cell | None) -> None:
        from models.queries.register import Cell

        sheet, register = self._sheet(), self._model.register
        if register is None:
            return
        if instead is not None and instead.person_id != person_id:
            sheet.typed.pop((school_id, instead.person_id), None)
            if instead.code is not None:  # the school's own mark goes
                sheet.typed[school_id, instead.person_id] = Typed(None)
        if not self._model.index_of(school_id, person_id).isValid():
            sheet.added.setdefault(school_id, []).append(Cell(person_id, name))
        sheet.typed[school_id, person_id] = typed
        self._model.show_register(register, sheet.added, sheet.typed)
        self.shown.emit(school_id, person_id)
