"""Page templates, header and footer, and the one motif of everything printed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING, cast

from reportlab.lib.colors import Color, linearlyInterpolatedColor
from reportlab.platypus import Frame, PageTemplate

from reports.kit import fonts
from reports.kit.styles import HALF, LANDSCAPE, PAGE, PORTRAIT, Styles
from reports.kit.text import one_line

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate

    from reports.kit.hooks import HookedCanvas
    from reports.kit.styles import Palette

MARK_DOTS = 12
SHADES = 40
"""Steps in which the motif fades."""
UNKNOWN = "?"


@dataclass(frozen=True)
class Furniture:
    """What stands in the header and footer of every page.

    Attributes:
        cluster: header, left.
        title: footer, left: "Annual review 2024 to 2025".
        note: footer, middle: "Data to 20 June 2025, draft of version 1".
        schools: dots of the motif in the full accent.
    """

    cluster: str
    title: str
    note: str = ""
    schools: int = MARK_DOTS


def seed_head(
    canv: Canvas, x: float, y: float, step: float, count: int, schools: int, palette: Palette
) -> None:
    """The motif: dots on a sunflower spiral. The inmost stand for the schools; it fades outwards.

    Args:
        canv: where to paint.
        x: centre, in points.
        y: centre, in points.
        step: the spiral's pitch, in points.
        count: dots in all.
        schools: dots in the full accent.
        palette: its colours.
    """
    code = cast("HookedCanvas", canv)._code  # noqa: SLF001
    for is_school, shade, circles in _dots(x, y, step, count, schools):
        canv.setFillColor(palette.accent if is_school else _faded(palette, shade / SHADES))
        code.append(f"{circles} f")


@lru_cache(8)  # every page has the same small one
def _dots(x: float, y: float, step: float, count: int, schools: int) -> list[tuple[bool, int, str]]:
    """The dots of each colour as page code: are they schools, in which shade are they if not."""
    found = []
    for (is_school, shade), dots in groupby(range(count), lambda n: (n < schools, n * SHADES // count)):
        circles = []
        for n in dots:
            angle, away = n * pi * (3 - sqrt(5)), step * sqrt(n + 0.5)
            radius = step * 0.42 * (1 - 0.45 * n / count)
            circles.append(_circle(x + away * cos(angle), y + away * sin(angle), radius))
        found.append((is_school, shade, " ".join(circles)))
    return found


def _circle(x: float, y: float, radius: float) -> str:
    """A circle as page code, of four curves; `Canvas.circle` takes ten times as long."""
    far, near = radius, radius * 0.5523
    points = [
        (far, 0), (far, near), (near, far), (0, far), (-near, far), (-far, near), (-far, 0),
        (-far, -near), (-near, -far), (0, -far), (near, -far), (far, -near), (far, 0),
    ]  # fmt: skip
    at = [f"{x + across:.2f} {y + up:.2f}" for across, up in points]
    curves = [" ".join(at[n : n + 3]) + " c" for n in (1, 4, 7, 10)]
    return f"{at[0]} m {' '.join(curves)}"


def _faded(palette: Palette, far: float) -> Color:
    found: Color = linearlyInterpolatedColor(palette.mid, palette.tint, 0, 0.8, min(far, 0.8))
    return found


LEAST = 0.75
"""How far the note in the footer is made smaller, against `furniture`, before it is cut."""
LACKING = f"{fonts.SQUARE} stands for a letter or sign that cannot be printed."


class _Frame(Frame):
    """A frame that is copied quickly: ReportLab does so each time it tries what may be kept together."""

    def __deepcopy__(self, memo: object) -> _Frame:
        found = object.__new__(type(self))
        vars(found).update(vars(self))  # numbers and words only
        return found


class Painter:
    """Paints header and footer of one document.

    Attributes:
        section: what the header says at the right; the document sets it as it goes.
        pages: how many there are; `UNKNOWN` in the first pass, in which nothing needs to be painted.
        squares: are there characters drawn as an open square? Then each page says what that means.
    """

    def __init__(self, furniture: Furniture, styles: Styles) -> None:
        self._says, self._styles = furniture, styles
        self.section = ""
        self.pages = UNKNOWN
        self.squares = False

    def cover(self, canv: Canvas, _doc: object) -> None:
        """The motif, large; it bleeds off the right edge."""
        if self.pages == UNKNOWN:
            return
        seed_head(canv, 468, 424, 14.4, 260, self._says.schools, self._styles.palette)

    def page(self, canv: Canvas, doc: object) -> None:
        """Header and footer; at the end of a page, so that the section is this page's."""
        if self.pages == UNKNOWN:
            return
        palette, size = self._styles.palette, self._styles.points("furniture")
        wide, high = canv._pagesize  # type: ignore[attr-defined]  # noqa: SLF001
        left, right = PAGE.left, wide - PAGE.right
        room = right - left
        seed_head(canv, left + 8, high - 41, 2.3, MARK_DOTS, MARK_DOTS, palette)
        canv.setFillColor(palette.muted)
        needs = fonts.width(one_line(self._says.cluster), fonts.SEMI, size)
        most = max(room * 0.45, room - 40 - needs)
        section = fonts.elide(one_line(self.section), most, fonts.REGULAR, size)
        rest = room - 40 - fonts.width(section, fonts.REGULAR, size)
        canv.setFont(fonts.SEMI, size)
        name = fonts.elide(one_line(self._says.cluster), rest, fonts.SEMI, size)
        canv.drawString(left + 22, high - 44, name)
        canv.setFont(fonts.REGULAR, size)
        canv.drawRightString(right, high - 44, section)
        canv.setStrokeColor(palette.hair)
        canv.setLineWidth(PAGE.fine)
        canv.line(left, 48, right, 48)
        self._footer(canv, left, right, size, getattr(doc, "page", 0))

    def _footer(self, canv: Canvas, left: float, right: float, size: float, page: int) -> None:
        low, numbers = 44 - size - 1, f"Page {page} of {self.pages}"
        end = right - fonts.width(numbers, fonts.REGULAR, size) - size
        words = one_line(self._says.note)
        needs = fonts.width(words, fonts.REGULAR, size)
        most = max((right - left) * 0.38, end - left - size - needs)
        title = fonts.elide(one_line(self._says.title), most, fonts.REGULAR, size)
        canv.drawString(left, low, title)
        canv.drawRightString(right, low, numbers)
        start = left + fonts.width(title, fonts.REGULAR, size) + size
        fitting = size * (end - start) / max(needs, 1)
        small = min(size, max(fitting, size * LEAST))
        note = fonts.elide(words, end - start, fonts.REGULAR, small)
        half = fonts.width(note, fonts.REGULAR, small) / 2
        middle = min(max((left + right) / 2, start + half), end - half)
        canv.setFont(fonts.REGULAR, small)
        canv.drawCentredString(middle, low, note)
        canv.setFont(fonts.REGULAR, size)
        if self.squares:
            canv.drawString(left, low - size - 2, LACKING)

    def halves(self, canv: Canvas, doc: object) -> None:
        """Two A5 cards side by side: a name above each, a dashed line to cut along between them.

        A half that the last card left empty stays empty.
        """
        if self.pages == UNKNOWN:
            return
        palette, size = self._styles.palette, self._styles.points("furniture")
        wide, high = LANDSCAPE
        both = cast("BaseDocTemplate", doc).frame.id != "half 0"
        for left in (HALF, wide / 2 + HALF)[: 1 + both]:
            seed_head(canv, left + 8, high - 25, 2.3, MARK_DOTS, MARK_DOTS, palette)
            canv.setFillColor(palette.muted)
            canv.setFont(fonts.SEMI, size)
            room = wide / 2 - 2 * HALF - 22
            canv.drawString(
                left + 22, high - 28, fonts.elide(one_line(self._says.cluster), room, fonts.SEMI, size)
            )
            canv.setFont(fonts.REGULAR, size)
            said = f"{LACKING} {self._says.note}" if self.squares else self._says.note
            note = fonts.elide(one_line(said), room + 22, fonts.REGULAR, size)
            canv.drawString(left, 20, note)
        canv.setStrokeColor(palette.muted)
        canv.setLineWidth(PAGE.fine)
        canv.setDash(4, 4)
        canv.line(wide / 2, 0, wide / 2, high)
        canv.setDash()

    def templates(self) -> list[PageTemplate]:
        """The pages there are: "cover", "portrait", "landscape", "bare" (labels) and "halves" (A5 cards)."""

        def template(name: str, size: tuple[float, float]) -> PageTemplate:
            wide, high = size[0] - PAGE.left - PAGE.right, size[1] - PAGE.top - PAGE.bottom
            frame = _Frame(PAGE.left, PAGE.bottom, wide, high, 0, 0, 0, 0, id=name)
            if name == "cover":
                return PageTemplate(name, [frame], onPage=self.cover, pagesize=size)
            return PageTemplate(name, [frame], onPageEnd=self.page, pagesize=size)

        bare = _Frame(0, 0, *PORTRAIT, 0, 0, 0, 0, id="bare")
        half = LANDSCAPE[0] / 2
        cards: list[Frame] = [
            _Frame(at * half + HALF, 36, half - 2 * HALF, LANDSCAPE[1] - 36 - 44, 0, 0, 0, 0, id=f"half {at}")
            for at in (0, 1)
        ]
        return [
            template("cover", PORTRAIT),
            template("portrait", PORTRAIT),
            template("landscape", LANDSCAPE),
            PageTemplate("bare", [bare], pagesize=PORTRAIT),
            PageTemplate("halves", cards, onPageEnd=self.halves, pagesize=LANDSCAPE),
        ]
