"""A box to tick."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QSizePolicy

from ui import theme
from ui.widgets.plain import literal, tip


class Tick(QCheckBox):
    """An option that is on or off.

    Args:
        text: its words.
        spoken: what it means, as a tooltip and for a screen reader.
    """

    def __init__(self, text: str, spoken: str = "") -> None:
        super().__init__(literal(text))
        self.setAccessibleName(text)
        self.setAccessibleDescription(spoken)
        tip(self, spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.dress()

    def dress(self) -> None:
        """Take the font from the theme."""
        self.setFont(theme.now().font())
