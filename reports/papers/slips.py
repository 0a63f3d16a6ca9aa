"""Slips to cut: the same slip two or four times on a page, or once where it needs the whole page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from reportlab.platypus import Flowable

from reports.kit import PAGE, PAPER, PORTRAIT, Kit
from reports.kit.fonts import REGULAR
from reports.kit.grid import Layout

PerPage = Literal[1, 2, 4]
EDGES = {1: 26.0, 2: 24.0}
"""White inside a slip by the slips across, in points: a printer leaves some 12 of it blank."""
Content = Callable[[float, float], Sequence[Flowable]]
"""Makes a slip's content, new each time, for so many points across: 543 or 249, or a page's 483.
The second number is points down that nothing else needs: room to write in."""


def slips(
    kit: Kit, content: Content, per_page: PerPage
) -> tuple[list[Flowable], Literal["bare", "portrait"]]:
    """A page of slips, and the kind of page they go on.

    Args:
        kit: what they are made of.
        content: what each says.
        per_page: how many a page should hold; fewer, if they would not fit.
    """
    for many in (4, 2):
        if many > per_page:
            continue
        across = 2 if many == 4 else 1
        edge = EDGES[across]
        spare = _spare(content, PORTRAIT[0] / across - 2 * edge, PORTRAIT[1] / 2 - 2 * edge)
        if spare >= 0:
            return [_page(content, across, edge, spare)], "bare"
    return list(content(kit.width, max(0.0, _spare(content, kit.width, PAGE.height)))), "portrait"


def _spare(content: Content, wide: float, high: float) -> float:
    """Points down that the content leaves of a place; below 0: it does not fit there."""
    return high - height(content(wide, 0), wide)


def height(content: Sequence[Flowable], wide: float) -> float:
    """Points that some content needs down, where it has so many across."""
    _, tall = _grid([[list(content)]], [wide], None, 0).wrap(wide, 10_000)
    return float(tall)


def _page(content: Content, across: int, edge: float, spare: float) -> Layout:
    wide, high = PORTRAIT[0] / across, PORTRAIT[1] / 2
    cells = [[list(content(wide - 2 * edge, spare)) for _ in range(across)] for _ in range(2)]
    # a hair less than the page, or it would not fit its frame
    return _grid(cells, [wide] * across, [high - 0.01] * 2, edge)


def _grid(
    cells: Sequence[Sequence[object]], widths: Sequence[float], heights: Sequence[float] | None, pad: float
) -> Layout:
    dashes = (4, 4)
    style: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("FONT", (0, 0), (-1, -1), REGULAR),  # else the file names a font that is not embedded
        *((f"{edge}PADDING", (0, 0), (-1, -1), pad) for edge in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
        ("LINEBELOW", (0, 0), (-1, -2), PAGE.fine, PAPER.muted, None, dashes),
        ("LINEAFTER", (0, 0), (-2, -1), PAGE.fine, PAPER.muted, None, dashes),
    ]
    return Layout(cells, widths, heights, style=style)
