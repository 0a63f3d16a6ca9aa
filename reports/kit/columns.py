"""How wide the columns of a table are: what was asked for, what is needed, the rest shared out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Ask:
    """What one column asks for, in points, its gap included.

    Attributes:
        wanted: the width its column spec names; 0: a share of what is left.
        natural: with no cell wrapped.
        need: the least: figures on one line, text by its longest word.
        comfort: the least for text to read well, for a column that takes a share.
        least: where even the needs find no room: text by parts of its words; 0: not less than its need.
    """

    wanted: float
    natural: float
    need: float
    comfort: float
    least: float = 0.0

    @property
    def start(self) -> float:
        """The width to begin with."""
        return max(self.need, self.wanted or min(self.natural, self.comfort))


def column_widths(asks: Sequence[Ask], room: float) -> list[float]:
    """Widths that add up to `room` points."""
    widths = [ask.start for ask in asks]
    if sum(widths) <= room:
        return _shared_out(asks, widths, room)
    idle = [max(ask.need, min(w, ask.natural)) for ask, w in zip(asks, widths, strict=True)]
    for floors in (idle, [ask.need for ask in asks], [ask.least or ask.need for ask in asks]):
        widths = _shrunk(widths, floors, room)
    total = sum(widths)
    return [w * room / total for w in widths] if total > room else widths


def _shrunk(widths: Sequence[float], floors: Sequence[float], room: float) -> list[float]:
    """The widths, each a part of the way to its floor, so that they fit the room if they can."""
    slack = [w - floor for w, floor in zip(widths, floors, strict=True)]
    over = sum(widths) - room
    part = min(1.0, max(over, 0) / sum(slack)) if sum(slack) > 0 else 0.0
    return [w - part * s for w, s in zip(widths, slack, strict=True)]


def _shared_out(asks: Sequence[Ask], widths: list[float], room: float) -> list[float]:
    """What is left goes to the columns that asked for a share, evenly; else to all in proportion."""
    free = [n for n, ask in enumerate(asks) if not ask.wanted]
    if not free:
        return [w * room / sum(widths) for w in widths]
    rest = room - sum(w for n, w in enumerate(widths) if n not in free)
    even = sorted(free, key=lambda n: widths[n], reverse=True)
    while even and widths[even[0]] > rest / len(even):  # needs more than an equal share: keeps it
        rest -= widths[even.pop(0)]
    return [rest / len(even) if n in even else w for n, w in enumerate(widths)]
