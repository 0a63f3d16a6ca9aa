"""Parts of the register’s tab: what is typed, the line of news, and the words for what saving did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.format import count, listed
from ui.icons import Icon
from ui.widgets.layouts import clear, column
from ui.widgets.parts import Banner

if TYPE_CHECKING:
    from models.queries.register import Cell, Register
    from models.services.attendance import Recorded
    from models.services.release import Claims
    from ui.pages.meetings.registermodel import Typed

LEGEND = (("P", "released"), ("S", "own time or other"), ("A", "apology"), ("N", "no reply"))


@dataclass
class Sheet:
    """What is typed in one meeting's register and not saved: kept while she looks at another."""

    typed: dict[tuple[int, int | None], Typed] = field(default_factory=dict)
    added: dict[int, list[Cell]] = field(default_factory=dict)
    outcome: str = ""


class News(QWidget):
    """A banner whose words and action change; nothing at all where there is nothing to say.

    Attributes:
        acted: its action was chosen.
    """

    acted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines = column()
        self._shown = ("", "")
        self.setLayout(self._lines)
        self.hide()

    def show_news(self, text: str, action: str = "") -> None:
        """Say something else."""
        if (text, action) == self._shown:
            return
        self._shown = (text, action)
        clear(self._lines)
        if text:
            banner = Banner(
                "accent", Icon.CLAIMS if action else Icon.INFO, text, *([action] if action else [])
            )
            banner.acted.connect(lambda _number: self.acted.emit())
            self._lines.addWidget(banner)
        self.setVisible(bool(text))


def claims_words(claims: Claims) -> str:
    """What became of cover claims, in a few sentences."""
    parts = []
    if claims.drafted:
        parts.append(
            f"{count(len(claims.drafted), 'cover claim')} drafted; nothing is sent until you submit it."
        )
    if claims.taken_back:
        verb = "was" if len(claims.taken_back) == 1 else "were"
        parts.append(f"{listed(claims.taken_back)} {verb} taken back.")
    return " ".join([*parts, *claims.left])


def saved_words(done: Recorded) -> str:
    """What saving the register did, in a few sentences."""
    held = "The meeting is now marked as held. " if done.held else ""
    return f"Saved. {held}{claims_words(done.claims)}".strip()


def news_of(register: Register, outcome: str, *, leads_to_claims: bool) -> tuple[str, str]:
    """What stands above the register, and the words of its button: what saving did, else how claims stand.

    Args:
        register: what the book says.
        outcome: what the last saving did; "" if nothing was saved since.
        leads_to_claims: there is a page to see to claims on.
    """
    if register.frozen:
        return "The minutes are finalised, and the register with them. Reopen them to change a mark.", ""
    if register.drafts and leads_to_claims:
        waiting = f"{count(len(register.drafts), 'cover claim')} drafted for the people released. "
        return outcome or f"{waiting}Nothing is sent until you submit it.", "Review drafts"
    if outcome:
        return outcome, ""
    if register.unclaimed:
        people = count(register.unclaimed, "person is", "people are")
        return f"{people} marked as released without a cover claim.", "Draft claims"
    return register.release, ""


def drop_saved(register: Register, sheet: Sheet) -> None:
    """Forget what was typed and is in the book by now, and whatever belongs to a register now frozen."""
    if register.frozen:
        sheet.typed.clear()
        sheet.added.clear()
    there = {(one.school_id, cell.person_id): cell for one in register.rows for cell in one.cells}
    for who, typed in list(sheet.typed.items()):
        cell = there.get(who)
        if cell is None:
            same = typed.code is None
        else:
            now = (cell.code, cell.method, cell.notes)
            same = (typed.code, typed.method, cell.notes if typed.notes is None else typed.notes) == now
        if same:
            del sheet.typed[who]
    for school_id in sheet.added:
        sheet.added[school_id] = [
            cell for cell in sheet.added[school_id] if (school_id, cell.person_id) not in there
        ]
