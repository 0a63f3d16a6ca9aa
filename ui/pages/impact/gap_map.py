"""The map of gaps on screen: aims down, schools across, a square a term (features 3, 14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPen
from PySide6.QtWidgets import QAbstractItemView

from ui import theme
from ui.delegates.cells import PAD, Cell, CellDelegate
from ui.format import count
from ui.itemmodels.records import Role
from ui.lists.across import FIRST, THING, AcrossGrid, AcrossModel, Index
from ui.overrides import override
from ui.pages.impact.wrapped import AROUND, draw_lines
from ui.widgets.painted import Painted
from ui.widgets.plain import tip_text

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from models.queries.impact_aims import AimRow, AimsTab

_ROLE = Qt.ItemDataRole
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


class GapModel(AcrossModel):
    """The map: aims in words down, members across."""

    def __init__(self) -> None:
        super().__init__("Aim")
        self._aims: list[AimRow] = []
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
        same = [aim.number for aim in aims] == self.keys() and tab.schools == self.schools
        if not same:
            self.beginResetModel()
        self._aims, self.schools, self._spots = aims, tab.schools, spots
        if same:
            self.announce()
        else:
            self.endResetModel()

    @override
    def keys(self) -> list[int]:
        return [aim.number for aim in self._aims]

    def spot(self, index: Index) -> Spot | None:
        """The cell of an index; None on an aim's words."""
        if not index.isValid() or index.column() < FIRST:
            return None
        key = self.schools[index.column() - FIRST][0]
        return self._spots[self._aims[index.row()].number, key]

    def aim(self, index: Index) -> AimRow | None:
        """The aim of an index's row."""
        return self._aims[index.row()] if index.isValid() else None

    def table(self) -> tuple[list[str], list[list[object]]]:
        """Headings and lines, for copying and for a spreadsheet: a line for each aim and school."""
        heads = ["Aim", "School", "Things by term", "Gap"]
        lines: list[list[object]] = []
        for spot in self._spots.values():
            told = ", ".join(f"{term} {n}" for term, n in zip(spot.terms, spot.things, strict=True))
            lines.append([f"Aim {spot.aim}", spot.school, told, "Gap" if spot.gap else ""])
        return heads, lines

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


class GapGrid(AcrossGrid):
    """The map's view. Arrows move, Enter or a double click asks what served."""

    first_entered = THING

    def __init__(self, model: GapModel) -> None:
        self._map = model
        spoken = "Gaps: aims down, schools across, a square a term. Enter links something."
        super().__init__(model, spoken, GapDelegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)  # the ring says where one is

    @override
    def dress(self) -> None:
        """Take sizes from the theme: schools have what their squares and names need, aims the rest."""
        now = theme.now()
        self.setFont(now.font())
        lines = QFontMetrics(now.font()).lineSpacing() * LINES
        self.verticalHeader().setDefaultSectionSize(lines + now.px(AROUND))
        squares = 3 * now.fs(TILE) + 2 * now.fs(GAP)
        wide, around = now.fs(WIDE), 2 * now.px(PAD)
        self.share({n: min(max(squares, head), wide) + around for n, head in self.heads().items()}, LEAST_AIM)


def gaps_words(tab: AimsTab) -> str:
    """`15 gaps in the summer term`."""
    if not tab.terms:
        return ""
    newest = tab.terms[-1].value
    return f"{count(len(tab.gaps), 'gap')} in the {newest} term" if tab.gaps else "No gaps"
