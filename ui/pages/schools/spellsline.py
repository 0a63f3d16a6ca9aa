"""When a school was a member, drawn on a line of school years."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from ui import theme
from ui.format import date_range, long_date, year_label
from ui.overrides import override
from ui.widgets.painted import Painted
from ui.widgets.plain import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.queries.school_detail import SpellLine

BAR, MARK = 10, 4  # pixels at 100 % text size


class SpellsLine(Painted):
    """Solid where it was a member, outlined where it will be one; a mark stands at the day shown.

    Args:
        spells: its spells of membership.
        span: first and last day of the line, whole school years.
        day: the day shown.
    """

    def __init__(self, spells: Sequence[SpellLine], span: tuple[dt.date, dt.date], day: dt.date) -> None:
        super().__init__(spoken(spells))
        self._spells, self._span, self._day = tuple(spells), span, day

    @override
    def hint(self) -> QSize:
        now = theme.now()
        return QSize(200, now.fs(BAR + MARK + 16) + 4)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        now = theme.now()
        top, height = now.fs(MARK), now.fs(BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.c("track"))
        painter.drawRoundedRect(QRectF(0, top, rect.width(), height), 2.5, 2.5)
        for spell in self._spells:
            self._draw_spell(painter, rect, spell, QRectF(0, top, 0, height))
        self._draw_years(painter, rect, top, height)
        at = self._x(rect, self._day)
        painter.setPen(QPen(now.c("text"), 2))
        painter.drawLine(QPointF(at, 0), QPointF(at, top + height + now.fs(MARK)))

    def _draw_spell(self, painter: QPainter, rect: QRectF, spell: SpellLine, bar: QRectF) -> None:
        now, fact = theme.now(), spell.fact
        left = self._x(rect, fact.joined_on)
        right = self._x(rect, fact.left_on + dt.timedelta(days=1)) if fact.left_on else rect.width()
        until = min(max(self._x(rect, self._day), left), right)
        if right > until:
            painter.setPen(QPen(now.c("accent"), 1))
            painter.setBrush(now.c("accent_soft"))
            ahead = QRectF(left, bar.top(), right - left, bar.height())
            painter.drawRoundedRect(ahead.adjusted(0.5, 0.5, -0.5, -0.5), 2.5, 2.5)
        if until > left:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.c("accent"))
            painter.drawRoundedRect(QRectF(left, bar.top(), until - left, bar.height()), 2.5, 2.5)

    def _draw_years(self, painter: QPainter, rect: QRectF, top: float, height: float) -> None:
        """A hairline at each 1 September; the year's words where there is room for them."""
        now = theme.now()
        painter.setFont(now.font("caption"))
        years = range(self._span[0].year, self._span[1].year)
        for year in years:
            left = self._x(rect, dt.date(year, 9, 1))
            right = self._x(rect, dt.date(year + 1, 9, 1))
            if year != years[0]:
                painter.fillRect(QRectF(left, top, 1, height + now.fs(MARK)), now.c("edge"))
            words = year_label(year)
            if text_width(words, "caption") > right - left - 8:
                words = f"{year}"
            if text_width(words, "caption") <= right - left - 8:
                painter.setPen(now.c("muted"))
                where = QRectF(left + (6 if left else 0), top + height + 2, right - left, now.fs(18))
                painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _x(self, rect: QRectF, day: dt.date) -> float:
        """Where a day stands."""
        first, last = self._span
        whole = max((last - first).days + 1, 1)
        return rect.width() * min(max((day - first).days / whole, 0.0), 1.0)


def spoken(spells: Sequence[SpellLine]) -> str:
    """The spells in words: `Member from 1 September 2023; from … to …`."""
    said = [
        date_range(one.fact.joined_on, one.fact.left_on)
        if one.fact.left_on
        else f"since {long_date(one.fact.joined_on)}"
        for one in spells
    ]
    return f"Member {', '.join(said)}" if said else "Never a member"
