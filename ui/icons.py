"""Our own line icons on a 24 x 24 grid, coloured by the theme; their paths lie in resources/icons.json.

The names are needed before the first paint, drawing only after it: so Qt's drawing classes are imported late.
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import resources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QIcon, QPainter
    from PySide6.QtSvg import QSvgRenderer

STROKE = 1.7


class Icon(StrEnum):
    """Every icon there is; a test loads each and finds none unused in the file."""

    ALERT = "alert"
    BANK = "bank"
    BOOK = "book"
    CHECK = "check"
    CLAIMS = "claims"
    CLIP = "clip"
    CLOCK = "clock"
    CLOSE = "close"
    DISK = "disk"
    DOWN = "down"
    EXPORT = "export"
    FOLDER = "folder"
    FUND = "fund"
    HELP = "help"
    HOME = "home"
    IMPACT = "impact"
    INFO = "info"
    LEFT = "left"
    LOCK = "lock"
    MEETINGS = "meetings"
    MENU = "menu"
    MINUS = "minus"
    PACK = "pack"
    PEOPLE = "people"
    PLUS = "plus"
    PRINT = "print"
    REDO = "redo"
    RIGHT = "right"
    SCHOOLS = "schools"
    SEARCH = "search"
    SETTINGS = "settings"
    SHIELD = "shield"
    TRASH = "trash"
    UNDO = "undo"


@cache
def paths() -> Mapping[str, str]:
    """Icon name to the `d` of its SVG path."""
    found: dict[str, str] = json.loads(resources.path("icons.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=256)
def _renderer(icon: Icon, colour: str, width: float) -> QSvgRenderer:
    from PySide6.QtCore import QByteArray
    from PySide6.QtSvg import QSvgRenderer

    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{paths()[icon]}" fill="none" '
        f'stroke="{colour}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
    return QSvgRenderer(QByteArray(svg.encode()))


def paint(painter: QPainter, icon: Icon, rect: QRectF, colour: QColor, width: float = STROKE) -> None:
    """Draw an icon straight into a rectangle, sharp at any screen scaling."""
    _renderer(icon, colour.name(), width).render(painter, rect)


def qicon(icon: Icon, colour: QColor, size: int) -> QIcon:
    """A QIcon of `size` pixels with pictures for one, two and three device pixels, for buttons and menus."""
    from PySide6.QtCore import QRectF, QSize, Qt
    from PySide6.QtGui import QIcon, QPainter, QPixmap

    made = QIcon()
    for ratio in (1, 2, 3):
        picture = QPixmap(QSize(size, size) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint(painter, icon, QRectF(0, 0, size, size), colour)
        painter.end()
        made.addPixmap(picture)
    return made
