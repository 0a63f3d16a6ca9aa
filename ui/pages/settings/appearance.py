"""Light or dark, and the size of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker

from ui.overrides import override
from ui.pages.settings.body import SectionBody
from ui.settings import SCALES, ThemeChoice
from ui.widgets.choices import Chip, OneOf
from ui.widgets.layouts import row
from ui.widgets.parts import section
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext

THEMES = (
    (ThemeChoice.SYSTEM, "As the system is", "theme_system"),
    (ThemeChoice.LIGHT, "Light", "theme_light"),
    (ThemeChoice.DARK, "Dark", "theme_dark"),
)
KEYS = "Ctrl and + or - change it anywhere; Ctrl+0 brings 100 % back."
SAMPLE = "So large is the text: 7 schools, £1,234.50, 14 March 2025."


class ChipRow(OneOf):
    """Chips of which one is chosen."""

    def __init__(self, name: str, words: Sequence[str]) -> None:
        chips = [Chip(word) for word in words]
        super().__init__(chips)
        self.setAccessibleName(name)
        self.setLayout(row(*chips, 1, gap=8))


class AppearanceSection(SectionBody):
    """What this computer's screen shows best. It is no part of the book."""

    def __init__(self, context: AppContext) -> None:
        self.themes = ChipRow("Light or dark", [words for _, words, _ in THEMES])
        self.sizes = ChipRow("Text size", [f"{scale:.0%}" for scale in SCALES])
        super().__init__(context)
        self.themes.chosen.connect(self._on_theme)
        self.sizes.chosen.connect(self._on_size)
        self.fill(
            section("Light or dark", self.themes, gap=8),
            section("Text size", self.sizes, Label(KEYS, "caption", "muted", wrap=True), gap=8),
            Label(SAMPLE),
        )

    @override
    def refresh(self, year: int) -> None:
        self._follow()

    @override
    def dress(self) -> None:
        """The theme or size is another one now: from the menu, or from here."""
        super().dress()
        self._follow()

    def _follow(self) -> None:
        for choices, wanted in (
            (self.themes, self._theme()),
            (self.sizes, SCALES.index(self.context.settings.text_size)),
        ):
            with QSignalBlocker(choices):
                choices.choose(wanted)

    def _theme(self) -> int:
        return next(n for n, (choice, _, _) in enumerate(THEMES) if choice is self.context.settings.theme)

    def _on_theme(self, number: int) -> None:
        self.context.bus.command_wanted.emit(THEMES[number][2])

    def _on_size(self, number: int) -> None:
        self.context.bus.text_wanted.emit(SCALES[number])
