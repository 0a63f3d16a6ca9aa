"""Lines of words straight into page code: what ReportLab's text object says, in a fraction of the time.

A paper is mostly lines of words in one or two faces. What this module does not know (links, bullets, frames,
underlining, words that are raised) it leaves to ReportLab.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from reports.kit.written import colour_code, escaped, number, protected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.lib.colors import Color
    from reportlab.lib.styles import ParagraphStyle

SHARE: dict[object, float] = {TA_CENTER: 0.5, TA_RIGHT: 1.0}
"""How much of the white of a line stands before its words, by alignment."""
TOO_LITTLE = -1e-8
"""White of a line, in points, from which on its spaces are made narrower."""


USUAL_LEADING = 1.2
"""Of a line that nothing follows, by its size."""


class Run(NamedTuple):
    """Words of one face and colour."""

    text: str
    face: str
    size: float
    colour: Color


class Line(NamedTuple):
    """A line that ReportLab has broken: its white in points, and its words by face and colour."""

    white: float
    words: list[Run]
    spaces: int  # between its words


class Typist:
    """Writes the words of one document.

    Attributes:
        said: all words since it was last emptied: what of them cannot be drawn is asked at the end of a text.
    """

    def __init__(self, document: Any) -> None:
        self._document = document
        self._fonts: dict[tuple[str, float, float, int], str] = {}
        self._current: tuple[str, float, float, int] | None = None
        self.said: list[str] = []

    def begin(self) -> None:
        """A new text begins: nothing is known of the font in use."""
        self._current = None
        self.said = []

    def knows(self, face: str) -> bool:
        """Is it one that is embedded?"""
        return isinstance(pdfmetrics.getFont(face), TTFont)

    def words(self, text: str, face: str, size: float, leading: float) -> str:
        """The code that shows a text of one line."""
        self.said.append(text)
        wanted = face, size, leading, 0
        if wanted in self._fonts and text.isascii() and text.isprintable():
            shown = f"({protected(text)}) Tj"  # the first subset begins with these, each in its own place
            if wanted == self._current:
                return shown
            self._current = wanted
            return f"{self._fonts[wanted]} {shown}"
        font: Any = pdfmetrics.getFont(face)
        parts = []
        for subset, coded in font.splitString(text, self._document):
            wanted = face, size, leading, subset
            if wanted != self._current:
                parts.append(self._font(wanted))
                self._current = wanted
            parts.append(f"({escaped(coded)}) Tj")
        return " ".join(parts)

    def _font(self, wanted: tuple[str, float, float, int]) -> str:
        if wanted not in self._fonts:
            face, size, leading, subset = wanted
            font: Any = pdfmetrics.getFont(face)
            name = font.getSubsetInternalName(subset, self._document)
            self._fonts[wanted] = f"{name} {number(size)} Tf {number(leading)} TL"
        return self._fonts[wanted]

    def label(self, text: str, style: ParagraphStyle, x: float, y: float) -> str:
        """The code of the bullet of a paragraph whose left edge is at x and first line at y, in points."""
        self.begin()
        place = f"1 0 0 1 {number(x + style.bulletIndent)} {number(y)} Tm"
        size = style.bulletFontSize
        shown = self.words(text, style.bulletFontName, size, size * USUAL_LEADING)
        return f"{place} {colour_code(style.textColor)} rg {shown}"

    def lines(self, broken: Any, style: ParagraphStyle, x: float, top: float) -> str | None:
        """The code of a paragraph whose lines are broken; None if it holds what is not known here.

        Args:
            broken: as `Paragraph.breakLines` of ReportLab gives it.
            style: that of the paragraph.
            x: left edge of the paragraph, in points.
            top: its upper edge.
        """
        if style.firstLineIndent or style.backColor or style.borderWidth:
            return None
        if not broken.lines:
            return ""
        lines = [*_plain_lines(broken)]
        known = all(self.knows(run.face) for line in lines for run in line.words)
        if len(lines) < len(broken.lines) or not known:
            return None
        self.begin()
        first = broken if broken.kind == 0 else broken.lines[0]
        share, left, y = SHARE.get(style.alignment, 0.0), x + style.leftIndent, top - first.fontSize
        parts, colour, at = [], None, None
        for n, line in enumerate(lines):
            tight = line.white < TOO_LITTLE and line.spaces > 0
            start = left if tight else left + line.white * share
            if start != at:
                parts.append(f"1 0 0 1 {number(start)} {number(y - n * style.leading)} Tm")
                at = start
            if tight:
                parts.append(f"{number(line.white / line.spaces)} Tw")
            for run in line.words:
                if run.colour is not colour:
                    colour = run.colour
                    parts.append(f"{colour_code(colour)} rg")
                parts.append(self.words(run.text, run.face, run.size, style.leading))
            parts.append("0 Tw T*" if tight else "T*")
        return " ".join(parts)


def _plain_lines(broken: Any) -> Iterator[Line]:
    """The lines; none from the first on that holds more than words."""
    if broken.kind == 0:
        if broken.link or broken.us_lines or broken.rise:
            return
        for white, words in broken.lines:
            text = " ".join(words)
            run = Run(_ended(text), broken.fontName, broken.fontSize, broken.textColor)
            yield Line(white, [run], len(words) + text.count("\xa0") - 1)
        return
    for line in broken.lines:
        runs = []
        for part in line.words:
            if hasattr(part, "cbDefn") or part.link or part.us_lines or part.rise:
                return
            last = part is line.words[-1]
            text = _ended(part.text) if last else part.text
            runs.append(Run(text, part.fontName, part.fontSize, part.textColor))
        held = sum(run.text.count("\xa0") for run in runs)
        yield Line(line.extraSpace, runs, line.wordCount + held - 1)


def _ended(text: str) -> str:
    """The words of a line's end: a tagged PDF separates words by spaces there too."""
    return text if text.endswith((" ", "-")) else f"{text} "
