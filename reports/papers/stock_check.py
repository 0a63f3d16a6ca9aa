"""The stock-check sheet: place by place, squares to tick and boxes for counts; with contents if wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reportlab.platypus import Flowable

from models.calendar import year_label
from models.formats import NOT_ENTERED, count, long_date, number
from models.queries.bank_item import PartRow
from models.queries.bank_lists import StockRow
from models.queries.papers.stock_check import StockSheet
from reports.kit import BREAK, Bold, Col, Kit, Muted, Piece, TableLook, Text
from reports.kit.forms import asked
from reports.kit.kit import PageName
from reports.papers import common

SECTION = "Stock check"
FEW = 6
"""Things out on loan that stay on one page, rather than leave one alone on the next."""


def build_stock_sheet(
    data: StockSheet, *, contents: bool = False, large_print: bool = False, stamp: dt.datetime
) -> bytes:
    """The sheet as a PDF.

    Args:
        data: what to look for.
        contents: below each kit its parts, with a box for the count of each.
        large_print: type of 16 points instead of 12.
        stamp: the moment it is made.
    """
    kit = Kit(large_print=large_print)
    listed = [row for place in data.places for row in place.rows]
    page: PageName = "portrait"
    if large_print:  # an upright page would tear words and codes in two
        page = kit.page_for(_columns(data, where=not contents), [*listed, *data.away])
    wide = kit.wide if page == "landscape" else kit.width
    story = kit.head(SECTION, "Is everything there, and is it complete?", answer(data), width=wide)
    if not data.stock.rows:
        story.append(kit.text("Enter the kits, items and books that are lent: they are then listed here."))
        return common.build(kit, data.head, SECTION, story, stamp=stamp)
    story += [kit.text(_how(contents=contents)), _signed(kit), kit.space(8)]
    if contents:
        for place in data.places:
            first, *more = [_counted(kit, data, row, wide) for row in place.rows]
            story.append(kit.together([kit.heading(_place(place.name)), *first]))
            story += [kit.together(parts) for parts in more]
    elif data.places:
        story.append(kit.table(_columns(data, where=True), listed, look=TableLook(width=wide, pad=3)))
    if data.away:
        away = kit.table(_columns(data), data.away, look=TableLook(width=wide, pad=3))
        away.whole = len(data.away) <= FEW
        story += [kit.heading("Out on loan"), away]
    title = f"{SECTION} {year_label(data.year)}"
    return common.build(kit, data.head, title, story, stamp=stamp, first=page)


def answer(data: StockSheet) -> str:
    """`12 things at 6 places to check, 3 out on loan`."""
    total = len(data.stock.rows)
    if not total:
        return "Nothing to check yet"
    here = total - len(data.away)
    words = f"{count(here, 'thing')} to check at {count(len(data.places), 'place')}"
    if not here:
        words = "Nothing is in its place to be checked"
    return f"{words}, {len(data.away)} out on loan" if data.away else words


def _how(*, contents: bool) -> str:
    more = (
        "Count each part and write down how many there are." if contents else "Count the pieces of each kit."
    )
    return f"Tick what is there and what is complete. {more} A dash in a box means: nobody looked."


def _signed(kit: Kit) -> Flowable:
    return asked(kit, [("Checked by", ""), ("Date", "")], 80, kit.width * 0.7)


def _place(name: str) -> str:
    return name or f"Place {NOT_ENTERED}"


def _counted(kit: Kit, data: StockSheet, row: StockRow, wide: float) -> list[Flowable]:
    """A thing, and below it its parts to count."""
    parts, look = data.parts.get(row.id), TableLook(width=wide, pad=3)
    thing = kit.table(_columns(data, count_it=not parts), [row], look=look)
    if not parts:
        return [thing]
    return [thing, _parts(kit, row, parts, wide), kit.space(8)]


def _columns(data: StockSheet, *, where: bool = False, count_it: bool = True) -> list[Col[StockRow]]:
    cols: list[Col[StockRow]] = [
        Col("Code", lambda row: row.code, 52),
        Col("What", lambda row: _what(data, row), 0),
    ]
    if where:
        cols.append(Col("Where it is", lambda row: _place(" ".join(row.location.split())), 104))
    cols.append(Col("Pieces", lambda row: number(row.parts or None), 48, "right"))
    if count_it:
        cols.append(Col("Counted", lambda _: "", 60, "center", blank="write"))
    cols += [
        Col("Found", lambda _: "", 40, "center", blank="tick"),
        Col("Complete", lambda _: "", 52, "center", blank="tick"),
    ]
    return cols


def _what(data: StockSheet, row: StockRow) -> Text:
    found: list[Piece] = [Bold(row.name)]
    if row in data.away and row.now is not None:
        found += [BREAK, f"With {row.now.school}, due {long_date(row.now.due_on)}"]
    if row.checked_on is None:
        found += [BREAK, Muted("Never checked")]
    else:
        seen = "" if row.found else ", not found"
        short = f", {count(row.short, 'piece')} short" if row.short else ""
        found += [BREAK, Muted(f"Seen {long_date(row.checked_on)}{seen}{short}")]
    if row.has_mains:
        found += [BREAK, f"Mains lead: next check due {long_date(row.next_check_on)}"]
    return found


def _parts(kit: Kit, row: StockRow, parts: Sequence[PartRow], wide: float) -> Flowable:
    cols: list[Col[PartRow]] = [
        Col(f"Part of {row.code}", _part, 0),
        Col("Should be", lambda part: number(part.quantity), 58, "right"),
        Col("Last known", lambda part: number(part.there), 62, "right"),
        Col("Counted", lambda _: "", 62, "center", blank="write"),
        Col("Note", lambda _: "", 116, blank="write"),
    ]
    return kit.table(cols, parts, look=TableLook(width=wide, pad=2))


def _part(part: PartRow) -> Text:
    return [part.name, Muted("  gets used up")] if part.consumable else part.name
