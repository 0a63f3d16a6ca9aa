"""The block, the window's motif: entitlement used and left, readiness of the pack, letters of attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from ui import theme
from ui.overrides import override
from ui.widgets.badge import PLAIN, tone_of
from ui.widgets.painted import Painted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GAP = 3
LETTERS: Mapping[str, str] = {"P": "good", "S": "accent", "A": "warn", "N": "bad"}


def draw_blocks(painter: QPainter, rect: QRectF, used: int, waiting: int, whole: int, part: int) -> None:
    """Entitlement as half-day blocks, filled by money: used solid, waiting striped, left outlined.

    Args:
        painter: where to draw.
        rect: the room.
        used: pence spent.
        waiting: pence claimed and not yet decided.
        whole: pence of the year's allowance.
        part: pence of one block.
    """
    number = max(1, whole // part)
    width = (rect.width() - GAP * (number - 1)) / number
    for n in range(number):
        block = QRectF(rect.left() + n * (width + GAP), rect.top(), width, rect.height())
        solid = min(max(used - n * part, 0), part) / part
        claimed = min(max(used + waiting - n * part, 0), part) / part
        draw_block(painter, block, solid, claimed)


def draw_block(painter: QPainter, block: QRectF, solid: float, claimed: float) -> None:
    """One half-day: `solid` of it used, `claimed` used or waiting, as parts of the whole."""
    now, shape = theme.now(), QPainterPath()
    shape.addRoundedRect(block, 2.5, 2.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(now.c("track"))
    painter.drawPath(shape)
    painter.save()
    painter.setClipPath(shape)
    painter.fillRect(
        QRectF(block.left(), block.top(), block.width() * solid, block.height()), now.c("accent")
    )
    if claimed > solid:
        zone = QRectF(
            block.left() + block.width() * solid,
            block.top(),
            block.width() * (claimed - solid),
            block.height(),
        )
        painter.fillRect(zone, now.c("accent_soft"))
        painter.setClipRect(zone, Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(now.c("accent"), 1.5))
        left = block.left() - block.height()
        while left < block.right():
            painter.drawLine(QPointF(left, block.bottom()), QPointF(left + block.height(), block.top()))
            left += 5
    painter.restore()
    if solid < 1:
        painter.setPen(QPen(now.c("accent" if claimed > 0 else "edge"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(block.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)


class Meter(Painted):
    """A school's release allowance. `spoken` says the same in words. Money is pence."""

    def __init__(
        self, spoken: str, used: int, waiting: int, whole: int = 50000, part: int = 10000, width: int = 112
    ) -> None:
        super().__init__(spoken, fixed=True)
        self._money, self._width = (used, waiting, whole, part), width

    @override
    def hint(self) -> QSize:
        return QSize(theme.now().fs(self._width), theme.now().fs(12))

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        draw_blocks(painter, rect, *self._money)


class Half(Struct, frozen=True):
    """One half-day of an allowance, for the meter: what part of it is used, and what part waits."""

    used: float
    waiting: float


class HalfDays(Painted):
    """An allowance, half-day by half-day: used solid, waiting striped, left outlined.

    Args:
        spoken: the same in words.
        halves: the half-days, in order; few are never wider than a block of five.
        width: of five half-days, in pixels at 100 % text size.
    """

    USUAL = 5

    def __init__(self, spoken: str, halves: Sequence[Half] = (), width: int = 112) -> None:
        super().__init__(spoken, fixed=True)
        self._halves, self._width = tuple(halves), width

    def show_halves(self, spoken: str, halves: Sequence[Half]) -> None:
        """Show another allowance."""
        self._halves = tuple(halves)
        self.setAccessibleName(spoken)
        self.update()

    @override
    def hint(self) -> QSize:
        return QSize(theme.now().fs(self._width), theme.now().fs(12))

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        number = max(len(self._halves), self.USUAL)
        width = (rect.width() - GAP * (number - 1)) / number
        for place, half in enumerate(self._halves):
            block = QRectF(rect.left() + place * (width + GAP), rect.top(), width, rect.height())
            draw_block(painter, block, half.used, half.used + half.waiting)


class Segments(Painted):
    """Readiness: one block a section, in the tone of its state; missing ones are outlined.

    Args:
        parts: how many sections in which state, in order: ((14, "Complete"), (6, "Thin"), (4, "Missing")).
    """

    def __init__(self, parts: Sequence[tuple[int, str]] = ()) -> None:
        super().__init__()
        self._tones: list[str] = []
        self.set_parts(parts)

    def set_parts(self, parts: Sequence[tuple[int, str]]) -> None:
        """Show other numbers."""
        self._tones = [tone_of(word) for number, word in parts for _ in range(number)]
        self.setAccessibleName(", ".join(f"{number} {word.lower()}" for number, word in parts))
        self.update()

    @override
    def hint(self) -> QSize:
        return QSize(theme.now().fs(200), theme.now().fs(10))

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        if not self._tones:
            return
        width = (rect.width() - 2 * (len(self._tones) - 1)) / len(self._tones)
        for n, tone in enumerate(self._tones):
            block = QRectF(n * (width + 2), 0, width, rect.height())
            hollow = tone in {"bad", PLAIN}
            colour = theme.now().c("edge" if tone == PLAIN else tone)
            painter.setPen(QPen(colour, 1) if hollow else Qt.PenStyle.NoPen)
            painter.setBrush(Qt.BrushStyle.NoBrush if hollow else colour)
            painter.drawRoundedRect(block.adjusted(0.5, 0.5, -0.5, -0.5) if hollow else block, 2, 2)


class Split(Painted):
    """One bar: the part recognised solid, the school's share outlined. Money is pence."""

    def __init__(self, spoken: str = "", part: int = 0, whole: int = 0) -> None:
        super().__init__(spoken)
        self.show_parts(spoken, part, whole)

    def show_parts(self, spoken: str, part: int, whole: int) -> None:
        """Show other amounts; of nothing, nothing is recognised."""
        self._share = min(max(part / whole, 0.0), 1.0) if whole else 0.0
        self.setAccessibleName(spoken)
        self.update()

    @override
    def hint(self) -> QSize:
        return QSize(200, theme.now().fs(12))

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        now, gap = theme.now(), 2 if 0 < self._share < 1 else 0
        cut = (rect.width() - gap) * self._share
        if cut > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.c("accent"))
            painter.drawRoundedRect(QRectF(0, 0, cut, rect.height()), 3, 3)
        if self._share == 1:
            return
        painter.setBrush(now.c("track"))
        painter.setPen(QPen(now.c("edge"), 1))
        rest = QRectF(cut + gap, 0, rect.width() - cut - gap, rect.height())
        painter.drawRoundedRect(rest.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def draw_letter(painter: QPainter, rect: QRectF, letter: str, tone: str = "") -> None:
    """A letter in its square: the tint only repeats it; none yet is a dashed square.

    Without a tone the letters are those of attendance; "plain" is a square that neither praises nor warns.
    """
    now, tone = theme.now(), tone or LETTERS.get(letter, "")
    tint = "track" if tone == "plain" else f"{tone}_soft"
    painter.setBrush(now.c(tint if tone else "sheet"))
    painter.setPen(Qt.PenStyle.NoPen if tone else QPen(now.c("edge"), 1, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(rect, 5, 5)
    painter.setPen(now.c("text" if tone == "plain" else tone or "muted"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)


class Letter(Painted):
    """A letter of a key; `spoken` says what it stands for."""

    def __init__(self, letter: str, spoken: str, tone: str = "") -> None:
        super().__init__(spoken, fixed=True)
        self._letter, self._tone = letter, tone

    @override
    def hint(self) -> QSize:
        size = theme.now().fs(20)
        return QSize(size, size)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        painter.setFont(theme.now().font("label"))
        draw_letter(painter, rect, self._letter, self._tone)
