"""Charts of people: confidence before and after, schools present at each meeting, a meter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.formats import MINUS, count
from reports.charts.plate import BASE, ON_PAPER, TYPE, Look, Plate, label_room, spread, wide
from reports.kit import PAGE


@dataclass(frozen=True)
class Change:
    """Mean confidence in one area, of those who answered both times.

    Attributes:
        area: its name.
        before: mean of the first answers; None if nobody answered.
        after: mean of the second.
        people: pairs of answers.
    """

    area: str
    before: float | None
    after: float | None
    people: int

    @property
    def rise(self) -> float | None:
        """After less before, of the means as they are printed."""
        if self.before is None or self.after is None:
            return None
        return round(self.after, 1) - round(self.before, 1)


def signed(value: float | None) -> str:
    """`+0.8`, `−0.2`, `0.0`; a dash where there is none."""
    if value is None:
        return "\u2013"
    said = f"{abs(value):.1f}"
    return said if float(said) == 0 else f"{'+' if value > 0 else MINUS}{said}"


def dumbbell(
    changes: Sequence[Change],
    ends: tuple[str, str],
    look: Look = ON_PAPER,
    scale: tuple[int, int] = (1, 5),
) -> Plate:
    """Confidence before (open) and after (solid), by area.

    Args:
        changes: the areas, in the order shown.
        ends: what the lowest and the highest answer mean.
        look: where it is shown.
        scale: the lowest and the highest answer.
    """
    pitch, low, high = 19.0, scale[0], scale[1]
    full = look.width / look.scale
    columns = wide("Change", bold=True) + wide("People", bold=True) + 30
    label = label_room([change.area for change in changes], full, 0.32) + 26
    right = full - columns - 26
    per = (right - label) / max(high - low, 1)
    crowded = (wide(ends[0]) + wide(ends[1])) / 2 + 8 > right - label
    plate = Plate(look, (69 if crowded else 56) + pitch * len(changes), _change_alt(changes, scale))
    ink, foot = plate.ink, 26 + pitch * len(changes)

    def at(value: float) -> float:
        return label + (min(max(value, low), high) - low) * per

    for value in range(low, high + 1):
        plate.line((at(value), foot), (at(value), foot + 4), PAGE.fine, ink.muted)
        plate.text(at(value), foot + 14, str(value), colour=ink.muted, anchor="middle")
    plate.line((at(low), foot), (at(high), foot), PAGE.fine, ink.muted)
    _ends(plate, ends, (at(low), at(high)), foot + 27)
    people = plate.wide - wide("People", bold=True) - 18
    plate.text(people, 10, "Change", bold=True, colour=ink.muted, anchor="end")
    plate.text(plate.wide, 10, "People", bold=True, colour=ink.muted, anchor="end")
    for n, change in enumerate(changes):
        y = 22 + pitch * n + pitch / 2
        plate.text(0, y + BASE, change.area, room=label - 34)
        known = [(change.before, False), (change.after, True)]
        spots = [(at(value), value, solid) for value, solid in known if value is not None]
        _pair(plate, spots, y, (at(low), at(high)))
        plate.text(people, y + BASE, signed(change.rise), bold=True, anchor="end")
        plate.text(plate.wide, y + BASE, f"{change.people:,}", anchor="end")
    pairs = ((change.before, change.after) for change in changes)
    whole = next(((b, a) for b, a in pairs if b is not None and a is not None), None)
    if whole:
        _before_after(plate, (at(whole[0]), at(whole[1])), right + 20)
    return plate


def _before_after(plate: Plate, dots: tuple[float, float], room: float) -> None:
    """The words above the first two dots, pushed apart where these are close."""
    order = sorted(zip(dots, ("Before", "After"), strict=True), key=lambda place: place[0])
    needs = [wide(word, bold=True) + 8 for _, word in order]
    places = spread([x for x, _ in order], needs, room)
    for x, (_, word) in zip(places, order, strict=True):
        plate.text(x, 10, word, bold=True, colour=plate.ink.muted, anchor="middle")


def _ends(plate: Plate, ends: tuple[str, str], at: tuple[float, float], y: float) -> None:
    """What the ends of the scale mean: below it; if that is too narrow, centred on its ends.

    Narrower still, the words for the upper end go one line down.
    """
    ink, (left, right) = plate.ink.muted, at
    room = [wide(words) for words in ends]
    if sum(room) + 12 <= right - left:
        plate.text(left - 3, y, ends[0], colour=ink)
        plate.text(right + 3, y, ends[1], colour=ink, anchor="end")
        return
    lower = y + 13 if sum(room) / 2 + 8 > right - left else y
    start = max(left - room[0] / 2, 0)
    end = min(right + room[1] / 2, plate.wide)
    plate.text(start, y, ends[0], colour=ink, room=plate.wide - start)
    plate.text(end, lower, ends[1], colour=ink, anchor="end", room=end)


def _pair(
    plate: Plate, spots: Sequence[tuple[float, float, bool]], y: float, ends: tuple[float, float]
) -> None:
    """One row: its dots (x, mean, solid) joined by a line, their figures outside."""
    left, right = ends
    if not spots:
        plate.text(left, y + BASE, "not entered", colour=plate.ink.muted)
        return
    order = sorted(spots)
    first, last = order[0][0], order[-1][0]
    plate.line((left, y), (max(left, first - 32), y))
    plate.line((min(right, last + 32), y), (right, y))
    plate.line((first, y), (last, y), 1.2, plate.ink.accent)
    for n, (x, value, solid) in enumerate(order):
        plate.dot(x, y, 5, solid=solid)
        ink = plate.ink.text if solid else plate.ink.muted
        outside = n == 0 and (len(order) > 1 or not solid)
        plate.text(
            x - 10 if outside else x + 10,
            y + BASE,
            f"{value:.1f}",
            bold=solid,
            colour=ink,
            anchor="end" if outside else "start",
        )


def _change_alt(changes: Sequence[Change], scale: tuple[int, int]) -> str:
    said = [
        f"{change.area} "
        + (
            "not entered"
            if change.before is None or change.after is None
            else f"{change.before:.1f} to {change.after:.1f} ({signed(change.rise)})"
        )
        + f", {count(change.people, 'person', 'people')}"
        for change in changes
    ]
    return (
        f"Mean confidence before and after, on a scale of {scale[0]} to {scale[1]}: " + "; ".join(said) + "."
    )


@dataclass(frozen=True)
class Turnout:
    """How many of the schools asked came to one meeting."""

    label: str
    came: int
    asked: int


def attendance_bars(
    meetings: Sequence[Turnout], look: Look = ON_PAPER, of: Sequence[Turnout] | None = None
) -> Plate:
    """Schools present at each meeting: a block for each school asked, solid if it came.

    Args:
        meetings: in order of their dates.
        look: where it is shown.
        of: the meetings that set the scale; those shown if not given.
    """
    pitch = 18.0
    plate = Plate(look, pitch * max(len(meetings), 1), _turnout_alt(meetings))
    every = of or meetings
    label = label_room([meeting.label for meeting in every], plate.wide)
    figures = [f"{meeting.came:,} of {meeting.asked:,}" for meeting in every]
    words = max((wide(figure, bold=True) for figure in figures), default=0) + 12
    most = max((meeting.asked for meeting in every), default=0)
    room = plate.wide - label - words
    for n, meeting in enumerate(meetings):
        y = n * pitch
        plate.text(0, y + pitch / 2 + BASE, meeting.label, room=label - 8)
        part = room * meeting.asked / max(most, 1)
        blocks(plate, (label, y + 3), (part, pitch - 6), meeting.came, meeting.asked)
        said = f"{meeting.came:,} of {meeting.asked:,}"
        plate.text(label + part + 8, y + pitch / 2 + BASE, said, bold=True)
    return plate


def _turnout_alt(meetings: Sequence[Turnout]) -> str:
    said = "; ".join(f"{m.label} {m.came:,} of {m.asked:,}" for m in meetings)
    return f"Schools present at {count(len(meetings), 'meeting')}: {said or 'none held'}."


def blocks(plate: Plate, at: tuple[float, float], size: tuple[float, float], used: float, of: int) -> None:
    """A row of blocks, the used ones solid; so many that they would be slivers make one bar.

    Args:
        plate: what is drawn on.
        at: left and top edge.
        size: width and height of the row.
        used: blocks used; a part of one is filled in part.
        of: blocks in all.
    """
    (x, y), (room, high) = at, size
    gap = 3.0
    each = (room - gap * (of - 1)) / of if of > 0 else 0.0
    if each < 4:
        plate.bar(x, y, room, high, "open")
        plate.bar(x, y, room * min(max(used / of, 0), 1) if of > 0 else 0, high)
        return
    for n in range(of):
        left = x + n * (each + gap)
        part = min(max(used - n, 0), 1)
        if part < 1:
            plate.bar(left, y, each, high, "open")
        plate.bar(left, y, each * part, high)


def meter(used: float, of: int, look: Look = ON_PAPER, alt: str = "") -> Plate:
    """Blocks, the used ones filled; a part of a block (2.5 half-days) is filled in part.

    Args:
        used: blocks used.
        of: blocks in all; 0 draws an empty outline.
        look: where it is shown; its width is the meter's.
        alt: what it says; "3 of 5 used" if not given.
    """
    plate = Plate(look, TYPE + 4, alt or f"{used:g} of {of} used.")
    blocks(plate, (0.5, 1), (plate.wide - 1, TYPE + 2), used, of)
    return plate
