"""Design tokens become a palette, a small style sheet and a type scale; light and dark, 100 to 175 % text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

import resources
from ui.qss import SHEET

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROPERTY = "clusterbook_theme"
_COLOURS = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.Base: "sheet",
    QPalette.ColorRole.AlternateBase: "window",
    QPalette.ColorRole.Button: "sheet",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "sheet",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "accent_soft",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Light: "sheet",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "edge",
}
_TEXT_ROLES = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


@dataclass(frozen=True)
class Theme:
    """How the application is drawn now.

    Attributes:
        dark: the dark set of colours.
        scale: the View text size, 1.0 to 1.75. Text grows fully with it, space only half as fast.
        families: the font families of this machine to use, best first.
    """

    dark: bool = False
    scale: float = 1.0
    families: tuple[str, ...] = ()

    @property
    def colours(self) -> Mapping[str, str]:
        """Token name to "#RRGGBB"."""
        tokens = resources.tokens()
        return tokens.dark if self.dark else tokens.light

    def hex(self, name: str) -> str:
        """A colour for a style sheet or an SVG."""
        return self.colours[name]

    def c(self, name: str) -> QColor:
        """A colour for a painter."""
        return QColor(self.colours[name])

    def fs(self, px: float) -> int:
        """A length that belongs to text: grows fully with the text size."""
        return round(px * self.scale)

    def px(self, px: float) -> int:
        """A length that is space: grows half as fast as text."""
        return round(px * (1 + (self.scale - 1) * 0.5))

    def ems(self, width: int) -> float:
        """A width in ems of the body text, so that text size and window width are one question."""
        return width / self.fs(resources.tokens().window_type["body"].px)

    @property
    def row(self) -> int:
        """The height of a table row: 32 at 100 %, 39 at 150 %."""
        return self.fs(13) + 19

    def font(self, role: str = "body") -> QFont:
        """One of the seven type styles, with tabular figures."""
        step = resources.tokens().window_type[role]
        return _font(self.families, self.fs(step.px), step.weight)

    def palette(self) -> QPalette:
        """Fusion draws everything from this; the style sheet adds only what a palette cannot say."""
        palette = QPalette()
        for role, name in _COLOURS.items():
            palette.setColor(role, self.c(name))
        for role in _TEXT_ROLES:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.c("edge"))
        return palette

    def style_sheet(self) -> str:
        """The style sheet with this theme's colours and sizes."""
        sizes = {
            "bx": self.px(12),
            "bxf": self.px(12) - 1,
            "h": self.fs(13) + 15,
            "hf": self.fs(13) + 13,
            "r": 6,
            "head": self.row - 2,
            "x": self.px(12),
            "cap": self.fs(12),
            "tick": self.fs(16),
            "menu_y": self.px(5),
        }
        return SHEET % {**self.colours, **sizes}

    def prepare(self, app: QApplication) -> None:
        """Take on the colours alone: all that the first paint needs, and cheap."""
        app.setProperty(_PROPERTY, self)
        app.setPalette(self.palette())

    def apply(self, app: QApplication) -> None:
        """Draw the whole application this way, and bring every open window up to date."""
        # by way of none: from one sheet straight to another, Qt takes several times as long
        app.setStyleSheet("")
        self.prepare(app)
        app.setFont(self.font())
        app.setStyleSheet(self.style_sheet())
        for window in app.topLevelWidgets():
            redress(window)


@cache
def _font(families: tuple[str, ...], px: int, weight: int) -> QFont:
    """One font object a style; callers get it by value, so sharing is safe."""
    font = QFont(list(families))
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font


def installed_families() -> tuple[str, ...]:
    """Those of our font families that this machine has, best first; the packaged Lato if it has none."""
    wanted, have = resources.tokens().families, set(QFontDatabase.families())
    found = tuple(name for name in wanted if name in have)
    if found:
        return found
    from ui.fonts import load_packaged_fonts

    return load_packaged_fonts()


def now() -> Theme:
    """The theme the application is drawn with: like `QApplication.palette()`, a fact of the whole process."""
    app = QApplication.instance()
    theme = app.property(_PROPERTY) if app is not None else None
    return theme if isinstance(theme, Theme) else Theme()


@runtime_checkable
class Dressed(Protocol):
    """Anything that takes a size, a font or an icon from the theme, and can take it again."""

    def dress(self) -> None:
        """Take sizes, fonts and icons from `now()`."""


def redress(root: QWidget) -> None:
    """Bring a window and everything in it up to date with the theme."""
    parts = (root, *root.findChildren(QObject))
    for part in parts:
        if isinstance(part, Dressed):
            part.dress()
    for part in parts:
        if isinstance(part, QWidget):
            part.updateGeometry()
            part.update()
