"""Words of one look into lines, as ReportLab breaks them, in a third of the time: most texts are no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfmetrics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.lib.styles import ParagraphStyle


def broken(frags: Sequence[Any], style: ParagraphStyle, widths: Sequence[float]) -> Any:
    """The lines as `Paragraph.breakLines` of ReportLab gives them; None if they are left to it.

    Args:
        frags: of the paragraph.
        style: of the paragraph.
        widths: room of the first line and of the others, in points.
    """
    text = getattr(frags[0], "text", "") if len(frags) == 1 else ""
    words, room = [word for word in text.split(" ") if word], widths[0]  # `clean` leaves no other white
    if not words or style.firstLineIndent or getattr(frags[0], "lineBreak", False):
        return None
    measure = pdfmetrics.getFont(frags[0].fontName).stringWidth
    size = frags[0].fontSize
    space = measure(" ", size)
    line: list[str] = []
    lines, now = [], -space
    for word in words:
        wide = measure(word, size)
        if wide > room:
            return None
        then = now + space + wide
        if line and then > room + style.spaceShrinkage * space * len(line):
            lines.append((room - now, line))
            line, now = [word], wide
        else:
            line.append(word)
            now = then
    lines.append((room - now, line))
    ascent, descent = pdfmetrics.getAscentDescent(frags[0].fontName, size)
    return frags[0].clone(kind=0, lines=lines, ascent=ascent, descent=descent, fontSize=size)
