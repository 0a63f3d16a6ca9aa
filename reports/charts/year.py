"""Charts along the school year: its meetings by term, and where the kits were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from models.formats import count, day_month, long_date, short_date
from reports.charts.plate import BASE, ON_PAPER, TYPE, Look, Plate, label_room, spread, wide
from reports.kit import PAGE, one_line
from reports.kit.fonts import REGULAR
from reports.kit.labels import fit_lines

LEADING = 12.0
"""Points from line to line of a name that needs two."""


@dataclass(frozen=True)
class Period:
    """A term or half-term, from its first to its last day. `name` is printed above it."""

    name: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Held:
    """One meeting: its day, and whether it counts towards the minimum."""

    on: dt.date
    counts: bool


def _axis(first: dt.date, last: dt.date, left: float, right: float) -> Callable[[dt.date], float]:
    """Where a day lies between `left` and `right`; days outside are put at the ends."""
    days = max((last - first).days, 1)

    def at(day: dt.date) -> float:
        return left + min(max((day - first).days / days, 0), 1) * (right - left)

    return at


def year_strip(meetings: Sequence[Held], terms: Sequence[Period], look: Look = ON_PAPER) -> Plate:
    """The meetings of a year on the line of its terms. Solid: counts; open: held, not counted.

    Args:
        meetings: numbered in the order of their dates.
        terms: at least one.
        look: where it is shown.
    """
    radius, order = 9.0, sorted(meetings, key=lambda meeting: meeting.on)
    days = [term.first for term in terms] + [term.last for term in terms]
    days += [meeting.on for meeting in order]
    full = look.width / look.scale
    at = _axis(min(days), max(days), 0, full)
    spots = [min(max(at(meeting.on), radius + 1), full - radius - 1) for meeting in order]
    lanes = _lanes(spots, 2 * radius + 1)
    needs = [wide(short_date(meeting.on)) + 8 for meeting in order]
    lines = ceil(sum(needs) / full)  # of date labels
    deep = max(lanes, default=0) * (2 * radius + 2)
    plate = Plate(look, 40 + deep + 13 * lines, _strip_alt(order))
    middle = 27.5 + deep
    for n, term in enumerate(terms):
        left, right = at(term.first), at(term.last)
        plate.bar(left, middle - 1.5, right - left, 3, colour=plate.ink.hair)
        end = at(terms[n + 1].first) if n + 1 < len(terms) else full
        plate.text(left, 10, term.name, colour=plate.ink.muted, room=end - left - 4)
    for n, (meeting, x, lane) in enumerate(zip(order, spots, lanes, strict=True), 1):
        y = middle - lane * (2 * radius + 2)
        plate.dot(x, y, radius, solid=meeting.counts)
        ink = plate.ink.on_accent if meeting.counts else plate.ink.accent
        plate.text(x, y + 3.7, str(n), bold=True, colour=ink, anchor="middle")
    for line in range(lines):
        mine = range(line, len(order), lines)
        places = spread([spots[n] for n in mine], [needs[n] for n in mine], full)
        for n, x in zip(mine, places, strict=True):
            day = short_date(order[n].on)
            plate.text(x, middle + 22.5 + 13 * line, day, anchor="middle")
    return plate


def _lanes(spots: Sequence[float], need: float) -> list[int]:
    """For each spot the lowest lane in which it does not touch the one before."""
    ends: list[float] = []
    found = []
    for spot in spots:
        free = [n for n, end in enumerate(ends) if spot - end >= need]
        lane = free[0] if free else len(ends)
        ends[lane : lane + 1] = [spot]
        found.append(lane)
    return found


def _strip_alt(meetings: Sequence[Held]) -> str:
    counted = sum(meeting.counts for meeting in meetings)
    said = "; ".join(
        f"{n} on {long_date(meeting.on)}{'' if meeting.counts else ', not counted'}"
        for n, meeting in enumerate(meetings, 1)
    )
    if not said:
        return "Line of the school year: no meeting held."
    held = count(len(meetings), "meeting")
    return f"Line of the school year with {held}, of which {counted} count: {said}."


@dataclass(frozen=True)
class Lent:
    """One loan.

    Attributes:
        letter: the school's.
        out: the day it went out.
        back: the day it came back, or is due.
        returned: False: still out.
    """

    letter: str
    out: dt.date
    back: dt.date
    returned: bool = True


@dataclass(frozen=True)
class KitYear:
    """A kit and its loans."""

    name: str
    loans: tuple[Lent, ...]


def loan_calendar(
    kits: Sequence[KitYear],
    half_terms: Sequence[Period],
    today: dt.date,
    look: Look = ON_PAPER,
    of: Sequence[KitYear] | None = None,
) -> Plate:
    """Where the kits were. A bar is a loan with its school's letter, open where still to run.

    Args:
        kits: in the order shown.
        half_terms: at least one; bands, each named unless it goes on with the name before.
        today: the day the data go to.
        look: where it is shown.
        of: the kits whose names set the columns; those shown if not given.
    """
    names = [kit.name for kit in of or kits]
    label = label_room(names, look.width / look.scale)
    pitch = 18.0 if all(wide(name) <= label - 8 for name in names) else 26.0
    plate = Plate(look, 42 + pitch * len(kits), _loans_alt(kits))
    ink, low = plate.ink, plate.high - 16
    schools = wide("Schools", bold=True)
    loans = plate.wide - schools - 14
    right = loans - wide("Loans", bold=True) - 10
    days = [p.first for p in half_terms] + [p.last for p in half_terms]
    at = _axis(min(days), max(days), label, right)
    _bands(plate, half_terms, at, right)
    plate.text(loans, 9, "Loans", bold=True, colour=ink.muted, anchor="end")
    plate.text(plate.wide, 9, "Schools", bold=True, colour=ink.muted, anchor="end")
    for n, kit in enumerate(kits):
        y = 22 + n * pitch
        base = y + pitch / 2 + BASE
        lines = fit_lines(one_line(kit.name), label - 8, REGULAR, TYPE, 2)
        for at_line, line in enumerate(lines):
            plate.text(0, base + (at_line - (len(lines) - 1) / 2) * LEADING, line)
        number = f"{len(kit.loans):,}"
        _loans(plate, kit.loans, y + pitch / 2 - 9, at, today, loans - wide(number) - 4)
        plate.text(loans, base, number, anchor="end")
        count_of = len({loan.letter for loan in kit.loans})
        plate.text(plate.wide, base, f"{count_of:,}", anchor="end")
    plate.line((at(today), 16), (at(today), low + 3), PAGE.rule, ink.text)
    half = wide(day_month(today)) / 2
    x = min(max(at(today), label + half), plate.wide - half)
    plate.text(x, plate.high - 3, day_month(today), anchor="middle")
    return plate


def _bands(plate: Plate, periods: Sequence[Period], at: Callable[[dt.date], float], right: float) -> None:
    """The half-terms as quiet bands, with the names above them."""
    ink, low, name = plate.ink, plate.high - 16, ""
    for n, period in enumerate(periods):
        start = at(period.first)
        plate.bar(start, 20, at(period.last) - start, low - 20, colour=ink.surface)
        if period.name == name:
            continue
        name = period.name
        later = [p.first for p in periods[n + 1 :] if p.name != name]
        room = (at(later[0]) if later else right) - start - 4
        plate.text(start, 9, name, bold=True, colour=ink.muted, room=room)


def _loans(
    plate: Plate,
    loans: Sequence[Lent],
    y: float,
    at: Callable[[dt.date], float],
    today: dt.date,
    right: float,
) -> None:
    """The bars of one kit; a letter stands inside its bar, or after or before it where there is room.

    Letters of bars between two others wait for the end of those, and stand there in the order of the bars.
    """
    order = sorted(loans, key=lambda loan: loan.out)
    left = at(dt.date.min)
    high, free, bars = 14.0, left, left  # free: right of the last letter; bars: right of the last bar
    waiting: list[str] = []
    for n, loan in enumerate(order):
        start = at(loan.out)
        end = max(at(max(loan.back, loan.out)), start + 2)
        over = loan.returned and loan.back <= today
        until = end if over else max(at(min(loan.back, today)), start)
        if until < end:
            plate.bar(start, y + 2, end - start, high, "open")
        plate.bar(start, y + 2, until - start, high)
        limit = at(order[n + 1].out) if n + 1 < len(order) else right
        beside = (max(free, bars), limit, at(today))
        said = " ".join([*waiting, loan.letter])
        half = wide(said, bold=True) / 2
        x, inside = _letter_spot(2 * half, start, until, end, beside, after=bool(waiting))
        if x is None or x - half <= free:
            waiting.append(loan.letter)
        else:
            colour = plate.ink.on_accent if inside else plate.ink.text
            plate.text(x, y + 9 + BASE, said, bold=True, colour=colour, anchor="middle")
            free, waiting = x + half, []
        bars = max(bars, end)


def _letter_spot(
    need: float,
    start: float,
    until: float,
    end: float,
    beside: tuple[float, float, float],
    *,
    after: bool,
) -> tuple[float | None, bool]:
    """Where a loan's letter has its middle, None for nowhere, and whether it is on the solid part.

    Args:
        need: its width.
        start: where the bar begins; solid up to `until`, open up to `end`.
        until: see `start`.
        end: see `start`.
        beside: where what stands before ends, where the next bar begins, and where the line of today is.
        after: it stands after its bar or nowhere.
    """
    before, limit, line = beside
    if not after and until - start > need + 4:
        return (start + until) / 2, True
    if not after and end - until > need + 4:
        return (until + end) / 2, False
    left = end + 3
    if left - 1 < line < left + need + 1:  # the line of today would cross it
        left = line + 3
    if left + need + 2 < limit:
        return left + need / 2, False
    left = start - 3 - need
    crossed = left - 1 < line < left + need + 1
    if not after and not crossed and left - 6 > before:  # nearer to its own bar than to the one before
        return left + need / 2, False
    return None, False


def _loans_alt(kits: Sequence[KitYear]) -> str:
    every = [loan for kit in kits for loan in kit.loans]
    schools = len({loan.letter for loan in every})
    said = "; ".join(
        f"{kit.name} {', '.join(loan.letter for loan in kit.loans) or 'never lent'}" for kit in kits
    )
    return (
        f"Calendar of {count(len(every), 'loan')} of {count(len(kits), 'kit')}"
        f" to {count(schools, 'school')}. {said}."
    )
