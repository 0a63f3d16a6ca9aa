"""What every chart is drawn on, and the rules all charts share.

Solid, hatched and open marks survive a black-and-white printer; every mark carries its figure;
there is no legend to look up and no grid to read along. The ground is transparent, so the window
can show the same drawing on its own (`Look`).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from reportlab.graphics.renderPDF import draw as render
from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Path, Rect, String
from reportlab.lib.attrmap import AttrMap, AttrMapValue
from reportlab.pdfgen.canvas import Canvas

from reports.kit import PAGE, PAPER, Palette, one_line
from reports.kit.fonts import REGULAR, SEMI, elide, register, width

if TYPE_CHECKING:
    from reportlab.lib.colors import Color

Item = TypeVar("Item")
Kind = Literal["solid", "hatched", "open"]
Anchor = Literal["start", "middle", "end"]

TYPE = 10.0
"""Points of all words in a chart, at scale 1: the smallest that R-STY-1 allows in a table."""
BASE = 3.4
"""From the middle of a row down to the baseline of its words."""
HATCH = 3.2
"""Points between the lines of a hatched mark."""


@dataclass(frozen=True)
class Look:
    """Where a chart is shown.

    Attributes:
        palette: its colours: `PAPER`, or a theme of the window.
        scale: 1.33 in large print; the words grow with it.
        width: points of the whole chart.
    """

    palette: Palette = PAPER
    scale: float = 1.0
    width: float = PAGE.width


ON_PAPER = Look()


class Plate(Drawing):
    """A Drawing with y counted from the top, and a few short verbs. All sizes are at scale 1.

    Attributes:
        alt: what the chart says, for those who cannot see it.
        wide: its width at scale 1; `high`: its height.
    """

    _attrMap = AttrMap(  # noqa: N815  (ReportLab's name for what may be set)
        BASE=Drawing,
        alt=AttrMapValue(None),
        wide=AttrMapValue(None),
        high=AttrMapValue(None),
        ink=AttrMapValue(None),
    )

    def __init__(self, look: Look, high: float, alt: str = "") -> None:
        register()
        super().__init__(look.width, high * look.scale)
        self.hAlign = "LEFT"
        self.initialFontName = REGULAR  # else the file names a font that is not embedded
        self.alt = one_line(alt)
        self.wide, self.high = look.width / look.scale, high
        self.ink = look.palette
        self._marks = Group(transform=(look.scale, 0, 0, look.scale, 0, 0))
        self.add(self._marks)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        bold: bool = False,
        colour: Color | None = None,
        anchor: Anchor = "start",
        room: float = 0,
    ) -> None:
        """Words with their baseline at `y`; wider than `room`, if given, they are elided."""
        font, said = SEMI if bold else REGULAR, one_line(words)
        if room:
            said = elide(said, max(room, 1), font, TYPE)
        self._marks.add(
            String(
                x,
                self.high - y,
                said,
                fontName=font,
                fontSize=TYPE,
                fillColor=colour or self.ink.text,
                textAnchor=anchor,
            )
        )

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        weight: float = PAGE.fine,
        colour: Color | None = None,
    ) -> None:
        """A straight line."""
        (x0, y0), (x1, y1) = start, end
        self._marks.add(
            Line(
                x0,
                self.high - y0,
                x1,
                self.high - y1,
                strokeWidth=weight,
                strokeColor=colour or self.ink.hair,
            )
        )

    def bar(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        kind: Kind = "solid",
        colour: Color | None = None,
    ) -> None:
        """A bar with its top edge at `y`; one without width is not drawn."""
        if wide <= 0 or high <= 0:
            return
        ink, base = colour or self.ink.accent, self.high - y - high
        solid = kind == "solid"
        style: dict[str, Any] = {
            "strokeColor": None if solid else ink,
            "strokeWidth": PAGE.rule,
            "fillColor": ink if solid else self.ink.ground,
        }
        self._marks.add(Rect(x, base, wide, high, **style))
        if kind == "hatched":
            path, at = Path(strokeColor=ink, strokeWidth=0.9, fillColor=None), HATCH - high
            while at < wide:
                path.moveTo(x + max(at, 0), base + max(-at, 0))
                path.lineTo(x + min(wide, at + high), base + min(high, wide - at))
                at += HATCH
            self._marks.add(path)

    def label(self, x: float, y: float, wide: float, high: float) -> None:
        """An empty place for words on a hatched bar."""
        base, style = self.high - y - high, {"strokeColor": None, "fillColor": self.ink.ground}
        self._marks.add(Rect(x, base, wide, high, **cast("Any", style)))

    def dot(self, x: float, y: float, radius: float, *, solid: bool = True) -> None:
        """A round mark."""
        ink = self.ink.accent
        self._marks.add(
            Circle(
                x,
                self.high - y,
                radius,
                strokeColor=ink,
                strokeWidth=1.4,
                fillColor=ink if solid else self.ink.ground,
            )
        )


def wide(words: str, *, bold: bool = False) -> float:
    """The width of words in a chart, in points at scale 1."""
    return width(one_line(words), SEMI if bold else REGULAR, TYPE)


def label_room(names: Sequence[str], whole: float, most: float = 0.34) -> float:
    """The width of the column of names: what the longest needs, at most a part of the `whole`."""
    need = max((wide(name) for name in names), default=0) + 12
    return min(need, whole * most)


def spread(spots: Sequence[float], needs: Sequence[float], room: float) -> list[float]:
    """Centres near `spots`, in their order, so that labels of these widths do not touch.

    Args:
        spots: where each label would like its centre, ascending.
        needs: the width of each, its gap included.
        room: points from 0 to the right edge; if they all need more, they are packed evenly.
    """
    total = sum(needs)
    if total > room:
        at, found = 0.0, []
        for need in needs:
            found.append((at + need / 2) * room / total)
            at += need
        return found
    lefts: list[float] = []
    for spot, need in zip(spots, needs, strict=True):
        edge = lefts[-1] + needs[len(lefts) - 1] if lefts else 0.0
        lefts.append(max(spot - need / 2, edge))
    edge = room
    for n in reversed(range(len(lefts))):
        lefts[n] = min(lefts[n], edge - needs[n])
        edge = lefts[n]
    return [left + need / 2 for left, need in zip(lefts, needs, strict=True)]


def pieces(
    rows: Sequence[Item], draw: Callable[[Sequence[Item]], Plate], height: float = PAGE.height
) -> list[Plate]:
    """The rows as one chart, or as several of about equal length that each fit `height` points.

    Give `draw` the rows that set the scale (`of=rows`), so that all pieces have the same.
    """
    count = 1
    while True:
        size, more = divmod(len(rows), count)
        ends = [size * n + min(n, more) for n in range(count + 1)]
        plates = [draw(rows[a:b]) for a, b in pairwise(ends)]
        if count >= len(rows) or all(plate.height <= height for plate in plates):
            return plates
        count += 1


def drawing_to_pdf(drawing: Drawing) -> bytes:
    """The drawing as a PDF of one page of its size: the window paints it with QPdfDocument."""
    register()
    target = io.BytesIO()
    # not compressed, as it is not kept; and the stubs ask for a number as the name of a font
    options: dict[str, Any] = {"invariant": 1, "pageCompression": 0, "initialFontName": REGULAR}
    canv = Canvas(target, pagesize=(drawing.width, drawing.height), **options)
    render(drawing, canv, 0, 0)
    canv.showPage()
    canv.save()
    return target.getvalue()
