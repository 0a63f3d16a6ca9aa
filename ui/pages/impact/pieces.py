"""Small pieces of the panels of the impact page: what serves what, with the way to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.icons import Icon
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row
from ui.widgets.lines import LineButton
from ui.widgets.painted import IconMark
from ui.widgets.plain import Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from models.queries.impact_aims import ServedLine
    from ui.widgets.layouts import Box, Item

LONGEST = 8  # lines of one kind in a panel


def part(head: str, *items: Item, side: str = "", gap: int = 6) -> Box:
    """A part of a panel: its head, a note at the right of it, and what it holds."""
    line = row(Label(head, "strong"), 1)
    if side:
        line.add(Label(side, "caption", "muted"))
    return column(line, *items, gap=gap)


def warning(words: str, tone: str = "warn") -> Box:
    """What a rule says: a mark and the sentence."""
    mark = IconMark(Icon.ALERT, tone, 16)
    said = Label(words, "body", tone, wrap=True)
    line = row(column(mark, 1, margins=(0, 2, 0, 0)), said, gap=8)
    line.setStretchFactor(said, 1)
    return line


def served_lines(things: Sequence[ServedLine], go: Callable[[str, int], None]) -> Box:
    """What served, each line the way to it; the first few, and how many more there are."""
    box = column(gap=0)
    for one in things[:LONGEST]:
        box.add(way(one.title, one.kind, partial(go, one.table, one.id)))
    if len(things) > LONGEST:
        box.add(quiet(f"and {len(things) - LONGEST} more"))
    return box


def way(words: str, detail: str, do: Callable[[], None]) -> LineButton:
    """A line of a panel that leads somewhere; its words meet the panel's edge."""
    line = LineButton(words, detail=detail)
    layout = line.layout()
    if layout is not None:
        layout.setContentsMargins(0, 4, 0, 4)
    line.clicked.connect(do)
    return line


def quiet(words: str) -> Label:
    """Something said beside the facts."""
    return Label(words, "caption", "muted", wrap=True)


def verb(words: str, keys: str, do: Callable[[], None], kind: Kind = Kind.PLAIN) -> Button:
    """A button that does something; its keys stand in its tooltip."""
    made = Button(words, kind, tip=f"{words} ({keys})" if keys else "")
    made.clicked.connect(do)
    return made


def dated(day: dt.date | None) -> str:
    """`14 Mar 2025` for a column; a dash for none."""
    from ui.format import short_date

    return f"{short_date(day)} {day.year}" if day else "–"


def one_line(text: str) -> str:
    """Words of several lines in one."""
    return " ".join(text.split())
