"""Paragraph styles, made from the design tokens and one scale factor. Each size has one job.

`tag` is a style's role in the tagged PDF. At normal print (scale 1) running text is 12 pt and table
text 10 pt, the smallest R-STY-1 allows; large print makes them 16 and 13.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle

import resources
from reports.kit.fonts import BOLD, LIGHT, REGULAR, SEMI, register

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGE_PRINT = resources.tokens().paper_page["large_print"]
PORTRAIT: tuple[float, float] = A4
LANDSCAPE: tuple[float, float] = landscape(A4)
HALF = 32.0
"""White at either side of an A5 card, half a landscape page, in points."""


@dataclass(frozen=True)
class Palette:
    """The colours of paper, and of a chart in the light or the dark window.

    Attributes:
        ground: what is behind the ink; open marks are filled with it.
        on_accent: text on an area of the accent.
        surface: quiet bands; tint and mid: the accent at about 14 and 45 %; hair: lines.
    """

    ground: Color
    text: Color
    muted: Color
    accent: Color
    on_accent: Color
    surface: Color
    tint: Color
    mid: Color
    hair: Color
    good: Color
    warn: Color
    bad: Color

    @classmethod
    def of(cls, colours: Mapping[str, str]) -> Palette:
        """The palette of one theme of the tokens."""
        names = "text muted accent on_accent tint mid hair good warn bad".split()
        return cls(
            ground=HexColor(colours["sheet"]),
            surface=HexColor(colours["window"]),
            **{name: HexColor(colours[name]) for name in names},
        )


PAPER = Palette.of(resources.tokens().light)
DARK = Palette.of(resources.tokens().dark)


@dataclass(frozen=True)
class Page:
    """The page in points: everything sits on a 4 pt step."""

    left: float
    right: float
    top: float
    bottom: float
    measure: float  # longest line of running text at scale 1: about 70 characters
    gap: float  # between table columns
    fine: float
    rule: float
    heavy: float

    @property
    def width(self) -> float:
        """Content width upright: 483 points."""
        return PORTRAIT[0] - self.left - self.right

    @property
    def wide(self) -> float:
        """Content width of a landscape page: 730 points."""
        return LANDSCAPE[0] - self.left - self.right

    @property
    def half(self) -> float:
        """Content width of an A5 card, half a landscape page: 357 points."""
        return LANDSCAPE[0] / 2 - 2 * HALF

    @property
    def height(self) -> float:
        """Content height upright: 702 points."""
        return PORTRAIT[1] - self.top - self.bottom

    @property
    def low(self) -> float:
        """Content height of a landscape page: 455 points."""
        return LANDSCAPE[1] - self.top - self.bottom


PAGE = Page(**{n: v for n, v in resources.tokens().paper_page.items() if n != "large_print"})


class Styles:
    """The paragraph styles at one scale, by name: `styles["body"]`."""

    def __init__(self, scale: float = 1.0, palette: Palette = PAPER) -> None:
        register()
        self.scale, self.palette = scale, palette
        self._made: dict[str, ParagraphStyle] = {}
        # long lines are kept to the measure; in large print the whole width holds fewer characters
        inset = max(0.0, PAGE.width - PAGE.measure * scale)
        accent, muted = palette.accent, palette.muted
        self._add("body", spaceAfter=8, rightIndent=inset)
        self._add("lead", spaceAfter=16, rightIndent=max(0.0, inset - 24))
        self._add("question", SEMI, accent, spaceAfter=4)
        self._add("h1", BOLD, spaceAfter=16, rightIndent=24, tag="H1")
        self._add("h2", BOLD, spaceBefore=16, spaceAfter=6, keepWithNext=1, tag="H2")
        self._add("h2_top", BOLD, size="h2", spaceAfter=6, keepWithNext=1, tag="H2")
        self._add("h3", SEMI, spaceBefore=10, spaceAfter=4, keepWithNext=1, tag="H3")
        self._add("caption", colour=muted, spaceBefore=4, spaceAfter=12, tag="Caption")
        self._add("note", colour=muted, spaceBefore=6, rightIndent=inset)
        self._add("source", colour=muted)
        self._add("source_bold", SEMI, muted, size="source", spaceBefore=6, spaceAfter=2)
        self._add("item", leftIndent=18 * scale, spaceAfter=6, tag="LI")
        self._add("item_small", size="cell_roomy", leftIndent=14 * scale, spaceAfter=3, tag="LI")
        self._add("ask", leftIndent=22 * scale, spaceAfter=6, tag="LI")
        self._add("quote", LIGHT, spaceAfter=6)
        self._add("figure", LIGHT, accent, spaceAfter=2)
        self._add("figure_label")
        self._add("cover_name", SEMI, accent)
        self._add("cover_title", BOLD, tag="H1")
        self._add("cover_year", LIGHT)
        self._add("fact")
        self._add("fact_bold", SEMI, size="fact")
        self._add("fact_key", colour=muted, size="fact")
        self._add("fact_right", size="fact", alignment=TA_RIGHT)
        for side, alignment in (("left", TA_LEFT), ("right", TA_RIGHT), ("center", TA_CENTER)):
            self._add(f"head_{side}", SEMI, muted, size="cell_head", alignment=alignment)
            for size in ("cell", "cell_roomy"):
                self._add(f"{size}_{side}", size=size, alignment=alignment)
                self._add(f"{size}_{side}_bold", SEMI, size=size, alignment=alignment)

    def __getitem__(self, name: str) -> ParagraphStyle:
        return self._made[name]

    def points(self, role: str) -> float:
        """The type size of a role of the tokens, in points at this scale."""
        return resources.tokens().paper_type[role].size * self.scale

    def _add(
        self,
        name: str,
        face: str = REGULAR,
        colour: Color | None = None,
        *,
        size: str = "",
        **kw: Any,
    ) -> None:
        step = resources.tokens().paper_type[size or name]
        # titles are large already: they grow by the root of the scale, or no word would fit
        grown = self.scale if step.size <= 16 else self.scale**0.5 if step.size < 30 else 1.0
        self._made[name] = ParagraphStyle(
            name,
            fontName=face,
            fontSize=step.size * grown,
            leading=step.leading * grown,
            textColor=colour or self.palette.text,
            bulletFontName=face,
            bulletFontSize=step.size * grown,
            allowWidows=0,
            allowOrphans=0,
            splitLongWords=1,
            **kw,
        )
