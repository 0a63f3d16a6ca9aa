"""Numbers, colours and text as page code: as ReportLab writes them, in a tenth of the time.

They are a third of all the work of a page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import CMYKColor, Color
from typing_extensions import override

from reports.kit.hooks import HookedColours

if TYPE_CHECKING:
    from collections.abc import Callable

ESCAPES = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))}
ESCAPES |= {ord(char): "\\" + char for char in "\\()"}
"""How the bytes of a text are written; all others stand for themselves."""


@lru_cache(4096)  # places, sizes and widths come again and again
def number(value: float) -> str:
    """`value` with about seven figures, and none that says nothing."""
    size = abs(value)
    if size <= 1e-7:
        return "0"
    whole = 1 if size < 10 else 2 if size < 100 else 3 if size < 1000 else len(str(int(size)))
    text = f"{value:.{max(0, 7 - whole)}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text[1:] if text[0] == "0" and len(text) > 1 else text


def numbers(*values: float) -> str:
    """Several, parted by spaces."""
    return " ".join(map(number, values))


def escaped(text: bytes) -> str:
    """The inside of a string of the format."""
    plain = text.isascii() and text.decode()
    if plain and plain.isprintable():  # most are, and need a tenth of the time
        return plain.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return text.decode("latin-1").translate(ESCAPES)


@lru_cache(64)
def _rgb(red: float, green: float, blue: float) -> str:
    return numbers(red, green, blue)


class ColourWriter(HookedColours):
    """Stands before ReportLab's canvas and text object: most colours come again and again."""

    @override
    def setFillColor(self, aColor: Any, alpha: float | None = None) -> None:
        if self._is_plain(aColor, alpha):
            self._fillColorObj = aColor
            self._written(aColor, "rg", self.setFillAlpha)
        else:
            super().setFillColor(aColor, alpha)

    @override
    def setStrokeColor(self, aColor: Any, alpha: float | None = None) -> None:
        if self._is_plain(aColor, alpha):
            self._strokeColorObj = aColor
            self._written(aColor, "RG", self.setStrokeAlpha)
        else:
            super().setStrokeColor(aColor, alpha)

    def _is_plain(self, colour: object, alpha: float | None) -> bool:
        is_rgb = isinstance(colour, Color) and not isinstance(colour, CMYKColor)
        return is_rgb and alpha is None and not self._enforceColorSpace

    def _written(self, colour: Color, operator: str, set_alpha: Callable[[float], None]) -> None:
        self._code.append(f"{_rgb(colour.red, colour.green, colour.blue)} {operator}")
        set_alpha(colour.alpha)
