"""The list of contents: title, the question its page answers, page number."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from typing_extensions import override

from reports.kit.flowables import paragraph
from reports.kit.grid import ContentsTable
from reports.kit.hooks import HookedContents
from reports.kit.styles import PAGE
from reports.kit.text import Link

if TYPE_CHECKING:
    from reports.kit.flowables import Paragraph
    from reports.kit.styles import Styles


ROOMY, USUAL, DENSE = 7.0, 4.0, 1.8
"""Points above and below an entry: as many as keep the list to the fewest pages."""


class Contents(HookedContents):
    """TOC / TOCI / Reference / Link; a hairline between the entries.

    ReportLab's own list draws its page numbers before the words and outside the structure.

    Args:
        styles: of the kit.
        below: points that what follows the list wants of its page.
    """

    def __init__(self, styles: Styles, below: float = 0) -> None:
        super().__init__()
        self._styles, self._below = styles, below

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        rows = self._rows()
        _, least = self._laid(rows, availWidth, 0).wrapOn(self.canv, availWidth, availHeight)

        def pages(pad: float) -> int:
            high = least + 2 * pad * len(rows)
            return 1 + max(0, ceil((high + self._below - availHeight) / PAGE.height))

        self._table = self._laid(rows, availWidth, min((ROOMY, USUAL, DENSE), key=pages))
        self.width, self.height = self._table.wrapOn(self.canv, availWidth, availHeight)
        return self.width, self.height

    def _rows(self) -> list[list[Paragraph]]:
        """Title, question and page number of each entry."""
        styles, rows = self._styles, []
        for _, (title, question), page, key in self._lastEntries or [(0, ("\u2026", ""), 0, "")]:
            entry = paragraph(Link(title, key) if key else title, styles["fact"])
            entry.role = "Reference"
            why = paragraph(question, styles["fact_key"])
            rows.append([entry, why, paragraph(str(page), styles["fact_right"])])
        return rows

    def _laid(self, rows: list[list[Paragraph]], room: float, pad: float) -> ContentsTable:
        styles = self._styles
        wide = min(160 * styles.scale, room * 0.45)
        number = 40 * styles.scale
        palette = styles.palette
        return ContentsTable(
            rows,
            [wide, room - wide - number, number],
            style=[
                ("FONT", (0, 0), (-1, -1), styles["fact"].fontName),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (0, -1), PAGE.gap),
                ("TOPPADDING", (0, 0), (-1, -1), pad),
                ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
                ("LINEABOVE", (0, 0), (-1, 0), PAGE.rule, palette.text),
                ("LINEBELOW", (0, 0), (-1, -1), PAGE.fine, palette.hair),
            ],
        )
