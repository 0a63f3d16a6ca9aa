"""Buttons: plain, primary (one a view), quiet and link (words that act), bar (in the window's frame)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui import theme
from ui.icons import Icon, qicon
from ui.overrides import override
from ui.widgets import reading
from ui.widgets.plain import literal, tip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Kind(StrEnum):
    """What a button looks like; the style sheet knows these words."""

    PLAIN = "plain"
    PRIMARY = "primary"
    QUIET = "quiet"
    LINK = "link"
    BAR = "bar"


_ICON_TONE = {Kind.PRIMARY: "on_accent", Kind.QUIET: "accent", Kind.LINK: "accent"}


class Button(QPushButton):
    """A push button.

    Args:
        text: its words; "" for an icon alone, which then needs a tip.
        kind: what it looks like.
        icon: an icon before the words.
        tip: its tooltip, and its name for a screen reader where the words alone do not say it all.
        width: a fixed width in pixels at 100 % text size; 0 fits the words.
        role: the type style; semibold for primary and quiet buttons unless given.
        always: whatever its words are, it changes nothing in the book, or what it leads to looks to that
            itself: so it acts too in a book that can only be read. Without it, `reading` knows the words of
            what only looks, and every other button is off there.
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
        always: bool = False,
    ) -> None:
        super().__init__()
        self._always, self._on = always, True
        self._words, self._icon, self._kind, self._width = text, icon, kind, width
        self._role = role or ("strong" if kind in {Kind.PRIMARY, Kind.QUIET} else "body")
        self.setProperty("kind", kind.value)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(text, tip)
        self.dress()
        self.setEnabled(True)

    def set_words(self, text: str, spoken: str = "") -> None:
        """Change the words and what a screen reader says."""
        self._words = text
        self.setAccessibleName(spoken or text)
        stopped = self._stopped()
        tip(self, reading.why_not() if stopped else spoken)
        self.setText(literal(text))
        super().setEnabled(self._on and not stopped)

    @override
    def setEnabled(self, on: bool) -> None:
        """Let it be pressed, unless it would change a book that can only be read."""
        self._on = on
        super().setEnabled(on and not self._stopped())

    def _stopped(self) -> bool:
        return not self._always and reading.stops(self._words)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that the ring is on, not the one that a dialog would choose."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & _COMMAND:
            self.click()
        else:
            super().keyPressEvent(event)

    def set_kind(self, kind: Kind) -> None:
        """Look like another kind: where two would be primary, one gives way."""
        if kind is not self._kind:
            self._kind = kind
            self.setProperty("kind", kind.value)
            self.style().unpolish(self)
            self.style().polish(self)
            self.dress()

    def dress(self) -> None:
        """Take font, icon and width from the theme."""
        now = theme.now()
        self.setFont(now.font(self._role))
        if self._icon is not None:
            size = now.fs(16)
            self.setIcon(qicon(self._icon, now.c(_ICON_TONE.get(self._kind, "muted")), size))
            self.setIconSize(QSize(size, size))

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
