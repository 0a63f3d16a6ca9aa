"""The grid of confidence slips: codes down, areas across, digits typed from paper (R-IMP-4, R-IMP-5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from models.queries.confidence_page import paired_words
from models.services.confidence import ScoreSlip
from models.values import replace
from models.words import Respondent
from ui.overrides import override
from ui.widgets.keygrid import KeyModel
from ui.widgets.plain import tip_text

if TYPE_CHECKING:
    from models.queries.confidence_page import AreaRow

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
CODE, WHO, FIRST = 0, 1, 2  # the columns before the areas
LONGEST_CODE = 20
TEN = "0"  # the key for 10, on a scale of ten
WHO_KEYS = {"L": Respondent.LEADER, "T": Respondent.OTHER_TEACHER}
WHO_WORDS = {Respondent.LEADER: "Leader", Respondent.OTHER_TEACHER: "Teacher", None: ""}
NOT_ASKED = "–"


def key_of(code: str) -> str:
    """A code as slips are paired by it."""
    return code.strip().casefold()


class ScoreModel(KeyModel):
    """Slips of one round in rows. Those of the other round stand there too, with nothing answered yet.

    Args:
        areas: what is asked, in order.
        slips: the slips of this round.
        others: those of the other round, to pair with.
        points: the scale goes from 1 to this.

    Attributes:
        typed: something was typed or taken away.
    """

    typed = Signal()

    def __init__(
        self, areas: Sequence[AreaRow], slips: Sequence[ScoreSlip], others: Sequence[ScoreSlip], points: int
    ) -> None:
        super().__init__()
        self.areas, self.points = tuple(areas), points
        self._others = {key_of(one.code): one for one in others}
        known = {key_of(one.code) for one in slips}
        waiting = [
            ScoreSlip(one.code, one.respondent) for key, one in self._others.items() if key not in known
        ]
        self._slips = [*slips, *waiting, ScoreSlip()]
        self._start = list(self._slips)
        self._wrong: tuple[int, int, str] | None = None

    # -- what it holds

    def changed(self) -> list[ScoreSlip]:
        """The slips that are new or other than before, in order; a new one with nothing answered is none."""
        return [self._slips[row] for row in self._changed_rows()]

    def slips(self) -> list[ScoreSlip]:
        """The slips on which something is answered."""
        return [one for one in self._slips if not one.blank]

    @property
    def paired(self) -> str:
        """`4 paired of 7 people`, with what is typed now."""
        return paired_words(self.slips(), self._others.values())

    def mark_wrong(self, place: int, field: str, sentence: str) -> Index:
        """Show an answer as wrong; `place` counts the slips of `changed`. Its cell."""
        row, column = self._changed_rows()[place], self._column_of(field)
        self._wrong = (row, column, sentence)
        index = self.index(row, column)
        self.dataChanged.emit(index, index)
        return index

    def fills(self, index: Index) -> bool:
        """Whether there is something to fill in a cell for the person who answered."""
        if not index.isValid():
            return False
        area = self._area(index.column())
        if area is None:
            return index.column() in {CODE, WHO}
        return not (area.leaders_only and self._slips[index.row()].respondent is Respondent.OTHER_TEACHER)

    def starts_at(self, row: int) -> int:
        """The first column to fill of a row: what is known already is passed over."""
        slip = self._slips[row]
        if not slip.code:
            return CODE
        return WHO if slip.respondent is None else FIRST

    def wipe_row(self, row: int) -> None:
        """Take every answer off a slip: saved so, it goes to the Bin."""
        self._put(row, replace(self._slips[row], scores={}))

    def _changed_rows(self) -> list[int]:
        found = []
        for row, slip in enumerate(self._slips):
            before = self._start[row] if row < len(self._start) else ScoreSlip()
            if slip != before and (slip.was or not slip.blank):
                found.append(row)
        return found

    def unsaved(self) -> bool:
        """Whether anything is typed, if only a code."""
        return self._slips[: len(self._start)] != self._start or len(self._slips) > len(self._start)

    def _column_of(self, field: str) -> int:
        if field == "respondent":
            return WHO
        known = [str(area.id) for area in self.areas]
        return FIRST + known.index(field) if field in known else CODE

    def _area(self, column: int) -> AreaRow | None:
        return self.areas[column - FIRST] if FIRST <= column < FIRST + len(self.areas) else None

    def _put(self, row: int, slip: ScoreSlip) -> bool:
        self._slips[row] = slip
        self._wrong = None
        if row == len(self._slips) - 1 and slip != ScoreSlip():
            self.beginInsertRows(QModelIndex(), row + 1, row + 1)
            self._slips.append(ScoreSlip())
            self.endInsertRows()
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._slips) - 1, self.columnCount() - 1))
        self.typed.emit()
        return True

    # -- keys

    @override
    def press(self, index: Index, letter: str) -> bool:
        slip, area = self._slips[index.row()], self._area(index.column())
        if index.column() == WHO and letter in WHO_KEYS:
            return self._put(index.row(), self._answered_by(slip, WHO_KEYS[letter]))
        if area is None or not self.fills(index):
            return False
        score = 10 if letter == TEN and self.points == 10 else int(letter) if letter in "123456789" else 0
        if not 1 <= score <= self.points:
            return False
        return self._put(index.row(), replace(slip, scores={**slip.scores, area.id: score}))

    @override
    def cycle(self, index: Index) -> bool:
        slip, area = self._slips[index.row()], self._area(index.column())
        if index.column() == WHO:
            order: list[Respondent | None] = [None, *WHO_KEYS.values()]
            following = order[(order.index(slip.respondent) + 1) % len(order)]
            return self._put(index.row(), self._answered_by(slip, following))
        if area is None or not self.fills(index):
            return False
        score = slip.scores.get(area.id, 0) % self.points + 1
        return self._put(index.row(), replace(slip, scores={**slip.scores, area.id: score}))

    @override
    def wipe(self, index: Index) -> bool:
        slip, area = self._slips[index.row()], self._area(index.column())
        if index.column() == WHO:
            return self._put(index.row(), replace(slip, respondent=None))
        if area is None:
            return False
        left = {key: score for key, score in slip.scores.items() if key != area.id}
        return self._put(index.row(), replace(slip, scores=left))

    def _answered_by(self, slip: ScoreSlip, who: Respondent | None) -> ScoreSlip:
        """Another teacher is not asked what only leaders are."""
        only = {area.id for area in self.areas if area.leaders_only}
        asked = who is not Respondent.OTHER_TEACHER
        scores = {key: score for key, score in slip.scores.items() if asked or key not in only}
        return replace(slip, respondent=who, scores=scores)

    # -- what Qt asks

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._slips)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else FIRST + len(self.areas) + 1

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() == CODE else usual

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != _ROLE.DisplayRole:
            return None
        area = self._area(section)
        return area.name if area else {CODE: "Code", WHO: "Who"}.get(section, "Pair")

    @override
    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        slip, area = self._slips[row], self._area(column)
        if role == _ROLE.EditRole:
            return slip.code if column == CODE else None
        if role == _ROLE.ToolTipRole:
            wrong = self._wrong
            return tip_text(wrong[2]) if wrong is not None and wrong[:2] == (row, column) else None
        if role not in {_ROLE.DisplayRole, _ROLE.AccessibleTextRole}:
            return None
        shown = self._shown(row, column)
        if role == _ROLE.DisplayRole:
            return shown
        head = area.name if area else self.headerData(column, Qt.Orientation.Horizontal)
        return f"{slip.code or 'new slip'}, {head}: {shown or 'no answer'}"

    def _shown(self, row: int, column: int) -> str:
        slip, area = self._slips[row], self._area(column)
        if column == CODE:
            return slip.code
        if column == WHO:
            return WHO_WORDS[slip.respondent]
        if area is not None:
            score = slip.scores.get(area.id)
            return str(score) if score else "" if self.fills(self.index(row, column)) else NOT_ASKED
        return self._pair(row)

    def _pair(self, row: int) -> str:
        """What the code of a slip is paired with."""
        slip = self._slips[row]
        key = key_of(slip.code)
        if not key:
            return ""
        typed = Counter(key_of(one.code) for at, one in enumerate(self._slips) if not self._prepared(at))
        if self._prepared(row):
            return "Other line" if typed[key] else "To type"
        if typed[key] > 1:
            return "Code twice"
        if key not in self._others:
            return "Only here"
        return "To type" if slip.blank else "Paired"

    def _prepared(self, row: int) -> bool:
        """Whether a line only waits for the slip of somebody who answered in the other round."""
        slip = self._slips[row]
        return slip.blank and not slip.was and slip in self._start[row : row + 1]

    @override
    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        if role != _ROLE.EditRole or index.column() != CODE:
            return False
        code = " ".join(str(value).split())[:LONGEST_CODE]
        slip = self._slips[index.row()]
        other = self._others.get(key_of(code))
        who = slip.respondent or (other.respondent if other is not None else None)
        return self._put(index.row(), replace(slip, code=code, respondent=who if code else slip.respondent))
