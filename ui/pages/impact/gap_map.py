"""The map of gaps on screen: aims down, schools across, a square a term (features 3, 14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui import theme
from ui.delegates.cells import PAD, Cell, CellDelegate
from ui.format import count
from ui.itemmodels.records import Role
from ui.overrides import override
from ui.pages.impact.wrapped import AROUND, draw_lines
from ui.widgets.painted import Painted
from ui.widgets.plain import tip_text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

    from models.queries.impact_aims import AimRow, AimsTab

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
AIM, FIRST = 0, 1  # the aim's column, and the first school's
TILE, GAP, WIDE, LEAST_AIM = 22, 4, 132, 150  # pixels at 100 % text size
LINES = 2  # of an aim's words


@dataclass(frozen=True)
class Spot:
    """An aim at a school: how many things served it in each term begun.

    Attributes:
        gap: nothing did in the newest of them; the words say since when. "" for no gap.
    """

    aim: int
    school_id: int
    school: str
    terms: tuple[str, ...]
    things: tuple[int, ...]
    gap: str

    @property
    def words(self) -> str:
        """`Otterhay, aim 2: autumn 1, spring 3, summer 1 thing`; of a gap since when."""
        told = ", ".join(f"{term} {number}" for term, number in zip(self.terms, self.things, strict=True))
        return f"{self.school}, aim {self.aim}: {told}." + (f" {self.gap}." if self.gap else "")


class GapModel(QAbstractTableModel):
    """The map: aims in words down, members across."""

    def __init__(self) -> None:
        super().__init__()
        self._aims: list[AimRow] = []
        self._schools: tuple[tuple[int, str], ...] = ()
        self._spots: dict[tuple[int, int], Spot] = {}

    def show_tab(self, tab: AimsTab) -> None:
        """Show the map of a year; where only cells differ, only they are announced."""
        aims = [aim for aim in tab.aims if aim.entered]
        gaps = {(gap.aim, gap.school_id): gap.words for gap in tab.gaps}
        terms = tuple(term.value for term in tab.terms)
        spots = {
            (aim.number, key): Spot(
                aim.number,
                key,
                name,
                terms,
                tuple(tab.cells[aim.number, key, term] for term in tab.terms),
                gaps.get((aim.number, key), ""),
            )
            for aim in aims
            for key, name in tab.schools
        }
        same = [a.number for a in aims] == [a.number for a in self._aims] and tab.schools == self._schools
        if not same:
            self.beginResetModel()
        self._aims, self._schools, self._spots = aims, tab.schools, spots
        if not same:
            self.endResetModel()
        elif aims and tab.schools:
            last = self.index(len(aims) - 1, len(tab.schools))
            self.dataChanged.emit(self.index(0, 0), last)

    def spot(self, index: Index) -> Spot | None:
        """The cell of an index; None on an aim's words."""
        if not index.isValid() or index.column() < FIRST:
            return None
        key = self._schools[index.column() - FIRST][0]
        return self._spots[self._aims[index.row()].number, key]

    def aim(self, index: Index) -> AimRow | None:
        """The aim of an index's row."""
        return self._aims[index.row()] if index.isValid() else None

    def place_of(self, aim: int, school_id: int = 0) -> QModelIndex:
        """Where an aim, or an aim at a school, is shown."""
        row = next((n for n, one in enumerate(self._aims) if one.number == aim), None)
        if row is None:
            return QModelIndex()
        column = next((n for n, (key, _) in enumerate(self._schools) if key == school_id), 0)
        return self.index(row, column + FIRST)

    def table(self) -> tuple[list[str], list[list[object]]]:
        """Headings and lines, for copying and for a spreadsheet: a line for each aim and school."""
        heads = ["Aim", "School", "Things by term", "Gap"]
        lines: list[list[object]] = []
        for spot in self._spots.values():
            told = ", ".join(f"{term} {n}" for term, n in zip(spot.terms, spot.things, strict=True))
            lines.append([f"Aim {spot.aim}", spot.school, told, "Gap" if spot.gap else ""])
        return heads, lines

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._aims)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else FIRST + len(self._schools)

    @override
    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        spot, aim = self.spot(index), self.aim(index)
        if aim is None:
            return None
        if spot is None:
            words = f"{aim.number}  {aim.words}"
            return {_ROLE.DisplayRole: words, _ROLE.ToolTipRole: tip_text(words)}.get(_ROLE(role))
        if role in {_ROLE.ToolTipRole, _ROLE.AccessibleTextRole}:
            return tip_text(spot.words) if role == _ROLE.ToolTipRole else spot.words
        return spot if role == Role.RECORD else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role in {_ROLE.DisplayRole, _ROLE.ToolTipRole}:
            return "Aim" if section == AIM else self._schools[section - FIRST][1]
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return side if role == _ROLE.TextAlignmentRole else None


def draw_term(painter: QPainter, rect: QRectF, things: int, *, due: bool) -> None:
    """A term: how many things served it, in a tint; nothing is a dash in a dashed square, amber for a gap."""
    now = theme.now()
    tone = "warn" if due else "muted"
    painter.setBrush(now.c("accent_soft" if things else "sheet"))
    pen = QPen(now.c("warn" if due else "edge"), 1.2 if due else 1, Qt.PenStyle.DashLine)
    painter.setPen(Qt.PenStyle.NoPen if things else pen)
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(now.c("accent" if things else tone))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _told(things))


def _told(things: int) -> str:
    most = 99
    return "–" if not things else f"{things}" if things <= most else f"{most}+"


class TermMark(Painted):
    """A square of the key; `spoken` says what it stands for."""

    def __init__(self, spoken: str, things: int, *, due: bool = False) -> None:
        super().__init__(spoken, fixed=True)
        self._things, self._due = things, due

    @override
    def hint(self) -> QSize:
        size = theme.now().fs(20)
        return QSize(size, size)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        painter.setFont(theme.now().font("label"))
        draw_term(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), self._things, due=self._due)


class GapDelegate(CellDelegate):
    """A square for each term begun, oldest first."""

    ring = True

    @override
    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        super().paint(painter, option, index)
        spot: Spot | None = index.data(Role.RECORD)
        if spot is None:
            return
        look, rect = theme.now(), QRectF(option.rect)
        size = min(look.fs(TILE), rect.height() - 8)
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setFont(look.font("label"))
        left = rect.left() + look.px(PAD)
        for number, things in enumerate(spot.things):
            tile = QRectF(left, rect.center().y() - size / 2, size, size)
            last = number == len(spot.things) - 1
            draw_term(painter, tile, things, due=last and bool(spot.gap))
            left = tile.right() + look.fs(GAP)
        painter.restore()

    @override
    def draw(self, painter: QPainter, cell: Cell) -> None:
        draw_lines(painter, cell, LINES)


class GapGrid(QTableView):
    """The map's view. Arrows move, Enter or a double click asks what served.

    Attributes:
        entered: Enter was pressed on a cell: (its index,).
        moved: another cell is current: (its index,).
    """

    entered = Signal(object)
    moved = Signal(object)

    def __init__(self, model: GapModel) -> None:
        super().__init__()
        self._map = model
        self.setModel(model)
        self.setAccessibleName("Gaps: aims down, schools across, a square a term. Enter links something.")
        self._delegate = GapDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)  # the ring says where one is
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setMinimumSectionSize(8)
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setMinimumSectionSize(16)
        self.selectionModel().currentChanged.connect(self._on_current)
        model.modelReset.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """Take sizes from the theme: schools have what their squares and names need, aims the rest."""
        now = theme.now()
        self.setFont(now.font())
        lines = QFontMetrics(now.font()).lineSpacing() * LINES
        self.verticalHeader().setDefaultSectionSize(lines + now.px(AROUND))
        columns = self._map.columnCount()
        if columns <= FIRST:
            return
        heads, label, taken = self.horizontalHeader(), QFontMetrics(now.font("label")), 0
        squares = 3 * now.fs(TILE) + 2 * now.fs(GAP)
        for column in range(FIRST, columns):
            head = label.horizontalAdvance(str(self._map.headerData(column, Qt.Orientation.Horizontal))) + 2
            width = min(max(squares, head), now.fs(WIDE)) + 2 * now.px(PAD)
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            heads.resizeSection(column, width)
            taken += width
        heads.setSectionResizeMode(AIM, QHeaderView.ResizeMode.Interactive)
        heads.resizeSection(AIM, max(self.viewport().width() - taken, now.fs(LEAST_AIM)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(index)
        else:
            super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.entered.emit(index)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.dress()

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.moved.emit(current)


def gaps_words(tab: AimsTab) -> str:
    """`15 gaps in the summer term`."""
    if not tab.terms:
        return ""
    newest = tab.terms[-1].value
    return f"{count(len(tab.gaps), 'gap')} in the {newest} term" if tab.gaps else "No gaps"
