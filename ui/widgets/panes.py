"""A panel beside the page's main thing: of a fixed width, or as wide as the page where that is stacked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.layouts import column

if TYPE_CHECKING:
    from ui.widgets.layouts import Item

WIDEST = 16_777_215  # Qt's own "as wide as you like"


class SizedPane(QWidget):
    """Holds one thing at a width given in pixels at 100 % text size."""

    def __init__(self, inner: Item) -> None:
        super().__init__()
        self._pixels, self._fixed = 0, False
        self.setLayout(column(inner))

    def set_size(self, pixels: int, *, fixed: bool) -> None:
        """Keep to a width, or give that up."""
        self._pixels, self._fixed = pixels, fixed
        self.dress()

    def dress(self) -> None:
        """Take the width from the theme."""
        if self._fixed:
            self.setFixedWidth(theme.now().fs(self._pixels))
        else:
            self.setMinimumWidth(0)
            self.setMaximumWidth(WIDEST)
