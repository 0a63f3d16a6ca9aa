"""In which order the parts of a pack stand, and which are left out (domain, part C)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

FIRST, LAST = 1, 24
"""The cover and the appendices: they stay where they are, and in every pack."""
MOVABLE = tuple(range(FIRST + 1, LAST))


class Placed(Struct, frozen=True):
    """Where a part of a pack was put."""

    part: int
    position: int
    left_out: bool


class Arrangement(Struct, frozen=True):
    """The order of the parts between cover and appendices, left out or not; as it comes, the usual one."""

    order: tuple[int, ...] = MOVABLE
    left_out: frozenset[int] = frozenset()

    @property
    def usual(self) -> bool:
        """Whether nothing was moved or left out."""
        return self == USUAL

    @property
    def printed(self) -> tuple[int, ...]:
        """The numbers of the parts that are printed, cover and appendices too, in their order."""
        return (FIRST, *(part for part in self.order if part not in self.left_out), LAST)

    @property
    def placed(self) -> tuple[Placed, ...]:
        """Every part with its place, to be stored; none for the usual order."""
        if self.usual:
            return ()
        return tuple(Placed(part, at, part in self.left_out) for at, part in enumerate(self.order, FIRST + 1))


USUAL = Arrangement()


def arrangement(placed: Iterable[Placed]) -> Arrangement:
    """The order that stored places make; a part without one stands where the usual order has it."""
    known = {one.part: one for one in placed if one.part in MOVABLE}
    order = sorted(MOVABLE, key=lambda part: (known[part].position if part in known else part, part))
    return Arrangement(tuple(order), frozenset(part for part, one in known.items() if one.left_out))


def moved(order: Sequence[int], part: int, by: int) -> tuple[int, ...]:
    """The order with one part so many places further on; it stops at the ends."""
    rest = [one for one in order if one != part]
    at = min(max(order.index(part) + by, 0), len(rest))
    return (*rest[:at], part, *rest[at:])
