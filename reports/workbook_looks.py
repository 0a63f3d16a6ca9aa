"""How a workbook's cells look: the design tokens, and formats for dates and money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import resources
from models.exchange.columns import Column, Kind

DATE, TIME, MONEY, PLAIN_TEXT = "dd mmm yyyy", "h:mm am/pm", "£#,##0.00", "@"
WIDE = 46  # characters; longer texts wrap
FIRST = 22  # the first column says “EXAMPLE: ” before what it holds
LONGEST_AS_TEXT = 255  # characters; some spreadsheets show longer ones in a text-formatted cell as ####
NUMBER_FORMATS = {
    Kind.DAY: DATE,
    Kind.HOUR: TIME,
    Kind.MONEY: MONEY,
    Kind.TEXT: PLAIN_TEXT,  # so that 00123 and 1-2 stay as they are typed
    Kind.LINK: PLAIN_TEXT,
}
WIDTHS = {
    Kind.DAY: 14, Kind.HOUR: 11, Kind.MONEY: 13, Kind.NUMBER: 10, Kind.YEAR: 15, Kind.FLAG: 9,
    Kind.CHOICE: 24, Kind.LINK: 30, Kind.SETTING: WIDE,
}  # fmt: skip


@dataclass(frozen=True)
class Looks:
    """The formats of one workbook, and two tab colours."""

    title: Any
    section: Any
    step: Any
    guide_head: Any
    guide_cell: Any
    needed: Any
    optional: Any
    example: Any
    cells: dict[str, Any]
    examples: dict[str, Any]
    accent: str
    quiet: str

    def of(self, column: Column) -> Any:
        """The look of a column's cells."""
        return self.cells[_number_format(column)]

    def example_of(self, column: Column) -> Any:
        """The look of a column's cell in the example row."""
        return self.examples[_number_format(column)]


def _number_format(column: Column) -> str:
    if column.limit > LONGEST_AS_TEXT:
        return ""
    return NUMBER_FORMATS.get(column.kind, "")


def width(column: Column, *, first: bool) -> float:
    """A column's width in characters: room for its heading, and for what it, or an example, usually holds."""
    usual = WIDTHS.get(column.kind, min(WIDE, max(column.limit // 5, 12)))
    if column.prefix:
        usual = 12
    return max(usual, min(len(column.heading) + 4, WIDE), FIRST if first else 0)


def looks(book: Any) -> Looks:
    """The formats, made in a workbook."""
    ink = resources.tokens().light
    top = {"valign": "top"}
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": ink["line"]}
    grey = {"font_color": ink["muted"], "bg_color": ink["window"], **top}
    numbers = ["", *dict.fromkeys(NUMBER_FORMATS.values())]

    def cell(number_format: str, **more: object) -> Any:
        wrap = {"text_wrap": True} if number_format in {"", PLAIN_TEXT} else {}
        return book.add_format({"num_format": number_format or "General", **top, **wrap, **more})

    return Looks(
        title=book.add_format({"bold": True, "font_size": 18, "font_color": ink["accent_hi"]}),
        section=book.add_format({"bold": True, "font_size": 13, "font_color": ink["accent_hi"]}),
        step=book.add_format({"text_wrap": True, **top}),
        guide_head=book.add_format({**head, "bg_color": ink["accent_soft"], "font_color": ink["text"]}),
        guide_cell=book.add_format({"text_wrap": True, **top, "bottom": 1, "bottom_color": ink["line"]}),
        needed=book.add_format({**head, "bg_color": ink["accent"], "font_color": ink["on_accent"]}),
        optional=book.add_format({**head, "bg_color": ink["accent_soft"], "font_color": ink["text"]}),
        example=book.add_format(grey),
        cells={number: cell(number) for number in numbers},
        examples={number: cell(number, **grey) for number in numbers},
        accent=ink["accent"],
        quiet=ink["hair"],
    )
