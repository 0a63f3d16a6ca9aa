"""Column specs -> Table: hairlines, no boxes, no zebra; header repeated; totals above a rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, cast

from reportlab.platypus.tables import CellStyle

from reports.kit import fonts
from reports.kit.blanks import SIGN, TICK, Blank, BlankKind
from reports.kit.columns import Ask, column_widths
from reports.kit.flowables import Paragraph, paragraph
from reports.kit.grid import Table
from reports.kit.styles import PAGE, Styles
from reports.kit.text import Break, Piece, Text, clean, plain

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle

Row = TypeVar("Row")
Value = Text | int | None
NARROW = 54.0
"""Points at scale 1 that a column of words gets at least, however much figures need."""

BEFORE_TILES = 6.0


@dataclass(frozen=True)
class Tile:
    """How a cell is filled, by names of the palette: in grey too, it reads as a picture."""

    fill: str
    ink: str = "text"
    bold: bool = False


QUIET = Tile("tint")
MARKED = Tile("mid", bold=True)
STRONG = Tile("text", "ground", bold=True)


@dataclass(frozen=True)
class Col(Generic[Row]):
    """One column of a table.

    Attributes:
        title: the words above it; a `BREAK` in it parts lines by sense.
        get: a row's value; None prints an empty cell.
        width: points at normal print, 0 takes a share of what is left. Figures get the room they
            need in any case.
        align: "left" wraps; "right" and "center" are for figures and wrap only if they must.
        gap: white space before the column, in points.
        tile: how a row's cell is filled, None for not at all.
        blank: cells without a value are for the reader's pen: a square to "tick", a box to
            "write" in, room to "sign".
    """

    title: Text
    get: Callable[[Row], Value]
    width: float = 0
    align: Literal["left", "right", "center"] = "left"
    gap: float = PAGE.gap
    tile: Callable[[Row], Tile | None] | None = None
    blank: BlankKind | None = None


@dataclass(frozen=True)
class TableLook:
    """What may differ from table to table.

    Attributes:
        width: of the whole table, in points.
        pad: points above and below each row: 1.5 dense, 3 to 4 normal, 6 reading, 9 for writing.
        roomy: 11 points instead of 10.
        strong: numbers of rows in semibold.
        rules: numbers of rows with a text-coloured rule above.
        empty: what a table without rows says.
    """

    width: float = PAGE.width
    pad: float = 4
    roomy: bool = False
    strong: Collection[int] = ()
    rules: Collection[int] = ()
    empty: str = "Nothing is entered here yet."


@dataclass(frozen=True)
class _Cell:
    """A value before it is laid out: how wide it is on one line, and its longest word."""

    content: Text
    bold: bool
    natural: float
    longest: float
    tile: Tile | None = None


def _measure(content: Text, font: str, size: float) -> tuple[float, float]:
    """Width of the longest line and of the longest word, in points."""
    parts = [content] if isinstance(content, Piece) else content
    said = ["\n" if isinstance(part, Break) else plain(part) for part in parts]
    lines = "".join(said).split("\n")
    natural = max(fonts.width(line, font, size) for line in lines)
    words = [word for line in lines for word in line.split(" ")]
    longest = sorted(words, key=len)[-4:]  # by letters, to measure but a few
    return natural, max(fonts.width(word, font, size) for word in longest)


def _after(cols: Sequence[Col[Any]], n: int) -> float:
    """White after a column of words that stands before tiles: a tile begins where its column does."""
    tiled = n + 1 < len(cols) and cols[n + 1].tile and not cols[n + 1].gap and not cols[n].tile
    return BEFORE_TILES if tiled else 0.0


def _white(cols: Sequence[Col[Any]], n: int) -> float:
    """What a column has of white at both sides, in points."""
    return (cols[n].gap if n else 0.0) + _after(cols, n)


class TableMaker:
    """Makes the tables of one kit."""

    def __init__(self, styles: Styles, muted: str) -> None:
        self._styles, self._muted = styles, muted

    def fits(self, cols: Sequence[Col[Row]], rows: Sequence[Row], width: float) -> bool:
        """Do the columns find the room they ask for in `width` points?"""
        asks = self._asks(cols, self._cells(cols, rows, None, TableLook()))
        return sum(ask.start for ask in asks) <= width

    def holds(self, cols: Sequence[Col[Row]], rows: Sequence[Row], width: float) -> bool:
        """Do the columns find the least they need in `width` points: is no figure and no word cut?"""
        asks = self._asks(cols, self._cells(cols, rows, None, TableLook()))
        return sum(ask.need for ask in asks) <= width

    def make(
        self,
        cols: Sequence[Col[Row]],
        rows: Sequence[Row],
        total: Sequence[Value] | None,
        look: TableLook,
    ) -> Table:
        """The table; see `Kit.table`."""
        grid = self._cells(cols, rows, total, look)
        widths = column_widths(self._asks(cols, grid), look.width)
        data: list[list[Any]] = [
            [
                self._set(cell.content, self._styles[f"head_{col.align}"])
                for col, cell in zip(cols, grid[0], strict=True)
            ]
        ]
        for at, row in enumerate(grid[1:]):
            inside = [
                Blank(col.blank, self._styles.scale, col.align, self._styles.palette)
                if col.blank and cell.content == "" and at < len(rows)
                else self._laid(cell, col, width - _white(cols, n), look)
                for n, (col, cell, width) in enumerate(zip(cols, row, widths, strict=True))
            ]
            data.append(inside)
        commands = self._commands(look, len(rows) if total else None)
        commands += self._tiles(grid[1 : 1 + len(rows)])
        looks = self._looks(cols, grid if rows else [grid[0], *grid], look)
        if not rows:
            data.insert(1, [self._set(look.empty, self._styles["source"])])
            data[1] += [""] * (len(cols) - 1)
            commands.append(("SPAN", (0, 1), (-1, 1)))
        table = Table(
            data, widths, repeatRows=1, header_cols=1 if rows else 0, hAlign="LEFT",
            style=commands, cellStyles=looks, spaceBefore=4, spaceAfter=4,
        )  # fmt: skip
        table.has_total = bool(rows) and total is not None
        return table

    def _asks(self, cols: Sequence[Col[Any]], grid: Sequence[Sequence[_Cell]]) -> list[Ask]:
        """What each column asks for; the first row of the grid is the header."""
        scale, found = self._styles.scale, []
        for n, col in enumerate(cols):
            gap = _white(cols, n)
            cells = [row[n] for row in grid[1:]]
            natural = max((cell.natural for cell in cells), default=0.0)
            longest = max((cell.longest for cell in cells), default=0.0)
            if col.blank == "sign":
                natural, longest = max(natural, SIGN), max(longest, SIGN)
            if col.blank == "tick":
                natural, longest = max(natural, (TICK + 1) * scale), max(longest, (TICK + 1) * scale)
            least = min(longest, 110) if col.align == "left" else min(natural, 180)
            need = max(least, grid[0][n].longest) + gap + 0.5
            natural = max(natural, grid[0][n].natural) + gap + 0.5
            narrow = min(need, NARROW * scale + gap) if col.align == "left" else 0.0  # a figure is never cut
            found.append(Ask(col.width * scale, natural, need, 140 * scale, narrow))
        return found

    def _set(self, content: Text, style: ParagraphStyle) -> Paragraph:
        return paragraph(content, style, self._muted)

    def _size(self, look: TableLook) -> str:
        return "cell_roomy" if look.roomy else "cell"

    def _cells(
        self,
        cols: Sequence[Col[Row]],
        rows: Sequence[Row],
        total: Sequence[Value] | None,
        look: TableLook,
    ) -> list[list[_Cell]]:
        """Header, rows and total as measured cells."""
        size = self._styles.points(self._size(look))

        def cell(value: Value, *, bold: bool, points: float = size, tile: Tile | None = None) -> _Cell:
            content: Text = "" if value is None else str(value) if isinstance(value, int) else value
            font = fonts.SEMI if bold else fonts.REGULAR
            return _Cell(content, bold, *_measure(content, font, points), tile)

        head = self._styles.points("cell_head")
        grid = [[cell(col.title, bold=True, points=head) for col in cols]]
        for n, row in enumerate(rows):
            tiles = [col.tile(row) if col.tile else None for col in cols]
            strong = n in look.strong
            grid.append(
                [
                    cell(col.get(row), bold=strong or bool(tile and tile.bold), tile=tile)
                    for col, tile in zip(cols, tiles, strict=True)
                ]
            )
        if total is not None:
            grid.append([cell(value, bold=True) for value in total])
        return grid

    def _laid(self, cell: _Cell, col: Col[Row], room: float, look: TableLook) -> str | Paragraph:
        """Text that fits on one line stays a plain string: ten times faster than a Paragraph."""
        if isinstance(cell.content, str) and cell.natural <= room and "\n" not in cell.content:
            return clean(cell.content).strip(" ")
        style = self._styles[f"{self._size(look)}_{col.align}" + ("_bold" if cell.bold else "")]
        if cell.tile:
            style = style.clone(style.name, textColor=getattr(self._styles.palette, cell.tile.ink))
        return self._set(cell.content, style)

    def _looks(
        self, cols: Sequence[Col[Any]], grid: Sequence[Sequence[_Cell]], look: TableLook
    ) -> list[list[CellStyle]]:
        """How each cell is set; cells that look alike share one, which is worked out once."""
        usual = "MIDDLE" if any(col.blank for col in cols) else "TOP"
        made: dict[tuple[int, str, bool, str], CellStyle] = {}

        def style(n: int, place: str, cell: _Cell) -> CellStyle:
            wanted = n, place, cell.bold, cell.tile.ink if cell.tile else "text"
            if wanted not in made:
                made[wanted] = self._look(cols, n, look, wanted)
            return made[wanted]

        return [
            [style(n, usual if at else "BOTTOM", cell) for n, cell in enumerate(row)]
            for at, row in enumerate(grid)
        ]

    def _look(
        self, cols: Sequence[Col[Any]], n: int, look: TableLook, wanted: tuple[int, str, bool, str]
    ) -> CellStyle:
        _, place, bold, ink = wanted
        size, found = self._styles[f"{self._size(look)}_left"], CellStyle(str(wanted))
        found.fontname = fonts.SEMI if bold else fonts.REGULAR
        found.fontsize, found.leading = size.fontSize, size.leading
        found.color = getattr(self._styles.palette, ink)
        found.valign, found.alignment = cast("Any", place), cast("Any", cols[n].align.upper())
        found.leftPadding, found.rightPadding = cols[n].gap if n else 0.0, _after(cols, n)
        found.topPadding, found.bottomPadding = look.pad, look.pad + 1
        return found

    def _commands(self, look: TableLook, total: int | None) -> list[Any]:
        """The lines; `total` is the number of the totals row."""
        colours = self._styles.palette
        found: list[Any] = [
            ("LINEBELOW", (0, 1), (-1, -1), PAGE.fine, colours.hair),
        ]
        rules = {*look.rules} | ({total} if total is not None else set())
        last = 1 if total == 0 else 0  # the line that says that there are no rows
        for n in sorted(rules):
            at = n + 1 + last
            found.append(("LINEABOVE", (0, at), (-1, at), PAGE.rule, colours.text))
        found.append(("LINEBELOW", (0, 0), (-1, 0), PAGE.rule, colours.text))
        return found

    def _tiles(self, grid: Sequence[Sequence[_Cell]]) -> list[Any]:
        """Fills of the cells of the rows in `grid`, with lines of the ground between them."""
        colours = self._styles.palette
        found: list[Any] = []
        tiled = sorted({n for row in grid for n, cell in enumerate(row) if cell.tile})
        for n in tiled:
            found.append(("INNERGRID", (n, 1), (n, len(grid)), 2, colours.ground))
            found.append(("LINEAFTER", (n, 1), (n, len(grid)), 2, colours.ground))
            found.append(("LINEBELOW", (n, 1), (n, len(grid) - 1), 2, colours.ground))
        for r, row in enumerate(grid, 1):
            for n, cell in enumerate(row):
                if cell.tile:
                    found.append(("BACKGROUND", (n, r), (n, r), getattr(colours, cell.tile.fill)))
        return found
