"""Whom to talk to, below the list of schools: the members that drift away, and what the book knows of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.format import count
from ui.icons import Icon
from ui.lists.pane import HANG
from ui.widgets.layouts import clear, column, rule
from ui.widgets.parts import TodoLine, section
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.rules.engagement import Prompt

MOST = 3


class Prompts(QWidget):
    """Lines of schools to talk to; hidden while there is none.

    Attributes:
        wanted: a contact with a school is to be logged: (the school's id,).
    """

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._lines = column()
        self._note = Label("", "caption", "muted")
        self.setLayout(
            column(section("Whom to talk to", self._lines, side=self._note, gap=2), margins=(HANG, 12, 0, 0))
        )
        self._any, self._room = False, True
        self.hide()

    def set_room(self, *, enough: bool) -> None:
        """Whether there is room below the list; where there is none, the panel of the school tells it."""
        self._room = enough
        self.setVisible(self._any and self._room)

    def show_prompts(self, prompts: Sequence[Prompt]) -> None:
        """Show these."""
        clear(self._lines)
        for number, one in enumerate(prompts[:MOST]):
            if number:
                self._lines.add(rule())
            made = TodoLine(Icon.PEOPLE, "warn", one.text, one.words, "Log it")
            made.acted.connect(partial(self.wanted.emit, one.school_id))
            self._lines.add(made)
        rest = len(prompts) - MOST
        self._note.setText(f"and {count(rest, 'more school')}" if rest > 0 else "")
        self._any = bool(prompts)
        self.setVisible(self._any and self._room)
