"""A page to print first: every label's outline, rulers, and what to do if they do not lie on the labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm
from typing_extensions import override

from reports.kit import fonts
from reports.kit.canvas import TaggedCanvas
from reports.kit.flowables import Figure, Paragraph, decoration
from reports.kit.hooks import HookedFlowable
from reports.kit.labels import CLEAR, LabelSheet, paint_edges
from reports.kit.styles import PAPER, PORTRAIT

ACROSS_MM, DOWN_MM = 180, 240
"""Lengths of the rulers."""
FROM_LEFT, FROM_TOP = 15.0, 9.0
"""Where the ruler across begins, in mm from the page's upper left corner."""
DOWN_FROM_RIGHT = 12.0
"""Where the ruler down stands, in mm from the right edge of the last column of labels."""
NUMBER = 8.5


class Ruler(HookedFlowable):
    """A ruler in mm from 0 on, across or down; its numbers stand every 10 mm. `length`: mm."""

    def __init__(self, length: int, *, down: bool = False) -> None:
        super().__init__()
        self._length, self._down = length, down
        long_side, short_side = length * mm, 6 * mm
        self.width, self.height = (short_side, long_side) if down else (long_side, short_side)

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        return self.width, self.height

    @override
    def draw(self) -> None:
        canv: Any = self.canv
        canv.setStrokeColor(PAPER.text)
        canv.setFillColor(PAPER.text)
        canv.setLineWidth(0.4)
        canv.setFont(fonts.REGULAR, 6.5)
        path = canv.beginPath()
        for at in range(self._length + 1):
            tick = (3 if at % 10 == 0 else 2 if at % 5 == 0 else 1.2) * mm
            if self._down:
                y = self.height - at * mm
                path.moveTo(0, y)
                path.lineTo(tick, y)
            else:
                path.moveTo(at * mm, 0)
                path.lineTo(at * mm, tick)
        if self._down:
            path.moveTo(0, 0)
            path.lineTo(0, self.height)
        else:
            path.moveTo(0, 0)
            path.lineTo(self.width, 0)
        canv.drawPath(path, stroke=1, fill=0)
        for at in range(10, self._length + 1, 10):
            if self._down:
                canv.setFillColor(PAPER.ground)  # nothing shows through a number
                canv.rect(3.4 * mm, self.height - at * mm - 3, 3.8 * mm, 7, 0, 1)
                canv.setFillColor(PAPER.text)
                canv.drawString(3.6 * mm, self.height - at * mm - 2.2, str(at))
            else:
                canv.drawCentredString(at * mm, 3.6 * mm, str(at))


class TestPage(HookedFlowable):
    """Outlines of a sheet's labels with their numbers, two rulers, and words in the first column.

    Args:
        sheet: which labels.
        texts: what stands in the first column, from the top; each label takes as many as fit.
        start: the label that printing begins at; it is named.
        nudge: how far all is moved right and down, in mm.
    """

    __test__ = False  # it tests a printer

    def __init__(
        self, sheet: LabelSheet, texts: Sequence[Paragraph], start: int, nudge: tuple[float, float]
    ) -> None:
        super().__init__()
        self._sheet, self._texts, self._start, self._nudge = sheet, list(texts), start, nudge

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        self.width, self.height = PORTRAIT
        return self.width, self.height

    @override
    def draw(self) -> None:
        canv: Any = self.canv
        if isinstance(canv, TaggedCanvas) and canv.rehearsal:
            return
        canv.saveState()
        canv.translate(self._nudge[0] * mm, -self._nudge[1] * mm)
        self._outlines(canv)
        self._write(canv)
        self._rulers(canv)
        canv.restoreState()

    def _outlines(self, canv: Any) -> None:
        sheet = self._sheet
        with decoration(canv):
            paint_edges(canv, sheet, range(1, sheet.per_sheet + 1), "cut")
            for place in range(1, sheet.per_sheet + 1):
                x, y = sheet.corner(place)
                canv.setFillColor(PAPER.muted)
                canv.setFont(fonts.SEMI if place == self._start else fonts.REGULAR, NUMBER)
                words = f"{place}: first label" if place == self._start else str(place)
                canv.drawString(x + CLEAR, y + CLEAR, words)

    def _write(self, canv: Any) -> None:
        sheet, texts = self._sheet, list(self._texts)
        (wide, high), place = sheet.size, 1
        while texts and place <= sheet.per_sheet:
            x, y = sheet.corner(place)
            top, left = y + high - CLEAR, True
            while texts and left:
                _, tall = texts[0].wrapOn(canv, wide - 2 * CLEAR, high)
                left = top - tall >= y + CLEAR + NUMBER * 1.5
                if left:
                    top -= tall
                    texts.pop(0).drawOn(canv, x + CLEAR, top)
                    top -= NUMBER / 2
            place += sheet.columns

    def _rulers(self, canv: Any) -> None:
        sheet = self._sheet
        right = sheet.corner(sheet.columns)[0] + sheet.size[0]
        for down, length, x, y in (
            (False, ACROSS_MM, FROM_LEFT * mm, PORTRAIT[1] - FROM_TOP * mm),
            (True, DOWN_MM, right - DOWN_FROM_RIGHT * mm, PORTRAIT[1] - (sheet.top + 5 + DOWN_MM) * mm),
        ):
            way = "down" if down else "across"
            ruler = Figure(
                Ruler(length, down=down), f"A ruler of {length} mm {way} the page, marked every mm."
            )
            ruler.wrapOn(canv, *PORTRAIT)
            ruler.drawOn(canv, x, y)
