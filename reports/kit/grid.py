"""Tables that draw themselves inside their structure elements: THead, TBody, TR, TH, TD."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, cast

from reportlab.platypus import Flowable
from typing_extensions import override

from reports.kit import fonts
from reports.kit.canvas import TaggedCanvas
from reports.kit.flowables import Paragraph, Tagged, at_top
from reports.kit.hooks import HookedTable
from reports.kit.styles import PAGE

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus.tables import CellStyle

LAST = 2
"""Rows that go on to the next page with a caption that finds no room below them."""
MOST = PAGE.height - 50
"""Points of a table that finds room on a page below its heading."""


ANY = 72_000.0
"""Points of height there are for the words of a cell: as many as they need."""
LIFT = {"BOTTOM": 0.0, "MIDDLE": 0.5, "TOP": 1.0}
"""Share of the white of a cell that is below its words."""
SHARE = {"LEFT": 0.0, "CENTER": 0.5, "CENTRE": 0.5, "RIGHT": 1.0}
"""And of that before them."""


class _TableTags:
    """ReportLab's own callbacks at each row and cell; grids and fills are decoration."""

    def __call__(self, table: Table, command: str, *args: Any) -> None:
        canv = table.canv
        if isinstance(canv, TaggedCanvas):
            getattr(self, command, lambda *_: None)(canv, table, *args)

    def startBG(self, canv: TaggedCanvas, table: Table) -> None:  # noqa: N802, ARG002
        canv.push(None)

    def endBG(self, canv: TaggedCanvas, table: Table) -> None:  # noqa: N802, ARG002
        canv.pop()

    startLines, endLines = startBG, endBG  # noqa: N815

    def startRow(self, canv: TaggedCanvas, table: Table, row: int) -> None:  # noqa: N802
        number = table.source_row(row)
        if table.cells:
            group = "THead" if (number or 0) < table.header_rows else "TBody"
            canv.push(None if number is None else group, (table.drawn, group))
        canv.push(None if number is None else table.row_role, (table.drawn, number))

    def endRow(self, canv: TaggedCanvas, table: Table) -> None:  # noqa: N802
        canv.pop()
        if table.cells:
            canv.pop()

    def startCell(  # noqa: N802
        self, canv: TaggedCanvas, table: Table, row: int, col: int, value: Any, *_: Any
    ) -> None:
        if not table.cells:
            return
        number = table.source_row(row)
        inside = value if isinstance(value, (tuple, list)) else (value,)
        canv.solo = inside[0] if len(inside) == 1 else None
        scope = table.scope_of(number, col)
        attrs = (f"/Scope/{scope}" if scope else "") + table.span_of(row, col)
        canv.push(
            "TH" if scope else "TD",
            (table.drawn, number, col),
            **({"A": f"<</O/Table{attrs}>>"} if attrs else {}),
        )

    def endCell(self, canv: TaggedCanvas, table: Table) -> None:  # noqa: N802
        if table.cells:
            canv.solo = None
            canv.pop()


class Table(Tagged, HookedTable):
    """A table whose header rows and columns are headers in the structure too.

    Rows are never cut in two, unless a single one is taller than the page.

    Attributes:
        header_rows: rows on top that are headers, repeated on each page.
        header_cols: columns at the left that are headers.
        cells: False: only a layout, without cells in the structure.
        drawn: what the elements of one drawing of the table share.
        has_total: the last row is that of the totals, and stays with the one before it.
        whole: it moves to the next page rather than be parted, unless it is longer than a page itself.
        caption: stands below the last row, on its page; the last two rows go on to another with it.
    """

    role: str | None = "Table"
    row_role = "TR"
    cells = True
    header_rows = header_cols = 0
    first_row = repeated = 0  # of a part: number of its first own row; header rows repeated
    drawn: Hashable = None
    has_total = whole = False
    caption: Paragraph | None = None
    _below = 0.0  # points that the caption takes
    _measured: tuple[float, float] | None = None
    _ink: object = None  # the colour of words in use

    def __init__(
        self,
        data: Sequence[Sequence[Any]],
        *args: Any,
        header_rows: int | None = None,
        header_cols: int = 0,
        **kw: Any,
    ) -> None:
        kw["renderCB"] = kw.get("renderCB") or _TableTags()
        super().__init__([list(row) for row in data], *args, **kw)
        self.header_rows = self.repeatRows if header_rows is None else header_rows
        self.header_cols = header_cols

    @override
    def _calc(self, availWidth: float, availHeight: float) -> None:
        # ReportLab asks once to place it, once to part it, and all again at the next pass; words in cells are
        # as high in whatever room
        room = availWidth, 0.0 if self.cells else availHeight
        if self._measured != room:
            super()._calc(availWidth, availHeight)
            self._measured = room

    @override
    def _calc_height(self, availHeight: float, availWidth: float, H: Any = None, W: Any = None) -> None:
        asked = self._argH
        if not self._spanCmds:
            rows = zip(asked, self._cellvalues, self._cellStyles, strict=True)
            self._argH = [self._height_of(row, looks) if high is None else high for high, row, looks in rows]
            self._rowHeights = cast("list[float]", self._argH)
        super()._calc_height(availHeight, availWidth, H, W)  # of rows of other things, and where all begin
        self._argH = asked

    def _height_of(self, row: list[Any], looks: list[CellStyle]) -> float | None:
        """The height of a row of strings and paragraphs, as nearly all are; None for any other."""
        found = 0.0
        for value, look, wide in zip(row, looks, self._colWidths, strict=True):
            if isinstance(value, str):
                high = look.leading * (value.count("\n") + 1)
            elif isinstance(value, Paragraph) and wide is not None:
                room = wide - look.leftPadding - look.rightPadding
                high = value.wrapOn(self.canv, room, ANY)[1]
            else:
                return None
            found = max(found, high + look.topPadding + look.bottomPadding)
        return found

    @override
    def _drawCell(
        self, cellval: Any, cellstyle: CellStyle, pos: tuple[float, float], size: tuple[float, float]
    ) -> None:
        low, high = pos[1] + cellstyle.bottomPadding, pos[1] + size[1] - cellstyle.topPadding
        left, right = pos[0] + cellstyle.leftPadding, pos[0] + size[0] - cellstyle.rightPadding
        if isinstance(cellval, Paragraph):
            y = low + (high - low - cellval.height) * LIFT[cellstyle.valign]
            cellval.drawOn(self.canv, left, y)
        elif isinstance(self.canv, TaggedCanvas) and isinstance(cellval, str) and "\n" not in cellval:
            if cellval:  # an empty one has nothing to paint
                y = low + (high - low - cellstyle.leading) * LIFT[cellstyle.valign] + cellstyle.leading
                self._set_words(self.canv, cellval, cellstyle, (left, right, y - cellstyle.fontsize))
        else:
            super()._drawCell(cellval, cellstyle, pos, size)
            self._ink = None

    def _set_words(
        self, canv: TaggedCanvas, text: str, look: CellStyle, at: tuple[float, float, float]
    ) -> None:
        """A line of words between two edges, on a baseline."""
        left, right, y = at
        if self._ink is not look.color:
            self._ink = look.color
            canv.setFillColor(look.color)
        share = SHARE[look.alignment]
        wide = fonts.width(text, look.fontname, look.fontsize) if share else 0.0
        canv.put_words(left + (right - left - wide) * share, y, text, look.fontname, look.fontsize)

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        wide, high = super().wrap(availWidth, availHeight)
        self._below = 0.0
        if self.caption:
            self._below = self.caption.wrapOn(self.canv, availWidth, availHeight)[1]
            self._below += self.caption.getSpaceBefore()
        return wide, high + self._below

    @override
    def getSpaceAfter(self) -> float:
        return self.caption.getSpaceAfter() if self.caption else super().getSpaceAfter()

    @override
    def draw_tagged(self, canv: TaggedCanvas, role: str) -> None:
        self.drawn = object() if self.key is None else self.key
        super().draw_tagged(canv, role)
        if self.caption:
            self.caption.drawOn(canv, 0, 0)

    @override
    def draw(self) -> None:
        canv, self._ink = self.canv, None
        if self._spanCmds or not isinstance(canv, TaggedCanvas):
            super().draw()
            return
        canv.saveState()
        self._curweight = self._curcolor = self._curcellstyle = self._roundingRectDef = None
        tags = _TableTags()
        with canv.tag(None):
            self._drawBkgrnd()
        rows = zip(self._cellvalues, self._cellStyles, self._rowpositions[1:], self._rowHeights, strict=True)
        columns = [*zip(self._colpositions, self._colWidths, strict=False)]
        for at, (row, looks, low, high) in enumerate(rows):
            tags.startRow(canv, self, at)
            for n, (cell, look, (left, wide)) in enumerate(zip(row, looks, columns, strict=True)):
                tags.startCell(canv, self, at, n, cell)
                self._drawCell(cell, look, (left, low), (wide, high))
                tags.endCell(canv, self)
            tags.endRow(canv, self)
        with canv.tag(None):
            self._drawLines()
        canv.restoreState()

    @override
    def draw_plain(self, canv: Canvas) -> None:
        canv.translate(0, self._below)
        super().draw_plain(canv)
        canv.translate(0, -self._below)

    def source_row(self, row: int) -> int | None:
        """The number a row of this part had in the whole table; None: a header repeated."""
        return None if row < self.repeated else self.first_row + row - self.repeated

    def scope_of(self, number: int | None, col: int) -> str:
        """What a header cell is the header of; "" for a data cell."""
        if number is not None and number < self.header_rows:
            return "Column"
        return "Row" if col < self.header_cols else ""

    def span_of(self, row: int, col: int) -> str:
        """The span of a cell as entries of its attributes."""
        x0, y0, x1, y1 = (getattr(self, "_spanRanges", None) or {}).get((col, row)) or (0, 0, 0, 0)
        wide = f"/ColSpan {x1 - x0 + 1}" if x1 > x0 else ""
        return wide + (f"/RowSpan {y1 - y0 + 1}" if y1 > y0 else "")

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        self._calc(availWidth, availHeight)
        if self.whole and not at_top(self) and sum(self._rowHeights) + self._below < MOST:
            return []
        rows, room = self._rowHeights, availHeight
        if self.caption and len(rows) > self.repeatRows + LAST:
            room = min(room, sum(rows[:-LAST]) + rows[-LAST] / 2)
        elif self.caption and not at_top(self):
            return []
        elif self.caption and sum(rows) <= room:  # only the caption finds no room, and never will
            return self._without_caption()
        parts = super().split(availWidth, room)
        if not parts and at_top(self) and not self.splitInRow:
            self.splitInRow = 1  # a row taller than the page: cut it, rather than never print it
            self._cellvalues = [  # ReportLab cuts what stands in a list
                [[cell] if isinstance(cell, Paragraph) else cell for cell in row] for row in self._cellvalues
            ]
            self.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])  # ReportLab cuts no other reliably
            parts = super().split(availWidth, room)
            self.splitInRow = 0
        if len(parts) == 2:
            parts = self._with_last_row(parts, availWidth)
            self._number_parts(*_tables(parts))
        return parts

    def _without_caption(self) -> list[Flowable]:
        """The table, and its caption, which is longer than a page, as words that follow."""
        bare = copy(self)  # of this pass only: the next begins with the table as it was
        bare.caption = None
        return [bare, self.caption] if self.caption else [bare]

    def _with_last_row(self, parts: list[Flowable], wide: float) -> list[Flowable]:
        """The parts so that a totals row does not begin a page alone: it would not say of what."""
        top, rest = _tables(parts)
        alone = self.has_total and rest.row_count - rest.repeatRows == 1
        if not alone or top.row_count <= self.repeatRows + 1:
            return parts
        heights = self._rowHeights[: top.row_count]
        return super().split(wide, sum(heights) - heights[-1] / 2) or parts

    def _number_parts(self, top: Table, rest: Table) -> None:
        rest.repeated = rest.repeatRows
        # 1: a row was cut in two
        torn = top.row_count + rest.row_count - rest.repeated - self.row_count
        top.first_row, top.repeated = self.first_row, self.repeated
        rest.first_row = self.first_row + top.row_count - self.repeated - torn
        for part in (top, rest):
            part.header_rows, part.header_cols = self.header_rows, self.header_cols
            part.splitInRow, part.has_total = 0, self.has_total
        rest.caption = self.caption

    @property
    def row_count(self) -> int:
        """Rows of this part, repeated headers included."""
        return self._nrows


def _tables(parts: list[Flowable]) -> tuple[Table, Table]:
    """The two parts of a table: ReportLab makes them of our class."""
    top, rest = parts
    assert isinstance(top, Table)  # noqa: S101
    assert isinstance(rest, Table)  # noqa: S101
    return top, rest


class Layout(Table):
    """A table used only to place things side by side: no cells in the structure."""

    role: str | None = "Div"
    row_role = "Div"
    cells = False

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        parts = super().split(availWidth, availHeight)
        if parts or not at_top(self):
            return parts
        return [part for row in self._cellvalues for cell in row for part in _flowables(cell)]


def _flowables(cell: object) -> list[Flowable]:
    """What is in a cell; what cannot stand side by side on a page stands one below the other."""
    inside = cell if isinstance(cell, (list, tuple)) else [cell]
    return [part for part in inside if isinstance(part, Flowable)]


class ContentsTable(Table):
    """A list of contents, laid out in columns."""

    role: str | None = "TOC"
    row_role = "TOCI"
    cells = False
