"""What stands below a list in which a filter leaves nothing: that it is so, and where there is something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import row
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.lists.spec import ChipSpec

T = TypeVar("T")
NO_MATCH = "Nothing matches this filter."


@dataclass(frozen=True)
class Nothing:
    """What is said, the words of the button that leads on, and the chip it leads to; -1 is all."""

    said: str
    button: str
    chip: int = -1


def nothing_behind(chips: Sequence[ChipSpec[T]], chosen: int, records: Sequence[T]) -> Nothing:
    """What a chip says that leaves nothing, and where its records have gone on to.

    Args:
        chips: the list's chips.
        chosen: the number of the one chosen.
        records: all records of the list.
    """
    chip = chips[chosen]
    said = chip.none or f"Nothing is under “{chip.words}”"
    then = next((at for at, other in enumerate(chips) if chip.then and other.words == chip.then), None)
    number = 0 if then is None else sum(1 for record in records if chips[then].wanted(record))
    if then is None or not number:
        return Nothing(f"{said}.", "Show all")
    words = chips[then].words
    return Nothing(f"{said}; {number:,} {words[:1].lower()}{words[1:]}.", f"Show “{words}”", then)


class NothingHere(QWidget):
    """The line.

    Attributes:
        acted: its button was pressed.
    """

    acted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._said = Label("", "body", "muted")
        self._button = Button("", Kind.LINK)
        self._button.clicked.connect(self.acted)
        self.setLayout(row(self._said, self._button, 1, gap=10))
        self.hide()

    def words(self) -> str:
        """What it says; "" while it is not there."""
        return "" if self.isHidden() else self._said.text()

    def say(self, words: str, button: str) -> None:
        """Say it; without words for the button there is none."""
        self._said.setText(words)
        self._button.set_words(button)
        self._button.setVisible(bool(button))
