"""Grids for CPD: the evaluation slips as they come from paper, and who was booked and came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from models.services.cpd import Seat, Slip
from models.values import replace
from models.words import OutcomeMet, Respondent
from ui.overrides import override
from ui.widgets.keygrid import KeyModel

if TYPE_CHECKING:
    from models.queries.cpd_page import CpdDetail

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
COMMENT = 20_000  # characters that the file keeps


@dataclass(frozen=True)
class SlipColumn:
    """A question of the slip: its head, the field, and what each key means. No keys: words are typed."""

    head: str
    field: str
    keys: Mapping[str, Any]
    help: str = ""


_YES_NO: Mapping[str, Any] = {"Y": True, "N": False}
COLUMNS = (
    SlipColumn(
        "Who",
        "respondent",
        {"L": Respondent.LEADER, "T": Respondent.OTHER_TEACHER},
        "L science leader, T other teacher",
    ),
    SlipColumn("Rating", "rating", {str(number): number for number in range(1, 6)}, "1 to 5"),
    SlipColumn(
        "Outcomes met",
        "outcomes_met",
        {"Y": OutcomeMet.YES, "P": OutcomeMet.PART, "N": OutcomeMet.NO},
        "Y yes, P in part, N no",
    ),
    SlipColumn("Useful", "useful", _YES_NO, "Y yes, N no"),
    SlipColumn("Relevant", "relevant", _YES_NO, "Y yes, N no: relevant to the classroom"),
    SlipColumn("Comment", "comment", {}, "Press Enter to type; no names"),
    SlipColumn("Quote", "quotable", {"Y": True, "N": False}, "Y: it may be quoted"),
)


class SlipModel(KeyModel):
    """Slips in rows, questions across; the last row is always empty, for the next slip.

    Attributes:
        typed: something was answered or taken away.
    """

    typed = Signal()

    def __init__(self, slips: Sequence[Slip]) -> None:
        super().__init__()
        self._slips = [*slips, Slip()]
        self._kept = list(slips)
        self._wrong: tuple[int, str, str] | None = None

    def changed(self) -> list[Slip]:
        """The slips that are new or other than before, in order."""
        known = {slip.number: slip for slip in self._kept}
        return [slip for slip in self._slips if slip != known.get(slip.number, Slip())]

    def number_of(self, row: int) -> str:
        """The number of a row's slip as it will be; "" for the empty row at the end."""
        slip = self._slips[row]
        if slip.number:
            return str(slip.number)
        new = [one for one in self._slips[: row + 1] if not one.number and not one.blank]
        highest = max((one.number for one in self._kept), default=0)
        return "" if slip.blank else str(highest + len(new))

    def mark_wrong(self, place: int, field: str, sentence: str) -> Index:
        """Show an answer as wrong; `place` counts the slips of `changed`. Its cell."""
        row = self._slips.index(self.changed()[place])
        self._wrong = (row, field, sentence)
        column = next(n for n, one in enumerate(COLUMNS, 1) if one.field == field)
        index = self.index(row, column)
        self.dataChanged.emit(index, index)
        return index

    def _put(self, index: Index, value: Any) -> bool:
        row, column = index.row(), COLUMNS[index.column() - 1]
        self._slips[row] = replace(self._slips[row], **{column.field: value})
        self._wrong = None
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS)))
        if row == len(self._slips) - 1 and not self._slips[row].blank:
            self.beginInsertRows(QModelIndex(), row + 1, row + 1)
            self._slips.append(Slip())
            self.endInsertRows()
        self.typed.emit()
        return True

    @override
    def press(self, index: Index, letter: str) -> bool:
        column = self._column(index)
        if column is None or letter not in column.keys:
            return False
        return self._put(index, column.keys[letter])

    @override
    def cycle(self, index: Index) -> bool:
        column = self._column(index)
        if column is None or not column.keys:
            return False
        values = [self._nothing(column), *column.keys.values()]
        now = getattr(self._slips[index.row()], column.field)
        return self._put(index, values[(values.index(now) + 1) % len(values)] if now in values else values[0])

    @override
    def wipe(self, index: Index) -> bool:
        column = self._column(index)
        return column is not None and self._put(index, self._nothing(column))

    @staticmethod
    def _nothing(column: SlipColumn) -> Any:
        return {"comment": "", "quotable": False}.get(column.field)

    @staticmethod
    def _column(index: Index) -> SlipColumn | None:
        return COLUMNS[index.column() - 1] if index.isValid() and index.column() else None

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._slips)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS) + 1

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        column = self._column(index)
        words = column is not None and not column.keys
        return usual | Qt.ItemFlag.ItemIsEditable if words else usual

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.DisplayRole:
            return "Slip" if section == 0 else COLUMNS[section - 1].head
        if role == _ROLE.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self._column(index)
        if column is None:
            return self.number_of(index.row()) if role == _ROLE.DisplayRole else None
        value = getattr(self._slips[index.row()], column.field)
        shown = self._shown(column, value)
        wrong = self._wrong is not None and self._wrong[:2] == (index.row(), column.field)
        known = {
            _ROLE.EditRole: value,
            _ROLE.DisplayRole: shown,
            _ROLE.AccessibleTextRole: f"{column.head}: {shown or 'no answer'}. {column.help}",
            _ROLE.ToolTipRole: self._wrong[2] if wrong and self._wrong else None,
        }
        return known.get(_ROLE(role))

    @staticmethod
    def _shown(column: SlipColumn, value: Any) -> str:
        if not column.keys:
            return " ".join(str(value).split())
        if column.field == "quotable":
            return "Yes" if value else ""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, Respondent):
            return "Leader" if value is Respondent.LEADER else "Other"
        return str(getattr(value, "label", value))

    @override
    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        if role != _ROLE.EditRole or self._column(index) is None:
            return False
        return self._put(index, str(value).strip()[:COMMENT])


@dataclass(frozen=True)
class _Person:
    person_id: int
    name: str
    school: str
    before: bool | None
    now: bool | None


CAME: Mapping[bool | None, str] = {True: "Came", False: "Booked, did not come", None: ""}


class SeatModel(KeyModel):
    """Everybody who could be there, by school: not booked, booked, or came.

    Attributes:
        typed: somebody is marked in another way.
    """

    typed = Signal()

    def __init__(self, detail: CpdDetail) -> None:
        super().__init__()
        booked = {seat.person_id: seat for seat in detail.seats}
        people = [
            _Person(key, name, one.school, *(2 * [booked[key].came if key in booked else None]))
            for one in detail.schools
            for key, name in one.people
        ]
        there = {person.person_id for person in people}
        people += [
            _Person(seat.person_id, seat.name, seat.school, seat.came, seat.came)
            for seat in detail.seats
            if seat.person_id not in there
        ]
        self._people = people

    def changed(self) -> list[Seat]:
        """Who is marked in another way than before."""
        return [Seat(one.person_id, one.now) for one in self._people if one.now is not one.before]

    @property
    def came(self) -> int:
        """How many came."""
        return sum(one.now is True for one in self._people)

    def _put(self, index: Index, came: bool | None) -> bool:
        row = index.row()
        self._people[row] = replace(self._people[row], now=came)
        self.dataChanged.emit(self.index(row, 0), self.index(row, 2))
        self.typed.emit()
        return True

    @override
    def press(self, index: Index, letter: str) -> bool:
        known: Mapping[str, bool] = {"C": True, "B": False}
        return letter in known and self._put(index, known[letter])

    @override
    def cycle(self, index: Index) -> bool:
        steps: tuple[bool | None, ...] = (None, True, False)
        return self._put(index, steps[(steps.index(self._people[index.row()].now) + 1) % 3])

    @override
    def wipe(self, index: Index) -> bool:
        return self._put(index, None)

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._people)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 3

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return ("School", "Name", "Was there")[section]
        if role == _ROLE.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self._people[index.row()]
        words = (one.school, one.name, CAME[one.now])[index.column()]
        if role == _ROLE.DisplayRole:
            return words or "–"
        if role == _ROLE.AccessibleTextRole:
            return f"{one.name}, {one.school}: {CAME[one.now] or 'not booked'}. C came, B booked."
        return None
