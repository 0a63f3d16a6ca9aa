"""Small pieces of the panels: a section with a caption head, a checklist, lines of facts, who said what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.icons import Icon
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row
from ui.widgets.painted import IconMark
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.rules.checklists import Step
    from ui.widgets.layouts import Box, Item

LONGEST = 5  # lines of one kind in a panel; the lists have them all


def part(head: str, *items: Item, side: str = "", gap: int = 6) -> Box:
    """A part of a panel: its head, a note at the right of it, and what it holds."""
    line = row(Label(head, "strong"), 1)
    if side:
        line.add(Label(side, "caption", "muted"))
    return column(line, *items, gap=gap)


def fact(name: str, value: str, tone: str = "", width: int = 96) -> Box:
    """A muted name and its value, which may take several lines."""
    label = Label(name, "body", "muted", width=width)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return row(label, Label(value, "body", tone, wrap=True), gap=8)


def quiet(words: str) -> Label:
    """Something said beside the facts."""
    return Label(words, "caption", "muted", wrap=True)


def titled(words: str, note: str = "") -> Box:
    """A line, and what is known of it below."""
    lines = column(Label(words, wrap=True), gap=1)
    if note:
        lines.add(quiet(note))
    return lines


def step_line(step: Step, go: Callable[[], None] | None) -> Box:
    """A line of a checklist: done or open by its sign and its word, and the way to what is open."""
    sign = IconMark(Icon.CHECK if step.done else Icon.CLOCK, "good" if step.done else "warn", 16)
    sign.setAccessibleName("Done" if step.done else "Open")
    words = Label(step.text, "body", "muted" if step.done else "", wrap=True)
    line = row(column(sign, 1, margins=(0, 2, 0, 0)), words, gap=8)
    line.setStretchFactor(words, 1)
    if not step.done and go is not None:
        button = Button("Go", Kind.LINK, tip=f"Go: {step.text}")
        button.clicked.connect(go)
        line.add(column(button, 1))
    return line


def more_than(number: int) -> list[Item]:
    """`and 3 more`, where a panel does not show all."""
    return [quiet(f"and {number - LONGEST} more")] if number > LONGEST else []
