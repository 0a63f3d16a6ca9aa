"""The cluster's logo for the cover: shown small, chosen, taken off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPen

from models.errors import AppError
from models.filegate import read
from models.services import pack_options
from ui import theme
from ui.dialogs.files import choose_to_open
from ui.dialogs.plain import PlainDialog
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.painted import RADIUS, Painted
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from ui.context import AppContext
    from ui.tasks import Progress

PICTURES = "Pictures (*.png *.jpg *.jpeg)"
HIGH, ACROSS = 140, 600  # pixels at 100 % text size; pixels across that the picture is made small to
NONE = "No logo yet. A PNG or JPEG of the cluster or of the lead school can stand on the cover."


def small(data: bytes, _progress: Progress) -> QImage:
    """A logo made small; an empty picture if it cannot be printed."""
    from models.pictures import Unprintable, print_copy

    try:
        return QImage.fromData(print_copy(data, ACROSS).jpeg)
    except Unprintable:
        return QImage()


class LogoPicture(Painted):
    """The logo on white, as on paper; or a sentence."""

    def __init__(self) -> None:
        super().__init__("Logo")
        self._image, self._words = QImage(), NONE

    def show_image(self, image: QImage, words: str) -> None:
        """Show a picture, or words in its place."""
        self._image, self._words = image, words
        self.setAccessibleName("Logo" if not image.isNull() else words)
        self.update()

    def shown(self) -> bool:
        """Whether there is a picture."""
        return not self._image.isNull()

    @override
    def hint(self) -> QSize:
        return QSize(theme.now().fs(320), theme.now().fs(HIGH))

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        now, frame = theme.now(), rect.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(now.c("line"), 1))
        painter.setBrush(now.c("hover") if self._image.isNull() else Qt.GlobalColor.white)
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        room = frame.adjusted(12, 12, -12, -12)
        if self._image.isNull():
            painter.setPen(now.c("muted"))
            painter.setFont(now.font())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._words)
            return
        size = self._image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(room.center())
        painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)


class LogoDialog(PlainDialog):
    """Shows the logo; every change is an action of its own that Undo takes back.

    Args:
        context: the shared things.
        parent: the window it belongs to.
        logo: the picture there is.
    """

    def __init__(self, context: AppContext, parent: QWidget | None, logo: bytes | None) -> None:
        super().__init__(parent, "Logo for the cover", 440)
        self._context = context
        self.picture = LogoPicture()
        self._trouble = Label("", "body", "bad", wrap=True)
        self._trouble.hide()
        choose = Button("Choose a picture…", Kind.PRIMARY)
        choose.setDefault(True)
        choose.clicked.connect(self._choose)
        self._off = Button("Take it off")
        self._off.clicked.connect(self.take_off)
        close = Button("Close")
        close.clicked.connect(self.accept)
        self.lay_out(self.picture, self._trouble, buttons=(self._off, close, choose))
        self._show(logo)

    def put(self, path: Path) -> None:
        """Keep a picture as the logo."""

        def action(session: Session) -> bytes:
            data = read(path)
            pack_options.set_logo(session, data, path.name)
            return data

        self._trouble.hide()
        self._context.book.change("Put a logo on the cover of the pack", action, self._show, self._not_kept)

    def take_off(self) -> None:
        """Take the logo off the cover."""
        self._context.book.change(
            "Take the logo off the cover", pack_options.take_logo, lambda _: self._show(None), self._not_kept
        )

    # -- inside

    def _choose(self) -> None:
        choose_to_open(self, "Choose a logo", PICTURES, self._context.documents, self.put)

    def _show(self, logo: bytes | None) -> None:
        self._off.setEnabled(logo is not None)
        if logo is None:
            self.picture.show_image(QImage(), NONE)
        else:
            self._context.tasks.pool.run(partial(small, logo), self._on_small, key="logo")

    def _on_small(self, image: QImage) -> None:
        self.picture.show_image(
            image, "This picture cannot be printed: choose another." if image.isNull() else ""
        )

    def _not_kept(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._trouble.setText(str(error))
        self._trouble.show()
        self.fit()
