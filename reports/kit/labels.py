"""Sheets of labels in their true sizes, and what stands on a label: a code large, words, and its QR code.

Nothing comes nearer than `CLEAR` to a label's edge, so that a sheet that sits askew loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from reportlab.lib.units import mm
from typing_extensions import override

from reports.kit import fonts
from reports.kit.canvas import TaggedCanvas
from reports.kit.flowables import Figure, decoration
from reports.kit.furniture import MARK_DOTS, seed_head
from reports.kit.hooks import HookedFlowable
from reports.kit.qr import QrCode, quiet_zone
from reports.kit.styles import PAPER, PORTRAIT
from reports.kit.text import one_line

if TYPE_CHECKING:
    from reportlab.lib.colors import Color

CLEAR = 3 * mm
"""White inside each label, in points; the makers ask for 2 mm."""
Edges = Literal["none", "border", "cut"]
FINE, LEAST, SLACK = 6.0, 5.5, 0.01
"""The smallest type of small lines, and of one that must not be cut, in points; and what sums may be off."""


@dataclass(frozen=True)
class LabelType:
    """Sizes of type on a label, in points: its code, its name, the small lines; and of its QR code."""

    code: float
    name: float
    small: float
    qr: float


@dataclass(frozen=True)
class LabelSheet:
    """An A4 sheet of labels. Sizes in mm: a label, from one to the next, and the sheet's margins."""

    name: str
    columns: int
    rows: int
    width: float
    height: float
    across: float
    down: float
    left: float
    top: float
    type: LabelType

    @property
    def per_sheet(self) -> int:
        """Labels of a whole sheet."""
        return self.columns * self.rows

    @property
    def size(self) -> tuple[float, float]:
        """A label's width and height, in points."""
        return self.width * mm, self.height * mm

    def corner(self, place: int) -> tuple[float, float]:
        """The lower left corner of a label on the page, in points; places count from 1, row by row."""
        row, column = divmod(place - 1, self.columns)
        return (
            (self.left + column * self.across) * mm,
            PORTRAIT[1] - (self.top + row * self.down + self.height) * mm,
        )


L7160 = LabelSheet("L7160", 3, 7, 63.5, 38.1, 66.04, 38.1, 7.21, 15.15, LabelType(17, 10.5, 8, 49))
L7163 = LabelSheet("L7163", 2, 7, 99.06, 38.1, 101.6, 38.1, 4.67, 15.15, LabelType(20, 13, 9.5, 62))
L7165 = LabelSheet("L7165", 2, 4, 99.1, 67.7, 101.6, 67.7, 4.65, 13.1, LabelType(32, 18, 11.5, 100))
SHEETS = {sheet.name: sheet for sheet in (L7160, L7163, L7165)}


@dataclass(frozen=True)
class Label:
    """The words of a label.

    Attributes:
        code: large, and what its QR code says.
        name: below it, over as many lines as there is room for.
        lines: the rest; two that fit on one line share it.
        head: small, on top.
        whole: the first line is never cut: it is set over as many lines, and as small, as that takes.
    """

    code: str
    name: str
    lines: tuple[str, ...] = ()
    head: str = ""
    whole: bool = False


class LabelPage(HookedFlowable):
    """One sheet of labels: a flowable as large as the page, for the page "bare".

    Args:
        sheet: which.
        labels: each with its place.
        edges: a "border" round each label, lines to "cut" along on plain paper, or "none".
        nudge: how far all is moved right and down, in mm, for a printer that is a little off.
    """

    def __init__(
        self,
        sheet: LabelSheet,
        labels: Sequence[tuple[int, Label]],
        edges: Edges = "none",
        nudge: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        super().__init__()
        self.sheet, self.labels, self.edges = sheet, tuple(labels), edges
        self.nudge = nudge

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        self.width, self.height = PORTRAIT
        return self.width, self.height

    @override
    def draw(self) -> None:
        canv: Any = self.canv
        if isinstance(canv, TaggedCanvas) and canv.rehearsal:
            return
        canv.saveState()
        canv.translate(self.nudge[0] * mm, -self.nudge[1] * mm)
        with decoration(canv):
            paint_edges(canv, self.sheet, [place for place, _ in self.labels], self.edges)
        for place, label in self.labels:
            draw_label(canv, label, self.sheet.corner(place), self.sheet)
        canv.restoreState()


def paint_edges(canv: Any, sheet: LabelSheet, places: Iterable[int], edges: Edges) -> None:
    """The outlines of some labels; a line that two of them share is painted once."""
    if edges == "none":
        return
    wide, high = sheet.size
    canv.setLineWidth(0.5)
    if edges == "border":
        canv.setStrokeColor(PAPER.hair)
        for place in places:
            canv.roundRect(*sheet.corner(place), wide, high, 5, 1, 0)
        return
    lines = set()
    for place in places:
        left, low = sheet.corner(place)
        right, top = left + wide, low + high
        for ends in ((left, low, right, low), (left, top, right, top), (left, low, left, top),
                     (right, low, right, top)):  # fmt: skip
            lines.add(tuple(round(at, 3) for at in ends))
    canv.setStrokeColor(PAPER.muted)
    canv.setDash(3, 3)
    canv.lines(sorted(lines))
    canv.setDash()


def draw_label(canv: Any, label: Label, corner: tuple[float, float], sheet: LabelSheet) -> None:
    """Draw a label's words at the left and its QR code at the right; `corner` in points."""
    (x, y), (wide, high), type_ = corner, sheet.size, sheet.type
    code = one_line(label.code)
    quiet = quiet_zone(code, type_.qr)
    room = wide - CLEAR - type_.qr - 2 * max(quiet, CLEAR)
    top, head = y + high - CLEAR, type_.small * 1.25
    low = y + max(CLEAR, quiet)
    # below the line on top where there is height enough, else beside it in the middle
    below = low + type_.qr + quiet <= top - head
    at = low if below else y + (high - type_.qr) / 2
    with canv.tag("Div"):
        _head(canv, label.head, (x + CLEAR, top), wide - 2 * CLEAR if below else room, type_.small)
        _words(canv, label, code, (x + CLEAR, y + CLEAR, room, high - 2 * CLEAR - head), type_)
        picture = Figure(QrCode(code, type_.qr), f"QR code that says {code}")
        picture.wrapOn(canv, type_.qr, type_.qr)
        picture.drawOn(canv, x + wide - max(quiet, CLEAR) - type_.qr, at)


def _head(canv: Any, words: str, at: tuple[float, float], room: float, size: float) -> None:
    """The small line on top with the mark before it; `at`: its upper left corner."""
    x, top = at
    base = top - size
    with decoration(canv):
        seed_head(canv, x + size * 0.6, base + size * 0.32, size * 0.22, MARK_DOTS, MARK_DOTS, PAPER)
    mark = size * 1.6
    line = fonts.elide(one_line(words), room - mark, fonts.REGULAR, size)
    draw_lines(canv, [line], (x + mark, base), fonts.REGULAR, size, PAPER.muted)


def _words(
    canv: Any, label: Label, code: str, box: tuple[float, float, float, float], type_: LabelType
) -> None:
    """Code and name from the top of the box, the other lines from its foot; box: x, y, width, height."""
    x, y, room, high = box
    size = fitted(code, room, fonts.BOLD, type_.code)
    base = y + high - type_.code
    shown = fonts.elide(code, room, fonts.BOLD, size)
    draw_lines(canv, [shown], (x, base), fonts.BOLD, size, PAPER.text)
    foot = y + type_.small * 0.22
    name, lines, small = _shared(label, room, base - foot - type_.name * 0.3, type_)
    draw_lines(canv, name, (x, base - type_.name * 1.32), fonts.SEMI, type_.name, PAPER.text)
    leading = small * 1.25
    start = foot + (len(lines) - 1) * leading
    draw_lines(canv, lines, (x, start), fonts.REGULAR, small, PAPER.text, leading)


def _shared(label: Label, room: float, high: float, type_: LabelType) -> tuple[list[str], list[str], float]:
    """The lines of the name, the small lines and their size, so that both fit into the height."""
    step, small = type_.name * 1.2, type_.small
    whole = _all_whole(label, room, high, type_)
    if whole is not None:
        return whole
    parts = joined_lines([one_line(line) for line in label.lines], room, small)
    if parts and step + len(parts) * small * 1.25 > high:
        small = (high - step) / (len(parts) * 1.25)
    first = 1
    if label.whole and parts:
        parts, small, first = _uncut(parts, room, high - step, small)
    leading, words = small * 1.25, one_line(label.name)
    needed = len(fit_lines(words, room, fonts.SEMI, type_.name, 99))
    most = max(1, min(needed, int((high - (len(parts) + first - 1) * leading + SLACK) // step)))
    spare = int((high - most * step + SLACK) // leading) - len(parts)
    lines: list[str] = []
    for part in parts:
        found = fit_lines(part, room, fonts.REGULAR, small, 1 + max(0, spare))
        spare -= len(found) - 1
        lines += found
    return fit_lines(words, room, fonts.SEMI, type_.name, most), lines, small


def _all_whole(
    label: Label, room: float, high: float, type_: LabelType
) -> tuple[list[str], list[str], float] | None:
    """The lines of the name, the small lines and their size; None where nothing but a cut makes them fit."""
    name = _whole_lines(one_line(label.name), room, fonts.SEMI, type_.name)
    size = type_.small
    while name and size >= FINE:
        parts = joined_lines([one_line(line) for line in label.lines], room, size)
        found = [_whole_lines(part, room, fonts.REGULAR, size) for part in parts]
        lines = [line for some in found for line in some]
        if all(found) and len(name) * type_.name * 1.2 + len(lines) * size * 1.25 <= high + SLACK:
            return name, lines, size
        size -= 0.5
    return None


def _whole_lines(words: str, room: float, font: str, size: float) -> list[str]:
    """The words over as many lines as they need; none if a word is wider than a line."""
    found = fit_lines(words, room, font, size, 99)
    return found if " ".join(found) == words else []


def _uncut(parts: list[str], room: float, high: float, small: float) -> tuple[list[str], float, int]:
    """The lines, their size, and how many the first takes: smaller, then fewer, until it is whole."""
    for kept in range(len(parts), 0, -1):
        size = small
        while size >= LEAST:
            lines = fit_lines(parts[0], room, fonts.REGULAR, size, 99)
            if (
                all(fonts.width(line, fonts.REGULAR, size) <= room for line in lines)
                and (len(lines) + kept - 1) * size * 1.25 <= high + SLACK
            ):
                return parts[:kept], size, len(lines)
            size -= 0.5
    return parts[:1], LEAST, max(1, int(high // (LEAST * 1.25)))


def draw_lines(
    canv: Any,
    lines: Sequence[str],
    at: tuple[float, float],
    font: str,
    size: float,
    colour: Color,
    leading: float = 0.0,
) -> None:
    """One paragraph of given lines; `at`: the first one's left end on its baseline, in points."""
    if not any(lines):
        return
    with canv.tag("P"):
        text = canv.beginText(*at)
        text.setFont(font, size, leading or size * 1.2)
        text.setFillColor(colour)
        for line in lines:
            text.textLine(line)
        canv.drawText(text)


def fitted(words: str, room: float, font: str, size: float, least: float = 8.5) -> float:
    """The size at which the words fit on one line of `room` points, at most `size`, at least `least`."""
    wide = fonts.width(words, font, size)
    return size if wide <= room else max(least, size * room / wide)


def joined_lines(lines: Sequence[str], room: float, size: float) -> list[str]:
    """The lines; a short one stands behind the first that leaves room for it."""
    found: list[str] = []
    for line in lines:
        both = [f"{one} · {line}" for one in found]
        fits = [fonts.width(one, fonts.REGULAR, size) <= room for one in both]
        if any(fits):
            at = fits.index(True)
            found[at] = both[at]
        else:
            found.append(line)
    return found


def fit_lines(words: str, room: float, font: str, size: float, most: int) -> list[str]:
    """The words over at most so many lines; the last is cut with an ellipsis if there are more."""
    found: list[str] = []
    waiting = words.split(" ")
    while waiting and len(found) < most - 1:
        line = waiting.pop(0)
        while waiting and fonts.width(f"{line} {waiting[0]}", font, size) <= room:
            line = f"{line} {waiting.pop(0)}"
        found.append(fonts.elide(line, room, font, size))
    if waiting:
        found.append(fonts.elide(" ".join(waiting), room, font, size))
    return found
