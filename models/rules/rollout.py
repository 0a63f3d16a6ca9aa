"""Rolling a resource out: how far a school uses it, in words and in numbers of staff (R-RES-7)."""

from __future__ import annotations

from msgspec import Struct

from models.errors import BadInput
from models.formats import NOT_ENTERED, count
from models.words import AdoptionLevel


class Use(Struct, frozen=True):
    """How far a school uses a resource; `using` of `total` staff, None where not counted."""

    level: AdoptionLevel
    using: int | None = None
    total: int | None = None

    @property
    def text(self) -> str:
        """`some staff, 5 of 9`, `all staff`."""
        words = self.level.label.lower()
        if self.using is None:
            return words
        return f"{words}, {self.using}" + (f" of {self.total}" if self.total is not None else "")


def checked_use(level: AdoptionLevel, using: int | None, total: int | None) -> Use:
    """The use, if word and numbers agree (R-RES-7).

    Raises:
        BadInput: more staff use it than there are, or the numbers say another word.
    """
    if using is not None and total is not None and using > total:
        raise BadInput(
            f"{using} of {count(total, 'member of staff', 'staff')} cannot be: count again.", "staff_using"
        )
    if level is AdoptionLevel.NOT_STARTED and using:
        raise BadInput(f"{using} staff use it already: choose “Some staff”.", "level")
    if level is AdoptionLevel.ALL and using is not None and total is not None and using < total:
        raise BadInput(f"Only {using} of {total} staff use it: choose “Some staff”.", "level")
    if level is AdoptionLevel.SOME and using == 0:
        raise BadInput("Nobody uses it yet: choose “Not started”.", "level")
    if level is AdoptionLevel.SOME and using is not None and using == total:
        raise BadInput(f"All {total} staff use it: choose “All staff”.", "level")
    return Use(level, using, total)


def use_at(level: AdoptionLevel, before: Use | None) -> Use:
    """The use when only its word is given: numbers that still agree are kept, others follow the word."""
    total = before.total if before else None
    if level is AdoptionLevel.NOT_STARTED:
        return Use(level, 0 if total is not None else None, total)
    if level is AdoptionLevel.ALL:
        return Use(level, total, total)
    using = before.using if before else None
    return Use(level, using if using and using != total else None, total)


def letter(level: AdoptionLevel | None) -> str:
    """What stands in a cell of the matrix: `A`, `S`, `N`; a dash where nothing is entered (R-STY-3)."""
    return level.label[0] if level else "–"


def staff_words(use: Use | None) -> str:
    """`5 of 9`, or “not entered”."""
    if use is None or use.using is None or use.total is None:
        return NOT_ENTERED
    return f"{use.using} of {use.total}"
