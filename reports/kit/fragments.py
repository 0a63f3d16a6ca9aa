"""Text -> the fragments that ReportLab sets, without a round through markup and its parser.

That takes a tenth of the time, and what was typed has no way to be read as markup.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from reportlab.lib.colors import Color, HexColor
from reportlab.platypus.paraparser import ParaFrag

from reports.kit import fonts
from reports.kit.text import Bold, Break, Link, Muted, Piece, Text, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.lib.styles import ParagraphStyle

SPACES = re.compile(" {2,}")


def fragments(content: Text, style: ParagraphStyle, muted: str) -> list[ParaFrag] | None:
    """What a paragraph of `content` is made of; None if it holds a link, which only markup can say.

    Args:
        content: words, or pieces of them.
        style: that of the paragraph.
        muted: the colour of `Muted` words, `#rrggbb`.
    """
    pieces = [content] if isinstance(content, Piece) else content
    if any(isinstance(piece, Link) for piece in pieces):
        return None
    runs = _runs(pieces)
    found: list[ParaFrag] = []
    for kind, said in runs:
        base = _fragment(kind, style, muted)
        for n, line in enumerate(said.split("\n")):
            if n:
                found.append(base.clone(lineBreak=True, text=""))
            if line:
                found.append(base.clone(text=SPACES.sub(" ", line)))
    return found


def _runs(pieces: Sequence[Piece]) -> list[tuple[type, str]]:
    """Kind and words of each piece, plain ones that follow each other as one; no spaces around it all."""
    runs: list[tuple[type, str]] = []
    for piece in pieces:
        kind = str if isinstance(piece, Break) else type(piece)
        if kind is str and runs and runs[-1][0] is str:
            runs[-1] = str, runs[-1][1] + plain(piece)
        else:
            runs.append((kind, plain(piece)))
    for at, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if runs and runs[at][0] is str:
            runs[at] = str, strip(runs[at][1], " ")
    return runs


@cache
def _ink(colour: str) -> Color:
    return HexColor(colour)


def _fragment(kind: type, style: ParagraphStyle, muted: str) -> ParaFrag:
    """A fragment as ReportLab's parser makes it, yet without words."""
    face = style.fontName
    return ParaFrag(
        rise=0,
        greek=0,
        link=[],
        fontName=fonts.bold_of(face) if kind is Bold else face,
        fontSize=style.fontSize,
        textColor=_ink(muted) if kind is Muted else style.textColor,
        us_lines=[],
    )
