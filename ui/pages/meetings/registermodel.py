"""The register as it is being marked: what the book says, and over it what was typed and not yet saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from models.rules.attendance import PRESENT, AttendanceFact, presence, school_mark, tally
from models.rules.release import needs_cover
from models.values import replace
from models.words import AttendanceCode
from ui.format import pounds
from ui.itemmodels.records import Role
from ui.overrides import override
from ui.pages.meetings.registerwords import BETWEEN, NO_CLAIM, NOBODY, Tally, Typed, given_away, says
from ui.widgets import reading
from ui.widgets.keygrid import KeyModel
from ui.widgets.plain import tip_text

if TYPE_CHECKING:
    from models.queries.register import Cell, Register, RegisterRow
    from models.rules.cover_use import Entitlement
    from models.services.attendance import Mark

Index = QModelIndex | QPersistentModelIndex
Who = tuple[int, int | None]
_ROLE = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
ORDER = (AttendanceCode.P, AttendanceCode.S, AttendanceCode.A, AttendanceCode.N)
SCHOOL = 0
FIRST = "First person"  # where a school without a subject leader has somebody else
HEADS = ("Subject leader (SSL)", "Second person", "Third person", "Fourth person", "Fifth person")


class RegisterModel(KeyModel):
    """Schools down, their people across, and what is left of each school's allowance.

    Attributes:
        typed: another mark was typed or taken away.
        wanted: somebody is to be added to a school: (its row, the mark typed or None).
        sized: columns may need another width.
    """

    typed = Signal()
    wanted = Signal(int, object)
    sized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._register: Register | None = None
        self._rows: list[RegisterRow] = []
        self._added: dict[int, list[Cell]] = {}
        self._typed: dict[Who, Typed] = {}
        self._left: Mapping[int, Entitlement] = {}
        self._slots = 1

    # -- what is shown

    def show_register(
        self, register: Register, added: dict[int, list[Cell]], typed: dict[Who, Typed]
    ) -> None:
        """Show a register with the people added to it and the marks typed in it so far."""
        self.beginResetModel()
        self._register, self._added, self._typed = register, added, typed
        self._rows = [self._with_added(row) for row in register.rows]
        most = max((len(row.cells) for row in self._rows), default=1)
        self._slots = min(most + (0 if register.frozen or reading.why_not() else 1), len(HEADS))
        self._slots = max(self._slots, most)
        self.endResetModel()

    def show_left(self, left: Mapping[int, Entitlement]) -> None:
        """Show what is left of the schools' allowances."""
        self._left = left
        self.sized.emit()
        last = self.columnCount() - 1
        self.dataChanged.emit(self.index(0, last), self.index(len(self._rows) - 1, last))

    def _with_added(self, row: RegisterRow) -> RegisterRow:
        there = {cell.person_id for cell in row.cells}
        more = tuple(cell for cell in self._added.get(row.school_id, []) if cell.person_id not in there)
        return replace(row, cells=row.cells + more)

    @property
    def register(self) -> Register | None:
        """What the book says."""
        return self._register

    def row(self, number: int) -> RegisterRow:
        """A school."""
        return self._rows[number]

    def cell(self, index: Index) -> Cell | None:
        """The person of a cell; None for an empty place and for what is no person."""
        if not index.isValid() or not SCHOOL < index.column() <= self._slots:
            return None
        cells = self._rows[index.row()].cells
        return cells[index.column() - 1] if index.column() <= len(cells) else None

    def code(self, row: RegisterRow, cell: Cell) -> AttendanceCode | None:
        """The mark of a cell as it stands now."""
        return self.now(row, cell).code

    def now(self, row: RegisterRow, cell: Cell) -> Typed:
        """Mark, method and note of a cell as they stand now."""
        typed = self._typed.get((row.school_id, cell.person_id))
        return typed or Typed(cell.code, cell.method, cell.notes)

    def entitlement(self, row: RegisterRow) -> Entitlement | None:
        """What is known of a school's allowance."""
        return self._left.get(row.school_id)

    def has_left(self) -> bool:
        """Whether the allowance is shown: a release at this meeting draws on it."""
        return self._register is not None and self._register.draws

    # -- what is typed

    @property
    def unsaved(self) -> bool:
        """Something is typed that the book does not say."""
        return bool(self._typed)

    def put(self, index: Index, typed: Typed) -> None:
        """Let a cell say something else."""
        cell = self.cell(index)
        if cell is None or self._register is None or self._register.frozen or reading.why_not():
            return
        row = self._rows[index.row()]
        who = (row.school_id, cell.person_id)
        if says(cell, typed):
            self._typed.pop(who, None)
        else:
            self._typed[who] = typed
        self.dataChanged.emit(index, index)
        self.typed.emit()

    def fill(self, code_of: Callable[[RegisterRow, Cell], AttendanceCode | None], *, first_only: bool) -> int:
        """Mark whoever is not marked yet; how many were.

        Args:
            code_of: the mark for a cell; None leaves it.
            first_only: only the first person of each school at which nobody is marked.
        """
        filled = 0
        for number, row in enumerate(self._rows):
            if first_only and any(self.code(row, cell) is not None for cell in row.cells):
                continue
            for place, cell in enumerate(row.cells[: 1 if first_only else None], 1):
                code = code_of(row, cell) if self.code(row, cell) is None else None
                if code is not None:
                    self.put(self.index(number, place), Typed(code))
                    filled += 1
        return filled

    def marks(self) -> list[Mark]:
        """What was typed, as the service wants it."""
        from models.services.attendance import Mark

        found = []
        for row in self._rows:
            for cell in row.cells:
                typed = self._typed.get((row.school_id, cell.person_id))
                if typed is None:
                    continue
                if given_away(cell):  # what stood for “nobody named” gives way to whoever is marked
                    found.append(Mark(row.school_id, None, None))
                    if typed.code is None:
                        continue
                found.append(Mark(row.school_id, cell.person_id, typed.code, typed.method, typed.notes))
        return found

    def tally(self) -> Tally:
        """The register counted as it stands."""
        facts, marks, to_mark = [], [], 0
        released = unnamed = 0
        for row in self._rows:
            codes = []
            for cell in row.cells:
                now = self.now(row, cell)
                if now.code is not None:
                    codes.append(now.code)
                    person = (
                        None if cell.person_id is None or self._stands_alone(row, cell) else cell.person_id
                    )
                    facts.append(AttendanceFact(0, row.school_id, now.code, person))
                    released += now.code is AttendanceCode.P and needs_cover(now.method)
                    unnamed += person is None and now.code in PRESENT
            mark = school_mark(codes)
            to_mark += mark is None
            if row.invited or mark in {AttendanceCode.P, AttendanceCode.S}:
                marks.append(mark if mark is not None else AttendanceCode.N)
        came = tally(marks)
        people = presence(facts).people
        return Tally(f"{came.present} of {came.cells}", people, released, to_mark, unnamed)

    def _stands_alone(self, row: RegisterRow, cell: Cell) -> bool:
        return cell.school_alone and (row.school_id, cell.person_id) not in self._typed

    def _words(self, row: RegisterRow, cell: Cell) -> tuple[str, ...]:
        """Who a cell is, and what is wanting of it."""
        name = NOBODY if self._stands_alone(row, cell) else cell.name or NOBODY
        wants = cell.unclaimed and (row.school_id, cell.person_id) not in self._typed
        return (name, NO_CLAIM) if wants else (name,)

    # -- keys

    @override
    def press(self, index: Index, letter: str) -> bool:
        code = next((one for one in ORDER if one.value == letter), None)
        if code is None:
            return False
        cell = self.cell(index)
        if cell is None:
            return self._want(index, code)
        before = self.now(self._rows[index.row()], cell)
        self.put(index, Typed(code, before.method if code is AttendanceCode.P else None, before.notes))
        return True

    @override
    def cycle(self, index: Index) -> bool:
        cell = self.cell(index)
        if cell is None:
            return self._want(index, None)
        before = self.now(self._rows[index.row()], cell)
        steps = (None, *ORDER)
        code = steps[(steps.index(before.code) + 1) % len(steps)]
        self.put(index, Typed(code, None, before.notes))
        return True

    @override
    def wipe(self, index: Index) -> bool:
        if self.cell(index) is None:
            return False
        self.put(index, Typed(None))
        return True

    def _want(self, index: Index, code: AttendanceCode | None) -> bool:
        """Somebody is to stand in an empty place."""
        frozen = self._register is None or self._register.frozen or bool(reading.why_not())
        if frozen or not SCHOOL < index.column() <= self._slots:
            return False
        self.wanted.emit(index.row(), code)
        return False  # the ring stays until somebody is chosen

    # -- the table

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 1 + self._slots + self.has_left()

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        right = section > self._slots
        if role == _ROLE.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != _ROLE.DisplayRole:
            return None
        if section == SCHOOL:
            return "School"
        if right:
            return "Allowance left"
        return self._head(section)

    def _head(self, section: int) -> str:
        if section == 1 and any(row.cells and row.cells[0].stands_in for row in self._rows):
            return FIRST
        return HEADS[section - 1] if section <= len(HEADS) else "Also"

    @override
    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _ROLE.TextAlignmentRole:
            return None
        if index.column() == SCHOOL:
            words = row.school if row.invited else f"{row.school} (not asked)"
            if role == _ROLE.ToolTipRole:
                return tip_text(words)
            return words if role in {_ROLE.DisplayRole, _ROLE.AccessibleTextRole} else None
        if index.column() > self._slots:
            return self._allowance(row, role)
        return self._person(row, self.cell(index), role)

    def _person(self, row: RegisterRow, cell: Cell | None, role: int) -> Any:
        if role == Role.RECORD:
            return (cell, self.now(row, cell)) if cell is not None else None
        if role == _ROLE.DisplayRole:
            return BETWEEN.join(self._words(row, cell)) if cell is not None else "–"
        if role in {_ROLE.AccessibleTextRole, _ROLE.ToolTipRole}:
            words = self.spoken(row, cell)
            return tip_text(words) if role == _ROLE.ToolTipRole else words
        return None

    def index_of(self, school_id: int, person_id: int | None) -> QModelIndex:
        """Where a person of a school stands; invalid for somebody who does not."""
        for number, row in enumerate(self._rows):
            places = [place for place, cell in enumerate(row.cells, 1) if cell.person_id == person_id]
            if row.school_id == school_id and places:
                return self.index(number, places[0])
        return QModelIndex()

    def is_typed(self, index: Index) -> bool:
        """Whether the mark of a cell is not saved yet."""
        cell = self.cell(index)
        return cell is not None and (self._rows[index.row()].school_id, cell.person_id) in self._typed

    def is_nameless(self, index: Index) -> bool:
        """Whether nobody is named in a cell as it stands now."""
        cell = self.cell(index)
        if cell is None:
            return False
        return cell.person_id is None or self._stands_alone(self._rows[index.row()], cell)

    def spoken(self, row: RegisterRow, cell: Cell | None) -> str:
        """What a screen reader says of a cell."""
        if cell is None:
            return f"{row.school}, empty place"
        now = self.now(row, cell)
        name, *wants = self._words(row, cell)
        parts = [name, row.school, now.code.label if now.code else "not marked", *wants]
        if now.method is not None:
            parts.append(now.method.label)
        if cell.claim is not None:
            parts.append(f"claim {cell.claim.label.lower()}")
        if now.notes:
            parts.append(now.notes)
        if (row.school_id, cell.person_id) in self._typed:
            parts.append("not saved")
        return ", ".join(parts)

    def _allowance(self, row: RegisterRow, role: int) -> Any:
        found = self._left.get(row.school_id)
        if role == Role.RECORD:
            return found
        if role in {_ROLE.DisplayRole, _ROLE.AccessibleTextRole}:
            if found is None:
                return ""
            if not found.allowance_p:
                return "none"
            left = pounds(found.left_p)
            return left if role == _ROLE.DisplayRole else f"{left} left of {pounds(found.allowance_p)}"
        return None
