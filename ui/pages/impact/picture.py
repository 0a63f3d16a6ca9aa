"""A kept photograph, shown small in a panel: read in the file's thread, made small in the pool."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainterPath, QPen

from models.errors import AppError
from models.queries.attachments import FileContent, content
from ui import theme
from ui.overrides import override
from ui.widgets.painted import Painted

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from ui.context import AppContext
    from ui.tasks import Progress

HIGH = 200  # pixels at 100 % text size
LARGEST = 1200  # pixels across that a small picture is ever made of
MOST_MEMORY = 512  # megabytes that reading one may take; a bomb of a picture is left alone
CANNOT = "This picture cannot be shown here: open it to see it."


def small(found: FileContent, _progress: Progress) -> QImage:
    """A picture made small, turned the way it was taken; an empty one if it cannot be read."""
    data = QByteArray(found.data)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(MOST_MEMORY)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    whole = reader.size()
    if whole.isValid() and max(whole.width(), whole.height()) > LARGEST:
        reader.setScaledSize(whole.scaled(LARGEST, LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class Picture(Painted):
    """One photograph. It keeps its room free until it is there.

    Args:
        context: the shared things.
        file_id: the kept file.
        spoken: what it shows, for a screen reader.
    """

    def __init__(self, context: AppContext, file_id: int, spoken: str) -> None:
        super().__init__(spoken)
        self._image = QImage()
        self._words = ""
        self._context = context
        context.book.ask(partial(content, attachment_id=file_id), self._make, self._gone, key="picture")

    def shown(self) -> QSize:
        """The size of the picture as it was read; empty until then."""
        return self._image.size()

    @override
    def hint(self) -> QSize:
        return QSize(theme.now().fs(160), theme.now().fs(HIGH))

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        now = theme.now()
        if self._image.isNull():
            painter.setPen(QPen(now.c("line"), 1))
            painter.setBrush(now.c("hover"))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.setPen(now.c("muted"))
            painter.setFont(now.font("caption"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(rect.adjusted(12, 12, -12, -12), int(flags), self._words)
            return
        size = self._image.size().scaled(rect.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(rect.left(), rect.top(), size.width(), size.height())
        shape = QPainterPath()
        shape.addRoundedRect(place, 6, 6)
        painter.setClipPath(shape)
        painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)

    # -- inside

    def _make(self, found: FileContent) -> None:
        self._context.tasks.pool.run(partial(small, found), self._show)

    def _show(self, image: QImage) -> None:
        self._image = image
        self._words = CANNOT if image.isNull() else ""
        self.update()

    def _gone(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._words = str(error)
        self.update()
