"""QR codes: one path of squares, as sharp as the printer is."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from reports.kit.hooks import HookedFlowable
from reports.kit.styles import PAPER

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

QUIET = 4
"""White modules that a reader needs around a code."""


@lru_cache(1024)  # each pass of a build draws it again
def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of a code, top first, True for dark; it can be read with a seventh of it covered."""
    # slow to load, as it brings every other kind of code along
    from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

    code: Any = QRCode(None, QRErrorCorrectLevel.M)  # the stubs leave its methods' types out
    # Latin letters are read as they are by every reader; other signs as UTF-8
    code.addData(text if text.isascii() else QR8bitByte(text.encode("utf-8", "replace")))
    code.make()
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, col)) for col in range(count)) for row in range(count))


def quiet_zone(text: str, size: float) -> float:
    """Points of white that a code of `size` points needs on each side."""
    return QUIET * size / len(qr_modules(text))


def qr_path(canv: Canvas, text: str, x: float, y: float, size: float) -> None:
    """Paint a code; the white around it is the caller's to keep.

    Args:
        canv: where to paint.
        text: what a reader finds.
        x: its left edge, in points.
        y: its lower edge, in points.
        size: of the dark part, in points.
    """
    modules = qr_modules(text)
    unit, path = size / len(modules), canv.beginPath()
    for down, row in enumerate(modules, 1):
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end]:
                end += 1
            if end > start:
                path.rect(x + start * unit, y + size - down * unit, (end - start) * unit, unit)
            start = max(end, start + 1)
    canv.setFillColor(PAPER.text)
    canv.drawPath(path, stroke=0, fill=1)


class QrCode(HookedFlowable):
    """A code as a flowable, for `Kit.figure`. `size`: points of its dark part."""

    def __init__(self, text: str, size: float) -> None:
        super().__init__()
        self._text, self.width, self.height = text, size, size

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        return self.width, self.height

    @override
    def draw(self) -> None:
        qr_path(self.canv, self._text, 0, 0, self.width)
