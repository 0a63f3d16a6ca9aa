"""The only door to labels, tooltips and button texts: what a user typed is shown, never interpreted.

QLabel and tooltips read HTML by default and load the pictures it names, from local disks and from servers
(safety.md, finding 11); buttons and menus read "&" as a mnemonic. So no other module makes a QLabel, sets a
tooltip or writes a button's text from data; a test looks for offenders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import theme
from ui.overrides import override

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Label(QLabel):
    """Plain words in one of the seven type styles.

    Args:
        text: shown as it is.
        role: a type style: caption, label, body, strong, section, title or figure.
        tone: "", muted, accent, good, warn or bad.
        wrap: break long text into lines.
        width: a fixed width in pixels at 100 % text size; 0 leaves it to the layout.
    """

    def __init__(
        self, text: str = "", role: str = "body", tone: str = "", *, wrap: bool = False, width: int = 0
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setOpenExternalLinks(False)
        self.setText(text)
        self.setWordWrap(wrap)
        self.setProperty("tone", tone)
        self._role, self._width = role, width
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.dress()

    def dress(self) -> None:
        """Take font and width from the theme."""
        self.setFont(theme.now().font(self._role))
        if self._width:
            self.setFixedWidth(theme.now().fs(self._width))

    def set_role(self, role: str) -> None:
        """Change the type style of the words."""
        if role != self._role:
            self._role = role
            self.dress()

    def set_tone(self, tone: str) -> None:
        """Change the colour of the words."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class ElidedLabel(Label):
    """A name that may be cut with "…" where there is no room; the whole name is then its tooltip.

    For names only: money, dates, states and claim numbers are never cut (look.md, 30).
    """

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(super().minimumSizeHint().width(), theme.now().fs(48)), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.shown_text()
        tip(self, self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(theme.now().c(self.property("tone") or "text"))
        painter.drawText(self.contentsRect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)

    def shown_text(self) -> str:
        """What fits into the present width."""
        width = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)


class Runs(Label):
    """A line in which some words are semibold: `Runs(("7 of 8", True), (" schools came", False))`.

    The only rich text in the window. The words are escaped; the markup is ours.
    """

    def __init__(self, *parts: tuple[str, bool], tone: str = "", wrap: bool = False) -> None:
        super().__init__("", tone=tone, wrap=wrap)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.set_parts(*parts)

    def set_parts(self, *parts: tuple[str, bool]) -> None:
        """Show other words."""
        markup = (
            f'<span style="font-weight:600">{escape(t)}</span>' if strong else escape(t)
            for t, strong in parts
        )
        self.setText("".join(markup))
        self.setAccessibleName("".join(text for text, _ in parts))


def escape(text: str) -> str:
    """Text for the few places that read markup; the html module would cost more than its use."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def breakable(text: str, room: int, role: str) -> str:
    """Text whose every word fits into `room` pixels: a longer one may be broken, by spaces of no width."""
    return " ".join("\u200b".join(_pieces(word, room, role)) for word in text.split(" "))


def _pieces(word: str, room: int, role: str) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, role) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def tip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip that is shown as it is written."""
    safe = tip_text(text)
    if widget.toolTip() != safe:
        widget.setToolTip(safe)


def tip_text(text: str) -> str:
    """A tooltip's text, for widgets and for item models: escaped where Qt might take it for markup."""
    return f"<qt>{escape(text)}</qt>" if "<" in text else text


def literal(text: str) -> str:
    """Text for a button, menu or tab, in which "&" is a sign and not a mnemonic."""
    return text.replace("&", "&&")


def text_width(text: str, role: str = "body") -> int:
    """How wide a text is in one of the type styles, in pixels."""
    return QFontMetrics(theme.now().font(role)).horizontalAdvance(text)
