"""The windows in which paper slips are typed in: confidence before or after; bigger, add, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView

from models.services.confidence import BarWords
from models.services.cpd import BadSlip
from models.values import replace
from ui.dialogs.grid import GridDialog
from ui.format import count, year_label
from ui.overrides import override
from ui.pages.impact.score_model import FIRST, ScoreModel
from ui.widgets.keygrid import KeyGrid, KeyModel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from models.queries.confidence_page import ConfidenceTab
    from models.words import SurveyRound

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
_EDITS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)
_HINT = QAbstractItemDelegate.EndEditHint
WIDE = 920  # of the window for scores, pixels at 100 % text size: five areas and what they pair with
LONGEST = 500  # characters that the file keeps of each answer


class SlipGrid(KeyGrid):
    """A grid that is filled line by line: words begin as they are typed, Tab and Enter go on."""

    def __init__(self, name: str, model: KeyModel) -> None:
        super().__init__(name, model, down=False)
        self.setEditTriggers(_EDITS)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Tab and plain and not self._at_the_end():
            self.advance()
        elif event.key() == Qt.Key.Key_Backtab and self._back():
            return
        else:
            super().keyPressEvent(event)

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Words that were typed lead on to the next cell; those thrown away do not."""
        super().closeEditor(editor, _HINT.NoHint)
        if hint in {_HINT.SubmitModelCache, _HINT.EditNextItem}:
            self.setFocus()
            self.advance()
        elif hint is _HINT.EditPreviousItem:
            self.setFocus()
            self._back()

    def _at_the_end(self) -> bool:
        index = self.currentIndex()
        last = self.model().rowCount() - 1
        return index.row() == last and not self.model().data(self.model().index(last, 0))

    def _back(self) -> bool:
        index = self.currentIndex()
        before = self.model().index(index.row(), index.column() - 1)
        if not before.isValid():
            before = self.model().index(index.row() - 1, self.model().columnCount() - 2)
        if not before.isValid():
            return False
        self.setCurrentIndex(before)
        return True


class ScoreGrid(SlipGrid):
    """Confidence slips: a digit goes on to the right, past what is not asked; Enter to the next slip."""

    def __init__(self, model: ScoreModel) -> None:
        super().__init__("Confidence slips: one a row. Type the code, who answered, then digits.", model)
        self.scores = model
        self.entered.connect(self.next_line)
        for keys in ("Ctrl+Del", "Ctrl+Backspace"):
            QShortcut(QKeySequence(keys), self, self._wipe_row, context=Qt.ShortcutContext.WidgetShortcut)
        first = next((row for row in range(model.rowCount()) if not _answered(model, row)), 0)
        self.setCurrentIndex(model.index(first, model.starts_at(first)))

    @override
    def advance(self) -> None:
        index = self.currentIndex()
        for column in range(index.column() + 1, self.scores.columnCount()):
            following = self.scores.index(index.row(), column)
            if self.scores.fills(following):
                self.setCurrentIndex(following)
                return
        self.next_line()

    @override
    def next_line(self, *_: object) -> None:
        row = self.currentIndex().row() + 1
        if row < self.scores.rowCount():
            self.setCurrentIndex(self.scores.index(row, self.scores.starts_at(row)))

    def _wipe_row(self) -> None:
        self.scores.wipe_row(self.currentIndex().row())


def _answered(model: ScoreModel, row: int) -> bool:
    return any(model.data(model.index(row, FIRST + n)) for n in range(len(model.areas)))


class ScoreDialog(GridDialog):
    """The confidence slips of a round, typed in from paper."""

    def __init__(self, parent: QWidget | None, tab: ConfidenceTab, which: SurveyRound) -> None:
        others = next(one for one in type(which) if one is not which)
        self.model = ScoreModel(tab.areas, tab.slips(which), tab.slips(others), tab.points)
        words = (
            "A row for each slip: the code on it, L or T for science leader or other teacher, then 1 to "
            f"{tab.points}. Each key goes on by itself, Enter to the next slip, Ctrl+Del empties a row."
        )
        title = f"Slips {which.label.lower()}, {year_label(tab.year)}"
        super().__init__(parent, title, words, ScoreGrid(self.model), (self.model.columnCount() - 1,), WIDE)
        self.model.typed.connect(self._count)
        self._count()

    @override
    def changed(self) -> list[object]:
        return list(self.model.changed())

    @override
    def unsaved(self) -> bool:
        return self.model.unsaved()

    @override
    def not_saved(self, error: Exception) -> None:
        super().not_saved(error)
        if isinstance(error, BadSlip):
            index = self.model.mark_wrong(error.row, error.field, str(error))
            self.grid.setCurrentIndex(self.model.index(index.row(), index.column()))
            self.grid.setFocus()

    def _count(self) -> None:
        self._note.setText(f"{count(len(self.model.slips()), 'slip')} · {self.model.paired}")


# -- bigger, add, remove

BAR = (("Make bigger", "bigger"), ("Add", "add"), ("Remove", "remove"))


class BarModel(KeyModel):
    """Slips in rows, three questions across; the last row is always empty, for the next slip.

    Attributes:
        typed: something was written or taken away.
    """

    typed = Signal()

    def __init__(self, slips: list[BarWords]) -> None:
        super().__init__()
        self._start = {slip.number: slip for slip in slips}
        self._slips = [*slips, BarWords()]

    def changed(self) -> list[BarWords]:
        """The slips that are new or other than before."""
        return [one for one in self._slips if one != self._start.get(one.number, BarWords())]

    def written_slips(self) -> int:
        """How many slips something is written on."""
        return sum(not one.blank for one in self._slips)

    @override
    def press(self, index: Index, letter: str) -> bool:
        return False

    @override
    def cycle(self, index: Index) -> bool:
        return False

    @override
    def wipe(self, index: Index) -> bool:
        return index.column() > 0 and self.setData(index, "")

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._slips)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(BAR) + 1

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() else usual

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return ("Slip", *(head for head, _ in BAR))[section] if role == _ROLE.DisplayRole else None

    @override
    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        slip = self._slips[index.row()]
        if not index.column():
            number = str(slip.number) if slip.number else "new" if not slip.blank else ""
            return number if role in {_ROLE.DisplayRole, _ROLE.AccessibleTextRole} else None
        head, field = BAR[index.column() - 1]
        words = getattr(slip, field)
        if role == _ROLE.AccessibleTextRole:
            return f"{head}: {words or 'nothing'}"
        return words if role in {_ROLE.DisplayRole, _ROLE.EditRole} else None

    @override
    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        if role != _ROLE.EditRole or not index.column():
            return False
        row = index.row()
        written: dict[str, Any] = {BAR[index.column() - 1][1]: " ".join(str(value).split())[:LONGEST]}
        self._slips[row] = replace(self._slips[row], **written)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(BAR)))
        if row == len(self._slips) - 1 and not self._slips[row].blank:
            self.beginInsertRows(QModelIndex(), row + 1, row + 1)
            self._slips.append(BarWords())
            self.endInsertRows()
        self.typed.emit()
        return True


class BarDialog(GridDialog):
    """The slips of bigger, add and remove, typed in from paper."""

    def __init__(self, parent: QWidget | None, tab: ConfidenceTab) -> None:
        self.model = BarModel([one.slip for one in tab.bar])
        grid = SlipGrid("Slips of bigger, add and remove: one a row", self.model)
        grid.setCurrentIndex(self.model.index(self.model.rowCount() - 1, 1))
        words = (
            "What should the cluster make bigger, add and remove? A row for each slip, without names. Type; "
            "Tab or Enter goes on. A slip that you empty goes to the Bin."
        )
        title = f"Bigger, add, remove, {year_label(tab.year)}"
        super().__init__(parent, title, words, grid, wide=(1, 2, 3))
        self.model.typed.connect(self._count)
        self._count()

    @override
    def changed(self) -> list[object]:
        return list(self.model.changed())

    def _count(self) -> None:
        self._note.setText(count(self.model.written_slips(), "slip"))
