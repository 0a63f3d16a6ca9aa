"""The theme and text size chosen, followed live: from the View menu, and from the system's light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from ui.settings import SCALES, Settings, ThemeChoice
from ui.theme import Theme, installed_families

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_SCHEMES = {
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
}


class Look(QObject):
    """Keeps the application drawn as the settings say.

    Attributes:
        changing: the theme or the text size is about to be another one.
        changed: the theme or the text size is another one now.
    """

    changing = Signal()
    changed = Signal()

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__()
        self._app, self._settings = app, settings
        self._families = installed_families()
        self._applied: Theme | None = None
        self._set_scheme()
        app.styleHints().colorSchemeChanged.connect(self.apply)
        self.apply()

    def apply(self) -> None:
        """Draw the application as the settings and the system say now."""
        wanted = Theme(self._dark(), self._settings.text_size, self._families)
        if wanted == self._applied:
            return
        self._applied = wanted
        self.changing.emit()
        wanted.apply(self._app)
        self.changed.emit()

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Light, dark or as the system."""
        self._settings.theme = choice
        self._set_scheme()
        self.apply()

    def step_text(self, steps: int) -> None:
        """Make the text larger (1) or smaller (-1) by one step; 0 sets it back to 100 %."""
        here = SCALES.index(self._settings.text_size)
        target = min(max(here + steps, 0), len(SCALES) - 1) if steps else 0
        self._settings.text_size = SCALES[target]
        self.apply()

    def choose_text(self, scale: float) -> None:
        """Draw the text at one of the sizes there are."""
        self._settings.text_size = scale
        self.apply()

    def _dark(self) -> bool:
        choice = self._settings.theme
        if choice is ThemeChoice.SYSTEM:
            return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return choice is ThemeChoice.DARK

    def _set_scheme(self) -> None:
        # tells the system too, so that the title bar goes with the window
        self._app.styleHints().setColorScheme(_SCHEMES[self._settings.theme])
