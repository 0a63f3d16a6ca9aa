"""What a mark of the register is while it is typed, and the words that the register says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.words import AttendanceCode, ClaimState, ReleaseMethod
from ui.format import count, pounds

if TYPE_CHECKING:
    from models.queries.register import Cell, RegisterRow
    from models.rules.cover_use import Entitlement

NOBODY, NO_CLAIM, BETWEEN = "Nobody named", "no claim", " · "
ENTER_NAMES = "Enter says who came."


@dataclass(frozen=True)
class Typed:
    """What a cell is to say instead of what the book says."""

    code: AttendanceCode | None
    method: ReleaseMethod | None = None
    notes: str | None = None


@dataclass(frozen=True)
class Tally:
    """The register counted as it stands: schools asked that came, people, released, and cells to mark.

    `unnamed`: how many came of whom nobody said who they are; they are not among the people.
    """

    schools: str
    people: int
    released: int
    to_mark: int
    unnamed: int = 0

    @property
    def words(self) -> tuple[tuple[str, bool], ...]:
        """The tally in words, each with whether it is strong."""
        return (
            (self.schools, True),
            (" schools came · ", False),
            (f"{self.people:,}", True),
            (" person" if self.people == 1 else " people", False),
            *(((" and ", False), (f"{self.unnamed:,}", True), (" not named", False)) if self.unnamed else ()),
            (" · ", False),
            (f"{self.released:,}", True),
            (" released", False),
            *(
                ((" · ", False), (f"{self.to_mark:,}", True), (" still to mark", False))
                if self.to_mark
                else ()
            ),
        )


def given_away(cell: Cell) -> bool:
    """The mark stands for a school alone, and the cell is somebody's who could take it over."""
    return cell.school_alone and cell.person_id is not None


def says(cell: Cell, typed: Typed) -> bool:
    """Whether the book says already what is typed; a school's own mark does not say it of a person."""
    notes = cell.notes if typed.notes is None else typed.notes
    same = (typed.code, typed.method, notes) == (cell.code, cell.method, cell.notes)
    return same and not given_away(cell)


def hint_words(
    row: RegisterRow, cell: Cell | None, found: Entitlement | None, cap_p: int
) -> tuple[tuple[str, bool], ...]:
    """What releasing the person of the current cell would draw on: words, each with whether it is strong."""
    if cell is None:
        return (("Type a letter or press Enter to add somebody of ", False), (row.school, True))
    if cell.unnamed:
        leader = f"P says that it was {cell.name}; Enter, that it was somebody else." if cell.name else ""
        return (("Nobody is named for ", False), (row.school, True), (f". {leader or ENTER_NAMES}", False))
    if cell.unclaimed or cell.claim is not None:
        state = "there is no cover claim"
        if cell.claim:
            is_draft = cell.claim is ClaimState.DRAFT
            state = f"the cover claim is {'a draft' if is_draft else cell.claim.label.lower()}"
        return ((cell.name, True), (f" was released; {state}.", False))
    if found is None or not found.allowance_p or not cap_p:
        return ()
    if not found.left_p:
        return (
            (row.school, True),
            (" has used its release allowance and would bear the cost itself.", False),
        )
    whole = sum(block.left_p == block.size_p for block in found.blocks)
    halves = f"{whole} of {count(len(found.blocks), 'half-day')}" if whole else "part of a half-day"
    left, most = pounds(found.left_p), pounds(min(found.left_p, cap_p))
    words = f" has {halves} left. Releasing {cell.name or 'somebody'} uses up to {most} of {left}."
    return ((row.school, True), (words, False))
