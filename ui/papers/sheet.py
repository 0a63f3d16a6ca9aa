"""A picture of a sheet of labels: a click or the arrow keys say at which label printing begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.overrides import override
from ui.widgets.painted import draw_focus
from ui.widgets.plain import tip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from reports.kit.labels import LabelSheet

WIDTH = 140  # pixels at 100 % text size
A4 = (210.0, 297.0)  # mm
Key = Qt.Key


class SheetPicture(QWidget):
    """The sheet: labels that are gone are grey, those to be printed tinted, the first has its number.

    Attributes:
        picked: another label is the first: (its number from 1,).
    """

    picked = Signal(int)

    def __init__(self, sheet: LabelSheet) -> None:
        super().__init__()
        self._sheet, self._first, self._number = sheet, 1, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        tip(self, "Click the first label to print on, or use the arrow keys")
        self._say()

    def first(self) -> int:
        """The label that printing begins at, from 1."""
        return self._first

    def show_sheet(self, sheet: LabelSheet) -> None:
        """Show another sheet; a first label that it does not have becomes its first."""
        self._sheet = sheet
        if self._first > sheet.per_sheet:
            self._first = 1
        self._say()

    def show_number(self, number: int) -> None:
        """Say how many labels will be printed."""
        self._number = number
        self._say()

    def pick(self, place: int) -> None:
        """Begin at another label."""
        place = min(max(place, 1), self._sheet.per_sheet)
        if place != self._first:
            self._first = place
            self._say()
            self.picked.emit(place)

    def label_at(self, point: QPointF) -> int | None:
        """The label under a point of the picture; None between labels."""
        places = range(1, self._sheet.per_sheet + 1)
        return next((place for place in places if self.label(place).contains(point)), None)

    def label(self, place: int) -> QRectF:
        """Where a label is in the picture."""
        sheet, scale = self._sheet, (self.width() - 1) / A4[0]
        line, column = divmod(place - 1, sheet.columns)
        left, top = sheet.left + column * sheet.across, sheet.top + line * sheet.down
        return QRectF(left * scale, top * scale, sheet.width * scale, sheet.height * scale)

    def _say(self) -> None:
        whole = self._sheet.per_sheet
        self.setAccessibleName(f"First label: {self._first} of {whole}")
        self.setAccessibleDescription("Arrow keys choose the label that printing begins at")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = theme.now().fs(WIDTH)
        return QSize(width, round(width * A4[1] / A4[0]))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.label_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and place is not None:
            self.pick(place)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        across = self._sheet.columns
        steps = {Key.Key_Left: -1, Key.Key_Right: 1, Key.Key_Up: -across, Key.Key_Down: across}
        key = Key(event.key())
        if key in steps:
            place = self._first + steps[key]
            if 1 <= place <= self._sheet.per_sheet:
                self.pick(place)
        elif key in {Key.Key_Home, Key.Key_End}:
            self.pick(1 if key == Key.Key_Home else self._sheet.per_sheet)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = theme.now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(now.c("edge"), 1))
        painter.setBrush(now.c("window"))
        painter.drawRoundedRect(paper, 3, 3)
        painter.setFont(now.font("caption"))
        for place in range(1, self._sheet.per_sheet + 1):
            self._draw_label(painter, place)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), 4)
        painter.end()

    def _draw_label(self, painter: QPainter, place: int) -> None:
        now, first = theme.now(), place == self._first
        gone, wanted = place < self._first, place < self._first + self._number
        fill = "track" if gone else "accent" if first else "accent_soft" if wanted else "sheet"
        painter.setPen(QPen(now.c("accent" if wanted and not gone else "line"), 1))
        painter.setBrush(now.c(fill))
        where = self.label(place).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(where, 3, 3)
        painter.setPen(now.c("on_accent" if first else "muted"))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, "used" if gone else str(place))
