"""Parts of the register’s tab: what is typed, the line of news, and the words for what saving did."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.format import count, listed
from ui.icons import Icon
from ui.pages.meetings.registerwords import says
from ui.widgets.layouts import clear, column
from ui.widgets.parts import Banner

if TYPE_CHECKING:
    from models.queries.register import Cell, Register
    from models.services.attendance import Recorded
    from models.services.release import Claims
    from ui.pages.meetings.registerwords import Typed

LEGEND = (("P", "released"), ("S", "own time or other"), ("A", "apology"), ("N", "no reply"))


@dataclass
class Sheet:
    """What is typed in one meeting's register and not saved: kept while she looks at another.

    `outcome` is what the last saving did; it is said until the releases or claims are others than after it.
    """

    typed: dict[tuple[int, int | None], Typed] = field(default_factory=dict)
    added: dict[int, list[Cell]] = field(default_factory=dict)
    outcome: str = ""
    _after: object = None

    def tell(self, outcome: str) -> None:
        """Say something else of the last saving."""
        self.outcome, self._after = outcome, None

    def see(self, register: Register) -> None:
        """Look at what the book says now."""
        now = (register.unclaimed, register.drafts)
        if self._after is None:
            self._after = now
        elif self._after != now:
            self.tell("")


class Act(StrEnum):
    """What can be done about the news."""

    DRAFT = "draft"
    NAME = "name"
    REVIEW = "review"


@dataclass(frozen=True)
class Said:
    """What stands above the register, and its buttons: what each does, and its words."""

    text: str = ""
    acts: tuple[tuple[Act, str], ...] = ()


class News(QWidget):
    """A banner whose words and actions change; nothing at all where there is nothing to say.

    Attributes:
        acted: an action was chosen: (an Act,).
    """

    acted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines = column()
        self._shown = Said()
        self.setLayout(self._lines)
        self.hide()

    def show_news(self, said: Said) -> None:
        """Say something else."""
        if said == self._shown:
            return
        self._shown = said
        clear(self._lines)
        if said.text:
            icon = Icon.CLAIMS if said.acts else Icon.INFO
            banner = Banner("accent", icon, said.text, *(words for _, words in said.acts))
            banner.acted.connect(self._on_acted)
            self._lines.addWidget(banner)
        self.setVisible(bool(said.text))

    def _on_acted(self, number: int) -> None:
        self.acted.emit(self._shown.acts[number][0])


def claims_words(claims: Claims) -> str:
    """What became of cover claims, in a few sentences."""
    parts = []
    if claims.drafted:
        number = len(claims.drafted)
        them = "it" if number == 1 else "them"
        parts.append(f"{count(number, 'cover claim')} drafted; nothing is sent until you submit {them}.")
    if claims.taken_back:
        verb = "was" if len(claims.taken_back) == 1 else "were"
        parts.append(f"{listed(claims.taken_back)} {verb} taken back.")
    return " ".join([*parts, *claims.left])


def saved_words(done: Recorded) -> str:
    """What saving the register did, in a few sentences."""
    held = "The meeting is now marked as held. " if done.held else ""
    return f"Saved. {held}{claims_words(done.claims)}".strip()


def _wanting(register: Register) -> tuple[list[str], tuple[tuple[Act, str], ...]]:
    """The releases without a claim in words, and what can be done about them."""
    named = [cell for _, cell in register.unclaimed if not cell.unnamed]
    led = [(row, cell) for row, cell in register.unclaimed if cell.unnamed and cell.name]
    nobody = [row.school for row, cell in register.unclaimed if cell.unnamed and not cell.name]
    found = []
    if named:
        were = f"{named[0].name} was" if len(named) == 1 else f"{len(named)} people were"
        found.append(f"{were} released without a cover claim.")
    if register.frozen and (led or nobody):
        schools = listed([*(row.school for row, _ in led), *nobody])
        found.append(f"Nobody is named for {schools}: reopen the minutes to say who came.")
        led, nobody = [], []
    if led:
        schools = listed([row.school for row, _ in led])
        whom = f"{led[0][1].name}, its subject leader" if len(led) == 1 else "their subject leaders"
        found.append(f"Nobody is named for {schools}: drafting the claim names {whom}.")
    if nobody:
        found.append(f"Nobody is named for {listed(nobody)}: press Enter on the mark to say who came.")
    acts = []
    if number := len(named) + len(led):
        words = "Draft the missing claim" if number == 1 else f"Draft {number} missing claims"
        acts.append((Act.DRAFT, words))
    elif nobody:
        acts.append((Act.NAME, "Say who came…"))
    return found, tuple(acts)


def news_of(register: Register, outcome: str, *, leads_to_claims: bool) -> Said:
    """What stands above the register: what saving did, else how claims stand, and what can be done.

    Args:
        register: what the book says.
        outcome: what the last saving did; "" if nothing was saved since.
        leads_to_claims: there is a page to see to claims on.
    """
    wanting, acts = _wanting(register)
    if register.frozen:
        frozen = "The minutes are finalised, and the register with them. Reopen them to change a mark."
        return Said(" ".join([frozen, *wanting]), acts)
    drafts = len(register.drafts)
    if drafts and leads_to_claims:
        acts = (*acts, (Act.REVIEW, "Review drafts"))
    waiting = (
        f"{count(drafts, 'cover claim')} drafted for the people released. "
        f"Nothing is sent until you submit {'it' if drafts == 1 else 'them'}."
    )
    standing = waiting if drafts and leads_to_claims else register.release
    return Said(outcome or " ".join(wanting) or standing, acts)


def drop_saved(register: Register, sheet: Sheet) -> None:
    """Forget what was typed and is in the book by now, and whatever belongs to a register now frozen."""
    if register.frozen:
        sheet.typed.clear()
        sheet.added.clear()
    there = {(one.school_id, cell.person_id): cell for one in register.rows for cell in one.cells}
    for who, typed in list(sheet.typed.items()):
        cell = there.get(who)
        if typed.code is None if cell is None else says(cell, typed):
            del sheet.typed[who]
    for school_id in sheet.added:
        sheet.added[school_id] = [
            cell for cell in sheet.added[school_id] if (school_id, cell.person_id) not in there
        ]
