"""Charts of money: release used by school, the pot in and out, one year beside another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from models.formats import MINUS, NOT_ENTERED, count, listed, pounds, prose_pounds
from reports.charts.plate import BASE, ON_PAPER, Kind, Look, Plate, label_room, wide
from reports.kit import PAGE


@dataclass(frozen=True)
class CoverRow:
    """One school's release: pence recognised against its allowance, and pence it paid itself.

    `unknown`: it was released, and nobody entered what that cost.
    """

    name: str
    used: int
    share: int
    unknown: bool = False


def cover_bars(
    rows: Sequence[CoverRow],
    allowance: int,
    look: Look = ON_PAPER,
    of: Sequence[CoverRow] | None = None,
) -> Plate:
    """Release used by school: left of the line its allowance, right of it what it paid itself.

    Args:
        rows: the schools shown.
        allowance: of each, in pence.
        look: where it is shown.
        of: the schools whose figures set the scale; those shown if not given.
    """
    pitch = 17.0
    plate = Plate(look, 26 + pitch * len(rows), _cover_alt(rows, allowance))
    every = of or rows
    label = label_room([row.name for row in every], plate.wide)
    shares = max((max(row.share, 0) for row in every), default=0)
    paid = max((wide(prose_pounds(row.share), bold=True) for row in every if row.share), default=0)
    head, tail = f"Used and left of {prose_pounds(allowance)}", "Paid by the school"
    ink = plate.ink
    per = (plate.wide - label - paid - 12) / max(allowance + shares, 1)
    edge = label + allowance * per
    second = max(edge + 6, label + wide(head, bold=True) + 12)
    plate.text(label, 9, head, bold=True, colour=ink.muted)
    if shares:
        at = min(second, plate.wide - wide(tail, bold=True))
        plate.text(at, 9, tail, bold=True, colour=ink.muted)
    for n, row in enumerate(rows):
        y = 20 + n * pitch
        plate.text(0, y + pitch / 2 + BASE, row.name, room=label - 8)
        plate.bar(label, y + 2, allowance * per, pitch - 4, "open", ink.hair)
        _used(plate, row, allowance, (label, edge, per), (y, pitch))
        if row.share > 0:
            plate.bar(edge + 1.6, y + 2, row.share * per, pitch - 4, "hatched")
            at = edge + row.share * per + 7
            plate.text(at, y + pitch / 2 + BASE, prose_pounds(row.share), bold=True)
    plate.line((edge, 16), (edge, plate.high - 2), 1.2, ink.text)
    return plate


def _used(
    plate: Plate,
    row: CoverRow,
    allowance: int,
    across: tuple[float, float, float],
    down: tuple[float, float],
) -> None:
    """The used part of one row, and the words for used and left where they fit."""
    (label, edge, per), (y, pitch) = across, down
    base, ink = y + pitch / 2 + BASE, plate.ink
    used = min(max(row.used, 0), allowance)
    end = label + used * per
    plate.bar(label, y + 2, used * per, pitch - 4)
    said, rest = prose_pounds(row.used), f"{prose_pounds(allowance - used)} left"
    inside, open_room = end - label - 10, edge - end - 10
    if row.unknown:
        plate.text(end + 6, base, f"cost not entered, {rest}", colour=ink.muted)
    elif used >= allowance:
        _in_bar(plate, (label, end, edge), base, said)
    elif wide(rest) <= open_room and wide(said, bold=True) <= inside:
        plate.text(end - 5, base, said, bold=True, colour=ink.on_accent, anchor="end")
        plate.text(end + 6, base, rest, colour=ink.muted)
    elif wide(f"{said}, {rest}", bold=True) <= inside:
        words = f"{said}, {rest}"
        plate.text(end - 5, base, words, bold=True, colour=ink.on_accent, anchor="end")
    elif wide(f"{said} used, {rest}") <= open_room:
        plate.text(end + 6, base, f"{said} used, {rest}", colour=ink.muted)
    elif wide(said, bold=True) <= inside:
        plate.text(end - 5, base, said, bold=True, colour=ink.on_accent, anchor="end")
    elif wide(said) <= open_room:
        plate.text(end + 6, base, said, colour=ink.muted)


def _in_bar(plate: Plate, at: tuple[float, float, float], base: float, words: str) -> None:
    label, end, _ = at
    if wide(words, bold=True) <= end - label - 10:
        plate.text(end - 5, base, words, bold=True, colour=plate.ink.on_accent, anchor="end")


def _cover_alt(rows: Sequence[CoverRow], allowance: int) -> str:
    said = "; ".join(
        f"{row.name} {prose_pounds(row.used)} used"
        + (f" and {prose_pounds(row.share)} paid by the school" if row.share else "")
        for row in rows
    )
    used, share = sum(row.used for row in rows), sum(row.share for row in rows)
    return (
        f"Bars of {count(len(rows), 'school')}, each with an allowance of {prose_pounds(allowance)}"
        f": {prose_pounds(used)} used and {prose_pounds(share)} paid by schools. {said}."
    )


@dataclass(frozen=True)
class Step:
    """One line of the pot.

    Attributes:
        name: its heading.
        kind: a balance ("level"), money in or money out.
        values: pence, one for each year shown; money out is positive. None: no such line that year.
    """

    name: str
    kind: Literal["level", "in", "out"]
    values: tuple[int | None, ...]


def waterfall(steps: Sequence[Step], titles: Sequence[str], look: Look = ON_PAPER) -> Plate:
    """The pot from its opening to its closing balance, a panel a year, all on one scale.

    Args:
        steps: first the opening balance, last the closing one.
        titles: the years, as many as each step has values.
        look: where it is shown.
    """
    pitch, top, gutter = 19.0, 24.0, 26.0
    plate = Plate(look, top + pitch * len(steps) + 2, _waterfall_alt(steps, titles))
    label = label_room([step.name for step in steps], plate.wide)
    panel = (plate.wide - label - gutter * (len(titles) - 1)) / max(len(titles), 1)
    runs = [_running(steps, n) for n in range(len(titles))]
    ends = [end for run in runs for span in run for end in span]
    low, high = min([0, *ends]), max([0, *ends])
    per = panel / max(high - low, 1)
    for n, step in enumerate(steps):
        y = top + n * pitch + pitch / 2 + BASE
        plate.text(0, y, step.name, bold=step.kind == "level", room=label - 8)
    for p, title in enumerate(titles):
        left = label + p * (panel + gutter)
        right = left + panel + (gutter - 6 if p + 1 < len(titles) else 0)
        plate.text(left, 9, title, bold=True, colour=plate.ink.muted, room=panel)
        zero = left - low * per
        for n, (step, span) in enumerate(zip(steps, runs[p], strict=True)):
            y = top + n * pitch
            _step(plate, step, p, (zero + span[0] * per, zero + span[1] * per), (y, left, right))
            if n + 1 < len(steps):
                x = zero + span[1] * per
                from_y = y + (pitch - 3 if span[0] != span[1] else 3)
                plate.line((x, from_y), (x, y + pitch + 3), 0.6, plate.ink.muted)
        plate.line((zero, 18), (zero, plate.high), PAGE.rule, plate.ink.text)
    return plate


def _running(steps: Sequence[Step], year: int) -> list[tuple[int, int]]:
    """From where to where each step goes, in pence; a balance goes from nothing to itself."""
    found, run = [], 0
    for step in steps:
        value = step.values[year] or 0
        if step.kind == "level":
            found.append((0, value))
            run = value
        else:
            after = run + value if step.kind == "in" else run - value
            found.append((run, after))
            run = after
    return found


def _step(
    plate: Plate,
    step: Step,
    year: int,
    across: tuple[float, float],
    down: tuple[float, float, float],
) -> None:
    """One bar and its figure: inside if it fits, else right, else left."""
    y, left, right = down
    low, high = min(across), max(across)
    value, pitch, ink = step.values[year], 19.0, plate.ink
    kind: Kind = "hatched" if step.kind == "out" else "solid"
    plate.bar(low, y + 3, high - low, pitch - 6, kind, ink.mid if step.kind == "in" else ink.accent)
    sign = {"level": "", "in": "+", "out": MINUS}[step.kind] if value else ""
    words = "\u2013" if value is None else sign + pounds(value)
    room, base = wide(words, bold=True), y + pitch / 2 + BASE
    if kind == "solid" and high - low > room + 12:
        colour = ink.text if step.kind == "in" else ink.on_accent
        plate.text(high - 5, base, words, bold=True, colour=colour, anchor="end")
    elif high + 5 + room <= right:
        plate.text(high + 5, base, words, bold=True)
    elif low - 5 - room >= left:
        plate.text(low - 5, base, words, bold=True, anchor="end")
    else:  # on the hatching, as on a label
        at = max(min(high - 4, right) - room, left)
        plate.label(at - 2, y + 4, room + 4, pitch - 8)
        plate.text(at, base, words, bold=True)


def _waterfall_alt(steps: Sequence[Step], titles: Sequence[str]) -> str:
    signs = {"level": "", "in": "plus ", "out": "minus "}
    years = [
        f"{title}: "
        + ", ".join(
            f"{step.name} {signs[step.kind] if step.values[n] else ''}{prose_pounds(step.values[n])}"
            for step in steps
            if step.values[n] is not None
        )
        for n, title in enumerate(titles)
    ]
    return "The pot, from opening to closing balance. " + "; ".join(years) + "."


def counted(value: int) -> str:
    """`1,200`, `−5`."""
    return f"{value:,}".replace("-", MINUS)


@dataclass(frozen=True)
class Compared:
    """One figure in each of some years; None is not entered."""

    name: str
    values: tuple[int | None, ...]


def year_on_year(
    rows: Sequence[Compared],
    titles: Sequence[str],
    say: Callable[[int], str] = counted,
    look: Look = ON_PAPER,
    of: Sequence[Compared] | None = None,
) -> Plate:
    """Bars of the same figures year by year; the last year is solid, earlier ones light.

    Args:
        rows: the figures.
        titles: the years, as many as each row has values.
        say: how a figure is written.
        look: where it is shown.
        of: the rows that set the scale; those shown if not given.
    """
    bar, years = 15.0, max(len(titles), 1)
    pitch = bar * years + 8
    plate = Plate(look, pitch * len(rows) + 2, _compared_alt(rows, titles, say))
    every = of or rows
    year_room = max((wide(title) for title in titles), default=0) + 10
    label = label_room([row.name for row in every], plate.wide, 0.3)
    left = label + year_room
    known = [value for row in every for value in row.values if value is not None]
    low, high = min([0, *known]), max([0, *known])
    words = max((wide(say(value), bold=True) for value in known), default=0)
    words = max(words, wide(NOT_ENTERED))
    per = (plate.wide - left - words - 8) / max(high - low, 1)
    zero = left - low * per
    for n, row in enumerate(rows):
        y = n * pitch
        plate.text(0, y + bar / 2 + BASE, row.name, bold=True, room=label - 8)
        for p, (title, value) in enumerate(zip(titles, row.values, strict=True)):
            middle = y + p * bar + bar / 2
            plate.text(label, middle + BASE, title, colour=plate.ink.muted)
            words_of = NOT_ENTERED if value is None else say(value)
            across = (zero, zero + (value or 0) * per)
            _figure(plate, across, middle, words_of, last=p + 1 == years and value is not None)
    if low < 0:
        plate.line((zero, 0), (zero, plate.high), PAGE.rule, plate.ink.text)
    return plate


def _figure(plate: Plate, across: tuple[float, float], middle: float, words: str, *, last: bool) -> None:
    """One bar of a comparison, 11 points high, and its figure at the right."""
    start, end = sorted(across)
    ink = plate.ink
    plate.bar(start, middle - 5.5, end - start, 11, colour=ink.accent if last else ink.mid)
    colour = ink.muted if words == NOT_ENTERED else ink.text
    plate.text(end + 5, middle + BASE, words, bold=last, colour=colour)


def _compared_alt(rows: Sequence[Compared], titles: Sequence[str], say: Callable[[int], str]) -> str:
    said = [
        f"{row.name}: "
        + ", ".join(
            f"{title} {NOT_ENTERED if value is None else say(value)}"
            for title, value in zip(titles, row.values, strict=True)
        )
        for row in rows
    ]
    return f"Bars for {listed(list(titles))}. " + "; ".join(said) + "."
