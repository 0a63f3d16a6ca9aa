"""Buttons: plain, primary (one a view), quiet (a word that acts) and bar (in the window's frame)."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui import theme
from ui.icons import Icon, qicon
from ui.overrides import override
from ui.widgets.plain import literal, tip


class Kind(StrEnum):
    """What a button looks like; the style sheet knows these words."""

    PLAIN = "plain"
    PRIMARY = "primary"
    QUIET = "quiet"
    BAR = "bar"


_ICON_TONE = {Kind.PRIMARY: "on_accent", Kind.QUIET: "accent", Kind.PLAIN: "muted", Kind.BAR: "muted"}


class Button(QPushButton):
    """A push button.

    Args:
        text: its words; "" for an icon alone, which then needs a tip.
        kind: what it looks like.
        icon: an icon before the words.
        tip: its tooltip, and its name for a screen reader where the words alone do not say it all.
        width: a fixed width in pixels at 100 % text size; 0 fits the words.
        role: the type style; semibold for primary and quiet buttons unless given.
    """

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.PLAIN,
        icon: Icon | None = None,
        *,
        tip: str = "",
        width: int = 0,
        role: str = "",
    ) -> None:
        super().__init__()
        self._words, self._icon, self._kind, self._width = text, icon, kind, width
        self._role = role or ("strong" if kind in {Kind.PRIMARY, Kind.QUIET} else "body")
        self._cap = 0
        self.setProperty("kind", kind.value)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(text, tip)
        self.dress()

    def set_words(self, text: str, spoken: str = "") -> None:
        """Change the words and what a screen reader says."""
        self._words = text
        self.setAccessibleName(spoken or text)
        tip(self, spoken)
        self._fit()

    def set_cap(self, pixels: int) -> None:
        """Cut the words with "…" beyond this width; 0 never cuts. For names of actions only."""
        self._cap = pixels
        self._fit()

    def set_tone(self, tone: str) -> None:
        """Colour the icon."""
        self.setIcon(
            qicon(self._icon, theme.now().c(tone), self.iconSize().width()) if self._icon else self.icon()
        )

    def dress(self) -> None:
        """Take font, icon and width from the theme."""
        now = theme.now()
        self.setFont(now.font(self._role))
        if self._icon is not None:
            size = now.fs(16)
            self.setIcon(qicon(self._icon, now.c(_ICON_TONE[self._kind]), size))
            self.setIconSize(QSize(size, size))
        self._fit()

    def words(self) -> str:
        """The words, uncut."""
        return self._words

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self._width:
            return hint
        # a fixed width is a wish: words that need more get it
        return QSize(max(theme.now().fs(self._width), hint.width()), hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _fit(self) -> None:
        shown = self._words
        if self._cap and shown:
            metrics = QFontMetrics(theme.now().font(self._role))
            shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, self._cap)
            if shown != self._words and not self.toolTip():
                tip(self, self._words)
        self.setText(literal(shown))
        self.updateGeometry()
