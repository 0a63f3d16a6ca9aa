"""Numbers, colours, lines and text as page code: as ReportLab writes them, in a tenth of the time.

They are a third of all the work of a page.
"""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import CMYKColor, Color
from typing_extensions import override

from reports.kit.hooks import PATH_OPS, HookedCanvas, HookedColours, HookedPath

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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


def protected(text: str) -> str:
    """Printable ASCII as the inside of a string of the format."""
    if "(" in text or ")" in text or "\\" in text:
        return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return text


def escaped(text: bytes) -> str:
    """The inside of a string of the format."""
    plain = text.isascii() and text.decode()
    if plain and plain.isprintable():  # most are, and need a tenth of the time
        return protected(plain)
    return text.decode("latin-1").translate(ESCAPES)


@lru_cache(64)
def _rgb(red: float, green: float, blue: float) -> str:
    return numbers(red, green, blue)


def colour_code(colour: Color) -> str:
    """The three numbers of a colour."""
    return _rgb(colour.red, colour.green, colour.blue)


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
        self._code.append(f"{colour_code(colour)} {operator}")
        state = getattr(self, "_extgstate", None)  # a text object has none
        if state and state.getValue("ca" if operator == "rg" else "CA") != colour.alpha:
            set_alpha(colour.alpha)


class PathWriter(HookedPath):
    """Stands before ReportLab's path."""

    @override
    def moveTo(self, x: float, y: float) -> None:
        self._code_append(f"{numbers(x, y)} m")

    @override
    def lineTo(self, x: float, y: float) -> None:
        self._code_append(f"{numbers(x, y)} l")

    @override
    def curveTo(self, x1: float, y1: float, x2: float, y2: float, x3: float, y3: float) -> None:
        self._code_append(f"{numbers(x1, y1, x2, y2, x3, y3)} c")


class LineWriter(HookedCanvas):
    """Stands before ReportLab's canvas: lines, rectangles, and the state to come back to."""

    @override
    def push_state_stack(self) -> None:
        self.state_stack.append(_state(self.__dict__))
        self._extgstate = self._extgstate.pushCopy()

    @override
    def pop_state_stack(self) -> None:
        self.__dict__.update(zip(STATE, self.state_stack.pop(), strict=True))

    @override
    def setLineWidth(self, width: float) -> None:
        self._lineWidth = width
        self._code.append(f"{number(width)} w")

    @override
    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self._code.append(f"n {numbers(x1, y1)} m {numbers(x2, y2)} l S")

    @override
    def lines(self, linelist: Iterable[tuple[float, float, float, float]]) -> None:
        parts = [f"{numbers(x1, y1)} m {numbers(x2, y2)} l" for x1, y1, x2, y2 in linelist]
        self._code.append(" ".join(["n", *parts, "S"]))

    @override
    def beginPath(self) -> PathWriter:
        return PathWriter()

    @override
    def rect(
        self, x: float, y: float, width: float, height: float, stroke: float = 1, fill: float = 0
    ) -> None:
        done = PATH_OPS[stroke, fill, self._fillMode]
        self._code.append(f"n {numbers(x, y, width, height)} re {done}")


STATE = tuple(HookedCanvas.STATE_ATTRIBUTES)
_state = itemgetter(*STATE)
