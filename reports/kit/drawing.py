"""A chart onto a page, without what ReportLab looks for in each shape and ours never have: derived values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.graphics import shapes
from typing_extensions import override

from reports.kit.hooks import HookedRenderer

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

PLAIN = {shapes.Line: "drawLine", shapes.Rect: "drawRect", shapes.String: "drawString"}
"""The shapes of nearly all of a chart, and how they are drawn."""


class _Renderer(HookedRenderer):
    @override
    def fillDerivedValues(self, node: Any) -> None:
        """There are none."""

    @override
    def drawNodeDispatcher(self, anode: Any) -> None:
        plain = PLAIN.get(type(anode))
        if plain:
            getattr(self, plain)(anode)
        else:
            super().drawNodeDispatcher(anode)


def draw(chart: shapes.Drawing, canvas: Canvas) -> None:
    """Draw at the origin."""
    _Renderer().draw(chart, canvas, 0, 0)
