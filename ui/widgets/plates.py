"""The pack's drawings as charts of the window: drawn in the pool, in the window's look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.widgets.chart import Draw, DrawnChart

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.charts import Look, Plate
    from ui.widgets.chart import ChartLook


def drawn(plate: Callable[[Look], Plate]) -> Draw:
    """How a chart is drawn in the window's look."""

    def draw(look: ChartLook) -> DrawnChart:
        from reports.charts import Look, drawing_to_pdf
        from reports.kit import DARK, PAPER

        made = plate(Look(DARK if look.dark else PAPER, look.scale, look.width))
        return DrawnChart(drawing_to_pdf(made), made.alt, round(made.height))

    return draw
