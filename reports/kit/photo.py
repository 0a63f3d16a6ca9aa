"""A photograph: JPEG bytes on the page at a size, as they are."""

from __future__ import annotations

import io

from reportlab.lib.utils import ImageReader
from typing_extensions import override

from reports.kit.hooks import HookedFlowable


class JpegPicture(HookedFlowable):
    """The picture as large as fits its box.

    Args:
        jpeg: its bytes.
        size: its pixels.
        box: the most points it takes, across and down.
    """

    def __init__(self, jpeg: bytes, size: tuple[int, int], box: tuple[float, float]) -> None:
        super().__init__()
        self._jpeg = jpeg
        scale = min(box[0] / max(size[0], 1), box[1] / max(size[1], 1))
        self.width, self.height = size[0] * scale, size[1] * scale

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        return self.width, self.height

    @override
    def draw(self) -> None:
        self.canv.drawImage(ImageReader(io.BytesIO(self._jpeg)), 0, 0, self.width, self.height)
