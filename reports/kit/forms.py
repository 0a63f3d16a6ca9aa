"""What people write on: ruled lines, and words with a square to tick. Lines and squares are decoration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable
from typing_extensions import override

from reports.kit.blanks import TICK, Blank
from reports.kit.flowables import Paragraph, decoration
from reports.kit.fonts import width
from reports.kit.grid import Layout
from reports.kit.hooks import HookedFlowable
from reports.kit.styles import PAGE, PAPER
from reports.kit.text import Text, plain

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from reports.kit.kit import Kit

PITCH = 26.0
"""Points from one ruled line to the next: room for a hand at a low table."""


def _rule(canv: Canvas, y: float, wide: float) -> None:
    canv.setStrokeColor(PAPER.hair)
    canv.setLineWidth(PAGE.rule)
    canv.line(0, y, wide, y)


class WritingLines(HookedFlowable):
    """Lines to write on, as wide as the room; those that do not fit go on the next page."""

    def __init__(self, lines: int, pitch: float = PITCH) -> None:
        super().__init__()
        self._lines, self._pitch = lines, pitch

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        self.width, self.height = availWidth, self._lines * self._pitch
        return self.width, self.height

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        fit = int(availHeight // self._pitch)
        if not 0 < fit < self._lines:
            return []
        return [WritingLines(fit, self._pitch), WritingLines(self._lines - fit, self._pitch)]

    @override
    def draw(self) -> None:
        with decoration(self.canv):
            for n in range(self._lines):
                _rule(self.canv, self.height - (n + 1) * self._pitch + 1, self.width)


class RoomForNotes(HookedFlowable):
    """A heading with lines down to the foot of the page; nothing at all where there is room for few."""

    fewest = 3

    def __init__(self, heading: Paragraph, pitch: float = PITCH) -> None:
        super().__init__()
        self._heading, self._pitch = heading, pitch
        self._lines, self._tall = 0, 0.0

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        _, self._tall = self._heading.wrapOn(self.canv, availWidth, availHeight)
        top = self._heading.getSpaceBefore() + self._tall
        lines = int((availHeight - top) // self._pitch)
        self._lines = lines if lines >= self.fewest else 0
        self.width = availWidth
        self.height = top + self._lines * self._pitch if self._lines else 0.0
        return self.width, self.height

    @override
    def draw(self) -> None:
        if not self._lines:
            return
        self._heading.drawOn(self.canv, 0, self._lines * self._pitch)
        with decoration(self.canv):
            for n in range(self._lines):
                _rule(self.canv, n * self._pitch + 1, self.width)


def choices(kit: Kit, answers: Sequence[str], room: float, style: str = "cell_roomy_left") -> Layout:
    """Answers, each behind a square to tick: as many beside each other as there is room for.

    Args:
        kit: what the words are set with.
        answers: short ones.
        room: points across.
        style: how they are set.
    """
    face, size = kit.styles[style].fontName, kit.styles[style].fontSize
    side, gap = TICK * kit.scale + 5, 14 * kit.scale
    needs = [side + width(plain(one), face, size) + gap for one in answers]
    many = len(answers)
    while many > 1 and sum(max(needs[n::many]) for n in range(many)) - gap > room:
        many -= 1
    widths: list[float] = []
    for n in range(many):
        widths += [side, max(needs[n::many]) - side]
    cells: list[list[object]] = []
    for start in range(0, len(answers), many):
        line: list[object] = []
        for one in answers[start : start + many]:
            line += [Blank("tick", kit.scale), kit.text(one, style)]
        cells.append(line + [""] * (2 * many - len(line)))
    pads = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("FONT", (0, 0), (-1, -1), face),
        *((f"{edge}PADDING", (0, 0), (-1, -1), 0) for edge in ("LEFT", "RIGHT")),
        *((f"{edge}PADDING", (0, 0), (-1, -1), 1.5) for edge in ("TOP", "BOTTOM")),
    ]
    return Layout(cells, widths, hAlign="LEFT", style=pads)


Answer = Text | Flowable


def asked(
    kit: Kit, pairs: Sequence[tuple[Text, Answer]], first: float, width: float, pad: float = 5
) -> Layout:
    """Questions at the left; beside each its answer, or an empty line to write on.

    Args:
        kit: what the words are set with.
        pairs: question and answer: words, a flowable, or "" for a line.
        first: points of the questions at scale 1.
        width: points of the whole.
        pad: points above and below each.
    """
    left = min(first * kit.scale, width / 2)
    rows: list[list[object]] = []
    commands: list[tuple[object, ...]] = [
        ("FONT", (0, 0), (-1, -1), kit.styles["fact"].fontName),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (0, -1), PAGE.gap),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
    ]
    for n, (question, answer) in enumerate(pairs):
        shown = answer if isinstance(answer, Flowable) else kit.text(answer, "fact") if answer else ""
        rows.append([kit.text(question, "fact_key"), shown])
        if not answer:
            commands.append(("LINEBELOW", (1, n), (1, n), PAGE.rule, PAPER.hair))
    return Layout(rows, [left, width - left], hAlign="LEFT", style=commands)
