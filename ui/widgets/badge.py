"""A word in a tint. The word carries the meaning; the colour only repeats it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from ui import theme
from ui.overrides import override
from ui.widgets.painted import Painted

if TYPE_CHECKING:
    from collections.abc import Mapping

# Submitted is amber because it waits for the lead; Approved is accent because nothing is wrong or finished.
TONES: Mapping[str, str] = {
    "Activity only": "accent",
    "Adopted": "good",
    "Agreed by all": "good",
    "Approved": "accent",
    "Ask": "warn",
    "Asked": "warn",
    "Asks for": "warn",
    "At risk": "warn",
    "Available": "good",
    "Awarded": "good",
    "Being agreed": "accent",
    "By all": "good",
    "By some": "accent",
    "Closed": "good",
    "Code twice": "bad",
    "Complete": "good",
    "Consent ended": "bad",
    "Declined": "bad",
    "Done": "good",
    "Due": "bad",
    "Expired": "bad",
    "Finalised": "good",
    "Funded": "good",
    "Given": "good",
    "Held": "good",
    "In the pack": "good",
    "Incomplete": "warn",
    "Joins later": "accent",
    "Joint order": "accent",
    "Leaving": "warn",
    "Missing": "bad",
    "Moved": "warn",
    "Next": "accent",
    "No": "bad",
    "No activity": "warn",
    "No permission": "bad",
    "Not found": "bad",
    "Not yet": "warn",
    "Note needed": "warn",
    "Offers": "accent",
    "On the waiting list": "warn",
    "On trial": "accent",
    "Open": "accent",
    "Out": "accent",
    "Overdue": "bad",
    "Paid": "good",
    "Private": "warn",
    "Received": "good",
    "Refused": "bad",
    "Rejected": "bad",
    "Renew soon": "warn",
    "Requested": "warn",
    "Reserved": "accent",
    "Review overdue": "bad",
    "Reviewed": "good",
    "Running": "accent",
    "Sample": "warn",
    "Served": "good",
    "Settled": "good",
    "Submitted": "warn",
    "Tell the Advisor": "warn",
    "Thin": "warn",
    "To check": "warn",
    "To close": "warn",
    "To enter": "warn",
    "Used": "good",
    "Waiting": "warn",
    "With evidence": "good",
    "Yes": "good",
}
PLAIN = "plain"


def tone_of(word: str) -> str:
    """The tone of a state word; a word without one is plain."""
    return TONES.get(word, PLAIN)


def badge_size(text: str) -> QSize:
    """The size of a badge in the present theme."""
    metrics = QFontMetrics(theme.now().font("label"))
    return QSize(metrics.horizontalAdvance(text) + 16, metrics.height() + 4)


def draw_badge(
    painter: QPainter, text: str, left: float, middle: float, tone: str = "", *, selected: bool = False
) -> None:
    """Draw a badge from `left`, centred on `middle`; on a selected row in the sheet's colour."""
    now, size = theme.now(), badge_size(text)
    tone = tone or tone_of(text)
    rect = QRectF(left, middle - size.height() / 2, size.width(), size.height())
    tint = "track" if tone == PLAIN else f"{tone}_soft"
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(now.c("sheet" if selected else tint))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(now.c("text" if tone == PLAIN else tone))
    painter.setFont(now.font("label"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class Badge(Painted):
    """A state beside a title or at the end of a line."""

    def __init__(self, text: str, tone: str = "") -> None:
        super().__init__(text, fixed=True)
        self._text, self._tone = text, tone

    def set_text(self, text: str, tone: str = "") -> None:
        """Show another state."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def hint(self) -> QSize:
        return badge_size(self._text)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        draw_badge(painter, self._text, 0, rect.center().y(), self._tone)
