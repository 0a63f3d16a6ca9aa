"""Room in a table for what people fill in by hand: a square to tick, a box to write in, room to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import override

from reports.kit.flowables import decoration
from reports.kit.hooks import HookedFlowable
from reports.kit.styles import PAPER

if TYPE_CHECKING:
    from reports.kit.styles import Palette

BlankKind = Literal["tick", "write", "sign"]
TICK, WRITE = 12.0, 20.0
"""Side of a square, height of a box, in points at scale 1."""
EDGE = 0.7
SIGN = 110.0
"""The least width for a signature, in points at any scale: hands do not grow with the print."""


class Blank(HookedFlowable):
    """An outline, none to sign on; to a screen reader the cell is empty, below what its header asks."""

    def __init__(
        self, kind: BlankKind, scale: float = 1.0, align: str = "left", palette: Palette = PAPER
    ) -> None:
        super().__init__()
        self._kind, self._align, self._palette = kind, align, palette
        self._side = {"tick": TICK, "write": WRITE, "sign": 0.0}[kind] * scale

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        self.width, self.height = availWidth, self._side
        return self.width, self.height

    @override
    def draw(self) -> None:
        if self._kind == "sign":  # the line below the row is enough
            return
        wide = self._side if self._kind == "tick" else self.width - EDGE / 2  # not over the edge of the table
        spare = max(0.0, self.width - wide)
        left = {"left": 0.0, "center": spare / 2, "right": spare}[self._align]
        with decoration(self.canv):
            self.canv.setStrokeColor(self._palette.muted)
            self.canv.setLineWidth(EDGE)
            self.canv.rect(left, 0, wide, self.height, 1, 0)
