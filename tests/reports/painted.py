"""Where a page's lines, boxes and words are, in mm from its upper left corner, as the file has them."""

import io
from dataclasses import dataclass

import pikepdf

from tests.reports.pdf_checks import ONE, Matrix, _Font, _shown, _times, operators

MM = 72 / 25.4


@dataclass(frozen=True)
class Painted:
    """Straight lines (x0, y0, x1, y1), filled boxes (x, y, width, height), words (x0, y, x1); all in mm.

    `y` of a box is its upper edge; of words, their baseline.
    """

    lines: list[tuple[float, float, float, float]]
    boxes: list[tuple[float, float, float, float]]
    words: list[tuple[float, float, float]]


def painted(data: bytes, page: int = 0) -> Painted:
    """What is on a page."""
    pdf = pikepdf.open(io.BytesIO(data))
    found = pdf.pages[page]
    high = float(found.mediabox[3])

    def at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
        return (
            (x * matrix[0] + y * matrix[2] + matrix[4]) / MM,
            (high - (x * matrix[1] + y * matrix[3] + matrix[5])) / MM,
        )

    now, kept, start = ONE, [], (0.0, 0.0)
    lines, boxes = [], []
    for operands, operator in operators(found):
        match operator:
            case "q":
                kept.append(now)
            case "Q":
                now = kept.pop()
            case "cm":
                now = _times(tuple(map(float, operands)), now)
            case "m":
                start = at(now, *map(float, operands))
            case "l":
                end = at(now, *map(float, operands))
                lines.append((*start, *end))
                start = end
            case "re":
                x, y, wide, tall = map(float, operands)
                left, low = at(now, x, y)
                right, top = at(now, x + wide, y + tall)
                boxes.append((left, top, right - left, low - top))
    fonts = {name: _Font(font) for name, font in found.resources.get("/Font", {}).items()}
    words = [(x0 / MM, (high - y) / MM, x1 / MM) for x0, y, x1 in _shown(operators(found), fonts)]
    return Painted(lines, boxes, words)
