"""How the register looks: a letter in its square and who it is; blocks of allowance with what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView

from ui import theme
from ui.delegates.cells import PAD, Cell, CellDelegate, draw_words
from ui.format import pounds
from ui.itemmodels.records import Role
from ui.overrides import override
from ui.pages.meetings.registermodel import SCHOOL, RegisterModel
from ui.pages.meetings.registerwords import BETWEEN, NOBODY
from ui.widgets.keygrid import KeyGrid
from ui.widgets.meters import draw_blocks, draw_letter

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

    Index = QModelIndex | QPersistentModelIndex

TILE, METER, METER_TIGHT, LEAST_SCHOOL = 26, 88, 64, 130  # pixels at 100 % text size
Align = Qt.AlignmentFlag


class RingDelegate(CellDelegate):
    """Words with a ring when current: the school's name."""

    ring = True


class PersonDelegate(CellDelegate):
    """The letter of a mark in its square, then who; a dot says that it is not saved."""

    ring = True

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        found = index.data(Role.RECORD)
        if found is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_person(painter, QRectF(option.rect), index, found[1])
        painter.restore()

    @override
    def draw(self, painter: QPainter, cell: Cell) -> None:
        if cell.text == "–":
            painter.setPen(theme.now().c("muted"))
            draw_words(painter, cell)

    def _draw_person(self, painter: QPainter, rect: QRectF, index: Index, now: object) -> None:
        look = theme.now()
        size = min(look.fs(TILE), rect.height() - 9)
        tile = QRectF(rect.left() + look.px(PAD), rect.center().y() - size / 2, size, size)
        code = getattr(now, "code", None)
        painter.setFont(look.font("strong"))
        draw_letter(painter, tile, code.value if code is not None else "")
        model = index.model()
        if isinstance(model, RegisterModel) and model.is_typed(index):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.c("warn"))
            painter.drawEllipse(QPointF(tile.right() - 1, tile.top() + 1), 3.5, 3.5)
        painter.setFont(look.font())
        painter.setPen(look.c("muted" if index.data().startswith(NOBODY) else "text"))
        left = tile.right() + look.px(8)
        room = rect.right() - look.px(4) - left
        who, _, wants = index.data().partition(BETWEEN)
        wants = f"{BETWEEN}{wants}" if wants else ""
        metrics = QFontMetrics(painter.font())
        spare = room - metrics.horizontalAdvance(wants)
        who = metrics.elidedText(who, Qt.TextElideMode.ElideRight, int(spare) + 1)
        painter.drawText(QRectF(left, rect.top(), room, rect.height()), Align.AlignVCenter, who)
        painter.setPen(look.c("warn"))
        left += metrics.horizontalAdvance(who)
        painter.drawText(QRectF(left, rect.top(), room, rect.height()), Align.AlignVCenter, wants)


class AllowanceDelegate(CellDelegate):
    """A school's half-days as blocks, and what is left in pounds."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        found = index.data(Role.RECORD)
        if found is None or not found.allowance_p:
            return
        look, rect = theme.now(), QRectF(option.rect)
        part = found.blocks[0].size_p if found.blocks else found.allowance_p
        left = rect.left() + look.px(4)
        room = rect.width() - look.px(PAD + 12) - QFontMetrics(look.font()).horizontalAdvance(pounds(100_00))
        width, height = min(look.fs(METER), room), look.fs(12)
        if width < look.fs(40):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        where = QRectF(left, rect.center().y() - height / 2, width, height)
        draw_blocks(painter, where, found.used_p, found.planned_p, found.allowance_p, part)
        painter.restore()

    @override
    def draw(self, painter: QPainter, cell: Cell) -> None:
        if cell.text == "none":
            painter.setPen(theme.now().c("muted"))
        draw_words(painter, cell._replace(right=True))


class RegisterGrid(KeyGrid):
    """The register on screen: P S A N mark, Space goes through them, arrows move."""

    def __init__(self, model: RegisterModel) -> None:
        super().__init__(
            "Attendance: schools down, people across. Type P, S, A or N; Space goes through them.",
            model,
            down=True,
        )
        self._register = model
        self._delegates = (RingDelegate(self), PersonDelegate(self), AllowanceDelegate(self))
        self._tight = False
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        model.modelReset.connect(self._lay_out)
        model.sized.connect(self._lay_out)
        self.dress()

    def set_tight(self, *, on: bool) -> None:
        """Lay rows closer, where the window is small."""
        self._tight = on
        self.dress()

    def dress(self) -> None:
        """Take sizes from the theme."""
        self.set_row_height(theme.now().fs(13) + (23 if self._tight else 30))
        self._lay_out()

    def begin(self) -> None:
        """Put the ring on the first person, unless it stands somewhere already."""
        if not self.currentIndex().isValid() and self._register.rowCount():
            self.setCurrentIndex(self._register.index(0, 1))

    def _lay_out(self) -> None:
        model, heads, look = self._register, self.horizontalHeader(), theme.now()
        columns = model.columnCount()
        if not model.rowCount():
            return
        body, label = QFontMetrics(look.font()), QFontMetrics(look.font("label"))
        last = columns - 1 if model.has_left() else columns
        for column in range(columns):
            kind = 0 if column == SCHOOL else 2 if column >= last else 1
            self.setItemDelegateForColumn(column, self._delegates[kind])
            words = [str(model.index(row, column).data() or "") for row in range(model.rowCount())]
            widest = max((body.horizontalAdvance(text) for text in words), default=0) + 2 * look.px(PAD) + 2
            if kind == 1:
                widest += look.fs(TILE) + look.px(8)  # the ring does not touch the words
            elif kind == 2:
                figure = body.horizontalAdvance(pounds(100_00))
                widest = max(widest, figure) + look.fs(METER_TIGHT if self._tight else METER)
                widest += look.px(PAD + 16)
            head = label.horizontalAdvance(
                str(model.headerData(column, Qt.Orientation.Horizontal))
            ) + 2 * look.px(PAD)
            mode = QHeaderView.ResizeMode.Interactive
            heads.setSectionResizeMode(column, mode)
            heads.resizeSection(column, min(max(widest, head), look.fs(240)))
        spare = self.viewport().width() - heads.length()
        if spare < 0 and model.has_left() and not self._tight:
            gain = min(-spare, look.fs(METER - METER_TIGHT))
            heads.resizeSection(last, heads.sectionSize(last) - gain)
            spare += gain
        least = look.fs(LEAST_SCHOOL)  # a long name is cut before the grid has to be moved sideways
        heads.resizeSection(SCHOOL, max(heads.sectionSize(SCHOOL) + spare, least))

    @override
    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self._lay_out()
